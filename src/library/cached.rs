//! Collections that are too big to be read anew each time: kept in the cache, beside what they were made from.

use super::import::{Imported, Place, Step, settle, take_in};
use super::store::{Fault, Spill, StoreError, VERSION};
use crate::load::{Source, Survey};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// From so many bytes on a collection is kept.
pub const KEPT_FROM: u64 = 32 * 1024 * 1024;

/// How the note begins that says what a collection is made from, before it is whole and then.
const BEGUN: &str = "begun";
const WHOLE: &str = "whole";

impl Place {
    /// Whether the collection kept here was made, whole, from what `survey` saw, and can be opened.
    pub fn holds(&self, survey: Survey) -> bool {
        self.note().is_some_and(|note| note == whole(survey)) && self.is_whole()
    }

    /// Whether the collection kept here was made, whole, and can be opened.
    pub(crate) fn is_whole(&self) -> bool {
        let is_there = || fs::metadata(&self.library).is_ok_and(|file| file.len() > 0);
        self.note().is_some_and(|note| note.starts_with(WHOLE)) && is_there() && !self.is_spoilt()
    }

    /// Makes the collection kept here from `sources`, as `survey` saw them, or goes on where that was broken off.
    /// What was made from something else, or cannot be opened, is thrown away.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn hold(
        &self,
        sources: &[Source],
        survey: Survey,
        cancelled: &AtomicBool,
        tell: &mut dyn FnMut(Step),
    ) -> Result<Imported, StoreError> {
        let (counts, aside) = self.begin_to_hold(sources, survey, cancelled, tell)?;
        self.settle_held(aside.as_ref(), cancelled, tell)?;
        Ok(counts)
    }

    /// The first part of [`Place::hold`]: what is put aside is for [`Place::settle_held`], which is still to be done.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn begin_to_hold(
        &self,
        sources: &[Source],
        survey: Survey,
        cancelled: &AtomicBool,
        tell: &mut dyn FnMut(Step),
    ) -> Result<(Imported, Option<Spill>), StoreError> {
        let begun = format!("{BEGUN} {VERSION} {:016x}", survey.stamp);
        if self.note().is_none_or(|note| note != begun) || self.is_spoilt() {
            match fs::remove_dir_all(&self.derived) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(self.fault(&error)),
                _ => fs::create_dir_all(&self.derived).map_err(|error| self.fault(&error))?,
            }
            self.write_note(&begun)?;
        }
        take_in(self, sources, cancelled, tell)
    }

    /// The second part of [`Place::hold`]; nothing when `cancelled` is set.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn settle_held(
        &self,
        aside: Option<&Spill>,
        cancelled: &AtomicBool,
        tell: &mut dyn FnMut(Step),
    ) -> Result<(), StoreError> {
        if cancelled.load(Ordering::Relaxed) {
            return Ok(());
        }
        settle(self, aside, cancelled, tell)?;
        // It is whole of what the sources were when reading began.
        match self.note() {
            Some(note) if !cancelled.load(Ordering::Relaxed) => {
                self.write_note(&note.replacen(BEGUN, WHOLE, 1))
            }
            _ => Ok(()),
        }
    }

    /// Whether what is kept here can never be opened, however long one waits for whoever writes it.
    fn is_spoilt(&self) -> bool {
        let never = |fault| matches!(fault, Fault::Newer(_) | Fault::Foreign | Fault::Damaged(_));
        self.library.is_dir() || self.is_empty().is_err_and(|error| never(error.fault))
    }

    /// What the collection kept here was made from.
    fn note(&self) -> Option<String> {
        fs::read_to_string(self.note_path()).ok()
    }

    fn write_note(&self, note: &str) -> Result<(), StoreError> {
        fs::write(self.note_path(), note).map_err(|error| self.fault(&error))
    }

    fn fault(&self, error: &std::io::Error) -> StoreError {
        StoreError::io(&self.derived, error)
    }

    fn note_path(&self) -> PathBuf {
        self.derived.join("made-from")
    }
}

fn whole(survey: Survey) -> String {
    format!("{WHOLE} {VERSION} {:016x}", survey.stamp)
}
