//! Bytes, files and folders → [`Article`]s. One file a format; the only users of format crates.
//!
//! ```text
//! walk ─ files ─→ window ─ decoded bytes ─→ sniff ─→ json ─ records ─→ assemble ─→ sink ─→ events
//!                                                 ├→ markdown ───────↗           ↗
//!                                                 └→ plain ──────────────────────
//! ```
//!
//! Any bytes get an answer: articles, or a [`Problem`] that says what and where. Nothing here panics, and the time is
//! linear in the length. Memory holds a chunk of a megabyte and what is made of it; a record or a text that is longer
//! is held whole, up to [`MOST_BYTES`].

mod address;
mod assemble;
mod dates;
mod fields;
mod html;
mod json;
mod linked;
mod markdown;
mod outline;
mod plain;
mod records;
mod scan;
mod sink;
mod sniff;
mod source;
mod values;
mod walk;
mod window;

pub use source::reach;
pub use walk::{Survey, survey};

use crate::article::{Annotations, Article};
use std::borrow::Cow;
use std::fmt;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// The longest record of a collection, and the longest text file, in bytes: what is longer is a problem. A record
/// takes about six times its length while it is read, so that memory stays under 200 MB whatever comes.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Where articles come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file, or a folder with all that is below it.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes that are there already.
    Memory {
        /// What they are called; its suffix is a hint as a file's is.
        name: String,
        /// The bytes.
        bytes: Cow<'static, [u8]>,
    },
}

/// An article, as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The article.
    pub article: Article,
    /// What it came annotated with: of a record that says its `annotator`.
    pub annotations: Option<Annotations>,
}

/// What could not be loaded, why, and what to do. Each part is one line and safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// "clips/a.json, line 12".
    pub place: String,
    /// "is no article: it has no title and no text".
    pub what: String,
    /// "an article needs a field such as title, text, body or content"; may be empty.
    pub advice: String,
    /// The record itself, as it came: only with [`load_every`], and only of a record that could be told from others.
    pub record: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.what)?;
        if self.advice.is_empty() { Ok(()) } else { write!(f, " ({})", self.advice) }
    }
}

/// How far loading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes read.
    pub read: u64,
    /// Bytes there are, where that is known.
    pub total: Option<u64>,
}

/// What loading tells, as it happens.
#[derive(Debug, Clone)]
pub enum Event {
    /// An article.
    Loaded(Box<Loaded>),
    /// Something that could not be loaded; loading goes on.
    Problem(Problem),
    /// About every quarter of a megabyte, and once at the end.
    Progress(Progress),
}

/// Loads all articles of `sources`, in order, and gives each to `emit` as soon as it is read. Stops when `emit` says
/// so. Of records with the same id and the same text the first is given.
pub fn load(sources: &[Source], emit: &mut dyn FnMut(Event) -> ControlFlow<()>) {
    // Who stops loading knows that it stopped.
    let _ = source::load(sources, emit, false);
}

/// Loads as [`load`] does, but gives every article, also one that was given before, and every problem: for who keeps
/// them in a place that knows articles again. Memory stays flat however many there are.
pub fn load_every(sources: &[Source], emit: &mut dyn FnMut(Event) -> ControlFlow<()>) {
    let _ = source::load(sources, emit, true);
}

#[cfg(test)]
mod tests;
