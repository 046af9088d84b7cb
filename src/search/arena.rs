//! What is searched: the folded titles of some thousand articles, and once each the names in them.
//!
//! An arena never changes; a collection that grows adds another. Every distinct spelling of a name stands once in a
//! table with the articles that use it, so that a query looks at each name once, however many articles there are.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::word::Letters;
use crate::article::{Kind, Published};
use crate::text::fold;
use crate::words::{Country, Language};

/// What is known of an article when it is put into an arena.
#[derive(Debug, Clone, Copy)]
pub struct Doc<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who carried it.
    pub outlet: Option<&'a str>,
    /// Its language.
    pub language: Option<Language>,
    /// When it was published.
    pub published: Option<Published>,
    /// Who and what it names; empty until it is annotated.
    pub names: &'a [Name],
    /// How many quotations it holds.
    pub quotes: u32,
}

/// Someone or something an article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it is.
    pub kind: Kind,
    /// Its fullest name in the article.
    pub name: String,
    /// Its other spellings there.
    pub aliases: Vec<String>,
    /// Its country, if known; of a country, itself.
    pub country: Option<Country>,
    /// How many quotations it speaks.
    pub quotes: u32,
}

impl Name {
    /// Its fullest name and its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// Some articles, ready to be searched. They are known by their place in the order they came in, from 0.
#[derive(Debug, Default)]
pub struct Arena {
    pub(super) titles: Texts,
    pub(super) languages: Vec<Option<Language>>,
    pub(super) dates: Vec<Option<Date>>,
    pub(super) quoting: Vec<bool>,
    pub(super) spellings: Spellings,
    /// The articles that name a country, ascending.
    pub(super) countries: BTreeMap<Country, Vec<u32>>,
}

impl Arena {
    /// Puts articles into an arena.
    pub fn build<'a>(docs: impl Iterator<Item = Doc<'a>>) -> Arena {
        let mut arena = Arena::default();
        let mut names = NameTable::default();
        for (at, doc) in (0u32..).zip(docs) {
            arena.titles.push(&fold(doc.title));
            arena.languages.push(doc.language);
            arena.dates.push(doc.published.map(|published| published.date()));
            arena.quoting.push(doc.quotes > 0);
            if let Some(outlet) = doc.outlet {
                names.add(None, outlet, Posting::new(at, false));
            }
            for name in doc.names {
                let posting = Posting::new(at, name.quotes > 0);
                name.spellings().for_each(|spelling| names.add(Some(name.kind), spelling, posting));
                if let (Kind::Country, Some(country)) = (name.kind, name.country) {
                    let docs = arena.countries.entry(country).or_default();
                    if docs.last() != Some(&at) {
                        docs.push(at);
                    }
                }
            }
        }
        arena.spellings = names.finish();
        arena
    }

    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The articles that name `country`, ascending.
    pub(super) fn naming(&self, country: Country) -> &[u32] {
        self.countries.get(&country).map_or(&[], Vec::as_slice)
    }
}

/// Folded texts one behind the other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
    letters: Vec<Letters>,
}

impl Texts {
    fn push(&mut self, folded: &str) {
        // A segment is far under 4 GiB; a text that would not fit is left out whole, its place kept.
        if u32::try_from(self.text.len() + folded.len()).is_ok() {
            self.text.push_str(folded);
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.letters.push(Letters::of(folded));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn letters(&self, at: usize) -> Letters {
        self.letters.get(at).copied().unwrap_or_default()
    }
}

/// An article that uses a spelling, and whether whoever bears it is quoted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    fn new(doc: u32, speaks: bool) -> Posting {
        Posting((doc << 1) | u32::from(speaks))
    }

    pub(super) fn doc(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(super) fn speaks(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Every distinct spelling of a name, and the articles that use it.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    texts: Texts,
    /// Of an outlet, none.
    kinds: Vec<Option<Kind>>,
    ends: Vec<u32>,
    postings: Vec<Posting>,
}

impl Spellings {
    /// The spellings that may hold a word, judged by kind and letters.
    pub(super) fn candidates(
        &self,
        letters: Letters,
        kinds: impl Fn(Option<Kind>) -> bool,
    ) -> impl Iterator<Item = (&str, &[Posting])> {
        self.kinds
            .iter()
            .zip(&self.texts.letters)
            .enumerate()
            .filter(move |(_, (kind, known))| known.hold(letters) && kinds(**kind))
            .map(|(at, _)| (self.texts.get(at), self.postings(at)))
    }

    fn postings(&self, at: usize) -> &[Posting] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.postings.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Spellings while they are collected.
#[derive(Default)]
struct NameTable {
    rows: HashMap<Option<Kind>, HashMap<String, u32>>,
    count: u32,
    uses: Vec<(u32, Posting)>,
}

impl NameTable {
    fn add(&mut self, kind: Option<Kind>, spelling: &str, posting: Posting) {
        let folded = fold(spelling);
        if folded.is_empty() {
            return;
        }
        let row = *self.rows.entry(kind).or_default().entry(folded).or_insert_with(|| {
            self.count += 1;
            self.count - 1
        });
        self.uses.push((row, posting));
    }

    fn finish(mut self) -> Spellings {
        let mut rows: Vec<(u32, Option<Kind>, String)> = self
            .rows
            .into_iter()
            .flat_map(|(kind, rows)| rows.into_iter().map(move |(text, row)| (row, kind, text)))
            .collect();
        rows.sort_unstable_by_key(|(row, ..)| *row);
        self.uses.sort_unstable();
        let mut spellings = Spellings::default();
        let mut uses = self.uses.into_iter().peekable();
        for (row, kind, text) in rows {
            spellings.texts.push(&text);
            spellings.kinds.push(kind);
            let start = spellings.postings.len();
            while let Some((_, posting)) = uses.next_if(|(of, _)| *of == row) {
                // Of two uses in one article the one that speaks comes last.
                let before = spellings.postings.get(start..).and_then(<[Posting]>::last);
                if before.is_some_and(|before| before.doc() == posting.doc()) {
                    spellings.postings.pop();
                }
                spellings.postings.push(posting);
            }
            spellings.ends.push(u32::try_from(spellings.postings.len()).unwrap_or(u32::MAX));
        }
        spellings
    }
}
