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

/// The words of a quotation as they are compared, at most the first [`MOST`]: a hash stands for each folded word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) list: Vec<u64>,
    /// The same, the smallest first.
    sorted: Vec<u64>,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let list: Vec<u64> = words(text).into_iter().take(MOST).map(|(_, word)| hash(&word)).collect();
        let mut sorted = list.clone();
        sorted.sort_unstable();
        Words { list, sorted }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether one has all words of the other.
    pub(super) fn holds(&self, other: &Words) -> bool {
        self.shared(other) == self.len().min(other.len())
    }

    /// How many words both have, in whatever order: no more stand in the same one.
    fn shared(&self, other: &Words) -> usize {
        let mut others = other.sorted.iter().peekable();
        let shared = self.sorted.iter().filter(|word| {
            while others.next_if(|other| other < word).is_some() {}
            others.next_if_eq(word).is_some()
        });
        shared.count()
    }
}

/// A number that stands for a word (FNV-1a, 64 bits).
fn hash(word: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

/// Whether two quotations are one in other words: one holds nearly all the other says, in the same order.
pub fn is_same(one: &str, other: &str) -> bool {
    same_words(&Words::of(one), &Words::of(other))
}

/// As [`is_same`], of words.
pub(super) fn same_words(one: &Words, other: &Words) -> bool {
    let shorter = one.len().min(other.len());
    if shorter < FEWEST {
        return false;
    }
    if one.list == other.list {
        return true;
    }
    let both = one.len() + other.len();
    // Three in four words of both, or nine in ten of the shorter.
    let enough = |common: usize| common * 8 >= both * 3 || common * 10 >= shorter * 9;
    shorter >= ENOUGH && enough(one.shared(other)) && enough(longest(&one.list, &other.list))
}

/// How long a longest common subsequence is. What both begin and end with belongs to it; between, one row of the table
/// after the other.
fn longest(one: &[u64], other: &[u64]) -> usize {
    let head = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(head..).unwrap_or_default(), other.get(head..).unwrap_or_default());
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(..one.len() - tail), other.get(..other.len() - tail));
    let mut row = vec![0u16; other.unwrap_or_default().len()];
    for a in one.unwrap_or_default() {
        // The cells above and to the left of the one that is filled.
        let (mut corner, mut left) = (0, 0);
        for (cell, b) in row.iter_mut().zip(other.unwrap_or_default()) {
            let above = *cell;
            *cell = if a == b { corner + 1 } else { above.max(left) };
            (corner, left) = (above, *cell);
        }
    }
    head + tail + usize::from(row.last().copied().unwrap_or(0))
}

/// The words of `text` that `than` does not have at their place, as spans of `text`; neighbours in one.
pub fn differences(text: &str, than: &str) -> Vec<Span> {
    // As copies have it.
    if text == than {
        return Vec::new();
    }
    let own = words(text);
    let (one, other) = (Words::of(text).list, Words::of(than).list);
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
fn common(one: &[u64], other: &[u64]) -> Vec<(usize, usize)> {
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
            let ended = format!("{one} .");
            prop_assert!(differences(&one, &ended).is_empty());
            prop_assert_eq!(is_same(&one, &other), is_same(&other, &one));
            // What is counted is what the whole table finds, and never more than both have.
            let (one, other) = (Words::of(&one), Words::of(&other));
            let common = common(&one.list, &other.list).len();
            prop_assert_eq!(longest(&one.list, &other.list), common);
            prop_assert!(common <= one.shared(&other) && one.shared(&other) == other.shared(&one));
        }
    }
}
