//! An article made ready for a library: everything that needs no library to be worked out, so that it is done side by
//! side on all cores.

use super::super::duplicates::Sketch;
use super::fulltext::Terms;
use super::marks::{self, Written};
use crate::article::{Annotations, Article, ArticleId, Entity, Kind};
use crate::text::push_terms;
use crate::words::{Country, Language, countries};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// At most this many countries stand on the row of an article.
const COUNTRIES: usize = 8;

/// Keys of names that are remembered at most.
const KEYS: usize = 200_000;

/// The keys of names that were met: most names come again, and to work one out takes longer than to look it up.
#[derive(Default)]
pub(crate) struct Keys(RwLock<Known>);

#[derive(Default)]
struct Known {
    /// By what bears them.
    keys: HashMap<(Kind, Option<Country>), KeysOfNames>,
    held: usize,
}

type KeysOfNames = HashMap<Box<str>, Box<str>>;

impl Keys {
    /// The key of an entity.
    fn of(&self, entity: &Entity) -> String {
        let bearer = (entity.kind, entity.country);
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = known.keys.get(&bearer).and_then(|keys| keys.get(entity.name.as_str())) {
            return key.to_string();
        }
        drop(known);
        let key = entity.identity();
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.held >= KEYS {
            *known = Known::default();
        }
        let keys = known.keys.entry(bearer).or_default();
        known.held += usize::from(keys.insert(entity.name.as_str().into(), key.as_str().into()).is_none());
        key
    }
}

/// An article with all that is written of it.
pub(crate) struct Prepared {
    pub(super) article: Article,
    pub(super) text_hash: i64,
    pub(super) sketch: Option<Sketch>,
    /// The terms of the title, and those of the body.
    pub(super) terms: (String, String),
    pub(super) language: Option<Language>,
    pub(super) written: Written,
    pub(super) named: Vec<Named>,
    pub(super) quotes: Vec<Spoken>,
    /// "NO ID JP".
    pub(super) countries: Option<String>,
}

/// An entity of the article.
pub(super) struct Named {
    pub(super) kind: Kind,
    /// What tells it from others of its kind in the whole library.
    pub(super) key: String,
    pub(super) country: Option<Country>,
    pub(super) role: Option<String>,
    pub(super) mentions: u32,
    pub(super) quotes: u32,
    /// Its fullest name in the article, then its other spellings there.
    pub(super) spellings: Vec<String>,
}

/// A quotation of the article; places are code points of its body, entities places in its list.
pub(super) struct Spoken {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: &'static str,
    pub(super) speaker: Option<usize>,
    pub(super) relay: Option<usize>,
    pub(super) confidence: u8,
}

impl Prepared {
    /// Makes an article and what was found in it ready.
    pub(crate) fn new(article: Article, text_hash: i64, found: &Annotations, keys: &Keys) -> Prepared {
        let spellings = marks::spellings(&article, found);
        let written = Written::of(&article, found, &spellings);
        let quotes = found.quotes.iter().zip(&written.quotes).map(|(quote, &(start, end))| Spoken {
            start: count(start),
            end: count(end),
            kind: quote.kind.as_str(),
            speaker: quote.speaker,
            relay: quote.relay,
            confidence: quote.confidence.0,
        });
        let quotes = quotes.collect();
        let named = found.entities.iter().enumerate().zip(spellings).map(|((at, entity), others)| Named {
            kind: entity.kind,
            key: keys.of(entity),
            country: entity.country,
            role: entity.role.clone(),
            mentions: count(entity.mentions.len() + entity.title_mentions.len()),
            quotes: count(found.quotes_by(at)),
            spellings: std::iter::once(entity.name.clone()).chain(others).collect(),
        });
        let named = named.collect();
        let mut terms = (String::new(), String::with_capacity(article.body.len()));
        push_terms(&article.title, &mut terms.0);
        push_terms(&article.body, &mut terms.1);
        Prepared {
            text_hash,
            sketch: Sketch::of(&terms.1),
            language: article.language.or(Some(found.language)).filter(|&known| known != Language::UNKNOWN),
            countries: codes(found),
            named,
            written,
            quotes,
            terms,
            article,
        }
    }
}

impl Prepared {
    /// Bytes of its text.
    pub(crate) fn length(&self) -> usize {
        self.article.body.len()
    }

    /// The terms of the article, under its number in the library.
    pub(crate) fn into_terms(self, article: i64) -> Terms {
        let (title, body) = self.terms;
        Terms { article, title, body }
    }
}

impl Named {
    /// What it is called where it stands for all articles: a country by its English name, all others as they are
    /// first met.
    pub(super) fn title(&self) -> &str {
        let met = self.spellings.first().map_or("", String::as_str);
        let country = self.country.filter(|_| self.kind == Kind::Country);
        country.and_then(|country| countries().name(country, Language::ENGLISH)).unwrap_or(met)
    }
}

/// A number as it stands in a table.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Tells the text of an article from every other.
pub(crate) fn text_hash(article: &Article) -> i64 {
    hash(&[&article.title, &article.body])
}

/// A number that stands for `parts`.
pub(super) fn hash(parts: &[&str]) -> i64 {
    ArticleId::of(parts).0.cast_signed()
}

/// The countries an article names, those named most often first.
pub(super) fn codes(found: &Annotations) -> Option<String> {
    let named = found.entities.iter().filter(|entity| entity.kind == Kind::Country);
    let mut named: Vec<(usize, Country)> = named
        .filter_map(|entity| Some((entity.mentions.len() + entity.title_mentions.len(), entity.country?)))
        .collect();
    named.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    let codes: Vec<&str> = named.iter().take(COUNTRIES).map(|(_, code)| code.as_str()).collect();
    (!codes.is_empty()).then(|| codes.join(" "))
}
