//! What a collection held at one moment, cheap to keep and to pass on.

use super::copies::{Copies, Gathered};
use super::ledger::Ledger;
use super::segment::Segment;
use super::store::{AllSaid, Known, Line, StoreError};
use super::stored::Stored;
use crate::article::{Annotations, Article, ArticleId};
use crate::search::{self, Arena, Bits, Doc, Expression, Mark, Marks, Memory, Query, Sort, Texts};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    /// What the last queries found.
    pub(super) memory: Arc<Memory>,
    /// Which articles tell one story.
    pub(super) copies: Arc<Copies>,
    /// Which tell one story without being copies, where rows are gathered.
    pub(super) gathered: Option<Gathered>,
    /// What the reader did with its articles.
    pub(super) ledger: Arc<Ledger>,
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

    /// The quotations of an article; `None` while it is not annotated.
    pub(super) fn said(&self, ordinal: Ordinal) -> Option<AllSaid> {
        match self.find(ordinal)? {
            Found::Stored(stored) => stored.said(ordinal),
            Found::Loaded(segment, at) => {
                let found = segment.annotations.get(at)?.as_deref()?;
                Some(AllSaid::of(segment.articles.get(at)?, found))
            }
        }
    }

    /// When an article was published, in seconds since 1970.
    pub fn published(&self, ordinal: Ordinal) -> Option<i64> {
        match self.find(ordinal)? {
            Found::Stored(stored) => stored.published(ordinal),
            Found::Loaded(segment, at) => Some(segment.articles.get(at)?.published?.seconds),
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

    /// What the reader did with its articles, as far as was known when it was taken.
    pub fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// Knows what the reader did from another ledger of the same articles.
    pub fn set_ledger(&mut self, ledger: Arc<Ledger>) {
        self.ledger = ledger;
    }

    /// Where in the rows of `known` and where here each article stands that is known.
    ///
    /// # Errors
    ///
    /// When the file of the collection cannot be read.
    pub(super) fn places_of(&self, known: &Known) -> Result<Vec<(usize, Ordinal)>, StoreError> {
        let mut places = match &self.stored {
            Some(stored) => stored.places_of(known)?,
            None => Vec::new(),
        };
        for segment in self.segments.iter() {
            places.extend(segment.places_of(known));
        }
        Ok(places)
    }

    /// The ids of articles.
    ///
    /// # Errors
    ///
    /// When the file of the collection cannot be read.
    pub(super) fn ids(&self, ordinals: &[Ordinal]) -> Result<Vec<ArticleId>, StoreError> {
        let stored = self.stored.as_ref().map_or(0, |stored| stored.len());
        let (in_file, loaded): (Vec<Ordinal>, Vec<Ordinal>) =
            ordinals.iter().partition(|&&ordinal| (ordinal as usize) < stored);
        let mut ids = match &self.stored {
            Some(stored) => stored.ids(&in_file)?,
            None => Vec::new(),
        };
        ids.extend(loaded.into_iter().filter_map(|ordinal| match self.find(ordinal)? {
            Found::Loaded(segment, at) => Some(segment.articles.get(at)?.id),
            Found::Stored(_) => None,
        }));
        Ok(ids)
    }

    /// The articles of an id, as it is told of them: the one they came with, their address, or petik's own.
    pub fn of_id(&self, id: &str) -> Vec<Ordinal> {
        let own = ArticleId::parse(id).and_then(|id| self.ordinal(id));
        if let Some(ordinal) = own.or_else(|| self.ordinal(ArticleId::of(&[id]))) {
            return vec![ordinal];
        }
        let mut found = self.stored.as_ref().map(|stored| stored.ordinals_of_key(id)).unwrap_or_default();
        for segment in self.segments.iter() {
            let known = (segment.first..).zip(segment.articles.iter());
            let same = known.filter(|(_, article)| article.key.as_deref() == Some(id));
            found.extend(same.map(|(ordinal, _)| ordinal));
        }
        found
    }

    /// The articles that `query` finds, in the order it stands for; `None` once `cancelled` is set.
    pub fn query(&self, query: &Query, cancelled: &AtomicBool) -> Option<Arc<[Ordinal]>> {
        self.query_by(query, query.sort(), cancelled)
    }

    /// How many articles `query` finds; `None` once `cancelled` is set.
    pub fn count(&self, query: &Query, cancelled: &AtomicBool) -> Option<usize> {
        self.answer(query, cancelled, |answer, _| answer.count())
    }

    /// The articles that `query` finds, in an order; `None` once `cancelled` is set.
    pub fn query_by(&self, query: &Query, sort: Sort, cancelled: &AtomicBool) -> Option<Arc<[Ordinal]>> {
        self.answer(query, cancelled, |mut answer, arenas| {
            if sort == Sort::Best {
                answer.put_titles_first(arenas, query);
            }
            let mut rows = if self.segments.is_empty() {
                // What lies in a file stands in the order of its ordinals.
                arranged(&answer, sort, self.len(), |ordinal| ordinal, |place| place)
            } else {
                let place = |ordinal: u32| self.places.get(ordinal as usize).copied().unwrap_or(u32::MAX);
                let at = |place: u32| self.order.get(place as usize).copied().unwrap_or(u32::MAX);
                arranged(&answer, sort, self.len(), place, at)
            };
            if sort == Sort::Best
                && let Some(rows) = Arc::get_mut(&mut rows)
            {
                self.weigh(query, &answer, rows, cancelled);
            }
            if sort == Sort::Oldest {
                // Undated ones are last in either order.
                let dated = rows.partition_point(|&row| self.published(row).is_some());
                let (dated, undated) = rows.split_at(dated.min(rows.len()));
                rows = dated.iter().rev().chain(undated).copied().collect();
            }
            (!cancelled.load(Ordering::Relaxed)).then_some(rows)
        })?
    }

    /// What `take` makes of the answer to a query over its arenas.
    fn answer<T>(
        &self,
        query: &Query,
        cancelled: &AtomicBool,
        take: impl FnOnce(search::Answer, &[(u32, &Arena)]) -> T,
    ) -> Option<T> {
        let stored = self.stored.as_ref().map(|stored| stored.arena());
        let mut arenas: Vec<(u32, &Arena)> = stored.iter().map(|arena| (0, arena.as_ref())).collect();
        arenas.extend(self.segments.iter().map(|segment| (segment.first, &segment.arena)));
        Some(take(search::find(&arenas, query, self, &self.memory, cancelled)?, &arenas))
    }

    /// What of an article `query` matched.
    pub fn marks(&self, ordinal: Ordinal, query: &Query) -> Marks {
        self.with_doc(ordinal, |doc| search::mark(query, doc)).unwrap_or_default()
    }

    /// What `take` makes of an article as the index sees it.
    pub(super) fn with_doc<T>(&self, ordinal: Ordinal, take: impl FnOnce(&Doc<'_>) -> T) -> Option<T> {
        match self.find(ordinal)? {
            Found::Stored(stored) => Some(take(&stored.named(ordinal)?.doc())),
            Found::Loaded(segment, at) => Some(take(&segment.doc(at)?)),
        }
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

/// The rows of an answer in an order.
fn arranged(
    answer: &search::Answer,
    sort: Sort,
    count: usize,
    place: impl Fn(u32) -> u32 + Sync,
    at: impl Fn(u32) -> u32 + Sync,
) -> Arc<[Ordinal]> {
    match sort {
        Sort::Newest | Sort::Oldest => answer.in_order(count, place, at),
        Sort::Best => answer.ordered(count, place, at),
    }
}

impl Texts for Snapshot {
    fn body(&self, ordinal: Ordinal) -> Cow<'_, str> {
        match self.find(ordinal) {
            Some(Found::Loaded(segment, at)) => {
                segment.articles.get(at).map_or(Cow::Borrowed(""), |article| Cow::Borrowed(&article.body))
            }
            Some(Found::Stored(stored)) => Cow::Owned(stored.body(ordinal).unwrap_or_default()),
            None => Cow::Borrowed(""),
        }
    }

    fn indexed(&self, first: u32, asked: &Expression, cancelled: &AtomicBool) -> Option<Vec<u32>> {
        self.stored.as_ref().filter(|_| first == 0)?.indexed(asked, cancelled)
    }

    fn marked(&self, mark: &Mark) -> Cow<'_, Bits> {
        self.ledger.marked(mark)
    }
}

/// Where an article is.
enum Found<'a> {
    Stored(&'a Stored),
    /// In a segment, at this place.
    Loaded(&'a Segment, usize),
}
