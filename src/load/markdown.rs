//! Markdown, with or without front matter → one article.
//!
//! Paragraphs become one line each with an empty line between; emphasis and links leave their words, list items get
//! a bullet. Front matter is read as far as articles use it: `key: value` lines and lists.

use super::Loaded;
use super::assemble::assemble;
use super::html;
use super::sink::Fault;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Makes an article of a text in Markdown.
pub(super) fn article(text: &str) -> Result<Box<Loaded>, Fault> {
    let (mut fields, rest) = match front_matter(text) {
        Some((head, rest)) => (self::fields(head), rest),
        None => (Map::new(), text),
    };
    let (title, body) = body(rest);
    let named = fields.get("title").and_then(Value::as_str).map(str::to_owned);
    let body = match (title, named) {
        (Some(title), None) => {
            fields.insert("title".to_owned(), Value::String(title));
            body
        }
        // A first heading that is not the title is part of the text.
        (Some(heading), Some(title)) if heading != title => format!("{heading}\n\n{body}"),
        _ => body,
    };
    let made = assemble(&fields, Some(Cow::Owned(body)), None)?;
    made.ok_or_else(|| Fault::new("is no article", ""))
}

/// The lines between two lines of dashes at the head, and the text below.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let rest = text.strip_prefix("---")?;
    let rest = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n"))?;
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((rest.get(..length)?, rest.get(length + line.len()..)?));
        }
        length += line.len();
    }
    None
}

fn fields(head: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut last: Option<String> = None;
    for line in head.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            let list = last.as_ref().and_then(|key| fields.get_mut(key));
            match list {
                Some(Value::Array(list)) => list.push(scalar(item)),
                Some(value @ Value::Null) => *value = Value::Array(vec![scalar(item)]),
                _ => {}
            }
        } else if let Some((key, value)) =
            line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#']))
        {
            let key = key.trim().to_owned();
            fields.insert(key.clone(), field(value.trim()));
            last = Some(key);
        }
    }
    fields
}

fn field(value: &str) -> Value {
    match value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
        Some(list) => Value::Array(list.split(',').map(scalar).collect()),
        None if value.is_empty() => Value::Null,
        None => scalar(value),
    }
}

fn scalar(value: &str) -> Value {
    let value = value.trim();
    let unquoted = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
    Value::String(unquoted.unwrap_or(value).to_owned())
}

/// The heading that a text begins with, if it does, and the text below.
fn body(text: &str) -> (Option<String>, String) {
    let mut title = None;
    let mut blocks = Blocks::default();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) => blocks.open.push_str(&text),
            Event::SoftBreak => blocks.open.push(' '),
            Event::HardBreak => blocks.open.push('\n'),
            Event::InlineHtml(tag) if tag.starts_with("<br") => blocks.open.push('\n'),
            Event::Start(Tag::Item) => {
                blocks.close();
                blocks.open.push_str(BULLET);
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if blocks.body.is_empty() && title.is_none() => {
                let heading = std::mem::take(&mut blocks.open);
                title = Some(heading.trim().to_owned()).filter(|heading| !heading.is_empty());
            }
            Event::End(TagEnd::HtmlBlock) => {
                blocks.open = html::text(&blocks.open);
                blocks.close();
            }
            Event::Start(Tag::List(_) | Tag::HtmlBlock)
            | Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                blocks.close();
            }
            _ => {}
        }
    }
    blocks.close();
    (title, blocks.body)
}

const BULLET: &str = "• ";

#[derive(Default)]
struct Blocks {
    body: String,
    /// The block that is being written.
    open: String,
    /// Whether the last one is an item of a list.
    listed: bool,
}

impl Blocks {
    /// Puts the open block below the others; the items of a list stand close together.
    fn close(&mut self) {
        let text = self.open.trim();
        if !text.is_empty() && text != BULLET.trim_end() {
            let listed = text.starts_with(BULLET);
            if !self.body.is_empty() {
                self.body.push_str(if listed && self.listed { "\n" } else { "\n\n" });
            }
            self.body.push_str(text);
            self.listed = listed;
        }
        self.open.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn front_matter_is_read() {
        let text = "---\ntitle: \"Kapal: karam\"\ndate: 2025-07-12\noutlet: Kabar Nusa\nlang: id\ntags:\n  - laut\n  - kapal\nauthor: [A, B]\n---\n\nSatu\ndua.\n\nTiga.\n";
        let article = article(text).unwrap().article;
        assert_eq!(article.title, "Kapal: karam");
        assert_eq!(article.body, "Satu dua.\n\nTiga.");
        assert_eq!(article.outlet.as_deref(), Some("Kabar Nusa"));
        assert_eq!(article.tags, ["laut", "kapal"]);
        assert_eq!(article.authors, ["A", "B"]);
        assert_eq!(article.published.unwrap().date(), jiff::civil::date(2025, 7, 12));
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let article = article("# Kapal *karam*\n\nSatu **dua** [tiga](x).\n\n## Lalu\n\n- a\n- b\n\n> “c”\n")
            .unwrap()
            .article;
        assert_eq!(article.title, "Kapal karam");
        assert_eq!(article.body, "Satu dua tiga.\n\nLalu\n\n• a\n• b\n\n“c”");
    }

    #[test]
    fn without_a_heading_the_first_sentence_is_the_title() {
        assert_eq!(
            article("The ferry sank off Sape on Monday. Why?").unwrap().article.title,
            "The ferry sank off Sape on Monday"
        );
        assert!(article("---\ntitle:\n---\n").is_err());
    }

    #[test]
    fn hostile_texts_take_no_time() {
        for part in
            ["[", "*", "> ", "`", "_a", "[a](", "- ", "<", "![", "**a ", "# ", "a*", "\\", "&", "|a", "~"]
        {
            let text = part.repeat(300_000 / part.len());
            let start = Instant::now();
            let _ = article(&text);
            assert!(start.elapsed() < Duration::from_secs(30), "{part}");
        }
    }
}
