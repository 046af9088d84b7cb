//! Where one is and has been: the chain from the list to what one reads, and everything visited before and after.

use super::Action;
use super::card::Named;
use super::page::Anchor;
use super::reader::Focus;
use super::views::{RowKey, View};
use crate::article::Day;
use crate::library::{Ordinal, QuotePlace};

/// What the right pane shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// An article.
    Article(Ordinal),
    /// Someone or something.
    Name(Named),
    /// A quotation.
    Quote(QuotePlace),
    /// The days from the first on and before the second, in words.
    Days(Day, Day, String),
    /// The countries of the list.
    Map,
}

impl Subject {
    /// What it is called in the crumbs; an article by its title, which is not known here.
    pub fn title(&self) -> &str {
        match self {
            Subject::Article(_) => "article",
            Subject::Name(named) => &named.name,
            Subject::Quote(_) => "quote",
            Subject::Days(_, _, written) => written,
            Subject::Map => "map",
        }
    }
}

/// One thing on the way from the list to what one reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// What it is; `None` for what is selected in the list.
    pub subject: Option<Subject>,
    /// The line of its card one stood on, and the first line in view.
    pub entry: (usize, usize),
    /// The mark of its article one stood on.
    pub focus: Option<Focus>,
    /// Where one was in its article.
    pub reached: Option<Anchor>,
    /// Whether one came to it from the facets.
    pub from_facets: bool,
}

impl Stop {
    pub(super) fn new(subject: Option<Subject>) -> Stop {
        Stop { subject, entry: (0, 0), focus: None, reached: None, from_facets: false }
    }
}

/// Where one was.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) view: View,
    pub(super) filter: String,
    pub(super) article: Option<Ordinal>,
    pub(super) row: Option<RowKey>,
    pub(super) chain: Vec<Stop>,
}

impl Place {
    /// Whether nothing but the line one stands on differs.
    pub(super) fn is_like(&self, other: &Place) -> bool {
        let subjects =
            |place: &Place| place.chain.iter().map(|stop| stop.subject.clone()).collect::<Vec<_>>();
        let rows = self.article == other.article && self.row == other.row;
        let root = |place: &Place| place.chain.first().is_some_and(|stop| stop.subject.is_none());
        self.view == other.view
            && self.filter == other.filter
            && subjects(self) == subjects(other)
            && (rows || !root(self))
    }
}

/// The chain, and what was visited.
#[derive(Debug, Default)]
pub struct Trail {
    /// From the list to what one reads; empty while one is in the list.
    pub chain: Vec<Stop>,
    pub(super) past: Vec<Place>,
    pub(super) future: Vec<Place>,
    /// What was done last, of what can be done again.
    pub(super) last: Option<Action>,
    /// The article to stand on once the list holds it.
    pub(super) aim: Option<Ordinal>,
}

/// At most this many places are remembered.
const REMEMBERED: usize = 1000;

impl Trail {
    /// Remembers a place that is left for a new one.
    pub(super) fn remember(&mut self, place: Place) {
        self.future.clear();
        if self.past.last().is_none_or(|last| *last != place) {
            self.past.push(place);
        }
        if self.past.len() > REMEMBERED {
            self.past.remove(0);
        }
    }

    /// Forgets everything: the collection was read again.
    pub(super) fn forget(&mut self) {
        *self = Trail { chain: std::mem::take(&mut self.chain), ..Trail::default() };
    }
}
