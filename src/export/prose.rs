//! Markdown and plain text.

use super::Piece;
use crate::article::{Article, Link, Quote};
use crate::text::Span;
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
    let mut at = 0;
    for paragraph in article.body.split("\n\n") {
        let mut start = at;
        let lines = paragraph.lines().map(|line| {
            let span = Span::new(start, start + line.len());
            start = span.end() + 1;
            linked(article, span)
        });
        // Two spaces before its end keep a line a line.
        text.push_str(&lines.collect::<Vec<_>>().join("  \n"));
        text.push_str("\n\n");
        at += paragraph.len() + "\n\n".len();
    }
    text
}

/// The words, then who said them, where, and where in the text.
pub(super) fn markdown_quote(piece: &Piece<'_>, quote: &Quote) -> String {
    let mut text = String::new();
    for line in piece.words(quote).lines() {
        let _ = writeln!(text, "> {}", escaped(line));
    }
    let (speaker, title) = (piece.speaker(quote), escaped(&piece.article.title));
    let title = match &piece.article.url {
        Some(url) => format!("[{title}]({})", destination(url)),
        None => title,
    };
    let said: Vec<String> = [escaped(&speaker), escaped(&piece.source()), title, piece.place(quote)].into();
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

/// The words, then who said them, where, and where in the text.
pub(super) fn text_quote(piece: &Piece<'_>, quote: &Quote) -> String {
    let said = [
        piece.speaker(quote),
        piece.source(),
        piece.article.title.clone(),
        piece.article.url.clone().unwrap_or_default(),
        piece.place(quote),
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

/// A line of a body with its links.
fn linked(article: &Article, line: Span) -> String {
    let first = article.links.partition_point(|link| link.span.end <= line.start);
    let links = article.links.iter().skip(first).take_while(|link| link.span.start < line.end);
    let mut links = links.filter(|link| line.contains(link.span)).peekable();
    let mut text = String::with_capacity(line.len() + 8);
    let mut end = None;
    for (at, reads, letter) in letters(line.of(&article.body)) {
        if end == Some(line.start() + at) {
            close(&mut text, links.next());
            end = None;
        }
        if let Some(link) = links.peek().filter(|link| link.span.start() == line.start() + at) {
            text.push('[');
            end = Some(link.span.end());
        }
        if reads {
            text.push('\\');
        }
        text.push(letter);
    }
    if end.is_some() {
        close(&mut text, links.next());
    }
    text
}

fn close(text: &mut String, link: Option<&Link>) {
    if let Some(link) = link {
        let _ = write!(text, "]({})", destination(&link.address));
    }
}

/// Where a link leads, as Markdown has it: between angle brackets nothing but these is read (CommonMark 0.31, 6.3).
fn destination(address: &str) -> String {
    let mut text = "<".to_owned();
    for letter in address.chars() {
        if matches!(letter, '<' | '>' | '\\' | '&') {
            text.push('\\');
        }
        text.push(letter);
    }
    text.push('>');
    text
}

/// A line with a backslash before whatever Markdown would read (CommonMark 0.31, 2.4).
fn escaped(line: &str) -> String {
    let letters = letters(line).flat_map(|(_, reads, letter)| [reads.then_some('\\'), Some(letter)]);
    letters.flatten().collect()
}

/// The letters of a line, each with where it stands and whether Markdown would read it.
fn letters(line: &str) -> impl Iterator<Item = (usize, bool, char)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    line.char_indices().map(move |(at, letter)| {
        let reads = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '!' => true,
            '#' | '-' | '+' | '=' | ':' => at == 0,
            '.' | ')' => at > 0 && at == digits,
            _ => false,
        };
        (at, reads, letter)
    })
}
