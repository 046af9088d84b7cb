//! Entities and spellings while articles are written: their rows, so that the tables need not be asked, and what is
//! counted of each, written once a transaction.

use super::prepare::Named;
use crate::article::Kind;
use crate::words::Country;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use std::collections::HashMap;

/// Names that are remembered at most; beyond it the tables are asked.
const REMEMBERED: usize = 400_000;

/// Spellings of one entity that are remembered at most: they are gone through one by one.
const SPELLINGS: usize = 64;

/// Rows of entities and spellings that were met, and what a transaction adds to their counts.
#[derive(Default)]
pub(super) struct Names {
    /// By kind and key. One look leads to all that is needed: the looks are what costs.
    places: [HashMap<Box<str>, u32>; Kind::ALL.len()],
    known: Vec<Known>,
    /// Those that the transaction counts something of.
    counted: Vec<u32>,
    /// The same of spellings that are not remembered.
    spelled: HashMap<i64, i64>,
    held: usize,
}

/// An entity that was met.
#[derive(Default)]
struct Known {
    row: i64,
    spellings: Vec<(Box<str>, i64, i64)>,
    is_counted: bool,
    articles: i64,
    mentions: i64,
    quotes: i64,
    role: Option<String>,
    /// For one of which no article before has told its country.
    country: Option<Country>,
}

/// An article names an entity.
#[derive(Default)]
pub(super) struct Link {
    pub(super) entity: i64,
    /// Where it is remembered.
    pub(super) place: u32,
    pub(super) mentions: u32,
    pub(super) quotes: u32,
    /// Rows of its spellings there.
    pub(super) spellings: Vec<i64>,
}

/// The tables of entities and spellings.
pub(super) struct Tables<'c> {
    find_entity: CachedStatement<'c>,
    entity: CachedStatement<'c>,
    find_alias: CachedStatement<'c>,
    alias: CachedStatement<'c>,
}

impl<'c> Tables<'c> {
    pub(super) fn new(connection: &'c Connection) -> rusqlite::Result<Tables<'c>> {
        let prepare = |sql: &str| connection.prepare_cached(sql);
        Ok(Tables {
            find_entity: prepare("SELECT entity FROM entities WHERE kind = ?1 AND key = ?2")?,
            entity: prepare("INSERT INTO entities (kind, key, name, country) VALUES (?1, ?2, ?3, ?4)")?,
            find_alias: prepare("SELECT alias FROM aliases WHERE entity = ?1 AND spelling = ?2")?,
            alias: prepare("INSERT INTO aliases (entity, spelling) VALUES (?1, ?2)")?,
        })
    }

    /// The row of an entity, which is made if there is none.
    fn row(&mut self, named: &Named) -> rusqlite::Result<i64> {
        let kind = named.kind.as_str();
        let found = self.find_entity.query_row(params![kind, named.key], |row| row.get(0)).optional()?;
        match found {
            Some(row) => Ok(row),
            None => {
                let country = named.country.as_ref().map(Country::as_str);
                self.entity.insert(params![kind, named.key, named.title(), country])
            }
        }
    }

    /// The row of a spelling, which is made if there is none.
    fn spelling(&mut self, entity: i64, spelling: &str) -> rusqlite::Result<i64> {
        let found = self.find_alias.query_row(params![entity, spelling], |row| row.get(0)).optional()?;
        match found {
            Some(row) => Ok(row),
            None => self.alias.insert(params![entity, spelling]),
        }
    }
}

impl Names {
    /// Where an entity is remembered.
    pub(super) fn place(&mut self, named: &Named, tables: &mut Tables<'_>) -> rusqlite::Result<u32> {
        let kind = Kind::ALL.iter().position(|&kind| kind == named.kind).unwrap_or(0);
        if let Some(&place) = self.places.get(kind).and_then(|places| places.get(named.key.as_str())) {
            return Ok(place);
        }
        let row = tables.row(named)?;
        let place = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.push(Known { row, ..Known::default() });
        if let Some(places) = self.places.get_mut(kind) {
            places.insert(named.key.as_str().into(), place);
        }
        self.held += 1;
        Ok(place)
    }

    /// The row of the entity remembered at `place`.
    pub(super) fn entity(&self, place: u32) -> i64 {
        self.known.get(place as usize).map_or(0, |known| known.row)
    }

    /// The row of a spelling of the entity remembered at `place`.
    pub(super) fn spelling(
        &mut self,
        place: u32,
        spelling: &str,
        tables: &mut Tables<'_>,
    ) -> rusqlite::Result<i64> {
        let Some(known) = self.known.get_mut(place as usize) else { return Ok(0) };
        if let Some(&(_, row, _)) = known.spellings.iter().find(|(text, ..)| **text == *spelling) {
            return Ok(row);
        }
        let row = tables.spelling(known.row, spelling)?;
        if known.spellings.len() < SPELLINGS {
            known.spellings.push((spelling.into(), row, 0));
            self.held += 1;
        }
        Ok(row)
    }

    /// The office an entity was met with last.
    pub(super) fn role(&mut self, place: u32, role: &str) {
        if let Some(known) = self.known.get_mut(place as usize) {
            known.role = Some(role.to_owned());
        }
    }

    /// The country an entity was met with first.
    pub(super) fn country(&mut self, place: u32, country: Country) {
        if let Some(known) = self.known.get_mut(place as usize) {
            known.country = known.country.or(Some(country));
        }
    }

    /// Counts a link.
    pub(super) fn used(&mut self, link: &Link) {
        let Some(known) = self.known.get_mut(link.place as usize) else { return };
        if !std::mem::replace(&mut known.is_counted, true) {
            self.counted.push(link.place);
        }
        known.articles += 1;
        known.mentions += i64::from(link.mentions);
        known.quotes += i64::from(link.quotes);
        for &row in &link.spellings {
            match known.spellings.iter_mut().find(|(_, known, _)| *known == row) {
                Some((_, _, articles)) => *articles += 1,
                None => *self.spelled.entry(row).or_default() += 1,
            }
        }
    }

    /// Adds what was counted to the tables, in the order of their rows.
    pub(super) fn count(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut entity = connection.prepare_cached(
            "UPDATE entities SET articles = articles + ?2, mentions = mentions + ?3, quotes = quotes + ?4, \
             role = coalesce(?5, role), country = coalesce(country, ?6) WHERE entity = ?1",
        )?;
        let mut alias =
            connection.prepare_cached("UPDATE aliases SET articles = articles + ?2 WHERE alias = ?1")?;
        let mut counted = std::mem::take(&mut self.counted);
        counted.sort_unstable_by_key(|&place| self.entity(place));
        let mut spelled: Vec<(i64, i64)> = std::mem::take(&mut self.spelled).into_iter().collect();
        for place in counted {
            let Some(known) = self.known.get_mut(place as usize) else { continue };
            let Known { row, articles, mentions, quotes, .. } = *known;
            let country = known.country.as_ref().map(Country::as_str);
            entity.execute(params![row, articles, mentions, quotes, known.role.take(), country])?;
            (known.is_counted, known.articles, known.mentions, known.quotes) = (false, 0, 0, 0);
            let used = known.spellings.iter_mut().filter(|(.., articles)| *articles > 0);
            spelled.extend(used.map(|(_, row, articles)| (*row, std::mem::take(articles))));
        }
        spelled.sort_unstable();
        for (row, articles) in spelled {
            alias.execute([row, articles])?;
        }
        Ok(())
    }

    /// Forgets names when there are too many. Nothing may be uncounted.
    pub(super) fn spare(&mut self) {
        if self.held > REMEMBERED {
            self.forget();
        }
    }

    /// Forgets everything, what was counted too.
    pub(super) fn forget(&mut self) {
        *self = Names::default();
    }
}
