//! The words of a text as a full-text index keeps them.

use super::fold_each;

/// Appends the terms of `text` to `terms`, each followed by a space: runs of letters and digits, folded. Nothing is
/// taken off a word, since what a language puts before and behind one is not the same in two languages. Where words
/// are not set apart by spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) every letter is a term together
/// with the one behind it, the last one alone, so that the terms of a part of a run stand in a row in those of the
/// run, but for the last.
pub fn push_terms(text: &str, terms: &mut String) {
    let mut bytes = std::mem::take(terms).into_bytes();
    let (mut letters, mut rest) = (String::new(), text);
    while !rest.is_empty() {
        let plain = rest.bytes().take_while(u8::is_ascii).count();
        let (ascii, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        let small = |byte: u8| if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { b' ' };
        bytes.extend(ascii.bytes().map(small));
        // What letters that are not ASCII fold to depends on none that are.
        let others = behind.bytes().take_while(|byte| !byte.is_ascii()).count();
        let (others, behind) = behind.split_at_checked(others).unwrap_or((behind, ""));
        letters.clear();
        fold_each(others, |letter| letters.push(letter));
        push_letters(&letters, &mut bytes);
        rest = behind;
    }
    bytes.push(b' ');
    bytes.dedup_by(|next, before| *next == b' ' && *before == b' ');
    if bytes.first() == Some(&b' ') {
        bytes.remove(0);
    }
    // Nothing was put between the bytes of a letter.
    *terms = String::from_utf8(bytes).unwrap_or_default();
}

/// Appends folded letters, with spaces wherever a term may begin or end.
fn push_letters(folded: &str, bytes: &mut Vec<u8>) {
    let mut letters = folded.chars().peekable();
    let mut put = |letter: char| bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    while let Some(letter) = letters.next() {
        if is_unspaced(letter) {
            put(' ');
            put(letter);
            letters.peek().copied().filter(|&next| is_unspaced(next)).into_iter().for_each(&mut put);
            put(' ');
        } else {
            put(if letter.is_alphanumeric() { letter } else { ' ' });
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

    /// As it is said, letter by letter of the whole text folded.
    fn slow(text: &str) -> String {
        let folded: Vec<char> = fold(text).chars().collect();
        let mut terms = String::new();
        for (at, &letter) in folded.iter().enumerate() {
            let next = folded.get(at + 1).copied().filter(|&next| is_unspaced(next));
            match letter {
                _ if is_unspaced(letter) => terms.extend([' ', letter].into_iter().chain(next).chain([' '])),
                _ if letter.is_alphanumeric() => terms.push(letter),
                _ => terms.push(' '),
            }
        }
        terms.split_whitespace().map(|term| format!("{term} ")).collect()
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
