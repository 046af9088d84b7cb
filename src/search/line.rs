//! A query line as a whole: its terms, and those of the saved searches it names.

use super::parse::{error, join_countries, next_term, term};
use super::query::{Query, QueryError, Term};
use super::saved::{Saved, referred};
use crate::text::Span;

/// More terms than a pasted headline has, fewer than would keep a search busy.
const MAX_TERMS: usize = 64;

impl Query {
    /// Reads a query line that names no saved searches.
    ///
    /// # Errors
    /// As [`Query::parse_with`]; every saved search is unknown.
    pub fn parse(source: &str) -> Result<Query, QueryError> {
        Query::parse_with(source, &Saved::default())
    }

    /// Reads what stands on a query line itself, passing over the saved searches it names.
    ///
    /// # Errors
    /// As [`Query::parse_with`], but for saved searches.
    pub fn outline(source: &str) -> Result<Query, QueryError> {
        let saved = Saved::default();
        let mut reading =
            Reading { saved: &saved, within: Vec::new(), uses: Vec::new(), count: 0, outline: true };
        Ok(Query { source: source.to_owned(), terms: reading.terms(source)?, uses: Vec::new() })
    }

    /// Reads a query line; `@name` asks what the saved search of that name asks.
    ///
    /// # Errors
    /// An unknown field or saved search, a value its field cannot take, a search that names itself, a question this
    /// collection keeps no answer to, or more than 64 terms; with the place on the line and what was expected there.
    pub fn parse_with(source: &str, saved: &Saved) -> Result<Query, QueryError> {
        let mut reading = Reading { saved, within: Vec::new(), uses: Vec::new(), count: 0, outline: false };
        let terms = reading.terms(source)?;
        Ok(Query { source: source.to_owned(), uses: reading.uses, terms })
    }
}

/// A line while it is read, and the saved searches it names.
pub(super) struct Reading<'a> {
    pub(super) saved: &'a Saved,
    /// The names of the searches that are being read, each within the one before.
    pub(super) within: Vec<&'a str>,
    /// The searches that were named, with what they ask.
    pub(super) uses: Vec<(String, String)>,
    /// How many terms were read, those of saved searches included.
    count: usize,
    /// Whether saved searches are passed over.
    outline: bool,
}

impl Reading<'_> {
    /// The terms of a line.
    pub(super) fn terms(&mut self, source: &str) -> Result<Vec<Term>, QueryError> {
        let mut terms: Vec<Term> = Vec::new();
        let mut at = 0;
        while let Some((start, end)) = next_term(source, at) {
            self.count += 1;
            if self.count > MAX_TERMS {
                return Err(error(start..source.len(), format!("expected at most {MAX_TERMS} terms")));
            }
            let text = source.get(start..end).unwrap_or_default();
            if start == at && terms.last().is_some_and(|last| last.span.of(source).ends_with(')')) {
                let said = if text.starts_with(')') {
                    "no bracket is open here"
                } else {
                    "expected a space behind the bracket"
                };
                return Err(error(start..end, said));
            }
            match referred(text) {
                Some(_) if self.outline => {}
                Some(name) => terms.extend(self.saved(name, Span::new(start, end), text.starts_with('!'))?),
                None => terms.push(term(source, start, end)?),
            }
            at = end;
        }
        Ok(join_countries(source, &terms))
    }
}
