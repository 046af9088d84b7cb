//! Letters that stand apart: which of them mean anything, and what `fuzzy_matcher` thinks of them.
//!
//! A title holds most short words as letters somewhere in order, so a subsequence alone says nothing. It counts when
//! its letters stand either
//!
//! - from four letters on, in one word: from its first letter over at most twice as many letters as were typed ("prbw"
//!   in PRaBoWo), or from any other over at most half as many again ("rbwo");
//! - from three letters on, in several words that follow each other, as the beginnings of each ("kju" in Kim Jong Un,
//!   "slavrov" in Sergey LAVROV); words of up to three letters may be stepped over (Bank *of* England).
//!
//! Words of one or two letters never scatter. Only the text's first [`REACH`] bytes are looked at, for words of up to
//! [`LONGEST`] bytes, so that the matcher's matrix stays small whatever comes in.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memchr;

use super::word::is_inside_word;
use crate::text::Span;

/// How far into a text scattered letters are looked for, in bytes.
pub(super) const REACH: usize = 512;
/// The longest word that scatters, in bytes.
pub(super) const LONGEST: usize = 48;
/// The shortest word that scatters, in letters.
pub(super) const SHORTEST: usize = 3;
/// The shortest word that scatters within one word.
const SHORTEST_WITHIN: usize = 4;
/// Words up to this many letters are stepped over.
const STEPPED_OVER: usize = 3;
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
    word: String,
    letters: usize,
}

impl Scattered {
    /// `None` for a word too short or too long for it.
    pub(super) fn new(word: &str) -> Option<Scattered> {
        let letters = word.chars().count();
        (letters >= SHORTEST && word.len() <= LONGEST).then(|| Scattered { word: word.to_owned(), letters })
    }

    /// How well the folded `text` holds the letters.
    pub(super) fn score(&self, text: &str, scorer: &Scorer) -> Option<u16> {
        let window = self.window(text)?;
        Some(scorer.score(text.get(window)?, &self.word)?.0)
    }

    /// Which bytes of the folded `text` the matcher takes for the letters, as runs.
    pub(super) fn runs(&self, text: &str, scorer: &Scorer) -> Vec<Span> {
        let runs = self.window(text).and_then(|window| {
            let start = window.start;
            let part = text.get(window)?;
            let (_, letters) = scorer.score(part, &self.word)?;
            let mut letters = letters.into_iter().peekable();
            let mut runs: Vec<Span> = Vec::new();
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
            Some(runs)
        });
        runs.unwrap_or_default()
    }

    /// The words of `text` that hold the letters as the rule asks: those that end first, and of these the fewest.
    pub(super) fn window(&self, text: &str) -> Option<Range<usize>> {
        let reach = (0..=REACH.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
        let text = text.get(..reach)?;
        let mut chains = Chains::new();
        let mut at = 0;
        loop {
            let start = if chains.is_empty() {
                // Nothing begins before the first letter stands there.
                let next = at + memchr(*self.word.as_bytes().first()?, text.as_bytes().get(at..)?)?;
                if is_inside_word(text, next) {
                    at = next + 1;
                    if self.holds(text, next, self.letters * 3 / 2) {
                        return Some(word_start(text, next)..skip(text, next, true));
                    }
                    continue;
                }
                next
            } else {
                skip(text, at, false)
            };
            let end = skip(text, start, true);
            let piece = text.get(start..end).filter(|piece| !piece.is_empty())?;
            if self.is_within(piece) {
                return Some(start..end);
            }
            if let Some(first) = chains.step(piece, start, &self.word) {
                return Some(first..end);
            }
            at = end;
        }
    }

    /// Whether the letters stand in one word as the rule asks.
    fn is_within(&self, piece: &str) -> bool {
        let Some(first) = self.word.chars().next() else { return false };
        self.holds(piece, 0, self.letters * 2)
            || piece.match_indices(first).any(|(at, _)| self.holds(piece, at, self.letters * 3 / 2))
    }

    /// Whether the next letters of a word from `at` on, so many, hold the letters, the first of which stands there.
    fn holds(&self, text: &str, at: usize, span: usize) -> bool {
        let Some(rest) = text.get(at..).filter(|_| self.letters >= SHORTEST_WITHIN) else { return false };
        let mut wanted = self.word.chars();
        let Some(mut next) = wanted.next().filter(|&first| rest.starts_with(first)) else { return false };
        for letter in rest.chars().take(span) {
            if letter == next {
                match wanted.next() {
                    Some(letter) => next = letter,
                    None => return true,
                }
            } else if !letter.is_alphanumeric() {
                break;
            }
        }
        false
    }
}

/// Where the word begins that holds the letter at `at`.
fn word_start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.trim_end_matches(char::is_alphanumeric).len()
}

/// Where the letters and digits (or all but these) from `at` on end.
fn skip(text: &str, mut at: usize, letters: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() != letters {
                break;
            }
            at += 1;
        } else {
            let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if letter.is_alphanumeric() != letters {
                break;
            }
            at += letter.len_utf8();
        }
    }
    at
}

/// Beginnings of words that together spell a beginning of the word looked for.
struct Chains {
    /// Bit `n`: the words so far spell its first `n` bytes.
    spelt: u64,
    /// For each, where the latest chain of words that does so begins.
    starts: [usize; LONGEST + 1],
}

impl Chains {
    fn new() -> Chains {
        Chains { spelt: 0, starts: [0; LONGEST + 1] }
    }

    fn is_empty(&self) -> bool {
        self.spelt == 0
    }

    /// Goes on by one word; where the chain begins that now spells all of `wanted`.
    fn step(&mut self, piece: &str, at: usize, wanted: &str) -> Option<usize> {
        let begins = piece.as_bytes().first() == wanted.as_bytes().first();
        if self.spelt == 0 && !begins {
            return None;
        }
        let mut next = Chains { spelt: 0, starts: self.starts };
        if self.spelt != 0 {
            if piece.chars().nth(STEPPED_OVER).is_none() {
                next.spelt = self.spelt;
            }
            for done in (1..wanted.len()).filter(|done| self.spelt & (1 << done) != 0) {
                let start = *self.starts.get(done)?;
                next.extend(done, start, piece, wanted);
            }
        }
        if begins {
            next.extend(0, at, piece, wanted);
        }
        let spelt = next.spelt & (1 << wanted.len()) != 0;
        *self = next;
        if spelt { self.starts.get(wanted.len()).copied() } else { None }
    }

    fn extend(&mut self, done: usize, start: usize, piece: &str, wanted: &str) {
        let Some(rest) = wanted.get(done..) else { return };
        let mut end = done;
        for (a, b) in rest.chars().zip(piece.chars()) {
            if a != b {
                break;
            }
            end += a.len_utf8();
            if let Some(known) = self.starts.get_mut(end) {
                *known = if self.spelt & (1 << end) == 0 { start } else { start.max(*known) };
                self.spelt |= 1 << end;
            }
        }
    }
}
