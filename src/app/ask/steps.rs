//! The steps of a timeline.

use super::{Answer, Step};
use crate::app::views::Order;
use crate::article::{Day, Grain, Kind};
use crate::library::{Days, Ordinal, Snapshot};
use crate::search::{Name, Query, called};
use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A timeline has at most so many steps; what lies before them is not shown.
const LONGEST: usize = 20_000;

/// Months are scrolled through up to so many screens, before anything longer says less.
const SCROLLED: usize = 4;

/// Steps of time, in order, empty ones too.
pub(super) struct Steps {
    steps: Vec<Step>,
    grain: Grain,
    undated: u64,
}

/// The steps of the articles, as long as the order says or, where it says nothing, so long that there are about `most`; `None`
/// once `cancelled` is set.
pub(super) fn steps(
    snapshot: &Snapshot,
    rows: &[Ordinal],
    (order, most): (Order, usize),
    against: Option<&Query>,
    cancelled: &AtomicBool,
) -> Option<Steps> {
    let days = snapshot.days(rows, cancelled)?;
    let under = match against {
        Some(query) => {
            let rows = if query.is_empty() {
                Arc::clone(snapshot.newest_first())
            } else {
                snapshot.query(query, cancelled)?
            };
            snapshot.days(&rows, cancelled)?
        }
        None => Days::default(),
    };
    let bounds = match (days.bounds(), under.bounds()) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    };
    let Some((first, last)) = bounds else {
        return Some(Steps { steps: Vec::new(), grain: Grain::Day, undated: days.undated });
    };
    let grain = match order {
        Order::Steps(grain) => grain,
        _ => match Grain::fitting(first, last, most) {
            Grain::Quarter | Grain::Year if Grain::Month.steps(first, last) <= most * SCROLLED => {
                Grain::Month
            }
            grain => grain,
        },
    };
    let (over, below) =
        (days.steps(grain, (first, last), LONGEST), under.steps(grain, (first, last), LONGEST));
    let mut below = below.into_iter().peekable();
    let mut steps: Vec<Step> = Vec::with_capacity(over.len());
    for (from, articles) in over {
        while below.next_if(|&(day, _)| day < from).is_some() {}
        let under = below.next_if(|&(day, _)| day == from).map_or(0, |(_, many)| many);
        steps.push(Step { from, articles, under });
    }
    Some(Steps { steps, grain, undated: days.undated })
}

/// Those that answer to `find`, by time, or those that hold any article, most of them first.
pub(super) fn arranged_steps(steps: Steps, find: &str, order: Order) -> Answer {
    let Steps { steps, grain, undated } = steps;
    let query = Query::parse(find).unwrap_or_default();
    let fits = |step: &Step| query.is_empty() || called(&query, &name(step.from, grain)).is_some();
    let found = (0..).zip(&steps).filter(|(_, step)| fits(step));
    let shown = if order == Order::Most {
        let mut found: Vec<(u32, &Step)> = found.filter(|(_, step)| step.articles + step.under > 0).collect();
        found.sort_by_key(|(at, step)| (Reverse(step.articles), Reverse(*at)));
        found.into_iter().map(|(at, _)| at).collect()
    } else {
        found.map(|(at, _)| at).collect()
    };
    Answer::Steps { steps: steps.into(), shown, grain, undated }
}

/// What a step may be called, for finding it.
pub(in crate::app) fn name(from: Day, grain: Grain) -> Name {
    let (name, aliases) = grain.names(from);
    Name { kind: Kind::Organisation, name, aliases: aliases.into(), country: None, quotes: 0 }
}
