//! Whose quotations, and quotations about whom, a query asks for: its `by:` and `about:` held against one quotation.

use super::index::Name;
use super::mark::answers;
use super::query::{Condition, Query, Scope, Term};
use super::scatter::Scorer;

/// What `query` asks of the articles whose quotations are wanted: of somebody who is *not* to speak, or not to be spoken
/// about, other quotations of the same article may still be wanted.
pub fn articles_of_quotes(query: &Query) -> Query {
    let mut query = query.clone();
    query.terms.retain(|term| !term.negated || !term.condition.is_of_quotes());
    query
}

/// Whether a quotation of a found article is one that `query` asks for: each `by:` must fit its speaker, each `about:`
/// one of the names it holds, and none that is negated may.
pub fn asks_for(query: &Query, speaker: Option<&Name>, within: &[&Name]) -> bool {
    let scorer = Scorer::new();
    query.terms().iter().all(|term| fits(term, speaker, within, &scorer))
}

fn fits(term: &Term, speaker: Option<&Name>, within: &[&Name], scorer: &Scorer) -> bool {
    let holds = match &term.condition {
        Condition::Word(Scope::By, word) => speaker.is_some_and(|name| answers(word, name, scorer)),
        Condition::Word(Scope::About, word) => within.iter().any(|name| answers(word, name, scorer)),
        Condition::All(terms) if term.condition.is_of_quotes() => {
            terms.iter().all(|term| fits(term, speaker, within, scorer))
        }
        _ => return true,
    };
    holds != term.negated
}
