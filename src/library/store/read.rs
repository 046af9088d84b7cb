//! The tables of a library → rows, articles and their annotations.

use super::fault::StoreError;
use super::file::{self, Access};
use super::prepare::codes;
use super::write::{TEXT_OF, free_id};
use super::{links, marks};
use crate::article::{Annotations, Article, ArticleId, Published};
use crate::search::Name;
use crate::words::Language;
use rusqlite::{Connection, OptionalExtension, Row};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A library file that is read, from any thread, while others may write it.
pub(crate) struct Reader {
    path: PathBuf,
    /// Connections that nobody uses now.
    idle: Mutex<Vec<Connection>>,
}

/// What the list shows of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Knows it again.
    pub id: ArticleId,
    /// One line.
    pub title: String,
    /// Who carried it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its language, given or found.
    pub language: Option<Language>,
    /// The countries it names, those named most often first: "NO ID JP".
    pub countries: String,
    /// How many quotations it holds.
    pub quotes: u32,
    /// The number of its story in the library, if others tell it too.
    pub story: Option<i64>,
}

impl Line {
    /// What the list shows of an article of which this is known.
    pub fn of(article: &Article, found: Option<&Annotations>) -> Line {
        Line {
            id: article.id,
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            published: article.published,
            language: article.language.or(found.map(|found| found.language)),
            countries: found.and_then(codes).unwrap_or_default(),
            quotes: found.map_or(0, |found| u32::try_from(found.quotes.len()).unwrap_or(u32::MAX)),
            story: None,
        }
    }
}

impl Reader {
    /// Opens the library at `path` for reading.
    pub(crate) fn open(path: &Path) -> Result<Reader, StoreError> {
        let connection = file::open(path, Access::Read)?;
        Ok(Reader { path: path.to_owned(), idle: Mutex::new(vec![connection]) })
    }

    /// Reads with a connection of its own.
    pub(super) fn with<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => file::open(&self.path, Access::Read)?,
        };
        let read = read(&connection).map_err(|error| StoreError::sqlite(&self.path, &error));
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        read
    }

    /// Whether it holds no article.
    pub(crate) fn is_empty(&self) -> Result<bool, StoreError> {
        self.with(|connection| {
            connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM articles)", [], |row| row.get(0))
        })
    }

    /// Which of `articles` it does not hold with the text of this hash.
    pub(crate) fn unknown(&self, articles: &[(&Article, i64)]) -> Result<Vec<bool>, StoreError> {
        self.with(|connection| {
            let mut known = connection.prepare_cached(TEXT_OF)?;
            articles
                .iter()
                .map(|(article, text)| Ok(free_id(&mut known, article, *text)?.is_some()))
                .collect()
        })
    }

    /// Number and time (seconds since 1970) of all articles, newest first, undated ones last in the order they came.
    pub(crate) fn newest_first(&self) -> Result<Vec<(u32, Option<i64>)>, StoreError> {
        self.with(|connection| {
            let mut rows = connection
                .prepare_cached("SELECT article, published_at FROM articles ORDER BY published_at DESC")?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    /// The number of the article of this id.
    pub(crate) fn number(&self, id: ArticleId) -> Result<Option<i64>, StoreError> {
        self.with(|connection| {
            let mut number = connection.prepare_cached("SELECT article FROM articles WHERE id = ?1")?;
            number.query_row([id.0.cast_signed()], |row| row.get(0)).optional()
        })
    }

    /// The numbers of the articles that came with an id of their own, this one. All rows are looked through.
    pub(crate) fn numbers_of_key(&self, key: &str) -> Result<Vec<i64>, StoreError> {
        self.with(|connection| {
            let mut numbers = connection.prepare_cached("SELECT article FROM articles WHERE key = ?1")?;
            numbers.query_map([key], |row| row.get(0))?.collect()
        })
    }

    /// Gives id and number of all articles to `take`, in the order of the ids as signed numbers.
    pub(crate) fn each_id(&self, take: &mut dyn FnMut(ArticleId, i64)) -> Result<(), StoreError> {
        self.with(|connection| {
            let mut all = connection.prepare_cached("SELECT id, article FROM articles ORDER BY id")?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                take(id(row, 0)?, row.get(1)?);
            }
            Ok(())
        })
    }

    /// The numbers of at most `most` articles behind the one of number `article`, in order.
    pub(crate) fn behind(&self, article: u32, most: u32) -> Result<Vec<u32>, StoreError> {
        self.with(|connection| {
            let mut behind = connection.prepare_cached(
                "SELECT article FROM articles WHERE article > ?1 ORDER BY article LIMIT ?2",
            )?;
            behind.query_map([article, most], |row| row.get(0))?.collect()
        })
    }

    /// Number, title and body of at most `most` articles behind the one of number `article`, in order.
    pub(crate) fn texts_behind(
        &self,
        article: i64,
        most: i64,
    ) -> Result<Vec<(i64, String, String)>, StoreError> {
        self.with(|connection| {
            let mut texts = connection.prepare_cached(
                "SELECT article, title, body FROM articles JOIN texts USING (article) \
                 WHERE article > ?1 ORDER BY article LIMIT ?2",
            )?;
            texts.query_map([article, most], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
        })
    }

    /// The articles that tell a story that others tell too, each with the number of the first one that does.
    pub(crate) fn stories(&self) -> Result<Vec<(u32, u32)>, StoreError> {
        self.with(|connection| {
            // The index alone is read.
            let mut told =
                connection.prepare_cached("SELECT article, story FROM articles WHERE story IS NOT NULL")?;
            told.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    /// What tells this library from every other.
    pub(crate) fn name(&self) -> Result<String, StoreError> {
        self.with(|connection| {
            connection.query_row("SELECT value FROM meta WHERE name = 'library'", [], |row| row.get(0))
        })
    }

    /// What the list shows of an article.
    pub(crate) fn line(&self, row: i64) -> Result<Option<Line>, StoreError> {
        self.with(|connection| {
            let mut line = connection.prepare_cached(
                "SELECT id, title, outlet, published, language, countries, quotes, story FROM articles \
                 WHERE article = ?1",
            )?;
            line.query_row([row], |row| {
                Ok(Line {
                    id: id(row, 0)?,
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    published: text(row, 3)?.and_then(Published::parse),
                    language: text(row, 4)?.and_then(Language::parse),
                    countries: text(row, 5)?.unwrap_or_default().to_owned(),
                    quotes: row.get(6)?,
                    story: row.get(7)?,
                })
            })
            .optional()
        })
    }

    /// The names of an article, as the index knows them.
    pub(crate) fn names(&self, row: i64) -> Result<Vec<Name>, StoreError> {
        self.with(|connection| {
            let mut found = connection.prepare_cached("SELECT annotations FROM texts WHERE article = ?1")?;
            let names = found.query_row([row], |row| Ok(text(row, 0)?.map(marks::names)));
            Ok(names.optional()?.flatten().unwrap_or_default())
        })
    }

    /// An article and what is known of it.
    pub(crate) fn article(&self, row: i64) -> Result<Option<(Article, Option<Annotations>)>, StoreError> {
        self.with(|connection| {
            let mut whole = connection.prepare_cached(
                "SELECT id, title, outlet, published, a.language, url, key, authors, tags, \
                 body, t.language, excerpt, annotations, links FROM articles a JOIN texts t USING (article) \
                 WHERE article = ?1",
            )?;
            whole.query_row([row], whole_article).optional()
        })
    }
}

fn whole_article(row: &Row<'_>) -> rusqlite::Result<(Article, Option<Annotations>)> {
    let mut article = Article {
        id: id(row, 0)?,
        title: row.get(1)?,
        outlet: row.get(2)?,
        published: text(row, 3)?.and_then(Published::parse),
        url: row.get(5)?,
        key: row.get(6)?,
        authors: list(text(row, 7)?),
        tags: list(text(row, 8)?),
        body: row.get(9)?,
        language: text(row, 10)?.and_then(Language::parse),
        excerpt: row.get(11)?,
        links: Vec::new(),
    };
    if let Some(stored) = text(row, 13)? {
        article.links = links::read(stored, &article.body);
    }
    let language = text(row, 4)?.and_then(Language::parse).unwrap_or(Language::UNKNOWN);
    let stored = text(row, 12)?;
    let found = stored.and_then(|stored| marks::read(stored, &article.title, &article.body, language));
    Ok((article, found))
}

fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<ArticleId> {
    Ok(ArticleId(row.get::<_, i64>(at)?.cast_unsigned()))
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(at)?.as_str_or_null()?)
}

/// A list that was written as JSON.
fn list(stored: Option<&str>) -> Vec<String> {
    stored.and_then(|stored| serde_json::from_str(stored).ok()).unwrap_or_default()
}
