//! Cutting text into words, numbers and signs.
//!
//! Texts and the phrases of `data/` are cut by the same rules, so that a phrase is found by the hashes of its tokens.
//! Hyphens and apostrophes inside a word belong to it, an English 's does not; scripts written without spaces are cut
//! into single characters.

use crate::text::fold_each;

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// All letters small.
    Lower,
    /// The first letter is a capital ("Oslo", "McTavish", "O'Rourke").
    Title,
    /// At least two letters, all capitals ("BPBD", "AS-1").
    Upper,
    /// A single capital, with its full stop if there is one ("M.").
    Initial,
    /// Begins with a digit.
    Number,
    /// Letters of a script without case.
    Uncased,
    /// A sign; see [`Token::sign`].
    Sign,
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nothing: it touches the token before.
    None,
    /// Spaces.
    Space,
    /// A line break.
    Line,
    /// An empty line, or the beginning of the text.
    Paragraph,
}

/// A word, a number or a sign of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Of a word, the hash of its folded form; of a sign, the sign itself with the highest bit set.
    pub hash: u64,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
}

const SIGN: u64 = 1 << 63;

impl Token {
    /// No token: equal to nothing in a text.
    pub const NONE: Token =
        Token { start: u32::MAX, end: u32::MAX, hash: SIGN, shape: Shape::Sign, gap: Gap::Paragraph };

    /// The hash of an apostrophe.
    pub(crate) const APOSTROPHE: u64 = SIGN | '\'' as u64;
    /// The hash of a typographic apostrophe.
    pub(crate) const HIGH_COMMA: u64 = SIGN | '’' as u64;

    /// The sign it is, `'\0'` for a word.
    pub fn sign(self) -> char {
        if self.hash & SIGN == 0 {
            return '\0';
        }
        u32::try_from(self.hash & !SIGN).ok().and_then(char::from_u32).unwrap_or('\0')
    }

    /// Whether it is this sign.
    pub fn is(self, sign: char) -> bool {
        self.hash == SIGN | u64::from(u32::from(sign))
    }

    /// Whether it is a word or a number.
    pub fn is_word(self) -> bool {
        self.shape != Shape::Sign
    }

    /// Whether it begins with a capital.
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Initial)
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Hashes a word by its folded form (FNV-1a, 63 bits).
pub fn word_hash(word: &str) -> u64 {
    if word.is_ascii() {
        return hash_lower(word.as_bytes());
    }
    let mut hash = SEED;
    fold_each(word, |c| {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    });
    hash & !SIGN
}

/// Hashes bytes as they are written (FNV-1a, 63 bits).
pub fn exact_hash(text: &str) -> u64 {
    text.bytes().fold(SEED, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)) & !SIGN
}

/// The longest word that is elided ("lorsqu'", "dell'"), in bytes.
const LONGEST_ELISION: usize = 12;
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

fn hash_lower(bytes: &[u8]) -> u64 {
    bytes.iter().fold(SEED, |hash, byte| (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME))
        & !SIGN
}

/// Cuts `text` into tokens.
pub fn tokens(text: &str) -> Tokens<'_> {
    tokens_with(text, Cut::default())
}

/// Cuts `text` into tokens, and words at the apostrophes that part them in its language.
pub fn tokens_with<'a>(text: &'a str, cut: Cut<'a>) -> Tokens<'a> {
    Tokens { text, at: 0, first: true, cut }
}

/// What is cut at an apostrophe.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cut<'a> {
    /// Hashes of the elided words that it joins to the next ("L'Iran", "qu'il"), ascending.
    pub elisions: &'a [u64],
    /// Whether every word is ("Norveç'in").
    pub all: bool,
}

/// The tokens of a text, in order.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    first: bool,
    cut: Cut<'a>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let gap = self.skip_space();
        let start = self.at;
        let c = self.char_at(start)?;
        let (end, hash, shape) = match self.plain_word(start) {
            Some(word) => word,
            None if is_letter(c) => self.word(start, c),
            None => self.sign(start, c),
        };
        self.at = end;
        self.first = false;
        Some(Token {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            hash,
            shape,
            gap,
        })
    }
}

impl Tokens<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text.get(at..).and_then(|rest| rest.chars().next()),
            None => None,
        }
    }

    fn skip_space(&mut self) -> Gap {
        let bytes = self.text.as_bytes();
        // One space, and a letter or a sign behind it.
        if bytes.get(self.at) == Some(&b' ')
            && bytes.get(self.at + 1).is_some_and(|next| matches!(next, b'!'..=b'~'))
        {
            self.at += 1;
            return if self.first { Gap::Paragraph } else { Gap::Space };
        }
        let (mut spaces, mut lines) = (false, 0);
        while let Some(c) = self.char_at(self.at) {
            if c == '\n' {
                lines += 1;
            } else if !c.is_whitespace() {
                break;
            }
            spaces = true;
            self.at += c.len_utf8();
        }
        match (self.first, lines, spaces) {
            (true, ..) | (_, 2.., _) => Gap::Paragraph,
            (_, 1, _) => Gap::Line,
            (_, _, true) => Gap::Space,
            _ => Gap::None,
        }
    }

    fn sign(&self, start: usize, c: char) -> (usize, u64, Shape) {
        let next = start + c.len_utf8();
        let (end, c) = match c {
            '.' if self.text.get(start..start + 3) == Some("...") => (start + 3, '…'),
            '-' if self.char_at(next) == Some('-') => (start + 2, '—'),
            '`' if self.char_at(next) == Some('`') => (start + 2, '“'),
            '\'' if self.char_at(next) == Some('\'') => (start + 2, '”'),
            '\'' | '’' if self.is_clitic(next) => {
                let end = next + 1;
                return (end, hash_lower(b"'s"), Shape::Lower);
            }
            '＂' => (next, '"'),
            _ => (next, c),
        };
        (end, SIGN | u64::from(u32::from(c)), Shape::Sign)
    }

    /// Whether an apostrophe before `next` begins the 's of English: an s and no letter behind it, a letter before.
    fn is_clitic(&self, next: usize) -> bool {
        matches!(self.char_at(next), Some('s' | 'S'))
            && !self.char_at(next + 1).is_some_and(is_letter)
            && self
                .text
                .get(..next)
                .and_then(|before| before.chars().rev().nth(1))
                .is_some_and(|c| is_letter(c) || c == '.')
    }

    /// What most words are: ASCII letters and digits, and nothing behind them that could belong to the word.
    fn plain_word(&self, start: usize) -> Option<(usize, u64, Shape)> {
        let bytes = self.text.as_bytes().get(start..)?;
        let (mut hash, mut upper, mut lower, mut length) = (SEED, 0_u32, 0_u32, 0_usize);
        for byte in bytes {
            let letter = LETTERS.get(usize::from(*byte)).copied().unwrap_or_default();
            if letter == 0 {
                break;
            }
            upper += u32::from(letter & UPPER);
            lower += u32::from(letter >> 1 & 1);
            hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
            length += 1;
        }
        let first = *bytes.first()?;
        let last = *bytes.get(length.checked_sub(1)?)?;
        match bytes.get(length) {
            Some(b'\'' | b'-' | b'&' | 0x80..) => return None,
            Some(b',') if last.is_ascii_digit() => return None,
            // A full stop ends a sentence when neither a letter nor a mark stands behind it.
            Some(b'.')
                if length == 1 || bytes.get(length + 1).is_some_and(|next| !next.is_ascii_whitespace()) =>
            {
                return None;
            }
            _ => {}
        }
        let shape = match (upper, lower) {
            _ if first.is_ascii_digit() || lower > 0 && last.is_ascii_digit() => Shape::Number,
            (1, 0) if length == 1 => Shape::Initial,
            (2.., 0) => Shape::Upper,
            _ if first.is_ascii_uppercase() => Shape::Title,
            _ => Shape::Lower,
        };
        Some((start + length, hash & !SIGN, shape))
    }

    fn word(&self, start: usize, first: char) -> (usize, u64, Shape) {
        let mut end = start + first.len_utf8();
        if is_unspaced(first) {
            while let Some(c) = self.char_at(end).filter(|&c| is_mark(c)) {
                end += c.len_utf8();
            }
            return (end, word_hash(self.text.get(start..end).unwrap_or_default()), Shape::Uncased);
        }
        let mut hash = (SEED ^ ascii_lower(first)).wrapping_mul(PRIME);
        let mut ascii = first.is_ascii();
        let (mut upper, mut lower, mut other) = (0_u32, 0_u32, 0_u32);
        let count = |c: char, upper: &mut u32, lower: &mut u32, other: &mut u32| {
            if c.is_lowercase() && !is_georgian(c) {
                *lower += 1;
            } else if c.is_uppercase() {
                *upper += 1;
            } else if c.is_alphabetic() {
                *other += 1;
            }
        };
        count(first, &mut upper, &mut lower, &mut other);
        let mut prev = first;
        let mut dotted = false;
        while let Some(c) = self.char_at(end) {
            let joins = if c.is_ascii_alphanumeric() || !c.is_ascii() && is_letter(c) && !is_unspaced(c) {
                true
            } else if c.is_ascii() && !matches!(c, '\'' | '-' | '.' | ',' | '&') {
                false
            } else {
                self.joins(start, prev, c, end + c.len_utf8(), lower)
            };
            if !joins {
                break;
            }
            dotted |= c == '.';
            count(c, &mut upper, &mut lower, &mut other);
            ascii &= c.is_ascii();
            hash = (hash ^ ascii_lower(c)).wrapping_mul(PRIME);
            prev = c;
            end += c.len_utf8();
        }
        let initial = upper == 1 && lower == 0 && other == 0 && end - start == first.len_utf8();
        if self.char_at(end) == Some('.')
            && (initial && self.names_after(end + 1) || dotted && prev.is_alphabetic())
        {
            // The full stop of "M." and the last one of "U.S." and "M.Si." belong to the word.
            let short = end - start <= 8 && (upper > 0 || initial);
            if short {
                hash = (hash ^ u64::from(b'.')).wrapping_mul(PRIME);
                end += 1;
            }
        }
        let shape = match (upper, lower, other) {
            _ if first.is_numeric() || lower > 0 && prev.is_ascii_digit() => Shape::Number,
            (1, 0, 0) if initial => Shape::Initial,
            (2.., 0, _) => Shape::Upper,
            (0, 0, 1..) => Shape::Uncased,
            _ if first.is_uppercase() => Shape::Title,
            _ => Shape::Lower,
        };
        if !ascii {
            hash = word_hash(self.text.get(start..end).unwrap_or_default());
        }
        (end, hash & !SIGN, shape)
    }

    /// Whether a name goes on behind an initial's full stop.
    fn names_after(&self, at: usize) -> bool {
        match self.char_at(at) {
            Some(' ') => self.char_at(at + 1).is_some_and(char::is_alphabetic),
            Some(c) => c == ',' || c.is_uppercase(),
            None => false,
        }
    }

    /// Whether the sign `c` between `prev` and what begins at `next` belongs to the word that began at `start`.
    fn joins(&self, start: usize, prev: char, c: char, next: usize, lower: u32) -> bool {
        let Some(after) = self.char_at(next) else { return is_mark(c) };
        match c {
            '\'' | '’' | 'ʼ' | 'ʻ' => {
                // French and Italian elision is a word of its own: l'ONU, d'Oslo.
                let elision = next - start <= 3 + c.len_utf8() && lower > 0 && prev.is_lowercase();
                prev.is_alphabetic()
                    && after.is_alphabetic()
                    && !self.elided(start, next - c.len_utf8())
                    && !(elision
                        && after.is_uppercase()
                        && self.char_at(start).is_some_and(char::is_lowercase))
                    && (!matches!(after, 's' | 'S') || self.char_at(next + 1).is_some_and(is_letter))
            }
            '-' | '‑' | '‐' => {
                is_letter(prev) && is_letter(after) && !is_unspaced(after) && {
                    // "pro-Beijing" is two words, "al-Mansoori" and "Seo-jin" are one.
                    let prefixed = after.is_uppercase()
                        && next - start >= 4
                        && self.char_at(start).is_some_and(char::is_lowercase);
                    !prefixed
                }
            }
            '.' => {
                if prev.is_numeric() {
                    return after.is_ascii_digit();
                }
                prev.is_alphabetic()
                    && (after.is_lowercase() && self.is_suffix(next)
                        || after.is_alphabetic()
                            && next - start <= 4
                            && self.char_at(start).is_some_and(char::is_uppercase))
            }
            ',' => prev.is_ascii_digit() && after.is_ascii_digit(),
            '&' => prev.is_uppercase() && after.is_uppercase(),
            _ => is_mark(c),
        }
    }

    /// Whether the letters from `start` to an apostrophe at `end` are a word that is elided before the next one.
    fn elided(&self, start: usize, end: usize) -> bool {
        self.cut.all
            || !self.cut.elisions.is_empty()
                && end - start <= LONGEST_ELISION
                && self
                    .text
                    .get(start..end)
                    .is_some_and(|head| self.cut.elisions.binary_search(&word_hash(head)).is_ok())
    }

    /// Whether a short small word, such as the end of a domain, begins here.
    fn is_suffix(&self, at: usize) -> bool {
        let mut length = 0;
        let mut end = at;
        while let Some(c) = self.char_at(end).filter(|&c| is_letter(c)) {
            length += 1;
            end += c.len_utf8();
            if length > 5 {
                return false;
            }
        }
        length > 0
    }
}

/// What a byte is in a word: a capital, a small letter, a digit; zero for all else.
const LETTERS: [u8; 256] = {
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
const UPPER: u8 = 1;

fn ascii_lower(c: char) -> u64 {
    u64::from(u32::from(c.to_ascii_lowercase()))
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) }
}

/// Georgian letters, which Unicode calls small though they stand alone.
fn is_georgian(c: char) -> bool {
    matches!(c, '\u{10d0}'..='\u{10ff}')
}

/// Combining marks that are not alphabetic themselves, and joiners.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        | '\u{93c}' | '\u{94d}' | '\u{951}'..='\u{954}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}'
        | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}'
        | '\u{dca}' | '\u{e47}'..='\u{e4e}' | '\u{eba}' | '\u{ec8}'..='\u{ece}' | '\u{1037}' | '\u{1039}'
        | '\u{103a}' | '\u{17c6}'..='\u{17d3}' | '\u{200c}' | '\u{200d}')
}

/// Scripts that do not put spaces between words, and Hangul, whose particles touch the word.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).map(|token| text.get(token.start as usize..token.end as usize).unwrap()).collect()
    }

    #[test]
    fn words_are_cut_as_names_need_it() {
        assert_eq!(cut("Mecca's crane, O'Rourke’s"), ["Mecca", "'s", "crane", ",", "O'Rourke", "’s"]);
        assert_eq!(
            cut("Han Seo-jin, al-Mansoori, pro-Beijing"),
            ["Han", "Seo-jin", ",", "al-Mansoori", ",", "pro", "-", "Beijing"]
        );
        assert_eq!(
            cut("in the U.S. on M.Si. by J. K. Rowling."),
            ["in", "the", "U.S.", "on", "M.Si.", "by", "J.", "K.", "Rowling", "."]
        );
        assert_eq!(
            cut("Kabar.co naik 12.500 atau 3,5. Lalu"),
            ["Kabar.co", "naik", "12.500", "atau", "3,5", ".", "Lalu"]
        );
        assert_eq!(
            cut("l'ONU 日本は ''x'' -- ..."),
            ["l", "'", "ONU", "日", "本", "は", "''", "x", "''", "--", "..."]
        );
    }

    #[test]
    fn elided_words_are_cut_off() {
        let mut elisions = ["l", "qu"].map(word_hash);
        elisions.sort_unstable();
        let cut = |text: &'static str| -> Vec<&str> {
            tokens_with(text, Cut { elisions: &elisions, all: false })
                .map(|token| text.get(token.start as usize..token.end as usize).unwrap())
                .collect()
        };
        assert_eq!(cut("L’Iran, qu'il"), ["L", "’", "Iran", ",", "qu", "'", "il"]);
        assert_eq!(cut("aujourd'hui O'Rourke"), ["aujourd'hui", "O'Rourke"]);
    }

    #[test]
    fn folded_words_hash_alike() {
        let hash = |text: &str| tokens(text).map(|token| token.hash).collect::<Vec<_>>();
        assert_eq!(hash("ERDOĞAN"), hash("erdogan"));
        assert_eq!(hash("Seo-jin"), [word_hash("seo-jin")]);
        assert_eq!(hash("U.S."), [word_hash("u.s.")]);
    }

    proptest! {
        #[test]
        fn plain_words_are_words(text in "[a-zA-Z0-9'.,& é”-]{1,12}") {
            let cut = tokens(&text);
            if let Some(word) = cut.plain_word(0) {
                prop_assert_eq!(word, cut.word(0, text.chars().next().unwrap()));
            }
        }

        #[test]
        fn tokens_lie_in_order_on_boundaries(text in any::<String>()) {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.start >= at && token.end > token.start);
                prop_assert!(text.get(token.start as usize..token.end as usize).is_some());
                at = token.end;
            }
            let rest = text.get(at as usize..).unwrap();
            prop_assert!(rest.trim().is_empty());
        }
    }
}
