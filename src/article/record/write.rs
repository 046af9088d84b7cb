//! Annotations → JSON.

use super::{Fields, WRITTEN, links};
use crate::article::{Annotations, Article, Entity, EntityIndex, Grounds, Mention, Quote, Rule};
use crate::text::{Clean, Shape, Span, sanitise, sanitise_line};
use serde::Serialize;
use std::collections::HashSet;
use std::fmt::Write as _;

/// One line: the `fields` that are not annotations, then what was found in `body`, whose sanitised form is `clean`.
/// Without the line end.
pub fn write(fields: &Fields, body: &str, clean: &Clean, annotations: &Annotations) -> String {
    record(fields, body, clean, annotations, false)
}

fn record(fields: &Fields, body: &str, clean: &Clean, annotations: &Annotations, explain: bool) -> String {
    let found = Found::of(clean, annotations, explain);
    let mut line = Vec::with_capacity(body.len() * 4 + 256);
    for (name, value) in fields.0.iter().filter(|(name, _)| !WRITTEN.contains(&name.as_str())) {
        field(&mut line, name, value);
    }
    field(&mut line, "annotator", &concat!("petik ", env!("CARGO_PKG_VERSION")));
    if let Some(dateline) = &found.dateline {
        field(&mut line, "dateline", dateline);
    }
    if let Some(credit) = &found.credit {
        field(&mut line, "credit", credit);
    }
    field(&mut line, "entities", &found.entities);
    field(&mut line, "quotes", &found.quotes);
    whole(line)
}

/// One line of an article that came by another way than a record.
pub fn line(article: &Article, annotations: &Annotations) -> String {
    of_article(article, annotations, false)
}

/// What was found in `body`, whose sanitised form is `clean`, with its grounds, as [`explained`] writes it, and no other
/// field.
pub fn explain(body: &str, clean: &Clean, annotations: &Annotations) -> String {
    record(&Fields::default(), body, clean, annotations, true)
}

/// The same with the grounds of every mention and quotation: `rule` (what found it), `also`
/// (what found the same), `veto` (what overruled another
/// decision), `link` (what gave it its entity or speaker), by the names of [`Rule`](crate::article::Rule), and `weight`
/// (how much spoke for it to that rule, in hundredths).
pub fn explained(article: &Article, annotations: &Annotations) -> String {
    of_article(article, annotations, true)
}

fn of_article(article: &Article, annotations: &Annotations, explain: bool) -> String {
    let mut fields = Fields::default();
    fields.push("id", &article.key.clone().unwrap_or_else(|| article.id.to_string()));
    fields.push("title", &article.title);
    fields.push("body", &article.body);
    fields.push("lang", &annotations.language.as_str());
    if let Some(outlet) = &article.outlet {
        fields.push("outlet", outlet);
    }
    if let Some(published) = &article.published {
        fields.push("published", &published.rfc3339());
    }
    if let Some(url) = &article.url {
        fields.push("url", url);
    }
    for (name, list) in [("authors", &article.authors), ("tags", &article.tags)] {
        if !list.is_empty() {
            fields.push(name, list);
        }
    }
    if !article.links.is_empty() {
        fields.push("links", &links::written(article));
    }
    record(&fields, &article.body, &sanitise(&article.body, Shape::Lines), annotations, explain)
}

/// What stands in place of the line `number` that could not be annotated.
pub fn error(what: &str, number: u64) -> String {
    let mut line = Vec::new();
    field(&mut line, "error", &sanitise_line(what));
    field(&mut line, "line", &number);
    whole(line)
}

fn field(line: &mut Vec<u8>, name: &str, value: &impl Serialize) {
    line.push(if line.is_empty() { b'{' } else { b',' });
    // Strings, numbers and lists of them cannot fail, nor can memory.
    let _ = serde_json::to_writer(&mut *line, name);
    line.push(b':');
    let _ = serde_json::to_writer(line, value);
}

/// The line that its fields are.
fn whole(mut line: Vec<u8>) -> String {
    line.push(b'}');
    printable(String::from_utf8(line).unwrap_or_default())
}

#[derive(Serialize)]
struct Found<'a> {
    dateline: Option<FoundDateline<'a>>,
    credit: Option<FoundCredit<'a>>,
    entities: Vec<FoundEntity<'a>>,
    quotes: Vec<FoundQuote<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct FoundDateline<'a> {
    #[serde(flatten)]
    range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
}

#[derive(Serialize)]
struct FoundCredit<'a> {
    #[serde(flatten)]
    range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct FoundEntity<'a> {
    id: &'a str,
    kind: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    mentions: Vec<FoundMention>,
}

#[derive(Serialize)]
struct FoundMention {
    #[serde(flatten)]
    range: Range,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'static str>,
    confidence: f64,
    #[serde(flatten)]
    grounds: Option<FoundGrounds>,
}

#[derive(Serialize)]
struct FoundGrounds {
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    also: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    veto: Option<&'static str>,
    link: &'static str,
    weight: u8,
}

#[derive(Serialize)]
struct FoundQuote<'a> {
    #[serde(flatten)]
    range: Range,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<Range>,
    confidence: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    relay: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Range>,
    #[serde(flatten)]
    grounds: Option<FoundGrounds>,
}

impl<'a> Found<'a> {
    fn of(clean: &Clean, annotations: &'a Annotations, explain: bool) -> Found<'a> {
        let id = |index: EntityIndex| annotations.entities.get(index).map(|entity| entity.id.as_str());
        // All spans are turned into code points in one pass over the text, and taken up in the same order.
        let mut spans = Vec::new();
        let dateline = annotations.dateline.as_ref();
        let credit = annotations.credit.as_ref();
        spans.extend(dateline.map(|dateline| dateline.span));
        spans.extend(credit.map(|credit| credit.span));
        spans.extend(
            annotations.entities.iter().flat_map(|entity| &entity.mentions).map(|mention| mention.span),
        );
        for quote in &annotations.quotes {
            spans.push(quote.span());
            spans.extend(quote.cue);
            spans.extend(parts(quote));
        }
        let points = clean.origin.code_points(&clean.text, &spans);
        let mut points = points.into_iter().map(|(start, end)| Range { start, end });
        let mut next = || points.next().unwrap_or(Range { start: 0, end: 0 });
        let dateline = dateline.map(|dateline| FoundDateline {
            range: next(),
            place: dateline.place.and_then(id),
            outlet: dateline.outlet.and_then(id),
        });
        let credit = credit.map(|credit| FoundCredit { range: next(), source: credit.source.and_then(id) });
        let named = named(annotations);
        let mut entities = Vec::with_capacity(annotations.entities.len());
        for (index, entity) in annotations.entities.iter().enumerate() {
            let mentions: Vec<FoundMention> =
                entity.mentions.iter().map(|mention| self::mention(mention, next(), explain)).collect();
            if !mentions.is_empty() || named.contains(&index) {
                entities.push(self::entity(entity, mentions));
            }
        }
        let quotes = annotations
            .quotes
            .iter()
            .map(|quote| FoundQuote {
                range: next(),
                cue: quote.cue.map(|_| next()),
                parts: parts(quote).iter().map(|_| next()).collect(),
                kind: quote.kind.as_str(),
                speaker: quote.speaker.and_then(id),
                relay: quote.relay.and_then(id),
                confidence: quote.confidence.share(),
                grounds: explain.then(|| grounds(quote.grounds)),
            })
            .collect();
        Found { dateline, credit, entities, quotes }
    }
}

/// The entities that something else in the record names: they are written even when the body does not mention them.
fn named(annotations: &Annotations) -> HashSet<EntityIndex> {
    let quotes = annotations.quotes.iter().flat_map(|quote| [quote.speaker, quote.relay]);
    let dateline = annotations.dateline.iter().flat_map(|dateline| [dateline.place, dateline.outlet]);
    let credit = annotations.credit.iter().map(|credit| credit.source);
    quotes.chain(dateline).chain(credit).flatten().collect()
}

fn mention(mention: &Mention, range: Range, explain: bool) -> FoundMention {
    FoundMention {
        range,
        form: mention.form.as_str(),
        confidence: mention.confidence.share(),
        grounds: explain.then(|| grounds(mention.grounds)),
    }
}

fn grounds(grounds: Grounds) -> FoundGrounds {
    FoundGrounds {
        rule: grounds.found.name(),
        also: grounds.also.map(Rule::name),
        veto: grounds.veto.map(Rule::name),
        link: grounds.linked.name(),
        weight: grounds.weight,
    }
}

fn entity(entity: &Entity, mentions: Vec<FoundMention>) -> FoundEntity<'_> {
    FoundEntity {
        id: &entity.id,
        kind: entity.kind.as_str(),
        name: &entity.name,
        role: entity.role.as_deref(),
        country: entity.country.map(|country| country.to_string()),
        mentions,
    }
}

/// The parts of a quotation, if there are several.
fn parts(quote: &Quote) -> &[Span] {
    if quote.parts.len() > 1 { &quote.parts } else { &[] }
}

/// A line of JSON with the characters escaped that are not safe to print.
pub fn printable(line: String) -> String {
    let unsafe_at = |from: usize| {
        let unsafe_in = |from: usize, bytes: &[u8]| {
            let mut doubtful = bytes.iter().enumerate().filter(|(_, byte)| is_doubtful(**byte));
            doubtful.find_map(|(at, _)| {
                let c = line.get(from + at..)?.chars().next()?;
                (!is_printable(c)).then_some((from + at, c))
            })
        };
        let parts = line.as_bytes().get(from..).unwrap_or_default().chunks(32).enumerate();
        // Nearly all are letters, figures and signs of ASCII.
        let mut doubtful = parts
            .filter(|(_, part)| part.iter().fold(false, |found, byte| found | !matches!(byte, b' '..=b'~')));
        doubtful.find_map(|(at, part)| unsafe_in(from + 32 * at, part))
    };
    let Some(mut next) = unsafe_at(0) else { return line };
    let mut printable = String::with_capacity(line.len() + 64);
    let mut kept = 0;
    loop {
        let (at, c) = next;
        printable.push_str(line.get(kept..at).unwrap_or_default());
        kept = at + c.len_utf8();
        // Between the values of a record, a tab is white space.
        if c < ' ' {
            printable.push(' ');
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(printable, "\\u{unit:04x}");
            }
        }
        match unsafe_at(kept) {
            Some(found) => next = found,
            None => break,
        }
    }
    printable.push_str(line.get(kept..).unwrap_or_default());
    printable
}

/// Whether a byte may begin a character that is not printable: a control, or the first byte of a block that has one.
fn is_doubtful(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..)
}

/// Whether a terminal prints `c` and nothing else happens: no control, no bidi or zero-width character, no tag.
fn is_printable(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\0'..='\u{9f}' | '\u{ad}' => false,
        '\u{a0}'..='\u{34e}' => true,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => false,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => false,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => false,
        '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => false,
        '\u{e0000}'..='\u{e0fff}' => false,
        _ => u32::from(c) & 0xfffe != 0xfffe,
    }
}
