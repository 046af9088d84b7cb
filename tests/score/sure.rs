//! Whether what is sure is right.

use std::fmt::Write as _;

/// Confidences that are counted together, as a share of 1.
const BAND: f64 = 0.05;

/// Of what was found at a confidence, how much is right.
#[derive(Default)]
pub(crate) struct Sureness {
    /// Right and all, by the lower bound of the band, in bands.
    bands: std::collections::BTreeMap<u32, (usize, usize)>,
}

impl Sureness {
    /// Counts one thing that was found.
    pub(super) fn add(&mut self, confidence: Option<f64>, right: bool) {
        let Some(confidence) = confidence else { return };
        // A bound belongs to the band that it opens, however the division rounds.
        let band = (0..20).rev().find(|band| f64::from(*band) * BAND <= confidence + 1e-9).unwrap_or(0);
        let (rights, all) = self.bands.entry(band).or_default();
        *rights += usize::from(right);
        *all += 1;
    }

    /// One line a band, the surest first.
    pub(super) fn table(&self, what: &str) -> String {
        let mut table = String::new();
        for (band, (right, all)) in self.bands.iter().rev() {
            let (from, to) = (f64::from(*band) * BAND, f64::from(*band + 1) * BAND);
            let share = 100.0 * *right as f64 / *all as f64;
            let _ = writeln!(table, "{what} at {from:.2}–{to:.2}{share:11.1}    ({right} right of {all})");
        }
        table
    }
}
