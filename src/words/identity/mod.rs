//! Which names are one: the key that the spellings of a name share, whichever article, language or script they are in.
//!
//! ```text
//! letters    case, accents, Cyrillic and Greek letters → plain small words       letters.tsv
//! spelling   Dmitriy, Soekarno, Abdul Rahman → one spelling a word               aliases.tsv, old Indonesian letters
//! order      Jinping Xi, Orbán Viktor → family name first                        name-order.tsv
//! book       what only a list knows: bynames, scripts, acronyms, exonyms          aliases.tsv, organisations, places
//! ```
//!
//! It would rather leave two spellings apart than make two people one. A surname is never the key of a full name (nor
//! is a byname, but for those in the list that are nobody else's); initials and "Jr." count (George Bush is not George
//! W. Bush); letters are doubled or not as they are written; and a name is turned round only when one word alone of it
//! is a family name of a people that writes it first (Li Na and Na Li stay two).

mod book;
mod letters;
mod order;
mod spelling;

use super::code::Country;
use super::countries::countries;
use crate::text::fold;
use book::{Book, book};
use letters::latin;

/// The key of a person's name.
pub fn person(name: &str) -> String {
    let book = book();
    let key = spelling(book, name);
    book.person(&key).map_or(key, str::to_owned)
}

/// The key of an organisation's name; `country` is the one it is known to belong to.
pub fn organisation(name: &str, country: Option<Country>) -> String {
    let key = bare(name);
    book().organisation(&key, country).map_or(key, str::to_owned)
}

/// The key of a place's name; `country` is the one it is known to lie in.
pub fn place(name: &str, country: Option<Country>) -> String {
    let key = bare(name);
    book().place(&key, country).map_or(key, str::to_owned)
}

/// The key of a country: its code; of a name that no country alone bears, the name.
pub fn country(name: &str, country: Option<Country>) -> String {
    let code = country.or_else(|| match countries().called(&fold(name)).as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    code.map_or_else(|| bare(name), |code| code.to_string())
}

/// How often the rules are applied at most; twice is enough but for names that nobody bears.
const PASSES: usize = 6;

/// A person's name by the rules alone: what they leave as it is.
fn spelling(book: &Book, name: &str) -> String {
    let mut key = pass(book, name);
    for _ in 1..PASSES {
        let again = pass(book, &key);
        if again == key {
            break;
        }
        key = again;
    }
    key
}

fn pass(book: &Book, name: &str) -> String {
    let letters = latin(whole(book, name));
    order::turned(book, &spelling::spelt(book, book.untitled(&letters)))
}

/// A name without what stands behind it: "(Jokowi)", ", S.H.".
fn whole<'a>(book: &Book, name: &'a str) -> &'a str {
    let before = name.split('(').next().unwrap_or_default();
    let name = if before.trim().is_empty() { name } else { before };
    match name.split_once(',') {
        Some((before, behind))
            if before.trim().contains(char::is_whitespace) && !book.is_suffix(&latin(behind)) =>
        {
            before
        }
        _ => name,
    }
}

/// The words of a name that is no person's, without an article.
fn bare(name: &str) -> String {
    let letters = latin(name);
    let mut key = String::with_capacity(letters.len());
    let mut initials = false;
    for word in letters.strip_prefix("the ").unwrap_or(&letters).split([' ', '-']) {
        let initial = is_initial(word);
        if !(key.is_empty() || initials && initial) {
            key.push(' ');
        }
        key.push_str(word);
        initials = initial;
    }
    key
}

/// Whether a word is one letter of the alphabet; those that follow one another are one word ("U.N.", "H. W.").
fn is_initial(word: &str) -> bool {
    matches!(word.as_bytes(), [byte] if byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
