//! Effects that take time, done off the loop.

use super::keep::Keep;
use super::{clipboard, editor, export, opener};
use crate::annotate::annotate;
use crate::app::{Answer, Ask, Effect, Export, Message, Side};
use crate::library::{self, Opening, Ordinal, Snapshot, Update};
use crate::search::{Completing, Query, Sort};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, TryLockError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinSet;

/// How long the traces of a file that is given up may take to go.
const PATIENCE: Duration = Duration::from_millis(500);

/// Does what takes time, and sends back what came of it.
pub trait Perform {
    /// Begins an effect.
    fn perform(&mut self, effect: Effect);
    /// Waits for a piece of work to end; `false` when it ended in a panic. Never returns while there is none.
    fn ended(&mut self) -> impl Future<Output = bool>;
    /// Lets the reader edit a text while the terminal is lent; the text, or why there is none.
    fn edit(&mut self, text: String) -> impl Future<Output = Result<String, String>>;
}

/// Threads that load, annotate and search.
pub(super) struct Workers {
    source: Arc<Opening>,
    /// The library that keeps what the reader does.
    state: Option<PathBuf>,
    keep: Keep,
    tasks: JoinSet<()>,
    sender: UnboundedSender<Message>,
    /// Set to give up the search that is under way.
    searching: Arc<AtomicBool>,
    /// Set to give up sorting articles into stories.
    gathering: Arc<AtomicBool>,
    /// Set to give up what is being answered to the list, to what stands beside it, to the facets.
    asking: [Arc<AtomicBool>; 3],
    /// Set to give up the opening that is under way.
    opening: Arc<AtomicBool>,
    /// Set to give up the completion that is under way.
    completing: Arc<AtomicBool>,
    /// Set to give up the count that is under way.
    counting: Arc<AtomicBool>,
    writing: Writing,
}

/// The file that is being written.
#[derive(Default)]
struct Writing {
    /// Set to give it up.
    cancelled: Arc<AtomicBool>,
    /// Held as long as it is written.
    written: Arc<Mutex<()>>,
}

/// What a pane asks, and of what.
struct Question {
    snapshot: Snapshot,
    rows: Arc<[Ordinal]>,
    ask: Ask,
    known: Option<Answer>,
}

impl Workers {
    pub(super) fn new(source: Opening, state: Option<PathBuf>, sender: UnboundedSender<Message>) -> Workers {
        let is_open = matches!(&source, Opening::Library(place) if state.as_ref().is_some_and(|state| *state == place.library));
        Workers {
            source: Arc::new(source),
            keep: Keep::new(state.clone(), is_open, sender.clone()),
            state,
            tasks: JoinSet::new(),
            sender,
            searching: Arc::default(),
            gathering: Arc::default(),
            asking: Default::default(),
            opening: Arc::default(),
            completing: Arc::default(),
            counting: Arc::default(),
            writing: Writing::default(),
        }
    }

    fn open(&mut self, number: u64) {
        let cancelled = renew(&mut self.opening);
        let (source, state, sender) = (Arc::clone(&self.source), self.state.clone(), self.sender.clone());
        self.tasks.spawn_blocking(move || {
            let publish = |update: Update| {
                // Once the loop has ended nobody listens, and nothing is worth doing.
                if sender.send(Message::Library(number, update)).is_err() {
                    cancelled.store(true, Ordering::Relaxed);
                }
            };
            library::open_kept(&source, state.as_deref(), &cancelled, &publish);
        });
    }

    /// Tells from now on when another petik has done something with articles.
    pub(super) fn attend(&mut self) {
        self.keep.attend();
    }

    /// Waits until everything that was to be kept is on the disk.
    pub(super) fn finish(&mut self) {
        self.keep.finish();
    }

    fn flag(&mut self, side: Side) -> &mut Arc<AtomicBool> {
        let [left, right, third] = &mut self.asking;
        match side {
            Side::Left => left,
            Side::Right => right,
            Side::Third => third,
        }
    }

    fn ask(&mut self, side: Side, number: u64, question: Question) {
        let cancelled = renew(self.flag(side));
        let sender = self.sender.clone();
        self.tasks.spawn_blocking(move || {
            let Question { snapshot, rows, ask, known } = question;
            let partly = |answer: Answer| {
                if side == Side::Left {
                    let _ = sender.send(Message::Partly(number, answer));
                }
            };
            if let Some(answer) = ask.answer(&snapshot, &rows, known, &cancelled, &partly) {
                let _ = sender.send(Message::Answered(side, number, answer));
            }
        });
    }

    fn export(&mut self, export: Export) {
        let cancelled = renew(&mut self.writing.cancelled);
        let (written, sender) = (Arc::clone(&self.writing.written), self.sender.clone());
        self.tasks.spawn_blocking(move || {
            // Whoever panicked with it has said so; one file after the other all the same.
            let _alone = written.lock();
            let _ = sender.send(Message::Exported(export::write(export, &cancelled)));
        });
    }

    fn complete(&mut self, number: u64, snapshot: Snapshot, asked: Completing) {
        let cancelled = renew(&mut self.completing);
        let sender = self.sender.clone();
        self.tasks.spawn_blocking(move || {
            if let Some(offered) = snapshot.complete(&asked, &cancelled) {
                let _ = sender.send(Message::Completed(number, offered));
            }
        });
    }

    fn count(&mut self, snapshot: Snapshot, queries: Vec<(String, Query)>) {
        let cancelled = renew(&mut self.counting);
        let sender = self.sender.clone();
        self.tasks.spawn_blocking(move || {
            for (name, query) in queries {
                let Some(count) = snapshot.count(&query, &cancelled) else { return };
                let _ = sender.send(Message::Counted(name, query, count));
            }
        });
    }

    fn search(&mut self, generation: u64, snapshot: Snapshot, query: Query, sort: Sort) {
        let cancelled = renew(&mut self.searching);
        let sender = self.sender.clone();
        self.tasks.spawn_blocking(move || {
            if let Some(rows) = snapshot.query_by(&query, sort, &cancelled) {
                let folded = Arc::new(snapshot.fold(&rows));
                let _ = sender.send(Message::Found(generation, folded));
            }
        });
    }

    fn gather(&mut self, number: u64, mut snapshot: Snapshot) {
        let cancelled = renew(&mut self.gathering);
        let sender = self.sender.clone();
        self.tasks.spawn_blocking(move || {
            // On threads of its own and not on all cores: what the reader asks meanwhile does not wait behind it.
            let threads = rayon::current_num_threads().div_ceil(2);
            let own = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let stories = match own {
                Ok(own) => own.install(|| snapshot.gathered(&cancelled)),
                Err(_) => snapshot.gathered(&cancelled),
            };
            if let Some(stories) = stories {
                snapshot.gather_by(Some(stories.clone()));
                let whole = Arc::new(snapshot.fold(snapshot.newest_first()));
                let _ = sender.send(Message::Gathered(number, stories, whole));
            }
        });
    }
}

impl Drop for Workers {
    /// What is still being written is given up, and petik does not end before its traces are gone.
    fn drop(&mut self) {
        self.writing.cancelled.store(true, Ordering::Relaxed);
        let deadline = Instant::now() + PATIENCE;
        while matches!(self.writing.written.try_lock(), Err(TryLockError::WouldBlock))
            && Instant::now() < deadline
        {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Perform for Workers {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Open(number) => self.open(number),
            Effect::Search { generation, snapshot, query, sort } => {
                self.search(generation, snapshot, query, sort);
            }
            Effect::Gather { number, snapshot } => self.gather(number, snapshot),
            Effect::StopGathering => self.gathering.store(true, Ordering::Relaxed),
            Effect::KeepQuery(deed) => self.keep.query(deed),
            Effect::Complete { number, snapshot, asked } => self.complete(number, snapshot, asked),
            Effect::Count { snapshot, queries } => self.count(snapshot, queries),
            Effect::Ask { side, number, snapshot, rows, ask, known } => {
                self.ask(side, number, Question { snapshot, rows, ask, known });
            }
            Effect::Unask(side) => self.flag(side).store(true, Ordering::Relaxed),
            Effect::Annotate { opening, snapshot, ordinals } => {
                let sender = self.sender.clone();
                self.tasks.spawn_blocking(move || {
                    let known = ordinals.into_par_iter().filter_map(|ordinal| {
                        let article = snapshot.article(ordinal)?;
                        Some((ordinal, Arc::new(annotate(&article))))
                    });
                    let _ = sender.send(Message::Annotated(opening, known.collect()));
                });
            }
            Effect::Copy(text) => {
                let sender = self.sender.clone();
                self.tasks.spawn_blocking(move || {
                    let way = clipboard::copy(&text);
                    let _ = sender.send(Message::Copied(way, text));
                });
            }
            Effect::Keep { opening, snapshot, deed } => self.keep.perform(opening, snapshot, deed),
            Effect::OpenLink(address) => {
                let sender = self.sender.clone();
                self.tasks.spawn_blocking(move || {
                    opener::open(&address, |said| {
                        let _ = sender.send(Message::Said(said));
                    });
                });
            }
            Effect::Export(export) => self.export(*export),
            Effect::GiveUp => self.writing.cancelled.store(true, Ordering::Relaxed),
            // What concerns the terminal is the loop's.
            Effect::Edit(_)
            | Effect::TellTerminal(_)
            | Effect::Mouse(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit(_) => {}
        }
    }

    async fn ended(&mut self) -> bool {
        match self.tasks.join_next().await {
            Some(result) => result.is_ok(),
            None => std::future::pending().await,
        }
    }

    async fn edit(&mut self, text: String) -> Result<String, String> {
        editor::edit(text).await
    }
}

/// Gives up what runs under `flag`, and returns the flag of what comes.
fn renew(flag: &mut Arc<AtomicBool>) -> Arc<AtomicBool> {
    flag.store(true, Ordering::Relaxed);
    *flag = Arc::default();
    Arc::clone(flag)
}
