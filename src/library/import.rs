//! Articles → a library file: load, annotate and write side by side.
//!
//! ```text
//! load ─ batches ─→ known already? ─→ annotate, prepare (all cores) ─→ write ─→ full text
//!   one thread                                                       a thread    a thread
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

/// Batches between two threads.
const AHEAD: usize = 2;

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

/// Adds the articles of `sources` to the library at `place`, which is made if there is none. Ends early, with what is
/// written so far, when `cancelled` is set.
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
    let go_on = || !cancelled.load(Ordering::Relaxed);
    let mut writer = Writer::open(&place.library)?;
    let reader = Reader::open(&place.library)?;
    // What an empty library is to take need not be looked for in it first: the writer knows what comes twice.
    let known = if reader.is_empty()? { None } else { Some(&reader) };
    let fulltext = Fulltext::open(&place.derived, &reader.name()?).and_then(|mut fulltext| {
        fulltext.catch_up(&reader, &go_on)?;
        Ok(fulltext)
    });
    writer.put_aside(Spill::new(&place.derived));
    let mut desk =
        Desk { known, keys: Keys::default(), waiting: Vec::new(), bytes: 0, counts: Imported::default() };
    let (added, twice) = (AtomicU64::new(0), AtomicU64::new(0));
    let (written, indexed) = thread::scope(|scope| {
        let (to_writer, batches) = sync_channel(AHEAD);
        let (to_index, terms) = sync_channel(1);
        let (writer, added, twice) = (&mut writer, &added, &twice);
        let writing = scope.spawn(move || write(writer, &batches, &to_index, added, twice));
        let indexing = scope.spawn(move || index(fulltext, &terms));
        let read = desk.read(sources, &to_writer, added, &go_on, tell);
        drop(to_writer);
        // A thread that panicked has said so; its panic goes on here.
        let written = writing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let indexed = indexing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (written.and(read), indexed)
    });
    written?;
    let Desk { counts, .. } = desk;
    let known = counts.known + twice.into_inner();
    let counts = Imported { added: added.into_inner(), known, refused: counts.refused };
    if !go_on() {
        if let Err(error) = indexed {
            tell(Step::Unindexed(error));
        }
        return Ok(counts);
    }
    tell(Step::Settling);
    let (merged, indexed) = thread::scope(|scope| {
        // Files of their own, two cores.
        let merging = scope.spawn(|| indexed?.merge(&go_on));
        let spill = writer.aside();
        let indexed = writer.settle().map(|()| {
            // What they remember is not needed beside what comes now.
            drop((writer, reader));
            tell(Step::Indexing);
            Stored::open(place).and_then(|stored| stored.renew_index(spill.as_ref(), &go_on))
        });
        (merging.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), indexed)
    });
    if let Err(error) = merged.and(indexed?) {
        tell(Step::Unindexed(error));
    }
    Ok(counts)
}

/// Where articles wait until there are enough of them.
struct Desk<'r> {
    /// The library, if anything was in it before.
    known: Option<&'r Reader>,
    keys: Keys,
    waiting: Vec<(Loaded, i64)>,
    bytes: usize,
    counts: Imported,
}

impl Desk<'_> {
    /// Reads `sources` to their end, or until nobody wants more.
    fn read(
        &mut self,
        sources: &[Source],
        to_writer: &SyncSender<Vec<Prepared>>,
        added: &AtomicU64,
        go_on: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Step),
    ) -> Result<(), StoreError> {
        let mut failed = Ok(());
        load::load_every(sources, &mut |event| {
            let mut full = false;
            match event {
                Event::Loaded(loaded) => {
                    self.bytes += loaded.article.title.len() + loaded.article.body.len();
                    self.waiting.push((*loaded, 0));
                    full = self.waiting.len() >= BATCH || self.bytes >= BATCH_BYTES;
                }
                Event::Problem(problem) => {
                    self.counts.refused += 1;
                    tell(Step::Refused(problem));
                }
                Event::Progress(progress) => {
                    let counts = Imported { added: added.load(Ordering::Relaxed), ..self.counts };
                    tell(Step::Reading(progress, counts));
                }
            }
            if full {
                match self.send(to_writer) {
                    Ok(flow) if flow.is_continue() => {}
                    Ok(_) => return ControlFlow::Break(()),
                    Err(error) => {
                        failed = Err(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            if go_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        failed?;
        if go_on() {
            tell(Step::Writing);
            // When the writer is gone, it says why.
            let _ = self.send(to_writer)?;
        }
        Ok(())
    }

    /// Annotates what is new of the articles that wait, and sends it on.
    fn send(&mut self, to_writer: &SyncSender<Vec<Prepared>>) -> Result<ControlFlow<()>, StoreError> {
        let mut waiting = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        waiting.par_iter_mut().for_each(|(loaded, hash)| *hash = text_hash(&loaded.article));
        if let Some(library) = self.known {
            let asked: Vec<_> = waiting.iter().map(|(loaded, hash)| (&loaded.article, *hash)).collect();
            let unknown = library.unknown(&asked)?;
            let before = waiting.len();
            let mut unknown = unknown.into_iter();
            waiting.retain(|_| unknown.next() == Some(true));
            self.counts.known += (before - waiting.len()) as u64;
        }
        let keys = &self.keys;
        let prepared: Vec<Prepared> = waiting.into_par_iter().map(|waiting| prepare(waiting, keys)).collect();
        Ok(match to_writer.send(prepared) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        })
    }
}

fn prepare((loaded, hash): (Loaded, i64), keys: &Keys) -> Prepared {
    let found = loaded.annotations.unwrap_or_else(|| annotate(&loaded.article));
    Prepared::new(loaded.article, hash, &found, keys)
}

/// Writes batches as they come, and passes on what is to be indexed of them.
fn write(
    writer: &mut Writer,
    batches: &Receiver<Vec<Prepared>>,
    to_index: &SyncSender<Vec<Terms>>,
    added: &AtomicU64,
    twice: &AtomicU64,
) -> Result<(), StoreError> {
    let mut waiting: Vec<Prepared> = Vec::new();
    let mut bytes = 0;
    let mut write = |waiting: &mut Vec<Prepared>| {
        let numbers = writer.add(waiting)?;
        // What came twice within a batch or two was not there yet when it was looked for.
        twice.fetch_add(numbers.iter().filter(|number| number.is_none()).count() as u64, Ordering::Relaxed);
        let terms: Vec<Terms> = numbers
            .into_iter()
            .zip(waiting.drain(..))
            .filter_map(|(number, prepared)| Some(prepared.into_terms(number?)))
            .collect();
        added.fetch_add(terms.len() as u64, Ordering::Relaxed);
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
fn index(
    fulltext: Result<Fulltext, StoreError>,
    terms: &Receiver<Vec<Terms>>,
) -> Result<Fulltext, StoreError> {
    let mut fulltext = fulltext?;
    for terms in terms {
        fulltext.add(&terms)?;
    }
    fulltext.keep()?;
    Ok(fulltext)
}
