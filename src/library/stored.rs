//! Articles that lie in a file: rows and texts are read when they are asked for, what the filter needs is in memory.

use super::Ordinal;
use super::import::Place;
use super::segment::{doc, names};
use super::store::{Line, Reader, StoreError};
use crate::article::{Annotations, Article, ArticleId};
use crate::search::{Arena, Doc, Name};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

/// Articles kept whole after they were read: those in view, and the ones on the way to them.
const WHOLE: NonZeroUsize = NonZeroUsize::new(192).unwrap();

/// Rows kept after they were read.
const ROWS: NonZeroUsize = NonZeroUsize::new(2048).unwrap();

/// Articles put into the index at a time.
const STEP: usize = 32_768;

/// The articles of a library file when it was opened, newest first.
pub(super) struct Stored {
    reader: Reader,
    /// The number of each article in the library, by its ordinal.
    numbers: Box<[u32]>,
    /// The ordinal of each number.
    ordinals: Box<[u32]>,
    lines: Mutex<LruCache<Ordinal, Arc<Line>>>,
    whole: Mutex<LruCache<Ordinal, Arc<Whole>>>,
    index: Index,
}

/// An article with all that is known of it.
pub(super) struct Whole {
    pub(super) article: Arc<Article>,
    pub(super) found: Option<Arc<Annotations>>,
    names: OnceLock<Vec<Name>>,
}

impl Whole {
    /// The article as the index sees it.
    pub(super) fn doc(&self) -> Doc<'_> {
        let found = self.found.as_deref();
        let names =
            self.names.get_or_init(|| found.map(|found| names(&self.article, found)).unwrap_or_default());
        doc(&self.article, found, names)
    }
}

/// Parts of the index, each with its first ordinal.
type Arenas = Arc<[(Ordinal, Arena)]>;

/// What is searched, which may still be on its way.
#[derive(Default)]
struct Index {
    arenas: Mutex<Option<Arenas>>,
    ready: Condvar,
}

impl Stored {
    /// Opens the library at `place`. What the filter needs is not there before [`Stored::load_index`].
    pub(super) fn open(place: &Place) -> Result<Stored, StoreError> {
        let reader = Reader::open(&place.library)?;
        let numbers: Box<[u32]> =
            reader.newest_first()?.into_iter().map(|number| u32::try_from(number).unwrap_or(0)).collect();
        let most = numbers.iter().copied().max().map_or(0, |most| most as usize + 1);
        let mut ordinals = vec![u32::MAX; most];
        for (ordinal, &number) in (0u32..).zip(&numbers) {
            if let Some(slot) = ordinals.get_mut(number as usize) {
                *slot = ordinal;
            }
        }
        Ok(Stored {
            reader,
            numbers,
            ordinals: ordinals.into(),
            lines: Mutex::new(LruCache::new(ROWS)),
            whole: Mutex::new(LruCache::new(WHOLE)),
            index: Index::default(),
        })
    }

    /// How many articles there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
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
        let whole = Whole { article: Arc::new(article), found: found.map(Arc::new), names: OnceLock::new() };
        let whole = Arc::new(whole);
        lock(&self.whole).put(ordinal, Arc::clone(&whole));
        Some(whole)
    }

    /// The ordinal of the article of this id.
    pub(super) fn ordinal(&self, id: ArticleId) -> Option<Ordinal> {
        let number = self.reader.number(id).ok()??;
        self.ordinals.get(usize::try_from(number).ok()?).copied().filter(|&ordinal| ordinal != u32::MAX)
    }

    /// Makes what the filter needs; until then [`Stored::arenas`] waits. Stops when `go_on` says no.
    pub(super) fn load_index(&self, go_on: &dyn Fn() -> bool) {
        let mut arenas = Vec::new();
        let all: Vec<Ordinal> = (0u32..).take(self.len()).collect();
        for ordinals in all.chunks(STEP).take_while(|_| go_on()) {
            let first = ordinals.first().copied().unwrap_or(0);
            arenas.push((first, self.index(ordinals)));
        }
        *lock(&self.index.arenas) = Some(arenas.into());
        self.index.ready.notify_all();
    }

    fn index(&self, ordinals: &[Ordinal]) -> Arena {
        let numbers = ordinals.iter().filter_map(|&ordinal| self.number(ordinal));
        let whole: Vec<Whole> = numbers
            .filter_map(|number| self.reader.article(number).ok()?)
            .map(|(mut article, found)| {
                let names = OnceLock::new();
                let found = found.map(|found| {
                    let _ = names.set(self::names(&article, &found));
                    Arc::new(found)
                });
                article.body = String::new();
                Whole { article: Arc::new(article), found, names }
            })
            .collect();
        Arena::build(whole.iter().map(Whole::doc))
    }

    /// What is searched, each part with its first ordinal; waits until it is there.
    pub(super) fn arenas(&self) -> Arenas {
        let mut arenas = lock(&self.index.arenas);
        loop {
            if let Some(arenas) = arenas.as_ref() {
                return Arc::clone(arenas);
            }
            arenas = self.index.ready.wait(arenas).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn number(&self, ordinal: Ordinal) -> Option<i64> {
        self.numbers.get(ordinal as usize).copied().map(i64::from)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // What is kept is put in place whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
