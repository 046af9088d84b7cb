//! The words of a text as a full-text index keeps them.

use super::fold_each;

/// Appends the terms of `text` to `terms`, each followed by a space: runs of letters and digits, folded. Nothing is
/// taken off a word, since what a language puts before and behind one is not the same in two languages. Where words
/// are not set apart by spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) every letter is a term together
/// with the one behind it, the last one alone, so that the terms of a part of a run stand in a row in those of the
/// run, but for the last.
pub fn push_terms(text: &str, terms: &mut String) {
    let start = terms.len();
    let (mut open, mut letters) = (false, String::new());
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        let (ascii, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        push_ascii(ascii, terms, &mut open);
        // What letters that are not ASCII fold to depends on none that are.
        letters.clear();
        let read = behind.bytes().take_while(|byte| !byte.is_ascii()).count();
        let (others, behind) = behind.split_at_checked(read).unwrap_or((behind, ""));
        fold_each(others, |letter| letters.push(letter));
        push_letters(&letters, terms, &mut open);
        rest = behind;
    }
    if open {
        terms.push(' ');
    }
    // The letters above are small already.
    if let Some(added) = terms.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// Appends the terms of a part of a text that is ASCII; `open` says whether the last of them goes on.
fn push_ascii(text: &str, terms: &mut String, open: &mut bool) {
    let mut begin = 0;
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_alphanumeric()) {
        if let Some(term) = text.get(begin..at).filter(|term| !term.is_empty()) {
            terms.push_str(term);
            *open = true;
        }
        if std::mem::take(open) {
            terms.push(' ');
        }
        begin = at + 1;
    }
    if let Some(term) = text.get(begin..).filter(|term| !term.is_empty()) {
        terms.push_str(term);
        *open = true;
    }
}

/// The same of a part that is folded.
fn push_letters(folded: &str, terms: &mut String, open: &mut bool) {
    let mut letters = folded.chars().peekable();
    while let Some(letter) = letters.next() {
        if is_unspaced(letter) {
            if std::mem::take(open) {
                terms.push(' ');
            }
            terms.push(letter);
            terms.extend(letters.peek().copied().filter(|&next| is_unspaced(next)));
            terms.push(' ');
        } else if letter.is_alphanumeric() {
            terms.push(letter);
            *open = true;
        } else if std::mem::take(open) {
            terms.push(' ');
        }
    }
}

/// Whether `letter` belongs to a script that sets no spaces between words, as folding leaves it.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
        && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;
    use proptest::prelude::*;

    fn terms(text: &str) -> String {
        let mut terms = String::new();
        push_terms(text, &mut terms);
        terms
    }

    #[test]
    fn words_are_folded_and_left_whole() {
        assert_eq!(
            terms("Menlu-menlu ASEAN: “Café” 2,5% mempertanggungjawabkannya"),
            "menlu menlu asean cafe 2 5 mempertanggungjawabkannya "
        );
        assert_eq!(terms("don't"), "don t ");
        assert_eq!(terms(""), "");
    }

    #[test]
    fn letters_of_unspaced_scripts_go_in_pairs() {
        assert_eq!(terms("北京市2025"), "北京 京市 市 2025 ");
        assert_eq!(terms("東京"), "東京 京 ");
        assert_eq!(terms("AB京"), "ab 京 ");
    }

    /// As it is said, of the whole text folded.
    fn slow(text: &str) -> String {
        let (mut terms, mut open) = (String::new(), false);
        push_letters(&fold(text), &mut terms, &mut open);
        terms + if open { " " } else { "" }
    }

    proptest! {
        #[test]
        fn parts_give_the_terms_of_the_whole(text in "([a-cA-C0 .é“ﬁ京ก\u{301}ÅΣяＡ½]|\\PC){0,40}") {
            prop_assert_eq!(terms(&text), slow(&text));
        }

        #[test]
        fn any_text_gives_clean_terms(text in any::<String>()) {
            let terms = terms(&text);
            prop_assert!(terms.split_terminator(' ').all(|term| !term.is_empty()));
            prop_assert!(terms.chars().all(|c| c == ' ' || c.is_alphanumeric()));
        }
    }
}
