//! What can go wrong with a library file, in words for its reader.

use crate::load::Problem;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::{Error, ErrorCode};
use std::fmt;
use std::path::{Path, PathBuf};

/// Why a library file cannot be used, and what to do. One line when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// Which file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a library file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It was written by a newer petik, in this version of the schema.
    Newer(i64),
    /// It is no library of petik.
    Foreign,
    /// It is damaged or cut short.
    Damaged(String),
    /// There is no room left on its disk.
    Full,
    /// It cannot be written.
    Unwritable(String),
    /// Another process holds it for too long.
    Busy,
    /// Anything else.
    Other(String),
}

/// Whether SQLite found no room, for what it was to write or for the file that the locks of readers are in.
pub(super) fn is_full(error: &Error) -> bool {
    let extended = error.sqlite_error().map(|error| error.extended_code);
    error.sqlite_error_code() == Some(ErrorCode::DiskFull) || extended == Some(SQLITE_IOERR_SHMSIZE)
}

impl StoreError {
    pub(crate) fn new(path: &Path, fault: Fault) -> StoreError {
        StoreError { path: path.to_owned(), fault }
    }

    /// What SQLite says of the file at `path`.
    pub(super) fn sqlite(path: &Path, error: &Error) -> StoreError {
        let what = error.to_string();
        let fault = match error.sqlite_error_code() {
            _ if is_full(error) => Fault::Full,
            Some(ErrorCode::DatabaseCorrupt) => Fault::Damaged(what),
            Some(ErrorCode::NotADatabase) => Fault::Foreign,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Fault::Unwritable(what)
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Busy,
            _ => Fault::Other(what),
        };
        StoreError::new(path, fault)
    }

    /// What the system says of the file at `path`.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> StoreError {
        let fault = match error.kind() {
            std::io::ErrorKind::StorageFull => Fault::Full,
            _ => Fault::Unwritable(error.to_string()),
        };
        StoreError::new(path, fault)
    }
}

impl StoreError {
    /// As it is listed among what could not be read.
    pub fn problem(&self) -> Problem {
        Problem { place: self.to_string(), what: String::new(), advice: String::new(), record: None }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = crate::text::sanitise_line(&self.path.display().to_string());
        match &self.fault {
            Fault::Newer(version) => write!(
                f,
                "{path} was written by a newer petik (version {version} of its form): update petik, or move the file away"
            ),
            Fault::Foreign => write!(f, "{path} is no library of petik: move it away"),
            Fault::Damaged(what) => write!(
                f,
                "{path} is damaged ({}): it was left as it is; move it away, or put a copy in its place",
                crate::text::sanitise_line(what)
            ),
            Fault::Full => write!(f, "there is no room left for {path}: what was told done is kept"),
            Fault::Unwritable(what) => {
                write!(f, "{path} cannot be written: {}", crate::text::sanitise_line(what))
            }
            Fault::Busy => write!(f, "{path} is being written by another petik: try again"),
            Fault::Other(what) => write!(f, "{path}: {}", crate::text::sanitise_line(what)),
        }
    }
}

impl std::error::Error for StoreError {}
