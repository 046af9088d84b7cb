//! All about someone or something.

use super::names::Tally;
use super::{Counts, Days, Identity, Named, QuotePlace, Saying, add, count, holds, identity, most_first};
use crate::article::{Annotations, Article, Day};
use crate::library::{Ordinal, Snapshot};
use crate::words::Language;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

/// All about someone or something, as far as some articles tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// Names, role, country, counts.
    pub named: Named,
    /// The names it is given, by how many articles.
    pub spellings: Counts,
    /// The offices and affiliations it is given, by how many articles.
    pub roles: Counts,
    /// When.
    pub days: Days,
    /// What it said, the newest first.
    pub by: Vec<Saying>,
    /// What others said that names it, the newest first.
    pub about: Vec<Saying>,
    /// Who and what is named with it, those that are so most clearly more often than chance first.
    pub beside: Vec<Beside>,
    /// The outlets that name it.
    pub outlets: Counts,
    /// The articles that name it, in the order of the rows.
    pub articles: Vec<Ordinal>,
}

/// Someone or something that is named with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Who or what.
    pub identity: Identity,
    /// What most of the articles call it.
    pub name: String,
    /// In how many of the articles it is.
    pub together: u64,
    /// How many times as often as in the whole collection.
    pub lift: f64,
    /// How clearly that is more than chance: the log-likelihood ratio G² (Dunning 1993), negative when it is less.
    pub likelihood: f64,
}

/// A dossier names at most so many others.
const LISTED: usize = 40;

#[derive(Default)]
struct Gathered {
    tally: Tally,
    days: HashMap<Day, u64>,
    undated: u64,
    outlets: HashMap<String, u64>,
    by: Vec<QuotePlace>,
    about: Vec<QuotePlace>,
    beside: HashMap<Identity, Tally>,
    articles: Vec<Ordinal>,
}

impl Snapshot {
    /// All that `rows` tell about `who`; `None` once `cancelled` is set, and when they do not name it.
    pub fn dossier(&self, rows: &[Ordinal], who: &Identity, cancelled: &AtomicBool) -> Option<Dossier> {
        let gathered: Gathered = self.gather(
            rows,
            cancelled,
            |gathered: &mut Gathered, row, article, found| gathered.take(who, row, article, found),
            Gathered::merge,
        )?;
        if gathered.articles.is_empty() {
            return None;
        }
        let newest_first = |places: &[QuotePlace]| {
            let mut sayings = self.once(places, cancelled)?;
            sayings.sort_by_key(|saying| Reverse((saying.day, Reverse(saying.place))));
            Some(sayings)
        };
        let (by, about) = (newest_first(&gathered.by)?, newest_first(&gathered.about)?);
        let language = self.language();
        let beside = self.beside(gathered.beside, gathered.articles.len() as u64, language);
        let (spellings, roles) =
            (most_first(gathered.tally.spellings.clone()), most_first(gathered.tally.roles.clone()));
        Some(Dossier {
            named: gathered.tally.into_named(who.clone(), language),
            spellings,
            roles,
            days: Days::new(gathered.days, gathered.undated),
            by,
            about,
            beside,
            outlets: most_first(gathered.outlets),
            articles: gathered.articles,
        })
    }

    fn beside(
        &self,
        tallies: HashMap<Identity, Tally>,
        articles: u64,
        language: Option<Language>,
    ) -> Vec<Beside> {
        let all = self.annotated as u64;
        let mut beside: Vec<Beside> = tallies
            .into_iter()
            .map(|(known, tally)| {
                let anywhere = self.frequency(&known);
                let named = tally.into_named(known, language);
                let together = named.articles;
                let lift = (together as f64 * all as f64) / (articles as f64 * anywhere.max(1) as f64);
                let likelihood = likelihood(together, articles, anywhere, all);
                let likelihood = if lift < 1.0 { -likelihood } else { likelihood };
                Beside { identity: named.identity, name: named.name, together, lift, likelihood }
            })
            .collect();
        beside.sort_by(|a, b| {
            let by_measure = b.likelihood.total_cmp(&a.likelihood);
            by_measure.then(b.together.cmp(&a.together)).then_with(|| a.identity.cmp(&b.identity))
        });
        beside.truncate(LISTED);
        beside
    }

    /// In how many articles of the whole collection `who` is named.
    fn frequency(&self, who: &Identity) -> u64 {
        self.segments.iter().map(|segment| segment.frequency(who)).sum()
    }
}

impl Gathered {
    fn take(&mut self, who: &Identity, row: Ordinal, article: &Article, found: &Annotations) {
        let own = |at: &usize| {
            let entity = found.entities.get(*at);
            entity.is_some_and(|entity| entity.kind == who.kind && identity(entity) == *who)
        };
        let me: Vec<usize> = (0..found.entities.len()).filter(own).collect();
        if me.is_empty() {
            return;
        }
        for (at, entity) in found.entities.iter().enumerate() {
            if me.contains(&at) {
                self.tally.take(article, found, at, entity);
            } else {
                self.beside.entry(identity(entity)).or_default().take(article, found, at, entity);
            }
        }
        for (at, quote) in found.quotes.iter().enumerate() {
            if quote.speaker.is_some_and(|speaker| me.contains(&speaker)) {
                self.by.push((row, at));
            } else if me.iter().any(|&at| found.entities.get(at).is_some_and(|entity| holds(quote, entity))) {
                self.about.push((row, at));
            }
        }
        match article.published {
            Some(published) => count(&mut self.days, &Day::of(published), 1),
            None => self.undated += 1,
        }
        if let Some(outlet) = &article.outlet {
            count(&mut self.outlets, outlet.as_str(), 1);
        }
        self.articles.push(row);
    }

    fn merge(&mut self, other: Gathered) {
        self.tally.merge(other.tally);
        add(&mut self.days, other.days);
        self.undated += other.undated;
        add(&mut self.outlets, other.outlets);
        self.by.extend(other.by);
        self.about.extend(other.about);
        for (known, tally) in other.beside {
            self.beside.entry(known).or_default().merge(tally);
        }
        self.articles.extend(other.articles);
    }
}

/// The log-likelihood ratio of a table of two by two: `both` of `here` articles and of `anywhere`, out of `all`.
fn likelihood(both: u64, here: u64, anywhere: u64, all: u64) -> f64 {
    let (both, here, anywhere, all) = (both as f64, here as f64, anywhere as f64, all as f64);
    let cells = [
        (both, here * anywhere),
        (here - both, here * (all - anywhere)),
        (anywhere - both, (all - here) * anywhere),
        (all - here - anywhere + both, (all - here) * (all - anywhere)),
    ];
    let part = |(seen, expected): (f64, f64)| {
        if seen > 0.0 && expected > 0.0 { seen * (seen * all / expected).ln() } else { 0.0 }
    };
    2.0 * cells.into_iter().map(part).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_is_dunnings() {
        // What is as often here as anywhere is no news; what is only here is.
        assert!(likelihood(5, 10, 50, 100).abs() < 1e-9);
        assert!(likelihood(10, 10, 10, 100) > likelihood(5, 10, 10, 100));
        // "bigram the swiss", Dunning 1993, table 2: 110, 2442, 111, 29114 → 270.72.
        assert!((likelihood(110, 2552, 221, 31777) - 270.72).abs() < 0.05);
    }
}
