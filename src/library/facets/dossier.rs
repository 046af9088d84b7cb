//! All about someone or something.

use super::called::Called;
use super::chance::likelihood;
use super::parts::{Part, Registers};
use super::{Counts, Days, Identity, Named, QuotePlace, Saying, count, holds, identity, most_first};
use crate::article::{Day, Entity, Kind};
use crate::library::register::{Linked as Link, Links, Rows, Shelf, Tally};
use crate::library::{Ordinal, Snapshot};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// All about someone or something, as far as some articles tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// Names, role, country, counts.
    pub named: Named,
    /// The names it is given, by how many articles.
    pub spellings: Counts,
    /// The office or affiliation most of the articles looked through for it give it.
    pub role: Option<String>,
    /// The offices and affiliations they give it.
    pub roles: Counts,
    /// When.
    pub days: Days,
    /// What it said, the newest first.
    pub by: Vec<Saying>,
    /// What others said that names it, the newest first.
    pub about: Vec<Saying>,
    /// How many articles were looked through for that.
    pub looked: Looked,
    /// Who and what is named with it, those that are so most clearly more often than chance first.
    pub beside: Vec<Beside>,
    /// The outlets that name it.
    pub outlets: Counts,
    /// The articles that name it, in the order of the rows.
    pub articles: Vec<Ordinal>,
}

/// Of how many articles the newest were looked through: so many, and out of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    /// Articles that quote it, for what it said.
    pub said: (usize, usize),
    /// Articles that name it and quote others, for what they said about it.
    pub about: (usize, usize),
    /// Articles that name it, for its offices.
    pub roles: (usize, usize),
}

/// Someone or something that is named with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Who or what.
    pub identity: Identity,
    /// What most of the articles call it.
    pub name: String,
    /// In how many of the articles it is.
    pub together: u64,
    /// How many times as often as in the whole collection.
    pub lift: f64,
    /// How clearly that is more than chance: the log-likelihood ratio G² (Dunning 1993), negative when it is less.
    pub likelihood: f64,
}

/// A dossier names at most so many others.
const LISTED: usize = 40;

/// At most so many articles are read for what it said, the newest that quote it.
const SAID: usize = 64;

/// At most so many for what others said about it, the newest in which others are quoted, and for its offices.
const READ: usize = 128;

/// Where someone or something is named.
struct Naming {
    part: Part,
    kind: Kind,
    /// Its number among its kind.
    thing: u32,
    /// Those of the rows of its part that name it.
    rows: Rows,
    /// Those that quote it, and those that quote others.
    quoting: Vec<Ordinal>,
    others: Vec<Ordinal>,
    tally: Tally,
    /// How many articles use each of its spellings.
    spelt: Vec<(u32, u64)>,
}

impl Naming {
    /// What of `part` names `who`; `None` once `cancelled` is set, the second one where nothing does.
    fn of(part: Part, who: &Identity, cancelled: &AtomicBool) -> Option<Option<Naming>> {
        let register = Arc::clone(&part.register);
        let shelf = register.shelf(who.kind);
        let Some(thing) = shelf.find(&who.key) else { return Some(None) };
        let own = shelf.spellings_of(thing);
        let take = |found: &mut Vec<(u32, Link)>, article: u32, links: Links<'_>| {
            // They stand in the order of their numbers.
            let mut links = links.skip_while(|link| link.spelling < own.start);
            found.extend(links.next().filter(|link| link.spelling < own.end).map(|link| (article, link)));
        };
        let found = shelf.column().fold(&part.rows, cancelled, Vec::new, take)?.concat();
        let mut naming = Naming {
            rows: Rows::none(register.len()),
            quoting: Vec::new(),
            others: Vec::new(),
            tally: Tally::default(),
            spelt: own.map(|spelling| (spelling, 0)).collect(),
            kind: who.kind,
            thing,
            part,
        };
        for (article, link) in found {
            naming.rows.add(article);
            naming.tally.take(link, register.day_number(article));
            if let Some((_, many)) = naming.spelt.iter_mut().find(|(spelling, _)| *spelling == link.spelling)
            {
                *many += 1;
            }
            let row = naming.part.first + article;
            if link.quotes > 0 {
                naming.quoting.push(row);
            }
            if register.quotes(article) > link.quotes {
                naming.others.push(row);
            }
        }
        Some((naming.rows.count() > 0).then_some(naming))
    }

    fn shelf(&self) -> &Shelf {
        self.part.register.shelf(self.kind)
    }
}

/// What is read of some articles: what it said, what others said about it, its offices.
#[derive(Default)]
struct Told {
    by: Vec<QuotePlace>,
    about: Vec<QuotePlace>,
    roles: HashMap<String, u64>,
}

impl Snapshot {
    /// All that `rows` tell about `who`; `None` once `cancelled` is set, and when they do not name it.
    pub fn dossier(&self, rows: &[Ordinal], who: &Identity, cancelled: &AtomicBool) -> Option<Dossier> {
        let registers = self.registers();
        let mut namings: Vec<Naming> = Vec::new();
        for part in registers.parts(rows) {
            namings.extend(Naming::of(part, who, cancelled)?);
        }
        if namings.is_empty() {
            return None;
        }
        let named = |row: &Ordinal| {
            let of = namings.iter().rev().find(|naming| naming.part.first <= *row);
            of.is_some_and(|naming| naming.rows.has(*row - naming.part.first))
        };
        let articles: Vec<Ordinal> = rows.iter().copied().filter(named).collect();
        let (mut tally, mut spellings, mut country) = (Tally::default(), HashMap::new(), None);
        let mut outlets: HashMap<String, u64> = HashMap::new();
        for naming in &namings {
            tally.add(&naming.tally);
            country = country.or(naming.shelf().country(naming.thing));
            for &(spelling, many) in naming.spelt.iter().filter(|(_, many)| *many > 0) {
                *spellings.entry(naming.shelf().spelling(spelling)).or_insert(0) += many;
            }
            for (outlet, many) in naming.part.register.outlets(&naming.rows) {
                count(&mut outlets, outlet, many);
            }
        }
        let language = registers.language();
        let beside = beside(&registers, &namings, articles.len() as u64, self.annotated as u64, cancelled)?;
        let quoting: Vec<Ordinal> = namings.iter().flat_map(|naming| naming.quoting.clone()).collect();
        let others: Vec<Ordinal> = namings.iter().flat_map(|naming| naming.others.clone()).collect();
        let looked = Looked {
            said: (quoting.len().min(SAID), quoting.len()),
            about: (others.len().min(READ), others.len()),
            roles: (articles.len().min(READ), articles.len()),
        };
        let newest = [(quoting, SAID), (others, READ), (articles.clone(), READ)]
            .map(|(rows, most)| self.newest(rows, most));
        let told = self.told(&newest, who, cancelled)?;
        let newest_first = |places: &[QuotePlace]| {
            let mut sayings = self.once(places, cancelled)?;
            let place = |row: Ordinal| self.places.get(row as usize).copied();
            sayings.sort_by_key(|saying| (place(saying.place.0), saying.place.1));
            Some(sayings)
        };
        let roles = most_first(told.roles);
        let counted = most_first(
            spellings.iter().map(|(&spelling, &many): (&&str, &u64)| (spelling.to_owned(), many)).collect(),
        );
        let called = Called::new(who.kind, country, spellings, language);
        let (first, last) = (tally.first, tally.last);
        Some(Dossier {
            named: Named {
                identity: who.clone(),
                kind: who.kind,
                name: called.name,
                others: called.others,
                country,
                articles: tally.articles.into(),
                mentions: tally.mentions.into(),
                quotes: tally.quotes.into(),
                quoted: tally.quoted.into(),
                first: (first <= last).then(|| Day::numbered(first)),
                last: (first <= last).then(|| Day::numbered(last)),
            },
            role: roles.first().map(|(role, _)| role.clone()),
            spellings: counted,
            roles,
            days: Days::of(namings.iter().map(|naming| (naming.part.register.as_ref(), &naming.rows))),
            by: newest_first(&told.by)?,
            about: newest_first(&told.about)?,
            looked,
            beside,
            outlets: most_first(outlets),
            articles,
        })
    }

    /// Reads of some articles what it said, of others what is said about it, of others its offices.
    fn told(
        &self,
        [said, about, roles]: &[Vec<Ordinal>; 3],
        who: &Identity,
        cancelled: &AtomicBool,
    ) -> Option<Told> {
        let sets = [said, about, roles].map(|rows| rows.iter().copied().collect::<HashSet<Ordinal>>());
        let [said, about, roles] = &sets;
        let all: BTreeSet<Ordinal> = sets.iter().flatten().copied().collect();
        let all: Vec<Ordinal> = all.into_iter().collect();
        let read = |&row: &Ordinal| {
            let mut told = Told::default();
            if cancelled.load(Ordering::Relaxed) {
                return None;
            }
            let Some((_, found)) = self.known(row) else { return Some(told) };
            let own = |entity: &Entity| entity.kind == who.kind && identity(entity) == *who;
            let me: Vec<usize> = found
                .entities
                .iter()
                .enumerate()
                .filter(|(_, entity)| own(entity))
                .map(|(at, _)| at)
                .collect();
            let mine = || me.iter().filter_map(|&at| found.entities.get(at));
            for (at, quote) in found.quotes.iter().enumerate() {
                if quote.speaker.is_some_and(|speaker| me.contains(&speaker)) {
                    told.by.extend(said.contains(&row).then_some((row, at)));
                } else if about.contains(&row) && mine().any(|entity| holds(quote, entity)) {
                    told.about.push((row, at));
                }
            }
            if roles.contains(&row) {
                for role in mine().filter_map(|entity| entity.role.as_deref()) {
                    count(&mut told.roles, role, 1);
                }
            }
            Some(told)
        };
        let each: Option<Vec<Told>> = all.par_iter().map(read).collect();
        let mut told = Told::default();
        for other in each? {
            told.by.extend(other.by);
            told.about.extend(other.about);
            for (role, many) in other.roles {
                count(&mut told.roles, role.as_str(), many);
            }
        }
        Some(told)
    }
}

/// Who and what is named in the articles of `namings`, by how clearly that is more than chance.
fn beside(
    registers: &Registers,
    namings: &[Naming],
    articles: u64,
    all: u64,
    cancelled: &AtomicBool,
) -> Option<Vec<Beside>> {
    /// Who or what, how often here, how often in all articles of that register.
    type Met<'a> = (Kind, &'a str, u64, u64);
    let mut counts: Vec<(usize, Kind, Vec<u32>)> = Vec::new();
    for (at, naming) in namings.iter().enumerate() {
        for kind in Kind::ALL {
            counts.push((at, kind, naming.part.counts(kind, &naming.rows, cancelled)?));
        }
    }
    let mut met: Vec<Met<'_>> = Vec::new();
    for (at, kind, counts) in &counts {
        let Some(naming) = namings.get(*at) else { continue };
        let shelf = naming.part.register.shelf(*kind);
        for (thing, own) in shelf.each_spelt(counts) {
            let together: u64 = own.iter().map(|&many| u64::from(many)).sum();
            if together > 0 && !(*kind == naming.kind && thing == naming.thing) {
                met.push((*kind, shelf.key(thing), together, shelf.known(thing).into()));
            }
        }
    }
    if namings.len() > 1 {
        met.sort_unstable();
        met.dedup_by(|next, before| {
            let same = (next.0, next.1) == (before.0, before.1);
            before.2 += if same { next.2 } else { 0 };
            same
        });
    }
    let mut measured: Vec<(f64, f64, Met<'_>)> = met
        .into_par_iter()
        .map(|(kind, key, together, here)| {
            let anywhere = if registers.is_one() { here } else { registers.frequency(kind, key) };
            let lift = (together as f64 * all as f64) / (articles as f64 * anywhere.max(1) as f64);
            let likelihood = likelihood(together, articles, anywhere, all);
            (if lift < 1.0 { -likelihood } else { likelihood }, lift, (kind, key, together, here))
        })
        .collect();
    let order = |a: &(f64, f64, Met<'_>), b: &(f64, f64, Met<'_>)| {
        b.0.total_cmp(&a.0).then(b.2.2.cmp(&a.2.2)).then_with(|| (a.2.0, a.2.1).cmp(&(b.2.0, b.2.1)))
    };
    if measured.len() > LISTED {
        measured.select_nth_unstable_by(LISTED, order);
        measured.truncate(LISTED);
    }
    measured.sort_unstable_by(order);
    let language = registers.language();
    let called = |(likelihood, lift, (kind, key, together, _)): (f64, f64, Met<'_>)| {
        let (mut spellings, mut country) = (HashMap::new(), None);
        for (at, _, counts) in counts.iter().filter(|(_, of, _)| *of == kind) {
            let Some(shelf) = namings.get(*at).map(|naming| naming.part.register.shelf(kind)) else {
                continue;
            };
            let Some(thing) = shelf.find(key) else { continue };
            country = country.or(shelf.country(thing));
            for spelling in shelf.spellings_of(thing) {
                let many = counts.get(spelling as usize).copied().unwrap_or(0);
                if many > 0 {
                    *spellings.entry(shelf.spelling(spelling)).or_insert(0) += u64::from(many);
                }
            }
        }
        let name = Called::new(kind, country, spellings, language).name;
        Beside { identity: Identity::new(kind, key), name, together, lift, likelihood }
    };
    Some(measured.into_iter().map(called).collect())
}
