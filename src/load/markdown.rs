//! Markdown, with or without front matter → one article.
//!
//! Paragraphs become one line each with an empty line between; emphasis leaves its words, links their words and where
//! they lead, list items get a bullet. Front matter is read as far as articles use it: `key: value` lines and lists.

use super::Loaded;
use super::assemble::assemble;
use super::html::{self, Anchor};
use super::linked::{Linked, Links};
use super::sink::Fault;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Makes an article of a text in Markdown.
pub(super) fn article(text: &str) -> Result<Box<Loaded>, Fault> {
    let (mut fields, rest) = match front_matter(text) {
        Some((head, rest)) => (self::fields(head), rest),
        None => (Map::new(), text),
    };
    let (title, mut body) = body(rest);
    let named = fields.get("title").and_then(Value::as_str).map(str::to_owned);
    match (title, named) {
        (Some(title), None) => {
            fields.insert("title".to_owned(), Value::String(title));
        }
        // A first heading that is not the title is part of the text.
        (Some(heading), Some(title)) if heading != title => {
            body.text = Cow::Owned(format!("{heading}\n\n{}", body.text));
            body.links.shift(heading.len() + "\n\n".len());
        }
        _ => {}
    }
    let made = assemble(&fields, Some(body), None)?;
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
fn body(text: &str) -> (Option<String>, Linked<'static>) {
    let mut title = None;
    let mut blocks = Blocks::default();
    for event in Parser::new(text) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) => blocks.open.push_str(&text),
            Event::SoftBreak => blocks.open.push(' '),
            Event::HardBreak => blocks.open.push('\n'),
            Event::InlineHtml(tag) if tag.starts_with("<br") => blocks.open.push('\n'),
            Event::InlineHtml(tag) => match html::anchor(&tag) {
                Anchor::Opens(reference) => blocks.begin_link(reference),
                Anchor::Closes => blocks.end_link(),
                Anchor::Neither => {}
            },
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, .. }) => {
                blocks.begin_link(format!("mailto:{dest_url}"));
            }
            Event::Start(Tag::Link { dest_url, .. }) => blocks.begin_link(dest_url.into_string()),
            Event::End(TagEnd::Link) => blocks.end_link(),
            Event::Start(Tag::Item) => {
                blocks.close();
                blocks.open.push_str(BULLET);
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if blocks.body.is_empty() && title.is_none() => {
                let heading = std::mem::take(&mut blocks.open);
                blocks.forget_links();
                title = Some(heading.trim().to_owned()).filter(|heading| !heading.is_empty());
            }
            Event::End(TagEnd::HtmlBlock) => {
                let block = html::text(&blocks.open);
                blocks.open = block.text.into_owned();
                blocks.forget_links();
                blocks.links = block.links;
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
    (title, Linked { text: Cow::Owned(blocks.body), links: blocks.all })
}

const BULLET: &str = "• ";

#[derive(Default)]
struct Blocks {
    body: String,
    /// The block that is being written.
    open: String,
    /// Whether the last one is an item of a list.
    listed: bool,
    /// The links of the open block, and those of the body.
    links: Links,
    all: Links,
    /// Where the link begins that is open, and where it leads.
    link: Option<(usize, String)>,
}

impl Blocks {
    /// Puts the open block below the others; the items of a list stand close together.
    fn close(&mut self) {
        self.end_link();
        let text = self.open.trim();
        if !text.is_empty() && text != BULLET.trim_end() {
            let listed = text.starts_with(BULLET);
            if !self.body.is_empty() {
                self.body.push_str(if listed && self.listed { "\n" } else { "\n\n" });
            }
            let lead = self.open.len() - self.open.trim_start().len();
            self.all.append(&mut self.links, lead, text.len(), self.body.len());
            self.body.push_str(text);
            self.listed = listed;
        }
        self.open.clear();
        self.links.clear();
    }

    fn begin_link(&mut self, reference: String) {
        self.end_link();
        self.link = Some((self.open.len(), reference));
    }

    fn end_link(&mut self) {
        if let Some((start, reference)) = self.link.take() {
            self.links.push(start..self.open.len(), reference);
        }
    }

    fn forget_links(&mut self) {
        self.link = None;
        self.links.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
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
    fn links_lead_from_their_words() {
        let text = "---\ntitle: T\nurl: https://kabar.example/dunia/1\n---\n# [Judul](x) lain\n\nSatu [dua *tiga*](/a?b=1&amp;c) \
                    <https://b.example>, <redaksi@kabar.example>, [kosong](#x), ![gambar](c.png).\n\n- é [empat][r]\n\n\
                    Di <a href='d'>sini</a>.\n\n<p>  <a href=\"../e\">lima</a></p>\n\n[r]: //f.example \"f\"\n";
        let article = article(text).unwrap().article;
        assert!(
            article.body.starts_with("Judul lain\n\nSatu dua tiga https://b.example"),
            "{}",
            article.body
        );
        let found: Vec<(&str, &str)> =
            article.links.iter().map(|link| (link.span.of(&article.body), link.address.as_str())).collect();
        assert_eq!(
            found,
            [
                ("dua tiga", "https://kabar.example/a?b=1&c"),
                ("https://b.example", "https://b.example"),
                ("redaksi@kabar.example", "mailto:redaksi@kabar.example"),
                ("empat", "https://f.example"),
                ("sini", "https://kabar.example/dunia/d"),
                ("lima", "https://kabar.example/e"),
            ]
        );
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
    proptest! {
        #[test]
        fn anything_is_answered(text in "(\\[|\\]|\\(|!|\\*|_|`|~|#|>|-|1\\.|\\||:|<|/|&amp;|\\\\|\"| |\t|\n|\r|é|---|```|\\[a\\]: |https://a\\.b|\\]\\(https://c\\)|<a href=//d>|</a>|<!--|-->|<b>){0,40}") {
            if let Ok(loaded) = article(&text) {
                let (body, mut end) = (loaded.article.body, 0);
                for link in loaded.article.links {
                    let words = body.get(link.span.range()).expect("on characters");
                    prop_assert!(!words.is_empty() && words.trim() == words && !words.contains('\n'));
                    prop_assert!(link.span.start() >= end);
                    end = link.span.end();
                }
            }
        }
    }
}
