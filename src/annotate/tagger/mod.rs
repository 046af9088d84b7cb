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

type Row = [i8; ROW];

/// The weights.
#[derive(Debug)]
struct Model {
    rows: Vec<Row>,
    /// From label, to label.
    steps: [[i32; LABELS]; LABELS],
}

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
        let mut values = head.chunks_exact(2).map(|pair| match pair {
            [low, high] => i32::from(i16::from_le_bytes([*low, *high])),
            _ => 0,
        });
        for value in steps.iter_mut().flatten() {
            *value = values.next()?;
        }
        if rest.len() != ROWS * ROW {
            return None;
        }
        let rows = rest
            .chunks_exact(ROW)
            .map(|chunk| {
                let mut row = [0; ROW];
                for (to, from) in row.iter_mut().zip(chunk) {
                    *to = i8::from_le_bytes([*from]);
                }
                row
            })
            .collect();
        Some(Model { rows, steps })
    }

    fn score(&self, features: &[u32]) -> [i32; LABELS] {
        let mut sum = [0_i32; ROW];
        for feature in features {
            if let Some(row) = self.rows.get(*feature as usize) {
                for (to, weight) in sum.iter_mut().zip(row) {
                    *to += i32::from(*weight);
                }
            }
        }
        let [a, b, c, d, e, f, g, _] = sum;
        [a, b, c, d, e, f, g]
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
    let mut features = Vec::with_capacity(96);
    let mut scores: Vec<[i32; LABELS]> = Vec::new();
    let mut labels = Vec::new();
    let mut at = 0;
    while let Some(stretch) = features::stretch(page, at) {
        at = stretch.end;
        scores.clear();
        for token in stretch.clone() {
            extractor.features(token, &mut features);
            let mut score = model.score(&features);
            if let Some((label, confidence)) = extractor.label(token)
                && let Some(value) = score.get_mut(label)
            {
                *value += trust(confidence);
            }
            scores.push(score);
        }
        viterbi(&scores, &model.steps, &mut labels);
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

/// Whether label `to` may follow label `from`: an inside follows its own beginning or inside.
fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// The best sequence of labels, a stretch beginning as if after no name.
fn viterbi(scores: &[[i32; LABELS]], steps: &[[i32; LABELS]; LABELS], labels: &mut Vec<u8>) {
    labels.clear();
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    let mut best = [NEVER; LABELS];
    best[0] = 0;
    for score in scores {
        let mut next = [NEVER; LABELS];
        let mut from = [0_u8; LABELS];
        for (to, ((value, came), own)) in next.iter_mut().zip(&mut from).zip(score).enumerate() {
            for (label, (total, steps)) in (0_u8..).zip(best.iter().zip(steps)) {
                if *total <= NEVER || !allowed(usize::from(label), to) {
                    continue;
                }
                let step = steps.get(to).copied().unwrap_or(0);
                let reached = total + step + own;
                if reached > *value {
                    *value = reached;
                    *came = label;
                }
            }
        }
        best = next;
        back.push(from);
    }
    let mut label = (0_u8..).zip(best).max_by_key(|(_, total)| *total).map_or(0, |(label, _)| label);
    for from in back.iter().rev() {
        labels.push(label);
        label = from.get(usize::from(label)).copied().unwrap_or(0);
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
