//! Copies of one story under several outlets: found by how many runs of words they share.
//!
//! A sketch keeps, of all runs of three words, the smallest hash in each of sixteen classes (one permutation hashing
//! after Li, Owen and Zhang 2012); two texts agree in about as many places of it as the share of runs they have in
//! common. Texts that agree in two neighbouring places are compared; those that agree in half of all are one story.

use super::sets::{find, unite};
use std::collections::HashMap;

/// Places of a sketch.
const PLACES: usize = 16;

/// Words of a run.
const RUN: usize = 3;

/// A text of fewer runs says too little to be told from others.
const FEWEST: usize = 24;

/// Places two copies agree in at least.
const AGREE: usize = 8;

/// Seconds between two copies at most.
const APART: u32 = 7 * 24 * 60 * 60;

/// Of texts with a pair of places in common, each is compared with at most as many before it.
const NEIGHBOURS: usize = 24;

/// What is kept of a text to know its copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sketch([u16; PLACES]);

impl Sketch {
    /// Of a text in terms, each followed by a space; none of a short one.
    pub(super) fn of(terms: &str) -> Option<Sketch> {
        let mut least = [u32::MAX; PLACES];
        let mut last = [0u64; RUN];
        let (mut words, mut word) = (0usize, 0u64);
        for byte in terms.bytes() {
            if byte != b' ' {
                word = (word ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                continue;
            }
            last.rotate_left(1);
            if let Some(slot) = last.last_mut() {
                *slot = spread(std::mem::take(&mut word));
            }
            words += 1;
            if words < RUN {
                continue;
            }
            let run = spread(last.iter().fold(0, |run: u64, &word| run.rotate_left(21) ^ word));
            // The class and the value are other bits of one hash.
            if let Some(slot) = least.get_mut((run >> 60) as usize) {
                *slot = (*slot).min(run as u32);
            }
        }
        let runs = (words + 1).saturating_sub(RUN);
        if runs < FEWEST {
            return None;
        }
        // A class without a run takes the value of the next one that has any, turned, so that it agrees when that does.
        let mut places = [0u16; PLACES];
        for (at, place) in places.iter_mut().enumerate() {
            let (turn, value) = (0..PLACES)
                .find_map(|turn| {
                    let value =
                        least.get((at + turn) % PLACES).copied().filter(|&value| value != u32::MAX)?;
                    Some((turn, value))
                })
                .unwrap_or((0, 0));
            *place = (spread(u64::from(value) ^ (turn as u64) << 40) >> 24) as u16;
        }
        Some(Sketch(places))
    }

    pub(super) fn bytes(&self) -> [u8; PLACES * 2] {
        let mut bytes = [0; PLACES * 2];
        for (to, from) in bytes.chunks_exact_mut(2).zip(self.0) {
            to.copy_from_slice(&from.to_le_bytes());
        }
        bytes
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Sketch> {
        let mut places = [0; PLACES];
        if bytes.len() != PLACES * 2 {
            return None;
        }
        for (to, from) in places.iter_mut().zip(bytes.chunks_exact(2)) {
            *to = u16::from_le_bytes(from.try_into().ok()?);
        }
        Some(Sketch(places))
    }

    fn agrees(&self, other: &Sketch) -> bool {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() >= AGREE
    }

    fn pairs(&self) -> impl Iterator<Item = u32> {
        self.0.chunks_exact(2).map(|pair| pair.iter().fold(0, |key, &place| key << 16 | u32::from(place)))
    }
}

/// Mixes the bits of a hash (the finaliser of SplitMix64).
fn spread(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}

/// An article that may be a copy of another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) article: i64,
    /// Seconds since 1970.
    pub(super) published: i64,
    /// Stands for the outlet.
    pub(super) outlet: i64,
    pub(super) sketch: Sketch,
}

/// The articles that are told more than once, each with the number of the first of its story.
pub(super) fn stories(candidates: &[Candidate]) -> HashMap<i64, i64> {
    let mut parents: Vec<u32> = (0u32..).take(candidates.len()).collect();
    // Of each its seconds behind the first, as far as a number of four bytes reaches: 136 years.
    let first = candidates.iter().map(|candidate| candidate.published).min().unwrap_or(0);
    let after = |published: i64| u32::try_from(published.saturating_sub(first)).unwrap_or(u32::MAX);
    let mut keys: Vec<(u32, u32, u32)> = Vec::with_capacity(candidates.len());
    for band in 0..PLACES / 2 {
        keys.clear();
        keys.extend((0u32..).zip(candidates).filter_map(|(at, candidate)| {
            Some((candidate.sketch.pairs().nth(band)?, after(candidate.published), at))
        }));
        keys.sort_unstable();
        for (at, &(key, published, one)) in keys.iter().enumerate() {
            let before = keys.get(at.saturating_sub(NEIGHBOURS)..at).unwrap_or_default();
            for &(_, _, other) in before
                .iter()
                .rev()
                .take_while(|&&(other, when, _)| other == key && published.saturating_sub(when) <= APART)
            {
                if alike(candidates, one, other) {
                    unite(&mut parents, one, other);
                }
            }
        }
    }
    drop(keys);
    let roots: Vec<u32> = (0u32..).take(candidates.len()).map(|at| find(&mut parents, at)).collect();
    // Most stories are told once, and a map of all of them would be the largest thing here.
    let mut told: HashMap<u32, i64> = HashMap::new();
    let others = (0u32..).zip(&roots).filter(|(at, root)| at != *root);
    others.for_each(|(_, root)| _ = told.insert(*root, i64::MAX));
    for (root, candidate) in roots.iter().zip(candidates) {
        if let Some(story) = told.get_mut(root) {
            *story = candidate.article.min(*story);
        }
    }
    let articles = roots.iter().zip(candidates);
    articles.filter_map(|(root, candidate)| Some((candidate.article, *told.get(root)?))).collect()
}

fn alike(candidates: &[Candidate], one: u32, other: u32) -> bool {
    match (candidates.get(one as usize), candidates.get(other as usize)) {
        (Some(one), Some(other)) => {
            let apart = one.published.abs_diff(other.published);
            one.outlet != other.outlet && apart <= APART.into() && one.sketch.agrees(&other.sketch)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(words: std::ops::Range<u32>) -> String {
        words.map(|word| format!("kata{word} ")).collect()
    }

    fn candidate(article: i64, day: i64, outlet: i64, text: &str) -> Candidate {
        let sketch = Sketch::of(text).unwrap();
        Candidate { article, published: day * 86_400, outlet, sketch }
    }

    #[test]
    fn copies_are_one_story_and_others_are_not() {
        let (whole, cut) = (text(0..300), text(20..300));
        let other = text(1000..1300);
        let told = stories(&[
            candidate(1, 0, 1, &whole),
            candidate(2, 3, 2, &cut),
            candidate(3, 3, 3, &other),
            candidate(4, 9, 3, &whole),
            candidate(5, 40, 4, &whole),
            candidate(6, 41, 4, &whole),
        ]);
        // The fourth is a copy of the second, which it is near enough to; the last two are one outlet's.
        assert_eq!(told, HashMap::from([(1, 1), (2, 1), (4, 1)]));
    }

    #[test]
    fn a_short_text_has_no_sketch() {
        assert_eq!(Sketch::of(&text(0..20)), None);
        assert_eq!(Sketch::of(""), None);
    }

    proptest! {
        #[test]
        fn a_sketch_is_read_as_it_was_written(from in 0u32..1000, long in 30u32..400) {
            let sketch = Sketch::of(&text(from..from + long)).unwrap();
            prop_assert_eq!(Sketch::read(&sketch.bytes()), Some(sketch));
        }

        #[test]
        fn a_few_words_changed_leave_a_copy_a_copy(at in proptest::collection::vec(0usize..300, 0..6)) {
            let mut words: Vec<String> = text(0..300).split_terminator(' ').map(str::to_owned).collect();
            let whole = words.join(" ") + " ";
            for at in at {
                words[at] = "lain".to_owned();
            }
            let changed = words.join(" ") + " ";
            let (one, other) = (candidate(1, 0, 1, &whole), candidate(2, 0, 2, &changed));
            prop_assert!(alike(&[one, other], 0, 1));
        }
    }
}
