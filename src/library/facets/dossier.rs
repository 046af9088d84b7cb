//! All about someone or something.

use super::beside::{Beside, MOST, Share, beside};
use super::called::Called;
use super::parts::Part;
use super::{Counts, Days, Identity, Named, QuotePlace, Saying, count, holds, identity, most_first};
use crate::article::{Entity, Kind};
use crate::library::register::{Links, Rows, Shelf, Tally};
use crate::library::{Ordinal, Snapshot};
use crate::text::fold;
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

/// So many articles are looked at together.
const CHUNK: usize = 4096;

/// At most so many articles are read for what it said, the newest that quote it.
const SAID: usize = 64;

/// At most so many for what others said about it, the newest in which others are quoted, and for its offices.
const READ: usize = 128;

/// Where someone or something is named.
pub(super) struct Naming {
    pub(super) part: Part,
    pub(super) kind: Kind,
    /// Its number among its kind.
    pub(super) thing: u32,
    /// Those of the rows of its part that name it.
    pub(super) rows: Rows,
    /// Those that quote it.
    quoting: Rows,
    /// Those that quote others.
    others: Rows,
    tally: Tally,
    /// How many articles use each of its spellings.
    spelt: Vec<u64>,
}

impl Naming {
    /// What of `part` names `who`; `None` once `cancelled` is set, the second one where nothing does.
    pub(super) fn of(part: Part, who: &Identity, cancelled: &AtomicBool) -> Option<Option<Naming>> {
        /// Those that name it, quote it, quote others; what is counted; of each spelling.
        type Account = ([Rows; 3], Tally, Vec<u64>);
        let register = Arc::clone(&part.register);
        let shelf = register.shelf(who.kind);
        let Some(thing) = shelf.find(&who.key) else { return Some(None) };
        let own = shelf.spellings_of(thing);
        let open = || -> Account {
            ([(); 3].map(|()| Rows::none(register.len())), Tally::default(), vec![0; own.len()])
        };
        let take = |([rows, quoting, others], tally, spelt): &mut Account, article: u32, links: Links<'_>| {
            // They stand in the order of their numbers.
            let link = links.into_iter().find(|link| link.spelling >= own.start);
            let Some(link) = link.filter(|link| link.spelling < own.end) else { return };
            rows.add(article);
            tally.take(link, register.day_number(article));
            if let Some(many) = spelt.get_mut((link.spelling - own.start) as usize) {
                *many += 1;
            }
            if link.quotes > 0 {
                quoting.add(article);
            }
            if register.quotes(article) > link.quotes {
                others.add(article);
            }
        };
        let join = |one: &mut Account, other: Account| {
            one.0.iter_mut().zip(&other.0).for_each(|(one, other)| one.join(other));
            one.1.add(&other.1);
            one.2.iter_mut().zip(&other.2).for_each(|(one, other)| *one += other);
        };
        let accounts = shelf.column().fold(&part.rows, cancelled, open, take)?;
        let joined = accounts.into_iter().reduce(|mut one, other| {
            join(&mut one, other);
            one
        });
        let Some(([rows, quoting, others], tally, spelt)) = joined else { return Some(None) };
        let naming = Naming { part, kind: who.kind, thing, rows, quoting, others, tally, spelt };
        Some((naming.rows.count() > 0).then_some(naming))
    }

    fn shelf(&self) -> &Shelf {
        self.part.register.shelf(self.kind)
    }

    /// Whether an article is among some of those of its part.
    fn has(&self, rows: &Rows, row: Ordinal) -> bool {
        row.checked_sub(self.part.first).is_some_and(|article| rows.has(article))
    }
}

/// What is read of some articles: what it said, what others said about it, its offices.
#[derive(Default)]
struct Told {
    by: Vec<QuotePlace>,
    about: Vec<QuotePlace>,
    roles: HashMap<String, u64>,
}

/// Makes one of those that differ in their capitals alone, spelt as most spell it: an office before a name has them, the
/// same behind it has not.
fn alike(counts: Counts) -> Counts {
    let mut spelt: HashMap<String, String> = HashMap::new();
    let mut all: HashMap<String, u64> = HashMap::new();
    for (text, many) in counts {
        let most = spelt.entry(fold(&text)).or_insert(text);
        count(&mut all, most.as_str(), many);
    }
    most_first(all)
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
        let named = |row: &Ordinal| namings.iter().any(|naming| naming.has(&naming.rows, *row));
        let articles: Vec<Ordinal> = rows.par_iter().copied().with_min_len(CHUNK).filter(named).collect();
        let (mut tally, mut spellings) = (Tally::default(), HashMap::new());
        let country = registers.country(who.kind, &who.key);
        let mut outlets: HashMap<String, u64> = HashMap::new();
        for naming in &namings {
            tally.add(&naming.tally);
            let own = naming.shelf().spellings_of(naming.thing).zip(&naming.spelt);
            for (spelling, &many) in own.filter(|(_, many)| **many > 0) {
                *spellings.entry(naming.shelf().spelling(spelling)).or_insert(0) += many;
            }
            for (outlet, many) in naming.part.register.outlets(&naming.rows) {
                count(&mut outlets, outlet, many);
            }
        }
        let language = registers.language();
        let share = Share { articles: articles.len() as u64, all: self.annotated as u64 };
        let beside = beside(&registers, &namings, share, MOST, cancelled)?;
        let many = |of: fn(&Naming) -> &Rows| namings.iter().map(|naming| of(naming).count()).sum::<usize>();
        let [quoting, others, all]: [fn(&Naming) -> &Rows; 3] =
            [|naming| &naming.quoting, |naming| &naming.others, |naming| &naming.rows];
        let looked = Looked {
            said: (many(quoting).min(SAID), many(quoting)),
            about: (many(others).min(READ), many(others)),
            roles: (articles.len().min(READ), articles.len()),
        };
        let newest = [(quoting, SAID), (others, READ), (all, READ)]
            .map(|(of, most)| self.newest_of(&namings, of, most));
        let told = self.told(&newest, who, cancelled)?;
        let newest_first = |places: &[QuotePlace]| {
            let mut sayings = self.once(places, cancelled)?;
            let place = |row: Ordinal| self.places.get(row as usize).copied();
            sayings.sort_by_key(|saying| (place(saying.place.0), saying.place.1));
            Some(sayings)
        };
        let roles = alike(most_first(told.roles));
        let counted = most_first(
            spellings.iter().map(|(&spelling, &many): (&&str, &u64)| (spelling.to_owned(), many)).collect(),
        );
        let called = Called::new(who.kind, country, spellings, language);
        let days = tally.days();
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
                first: days.map(|days| days.0),
                last: days.map(|days| days.1),
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

    /// The newest articles of some of those of `namings`, at most `most` of them, the newest first.
    fn newest_of(&self, namings: &[Naming], of: fn(&Naming) -> &Rows, most: usize) -> Vec<Ordinal> {
        /// So few are put in order at once; among more, the first of all articles that are of them are soon found.
        const FEW: usize = 1 << 12;
        if namings.iter().map(|naming| of(naming).count()).sum::<usize>() > FEW {
            let named = |row: &Ordinal| namings.iter().any(|naming| naming.has(of(naming), *row));
            return self.newest_first().iter().copied().filter(named).take(most).collect();
        }
        let mut rows = Vec::new();
        for naming in namings {
            of(naming).each(|article| rows.push(naming.part.first + article));
        }
        self.newest(rows, most)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_that_differ_in_capitals_are_one() {
        let counts = [("seismolog BMKG", 1), ("Seismolog BMKG", 2), ("Kepala BMKG", 2)];
        let counts = counts.map(|(text, many)| (text.to_owned(), many)).into();
        let alike = alike(most_first(counts));
        assert_eq!(alike, [("Seismolog BMKG".to_owned(), 3), ("Kepala BMKG".to_owned(), 2)]);
    }
}
