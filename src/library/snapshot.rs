//! What a collection held at one moment, cheap to keep and to pass on.

use super::segment::Segment;
use crate::article::{Annotations, Article};
use crate::search::{self, Arena, Marks, Memory, Query};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The place of an article in its collection: 0 for the first one loaded. Holds within one opening.
pub type Ordinal = u32;

/// What a collection held at one moment. Cloning one copies a few pointers.
#[derive(Clone, Default)]
pub struct Snapshot {
    /// Ascending by first ordinal, without gaps.
    pub(super) segments: Arc<[Arc<Segment>]>,
    /// All ordinals, newest first; undated ones last, in the order they were loaded.
    pub(super) order: Arc<[Ordinal]>,
    /// Where each ordinal stands in `order`.
    pub(super) places: Arc<[u32]>,
    /// How many articles are annotated.
    pub(super) annotated: usize,
    /// What the last queries found.
    pub(super) memory: Arc<Memory>,
}

impl Snapshot {
    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many of them are annotated so far.
    pub fn annotated(&self) -> usize {
        self.annotated
    }

    /// All of them, newest first.
    pub fn newest_first(&self) -> &Arc<[Ordinal]> {
        &self.order
    }

    /// An article.
    pub fn article(&self, ordinal: Ordinal) -> Option<&Arc<Article>> {
        let (segment, at) = self.find(ordinal)?;
        segment.articles.get(at)
    }

    /// What is known about an article, once it is annotated.
    pub fn annotations(&self, ordinal: Ordinal) -> Option<&Arc<Annotations>> {
        let (segment, at) = self.find(ordinal)?;
        segment.annotations.get(at)?.as_ref()
    }

    /// The articles that `query` finds, best first, of equals the newest; `None` once `cancelled` is set.
    pub fn query(&self, query: &Query, cancelled: &AtomicBool) -> Option<Arc<[Ordinal]>> {
        let arenas: Vec<(u32, &Arena)> =
            self.segments.iter().map(|segment| (segment.first, &segment.arena)).collect();
        let body = |ordinal: u32| self.article(ordinal).map_or("", |article| &article.body);
        let answer = search::find(&arenas, query, &body, &self.memory, cancelled)?;
        let place = |ordinal: u32| self.places.get(ordinal as usize).copied().unwrap_or(u32::MAX);
        let at = |place: u32| self.order.get(place as usize).copied().unwrap_or(u32::MAX);
        Some(answer.ordered(self.len(), place, at))
    }

    /// What of an article `query` matched.
    pub fn marks(&self, ordinal: Ordinal, query: &Query) -> Marks {
        self.find(ordinal)
            .and_then(|(segment, at)| segment.doc(at))
            .map(|doc| search::mark(query, &doc))
            .unwrap_or_default()
    }

    fn find(&self, ordinal: Ordinal) -> Option<(&Segment, usize)> {
        let after = self.segments.partition_point(|segment| segment.first <= ordinal);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        Some((segment, (ordinal - segment.first) as usize))
    }
}
