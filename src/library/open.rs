//! Filling a collection from its sources: loading and annotating side by side.

use super::stored::Stored;
use super::{Collection, Place, Snapshot};
use crate::load::{self, Event, Loaded, Problem, Progress, Source};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// News of a collection that is being filled.
#[derive(Clone)]
pub enum Update {
    /// There are more articles.
    Read {
        /// What it holds now.
        snapshot: Snapshot,
        /// How far reading is; `None` once everything is read.
        progress: Option<Progress>,
        /// What could not be read since the last update.
        problems: Vec<Problem>,
    },
    /// More is known about some of them.
    Annotated(Snapshot),
}

/// At most this many articles make a segment: small enough to annotate in half a second, large enough that a hundred
/// thousand articles make some fifty.
const SEGMENT: usize = 2048;

/// How long articles wait for others before they are shown.
const PATIENCE: Duration = Duration::from_millis(60);

/// What is opened.
#[derive(Debug, Clone)]
pub enum Opening {
    /// Articles that are read into memory.
    Sources(Vec<Source>),
    /// A library that lies in a file.
    Library(Place),
}

impl Opening {
    /// Whether it can be opened only once: some of it comes from the standard input.
    pub fn is_once(&self) -> bool {
        match self {
            Opening::Sources(sources) => sources.iter().any(|source| matches!(source, Source::Stdin)),
            Opening::Library(_) => false,
        }
    }
}

/// Opens a collection, telling `publish` after every step; returns the collection when all is done, or what there is
/// when `cancelled` is set.
pub fn open(opening: &Opening, cancelled: &AtomicBool, publish: &(dyn Fn(Update) + Sync)) -> Collection {
    match opening {
        Opening::Sources(sources) => read(sources, cancelled, publish),
        Opening::Library(place) => open_stored(place, cancelled, publish),
    }
}

/// Opens a library: its rows at once, and what the filter needs behind them.
fn open_stored(place: &Place, cancelled: &AtomicBool, publish: &(dyn Fn(Update) + Sync)) -> Collection {
    let (collection, stored, problems) = match Stored::open(place) {
        Ok(stored) => {
            let stored = Arc::new(stored);
            (Collection::of(Arc::clone(&stored)), Some(stored), Vec::new())
        }
        Err(error) => (Collection::default(), None, vec![error.problem()]),
    };
    publish(Update::Read { snapshot: collection.snapshot(), progress: None, problems });
    let Some(stored) = stored else { return collection };
    let mut problems = Vec::new();
    let mut numbers = Vec::new();
    for behind in stored.behind(SEGMENT).take_while(|_| !cancelled.load(Ordering::Relaxed)) {
        match behind {
            Ok((behind, articles)) => {
                numbers.extend(behind);
                collection.add(articles);
                publish(Update::Annotated(collection.snapshot()));
            }
            Err(error) => problems.push(error.problem()),
        }
    }
    if let Err(error) = stored.load_index(&|| !cancelled.load(Ordering::Relaxed)) {
        problems.push(error.problem());
    }
    match stored.copies(&numbers) {
        Ok(copies) => {
            if collection.tell_copies(copies) {
                publish(Update::Annotated(collection.snapshot()));
            }
        }
        Err(error) => problems.push(error.problem()),
    }
    if !problems.is_empty() {
        publish(Update::Read { snapshot: collection.snapshot(), progress: None, problems });
    }
    collection
}

/// Reads `sources` into memory and annotates them.
fn read(sources: &[Source], cancelled: &AtomicBool, publish: &(dyn Fn(Update) + Sync)) -> Collection {
    let collection = Collection::default();
    let (wake, work) = channel::<()>();
    let shared = &collection;
    thread::scope(|scope| {
        scope.spawn(move || annotate_all(shared, cancelled, &work, publish));
        read_all(shared, sources, cancelled, publish, &|| {
            // The annotator may have been cancelled already; then nobody listens, which is fine.
            let _ = wake.send(());
        });
        drop(wake);
    });
    collection
}

fn read_all(
    collection: &Collection,
    sources: &[Source],
    cancelled: &AtomicBool,
    publish: &(dyn Fn(Update) + Sync),
    wake: &dyn Fn(),
) {
    let mut waiting: Vec<Loaded> = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    let mut progress = Progress { read: 0, total: None };
    let mut told: Option<Instant> = None;
    load::load(sources, &mut |event| {
        match event {
            Event::Loaded(loaded) => waiting.push(*loaded),
            Event::Problem(problem) => problems.push(problem),
            Event::Progress(now) => progress = now,
        }
        // The first articles are shown at once, the others in growing batches.
        let due = told.is_none_or(|told| told.elapsed() >= PATIENCE);
        if waiting.len() >= SEGMENT || (due && !waiting.is_empty()) {
            collection.add(std::mem::take(&mut waiting));
            publish(Update::Read {
                snapshot: collection.snapshot(),
                progress: Some(progress),
                problems: std::mem::take(&mut problems),
            });
            told = Some(Instant::now());
            wake();
        }
        if cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    collection.add(waiting);
    publish(Update::Read { snapshot: collection.snapshot(), progress: None, problems });
    wake();
}

fn annotate_all(
    collection: &Collection,
    cancelled: &AtomicBool,
    work: &Receiver<()>,
    publish: &(dyn Fn(Update) + Sync),
) {
    loop {
        let more = work.recv().is_ok();
        while collection.annotate_more(cancelled) {
            publish(Update::Annotated(collection.snapshot()));
        }
        if !more {
            break;
        }
    }
    if collection.find_copies(cancelled) {
        publish(Update::Annotated(collection.snapshot()));
    }
}
