//! Reads the query line.
//!
//! ```text
//! query = { term }            terms are separated by spaces and must all hold
//! term  = [ "!" ] ( [ field ":" ] value  |  "@" name )
//! value = [ "'" ] [ "^" ] word [ "$" ]  |  '"' words [ '"' ]  |  "(" expression [ ")" ]
//! ```
//!
//! Brackets belong to full text alone: `text:(rudal NEAR/5 korut)`.
//!
//! What is only half typed (a field without its value, a sign without its word) holds for every article; an open
//! quotation mark is closed by the end of the line, its last word open as well. [`Query::whole`] tells of it.

use std::ops::Range;

use super::expression::Expression;
use super::near::{nearest, nearest_folded};
use super::passage::Passage;
use super::query::{Condition, Mark, QueryError, Scope, Term, Word, countries_called};
use super::when::When;
use super::word::Signs;
use crate::article::Kind;
use crate::text::{Span, fold};
use crate::words::{countries, language};

/// Marks that open and close words that belong together.
pub(super) const QUOTATION_MARKS: [char; 6] = ['"', '“', '”', '„', '«', '»'];

/// What stands before the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Named(Scope),
    Country,
    Text,
    Language,
    After,
    Before,
    On,
    Has,
    Is,
    Tag,
}

/// The fields by name, the first of each the one that is told to the reader.
pub(super) const FIELDS: [(&str, Field); 21] = [
    ("person", Field::Named(Scope::Named(Kind::Person))),
    ("p", Field::Named(Scope::Named(Kind::Person))),
    ("country", Field::Country),
    ("c", Field::Country),
    ("place", Field::Named(Scope::Named(Kind::Place))),
    ("org", Field::Named(Scope::Named(Kind::Organisation))),
    ("o", Field::Named(Scope::Named(Kind::Organisation))),
    ("organisation", Field::Named(Scope::Named(Kind::Organisation))),
    ("organization", Field::Named(Scope::Named(Kind::Organisation))),
    ("by", Field::Named(Scope::By)),
    ("about", Field::Named(Scope::About)),
    ("outlet", Field::Named(Scope::Outlet)),
    ("text", Field::Text),
    ("lang", Field::Language),
    ("language", Field::Language),
    ("after", Field::After),
    ("before", Field::Before),
    ("on", Field::On),
    ("has", Field::Has),
    ("is", Field::Is),
    ("tag", Field::Tag),
];

const FIELD_NAMES: &str = "person:, country:, place:, org:, by:, about:, outlet:, text:, lang:, after:, before:, on:, has:, is: or tag:";

/// What `is:` takes: the mark it asks for, and whether articles without it are meant.
pub(super) const MARKS: [(&str, Mark, bool); 4] = [
    ("read", Mark::Read, false),
    ("unread", Mark::Read, true),
    ("starred", Mark::Starred, false),
    ("noted", Mark::Noted, false),
];

/// What a date is to look like.
pub(super) const DATE: &str = "a date such as 2025-07-01, 2025-07 or 2025";

/// The field of this name.
pub(super) fn field_named(name: &str) -> Option<Field> {
    FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, field)| field)
}

/// Names of countries have at most this many words that matter here ("Republik Demokratik Kongo").
const MOST_WORDS: usize = 4;

/// Reads neighbouring words that together are the name of a country as that: `united states`, `c:korea utara`.
pub(super) fn join_countries(source: &str, terms: &[Term]) -> Vec<Term> {
    let mut joined: Vec<Term> = Vec::with_capacity(terms.len());
    let mut rest = terms;
    while let Some((first, others)) = rest.split_first() {
        let run = 1 + others.iter().take(MOST_WORDS - 1).take_while(|term| is_bare(source, term)).count();
        let longest = (2..=run).rev().find_map(|many| {
            let last = rest.get(many - 1)?;
            Some((many, country_term(source, first, Span::new(first.span.start(), last.span.end()))?))
        });
        let (many, term) = longest.unwrap_or_else(|| (1, first.clone()));
        joined.push(term);
        rest = rest.get(many..).unwrap_or_default();
    }
    joined
}

/// Whether a term is a word and nothing else: no field, no sign, no quotation mark.
fn is_bare(source: &str, term: &Term) -> bool {
    let text = term.span.of(source);
    matches!(term.condition, Condition::Word(Scope::Anywhere, _))
        && term.field.is_none()
        && !term.negated
        && !term.saved
        && !text.starts_with(['\'', '^'])
        && !text.ends_with('$')
}

/// The term that `first` makes with what follows it up to the end of `span`, if that is the name of a country.
fn country_term(source: &str, first: &Term, span: Span) -> Option<Term> {
    let value = first.field.map_or(span.start(), Span::end);
    let name = source.get(value..span.end())?.split_whitespace().collect::<Vec<_>>().join(" ");
    let called = countries().called(&fold(&name));
    let condition = match first.condition {
        _ if called.is_empty() => return None,
        Condition::Countries(_) => Condition::Countries(called),
        _ if is_bare(source, first) => {
            Condition::Word(Scope::Anywhere, Box::new(Word::new(&name, Signs::EXACT, Scope::Anywhere)?))
        }
        _ => return None,
    };
    Some(Term { span, condition, ..first.clone() })
}

pub(super) fn error(span: Range<usize>, message: impl Into<String>) -> QueryError {
    QueryError { span: span.into(), message: message.into() }
}

/// The bytes of the next term from `at` on.
pub(super) fn next_term(source: &str, at: usize) -> Option<(usize, usize)> {
    let rest = source.get(at..)?;
    let start = at + rest.find(|c: char| !c.is_whitespace())?;
    let rest = source.get(start..)?;
    let value = value_start(rest);
    let named = rest.get(..value).is_some_and(|field| field.ends_with(':'));
    if let Some(length) = rest.get(value..).filter(|_| named).and_then(bracketed) {
        return Some((start, start + value + length));
    }
    let quoted =
        rest.get(value..).and_then(|rest| rest.chars().next()).filter(|c| QUOTATION_MARKS.contains(c));
    let end = match quoted {
        Some(mark) => {
            let inner = value + mark.len_utf8();
            let closing = rest.get(inner..)?.find(QUOTATION_MARKS);
            match closing.and_then(|closing| Some((closing, rest.get(inner + closing..)?.chars().next()?))) {
                Some((closing, mark)) => inner + closing + mark.len_utf8(),
                None => rest.len(),
            }
        }
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    Some((start, start + end))
}

/// How long the brackets are that `rest` begins with, up to the one that closes the first, else all of it.
fn bracketed(rest: &str) -> Option<usize> {
    if !rest.starts_with('(') {
        return None;
    }
    let (mut depth, mut quoted) = (0usize, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if QUOTATION_MARKS.contains(&letter) => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + letter.len_utf8());
        }
    }
    Some(rest.len())
}

/// Where the value of the term that `rest` begins with begins.
pub(super) fn value_start(rest: &str) -> usize {
    let negation = usize::from(rest.starts_with('!'));
    let letters = rest.get(negation..).unwrap_or_default();
    if letters.starts_with('@') {
        return negation + 1;
    }
    let name = letters.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(letters.len());
    let colon = letters.get(name..).is_some_and(|rest| rest.starts_with(':'));
    negation + if name > 0 && colon { name + 1 } else { 0 }
}

pub(super) fn term(source: &str, start: usize, end: usize) -> Result<Term, QueryError> {
    let whole = source.get(start..end).unwrap_or_default();
    let negated = whole.starts_with('!');
    let mut value_at = start + value_start(whole);
    let name_at = start + usize::from(negated);
    let name = source.get(name_at..value_at).unwrap_or_default();
    let mut value = source.get(value_at..end).unwrap_or_default();
    let mut field = None;
    if let Some(name) = name.strip_suffix(':') {
        match field_named(name) {
            Some(known) => field = Some(known),
            // A headline's own colon.
            None if value.is_empty() => {
                value_at = name_at;
                value = source.get(value_at..end).unwrap_or_default();
            }
            None => {
                let expected = match nearest(name, FIELDS.iter().map(|(name, _)| *name)) {
                    Some(near) => format!("did you mean {near}:?"),
                    None => format!("expected {FIELD_NAMES}"),
                };
                return Err(error(name_at..value_at, format!("{name}: is no field; {expected}")));
            }
        }
    }
    let span = value_at..end;
    let condition = match field {
        None => plain(value, negated),
        Some(field) => field_condition(field, value, span, negated)?,
    };
    let opposite =
        matches!(condition, Condition::Marked(_)) && field == Some(Field::Is) && is_opposite(value);
    let negated = negated != opposite && !matches!(condition, Condition::Anything);
    let field = field.map(|_| Span::new(name_at, value_at));
    Ok(Term { span: Span::new(start, end), field, negated, condition, saved: false })
}

fn plain(value: &str, negated: bool) -> Condition {
    match quoted(value) {
        Some((words, open)) => passage(words, open),
        None => word(value, Scope::Anywhere, negated),
    }
}

fn field_condition(
    field: Field,
    value: &str,
    span: Range<usize>,
    negated: bool,
) -> Result<Condition, QueryError> {
    let quotation = quoted(value);
    let bare = quotation.map_or(value, |(words, _)| words).trim();
    if bare.is_empty() {
        return Ok(Condition::Anything);
    }
    Ok(match field {
        Field::Named(scope) if quotation.is_some() => Word::new(bare, Signs::EXACT, scope)
            .map_or(Condition::Anything, |word| Condition::Word(scope, Box::new(word))),
        Field::Named(scope) => word(bare, scope, negated),
        Field::Country => match countries_called(bare) {
            called if called.is_empty() => {
                let near =
                    nearest_folded(bare, countries().folded().map(|(name, folded)| (name.name, folded)));
                let meant = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
                return Err(error(span, format!("no country is called {bare}{meant}")));
            }
            called => Condition::Countries(called),
        },
        Field::Text if value.starts_with('(') => {
            Expression::parse(value, span.start)?.map_or(Condition::Anything, Condition::Text)
        }
        Field::Text => {
            let open = quotation.is_none_or(|(_, open)| open);
            passage(bare, open)
        }
        Field::Language if bare.len() == 1 && bare.is_ascii() => Condition::Anything,
        Field::Language => Condition::Language(
            language(bare).ok_or_else(|| error(span, "expected a language such as id, en or german"))?,
        ),
        Field::After | Field::Before | Field::On => {
            let expected = || {
                let at = span.start + value.find(bare).unwrap_or(0);
                match When::fault(bare) {
                    Some((part, said)) => error(at + part.start..at + part.end, said),
                    None => error(span, format!("expected {DATE}")),
                }
            };
            match (When::parse(bare).ok_or_else(expected)?, field) {
                (When::Unfinished, _) => Condition::Anything,
                (When::Days(first, _), Field::After) => Condition::Published(Some(first), None),
                (When::Days(first, _), Field::Before) => Condition::Published(None, Some(first)),
                (When::Days(first, behind), _) => Condition::Published(Some(first), behind),
            }
        }
        Field::Has if ["quote", "quotes"].iter().any(|known| known.eq_ignore_ascii_case(bare)) => {
            Condition::HasQuote
        }
        Field::Has if is_beginning("quote", bare) => Condition::Anything,
        Field::Has => return Err(error(span, "expected has:quote")),
        Field::Is => match MARKS.into_iter().find(|(name, ..)| name.eq_ignore_ascii_case(bare)) {
            Some((_, mark, _)) => Condition::Marked(mark),
            None if MARKS.iter().any(|(name, ..)| is_beginning(name, bare)) => Condition::Anything,
            None => return Err(error(span, "expected is:read, is:unread, is:starred or is:noted")),
        },
        Field::Tag => match fold(bare.trim_start_matches('#')) {
            tag if tag.is_empty() => Condition::Anything,
            tag => Condition::Marked(Mark::Tag(tag, quotation.is_some())),
        },
    })
}

/// Whether a value of `is:` asks for the articles without its mark.
fn is_opposite(value: &str) -> bool {
    let bare = quoted(value).map_or(value, |(words, _)| words).trim();
    MARKS.iter().any(|(name, _, opposite)| *opposite && name.eq_ignore_ascii_case(bare))
}

/// Words that follow each other; a star behind them lets the last go on.
fn passage(words: &str, open: bool) -> Condition {
    let passage = Passage::new(words, open || words.ends_with('*'));
    passage.map_or(Condition::Anything, |passage| Condition::Text(Expression::Passage(Box::new(passage))))
}

fn is_beginning(whole: &str, part: &str) -> bool {
    whole.get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part))
}

/// The words between quotation marks, and whether the second mark is still to come.
fn quoted(value: &str) -> Option<(&str, bool)> {
    let inner = value.strip_prefix(QUOTATION_MARKS)?;
    Some(inner.strip_suffix(QUOTATION_MARKS).map_or((inner, true), |words| (words, false)))
}

fn word(value: &str, scope: Scope, negated: bool) -> Condition {
    let mut signs = Signs { exact: negated, ..Signs::default() };
    let mut bare = value;
    if let Some(rest) = bare.strip_prefix('\'') {
        (bare, signs.exact) = (rest, true);
    }
    if let Some(rest) = bare.strip_prefix('^') {
        (bare, signs.start) = (rest, true);
    }
    if let Some(rest) = bare.strip_suffix('$') {
        (bare, signs.end) = (rest, true);
    }
    Word::new(bare, signs, scope).map_or(Condition::Anything, |word| Condition::Word(scope, Box::new(word)))
}
