//! Who and what is named, counted.

use super::{Counts, Identity, add, count, identity, most_first};
use crate::article::{Annotations, Article, Day, Entity, Kind};
use crate::library::{Ordinal, Snapshot};
use crate::words::{Country, Language, countries};
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

/// Someone or something, over all articles that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who or what.
    pub identity: Identity,
    /// What it is.
    pub kind: Kind,
    /// The name most articles give it, of equals the first in the alphabet; of a country, what the language of most
    /// of the articles calls it.
    pub name: String,
    /// The other names.
    pub others: Vec<String>,
    /// The office or affiliation most articles give it.
    pub role: Option<String>,
    /// Its country, if known; of a country, itself.
    pub country: Option<Country>,
    /// How many articles name it.
    pub articles: u64,
    /// How often, in bodies and titles.
    pub mentions: u64,
    /// How many quotations it speaks.
    pub quotes: u64,
    /// The day of the first article that names it.
    pub first: Option<Day>,
    /// The day of the last.
    pub last: Option<Day>,
}

/// What is counted of one name.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) spellings: HashMap<String, u64>,
    pub(super) roles: HashMap<String, u64>,
    country: Option<Country>,
    articles: u64,
    mentions: u64,
    quotes: u64,
    days: Option<(Day, Day)>,
}

/// What is counted of many, and the languages of the articles.
#[derive(Default)]
struct Tallies {
    names: HashMap<Identity, Tally>,
    languages: HashMap<Language, u64>,
}

impl Snapshot {
    /// Who and what `rows` name, in the order of their kinds and names.
    pub fn names(&self, rows: &[Ordinal]) -> Vec<Named> {
        self.names_of(rows, &Kind::ALL, &AtomicBool::new(false)).unwrap_or_default()
    }

    /// What of these kinds `rows` name, in the order of kinds and names; `None` once `cancelled` is set.
    pub fn names_of(&self, rows: &[Ordinal], kinds: &[Kind], cancelled: &AtomicBool) -> Option<Vec<Named>> {
        let all: Tallies = self.gather(
            rows,
            cancelled,
            |tallies: &mut Tallies, _, article, found| {
                count(&mut tallies.languages, &article.language.unwrap_or(found.language), 1);
                for (at, entity) in found.entities.iter().enumerate() {
                    if kinds.contains(&entity.kind) {
                        let tally = tallies.names.entry(identity(entity)).or_default();
                        tally.take(article, found, at, entity);
                    }
                }
            },
            |one, other| {
                add(&mut one.languages, other.languages);
                for (known, tally) in other.names {
                    one.names.entry(known).or_default().merge(tally);
                }
            },
        )?;
        let language = most(&all.languages);
        let mut names: Vec<Named> =
            all.names.into_iter().map(|(known, tally)| tally.into_named(known, language)).collect();
        names.sort_unstable_by(|a, b| (a.kind, &a.name, &a.identity).cmp(&(b.kind, &b.name, &b.identity)));
        Some(names)
    }
}

/// The one that is counted most often; of equals the first.
pub(super) fn most(languages: &HashMap<Language, u64>) -> Option<Language> {
    let by_count = |a: &(&Language, &u64), b: &(&Language, &u64)| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0));
    languages.iter().max_by(by_count).map(|(language, _)| *language)
}

impl Tally {
    /// Counts the entity at `at` of an article.
    pub(super) fn take(&mut self, article: &Article, found: &Annotations, at: usize, entity: &Entity) {
        count(&mut self.spellings, entity.name.as_str(), 1);
        if let Some(role) = &entity.role {
            count(&mut self.roles, role.as_str(), 1);
        }
        self.country = self.country.or(entity.country);
        self.articles += 1;
        self.mentions += (entity.mentions.len() + entity.title_mentions.len()) as u64;
        self.quotes += found.quotes_by(at) as u64;
        let day = article.published.map(Day::of);
        self.days = span(self.days, day.map(|day| (day, day)));
    }

    pub(super) fn merge(&mut self, other: Tally) {
        add(&mut self.spellings, other.spellings);
        add(&mut self.roles, other.roles);
        self.country = self.country.or(other.country);
        self.articles += other.articles;
        self.mentions += other.mentions;
        self.quotes += other.quotes;
        self.days = span(self.days, other.days);
    }

    pub(super) fn into_named(self, known: Identity, language: Option<Language>) -> Named {
        let mut spellings: Counts = most_first(self.spellings);
        let own = self.country.filter(|_| known.kind == Kind::Country);
        let called = own.zip(language).and_then(|(code, language)| countries().name(code, language));
        let name = match called {
            Some(name) => name.to_owned(),
            None if spellings.is_empty() => String::new(),
            None => spellings.remove(0).0,
        };
        let (first, last) = self.days.unzip();
        Named {
            kind: known.kind,
            identity: known,
            others: spellings.into_iter().map(|(other, _)| other).filter(|other| *other != name).collect(),
            name,
            role: most_first(self.roles).into_iter().next().map(|(role, _)| role),
            country: self.country,
            articles: self.articles,
            mentions: self.mentions,
            quotes: self.quotes,
            first,
            last,
        }
    }
}

fn span(one: Option<(Day, Day)>, other: Option<(Day, Day)>) -> Option<(Day, Day)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}
