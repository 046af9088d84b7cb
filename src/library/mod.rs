//! Collections: articles, what is annotated in them, and queries over both.
//!
//! [`Collection`] is the façade behind which everything is stored, in memory here. Others see [`Snapshot`]s: what it
//! held at one moment, which they may keep, query and read from any thread while it goes on growing.

mod cached;
mod complete;
mod copies;
mod duplicates;
mod facets;
mod import;
mod index;
mod keeper;
mod ledger;
mod open;
mod paths;
mod register;
mod relevance;
mod segment;
mod sets;
mod snapshot;
mod store;
mod stored;

pub use cached::KEPT_FROM;
pub use copies::{Folded, Gathered};
pub use facets::{
    Beside, Counted, Counts, Days, Digest, Dossier, Facet, Facets, Identity, Looked, MOST, Missed, Named,
    Names, QuotePlace, Quoted, Saying, Sayings, Spread, Story, Value, differences, identity, is_same,
};
pub use import::{Imported, Place, Step, import};
pub(crate) use import::{settle, take_in};
pub use keeper::{Deed, Done, Keeper};
pub use ledger::Ledger;
pub use open::{Opening, Update, open, open_kept};
pub use paths::Paths;
pub use snapshot::{Ordinal, Snapshot};
pub(crate) use store::Spill;
pub use store::{Change, Fault, Kept, Known, Line, Searches, State, StoreError, Undone};

use crate::annotate::annotate;
use crate::article::Annotations;
use crate::load::Loaded;
use rayon::prelude::*;
use segment::Segment;
use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use stored::Stored;

/// A growing collection of articles.
#[derive(Default)]
pub struct Collection {
    snapshot: Mutex<Snapshot>,
    /// What the reader did, in this collection and in others.
    known: OnceLock<Known>,
}

impl Collection {
    /// A collection of what lies in a file.
    fn of(stored: Arc<Stored>) -> Collection {
        let order: Arc<[Ordinal]> = (0u32..).take(stored.len()).collect();
        let mut ledger = Ledger::default();
        ledger.grow(stored.len());
        Collection {
            known: OnceLock::new(),
            snapshot: Mutex::new(Snapshot {
                annotated: stored.len(),
                stored: Some(stored),
                segments: Arc::default(),
                places: Arc::clone(&order),
                order,
                memory: Arc::default(),
                copies: Arc::default(),
                gathered: None,
                ledger: Arc::new(ledger),
            }),
        }
    }

    /// Knows from now on what the reader did, with the articles it has and with those that come.
    fn recall(&self, known: Known) -> Result<(), StoreError> {
        let known = self.known.get_or_init(|| known);
        let snapshot = self.snapshot();
        let places = snapshot.places_of(known)?;
        Arc::make_mut(&mut self.lock().ledger).take(known, &places);
        Ok(())
    }

    /// What it holds now.
    pub fn snapshot(&self) -> Snapshot {
        self.lock().clone()
    }

    /// Adds articles behind those it has.
    pub fn add(&self, loaded: Vec<Loaded>) {
        if loaded.is_empty() {
            return;
        }
        // One writer loads, so nothing is added between this look and the change.
        let old = self.snapshot();
        let first = u32::try_from(old.len()).unwrap_or(u32::MAX);
        let segment = Segment::new(first, loaded);
        let newest: Vec<Option<i64>> =
            segment.articles.iter().map(|article| Some(article.published?.seconds)).collect();
        let mut fresh: Vec<Ordinal> = (first..).take(newest.len()).collect();
        let date = |ordinal: Ordinal| {
            let fresh = ordinal.checked_sub(first).and_then(|at| newest.get(at as usize).copied());
            Reverse(fresh.unwrap_or_else(|| old.published(ordinal)))
        };
        fresh.sort_by_key(|&ordinal| date(ordinal));
        let order = merge(&old.order, &fresh, |a, b| date(a) <= date(b));
        let mut places = vec![0; order.len()];
        for (place, &ordinal) in (0..).zip(&order) {
            if let Some(slot) = places.get_mut(ordinal as usize) {
                *slot = place;
            }
        }
        let known = if segment.is_annotated() { segment.articles.len() } else { 0 };
        let segment = Arc::new(segment);
        let mut now = self.lock();
        let ledger = Arc::make_mut(&mut now.ledger);
        ledger.grow(order.len());
        // Looked at under the lock: what becomes known later finds the segment.
        if let Some(known) = self.known.get() {
            ledger.take(known, &segment.places_of(known).collect::<Vec<_>>());
        }
        now.segments = now.segments.iter().cloned().chain([segment]).collect();
        now.order = order.into();
        now.places = places.into();
        now.annotated += known;
    }

    /// Annotates the first articles that are not, some thousands at most; `false` when there is nothing to do or
    /// `cancelled` is set.
    pub fn annotate_more(&self, cancelled: &AtomicBool) -> bool {
        let snapshot = self.snapshot();
        let Some(place) = snapshot.segments.iter().position(|segment| !segment.is_annotated()) else {
            return false;
        };
        let Some(segment) = snapshot.segments.get(place) else { return false };
        let found: Option<Vec<Arc<Annotations>>> = segment
            .articles
            .par_iter()
            .zip(&segment.annotations)
            .map(|(article, known)| {
                if cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                Some(known.clone().unwrap_or_else(|| Arc::new(annotate(article))))
            })
            .collect();
        let Some(found) = found else { return false };
        let known = found.len();
        let segment = Arc::new(segment.annotated(found));
        let mut now = self.lock();
        now.segments = now
            .segments
            .iter()
            .map(|old| if old.first == segment.first { Arc::clone(&segment) } else { Arc::clone(old) })
            .collect();
        now.annotated += known;
        true
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Snapshot> {
        // A snapshot is replaced field by field only after everything that can fail is done.
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Merges two sorted runs; of equals those of `old` come first.
fn merge(old: &[Ordinal], new: &[Ordinal], in_order: impl Fn(Ordinal, Ordinal) -> bool) -> Vec<Ordinal> {
    let mut merged = Vec::with_capacity(old.len() + new.len());
    let (mut old, mut new) = (old.iter().copied().peekable(), new.iter().copied().peekable());
    loop {
        let next = match (old.peek(), new.peek()) {
            (Some(&a), Some(&b)) if in_order(a, b) => old.next(),
            (_, Some(_)) => new.next(),
            (_, None) => old.next(),
        };
        match next {
            Some(ordinal) => merged.push(ordinal),
            None => return merged,
        }
    }
}
