//! One word of a query and where a folded text holds it.

use memchr::memmem::Finder;

use super::scatter::{Scattered, Scorer, words};
use super::typo;
use crate::text::{Span, fold};

/// Which letters a folded text holds, one bit for each of a–z and 0–9, the other bytes sharing the rest: a text holds
/// a word, in whatever way, only if its letters hold the word's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn of(text: &str) -> Letters {
        Letters(text.bytes().fold(0, |bits, byte| {
            let bit = match byte {
                b'a'..=b'z' => byte - b'a',
                b'0'..=b'9' => byte - b'0' + 26,
                _ => 36 + byte % 28,
            };
            bits | (1 << bit)
        }))
    }

    /// Whether they hold those of a word.
    pub(super) fn hold(self, word: Letters) -> bool {
        self.0 & word.0 == word.0
    }

    /// Whether they hold those of a word but for one at most.
    pub(super) fn nearly_hold(self, word: Letters) -> bool {
        (word.0 & !self.0).count_ones() <= 1
    }

    pub(super) fn to_u64(self) -> u64 {
        self.0
    }

    pub(super) fn read(bits: u64) -> Letters {
        Letters(bits)
    }
}

/// How a text holds a word, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Letters that stand apart, and their score.
    Scattered(u16),
    /// In one piece, inside a word.
    Inside,
    /// In one piece, as a word's beginning.
    Beginning,
    /// As a whole word.
    Whole,
}

/// What the signs around a word ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Signs {
    /// `'`: in one piece.
    pub(super) exact: bool,
    /// `^`: where the text begins.
    pub(super) start: bool,
    /// `$`: where the text ends.
    pub(super) end: bool,
}

impl Signs {
    pub(super) const EXACT: Signs = Signs { exact: true, start: false, end: false };

    fn any(self) -> bool {
        self.exact || self.start || self.end
    }
}

/// A folded word (or words with a space between them), ready to be looked for.
#[derive(Debug, Clone)]
pub(super) struct Needle {
    text: String,
    signs: Signs,
    letters: Letters,
    finder: Finder<'static>,
    scattered: Option<Scattered>,
}

impl Needle {
    /// `None` when nothing is left after folding.
    pub(super) fn new(word: &str, signs: Signs) -> Option<Needle> {
        let text = fold(word);
        if text.is_empty() {
            return None;
        }
        Some(Needle {
            signs,
            letters: Letters::of(&text),
            finder: Finder::new(&text).into_owned(),
            scattered: if signs.any() { None } else { Scattered::new(&text) },
            text,
        })
    }

    /// The folded word.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn letters(&self) -> Letters {
        self.letters
    }

    pub(super) fn signs(&self) -> Signs {
        self.signs
    }

    /// Whether it must stand at the beginning, and at the end, of a text.
    pub(super) fn anchors(&self) -> (bool, bool) {
        (self.signs.start, self.signs.end)
    }

    /// Whether it is one word without marks that may stand anywhere: then any text holds it in one of its words.
    pub(super) fn is_plain(&self) -> bool {
        !self.signs.start && !self.signs.end && self.text.chars().all(char::is_alphanumeric)
    }

    pub(super) fn finder(&self) -> &Finder<'static> {
        &self.finder
    }

    /// The word as its letters may be scattered, if they may.
    pub(super) fn scattering(&self) -> Option<&Scattered> {
        self.scattered.as_ref()
    }

    /// The best way in which the folded `text` holds it in one piece.
    pub(super) fn piece(&self, text: &str) -> Option<Place> {
        self.best(text).map(|(place, _)| place)
    }

    /// The best way in which a folded title or, when `name` is set, name holds it, and the bytes it takes.
    pub(super) fn locate(&self, text: &str, name: bool, scorer: &Scorer) -> Option<(Place, Vec<Span>)> {
        if let Some((place, at)) = self.best(text) {
            return Some((place, vec![Span::new(at, at + self.text.len())]));
        }
        let (score, runs) = self.scattered.as_ref()?.locate(text, name, scorer)?;
        Some((Place::Scattered(score), runs))
    }

    /// Where the folded `text` holds it with one mistake.
    pub(super) fn misspelt(&self, text: &str) -> Option<Span> {
        words(text).find_map(|(at, word)| {
            let length = typo::beginning(&self.text, word)?;
            Some(Span::new(at, at + length))
        })
    }

    /// The best occurrence in one piece, the first of equals.
    fn best(&self, text: &str) -> Option<(Place, usize)> {
        if self.signs.start || self.signs.end {
            let at = self.anchored(text)?;
            return Some((self.judge(text, at), at));
        }
        let mut best: Option<(Place, usize)> = None;
        for at in self.finder.find_iter(text.as_bytes()) {
            let place = self.judge(text, at);
            if best.is_none_or(|(known, _)| place > known) {
                best = Some((place, at));
                if place == Place::Whole {
                    break;
                }
            }
        }
        best
    }

    /// Where it stands at the text's beginning or end, marks before the first and behind the last word aside.
    fn anchored(&self, text: &str) -> Option<usize> {
        let bare = |c: char| !c.is_alphanumeric();
        let inner = text.trim_start_matches(bare);
        let skipped = text.len() - inner.len();
        if self.signs.start {
            let at = if text.starts_with(&self.text) {
                0
            } else if inner.starts_with(&self.text) {
                skipped
            } else {
                return None;
            };
            let rest = text.get(at + self.text.len()..)?;
            return (!self.signs.end || rest.chars().all(bare)).then_some(at);
        }
        let trimmed = text.trim_end_matches(bare);
        let end = if text.ends_with(&self.text) { text.len() } else { trimmed.len() };
        text.get(..end)?.ends_with(&self.text).then(|| end - self.text.len())
    }

    fn judge(&self, text: &str, at: usize) -> Place {
        let end = at + self.text.len();
        if is_inside_word(text, at) {
            Place::Inside
        } else if is_inside_word(text, end) {
            Place::Beginning
        } else {
            Place::Whole
        }
    }
}

/// Whether letters or digits stand on both sides of a place in a text.
pub(super) fn is_inside_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (Some(&before), Some(&after)) = (at.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(at))
    else {
        return false;
    };
    let before = if before.is_ascii() {
        before.is_ascii_alphanumeric()
    } else {
        text.get(..at).and_then(|text| text.chars().next_back()).is_some_and(char::is_alphanumeric)
    };
    before
        && if after.is_ascii() {
            after.is_ascii_alphanumeric()
        } else {
            text.get(at..).and_then(|text| text.chars().next()).is_some_and(char::is_alphanumeric)
        }
}
