//! A thread that keeps what the reader does, one deed after the other, off the loop.

use crate::app::Message;
use crate::library::{Deed, Keeper, Snapshot};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc::UnboundedSender;

/// Something for the thread to do.
struct Job {
    opening: u64,
    snapshot: Snapshot,
    deed: Deed,
}

/// The thread and the way to it.
pub(super) struct Keep {
    path: Option<PathBuf>,
    sender: UnboundedSender<Message>,
    running: Option<(Sender<Job>, JoinHandle<()>)>,
}

impl Keep {
    /// Keeps deeds in the library at `path`; without one nothing can be kept.
    pub(super) fn new(path: Option<PathBuf>, sender: UnboundedSender<Message>) -> Keep {
        Keep { path, sender, running: None }
    }

    /// Keeps a deed; what comes of it is sent once it is on the disk.
    pub(super) fn perform(&mut self, opening: u64, snapshot: Snapshot, deed: Deed) {
        if self.running.is_none() {
            self.running = self.path.clone().and_then(|path| start(path, self.sender.clone()));
        }
        let refused = match &self.running {
            Some((jobs, _)) => jobs.send(Job { opening, snapshot, deed }).err().map(|refused| refused.0.deed),
            None => Some(deed),
        };
        if let Some(deed) = refused {
            let why = "there is no folder to keep it in: set HOME or XDG_DATA_HOME".to_owned();
            let _ = self.sender.send(Message::Kept(opening, deed, Err(why)));
        }
    }

    /// Waits until all that was asked for is done.
    pub(super) fn finish(&mut self) {
        if let Some((jobs, thread)) = self.running.take() {
            drop(jobs);
            // A thread that panicked has said so.
            let _ = thread.join();
        }
    }
}

fn start(path: PathBuf, sender: UnboundedSender<Message>) -> Option<(Sender<Job>, JoinHandle<()>)> {
    let (jobs, queue) = channel();
    let work = move || keep(&mut Keeper::new(&path), &queue, &sender);
    Some((jobs, thread::Builder::new().name("state".to_owned()).spawn(work).ok()?))
}

fn keep(keeper: &mut Keeper, queue: &Receiver<Job>, sender: &UnboundedSender<Message>) {
    while let Ok(Job { opening, snapshot, deed }) = queue.recv() {
        let done = keeper.perform(&deed, &snapshot).map_err(|error| error.to_string());
        // What was asked for is done even when nobody listens any more.
        let _ = sender.send(Message::Kept(opening, deed, done));
    }
}
