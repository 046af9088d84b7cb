//! What was meant by a name that nobody knows: the known one that differs least from it.

use crate::text::fold;

/// The one of `known` that `typed` was most likely meant to be: one that it begins, or one that differs in a letter, or
/// in one of three. Of several the nearest, of equals the first.
pub(super) fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<(&str, String)> = known.map(|name| (name, fold(name))).collect();
    nearest_folded(typed, known.iter().map(|(name, folded)| (*name, folded.as_str())))
}

/// As [`nearest`], of names with their folded forms.
pub(super) fn nearest_folded<'a, 'f>(
    typed: &str,
    known: impl Iterator<Item = (&'a str, &'f str)>,
) -> Option<&'a str> {
    let typed: Vec<char> = fold(typed).chars().collect();
    let most = (typed.len() / 3).max(1);
    let mut letters: Vec<char> = Vec::new();
    let mut best: Option<(usize, &str)> = None;
    for (name, folded) in known {
        letters.clear();
        letters.extend(folded.chars());
        let mistakes = if letters.starts_with(&typed) {
            1
        } else if letters.len().abs_diff(typed.len()) > most {
            continue;
        } else {
            distance(&typed, &letters)
        };
        if mistakes <= most && best.is_none_or(|(known, _)| mistakes < known) {
            best = Some((mistakes, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters are wrong, missing, too many or in the place of their neighbour (optimal string alignment, after
/// Damerau 1964).
fn distance(a: &[char], b: &[char]) -> usize {
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let wrong = at(&last, j) + usize::from(letter != other);
            let mut least = wrong.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = || {
                let (i, j) = (i.checked_sub(1)?, j.checked_sub(1)?);
                (a.get(i) == Some(other) && b.get(j) == Some(letter)).then(|| at(&before, j) + 1)
            };
            least = least.min(swapped().unwrap_or(least));
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    at(&last, b.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::typo;
    use proptest::prelude::*;

    #[test]
    fn the_nearest_name_is_what_was_meant() {
        let fields = ["person", "place", "country", "outlet"];
        let meant = |typed: &str| nearest(typed, fields.into_iter());
        assert_eq!(meant("persn"), Some("person"));
        assert_eq!(meant("per"), Some("person"));
        assert_eq!(meant("cuontry"), Some("country"));
        assert_eq!(meant("OUTLETS"), Some("outlet"));
        assert_eq!(meant("https"), None);
    }

    proptest! {
        #[test]
        fn a_slow_reading_agrees(a in "[abc]{0,7}", b in "[abc]{0,7}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert_eq!(distance(&a, &b), typo::tests::distance(&a, &b));
        }
    }
}
