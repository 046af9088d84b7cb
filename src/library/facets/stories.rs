//! Which articles tell the same story: copies of one text, and those that `traces` finds by names and days.

use super::traces::{Numbers, Trace, links, names};
use crate::library::copies::{Copies, Gathered};
use crate::library::sets::{find, unite};
use crate::library::{Ordinal, Snapshot};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;
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

/// Rows that a thread takes at a time.
const CHUNK: usize = 512;

/// At most so many articles are told apart by their names, the first of the rows: more would take more memory for a
/// moment than all the rest of a library of a million does.
const TOLD_APART: usize = 400_000;

/// Of more than one in so many articles the names are numbered all at once.
const FEW: usize = 8;

impl Snapshot {
    /// Sorts `rows` into stories; `None` once `cancelled` is set.
    pub(super) fn stories(&self, rows: &[Ordinal], cancelled: &AtomicBool) -> Option<Stories> {
        let told = self.tellers(rows, TOLD_APART, cancelled)?;
        let mut stories = Stories::default();
        let mut known: HashMap<u32, usize> = HashMap::new();
        for (&row, story) in rows.iter().zip(told) {
            let place = *known.entry(story).or_insert(stories.stories.len());
            match stories.stories.get_mut(place) {
                Some(story) => story.rows.push(row),
                None => stories.stories.push(Story { rows: vec![row] }),
            }
            stories.of.insert(row, place);
        }
        Some(stories)
    }

    /// Sorts all articles into stories, for [`Snapshot::gather_by`]; `None` once `cancelled` is set. Waits until what
    /// the facets count is there. Of a great many articles the newest are told apart by names, the others by copies
    /// alone: [`Gathered::cut`].
    pub fn gathered(&self, cancelled: &AtomicBool) -> Option<Gathered> {
        let rows = self.newest_first();
        let told = self.tellers(rows, TOLD_APART, cancelled)?;
        let mut counts = vec![0u32; told.len()];
        for &story in &told {
            if let Some(many) = counts.get_mut(story as usize) {
                *many += 1;
            }
        }
        let shared = |story: &u32| counts.get(*story as usize).is_some_and(|&many| many > 1);
        let told = rows.iter().copied().zip(told).filter(|(_, story)| shared(story));
        Some(Gathered::new(self, Copies::new(told), (rows.len() > TOLD_APART).then_some(TOLD_APART)))
    }

    /// Of each of `rows` a number of its story: the place of one of them that tells it; `None` once `cancelled` is set.
    /// At most `most` of them are told apart by their names, the first ones.
    pub(super) fn tellers(&self, rows: &[Ordinal], most: usize, cancelled: &AtomicBool) -> Option<Vec<u32>> {
        let mut told: Vec<u32> = (0u32..).take(rows.len()).collect();
        let mut traces = self.traces(rows.get(..most).unwrap_or(rows), cancelled);
        // Of the copies of a text the first stands for all.
        let mut firsts: HashMap<u32, u32> = HashMap::new();
        traces.retain(|trace| {
            let copies = rows.get(trace.at as usize).and_then(|&row| self.copies.story(row));
            let Some(copies) = copies else { return true };
            let first = *firsts.entry(copies).or_insert(trace.at);
            if let Some(own) = told.get_mut(trace.at as usize) {
                *own = first;
            }
            first == trace.at
        });
        for ((at, &row), own) in (0u32..).zip(rows).zip(&mut told).skip(most) {
            if let Some(copies) = self.copies.story(row) {
                *own = *firsts.entry(copies).or_insert(at);
            }
        }
        for (one, other) in links(&mut traces, cancelled)? {
            unite(&mut told, one, other);
        }
        let all = (0u32..).take(told.len()).map(|at| find(&mut told, at)).collect();
        (!cancelled.load(Ordering::Relaxed)).then_some(all)
    }

    /// What the dated ones of `rows` are recognised by, in the order of time.
    fn traces(&self, rows: &[Ordinal], cancelled: &AtomicBool) -> Vec<Trace> {
        let registers = self.registers();
        // Where most articles are asked about, the name of every spelling is worked out once.
        let numbers: Vec<Numbers> = match rows.len() > self.len() / FEW {
            true => registers.each().map(Numbers::of).collect(),
            false => Vec::new(),
        };
        let trace = |(at, &row): (usize, &Ordinal)| {
            let (which, register, article) = registers.place(row)?;
            let day = register.day_number(article)?;
            let at = u32::try_from(at).ok()?;
            Some(Trace::new(at, day, names(register, article, numbers.get(which))))
        };
        let go_on = |_: &(usize, &Ordinal)| !cancelled.load(Ordering::Relaxed);
        let traces = rows.par_iter().enumerate().with_min_len(CHUNK).filter(go_on).filter_map(trace);
        let mut traces: Vec<Trace> = traces.collect();
        // Of one day in an order that is the same wherever the articles lie.
        let place = |at: u32| rows.get(at as usize).and_then(|&row| self.places.get(row as usize)).copied();
        traces.par_sort_unstable_by_key(|trace| (trace.day, Reverse(place(trace.at))));
        traces
    }
}
