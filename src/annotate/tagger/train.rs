//! Training of the tagger: the averaged structured perceptron of Collins (2002), in one thread and a fixed order, so
//! that the same samples give the same bytes.

use super::features::{self, Extractor};
use super::{LABELS, ROW, ROWS, viterbi};
use crate::annotate::names::{Small, names};
use crate::annotate::page::Page;
use crate::article::{Frame, Kind};
use crate::text::Span;
use crate::words::{Language, Lexicon};

/// A labelled text.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The text, sanitised.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its names with their kinds; countries count as places.
    pub names: Vec<(Span, Kind)>,
}

/// One stretch: the features of its tokens and their labels.
struct Stretch {
    features: Vec<Vec<u32>>,
    labels: Vec<u8>,
}

/// Trains on `samples` for `epochs` rounds and gives the weights as they are stored in `data/model`.
pub fn train(samples: &[Sample], epochs: u32) -> Vec<u8> {
    let mut stretches: Vec<Stretch> = samples.iter().flat_map(stretches_of).collect();
    let mut weights = vec![[0_i32; ROW]; ROWS];
    let mut sums = vec![[0_i64; ROW]; ROWS];
    let mut steps = [[0_i32; LABELS]; LABELS];
    let mut step_sums = [[0_i64; LABELS]; LABELS];
    let mut clock = 1_i64;
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut guess = Vec::new();
    let mut back = Vec::new();
    for _ in 0..epochs {
        for at in (1..stretches.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let other = usize::try_from(random % (at as u64 + 1)).unwrap_or(0);
            stretches.swap(at, other);
        }
        for stretch in &stretches {
            let scores: Vec<[i32; LABELS]> = stretch
                .features
                .iter()
                .map(|features| {
                    let mut sum = [0; LABELS];
                    for row in features.iter().filter_map(|feature| weights.get(*feature as usize)) {
                        for (to, weight) in sum.iter_mut().zip(row) {
                            *to += weight;
                        }
                    }
                    sum
                })
                .collect();
            viterbi(&scores, &steps, &mut back, &mut guess);
            clock += 1;
            if guess == stretch.labels {
                continue;
            }
            let (mut was_gold, mut was_guess) = (0, 0);
            for ((features, gold), guess) in stretch.features.iter().zip(&stretch.labels).zip(&guess) {
                if gold != guess {
                    for feature in features {
                        for (label, change) in [(*gold, 1), (*guess, -1)] {
                            bump(&mut weights, &mut sums, *feature as usize, label, change, clock);
                        }
                    }
                }
                if (was_gold, *gold) != (was_guess, *guess) {
                    for (from, to, change) in [(was_gold, *gold, 1), (was_guess, *guess, -1)] {
                        let step =
                            steps.get_mut(usize::from(from)).and_then(|row| row.get_mut(usize::from(to)));
                        let sum =
                            step_sums.get_mut(usize::from(from)).and_then(|row| row.get_mut(usize::from(to)));
                        if let (Some(step), Some(sum)) = (step, sum) {
                            *step += change;
                            *sum += i64::from(change) * clock;
                        }
                    }
                }
                (was_gold, was_guess) = (*gold, *guess);
            }
        }
    }
    write(&weights, &sums, &steps, &step_sums, clock)
}

fn bump(weights: &mut [[i32; ROW]], sums: &mut [[i64; ROW]], row: usize, label: u8, change: i32, clock: i64) {
    let label = usize::from(label);
    if let (Some(weight), Some(sum)) = (
        weights.get_mut(row).and_then(|row| row.get_mut(label)),
        sums.get_mut(row).and_then(|row| row.get_mut(label)),
    ) {
        *weight += change;
        *sum += i64::from(change) * clock;
    }
}

/// Averages and writes: steps as 16-bit integers, rows as bytes, all on one scale.
fn write(
    weights: &[[i32; ROW]],
    sums: &[[i64; ROW]],
    steps: &[[i32; LABELS]; LABELS],
    step_sums: &[[i64; LABELS]; LABELS],
    clock: i64,
) -> Vec<u8> {
    let average = |weight: i32, sum: i64| f64::from(weight) - sum as f64 / clock as f64;
    let scale = 10.0;
    let mut bytes = Vec::with_capacity(LABELS * LABELS * 2 + ROWS * ROW);
    for (weight, sum) in steps.iter().flatten().zip(step_sums.iter().flatten()) {
        let value = (average(*weight, *sum) * scale).round().clamp(-32000.0, 32000.0) as i16;
        bytes.extend(value.to_le_bytes());
    }
    for (weight, sum) in weights.iter().flatten().zip(sums.iter().flatten()) {
        let value = (average(*weight, *sum) * scale).round().clamp(-127.0, 127.0) as i8;
        bytes.extend(value.to_le_bytes());
    }
    bytes
}

fn stretches_of(sample: &Sample) -> Vec<Stretch> {
    let page = Page::new(&sample.text, 0, sample.language, Lexicon::of(sample.language));
    let small = Small::of(&page);
    let rules = names(&page, &small, &Frame::default(), &[]).found;
    let mut extractor = Extractor::new(&page, &small, &rules);
    let mut labels = vec![0_u8; page.len()];
    for (span, kind) in &sample.names {
        let (first, end) = page.tokens_of(*span);
        let begin = match kind {
            Kind::Person => 1,
            Kind::Place | Kind::Country => 3,
            Kind::Organisation => 5,
        };
        for (inside, label) in labels.iter_mut().skip(first).take(end.saturating_sub(first)).enumerate() {
            *label = begin + u8::from(inside > 0);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(stretch) = features::stretch(&page, at) {
        at = stretch.end;
        let mut own: Vec<u8> = stretch.clone().map(|at| labels.get(at).copied().unwrap_or(0)).collect();
        // A name that began before its first capital begins here.
        let mut was = 0;
        for label in &mut own {
            if *label > 0 && *label % 2 == 0 && was != *label && was + 1 != *label {
                *label -= 1;
            }
            was = *label;
        }
        extractor.turn_to(&stretch);
        let features = stretch
            .map(|at| {
                let mut features = Vec::new();
                extractor.features(at, |row| features.push(row));
                features
            })
            .collect();
        found.push(Stretch { features, labels: own });
    }
    found
}
