//! Markdown and plain text.

use super::Piece;
use crate::article::Quote;
use std::fmt::Write;

/// Front matter and the text; petik reads both back.
pub(super) fn markdown(piece: &Piece<'_>) -> String {
    let article = piece.article;
    let mut text = "---\n".to_owned();
    let fields = [
        ("id", Some(piece.id())),
        ("title", Some(article.title.clone())),
        ("outlet", article.outlet.clone()),
        ("date", article.published.map(|published| published.rfc3339())),
        ("lang", Some(piece.annotations.language.to_string())),
        ("url", article.url.clone()),
        ("author", Some(article.authors.join("; ")).filter(|authors| !authors.is_empty())),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            // A JSON string is a YAML string. Writing to a string cannot fail.
            let _ = writeln!(text, "{name}: {}", serde_json::Value::from(value));
        }
    }
    text.push_str("---\n\n");
    for paragraph in article.body.split("\n\n") {
        let lines: Vec<String> = paragraph.lines().map(escaped).collect();
        // Two spaces before its end keep a line a line.
        text.push_str(&lines.join("  \n"));
        text.push_str("\n\n");
    }
    text
}

/// The words, then who said them and where.
pub(super) fn markdown_quote(piece: &Piece<'_>, quote: &Quote) -> String {
    let mut text = String::new();
    for line in piece.words(quote).lines() {
        let _ = writeln!(text, "> {}", escaped(line));
    }
    let (speaker, title) = (piece.speaker(quote), escaped(&piece.article.title));
    let title = match &piece.article.url {
        Some(url) => format!("[{title}](<{}>)", url.replace(['<', '>'], "")),
        None => title,
    };
    let said: Vec<String> = [escaped(&speaker), escaped(&piece.source()), title].into();
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let _ = writeln!(text, ">\n> — {}\n", said.join(" · "));
    text
}

/// Title, source and text, as papers set them, and a line of dashes behind.
pub(super) fn text(piece: &Piece<'_>) -> String {
    let article = piece.article;
    let head: Vec<String> = [Some(piece.source()).filter(|source| !source.is_empty()), article.url.clone()]
        .into_iter()
        .flatten()
        .collect();
    let mut text = format!("{}\n", article.title);
    if !head.is_empty() {
        let _ = writeln!(text, "{}", head.join(" · "));
    }
    let _ = writeln!(text, "\n{}\n\n{}\n", article.body, "-".repeat(24));
    text
}

/// The words, then who said them and where.
pub(super) fn text_quote(piece: &Piece<'_>, quote: &Quote) -> String {
    let said = [
        piece.speaker(quote),
        piece.source(),
        piece.article.title.clone(),
        piece.article.url.clone().unwrap_or_default(),
    ];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n    — {}\n\n", piece.words(quote), said.join(" · "))
}

/// A quotation on one line as it is quoted elsewhere: “words” — speaker, office (outlet, day) link. `None` of a whole
/// article.
pub fn citation(piece: &Piece<'_>) -> Option<String> {
    let quote = piece.quotation()?;
    let mut text = piece.words(quote).replace('\n', " ");
    let (speaker, source) = (piece.speaker(quote), piece.source());
    if !speaker.is_empty() {
        let _ = write!(text, " — {speaker}");
    }
    if !source.is_empty() {
        let _ = write!(text, " ({source})");
    }
    if let Some(url) = &piece.article.url {
        let _ = write!(text, " {url}");
    }
    Some(text)
}

/// A line with a backslash before whatever Markdown would read (CommonMark 0.31, 2.4).
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 8);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, letter) in line.char_indices() {
        let reads = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '!' => true,
            '#' | '-' | '+' | '=' | ':' => at == 0,
            '.' | ')' => at > 0 && at == digits,
            _ => false,
        };
        if reads {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}
