//! Puts the articles that a query finds in the order in which their texts answer it best.

use super::stored::Stored;
use super::{Ordinal, Snapshot};
use crate::search::{Answer, Expression, Query, relevance};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

/// So many articles are put in this order, those that come first without it: whose titles hold what is asked, then the
/// newest. Of a million articles a word that is common finds more than anybody weighs in the time of a key.
const WEIGHED: usize = 10_000;

impl Snapshot {
    /// Puts the first of `rows`, which stand in the order of their ranks, in this order within each rank.
    pub(super) fn weigh(&self, query: &Query, answer: &Answer, rows: &mut [Ordinal], cancelled: &AtomicBool) {
        let Some(asked) = query.asked_of_texts() else { return };
        let most = rows.len().min(WEIGHED);
        let Some(first) = rows.get_mut(..most) else { return };
        let Some(scores) = self.scores(&asked, first, cancelled) else { return };
        let score = |row: &Ordinal| scores.get(row).copied().unwrap_or(0.0).max(0.0).to_bits();
        first.sort_by_cached_key(|row| (Reverse(answer.rank(*row)), Reverse(score(row))));
    }

    /// How well articles answer; `None` where nothing can tell in time.
    fn scores(
        &self,
        asked: &Expression,
        rows: &[Ordinal],
        cancelled: &AtomicBool,
    ) -> Option<HashMap<Ordinal, f64>> {
        if let Some(stored) = &self.stored {
            return Stored::scores(stored, asked, rows, cancelled);
        }
        let articles: Vec<_> = self.segments.iter().flat_map(|segment| segment.articles.iter()).collect();
        let texts = |at: usize| {
            let article = articles.get(at);
            article.map_or(("", ""), |article| (article.title.as_str(), article.body.as_str()))
        };
        let scores = relevance(asked, articles.len(), texts, cancelled)?;
        Some((0u32..).zip(scores).collect())
    }
}
