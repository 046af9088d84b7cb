//! What a collection held at one moment, cheap to keep and to pass on.

use super::segment::Segment;
use super::store::Line;
use super::stored::Stored;
use crate::article::{Annotations, Article, ArticleId};
use crate::search::{self, Arena, Marks, Query};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The place of an article in its collection: 0 for the first one loaded. Holds within one opening.
pub type Ordinal = u32;

/// What a collection held at one moment. Cloning one copies a few pointers.
#[derive(Clone, Default)]
pub struct Snapshot {
    /// What lies in a file, if it is a library that was opened; its articles come before those of the segments.
    pub(super) stored: Option<Arc<Stored>>,
    /// Ascending by first ordinal, without gaps.
    pub(super) segments: Arc<[Arc<Segment>]>,
    /// All ordinals, newest first; undated ones last, in the order they were loaded.
    pub(super) order: Arc<[Ordinal]>,
    /// Where each ordinal stands in `order`.
    pub(super) places: Arc<[u32]>,
    /// How many articles are annotated.
    pub(super) annotated: usize,
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

    /// What the list shows of an article.
    pub fn line(&self, ordinal: Ordinal) -> Option<Arc<Line>> {
        match self.find(ordinal)? {
            Found::Stored(stored) => stored.line(ordinal),
            Found::Loaded(segment, at) => {
                let found = segment.annotations.get(at)?.as_deref();
                Some(Arc::new(Line::of(segment.articles.get(at)?, found)))
            }
        }
    }

    /// An article.
    pub fn article(&self, ordinal: Ordinal) -> Option<Arc<Article>> {
        match self.find(ordinal)? {
            Found::Stored(stored) => Some(Arc::clone(&stored.whole(ordinal)?.article)),
            Found::Loaded(segment, at) => segment.articles.get(at).cloned(),
        }
    }

    /// What is known about an article, once it is annotated.
    pub fn annotations(&self, ordinal: Ordinal) -> Option<Arc<Annotations>> {
        match self.find(ordinal)? {
            Found::Stored(stored) => stored.whole(ordinal)?.found.clone(),
            Found::Loaded(segment, at) => segment.annotations.get(at)?.clone(),
        }
    }

    /// The place of the article of this id.
    pub fn ordinal(&self, id: ArticleId) -> Option<Ordinal> {
        let stored = self.stored.as_ref().and_then(|stored| stored.ordinal(id));
        stored.or_else(|| {
            self.segments.iter().find_map(|segment| {
                let mut known = (segment.first..).zip(segment.articles.iter());
                known.find(|(_, article)| article.id == id).map(|(ordinal, _)| ordinal)
            })
        })
    }

    /// The articles that `query` finds, best first, of equals the newest; `None` once `cancelled` is set.
    pub fn query(&self, query: &Query, cancelled: &AtomicBool) -> Option<Vec<Ordinal>> {
        let stored = self.stored.as_ref().map(|stored| (Arc::clone(stored), stored.arenas()));
        let mut parts: Vec<Part<'_>> = stored
            .iter()
            .flat_map(|(_, arenas)| arenas.iter().map(|(first, arena)| (*first, arena, None)))
            .collect();
        let loaded = self.segments.iter();
        parts.extend(loaded.map(|segment| (segment.first, &segment.arena, Some(&segment.articles))));
        let found: Option<Vec<_>> = parts
            .par_iter()
            .map(|&(first, arena, texts)| {
                // Of what lies in a file, passages are looked for in the titles alone.
                let body = |doc: u32| {
                    texts.and_then(|texts| texts.get(doc as usize)).map_or("", |article| &article.body)
                };
                let hits = search::find(arena, query, &body, cancelled)?;
                Some((first, hits))
            })
            .collect();
        let mut hits: Vec<_> = found?
            .into_iter()
            .flat_map(|(first, hits)| hits.into_iter().map(move |hit| (first + hit.doc, hit.rank)))
            .map(|(ordinal, rank)| {
                (Reverse(rank), self.places.get(ordinal as usize).copied().unwrap_or(u32::MAX), ordinal)
            })
            .collect();
        hits.par_sort_unstable();
        Some(hits.into_iter().map(|(_, _, ordinal)| ordinal).collect())
    }

    /// What of an article `query` matched.
    pub fn marks(&self, ordinal: Ordinal, query: &Query) -> Marks {
        let marks = || match self.find(ordinal)? {
            Found::Stored(stored) => Some(search::mark(query, &stored.whole(ordinal)?.doc())),
            Found::Loaded(segment, at) => Some(search::mark(query, &segment.doc(at)?)),
        };
        marks().unwrap_or_default()
    }

    fn find(&self, ordinal: Ordinal) -> Option<Found<'_>> {
        if let Some(stored) = self.stored.as_deref().filter(|stored| (ordinal as usize) < stored.len()) {
            return Some(Found::Stored(stored));
        }
        let after = self.segments.partition_point(|segment| segment.first <= ordinal);
        let segment = self.segments.get(after.checked_sub(1)?)?;
        Some(Found::Loaded(segment, (ordinal - segment.first) as usize))
    }
}

/// What is searched: its first ordinal, the index, and the articles if they are in memory.
type Part<'a> = (Ordinal, &'a Arena, Option<&'a Arc<[Arc<Article>]>>);

/// Where an article is.
enum Found<'a> {
    Stored(&'a Stored),
    /// In a segment, at this place.
    Loaded(&'a Segment, usize),
}
