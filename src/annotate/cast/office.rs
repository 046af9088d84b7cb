//! The office of a person: what stands before the name, or behind it between commas.

use crate::annotate::names::Name;
use crate::annotate::page::Page;
use crate::article::Kind;
use crate::words::{Class, Gap};

/// Where an office begins whose last part begins at `role`: "Wakil | Menteri Kelautan".
pub(super) fn whole(page: &Page<'_>, role: usize) -> usize {
    let mut first = role;
    while first > page.first
        && role - first < 6
        && page.token(first).gap == Gap::Space
        && (page.has(first, Class::INNER) || page.has(first - 1, Class::ROLE))
    {
        first -= 1;
    }
    first
}

/// An office behind a name, between commas: "Yeon Do-hyuk, peneliti Institut X," "the Dutch ambassador".
pub(super) fn behind(page: &Page<'_>, name: &Name) -> Option<(usize, usize)> {
    if name.kind != Some(Kind::Person) || !page.token(name.last + 1).is(',') {
        return None;
    }
    let first = name.last + 2;
    let limit = page.sentence_end(name.last).min(first + 14);
    let last = (first..limit)
        .find(|&at| matches!(page.token(at).sign(), ',' | '.' | '“' | '”' | '"' | ':' | ';'))?;
    let office = (first..last.min(first + 5)).any(|at| page.has(at, Class::ROLE));
    (office && last > first).then(|| (first, last - 1))
}
