//! Keeps what the reader does: one deed after the other, each on the disk before it is told done.
//!
//! ```text
//! Deed ─→ State (library.db) ─ all that is new since the snapshot's ledger ─→ the ledger as it is now
//! ```
//!
//! What another petik did comes in by the same way, so that one ledger is as good as the other.

use super::store::{Change, State, StoreError, Undone};
use super::{Ledger, Ordinal, Snapshot};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// These changes to these articles, as one.
    Change(Arc<[Ordinal]>, Vec<Change>),
    /// Where in the text of an article reading stopped, in code points.
    Position(Ordinal, u32),
    /// Undo the last change.
    Undo,
    /// Do the last change that was undone again.
    Redo,
    /// Nothing; what others have done is wanted.
    Look,
}

/// What came of a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// So many articles were changed.
    Changed(usize),
    /// The position is kept.
    Reached,
    /// This was undone; nothing, when there was nothing to undo.
    Undone(Option<Undone>),
    /// This was done again; nothing, when nothing was undone.
    Redone(Option<Undone>),
    /// What others have done is known.
    Looked,
}

/// Keeps deeds in a library file, which is made when there is something to keep.
pub struct Keeper {
    path: PathBuf,
    state: Option<State>,
}

impl Keeper {
    /// A keeper for the library at `path`, which need not exist.
    pub fn new(path: &Path) -> Keeper {
        Keeper { path: path.to_owned(), state: None }
    }

    /// Does a deed, and tells what the reader has done with the articles of `snapshot` by then.
    ///
    /// # Errors
    ///
    /// When it cannot be written, in which case nothing is changed, or what is new cannot be read.
    pub fn perform(&mut self, deed: &Deed, snapshot: &Snapshot) -> Result<(Done, Arc<Ledger>), StoreError> {
        let done = self.attempt(deed, snapshot);
        if done.is_err() {
            // Whatever it was, the next deed begins anew.
            self.state = None;
        }
        done
    }

    /// Up to which change the state tells now; 0 when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn version(&mut self) -> Result<i64, StoreError> {
        self.reading()?.map_or(Ok(0), State::version)
    }

    /// How many articles its library has.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn articles(&mut self) -> Result<usize, StoreError> {
        self.reading()?.map_or(Ok(0), State::articles)
    }

    fn attempt(&mut self, deed: &Deed, snapshot: &Snapshot) -> Result<(Done, Arc<Ledger>), StoreError> {
        let done = match deed {
            Deed::Change(ordinals, changes) => {
                let ids = snapshot.ids(ordinals)?;
                Done::Changed(self.writing()?.apply(&ids, changes)?)
            }
            Deed::Position(ordinal, position) => {
                for id in snapshot.ids(&[*ordinal])? {
                    self.writing()?.set_position(id, *position)?;
                }
                Done::Reached
            }
            // What was never written cannot be undone, and shall not be made for that.
            Deed::Undo if !self.path.exists() => Done::Undone(None),
            Deed::Redo if !self.path.exists() => Done::Redone(None),
            Deed::Undo => Done::Undone(self.writing()?.undo()?),
            Deed::Redo => Done::Redone(self.writing()?.redo()?),
            Deed::Look => Done::Looked,
        };
        let known = match self.reading()? {
            Some(state) => state.known_since(snapshot.ledger().version())?,
            None => return Ok((done, Arc::clone(snapshot.ledger()))),
        };
        if known.rows.is_empty() {
            return Ok((done, Arc::clone(snapshot.ledger())));
        }
        let mut ledger = Ledger::clone(snapshot.ledger());
        ledger.take(&known, &snapshot.places_of(&known)?);
        Ok((done, Arc::new(ledger)))
    }

    fn writing(&mut self) -> Result<&mut State, StoreError> {
        let state = match self.state.take().filter(State::writes) {
            Some(state) => state,
            None => State::open(&self.path)?,
        };
        Ok(self.state.insert(state))
    }

    fn reading(&mut self) -> Result<Option<&State>, StoreError> {
        if self.state.is_none() {
            self.state = State::look(&self.path)?;
        }
        Ok(self.state.as_ref())
    }
}
