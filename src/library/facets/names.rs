//! Who and what is named, counted.

use super::parts::{Part, Registers};
use super::{Counts, Identity, most_first};
use crate::article::{Day, Kind};
use crate::library::register::{Register, Tally};
use crate::library::{Ordinal, Snapshot};
use crate::words::{Country, Language, countries};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// What is counted of one name, for putting names in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// What it is.
    pub kind: Kind,
    /// How many articles name it.
    pub articles: u64,
    /// How often, in bodies and titles.
    pub mentions: u64,
    /// How many quotations it speaks.
    pub quotes: u64,
    /// In how many articles.
    pub quoted: u64,
    /// The day of the last article that names it, a number that grows.
    pub last: Option<i32>,
}

/// Who and what some articles name, by kind and in the order of their keys. There may be a million, of which a screen
/// shows fifty: each is put together when it is asked for.
#[derive(Clone, Default)]
pub struct Names {
    parts: Vec<Spelt>,
    rows: Vec<Row>,
    language: Option<Language>,
    most: (u64, u64),
}

/// How many articles use each spelling of a kind of a register.
#[derive(Clone)]
struct Spelt {
    register: Arc<Register>,
    kind: Kind,
    counts: Vec<u32>,
}

/// One of the names.
#[derive(Clone)]
struct Row {
    kind: Kind,
    tally: Tally,
    /// Which of the parts has it, under which number.
    at: Place,
    /// The other parts that do.
    more: Vec<Place>,
}

type Place = (u32, u32);

/// So many names of a kind are put in the order of the alphabet at once.
const FEW: usize = 2000;

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What is counted of each, with its place, by kind and in the order of the alphabet: by what they are called, where
    /// there are more than [`FEW`] of a kind by their keys, which are nearly that.
    pub fn counts(&self) -> impl Iterator<Item = (u32, Counted)> {
        let mut places: Vec<u32> = (0u32..).take(self.rows.len()).collect();
        for kind in Kind::ALL {
            let own = self.rows.partition_point(|row| row.kind < kind)
                ..self.rows.partition_point(|row| row.kind <= kind);
            if let Some(own) = places.get_mut(own).filter(|own| own.len() <= FEW) {
                own.sort_by_cached_key(|&at| self.get(at as usize).map(|named| named.name));
            }
        }
        places.into_iter().filter_map(|at| Some((at, self.rows.get(at as usize)?))).map(|(at, row)| {
            (
                at,
                Counted {
                    kind: row.kind,
                    articles: row.tally.articles.into(),
                    mentions: row.tally.mentions.into(),
                    quotes: row.tally.quotes.into(),
                    quoted: row.tally.quoted.into(),
                    last: (row.tally.last != i32::MIN).then_some(row.tally.last),
                },
            )
        })
    }

    /// How many articles name the one that most name, and how many quotations the one speaks who speaks most.
    pub fn most(&self) -> (u64, u64) {
        self.most
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<Named> {
        let row = self.rows.get(at)?;
        let mut spellings: HashMap<&str, u64> = HashMap::new();
        let mut country = None;
        for &(part, thing) in std::iter::once(&row.at).chain(&row.more) {
            let part = self.parts.get(part as usize)?;
            let shelf = part.register.shelf(part.kind);
            country = country.or(shelf.country(thing));
            for spelling in shelf.spellings_of(thing) {
                if let Some(&many) = part.counts.get(spelling as usize).filter(|&&many| many > 0) {
                    *spellings.entry(shelf.spelling(spelling)).or_insert(0) += u64::from(many);
                }
            }
        }
        let key = self.key(row);
        let tally = &row.tally;
        let called = Called::new(row.kind, country, spellings, self.language);
        Some(Named {
            identity: Identity::new(row.kind, key),
            kind: row.kind,
            name: called.name,
            others: called.others,
            country,
            articles: tally.articles.into(),
            mentions: tally.mentions.into(),
            quotes: tally.quotes.into(),
            quoted: tally.quoted.into(),
            first: (tally.first <= tally.last).then(|| Day::numbered(tally.first)),
            last: (tally.first <= tally.last).then(|| Day::numbered(tally.last)),
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Named> {
        (0..self.rows.len()).filter_map(|at| self.get(at))
    }

    /// The places of those that `fits` says yes to, ascending; `None` once `cancelled` is set.
    pub fn fitting(&self, fits: impl Fn(&Named) -> bool + Sync, cancelled: &AtomicBool) -> Option<Vec<u32>> {
        let fits = |at: usize| {
            if cancelled.load(Ordering::Relaxed) {
                return None;
            }
            let fits = self.get(at).is_some_and(|named| fits(&named));
            u32::try_from(at).ok().filter(|_| fits)
        };
        let found: Vec<u32> = (0..self.len()).into_par_iter().filter_map(fits).collect();
        (!cancelled.load(Ordering::Relaxed)).then_some(found)
    }

    /// The place of one of them.
    pub fn find(&self, who: &Identity) -> Option<usize> {
        let wanted = (who.kind, who.key.as_ref());
        self.rows.binary_search_by(|row| (row.kind, self.key(row)).cmp(&wanted)).ok()
    }

    fn key(&self, row: &Row) -> &str {
        self.parts.get(row.at.0 as usize).map_or("", |part| part.register.shelf(part.kind).key(row.at.1))
    }

    /// Adds what `part` names of a kind.
    fn take(&mut self, part: &Part, kind: Kind, cancelled: &AtomicBool) -> Option<()> {
        let tallies = part.tallies(kind, cancelled)?;
        let shelf = part.register.shelf(kind);
        let number = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        for &thing in shelf.by_key() {
            let own = shelf.spellings_of(thing);
            let mut tally = Tally::default();
            let own = tallies.get(own.start as usize..own.end as usize).unwrap_or_default();
            own.iter().for_each(|spelt| tally.add(spelt));
            if tally.articles > 0 {
                self.rows.push(Row { kind, tally, at: (number, thing), more: Vec::new() });
            }
        }
        let counts = tallies.iter().map(|tally| tally.articles).collect();
        self.parts.push(Spelt { register: Arc::clone(&part.register), kind, counts });
        Some(())
    }

    /// Makes one of those that several parts name.
    fn unite(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|a, b| (a.kind, self.key(a)).cmp(&(b.kind, self.key(b))));
        let mut united: Vec<Row> = Vec::with_capacity(rows.len());
        for row in rows {
            match united.last_mut() {
                Some(last) if last.kind == row.kind && self.key(last) == self.key(&row) => {
                    last.tally.add(&row.tally);
                    last.more.push(row.at);
                }
                _ => united.push(row),
            }
        }
        self.rows = united;
    }
}

impl Snapshot {
    /// Who and what `rows` name.
    pub fn names(&self, rows: &[Ordinal]) -> Names {
        self.names_of(rows, &Kind::ALL, &AtomicBool::new(false)).unwrap_or_default()
    }

    /// What of these kinds `rows` name; `None` once `cancelled` is set.
    pub fn names_of(&self, rows: &[Ordinal], kinds: &[Kind], cancelled: &AtomicBool) -> Option<Names> {
        let registers = self.registers();
        Names::of(&registers, &registers.parts(rows), kinds, cancelled)
    }
}

impl Names {
    /// What of these kinds the rows of `parts` name.
    pub(super) fn of(
        registers: &Registers,
        parts: &[Part],
        kinds: &[Kind],
        cancelled: &AtomicBool,
    ) -> Option<Names> {
        let mut names = Names { language: registers.language(), ..Names::default() };
        for kind in Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)) {
            for part in parts {
                names.take(part, kind, cancelled)?;
            }
        }
        if parts.len() > 1 {
            names.unite();
        }
        let tallies = || names.rows.iter().map(|row| &row.tally);
        let articles = tallies().map(|tally| tally.articles).max().unwrap_or(0);
        let quotes = tallies().map(|tally| tally.quotes).max().unwrap_or(0);
        names.most = (articles.into(), quotes.into());
        Some(names)
    }
}

/// What a thing is called.
pub(super) struct Called {
    pub(super) name: String,
    pub(super) others: Vec<String>,
}

impl Called {
    /// From the spellings that articles have for it; a country is called as `language` calls it.
    pub(super) fn new(
        kind: Kind,
        country: Option<Country>,
        spellings: HashMap<&str, u64>,
        language: Option<Language>,
    ) -> Called {
        let spellings = spellings.into_iter().map(|(text, many)| (text.to_owned(), many)).collect();
        let mut spellings: Counts = most_first(spellings);
        let own = country.filter(|_| kind == Kind::Country);
        let called = own.zip(language).and_then(|(code, language)| countries().name(code, language));
        let name = match called {
            Some(name) => name.to_owned(),
            None if spellings.is_empty() => String::new(),
            None => spellings.remove(best(&spellings, kind)).0,
        };
        let others = spellings.into_iter().map(|(other, _)| other).filter(|other| *other != name).collect();
        Called { name, others }
    }
}

/// The place of the spelling to show: the first one, but for the capitals of a dateline ("OSLO") another.
fn best(spellings: &Counts, kind: Kind) -> usize {
    let capitals = |(text, _): &(String, u64)| !text.chars().any(char::is_lowercase);
    let shouted = matches!(kind, Kind::Person | Kind::Place) && spellings.first().is_some_and(capitals);
    let other = spellings.iter().position(|spelling| !capitals(spelling));
    other.filter(|_| shouted).unwrap_or(0)
}
