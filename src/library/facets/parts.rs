//! The rows of a question by the registers that hold them.

use super::Identity;
use crate::article::{Annotations, Article, Kind};
use crate::library::register::{Register, Rows, Shelf, Tally};
use crate::library::{Ordinal, Snapshot};
use crate::words::{Country, Language};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Those of the rows that one register holds.
pub(super) struct Part {
    pub(super) register: Arc<Register>,
    /// The ordinal of its first article.
    pub(super) first: Ordinal,
    pub(super) rows: Rows,
}

/// What of a kind is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// All that is named.
    Named,
    /// What is quoted, where it is quoted.
    Quoted,
}

/// Every register with the ordinal of its first article, in order.
#[derive(Clone, Default)]
pub(super) struct Registers(Vec<(Ordinal, Arc<Register>)>);

impl Registers {
    /// Where an article is: its register, and its number there.
    pub(super) fn at(&self, row: Ordinal) -> Option<(&Register, u32)> {
        self.place(row).map(|(_, register, article)| (register, article))
    }

    /// As [`Registers::at`], with the place of the register among all.
    pub(super) fn place(&self, row: Ordinal) -> Option<(usize, &Register, u32)> {
        let at = self.0.partition_point(|(first, _)| *first <= row).checked_sub(1)?;
        let (first, register) = self.0.get(at)?;
        Some((at, register, row - first))
    }

    /// All of them, in order.
    pub(super) fn each(&self) -> impl Iterator<Item = &Register> {
        self.0.iter().map(|(_, register)| register.as_ref())
    }

    /// Everything of a kind, register by register.
    pub(super) fn shelves(&self, kind: Kind) -> impl Iterator<Item = &Shelf> {
        self.0.iter().map(move |(_, register)| register.shelf(kind))
    }

    /// The country of a thing: of a person only some articles tell it, whichever are asked about.
    pub(super) fn country(&self, kind: Kind, key: &str) -> Option<Country> {
        self.shelves(kind).find_map(|shelf| shelf.country(shelf.find(key)?))
    }

    /// Whether there is only one.
    pub(super) fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    /// How many quotations an article holds.
    pub(super) fn quotes(&self, row: Ordinal) -> u32 {
        self.at(row).map_or(0, |(register, article)| register.quotes(article))
    }

    /// The language of most of the articles, of equals the first by code.
    pub(super) fn language(&self) -> Option<Language> {
        let mut counts: BTreeMap<Language, u64> = BTreeMap::new();
        for (language, many) in self.0.iter().flat_map(|(_, register)| register.all_languages()) {
            *counts.entry(language).or_insert(0) += many;
        }
        let most = counts.values().max().copied()?;
        counts.into_iter().find(|(_, many)| *many == most).map(|(language, _)| language)
    }

    /// In how many of all articles a thing is named.
    pub(super) fn frequency(&self, kind: Kind, key: &str) -> u64 {
        let known = |(_, register): &(Ordinal, Arc<Register>)| {
            let shelf = register.shelf(kind);
            shelf.find(key).map_or(0, |thing| u64::from(shelf.known(thing)))
        };
        self.0.iter().map(known).sum()
    }

    /// Divides rows among the registers; those that hold none of them are left out.
    pub(super) fn parts(&self, rows: &[Ordinal]) -> Vec<Part> {
        let mut parts: Vec<Part> = self
            .0
            .iter()
            .map(|(first, register)| Part {
                register: Arc::clone(register),
                first: *first,
                rows: Rows::none(register.len()),
            })
            .collect();
        if rows.len() == self.0.iter().map(|(_, register)| register.len()).sum::<usize>() {
            // No row is asked for twice: these are all.
            parts.iter_mut().for_each(|part| part.rows = Rows::all(part.register.len()));
        } else if let [one] = parts.as_mut_slice() {
            rows.iter().for_each(|row| one.rows.add(row.wrapping_sub(one.first)));
        } else {
            for &row in rows {
                let behind = parts.partition_point(|part| part.first <= row);
                if let Some(part) = behind.checked_sub(1).and_then(|at| parts.get_mut(at)) {
                    part.rows.add(row - part.first);
                }
            }
        }
        parts.retain(|part| part.rows.count() > 0);
        parts
    }
}

impl Part {
    /// What its rows name of a kind, by spelling; `None` once `cancelled` is set.
    pub(super) fn tallies(&self, kind: Kind, which: Which, cancelled: &AtomicBool) -> Option<Vec<Tally>> {
        let shelf = self.register.shelf(kind);
        let accounts = shelf.column().fold(
            &self.rows,
            cancelled,
            || vec![Tally::default(); shelf.spellings()],
            |tallies, article, links| {
                let day = self.register.day_number(article);
                for link in links.filter(|link| which == Which::Named || link.quotes > 0) {
                    if let Some(tally) = tallies.get_mut(link.spelling as usize) {
                        tally.take(link, day);
                    }
                }
            },
        )?;
        Some(sum(accounts, Tally::add))
    }

    /// How many of `rows`, articles of its register, name each of the first `spellings` spellings of a kind; `None` once
    /// `cancelled` is set.
    pub(super) fn counts(
        &self,
        kind: Kind,
        rows: &Rows,
        spellings: usize,
        cancelled: &AtomicBool,
    ) -> Option<Vec<u32>> {
        let accounts = self.register.shelf(kind).column().fold(
            rows,
            cancelled,
            || vec![0u32; spellings],
            |counts, _, links| {
                // They stand in the order of their numbers.
                for link in links {
                    let Some(count) = counts.get_mut(link.spelling as usize) else { break };
                    *count += 1;
                }
            },
        )?;
        Some(sum(accounts, |one, other| *one += other))
    }
}

/// Adds accounts up.
fn sum<T: Default + Send + Sync>(accounts: Vec<Vec<T>>, add: impl Fn(&mut T, &T) + Sync) -> Vec<T> {
    /// So many are added together.
    const CHUNK: usize = 1 << 14;
    let mut accounts = accounts.into_iter();
    let mut all = accounts.next().unwrap_or_default();
    for account in accounts {
        let pieces = all.par_chunks_mut(CHUNK).zip(account.par_chunks(CHUNK));
        pieces.for_each(|(all, own)| all.iter_mut().zip(own).for_each(|(one, other)| add(one, other)));
    }
    all
}

impl Snapshot {
    /// What the facets count. Waits until that of a library is there.
    pub(super) fn registers(&self) -> Registers {
        let stored = self.stored.iter().map(|stored| (0, stored.register()));
        let loaded = self.segments.iter().map(|segment| (segment.first, segment.register()));
        Registers(stored.chain(loaded).collect())
    }

    /// Puts articles in the order of time, undated ones last; of those of one moment the first that was read first.
    pub(super) fn when(&self, row: Ordinal) -> (bool, Option<i64>, u32) {
        let published = self.published(row);
        (published.is_none(), published, self.places.get(row as usize).copied().unwrap_or(u32::MAX))
    }

    /// The newest of `rows`, at most `most` of them, the newest first.
    pub(super) fn newest(&self, mut rows: Vec<Ordinal>, most: usize) -> Vec<Ordinal> {
        let place = |row: &Ordinal| self.places.get(*row as usize).copied().unwrap_or(u32::MAX);
        if rows.len() > most {
            rows.select_nth_unstable_by_key(most, place);
            rows.truncate(most);
        }
        rows.sort_unstable_by_key(place);
        rows
    }

    /// An article with what is known about it; `None` while it is not annotated.
    pub(super) fn known(&self, row: Ordinal) -> Option<(Arc<Article>, Arc<Annotations>)> {
        Some((self.article(row)?, self.annotations(row)?))
    }
}

impl Identity {
    /// Who or what is known by this kind and key.
    pub(super) fn new(kind: Kind, key: &str) -> Identity {
        Identity { kind, key: key.into() }
    }
}
