//! Articles → a library file: load, annotate and write side by side.
//!
//! ```text
//! load ─ batches ─→ known already? ─→ annotate, prepare ─→ write ─→ full text
//!   a thread                            all cores          a thread    a thread
//! ```
//!
//! The channels between the threads are short, so that memory stays flat. Every batch is written whole or not at all,
//! and an article is known again by its id and text: an import that was broken off is taken up by running it again.

use super::store::{Fulltext, Keys, Prepared, Reader, Spill, StoreError, Terms, Writer, text_hash};
use super::stored::Stored;
use crate::annotate::annotate;
use crate::load::{self, Event, Loaded, Problem, Progress, Source};
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Articles that are annotated and written together at most.
const BATCH: usize = 512;

/// Bytes of text that are annotated and written together, roughly.
const BATCH_BYTES: usize = 2 * 1024 * 1024;

/// Articles of one transaction. The more, the less often the pages of names are written; until they are together nobody
/// is kept from writing.
const WRITTEN: usize = 2048;

/// Bytes of text of one transaction, roughly.
const WRITTEN_BYTES: usize = 8 * 1024 * 1024;

/// Batches that wait for the writer: as many as are annotated while it waits for the disk.
const AHEAD: usize = 6;

/// Where a library lies, and what is made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The library file.
    pub library: PathBuf,
    /// The folder of its index.
    pub derived: PathBuf,
}

impl Place {
    /// Whether there is no article in the library there, or no library.
    ///
    /// # Errors
    ///
    /// When what is there is no library, or one that cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        if !self.library.exists() {
            return Ok(true);
        }
        Reader::open(&self.library)?.is_empty()
    }
}

/// What an import tells while it runs.
#[derive(Debug, Clone)]
pub enum Step {
    /// How far reading is, and what has come of it.
    Reading(Progress, Imported),
    /// Something that is no article.
    Refused(Problem),
    /// Everything is read; the last articles are being written.
    Writing,
    /// Copies of one story are being found, and full text is being merged.
    Settling,
    /// The index of the filter is being made.
    Indexing,
    /// The full-text index could not be written; the articles are in.
    Unindexed(StoreError),
}

/// How many articles an import has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Written and safe from a crash of petik.
    pub added: u64,
    /// In the library before.
    pub known: u64,
    /// Records that were no articles.
    pub refused: u64,
}

/// Adds the articles of `sources` to the library at `place`, which is made if there is none, and makes what is made from
/// them. Ends early, with what is written so far, when `cancelled` is set.
///
/// # Errors
///
/// When the library cannot be read or written; what was counted as added stays.
pub fn import(
    place: &Place,
    sources: &[Source],
    cancelled: &AtomicBool,
    tell: &mut dyn FnMut(Step),
) -> Result<Imported, StoreError> {
    let (counts, aside) = take_in(place, sources, cancelled, tell)?;
    if !cancelled.load(Ordering::Relaxed) {
        settle(place, aside.as_ref(), cancelled, tell)?;
    }
    Ok(counts)
}

/// The first part of an import: adds the articles. What is put aside is for [`settle`], which is still to be done.
///
/// # Errors
///
/// When the library cannot be read or written; what was counted as added stays.
pub(crate) fn take_in(
    place: &Place,
    sources: &[Source],
    cancelled: &AtomicBool,
    tell: &mut dyn FnMut(Step),
) -> Result<(Imported, Option<Spill>), StoreError> {
    let go_on = || !cancelled.load(Ordering::Relaxed);
    let mut writer = Writer::open(&place.library)?;
    let reader = Reader::open(&place.library)?;
    // What an empty library is to take need not be looked for in it first: the writer knows what comes twice.
    let known = if reader.is_empty()? { None } else { Some(&reader) };
    let fulltext = fulltext(place, &reader, &go_on);
    writer.put_aside(Spill::new(&place.derived));
    let mut desk = Desk { waiting: Vec::new(), bytes: 0, refused: 0 };
    let counts = Counts::default();
    let (written, indexed) = thread::scope(|scope| {
        let (to_prepare, loaded) = sync_channel(1);
        let (to_writer, batches) = sync_channel(AHEAD);
        let (to_index, terms) = sync_channel(1);
        let (writer, counts) = (&mut writer, &counts);
        let preparing = scope.spawn(move || prepare_all(known, &loaded, &to_writer, counts));
        let writing = scope.spawn(move || write(writer, &batches, &to_index, counts));
        let indexing = scope.spawn(move || index(fulltext, &terms));
        desk.read(sources, &to_prepare, counts, &go_on, tell);
        drop(to_prepare);
        // A thread that panicked has said so; its panic goes on here.
        let prepared = preparing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let indexed = indexing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (written.and(prepared), indexed)
    });
    written?;
    // When it is gone on with, what is missing is caught up with, or told then.
    if let (Err(error), false) = (indexed, go_on()) {
        tell(Step::Unindexed(error));
    }
    Ok((counts.told(desk.refused), writer.aside()))
}

/// The second part of an import: groups the copies of one story, merges full text, and makes the index of the filter;
/// of the articles in `aside` from there. Whatever of it is left undone is done the next time.
///
/// # Errors
///
/// When the library cannot be read or written.
pub(crate) fn settle(
    place: &Place,
    aside: Option<&Spill>,
    cancelled: &AtomicBool,
    tell: &mut dyn FnMut(Step),
) -> Result<(), StoreError> {
    let go_on = || !cancelled.load(Ordering::Relaxed);
    tell(Step::Settling);
    let (merged, indexed) = thread::scope(|scope| {
        // Files of their own, two cores.
        let merging = scope.spawn(|| {
            let reader = Reader::open(&place.library)?;
            fulltext(place, &reader, &go_on)?.merge(&go_on)
        });
        let indexed = Writer::open(&place.library).and_then(|mut writer| writer.settle()).map(|()| {
            tell(Step::Indexing);
            Stored::open(place).and_then(|stored| stored.renew_index(aside, &go_on))
        });
        (merging.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), indexed)
    });
    if let Err(error) = merged.and(indexed?) {
        tell(Step::Unindexed(error));
    }
    Ok(())
}

/// The full-text index of the library that `reader` reads, with all of its articles.
fn fulltext(place: &Place, reader: &Reader, go_on: &dyn Fn() -> bool) -> Result<Fulltext, StoreError> {
    let mut fulltext = Fulltext::open(&place.derived, &reader.name()?)?;
    fulltext.catch_up(reader, go_on)?;
    Ok(fulltext)
}

/// What is counted on several threads.
#[derive(Default)]
struct Counts {
    added: AtomicU64,
    known: AtomicU64,
}

impl Counts {
    fn told(&self, refused: u64) -> Imported {
        let [added, known] = [&self.added, &self.known].map(|count| count.load(Ordering::Relaxed));
        Imported { added, known, refused }
    }
}

/// Where articles wait until there are enough of them.
struct Desk {
    waiting: Vec<Loaded>,
    bytes: usize,
    refused: u64,
}

impl Desk {
    /// Reads `sources` to their end, or until nobody wants more.
    fn read(
        &mut self,
        sources: &[Source],
        to_prepare: &SyncSender<Vec<Loaded>>,
        counts: &Counts,
        go_on: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Step),
    ) {
        load::load_every(sources, &mut |event| {
            let mut full = false;
            match event {
                Event::Loaded(loaded) => {
                    self.bytes += loaded.article.title.len() + loaded.article.body.len();
                    self.waiting.push(*loaded);
                    full = self.waiting.len() >= BATCH || self.bytes >= BATCH_BYTES;
                }
                Event::Problem(problem) => {
                    self.refused += 1;
                    tell(Step::Refused(problem));
                }
                Event::Progress(progress) => tell(Step::Reading(progress, counts.told(self.refused))),
            }
            // When whoever takes them is gone, they say why.
            if full && !self.send(to_prepare) || !go_on() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if go_on() {
            tell(Step::Writing);
            self.send(to_prepare);
        }
    }

    /// Sends on what waits; whether somebody takes it.
    fn send(&mut self, to_prepare: &SyncSender<Vec<Loaded>>) -> bool {
        self.bytes = 0;
        to_prepare.send(std::mem::take(&mut self.waiting)).is_ok()
    }
}

/// Annotates what is new of the batches as they come, and sends it on. A thread of its own, so that the next articles are
/// read meanwhile. `library` is what was there before, if anything was.
fn prepare_all(
    library: Option<&Reader>,
    loaded: &Receiver<Vec<Loaded>>,
    to_writer: &SyncSender<Vec<Prepared>>,
    counts: &Counts,
) -> Result<(), StoreError> {
    let keys = Keys::default();
    for batch in loaded {
        let hashed = batch.into_par_iter().map(|loaded| (text_hash(&loaded.article), loaded));
        let mut waiting: Vec<(i64, Loaded)> = hashed.collect();
        if let Some(library) = library {
            let asked: Vec<_> = waiting.iter().map(|(hash, loaded)| (&loaded.article, *hash)).collect();
            let unknown = library.unknown(&asked)?;
            let before = waiting.len();
            let mut unknown = unknown.into_iter();
            waiting.retain(|_| unknown.next() == Some(true));
            counts.known.fetch_add((before - waiting.len()) as u64, Ordering::Relaxed);
        }
        let prepared = waiting.into_par_iter().map(|waiting| prepare(waiting, &keys)).collect();
        // When the writer is gone, it says why.
        if to_writer.send(prepared).is_err() {
            break;
        }
    }
    Ok(())
}

fn prepare((hash, loaded): (i64, Loaded), keys: &Keys) -> Prepared {
    let found = loaded.annotations.unwrap_or_else(|| annotate(&loaded.article));
    Prepared::new(loaded.article, hash, &found, keys)
}

/// Writes batches as they come, and passes on what is to be indexed of them.
fn write(
    writer: &mut Writer,
    batches: &Receiver<Vec<Prepared>>,
    to_index: &SyncSender<Vec<Terms>>,
    counts: &Counts,
) -> Result<(), StoreError> {
    let mut waiting: Vec<Prepared> = Vec::new();
    let mut bytes = 0;
    let mut write = |waiting: &mut Vec<Prepared>| {
        let numbers = writer.add(waiting)?;
        // What came twice within a batch or two was not there yet when it was looked for.
        let twice = numbers.iter().filter(|number| number.is_none()).count();
        counts.known.fetch_add(twice as u64, Ordering::Relaxed);
        let terms: Vec<Terms> = numbers
            .into_iter()
            .zip(waiting.drain(..))
            .filter_map(|(number, prepared)| Some(prepared.into_terms(number?)))
            .collect();
        counts.added.fetch_add(terms.len() as u64, Ordering::Relaxed);
        // Without an index the library is whole; the index catches up when it can be written.
        let _ = to_index.send(terms);
        Ok(())
    };
    for mut batch in batches {
        bytes += batch.iter().map(Prepared::length).sum::<usize>();
        waiting.append(&mut batch);
        if waiting.len() >= WRITTEN || bytes >= WRITTEN_BYTES {
            write(&mut waiting)?;
            bytes = 0;
        }
    }
    write(&mut waiting)
}

/// Indexes what was written.
fn index(fulltext: Result<Fulltext, StoreError>, terms: &Receiver<Vec<Terms>>) -> Result<(), StoreError> {
    let mut fulltext = fulltext?;
    for terms in terms {
        fulltext.add(&terms)?;
    }
    fulltext.keep()
}
