//! Which end of a name the family name is at.

use super::book::Book;
use super::spelling::{Spelt, usual};
use std::borrow::Cow;

/// The words of a name as its key, the family name first where either order is used and there is no doubt which it is.
///
/// Chinese, Korean and Vietnamese given names become one word, as their syllables are joined, hyphenated or parted at
/// will: "Kim Jong Un", "Kim Jong-un", "Jong-un Kim".
pub(super) fn turned(book: &Book, name: &Spelt<'_>) -> String {
    let Spelt { words, joined } = name;
    let family = |word: &str| book.is_family(word);
    let syllables = |word: &str, count: usize| book.syllables(word, count);
    match (words.as_slice(), joined) {
        ([family_name, a, b], 0b100) | ([a, b, family_name], 0b010)
            if family(family_name) && [a, b].iter().all(|word| syllables(word, 1) || syllables(word, 2)) =>
        {
            format!("{family_name} {}", usual(book, Cow::Owned(format!("{a}{b}"))))
        }
        ([first, given @ ..], _) if (2..=3).contains(&given.len()) && family(first) => {
            if given.iter().all(|word| syllables(word, 1) && !book.is_foreign(word)) {
                format!("{first} {}", usual(book, Cow::Owned(given.concat())))
            } else {
                words.join(" ")
            }
        }
        ([given @ .., last], _) if (2..=3).contains(&given.len()) && family(last) => {
            if given.iter().all(|word| syllables(word, 1) && !book.is_foreign(word)) {
                format!("{last} {}", usual(book, Cow::Owned(given.concat())))
            } else {
                words.join(" ")
            }
        }
        ([given, last], _) if turns(book, last, given) => format!("{last} {given}"),
        _ => words.join(" "),
    }
}

/// Whether of two words this one is sure to be the family name, and its bearer's people write it first.
fn turns(book: &Book, last: &str, given: &str) -> bool {
    let syllabic = book.is_family(last)
        && !book.is_family(given)
        && book.syllables(given, 2)
        && !book.is_foreign(given)
        && !book.is_surname(given);
    let listed =
        book.is_ordered(last) && !book.is_given(last) && book.is_given(given) && !book.is_surname(given);
    syllabic || listed
}
