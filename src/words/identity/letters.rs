//! The letters of a name as plain small words.

use super::book::rows;
use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    rows(include_str!("../../../data/gazetteer/letters.tsv")).filter_map(|row| row.split_once('\t')).collect()
});

/// Folds a name, reads Cyrillic and Greek letters as Latin ones, drops apostrophes, and leaves nothing else than words
/// with a space or a hyphen between them.
pub(super) fn latin(name: &str) -> String {
    // Twice: й is read before its sign is lost, ῳ after.
    let folded = if name.is_ascii() { fold(name) } else { romanised(&fold(&romanised(name))) };
    let mut words = String::with_capacity(folded.len());
    let mut gap = None;
    for c in folded.chars() {
        if c.is_alphanumeric() && !matches!(c, '\u{2b0}'..='\u{2ff}') {
            if let Some(gap) = gap.take()
                && !words.is_empty()
            {
                words.push(gap);
            }
            words.push(c);
        } else if !is_silent(c) {
            // Behind a space a hyphen is a dash.
            gap = Some(if c == '-' && gap.is_none() { '-' } else { ' ' });
        }
    }
    words
}

/// Marks inside a word that part nothing: apostrophes, letters' modifiers, joiners, vowels written above a letter.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '\u{2b0}'..='\u{2ff}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}')
}

fn romanised(name: &str) -> String {
    let mut latin = String::with_capacity(name.len());
    let mut rest = name;
    let mut pair = String::with_capacity(8);
    while let Some(c) = rest.chars().next() {
        let mut ahead = rest.chars();
        ahead.next();
        let single = ahead.as_str();
        let read = |letters: &str| TABLE.get(letters).copied();
        pair.clear();
        pair.extend(c.to_lowercase());
        let one = pair.len();
        let second = ahead.next().filter(|_| !c.is_ascii());
        pair.extend(second.into_iter().flat_map(char::to_lowercase));
        if let Some(letters) = second.and_then(|_| read(&pair)) {
            latin.push_str(letters);
            rest = ahead.as_str();
        } else {
            match pair.get(..one).and_then(read) {
                Some(letters) => latin.push_str(letters),
                None => latin.push(c),
            }
            rest = single;
        }
    }
    latin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_words() {
        assert_eq!(latin("Сергей  ЛАВРОВ"), "sergey lavrov");
        assert_eq!(latin("Γιώργος Παπανδρέου"), "giorgos papandreou");
        assert_eq!(latin("Jean-Luc O’Brien, Jr."), "jean-luc obrien jr");
        assert_eq!(latin("安倍・晋三"), "安倍 晋三");
        assert_eq!(latin(" – "), "");
    }
}
