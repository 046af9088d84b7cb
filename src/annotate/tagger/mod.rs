//! The name tagger: a linear model over the words of capitalised stretches.
//!
//! Each word that may belong to a name gets features (itself, its neighbours, letters, shapes, lexicon and gazetteer
//! classes, what the rules of [`names`](super::names) made of it), each feature a row of weights found by its hash, one
//! weight a label; Viterbi's algorithm picks the best sequence of labels of a stretch. Trained by
//! [`train`](fn@train) (averaged structured perceptron, Collins 2002), stored in `data/model`.

mod features;
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

/// The most features of a token that are weighed; none has half as many.
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

/// Tags the stretches of a page that may hold names; `rules` are the names that the rules found, in order.
pub(super) fn tag(page: &Page<'_>, small: &Small, rules: &[Name]) -> Vec<Tagged> {
    let Some(model) = Model::get() else { return Vec::new() };
    let mut extractor = Extractor::new(page, small, rules);
    let mut found = Vec::new();
    let mut scores: Vec<[i32; LABELS]> = Vec::new();
    let (mut back, mut labels) = (Vec::new(), Vec::new());
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
                *value += trust(confidence);
            }
            scores.push(score);
        }
        viterbi(&scores, &model.steps, &mut back, &mut labels);
        collect(&labels, &scores, &stretch, &mut found);
    }
    found
}

/// What a label of the rules adds to the model's own score: the texts it was trained on are labelled by other
/// conventions than petik's.
fn trust(confidence: u8) -> i32 {
    match confidence {
        ..70 => 0,
        70..85 => 40,
        _ => 80,
    }
}

/// The best sequence of labels, a stretch beginning as if after no name; `back` is room to work in.
#[expect(clippy::indexing_slicing, reason = "labels count arrays of their number; called for every stretch")]
fn viterbi(
    scores: &[[i32; LABELS]],
    steps: &[[i32; LABELS]; LABELS],
    back: &mut Vec<[u8; LABELS]>,
    labels: &mut Vec<u8>,
) {
    labels.clear();
    back.clear();
    let mut best = [NEVER; LABELS];
    best[0] = 0;
    for score in scores {
        let mut next = [NEVER; LABELS];
        let mut from = [0_u8; LABELS];
        for (label, (best, steps)) in (0_u8..).zip(best.iter().zip(steps)) {
            let mut go = |to: usize| {
                let reached = best + steps[to] + score[to];
                if reached > next[to] {
                    (next[to], from[to]) = (reached, label);
                }
            };
            if *best > NEVER {
                // An inside follows its own beginning or inside, all else anything.
                [0, 1, 3, 5].into_iter().for_each(&mut go);
                match label {
                    1 | 2 => go(2),
                    3 | 4 => go(4),
                    5 | 6 => go(6),
                    _ => {}
                }
            }
        }
        best = next;
        back.push(from);
    }
    let mut label = (0_u8..).zip(best).max_by_key(|(_, total)| *total).map_or(0, |(label, _)| label);
    for from in back.iter().rev() {
        labels.push(label);
        label = from[usize::from(label)];
    }
    labels.reverse();
}

fn kind_of(label: u8) -> Option<Kind> {
    match label {
        1 | 2 => Some(Kind::Person),
        3 | 4 => Some(Kind::Place),
        5 | 6 => Some(Kind::Organisation),
        _ => None,
    }
}

fn collect(labels: &[u8], scores: &[[i32; LABELS]], stretch: &Range<usize>, found: &mut Vec<Tagged>) {
    let mut open: Option<Tagged> = None;
    for ((label, score), at) in labels.iter().zip(scores).zip(stretch.clone()) {
        let begins = label % 2 == 1;
        if begins || *label == 0 {
            found.extend(open.take());
        }
        let Some(kind) = kind_of(*label) else { continue };
        let own = score.get(usize::from(*label)).copied().unwrap_or(0);
        let other = score
            .iter()
            .enumerate()
            .filter(|(other, _)| kind_of(u8::try_from(*other).unwrap_or(0)) != Some(kind))
            .map(|(_, score)| *score)
            .max()
            .unwrap_or(0);
        let confidence = certainty(own - other);
        match &mut open {
            Some(name) if !begins => {
                name.last = at;
                name.confidence = name.confidence.min(confidence);
            }
            _ => open = Some(Tagged { first: at, last: at, kind, confidence }),
        }
    }
    found.extend(open);
}

/// How sure a margin makes, in hundredths; measured on texts the model was not trained on.
fn certainty(margin: i32) -> u8 {
    match margin {
        ..=0 => 50,
        1..=40 => 62,
        41..=90 => 74,
        91..=160 => 84,
        161..=260 => 91,
        _ => 96,
    }
}
