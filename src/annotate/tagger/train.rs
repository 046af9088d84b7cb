//! Training of the tagger: a conditional random field (Lafferty, McCallum and Pereira 2001) by stochastic gradient
//! (Bottou 2010), in one thread and a fixed order and by arithmetic that is the same everywhere, so that the same
//! samples give the same bytes.

use super::features::{self, Extractor};
use super::{LABELS, ROW, ROWS, before};
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

/// How strongly weights are held near zero, against the sum of all losses.
const RIDGE: f64 = 2.0;
/// The first step along the gradient; the steps shrink as the rounds go on.
const FIRST_STEP: f64 = 0.1;
/// How often a feature must occur to have weights at all.
const LEAST: u32 = 2;
/// The last one in so many of the rounds is averaged (Polyak and Juditsky 1992): the order of the last texts tells little.
const AVERAGED: u32 = 2;
/// Parts of a weight in the file: those of bytes reach four.
const SCALE: f64 = 32.0;

/// A conditional random field: weights of features and of steps from label to label, all to be multiplied by `scale`.
struct Field {
    rows: Vec<[f64; LABELS]>,
    steps: [[f64; LABELS]; LABELS],
    scale: f64,
}

/// Trains on `samples` for `epochs` rounds and gives the weights as they are stored in `data/model`.
pub fn train(samples: &[Sample], epochs: u32) -> Vec<u8> {
    let mut stretches: Vec<Stretch> = samples.iter().flat_map(stretches_of).collect();
    let mut counts = vec![0_u32; ROWS];
    for feature in stretches.iter().flat_map(|stretch| stretch.features.iter().flatten()) {
        if let Some(count) = counts.get_mut(*feature as usize) {
            *count += 1;
        }
    }
    for features in stretches.iter_mut().flat_map(|stretch| &mut stretch.features) {
        features.retain(|feature| counts.get(*feature as usize).is_some_and(|count| *count >= LEAST));
    }
    let mut field = Field { rows: vec![[0.0; LABELS]; ROWS], steps: [[0.0; LABELS]; LABELS], scale: 1.0 };
    let decay = 2.0 * RIDGE / stretches.len().max(1) as f64;
    let mut clock = 1.0 / (decay * FIRST_STEP);
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut sum = Field { rows: vec![[0.0; LABELS]; ROWS], steps: [[0.0; LABELS]; LABELS], scale: 1.0 };
    let averaged = epochs.div_ceil(AVERAGED);
    for epoch in 0..epochs {
        for at in (1..stretches.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let other = usize::try_from(random % (at as u64 + 1)).unwrap_or(0);
            stretches.swap(at, other);
        }
        for stretch in &stretches {
            clock += 1.0;
            let step = 1.0 / (decay * clock);
            field.scale *= 1.0 - step * decay;
            field.learn(stretch, step);
        }
        if epoch + averaged >= epochs {
            sum.add(&field, 1.0 / f64::from(averaged));
        }
    }
    sum.write()
}

impl Field {
    /// Adds a share of the weights of another.
    fn add(&mut self, other: &Field, share: f64) {
        let share = share * other.scale;
        let rows = self.rows.iter_mut().flatten().zip(other.rows.iter().flatten());
        for (own, weight) in rows.chain(self.steps.iter_mut().flatten().zip(other.steps.iter().flatten())) {
            *own += share * weight;
        }
    }

    /// Goes a step along the gradient of the likelihood of a stretch: towards its labels, away from what is expected.
    #[expect(clippy::indexing_slicing, reason = "labels and positions count arrays of their number")]
    fn learn(&mut self, stretch: &Stretch, step: f64) {
        let length = stretch.labels.len();
        // By exponentials, each position divided by a number that keeps them in range.
        let steps = self.steps.map(|row| row.map(|weight| exp(weight * self.scale)));
        let own: Vec<[f64; LABELS]> = stretch
            .features
            .iter()
            .map(|features| {
                let mut sum = [0.0; LABELS];
                for row in features.iter().filter_map(|feature| self.rows.get(*feature as usize)) {
                    for (to, weight) in sum.iter_mut().zip(row) {
                        *to += weight;
                    }
                }
                let most = sum.iter().fold(f64::MIN, |most, value| most.max(*value));
                sum.map(|value| exp((value - most) * self.scale))
            })
            .collect();
        let mut forward = vec![[0.0; LABELS]; length];
        let mut backward = vec![[1.0; LABELS]; length];
        for at in 0..length {
            for to in 0..LABELS {
                let came = if at == 0 {
                    if before(to).contains(&0) { steps[0][to] } else { 0.0 }
                } else {
                    before(to).map(|from| forward[at - 1][from] * steps[from][to]).sum()
                };
                forward[at][to] = came * own[at][to];
            }
            let whole: f64 = forward[at].iter().sum();
            forward[at] = forward[at].map(|value| value / whole);
        }
        for at in (1..length).rev() {
            let mut back = [0.0; LABELS];
            for to in 0..LABELS {
                for from in before(to) {
                    back[from] += steps[from][to] * own[at][to] * backward[at][to];
                }
            }
            let whole: f64 = back.iter().sum();
            backward[at - 1] = back.map(|value| value / whole);
        }
        let step = step / self.scale;
        for at in 0..length {
            let both: [f64; LABELS] = std::array::from_fn(|label| forward[at][label] * backward[at][label]);
            let whole: f64 = both.iter().sum();
            let gold = usize::from(stretch.labels[at]);
            let change: [f64; LABELS] =
                std::array::from_fn(|label| step * (f64::from(label == gold) - both[label] / whole));
            for feature in &stretch.features[at] {
                for (weight, change) in self.rows[*feature as usize].iter_mut().zip(change) {
                    *weight += change;
                }
            }
            let was: [f64; LABELS] =
                if at == 0 { std::array::from_fn(|label| f64::from(label == 0)) } else { forward[at - 1] };
            let mut pairs = [[0.0; LABELS]; LABELS];
            let mut whole = 0.0;
            for to in 0..LABELS {
                for from in before(to) {
                    pairs[from][to] = was[from] * steps[from][to] * own[at][to] * backward[at][to];
                    whole += pairs[from][to];
                }
            }
            let came = if at == 0 { 0 } else { usize::from(stretch.labels[at - 1]) };
            for (from, row) in self.steps.iter_mut().enumerate() {
                for (to, weight) in row.iter_mut().enumerate() {
                    *weight += step * (f64::from((from, to) == (came, gold)) - pairs[from][to] / whole);
                }
            }
        }
    }

    /// Writes steps as 16-bit integers and rows as bytes, all on one scale.
    fn write(&self) -> Vec<u8> {
        let scale = SCALE * self.scale;
        let mut bytes = Vec::with_capacity(LABELS * LABELS * 2 + ROWS * ROW);
        for weight in self.steps.iter().flatten() {
            bytes.extend(((weight * scale).round().clamp(-32000.0, 32000.0) as i16).to_le_bytes());
        }
        for row in &self.rows {
            for weight in row {
                bytes.extend(((weight * scale).round().clamp(-127.0, 127.0) as i8).to_le_bytes());
            }
            bytes.push(0);
        }
        bytes
    }
}

/// The exponential function, by nothing that differs from machine to machine.
fn exp(x: f64) -> f64 {
    let x = x.clamp(-600.0, 600.0);
    let halvings = 10;
    let small = x / f64::from(1 << halvings);
    let series = (1..=9).rev().fold(1.0, |sum, order| 1.0 + sum * small / f64::from(order));
    (0..halvings).fold(series, |power, _| power * power)
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
