//! Annotated articles as JSON: what is known by hand, and what petik writes.

use super::Why;
use petik::annotate::annotate;
use petik::article::record::explain;
use petik::article::{Article, Form, Kind};
use petik::text::{Shape, sanitise, sanitise_line};
use petik::words;
use serde::de::{Deserialize, Deserializer, Error as _};
use std::cell::OnceCell;
use std::ops::Deref;

/// Code points of a body, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
pub(crate) struct Range {
    /// The first.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
}

impl Range {
    /// How many code points both hold.
    pub(crate) fn common(self, other: Range) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Intersection over union.
    pub(crate) fn overlap(self, other: Range) -> f64 {
        let common = self.common(other);
        let union = (self.end - self.start) + (other.end - other.start) - common;
        if common == 0 { 0.0 } else { common as f64 / union as f64 }
    }

    /// Whether `inner` lies in this one.
    pub(crate) fn contains(self, inner: Range) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }
}

/// A text and what is known of it by hand, or what was found in it.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Record {
    /// Tells it from others.
    #[serde(default)]
    pub(crate) id: String,
    /// The language it says.
    #[serde(default)]
    pub(crate) lang: String,
    /// The headline.
    #[serde(default)]
    pub(crate) title: String,
    /// The text.
    #[serde(default)]
    pub(crate) body: String,
    /// Who and what is named.
    #[serde(default)]
    pub(crate) entities: Vec<Entity>,
    /// Quotations; none where nobody looked for them.
    pub(crate) quotes: Option<Vec<Quote>>,
    /// The dateline; none where nobody looked for it.
    #[serde(default, deserialize_with = "looked_for")]
    pub(crate) dateline: Option<Option<Range>>,
    /// The credit line; none where nobody looked for it.
    #[serde(default, deserialize_with = "looked_for")]
    pub(crate) credit: Option<Option<Range>>,
    /// What must not be marked as a name.
    #[serde(default)]
    pub(crate) must_not: Vec<Range>,
    /// What may be marked as a name.
    #[serde(default)]
    pub(crate) optional: Vec<Range>,
    /// The kinds of names that were looked for, if not all were.
    pub(crate) kinds: Option<Vec<String>>,
    /// The kinds of quotations that were looked for, if not all were.
    pub(crate) quote_kinds: Option<Vec<String>>,
    /// Whether nobody looked for names.
    #[serde(default)]
    pub(crate) no_entities: bool,
    /// Whether the names that are there are not all.
    #[serde(default)]
    pub(crate) entities_unlabelled: bool,
    /// The bytes at which the body's characters begin, and its length.
    #[serde(skip)]
    pub(crate) bytes: OnceCell<Vec<usize>>,
}

/// Who or what is named.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Entity {
    /// Tells it from the others of the record.
    pub(crate) id: String,
    /// What it is.
    #[serde(deserialize_with = "kind")]
    pub(crate) kind: Kind,
    /// Its name.
    #[serde(default)]
    pub(crate) name: String,
    /// Its country code, where it has one.
    pub(crate) country: Option<String>,
    /// Where it is mentioned.
    #[serde(default)]
    pub(crate) mentions: Vec<Mention>,
    /// Whether it may be left out.
    #[serde(default)]
    pub(crate) optional: bool,
}

/// Where and how someone or something is mentioned.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Mention {
    /// Where.
    #[serde(flatten)]
    pub(crate) range: Range,
    /// How.
    #[serde(default = "name", deserialize_with = "form")]
    pub(crate) form: Form,
    /// How sure, as a share of 1.
    pub(crate) confidence: Option<f64>,
    /// Why.
    #[serde(flatten)]
    pub(crate) why: Why,
    /// Other spans that are as good.
    #[serde(default)]
    pub(crate) alt: Vec<(usize, usize)>,
    /// Whether it may be left out.
    #[serde(default)]
    pub(crate) optional: bool,
}

/// A quotation.
#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Quote {
    /// From the first mark to the last.
    #[serde(flatten)]
    pub(crate) range: Range,
    /// "direct" or "fragment".
    #[serde(default = "direct")]
    pub(crate) kind: String,
    /// The id of who said it.
    pub(crate) speaker: Option<String>,
    /// Where its speaker is named, where only that is known.
    pub(crate) speaker_mention: Option<Range>,
    /// The word that says so.
    pub(crate) cue: Option<Range>,
    /// The id of who passed it on.
    pub(crate) relay: Option<String>,
    /// How sure of span and speaker, as a share of 1.
    pub(crate) confidence: Option<f64>,
    /// Why.
    #[serde(flatten)]
    pub(crate) why: Why,
    /// Its parts, if it has several.
    #[serde(default)]
    pub(crate) parts: Vec<Range>,
    /// Other spans that are as good.
    #[serde(default)]
    pub(crate) alt: Vec<(usize, usize)>,
    /// Whether it may be left out.
    #[serde(default)]
    pub(crate) optional: bool,
}

/// One part of a quotation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// Where.
    pub(crate) range: Range,
    /// Whether it is the first of its quotation.
    pub(crate) first: bool,
    /// The quotation.
    pub(crate) quote: &'a Quote,
}

fn name() -> Form {
    Form::Name
}

fn direct() -> String {
    "direct".to_owned()
}

fn looked_for<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<Range>>, D::Error> {
    Option::deserialize(value).map(Some)
}

fn kind<'de, D: Deserializer<'de>>(value: D) -> Result<Kind, D::Error> {
    let text = String::deserialize(value)?;
    let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == text);
    known.ok_or_else(|| D::Error::custom(format!("no kind {text}")))
}

fn form<'de, D: Deserializer<'de>>(value: D) -> Result<Form, D::Error> {
    let text = Option::<String>::deserialize(value)?.filter(|text| text != "name");
    let forms = [Form::Name, Form::Title, Form::Pronoun, Form::Nested, Form::Adjective];
    let known = forms.into_iter().find(|form| form.as_str() == text.as_deref());
    known.ok_or_else(|| D::Error::custom(format!("no form {text:?}")))
}

impl Record {
    /// Reads one line of a file of records.
    pub(crate) fn parse(line: &str) -> Result<Record, serde_json::Error> {
        serde_json::from_str(line)
    }

    /// Whether its names are all known.
    pub(crate) fn entities_labelled(&self) -> bool {
        !self.no_entities && !self.entities_unlabelled
    }

    /// The text of `range`; what lies outside the body is left out.
    pub(crate) fn text(&self, range: Range) -> &str {
        let bytes = self
            .bytes
            .get_or_init(|| self.body.char_indices().map(|(at, _)| at).chain([self.body.len()]).collect());
        let byte = |point: usize| bytes.get(point).copied().unwrap_or(self.body.len());
        self.body.get(byte(range.start)..byte(range.end)).unwrap_or_default()
    }

    /// The entity `id`.
    pub(crate) fn entity(&self, id: Option<&String>) -> Option<&Entity> {
        self.entities.iter().find(|entity| Some(&entity.id) == id)
    }

    /// Every part of every quotation; of several with one span the first.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        let mut parts: Vec<Part<'_>> = Vec::new();
        for quote in self.quotes.iter().flatten() {
            let several = quote.parts.len() > 1;
            let ranges = if several { quote.parts.as_slice() } else { std::slice::from_ref(&quote.range) };
            for (at, &range) in ranges.iter().enumerate() {
                if !parts.iter().any(|part| part.range == range) {
                    parts.push(Part { range, first: at == 0, quote });
                }
            }
        }
        parts
    }
}

/// What petik finds in a text.
pub(crate) struct Annotated(Record);

impl Annotated {
    /// Annotates the title and text of `record` as `petik annotate` does, which reads nothing else of it but the
    /// language.
    pub(crate) fn afresh(record: &Record) -> Result<Annotated, serde_json::Error> {
        let clean = sanitise(&record.body, Shape::Lines);
        let mut article = Article::new(&sanitise_line(&record.title), &clean.text);
        article.language = words::language(&record.lang);
        let line = explain(&record.body, &clean, &annotate(&article));
        let mut found = Record::parse(&line)?;
        found.dateline = Some(found.dateline.flatten());
        found.credit = Some(found.credit.flatten());
        Ok(Annotated(found))
    }
}

#[cfg(test)]
impl From<Record> for Annotated {
    fn from(found: Record) -> Annotated {
        Annotated(found)
    }
}

impl Deref for Annotated {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.0
    }
}
