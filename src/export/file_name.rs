//! Names of files that are safe everywhere.

use crate::article::Article;
use crate::text::fold;

/// Letters of a text in the name of a file: with date and id well under the 255 bytes that file systems take.
const LETTERS: usize = 60;

/// A name for the file of an article, without its ending: its date, its title in letters a to z, its id. Unlike for
/// unlike articles, and of no meaning to any shell or file system.
pub fn file_name(article: &Article) -> String {
    let day = article.published.map(|published| published.date().to_string());
    let title = slug(&article.title);
    let title = Some(title).filter(|title| !title.is_empty());
    let parts = [day, title, Some(article.id.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join("-")
}

/// A text as part of a name: letters a to z, digits, a dash for whatever stands between; empty when it has neither.
pub fn slug(text: &str) -> String {
    let mut name = String::new();
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= LETTERS {
            break;
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}
