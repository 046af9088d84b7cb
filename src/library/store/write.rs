//! Articles → the tables of a library.

use super::fault::StoreError;
use super::file::{self, Access};
use super::links;
use super::names::{Link, Names, Tables};
use super::prepare::{Named, Prepared, Spoken, hash};
use super::spill::{Head, Spill};
use crate::article::{Article, Published};
use crate::words::Language;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};

/// What annotated the articles that are annotated here.
pub(crate) const ANNOTATOR: &str = concat!("petik ", env!("CARGO_PKG_VERSION"));

/// Writes articles into a library.
pub(crate) struct Writer {
    path: PathBuf,
    connection: Connection,
    names: Names,
    /// Where what the index needs of the articles is put aside.
    spill: Option<Spill>,
    /// Articles there were when it was opened, and those added since.
    had: u64,
    added: u64,
}

/// When so many articles come at once, and a quarter of what was there, indices that are written all over are made
/// anew at the end.
const MANY: u64 = 8192;

/// These indices, as they stand in the schema.
pub(super) const LATE: [(&str, &str); 3] = [
    ("articles_by_date", "articles (published_at DESC)"),
    ("entity_articles", "article_entities (entity, article)"),
    ("quotes_by_speaker", "quotes (speaker, article) WHERE speaker IS NOT NULL"),
];

impl Writer {
    /// Opens the library at `path` for writing, and makes it if there is none.
    pub(crate) fn open(path: &Path) -> Result<Writer, StoreError> {
        let connection = file::open(path, Access::Fill)?;
        let had = connection.query_row("SELECT count(*) FROM articles", [], |row| row.get(0));
        let had: i64 = had.map_err(|error| StoreError::sqlite(path, &error))?;
        let had = had.cast_unsigned();
        let (path, names) = (path.to_owned(), Names::default());
        Ok(Writer { path, connection, names, spill: None, had, added: 0 })
    }

    /// Puts aside from now on what the index needs.
    pub(crate) fn put_aside(&mut self, spill: Option<Spill>) {
        self.spill = spill;
    }

    /// What was put aside; the names that were met are forgotten.
    pub(crate) fn aside(&mut self) -> Option<Spill> {
        self.names.forget();
        self.spill.take()
    }

    /// Adds articles, all or none; gives the number of each, none to one that was there before.
    pub(crate) fn add(&mut self, batch: &[Prepared]) -> Result<Vec<Option<i64>>, StoreError> {
        let (before, many) = (self.added, self.had / 4 + MANY);
        self.added += batch.len() as u64;
        let mut whole = || {
            if before < many && self.added >= many {
                self.connection.execute_batch(
                    LATE.map(|(name, _)| format!("DROP INDEX IF EXISTS {name};")).concat().as_str(),
                )?;
            }
            add(&mut self.connection, &mut self.names, self.spill.as_mut(), batch)
        };
        let added = whole().map_err(|error| {
            // What was remembered may have been taken back.
            self.names.forget();
            StoreError::sqlite(&self.path, &error)
        });
        // Where it cannot be written, the rows are read again: it takes longer, and nothing is lost.
        self.spill = self.spill.take().and_then(|mut spill| spill.close(added.is_ok()).ok().map(|()| spill));
        added
    }

    /// The connection, for what is done once at the end.
    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Which file it writes.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

fn add(
    connection: &mut Connection,
    names: &mut Names,
    spill: Option<&mut Spill>,
    batch: &[Prepared],
) -> rusqlite::Result<Vec<Option<i64>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut page = Page::new(&transaction, names, spill)?;
    let added = batch.iter().map(|prepared| page.add(prepared)).collect::<Result<_, _>>()?;
    drop(page);
    names.count(&transaction)?;
    transaction.commit()?;
    names.spare();
    Ok(added)
}

/// The id under which an article is not yet known; `None` when it is known with this text. One with the id and
/// another text (a later version, or an id that two collections use) is kept under an id of its own.
pub(super) fn free_id(
    known: &mut CachedStatement<'_>,
    article: &Article,
    text_hash: i64,
) -> rusqlite::Result<Option<i64>> {
    let mut text_of = |id: i64| known.query_row([id], |row| row.get::<_, i64>(0)).optional();
    let id = article.id.0.cast_signed();
    match text_of(id)? {
        None => Ok(Some(id)),
        Some(text) if text == text_hash => Ok(None),
        Some(_) => {
            let own = hash(&[&article.id.to_string(), &article.title, &article.body]);
            Ok(text_of(own)?.is_none().then_some(own))
        }
    }
}

/// Asks for the text of an id.
pub(super) const TEXT_OF: &str = "SELECT text_hash FROM articles WHERE id = ?1";

/// What is written in one transaction.
struct Page<'c> {
    names: &'c mut Names,
    spill: Option<&'c mut Spill>,
    known: CachedStatement<'c>,
    article: CachedStatement<'c>,
    text: CachedStatement<'c>,
    sketch: CachedStatement<'c>,
    link: CachedStatement<'c>,
    quote: CachedStatement<'c>,
    tables: Tables<'c>,
}

impl<'c> Page<'c> {
    fn new(
        connection: &'c Transaction<'c>,
        names: &'c mut Names,
        spill: Option<&'c mut Spill>,
    ) -> rusqlite::Result<Page<'c>> {
        let prepare = |sql: &str| connection.prepare_cached(sql);
        Ok(Page {
            names,
            spill,
            known: prepare(TEXT_OF)?,
            article: prepare(
                "INSERT INTO articles (id, text_hash, title, outlet, published, published_at, language, url, key, \
                 authors, tags, countries, quotes, annotator) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?,
            text: prepare(
                "INSERT INTO texts (article, body, language, excerpt, annotations, links) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            sketch: prepare("INSERT INTO sketches (article, sketch) VALUES (?1, ?2)")?,
            link: prepare(
                "INSERT INTO article_entities (article, entity, mentions, quotes, spellings) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?,
            quote: prepare(
                "INSERT INTO quotes (article, n, start, end, kind, speaker, relay, confidence) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?,
            tables: Tables::new(connection)?,
        })
    }

    fn add(&mut self, prepared: &Prepared) -> rusqlite::Result<Option<i64>> {
        let article = &prepared.article;
        let Some(id) = free_id(&mut self.known, article, prepared.text_hash)? else { return Ok(None) };
        let published = article.published.as_ref();
        let row = self.article.insert(params![
            id,
            prepared.text_hash,
            article.title,
            article.outlet,
            published.map(Published::rfc3339),
            published.map(|published| published.seconds),
            prepared.language.as_ref().map(Language::as_str),
            article.url,
            article.key,
            list(&article.authors),
            list(&article.tags),
            prepared.countries,
            u32::try_from(prepared.quotes.len()).unwrap_or(u32::MAX),
            ANNOTATOR,
        ])?;
        if let Some(spill) = &mut self.spill {
            spill.begin(&Head {
                title: &article.title,
                outlet: article.outlet.as_deref(),
                published: article.published,
                language: prepared.language,
                quotes: u32::try_from(prepared.quotes.len()).unwrap_or(u32::MAX),
            });
        }
        let entities = self.name(row, &prepared.named)?;
        self.text.execute(params![
            row,
            article.body,
            article.language.as_ref().map(Language::as_str),
            article.excerpt,
            prepared.written.whole(&entities),
            links::write(article),
        ])?;
        if let Some(sketch) = prepared.sketch {
            self.sketch.execute(params![row, sketch.bytes()])?;
        }
        self.quote(row, &prepared.quotes, &entities)?;
        Ok(Some(row))
    }

    /// Links an article to its entities; gives the row of each.
    fn name(&mut self, article: i64, named: &[Named]) -> rusqlite::Result<Vec<i64>> {
        let mut rows = Vec::with_capacity(named.len());
        let mut links: Vec<Link> = Vec::with_capacity(named.len());
        for named in named {
            let place = self.names.place(named, &mut self.tables)?;
            let entity = self.names.entity(place);
            rows.push(entity);
            // Two of one article may be one in the library.
            let at = links.iter().position(|link| link.entity == entity).unwrap_or_else(|| {
                links.push(Link { entity, place, ..Link::default() });
                links.len() - 1
            });
            let Some(link) = links.get_mut(at) else { continue };
            link.mentions += named.mentions;
            link.quotes += named.quotes;
            for spelling in &named.spellings {
                let row = self.names.spelling(place, spelling, &mut self.tables)?;
                link.spellings.push(row);
            }
            if let Some(role) = &named.role {
                self.names.role(place, role);
            }
            if let Some(country) = named.country {
                self.names.country(place, country);
            }
        }
        if let Some(spill) = &mut self.spill {
            spill.links(links.len());
        }
        for mut link in links {
            link.spellings.dedup();
            let Link { entity, mentions, quotes, .. } = link;
            self.link.execute(params![article, entity, mentions, quotes, numbers(&link.spellings)])?;
            if let Some(spill) = &mut self.spill {
                spill.link(entity, mentions, quotes, &link.spellings);
            }
            self.names.used(&link);
        }
        if let Some(spill) = &mut self.spill {
            spill.end(article);
        }
        Ok(rows)
    }

    fn quote(&mut self, article: i64, quotes: &[Spoken], entities: &[i64]) -> rusqlite::Result<()> {
        let row = |entity: Option<usize>| entity.and_then(|entity| entities.get(entity));
        for (n, quote) in (0u32..).zip(quotes) {
            self.quote.execute(params![
                article,
                n,
                quote.start,
                quote.end,
                quote.kind,
                row(quote.speaker),
                row(quote.relay),
                quote.confidence,
            ])?;
        }
        Ok(())
    }
}

/// A list as JSON; nothing for an empty one.
fn list(entries: &[String]) -> Option<String> {
    if entries.is_empty() { None } else { serde_json::to_string(entries).ok() }
}

fn numbers(rows: &[i64]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(rows.len() * 8 + 2);
    for (at, row) in rows.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{row}", if at > 0 { ',' } else { '[' });
    }
    text.push_str(if rows.is_empty() { "[]" } else { "]" });
    text
}
