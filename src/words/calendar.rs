//! Months and clocks by name, from `data/lexicon/months.tsv` and `zones.tsv`.

use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

static MONTHS: LazyLock<HashMap<String, i8>> =
    LazyLock::new(|| numbers(include_str!("../../data/lexicon/months.tsv")));

static ZONES: LazyLock<HashMap<String, i16>> =
    LazyLock::new(|| numbers(include_str!("../../data/lexicon/zones.tsv")));

fn numbers<N: std::str::FromStr>(table: &str) -> HashMap<String, N> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, number)| Some((fold(name), number.trim().parse().ok()?)))
        .collect()
}

/// The month (1–12) of a name or abbreviation in any language petik knows.
pub fn month(name: &str) -> Option<i8> {
    MONTHS.get(&fold(name.trim_end_matches('.'))).copied()
}

/// Minutes that the clock of an abbreviation ("WIB") is ahead of UTC.
pub fn zone(name: &str) -> Option<i16> {
    ZONES.get(&fold(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known() {
        assert_eq!(month("Agustus"), Some(8));
        assert_eq!(month("déc."), Some(12));
        assert_eq!(month("Sabtu"), None);
        assert_eq!(zone("WIB"), Some(420));
        assert!(MONTHS.values().all(|month| (1..=12).contains(month)));
        assert!(MONTHS.len() > 90 && ZONES.len() > 20);
    }
}
