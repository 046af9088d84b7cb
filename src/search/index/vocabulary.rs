//! Every distinct word of an arena once, in order, and behind them the marks that stand between words.

use std::ops::Range;

use super::bytes::U32s;
use crate::search::word::Letters;
use crate::text::Interned;

/// Separates the words, so that nothing is found across two of them.
const END: u8 = b'\n';

/// The words of an arena.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Vocabulary<'a> {
    /// The words, each with an [`END`] behind it.
    text: &'a [u8],
    /// Where the [`END`] of each stands.
    ends: U32s<'a>,
    /// [`Letters`] of each, eight bytes.
    letters: &'a [u8],
    /// How many of them are words; the others are marks.
    words: u32,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(text: &'a [u8], ends: &'a [u8], letters: &'a [u8], words: u32) -> Vocabulary<'a> {
        Vocabulary { text, ends: U32s(ends), letters, words }
    }

    /// How many words there are: their numbers are below it, those of marks are not.
    pub(in crate::search) fn words(&self) -> u32 {
        self.words
    }

    /// How many words and marks there are.
    pub(in crate::search) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    fn start(&self, word: u32) -> usize {
        word.checked_sub(1)
            .and_then(|before| self.ends.get(before as usize))
            .map_or(0, |end| end as usize + 1)
    }

    #[inline]
    fn end(&self, word: u32) -> usize {
        self.ends.get(word as usize).unwrap_or(0) as usize
    }

    #[inline]
    pub(in crate::search) fn bytes(&self, word: u32) -> &'a [u8] {
        self.text.get(self.start(word)..self.end(word)).unwrap_or_default()
    }

    pub(in crate::search) fn get(&self, word: u32) -> &'a str {
        std::str::from_utf8(self.bytes(word)).unwrap_or_default()
    }

    /// The letters of some words, in order.
    pub(in crate::search) fn letters(&self, words: Range<u32>) -> impl Iterator<Item = (u32, Letters)> {
        let bytes = self.letters.get(words.start as usize * 8..words.end as usize * 8).unwrap_or_default();
        words.zip(bytes.as_chunks::<8>().0.iter().map(|bytes| Letters::read(u64::from_le_bytes(*bytes))))
    }

    /// Calls `found` with the words of a range that `find` finds something in, telling where in the word the first
    /// of it begins.
    pub(in crate::search) fn search(
        &self,
        words: Range<u32>,
        find: &memchr::memmem::Finder<'_>,
        mut found: impl FnMut(u32, usize),
    ) {
        let to = self.start(words.end);
        let (mut word, mut at) = (words.start, self.start(words.start));
        while let Some(next) = self.text.get(at..to).and_then(|rest| find.find(rest)) {
            let next = at + next;
            if self.end(word) < next {
                word = self.holding(word, words.end, next);
            }
            found(word, next - self.start(word));
            at = self.end(word) + 1;
            word += 1;
        }
    }

    /// The word that holds a byte of the text, not before `from`.
    fn holding(&self, from: u32, to: u32, at: usize) -> u32 {
        let (mut low, mut step) = (from, 1);
        while low + step < to && self.end(low + step) < at {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(to);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.end(middle) < at { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The words that begin with `start`.
    pub(in crate::search) fn beginning(&self, start: &str) -> Range<u32> {
        let start = start.as_bytes();
        let first = self.partition(|word| word < start);
        let behind = self.partition(|word| word < start || word.starts_with(start));
        first..behind.max(first)
    }

    /// The word with these letters.
    pub(in crate::search) fn find(&self, word: &str) -> Option<u32> {
        let first = self.partition(|known| known < word.as_bytes());
        (first < self.words && self.bytes(first) == word.as_bytes()).then_some(first)
    }

    fn partition(&self, before: impl Fn(&[u8]) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.bytes(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// A text as its words and the marks between them, with the places where they begin; a single space between two words
/// is no mark.
pub(in crate::search) fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut behind_word = false;
    std::iter::from_fn(move || {
        let mut rest = text.get(at..)?;
        if let Some(next) = rest.strip_prefix(' ').filter(|next| behind_word && is_word(next)) {
            rest = next;
            at += 1;
        }
        behind_word = is_word(rest);
        let end = rest.find(|c: char| c.is_alphanumeric() != behind_word).unwrap_or(rest.len());
        let piece = (at, rest.get(..end).filter(|piece| !piece.is_empty())?);
        at += end;
        Some(piece)
    })
}

/// Whether a piece of a text is a word.
pub(in crate::search) fn is_word(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphanumeric)
}

/// Words while they are collected, numbered as they come.
#[derive(Default)]
pub(super) struct Collected(Interned);

/// The sections of a vocabulary.
pub(super) struct Written {
    pub(super) text: Vec<u8>,
    pub(super) ends: Vec<u8>,
    pub(super) letters: Vec<u8>,
    pub(super) words: u32,
    /// The final number of each word by the one it had while it was collected.
    pub(super) numbers: Vec<u32>,
}

impl Collected {
    pub(super) fn number(&mut self, piece: &str) -> u32 {
        self.0.number(piece)
    }

    pub(super) fn finish(self) -> Written {
        let words = self.0.into_strings();
        let sorted = words.sorted_by(|piece| (!is_word(piece), piece));
        let mut written = Written {
            text: Vec::new(),
            ends: Vec::with_capacity(sorted.len() * 4),
            letters: Vec::with_capacity(sorted.len() * 8),
            words: 0,
            numbers: vec![0; sorted.len()],
        };
        for (number, old) in (0u32..).zip(sorted) {
            let piece = words.get(old);
            // What would pass 4 GiB is left out, its place kept.
            if u32::try_from(written.text.len() + piece.len() + 1).is_ok() {
                written.text.extend_from_slice(piece.as_bytes());
            }
            written.ends.extend(u32::try_from(written.text.len()).unwrap_or(u32::MAX).to_le_bytes());
            written.text.push(END);
            written.letters.extend(Letters::of(piece).to_u64().to_le_bytes());
            written.words += u32::from(is_word(piece));
            if let Some(slot) = written.numbers.get_mut(old as usize) {
                *slot = number;
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use memchr::memmem::Finder;
    use proptest::prelude::*;

    #[test]
    fn pieces_are_words_and_marks() {
        let of = |text| pieces(text).map(|(_, piece)| piece).collect::<Vec<_>>();
        assert_eq!(
            of("menlu rusia: \"ya\" di n'djamena"),
            ["menlu", "rusia", ": \"", "ya", "\" ", "di", "n", "'", "djamena"]
        );
        assert_eq!(of(" a  b "), [" ", "a", "  ", "b", " "]);
        assert_eq!(of(""), [""; 0]);
    }

    proptest! {
        #[test]
        fn words_are_found_where_they_stand(
            words in prop::collection::btree_set("[abé1]{1,5}", 1..30),
            marks in prop::collection::btree_set("[-. ]{1,2}", 0..3),
            wanted in "[abé1]{1,3}",
        ) {
            let mut collected = Collected::default();
            marks.iter().chain(&words).for_each(|word| { collected.number(word); });
            let written = collected.finish();
            let known = Vocabulary::new(&written.text, &written.ends, &written.letters, written.words);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let all: Vec<&str> = (0..known.words()).map(|word| known.get(word)).collect();
            prop_assert_eq!(&all, &words);
            let range = known.beginning(&wanted);
            let begin: Vec<&str> = words.iter().copied().filter(|word| word.starts_with(&wanted)).collect();
            prop_assert_eq!(range.map(|word| known.get(word)).collect::<Vec<_>>(), begin);
            let finder = Finder::new(&wanted);
            for from in 0..known.words() {
                let (mut found, mut slow) = (Vec::new(), Vec::new());
                known.search(from..known.words(), &finder, |word, at| found.push((word, at)));
                for word in from..known.words() {
                    slow.extend(known.get(word).find(&wanted).map(|at| (word, at)));
                }
                prop_assert_eq!(found, slow);
            }
        }
    }
}
