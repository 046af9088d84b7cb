//! What someone or something is called: as most articles do.

use super::{Counts, most_first};
use crate::article::Kind;
use crate::words::{Country, Language, countries};
use std::collections::HashMap;

/// What a thing is called.
pub(super) struct Called {
    pub(super) name: String,
    pub(super) others: Vec<String>,
}

impl Called {
    /// From the spellings that articles have for it; a country is called as `language` calls it.
    pub(super) fn new(
        kind: Kind,
        country: Option<Country>,
        spellings: HashMap<&str, u64>,
        language: Option<Language>,
    ) -> Called {
        let spellings = spellings.into_iter().map(|(text, many)| (text.to_owned(), many)).collect();
        let mut spellings: Counts = most_first(spellings);
        let own = country.filter(|_| kind == Kind::Country);
        let called = own.zip(language).and_then(|(code, language)| countries().name(code, language));
        let name = match called {
            Some(name) => name.to_owned(),
            None if spellings.is_empty() => String::new(),
            None => spellings.remove(best(&spellings, kind)).0,
        };
        let others = spellings.into_iter().map(|(other, _)| other).filter(|other| *other != name).collect();
        Called { name, others }
    }
}

/// The place of the spelling to show: the first one, but for the capitals of a dateline ("OSLO") another.
fn best(spellings: &Counts, kind: Kind) -> usize {
    let capitals = |(text, _): &(String, u64)| !text.chars().any(char::is_lowercase);
    let shouted = matches!(kind, Kind::Person | Kind::Place) && spellings.first().is_some_and(capitals);
    let other = spellings.iter().position(|spelling| !capitals(spelling));
    other.filter(|_| shouted).unwrap_or(0)
}
