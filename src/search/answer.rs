//! What a query finds, by rank, and how it is put in order.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use super::find::aside;
use super::found::Found;
use super::index::Bits;
use super::rank::{Class, Rank};

/// The articles of one arena that have the same rank, but for their scores.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) rank: Rank,
    /// The number of the arena's first article.
    pub(super) first: u32,
    pub(super) docs: Bits,
    /// Whether they are those whose titles hold what is asked of texts.
    pub(super) titled: bool,
    /// What was found of each word, for the scores.
    pub(super) found: Vec<Arc<Found>>,
}

/// The articles that answer a query.
#[derive(Debug)]
pub struct Answer {
    /// Best rank first.
    groups: Vec<Group>,
    count: usize,
}

/// An article that answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub doc: u32,
    /// How well it answers.
    pub rank: Rank,
}

impl Group {
    fn is_scored(&self) -> bool {
        self.found.iter().any(|found| found.is_scored()) && self.rank.class() <= Class::Scattered
    }

    fn rank(&self, doc: u32) -> Rank {
        if !self.is_scored() {
            return self.rank;
        }
        self.rank.scored(self.found.iter().map(|found| u32::from(found.score(doc))).sum())
    }
}

impl Answer {
    pub(super) fn new(mut groups: Vec<Group>) -> Answer {
        groups.sort_by_key(|group| Reverse(group.rank));
        let count = groups.iter().map(|group| group.docs.count()).sum();
        Answer { groups, count }
    }

    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The rank of one of them.
    pub fn rank(&self, doc: u32) -> Option<Rank> {
        self.groups.iter().find_map(|group| {
            let own = doc.checked_sub(group.first)?;
            group.docs.has(own).then(|| group.rank(own))
        })
    }

    /// Those in the arena of `many` articles whose first has the number `first`.
    pub(super) fn within(&self, first: u32, many: usize) -> Bits {
        let mut all = Bits::none(many);
        self.groups.iter().filter(|group| group.first == first).for_each(|group| all.union(&group.docs));
        all
    }

    /// Its groups divided, within each rank those articles first of which `titled` tells that their titles hold what is
    /// asked of texts.
    pub(super) fn divide(&mut self, titled: impl Fn(&Group) -> Option<Bits>) {
        let mut divided = Vec::with_capacity(self.groups.len() * 2);
        for mut group in std::mem::take(&mut self.groups) {
            if let Some(docs) = titled(&group) {
                group.docs.subtract(&docs);
                divided.push(Group { docs, titled: true, found: group.found.clone(), ..group });
            }
            divided.push(group);
        }
        divided.sort_by_key(|group| Reverse((group.rank, group.titled)));
        self.groups = divided;
    }

    /// The articles, those first that stand first in an order of all `count` articles, as in [`Answer::ordered`].
    pub fn in_order(
        &self,
        count: usize,
        place: impl Fn(u32) -> u32 + Sync,
        at: impl Fn(u32) -> u32 + Sync,
    ) -> Arc<[u32]> {
        let mut rows: Arc<[u32]> = std::iter::repeat_n(0, self.count).collect();
        // Nobody else has it yet.
        by_place(&self.groups, Arc::get_mut(&mut rows).unwrap_or_default(), count, &place, &at);
        rows
    }

    /// The articles with their ranks, in no order.
    pub fn hits(&self) -> impl Iterator<Item = Hit> {
        self.groups.iter().flat_map(|group| {
            group.docs.iter().map(|doc| Hit { doc: group.first + doc, rank: group.rank(doc) })
        })
    }

    /// The articles, best first, of equals those first that stand first in an order of all `count` articles: `place`
    /// tells where an article stands in it, `at` which article stands at a place.
    pub fn ordered(
        &self,
        count: usize,
        place: impl Fn(u32) -> u32 + Sync,
        at: impl Fn(u32) -> u32 + Sync,
    ) -> Arc<[u32]> {
        let mut rows: Arc<[u32]> = std::iter::repeat_n(0, self.count).collect();
        // Nobody else has it yet.
        let mut rest = Arc::get_mut(&mut rows).unwrap_or_default();
        let mut parts = Vec::new();
        for groups in self.groups.chunk_by(|a, b| (a.rank, a.titled) == (b.rank, b.titled)) {
            let many = groups.iter().map(|group| group.docs.count()).sum();
            let Some((part, behind)) = rest.split_at_mut_checked(many) else { break };
            parts.push((groups, part));
            rest = behind;
        }
        let order = |(groups, rows): (&[Group], &mut [u32])| order(groups, rows, count, &place, &at);
        if self.count < SERIAL {
            parts.into_iter().for_each(order);
        } else {
            aside(|| parts.into_par_iter().for_each(order));
        }
        rows
    }
}

/// So few rows are put in order by one core.
const SERIAL: usize = 1 << 14;

/// Writes the articles of groups of one rank in order.
fn order(
    groups: &[Group],
    rows: &mut [u32],
    count: usize,
    place: &impl Fn(u32) -> u32,
    at: &impl Fn(u32) -> u32,
) {
    if groups.iter().any(Group::is_scored) {
        let mut scored: Vec<(Reverse<Rank>, u32)> = Vec::with_capacity(rows.len());
        for group in groups {
            group.docs.each(|doc| scored.push((Reverse(group.rank(doc)), place(group.first + doc))));
        }
        scored.sort_unstable();
        rows.iter_mut().zip(scored).for_each(|(row, (_, place))| *row = at(place));
        return;
    }
    by_place(groups, rows, count, place, at);
}

/// Writes the articles of some groups in order, whatever their ranks.
fn by_place(
    groups: &[Group],
    rows: &mut [u32],
    count: usize,
    place: &impl Fn(u32) -> u32,
    at: &impl Fn(u32) -> u32,
) {
    let mut next = rows.iter_mut();
    let (mut ascending, mut last) = (true, 0);
    for group in groups {
        group.docs.each(|doc| {
            let place = place(group.first + doc);
            ascending &= last <= place;
            last = place;
            if let Some(row) = next.next() {
                *row = place;
            }
        });
    }
    if !ascending && rows.len() > count / 64 {
        let mut places = Bits::none(count);
        rows.iter().for_each(|&place| places.add(place));
        let mut next = rows.iter_mut();
        places.each(|place| {
            if let Some(row) = next.next() {
                *row = place;
            }
        });
    } else if !ascending {
        rows.sort_unstable();
    }
    rows.iter_mut().for_each(|row| *row = at(*row));
}
