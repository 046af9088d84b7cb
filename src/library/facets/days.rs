//! How articles spread over days, and what a stretch of days is about.

use super::stories::Story;
use super::{Named, add, count};
use crate::article::{Day, Grain, Kind};
use crate::library::{Ordinal, Snapshot};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

/// How many articles were published on each day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// The days with any, in order.
    pub days: Vec<(Day, u64)>,
    /// How many articles have no date.
    pub undated: u64,
}

impl Days {
    /// Puts counts in order.
    pub(super) fn new(counts: HashMap<Day, u64>, undated: u64) -> Days {
        let mut days: Vec<(Day, u64)> = counts.into_iter().collect();
        days.sort_unstable();
        Days { days, undated }
    }

    /// The first day and the last.
    pub fn bounds(&self) -> Option<(Day, Day)> {
        Some((self.days.first()?.0, self.days.last()?.0))
    }

    /// The steps from the one that holds `first` to the one that holds `last`, each with how many articles fall into
    /// it, empty ones too; at most `most`, the last ones.
    pub fn steps(&self, grain: Grain, (first, last): (Day, Day), most: usize) -> Vec<(Day, u64)> {
        let mut counts: HashMap<Day, u64> = HashMap::new();
        for &(day, many) in &self.days {
            count(&mut counts, &grain.start(day), many);
        }
        let (mut start, end) = (grain.start(first), grain.start(last));
        let mut steps = Vec::new();
        // A date that is wrong by a thousand years shall not make a million steps: gaps are given up then.
        let gaps = last.since(first) < 366 * 400;
        while gaps && start <= end {
            steps.push((start, counts.remove(&start).unwrap_or(0)));
            let next = grain.next(start);
            if next <= start {
                break;
            }
            start = next;
        }
        if !gaps {
            steps.extend(counts);
            steps.sort_unstable();
        }
        let before = steps.len().saturating_sub(most);
        steps.drain(..before);
        steps
    }
}

/// What some days are about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Digest {
    /// How many articles.
    pub articles: u64,
    /// Who and what most of them name, most first.
    pub names: Vec<Named>,
    /// The stories most of them tell, most first.
    pub stories: Vec<Story>,
}

/// A digest holds at most so many names of each kind, and so many stories.
const LISTED: usize = 12;

impl Snapshot {
    /// How `rows` spread over days; `None` once `cancelled` is set.
    pub fn days(&self, rows: &[Ordinal], cancelled: &AtomicBool) -> Option<Days> {
        type Counted = (HashMap<Day, u64>, u64);
        let (days, undated) = self.gather(
            rows,
            cancelled,
            |(days, undated): &mut Counted, _, article, _| match article.published {
                Some(published) => count(days, &Day::of(published), 1),
                None => *undated += 1,
            },
            |(days, undated), (more, without)| {
                add(days, more);
                *undated += without;
            },
        )?;
        Some(Days::new(days, undated))
    }

    /// What those of `rows` that were published from `from` on and before `until` are about; `None` once `cancelled`
    /// is set.
    pub fn digest(&self, rows: &[Ordinal], from: Day, until: Day, cancelled: &AtomicBool) -> Option<Digest> {
        let within = |row: &Ordinal| {
            let published = self.article(*row).and_then(|article| article.published);
            published.map(Day::of).is_some_and(|day| from <= day && day < until)
        };
        let rows: Vec<Ordinal> = rows.iter().copied().filter(within).collect();
        let all = self.names_of(&rows, &Kind::ALL, cancelled)?;
        let mut names = Vec::new();
        for kind in Kind::ALL {
            let mut of_kind: Vec<Named> = all.iter().filter(|named| named.kind == kind).cloned().collect();
            of_kind.sort_by_key(|named| Reverse((named.articles, named.mentions)));
            names.extend(of_kind.into_iter().take(LISTED));
        }
        let mut stories = self.stories(&rows, cancelled)?.stories;
        stories.sort_by_key(|story| Reverse(story.rows.len()));
        stories.truncate(LISTED);
        Some(Digest { articles: rows.len() as u64, names, stories })
    }
}
