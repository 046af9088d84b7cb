//! One name held against a query, for lists of names.

use super::index::Name;
use super::mark::{NameHit, best_spelling};
use super::query::{Condition, Query};
use super::scatter::Scorer;

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
