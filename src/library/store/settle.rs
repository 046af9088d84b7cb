//! What is worked out once the articles of an import are in: which of them tell one story.

use super::super::duplicates::{Candidate, Sketch, stories};
use super::fault::StoreError;
use super::prepare::hash;
use super::write::{LATE, Writer};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::HashMap;

impl Writer {
    /// Makes the indices that were left for the end, groups the copies of one story, and puts everything written so far
    /// on the disk. What it finds depends on the articles alone, so that whatever a crash leaves undone is done the next
    /// time.
    pub(crate) fn settle(&mut self) -> Result<(), StoreError> {
        let settle = |connection: &mut Connection| {
            // Rows are read from one end to the other now, and sorted in as much memory as this.
            connection.pragma_update(None, "cache_size", -16_384)?;
            for (name, columns) in LATE {
                connection.execute_batch(&format!("CREATE INDEX IF NOT EXISTS {name} ON {columns}"))?;
            }
            let told = stories(&candidates(connection)?);
            group(connection, told)?;
            connection.execute_batch("PRAGMA optimize")?;
            connection.pragma_update(None, "synchronous", "full")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "normal")
        };
        let done = settle(self.connection());
        done.map_err(|error| StoreError::sqlite(self.path(), &error))
    }
}

/// The articles that can be copies: dated, with an outlet and enough of a text.
fn candidates(connection: &Connection) -> rusqlite::Result<Vec<Candidate>> {
    let mut rows = connection.prepare(
        "SELECT article, published_at, outlet, sketch FROM sketches JOIN articles USING (article) \
         WHERE published_at IS NOT NULL AND outlet IS NOT NULL",
    )?;
    let many: u32 = connection.query_row("SELECT count(*) FROM sketches", [], |row| row.get(0))?;
    let mut candidates = Vec::with_capacity(many as usize);
    let read = rows.query_map([], |row| {
        let sketch = Sketch::read(row.get_ref(3)?.as_blob()?);
        let (article, published) = (row.get(0)?, row.get(1)?);
        let outlet = hash(&[row.get_ref(2)?.as_str()?]);
        Ok(sketch.map(|sketch| Candidate { article, published, outlet, sketch }))
    })?;
    for candidate in read {
        candidates.extend(candidate?);
    }
    Ok(candidates)
}

/// Writes down which article belongs to which story, where that is not what stands there.
fn group(connection: &mut Connection, mut told: HashMap<i64, i64>) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut changes: Vec<(i64, Option<i64>)> = {
        let mut known = transaction.prepare("SELECT article, story FROM articles WHERE story IS NOT NULL")?;
        let known: Vec<(i64, i64)> =
            known.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let stale = known.into_iter().filter_map(|(article, story)| match told.remove(&article) {
            Some(now) if now == story => None,
            now => Some((article, now)),
        });
        stale.collect()
    };
    changes.extend(told.into_iter().map(|(article, story)| (article, Some(story))));
    changes.sort_unstable();
    {
        let mut update = transaction.prepare("UPDATE articles SET story = ?2 WHERE article = ?1")?;
        for (article, story) in changes {
            update.execute((article, story))?;
        }
    }
    transaction.commit()
}
