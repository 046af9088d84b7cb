//! Who and what is named, counted.

use super::Identity;
use super::called::Called;
use super::parts::{Part, Registers, Which};
use crate::article::{Day, Kind};
use crate::library::register::{Register, Tally};
use crate::library::{Ordinal, Snapshot};
use crate::words::{Country, Language};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
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
    pub articles: u32,
    /// How often, in bodies and titles.
    pub mentions: u32,
    /// How many quotations it speaks.
    pub quotes: u32,
    /// In how many articles.
    pub quoted: u32,
    /// The day of the last article that names it, a number that grows.
    pub last: Option<i32>,
}

impl Counted {
    /// For the order of most articles first, of equals most mentions.
    pub fn by_articles(self) -> u64 {
        pair(self.articles, self.mentions)
    }

    /// For the order of most quotations first, of equals most articles.
    pub fn by_quotes(self) -> u64 {
        pair(self.quotes, self.articles)
    }

    /// For the order of the last day first, of equals most articles.
    pub fn by_last(self) -> u64 {
        pair(self.last.map_or(0, |day| day.cast_unsigned() ^ 1 << 31), self.articles)
    }
}

/// Two numbers as one that is as great as the first, and then the second: one is compared faster than two.
fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// Who and what some articles name: by kind; of a kind in the order of the alphabet by what they are called, where
/// there are more than [`FEW`] by their keys, which are nearly that. There may be a million, of which a screen shows
/// fifty: each is put together when it is asked for.
#[derive(Clone, Default)]
pub struct Names {
    registers: Registers,
    parts: Vec<Spelt>,
    /// One place of each.
    rows: Vec<Place>,
    /// The other places of those that several parts name.
    more: HashMap<Place, Vec<Place>>,
    language: Option<Language>,
    most: Tally,
}

/// What is counted of each spelling of a kind of a register.
#[derive(Clone)]
struct Spelt {
    register: Arc<Register>,
    kind: Kind,
    tallies: Vec<Tally>,
}

/// Which part names it, under which number.
type Place = (u32, u32);

/// So many names of a kind are put in the order of the alphabet at once.
const FEW: usize = 2000;

/// So many things are looked at together.
const CHUNK: usize = 4096;

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Spelt {
    /// The most that is counted of any thing. They are gone through as they are numbered: in another order each would be
    /// fetched from memory of its own.
    fn most(&self) -> Tally {
        let things = u32::try_from(self.register.shelf(self.kind).len()).unwrap_or(u32::MAX);
        let tallies = (0..things).into_par_iter().with_min_len(CHUNK).map(|thing| {
            let mut tally = Tally::default();
            self.of(thing).iter().for_each(|spelt| tally.add(spelt));
            tally
        });
        tallies.reduce(Tally::default, Tally::most)
    }

    /// What is counted of each spelling of a thing.
    fn of(&self, thing: u32) -> &[Tally] {
        let own = self.register.shelf(self.kind).spellings_of(thing);
        self.tallies.get(own.start as usize..own.end as usize).unwrap_or_default()
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

    /// The places of those that `of` gives something for, the greatest first, of equals in the order they stand in; at
    /// most `most` of them, and how many there are in all.
    pub fn greatest(
        &self,
        most: usize,
        of: impl Fn(u32, Counted) -> Option<u64> + Sync,
    ) -> (Vec<u32>, usize) {
        let measured = |at: usize| {
            let at = u32::try_from(at).ok()?;
            Some((Reverse(of(at, self.counted(at)?)?), at))
        };
        let mut order: Vec<(Reverse<u64>, u32)> =
            (0..self.len()).into_par_iter().with_min_len(CHUNK).filter_map(measured).collect();
        let all = order.len();
        if all > most {
            order.select_nth_unstable(most);
            order.truncate(most);
        }
        order.par_sort_unstable();
        (order.into_iter().map(|(_, at)| at).collect(), all)
    }

    /// How many articles name the one that most name, and how many quotations the one speaks who speaks most.
    pub fn most(&self) -> (u64, u64) {
        (self.most.articles.into(), self.most.quotes.into())
    }

    /// The days of the first article that names any of them and of the last, where any has one.
    pub fn bounds(&self) -> Option<(Day, Day)> {
        self.most.days()
    }

    /// Where a name is counted.
    fn places(&self, row: Place) -> impl Iterator<Item = Place> {
        let more = if self.more.is_empty() { None } else { self.more.get(&row) };
        std::iter::once(row).chain(more.into_iter().flatten().copied())
    }

    fn tally(&self, row: Place) -> Tally {
        let mut tally = Tally::default();
        for (part, thing) in self.places(row) {
            let spelt = self.parts.get(part as usize).map_or(&[][..], |part| part.of(thing));
            spelt.iter().for_each(|spelt| tally.add(spelt));
        }
        tally
    }

    /// What is counted of one of them.
    pub(super) fn counted(&self, at: u32) -> Option<Counted> {
        let row = *self.rows.get(at as usize)?;
        let Tally { articles, mentions, quotes, quoted, last, .. } = self.tally(row);
        let last = (last != i32::MIN).then_some(last);
        Some(Counted { kind: self.kind(row)?, articles, mentions, quotes, quoted, last })
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<Named> {
        self.named(*self.rows.get(at)?)
    }

    fn named(&self, row: Place) -> Option<Named> {
        let mut spellings: HashMap<&str, u64> = HashMap::new();
        let mut country = None;
        for (part, thing) in self.places(row) {
            let part = self.parts.get(part as usize)?;
            let shelf = part.register.shelf(part.kind);
            country = country.or(shelf.country(thing));
            for (spelling, tally) in shelf.spellings_of(thing).zip(part.of(thing)) {
                if tally.articles > 0 {
                    *spellings.entry(shelf.spelling(spelling)).or_insert(0) += u64::from(tally.articles);
                }
            }
        }
        let (kind, tally) = (self.kind(row)?, self.tally(row));
        if !self.registers.is_one() {
            country = self.registers.country(kind, self.key(row));
        }
        let called = Called::new(kind, country, spellings, self.language);
        Some(Named {
            identity: Identity::new(kind, self.key(row)),
            kind,
            name: called.name,
            others: called.others,
            country,
            articles: tally.articles.into(),
            mentions: tally.mentions.into(),
            quotes: tally.quotes.into(),
            quoted: tally.quoted.into(),
            first: tally.days().map(|days| days.0),
            last: tally.days().map(|days| days.1),
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Named> {
        self.rows.iter().filter_map(|&row| self.named(row))
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
        let own = self.of_kind(who.kind);
        let rows = self.rows.get(own.clone())?;
        let found = if rows.len() > FEW {
            rows.binary_search_by(|&row| self.key(row).cmp(&who.key)).ok()
        } else {
            rows.iter().position(|&row| self.key(row) == &*who.key)
        };
        found.map(|at| own.start + at)
    }

    fn kind(&self, (part, _): Place) -> Option<Kind> {
        self.parts.get(part as usize).map(|part| part.kind)
    }

    fn key(&self, (part, thing): Place) -> &str {
        self.parts.get(part as usize).map_or("", |part| part.register.shelf(part.kind).key(thing))
    }

    /// Where those of a kind stand.
    fn of_kind(&self, kind: Kind) -> Range<usize> {
        self.rows.partition_point(|&row| self.kind(row) < Some(kind))
            ..self.rows.partition_point(|&row| self.kind(row) <= Some(kind))
    }

    /// Adds what `part` names of a kind.
    fn take(&mut self, part: &Part, kind: Kind, tallies: Vec<Tally>) {
        let number = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        let spelt = Spelt { register: Arc::clone(&part.register), kind, tallies };
        let named = |thing: &u32| spelt.of(*thing).iter().any(|tally| tally.articles > 0);
        let by_key = part.register.shelf(kind).by_key();
        let rows: Vec<Vec<Place>> = by_key
            .par_chunks(CHUNK)
            .map(|things| things.iter().copied().filter(named).map(|thing| (number, thing)).collect())
            .collect();
        self.rows.extend(rows.into_iter().flatten());
        self.parts.push(spelt);
    }

    /// Makes one of those that several parts name.
    fn unite(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|&a, &b| (self.kind(a), self.key(a)).cmp(&(self.kind(b), self.key(b))));
        let mut united: Vec<Place> = Vec::with_capacity(rows.len());
        for row in rows {
            match united.last() {
                Some(&last) if self.kind(last) == self.kind(row) && self.key(last) == self.key(row) => {
                    self.more.entry(last).or_default().push(row);
                }
                _ => united.push(row),
            }
        }
        self.rows = united;
    }

    /// Puts those of a kind in the order of the alphabet, where there are few.
    fn alphabetise(&mut self) {
        for kind in Kind::ALL {
            let own = self.of_kind(kind);
            let mut rows = self.rows.get(own.clone()).unwrap_or_default().to_vec();
            if rows.len() <= FEW {
                rows.sort_by_cached_key(|&row| self.named(row).map(|named| named.name));
                self.rows.splice(own, rows);
            }
        }
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
        Names::which(registers, parts, |kind| kinds.contains(&kind).then_some(Which::Named), cancelled)
    }

    /// The same, of some kinds only what is quoted: counted is where it is quoted.
    pub(super) fn which(
        registers: &Registers,
        parts: &[Part],
        wanted: impl Fn(Kind) -> Option<Which>,
        cancelled: &AtomicBool,
    ) -> Option<Names> {
        let (language, registers) = (registers.language(), registers.clone());
        let mut names = Names { registers, language, ..Names::default() };
        for kind in Kind::ALL {
            let Some(which) = wanted(kind) else { continue };
            for part in parts {
                names.take(part, kind, part.tallies(kind, which, cancelled)?);
            }
        }
        names.most = if parts.len() > 1 {
            names.unite();
            let tallies = names.rows.par_iter().with_min_len(CHUNK).map(|&row| names.tally(row));
            tallies.reduce(Tally::default, Tally::most)
        } else {
            names.parts.iter().map(Spelt::most).fold(Tally::default(), Tally::most)
        };
        names.alphabetise();
        Some(names)
    }
}
