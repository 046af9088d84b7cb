//! The full-text index of a library: a file of its own, made from the library and made again when it is lost.
//!
//! It is not in the library file because it is written by a thread of its own while articles are imported, and because
//! merging it never keeps the reader's own state waiting. A crash leaves it behind the library; [`Fulltext::behind`]
//! says by how much, and whoever writes next catches up.

use super::fault::StoreError;
use super::read::Reader;
use crate::search::TITLE_WEIGHT;
use crate::text::push_terms;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The version of the index; of another version it is made anew.
const VERSION: i64 = 1;

/// The tokenizer takes terms apart at spaces and nowhere else: they hold letters and digits alone, folded.
const SCHEMA: &str = "
    CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE VIRTUAL TABLE fulltext USING fts5 (
        title, body, content = '', contentless_delete = 1, detail = full, tokenize = 'ascii'
    );
    INSERT INTO fulltext (fulltext, rank) VALUES ('automerge', 0), ('crisismerge', 512), ('hashsize', 33554432);
    INSERT INTO meta VALUES ('indexed', 0);
";

/// Articles that are indexed in one transaction when the index catches up.
const STEP: i64 = 4096;

/// Articles of one transaction, at least.
const TOGETHER: usize = 4096;

/// Pages merged at a time, so that a merge can be stopped.
const MERGE: i64 = 4096;

/// Where the full-text index of a library lies, beside what else is made from it.
pub(crate) fn path(derived: &Path) -> PathBuf {
    derived.join("fulltext.db")
}

/// Writes the full-text index of a library.
pub(crate) struct Fulltext {
    path: PathBuf,
    connection: Connection,
    /// The number of the last article in it.
    indexed: i64,
    /// Articles of the transaction that is open.
    open: usize,
}

/// The terms of an article, by its number.
pub(crate) struct Terms {
    pub(crate) article: i64,
    pub(crate) title: String,
    pub(crate) body: String,
}

impl Fulltext {
    /// Opens the index in the folder `derived` of the library called `library`; makes it anew when it is of another
    /// one, of another version or damaged.
    pub(crate) fn open(derived: &Path, library: &str) -> Result<Fulltext, StoreError> {
        let path = path(derived);
        fs::create_dir_all(derived).map_err(|error| StoreError::io(derived, &error))?;
        if let Ok(found) = open(&path)
            && matches!(state(&found), Ok(Some((version, of, _))) if version == VERSION && of == library)
        {
            let indexed = state(&found).ok().flatten().map_or(0, |(_, _, indexed)| indexed);
            return Ok(Fulltext { path, connection: found, indexed, open: 0 });
        }
        for suffix in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(suffix);
            // What is not there need not be removed; what cannot be is told by what follows.
            let _ = fs::remove_file(&name);
        }
        let make = || {
            let connection = open(&path)?;
            connection.execute_batch(SCHEMA)?;
            connection.execute("INSERT INTO meta VALUES ('library', ?1)", [library])?;
            connection.pragma_update(None, "user_version", VERSION)?;
            Ok(connection)
        };
        match make() {
            Ok(connection) => Ok(Fulltext { path, connection, indexed: 0, open: 0 }),
            Err(error) => Err(StoreError::sqlite(&path, &error)),
        }
    }

    /// Adds articles in ascending order of their numbers; those it has are passed over. They are in it for others once a
    /// few thousand are, or [`Fulltext::keep`] was called: every transaction leaves a part that is to be merged.
    pub(crate) fn add(&mut self, batch: &[Terms]) -> Result<(), StoreError> {
        let last = batch.last().map_or(0, |terms| terms.article);
        if last <= self.indexed {
            return Ok(());
        }
        let mut add = || {
            if self.open == 0 {
                self.connection.execute_batch("BEGIN IMMEDIATE")?;
            }
            let mut insert = self
                .connection
                .prepare_cached("INSERT INTO fulltext (rowid, title, body) VALUES (?1, ?2, ?3)")?;
            for terms in batch.iter().filter(|terms| terms.article > self.indexed) {
                insert.execute(params![terms.article, terms.title, terms.body])?;
                self.open += 1;
            }
            Ok(())
        };
        add().map_err(|error| StoreError::sqlite(&self.path, &error))?;
        self.indexed = last;
        if self.open >= TOGETHER { self.keep() } else { Ok(()) }
    }

    /// Keeps what was added.
    pub(crate) fn keep(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.open) == 0 {
            return Ok(());
        }
        let keep = || {
            self.connection.execute("UPDATE meta SET value = ?1 WHERE name = 'indexed'", [self.indexed])?;
            self.connection.execute_batch("COMMIT")
        };
        keep().map_err(|error| StoreError::sqlite(&self.path, &error))
    }

    /// Indexes what the library has and the index has not; stops when `go_on` says no.
    pub(crate) fn catch_up(&mut self, library: &Reader, go_on: &dyn Fn() -> bool) -> Result<(), StoreError> {
        while go_on() {
            let batch = library.texts_behind(self.indexed, STEP)?;
            let batch: Vec<Terms> = batch
                .into_iter()
                .map(|(article, title, body)| {
                    let mut terms = Terms { article, title: String::new(), body: String::new() };
                    push_terms(&title, &mut terms.title);
                    push_terms(&body, &mut terms.body);
                    terms
                })
                .collect();
            if batch.is_empty() {
                break;
            }
            self.add(&batch)?;
        }
        self.keep()
    }

    /// Merges the parts of the index, so that it is asked faster; stops when `go_on` says no.
    pub(crate) fn merge(&mut self, go_on: &dyn Fn() -> bool) -> Result<(), StoreError> {
        let merge = || {
            // A negative number merges everything into one, step by step; a step that changes less than two rows was
            // the last.
            let mut pages = -MERGE;
            while go_on() {
                let before = self.connection.total_changes();
                self.connection
                    .execute("INSERT INTO fulltext (fulltext, rank) VALUES ('merge', ?1)", [pages])?;
                if self.connection.total_changes() - before < 2 {
                    break;
                }
                pages = MERGE;
            }
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        };
        merge().map_err(|error| StoreError::sqlite(&self.path, &error))
    }
}

/// Asks the full-text index of a library, from any thread.
pub(crate) struct FulltextReader {
    path: PathBuf,
    /// Connections that nobody uses now.
    idle: Mutex<Vec<Connection>>,
}

impl FulltextReader {
    /// Opens the index in the folder `derived`; `None` unless it is one of the library called `library` that reaches to its
    /// article of number `last`.
    pub(crate) fn open(derived: &Path, library: &str, last: i64) -> Option<FulltextReader> {
        let path = path(derived);
        let connection = read(&path).ok()?;
        let (version, of, indexed) = state(&connection).ok()??;
        let whole = version == VERSION && of == library && indexed >= last;
        whole.then(|| FulltextReader { path, idle: Mutex::new(vec![connection]) })
    }

    /// Gives the numbers of the articles that answer a question of FTS5 to `take`, until it says no.
    pub(crate) fn find(&self, asked: &str, mut take: impl FnMut(i64) -> bool) -> Result<(), StoreError> {
        self.with(|connection| {
            let mut question =
                connection.prepare_cached("SELECT rowid FROM fulltext WHERE fulltext MATCH ?1")?;
            let mut rows = question.query([asked])?;
            while let Some(row) = rows.next()?
                && take(row.get(0)?)
            {}
            Ok(())
        })
    }

    /// Gives the numbers of those articles among `numbers` that answer a question of FTS5, and how well each does, to
    /// `take`, until it says no.
    pub(crate) fn weigh<'n>(
        &self,
        asked: &str,
        numbers: impl Iterator<Item = &'n i64>,
        mut take: impl FnMut(i64, f64) -> bool,
    ) -> Result<(), StoreError> {
        let numbers: Vec<String> = numbers.map(i64::to_string).collect();
        let numbers = format!("[{}]", numbers.join(","));
        self.with(|connection| {
            // The sign keeps the index from being asked anew for each of them.
            let mut question = connection.prepare_cached(&format!(
                "SELECT rowid, -bm25(fulltext, {TITLE_WEIGHT:?}, 1.0) FROM fulltext \
                 WHERE fulltext MATCH ?1 AND +rowid IN (SELECT value FROM json_each(?2))"
            ))?;
            let mut rows = question.query([asked, &numbers])?;
            while let Some(row) = rows.next()?
                && take(row.get(0)?, row.get(1)?)
            {}
            Ok(())
        })
    }

    /// Reads with a connection of its own.
    fn with(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Result<(), StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let told = |error: rusqlite::Error| StoreError::sqlite(&self.path, &error);
        let connection = idle.map_or_else(|| read(&self.path), Ok).map_err(told)?;
        let found = ask(&connection).map_err(told);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        found
    }
}

fn read(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(20))?;
    connection.pragma_update(None, "page_size", 8192)?;
    connection.query_row("PRAGMA journal_mode = wal", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "wal_autocheckpoint", 8_192)?;
    Ok(connection)
}

/// Version, library and last article of an index; `None` when it is none.
fn state(connection: &Connection) -> rusqlite::Result<Option<(i64, String, i64)>> {
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let meta = |name: &str| format!("SELECT value FROM meta WHERE name = '{name}'");
    let library = connection.query_row(&meta("library"), [], |row| row.get(0)).optional()?;
    let indexed = connection.query_row(&meta("indexed"), [], |row| row.get(0)).optional()?;
    Ok(library.zip(indexed).map(|(library, indexed)| (version, library, indexed)))
}
