//! Keeps the reader's queries in the library, on the thread that writes it ([`super::keep`]).

use crate::app::{KeptQueries, QueryDeed};
use crate::library::{Searches, StoreError};
use std::path::{Path, PathBuf};

/// Where they are kept.
pub(super) struct Queries {
    /// The library; none without a home.
    path: Option<PathBuf>,
    open: Option<Searches>,
}

impl Queries {
    /// Those in the library at `path`.
    pub(super) fn new(path: Option<&Path>) -> Queries {
        Queries { path: path.map(Path::to_owned), open: None }
    }

    /// Does what is to be done, and tells what became of it; a query that was only remembered is not told of.
    pub(super) fn perform(&mut self, done: QueryDeed) -> Option<KeptQueries> {
        let failed = self.keep(&done).err();
        if let QueryDeed::Remember(_) = done {
            // One that could not be remembered is still known in this session.
            return None;
        }
        let now = self.read();
        let failed = failed.or_else(|| now.as_ref().err().cloned());
        Some(KeptQueries { done, now: now.ok(), failed })
    }

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
