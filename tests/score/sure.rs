//! Whether what is sure is right.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Confidences that are counted together, as a share of 1.
const BAND: f64 = 0.05;

/// Why a mention or a quotation was marked, as `petik show --json --explain` writes it.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub(crate) struct Why {
    /// The rule that found it.
    #[serde(default)]
    pub(crate) rule: String,
    /// What found the same.
    #[serde(default)]
    pub(crate) also: String,
    /// The rule that gave it its entity or speaker.
    #[serde(default)]
    pub(crate) link: String,
    /// How much spoke for it, in hundredths.
    #[serde(default)]
    pub(crate) weight: u8,
}

/// One thing that was found, and whether it is right.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// What it is: a kind of name, "pronoun" or "quote".
    pub(crate) what: &'static str,
    /// The language of its text.
    pub(crate) lang: String,
    /// Why it was marked.
    pub(crate) why: Why,
    /// How sure it was said to be, as a share of 1.
    pub(crate) confidence: f64,
    /// Whether it is right: a name in span and kind, a pronoun in its person, a quotation in span and speaker.
    pub(crate) right: bool,
}

/// Of what was found at a confidence, how much is right.
#[derive(Debug, Default)]
pub(crate) struct Sureness {
    /// All that was judged.
    pub(crate) judged: Vec<Judged>,
}

impl Sureness {
    /// Counts one thing that was found.
    pub(super) fn add(
        &mut self,
        what: &'static str,
        lang: &str,
        why: &Why,
        confidence: Option<f64>,
        right: bool,
    ) {
        let Some(confidence) = confidence else { return };
        self.judged.push(Judged { what, lang: lang.to_owned(), why: why.clone(), confidence, right });
    }

    /// Those of a kind, or all.
    fn of<'a>(&'a self, what: Option<&'a str>) -> impl Iterator<Item = &'a Judged> {
        self.judged.iter().filter(move |judged| what.is_none_or(|what| judged.what == what))
    }

    /// Right, all, and the confidences added up, by band.
    fn bands(&self, what: Option<&str>) -> BTreeMap<u32, (usize, usize, f64)> {
        let mut bands: BTreeMap<u32, (usize, usize, f64)> = BTreeMap::new();
        for judged in self.of(what) {
            // A bound belongs to the band that it opens, however the division rounds.
            let band = (0..20).rev().find(|band| f64::from(*band) * BAND <= judged.confidence + 1e-9);
            let (right, all, sum) = bands.entry(band.unwrap_or(0)).or_default();
            *right += usize::from(judged.right);
            *all += 1;
            *sum += judged.confidence;
        }
        bands
    }

    /// The expected calibration error (Naeini, Cooper and Hauskrecht 2015): how far confidence and the share that is
    /// right are apart, averaged over the bands by what is in them. None when nothing was judged.
    pub(crate) fn error(&self, what: Option<&str>) -> Option<f64> {
        let bands = self.bands(what);
        let all: usize = bands.values().map(|(_, all, _)| all).sum();
        let apart: f64 = bands.values().map(|(right, _, sum)| (*right as f64 - sum).abs()).sum();
        (all > 0).then(|| apart / all as f64)
    }

    /// Of those at `confidence` or more, right and all.
    pub(crate) fn at_least(&self, what: Option<&str>, confidence: f64) -> (usize, usize) {
        let sure = self.of(what).filter(|judged| judged.confidence + 1e-9 >= confidence);
        sure.fold((0, 0), |(right, all), judged| (right + usize::from(judged.right), all + 1))
    }

    /// For each kind its error and its bands, the surest first.
    pub(super) fn table(&self) -> String {
        let mut table = String::new();
        let mut kinds: Vec<&str> = self.judged.iter().map(|judged| judged.what).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for what in kinds {
            let error = self.error(Some(what)).unwrap_or(0.0);
            let (right, all) = self.at_least(Some(what), 0.9);
            let share = 100.0 * right as f64 / all.max(1) as f64;
            let _ = writeln!(
                table,
                "sure of {what:14}{:6.1} apart; at 0.90 or more {share:5.1}    ({right} right of {all})",
                100.0 * error
            );
            for (band, (right, all, _)) in self.bands(Some(what)).iter().rev() {
                let (from, to) = (f64::from(*band) * BAND, f64::from(*band + 1) * BAND);
                let share = 100.0 * *right as f64 / *all as f64;
                let _ = writeln!(table, "  {from:.2}–{to:.2}{share:18.1}    ({right} right of {all})");
            }
        }
        table
    }
}
