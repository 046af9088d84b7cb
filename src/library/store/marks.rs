//! Annotations ↔ the JSON in which a library keeps them.
//!
//! ```json
//! {"entities":[{"entity":7,"kind":"person","name":"Ingrid Solheim","role":"Menteri Luar Negeri","country":"NO",
//!               "spellings":["Solheim"],"mentions":[[40,54,97],[300,307,80,"pronoun"]],"title":[[0,7,90]]}],
//!  "quotes":[{"parts":[[120,198]],"speaker":0,"cue":[199,206],"confidence":95}],
//!  "dateline":{"at":[0,14],"place":1},"credit":{"at":[900,914],"source":2}}
//! ```
//!
//! Places are code points, as `substr` counts them; `entity` is a row of the table `entities`; every other number that
//! names an entity is a place in the list, from 0. What says nothing is left out.

use super::points::Points;
use crate::article::{
    Annotations, Article, Confidence, Credit, Dateline, Entity, Form, Grounds, Kind, Mention, Quote,
    QuoteKind,
};
use crate::search::Name;
use crate::text::fold;
use crate::words::{Country, Language};
use serde::de::{SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// From where to where.
pub(super) type Place = (usize, usize);

/// The annotations of an article as text, but for the rows of the entities, which only who writes them knows.
pub(super) struct Written {
    /// The entities without their rows, in order.
    entities: Vec<String>,
    /// What follows them.
    rest: String,
    /// From where to where each quotation runs.
    pub(super) quotes: Vec<Place>,
}

impl Written {
    /// Writes the annotations of `article`, of which `spellings` are the other spellings of each entity.
    pub(super) fn of(article: &Article, found: &Annotations, spellings: &[Vec<String>]) -> Written {
        let body = Points::of_bytes(&article.body, offsets(found));
        let titled = found.entities.iter().flat_map(|entity| &entity.title_mentions);
        let title = titled.flat_map(|mention| [mention.span.start(), mention.span.end()]).collect();
        let title = Points::of_bytes(&article.title, title);
        let mut ids: HashMap<String, usize> = HashMap::new();
        let entities = found.entities.iter().zip(spellings).map(|(entity, spellings)| {
            let usual = usual_id(entity, &mut ids);
            json(&WrittenEntity {
                id: (usual != entity.id).then_some(&entity.id),
                kind: entity.kind.as_str(),
                name: &entity.name,
                role: entity.role.as_deref(),
                country: entity.country.as_ref().map(Country::as_str),
                spellings,
                mentions: marks(&entity.mentions, &body),
                title: marks(&entity.title_mentions, &title),
            })
        });
        let entities = entities.collect();
        let quotes = found.quotes.iter().map(|quote| StoredQuote {
            parts: quote.parts.iter().map(|&part| body.points(part)).collect(),
            kind: (quote.kind != QuoteKind::Direct).then(|| quote.kind.as_str().to_owned()),
            speaker: quote.speaker,
            cue: quote.cue.map(|cue| body.points(cue)),
            relay: quote.relay,
            confidence: quote.confidence.0,
        });
        let rest = json(&Rest {
            quotes: quotes.collect(),
            dateline: found.dateline.as_ref().map(|dateline| StoredDateline {
                at: body.points(dateline.span),
                place: dateline.place,
                outlet: dateline.outlet,
            }),
            credit: found
                .credit
                .as_ref()
                .map(|credit| StoredCredit { at: body.points(credit.span), source: credit.source }),
        });
        let quotes = found.quotes.iter().map(|quote| body.points(quote.span())).collect();
        Written { entities, rest, quotes }
    }

    /// The whole text, given the row of each entity.
    pub(super) fn whole(&self, rows: &[i64]) -> String {
        use fmt::Write as _;
        let length: usize = self.entities.iter().map(|entity| entity.len() + 24).sum();
        let mut whole = String::with_capacity(length + self.rest.len() + 24);
        whole.push_str("{\"entities\":[");
        for (at, (entity, row)) in self.entities.iter().zip(rows).enumerate() {
            let comma = if at > 0 { "," } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(whole, "{comma}{{\"entity\":{row},{}", entity.get(1..).unwrap_or_default());
        }
        whole.push(']');
        if let Some(rest) = self.rest.get(1..).filter(|rest| rest.len() > 1) {
            whole.push(',');
            whole.push_str(rest);
        } else {
            whole.push('}');
        }
        whole
    }
}

/// Reads the annotations of the article with this title and body; `None` when `stored` is not what is written here.
pub(super) fn read(stored: &str, title: &str, body: &str, language: Language) -> Option<Annotations> {
    let stored: Stored = serde_json::from_str(stored).ok()?;
    let mut points = Vec::new();
    let mut titled = Vec::new();
    for entity in &stored.entities {
        points.extend(entity.mentions.iter().flat_map(|mark| [mark.start, mark.end]));
        titled.extend(entity.title.iter().flat_map(|mark| [mark.start, mark.end]));
    }
    for quote in &stored.quotes {
        points.extend(quote.parts.iter().chain(&quote.cue).flat_map(|&(start, end)| [start, end]));
    }
    points.extend(stored.dateline.iter().flat_map(|line| [line.at.0, line.at.1]));
    points.extend(stored.credit.iter().flat_map(|line| [line.at.0, line.at.1]));
    let (points, titled) = (Points::of_points(body, points), Points::of_points(title, titled));
    let span = |(start, end): Place| points.span(start, end, body.len());
    let count = stored.entities.len();
    let known = |entity: Option<usize>| entity.filter(|&entity| entity < count);
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut annotations = Annotations::empty(language);
    for entity in stored.entities {
        let mentions = |marks: &[Mark], points: &Points, length: usize| {
            marks
                .iter()
                .map(|mark| Mention {
                    span: points.span(mark.start, mark.end, length),
                    form: mark.form,
                    confidence: Confidence::percent(mark.confidence),
                    grounds: Grounds::GIVEN,
                })
                .collect()
        };
        let mut read = Entity {
            id: String::new(),
            kind: kind(&entity.kind)?,
            name: entity.name,
            country: entity.country.as_deref().and_then(Country::parse),
            role: entity.role,
            mentions: mentions(&entity.mentions, &points, body.len()),
            title_mentions: mentions(&entity.title, &titled, title.len()),
        };
        let usual = usual_id(&read, &mut ids);
        read.id = entity.id.unwrap_or(usual);
        annotations.entities.push(read);
    }
    for quote in stored.quotes {
        annotations.quotes.push(Quote {
            parts: quote.parts.into_iter().map(span).collect(),
            kind: if quote.kind.is_some() { QuoteKind::Fragment } else { QuoteKind::Direct },
            speaker: known(quote.speaker),
            cue: quote.cue.map(span),
            relay: known(quote.relay),
            confidence: Confidence::percent(quote.confidence),
            grounds: Grounds::GIVEN,
        });
    }
    annotations.dateline = stored.dateline.map(|line| Dateline {
        span: span(line.at),
        place: known(line.place),
        outlet: known(line.outlet),
    });
    annotations.credit = stored.credit.map(|line| Credit { span: span(line.at), source: known(line.source) });
    Some(annotations)
}

/// Reads the names alone, as the index knows them: what shows on a row why a filter found it. Nothing when `stored` is
/// not what is written here.
pub(super) fn names(stored: &str) -> Vec<Name> {
    let stored: StoredNames = serde_json::from_str(stored).unwrap_or_default();
    let mut names: Vec<Name> = Vec::with_capacity(stored.entities.len());
    for entity in stored.entities {
        let Some(kind) = kind(entity.kind) else { return Vec::new() };
        names.push(Name {
            kind,
            name: entity.name,
            aliases: entity.spellings,
            country: entity.country.and_then(Country::parse),
            quotes: 0,
        });
    }
    for speaker in stored.quotes.into_iter().filter_map(|quote| quote.speaker) {
        if let Some(name) = names.get_mut(speaker) {
            name.quotes += 1;
        }
    }
    names
}

/// The kind that is written so.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.as_str() == name)
}

/// The other spellings of each entity in title and body, each once.
pub(super) fn spellings(article: &Article, found: &Annotations) -> Vec<Vec<String>> {
    let of = |entity: &Entity| {
        let body = entity.mentions.iter().map(|mention| (mention, article.body.as_str()));
        let title = entity.title_mentions.iter().map(|mention| (mention, article.title.as_str()));
        let mut seen = HashSet::from([entity.name.as_str()]);
        body.chain(title)
            .filter(|(mention, _)| matches!(mention.form, Form::Name | Form::Nested | Form::Adjective))
            .map(|(mention, text)| mention.span.of(text))
            .filter(|spelling| !spelling.is_empty() && seen.insert(spelling))
            .map(str::to_owned)
            .collect()
    };
    found.entities.iter().map(of).collect()
}

/// Every place of the body that the annotations name.
fn offsets(found: &Annotations) -> Vec<usize> {
    let mentions = found.entities.iter().flat_map(|entity| &entity.mentions).map(|mention| mention.span);
    let quotes = found.quotes.iter().flat_map(|quote| quote.parts.iter().copied().chain(quote.cue));
    let frame = found.dateline.iter().map(|line| line.span).chain(found.credit.iter().map(|line| line.span));
    mentions.chain(quotes).chain(frame).flat_map(|span| [span.start(), span.end()]).collect()
}

/// The id that annotating gives an entity, when those before it are counted in `ids`.
fn usual_id(entity: &Entity, ids: &mut HashMap<String, usize>) -> String {
    let id = match (entity.kind, entity.country) {
        (Kind::Country, Some(country)) => format!("country:{}", country.as_str().to_ascii_lowercase()),
        (kind, _) => format!("{}:{}", kind.as_str(), fold(&entity.name)),
    };
    let clash = ids.entry(id.clone()).or_default();
    *clash += 1;
    if *clash > 1 { format!("{id}-{clash}") } else { id }
}

fn marks(mentions: &[Mention], points: &Points) -> Vec<Mark> {
    let mark = |mention: &Mention| {
        let (start, end) = points.points(mention.span);
        Mark { start, end, confidence: mention.confidence.0, form: mention.form }
    };
    mentions.iter().map(mark).collect()
}

fn json(value: &impl Serialize) -> String {
    // Strings, numbers and lists of them cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

#[derive(Serialize)]
struct WrittenEntity<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a String>,
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    spellings: &'a [String],
    mentions: Vec<Mark>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    title: Vec<Mark>,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    entities: Vec<StoredEntity>,
    #[serde(default)]
    quotes: Vec<StoredQuote>,
    dateline: Option<StoredDateline>,
    credit: Option<StoredCredit>,
}

#[derive(Deserialize)]
struct StoredEntity {
    id: Option<String>,
    kind: String,
    name: String,
    role: Option<String>,
    country: Option<String>,
    #[serde(default)]
    mentions: Vec<Mark>,
    #[serde(default)]
    title: Vec<Mark>,
}

#[derive(Deserialize, Default)]
struct StoredNames<'a> {
    #[serde(default, borrow)]
    entities: Vec<StoredName<'a>>,
    #[serde(default)]
    quotes: Vec<StoredSpeaker>,
}

#[derive(Deserialize)]
struct StoredName<'a> {
    kind: &'a str,
    name: String,
    country: Option<&'a str>,
    #[serde(default)]
    spellings: Vec<String>,
}

#[derive(Deserialize)]
struct StoredSpeaker {
    speaker: Option<usize>,
}

#[derive(Serialize)]
struct Rest {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quotes: Vec<StoredQuote>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<StoredDateline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<StoredCredit>,
}

#[derive(Serialize, Deserialize)]
struct StoredQuote {
    parts: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relay: Option<usize>,
    confidence: u8,
}

#[derive(Serialize, Deserialize)]
struct StoredDateline {
    at: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<usize>,
}

#[derive(Serialize, Deserialize)]
struct StoredCredit {
    at: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<usize>,
}

/// A mention: `[start, end, confidence]`, and the form if it is no name.
struct Mark {
    start: usize,
    end: usize,
    confidence: u8,
    form: Form,
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = self.form.as_str();
        let mut list = serializer.serialize_seq(Some(3 + usize::from(form.is_some())))?;
        list.serialize_element(&self.start)?;
        list.serialize_element(&self.end)?;
        list.serialize_element(&self.confidence)?;
        if let Some(form) = form {
            list.serialize_element(form)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Mark, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Mark;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of start, end, confidence and perhaps a form")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Mark, A::Error> {
                let missing = |at| serde::de::Error::invalid_length(at, &self);
                let start = list.next_element()?.ok_or_else(|| missing(0))?;
                let end = list.next_element()?.ok_or_else(|| missing(1))?;
                let confidence = list.next_element()?.ok_or_else(|| missing(2))?;
                let form = list.next_element::<String>()?;
                let forms = [Form::Title, Form::Pronoun, Form::Nested, Form::Adjective];
                let form = forms.into_iter().find(|known| known.as_str() == form.as_deref());
                Ok(Mark { start, end, confidence, form: form.unwrap_or(Form::Name) })
            }
        }
        deserializer.deserialize_seq(List)
    }
}
