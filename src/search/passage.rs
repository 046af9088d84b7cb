//! Words that follow each other in running text, whatever stands between them: `"ujung tombak"`, `text:rudal`.

use memchr::memmem::Finder;

use crate::text::{Span, fold, fold_with_map, is_unspaced};

/// Words looked for in titles and bodies, case and accents folded, marks and line ends between them ignored.
///
/// Scripts that set no spaces between words are read letter by letter, so that 平壌 is found inside a sentence.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The words with single spaces before, between and, unless the last is open, behind them.
    finder: Finder<'static>,
    /// The longest word alone: a text without it needs no closer look.
    longest: Finder<'static>,
}

/// Room for a text on its way to be searched, for use again with the next.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    folded: Vec<u8>,
    /// The words of `folded` with single spaces around each; empty until somebody needs them.
    flat: Vec<u8>,
}

impl Passage {
    /// `None` when `words` holds no letter or digit. The last word is taken for a beginning of one when `open`.
    pub(super) fn new(words: &str, open: bool) -> Option<Passage> {
        let mut buffers = Buffers::default();
        buffers.read(words);
        let words = buffers.words();
        let wanted = if open { words.trim_ascii_end() } else { words };
        let longest = wanted.split(|&byte| byte == b' ').max_by_key(|word| word.len())?;
        (!longest.is_empty()).then(|| Passage {
            finder: Finder::new(wanted).into_owned(),
            longest: Finder::new(longest).into_owned(),
        })
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

    /// Whether the text that was read into `buffers` holds them.
    pub(super) fn is_in(&self, buffers: &mut Buffers) -> bool {
        self.longest.find(&buffers.folded).is_some() && self.finder.find(buffers.words()).is_some()
    }

    /// How many words the text that was read into `buffers` has before each place that holds them, and how many they
    /// are.
    pub(super) fn places(&self, buffers: &mut Buffers) -> (Vec<usize>, usize) {
        if self.longest.find(&buffers.folded).is_none() {
            return (Vec::new(), 0);
        }
        let flat = buffers.words();
        let count = |bytes: &[u8]| memchr::memchr_iter(b' ', bytes).count();
        let (mut places, mut before, mut counted) = (Vec::new(), 0, 0);
        let begins = usize::from(self.finder.needle().starts_with(b" "));
        let mut at = 0;
        while let Some(found) = flat.get(at..).and_then(|rest| self.finder.find(rest)) {
            let start = at + found + begins;
            before += count(flat.get(counted..start).unwrap_or_default());
            counted = start;
            places.push(before.saturating_sub(1));
            at = start;
        }
        (places, self.words().count())
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
        let wanted = self.finder.needle();
        let (first, count) = (usize::from(wanted.starts_with(b" ")), wanted.trim_ascii().len());
        let mut spans = Vec::new();
        let mut at = 0;
        while let Some(found) = plain.get(at..).and_then(|rest| self.finder.find(rest)) {
            let start = at + found + first;
            // The space behind one find may be the space before the next.
            at = start + count;
            let letters = from.get(start).zip(from.get(at - 1)).and_then(|(&start, &last)| {
                Some(start..last + folded.text.get(last..)?.chars().next()?.len_utf8())
            });
            spans.extend(letters.map(|letters| original(&folded.from, letters.start, letters.end)));
        }
        spans
    }
}

/// The span of the original text that bytes `start..end` of its folded form came from, with the marks on its letters.
pub(super) fn original(from: &[u32], start: usize, end: usize) -> Span {
    let first = from.get(start).copied().unwrap_or_default();
    let last = end.checked_sub(1).and_then(|last| from.get(last)).copied().unwrap_or(first);
    let behind = from.get(end..).unwrap_or_default().iter().copied().find(|&at| at > last);
    Span { start: first, end: behind.unwrap_or(last).max(first) }
}

impl Buffers {
    /// Reads a text: its folded words with spaces between.
    pub(super) fn read(&mut self, text: &str) {
        self.flat.clear();
        let folded = &mut self.folded;
        folded.clear();
        let mut rest = text;
        while !rest.is_empty() {
            let (ascii, tail) = split(rest, <[u8]>::is_ascii, u8::is_ascii);
            folded.extend(ascii.bytes().map(|byte| match byte {
                b'A'..=b'Z' => byte + (b'a' - b'A'),
                b'a'..=b'z' | b'0'..=b'9' => byte,
                _ => b' ',
            }));
            let (other, tail) = split(tail, |_| false, |byte| !byte.is_ascii());
            if other.as_bytes().chunks(3).all(|bytes| matches!(bytes, [0xe2, 0x80, _])) {
                // General punctuation, as typographic quotation marks and dashes: not worth folding.
                folded.push(b' ');
            } else {
                fold(other).chars().for_each(|letter| push(letter, folded));
            }
            rest = tail;
        }
    }

    /// The words of what was read with single spaces around every one.
    fn words(&mut self) -> &[u8] {
        if self.flat.is_empty() {
            self.flat.push(b' ');
            for word in self.folded.split(|&byte| byte == b' ').filter(|word| !word.is_empty()) {
                self.flat.extend_from_slice(word);
                self.flat.push(b' ');
            }
        }
        &self.flat
    }
}

/// As many bytes as are judged at once.
const CHUNK: usize = 64;

/// Splits a text behind its first bytes that all `fit`; `all` may say so of many at once.
fn split(text: &str, all: impl Fn(&[u8]) -> bool, fit: impl Fn(&u8) -> bool) -> (&str, &str) {
    let chunks = text.as_bytes().chunks(CHUNK).take_while(|chunk| all(chunk)).count();
    let at = (chunks * CHUNK).min(text.len());
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let at = at + rest.iter().position(|byte| !fit(byte)).unwrap_or(rest.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn push(letter: char, plain: &mut Vec<u8>) {
    let spaced = plain.last() == Some(&b' ');
    if !letter.is_alphanumeric() {
        if !spaced {
            plain.push(b' ');
        }
        return;
    }
    let alone = is_unspaced(letter);
    if alone && !spaced {
        plain.push(b' ');
    }
    plain.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    if alone {
        plain.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(text: &str, words: &str, open: bool) -> bool {
        let passage = Passage::new(words, open).unwrap();
        let mut buffers = Buffers::default();
        buffers.read(text);
        passage.is_in(&mut buffers)
    }

    #[test]
    fn words_stand_in_order_whatever_is_between() {
        assert!(holds("di Ujung\n\n“tombak” itu", "ujung tombak", false));
        assert!(!holds("ujung tombaknya", "ujung tombak", false));
        assert!(holds("ujung tombaknya", "ujung tombak", true));
        assert!(!holds("tanjung tombak", "ujung tombak", false));
        assert!(holds("Café N’Djamena", "cafe n'djamena", false));
        assert!(holds("会談は平壌で行われた", "平壌", false));
        assert!(Passage::new("… –", false).is_none());
        assert_eq!(
            Passage::new("Ujung  Tombak", false).unwrap().words().collect::<Vec<_>>(),
            ["ujung", "tombak"]
        );
    }

    #[test]
    fn spans_hold_the_words_and_no_more() {
        let spans = |text: &'static str, words| -> Vec<&str> {
            let passage = Passage::new(words, false).unwrap();
            passage.spans(text).into_iter().map(|span| span.of(text)).collect()
        };
        assert_eq!(spans("Kata “Café”, café-nya, kafe, cafetaria.", "cafe"), ["Café", "café"]);
        assert_eq!(spans("a b a b c", "a b"), ["a b", "a b"]);
        assert_eq!(spans("会談は平壌で", "平壌"), ["平壌"]);
        assert_eq!(spans("e\u{301}t e\u{301} et", "et"), ["e\u{301}t", "et"]);
    }

    /// The words of a text, one by one.
    fn slowly(text: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        for letter in fold(text).chars() {
            let alone = is_unspaced(letter);
            if !letter.is_alphanumeric() || alone {
                words.push(String::new());
            }
            if letter.is_alphanumeric() {
                words.last_mut().unwrap().push(letter);
            }
            if alone {
                words.push(String::new());
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    proptest! {
        #[test]
        fn a_slow_reading_agrees(
            text in prop_oneof!["[abAé ’“\n平.-]{0,90}", any::<String>()],
            words in "[abé 平“]{1,5}",
            open in any::<bool>(),
        ) {
            let (inside, wanted) = (slowly(&text), slowly(&words));
            let Some(passage) = Passage::new(&words, open) else {
                prop_assert!(wanted.is_empty());
                return Ok(());
            };
            let (last, before) = wanted.split_last().unwrap();
            let found = inside.windows(wanted.len()).any(|run| {
                let (end, start) = run.split_last().unwrap();
                start == before && if open { end.starts_with(last.as_str()) } else { end == last }
            });
            let mut buffers = Buffers::default();
            buffers.read(&text);
            prop_assert_eq!(passage.is_in(&mut buffers), found);
            let (places, _) = passage.places(&mut buffers);
            let slow: Vec<usize> = inside
                .windows(wanted.len())
                .enumerate()
                .filter(|(_, run)| {
                    let (end, start) = run.split_last().unwrap();
                    start == before && if open { end.starts_with(last.as_str()) } else { end == last }
                })
                .map(|(at, _)| at)
                .collect();
            prop_assert_eq!(places, slow);
            let spans = passage.spans(&text);
            prop_assert_eq!(!spans.is_empty(), found);
            prop_assert!(spans.iter().all(|span| !span.of(&text).is_empty()));
        }
    }
}
