//! Puts articles into the sections of an arena.

use std::collections::BTreeMap;

use super::arena::{Arena, Doc, INITIALS, KINDS, SECTIONS, Section, code, day, initial};
use super::bytes::{Sections, Writing};
use super::lists::{Growing, invert, write_grown};
use super::naming::Naming;
use super::vocabulary::{Collected, Written, pieces};
use crate::article::Kind;
use crate::search::chain::is_short;
use crate::text::{Strings, fold};
use crate::words::Country;

/// Numbers in runs, one behind the other.
#[derive(Default)]
struct Runs {
    numbers: Vec<u32>,
    ends: Vec<u32>,
}

impl Runs {
    fn end(&mut self) {
        self.ends.push(u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let run = self.numbers.get(start as usize..end as usize).unwrap_or_default();
            start = end;
            run
        })
    }

    /// Each number with the place of its run.
    fn pairs(&self, put: &mut dyn FnMut(u32, u32)) {
        for (at, run) in (0u32..).zip(self.iter()) {
            run.iter().for_each(|&number| put(number, at));
        }
    }
}

/// An article uses the spellings of somebody or something, which whoever puts it in knows by a number.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// The number of those spellings: the same ones wherever it stands.
    pub group: u32,
    /// What they name.
    pub kind: Kind,
    /// Whether a quotation is spoken by whom they name.
    pub speaks: bool,
    /// The country that they name, if it is one.
    pub country: Option<Country>,
}

/// An arena while articles are put into it, in the order in which it knows them. None of them has to live longer than
/// it takes to put it in.
#[derive(Default)]
pub struct Builder {
    words: Collected,
    titles: Runs,
    naming: Naming,
    countries: BTreeMap<Country, Growing>,
    days: Vec<u32>,
    languages: Vec<u8>,
    quoting: Growing,
    count: u32,
    scratch: String,
}

impl Builder {
    /// With room for so many articles. What is reserved and not used takes no memory; what grows step by step is copied,
    /// and leaves holes.
    pub fn for_articles(count: usize) -> Builder {
        let mut builder = Builder::default();
        let _ = builder.titles.numbers.try_reserve(count.saturating_mul(WORDS));
        let _ = builder.titles.ends.try_reserve(count);
        let _ = builder.days.try_reserve(count);
        let _ = builder.languages.try_reserve(count.saturating_mul(3));
        builder.naming.reserve(count);
        builder
    }

    /// Puts in the next article.
    pub fn put(&mut self, doc: &Doc<'_>) {
        if self.is_full() {
            return;
        }
        for name in doc.names {
            let speaks = name.quotes > 0;
            for spelling in name.spellings() {
                self.spell(Some(name.kind), spelling, speaks);
            }
            if let (Kind::Country, Some(country)) = (name.kind, name.country) {
                self.countries.entry(country).or_default().push(self.count);
            }
        }
        self.end(doc);
    }

    /// Puts in the next article, whose names are numbered: `spellings` tells those of a group when it is met first. The
    /// names of `doc` are not looked at.
    pub fn put_numbered<'t, S: Iterator<Item = &'t str>>(
        &mut self,
        doc: &Doc<'_>,
        uses: &[Use],
        spellings: impl Fn(u32) -> S,
    ) {
        if self.is_full() {
            return;
        }
        for &Use { group, kind, speaks, country } in uses {
            self.naming.add_group(group, speaks, |known, members| {
                let numbers = spellings(group).filter_map(|spelling| {
                    Some(known.number(keyed(Some(kind), &fold(spelling), &mut self.scratch)?))
                });
                members.extend(numbers);
            });
            if let Some(country) = country {
                self.countries.entry(country).or_default().push(self.count);
            }
        }
        self.end(doc);
    }

    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Half of what a number can hold, so that sums of two never overflow.
    fn is_full(&self) -> bool {
        self.count >= u32::MAX / 2
    }

    fn spell(&mut self, kind: Option<Kind>, spelling: &str, speaks: bool) {
        if let Some(key) = keyed(kind, &fold(spelling), &mut self.scratch) {
            let number = self.naming.spellings.number(key);
            self.naming.add(number, speaks);
        }
    }

    /// Puts in all of an article but its names.
    fn end(&mut self, doc: &Doc<'_>) {
        if let Some(outlet) = doc.outlet {
            self.spell(None, outlet, false);
        }
        self.naming.end();
        let words = &mut self.words;
        self.titles.numbers.extend(pieces(&fold(doc.title)).map(|(_, piece)| words.number(piece)));
        self.titles.end();
        self.days.push(doc.published.map_or(0, |published| day(published.date())));
        self.languages.extend(code(doc.language));
        if doc.quotes > 0 {
            self.quoting.push(self.count);
        }
        self.count += 1;
    }

    /// The arena of these articles.
    pub fn finish(self) -> Arena {
        Arena::of(self.write())
    }

    /// Writes the sections.
    fn write(self) -> Sections {
        let Builder { mut words, mut titles, mut naming, countries, days, languages, quoting, .. } = self;
        let count = titles.ends.len();
        let (mut names, ends_of_kinds, now) = name_words(&naming.close(), &mut words);
        let words = words.finish();
        let mut counts = vec![u32::try_from(count).unwrap_or(u32::MAX), words.words];
        counts.extend(ends_of_kinds);

        renumber(&mut titles, &words.numbers);
        renumber(&mut names, &words.numbers);
        let known = Words::new(&words);
        let followed = |texts: &Runs| {
            let (keys, mut lists) = ((INITIALS * INITIALS) as usize, Vec::new());
            let ends = invert(keys, texts.ends.len(), |put| pairs(texts, &known, put), &mut lists);
            (lists, ends)
        };
        let (title_pairs, name_pairs) = (followed(&titles), followed(&names));
        drop(known);

        // What is written is let go of, so that little is held twice.
        let mut sections = Writing::new(SECTIONS, count.saturating_mul(BYTES));
        let mut put = |section: Section, bytes: &[u8]| sections.put(section as usize, bytes);
        put(Section::Counts, &bytes(&counts));
        put(Section::Words, &words.text);
        put(Section::WordEnds, &words.ends);
        put(Section::WordLetters, &words.letters);
        put(Section::WordFirsts, &firsts(&words));
        let words = words.numbers.len();
        let mut put_texts = |texts: Runs, [numbers, ends, uses, use_ends]: [Section; 4]| {
            extend(sections.begin(numbers as usize), &texts.numbers);
            extend(sections.begin(ends as usize), &texts.ends);
            let used = |put: &mut dyn FnMut(u32, u32)| texts.pairs(put);
            let written = invert(words, texts.ends.len(), used, sections.begin(uses as usize));
            sections.put(use_ends as usize, &written);
        };
        put_texts(titles, [Section::Titles, Section::TitleEnds, Section::TitleUses, Section::TitleUseEnds]);
        put_texts(names, [Section::Names, Section::NameEnds, Section::NameUses, Section::NameUseEnds]);
        for (spoken, lists, ends) in [
            (false, Section::NameDocs, Section::NameDocEnds),
            (true, Section::SpeakerDocs, Section::SpeakerDocEnds),
        ] {
            let used = |put: &mut dyn FnMut(u32, u32)| {
                naming.each(&mut |spelling, doc, speaks| {
                    if speaks || !spoken {
                        put(now.get(spelling as usize).copied().unwrap_or(u32::MAX), doc);
                    }
                });
            };
            let written = invert(now.len(), count, used, sections.begin(lists as usize));
            sections.put(ends as usize, &written);
        }
        drop(naming);
        let codes: Vec<u8> =
            countries.keys().flat_map(|code| code.as_str().bytes().collect::<Vec<_>>()).collect();
        sections.put(Section::Countries as usize, &codes);
        let mut lists = countries.into_values();
        let written = write_grown(&mut lists, count, sections.begin(Section::CountryDocs as usize));
        sections.put(Section::CountryDocEnds as usize, &written);
        extend(sections.begin(Section::Days as usize), &days);
        sections.put(Section::Languages as usize, &languages);
        sections.put(Section::Quoting as usize, &quoting.bits(count).to_bytes(count));
        for ((lists, ends), bytes, places) in [
            (title_pairs, Section::TitlePairs, Section::TitlePairEnds),
            (name_pairs, Section::NamePairs, Section::NamePairEnds),
        ] {
            sections.put(bytes as usize, &lists);
            sections.put(places as usize, &ends);
        }
        sections.finish()
    }
}

/// Words and marks of a title, and bytes an article takes in an arena: more than most have.
const WORDS: usize = 16;
const BYTES: usize = 192;

/// A spelling behind the place of its kind, so that those of a kind stand side by side; none of an empty one.
fn keyed<'s>(kind: Option<Kind>, folded: &str, scratch: &'s mut String) -> Option<&'s str> {
    let kind = KINDS.iter().position(|&known| known == kind).unwrap_or(0);
    scratch.clear();
    scratch.push(char::from(b'0' + kind as u8));
    scratch.push_str(folded);
    (!folded.is_empty()).then_some(scratch)
}

/// The words of every spelling in order, where each kind ends, and the place each spelling has now.
fn name_words(spellings: &Strings, words: &mut Collected) -> (Runs, Vec<u32>, Vec<u32>) {
    let mut names = Runs::default();
    let mut ends = vec![0u32; KINDS.len()];
    let mut now = vec![0u32; spellings.len()];
    for (place, number) in (0u32..).zip(spellings.sorted_by(|key| key)) {
        let mut text = spellings.get(number).chars();
        let kind = text.next().and_then(|kind| kind.to_digit(10)).unwrap_or(0);
        names.numbers.extend(pieces(text.as_str()).map(|(_, piece)| words.number(piece)));
        names.end();
        ends.iter_mut().skip(kind as usize).for_each(|end| *end = place + 1);
        if let Some(slot) = now.get_mut(number as usize) {
            *slot = place;
        }
    }
    (names, ends, now)
}

fn renumber(runs: &mut Runs, numbers: &[u32]) {
    for number in &mut runs.numbers {
        *number = numbers.get(*number as usize).copied().unwrap_or(u32::MAX);
    }
}

fn firsts(words: &Written) -> Vec<u8> {
    let ends = words.ends.as_chunks::<4>().0.iter().map(|end| u32::from_le_bytes(*end) as usize);
    let starts = std::iter::once(0).chain(ends.map(|end| end + 1));
    starts.take(words.numbers.len()).map(|start| words.text.get(start).copied().unwrap_or(0)).collect()
}

/// Calls `put` with each pair of first letters of words that follow each other, those stepped over aside, and the place
/// of the text.
fn pairs(texts: &Runs, words: &Words, put: &mut dyn FnMut(u32, u32)) {
    for (at, text) in (0u32..).zip(texts.iter()) {
        // The first letters that the next word may follow, a bit each.
        let mut before = 0u64;
        for &word in text {
            let Some(&(first, is_short)) = words.0.get(word as usize) else { continue };
            let mut open = before;
            while open != 0 {
                put(open.trailing_zeros() * INITIALS + first, at);
                open &= open - 1;
            }
            before = 1 << first | if is_short { before } else { 0 };
        }
    }
}

/// Of each word the class of its first letter, and whether it may be stepped over.
struct Words(Vec<(u32, bool)>);

impl Words {
    fn new(words: &Written) -> Words {
        let ends = words.ends.as_chunks::<4>().0.iter().map(|end| u32::from_le_bytes(*end) as usize);
        let mut start = 0;
        let known = ends.take(words.words as usize).map(|end| {
            let word = words.text.get(start..end).unwrap_or_default();
            start = end + 1;
            (initial(word.first().copied().unwrap_or(0)), is_short(word))
        });
        Words(known.collect())
    }
}

fn bytes(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    extend(&mut bytes, numbers);
    bytes
}

fn extend(bytes: &mut Vec<u8>, numbers: &[u32]) {
    bytes.reserve(numbers.len() * 4);
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
}
