//! What the reader does with articles: read, starred, notes, tags, how far they were read.
//!
//! A change is on the disk when the call that makes it returns. Every change but that of a reading position can be
//! undone and done again, also by another petik; what is done after an undo takes the place of what was undone.

use super::fault::StoreError;
use super::file::{self, Access};
use crate::article::ArticleId;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};

/// Changes that can be undone; older ones are forgotten.
const REMEMBERED: i64 = 1000;

/// What the reader has done with an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Where in its text reading stopped, in code points.
    pub position: Option<u32>,
    /// What was noted.
    pub note: Option<String>,
    /// The reader's tags, in the order of the alphabet.
    pub tags: Vec<String>,
}

/// Something the reader does with one or many articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Marks them as read or as unread.
    Read(bool),
    /// Stars them, or takes the star away.
    Starred(bool),
    /// Notes something, or takes the note away.
    Note(Option<String>),
    /// Puts a tag on them, or takes it away.
    Tag(String, bool),
}

impl Change {
    /// What it does, as it is said when it is undone: "star", "mark as read".
    fn name(&self) -> &'static str {
        match self {
            Change::Read(true) => "mark as read",
            Change::Read(false) => "mark as unread",
            Change::Starred(true) => "star",
            Change::Starred(false) => "unstar",
            Change::Note(_) => "note",
            Change::Tag(_, true) => "tag",
            Change::Tag(_, false) => "untag",
        }
    }

    /// The name of what it changes, and the value it gives it.
    fn part(&self) -> (String, Value) {
        match self {
            Change::Read(read) => ("read".to_owned(), Value::Integer(i64::from(*read))),
            Change::Starred(starred) => ("starred".to_owned(), Value::Integer(i64::from(*starred))),
            Change::Note(note) => ("note".to_owned(), note.clone().map_or(Value::Null, Value::Text)),
            Change::Tag(tag, on) => (format!("tag {tag}"), Value::Integer(i64::from(*on))),
        }
    }
}

/// A change that was undone or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// What it was: "star".
    pub what: String,
    /// The articles it is about.
    pub ids: Vec<ArticleId>,
}

/// The reader's own state in a library.
pub struct State {
    path: PathBuf,
    connection: Connection,
}

impl State {
    /// Opens the state in the library at `path`, which is made if there is none.
    ///
    /// # Errors
    ///
    /// When what is there is no library, or it cannot be written.
    pub fn open(path: &Path) -> Result<State, StoreError> {
        Ok(State { path: path.to_owned(), connection: file::open(path, Access::Keep)? })
    }

    /// Makes a change to all of `ids`; gives those for which it changed something. It can be undone as one.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing is changed.
    pub fn apply(&mut self, ids: &[ArticleId], change: &Change) -> Result<Vec<ArticleId>, StoreError> {
        let (field, after) = change.part();
        self.write(|transaction| {
            let version = next_version(transaction)?;
            let mut changed = Vec::new();
            for &id in ids {
                let key = id.0.cast_signed();
                let before = get(transaction, key, &field)?;
                if before != after {
                    set(transaction, key, &field, &after, version)?;
                    changed.push((id, key, before));
                }
            }
            if !changed.is_empty() {
                let number = begin(transaction, change.name())?;
                let mut part = transaction.prepare_cached(
                    "INSERT INTO change_parts (change, id, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5) \
                     ON CONFLICT DO NOTHING",
                )?;
                for (_, key, before) in &changed {
                    part.execute(params![number, key, field, before, after])?;
                }
            }
            Ok(changed.into_iter().map(|(id, ..)| id).collect())
        })
    }

    /// Keeps where reading an article stopped, in code points of its text.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn set_position(&mut self, id: ArticleId, position: u32) -> Result<(), StoreError> {
        self.write(|transaction| {
            let version = next_version(transaction)?;
            set(transaction, id.0.cast_signed(), "position", &Value::Integer(position.into()), version)
        })
    }

    /// Undoes the last change that is not undone; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing is undone.
    pub fn undo(&mut self) -> Result<Option<Undone>, StoreError> {
        self.turn("SELECT max(change) FROM changes WHERE NOT undone", "before", true)
    }

    /// Does the last change that was undone again; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then nothing is done.
    pub fn redo(&mut self) -> Result<Option<Undone>, StoreError> {
        self.turn("SELECT min(change) FROM changes WHERE undone", "after", false)
    }

    fn turn(&mut self, which: &str, side: &str, undone: bool) -> Result<Option<Undone>, StoreError> {
        self.write(|transaction| {
            let Some(number) = transaction.query_row(which, [], |row| row.get::<_, Option<i64>>(0))? else {
                return Ok(None);
            };
            let version = next_version(transaction)?;
            let mut ids = Vec::new();
            let mut parts = transaction
                .prepare_cached(&format!("SELECT id, field, {side} FROM change_parts WHERE change = ?1"))?;
            let mut parts = parts.query([number])?;
            while let Some(part) = parts.next()? {
                let (key, field, value): (i64, String, Value) = (part.get(0)?, part.get(1)?, part.get(2)?);
                set(transaction, key, &field, &value, version)?;
                ids.push(ArticleId(key.cast_unsigned()));
            }
            transaction
                .execute("UPDATE changes SET undone = ?2 WHERE change = ?1", params![number, undone])?;
            let what =
                transaction
                    .query_row("SELECT what FROM changes WHERE change = ?1", [number], |row| row.get(0))?;
            Ok(Some(Undone { what, ids }))
        })
    }

    /// What was done with each of `ids`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of(&self, ids: &[ArticleId]) -> Result<Vec<Kept>, StoreError> {
        self.read(|connection| {
            let mut state =
                connection.prepare_cached("SELECT read, starred, position, note FROM state WHERE id = ?1")?;
            let mut tags =
                connection.prepare_cached("SELECT tag FROM article_tags WHERE id = ?1 ORDER BY tag")?;
            ids.iter()
                .map(|id| {
                    let key = id.0.cast_signed();
                    let kept = state.query_row([key], |row| {
                        Ok(Kept {
                            read: row.get(0)?,
                            starred: row.get(1)?,
                            position: row.get(2)?,
                            note: row.get(3)?,
                            tags: Vec::new(),
                        })
                    });
                    let mut kept = kept.optional()?.unwrap_or_default();
                    kept.tags = tags.query_map([key], |row| row.get(0))?.collect::<Result<_, _>>()?;
                    Ok(kept)
                })
                .collect()
        })
    }

    /// The articles with which something was done behind `version`, by whichever petik, and the version now. All that
    /// ever were something was done with are those behind version 0.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn changed_since(&self, version: i64) -> Result<(Vec<ArticleId>, i64), StoreError> {
        self.read(|connection| {
            let mut changed = connection
                .prepare_cached("SELECT id, version FROM state WHERE version > ?1 ORDER BY version")?;
            let (mut ids, mut last) = (Vec::new(), version);
            let mut rows = changed.query([version])?;
            while let Some(row) = rows.next()? {
                ids.push(ArticleId(row.get::<_, i64>(0)?.cast_unsigned()));
                last = row.get(1)?;
            }
            Ok((ids, last))
        })
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        read(&self.connection).map_err(|error| StoreError::sqlite(&self.path, &error))
    }

    fn write<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let whole = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = write(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        whole().map_err(|error| StoreError::sqlite(&self.path, &error))
    }
}

fn next_version(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(version), 0) + 1 FROM state", [], |row| row.get(0))
}

/// Begins a change: what was undone before it is forgotten, and so is what is very old.
fn begin(transaction: &Transaction<'_>, what: &str) -> rusqlite::Result<i64> {
    transaction.execute(
        "INSERT INTO changes (change, made, what) VALUES ((SELECT coalesce(max(change), 0) + 1 FROM changes), ?1, ?2)",
        params![Timestamp::now().to_string(), what],
    )?;
    let number = transaction.last_insert_rowid();
    for gone in ["undone", "change <= ?1"] {
        let bound: &[i64] = if gone == "undone" { &[] } else { &[number - REMEMBERED] };
        let bound = || rusqlite::params_from_iter(bound);
        transaction.execute(
            &format!("DELETE FROM change_parts WHERE change IN (SELECT change FROM changes WHERE {gone})"),
            bound(),
        )?;
        transaction.execute(&format!("DELETE FROM changes WHERE {gone}"), bound())?;
    }
    Ok(number)
}

/// The value of a part of the state of an article.
fn get(transaction: &Transaction<'_>, id: i64, field: &str) -> rusqlite::Result<Value> {
    if let Some(tag) = field.strip_prefix("tag ") {
        let mut tagged =
            transaction.prepare_cached("SELECT 1 FROM article_tags WHERE id = ?1 AND tag = ?2")?;
        return Ok(Value::Integer(i64::from(tagged.exists(params![id, tag])?)));
    }
    let mut value = transaction.prepare_cached(match field {
        "read" => "SELECT read FROM state WHERE id = ?1",
        "starred" => "SELECT starred FROM state WHERE id = ?1",
        "position" => "SELECT position FROM state WHERE id = ?1",
        _ => "SELECT note FROM state WHERE id = ?1",
    })?;
    let none = if matches!(field, "read" | "starred") { Value::Integer(0) } else { Value::Null };
    Ok(value.query_row([id], |row| row.get(0)).optional()?.unwrap_or(none))
}

fn set(
    transaction: &Transaction<'_>,
    id: i64,
    field: &str,
    value: &Value,
    version: i64,
) -> rusqlite::Result<()> {
    if let Some(tag) = field.strip_prefix("tag ") {
        let sql = if *value == Value::Integer(0) {
            "DELETE FROM article_tags WHERE id = ?1 AND tag = ?2"
        } else {
            "INSERT INTO article_tags (id, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
        };
        transaction.prepare_cached(sql)?.execute(params![id, tag])?;
        let sql =
            "INSERT INTO state (id, version) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET version = ?2";
        transaction.prepare_cached(sql)?.execute([id, version])?;
        return Ok(());
    }
    let mut upsert = transaction.prepare_cached(match field {
        "read" => {
            "INSERT INTO state (id, read, version) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET read = ?2, version = ?3"
        }
        "starred" => {
            "INSERT INTO state (id, starred, version) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET starred = ?2, version = ?3"
        }
        "position" => {
            "INSERT INTO state (id, position, version) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET position = ?2, version = ?3"
        }
        _ => {
            "INSERT INTO state (id, note, version) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET note = ?2, version = ?3"
        }
    })?;
    upsert.execute(params![id, value, version])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(count: u64) -> Vec<ArticleId> {
        (0..count).map(|n| ArticleId(u64::MAX - n)).collect()
    }

    fn state(folder: &tempfile::TempDir) -> State {
        State::open(&folder.path().join("library.db")).unwrap()
    }

    #[test]
    fn many_changes_are_undone_as_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = state(&folder);
        let ids = ids(500);
        assert_eq!(one.apply(&ids[..3], &Change::Read(true)).unwrap().len(), 3);
        assert_eq!(one.apply(&ids, &Change::Read(true)).unwrap().len(), 497);
        assert_eq!(one.apply(&ids, &Change::Read(true)).unwrap(), []);
        // Another petik sees it, and may undo it.
        let mut other = state(&folder);
        assert_eq!(other.changed_since(0).unwrap().0.len(), 500);
        let undone = other.undo().unwrap().unwrap();
        assert_eq!((undone.what.as_str(), undone.ids.len()), ("mark as read", 497));
        let read = one.of(&ids).unwrap().iter().filter(|kept| kept.read).count();
        assert_eq!(read, 3);
        assert_eq!(one.redo().unwrap().unwrap().ids.len(), 497);
        assert_eq!(one.redo().unwrap(), None);
    }

    #[test]
    fn positions_are_kept_and_not_undone() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = state(&folder);
        let id = ArticleId(7);
        state.set_position(id, 1234).unwrap();
        assert_eq!(state.undo().unwrap(), None);
        state.apply(&[id], &Change::Tag("perang".to_owned(), true)).unwrap();
        state.apply(&[id], &Change::Note(Some("x".to_owned()))).unwrap();
        let kept = &state.of(&[id]).unwrap()[0];
        assert_eq!((kept.position, kept.note.as_deref()), (Some(1234), Some("x")));
        assert_eq!(kept.tags, ["perang"]);
    }

    #[derive(Debug, Clone)]
    enum Step {
        Apply(u64, Change),
        Undo,
        Redo,
    }

    fn step() -> impl Strategy<Value = Step> {
        let change = prop_oneof![
            any::<bool>().prop_map(Change::Read),
            any::<bool>().prop_map(Change::Starred),
            proptest::option::of("[ab]").prop_map(Change::Note),
            ("[ab]", any::<bool>()).prop_map(|(tag, on)| Change::Tag(tag, on)),
        ];
        prop_oneof![
            3 => (0u64..4, change).prop_map(|(count, change)| Step::Apply(count, change)),
            1 => Just(Step::Undo),
            1 => Just(Step::Redo),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn undoing_brings_back_what_was(steps in proptest::collection::vec(step(), 0..20)) {
            let folder = tempfile::tempdir().unwrap();
            let mut state = state(&folder);
            let all = ids(4);
            // What was before each change that is done, and after each that is undone.
            let (mut past, mut future) = (Vec::new(), Vec::new());
            for step in steps {
                let before = state.of(&all).unwrap();
                match step {
                    Step::Apply(count, change) => {
                        if !state.apply(&all[..count as usize], &change).unwrap().is_empty() {
                            past.push(before);
                            future.clear();
                        }
                    }
                    Step::Undo => {
                        prop_assert_eq!(state.undo().unwrap().is_some(), !past.is_empty());
                        if let Some(known) = past.pop() {
                            prop_assert_eq!(state.of(&all).unwrap(), known);
                            future.push(before);
                        }
                    }
                    Step::Redo => {
                        prop_assert_eq!(state.redo().unwrap().is_some(), !future.is_empty());
                        if let Some(known) = future.pop() {
                            prop_assert_eq!(state.of(&all).unwrap(), known);
                            past.push(before);
                        }
                    }
                }
            }
        }
    }
}
