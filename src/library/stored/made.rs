//! What is made of all articles of a library, to be searched and counted, and kept beside it.

use super::{PIECE, STEP, Stored, lock};
use crate::library::index;
use crate::library::register::{self, Builder, Register};
use crate::library::store::{Filed, Spellings, Spill, StoreError};
use crate::search::{Arena, ArenaBuilder};
use rayon::prelude::*;
use std::sync::{Arc, PoisonError};

/// What is counted.
#[derive(Default)]
pub(super) enum Counts {
    /// Still on its way.
    #[default]
    Waited,
    /// In a file; read when it is first asked for.
    Unread(register::Unread),
    Read(Arc<Register>),
}

impl Stored {
    /// Makes the register anew, and before it the arena if that is missing; keeps both.
    pub(super) fn make(&self, arena: bool, go_on: &(dyn Fn() -> bool + Sync)) -> Result<(), StoreError> {
        let spellings = self.reader.spellings();
        let mut told = Ok(());
        if arena {
            let known = spellings.as_ref().map_err(StoreError::clone);
            let made = known.and_then(|known| self.put_all(known, None, go_on));
            let made = made.map(|builder| builder.map(ArenaBuilder::finish));
            let (made, kept) = tried(made, |arena| self.keep_arena(arena));
            told = kept;
            *lock(&self.index.arena) = Some(Arc::new(made));
            self.index.ready.notify_all();
        }
        let made = spellings.and_then(|known| self.build_register(&known, None, go_on));
        let (made, kept) = tried(made, |register| self.keep_register(register));
        *lock(&self.index.register) = Counts::Read(Arc::new(made));
        told.and(kept)
    }

    /// Makes both anew for whoever opens the library next, from `spill` as far as it reaches. One after the other, the
    /// larger one first: its pieces are so large that the system has them back at once.
    pub(super) fn make_for_later(
        &self,
        spill: Option<&Spill>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), StoreError> {
        let spellings = self.reader.spellings()?;
        if let Some(builder) = self.put_all(&spellings, spill, go_on)? {
            self.keep_arena(&builder.finish())?;
        }
        match self.build_register(&spellings, spill, go_on)? {
            Some(register) => self.keep_register(&register),
            None => Ok(()),
        }
    }

    /// The register of these very articles in its file.
    pub(super) fn unread_register(&self) -> Option<register::Unread> {
        register::read(&self.place.derived, &self.reader.name().ok()?, self.ordinals.sum())
    }

    fn keep_arena(&self, arena: &Arena) -> Result<(), StoreError> {
        let derived = &self.place.derived;
        let written = index::write(derived, &self.reader.name()?, &self.ordinals, arena);
        written.map_err(|error| StoreError::io(&index::path(derived), &error))
    }

    fn keep_register(&self, register: &Register) -> Result<(), StoreError> {
        let derived = &self.place.derived;
        let written = register::write(derived, &self.reader.name()?, self.ordinals.sum(), register);
        written.map_err(|error| StoreError::io(&register::path(derived), &error))
    }

    /// Puts all articles into an arena that is to be finished; `None` when `go_on` said no.
    fn put_all(
        &self,
        spellings: &Spellings,
        spill: Option<&Spill>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<ArenaBuilder>, StoreError> {
        let mut builder = ArenaBuilder::for_articles(self.len());
        self.each_filed(spellings, spill, go_on, &mut |filed| {
            builder.put_numbered(&filed.doc(), filed.uses(), |group| spellings.group(group));
        })?;
        Ok(Some(builder).filter(|builder| builder.len() == self.len()))
    }

    /// Puts all articles into a register; `None` when `go_on` said no.
    fn build_register(
        &self,
        spellings: &Spellings,
        spill: Option<&Spill>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Register>, StoreError> {
        let mut builder = Builder::default();
        self.each_filed(spellings, spill, go_on, &mut |filed| builder.put(&filed.entry()))?;
        if builder.len() != self.len() {
            return Ok(None);
        }
        Ok(Some(builder.finish(|entity| spellings.thing(entity), |alias| spellings.spelling(alias))))
    }

    /// Reads what is indexed of all articles, in order, as long as `go_on` says so: the next ones on one core while
    /// `each` takes those before on another.
    fn each_filed(
        &self,
        spellings: &Spellings,
        spill: Option<&Spill>,
        go_on: &(dyn Fn() -> bool + Sync),
        each: &mut (dyn FnMut(&Filed) + Send),
    ) -> Result<(), StoreError> {
        let mut ready: Vec<Filed> = Vec::new();
        for numbers in self.ordinals.numbers.chunks(STEP).take_while(|_| go_on()) {
            let read = || {
                let pieces = numbers.par_chunks(PIECE);
                pieces.map(|piece| self.reader.filed(piece, spellings, spill)).collect()
            };
            let (next, ()): (Result<Vec<Vec<Filed>>, StoreError>, ()) =
                rayon::join(read, || ready.iter().for_each(&mut *each));
            ready = next?.into_iter().flatten().collect();
        }
        ready.iter().for_each(each);
        Ok(())
    }

    /// What the facets count; waits until it is there.
    pub(in crate::library) fn register(&self) -> Arc<Register> {
        let mut counts = lock(&self.index.register);
        loop {
            match std::mem::take(&mut *counts) {
                Counts::Waited => {
                    counts = self.index.counted.wait(counts).unwrap_or_else(PoisonError::into_inner);
                }
                Counts::Read(register) => {
                    *counts = Counts::Read(Arc::clone(&register));
                    return register;
                }
                Counts::Unread(unread) => {
                    let read = unread.read().filter(|register| register.len() == self.len());
                    let made = || {
                        let spellings = self.reader.spellings();
                        let made = spellings.and_then(|known| self.build_register(&known, None, &|| true));
                        let made = made.ok().flatten().unwrap_or_default();
                        // Where it cannot be kept it is made again the next time.
                        let _ = self.keep_register(&made);
                        made
                    };
                    let register = Arc::new(read.unwrap_or_else(made));
                    *counts = Counts::Read(Arc::clone(&register));
                    return register;
                }
            }
        }
    }
}

/// What was made, an empty one if nothing was; and what keeping it came to. Where it cannot be kept it is made again the
/// next time.
fn tried<T: Default>(
    made: Result<Option<T>, StoreError>,
    keep: impl Fn(&T) -> Result<(), StoreError>,
) -> (T, Result<(), StoreError>) {
    match made {
        Ok(Some(made)) => {
            let kept = keep(&made);
            (made, kept)
        }
        Ok(None) => (T::default(), Ok(())),
        Err(error) => (T::default(), Err(error)),
    }
}
