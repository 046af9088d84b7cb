//! What the reader did with articles, all of it or what is new of it, as compact as a million articles ask for.

use crate::article::ArticleId;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};

/// What is known of articles the reader did something with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Up to which change; changes are counted.
    pub version: i64,
    /// The articles in the order of their ids (as signed numbers), whether they are read and whether they are starred.
    pub rows: Vec<(ArticleId, bool, bool)>,
    /// What was noted.
    pub notes: HashMap<ArticleId, String>,
    /// Where in their texts reading stopped, in code points.
    pub positions: HashMap<ArticleId, u32>,
    /// The articles of each tag.
    pub tags: BTreeMap<String, Vec<ArticleId>>,
}

impl Known {
    /// Where in the rows an article stands.
    pub fn place(&self, id: ArticleId) -> Option<usize> {
        self.rows.binary_search_by_key(&id.0.cast_signed(), |(known, ..)| known.0.cast_signed()).ok()
    }
}

/// Reads what was done behind `version`.
pub(super) fn known(connection: &Connection, version: i64) -> rusqlite::Result<Known> {
    let mut known = Known { version, ..Known::default() };
    // All of it lies in the order of the ids; a little is looked up and sorted.
    let sql = if version == 0 {
        "SELECT id, read, starred, note, position, version FROM state WHERE ?1 = 0 ORDER BY id"
    } else {
        "SELECT id, read, starred, note, position, version FROM state WHERE version > ?1 ORDER BY id"
    };
    let mut rows = connection.prepare_cached(sql)?;
    let mut rows = rows.query([version])?;
    while let Some(row) = rows.next()? {
        let id = ArticleId(row.get::<_, i64>(0)?.cast_unsigned());
        known.rows.push((id, row.get(1)?, row.get(2)?));
        if let Some(note) = row.get(3)? {
            known.notes.insert(id, note);
        }
        if let Some(position) = row.get(4)? {
            known.positions.insert(id, position);
        }
        known.version = known.version.max(row.get(5)?);
    }
    let sql = if version == 0 {
        "SELECT tag, id FROM article_tags WHERE ?1 = 0"
    } else {
        "SELECT tag, id FROM article_tags WHERE id IN (SELECT id FROM state WHERE version > ?1)"
    };
    let mut tagged = connection.prepare_cached(sql)?;
    let mut tagged = tagged.query([version])?;
    while let Some(row) = tagged.next()? {
        let id = ArticleId(row.get::<_, i64>(1)?.cast_unsigned());
        known.tags.entry(row.get(0)?).or_default().push(id);
    }
    Ok(known)
}
