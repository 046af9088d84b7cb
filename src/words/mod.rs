//! The lexicons and gazetteers of `data/`, ready to ask. The only reader of `data/`.
//!
//! It knows no article, and of strings only how they fold. Tables are built on first use and shared; nothing here is
//! on the path of the first frame.

mod calendar;
mod centre;
mod code;
mod countries;
mod file;
mod gazetteer;
mod grammar;
mod hash;
pub mod identity;
mod language;
mod letter;
mod lexicon;
mod model;
mod phrase;
mod sample;
mod table;
mod token;

pub use calendar::{month, zone};
pub use centre::centre;
pub use code::{Country, Language};
pub use countries::{Countries, CountryName, NameForm, countries};
pub use file::LexiconError;
pub use gazetteer::{Gazetteer, Known, Sense, gazetteer_table, is_country};
pub use grammar::Grammar;
pub use hash::{exact_hash, word_hash};
pub use language::{language, language_name, sibling, told};
pub use lexicon::{Class, Lexicon};
pub use model::{NAME_MODEL, SURENESS};
pub use sample::SAMPLE;
pub use table::Entry;
pub use token::{Cut, Gap, Shape, Token, Tokens, tokens, tokens_with};
