//! The tables of a library → what the index needs of each article, without reading texts.

use super::fault::StoreError;
use super::marks::kind;
use super::read::Reader;
use super::spill::{Aside, Head, Spill};
use crate::article::{Kind, Published};
use crate::library::register::{Entry, Link, Thing};
use crate::search::{Doc, Use};
use crate::text::Strings;
use crate::words::{Country, Language};
use rusqlite::{CachedStatement, Connection};
use std::cmp::Reverse;

/// A name takes over this many spellings of other articles at most.
const SHARED: usize = 8;

/// What the index needs of an article.
pub(crate) struct Filed {
    title: String,
    outlet: Option<String>,
    published: Option<Published>,
    language: Option<Language>,
    quotes: u32,
    uses: Vec<Use>,
    links: Vec<Link>,
}

impl Filed {
    /// As the arena takes it, but for its names.
    pub(crate) fn doc(&self) -> Doc<'_> {
        Doc {
            title: &self.title,
            outlet: self.outlet.as_deref(),
            language: self.language,
            published: self.published,
            names: &[],
            quotes: self.quotes,
        }
    }

    /// Its names, as the arena takes them; [`Spellings::group`] tells what they are.
    pub(crate) fn uses(&self) -> &[Use] {
        &self.uses
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

    fn new(head: &Head<'_>) -> Filed {
        let Head { title, outlet, published, language, quotes } = *head;
        let (title, outlet) = (title.to_owned(), outlet.map(str::to_owned));
        Filed { title, outlet, published, language, quotes, uses: Vec::new(), links: Vec::new() }
    }

    /// Adds a link, of which `own` are the spellings in the article.
    fn link(&mut self, thing: u32, mentions: u32, quotes: u32, own: &[u32], spellings: &Spellings) {
        let Some(&spelling) = own.first() else { return };
        self.links.push(Link { thing, spelling, mentions, quotes });
        spellings.uses(thing, quotes > 0, own, &mut self.uses);
    }

    /// Reads one that was put aside.
    fn read(mut aside: Aside<'_>, spellings: &Spellings, own: &mut Vec<u32>) -> Option<Filed> {
        let mut filed = Filed::new(&aside.head()?);
        for _ in 0..aside.number()? {
            let (thing, mentions, quotes) = (aside.count()?, aside.count()?, aside.count()?);
            own.clear();
            for _ in 0..aside.number()? {
                own.push(aside.count()?);
            }
            filed.link(thing, mentions, quotes, own, spellings);
        }
        Some(filed)
    }
}

/// All entities of a library and their spellings, in memory.
pub(crate) struct Spellings {
    /// By row of `aliases`.
    aliases: Strings,
    /// By row of `entities`; none where there is no such row.
    bearers: Vec<Option<Bearer>>,
    keys: Strings,
    /// The spellings that most articles have, of each entity, and where they end.
    shared: Vec<u32>,
    ends: Vec<u32>,
}

/// Who or what is spelt one way or another.
#[derive(Clone, Copy)]
struct Bearer {
    kind: Kind,
    country: Option<Country>,
    /// Whether all its spellings are shared: then every article that names it uses the same ones.
    is_whole: bool,
}

impl Spellings {
    fn read(connection: &Connection) -> rusqlite::Result<Spellings> {
        let (aliases, keys) = (Strings::default(), Strings::default());
        let mut known =
            Spellings { aliases, bearers: Vec::new(), keys, shared: Vec::new(), ends: Vec::new() };
        let mut rows =
            connection.prepare("SELECT entity, kind, country, key FROM entities ORDER BY entity")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let country = row.get_ref(2)?.as_str_or_null()?.and_then(Country::parse);
            let Some(kind) = kind(row.get_ref(1)?.as_str()?) else { continue };
            let at = row.get::<_, u32>(0)? as usize;
            known.bearers.resize(at, None);
            known.bearers.push(Some(Bearer { kind, country, is_whole: false }));
            push_at(&mut known.keys, at, row.get_ref(3)?.as_str()?);
        }
        let mut spelt: Vec<(u32, Reverse<u32>, u32)> = Vec::new();
        let mut rows =
            connection.prepare("SELECT alias, spelling, entity, articles FROM aliases ORDER BY alias")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let alias: u32 = row.get(0)?;
            push_at(&mut known.aliases, alias as usize, row.get_ref(1)?.as_str()?);
            spelt.push((row.get(2)?, Reverse(row.get(3)?), alias));
        }
        spelt.sort_unstable();
        for own in spelt.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(entity, ..)) = own.first() else { continue };
            let Some(Some(bearer)) = known.bearers.get_mut(entity as usize) else { continue };
            // Countries are found by their codes.
            bearer.is_whole = bearer.kind != Kind::Country && own.len() <= SHARED;
            known.ends.resize(entity as usize, end(&known.shared));
            if bearer.kind != Kind::Country {
                known.shared.extend(own.iter().take(SHARED).map(|(.., alias)| alias));
            }
            known.ends.push(end(&known.shared));
        }
        Ok(known)
    }

    /// What an entity is, for the register.
    pub(crate) fn thing(&self, entity: u32) -> Option<Thing<'_>> {
        let Bearer { kind, country, .. } = self.bearer(entity)?;
        Some((kind, self.keys.get(entity), country))
    }

    /// A spelling.
    pub(crate) fn spelling(&self, alias: u32) -> &str {
        self.aliases.get(alias)
    }

    /// The spellings of a [`Use`].
    pub(crate) fn group(&self, group: u32) -> impl Iterator<Item = &str> {
        let row = group / 2;
        let rows = if group % 2 == WHOLE { self.shared_of(row).to_vec() } else { vec![row] };
        rows.into_iter().map(|row| self.aliases.get(row))
    }

    fn bearer(&self, entity: u32) -> Option<Bearer> {
        self.bearers.get(entity as usize).copied().flatten()
    }

    fn shared_of(&self, entity: u32) -> &[u32] {
        let entity = entity as usize;
        let start = entity.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(entity).copied().unwrap_or(start);
        self.shared.get(start as usize..end as usize).unwrap_or_default()
    }

    /// What an article uses that names an entity and spells it as `own` says: these spellings, and those that most
    /// other articles have.
    fn uses(&self, entity: u32, speaks: bool, own: &[u32], uses: &mut Vec<Use>) {
        let Some(Bearer { kind, country, is_whole }) = self.bearer(entity) else { return };
        if is_whole {
            uses.push(Use { group: entity.wrapping_mul(2) + WHOLE, kind, speaks, country: None });
            return;
        }
        let others = self.shared_of(entity).iter().filter(|alias| !own.contains(alias));
        let mut country = country.filter(|_| kind == Kind::Country);
        uses.extend(own.iter().chain(others).map(|alias| {
            let country = country.take();
            Use { group: alias.wrapping_mul(2) + ONE, kind, speaks, country }
        }));
    }
}

/// A group of all spellings of an entity, and one of a single spelling.
const WHOLE: u32 = 0;
const ONE: u32 = 1;

fn end(list: &[u32]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// Puts a string behind others as the one of this number; those left out are empty.
fn push_at(strings: &mut Strings, number: usize, string: &str) {
    while strings.len() < number {
        strings.push("");
    }
    strings.push(string);
}

/// Reads a list of rows, as it was written.
fn listed(list: &str, rows: &mut Vec<u32>) {
    rows.clear();
    rows.extend(list.trim_matches(['[', ']']).split(',').filter_map(|row| row.parse::<u32>().ok()));
}

impl Reader {
    /// All entities and spellings.
    pub(crate) fn spellings(&self) -> Result<Spellings, StoreError> {
        self.with(Spellings::read)
    }

    /// What the index needs of the articles of these numbers, in their order: from `spill` where it has them, else from
    /// the tables.
    pub(crate) fn filed(
        &self,
        numbers: &[u32],
        spellings: &Spellings,
        spill: Option<&Spill>,
    ) -> Result<Vec<Filed>, StoreError> {
        let (mut bytes, mut own) = (Vec::new(), Vec::new());
        self.with(|connection| {
            let mut tables: Option<Tables<'_>> = None;
            let mut all = Vec::with_capacity(numbers.len());
            for &number in numbers {
                let aside = spill.and_then(|spill| spill.read(number, &mut bytes));
                if let Some(filed) = aside.and_then(|aside| Filed::read(aside, spellings, &mut own)) {
                    all.push(filed);
                    continue;
                }
                let tables = match &mut tables {
                    Some(tables) => tables,
                    none => none.insert(Tables::new(connection)?),
                };
                all.push(tables.filed(number, spellings, &mut own)?);
            }
            Ok(all)
        })
    }
}

/// What is asked of the tables.
struct Tables<'c> {
    article: CachedStatement<'c>,
    names: CachedStatement<'c>,
}

impl<'c> Tables<'c> {
    fn new(connection: &'c Connection) -> rusqlite::Result<Tables<'c>> {
        let article = "SELECT title, outlet, published, language, quotes FROM articles WHERE article = ?1";
        let names = "SELECT entity, mentions, quotes, spellings FROM article_entities WHERE article = ?1";
        Ok(Tables { article: connection.prepare_cached(article)?, names: connection.prepare_cached(names)? })
    }

    fn filed(&mut self, number: u32, spellings: &Spellings, own: &mut Vec<u32>) -> rusqlite::Result<Filed> {
        let mut filed = self.article.query_row([number], |row| {
            Ok(Filed::new(&Head {
                title: row.get_ref(0)?.as_str()?,
                outlet: row.get_ref(1)?.as_str_or_null()?,
                published: row.get_ref(2)?.as_str_or_null()?.and_then(Published::parse),
                language: row.get_ref(3)?.as_str_or_null()?.and_then(Language::parse),
                quotes: row.get(4)?,
            }))
        })?;
        let mut rows = self.names.query([number])?;
        while let Some(row) = rows.next()? {
            listed(row.get_ref(3)?.as_str()?, own);
            filed.link(row.get(0)?, row.get(1)?, row.get(2)?, own, spellings);
        }
        Ok(filed)
    }
}
