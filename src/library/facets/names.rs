//! Who and what is named, counted.

use super::{Counts, Identity, add, count, identity, most_first};
use crate::article::{Annotations, Article, Day, Entity, Kind};
use crate::library::{Ordinal, Snapshot};
use crate::words::{Country, Language, countries};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicBool;

/// Someone or something, over all articles that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who or what.
    pub identity: Identity,
    /// What it is.
    pub kind: Kind,
    /// The name most articles give it, of equals the first in the alphabet; of a country, what the language of most
    /// articles of the collection calls it.
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
    /// In how many articles.
    pub quoted: u64,
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
    quoted: u64,
    days: Option<(Day, Day)>,
}

impl Snapshot {
    /// Who and what `rows` name, in the order of their kinds and names.
    pub fn names(&self, rows: &[Ordinal]) -> Vec<Named> {
        self.names_of(rows, &Kind::ALL, &AtomicBool::new(false)).unwrap_or_default()
    }

    /// The language of most articles of the collection, of equals the first by code: countries are called as it calls
    /// them.
    pub(super) fn language(&self) -> Option<Language> {
        let mut counts: BTreeMap<Language, u64> = BTreeMap::new();
        for (&language, &many) in self.segments.iter().flat_map(|segment| segment.languages()) {
            *counts.entry(language).or_insert(0) += many;
        }
        let most = counts.values().max().copied()?;
        counts.into_iter().find(|(_, many)| *many == most).map(|(language, _)| language)
    }

    /// What of these kinds `rows` name, in the order of kinds and names; `None` once `cancelled` is set.
    pub fn names_of(&self, rows: &[Ordinal], kinds: &[Kind], cancelled: &AtomicBool) -> Option<Vec<Named>> {
        type Tallies = HashMap<Identity, Tally>;
        let all = self.gather(
            rows,
            cancelled,
            |tallies: &mut Tallies, _, article, found| {
                for (at, entity) in found.entities.iter().enumerate() {
                    if kinds.contains(&entity.kind) {
                        let tally = tallies.entry(identity(entity)).or_default();
                        tally.take(article, found, at, entity);
                    }
                }
            },
            |one, other| {
                for (known, tally) in other {
                    one.entry(known).or_default().merge(tally);
                }
            },
        )?;
        let language = self.language();
        let mut names: Vec<Named> =
            all.into_iter().map(|(known, tally)| tally.into_named(known, language)).collect();
        names.sort_unstable_by(|a, b| (a.kind, &a.name, &a.identity).cmp(&(b.kind, &b.name, &b.identity)));
        Some(names)
    }
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
        let quotes = found.quotes_by(at) as u64;
        self.quotes += quotes;
        self.quoted += u64::from(quotes > 0);
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
        self.quoted += other.quoted;
        self.days = span(self.days, other.days);
    }

    pub(super) fn into_named(self, known: Identity, language: Option<Language>) -> Named {
        let mut spellings: Counts = most_first(self.spellings);
        let own = self.country.filter(|_| known.kind == Kind::Country);
        let called = own.zip(language).and_then(|(code, language)| countries().name(code, language));
        let name = match called {
            Some(name) => name.to_owned(),
            None if spellings.is_empty() => String::new(),
            None => spellings.remove(best(&spellings, known.kind)).0,
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
            quoted: self.quoted,
            first,
            last,
        }
    }
}

/// The place of the spelling to show: the first one, but for the capitals of a dateline ("OSLO") another.
fn best(spellings: &Counts, kind: Kind) -> usize {
    let capitals = |(text, _): &(String, u64)| !text.chars().any(char::is_lowercase);
    let shouted = matches!(kind, Kind::Person | Kind::Place) && spellings.first().is_some_and(capitals);
    let other = spellings.iter().position(|spelling| !capitals(spelling));
    other.filter(|_| shouted).unwrap_or(0)
}

fn span(one: Option<(Day, Day)>, other: Option<(Day, Day)>) -> Option<(Day, Day)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}
