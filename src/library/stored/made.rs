//! What is made of all articles of a library, to be searched and counted, and kept beside it.

use super::{PIECE, STEP, Stored, lock};
use crate::library::index;
use crate::library::register::{self, Builder, Register};
use crate::library::store::{Filed, Spellings, StoreError};
use crate::search::Arena;
use rayon::prelude::*;
use std::sync::{Arc, PoisonError};

/// What is made of all articles.
#[derive(Default)]
pub(super) struct Made {
    arena: Option<Arena>,
    register: Register,
}

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
    /// Makes the register anew, and the arena too if that is missing; keeps both.
    pub(super) fn make(&self, arena: bool, go_on: &(dyn Fn() -> bool + Sync)) -> Result<(), StoreError> {
        // Where it cannot be kept it is made again the next time.
        let (made, told) = match self.build(arena, go_on) {
            Ok(Some(made)) => {
                let kept = self.keep(&made);
                (made, kept)
            }
            Ok(None) => (Made::default(), Ok(())),
            Err(error) => (Made::default(), Err(error)),
        };
        if arena {
            *lock(&self.index.arena) = Some(Arc::new(made.arena.unwrap_or_default()));
        }
        *lock(&self.index.register) = Counts::Read(Arc::new(made.register));
        told
    }

    /// The register of these very articles in its file.
    pub(super) fn unread_register(&self) -> Option<register::Unread> {
        register::read(&self.place.derived, &self.reader.name().ok()?, self.ordinals.sum())
    }

    pub(super) fn keep(&self, made: &Made) -> Result<(), StoreError> {
        let (derived, library) = (&self.place.derived, self.reader.name()?);
        if let Some(arena) = &made.arena {
            let written = index::write(derived, &library, &self.ordinals, arena);
            written.map_err(|error| StoreError::io(&index::path(derived), &error))?;
        }
        let written = register::write(derived, &library, self.ordinals.sum(), &made.register);
        written.map_err(|error| StoreError::io(&register::path(derived), &error))
    }

    /// Puts all articles into a register, and into an arena if that is wanted; `None` when `go_on` said no.
    pub(super) fn build(
        &self,
        arena: bool,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Made>, StoreError> {
        let spellings = self.reader.spellings()?;
        let mut builder = Builder::default();
        let mut read = Ok(());
        let arena = if arena {
            Some(Arena::build_with(|put| {
                read = self.each_filed(&spellings, go_on, &mut |filed| {
                    builder.put(&filed.entry());
                    put(filed.doc());
                });
            }))
        } else {
            read = self.each_filed(&spellings, go_on, &mut |filed| builder.put(&filed.entry()));
            None
        };
        read?;
        if builder.len() != self.len() {
            return Ok(None);
        }
        let register = builder.finish(|entity| spellings.thing(entity), |alias| spellings.spelling(alias));
        Ok(Some(Made { arena, register }))
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
                        let made = self.build(false, &|| true).ok().flatten().unwrap_or_default();
                        // Where it cannot be kept it is made again the next time.
                        let _ = self.keep(&made);
                        made.register
                    };
                    let register = Arc::new(read.unwrap_or_else(made));
                    *counts = Counts::Read(Arc::clone(&register));
                    return register;
                }
            }
        }
    }
}
