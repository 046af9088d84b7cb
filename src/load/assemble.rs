//! The fields of a record → an [`Article`].

use super::fields::{Field, Known};
use super::linked::{Linked, settle, trimmed};
use super::sink::Fault;
use super::{Loaded, dates, html, plain, values};
use crate::article::{Article, ArticleId, Frame, Link, Published, frame, record};
use crate::text::{Shape, Span, sanitise, sanitise_line};
use crate::words;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What an article needs, for those whose records have none.
pub(super) const NO_ARTICLE: &str = "an article needs a field such as title, text, body or content";

/// An id this long, or one with a sign of a scheme, is known to be the article's in any collection; a shorter one
/// (a row number) only in its own.
const LONG_ID: usize = 16;

/// Characters of a title, a name or a keyword; what is longer is a text in the wrong field, and is cut.
const LONGEST_LINE: usize = 500;

/// Bytes of an id; what is longer is none.
const LONGEST_ID: usize = 2_048;

/// Makes an article of the fields of a record, with `body` if it came by another way. None when the record is
/// something else on purpose (a highlight of another article).
pub(super) fn assemble(
    map: &Map<String, Value>,
    body: Option<Linked<'_>>,
    feed: Option<&str>,
) -> Result<Option<Box<Loaded>>, Fault> {
    let known = Known::of(map);
    if is_highlight(map) {
        return Ok(None);
    }
    let url = known.values(Field::Address).find_map(values::address).map(sanitise_line);
    let own = url.as_deref();
    let mut title = known.values(Field::Title).find_map(title).unwrap_or_default();
    let mut annotations = None;
    let mut excerpt = false;
    let (mut text, mut links) = match body {
        Some(body) => body.clean(own),
        None => match known.values(Field::Body).find_map(values::body) {
            Some(body) if map.contains_key("annotator") => {
                let clean = sanitise(&body, Shape::Lines);
                annotations = record::read(map, &body, &clean);
                // The text stays as it stands: what is in it is found by its offsets.
                let links = settle(record::links(map), &clean, own);
                (clean.text, links)
            }
            Some(body) => {
                let linked = html::unless_plain(&body);
                if matches!(linked.text, Cow::Borrowed(_)) {
                    given(map, &body, own)
                } else {
                    linked.clean(own)
                }
            }
            None => match known.values(Field::Html).find_map(values::body) {
                Some(body) => html::text(&body).clean(own),
                None => (String::new(), Vec::new()),
            },
        },
    };
    if text.is_empty() {
        text = quoted(map);
        if text.is_empty()
            && let Some(summary) = known.values(Field::Summary).find_map(values::body)
        {
            (text, links) = html::unless_plain(&summary).clean(own);
            excerpt = true;
            if title.is_empty() {
                return Err(Fault::new(
                    "is no article: it has a summary, but no title and no text",
                    NO_ARTICLE,
                ));
            }
        }
    } else if title.is_empty() {
        title = known.values(Field::Name).find_map(self::title).unwrap_or_default();
    }
    excerpt |= cut_short(&mut text);
    links.retain(|link| link.span.end() <= text.len());
    if title.is_empty() {
        if text.is_empty() {
            return Err(Fault::new("is no article: it has no title and no text", NO_ARTICLE));
        }
        title = plain::title_of(&text);
    }
    let key = known.values(Field::Key).find_map(values::text);
    let key = key.map(|key| sanitise_line(&key)).filter(|key| (1..LONGEST_ID).contains(&key.len()));
    let published = known.values(Field::Date).find_map(dates::published).or_else(|| day_fields(map));
    let outlet = known.values(Field::Outlet).find_map(outlet).or_else(|| feed.map(sanitise_line));
    let asked = outlet.is_none() || published.is_none();
    let framed = Framed(if asked { frame(&text) } else { Frame::default() });
    let article = Article {
        id: identity(key.as_deref(), url.as_deref(), &title, &text),
        key,
        outlet: outlet.or_else(|| framed.outlet(&text, url.as_deref())),
        authors: lines(known.values(Field::Author).map(values::authors)),
        published: published.or_else(|| framed.published(&text)),
        language: known.values(Field::Language).find_map(language),
        url,
        tags: lines(known.values(Field::Tags).map(values::tags)),
        excerpt,
        links,
        title,
        body: text,
    };
    Ok(Some(Box::new(Loaded { article, annotations })))
}

/// Knows an article by its id, with its address (or title) unless that is surely the article's alone; else by its
/// address, else by its text.
pub(super) fn identity(key: Option<&str>, url: Option<&str>, title: &str, body: &str) -> ArticleId {
    match (key, url) {
        (Some(key), _) if key.len() >= LONG_ID || key.contains([':', '/']) => ArticleId::of(&[key]),
        (Some(key), url) => ArticleId::of(&[key, url.unwrap_or(title)]),
        (None, Some(url)) => ArticleId::of(&[url]),
        (None, None) => ArticleId::of(&[title, body]),
    }
}

/// What the frame of a text says where its record says nothing.
pub(super) struct Framed(pub(super) Frame);

impl Framed {
    /// The outlet of the dateline, else the host of the address, else the source of the credit line.
    pub(super) fn outlet(&self, body: &str, url: Option<&str>) -> Option<String> {
        let outlet = self.0.dateline.and_then(|dateline| dateline.outlet);
        let source = self.0.credit.and_then(|credit| credit.source);
        let name = |span: Span| sanitise_line(span.of(body));
        outlet
            .map(name)
            .or_else(|| url.and_then(values::host).map(sanitise_line))
            .or_else(|| source.map(name))
            .filter(|name| !name.is_empty())
    }

    /// The day in the dateline, "SEOUL, 25 September 2025 –", or in brackets in the first paragraph behind it, as
    /// Indonesian papers give it: "Sabtu (12/7/2025)".
    pub(super) fn published(&self, body: &str) -> Option<Published> {
        let dateline = self.0.dateline?.span;
        dates::parse(dateline.of(body)).or_else(|| day_in_brackets(body.get(dateline.end()..)?))
    }
}

fn day_in_brackets(text: &str) -> Option<Published> {
    let paragraph = text.trim_start().lines().next()?;
    let mut brackets = paragraph.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    let day = |text: &&str| text.matches('/').count() == 2 && text.len() <= "31/12/2025".len();
    brackets.find(day).and_then(dates::parse)
}

/// Highlights and notes that Readwise lists among the articles.
fn is_highlight(map: &Map<String, Value>) -> bool {
    map.get("parent_id").is_some_and(Value::is_string)
        && matches!(map.get("category").and_then(Value::as_str), Some("highlight" | "note"))
}

/// A body that is no HTML, and the links that its record gives by their offsets.
fn given(map: &Map<String, Value>, body: &str, own: Option<&str>) -> (String, Vec<Link>) {
    let clean = sanitise(body, Shape::Lines);
    let links = settle(record::links(map), &clean, own);
    trimmed(clean.text, links)
}

/// A short text as one line, out of HTML if it is any.
fn line(text: &str) -> String {
    let mut line = sanitise_line(&html::unless_plain(text).text);
    if let Some((at, _)) = line.char_indices().nth(LONGEST_LINE) {
        line.truncate(at);
        line.push('…');
    }
    line
}

fn title(value: &Value) -> Option<String> {
    let text = values::text(value)?;
    let title = line(&text);
    (!title.is_empty()).then_some(title)
}

fn outlet(value: &Value) -> Option<String> {
    let text = values::text(value)?;
    let line = line(&text);
    (!line.is_empty() && !line.contains("://")).then_some(line)
}

fn language(value: &Value) -> Option<words::Language> {
    words::language(&values::text(value)?)
}

/// The first list with something in it, each entry one line.
fn lines(mut lists: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let list = lists.find(|list| !list.is_empty()).unwrap_or_default();
    list.iter().map(|entry| line(entry)).filter(|entry| !entry.is_empty()).collect()
}

/// Year, month and day in fields of their own.
fn day_fields(map: &Map<String, Value>) -> Option<Published> {
    let number = |key: &str| {
        map.get(key).and_then(|value| match value {
            Value::String(text) => text.trim().parse::<f64>().ok(),
            value => value.as_f64(),
        })
    };
    dates::calendar_day(number("year")?, number("month")?, number("day")?)
}

/// The quotations that GDELT gives in place of a text, each with what stands around it.
fn quoted(map: &Map<String, Value>) -> String {
    let mut text = String::new();
    for quote in map.get("quotes").and_then(Value::as_array).into_iter().flatten() {
        let part = |key: &str| quote.get(key).and_then(Value::as_str).unwrap_or_default();
        if part("quote").is_empty() {
            continue;
        }
        let paragraph = format!("{}{}{}", part("pre"), part("quote"), part("post"));
        let (paragraph, _) = Linked::bare(Cow::Owned(paragraph)).clean(None);
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&paragraph);
    }
    text
}

/// Takes "… [+123 chars]" off, which news interfaces put where they cut a text; whether it was there.
fn cut_short(text: &mut String) -> bool {
    let Some((head, digits)) = text.strip_suffix(" chars]").and_then(|text| text.rsplit_once("[+")) else {
        return false;
    };
    let cut = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if cut {
        let length = head.trim_end().len();
        text.truncate(length);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;
    use serde_json::json;

    fn article(record: &Value) -> Article {
        assemble(record.as_object().unwrap(), None, None).unwrap().unwrap().article
    }

    #[test]
    fn the_source_is_an_address_or_a_name() {
        let trafilatura = article(&json!({
            "source": "https://kabar.example/1", "source-hostname": "Kabar", "title": "T &amp; U", "text": "x", "author": "A; B"
        }));
        assert_eq!(trafilatura.url.as_deref(), Some("https://kabar.example/1"));
        assert_eq!(trafilatura.outlet.as_deref(), Some("Kabar"));
        assert_eq!(trafilatura.title, "T & U");
        assert_eq!(trafilatura.authors, ["A", "B"]);
        let newsapi = article(
            &json!({"source": {"id": null, "name": "Kabar"}, "title": "t", "content": "x… [+123 chars]"}),
        );
        assert_eq!(newsapi.outlet.as_deref(), Some("Kabar"));
        assert_eq!(newsapi.body, "x…");
        assert!(newsapi.excerpt);
        assert_eq!(article(&json!({"source": "NTB", "title": "t"})).outlet.as_deref(), Some("NTB"));
        assert_eq!(
            article(&json!({"title": "t", "url": "https://www.kabar.example/1"})).outlet.as_deref(),
            Some("kabar.example")
        );
    }

    #[test]
    fn content_is_text_or_an_object_or_html() {
        assert_eq!(article(&json!({"title": "t", "content": {"content": "<p>a</p><p>b"}})).body, "a\n\nb");
        assert_eq!(article(&json!({"title": "t", "content_html": "a<br>b"})).body, "a\nb");
        assert_eq!(article(&json!({"title": "t", "content": "a < b & c"})).body, "a < b & c");
        let excerpt = article(&json!({"title": "t", "summary": {"content": "s"}}));
        assert_eq!((excerpt.body.as_str(), excerpt.excerpt), ("s", true));
    }

    #[test]
    fn languages_and_dates_come_in_many_forms() {
        let webz =
            article(&json!({"title": "t", "language": "indonesian", "published": 1_752_251_400_000_u64}));
        assert_eq!(webz.language, Some(Language::INDONESIAN));
        assert_eq!(webz.published.unwrap().seconds, 1_752_251_400);
        let registry =
            article(&json!({"title": "t", "lang": "eng", "year": 2025, "month": 7.0, "day": "12"}));
        assert_eq!(registry.language, Some(Language::ENGLISH));
        assert_eq!(registry.published.unwrap().date(), jiff::civil::date(2025, 7, 12));
    }

    #[test]
    fn what_has_a_name_is_no_article() {
        let refused = |record: Value| assemble(record.as_object().unwrap(), None, None).is_err();
        assert!(refused(json!({"name": "petik", "version": "1"})));
        assert!(refused(json!({"name": "petik", "description": "a reader"})));
        assert_eq!(article(&json!({"name": "t", "content": "x"})).title, "t");
    }

    #[test]
    fn a_text_in_the_wrong_field_is_cut() {
        let long = article(
            &json!({"title": "kata ".repeat(10_000), "author": "x".repeat(10_000), "id": "x".repeat(10_000)}),
        );
        assert_eq!(long.title.chars().count(), LONGEST_LINE + 1);
        assert_eq!(long.authors[0].chars().count(), LONGEST_LINE + 1);
        assert_eq!(long.key, None);
    }

    #[test]
    fn quotations_stand_in_for_a_text() {
        let gqg = article(
            &json!({"title": "t", "quotes": [{"pre": "he said \"", "quote": "yes", "post": "\" twice"}]}),
        );
        assert_eq!(gqg.body, "he said \"yes\" twice");
    }

    #[test]
    fn links_are_given_by_their_offsets() {
        let record = json!({
            "title": "t", "url": "https://kabar.example/dunia/1", "body": "  \u{1b}[1mé Satu dua\n",
            "links": [{"start": 8, "end": 12, "url": "/satu"}, {"start": 13, "end": 99, "href": "https://dua.example"},
                      {"start": 3, "end": 3, "url": "/x"}, {"start": 6, "end": 7, "url": "javascript:x"}, "https://x.example", 7],
        });
        let read = article(&record);
        let links: Vec<(&str, &str)> =
            read.links.iter().map(|link| (link.span.of(&read.body), link.address.as_str())).collect();
        assert_eq!(links, [("Satu", "https://kabar.example/satu"), ("dua", "https://dua.example")]);
        let annotated = article(&json!({
            "title": "t", "annotator": "petik 0.1.0", "body": " é satu",
            "links": [{"start": 3, "end": 7, "url": "https://satu.example"}],
        }));
        assert_eq!(annotated.links[0].span.of(&annotated.body), "satu");
        // Of a body of HTML no offsets are meant.
        let html = article(
            &json!({"title": "t", "body": "<p>satu", "links": [{"start": 0, "end": 4, "url": "https://a.example"}]}),
        );
        assert!(html.links.is_empty());
    }

    #[test]
    fn a_row_number_is_no_identity() {
        let one = article(&json!({"id": 1, "title": "a"})).id;
        assert_ne!(one, article(&json!({"id": 1, "title": "b"})).id);
        let long = "0a1b2c3d4e5f6071";
        assert_eq!(
            article(&json!({"id": long, "title": "a"})).id,
            article(&json!({"id": long, "title": "b"})).id
        );
    }
}
