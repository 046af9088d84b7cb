//! How often each rule is right: what `report --calibrate OUT` writes to `data/model/sureness.tsv`, which
//! `src/annotate/sure.rs` reads.
//!
//! Rightness is counted by what was found, the rule, what found the same, the link, and how much spoke for it,
//! each step a child of the one before, and each share drawn to its parent's as if that had been seen [`DRAW`] times more
//! (linear interpolation with shorter histories, after Jelinek and Mercer 1980). The articles of tests/gold count half,
//! since the rules were improved on them.

use super::sure::Judged;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many sightings the parent's share is worth.
const DRAW: f64 = 6.0;

/// The share where nothing was ever seen: what new articles showed when they were first met.
const FIRST: f64 = 0.88;

/// What an article counts that the rules were improved on.
pub(crate) const OWN: f64 = 0.5;

/// Steps with fewer sightings are left to their parents.
const FEWEST: f64 = 3.0;

type Key = Vec<String>;

/// Sightings by step: right and all.
#[derive(Default)]
pub(crate) struct Calibration {
    counts: BTreeMap<Key, (f64, f64)>,
    sources: String,
}

/// The steps from what was found to all that is known of it, the widest first.
fn steps(judged: &Judged) -> Vec<Key> {
    let Judged { what, lang, why, .. } = judged;
    let dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let key = |parts: &[&str]| -> Key {
        let mut key: Key = parts.iter().map(|part| dash(part)).collect();
        key.resize(6, "*".to_owned());
        key
    };
    let weight = why.weight.to_string();
    let mut steps = Vec::new();
    for lang in ["*", lang.as_str()] {
        match *what {
            "quote" => {
                steps.push(key(&[lang, what]));
                steps.push(key(&[lang, what, &why.link]));
                steps.push(key(&[lang, what, &why.link, &why.rule]));
            }
            "pronoun" => {
                steps.push(key(&[lang, what]));
                steps.push(key(&[lang, what, &why.rule]));
                steps.push(key(&[lang, what, &why.rule, &why.link]));
            }
            _ => {
                steps.push(key(&[lang, what]));
                steps.push(key(&[lang, what, &why.rule]));
                steps.push(key(&[lang, what, &why.rule, &why.also]));
                steps.push(key(&[lang, what, &why.rule, &why.also, &why.link]));
                steps.push(key(&[lang, what, &why.rule, &why.also, &why.link, &weight]));
            }
        }
    }
    steps
}

impl Calibration {
    /// Counts what was judged in the articles of `source`, each `worth` so much; with `heads`, no places and organisations:
    /// there a whole name is wrong, and no more than its head right.
    pub(crate) fn add(&mut self, source: &str, judged: &[Judged], worth: f64, heads: bool) {
        let apart = if self.sources.is_empty() { "" } else { ", " };
        let _ = write!(self.sources, "{apart}{source}");
        for judged in judged.iter().filter(|judged| !is_country_as_place(judged)) {
            if heads && matches!(judged.what, "place" | "organisation") {
                continue;
            }
            for step in steps(judged) {
                let (right, all) = self.counts.entry(step).or_default();
                *right += if judged.right { worth } else { 0.0 };
                *all += worth;
            }
        }
    }

    fn share(&self, key: &Key) -> f64 {
        let (right, all) = self.counts.get(key).copied().unwrap_or_default();
        let before = parent(key).map_or(FIRST, |parent| self.share(&parent));
        (right + DRAW * before) / (all + DRAW)
    }

    /// One row a step, with how often it was seen and how many of a hundred are right.
    pub(crate) fn table(&self) -> String {
        let mut table = format!(
            "# How often what the annotator finds is right. Written by `cargo run --release --example report --\n\
             # --calibrate data/model/sureness.tsv FILE…` (tests/score/calibrate.rs says how) from\n\
             # {}.\n\
             # Columns: language; what; its rule (of a quotation: whose); what found the same (of a quotation: its rule;\n\
             # of a pronoun: its link); its link; how much spoke for it; seen; right of a hundred\n",
            self.sources
        );
        for (key, (_, all)) in &self.counts {
            if *all >= FEWEST || parent(key).is_none() {
                let percent = (100.0 * self.share(key)).round().min(99.0);
                let _ = writeln!(table, "{}\t{all}\t{percent}", key.join("\t"));
            }
        }
        table
    }
}

/// Where countries and places are one kind, a country tells nothing about places.
fn is_country_as_place(judged: &Judged) -> bool {
    judged.what == "place" && judged.why.rule == "country-list"
}

/// The step before: the last known column open, or all languages.
fn parent(key: &Key) -> Option<Key> {
    let known = key.iter().rposition(|part| part != "*")?;
    let open = if known == 1 { 0 } else { known };
    let mut parent = key.clone();
    let part = parent.get_mut(open).filter(|part| *part != "*")?;
    "*".clone_into(part);
    Some(parent)
}
