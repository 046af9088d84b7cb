//! Whose quotations, and quotations about whom, a query asks for: its `by:` and `about:` held against one quotation.

use super::index::Name;
use super::mark::answers;
use super::query::{Condition, Query, Scope};
use super::scatter::Scorer;

/// What `query` asks of the articles whose quotations are wanted: of somebody who is *not* to speak, or not to be spoken
/// about, other quotations of the same article may still be wanted.
pub fn articles_of_quotes(query: &Query) -> Query {
    let mut query = query.clone();
    query.terms.retain(|term| {
        !term.negated || !matches!(term.condition, Condition::Word(Scope::By | Scope::About, _))
    });
    query
}

/// Whether a quotation of a found article is one that `query` asks for: each `by:` must fit its speaker, each `about:`
/// one of the names it holds, and none that is negated may.
pub fn asks_for(query: &Query, speaker: Option<&Name>, within: &[&Name]) -> bool {
    let scorer = Scorer::new();
    query.terms().iter().all(|term| {
        let Condition::Word(scope, word) = &term.condition else { return true };
        let fits = match scope {
            Scope::By => speaker.is_some_and(|name| answers(word, name, &scorer)),
            Scope::About => within.iter().any(|name| answers(word, name, &scorer)),
            _ => return true,
        };
        fits != term.negated
    })
}
