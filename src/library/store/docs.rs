//! The tables of a library → what the filter needs of each article, without reading texts.

use super::fault::StoreError;
use super::marks::kind;
use super::read::Reader;
use crate::article::{Kind, Published};
use crate::library::register::{Entry, Link, Thing};
use crate::search::{Doc, Name};
use crate::words::{Country, Language};
use rusqlite::Connection;

/// A name takes over this many spellings of other articles at most.
const SHARED: usize = 8;

/// What the filter needs of an article.
pub(crate) struct Filed {
    title: String,
    outlet: Option<String>,
    published: Option<Published>,
    language: Option<Language>,
    quotes: u32,
    names: Vec<Name>,
    links: Vec<Link>,
}

impl Filed {
    /// As the index takes it.
    pub(crate) fn doc(&self) -> Doc<'_> {
        Doc {
            title: &self.title,
            outlet: self.outlet.as_deref(),
            language: self.language,
            published: self.published,
            names: &self.names,
            quotes: self.quotes,
        }
    }

    /// As the register takes it.
    pub(crate) fn entry(&self) -> Entry<'_> {
        Entry {
            published: self.published,
            outlet: self.outlet.as_deref(),
            language: Some(self.language.unwrap_or(Language::UNKNOWN)),
            quotes: self.quotes,
            links: &self.links,
        }
    }
}

/// All entities of a library and their spellings, in memory.
pub(crate) struct Spellings {
    /// By row of `aliases`.
    aliases: Vec<Box<str>>,
    /// By row of `entities`.
    entities: Vec<Option<Bearer>>,
}

/// Who or what is spelt one way or another.
struct Bearer {
    kind: Kind,
    key: Box<str>,
    country: Option<Country>,
    /// The spellings that most articles have for it.
    shared: Vec<u32>,
}

impl Spellings {
    fn read(connection: &Connection) -> rusqlite::Result<Spellings> {
        let mut known = Spellings { aliases: Vec::new(), entities: Vec::new() };
        let mut rows = connection.prepare("SELECT entity, kind, country, key FROM entities")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let country = row.get_ref(2)?.as_str_or_null()?.and_then(Country::parse);
            let Some(kind) = kind(row.get_ref(1)?.as_str()?) else { continue };
            let key = row.get_ref(3)?.as_str()?.into();
            put(&mut known.entities, row.get(0)?, Some(Bearer { kind, key, country, shared: Vec::new() }));
        }
        let mut rows = connection.prepare("SELECT alias, spelling FROM aliases")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            put(&mut known.aliases, row.get(0)?, row.get_ref(1)?.as_str()?.into());
        }
        // Most have one spelling, which need not be shared.
        let mut rows = connection.prepare(
            "SELECT entity, alias FROM aliases WHERE entity IN \
             (SELECT entity FROM aliases GROUP BY entity HAVING count(*) > 1) ORDER BY entity, articles DESC",
        )?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let (entity, alias): (usize, u32) = (row.get::<_, u32>(0)? as usize, row.get(1)?);
            if let Some(Some(bearer)) = known.entities.get_mut(entity)
                && bearer.kind != Kind::Country
                && bearer.shared.len() < SHARED
            {
                bearer.shared.push(alias);
            }
        }
        Ok(known)
    }

    /// What an entity is, for the register.
    pub(crate) fn thing(&self, entity: u32) -> Option<Thing<'_>> {
        let Bearer { kind, key, country, .. } = self.entities.get(entity as usize)?.as_ref()?;
        Some((*kind, key, *country))
    }

    /// A spelling.
    pub(crate) fn spelling(&self, alias: u32) -> &str {
        self.aliases.get(alias as usize).map_or("", AsRef::as_ref)
    }

    fn name(&self, entity: u32, quotes: u32, spellings: &str) -> Option<Name> {
        let Bearer { kind, country, shared, .. } = self.entities.get(entity as usize)?.as_ref()?;
        let mut rows: Vec<u32> = listed(spellings).collect();
        for &alias in shared {
            if !rows.contains(&alias) {
                rows.push(alias);
            }
        }
        let mut texts =
            rows.iter().filter_map(|&row| self.aliases.get(row as usize)).map(ToString::to_string);
        let name = texts.next()?;
        Some(Name { kind: *kind, name, aliases: texts.collect(), country: *country, quotes })
    }
}

/// A list of rows, as it was written.
fn listed(list: &str) -> impl Iterator<Item = u32> {
    list.trim_matches(['[', ']']).split(',').filter_map(|row| row.parse().ok())
}

fn put<T: Default>(list: &mut Vec<T>, row: i64, value: T) {
    let Ok(row) = usize::try_from(row) else { return };
    if list.len() <= row {
        list.resize_with(row + 1, T::default);
    }
    if let Some(slot) = list.get_mut(row) {
        *slot = value;
    }
}

impl Reader {
    /// All entities and spellings.
    pub(crate) fn spellings(&self) -> Result<Spellings, StoreError> {
        self.with(Spellings::read)
    }

    /// What the filter needs of the articles of these numbers, in their order.
    pub(crate) fn filed(&self, numbers: &[u32], spellings: &Spellings) -> Result<Vec<Filed>, StoreError> {
        self.with(|connection| {
            let mut article = connection.prepare_cached(
                "SELECT title, outlet, published, language, quotes FROM articles WHERE article = ?1",
            )?;
            let mut names = connection.prepare_cached(
                "SELECT entity, quotes, spellings, mentions FROM article_entities WHERE article = ?1",
            )?;
            let mut all = Vec::with_capacity(numbers.len());
            for number in numbers {
                let mut filed = article.query_row([number], |row| {
                    Ok(Filed {
                        title: row.get(0)?,
                        outlet: row.get(1)?,
                        published: row.get_ref(2)?.as_str_or_null()?.and_then(Published::parse),
                        language: row.get_ref(3)?.as_str_or_null()?.and_then(Language::parse),
                        quotes: row.get(4)?,
                        names: Vec::new(),
                        links: Vec::new(),
                    })
                })?;
                let mut rows = names.query([number])?;
                while let Some(row) = rows.next()? {
                    let (thing, quotes, own) = (row.get(0)?, row.get(1)?, row.get_ref(2)?.as_str()?);
                    filed.names.extend(spellings.name(thing, quotes, own));
                    if let Some(spelling) = listed(own).next() {
                        filed.links.push(Link { thing, spelling, mentions: row.get(3)?, quotes });
                    }
                }
                all.push(filed);
            }
            Ok(all)
        })
    }
}
