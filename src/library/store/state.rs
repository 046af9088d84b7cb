//! What the reader does with articles: read, starred, notes, tags, how far they were read.
//!
//! A change is on the disk when the call that makes it returns. Every change but that of a reading position can be
//! undone and done again, also by another petik; what is done after an undo takes the place of what was undone.
//! Whether one article is changed or a million, the statements are the same: what is asked stands in a table of its own.

use super::fault::StoreError;
use super::file::{self, Access};
use super::known::{Known, known};
use crate::article::ArticleId;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
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
    /// How many articles it is about.
    pub articles: usize,
}

/// The reader's own state in a library.
pub struct State {
    path: PathBuf,
    connection: Connection,
    writes: bool,
}

impl State {
    /// Opens the state in the library at `path`, which is made if there is none.
    ///
    /// # Errors
    ///
    /// When what is there is no library, or it cannot be written.
    pub fn open(path: &Path) -> Result<State, StoreError> {
        let connection = file::open(path, Access::Keep)?;
        let asked = "PRAGMA temp_store = memory; CREATE TEMP TABLE asked (id INTEGER PRIMARY KEY)";
        connection.execute_batch(asked).map_err(|error| StoreError::sqlite(path, &error))?;
        Ok(State { path: path.to_owned(), connection, writes: true })
    }

    /// Opens the state in the library at `path` to look at it alone; `None` when there is no library.
    ///
    /// # Errors
    ///
    /// When what is there is no library.
    pub fn look(path: &Path) -> Result<Option<State>, StoreError> {
        if !path.exists() {
            return Ok(None);
        }
        let connection = file::open(path, Access::Read)?;
        Ok(Some(State { path: path.to_owned(), connection, writes: false }))
    }

    /// The library it lies in.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be changed, too.
    pub fn writes(&self) -> bool {
        self.writes
    }

    /// Makes changes to all of `ids`; tells for how many articles they changed something. They can be undone as one.
    ///
    /// # Errors
    ///
    /// When they cannot be written; then nothing is changed.
    pub fn apply(&mut self, ids: &[ArticleId], changes: &[Change]) -> Result<usize, StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM asked", [])?;
            let mut ask =
                transaction.prepare_cached("INSERT INTO asked VALUES (?1) ON CONFLICT DO NOTHING")?;
            for id in ids {
                ask.execute([id.0.cast_signed()])?;
            }
            let version = next_version(transaction)?;
            let number = next_change(transaction)?;
            let mut parts = 0;
            for change in changes {
                let (field, after) = change.part();
                let before = before(&field);
                let sql = format!(
                    "INSERT INTO change_parts (change, id, field, before, after) \
                     SELECT ?1, asked.id, ?2, {before} AS was, ?3 FROM asked LEFT JOIN state USING (id) \
                     WHERE was IS NOT ?3 ON CONFLICT DO UPDATE SET after = excluded.after"
                );
                let mut part = transaction.prepare_cached(&sql)?;
                parts += part.execute(params![number, field, after])?;
                take(transaction, number, &field, "after", version)?;
            }
            transaction.execute("DELETE FROM asked", [])?;
            let [change] = changes else { return settle(transaction, number, "change", parts) };
            settle(transaction, number, change.name(), parts)
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
            let sql = "INSERT INTO state (id, position, version) VALUES (?1, ?2, ?3) \
                       ON CONFLICT (id) DO UPDATE SET position = ?2, version = ?3";
            transaction.prepare_cached(sql)?.execute(params![id.0.cast_signed(), position, version])?;
            Ok(())
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
            let mut fields =
                transaction.prepare_cached("SELECT DISTINCT field FROM change_parts WHERE change = ?1")?;
            let fields: Vec<String> =
                fields.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for field in fields {
                take(transaction, number, &field, side, version)?;
            }
            transaction
                .execute("UPDATE changes SET undone = ?2 WHERE change = ?1", params![number, undone])?;
            let what = "SELECT what FROM changes WHERE change = ?1";
            let what = transaction.query_row(what, [number], |row| row.get(0))?;
            let articles = "SELECT count(DISTINCT id) FROM change_parts WHERE change = ?1";
            let articles: i64 = transaction.query_row(articles, [number], |row| row.get(0))?;
            Ok(Some(Undone { what, articles: usize::try_from(articles).unwrap_or(usize::MAX) }))
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

    /// What was done behind `version`, by whichever petik. All that ever was done is behind version 0.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn known_since(&self, version: i64) -> Result<Known, StoreError> {
        self.read(|connection| {
            // One transaction, so that all tables are seen as they were at one moment.
            let transaction = connection.unchecked_transaction()?;
            let known = known(&transaction, version)?;
            transaction.commit()?;
            Ok(known)
        })
    }

    /// Whether something was done with at most so many articles.
    pub(crate) fn is_about_at_most(&self, articles: usize) -> bool {
        let more = i64::try_from(articles).unwrap_or(i64::MAX).saturating_add(1);
        let count = "SELECT count(*) FROM (SELECT 1 FROM state LIMIT ?1)";
        self.read(|connection| connection.query_row(count, [more], |row| row.get::<_, i64>(0)))
            .is_ok_and(|count| count < more)
    }

    /// The version now: it counts changes, whichever petik made them.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            let mut version = connection.prepare_cached("SELECT coalesce(max(version), 0) FROM state")?;
            version.query_row([], |row| row.get(0))
        })
    }

    /// How many articles the library has, found without counting: none is ever taken out.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn articles(&self) -> Result<usize, StoreError> {
        self.read(|connection| {
            let mut last = connection.prepare_cached("SELECT coalesce(max(article), 0) FROM articles")?;
            last.query_row([], |row| Ok(row.get::<_, u32>(0)? as usize))
        })
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        read(&self.connection).map_err(|error| StoreError::sqlite(&self.path, &error))
    }

    fn write<T>(
        &mut self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        file::write(&mut self.connection, &self.path, write)
    }
}

fn next_version(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(version), 0) + 1 FROM state", [], |row| row.get(0))
}

fn next_change(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(change), 0) + 1 FROM changes", [], |row| row.get(0))
}

/// Writes down a change of so many parts, if it is any: what was undone before it is forgotten, and so is what is very
/// old. Tells for how many articles something was changed.
fn settle(transaction: &Transaction<'_>, number: i64, what: &str, parts: usize) -> rusqlite::Result<usize> {
    if parts == 0 {
        return Ok(0);
    }
    for gone in ["undone", "change <= ?1"] {
        let bound: &[i64] = if gone == "undone" { &[] } else { &[number - REMEMBERED] };
        let bound = || rusqlite::params_from_iter(bound);
        transaction.execute(
            &format!("DELETE FROM change_parts WHERE change IN (SELECT change FROM changes WHERE {gone})"),
            bound(),
        )?;
        transaction.execute(&format!("DELETE FROM changes WHERE {gone}"), bound())?;
    }
    transaction.execute(
        "INSERT INTO changes (change, made, what) VALUES (?1, ?2, ?3)",
        params![number, Timestamp::now().to_string(), what],
    )?;
    let articles = "SELECT count(DISTINCT id) FROM change_parts WHERE change = ?1";
    let articles: i64 = transaction.query_row(articles, [number], |row| row.get(0))?;
    Ok(usize::try_from(articles).unwrap_or(usize::MAX))
}

/// What a field of an article has been so far, in SQL.
fn before(field: &str) -> &'static str {
    match field {
        "read" => "coalesce(read, 0)",
        "starred" => "coalesce(starred, 0)",
        "note" => "note",
        _ => "EXISTS (SELECT 1 FROM article_tags WHERE id = asked.id AND tag = substr(?2, 5))",
    }
}

/// Gives a field of all articles of a change the values of one `side` of it.
fn take(
    transaction: &Transaction<'_>,
    change: i64,
    field: &str,
    side: &str,
    version: i64,
) -> rusqlite::Result<()> {
    let parts = "FROM change_parts WHERE change = ?1 AND field = ?2";
    let run = |sql: &str| transaction.prepare_cached(sql)?.execute(params![change, field]);
    let column = match field {
        "read" | "starred" | "note" => format!("{field}, "),
        _ => {
            run(&format!(
                "DELETE FROM article_tags WHERE tag = substr(?2, 5) AND id IN (SELECT id {parts} AND {side} = 0)"
            ))?;
            run(&format!(
                "INSERT INTO article_tags (id, tag) SELECT id, substr(?2, 5) {parts} AND {side} <> 0 \
                 ON CONFLICT DO NOTHING"
            ))?;
            String::new()
        }
    };
    let value = if column.is_empty() { String::new() } else { format!("{side}, ") };
    let set = if column.is_empty() { String::new() } else { format!("{field} = excluded.{field}, ") };
    let sql = format!(
        "INSERT INTO state (id, {column}version) SELECT id, {value}?3 {parts} \
         ON CONFLICT (id) DO UPDATE SET {set}version = excluded.version"
    );
    transaction.prepare_cached(&sql)?.execute(params![change, field, version])?;
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
        let read = [Change::Read(true)];
        assert_eq!(one.apply(&ids[..3], &read).unwrap(), 3);
        assert_eq!(one.apply(&ids, &read).unwrap(), 497);
        assert_eq!(one.apply(&ids, &read).unwrap(), 0);
        // Another petik sees it, and may undo it.
        let mut other = state(&folder);
        let known = other.known_since(0).unwrap();
        assert_eq!((known.rows.len(), known.version), (500, 2));
        let undone = other.undo().unwrap().unwrap();
        assert_eq!((undone.what.as_str(), undone.articles), ("mark as read", 497));
        assert_eq!(one.known_since(2).unwrap().rows.len(), 497);
        let read = one.of(&ids).unwrap().iter().filter(|kept| kept.read).count();
        assert_eq!(read, 3);
        assert_eq!(one.redo().unwrap().unwrap().articles, 497);
        assert_eq!(one.redo().unwrap(), None);
    }

    #[test]
    fn positions_are_kept_and_not_undone() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = state(&folder);
        let id = ArticleId(7);
        state.set_position(id, 1234).unwrap();
        assert_eq!(state.undo().unwrap(), None);
        state.apply(&[id], &[Change::Tag("perang".to_owned(), true)]).unwrap();
        state.apply(&[id], &[Change::Note(Some("x".to_owned()))]).unwrap();
        let kept = &state.of(&[id]).unwrap()[0];
        assert_eq!((kept.position, kept.note.as_deref()), (Some(1234), Some("x")));
        assert_eq!(kept.tags, ["perang"]);
    }

    #[derive(Debug, Clone)]
    enum Step {
        Apply(u64, Vec<Change>),
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
            3 => (0u64..4, prop::collection::vec(change, 1..4))
                .prop_map(|(count, changes)| Step::Apply(count, changes)),
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
                    Step::Apply(count, changes) => {
                        let changed = state.apply(&all[..count as usize], &changes).unwrap();
                        let now = state.of(&all).unwrap();
                        prop_assert!(changed > 0 || now == before);
                        if changed > 0 {
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
