//! What only lists know of names: the tables of `data/gazetteer`, ready to ask.

use super::super::phrase::HashedMap;
use super::super::token::word_hash;
use super::letters::latin;
use super::spelling::{level, usual};
use super::{bare, spelling};
use crate::text::fold;
use crate::words::Country;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const ALIASES: &str = include_str!("../../../data/gazetteer/aliases.tsv");
const NAME_ORDER: &str = include_str!("../../../data/gazetteer/name-order.tsv");
const ORGANISATIONS: &str = include_str!("../../../data/gazetteer/organisations.tsv");
const PLACES: &str = include_str!("../../../data/gazetteer/places.tsv");
const SURNAMES: &str = include_str!("../../../data/gazetteer/surnames.tsv");
const GIVEN_NAMES: &str = include_str!("../../../data/gazetteer/given-names.tsv");

/// What a word is among names, one bit each.
mod part {
    /// A family name of a people that writes it first, before given names of one or two syllables.
    pub(super) const FAMILY: u8 = 1;
    /// A family name of a people whose names are written in either order.
    pub(super) const ORDERED: u8 = 2;
    /// Any family name.
    pub(super) const SURNAME: u8 = 4;
    /// Any given name.
    pub(super) const GIVEN: u8 = 8;
    /// A given name of a people that has names of one or two syllables.
    pub(super) const SYLLABIC: u8 = 16;
}

/// The tables.
#[derive(Default)]
pub(super) struct Book {
    /// The usual spelling of a word, by its others.
    pub(super) words: HashMap<String, Box<str>>,
    pub(super) endings: Vec<(String, String)>,
    pub(super) articles: HashSet<String>,
    pub(super) assimilated: HashSet<String>,
    pub(super) servants: Vec<String>,
    titles: HashSet<String>,
    suffixes: HashSet<String>,
    /// The key of a person, by keys that the rules alone give.
    persons: HashMap<String, Box<str>>,
    organisations: Names,
    places: Names,
    parts: HashedMap<u8>,
    onsets: HashSet<&'static str>,
    vowels: HashSet<&'static str>,
    codas: HashSet<&'static str>,
}

/// The tables, read on first use.
pub(super) fn book() -> &'static Book {
    static BOOK: LazyLock<Book> = LazyLock::new(Book::read);
    &BOOK
}

/// A row of aliases.tsv: its kind, its name, the other spellings.
pub(super) fn aliases() -> impl Iterator<Item = (&'static str, &'static str, std::str::Split<'static, char>)>
{
    rows(ALIASES).filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?.split(';')))
    })
}

/// The rows of a table, its remarks left out.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

impl Book {
    fn read() -> Book {
        let mut book = Book::default();
        for (kind, name, others) in aliases() {
            let all = std::iter::once(name).chain(others.clone());
            match kind {
                "article" => book.articles.extend(all.map(latin)),
                "assimilated" => book.assimilated.extend(all.map(latin)),
                "servant" => book.servants.extend(all.map(latin)),
                "title" => book.titles.extend(all.map(latin)),
                "suffix" => book.suffixes.extend(all.map(latin)),
                "ending" => book.endings.extend(others.map(|ending| (latin(ending), latin(name)))),
                _ => {}
            }
        }
        for (_, name, others) in aliases().filter(|(kind, ..)| *kind == "word") {
            let name = level(&book, Cow::Owned(latin(name))).into_owned();
            for other in others {
                let other = level(&book, Cow::Owned(latin(other))).into_owned();
                if other != name {
                    book.words.entry(other).or_insert_with(|| name.as_str().into());
                }
            }
        }
        book.read_parts();
        book.organisations = Names::read(ORGANISATIONS, "organisation");
        book.places = Names::read(PLACES, "place");
        for (_, name, others) in aliases().filter(|(kind, ..)| *kind == "person") {
            let key = spelling(&book, name);
            for other in others {
                let other = spelling(&book, other);
                if other != key {
                    book.persons.entry(other).or_insert_with(|| key.as_str().into());
                }
            }
        }
        book
    }

    /// Reads what words are parts of which names.
    fn read_parts(&mut self) {
        let mut regions = [HashSet::new(), HashSet::new()];
        for row in rows(NAME_ORDER) {
            let Some((what, words)) = row.split_once('\t') else { continue };
            let words = words.split(' ');
            match (what, &mut regions) {
                ("families", [families, _]) => families.extend(words),
                ("orders", [_, orders]) => orders.extend(words),
                ("more-families", _) => words.for_each(|word| self.part(word, part::FAMILY | part::SURNAME)),
                ("onsets", _) => self.onsets.extend(words.map(nothing)),
                ("vowels", _) => self.vowels.extend(words),
                ("codas", _) => self.codas.extend(words.map(nothing)),
                _ => {}
            }
        }
        let [families, orders] = regions;
        for row in rows(SURNAMES) {
            let Some((name, region)) = row.split_once('\t') else { continue };
            let family = if families.contains(region) { part::FAMILY } else { 0 };
            let ordered = if orders.contains(region) { part::ORDERED } else { 0 };
            self.part(name, part::SURNAME | family | ordered);
        }
        for row in rows(GIVEN_NAMES) {
            let mut cells = row.split('\t');
            let (Some(name), Some(_), Some(region)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            let syllabic = if families.contains(region) { part::SYLLABIC } else { 0 };
            self.part(name, part::GIVEN | syllabic);
        }
    }

    fn part(&mut self, name: &str, part: u8) {
        let word = usual(self, Cow::Owned(latin(name)));
        *self.parts.entry(word_hash(&word)).or_default() |= part;
    }

    fn is(&self, word: &str, part: u8) -> bool {
        self.parts.get(&word_hash(word)).is_some_and(|parts| parts & part != 0)
    }

    pub(super) fn is_family(&self, word: &str) -> bool {
        self.is(word, part::FAMILY)
    }

    pub(super) fn is_ordered(&self, word: &str) -> bool {
        self.is(word, part::ORDERED)
    }

    pub(super) fn is_surname(&self, word: &str) -> bool {
        self.is(word, part::SURNAME)
    }

    pub(super) fn is_given(&self, word: &str) -> bool {
        self.is(word, part::GIVEN)
    }

    /// Whether a word is a given name, and of no people whose given names are of one or two syllables.
    pub(super) fn is_foreign(&self, word: &str) -> bool {
        self.is(word, part::GIVEN) && !self.is(word, part::SYLLABIC)
    }

    /// Whether a word can be read as this many syllables of a Chinese, Korean or Vietnamese name.
    pub(super) fn syllables(&self, word: &str, count: usize) -> bool {
        match count {
            0 => word.is_empty(),
            1 => self.is_syllable(word),
            _ => (1..word.len().min(8)).any(|end| {
                let parts = word.split_at_checked(end);
                parts.is_some_and(|(first, rest)| self.is_syllable(first) && self.syllables(rest, count - 1))
            }),
        }
    }

    fn is_syllable(&self, letters: &str) -> bool {
        letters.len() <= 7
            && (0..=3.min(letters.len())).any(|start| {
                let Some((onset, rest)) = letters.split_at_checked(start) else { return false };
                self.onsets.contains(onset)
                    && (1..=3.min(rest.len())).any(|end| {
                        let parts = rest.split_at_checked(end);
                        parts.is_some_and(|(vowel, coda)| {
                            self.vowels.contains(vowel) && self.codas.contains(coda)
                        })
                    })
            })
    }

    /// A name without the titles before it, as long as two words are left.
    pub(super) fn untitled<'a>(&self, letters: &'a str) -> &'a str {
        let mut name = letters;
        loop {
            let ends = name.match_indices(' ').take(2).map(|(at, _)| at);
            let behind = ends
                .filter_map(|end| name.split_at_checked(end))
                .filter(|(title, _)| self.titles.contains(*title))
                .last();
            match behind {
                Some((_, rest)) if rest.split([' ', '-']).filter(|word| word.len() > 1).nth(1).is_some() => {
                    name = rest.trim_start();
                }
                _ => return name,
            }
        }
    }

    pub(super) fn is_suffix(&self, letters: &str) -> bool {
        self.suffixes.contains(letters)
    }

    /// The key of the person whom the list knows by `key`.
    pub(super) fn person(&self, key: &str) -> Option<&str> {
        self.persons.get(key).map(|key| &**key)
    }

    pub(super) fn organisation(&self, key: &str, country: Option<Country>) -> Option<&str> {
        self.organisations.find(key, country)
    }

    pub(super) fn place(&self, key: &str, country: Option<Country>) -> Option<&str> {
        self.places.find(key, country)
    }
}

/// "-" in a list of parts of syllables stands for none.
fn nothing(part: &str) -> &str {
    if part == "-" { "" } else { part }
}

/// Organisations or places with all their names.
#[derive(Default)]
struct Names {
    /// The key of each, and the country it belongs to or lies in.
    listed: Vec<(String, Option<Country>)>,
    /// By the spellings of aliases.tsv.
    spelt: HashMap<String, usize>,
    /// By their first names.
    own: HashMap<String, Vec<usize>>,
    /// By their other names.
    others: HashMap<String, Vec<usize>>,
}

impl Names {
    fn read(table: &'static str, kind: &str) -> Names {
        let apart: HashSet<String> = aliases()
            .filter(|(kind, ..)| *kind == "apart")
            .flat_map(|(_, name, others)| std::iter::once(name).chain(others))
            .map(fold)
            .collect();
        let mut names = Names::default();
        for row in rows(table) {
            let mut cells = row.split('\t');
            let (Some(name), Some(second), Some(third)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            // The code is the second column of places and the third of organisations.
            let country = Country::parse(if kind == "place" { second } else { third });
            let at = names.listed.len();
            let key = bare(name);
            names.own.entry(key.clone()).or_default().push(at);
            names.listed.push((key, country));
            let others = cells.next().unwrap_or_default().split(';');
            for other in others.filter(|other| !other.is_empty() && !apart.contains(&fold(other))) {
                let known = names.others.entry(bare(other)).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
        }
        // Of several that share a name each has its country in its key.
        for (key, country) in &mut names.listed {
            if let Some(country) = country
                && names.own.get(key).is_some_and(|shared| shared.len() > 1)
            {
                *key = format!("{key} {country}");
            }
        }
        for (_, name, others) in aliases().filter(|(known, ..)| *known == kind) {
            let key = bare(name);
            let at = names.at(&key, None).unwrap_or_else(|| {
                names.listed.push((key.clone(), None));
                names.listed.len() - 1
            });
            for other in std::iter::once(key).chain(others.map(bare)) {
                names.spelt.entry(other).or_insert(at);
            }
        }
        names
    }

    fn find(&self, key: &str, country: Option<Country>) -> Option<&str> {
        self.listed.get(self.at(key, country)?).map(|(key, _)| key.as_str())
    }

    /// The one of this name that belongs to `country` or to none; if no country is known, the only one of this name.
    fn at(&self, key: &str, country: Option<Country>) -> Option<usize> {
        if let Some(at) = self.spelt.get(key) {
            return Some(*at);
        }
        let known = self.own.get(key).or_else(|| self.others.get(key))?;
        let only = |fits: &dyn Fn(Option<Country>) -> bool| {
            let mut fitting =
                known.iter().filter(|at| self.listed.get(**at).is_some_and(|(_, of)| fits(*of)));
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        match country {
            Some(_) => only(&|of| of == country).or_else(|| only(&|of| of.is_none())),
            None => only(&|_| true),
        }
    }
}
