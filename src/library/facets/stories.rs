//! Which articles tell the same story.
//!
//! Two articles published within [`APART`] days tell one story when three of the names each says most are the same,
//! two of them not countries. Three, because two (a president and his capital) meet in every other article.

use super::identity;
use crate::article::{Annotations, Day, Kind};
use crate::library::{Ordinal, Snapshot};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicBool;

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
type Trace = Vec<(Ordinal, Option<Day>, Vec<u64>)>;

impl Snapshot {
    /// Sorts `rows` into stories; `None` once `cancelled` is set.
    pub(super) fn stories(&self, rows: &[Ordinal], cancelled: &AtomicBool) -> Option<Stories> {
        let mut traces: Trace = self.gather(
            rows,
            cancelled,
            |traces: &mut Trace, row, article, found| {
                traces.push((row, article.published.map(Day::of), triples(found)));
            },
            Extend::extend,
        )?;
        let mut sets = Sets::default();
        traces.sort_by_key(|&(row, day, _)| (day, row));
        let mut last: HashMap<u64, (Ordinal, Day)> = HashMap::new();
        for (row, day, triples) in traces {
            let Some(day) = day else { continue };
            for triple in triples {
                if let Some((other, before)) = last.insert(triple, (row, day))
                    && day.since(before) <= APART
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
fn triples(found: &Annotations) -> Vec<u64> {
    let mut named: Vec<(Reverse<usize>, Kind, u64)> = found
        .entities
        .iter()
        .map(|entity| {
            let mut hasher = DefaultHasher::new();
            identity(entity).hash(&mut hasher);
            (Reverse(entity.mentions.len() + entity.title_mentions.len()), entity.kind, hasher.finish())
        })
        .collect();
    named.sort_by_key(|&(said, kind, _)| (said, kind));
    named.truncate(COMPARED);
    let mut triples = Vec::new();
    for (at, one) in named.iter().enumerate() {
        for (behind, two) in named.iter().enumerate().skip(at + 1) {
            for three in named.iter().skip(behind + 1) {
                let all = [one, two, three];
                if all.iter().filter(|name| name.1 == Kind::Country).count() < 2 {
                    let mut hashes = all.map(|name| name.2);
                    hashes.sort_unstable();
                    let mut hasher = DefaultHasher::new();
                    hashes.hash(&mut hasher);
                    triples.push(hasher.finish());
                }
            }
        }
    }
    triples
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
