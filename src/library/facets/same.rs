//! When two quotations are one, and where they differ.

use crate::text::{Span, fold};

/// Quotations of fewer words than this say too little to be known again.
pub(super) const FEWEST: usize = 3;

/// From this many words on, nobody says the same by chance.
pub(super) const ENOUGH: usize = 6;

/// At most this many words of a quotation are compared.
const MOST: usize = 200;

/// The words of a quotation: where they stand, and folded.
fn words(text: &str) -> Vec<(Span, String)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start = start.or(Some(at));
        } else if let Some(begin) = start.take() {
            let span = Span::new(begin, at);
            words.push((span, fold(span.of(text))));
        }
    }
    words
}

/// The folded words of a quotation, at most the first [`MOST`].
pub(super) fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().take(MOST).map(|(_, word)| word).collect()
}

/// Whether two quotations are one in other words: one holds nearly all the other says, in the same order.
pub fn is_same(one: &str, other: &str) -> bool {
    same_words(&folded(one), &folded(other))
}

/// As [`is_same`], of folded words.
pub(super) fn same_words(one: &[String], other: &[String]) -> bool {
    let shorter = one.len().min(other.len());
    if shorter < FEWEST {
        return false;
    }
    if one == other {
        return true;
    }
    let common = common(one, other).len();
    let both = one.len() + other.len();
    // Three in four words of both, or nine in ten of the shorter.
    shorter >= ENOUGH && (common * 8 >= both * 3 || common * 10 >= shorter * 9)
}

/// The words of `text` that `than` does not have at their place, as spans of `text`; neighbours in one.
pub fn differences(text: &str, than: &str) -> Vec<Span> {
    let own = words(text);
    let (one, other) = (folded(text), folded(than));
    let mut kept = common(&one, &other).into_iter().peekable();
    let mut spans: Vec<Span> = Vec::new();
    let mut joins = false;
    for (at, (span, _)) in own.into_iter().enumerate().take(MOST) {
        if kept.next_if(|&(here, _)| here == at).is_some() {
            joins = false;
            continue;
        }
        match spans.last_mut().filter(|_| joins) {
            Some(last) => last.end = span.end,
            None => spans.push(span),
        }
        joins = true;
    }
    spans
}

/// A longest common subsequence, as places in both (Wagner and Fischer 1974).
fn common(one: &[String], other: &[String]) -> Vec<(usize, usize)> {
    let across = other.len() + 1;
    let mut table = vec![0u16; (one.len() + 1) * across];
    let at = |table: &[u16], i: usize, j: usize| table.get(i * across + j).copied().unwrap_or(0);
    for (i, a) in one.iter().enumerate().rev() {
        for (j, b) in other.iter().enumerate().rev() {
            let best = if a == b {
                at(&table, i + 1, j + 1) + 1
            } else {
                at(&table, i + 1, j).max(at(&table, i, j + 1))
            };
            if let Some(cell) = table.get_mut(i * across + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        if a == b {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&table, i + 1, j) >= at(&table, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_changes_leave_a_quotation_the_same() {
        let one = "“Kami membayar hektare yang terlihat dari satelit.”";
        assert!(is_same(one, "\"kami membayar hektare yang terlihat dari satelit\""));
        assert!(is_same(one, "“Kami hanya membayar hektare yang terlihat dari satelit,”"));
        assert!(!is_same(one, "“Kami membayar janji yang tidak pernah terlihat oleh siapa pun.”"));
        assert!(!is_same("“mahal”", "“mahal”"), "one word says nothing");
    }

    #[test]
    fn what_differs_is_marked() {
        let text = "Kami hanya membayar hektare yang benar-benar terlihat.";
        let spans = differences(text, "Kami membayar hektare yang terlihat");
        let marked: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        assert_eq!(marked, ["hanya", "benar-benar"]);
    }

    proptest! {
        #[test]
        fn differences_are_words_in_order(one in "[ab c.]{0,60}", other in "[ab c.]{0,60}") {
            let spans = differences(&one, &other);
            prop_assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
            prop_assert!(spans.iter().all(|span| !span.of(&one).is_empty()));
            prop_assert!(differences(&one, &one).is_empty());
            prop_assert_eq!(is_same(&one, &other), is_same(&other, &one));
        }
    }
}
