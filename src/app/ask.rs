//! What the panes ask of the collection, and what comes back. Asked and answered off the loop.

mod answer;
mod steps;

pub(super) use answer::index_name;
pub(super) use steps::name as step_name;

use super::views::Order;
use crate::article::{Day, Grain, Kind};
use crate::library::{
    Digest, Dossier, Facets, Identity, Missed, Names, Ordinal, QuotePlace, Quoted, Sayings,
};
use crate::search::Query;
use std::sync::Arc;

/// Which pane asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The list.
    Left,
    /// What stands beside it.
    Right,
    /// The facets.
    Third,
}

/// A question about the rows of the filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// The names of a kind that answer to `find`.
    Names {
        /// What kind.
        kind: Kind,
        /// What is looked for among them.
        find: String,
        /// In what order.
        order: Order,
    },
    /// The quotations that the filter asks for and that hold the words of `find`.
    Sayings {
        /// The filter, for its `by:` and `about:`.
        filter: Query,
        /// What is looked for among them.
        find: String,
        /// In what order.
        order: Order,
    },
    /// How many articles there are in each step of time.
    Steps {
        /// What is looked for among them.
        find: String,
        /// In what steps, in what order.
        order: Order,
        /// At most how many.
        most: usize,
        /// The query whose articles lie under these.
        against: Option<Query>,
    },
    /// All about someone or something.
    Dossier(Identity),
    /// A quotation, which is known to stand at these other places too, and what was said around it.
    Quoted(QuotePlace, Vec<QuotePlace>),
    /// What the days from the first on and before the second are about.
    Digest(Day, Day),
    /// What they have in common, at most so many values of each.
    Facets(usize),
}

/// A step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its first day.
    pub from: Day,
    /// How many articles of the filter.
    pub articles: u64,
    /// How many of the query that lies under it.
    pub under: u64,
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Names.
    Names {
        /// All of the kind.
        names: Arc<Names>,
        /// Those that were asked for, in order.
        shown: Arc<[u32]>,
        /// How many articles were looked at.
        articles: usize,
    },
    /// What they leave out.
    Missed {
        /// What they name.
        names: Arc<Names>,
        /// All that they leave out.
        missed: Arc<[Missed]>,
        /// Those that were asked for, in order.
        shown: Arc<[u32]>,
    },
    /// Quotations.
    Sayings {
        /// All of them.
        sayings: Arc<Sayings>,
        /// Those that were asked for, in order.
        shown: Arc<[u32]>,
    },
    /// Steps of time.
    Steps {
        /// All of them by time, empty ones too.
        steps: Arc<[Step]>,
        /// Those that were asked for, in order.
        shown: Arc<[u32]>,
        /// How long they are.
        grain: Grain,
        /// How many articles have no date.
        undated: u64,
    },
    /// All about someone or something.
    Dossier {
        /// What there is; `None` when no article of the collection names it.
        found: Option<Arc<Dossier>>,
        /// Whether it is over the whole collection, since no article of the filter names it.
        anywhere: bool,
    },
    /// A quotation; `None` when it is none any more.
    Quoted(Option<Arc<Quoted>>),
    /// What some days are about.
    Digest(Arc<Digest>),
    /// What they have in common.
    Facets(Arc<Facets>),
}

impl Ask {
    /// Whether two questions differ only in order and in what is looked for.
    fn is_like(&self, other: &Ask) -> bool {
        match (self, other) {
            (Ask::Names { kind, .. }, Ask::Names { kind: before, .. }) => kind == before,
            (Ask::Sayings { filter, .. }, Ask::Sayings { filter: before, .. }) => filter == before,
            _ => false,
        }
    }
}

/// A question, and what it is asked of.
#[derive(Clone)]
pub struct Wanted {
    /// The question.
    pub ask: Ask,
    /// What the filter asks.
    pub question: String,
    /// The rows of the filter.
    pub rows: Arc<[Ordinal]>,
    /// How many articles are annotated.
    pub annotated: usize,
}

impl Wanted {
    /// Whether both are asked of the same.
    fn is_of_same(&self, other: &Wanted) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) && self.annotated == other.annotated
    }

    /// Whether an answer to one answers the other.
    pub fn is_same(&self, other: &Wanted) -> bool {
        self.ask == other.ask && self.is_of_same(other)
    }
}

/// The question that is being answered, and the one that was.
#[derive(Default)]
pub struct Asking {
    running: Option<(u64, Wanted)>,
    answered: Option<Wanted>,
}

impl Asking {
    /// Wants an answer; returns whether to ask for it, under `number`, and whether what was answered last helps. One
    /// that runs is let finish when the collection has only grown since, so that steady growth cannot starve it.
    pub(super) fn want(&mut self, wanted: Wanted, number: u64) -> Option<bool> {
        if self.answered.as_ref().is_some_and(|answered| answered.is_same(&wanted)) {
            self.running = None;
            return None;
        }
        if let Some((_, running)) = &self.running
            && running.ask == wanted.ask
            && running.question == wanted.question
        {
            return None;
        }
        let helps = self
            .answered
            .as_ref()
            .is_some_and(|answered| answered.is_of_same(&wanted) && answered.ask.is_like(&wanted.ask));
        self.running = Some((number, wanted));
        Some(helps)
    }

    /// Takes an answer; `None` when it is stale.
    pub(super) fn answer(&mut self, number: u64) -> Option<&Wanted> {
        let (_, wanted) = self.running.take_if(|(running, _)| *running == number)?;
        Some(self.answered.insert(wanted))
    }

    /// Whether the question of that number is being answered.
    pub(super) fn is_of(&self, number: u64) -> bool {
        self.running.as_ref().is_some_and(|(running, _)| *running == number)
    }

    /// Whether what was answered last answers this.
    pub(super) fn is_answered(&self, wanted: &Wanted) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.is_same(wanted))
    }

    /// Whether what is being answered is asked of another filter's rows.
    pub(super) fn is_of_another(&self, question: &str) -> bool {
        self.running.as_ref().is_some_and(|(_, running)| running.question != question)
    }

    /// Gives up the question that is being answered.
    pub(super) fn give_up(&mut self) {
        self.running = None;
    }

    /// Counts as answered.
    pub(super) fn settle(&mut self, wanted: Wanted) {
        self.running = None;
        self.answered = Some(wanted);
    }

    /// Whether a question is being answered.
    pub fn is_asking(&self) -> bool {
        self.running.is_some()
    }
}
