//! A file of `data/lexicon`, read strictly.

use super::Language;
use super::grammar::{FLAGS, LISTS};
use super::lexicon::Class;
use std::fmt;

/// Why a text is no lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexiconError {
    /// It is no TOML.
    Syntax(String),
    /// It holds a list or a setting that lexicons do not have.
    Unknown(String),
    /// A list holds something else than words, or a setting something else than it should.
    Value(String),
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LexiconError::Syntax(error) => write!(f, "not TOML: {error}"),
            LexiconError::Unknown(key) => write!(f, "a lexicon has no {key}"),
            LexiconError::Value(key) => write!(f, "{key} does not hold what it should"),
        }
    }
}

impl std::error::Error for LexiconError {}

/// The lists of a lexicon that make no class of their own.
const FURTHER: &[&str] = &["suffix_pronouns", "relay_suffixed", "relay_pronouns"];

/// Reads a file, and sees to it that it holds nothing but what lexicons hold.
pub(super) fn table(text: &str) -> Result<toml::Table, LexiconError> {
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| LexiconError::Syntax(error.to_string()))?;
    check(&table)?;
    Ok(table)
}

pub(super) fn check(table: &toml::Table) -> Result<(), LexiconError> {
    for (key, value) in table {
        let lists =
            || LISTS.iter().chain(FURTHER).copied().chain(Class::KEYS.iter().map(|(known, _)| *known));
        let holds = if key == "language" {
            value.as_str().and_then(Language::parse).is_some()
        } else if FLAGS.contains(&key.as_str()) {
            value.is_bool()
        } else if lists().any(|known| known == key) {
            value.as_array().is_some_and(|words| words.iter().all(toml::Value::is_str))
        } else {
            return Err(LexiconError::Unknown(key.clone()));
        };
        if !holds {
            return Err(LexiconError::Value(key.clone()));
        }
    }
    Ok(())
}

/// The words of a list; none when there is no such list.
pub(super) fn list<'a>(table: &'a toml::Table, key: &str) -> impl Iterator<Item = &'a str> {
    table.get(key).and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
}
