//! What the facets count, in a few bytes: who and what each of many articles names, when, where and in which language
//! it was published, how many quotations it holds.
//!
//! ```text
//! articles ─build→ things (kind, key, country), those of a kind side by side; the spellings of each
//!                  articles: day, outlet, language, quotations
//!                  columns: of each kind the links of each article: spelling, mentions, quotations
//! ```
//!
//! A [`Register`] never changes; a collection that grows has several. Articles are known by their place in the order they
//! came in, from 0. A thing is known by its number among its kind, those in most articles first, so that most links
//! take one byte or two and what is counted most lies close together.

mod build;
mod column;
mod form;
mod rows;

pub(super) use build::{Builder, Entry, Link, Thing};
pub(super) use column::{Links, Tally};
pub(super) use form::{Unread, path, read, write};
pub(super) use rows::Rows;

use crate::article::Kind;
use crate::text::Strings;
use crate::words::{Country, Language};
use column::Column;

#[cfg(test)]
mod tests;

/// Stands for no day.
const UNDATED: i32 = i32::MIN;

/// Some articles, ready to be counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Register {
    /// The day of each article, as [`crate::article::Day::number`] counts.
    days: Vec<i32>,
    /// The outlet of each article: a place in `outlets`, `u32::MAX` for none.
    outlets_of: Vec<u32>,
    /// The language of each article: a place in `languages`, `u8::MAX` for none.
    languages_of: Vec<u8>,
    /// How many quotations each holds.
    quotes: Vec<u16>,
    outlets: Strings,
    languages: Strings,
    shelves: [Shelf; KINDS],
}

const KINDS: usize = Kind::ALL.len();

/// Everything of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    keys: Strings,
    /// Two letters each, zeros for none.
    countries: Vec<u8>,
    /// How many articles name each.
    known: Vec<u32>,
    /// The things in the order of their keys.
    by_key: Vec<u32>,
    /// Where the spellings of each end.
    ends: Vec<u32>,
    spellings: Strings,
    column: Column,
}

impl Register {
    /// How many articles it holds.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// Everything of a kind.
    pub(super) fn shelf(&self, kind: Kind) -> &Shelf {
        let [person, country, place, organisation] = &self.shelves;
        match kind {
            Kind::Person => person,
            Kind::Country => country,
            Kind::Place => place,
            Kind::Organisation => organisation,
        }
    }

    /// The day of an article as a number.
    pub(super) fn day_number(&self, article: u32) -> Option<i32> {
        self.days.get(article as usize).copied().filter(|&day| day != UNDATED)
    }

    /// How many quotations an article holds.
    pub(super) fn quotes(&self, article: u32) -> u32 {
        self.quotes.get(article as usize).copied().unwrap_or(0).into()
    }

    /// How many of `rows` each outlet carried.
    pub(super) fn outlets(&self, rows: &Rows) -> Vec<(&str, u64)> {
        counted(&self.outlets, rows, |article| self.outlets_of.get(article).copied())
    }

    /// How many of `rows` are in each language.
    pub(super) fn languages(&self, rows: &Rows) -> Vec<(&str, u64)> {
        counted(&self.languages, rows, |article| self.languages_of.get(article).map(|&at| at.into()))
    }

    /// How many of all articles are in each language.
    pub(super) fn all_languages(&self) -> impl Iterator<Item = (Language, u64)> {
        let mut counts = [0u64; 256];
        for &language in &self.languages_of {
            if let Some(count) = counts.get_mut(usize::from(language)) {
                *count += 1;
            }
        }
        let known = (0u32..).take(self.languages.len());
        known.zip(counts).filter_map(|(at, many)| Some((Language::parse(self.languages.get(at))?, many)))
    }

    /// Calls `each` with every day of `rows` and how many of them were published on it, days perhaps more than once.
    pub(super) fn each_day(&self, rows: &Rows, mut each: impl FnMut(Option<i32>, u64)) {
        let (mut last, mut many) = (None, 0);
        rows.each(|article| {
            let day = self.day_number(article);
            if day != last && many > 0 {
                each(last, std::mem::take(&mut many));
            }
            last = day;
            many += 1;
        });
        if many > 0 {
            each(last, many);
        }
    }
}

fn counted<'s>(strings: &'s Strings, rows: &Rows, of: impl Fn(usize) -> Option<u32>) -> Vec<(&'s str, u64)> {
    let mut counts = vec![0u64; strings.len()];
    rows.each(|article| {
        if let Some(count) = of(article as usize).and_then(|at| counts.get_mut(at as usize)) {
            *count += 1;
        }
    });
    let counts = (0u32..).zip(counts).filter(|(_, many)| *many > 0);
    counts.map(|(at, many)| (strings.get(at), many)).collect()
}

impl Shelf {
    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// What tells a thing from others of its kind, whatever collection they are in.
    pub(super) fn key(&self, thing: u32) -> &str {
        self.keys.get(thing)
    }

    /// The country of a thing.
    pub(super) fn country(&self, thing: u32) -> Option<Country> {
        let at = thing as usize * 2;
        let code = self.countries.get(at..at + 2)?;
        std::str::from_utf8(code).ok().and_then(Country::parse)
    }

    /// How many of all articles name a thing.
    pub(super) fn known(&self, thing: u32) -> u32 {
        self.known.get(thing as usize).copied().unwrap_or(0)
    }

    /// The things in the order of their keys.
    pub(super) fn by_key(&self) -> &[u32] {
        &self.by_key
    }

    /// The thing of this key.
    pub(super) fn find(&self, key: &str) -> Option<u32> {
        let at = self.by_key.binary_search_by(|&thing| self.key(thing).cmp(key)).ok()?;
        self.by_key.get(at).copied()
    }

    /// The numbers of the spellings of a thing.
    pub(super) fn spellings_of(&self, thing: u32) -> std::ops::Range<u32> {
        let before = thing.checked_sub(1).and_then(|before| self.ends.get(before as usize));
        let start = before.copied().unwrap_or(0);
        start..self.ends.get(thing as usize).copied().unwrap_or(start)
    }

    /// How many things are named in at least `articles` articles: the first ones.
    pub(super) fn known_from(&self, articles: u32) -> u32 {
        u32::try_from(self.known.partition_point(|&known| known >= articles)).unwrap_or(u32::MAX)
    }

    /// How many spellings the first `things` things have: the first ones.
    pub(super) fn spelt_before(&self, things: u32) -> usize {
        let last = things.checked_sub(1).map_or(Some(&0), |last| self.ends.get(last as usize));
        last.or(self.ends.last()).map_or(0, |&end| end as usize)
    }

    /// The first things, as far as their spellings are counted, each with what is counted of those.
    pub(super) fn each_spelt<'c, T>(&self, counts: &'c [T]) -> impl Iterator<Item = (u32, &'c [T])> {
        (0u32..).take(self.len()).map_while(move |thing| {
            let own = self.spellings_of(thing);
            Some((thing, counts.get(own.start as usize..own.end as usize)?))
        })
    }

    /// A spelling.
    pub(super) fn spelling(&self, spelling: u32) -> &str {
        self.spellings.get(spelling)
    }

    /// How many spellings there are.
    pub(super) fn spellings(&self) -> usize {
        self.spellings.len()
    }

    /// The thing that is spelt so.
    pub(super) fn thing(&self, spelling: u32) -> u32 {
        u32::try_from(self.ends.partition_point(|&end| end <= spelling)).unwrap_or(u32::MAX)
    }

    /// The links of each article.
    pub(super) fn column(&self) -> &Column {
        &self.column
    }
}
