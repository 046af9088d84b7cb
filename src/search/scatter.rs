//! Letters that stand apart: which of them mean anything, and what `fuzzy_matcher` thinks of them.
//!
//! A title holds most short words as letters somewhere in order, so a subsequence alone says nothing. It counts when
//! its letters stand either
//!
//! - in one word: from the word's first letter and over at most three times as many letters as were typed ("prbw" in
//!   Prabowo), or from four letters on anywhere in it, over at most twice as many; or
//! - in several, as beginnings of words that follow each other ("menlu" in MENteri LUar, "slavrov" in Sergey LAVROV);
//!   words of up to three letters may be stepped over (Bank *of* England).
//!
//! Words of one or two letters never scatter. Only the text's first [`REACH`] bytes are looked at, for words of up to
//! [`LONGEST`] bytes, so that the matcher's matrix stays small whatever comes in.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::text::Span;

/// How far into a text scattered letters are looked for, in bytes.
pub(super) const REACH: usize = 512;
/// The longest word that scatters, in bytes.
pub(super) const LONGEST: usize = 48;
/// The shortest word that scatters, in letters.
pub(super) const SHORTEST: usize = 3;
/// The shortest word that scatters in a word without its first letter.
const SHORTEST_INSIDE: usize = 4;
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
        for word in words(text) {
            let piece = text.get(word.clone())?;
            if self.is_within(piece) {
                return Some(word);
            }
            if let Some(start) = chains.step(piece, word.start, &self.word) {
                return Some(start..word.end);
            }
        }
        None
    }

    /// Whether the letters stand in one word as the rule asks.
    fn is_within(&self, piece: &str) -> bool {
        if piece.len() <= self.word.len() {
            return false;
        }
        let Some(first) = self.word.chars().next() else { return false };
        if piece.starts_with(first) && self.fits(piece, 3) {
            return true;
        }
        self.letters >= SHORTEST_INSIDE
            && piece
                .match_indices(first)
                .any(|(at, _)| piece.get(at..).is_some_and(|rest| self.fits(rest, 2)))
    }

    /// Whether the first `times` as many letters of `piece` hold the letters, the first of which begins it.
    fn fits(&self, piece: &str, times: usize) -> bool {
        let mut wanted = self.word.chars().peekable();
        for letter in piece.chars().take(self.letters * times) {
            if wanted.next_if_eq(&letter).is_some() && wanted.peek().is_none() {
                return true;
            }
        }
        false
    }
}

/// The words of a folded text: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0usize;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = from + rest.find(char::is_alphanumeric)?;
        let rest = text.get(start..)?;
        let end = start + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        from = end;
        Some(start..end)
    })
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
