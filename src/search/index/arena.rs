//! The arena: what is put in, and its parts as a search reads them.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;

use super::bits::Bits;
use super::build::Builder;
use super::bytes::{ArenaError, Sections, U32s};
use super::lists::{List, Lists};
use super::phrases::Phrases;
use super::vocabulary::Vocabulary;
use crate::article::{Kind, Published};
use crate::search::ready::ready;
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

/// The sections of an arena, in the order they are written.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub(super) enum Section {
    /// Articles, words, and of each of [`KINDS`] where its names end; four bytes each.
    Counts,
    Words,
    WordEnds,
    WordLetters,
    /// The first byte of each word.
    WordFirsts,
    Titles,
    TitleEnds,
    TitleUses,
    TitleUseEnds,
    Names,
    NameEnds,
    NameUses,
    NameUseEnds,
    /// Of each name the articles that use it.
    NameDocs,
    NameDocEnds,
    /// Of each name the articles in which its bearer is quoted.
    SpeakerDocs,
    SpeakerDocEnds,
    /// Two letters each, ascending.
    Countries,
    CountryDocs,
    CountryDocEnds,
    /// Four bytes each: [`day`].
    Days,
    /// Three bytes each: [`code`].
    Languages,
    /// The articles that quote somebody, as bits.
    Quoting,
    /// Of each [`pair`] of first letters the titles in which words follow each other that begin so.
    TitlePairs,
    TitlePairEnds,
    /// The same of names.
    NamePairs,
    NamePairEnds,
    /// Parts of words that so much holds that what does is kept ready: two bytes each, ascending.
    Ready,
    /// Of each of them the articles that hold it, by each of [`READY`] ways.
    ReadyDocs,
    ReadyDocEnds,
}

pub(super) const SECTIONS: usize = Section::ReadyDocEnds as usize + 1;

/// The ways in which an article can hold a part of a word: whole, as the beginning of a name, of a word of the title,
/// inside.
pub(in crate::search) const READY: usize = 4;

/// The kinds of names in the order in which an arena holds them; outlets first.
pub(super) const KINDS: [Option<Kind>; 5] =
    [None, Some(Kind::Person), Some(Kind::Country), Some(Kind::Place), Some(Kind::Organisation)];

/// So many classes of first letters are told apart: a–z, 0–9, all others.
pub(super) const INITIALS: u32 = 37;

/// The class of the first letter of a word, by its first byte.
pub(in crate::search) fn initial(first: u8) -> u32 {
    match first {
        b'a'..=b'z' => u32::from(first - b'a'),
        b'0'..=b'9' => u32::from(first - b'0') + 26,
        _ => INITIALS - 1,
    }
}

/// Some articles, ready to be searched. They are known by their place in the order they came in, from 0.
#[derive(Debug)]
pub struct Arena {
    sections: Sections,
    /// Tells it from all others of this process.
    number: u64,
}

static ARENAS: AtomicU64 = AtomicU64::new(0);

impl Default for Arena {
    fn default() -> Arena {
        Arena::build(std::iter::empty())
    }
}

impl Arena {
    /// Puts articles into an arena.
    pub fn build<'a>(docs: impl Iterator<Item = Doc<'a>>) -> Arena {
        let mut builder = Builder::default();
        docs.for_each(|doc| builder.put(&doc));
        builder.finish()
    }

    /// Of these sections, and what is kept ready.
    pub(super) fn of(sections: Sections) -> Arena {
        let mut arena = Arena::new(sections);
        let ready = ready(&arena);
        arena.sections.end_with(Section::Ready as usize, ready);
        arena
    }

    /// The arena as bytes, to be kept and given to [`Arena::from_bytes`].
    pub fn to_bytes(&self) -> &[u8] {
        self.sections.bytes()
    }

    /// Takes the bytes of an arena, as they are: nothing is decoded or copied.
    ///
    /// # Errors
    /// When they are something else, of another version of petik, or not as they were written.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Arena, ArenaError> {
        let arena = Arena::new(Sections::read(bytes, SECTIONS)?);
        let per_doc = [(Section::TitleEnds, 4), (Section::Days, 4), (Section::Languages, 3)];
        let fits = |(section, size)| arena.section(section).len() == arena.len() * size;
        if per_doc.into_iter().all(fits) { Ok(arena) } else { Err(ArenaError::Damaged) }
    }

    fn new(sections: Sections) -> Arena {
        Arena { sections, number: ARENAS.fetch_add(1, Ordering::Relaxed) }
    }

    /// Tells it from all others of this process.
    pub(in crate::search) fn number(&self) -> u64 {
        self.number
    }

    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.count(0) as usize
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn section(&self, section: Section) -> &[u8] {
        self.sections.get(section as usize)
    }

    fn count(&self, at: usize) -> u32 {
        U32s(self.section(Section::Counts)).get(at).unwrap_or(0)
    }

    pub(in crate::search) fn vocabulary(&self) -> Vocabulary<'_> {
        let (text, ends) = (self.section(Section::Words), self.section(Section::WordEnds));
        Vocabulary::new(text, ends, self.section(Section::WordLetters), self.count(1))
    }

    /// The first byte of each word.
    pub(in crate::search) fn firsts(&self) -> &[u8] {
        self.section(Section::WordFirsts)
    }

    pub(in crate::search) fn titles(&self) -> Phrases<'_> {
        Phrases {
            pieces: U32s(self.section(Section::Titles)),
            ends: U32s(self.section(Section::TitleEnds)),
            uses: self.lists(Section::TitleUses, Section::TitleUseEnds, self.len()),
            pairs: self.lists(Section::TitlePairs, Section::TitlePairEnds, self.len()),
        }
    }

    /// Every distinct spelling of a name, those of a kind side by side.
    pub(in crate::search) fn names(&self) -> Phrases<'_> {
        let ends = U32s(self.section(Section::NameEnds));
        let uses = self.lists(Section::NameUses, Section::NameUseEnds, ends.len());
        let pairs = self.lists(Section::NamePairs, Section::NamePairEnds, ends.len());
        Phrases { pieces: U32s(self.section(Section::Names)), ends, uses, pairs }
    }

    /// The numbers of the names of a kind; of outlets the kind is none.
    pub(in crate::search) fn names_of(&self, kind: Option<Kind>) -> std::ops::Range<u32> {
        let Some(place) = KINDS.iter().position(|&known| known == kind) else { return 0..0 };
        (if place == 0 { 0 } else { self.count(1 + place) })..self.count(2 + place)
    }

    /// The articles that use a name.
    pub(in crate::search) fn naming(&self) -> Lists<'_> {
        self.lists(Section::NameDocs, Section::NameDocEnds, self.len())
    }

    /// The articles in which the bearer of a name is quoted.
    pub(in crate::search) fn speaking(&self) -> Lists<'_> {
        self.lists(Section::SpeakerDocs, Section::SpeakerDocEnds, self.len())
    }

    /// Adds the articles that name `country`.
    pub(in crate::search) fn add_naming(&self, country: Country, docs: &mut Bits) {
        let known = self.section(Section::Countries).as_chunks::<2>().0;
        if let Ok(at) = known.binary_search_by(|code| code.as_slice().cmp(country.as_str().as_bytes())) {
            let lists = self.lists(Section::CountryDocs, Section::CountryDocEnds, self.len());
            lists.get(u32::try_from(at).unwrap_or(u32::MAX)).add_to(docs);
        }
    }

    /// The countries that articles name, with those that do.
    pub(in crate::search) fn countries(&self) -> impl Iterator<Item = (Country, List<'_>)> {
        let lists = self.lists(Section::CountryDocs, Section::CountryDocEnds, self.len());
        let known = self.section(Section::Countries).as_chunks::<2>().0;
        (0u32..).zip(known).filter_map(move |(at, code)| {
            Some((Country::parse(std::str::from_utf8(code).ok()?)?, lists.get(at)))
        })
    }

    /// The day of each article, as [`day`] counts; none is 0.
    pub(in crate::search) fn days(&self) -> U32s<'_> {
        U32s(self.section(Section::Days))
    }

    /// The language of each article, as [`code`] writes it.
    pub(in crate::search) fn languages(&self) -> &[[u8; 3]] {
        self.section(Section::Languages).as_chunks::<3>().0
    }

    /// Adds the articles that quote somebody.
    pub(in crate::search) fn add_quoting(&self, docs: &mut Bits) {
        docs.add_bytes(self.section(Section::Quoting));
    }

    /// The articles that hold a part of a word, by way, where that is kept ready.
    pub(in crate::search) fn ready(&self, part: &str) -> Option<[List<'_>; READY]> {
        let known = self.section(Section::Ready).as_chunks::<2>().0;
        let at = known.binary_search(&ready_key(part)?).ok()?;
        let lists = self.lists(Section::ReadyDocs, Section::ReadyDocEnds, self.len());
        let first = u32::try_from(at * READY).unwrap_or(u32::MAX);
        let mut ways = first..;
        Some(std::array::from_fn(|_| lists.get(ways.next().unwrap_or(u32::MAX))))
    }

    fn lists(&self, bytes: Section, ends: Section, bound: usize) -> Lists<'_> {
        Lists::new(self.section(bytes), self.section(ends), bound)
    }
}

/// One or two ASCII letters or digits as two bytes.
fn ready_key(part: &str) -> Option<[u8; 2]> {
    match *part.as_bytes() {
        [a] if a.is_ascii_alphanumeric() => Some([a, 0]),
        [a, b] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() => Some([a, b]),
        _ => None,
    }
}

/// A date as a number that grows with it, never 0.
pub(in crate::search) fn day(date: Date) -> u32 {
    let year = u32::try_from(i32::from(date.year()) + 10_000).unwrap_or(0);
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    year << 9 | u32::from(month) << 5 | u32::from(day)
}

/// The code of a language in three bytes, none as zeros.
pub(in crate::search) fn code(language: Option<Language>) -> [u8; 3] {
    let mut code = [0; 3];
    if let Some(language) = language {
        code.iter_mut().zip(language.as_str().bytes()).for_each(|(to, from)| *to = from);
    }
    code
}
