//! What the articles of a question have in common, the most of each: what it can be narrowed by.

use super::{Counts, Named, Spread};
use crate::article::Kind;
use crate::library::{Ordinal, Snapshot};
use crate::words::Country;
use std::cmp::Reverse;
use std::sync::atomic::AtomicBool;

/// What some articles have in common, the values that most of them have first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// The people they name.
    pub people: Facet,
    /// The countries they name.
    pub countries: Facet,
    /// The outlets that carried them.
    pub outlets: Facet,
    /// The languages they are in, by code.
    pub languages: Facet,
    /// Who is quoted in them.
    pub speakers: Facet,
}

/// The values of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facet {
    /// Those of most articles, of equals in the order of the alphabet.
    pub top: Vec<Value>,
    /// How many there are in all.
    pub distinct: usize,
}

/// A value and how many articles have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is called.
    pub name: String,
    /// The kind of the name; `None` of outlets and languages.
    pub kind: Option<Kind>,
    /// Its country; of a country, itself.
    pub country: Option<Country>,
    /// How many articles; of a speaker, those in which they are quoted.
    pub articles: u64,
}

impl Snapshot {
    /// What `rows` have in common, at most `most` values of each; `None` once `cancelled` is set.
    pub fn facets(&self, rows: &[Ordinal], most: usize, cancelled: &AtomicBool) -> Option<Facets> {
        let names = self.names_of(rows, &Kind::ALL, cancelled)?;
        let named = |fits: &dyn Fn(&Named) -> u64| {
            let value = |named: &Named| Value {
                name: named.name.clone(),
                kind: Some(named.kind),
                country: named.country,
                articles: fits(named),
            };
            top(names.iter().map(value).filter(|value| value.articles > 0).collect(), most)
        };
        let of_kind =
            |kind: Kind| named(&move |named: &Named| if named.kind == kind { named.articles } else { 0 });
        let Spread { outlets, languages, .. } = self.spread(rows);
        let plain = |counts: Counts| {
            let value = |(name, articles)| Value { name, kind: None, country: None, articles };
            top(counts.into_iter().map(value).collect(), most)
        };
        Some(Facets {
            people: of_kind(Kind::Person),
            countries: of_kind(Kind::Country),
            outlets: plain(outlets),
            languages: plain(languages),
            speakers: named(&|named: &Named| named.quoted),
        })
    }
}

fn top(mut values: Vec<Value>, most: usize) -> Facet {
    let distinct = values.len();
    values.sort_by(|a, b| (Reverse(a.articles), &a.name).cmp(&(Reverse(b.articles), &b.name)));
    values.truncate(most);
    Facet { top: values, distinct }
}
