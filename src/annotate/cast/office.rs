//! The office of a person: what stands before the name, or behind it between commas.

use crate::annotate::names::Name;
use crate::annotate::page::Page;
use crate::article::{Form, Kind};
use crate::words::{Class, Country, Gap};

/// The office of a person, in tokens.
pub(super) fn of(page: &Page<'_>, name: &Name) -> Option<(usize, usize)> {
    let before = name.role.filter(|role| *role < name.first);
    before.map(|role| (whole(page, role), name.first - 1)).or_else(|| behind(page, name))
}

/// How many tokens before an office its country begins at most: "Bosnia and Herzegovina's foreign | minister".
const BESIDE: usize = 8;

/// The country that an office is of: the first one named in it or said of it, right before ("Norway's | Foreign
/// Minister") or before its department ("Norwegian foreign | minister").
pub(super) fn country(page: &Page<'_>, names: &[Name], (first, last): (usize, usize)) -> Option<Country> {
    let mut begin = first;
    while begin > page.first
        && first - begin < 3
        && page.token(begin).gap == Gap::Space
        && page.has(begin - 1, Class::PORTFOLIO)
    {
        begin -= 1;
    }
    let from = names.partition_point(|name| name.first + BESIDE < first);
    let near = names.get(from..)?.iter().take_while(|name| name.first <= last);
    let mark = |at: usize| page.word(at).contains(['\'', '’']);
    let said_of_it = |name: &Name| match begin.checked_sub(name.last)? {
        1 => (name.form == Form::Adjective || mark(name.last)).then_some(()),
        // The apostrophe and what is behind it.
        2 | 3 => mark(name.last + 1).then_some(()),
        _ => None,
    };
    let mut named = near.filter(|name| name.kind == Some(Kind::Country));
    named.find(|name| name.first >= begin || said_of_it(name).is_some())?.country
}

/// Where an office begins whose last part begins at `role`: "Wakil | Menteri Kelautan".
fn whole(page: &Page<'_>, role: usize) -> usize {
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
fn behind(page: &Page<'_>, name: &Name) -> Option<(usize, usize)> {
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
