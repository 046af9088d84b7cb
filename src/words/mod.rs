//! The lexicons and gazetteers of `data/`, ready to ask. The only reader of `data/`.
//!
//! A leaf: it knows no article. Tables are built on first use and shared; nothing here is on the path of the first
//! frame.

mod code;
mod gazetteer;
mod lexicon;
mod phrase;
mod token;

pub use code::{Country, Language};
pub use gazetteer::{Gazetteer, Known, Sense};
pub use lexicon::{Class, Lexicon};
pub use token::{Gap, Shape, Token, Tokens, exact_hash, tokens, word_hash};
