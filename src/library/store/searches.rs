//! What the reader asks: saved searches by name, and what was typed into the filter line.

use super::fault::StoreError;
use super::file::{self, Access};
use crate::search::Saved;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::{Path, PathBuf};

/// Queries that are remembered; older ones are forgotten.
const REMEMBERED: i64 = 500;

/// The reader's saved searches and the queries typed before, in a library.
pub struct Searches {
    path: PathBuf,
    connection: Connection,
}

impl Searches {
    /// Opens those of the library at `path`, which is made if there is none.
    ///
    /// # Errors
    ///
    /// When what is there is no library, or it cannot be written.
    pub fn open(path: &Path) -> Result<Searches, StoreError> {
        Ok(Searches { path: path.to_owned(), connection: file::open(path, Access::Keep)? })
    }

    /// What is saved and was typed in the library at `path`, the oldest query first; nothing when there is no library.
    ///
    /// # Errors
    ///
    /// When what is there is no library, or it cannot be read.
    pub fn read(path: &Path) -> Result<(Saved, Vec<String>), StoreError> {
        if !path.exists() {
            return Ok((Saved::default(), Vec::new()));
        }
        let connection = file::open(path, Access::Read)?;
        all(&connection).map_err(|error| StoreError::sqlite(path, &error))
    }

    /// Saves a search under a name, in the place of the one that is `over` that name when that is given.
    /// `false` when another stands there.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing is changed.
    pub fn save(&mut self, name: &str, query: &str, over: bool) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let there = "SELECT 1 FROM searches WHERE name = ?1";
            if !over && transaction.query_row(there, [name], |_| Ok(())).optional()?.is_some() {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO searches (name, query, saved) VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO UPDATE SET query = excluded.query, saved = excluded.saved",
                params![name, query, Timestamp::now().to_string()],
            )?;
            Ok(true)
        })
    }

    /// Gives a saved search another name; `false` when it is not there, or another is called so.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing is changed.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let renamed =
                transaction.execute("UPDATE OR IGNORE searches SET name = ?2 WHERE name = ?1", [from, to])?;
            Ok(renamed > 0)
        })
    }

    /// Takes a saved search away.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing is changed.
    pub fn delete(&mut self, name: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM searches WHERE name = ?1", [name]).map(|_| ())
        })
    }

    /// Remembers a query that was typed, as the last one.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn remember(&mut self, query: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO history (query, used) VALUES (?1, (SELECT coalesce(max(used), 0) + 1 FROM history)) \
                 ON CONFLICT DO UPDATE SET used = excluded.used",
                [query],
            )?;
            transaction.execute(
                "DELETE FROM history WHERE used <= (SELECT used FROM history ORDER BY used DESC LIMIT 1 OFFSET ?1)",
                [REMEMBERED],
            )?;
            Ok(())
        })
    }

    fn write<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        file::write(&mut self.connection, &self.path, write)
    }
}

fn all(connection: &Connection) -> rusqlite::Result<(Saved, Vec<String>)> {
    let mut saved = connection.prepare("SELECT name, query FROM searches")?;
    let saved =
        saved.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut typed = connection.prepare("SELECT query FROM history ORDER BY used")?;
    let typed = typed.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok((saved, typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_kept_by_name_and_never_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/library.db");
        assert_eq!(Searches::read(&path).unwrap(), (Saved::default(), Vec::new()));
        assert!(!path.exists(), "reading makes nothing");
        let mut searches = Searches::open(&path).unwrap();
        assert!(searches.save("korut", "c:kp", false).unwrap());
        assert!(!searches.save("korut", "c:kr", false).unwrap());
        assert_eq!(Searches::read(&path).unwrap().0.get("korut"), Some(("korut", "c:kp")));
        assert!(searches.save("korut", "c:kr", true).unwrap());
        assert!(searches.save("other", "x", false).unwrap());
        assert!(!searches.rename("korut", "other").unwrap(), "another is called so");
        assert!(searches.rename("korut", "utara").unwrap());
        searches.delete("other").unwrap();
        let (saved, _) = Searches::read(&path).unwrap();
        assert_eq!(saved.iter().collect::<Vec<_>>(), [("utara", "c:kr")]);
    }

    #[test]
    fn queries_are_remembered_once_each_the_last_one_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut searches = Searches::open(&path).unwrap();
        for query in ["a", "b", "a"] {
            searches.remember(query).unwrap();
        }
        assert_eq!(Searches::read(&path).unwrap().1, ["b", "a"]);
        for at in 0..REMEMBERED + 20 {
            searches.remember(&format!("q{at}")).unwrap();
        }
        let typed = Searches::read(&path).unwrap().1;
        assert_eq!(typed.len() as i64, REMEMBERED);
        assert_eq!(typed.last().unwrap(), &format!("q{}", REMEMBERED + 19));
    }
}
