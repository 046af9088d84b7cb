//! What is made of all articles of a library, to be searched and counted, and kept beside it.

use super::{PIECE, STEP, Stored, lock};
use crate::library::index;
use crate::library::register::{self, Builder, Register};
use crate::library::store::{Filed, Spellings, StoreError};
use crate::search::Arena;
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
        let mut told = Ok(());
        if arena {
            let (made, kept) = tried(self.build_arena(go_on), |arena| self.keep_arena(arena));
            told = kept;
            *lock(&self.index.arena) = Some(Arc::new(made));
            self.index.ready.notify_all();
        }
        let (made, kept) = tried(self.build_register(go_on), |register| self.keep_register(register));
        *lock(&self.index.register) = Counts::Read(Arc::new(made));
        told.and(kept)
    }

    /// Makes both anew for whoever opens the library next. One after the other, although all rows are read twice: both
    /// at once take twice the memory.
    pub(super) fn make_for_later(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<(), StoreError> {
        if let Some(arena) = self.build_arena(go_on)? {
            self.keep_arena(&arena)?;
        }
        match self.build_register(go_on)? {
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

    /// Puts all articles into an arena; `None` when `go_on` said no.
    fn build_arena(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Option<Arena>, StoreError> {
        let spellings = self.reader.spellings()?;
        let (mut articles, mut read) = (0, Ok(()));
        let arena = Arena::build_with(|put| {
            read = self.each_filed(&spellings, go_on, &mut |filed| {
                articles += 1;
                put(filed.doc());
            });
        });
        read?;
        Ok((articles == self.len()).then_some(arena))
    }

    /// Puts all articles into a register; `None` when `go_on` said no.
    fn build_register(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Option<Register>, StoreError> {
        let spellings = self.reader.spellings()?;
        let mut builder = Builder::default();
        self.each_filed(&spellings, go_on, &mut |filed| builder.put(&filed.entry()))?;
        if builder.len() != self.len() {
            return Ok(None);
        }
        Ok(Some(builder.finish(|entity| spellings.thing(entity), |alias| spellings.spelling(alias))))
    }

    /// Reads what is indexed of all articles, in order, as long as `go_on` says so.
    fn each_filed(
        &self,
        spellings: &Spellings,
        go_on: &(dyn Fn() -> bool + Sync),
        each: &mut dyn FnMut(&Filed),
    ) -> Result<(), StoreError> {
        for numbers in self.ordinals.numbers.chunks(STEP).take_while(|_| go_on()) {
            let pieces: Result<Vec<Vec<Filed>>, StoreError> =
                numbers.par_chunks(PIECE).map(|piece| self.reader.filed(piece, spellings)).collect();
            pieces?.iter().flatten().for_each(&mut *each);
        }
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
                        let made = self.build_register(&|| true).ok().flatten().unwrap_or_default();
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
