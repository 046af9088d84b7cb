//! Whether a query line is all there: what may be half typed on the screen is a mistake in a command.

use super::parse::{DATE, Field, QUOTATION_MARKS, error, field_named};
use super::query::{Condition, Query, QueryError, Term};

impl Field {
    /// What stands behind it.
    pub(super) fn expects(self) -> &'static str {
        match self {
            Field::Named(_) => "a name",
            Field::Country => "a country",
            Field::Text => "words",
            Field::Language => "a language such as id or en",
            Field::After | Field::Before | Field::On => DATE,
            Field::Has => "quote",
            Field::Is => "read, unread, starred or noted",
            Field::Tag => "a tag",
        }
    }
}

impl Query {
    /// Checks that nothing on the line is only half typed.
    ///
    /// # Errors
    /// A field without its value, a quotation mark or bracket that is still open; with the place and what is expected.
    pub fn whole(&self) -> Result<(), QueryError> {
        self.terms.iter().filter(|term| !term.saved).try_for_each(|term| self.whole_term(term))
    }

    fn whole_term(&self, term: &Term) -> Result<(), QueryError> {
        let text = term.span.of(&self.source);
        let negation = usize::from(text.starts_with('!'));
        let value_at = term.field.map_or(term.span.start() + negation, crate::text::Span::end);
        let value = self.source.get(value_at..term.span.end()).unwrap_or_default();
        if let Some((at, expected)) = open(value, term.field.is_some()) {
            return Err(error(value_at + at..term.span.end(), expected));
        }
        match term.field {
            Some(field) if matches!(term.condition, Condition::Anything) => {
                let name = field.of(&self.source);
                let expected = field_named(name.trim_end_matches(':')).map_or("a value", Field::expects);
                Err(error(field.start()..term.span.end(), format!("expected {expected} behind {name}")))
            }
            _ => Ok(()),
        }
    }
}

/// Where a mark or bracket stands that nothing closes, the innermost one, and what is expected.
fn open(value: &str, named: bool) -> Option<(usize, &'static str)> {
    let (mut brackets, mut mark): (Vec<usize>, Option<usize>) = (Vec::new(), None);
    let bracketed = named && value.starts_with('(');
    if !bracketed && !value.starts_with(QUOTATION_MARKS) {
        return None;
    }
    for (at, letter) in value.char_indices() {
        match letter {
            _ if QUOTATION_MARKS.contains(&letter) => mark = if mark.is_some() { None } else { Some(at) },
            '(' if bracketed && mark.is_none() => brackets.push(at),
            ')' if bracketed && mark.is_none() => drop(brackets.pop()),
            _ => {}
        }
    }
    let marked = mark.map(|at| (at, "this quotation mark is not closed"));
    marked.or_else(|| brackets.pop().map(|at| (at, "this bracket is not closed")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_typed_is_pointed_at() {
        for (line, at, said) in [
            ("lavrov \"ujung tom", "\"ujung tom", "this quotation mark is not closed"),
            ("text:(a OR (b", "(b", "this bracket is not closed"),
            ("text:(a OR \"b", "\"b", "this quotation mark is not closed"),
            ("!person:", "person:", "expected a name behind person:"),
            ("after:20 x", "after:20", "expected a date such as 2025-07-01, 2025-07 or 2025 behind after:"),
            ("by:\"", "\"", "this quotation mark is not closed"),
        ] {
            let error = Query::parse(line).unwrap().whole().unwrap_err();
            assert_eq!((error.span.of(line), error.message.as_str()), (at, said));
        }
        for whole in [
            "",
            "a - b ( c ) '",
            "Jakarta: text:(a OR (\"b c\" d)) \"e f\" !by:x on:2025",
            "“a b”",
            "5\" gun",
        ] {
            assert_eq!(Query::parse(whole).unwrap().whole(), Ok(()), "{whole}");
        }
    }
}
