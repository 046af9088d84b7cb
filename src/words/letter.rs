//! What a character is in a word.

/// What a byte is in a word: a capital, a small letter, a digit; zero for all else.
pub(super) const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if let Some((_, rest)) = letters.split_at_mut_checked(byte as usize)
            && let Some(letter) = rest.first_mut()
        {
            *letter = match byte {
                b'A'..=b'Z' => UPPER,
                b'a'..=b'z' => 2,
                b'0'..=b'9' => 4,
                _ => 0,
            };
        }
        byte += 1;
    }
    letters
};
/// A capital.
pub(super) const UPPER: u8 = 1;

/// An ASCII letter as it is hashed, small.
pub(super) fn ascii_lower(c: char) -> u64 {
    u64::from(u32::from(c.to_ascii_lowercase()))
}

/// Whether it is part of a word: a letter, a figure, a mark on either.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) }
}

/// Georgian letters, which Unicode calls small though they stand alone.
pub(super) fn is_georgian(c: char) -> bool {
    matches!(c, '\u{10d0}'..='\u{10ff}')
}

/// Combining marks that are not alphabetic themselves, and joiners.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | '\u{93c}' | '\u{94d}' | '\u{951}'..='\u{954}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}'
        | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}'
        | '\u{dca}' | '\u{e47}'..='\u{e4e}' | '\u{eba}' | '\u{ec8}'..='\u{ece}' | '\u{1037}' | '\u{1039}'
        | '\u{103a}' | '\u{17c6}'..='\u{17d3}' | '\u{200c}' | '\u{200d}')
}

/// Scripts that do not put spaces between words, and Hangul, whose particles touch the word.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
