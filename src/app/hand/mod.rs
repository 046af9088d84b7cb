//! What the hands are at: the first key of a sequence, and what one takes away from here.

mod copy;
mod open;
mod sequence;
mod stand;

pub use sequence::Choices;
pub(super) use sequence::Pending;

/// What is half done.
#[derive(Debug, Clone, Default)]
pub struct Hand {
    /// What the next key decides.
    pub(super) pending: Option<Pending>,
}
