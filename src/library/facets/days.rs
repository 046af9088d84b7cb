//! How articles spread over days, and what a stretch of days is about.

use super::meeting::AROUND;
use super::stories::Story;
use super::{Named, Names, count};
use crate::article::{Day, Grain, Kind};
use crate::library::register::{Register, Rows};
use crate::library::{Ordinal, Snapshot};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many articles were published on each day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// The days with any, in order.
    pub days: Vec<(Day, u64)>,
    /// How many articles have no date.
    pub undated: u64,
}

impl Days {
    /// The days of some articles of some registers.
    pub(super) fn of<'a>(parts: impl Iterator<Item = (&'a Register, &'a Rows)>) -> Days {
        /// The days of two centuries are counted side by side; those before and after, where dates are wrong, apart.
        const CENTURIES: i32 = 200 * 366;
        let (mut counts, mut undated): (HashMap<i32, u64>, u64) = (HashMap::new(), 0);
        let (mut beside, mut first) = (Vec::new(), None);
        for (register, rows) in parts {
            register.each_day(rows, |day, many| {
                let Some(day) = day else { return undated += many };
                let first = *first.get_or_insert_with(|| day.saturating_sub(CENTURIES / 2));
                let place = day.checked_sub(first).and_then(|place| usize::try_from(place).ok());
                match place.filter(|&place| place < CENTURIES as usize) {
                    Some(place) => {
                        if beside.len() <= place {
                            beside.resize(place + 1, 0);
                        }
                        if let Some(count) = beside.get_mut(place) {
                            *count += many;
                        }
                    }
                    None => *counts.entry(day).or_insert(0) += many,
                }
            });
        }
        counts.extend((first.unwrap_or(0)..).zip(beside).filter(|(_, many)| *many > 0));
        let mut days: Vec<(i32, u64)> = counts.into_iter().collect();
        days.sort_unstable();
        Days { days: days.into_iter().map(|(day, many)| (Day::numbered(day), many)).collect(), undated }
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

/// At most so many articles are sorted into stories for a digest, the first ones.
const TOLD: usize = 20_000;

impl Snapshot {
    /// How `rows` spread over days; `None` once `cancelled` is set.
    pub fn days(&self, rows: &[Ordinal], cancelled: &AtomicBool) -> Option<Days> {
        let parts = self.registers().parts(rows);
        let days = Days::of(parts.iter().map(|part| (part.register.as_ref(), &part.rows)));
        (!cancelled.load(Ordering::Relaxed)).then_some(days)
    }

    /// What those of `rows` that were published from `from` on and before `until` are about; `None` once `cancelled`
    /// is set.
    pub fn digest(&self, rows: &[Ordinal], from: Day, until: Day, cancelled: &AtomicBool) -> Option<Digest> {
        let registers = self.registers();
        let (first, behind) = (from.number(), until.number());
        let day =
            |row: Ordinal| registers.at(row).and_then(|(register, article)| register.day_number(article));
        let within = |row: &Ordinal, more: i32| {
            day(*row)
                .is_some_and(|day| first.saturating_sub(more) <= day && day < behind.saturating_add(more))
        };
        // What meets all the time is known by the days around.
        let around: Vec<Ordinal> = rows.iter().copied().filter(|row| within(row, AROUND)).collect();
        let rows: Vec<Ordinal> = around.iter().copied().filter(|row| within(row, 0)).collect();
        let parts = registers.parts(&rows);
        let mut names = Vec::new();
        for kind in Kind::ALL {
            let of_kind = Names::of(&registers, &parts, &[kind], cancelled)?;
            let (most, _) = of_kind.greatest(LISTED, |_, counted| Some(counted.by_articles()));
            names.extend(most.into_iter().filter_map(|at| of_kind.get(at as usize)));
        }
        let told = if around.len() > TOLD { rows.get(..TOLD).unwrap_or(&rows) } else { &around };
        let mut stories = self.stories(told, cancelled)?.stories;
        stories.iter_mut().for_each(|story| story.rows.retain(|row| within(row, 0)));
        stories.retain(|story| !story.rows.is_empty());
        stories.sort_by_key(|story| Reverse(story.rows.len()));
        stories.truncate(LISTED);
        Some(Digest { articles: rows.len() as u64, names, stories })
    }
}
