//! The quotations of an article, read without what else is known of it: whoever tells those of thousands of articles
//! needs their words and speakers, not every mention.

use super::fault::StoreError;
use super::marks::{Place, kind};
use super::points::Points;
use super::read::Reader;
use crate::article::{Annotations, Article, Kind, Published, QuoteKind};
use crate::words::Country;
use rusqlite::OptionalExtension;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// The quotations of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AllSaid {
    /// When the article was published.
    pub(crate) published: Option<Published>,
    /// In their order.
    pub(crate) quotes: Vec<Said>,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// The words on one line, marks included; parts apart by an ellipsis.
    pub(crate) words: String,
    /// How it stands in its text.
    pub(crate) kind: QuoteKind,
    /// What its speaker is, as the article names them, and of which country.
    pub(crate) speaker: Option<(Kind, String, Option<Country>)>,
}

impl AllSaid {
    /// Those of an article of which all is known.
    pub(crate) fn of(article: &Article, found: &Annotations) -> AllSaid {
        let quotes = found.quotes.iter().map(|quote| {
            let speaker = quote.speaker.and_then(|speaker| found.entities.get(speaker));
            Said {
                words: line(quote.parts.iter().map(|part| part.of(&article.body))),
                kind: quote.kind,
                speaker: speaker.map(|speaker| (speaker.kind, speaker.name.clone(), speaker.country)),
            }
        });
        AllSaid { published: article.published, quotes: quotes.collect() }
    }

    /// Those that `stored` says of a body; none when it is not what is written here.
    fn read(published: Option<Published>, stored: &str, body: &str) -> AllSaid {
        let quoting: Quoting = serde_json::from_str(stored).unwrap_or_default();
        if quoting.entities.iter().any(|entity| kind(entity.kind).is_none()) {
            return AllSaid::default();
        }
        let places = quoting.quotes.iter().flat_map(|quote| &quote.parts);
        let points = Points::of_points(body, places.flat_map(|&(start, end)| [start, end]).collect());
        let quotes = quoting.quotes.iter().map(|quote| {
            let spans = quote.parts.iter().map(|&(start, end)| points.span(start, end, body.len()));
            let speaker = quote.speaker.and_then(|speaker| quoting.entities.get(speaker));
            Said {
                words: line(spans.map(|span| span.of(body))),
                kind: if quote.kind.is_some() { QuoteKind::Fragment } else { QuoteKind::Direct },
                speaker: speaker.and_then(|speaker| {
                    let country = speaker.country.and_then(Country::parse);
                    Some((kind(speaker.kind)?, speaker.name.clone().into_owned(), country))
                }),
            }
        });
        AllSaid { published, quotes: quotes.collect() }
    }
}

impl Reader {
    /// The quotations of an article.
    pub(crate) fn said(&self, row: i64) -> Result<Option<AllSaid>, StoreError> {
        self.with(|connection| {
            let mut said = connection.prepare_cached(
                "SELECT published, body, annotations FROM articles JOIN texts USING (article) \
                 WHERE article = ?1",
            )?;
            let said = said.query_row([row], |row| {
                let published = row.get_ref(0)?.as_str_or_null()?.and_then(Published::parse);
                let stored = row.get_ref(2)?.as_str_or_null()?.unwrap_or_default();
                Ok(AllSaid::read(published, stored, row.get_ref(1)?.as_str()?))
            });
            said.optional()
        })
    }
}

/// Parts of a quotation on one line.
fn line<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() {
            line.push_str(" … ");
        }
        line.extend(part.chars().map(|c| if c == '\n' { ' ' } else { c }));
    }
    line
}

#[derive(Deserialize, Default)]
struct Quoting<'a> {
    #[serde(default, borrow)]
    entities: Vec<Quotable<'a>>,
    #[serde(default)]
    quotes: Vec<Quoted>,
}

#[derive(Deserialize)]
struct Quotable<'a> {
    kind: &'a str,
    #[serde(borrow)]
    name: Cow<'a, str>,
    country: Option<&'a str>,
}

#[derive(Deserialize)]
struct Quoted {
    parts: Vec<Place>,
    kind: Option<IgnoredAny>,
    speaker: Option<usize>,
}
