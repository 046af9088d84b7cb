//! One name held against a query, for lists of names.

use super::index::Name;
use super::mark::{NameHit, best_spelling};
use super::query::{Condition, Query};
use super::scatter::Scorer;
use crate::article::Kind;
use crate::text::Span;

/// Whether every word of `query` finds `name`, by any of its spellings, and what each of them found. What is no word
/// is passed over.
pub fn called(query: &Query, name: &Name) -> Option<Vec<NameHit>> {
    let scorer = Scorer::new();
    let mut hits = Vec::new();
    for term in query.terms() {
        let Condition::Word(_, word) = &term.condition else { continue };
        match best_spelling(word, name, &scorer) {
            Some((_, hit)) if !term.negated => hits.push(hit),
            None if term.negated => {}
            _ => return None,
        }
    }
    Some(hits)
}

/// Whether a text holds every word of `query`, and the letters that do, in order.
pub fn held(query: &Query, text: &str) -> Option<Vec<Span>> {
    let name = Name {
        kind: Kind::Organisation,
        name: text.to_owned(),
        aliases: Vec::new(),
        country: None,
        quotes: 0,
    };
    let mut spans: Vec<Span> = called(query, &name)?.into_iter().flat_map(|hit| hit.spans).collect();
    spans.sort_unstable();
    Some(spans)
}
