//! Where what was loaded goes: duplicates, counts and the order to stop.

use super::{Event, Loaded, Problem, Progress};
use crate::article::ArticleId;
use crate::text::sanitise_line;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

/// Goes on, or stops because the receiver said so.
pub(super) type Flow = ControlFlow<()>;

/// More problems than this are told of one source as a count: a broken file of a million lines is one broken file.
const MOST_PROBLEMS: u64 = 100;

/// Bytes between two reports of progress.
const PROGRESS_STEP: u64 = 256 * 1024;

/// Why something could not be loaded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Lines below the first of the record.
    pub(super) line: u64,
    /// Column in that line, from 1, where it is known.
    pub(super) column: Option<u64>,
    /// "is no article: …".
    pub(super) what: String,
    /// What to do about it; may be empty.
    pub(super) advice: &'static str,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>, advice: &'static str) -> Fault {
        Fault { line: 0, column: None, what: what.into(), advice }
    }
}

/// Tells the texts of articles apart, while they are loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct TextHash(u64);

impl TextHash {
    /// Of title and body.
    pub(super) fn of(loaded: &Loaded) -> TextHash {
        let mut hasher = DefaultHasher::new();
        (&loaded.article.title, &loaded.article.body).hash(&mut hasher);
        TextHash(hasher.finish())
    }
}

/// Gives on what was loaded.
pub(super) struct Sink<'e> {
    emit: &'e mut dyn FnMut(Event) -> ControlFlow<()>,
    /// Whether everything is given on, as often as it comes.
    every: bool,
    /// The text that each id stands for.
    seen: HashMap<ArticleId, TextHash>,
    total: Option<u64>,
    /// Bytes of the sources before this one.
    before: u64,
    reported: u64,
    articles: u64,
    problems: u64,
}

impl<'e> Sink<'e> {
    pub(super) fn new(
        emit: &'e mut dyn FnMut(Event) -> ControlFlow<()>,
        total: Option<u64>,
        every: bool,
    ) -> Sink<'e> {
        Sink { emit, every, seen: HashMap::new(), total, before: 0, reported: 0, articles: 0, problems: 0 }
    }

    /// Gives on an article, unless one with its id and its text was there already. One with its id and another text
    /// (a later version, or an id that two collections use) is kept, under an id of its own.
    pub(super) fn article(&mut self, mut loaded: Box<Loaded>, text: TextHash) -> Flow {
        self.articles += 1;
        if self.every {
            return (self.emit)(Event::Loaded(loaded));
        }
        let article = &mut loaded.article;
        match self.seen.entry(article.id) {
            Entry::Vacant(entry) => {
                entry.insert(text);
            }
            Entry::Occupied(entry) if *entry.get() == text => return ControlFlow::Continue(()),
            Entry::Occupied(_) => {
                article.id = ArticleId::of(&[&article.id.to_string(), &article.title, &article.body]);
                if self.seen.insert(article.id, text).is_some() {
                    return ControlFlow::Continue(());
                }
            }
        }
        (self.emit)(Event::Loaded(loaded))
    }

    /// Tells of a problem at `place`.
    pub(super) fn problem(&mut self, place: &str, fault: &Fault) -> Flow {
        self.refuse(place, fault, &[])
    }

    /// Tells of a problem with `record`.
    pub(super) fn refuse(&mut self, place: &str, fault: &Fault, record: &[u8]) -> Flow {
        self.problems += 1;
        if self.problems > MOST_PROBLEMS && !self.every {
            return ControlFlow::Continue(());
        }
        let kept = self.every && !record.is_empty();
        let record = kept.then(|| String::from_utf8_lossy(record).into_owned());
        self.tell(place, &fault.what, fault.advice, record)
    }

    /// Tells how much of the present source has been read.
    pub(super) fn progress(&mut self, read: u64) -> Flow {
        if self.before + read < self.reported + PROGRESS_STEP {
            return ControlFlow::Continue(());
        }
        self.report(self.before + read)
    }

    /// The present source, of `length` bytes, is nothing to read.
    pub(super) fn skip_source(&mut self, length: u64) -> Flow {
        self.before += length;
        self.progress(0)
    }

    /// The present source, of `length` bytes, is done.
    pub(super) fn end_source(&mut self, place: &str, length: u64) -> Flow {
        self.before += length;
        let (articles, problems) = (self.articles, self.problems);
        (self.articles, self.problems) = (0, 0);
        if problems > MOST_PROBLEMS && !self.every {
            let more = problems - MOST_PROBLEMS;
            self.tell(place, &format!("has {more} more records that could not be read"), "", None)?;
        } else if articles == 0 && problems == 0 {
            self.tell(place, "holds no article", "", None)?;
        }
        self.progress(0)
    }

    /// Everything has been read.
    pub(super) fn end(&mut self) -> Flow {
        self.report(self.before)
    }

    fn report(&mut self, read: u64) -> Flow {
        self.reported = read;
        (self.emit)(Event::Progress(Progress { read, total: self.total }))
    }

    fn tell(&mut self, place: &str, what: &str, advice: &str, record: Option<String>) -> Flow {
        (self.emit)(Event::Problem(Problem {
            place: sanitise_line(place),
            what: sanitise_line(what),
            advice: advice.to_owned(),
            record,
        }))
    }
}
