//! Collections that are too big to be read anew each time: kept in the cache, beside what they were made from.

use super::import::{Imported, Place, Step, import};
use super::store::{Fault, StoreError, VERSION};
use crate::load::{Source, Survey};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// From so many bytes on a collection is kept.
pub const KEPT_FROM: u64 = 32 * 1024 * 1024;

impl Place {
    /// Whether the collection kept here was made, whole, from what `survey` saw, and can be opened.
    pub fn holds(&self, survey: Survey) -> bool {
        self.note().is_some_and(|note| note == whole(survey)) && matches!(self.is_empty(), Ok(false))
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
        let io = |error: std::io::Error| StoreError::io(&self.derived, &error);
        let begun = format!("begun {VERSION} {:016x}", survey.stamp);
        if self.note().is_none_or(|note| note != begun) || self.is_spoilt() {
            match fs::remove_dir_all(&self.derived) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
                _ => fs::create_dir_all(&self.derived).map_err(io)?,
            }
            fs::write(self.note_path(), begun).map_err(io)?;
        }
        let imported = import(self, sources, cancelled, tell)?;
        if !cancelled.load(Ordering::Relaxed) {
            fs::write(self.note_path(), whole(survey)).map_err(io)?;
        }
        Ok(imported)
    }

    /// Whether what is kept here will never be opened, however long one waits for whoever writes it.
    fn is_spoilt(&self) -> bool {
        let never = |fault| matches!(fault, Fault::Newer(_) | Fault::Foreign | Fault::Damaged(_));
        self.library.is_dir() || self.is_empty().is_err_and(|error| never(error.fault))
    }

    /// What the collection kept here was made from.
    fn note(&self) -> Option<String> {
        fs::read_to_string(self.note_path()).ok()
    }

    fn note_path(&self) -> PathBuf {
        self.derived.join("made-from")
    }
}

fn whole(survey: Survey) -> String {
    format!("whole {VERSION} {:016x}", survey.stamp)
}
