//! What is searched: the words of many articles' titles, and once each the names in them.
//!
//! ```text
//! Doc… ─build→ words ─┬─ titles: the words of each; of each word the titles that use it
//!                     └─ names:  the words of each; of each word the names that use it; of each name the articles
//! ```
//!
//! An [`Arena`] never changes; a collection that grows adds another. Every distinct word stands once in it, and every
//! distinct spelling of a name: a query looks at each word once, however many articles there are, and reaches the
//! articles by posting lists. It is held as the bytes that it is written to a file as (`bytes`).

mod arena;
mod bits;
mod build;
mod bytes;
mod lists;
mod naming;
mod phrases;
mod vocabulary;

pub use arena::{Arena, Doc, Name};
pub use build::{Builder as ArenaBuilder, Use};
pub use bytes::ArenaError;

pub(super) use arena::{READY, code, day};
pub use bits::Bits;
pub(super) use lists::{Lists, write_lists};
pub(super) use phrases::Phrases;
pub(super) use vocabulary::{Vocabulary, is_word, pieces};

#[cfg(test)]
mod tests;
