//! A thread that keeps what the reader does and asks, one deed after the other, off the loop, and hears what others do.

use super::queries::Queries;
use super::watch::{Watch, announce};
use crate::app::{KeptQueries, Message, QueryDeed};
use crate::library::{Deed, Keeper, Snapshot};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc::UnboundedSender;

/// Something for the thread to do.
enum Job {
    /// Keep a deed with articles of this opening.
    Keep(u64, Snapshot, Deed),
    /// Keep something about the reader's queries.
    Query(QueryDeed),
    /// Look whether others have done something.
    Look,
    /// Watch from now on what others do.
    Attend,
    /// End.
    End,
}

/// The thread and the way to it.
pub(super) struct Keep {
    path: Option<PathBuf>,
    /// Whether its articles are those that are open.
    open: bool,
    sender: UnboundedSender<Message>,
    running: Option<(Sender<Job>, JoinHandle<()>)>,
}

impl Keep {
    /// Keeps deeds in the library at `path`; without one nothing can be kept. `open` says whether its articles are those
    /// that are open.
    pub(super) fn new(path: Option<PathBuf>, open: bool, sender: UnboundedSender<Message>) -> Keep {
        Keep { path, open, sender, running: None }
    }

    /// Keeps a deed; what comes of it is sent once it is on the disk.
    pub(super) fn perform(&mut self, opening: u64, snapshot: Snapshot, deed: Deed) {
        if let Some(Job::Keep(_, _, deed)) = self.send(Job::Keep(opening, snapshot, deed)) {
            let why = "there is no folder to keep it in: set HOME or XDG_DATA_HOME".to_owned();
            let _ = self.sender.send(Message::Kept(opening, deed, Err(why)));
        }
    }

    /// Keeps something about the reader's queries; what comes of it is sent.
    pub(super) fn query(&mut self, deed: QueryDeed) {
        if let Some(Job::Query(deed)) = self.send(Job::Query(deed)) {
            tell(&self.sender, Queries::new(None).perform(deed));
        }
    }

    /// Tells from now on when another petik has done something.
    pub(super) fn attend(&mut self) {
        // Without a library there is nothing to hear of.
        let _ = self.send(Job::Attend);
    }

    /// Waits until all that was asked for is done.
    pub(super) fn finish(&mut self) {
        if let Some((jobs, thread)) = self.running.take() {
            let _ = jobs.send(Job::End);
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }

    /// Gives a job to the thread, or back when there is none.
    fn send(&mut self, job: Job) -> Option<Job> {
        if self.running.is_none() {
            self.running = self.path.as_deref().and_then(|path| start(path, self.open, self.sender.clone()));
        }
        match &self.running {
            Some((jobs, _)) => jobs.send(job).err().map(|refused| refused.0),
            None => Some(job),
        }
    }
}

fn start(path: &Path, open: bool, sender: UnboundedSender<Message>) -> Option<(Sender<Job>, JoinHandle<()>)> {
    let (jobs, queue) = channel();
    let (keeper, queries, path) = (Keeper::new(path), Queries::new(Some(path)), path.to_owned());
    let mut thread =
        Thread { path, keeper, queries, sender, known: 0, open, articles: 0, jobs: jobs.clone() };
    let work = move || thread.work(&queue);
    Some((jobs, thread::Builder::new().name("state".to_owned()).spawn(work).ok()?))
}

impl Drop for Keep {
    /// What was done and typed last is written before petik ends.
    fn drop(&mut self) {
        self.finish();
    }
}

/// Once the loop has ended nobody listens; what is kept is kept.
fn tell(sender: &UnboundedSender<Message>, kept: Option<KeptQueries>) {
    if let Some(kept) = kept {
        let _ = sender.send(Message::KeptQueries(kept));
    }
}

/// What the thread has.
struct Thread {
    path: PathBuf,
    keeper: Keeper,
    queries: Queries,
    sender: UnboundedSender<Message>,
    /// Up to which change the loop knows the state.
    known: i64,
    /// Whether the articles of the library are open, and how many there were when it was last told.
    open: bool,
    articles: usize,
    jobs: Sender<Job>,
}

impl Thread {
    fn work(&mut self, queue: &Receiver<Job>) {
        let looking = Arc::new(AtomicBool::new(false));
        let mut watch = None;
        while let Ok(job) = queue.recv() {
            match job {
                Job::Keep(opening, snapshot, deed) => {
                    let done = self.keeper.perform(&deed, &snapshot);
                    if let Ok((_, ledger)) = &done {
                        self.known = self.known.max(ledger.version());
                    }
                    if done.is_ok() && deed != Deed::Look {
                        announce(&self.path);
                    }
                    let done = done.map_err(|error| error.to_string());
                    // What was asked for is done even when nobody listens any more.
                    let _ = self.sender.send(Message::Kept(opening, deed, done));
                }
                Job::Query(deed) => tell(&self.sender, self.queries.perform(deed)),
                Job::Attend => {
                    let (jobs, asked) = (self.jobs.clone(), Arc::clone(&looking));
                    watch = Watch::new(&self.path, move || {
                        // An import by another petik writes without end: one look at a time is enough.
                        if !asked.swap(true, Ordering::SeqCst) {
                            let _ = jobs.send(Job::Look);
                        }
                    });
                    self.look(&mut watch);
                }
                Job::Look => {
                    // Before the look, so that what comes during it is looked for once more.
                    looking.store(false, Ordering::SeqCst);
                    self.look(&mut watch);
                }
                Job::End => return,
            }
        }
    }

    /// Tells the loop if there is something that it does not know.
    fn look(&mut self, watch: &mut Option<Watch>) {
        if let Some(watch) = watch {
            watch.renew();
        }
        // What cannot be read now is told when something is to be kept.
        if self.keeper.version().is_ok_and(|version| version > self.known) {
            let _ = self.sender.send(Message::Stirred);
        }
        if self.open
            && let Ok(articles) = self.keeper.articles()
            && articles > self.articles
        {
            self.articles = articles;
            let _ = self.sender.send(Message::Grown(articles));
        }
    }
}
