//! Which articles tell the same story.
//!
//! Two articles published within [`APART`] days tell one story when three of the names each says most are the same,
//! two of them not countries. Three, because two (a president and his capital) meet in every other article.

use crate::article::Kind;
use crate::library::register::Register;
use crate::library::{Ordinal, Snapshot};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};

/// A story and the articles that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The articles, in the order of the rows.
    pub rows: Vec<Ordinal>,
}

/// Rows sorted into stories.
#[derive(Debug, Clone, Default)]
pub(super) struct Stories {
    /// The stories, in the order of their first rows.
    pub(super) stories: Vec<Story>,
    /// Which of them a row tells.
    pub(super) of: HashMap<Ordinal, usize>,
}

/// Days between two articles of one story.
const APART: i32 = 3;

/// So many of an article's names are compared: those it says most.
const COMPARED: usize = 8;

/// What a row is recognised by.
type Trace = (Ordinal, i32, Vec<u64>);

/// Rows that a thread takes at a time.
const CHUNK: usize = 512;

impl Snapshot {
    /// Sorts `rows` into stories; `None` once `cancelled` is set.
    pub(super) fn stories(&self, rows: &[Ordinal], cancelled: &AtomicBool) -> Option<Stories> {
        let registers = self.registers();
        let mut traces: Vec<Trace> = rows
            .par_iter()
            .with_min_len(CHUNK)
            .filter(|_| !cancelled.load(Ordering::Relaxed))
            .filter_map(|&row| {
                let (register, article) = registers.at(row)?;
                Some((row, register.day_number(article)?, triples(register, article)))
            })
            .collect();
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let mut sets = Sets::default();
        traces.sort_by_key(|&(row, day, _)| (day, row));
        let mut last: HashMap<u64, (Ordinal, i32), BuildHasherDefault<Hashed>> = HashMap::default();
        for (row, day, triples) in traces {
            for triple in triples {
                if let Some((other, before)) = last.insert(triple, (row, day))
                    && day - before <= APART
                {
                    sets.unite(other, row);
                }
            }
        }
        let mut stories = Stories::default();
        let mut known: HashMap<Ordinal, usize> = HashMap::new();
        for &row in rows {
            let place = *known.entry(sets.find(row)).or_insert(stories.stories.len());
            match stories.stories.get_mut(place) {
                Some(story) => story.rows.push(row),
                None => stories.stories.push(Story { rows: vec![row] }),
            }
            stories.of.insert(row, place);
        }
        Some(stories)
    }
}

/// Every three of the names an article says most.
fn triples(register: &Register, article: u32) -> Vec<u64> {
    let mut named: Vec<(Reverse<u32>, Kind, u64)> = Vec::new();
    for kind in Kind::ALL {
        let shelf = register.shelf(kind);
        for link in shelf.column().of(article) {
            let mut hasher = DefaultHasher::new();
            (kind, shelf.key(shelf.thing(link.spelling))).hash(&mut hasher);
            named.push((Reverse(link.mentions), kind, hasher.finish()));
        }
    }
    // Of those said equally often the hash decides, so that it is the same wherever the article lies.
    named.sort_unstable();
    named.truncate(COMPARED);
    let mut triples = Vec::new();
    for (at, one) in named.iter().enumerate() {
        for (behind, two) in named.iter().enumerate().skip(at + 1) {
            for three in named.iter().skip(behind + 1) {
                let all = [one, two, three];
                if all.iter().filter(|name| name.1 == Kind::Country).count() < 2 {
                    let mut hashes = all.map(|name| name.2);
                    hashes.sort_unstable();
                    let mixed = hashes.into_iter().fold(0, |mixed: u64, hash| {
                        (mixed ^ hash).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(29)
                    });
                    triples.push(mixed);
                }
            }
        }
    }
    triples
}

/// What is a hash already is taken for one.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Disjoint sets (Tarjan 1975), by path halving.
#[derive(Default)]
struct Sets(HashMap<Ordinal, Ordinal>);

impl Sets {
    fn find(&mut self, mut row: Ordinal) -> Ordinal {
        while let Some(&up) = self.0.get(&row) {
            if let Some(&above) = self.0.get(&up) {
                self.0.insert(row, above);
            }
            row = up;
        }
        row
    }

    fn unite(&mut self, one: Ordinal, other: Ordinal) {
        let (one, other) = (self.find(one), self.find(other));
        if one != other {
            self.0.insert(one.max(other), one.min(other));
        }
    }
}
