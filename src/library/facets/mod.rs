//! What some articles hold, counted and put together: names, quotations, outlets, languages, days.
//!
//! - `identity`: when names of different articles are one;
//! - `parts`: the rows of a question by the registers that count them;
//! - `names`: who and what is named, counted; `called`: by which name; `dossier`: all about one of them; `beside`: who
//!   is named with it; `missed`: which countries are left out; `chance`: how clearly a count is no chance;
//! - `same`: when two quotations are one, and where they differ; `sayings`: quotations, each once, by story;
//! - `counted`: the most of each, to narrow by;
//! - `days`: how articles spread over days; `stories`: which articles tell the same one, by their `traces`: what is
//!   `meeting` in them, and what is `growing` from that.
//!
//! All of it is asked of the rows of a question, answered on any thread, and given up when a flag is set.

mod beside;
mod called;
mod chance;
mod counted;
mod days;
mod dossier;
mod growing;
mod identity;
mod meeting;
mod missed;
mod names;
mod parts;
mod same;
mod sayings;
mod stories;
mod traces;

#[cfg(test)]
mod tests;

pub use beside::Beside;
pub use counted::{Facet, Facets, Value};
pub use days::{Days, Digest};
pub use dossier::{Dossier, Looked};
pub use identity::{Identity, identity};
pub use missed::Missed;
pub use names::{Counted, Named, Names};
pub use same::{differences, is_same};
pub use sayings::{MOST, Quoted, Saying, Sayings};
pub use stories::Story;

use super::segment::names as index_names;
use super::{Ordinal, Snapshot};
use crate::article::{Entity, Quote};
use crate::search::{Query, asks_for};
use parts::Part;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// A quotation of an article: the article's ordinal and the quotation's place in its annotations.
pub type QuotePlace = (Ordinal, usize);

/// How many articles have each value of something, most first, of equals in the order of the alphabet.
pub type Counts = Vec<(String, u64)>;

/// How many articles there are by outlet, language and month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spread {
    /// By outlet.
    pub outlets: Counts,
    /// By language, as a code.
    pub languages: Counts,
    /// By month, as year and month, in the order of time.
    pub months: Counts,
}

impl Snapshot {
    /// The quotations of `rows` that `query` asks for by its `by:` and `about:`, in order.
    pub fn quotes(&self, rows: &[Ordinal], query: &Query) -> Vec<QuotePlace> {
        let registers = self.registers();
        let all = |row: Ordinal| 0..registers.quotes(row) as usize;
        if !asks_of_quotes(query) {
            return rows.iter().flat_map(|&row| all(row).map(move |at| (row, at))).collect();
        }
        rows.par_iter()
            .filter(|row| !all(**row).is_empty())
            .flat_map_iter(|&row| {
                let wanted = self.known(row).map(|(article, found)| {
                    let names = index_names(&article, &found);
                    let asked = |at: &usize| {
                        let Some(quote) = found.quotes.get(*at) else { return false };
                        let speaker = quote.speaker.and_then(|speaker| names.get(speaker));
                        let entities = found.entities.iter().zip(&names);
                        let within: Vec<_> = entities
                            .filter(|(entity, _)| holds(quote, entity))
                            .map(|(_, name)| name)
                            .collect();
                        asks_for(query, speaker, &within)
                    };
                    (0..found.quotes.len()).filter(asked).map(|at| (row, at)).collect::<Vec<_>>()
                });
                wanted.unwrap_or_default()
            })
            .collect()
    }

    /// How many quotations of `rows` `query` asks for by its `by:` and `about:`.
    pub fn count_quotes(&self, rows: &[Ordinal], query: &Query) -> u64 {
        if asks_of_quotes(query) {
            return self.quotes(rows, query).len() as u64;
        }
        let registers = self.registers();
        rows.iter().map(|&row| u64::from(registers.quotes(row))).sum()
    }

    /// How `rows` spread over outlets, languages and months.
    pub fn spread(&self, rows: &[Ordinal]) -> Spread {
        Spread::of(&self.registers().parts(rows))
    }
}

impl Spread {
    fn of(parts: &[Part]) -> Spread {
        let (mut outlets, mut languages) = (HashMap::new(), HashMap::new());
        let mut months: BTreeMap<String, u64> = BTreeMap::new();
        for part in parts {
            for (outlet, many) in part.register.outlets(&part.rows) {
                count(&mut outlets, outlet, many);
            }
            for (language, many) in part.register.languages(&part.rows) {
                count(&mut languages, language, many);
            }
        }
        for (day, many) in Days::of(parts.iter().map(|part| (part.register.as_ref(), &part.rows))).days {
            let month: String = day.to_string().chars().take("2025-07".len()).collect();
            *months.entry(month).or_insert(0) += many;
        }
        Spread {
            outlets: most_first(outlets),
            languages: most_first(languages),
            months: months.into_iter().collect(),
        }
    }
}

/// Whether a query asks anything of single quotations, beside their articles.
fn asks_of_quotes(query: &Query) -> bool {
    query.terms().iter().any(|term| term.condition.is_of_quotes())
}

/// Whether a quotation names an entity, or means it by a pronoun or an office.
fn holds(quote: &Quote, entity: &Entity) -> bool {
    entity.mentions.iter().any(|mention| quote.parts.iter().any(|part| part.contains(mention.span)))
}

/// Counts one more of `key`.
fn count<K: Eq + Hash + ?Sized + ToOwned<Owned = O>, O: Eq + Hash + std::borrow::Borrow<K>>(
    counts: &mut HashMap<O, u64>,
    key: &K,
    more: u64,
) {
    match counts.get_mut(key) {
        Some(known) => *known += more,
        None => {
            counts.insert(key.to_owned(), more);
        }
    }
}

fn most_first(counts: HashMap<String, u64>) -> Counts {
    let mut counts: Counts = counts.into_iter().collect();
    counts.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    counts
}
