//! Words with one mistake in them.
//!
//! Where nothing holds a word of five letters or more in one piece, one mistake is forgiven: a letter that is wrong,
//! missing or too many, or two neighbours in the wrong order. What was typed may be a whole word or, as it is still being typed,
//! the beginning of one ("lavtov", "lavto" in Lavrov).

/// The shortest word in which a mistake is forgiven, in letters.
const SHORTEST: usize = 5;
/// The longest, in bytes.
const LONGEST: usize = 64;

/// Whether mistakes in a folded word are forgiven.
pub(super) fn is_forgiven(word: &str) -> bool {
    word.len() <= LONGEST
        && word.chars().nth(SHORTEST - 1).is_some()
        && word.chars().all(char::is_alphanumeric)
}

/// How much of `known` is `typed` with one mistake, in bytes; `None` when it is more than that.
pub(super) fn beginning(typed: &str, known: &str) -> Option<usize> {
    let same: usize =
        typed.chars().zip(known.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (typed, rest) = (typed.get(same..)?, known.get(same..)?);
    let behind = |text: &'_ str| -> Option<(char, usize)> { text.chars().next().map(|c| (c, c.len_utf8())) };
    let Some((wrong, wrong_len)) = behind(typed) else { return Some(same) };
    let after_typed = typed.get(wrong_len..)?;
    let is_too_many = || rest.starts_with(after_typed).then_some(after_typed.len());
    if rest.is_empty() {
        return is_too_many().map(|taken| same + taken);
    }
    // The more of the known word that takes, the better it explains what was typed.
    let (right, right_len) = behind(rest)?;
    let after_known = rest.get(right_len..)?;
    let is_missing = || after_known.starts_with(typed).then(|| right_len + typed.len());
    let is_swapped = || {
        let (second, second_len) = behind(after_typed)?;
        let (other, other_len) = behind(after_known)?;
        let (typed, known) = (after_typed.get(second_len..)?, after_known.get(other_len..)?);
        (second == right && other == wrong && known.starts_with(typed))
            .then(|| right_len + other_len + typed.len())
    };
    let is_wrong = || after_known.starts_with(after_typed).then(|| right_len + after_typed.len());
    is_missing().or_else(is_swapped).or_else(is_wrong).or_else(is_too_many).map(|taken| same + taken)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_mistake_is_forgiven() {
        for typed in ["lavtov", "lavov", "lavrrov", "larvov", "lavro", "lavto", "xlavrov", "avrov", "lavrovx"]
        {
            assert!(beginning(typed, "lavrov").is_some(), "{typed}");
        }
        for typed in ["latvov", "lvrv", "volva"] {
            assert!(beginning(typed, "lavrov").is_none(), "{typed}");
        }
        assert_eq!(beginning("prabwo", "prabowosubianto"), Some("prabowo".len()));
    }

    /// Optimal string alignment distance, after Damerau (1964).
    pub(in crate::search) fn distance(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let cost = usize::from(a[i - 1] != b[j - 1]);
                    let mut best =
                        (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        best = best.min(table[i - 2][j - 2] + 1);
                    }
                    best
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn a_slow_reading_agrees(typed in "[abé]{1,7}", known in "[abé]{0,9}") {
            let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), known.chars().collect());
            let near = (0..=b.len()).any(|end| distance(&a, &b[..end]) <= 1);
            prop_assert_eq!(beginning(&typed, &known).is_some(), near);
        }
    }
}
