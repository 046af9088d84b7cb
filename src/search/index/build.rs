//! Puts articles into the sections of an arena.

use std::collections::{BTreeMap, HashMap};

use super::arena::{Doc, INITIALS, KINDS, SECTIONS, Section, code, day, initial};
use super::bytes::{Sections, Writing};
use super::lists::{Growing, invert, write_grown};
use super::vocabulary::{Collected, Written, pieces};
use crate::article::Kind;
use crate::search::chain::is_short;
use crate::text::fold;
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

/// Spellings of names while they are collected, numbered as they come.
#[derive(Default)]
struct Spellings {
    numbers: HashMap<Box<str>, u32>,
    /// By spelling and kind.
    known: HashMap<(u32, u8), u32>,
    rows: Vec<(u8, u32)>,
    /// Of each row the articles that use it, and those in which its bearer speaks.
    docs: Vec<Growing>,
    speakers: Vec<Growing>,
}

impl Spellings {
    fn add(&mut self, doc: u32, kind: Option<Kind>, spelling: &str, speaks: bool) {
        let folded = fold(spelling);
        if folded.is_empty() {
            return;
        }
        let text = match self.numbers.get(folded.as_str()) {
            Some(&number) => number,
            None => {
                let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
                self.numbers.insert(folded.into(), number);
                number
            }
        };
        let kind = KINDS.iter().position(|&known| known == kind).unwrap_or(0) as u8;
        let row = *self.known.entry((text, kind)).or_insert_with(|| {
            self.rows.push((kind, text));
            self.docs.push(Growing::default());
            self.speakers.push(Growing::default());
            u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(docs) = self.docs.get_mut(row as usize) {
            docs.push(doc);
        }
        if let Some(speakers) = self.speakers.get_mut(row as usize).filter(|_| speaks) {
            speakers.push(doc);
        }
    }

    /// The rows in the order in which the arena holds them, with the number each has had.
    fn sorted(&mut self) -> Vec<(u8, Box<str>, u32)> {
        self.known = HashMap::new();
        let mut texts: Vec<Box<str>> = vec![Box::default(); self.numbers.len()];
        for (text, number) in std::mem::take(&mut self.numbers) {
            if let Some(slot) = texts.get_mut(number as usize) {
                *slot = text;
            }
        }
        let mut rows: Vec<(u8, Box<str>, u32)> = (0u32..)
            .zip(std::mem::take(&mut self.rows))
            .map(|(row, (kind, text))| (kind, texts.get(text as usize).cloned().unwrap_or_default(), row))
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// Writes the sections of an arena of the articles that `each` puts in.
pub(super) fn build(each: impl FnOnce(&mut dyn FnMut(Doc<'_>))) -> Sections {
    let mut words = Collected::default();
    let mut titles = Runs::default();
    let mut spellings = Spellings::default();
    let mut countries: BTreeMap<Country, Growing> = BTreeMap::new();
    let (mut days, mut languages, mut quoting) = (Vec::new(), Vec::new(), Growing::default());
    let mut at = 0;
    each(&mut |doc| {
        // Half of what a number can hold, so that sums of two never overflow.
        if at >= u32::MAX / 2 {
            return;
        }
        titles.numbers.extend(pieces(&fold(doc.title)).map(|(_, piece)| words.number(piece)));
        titles.end();
        days.push(doc.published.map_or(0, |published| day(published.date())));
        languages.extend(code(doc.language));
        if doc.quotes > 0 {
            quoting.push(at);
        }
        if let Some(outlet) = doc.outlet {
            spellings.add(at, None, outlet, false);
        }
        for name in doc.names {
            let speaks = name.quotes > 0;
            name.spellings().for_each(|spelling| spellings.add(at, Some(name.kind), spelling, speaks));
            if let (Kind::Country, Some(country)) = (name.kind, name.country) {
                countries.entry(country).or_default().push(at);
            }
        }
        at += 1;
    });
    let count = titles.ends.len();
    let (mut names, ends_of_kinds, rows) = name_words(&mut spellings, &mut words);
    let words = words.finish();
    let mut counts = vec![u32::try_from(count).unwrap_or(u32::MAX), words.words];
    counts.extend(ends_of_kinds);

    renumber(&mut titles, &words.numbers);
    renumber(&mut names, &words.numbers);
    let known = Words::new(&words);
    let followed = |texts: &Runs| {
        let keys = (INITIALS * INITIALS) as usize;
        invert(keys, texts.ends.len(), |put| pairs(texts, &known, put))
    };
    let (title_pairs, name_pairs) = (followed(&titles), followed(&names));
    drop(known);

    // What is written is let go of, so that little is held twice.
    let mut sections = Writing::new(SECTIONS);
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
        let lists = invert(words, texts.ends.len(), |put| texts.pairs(put));
        drop(texts);
        sections.put(uses as usize, &lists.0);
        sections.put(use_ends as usize, &lists.1);
    };
    put_texts(titles, [Section::Titles, Section::TitleEnds, Section::TitleUses, Section::TitleUseEnds]);
    put_texts(names, [Section::Names, Section::NameEnds, Section::NameUses, Section::NameUseEnds]);
    let mut put_grown = |lists: &mut dyn Iterator<Item = Growing>, bytes: Section, ends: Section| {
        let written = write_grown(lists, count, sections.begin(bytes as usize));
        sections.put(ends as usize, &written);
    };
    for (mut docs, bytes, ends) in [
        (spellings.docs, Section::NameDocs, Section::NameDocEnds),
        (spellings.speakers, Section::SpeakerDocs, Section::SpeakerDocEnds),
    ] {
        let mut lists =
            rows.iter().map(|&row| docs.get_mut(row as usize).map(std::mem::take).unwrap_or_default());
        put_grown(&mut lists, bytes, ends);
    }
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

/// The words of every spelling in order, where each kind ends, and the row each spelling has had.
fn name_words(spellings: &mut Spellings, words: &mut Collected) -> (Runs, Vec<u32>, Vec<u32>) {
    let rows = spellings.sorted();
    let mut names = Runs::default();
    let mut ends = vec![0u32; KINDS.len()];
    for (number, (kind, text, _)) in (0u32..).zip(&rows) {
        names.numbers.extend(pieces(text).map(|(_, piece)| words.number(piece)));
        names.end();
        ends.iter_mut().skip(usize::from(*kind)).for_each(|end| *end = number + 1);
    }
    (names, ends, rows.into_iter().map(|(.., row)| row).collect())
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
