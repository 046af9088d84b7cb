//! Folding: the form in which two spellings of one word are equal.
//!
//! Compatibility decomposition (NFKD) without combining marks, lower case, and a few letters that do not decompose
//! (ø, đ, ł, ß …, after the search tables of CLDR). Typographic apostrophes and hyphens become the ASCII ones.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text with the way back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of the folded text, the byte at which the character it came from begins in the original; one
    /// more entry at the end, the original's length.
    pub from: Vec<u32>,
}

/// Folds case, accents and compatibility forms.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    fold_each(text, |c| folded.push(c));
    folded
}

/// Gives the letters of a folded text without making one.
pub fn fold_each(text: &str, mut push: impl FnMut(char)) {
    for c in text.chars() {
        fold_char(c, &mut push);
    }
}

/// Folds, and keeps where each byte came from.
pub fn fold_with_map(text: &str) -> Folded {
    let mut folded =
        Folded { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len() + 1) };
    for (at, c) in text.char_indices() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        fold_char(c, |f| {
            folded.text.push(f);
            folded.from.resize(folded.text.len(), at);
        });
    }
    folded.from.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
    folded
}

/// The letters of Latin, Greek, Cyrillic, Armenian and Hebrew texts as they fold, at most three of each, a zero behind
/// the last: from the first letter that is not ASCII to the first of Arabic.
static COMMON: LazyLock<Vec<[char; 3]>> = LazyLock::new(|| {
    let folded = |c| {
        let mut letters = ['\0'; 3];
        let mut at = letters.iter_mut();
        fold_rare(c, |letter| {
            if let Some(to) = at.next() {
                *to = letter;
            }
        });
        letters
    };
    ('\u{80}'..'\u{600}').map(folded).collect()
});

fn fold_char(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    match COMMON.get(c as usize - 0x80) {
        Some(letters) => {
            letters.iter().take_while(|letter| **letter != '\0').for_each(|letter| push(*letter));
        }
        None => fold_rare(c, push),
    }
}

fn fold_rare(c: char, mut push: impl FnMut(char)) {
    for part in std::iter::once(c).nfkd() {
        if is_combining_mark(part) {
            continue;
        }
        let plain = match part {
            'ß' | 'ẞ' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ø' | 'Ø' => "o",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'ł' | 'Ł' => "l",
            'ħ' | 'Ħ' => "h",
            'ı' => "i",
            'ŋ' | 'Ŋ' => "n",
            'þ' | 'Þ' => "th",
            'ə' | 'Ə' => "e",
            'ʼ' | '‘' | '’' | '‛' | '′' | 'ʻ' => "'",
            '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
            '“' | '”' | '„' | '«' | '»' => "\"",
            'ـ' => "",
            _ => {
                part.to_lowercase().filter(|&c| !is_combining_mark(c)).for_each(&mut push);
                continue;
            }
        };
        plain.chars().for_each(&mut push);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_and_accents_fold() {
        assert_eq!(fold("Erdoğan"), "erdogan");
        assert_eq!(fold("Nguyễn Hoài Phương"), "nguyen hoai phuong");
        assert_eq!(fold("Łódź Øresund Straße İstanbul"), "lodz oresund strasse istanbul");
        assert_eq!(fold("N’Djamena—Москва"), "n'djamena-москва");
    }

    #[test]
    fn the_map_points_at_the_character() {
        let folded = fold_with_map("aß é");
        assert_eq!(folded.text, "ass e");
        assert_eq!(folded.from, [0, 1, 1, 3, 4, 6]);
    }

    #[test]
    fn common_letters_fold_like_all() {
        for c in '\0'..'\u{3000}' {
            let mut rare = String::new();
            match c.to_ascii_lowercase() {
                c if c.is_ascii() => rare.push(c),
                c => fold_rare(c, |letter| rare.push(letter)),
            }
            assert_eq!(fold(&format!("{c}é")), format!("{rare}e"), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_is_stable_and_mapped(text in any::<String>()) {
            let folded = fold_with_map(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            prop_assert_eq!(folded.from.len(), folded.text.len() + 1);
            prop_assert!(folded.from.iter().all(|&at| text.is_char_boundary(at as usize)));
            prop_assert!(folded.from.is_sorted());
        }
    }
}
