//! Which countries some articles leave out, beside all articles of the collection.

use super::called::Called;
use super::chance::likelihood;
use super::{Identity, Named, Names};
use crate::article::Kind;
use crate::library::{Ordinal, Snapshot};
use crate::words::Country;
use std::collections::{BTreeMap, BTreeSet};

/// A country that some articles leave out: they name it at most half as often as all articles let expect.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The country, counted over these articles; they may not name it at all.
    pub named: Named,
    /// How many articles of the collection name it.
    pub anywhere: u64,
    /// How many of these articles would name it, were it as frequent here as in the collection.
    pub expected: f64,
    /// How clearly they are too few for chance: the log-likelihood ratio G² (Dunning 1993).
    pub likelihood: f64,
}

/// A country in the whole collection.
#[derive(Default)]
struct Known<'a> {
    articles: u64,
    country: Option<Country>,
    spellings: BTreeSet<&'a str>,
}

impl Snapshot {
    /// The countries that `rows` leave out, most clearly so first; `names` is who and what they name. Costs as much as
    /// there are countries: how many of all articles name each is known.
    pub fn missed(&self, rows: &[Ordinal], names: &Names) -> Vec<Missed> {
        let registers = self.registers();
        let mut known: BTreeMap<&str, Known<'_>> = BTreeMap::new();
        for shelf in registers.shelves(Kind::Country) {
            for &thing in shelf.by_key() {
                let own = known.entry(shelf.key(thing)).or_default();
                own.articles += u64::from(shelf.known(thing));
                own.country = own.country.or(shelf.country(thing));
                own.spellings.extend(shelf.spellings_of(thing).map(|spelling| shelf.spelling(spelling)));
            }
        }
        let (here, all, language) = (rows.len() as u64, self.len() as u64, registers.language());
        let missed = known.into_iter().filter_map(|(key, known)| {
            let identity = Identity::new(Kind::Country, key);
            let named = names.find(&identity).and_then(|at| names.get(at));
            let both = named.as_ref().map_or(0, |named| named.articles);
            let expected = known.articles as f64 * here as f64 / all as f64;
            if expected <= 0.0 || (both * 2) as f64 > expected {
                return None;
            }
            let named = named.unwrap_or_else(|| {
                let spellings = known.spellings.iter().map(|&spelling| (spelling, 1)).collect();
                let called = Called::new(Kind::Country, known.country, spellings, language);
                Named::unseen(identity, called, known.country)
            });
            let likelihood = likelihood(both, here, known.articles, all);
            Some(Missed { named, anywhere: known.articles, expected, likelihood })
        });
        let mut missed: Vec<Missed> = missed.collect();
        // Of equals the first in the order of their keys comes first: so they stand.
        missed.sort_by(|a, b| b.likelihood.total_cmp(&a.likelihood));
        missed
    }
}

impl Named {
    /// Of which nothing is counted.
    fn unseen(identity: Identity, called: Called, country: Option<Country>) -> Named {
        Named {
            kind: identity.kind,
            identity,
            name: called.name,
            others: called.others,
            country,
            articles: 0,
            mentions: 0,
            quotes: 0,
            quoted: 0,
            first: None,
            last: None,
        }
    }
}
