//! What a query finds, by rank, and how it is put in order.

use std::cmp::Reverse;
use std::sync::Arc;

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

    /// The articles with their ranks, in no order.
    pub fn hits(&self) -> impl Iterator<Item = Hit> {
        self.groups.iter().flat_map(|group| {
            group.docs.iter().map(|doc| Hit { doc: group.first + doc, rank: group.rank(doc) })
        })
    }

    /// The articles, best first, of equals those first that stand first in an order of all `count` articles: `place`
    /// tells where an article stands in it, `at` which article stands at a place.
    pub fn ordered(&self, count: usize, place: impl Fn(u32) -> u32, at: impl Fn(u32) -> u32) -> Vec<u32> {
        let mut rows = Vec::with_capacity(self.count);
        let mut places = Vec::new();
        for groups in self.groups.chunk_by(|a, b| a.rank == b.rank) {
            let many: usize = groups.iter().map(|group| group.docs.count()).sum();
            if groups.iter().any(Group::is_scored) {
                let mut scored: Vec<(Reverse<Rank>, u32)> = Vec::with_capacity(many);
                for group in groups {
                    group.docs.each(|doc| scored.push((Reverse(group.rank(doc)), place(group.first + doc))));
                }
                scored.sort_unstable();
                rows.extend(scored.into_iter().map(|(_, place)| at(place)));
            } else if many > count / 64 {
                let mut bits = Bits::none(count);
                groups.iter().for_each(|group| group.docs.each(|doc| bits.add(place(group.first + doc))));
                bits.each(|place| rows.push(at(place)));
            } else {
                places.clear();
                groups.iter().for_each(|group| group.docs.each(|doc| places.push(place(group.first + doc))));
                places.sort_unstable();
                rows.extend(places.iter().map(|&place| at(place)));
            }
        }
        rows
    }
}
