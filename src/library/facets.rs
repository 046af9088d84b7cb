//! What some articles hold, counted: names, quotations, outlets, languages, months.

use super::segment::names;
use super::{Ordinal, Snapshot};
use crate::article::{Annotations, Article, Kind};
use crate::search::{Query, asks_for};
use crate::text::fold;
use crate::words::Country;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Someone or something, over all articles that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is.
    pub kind: Kind,
    /// The name most articles give it; of equals the first in the alphabet.
    pub name: String,
    /// Its country, if known; of a country, itself.
    pub country: Option<Country>,
    /// How many articles name it.
    pub articles: u64,
    /// How often, in bodies and titles.
    pub mentions: u64,
    /// How many quotations it speaks.
    pub quotes: u64,
    /// The day of the first article that names it, as year, month and day.
    pub first: Option<String>,
    /// The day of the last.
    pub last: Option<String>,
}

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

#[derive(Default)]
struct Tally {
    spellings: BTreeMap<String, u64>,
    country: Option<Country>,
    articles: u64,
    mentions: u64,
    quotes: u64,
    days: Option<(String, String)>,
}

impl Snapshot {
    /// Who and what `rows` name, in no order that means anything.
    pub fn names(&self, rows: &[Ordinal]) -> Vec<Named> {
        let mut tallies: BTreeMap<(Kind, String), Tally> = BTreeMap::new();
        for (article, found) in self.known(rows) {
            count_names(&article, &found, &mut tallies);
        }
        tallies.into_iter().map(|((kind, _), tally)| tally.into_named(kind)).collect()
    }

    /// The quotations of `rows` that `query` asks for by its `by:` and `about:`, in order.
    pub fn quotes(&self, rows: &[Ordinal], query: &Query) -> Vec<QuotePlace> {
        rows.par_iter()
            .flat_map_iter(|&row| {
                let wanted = self.article(row).zip(self.annotations(row)).map(|(article, found)| {
                    let names = names(&article, &found);
                    let asked = |at: &usize| {
                        let quote = found.quotes.get(*at);
                        let speaker = quote.and_then(|quote| names.get(quote.speaker?));
                        let within: Vec<_> = found
                            .entities
                            .iter()
                            .zip(&names)
                            .filter(|(entity, _)| {
                                entity.mentions.iter().any(|mention| {
                                    quote.is_some_and(|quote| {
                                        quote.parts.iter().any(|part| part.contains(mention.span))
                                    })
                                })
                            })
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
        for (article, found) in self.known(rows) {
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

    fn known(&self, rows: &[Ordinal]) -> impl Iterator<Item = (Arc<Article>, Arc<Annotations>)> {
        rows.iter().filter_map(|&row| Some((self.article(row)?, self.annotations(row)?)))
    }
}

fn count_names(article: &Article, found: &Annotations, tallies: &mut BTreeMap<(Kind, String), Tally>) {
    let day = article.published.map(|published| published.date().to_string());
    for (at, entity) in found.entities.iter().enumerate() {
        let key = match (entity.kind, entity.country) {
            (Kind::Country, Some(country)) => country.to_string(),
            _ => fold(&entity.name),
        };
        let tally = tallies.entry((entity.kind, key)).or_default();
        *tally.spellings.entry(entity.name.clone()).or_insert(0) += 1;
        tally.country = tally.country.or(entity.country);
        tally.articles += 1;
        tally.mentions += (entity.mentions.len() + entity.title_mentions.len()) as u64;
        tally.quotes += found.quotes_by(at) as u64;
        if let Some(day) = &day {
            let (first, last) = tally.days.get_or_insert_with(|| (day.clone(), day.clone()));
            if day < first {
                first.clone_from(day);
            }
            if day > last {
                last.clone_from(day);
            }
        }
    }
}

impl Tally {
    fn into_named(self, kind: Kind) -> Named {
        let most = self.spellings.values().max().copied().unwrap_or_default();
        let name = self.spellings.into_iter().find(|(_, count)| *count == most);
        let (first, last) = self.days.unzip();
        Named {
            kind,
            name: name.map(|(name, _)| name).unwrap_or_default(),
            country: self.country,
            articles: self.articles,
            mentions: self.mentions,
            quotes: self.quotes,
            first,
            last,
        }
    }
}

fn most_first(counts: HashMap<String, u64>) -> Counts {
    let mut counts: Counts = counts.into_iter().collect();
    counts.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    counts
}
