//! What a reader asks for: terms that must all hold, each with its place on the query line.

use jiff::civil::Date;
use thiserror::Error;

use super::expression::Expression;
use super::scatter::{SHORTEST, Scattered};
use super::typo;
use super::word::{Needle, Signs};
use crate::article::Kind;
use crate::text::{Span, fold};
use crate::words::{Country, Language, countries};

/// A query as it was typed, read. Two are equal when they were typed alike, and the saved searches they name ask the
/// same.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub(super) source: String,
    /// The saved searches it names, with what they ask.
    pub(super) uses: Vec<(String, String)>,
    pub(super) terms: Vec<Term>,
}

impl Query {
    /// What was typed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its terms, in the order they were typed.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The order its articles stand in unless another is chosen: the newest first where nothing but texts is searched, else
    /// the best.
    pub fn sort(&self) -> Sort {
        let words = |term: &Term| matches!(term.condition, Condition::Word(..)) && !term.negated;
        if self.reads_bodies() && !self.terms.iter().any(words) { Sort::Newest } else { Sort::Best }
    }

    /// Whether every article answers it.
    pub fn is_empty(&self) -> bool {
        self.terms.iter().all(|term| matches!(term.condition, Condition::Anything))
    }

    /// Whether what the reader did with the articles must be known to answer it.
    pub fn asks_what_was_done(&self) -> bool {
        any(&self.terms, &|condition| matches!(condition, Condition::Marked(_)))
    }

    /// Whether the texts of the articles must be read to answer it.
    pub fn reads_bodies(&self) -> bool {
        any(&self.terms, &|condition| matches!(condition, Condition::Text(_)))
    }
}

/// Whether one of some conditions, or of those within them, is like that.
fn any(terms: &[Term], like: &dyn Fn(&Condition) -> bool) -> bool {
    terms.iter().any(|term| match &term.condition {
        Condition::All(terms) => any(terms, like),
        condition => like(condition),
    })
}

/// Orders of the articles that a query finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The best first, of equals the newest; texts by how well they answer what is asked of them.
    Best,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

impl Sort {
    /// In words.
    pub fn said(self) -> &'static str {
        match self {
            Sort::Best => "best first",
            Sort::Newest => "newest first",
            Sort::Oldest => "oldest first",
        }
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Query) -> bool {
        self.source == other.source && self.uses == other.uses
    }
}

impl Eq for Query {}

/// Why a query could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct QueryError {
    /// The part of the query line that is meant, in bytes.
    pub span: Span,
    /// What was expected there: one line, no full stop.
    pub message: String,
}

/// One condition of a query.
#[derive(Debug, Clone)]
pub struct Term {
    /// All of it on the query line, in bytes.
    pub span: Span,
    /// The name of its field, the colon included.
    pub field: Option<Span>,
    /// Whether articles that meet the condition are the ones left out.
    pub negated: bool,
    /// What is asked.
    pub condition: Condition,
    /// Whether it is one of a saved search, which alone stands on the line.
    pub saved: bool,
}

/// What a term asks of an article.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Nothing yet: it is still being typed.
    Anything,
    /// A word in its title or names.
    Word(Scope, Box<Word>),
    /// One of these countries is named.
    Countries(Vec<Country>),
    /// What is asked of its title and body.
    Text(Expression),
    /// All of these hold: a saved search that is to be left out.
    All(Vec<Term>),
    /// Somebody is quoted.
    HasQuote,
    /// It is written in this language.
    Language(Language),
    /// The reader has marked it so.
    Marked(Mark),
    /// It was published on or after the first date and before the second, on the outlet's calendar.
    Published(Option<Date>, Option<Date>),
}

impl Condition {
    /// Whether it can be asked of a quotation: who speaks, about whom.
    pub fn is_of_quotes(&self) -> bool {
        match self {
            Condition::Word(scope, _) => matches!(scope, Scope::By | Scope::About),
            Condition::All(terms) => terms.iter().all(|term| term.condition.is_of_quotes()),
            _ => false,
        }
    }
}

/// What the reader has done with an article.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Read it.
    Read,
    /// Starred it.
    Starred,
    /// Noted something about it.
    Noted,
    /// Put a tag on it: the one of this name, folded; unless nothing but that name is meant, those that begin so where
    /// there is none.
    Tag(String, bool),
}

/// Where a word may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In the title, the outlet or any name.
    Anywhere,
    /// In the outlet.
    Outlet,
    /// In a name of this kind.
    Named(Kind),
    /// In any name.
    About,
    /// In the name of someone who is quoted.
    By,
}

impl Scope {
    /// Whether names of a kind belong to it; of an outlet the kind is none.
    pub(super) fn includes(self, kind: Option<Kind>) -> bool {
        match self {
            Scope::Anywhere => true,
            Scope::Outlet => kind.is_none(),
            Scope::Named(wanted) => kind == Some(wanted),
            Scope::About | Scope::By => kind.is_some(),
        }
    }
}

/// A word of a query with all it may mean.
#[derive(Debug, Clone)]
pub struct Word {
    pub(super) needle: Needle,
    /// Countries it is another whole name of.
    pub(super) called: Vec<Country>,
    /// Countries it begins another name of.
    pub(super) beginning: Vec<Country>,
}

impl Word {
    /// `None` when nothing is left of `word` after folding.
    pub(super) fn new(word: &str, signs: Signs, scope: Scope) -> Option<Word> {
        let needle = Needle::new(word, signs)?;
        let (mut called, mut beginning) = (Vec::new(), Vec::new());
        let anchored = signs.start || signs.end;
        if matches!(scope, Scope::Anywhere | Scope::About | Scope::Named(Kind::Country)) && !anchored {
            called = countries().called(needle.text());
            called.extend(countries().capitals(word));
            if !signs.exact && needle.text().chars().nth(SHORTEST - 1).is_some() {
                beginning = countries().beginning(needle.text());
            }
            // A code in small letters may be a word's beginning as well.
            if !signs.exact {
                beginning.extend(Country::parse(word).filter(|&code| !countries().names(code).is_empty()));
            }
        }
        Some(Word { needle, called, beginning })
    }

    /// Whether a mistake in it is forgiven where nothing holds it.
    pub(super) fn is_forgiven(&self) -> bool {
        self.needle.scattering().is_some() && typo::is_forgiven(self.needle.text())
    }

    /// The word, folded.
    pub fn text(&self) -> &str {
        self.needle.text()
    }
}

/// The countries a reader may mean by a name, a part of one or a code; scattered letters of a name when nothing else
/// fits.
pub fn countries_called(name: &str) -> Vec<Country> {
    let name = fold(name);
    let found = countries().find(&name);
    if !found.is_empty() {
        return found;
    }
    let Some(scattered) = Scattered::new(&name) else { return found };
    let mut found: Vec<Country> = countries()
        .folded()
        .filter(|(_, folded)| scattered.is_in(folded))
        .map(|(name, _)| name.country)
        .collect();
    found.dedup();
    found
}
