//! Articles that lie in a file: rows and texts are read when they are asked for, what the filter needs is in memory.

mod made;

use super::Ordinal;
use super::copies::Copies;
use super::import::Place;
use super::index::{Ordinals, Rest};
use super::store::{AllSaid, FulltextReader, Known, Line, Reader, Spill, StoreError};
use crate::article::{Annotations, Article, ArticleId};
use crate::load::Loaded;
use crate::search::{Arena, Bits, Doc, Expression, Name};
use lru::LruCache;
use made::Counts;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

/// Articles kept whole after they were read: those in view, and the ones on the way to them.
const WHOLE: NonZeroUsize = NonZeroUsize::new(192).unwrap();

/// Rows kept after they were read.
const ROWS: NonZeroUsize = NonZeroUsize::new(2048).unwrap();

/// Articles put into the index at a time.
const STEP: usize = 2048;

/// Articles read for it on one core at a time.
const PIECE: usize = 512;

/// One of so many articles and fewer are looked up one by one.
const FEW: usize = 16;

/// Articles behind the index that are held in memory when a library is opened; beyond it the index is made anew.
const MOST_BEHIND: u32 = 16_384;

/// Articles behind the index for which an import leaves it as it is.
const FEW_BEHIND: usize = 2048;

/// The articles of a library file when it was opened, newest first.
pub(super) struct Stored {
    reader: Reader,
    place: Place,
    ordinals: Ordinals,
    /// The ordinal of each number.
    by_number: OnceLock<Vec<Ordinal>>,
    /// Numbers of the articles that came behind the index.
    behind: Vec<u32>,
    lines: Mutex<LruCache<Ordinal, Arc<Line>>>,
    whole: Mutex<LruCache<Ordinal, Arc<Whole>>>,
    shown: Mutex<LruCache<Ordinal, Arc<Shown>>>,
    index: Index,
    /// The full-text index, if there is one that knows all articles; looked for when it is first asked.
    fulltext: OnceLock<Option<FulltextReader>>,
}

/// An article with all that is known of it.
pub(super) struct Whole {
    pub(super) article: Arc<Article>,
    pub(super) found: Option<Arc<Annotations>>,
}

/// What the list shows of an article, with its names.
pub(super) struct Shown {
    line: Arc<Line>,
    names: Vec<Name>,
}

impl Shown {
    /// The article as the index sees it.
    pub(super) fn doc(&self) -> Doc<'_> {
        let Line { title, outlet, language, published, quotes, .. } = &*self.line;
        let (outlet, names) = (outlet.as_deref(), self.names.as_slice());
        Doc { title, outlet, language: *language, published: *published, names, quotes: *quotes }
    }
}

/// What is searched and counted, which may still be on its way.
#[derive(Default)]
struct Index {
    rest: Mutex<Option<Rest>>,
    arena: Mutex<Option<Arc<Arena>>>,
    register: Mutex<Counts>,
    ready: Condvar,
    counted: Condvar,
}

impl Stored {
    /// Opens the library at `place`. What the filter needs is not there before [`Stored::load_index`].
    pub(super) fn open(place: &Place) -> Result<Stored, StoreError> {
        let reader = Reader::open(&place.library)?;
        let mut known = None;
        if let Some((ordinals, rest)) = Rest::behind(&place.derived, &reader.name()?) {
            let behind = reader.behind(ordinals.last, MOST_BEHIND + 1)?;
            known =
                Some((ordinals, rest, behind)).filter(|(.., behind)| behind.len() <= MOST_BEHIND as usize);
        }
        let (ordinals, rest, behind) = match known {
            Some((ordinals, rest, behind)) => (ordinals, Some(rest), behind),
            None => (Ordinals::new(reader.newest_first()?.into_iter()), None, Vec::new()),
        };
        Ok(Stored {
            reader,
            place: place.clone(),
            ordinals,
            by_number: OnceLock::new(),
            behind,
            lines: Mutex::new(LruCache::new(ROWS)),
            whole: Mutex::new(LruCache::new(WHOLE)),
            shown: Mutex::new(LruCache::new(WHOLE)),
            index: Index { rest: Mutex::new(rest), ..Index::default() },
            fulltext: OnceLock::new(),
        })
    }

    /// How many articles there are, but for those behind the index.
    pub(super) fn len(&self) -> usize {
        self.ordinals.numbers.len()
    }

    /// When an article was published, in seconds since 1970.
    pub(super) fn published(&self, ordinal: Ordinal) -> Option<i64> {
        self.ordinals.published(ordinal)
    }

    /// The articles behind the index by their numbers, with what is known of them, at most `most` at a time.
    pub(super) fn behind(
        &self,
        most: usize,
    ) -> impl Iterator<Item = Result<(Vec<u32>, Vec<Loaded>), StoreError>> {
        let load = |&number: &u32| {
            let found = self.reader.article(number.into()).transpose()?;
            Some(found.map(|(article, annotations)| (number, Loaded { article, annotations })))
        };
        self.behind.chunks(most).map(move |numbers| numbers.iter().filter_map(load).collect())
    }

    /// Which articles tell one story; `behind` are the numbers of the articles behind the index, in order.
    pub(super) fn copies(&self, behind: &[u32]) -> Result<Copies, StoreError> {
        let later = |number: u32| {
            let place = self.len() + behind.binary_search(&number).ok()?;
            u32::try_from(place).ok()
        };
        let told = self.reader.stories()?.into_iter();
        Ok(Copies::new(told.filter_map(|(number, story)| {
            Some((self.numbered(number.into()).or_else(|| later(number))?, story))
        })))
    }

    /// What the list shows of an article; `None` where there is none, or when the file cannot be read.
    pub(super) fn line(&self, ordinal: Ordinal) -> Option<Arc<Line>> {
        if let Some(line) = lock(&self.lines).get(&ordinal) {
            return Some(Arc::clone(line));
        }
        let line = Arc::new(self.reader.line(self.number(ordinal)?).ok()??);
        lock(&self.lines).put(ordinal, Arc::clone(&line));
        Some(line)
    }

    /// An article with all that is known of it; `None` where there is none, or when the file cannot be read.
    pub(super) fn whole(&self, ordinal: Ordinal) -> Option<Arc<Whole>> {
        if let Some(whole) = lock(&self.whole).get(&ordinal) {
            return Some(Arc::clone(whole));
        }
        let (article, found) = self.reader.article(self.number(ordinal)?).ok()??;
        let whole = Whole { article: Arc::new(article), found: found.map(Arc::new) };
        let whole = Arc::new(whole);
        lock(&self.whole).put(ordinal, Arc::clone(&whole));
        Some(whole)
    }

    /// The quotations of an article: of one that is kept, else read past what is.
    pub(super) fn said(&self, ordinal: Ordinal) -> Option<AllSaid> {
        let kept = lock(&self.whole).get(&ordinal).map(Arc::clone);
        if let Some(whole) = kept
            && let Some(found) = &whole.found
        {
            return Some(AllSaid::of(&whole.article, found));
        }
        self.reader.said(self.number(ordinal)?).ok()?
    }

    /// What the list shows of an article, with its names: without the text, which a row of the list does not need.
    pub(super) fn named(&self, ordinal: Ordinal) -> Option<Arc<Shown>> {
        if let Some(shown) = lock(&self.shown).get(&ordinal) {
            return Some(Arc::clone(shown));
        }
        let names = self.reader.names(self.number(ordinal)?).ok()?;
        let shown = Arc::new(Shown { line: self.line(ordinal)?, names });
        lock(&self.shown).put(ordinal, Arc::clone(&shown));
        Some(shown)
    }

    /// The ordinal of the article of this id.
    pub(super) fn ordinal(&self, id: ArticleId) -> Option<Ordinal> {
        self.numbered(self.reader.number(id).ok()??)
    }

    /// Where in the rows of `known` and where here each article stands that is known.
    pub(super) fn places_of(&self, known: &Known) -> Result<Vec<(usize, Ordinal)>, StoreError> {
        let mut places = Vec::new();
        let mut place = |row: usize, number: i64| {
            places.extend(self.numbered(number).map(|ordinal| (row, ordinal)));
        };
        if known.rows.len() < self.len() / FEW {
            for (row, (id, ..)) in known.rows.iter().enumerate() {
                if let Some(number) = self.reader.number(*id)? {
                    place(row, number);
                }
            }
            return Ok(places);
        }
        // Both lie in the order of the ids: one walk through them is faster than many searches.
        let mut rows = known.rows.iter().enumerate().peekable();
        self.reader.each_id(&mut |id, number| {
            while rows.next_if(|(_, (known, ..))| known.0.cast_signed() < id.0.cast_signed()).is_some() {}
            if let Some((row, _)) = rows.next_if(|(_, (known, ..))| *known == id) {
                place(row, number);
            }
        })?;
        Ok(places)
    }

    /// The ids of articles.
    pub(super) fn ids(&self, ordinals: &[Ordinal]) -> Result<Vec<ArticleId>, StoreError> {
        if ordinals.len() < self.len() / FEW {
            return Ok(ordinals.iter().filter_map(|&ordinal| Some(self.line(ordinal)?.id)).collect());
        }
        let mut asked = Bits::none(self.len());
        ordinals.iter().for_each(|&ordinal| asked.add(ordinal));
        let mut ids = Vec::with_capacity(ordinals.len());
        self.reader.each_id(&mut |id, number| {
            ids.extend(self.numbered(number).filter(|&ordinal| asked.has(ordinal)).map(|_| id));
        })?;
        Ok(ids)
    }

    /// The ordinals of the articles that came with an id of their own, this one.
    pub(super) fn ordinals_of_key(&self, key: &str) -> Vec<Ordinal> {
        let numbers = self.reader.numbers_of_key(key).unwrap_or_default();
        numbers.into_iter().filter_map(|number| self.numbered(number)).collect()
    }

    /// The ordinal of the article of this number.
    fn numbered(&self, number: i64) -> Option<Ordinal> {
        let by_number = self.by_number.get_or_init(|| {
            let most = self.ordinals.numbers.iter().max().map_or(0, |&most| most as usize + 1);
            let mut by_number = vec![Ordinal::MAX; most];
            for (ordinal, &number) in (0u32..).zip(&self.ordinals.numbers) {
                if let Some(slot) = by_number.get_mut(number as usize) {
                    *slot = ordinal;
                }
            }
            by_number
        });
        by_number.get(usize::try_from(number).ok()?).copied().filter(|&ordinal| ordinal != Ordinal::MAX)
    }

    /// The text of an article, read past what is kept: whoever reads many texts reads each once.
    pub(super) fn body(&self, ordinal: Ordinal) -> Option<String> {
        self.reader.article(self.number(ordinal)?).ok()?.map(|(article, _)| article.body)
    }

    /// The articles that answer a question to their texts; `None` when no full-text index knows all of them, or when
    /// `cancelled` was raised.
    pub(super) fn indexed(&self, asked: &Expression, cancelled: &AtomicBool) -> Option<Vec<Ordinal>> {
        let fulltext = self.fulltext()?;
        let mut ordinals = Vec::new();
        let found = fulltext.find(&asked.to_fts5(), |number| {
            // Those behind the arena are in memory, and read there.
            ordinals.extend(self.numbered(number));
            !cancelled.load(Ordering::Relaxed)
        });
        found.ok().filter(|()| !cancelled.load(Ordering::Relaxed)).map(|()| ordinals)
    }

    /// How well the texts of articles answer a question, those behind the index too; `None` when no full-text index knows
    /// all of them, or when `cancelled` was raised.
    pub(super) fn scores(
        &self,
        asked: &Expression,
        rows: &[Ordinal],
        cancelled: &AtomicBool,
    ) -> Option<HashMap<Ordinal, f64>> {
        let fulltext = self.fulltext()?;
        let number = |&row: &Ordinal| match (row as usize).checked_sub(self.len()) {
            Some(behind) => self.behind.get(behind).copied().map(i64::from),
            None => self.number(row),
        };
        let rows: HashMap<i64, Ordinal> = rows.iter().filter_map(|row| Some((number(row)?, *row))).collect();
        let mut scores = HashMap::with_capacity(rows.len());
        let found = fulltext.weigh(&asked.to_fts5(), rows.keys(), |number, score| {
            scores.extend(rows.get(&number).map(|&row| (row, score)));
            !cancelled.load(Ordering::Relaxed)
        });
        found.ok().filter(|()| !cancelled.load(Ordering::Relaxed)).map(|()| scores)
    }

    fn fulltext(&self) -> Option<&FulltextReader> {
        let open = || {
            FulltextReader::open(&self.place.derived, &self.reader.name().ok()?, self.ordinals.last.into())
        };
        self.fulltext.get_or_init(open).as_ref()
    }

    /// Reads what the filter needs, or makes and keeps it; until then [`Stored::arena`] waits. Stops when `go_on` says
    /// no.
    pub(super) fn load_index(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<(), StoreError> {
        let kept = lock(&self.index.rest).take().and_then(Rest::arena).map(Arc::new);
        let found = kept.is_some();
        if let Some(arena) = kept {
            *lock(&self.index.arena) = Some(arena);
            self.index.ready.notify_all();
        }
        let unread = self.unread_register();
        let told = match unread {
            Some(unread) if found => {
                *lock(&self.index.register) = Counts::Unread(unread);
                Ok(())
            }
            _ => self.make(!found, go_on),
        };
        self.index.ready.notify_all();
        self.index.counted.notify_all();
        told
    }

    /// Makes the index anew if it is missing or many articles came behind it; `spill` holds some of the articles.
    pub(super) fn renew_index(
        mut self,
        spill: Option<&Spill>,
        go_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), StoreError> {
        if self.behind.len() <= FEW_BEHIND
            && lock(&self.index.rest).is_some()
            && self.unread_register().is_some()
        {
            return Ok(());
        }
        if lock(&self.index.rest).take().is_some() {
            self.ordinals = Ordinals::new(self.reader.newest_first()?.into_iter());
        }
        self.make_for_later(spill, go_on)
    }

    /// What is searched; waits until it is there.
    pub(super) fn arena(&self) -> Arc<Arena> {
        let mut arena = lock(&self.index.arena);
        loop {
            if let Some(arena) = arena.as_ref() {
                return Arc::clone(arena);
            }
            arena = self.index.ready.wait(arena).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn number(&self, ordinal: Ordinal) -> Option<i64> {
        self.ordinals.numbers.get(ordinal as usize).copied().map(i64::from)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is kept is put in place whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
