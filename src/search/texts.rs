//! Where the texts of a collection come from, and what its reader did with them.

use super::expression::Expression;
use super::index::Bits;
use super::query::Mark;
use std::borrow::Cow;
use std::sync::atomic::AtomicBool;

/// The texts of a collection, for queries that read them.
pub trait Texts: Sync {
    /// The text of an article by its number.
    fn body(&self, doc: u32) -> Cow<'_, str>;

    /// The articles of the arena whose first article has the number `first` that answer a question to their titles and
    /// texts, by their places in it; `None` when no index knows and the texts must be read, or when `cancelled` was raised.
    fn indexed(&self, first: u32, asked: &Expression, cancelled: &AtomicBool) -> Option<Vec<u32>> {
        let _ = (first, asked, cancelled);
        None
    }

    /// The articles that the reader has marked so, by their numbers.
    fn marked(&self, mark: &Mark) -> Cow<'_, Bits> {
        let _ = mark;
        Cow::Owned(Bits::default())
    }
}

impl<'b, F: Fn(u32) -> &'b str + Sync> Texts for F {
    fn body(&self, doc: u32) -> Cow<'_, str> {
        Cow::Owned(self(doc).to_owned())
    }
}
