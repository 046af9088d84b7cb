//! Names of files that are safe everywhere.

use crate::article::Article;
use crate::text::fold;

/// Letters of a title in the name of a file: with date and id well under the 255 bytes that file systems take.
const LETTERS: usize = 60;

/// A name for the file of an article, without its ending: its date, its title in letters a to z, its id. Unlike for
/// unlike articles, and of no meaning to any shell or file system.
pub fn file_name(article: &Article) -> String {
    let day = article.published.map(|published| published.date().to_string());
    let mut title = String::new();
    for letter in fold(&article.title).chars() {
        if letter.is_ascii_alphanumeric() {
            title.push(letter);
        } else if !title.is_empty() && !title.ends_with('-') {
            title.push('-');
        }
        if title.len() >= LETTERS {
            break;
        }
    }
    let title = Some(title.trim_end_matches('-').to_owned()).filter(|title| !title.is_empty());
    let parts = [day, title, Some(article.id.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("-")
}
