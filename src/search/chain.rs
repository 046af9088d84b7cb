//! Beginnings of words that follow each other and together spell a word that was typed.
//!
//! In a name any of them will do ("kimjongu", "kjun" in Kim Jong Un). Titles are longer, and their words happen to begin
//! with anything; there it must be the first letters, the last of which may go on ("mrmeng" in Menlu Rusia MENGunjungi),
//! or the beginnings of two words ("menrus"). Words of up to three letters may be stepped over (Bank *of* England).

use std::ops::Range;

use super::index::{Bits, Phrases, Vocabulary};
use super::scatter::{REACH, Scattered, words};

/// Words up to this many letters are stepped over.
const STEPPED_OVER: usize = 3;

/// What the words of a text so far spell of the word looked for: bit `n` for its first `n` bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Chain {
    /// By beginnings; in a title, by that of one word.
    spelt: u64,
    /// In a title, by first letters.
    initials: u64,
}

impl Chain {
    pub(super) fn is_empty(self) -> bool {
        self.spelt | self.initials == 0
    }
}

/// Whether a word may be stepped over.
pub(super) fn is_short(word: &[u8]) -> bool {
    // Bytes that begin a letter.
    word.iter().filter(|&&byte| byte & 0xc0 != 0x80).nth(STEPPED_OVER).is_none()
}

/// The numbers of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        bits &= bits.checked_sub(1)?;
        Some(at as usize)
    })
}

impl Scattered {
    /// Goes on by one word of a title or, when `name` is set, name; whether that spells the whole.
    #[inline]
    pub(super) fn step(&self, chain: &mut Chain, word: &[u8], name: bool) -> bool {
        let wanted = self.word.as_bytes();
        let behind = |done: usize| wanted.get(done..).unwrap_or_default();
        let same = |done: usize| behind(done).iter().zip(word).take_while(|(a, b)| a == b).count();
        // Bits `done + 1` to `done + same`.
        let spell = |done: usize| (((1 << same(done)) - 1) << (done + 1)) & self.ends;
        let mut next = if is_short(word) { *chain } else { Chain::default() };
        if name {
            next.spelt = ones(chain.spelt | 1).fold(next.spelt, |spelt, done| spelt | spell(done));
            *chain = next;
            return chain.spelt >> wanted.len() & 1 == 1;
        }
        if ones(chain.spelt | chain.initials).any(|done| word.starts_with(behind(done))) {
            return true;
        }
        next.spelt |= spell(0);
        for done in ones(chain.initials | 1) {
            let spelt = spell(done);
            next.initials |= spelt & spelt.wrapping_neg();
        }
        *chain = next;
        false
    }

    /// Whether the beginnings of words of a title or name spell the word.
    pub(super) fn is_chained(&self, text: &str, name: bool) -> bool {
        let mut chain = Chain::default();
        words(text).any(|(_, word)| self.step(&mut chain, word.as_bytes(), name))
    }

    /// The words whose beginnings spell the word: those that end first, and of these the fewest; `None` when they take
    /// more than [`REACH`] bytes.
    pub(super) fn chain(&self, text: &str, name: bool) -> Option<Range<usize>> {
        let mut chain = Chain::default();
        let mut seen: Vec<(usize, &str)> = Vec::new();
        for (at, word) in words(text) {
            seen.push((at, word));
            if !self.step(&mut chain, word.as_bytes(), name) {
                continue;
            }
            let end = at + word.len();
            let starts = (0..seen.len()).rev().map_while(|start| Some((start, seen.get(start)?.0)));
            let mut near = starts.take_while(|(_, at)| end - at <= REACH);
            return near.find_map(|(start, at)| {
                let mut chain = Chain::default();
                let mut words = seen.get(start..)?.iter();
                words.any(|(_, word)| self.step(&mut chain, word.as_bytes(), name)).then_some(at..end)
            });
        }
        None
    }

    /// Whether a word that begins with this byte may go on a chain.
    pub(super) fn has(&self, first: u8) -> bool {
        self.word.as_bytes().contains(&first)
    }

    /// The names that may hold the word as beginnings: its first letter begins a word, another of its letters the next.
    pub(super) fn chainable_names(&self, names: &Phrases<'_>) -> Bits {
        let mut found = Bits::none(names.len());
        let starts: Vec<usize> = self.starts().collect();
        for &second in starts.iter().skip(1) {
            self.add_followed(names, 0, second, &mut found);
        }
        found
    }

    /// The titles that may hold the word as beginnings of theirs.
    pub(super) fn chainable_titles(&self, titles: &Phrases<'_>, vocabulary: &Vocabulary<'_>) -> Bits {
        let mut found = Bits::none(titles.len());
        let begun = |part: Range<usize>, docs: &Bits| -> Option<Bits> {
            let part = self.word.get(part)?;
            if part.chars().nth(1).is_none() {
                return Some(docs.clone());
            }
            let mut holding = Bits::none(titles.len());
            vocabulary.beginning(part).for_each(|word| titles.uses.get(word).add_to(&mut holding));
            docs.common(&holding)
        };
        let followed = |first: usize, second: usize| {
            let mut docs = Bits::none(titles.len());
            self.add_followed(titles, first, second, &mut docs);
            docs
        };
        let all = self.word.len();
        let starts: Vec<usize> = self.starts().collect();
        for &second in starts.iter().skip(1) {
            let docs = begun(0..second, &followed(0, second)).and_then(|docs| begun(second..all, &docs));
            docs.iter().for_each(|docs| found.union(docs));
        }
        let mut initials: Option<Bits> = None;
        for (&first, &second) in starts.iter().zip(starts.iter().skip(1)) {
            let docs = followed(first, second);
            let docs = match &initials {
                None => Some(docs),
                Some(known) => known.common(&docs),
            };
            let Some(docs) = docs else { break };
            begun(second..all, &docs).iter().for_each(|docs| found.union(docs));
            initials = Some(docs);
        }
        found
    }

    fn add_followed(&self, texts: &Phrases<'_>, first: usize, second: usize, docs: &mut Bits) {
        let bytes = self.word.as_bytes();
        if let (Some(&first), Some(&second)) = (bytes.get(first), bytes.get(second)) {
            texts.add_followed(first, second, docs);
        }
    }

    /// Where its letters begin.
    fn starts(&self) -> impl Iterator<Item = usize> {
        self.word.char_indices().map(|(at, _)| at)
    }
}
