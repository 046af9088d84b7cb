//! What the hands are at: the first key of a sequence, marked rows, a file that is named, and what one takes away from
//! here: copies, links, exports.

mod copy;
mod export;
mod mark;
mod open;
mod sequence;
mod stand;

pub(super) use export::form;
pub use export::{Export, Naming, Outcome, Pieces};
use mark::Anchor;
pub use sequence::Choices;
use sequence::Offer;
pub(super) use sequence::Pending;

/// What is half done.
#[derive(Clone, Default)]
pub struct Hand {
    /// What the next key decides.
    pub(super) pending: Option<Pending>,
    /// Where marking began.
    anchor: Option<Anchor>,
    /// Whether all that the filter leaves is exported, rather than what one stands on.
    pub(super) whole: bool,
    /// The file that is being named.
    pub(super) naming: Option<Naming>,
    /// The link that was clicked last.
    pub(super) clicked: Option<String>,
    /// The file that is being written.
    writing: Option<String>,
    /// Whether it was said that it is, to someone who quits.
    warned: bool,
}
