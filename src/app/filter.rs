//! The filter line: what is typed, what it means, and whether the list answers it yet.

use crate::search::{Query, QueryError, Saved, Sort};
use tui_input::Input;

/// The filter line.
#[derive(Debug, Default)]
pub struct Filter {
    /// The line.
    pub input: Input,
    /// What it means; of a line that does not parse, what the last one that did meant.
    query: Query,
    /// Where it does not parse, and what was expected.
    error: Option<QueryError>,
    /// The order the reader has chosen for its articles.
    chosen: Option<Sort>,
    /// Counts questions; an answer to an older one is stale.
    generation: u64,
    /// The question that the list answers.
    answered: u64,
    /// Whether the collection has grown since the question that is being answered was asked.
    outdated: bool,
}

impl Filter {
    /// What it means.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Where it does not parse, and what was expected.
    pub fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// The order of its articles: the one that was chosen, else that of the query.
    pub fn sort(&self) -> Sort {
        self.chosen.unwrap_or_else(|| self.query.sort())
    }

    /// Whether it leaves all articles as they stand, the newest first.
    pub fn is_whole(&self) -> bool {
        self.is_empty() && self.chosen.is_none()
    }

    /// Puts its articles in the next order. Where everything is let through there is no best.
    pub fn turn(&mut self) {
        self.chosen = match (self.is_empty(), self.sort()) {
            (false, Sort::Best) => Some(Sort::Newest),
            (false, Sort::Newest) | (true, Sort::Best | Sort::Newest) => Some(Sort::Oldest),
            (false, Sort::Oldest) => Some(Sort::Best),
            (true, Sort::Oldest) => None,
        };
    }

    /// Whether a question is being answered.
    pub fn is_asking(&self) -> bool {
        self.answered != self.generation
    }

    /// Reads the line as it stands; `true` when it means something else than before.
    pub fn read(&mut self, saved: &Saved) -> bool {
        match Query::parse_with(self.input.value(), saved) {
            Ok(query) => {
                self.error = None;
                if query.is_empty() {
                    self.chosen = None;
                }
                let changed = query != self.query;
                self.query = query;
                changed
            }
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }

    /// Asks anew; the answer must carry the number returned.
    pub fn ask(&mut self) -> u64 {
        self.generation += 1;
        self.outdated = false;
        self.generation
    }

    /// Asks again because the collection has grown; a question that is being answered is let finish first, so that
    /// steady growth cannot starve it.
    pub fn ask_again(&mut self) -> Option<u64> {
        if self.is_asking() {
            self.outdated = true;
            return None;
        }
        Some(self.ask())
    }

    /// Takes an answer; `false` when it is stale.
    pub fn answer(&mut self, generation: u64) -> bool {
        let fresh = generation == self.generation;
        if fresh {
            self.answered = generation;
        }
        fresh
    }

    /// Whether to ask again right after an answer.
    pub fn is_outdated(&self) -> bool {
        self.outdated
    }

    /// Counts every question as answered: an empty line needs no search.
    pub fn settle(&mut self) {
        self.answered = self.ask();
    }
}
