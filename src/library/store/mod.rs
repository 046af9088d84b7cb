//! A library in a file: articles, what is found in them, and the reader's own state. The only user of SQLite.
//!
//! ```text
//! Article + Annotations ─prepare→ Prepared ─write→ library.db ─read→ rows, articles
//!                                     └─ terms ─fulltext→ fulltext.db
//! ```
//!
//! `SCHEMA.md` beside this file tells what the tables hold, for whoever reads them with other tools.

mod docs;
mod fault;
mod file;
mod fulltext;
mod known;
mod links;
mod marks;
mod names;
mod points;
mod prepare;
mod read;
mod said;
mod searches;
mod settle;
mod spill;
mod state;
mod write;

pub(super) use docs::{Filed, Spellings};
pub use fault::{Fault, StoreError};
pub(super) use file::VERSION;
pub(super) use fulltext::{Fulltext, FulltextReader, Terms};
pub use known::Known;
pub(super) use prepare::{Keys, Prepared, text_hash};
pub use read::Line;
pub(super) use read::Reader;
pub(super) use said::AllSaid;
pub use searches::Searches;
pub(crate) use spill::Spill;
pub use state::{Change, Kept, State, Undone};
pub(super) use write::Writer;
