//! Texts of a few words each, titles or names, as the numbers of their words; and for each word the texts that use it.

use super::arena::{INITIALS, initial};
use super::bits::Bits;
use super::bytes::U32s;
use super::lists::Lists;
use super::vocabulary::Vocabulary;

/// Titles by article, or names by their number.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Phrases<'a> {
    pub(super) pieces: U32s<'a>,
    pub(super) ends: U32s<'a>,
    /// For each word and mark the texts that hold it.
    pub(in crate::search) uses: Lists<'a>,
    pub(super) pairs: Lists<'a>,
}

impl<'a> Phrases<'a> {
    pub(in crate::search) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The words and marks of one.
    #[inline]
    pub(in crate::search) fn get(&self, at: u32) -> U32s<'a> {
        let range = self.ends.range(at);
        U32s(self.pieces.0.get(range.start * 4..range.end * 4).unwrap_or_default())
    }

    /// Adds the texts in which a word with one first byte is followed by a word with another, words that may be stepped
    /// over between them, and perhaps some more.
    pub(in crate::search) fn add_followed(&self, first: u8, second: u8, texts: &mut Bits) {
        self.pairs.get(initial(first) * INITIALS + initial(second)).add_to(texts);
    }

    /// Writes one as text.
    pub(in crate::search) fn write(&self, at: u32, vocabulary: &Vocabulary<'_>, text: &mut String) {
        text.clear();
        let mut behind_word = false;
        for piece in self.get(at).iter() {
            let is_word = piece < vocabulary.words();
            if is_word && behind_word {
                text.push(' ');
            }
            behind_word = is_word;
            text.push_str(vocabulary.get(piece));
        }
    }
}
