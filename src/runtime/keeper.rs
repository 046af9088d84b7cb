//! Keeps the reader's queries in the library: one thing after the other, on a thread of its own.

use crate::app::{KeptQueries, Message, QueryDeed};
use crate::library::{Paths, Searches, StoreError};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use tokio::sync::mpsc::UnboundedSender;

/// The thread, once there was something to do.
pub(super) struct Keeper {
    sender: UnboundedSender<Message>,
    running: Option<(Sender<QueryDeed>, JoinHandle<()>)>,
}

impl Keeper {
    pub(super) fn new(sender: UnboundedSender<Message>) -> Keeper {
        Keeper { sender, running: None }
    }

    /// Does what is to be done behind all that came before, and tells what became of it.
    pub(super) fn keep(&mut self, keep: QueryDeed) {
        if self.running.is_none() {
            let (deeds, receiver) = channel();
            let sender = self.sender.clone();
            let run = move || run(&receiver, &sender);
            // Without room for a thread nothing is kept; there is nobody to tell it to that could help.
            self.running = thread::Builder::new()
                .name("queries".to_owned())
                .spawn(run)
                .ok()
                .map(|thread| (deeds, thread));
        }
        if let Some((deeds, _)) = &self.running {
            // It listens until the sender is gone.
            let _ = deeds.send(keep);
        }
    }
}

impl Drop for Keeper {
    /// What was typed last is written before petik ends.
    fn drop(&mut self) {
        if let Some((deeds, thread)) = self.running.take() {
            drop(deeds);
            // Its panic was told when it happened.
            let _ = thread.join();
        }
    }
}

fn run(deeds: &Receiver<QueryDeed>, sender: &UnboundedSender<Message>) {
    let path = Paths::of_user().map(|paths| paths.library().library);
    let mut store = Store { path, open: None };
    while let Ok(done) = deeds.recv() {
        let failed = store.keep(&done).err();
        if let QueryDeed::Remember(_) = done {
            // A query that could not be remembered is still known in this session.
            continue;
        }
        let now = store.read();
        let failed = failed.or_else(|| now.as_ref().err().cloned());
        // Once the loop has ended nobody listens; what is kept is kept.
        let _ = sender.send(Message::KeptQueries(KeptQueries { done, now: now.ok(), failed }));
    }
}

struct Store {
    /// The library; none without a home.
    path: Option<PathBuf>,
    open: Option<Searches>,
}

impl Store {
    fn read(&self) -> Result<(crate::search::Saved, Vec<String>), String> {
        match &self.path {
            Some(path) => Searches::read(path).map_err(|error| error.to_string()),
            None => Ok(Default::default()),
        }
    }

    fn keep(&mut self, keep: &QueryDeed) -> Result<(), String> {
        let there = "another petik was faster: it is there already";
        match keep {
            QueryDeed::Read => Ok(()),
            QueryDeed::Remember(line) => {
                // A library is made for what is saved, not for what was typed.
                let exists = self.path.as_ref().is_some_and(|path| path.exists());
                if exists { self.write(|searches| searches.remember(line)) } else { Ok(()) }
            }
            QueryDeed::Save { name, query, over } => {
                let saved = self.write(|searches| searches.save(name, query, *over))?;
                if saved { Ok(()) } else { Err(there.to_owned()) }
            }
            QueryDeed::Rename { from, to } => {
                let renamed = self.write(|searches| searches.rename(from, to))?;
                if renamed { Ok(()) } else { Err(there.to_owned()) }
            }
            QueryDeed::Delete { name, .. } => self.write(|searches| searches.delete(name)),
        }
    }

    fn write<T>(&mut self, write: impl FnOnce(&mut Searches) -> Result<T, StoreError>) -> Result<T, String> {
        let path = self.path.as_deref().ok_or("there is no home to keep it in")?;
        if self.open.is_none() {
            self.open = Some(Searches::open(path).map_err(|error| error.to_string())?);
        }
        let Some(searches) = &mut self.open else { return Err("it could not be opened".to_owned()) };
        write(searches).map_err(|error| error.to_string())
    }
}
