//! Shows why an article answers a query: the letters of its title, and the name that was meant.

use super::index::{Doc, Name};
use super::passage::original;
use super::query::{Condition, Query, Scope, Word};
use super::rank::{Class, Grade};
use super::scatter::Scorer;
use crate::article::Kind;
use crate::text::{Folded, Span, fold_with_map};
use crate::words::Country;

/// What of an article answers a query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The letters of the title, in order, without overlaps.
    pub title: Vec<Span>,
    /// The letters of the outlet's name.
    pub outlet: Vec<Span>,
    /// The name that answers where the title does not, or not as well.
    pub name: Option<NameHit>,
}

/// A name that answers a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameHit {
    /// What bears it.
    pub kind: Kind,
    /// The spelling that answers; of a country found by a name that the article does not use, the one it does use.
    pub name: String,
    /// Its country, if known.
    pub country: Option<Country>,
    /// The letters of the name that answer; none when it was found by another name.
    pub spans: Vec<Span>,
}

/// Shows why `doc`, a hit of `query`, is one. For the rows on the screen: it takes some microseconds a word.
pub fn mark(query: &Query, doc: &Doc<'_>) -> Marks {
    let scorer = Scorer::new();
    let mut marks = Marks::default();
    let title = fold_with_map(doc.title);
    for term in query.terms().iter().filter(|term| !term.negated) {
        match &term.condition {
            Condition::Word(scope, word) => mark_word(&mut marks, *scope, word, doc, &title, &scorer),
            Condition::Text(asked) => {
                marks.title.extend(asked.passages().into_iter().flat_map(|passage| passage.spans(doc.title)));
            }
            Condition::Countries(countries) => {
                let named = doc.names.iter().find(|name| {
                    name.kind == Kind::Country && name.country.is_some_and(|code| countries.contains(&code))
                });
                marks.name = marks.name.or_else(|| named.map(|name| name_hit(name, &name.name, Vec::new())));
            }
            Condition::Anything
            | Condition::HasQuote
            | Condition::Language(_)
            | Condition::Published(..)
            | Condition::Marked(_)
            | Condition::All(_) => {}
        }
    }
    join(&mut marks.title);
    join(&mut marks.outlet);
    marks
}

/// Where the passages and exact words of `query` stand in a body, in order, without overlaps.
pub fn mark_body(query: &Query, body: &str) -> Vec<Span> {
    let asked = query.terms().iter().filter(|term| !term.negated).filter_map(|term| match &term.condition {
        Condition::Text(asked) => Some(asked.passages()),
        _ => None,
    });
    let mut spans: Vec<Span> = asked.flatten().flat_map(|passage| passage.spans(body)).collect();
    join(&mut spans);
    spans
}

fn mark_word(marks: &mut Marks, scope: Scope, word: &Word, doc: &Doc<'_>, title: &Folded, scorer: &Scorer) {
    let outlet = doc.outlet.filter(|_| scope.includes(None)).map(fold_with_map);
    let in_title = if scope == Scope::Anywhere { locate(word, title, false, scorer) } else { None };
    let in_outlet = outlet.and_then(|outlet| locate(word, &outlet, true, scorer));
    let in_name = meant(scope, doc)
        .filter_map(|name| best_spelling(word, name, scorer))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let graded = |found: &Option<(Grade, Vec<Span>)>| found.as_ref().map_or(Grade::NONE, |(grade, _)| *grade);
    let shown = graded(&in_title).max(graded(&in_outlet));
    let name_grade = in_name.as_ref().map_or(Grade::NONE, |(grade, _)| *grade);
    // Letters strewn over a title explain nothing beside a name that holds them whole.
    let strewn = Grade::new(Class::Inside, 0);
    for (found, spans) in [(in_title, &mut marks.title), (in_outlet, &mut marks.outlet)] {
        if let Some((grade, found)) = found
            && (grade >= strewn || grade >= shown.max(name_grade))
        {
            spans.extend(found);
        }
    }
    if name_grade > shown && marks.name.is_none() {
        marks.name = in_name.map(|(_, hit)| hit);
    }
    if shown.max(name_grade) == Grade::NONE && word.is_forgiven() {
        mark_misspelt(marks, scope, word, doc, title);
    }
}

/// Marks what a word was taken for that nothing holds as it is.
fn mark_misspelt(marks: &mut Marks, scope: Scope, word: &Word, doc: &Doc<'_>, title: &Folded) {
    let locate = |text: &Folded| {
        let span = word.needle.misspelt(&text.text)?;
        Some(original(&text.from, span.start(), span.end()))
    };
    if scope == Scope::Anywhere {
        marks.title.extend(locate(title));
    }
    let outlet = doc.outlet.filter(|_| scope.includes(None)).map(fold_with_map);
    marks.outlet.extend(outlet.and_then(|outlet| locate(&outlet)));
    if marks.title.is_empty() && marks.outlet.is_empty() && marks.name.is_none() {
        marks.name = meant(scope, doc).find_map(|name| {
            let (spelling, span) =
                name.spellings().find_map(|spelling| Some((spelling, locate(&fold_with_map(spelling))?)))?;
            Some(name_hit(name, spelling, vec![span]))
        });
    }
}

/// The names that may be meant.
fn meant<'a>(scope: Scope, doc: &Doc<'a>) -> impl Iterator<Item = &'a Name> {
    let names = doc.names.iter();
    names.filter(move |name| scope.includes(Some(name.kind)) && (scope != Scope::By || name.quotes > 0))
}

/// Whether a word of a query finds a name.
pub(super) fn answers(word: &Word, name: &Name, scorer: &Scorer) -> bool {
    best_spelling(word, name, scorer).is_some()
}

pub(super) fn best_spelling(word: &Word, name: &Name, scorer: &Scorer) -> Option<(Grade, NameHit)> {
    let mut best: Option<(Grade, NameHit)> = None;
    for spelling in name.spellings() {
        let Some((grade, spans)) = locate(word, &fold_with_map(spelling), true, scorer) else {
            continue;
        };
        if best.as_ref().is_none_or(|(known, _)| grade > *known) {
            best = Some((grade, name_hit(name, spelling, spans)));
        }
    }
    let by_country = name.country.filter(|_| name.kind == Kind::Country).and_then(|country| {
        if word.called.contains(&country) {
            Some(Grade::BEST)
        } else if word.beginning.contains(&country) {
            Some(Grade::BEGINS_ALIAS)
        } else {
            None
        }
    });
    match by_country {
        Some(grade) if best.as_ref().is_none_or(|(known, _)| grade > *known) => {
            Some((grade, name_hit(name, &name.name, Vec::new())))
        }
        _ => best,
    }
}

fn name_hit(name: &Name, spelling: &str, spans: Vec<Span>) -> NameHit {
    NameHit { kind: name.kind, name: spelling.to_owned(), country: name.country, spans }
}

fn locate(word: &Word, text: &Folded, name: bool, scorer: &Scorer) -> Option<(Grade, Vec<Span>)> {
    let (place, runs) = word.needle.locate(&text.text, name, scorer)?;
    let grade = if name { Grade::in_name(place) } else { Grade::in_title(place) };
    Some((grade, runs.into_iter().map(|run| original(&text.from, run.start(), run.end())).collect()))
}

/// Sorts spans and joins those that overlap or touch.
fn join(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        if joins {
            last.end = last.end.max(next.end);
        }
        joins
    });
}
