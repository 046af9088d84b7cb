//! Words that follow each other in running text, whatever stands between them: `"ujung tombak"`, `text:rudal`.

use memchr::memmem::Finder;

use crate::text::{Span, fold, fold_with_map};

/// Words looked for in titles and bodies, case and accents folded, marks and line ends between them ignored.
///
/// Scripts that set no spaces between words are read letter by letter, so that 平壌 is found inside a sentence.
#[derive(Debug, Clone)]
pub struct Passage {
    finder: Finder<'static>,
}

impl Passage {
    /// `None` when `words` holds no letter or digit. The last word is taken for a beginning of one when `open`.
    pub(super) fn new(words: &str, open: bool) -> Option<Passage> {
        let mut plain = Vec::new();
        flatten(words, &mut plain);
        let wanted = if open { plain.trim_ascii_end() } else { &plain };
        (wanted.len() > 1).then(|| Passage { finder: Finder::new(wanted).into_owned() })
    }

    /// The words, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.finder
            .needle()
            .split(|&byte| byte == b' ')
            .filter_map(|word| std::str::from_utf8(word).ok().filter(|word| !word.is_empty()))
    }

    /// Whether its last word may go on.
    pub fn is_open(&self) -> bool {
        !self.finder.needle().ends_with(b" ")
    }

    /// Whether `text` holds them. The buffer is for use again with the next text.
    pub(super) fn is_in(&self, text: &str, buffer: &mut Vec<u8>) -> bool {
        flatten(text, buffer);
        self.finder.find(buffer).is_some()
    }

    /// Where `text` holds them, without overlaps.
    pub(super) fn spans(&self, text: &str) -> Vec<Span> {
        let folded = fold_with_map(text);
        let mut plain = vec![b' '];
        let mut from: Vec<usize> = vec![0];
        for (at, letter) in folded.text.char_indices() {
            push(letter, &mut plain);
            from.resize(plain.len(), at);
        }
        push(' ', &mut plain);
        from.resize(plain.len() + 1, folded.text.len());
        let wanted = self.finder.needle();
        let inner = wanted.trim_ascii();
        let lead = usize::from(wanted.starts_with(b" "));
        self.finder
            .find_iter(&plain)
            .filter_map(|at| {
                let (start, end) = (*from.get(at + lead)?, *from.get(at + lead + inner.len())?);
                // What comes next begins where its letter does: marks between belong to neither.
                let matched = folded.text.get(start..end)?.trim_end_matches(|c: char| !c.is_alphanumeric());
                Some(original(&folded.from, start, start + matched.len()))
            })
            .collect()
    }
}

/// The span of the original text that bytes `start..end` of its folded form came from, with the marks on its letters.
pub(super) fn original(from: &[u32], start: usize, end: usize) -> Span {
    let first = from.get(start).copied().unwrap_or_default();
    let last = end.checked_sub(1).and_then(|last| from.get(last)).copied().unwrap_or(first);
    let behind = from.get(end..).unwrap_or_default().iter().copied().find(|&at| at > last);
    Span { start: first, end: behind.unwrap_or(last).max(first) }
}

/// Writes a text as its folded words, each between single spaces.
fn flatten(text: &str, plain: &mut Vec<u8>) {
    plain.clear();
    plain.push(b' ');
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (head, tail) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
        for byte in head.bytes() {
            if byte.is_ascii_alphanumeric() {
                plain.push(byte.to_ascii_lowercase());
            } else if plain.last() != Some(&b' ') {
                plain.push(b' ');
            }
        }
        let other = tail.bytes().position(|byte| byte.is_ascii()).unwrap_or(tail.len());
        let (head, tail) = tail.split_at_checked(other).unwrap_or((tail, ""));
        if !head.is_empty() {
            fold(head).chars().for_each(|letter| push(letter, plain));
        }
        rest = tail;
    }
    push(' ', plain);
}

fn push(letter: char, plain: &mut Vec<u8>) {
    let spaced = plain.last() == Some(&b' ');
    if !letter.is_alphanumeric() {
        if !spaced {
            plain.push(b' ');
        }
        return;
    }
    let alone = sets_no_spaces(letter);
    if alone && !spaced {
        plain.push(b' ');
    }
    plain.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    if alone {
        plain.push(b' ');
    }
}

/// Letters of scripts written without spaces (UAX #14, classes SA and ID): Thai, Lao, Burmese, Khmer, kana, Han.
fn sets_no_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
