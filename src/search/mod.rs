//! The query language, the arena and the matcher. Pure; the only user of `fuzzy_matcher`.
//!
//! ```text
//! query line ─Query::parse→ Query ─┐
//! articles ─Arena::build→ Arena ───┴─find→ hits with their rank ─(caller: merge, sort)→ rows ─mark→ letters, name
//! ```
//!
//! - `line`, `parse`, `when`, `saved`: the query line → [`Query`]; `query`: its terms; `whole`, `near`: what is wrong with it;
//! - `word`, `scatter`, `passage`: how a folded text holds one word, letters that stand apart, words in running text, `expression`: such words
//!   joined by AND, OR, NOT and NEAR;
//! - `arena`, `find`, `rank`: many articles at once; `relevance`: how well texts answer; `mark`: one article, for the screen; `said`: one quotation.
//!
//! One word finds an article in any of its title, outlet and names, best first: a whole word or name, the beginning of
//! a word of a name, the beginning of a word of the title, a part of a word, scattered letters. Other names of a country
//! count as its names. An arena is one segment of a collection: callers search many side by side, and sort what they
//! find by rank, then by date.

mod answer;
mod called;
mod chain;
mod complete;
mod expression;
mod find;
mod found;
mod index;
mod line;
mod lookup;
mod mark;
mod memory;
mod near;
mod parse;
mod passage;
mod query;
mod rank;
mod ready;
mod relevance;
mod said;
mod saved;
mod scatter;
mod snippet;
mod texts;
mod titled;
mod typo;
mod when;
mod whole;
mod word;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Hit};
pub use called::{called, held};
pub use complete::{
    Candidate, Completing, Known, Part, boxed, completing, days_in, known_countries, known_languages,
    known_names,
};
pub use expression::Expression;
pub use find::find;
pub use index::{Arena, ArenaBuilder, ArenaError, Bits, Doc, Name, Use};
pub use mark::{Marks, NameHit, mark, mark_body};
pub use memory::Memory;
pub use passage::Passage;
pub use query::{Condition, Mark, Query, QueryError, Scope, Sort, Term, Word, countries_called};
pub use rank::{Class, Rank};
pub use relevance::{TITLE_WEIGHT, relevance};
pub use said::{articles_of_quotes, asks_for};
pub use saved::{Saved, name_of_search, reference};
pub use snippet::{Snippet, snippet};
pub use texts::Texts;
