//! The name tagger: a linear model over the words of capitalised stretches.
//!
//! Each word that may belong to a name gets features (itself, its neighbours, letters, shapes, lexicon and gazetteer
//! classes, what the rules of [`names`](super::names) made of it), each feature a row of weights found by its hash, one
//! weight a label; Viterbi's algorithm picks the best sequence of labels of a stretch. Trained by
//! [`train`](fn@train) as a conditional random field, stored in `data/model`.

mod features;
mod seen;
mod train;

pub use train::{Sample, train};

use super::names::{Name, Small};
use super::page::Page;
use crate::article::Kind;
use crate::words::{Language, NAME_MODEL};
use features::Extractor;
use std::ops::Range;
use std::sync::OnceLock;

/// How many labels there are: none, and the beginning and inside of a person, a place and an organisation.
const LABELS: usize = 7;
/// Labels and one unused place, so that a row is eight bytes.
const ROW: usize = 8;
/// Rows of the table, a power of two.
const ROWS: usize = 1 << 18;
/// A path that is not allowed.
const NEVER: i32 = i32::MIN / 4;

/// The weights.
#[derive(Debug)]
struct Model {
    /// Which rows have a weight, a bit each: two of three have none, and are passed over.
    seen: Vec<u64>,
    /// How many of them stand before each word of bits.
    before: Vec<u32>,
    /// Those rows: a weight a label, each a byte that is 128 too high.
    rows: Vec<u64>,
    /// From label, to label.
    steps: [[i32; LABELS]; LABELS],
}

/// The most features of a token that are weighed; none has as many.
const MOST: usize = 256;

/// A name as the model sees it, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tagged {
    pub first: usize,
    pub last: usize,
    pub kind: Kind,
    /// How much better than the next best reading, in hundredths of certainty.
    pub confidence: u8,
}

impl Model {
    /// The model in the binary; `None` without weights.
    fn get() -> Option<&'static Model> {
        static MODEL: OnceLock<Option<Model>> = OnceLock::new();
        MODEL.get_or_init(|| Model::read(NAME_MODEL)).as_ref()
    }

    /// Reads what [`train`](fn@train) wrote: the steps as 16-bit integers, then the rows.
    fn read(bytes: &[u8]) -> Option<Model> {
        let (head, rest) = bytes.split_at_checked(LABELS * LABELS * 2)?;
        let mut steps = [[0; LABELS]; LABELS];
        for (value, bytes) in steps.iter_mut().flatten().zip(head.as_chunks().0) {
            *value = i32::from(i16::from_le_bytes(*bytes));
        }
        let (all, left) = rest.as_chunks::<ROW>();
        if all.len() != ROWS || !left.is_empty() {
            return None;
        }
        let (mut seen, mut before, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        for some in all.chunks(64) {
            before.push(u32::try_from(rows.len()).ok()?);
            seen.push((0..).zip(some).fold(0, |bits, (at, row)| bits | u64::from(*row != [0; ROW]) << at));
            let weights = some.iter().filter(|row| **row != [0; ROW]);
            rows.extend(weights.map(|row| u64::from_le_bytes(*row) ^ 0x8080_8080_8080_8080));
        }
        Some(Model { seen, before, rows, steps })
    }

    /// What each label of a token scores; `features` is room to work in.
    #[expect(
        clippy::indexing_slicing,
        reason = "features are below ROWS, their number below MOST; the hot loop"
    )]
    fn score(
        &self,
        extractor: &Extractor<'_, '_>,
        token: usize,
        features: &mut [u32; MOST],
    ) -> [i32; LABELS] {
        let mut found = 0;
        // Without a branch: whether a feature has weights cannot be foretold.
        extractor.features(token, |row| {
            features[found % MOST] = row;
            let bits = self.seen[row as usize / 64];
            found += (bits >> (row % 64) & 1) as usize;
        });
        // Four labels in each number: weights are kept 128 too high, so that none is below zero.
        const LANES: u64 = 0x00ff_00ff_00ff_00ff;
        let found = found.min(MOST);
        let (mut even, mut odd) = (0_u64, 0_u64);
        for row in &features[..found] {
            let at = *row as usize / 64;
            let below = (self.seen[at] & ((1 << (row % 64)) - 1)).count_ones();
            let weights = self.rows[(self.before[at] + below) as usize];
            even += weights & LANES;
            odd += weights >> 8 & LANES;
        }
        let lane = |sum: u64, at: u32| i32::from((sum >> (16 * at)) as u16) - 128 * found as i32;
        [lane(even, 0), lane(odd, 0), lane(even, 1), lane(odd, 1), lane(even, 2), lane(odd, 2), lane(even, 3)]
    }
}

/// Whether the model knows texts of `language`.
pub(super) fn knows(language: Language) -> bool {
    (language == Language::INDONESIAN || language == Language::ENGLISH) && Model::get().is_some()
}

/// What the model makes of a page.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// The names, in order.
    pub found: Vec<Tagged>,
    /// For each token how much better no name is than any: zero where it is one, and where none was looked for.
    against: Vec<u16>,
}

impl Tags {
    /// How sure it is that tokens `first` to `last` hold no name, in hundredths: by the least sure of them.
    pub(super) fn against(&self, first: usize, last: usize) -> u8 {
        let margins = self.against.get(first..=last).unwrap_or_default();
        margins.iter().min().map_or(0, |margin| if *margin == 0 { 0 } else { certainty(i32::from(*margin)) })
    }
}

/// Tags the stretches of a page that may hold names; `rules` are the names that the rules found, in order.
pub(super) fn tag(page: &Page<'_>, small: &Small, rules: &[Name]) -> Tags {
    let Some(model) = Model::get() else { return Tags::default() };
    let mut extractor = Extractor::new(page, small, rules);
    let mut tags = Tags { found: Vec::new(), against: vec![0; page.len()] };
    let mut scores: Vec<[i32; LABELS]> = Vec::new();
    let mut paths = Paths::default();
    let mut room = [0; MOST];
    let mut at = 0;
    while let Some(stretch) = features::stretch(page, at) {
        at = stretch.end;
        scores.clear();
        extractor.turn_to(&stretch);
        for token in stretch.clone() {
            let mut score = model.score(&extractor, token, &mut room);
            if let Some((label, confidence)) = extractor.label(token)
                && let Some(value) = score.get_mut(label)
            {
                *value += trust(page.language, confidence);
            }
            scores.push(score);
        }
        paths.read(&scores, &model.steps);
        paths.collect(stretch.start, &mut tags);
    }
    tags
}

/// What a label of the rules adds to the model's own score, when they are sure of it; else half of it. English is
/// learnt from an encyclopaedia for the most part, which names other things than news do; Indonesian from news.
fn trust(language: Language, confidence: u8) -> i32 {
    let whole = if language == Language::ENGLISH { 36 } else { 8 };
    match confidence {
        ..70 => 0,
        70..85 => whole / 2,
        _ => whole,
    }
}

/// The labels that `to` may follow: an inside follows its own beginning or inside, all else anything.
fn before(to: usize) -> Range<usize> {
    if matches!(to, 2 | 4 | 6) { to - 1..to + 1 } else { 0..LABELS }
}

/// The readings of a stretch; room to work in, kept from one stretch to the next.
#[derive(Debug, Default)]
struct Paths {
    /// For each token and label the best that leads there, and the best that goes through it.
    ahead: Vec<[i32; LABELS]>,
    through: Vec<[i32; LABELS]>,
}

impl Paths {
    /// Reads a stretch by the scores of its tokens, it beginning as if after no name (Viterbi 1967, in both directions).
    #[expect(
        clippy::indexing_slicing,
        reason = "labels count arrays of their number; called for every stretch"
    )]
    fn read(&mut self, scores: &[[i32; LABELS]], steps: &[[i32; LABELS]; LABELS]) {
        self.ahead.clear();
        let mut last = [NEVER; LABELS];
        last[0] = 0;
        for score in scores {
            let mut next = [NEVER; LABELS];
            for to in 0..LABELS {
                for from in before(to) {
                    next[to] = next[to].max(last[from] + steps[from][to]);
                }
                next[to] = (next[to] + score[to]).max(NEVER);
            }
            last = next;
            self.ahead.push(last);
        }
        self.through.clear();
        let mut back = [0; LABELS];
        for (score, ahead) in scores.iter().zip(&self.ahead).rev() {
            self.through.push(std::array::from_fn(|label| ahead[label] + back[label]));
            let mut next = [NEVER; LABELS];
            for to in 0..LABELS {
                for from in before(to) {
                    next[from] = next[from].max(steps[from][to] + score[to] + back[to]);
                }
            }
            back = next;
        }
        self.through.reverse();
    }

    /// Takes the names of the best reading of the stretch that begins at token `start`.
    fn collect(&self, start: usize, tags: &mut Tags) {
        let mut open: Option<Tagged> = None;
        let mut was = 0;
        for (at, through) in (start..).zip(&self.through) {
            // Of labels that are equally good, one that may follow.
            let best = through.iter().max().copied().unwrap_or(0);
            let label = through
                .iter()
                .enumerate()
                .find(|(label, score)| **score == best && before(*label).contains(&was))
                .map_or(0, |(label, _)| label);
            was = label;
            let kind = kind_of(label);
            let other = through.iter().enumerate().filter(|(other, _)| kind_of(*other) != kind);
            let margin = best - other.map(|(_, score)| *score).max().unwrap_or(0);
            let begins = label % 2 == 1;
            if begins || label == 0 {
                tags.found.extend(open.take());
            }
            let Some(kind) = kind else {
                if let Some(against) = tags.against.get_mut(at) {
                    *against = u16::try_from(margin.max(1)).unwrap_or(u16::MAX);
                }
                continue;
            };
            let confidence = certainty(margin);
            match &mut open {
                Some(name) if !begins => {
                    name.last = at;
                    name.confidence = name.confidence.min(confidence);
                }
                _ => open = Some(Tagged { first: at, last: at, kind, confidence }),
            }
        }
        tags.found.extend(open);
    }
}

fn kind_of(label: usize) -> Option<Kind> {
    match label {
        1 | 2 => Some(Kind::Person),
        3 | 4 => Some(Kind::Place),
        5 | 6 => Some(Kind::Organisation),
        _ => None,
    }
}

/// How sure a margin makes, in hundredths; measured on texts the model was not trained on.
fn certainty(margin: i32) -> u8 {
    match margin {
        ..=0 => 50,
        1..=24 => 62,
        25..=48 => 74,
        49..=80 => 84,
        81..=128 => 91,
        _ => 96,
    }
}
