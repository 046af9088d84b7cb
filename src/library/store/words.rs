//! Asking the full-text index of a library.

use super::fault::StoreError;
use super::fulltext::path;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Rows that are taken between two looks at whether to go on.
const STRIDE: usize = 1024;

/// The full-text index of a library, for asking.
pub(crate) struct Words {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Words {
    /// Opens the index in the folder `derived`.
    pub(crate) fn open(derived: &Path) -> Result<Words, StoreError> {
        let path = path(derived);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || {
            let connection = Connection::open_with_flags(&path, flags)?;
            connection.busy_timeout(std::time::Duration::from_secs(5))?;
            connection.pragma_update(None, "cache_size", -8_192)?;
            Ok(connection)
        };
        match open() {
            Ok(connection) => Ok(Words { connection: Mutex::new(connection), path }),
            Err(error) => Err(StoreError::sqlite(&path, &error)),
        }
    }

    /// The numbers of the articles that an expression of FTS5 matches, ascending; `None` when `go_on` said no. The
    /// words of it must be folded as [`crate::text::push_terms`] folds those of the articles.
    pub(crate) fn matching(
        &self,
        expression: &str,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<u32>>, StoreError> {
        self.with(|connection| {
            let mut found = connection
                .prepare_cached("SELECT rowid FROM fulltext WHERE fulltext MATCH ?1 ORDER BY rowid")?;
            let mut rows = found.query([expression])?;
            let mut numbers = Vec::new();
            while let Some(row) = rows.next()? {
                if numbers.len() % STRIDE == 0 && !go_on() {
                    return Ok(None);
                }
                numbers.push(row.get(0)?);
            }
            Ok(Some(numbers))
        })
    }

    fn with<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        ask(&connection).map_err(|error| StoreError::sqlite(&self.path, &error))
    }
}
