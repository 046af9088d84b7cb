//! Stories as they grow, article by article: each of one week, and of names that most of its articles share.

use super::traces::{Name, Trace};
use crate::library::sets::{find, unite};
use std::collections::HashMap;

/// Days from the first article of a story to the last, at most.
pub(super) const LASTS: i32 = 7;

/// So many names are shared by articles of one story at least, two of them not countries.
pub(super) const SHARED: usize = 3;

/// Stories as they grow.
pub(super) struct Growing {
    up: Vec<u32>,
    /// Those of more than one article, by the first of them.
    grown: HashMap<u32, Grown>,
}

/// What is known of a story.
struct Grown {
    articles: u32,
    /// The first day and the last.
    days: (i32, i32),
    /// Every name, ascending, with how many of the articles say it.
    names: Vec<(Name, u32)>,
    /// How many names the article with the fewest says.
    fewest: usize,
}

impl Grown {
    fn of(trace: &Trace) -> Grown {
        let names = trace.names.iter().filter(|name| **name > 0).map(|&name| (name, 1)).collect();
        Grown { articles: 1, days: (trace.day, trace.day), names, fewest: trace.named }
    }

    /// The names that at least half of its articles say.
    fn said(&self) -> impl Iterator<Item = Name> {
        self.names.iter().filter(|(_, many)| many * 2 >= self.articles).map(|(name, _)| *name)
    }

    /// Whether both can be one story.
    fn fits(&self, other: &Grown) -> bool {
        let (first, last) = (self.days.0.min(other.days.0), self.days.1.max(other.days.1));
        let mut others = other.said().peekable();
        let shared = self.said().filter(|name| {
            while others.next_if(|other| other < name).is_some() {}
            others.next_if_eq(name).is_some()
        });
        let (many, countries) =
            shared.fold((0, 0), |(many, countries), name| (many + 1, countries + (name & 1) as usize));
        let half = self.fewest.min(other.fewest).div_ceil(2);
        last - first <= LASTS && many >= half.max(SHARED) && many - countries + 1 >= SHARED
    }

    fn take(&mut self, other: Grown) {
        self.articles += other.articles;
        self.fewest = self.fewest.min(other.fewest);
        self.days = (self.days.0.min(other.days.0), self.days.1.max(other.days.1));
        self.names.extend(other.names);
        self.names.sort_unstable();
        self.names.dedup_by(|one, kept| {
            let same = one.0 == kept.0;
            kept.1 += if same { one.1 } else { 0 };
            same
        });
    }
}

impl Growing {
    /// So many articles, each with a story of its own.
    pub(super) fn of(articles: usize) -> Growing {
        Growing { up: (0u32..).take(articles).collect(), grown: HashMap::new() }
    }

    /// Joins the stories of two articles where they fit; `false` when they are one already, or do not.
    pub(super) fn join(&mut self, traces: &[Trace], one: u32, other: u32) -> bool {
        let (one, other) = (find(&mut self.up, one), find(&mut self.up, other));
        if one == other {
            return false;
        }
        let (Some(own), Some(its)) = (traces.get(one as usize), traces.get(other as usize)) else {
            return false;
        };
        let mut own = self.grown.remove(&one).unwrap_or_else(|| Grown::of(own));
        let its = self.grown.remove(&other).unwrap_or_else(|| Grown::of(its));
        let fits = own.fits(&its);
        if fits {
            own.take(its);
            unite(&mut self.up, one, other);
            self.grown.insert(one.min(other), own);
        } else {
            for (root, story) in [(one, own), (other, its)] {
                if story.articles > 1 {
                    self.grown.insert(root, story);
                }
            }
        }
        fits
    }
}
