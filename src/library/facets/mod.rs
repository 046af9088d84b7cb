//! What some articles hold, counted and put together: names, quotations, outlets, languages, days.
//!
//! - `identity`: when names of different articles are one;
//! - `names`: who and what is named, counted; `dossier`: all about one of them;
//! - `same`: when two quotations are one, and where they differ; `sayings`: quotations, each once, by story;
//! - `counted`: the most of each, to narrow by;
//! - `days`: how articles spread over days; `stories`: which articles tell the same one.
//!
//! All of it is asked of the rows of a question, answered on any thread, and given up when a flag is set.

mod counted;
mod days;
mod dossier;
mod identity;
mod names;
mod same;
mod sayings;
mod stories;

#[cfg(test)]
mod tests;

pub use counted::{Facet, Facets, Value};
pub use days::{Days, Digest};
pub use dossier::{Beside, Dossier};
pub use identity::{Identity, identity};
pub use names::Named;
pub use same::{differences, is_same};
pub use sayings::{Quoted, Saying, Sayings};
pub use stories::Story;

pub(super) use identity::frequencies;

use super::segment::names as index_names;
use super::{Ordinal, Snapshot};
use crate::article::{Annotations, Article, Entity, Quote};
use crate::search::{Query, asks_for};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Rows that a thread takes at a time.
const CHUNK: usize = 512;

impl Snapshot {
    /// The quotations of `rows` that `query` asks for by its `by:` and `about:`, in order.
    pub fn quotes(&self, rows: &[Ordinal], query: &Query) -> Vec<QuotePlace> {
        rows.par_iter()
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

    /// How `rows` spread over outlets, languages and months.
    pub fn spread(&self, rows: &[Ordinal]) -> Spread {
        let (mut outlets, mut languages, mut months) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        for (article, found) in rows.iter().filter_map(|&row| self.known(row)) {
            if let Some(outlet) = &article.outlet {
                *outlets.entry(outlet.clone()).or_insert(0) += 1;
            }
            let language = article.language.unwrap_or(found.language);
            *languages.entry(language.to_string()).or_insert(0) += 1;
            if let Some(published) = article.published {
                let month: String = published.date().to_string().chars().take("2025-07".len()).collect();
                *months.entry(month).or_insert(0) += 1;
            }
        }
        Spread {
            outlets: most_first(outlets),
            languages: most_first(languages),
            months: months.into_iter().collect(),
        }
    }

    /// An article with what is known about it; `None` while it is not annotated.
    fn known(&self, row: Ordinal) -> Option<(Arc<Article>, Arc<Annotations>)> {
        Some((self.article(row)?.clone(), self.annotations(row)?.clone()))
    }

    /// Folds the annotated ones of `rows` on all cores; `None` once `cancelled` is set.
    fn gather<T: Default + Send>(
        &self,
        rows: &[Ordinal],
        cancelled: &AtomicBool,
        take: impl Fn(&mut T, Ordinal, &Article, &Annotations) + Sync,
        merge: impl Fn(&mut T, T) + Sync,
    ) -> Option<T> {
        rows.par_chunks(CHUNK)
            .map(|chunk| {
                let mut taken = T::default();
                for &row in chunk {
                    if cancelled.load(Ordering::Relaxed) {
                        return None;
                    }
                    if let Some((article, found)) = self.known(row) {
                        take(&mut taken, row, &article, &found);
                    }
                }
                Some(taken)
            })
            .try_reduce(T::default, |mut one, other| {
                merge(&mut one, other);
                Some(one)
            })
    }
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

/// Adds the counts of `more` to those of `counts`.
fn add<K: Eq + Hash>(counts: &mut HashMap<K, u64>, more: HashMap<K, u64>) {
    for (key, many) in more {
        *counts.entry(key).or_insert(0) += many;
    }
}

fn most_first(counts: HashMap<String, u64>) -> Counts {
    let mut counts: Counts = counts.into_iter().collect();
    counts.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    counts
}
