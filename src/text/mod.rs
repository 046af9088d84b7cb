//! What is known about strings: sanitising, folding, width, wrapping, spans, and many of them in little memory.
//!
//! A leaf: it knows no article, no language and no terminal.

mod fold;
mod interned;
mod packed;
mod sanitise;
mod span;
mod terms;
mod width;
mod wrap;

pub use fold::{Folded, fold, fold_each, fold_with_map};
pub use interned::Interned;
pub use packed::{Strings, push_number, take_number};
pub use sanitise::{Clean, Origin, Shape, sanitise, sanitise_line};
pub use span::Span;
pub use terms::{is_unspaced, push_terms};
pub use width::{at_column, clip, pad, width};
pub use wrap::wrap;
