//! Filling a collection from its sources: loading and annotating side by side.

use super::store::State;
use super::stored::Stored;
use super::{Collection, Place, Snapshot};
use crate::load::{self, Event, Loaded, Problem, Progress, Source};
use std::ops::ControlFlow;
use std::path::Path;
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
/// when `cancelled` is set. What the reader did with its articles is not known.
pub fn open(opening: &Opening, cancelled: &AtomicBool, publish: &(dyn Fn(Update) + Sync)) -> Collection {
    open_kept(opening, None, cancelled, publish)
}

/// As [`open`], what the reader did being kept in the library at `state`, if there is one.
pub fn open_kept(
    opening: &Opening,
    state: Option<&Path>,
    cancelled: &AtomicBool,
    publish: &(dyn Fn(Update) + Sync),
) -> Collection {
    let mut problems = Vec::new();
    let state = state.map(State::look).transpose().unwrap_or_else(|error| {
        problems.push(error.problem());
        None
    });
    let state = state.flatten();
    match opening {
        Opening::Sources(sources) => read(sources, state.as_ref(), problems, cancelled, publish),
        Opening::Library(place) => open_stored(place, state.as_ref(), problems, cancelled, publish),
    }
}

/// What was done with as many articles as this is known before the first of them are shown.
const FEW: usize = 2000;

/// Tells a collection what the reader did.
fn recall(collection: &Collection, state: &State, problems: &mut Vec<Problem>) {
    if let Err(error) = state.known_since(0).and_then(|known| collection.recall(known)) {
        problems.push(error.problem());
    }
}

/// Opens a library: its rows at once, and what the filter needs behind them.
fn open_stored(
    place: &Place,
    state: Option<&State>,
    mut problems: Vec<Problem>,
    cancelled: &AtomicBool,
    publish: &(dyn Fn(Update) + Sync),
) -> Collection {
    let (collection, stored) = match Stored::open(place) {
        Ok(stored) => {
            let stored = Arc::new(stored);
            (Collection::of(Arc::clone(&stored)), Some(stored))
        }
        Err(error) => {
            problems.push(error.problem());
            (Collection::default(), None)
        }
    };
    let few = state.filter(|state| state.is_about_at_most(FEW));
    if let Some(state) = few {
        recall(&collection, state, &mut problems);
    }
    publish(Update::Read { snapshot: collection.snapshot(), progress: None, problems });
    let Some(stored) = stored else { return collection };
    let mut problems = Vec::new();
    let mut numbers = Vec::new();
    if let Some(state) = state.filter(|_| few.is_none()) {
        recall(&collection, state, &mut problems);
        publish(Update::Annotated(collection.snapshot()));
    }
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
fn read(
    sources: &[Source],
    state: Option<&State>,
    mut problems: Vec<Problem>,
    cancelled: &AtomicBool,
    publish: &(dyn Fn(Update) + Sync),
) -> Collection {
    let collection = Collection::default();
    let few = state.filter(|state| state.is_about_at_most(FEW));
    if let Some(state) = few {
        recall(&collection, state, &mut problems);
    }
    // Opened by the thread that uses it: a connection is for one at a time.
    let many = state.filter(|_| few.is_none()).map(|state| state.path().to_owned());
    let (wake, work) = channel::<()>();
    let shared = &collection;
    thread::scope(|scope| {
        scope.spawn(move || annotate_all(shared, cancelled, &work, publish));
        let recalling = many.map(|path| scope.spawn(move || recall_at(shared, &path, publish)));
        read_all(shared, sources, problems, cancelled, publish, &|| {
            // The annotator may have been cancelled already; then nobody listens, which is fine.
            let _ = wake.send(());
        });
        drop(wake);
        // A thread that panicked has said so.
        let problems = recalling.and_then(|recalling| recalling.join().ok()).unwrap_or_default();
        if !problems.is_empty() {
            publish(Update::Read { snapshot: shared.snapshot(), progress: None, problems });
        }
    });
    collection
}

/// Tells a collection that is being read what the reader did, which is much.
fn recall_at(collection: &Collection, state: &Path, publish: &(dyn Fn(Update) + Sync)) -> Vec<Problem> {
    let mut problems = Vec::new();
    match State::look(state) {
        Ok(Some(state)) => recall(collection, &state, &mut problems),
        Ok(None) => {}
        Err(error) => problems.push(error.problem()),
    }
    publish(Update::Annotated(collection.snapshot()));
    problems
}

fn read_all(
    collection: &Collection,
    sources: &[Source],
    mut problems: Vec<Problem>,
    cancelled: &AtomicBool,
    publish: &(dyn Fn(Update) + Sync),
    wake: &dyn Fn(),
) {
    let mut waiting: Vec<Loaded> = Vec::new();
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
