//! Saved searches, and `@name` on a query line, which asks what the search of that name asks.

use super::line::Reading;
use super::near::nearest;
use super::parse::{QUOTATION_MARKS, error};
use super::query::{Condition, Query, QueryError, Term};
use crate::text::{Span, fold};
use std::collections::BTreeMap;

/// A name has at most so many letters: it is typed.
const LONGEST: usize = 60;

/// Saved searches by name, in the order of the alphabet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved(BTreeMap<String, String>);

impl Saved {
    /// A search by its name: as it is written, else whatever its case and accents.
    pub fn get(&self, name: &str) -> Option<(&str, &str)> {
        let exact = self.0.get_key_value(name);
        let folded = || self.0.iter().find(|(known, _)| fold(known) == fold(name));
        exact.or_else(folded).map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// All of them: names and queries.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts a search under a name, in the place of what was there.
    pub fn put(&mut self, name: String, query: String) {
        self.0.insert(name, query);
    }

    /// Whether `query` can be saved under `name`.
    ///
    /// # Errors
    /// When the query would then name itself.
    pub fn may_hold(&self, name: &str, query: &str) -> Result<(), QueryError> {
        let mut with = self.clone();
        with.put(name.to_owned(), query.to_owned());
        Query::parse_with(&reference(name), &with).map(|_| ())
    }

    /// Takes a search away.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }
}

impl FromIterator<(String, String)> for Saved {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(searches: I) -> Saved {
        Saved(searches.into_iter().collect())
    }
}

/// A name as it can be saved: without the `@` before it and spaces around it.
///
/// # Errors
/// What is wrong with it, in words.
pub fn name_of_search(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let name = name.strip_prefix('@').unwrap_or(name).trim();
    if name.is_empty() {
        return Err("expected a name".to_owned());
    }
    if name.contains(QUOTATION_MARKS) || name.contains('@') {
        return Err("a name has no quotation marks and no @ in it".to_owned());
    }
    if name.chars().count() > LONGEST {
        return Err(format!("a name has at most {LONGEST} letters"));
    }
    Ok(name.to_owned())
}

/// How a saved search is named on a query line: `@korut`, `@"ujung timur"`.
pub fn reference(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("@\"{name}\"") } else { format!("@{name}") }
}

/// The name behind `@` in a term, if it is one that names a saved search; empty while it is still to be typed.
pub(super) fn referred(term: &str) -> Option<&str> {
    let name = term.strip_prefix('!').unwrap_or(term).strip_prefix('@')?;
    Some(match name.strip_prefix(QUOTATION_MARKS) {
        Some(name) => name.strip_suffix(QUOTATION_MARKS).unwrap_or(name),
        None => name,
    })
}

impl Reading<'_> {
    /// The terms of the saved search that the term at `span` names.
    pub(super) fn saved(&mut self, name: &str, span: Span, negated: bool) -> Result<Vec<Term>, QueryError> {
        let at = span.range();
        let asked = |condition| Term { span, field: None, negated: false, condition, saved: true };
        if name.is_empty() {
            return Ok(vec![asked(Condition::Anything)]);
        }
        let saved = self.saved;
        let Some((name, query)) = saved.get(name) else {
            return Err(error(at, unknown(name, saved)));
        };
        if self.within.contains(&name) {
            let way: Vec<String> =
                self.within.iter().skip_while(|&&known| known != name).map(|name| reference(name)).collect();
            return Err(error(
                at,
                format!("{} asks for itself, by way of {}", reference(name), way.join(", ")),
            ));
        }
        self.within.push(name);
        self.uses.push((name.to_owned(), query.to_owned()));
        let terms = self.terms(query).map_err(|inner| {
            let part = inner.span.of(query);
            // What a search within this one says of its own place is passed on.
            let message = if part.starts_with(['@', '!']) {
                inner.message
            } else {
                format!("in {} at “{part}”: {}", reference(name), inner.message)
            };
            error(at, message)
        })?;
        self.within.pop();
        let mut terms: Vec<Term> = terms
            .into_iter()
            .filter(|term| !matches!(term.condition, Condition::Anything))
            .map(|term| Term { span, field: None, saved: true, ..term })
            .collect();
        if negated {
            // Not all of them: of one alone it is the contrary.
            terms = match terms.as_mut_slice() {
                [] => Vec::new(),
                [one] => vec![Term { negated: !one.negated, ..one.clone() }],
                _ => vec![Term { negated: true, ..asked(Condition::All(terms)) }],
            };
        }
        Ok(terms)
    }
}

fn unknown(name: &str, saved: &Saved) -> String {
    let said = format!("no search is saved as {}", reference(name));
    match nearest(name, saved.iter().map(|(name, _)| name)) {
        Some(near) => format!("{said}; did you mean {}?", reference(near)),
        None if saved.is_empty() => format!("{said}: none is saved yet; '@{name} looks for the word"),
        None => format!("{said}; expected one of {}", few(saved.iter().map(|(name, _)| reference(name)))),
    }
}

/// The first few of many, in words.
fn few(mut names: impl Iterator<Item = String>) -> String {
    let first: Vec<String> = names.by_ref().take(4).collect();
    format!("{}{}", first.join(", "), if names.next().is_some() { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn saved() -> Saved {
        [
            ("korut", "c:kp !trump"),
            ("ujung timur", "\"ujung timur\""),
            ("both", "@korut @\"ujung timur\""),
            ("not", "!@korut"),
            ("a", "x @b"),
            ("b", "@c"),
            ("c", "y @a"),
            ("broken", "lavrov after:kemarin"),
        ]
        .into_iter()
        .map(|(name, query)| (name.to_owned(), query.to_owned()))
        .collect()
    }

    fn read(line: &str) -> Result<Query, QueryError> {
        Query::parse_with(line, &saved())
    }

    #[test]
    fn a_saved_search_stands_for_its_terms() {
        let query = read("lavrov @both rudal").unwrap();
        assert_eq!(query.terms().len(), 5);
        assert!(
            query
                .terms()
                .iter()
                .filter(|term| term.saved)
                .all(|term| term.span.of(query.source()) == "@both")
        );
        assert!(query.terms()[2].negated, "!trump");
        assert_eq!(read("@\"ujung timur\"").unwrap().terms().len(), 1);
        assert_eq!(read("@KORUT").unwrap().terms().len(), 2, "whatever the case");
        assert!(read("@").unwrap().is_empty() && read("@\"").unwrap().is_empty(), "still to be typed");
        assert_eq!(Query::parse("'@korut").unwrap().terms().len(), 1, "the word itself");
    }

    #[test]
    fn left_out_is_what_all_of_it_finds() {
        let query = read("!@korut").unwrap();
        assert!(
            matches!(query.terms(), [Term { negated: true, condition: Condition::All(terms), .. }] if terms.len() == 2)
        );
        assert!(read("!@\"ujung timur\"").unwrap().terms()[0].field.is_none());
        let twice = read("!@not").unwrap();
        assert!(matches!(twice.terms(), [Term { negated: false, condition: Condition::All(_), .. }]));
    }

    #[test]
    fn errors_point_at_the_name() {
        for (line, at, said) in [
            ("lavrov @korot", "@korot", "no search is saved as @korot; did you mean @korut?"),
            ("@zzz x", "@zzz", "no search is saved as @zzz; expected one of @a, @b, @both, @broken …"),
            ("rudal @a", "@a", "@a asks for itself, by way of @a, @b, @c"),
            (
                "x @broken",
                "@broken",
                "in @broken at “kemarin”: expected a date such as 2025-07-01, 2025-07 or 2025",
            ),
        ] {
            let error = read(line).unwrap_err();
            assert_eq!((error.span.of(line), error.message.as_str()), (at, said));
        }
        let none = Query::parse("@x").unwrap_err();
        assert_eq!(none.message, "no search is saved as @x: none is saved yet; '@x looks for the word");
    }

    #[test]
    fn searches_that_name_many_others_are_cut_off() {
        let many: Saved = (0..40)
            .map(|at| (format!("s{at}"), format!("@s{0} @s{0} @s{0} @s{0}", at + 1)))
            .chain([("s40".to_owned(), String::new())])
            .collect();
        assert!(Query::parse_with("@s0", &many).unwrap_err().message.contains("at most 64"));
    }

    #[test]
    fn a_query_differs_when_what_it_names_does() {
        let mut other = saved();
        other.put("korut".to_owned(), "c:kp".to_owned());
        assert_ne!(read("@korut").unwrap(), Query::parse_with("@korut", &other).unwrap());
        assert_eq!(read("lavrov").unwrap(), Query::parse_with("lavrov", &other).unwrap());
    }

    #[test]
    fn names_can_be_typed_again() {
        assert_eq!(name_of_search(" @Ujung timur "), Ok("Ujung timur".to_owned()));
        for wrong in ["", "@", "a\"b", "a@b"] {
            assert!(name_of_search(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_names_and_queries_end(queries in prop::collection::vec("(!?@[abcd] ?|x ){0,4}", 4), line in "[@!abcdx\" ]{0,12}") {
            let names = ["a", "b", "c", "d"].map(str::to_owned);
            let saved: Saved = names.into_iter().zip(queries).collect();
            if let Err(error) = Query::parse_with(&line, &saved) {
                prop_assert!(!error.span.of(&line).is_empty());
            }
        }

        #[test]
        fn a_name_is_read_as_it_is_written(name in "[a-zA-Zéü \\-(:)]{1,12}") {
            if let Ok(name) = name_of_search(&name) {
                let line = reference(&name);
                let saved: Saved = [(name, "lavrov".to_owned())].into_iter().collect();
                prop_assert_eq!(Query::parse_with(&format!("{line} x"), &saved).unwrap().terms().len(), 2);
            }
        }
    }
}
