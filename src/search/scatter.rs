//! Letters that stand apart: which of them mean anything, and what `fuzzy_matcher` thinks of them.
//!
//! A title holds most short words as letters somewhere in order, so a subsequence alone says nothing. It counts when
//! its letters stand either
//!
//! - from four letters on, in one word: from its first letter over at most twice as many letters as were typed ("prbw"
//!   in PRaBoWo), or from any other over at most half as many again ("rbwo");
//! - from three letters on, in several words that follow each other, as their beginnings (`chain`): "kju" in Kim Jong
//!   Un, "slavrov" in Sergey LAVROV.
//!
//! Words of one or two letters never scatter, nor do those over [`LONGEST`] bytes or with anything but letters and
//! digits in them; of a word only the first [`REACH`] bytes are looked at, so that the matcher's matrix stays small
//! whatever comes in. The score is the matcher's: of letters in one word, for that word alone, the best word
//! counting; of beginnings, for the words of the name that they are in. Beginnings of words of a title have none.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::index::{is_word, pieces};
use crate::text::Span;

/// How far into a word scattered letters are looked for, in bytes.
pub(super) const REACH: usize = 512;
/// The longest word that scatters, in bytes.
pub(super) const LONGEST: usize = 48;
/// The shortest word that scatters, in letters.
pub(super) const SHORTEST: usize = 3;
/// The shortest word that scatters within one word.
const SHORTEST_WITHIN: usize = 4;
/// Scores are held to this.
pub(super) const MAX_SCORE: u16 = 1023;

/// Scores scattered letters. One for each search: it keeps its matrix.
pub(super) struct Scorer(SkimMatcherV2);

impl Scorer {
    pub(super) fn new() -> Scorer {
        Scorer(SkimMatcherV2::default())
    }

    /// The score of `word` in `text`, and the characters of `text` it chose.
    fn score(&self, text: &str, word: &str) -> Option<(u16, Vec<usize>)> {
        // Not `fuzzy_match`: in 0.3.7 its score differs for one match in twenty.
        let (score, letters) = self.0.fuzzy_indices(text, word)?;
        let score = u16::try_from(score.max(0)).unwrap_or(MAX_SCORE).min(MAX_SCORE);
        Some((score, letters))
    }
}

/// A folded word that may be found scattered.
#[derive(Debug, Clone)]
pub(super) struct Scattered {
    pub(super) word: String,
    letters: usize,
    /// Bit `n`: a letter ends behind `n` bytes.
    pub(super) ends: u64,
}

impl Scattered {
    /// `None` for a word too short or too long for it, or one with marks in it.
    pub(super) fn new(word: &str) -> Option<Scattered> {
        let letters = word.chars().count();
        (letters >= SHORTEST && word.len() <= LONGEST && word.chars().all(char::is_alphanumeric)).then(|| {
            let ends = word.char_indices().map(|(at, letter)| 1 << (at + letter.len_utf8())).sum();
            Scattered { word: word.to_owned(), letters, ends }
        })
    }

    /// Whether it scatters within one word at all.
    pub(super) fn scatters_within(&self) -> bool {
        self.letters >= SHORTEST_WITHIN
    }

    /// Whether a text holds the letters.
    pub(super) fn is_in(&self, text: &str) -> bool {
        words(text).any(|(_, word)| self.is_within(reach(word))) || self.is_chained(text, true)
    }

    /// How well one word of a text holds the letters.
    pub(super) fn score_within(&self, word: &str, scorer: &Scorer) -> Option<u16> {
        let word = reach(word);
        if !self.is_within(word) {
            return None;
        }
        Some(scorer.score(word, &self.word)?.0)
    }

    /// How well a name holds the letters as the beginnings of its words.
    pub(super) fn score_chain(&self, name: &str, scorer: &Scorer) -> Option<u16> {
        if !self.is_chained(name, true) {
            return None;
        }
        let words = self.chain(name, true).and_then(|window| name.get(window));
        Some(words.and_then(|words| scorer.score(words, &self.word)).map_or(0, |(score, _)| score))
    }

    /// How well a text holds the letters, and which bytes the matcher takes for them, as runs. Beginnings of words are
    /// scored when `name` is set.
    pub(super) fn locate(&self, text: &str, name: bool, scorer: &Scorer) -> Option<(u16, Vec<Span>)> {
        let within = words(text)
            .filter_map(|(at, word)| Some((self.score_within(word, scorer)?, at..at + reach(word).len())))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let chain = || {
            let score = if name { self.score_chain(text, scorer)? } else { 0 };
            Some((score, self.chain(text, name)?))
        };
        let chain = if within.is_none() || name { chain() } else { None };
        let (score, window) = match (within, chain) {
            (Some(within), Some(chain)) => {
                if chain.0 > within.0 {
                    chain
                } else {
                    within
                }
            }
            (within, chain) => within.or(chain)?,
        };
        Some((score, self.runs(text, window, scorer)))
    }

    fn runs(&self, text: &str, window: Range<usize>, scorer: &Scorer) -> Vec<Span> {
        let mut runs: Vec<Span> = Vec::new();
        let start = window.start;
        let Some(part) = text.get(window).filter(|part| part.len() <= REACH) else { return runs };
        let Some((_, letters)) = scorer.score(part, &self.word) else { return runs };
        let mut letters = letters.into_iter().peekable();
        for (index, (at, letter)) in part.char_indices().enumerate() {
            if letters.next_if_eq(&index).is_none() {
                continue;
            }
            let run = Span::new(start + at, start + at + letter.len_utf8());
            match runs.last_mut() {
                Some(last) if last.end == run.start => last.end = run.end,
                _ => runs.push(run),
            }
        }
        runs
    }

    /// Whether the letters stand in one word as the rule asks.
    fn is_within(&self, word: &str) -> bool {
        let Some(first) = self.word.chars().next().filter(|_| self.scatters_within()) else { return false };
        self.holds(word, self.letters * 2)
            || word
                .match_indices(first)
                .any(|(at, _)| word.get(at..).is_some_and(|rest| self.holds(rest, self.letters * 3 / 2)))
    }

    /// Whether the first letters of a word, so many, hold the letters, the first of which stands first.
    fn holds(&self, word: &str, span: usize) -> bool {
        let mut wanted = self.word.chars();
        let Some(mut next) = wanted.next().filter(|&first| word.starts_with(first)) else { return false };
        for letter in word.chars().take(span) {
            if letter == next {
                match wanted.next() {
                    Some(letter) => next = letter,
                    None => return true,
                }
            }
        }
        false
    }
}

/// The words of a text and where they begin.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    pieces(text).filter(|(_, piece)| is_word(piece))
}

/// The first [`REACH`] bytes of a word.
fn reach(word: &str) -> &str {
    if word.len() <= REACH {
        return word;
    }
    let end = (0..=REACH).rev().find(|&at| word.is_char_boundary(at)).unwrap_or(0);
    word.get(..end).unwrap_or_default()
}
