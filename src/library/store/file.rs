//! Opening a library file: telling a good one from any other, making a new one, bringing an older one forward.

use super::fault::{Fault, StoreError, is_full};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

/// Says in the head of a file that it is a library: "petk".
const APPLICATION: i64 = 0x7065_746b;

/// The version of the schema this petik writes.
pub(crate) const VERSION: i64 = 2;

/// What brings a library of the version before to each version, the first one an empty file to version 1.
const MIGRATIONS: [&str; VERSION as usize] = [include_str!("schema.sql"), include_str!("schema-2.sql")];

/// Bytes of a page: rows with a text each lie close, and an index of whole words needs few levels.
const PAGE: u32 = 8192;

/// How long one petik waits for another that is writing.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Reading beside whoever writes.
    Read,
    /// The reader's own state: what is acknowledged is on the disk.
    Keep,
    /// Importing: what a crash takes back is imported again.
    Fill,
}

/// Opens the library at `path`, which must exist for [`Access::Read`] and is made for the others.
pub(super) fn open(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let sqlite = |error: rusqlite::Error| StoreError::sqlite(path, &error);
    let fresh = is_fresh(path)?;
    if access == Access::Read {
        return open_read(path);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| StoreError::io(path, &error))?;
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(sqlite)?;
    prepare(&connection, if access == Access::Fill { -32_768 } else { -16_384 }).map_err(sqlite)?;
    if fresh {
        connection.pragma_update(None, "page_size", PAGE).map_err(sqlite)?;
    } else {
        check(&connection, path)?;
    }
    let mode: String =
        connection.query_row("PRAGMA journal_mode = wal", [], |row| row.get(0)).map_err(sqlite)?;
    let synchronous = if access == Access::Keep || mode != "wal" { "full" } else { "normal" };
    connection.pragma_update(None, "synchronous", synchronous).map_err(sqlite)?;
    connection.pragma_update(None, "foreign_keys", false).map_err(sqlite)?;
    if access == Access::Fill {
        connection.pragma_update(None, "wal_autocheckpoint", 16_384).map_err(sqlite)?;
    }
    migrate(&mut connection, &MIGRATIONS).map_err(sqlite)?;
    Ok(connection)
}

fn open_read(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let usual = Connection::open_with_flags(path, flags).and_then(|connection| {
        prepare(&connection, -8_192)?;
        // Without a folder to keep its lock in, this is where it fails.
        let _: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
        Ok(connection)
    });
    let connection = match usual {
        Err(error) if is_left_alone(path, &error) => {
            let address = format!("file:{}?immutable=1", escaped(path));
            Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
                .and_then(|connection| prepare(&connection, -8_192).map(|()| connection))
        }
        opened => opened,
    };
    let connection = connection.map_err(|error| StoreError::sqlite(path, &error))?;
    check(&connection, path)?;
    let version = version(&connection).map_err(|error| StoreError::sqlite(path, &error))?;
    if version < VERSION {
        // Brought forward by whoever may write; then it is read as it is now.
        drop(open(path, Access::Keep)?);
    }
    Ok(connection)
}

/// Whether nobody writes a library that cannot be opened to be read, for this reason: there is no place beside it for the
/// locks of its readers. Whoever was there before would have made it, and what it wrote would stand in a journal.
fn is_left_alone(path: &Path, error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => true,
        _ => is_full(error) && !has_journal(path),
    }
}

/// Whether something is written that does not stand in the library itself yet.
fn has_journal(path: &Path) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    fs::metadata(journal).is_ok_and(|journal| journal.len() > 0)
}

/// A path as it stands in an address of SQLite.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

fn prepare(connection: &Connection, cache: i64) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "cache_size", cache)
}

/// Whether there is nothing yet at `path`. The file itself is not opened to be looked at: on Unix, closing it would give
/// up the locks of this process's own connections, and an older SQLite would then take their journal away.
fn is_fresh(path: &Path) -> Result<bool, StoreError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(found.len() == 0),
        Ok(found) if found.is_dir() => Err(StoreError::io(path, &ErrorKind::IsADirectory.into())),
        Ok(_) => Err(StoreError::new(path, Fault::Foreign)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(StoreError::io(path, &error)),
    }
}

/// Refuses what is not ours, and what a later petik wrote.
fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let look = || -> rusqlite::Result<(i64, i64, i64)> {
        let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((pragma("application_id")?, pragma("user_version")?, tables))
    };
    match look().map_err(|error| StoreError::sqlite(path, &error))? {
        // Made by SQLite, and a crash came before the first table.
        (0, 0, 0) => Ok(()),
        (APPLICATION, version, _) if version > VERSION => Err(StoreError::new(path, Fault::Newer(version))),
        (APPLICATION, _, _) => Ok(()),
        _ => Err(StoreError::new(path, Fault::Foreign)),
    }
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings a library forward to the version the last of `scripts` makes, each step whole or not at all.
fn migrate(connection: &mut Connection, scripts: &[&str]) -> rusqlite::Result<()> {
    while usize::try_from(version(connection)?).is_ok_and(|version| version < scripts.len()) {
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another petik may have been faster.
        let from = version(&step)?;
        let Some(script) = usize::try_from(from).ok().and_then(|from| scripts.get(from)) else {
            return Ok(());
        };
        step.execute_batch(script)?;
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.pragma_update(None, "user_version", from + 1)?;
        if from == 0 {
            step.execute(
                "INSERT INTO meta (name, value) VALUES ('library', lower(hex(randomblob(8)))), ('epoch', 0)",
                [],
            )?;
        }
        step.commit()?;
    }
    Ok(())
}

/// Does all of `write` or nothing, as the one who writes to the file at `path` meanwhile.
pub(super) fn write<T>(
    connection: &mut Connection,
    path: &Path,
    write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> Result<T, StoreError> {
    let whole = || {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = write(&transaction)?;
        transaction.commit()?;
        Ok(done)
    };
    whole().map_err(|error| StoreError::sqlite(path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A library as an earlier version wrote it, in a folder of its own.
    fn kept(version: i64) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let kept = format!("{}/tests/fixtures/library-{version}.db", env!("CARGO_MANIFEST_DIR"));
        fs::copy(&kept, &path).unwrap_or_else(|error| panic!("{kept} is to be kept: {error}"));
        (folder, path)
    }

    fn titles(connection: &Connection) -> Vec<String> {
        let mut titles = connection.prepare("SELECT title FROM articles ORDER BY article").unwrap();
        titles.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    fn tables(connection: &Connection) -> Vec<String> {
        let mut tables =
            connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name").unwrap();
        tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_library_of_every_version_is_brought_forward() {
        let fresh = tempfile::tempdir().unwrap();
        let made = open(&fresh.path().join("library.db"), Access::Keep).unwrap();
        for old in 1..=VERSION {
            let (_folder, path) = kept(old);
            let before = titles(&Connection::open(&path).unwrap());
            assert!(!before.is_empty());
            let connection = open(&path, Access::Keep).unwrap();
            assert_eq!(version(&connection).unwrap(), VERSION);
            assert_eq!(titles(&connection), before);
            let kept = tables(&connection).into_iter().filter(|table| !table.contains("sqlite_stat"));
            assert_eq!(kept.collect::<Vec<_>>(), tables(&made), "from version {old}");
        }
    }

    #[test]
    fn a_step_is_taken_whole_or_not_at_all() {
        let (_folder, path) = kept(1);
        let mut connection = Connection::open(&path).unwrap();
        let before = titles(&connection);
        let (one, two) = (MIGRATIONS[0], "ALTER TABLE articles ADD COLUMN weather TEXT");
        let broken = "ALTER TABLE articles ADD COLUMN mood TEXT; INSERT INTO nothing VALUES (1)";
        assert!(migrate(&mut connection, &[one, two, broken]).is_err());
        assert_eq!(version(&connection).unwrap(), 2, "the step before stays");
        let columns = |connection: &Connection| tables(connection).concat();
        assert!(columns(&connection).contains("weather") && !columns(&connection).contains("mood"));
        migrate(&mut connection, &[one, two, "ALTER TABLE articles ADD COLUMN mood TEXT"]).unwrap();
        assert!(columns(&connection).contains("mood"));
        assert_eq!((version(&connection).unwrap(), titles(&connection)), (3, before));
        // What is newer than this petik is not touched.
        drop(connection);
        let bytes = fs::read(&path).unwrap();
        let refused = open(&path, Access::Keep).unwrap_err().to_string();
        assert!(refused.contains("newer petik (version 3"), "{refused}");
        assert!(fs::read(&path).unwrap() == bytes);
    }
}
