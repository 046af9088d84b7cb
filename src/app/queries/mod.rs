//! What helps with asking: completion, queries typed before, and searches saved under a name.

mod history;
mod menu;
mod naming;
mod page;

pub use history::History;
pub use menu::Menu;
pub use naming::{Purpose, SearchName};
pub use page::{Row, SearchesPage};

use super::{Effect, Effects, Model};
use crate::search::{Saved, reference};

/// What helps with asking.
#[derive(Default)]
pub struct Queries {
    /// The searches that are saved.
    pub saved: Saved,
    /// The queries that were typed and kept.
    pub history: History,
    /// What the filter line can be completed with, while that is chosen.
    pub menu: Option<Menu>,
    /// Counts the questions for completions.
    asked: u64,
    /// The line in which a name is typed.
    pub naming: Option<SearchName>,
    /// The list of saved searches, while it is open.
    pub page: Option<SearchesPage>,
}

/// What is to be done with the reader's queries in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryDeed {
    /// Read them.
    Read,
    /// Remember a query that was typed, where there is a library.
    Remember(String),
    /// Save a search.
    Save {
        /// Under this name.
        name: String,
        /// What it asks.
        query: String,
        /// In the place of one of the same name.
        over: bool,
    },
    /// Give a saved search another name.
    Rename {
        /// The name it has.
        from: String,
        /// The name it gets.
        to: String,
    },
    /// Take a saved search away.
    Delete {
        /// Its name.
        name: String,
        /// What it asks, to bring it back.
        query: String,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptQueries {
    /// What was to be done.
    pub done: QueryDeed,
    /// The saved searches as they are now, and the queries typed before, the oldest first.
    pub now: Option<(Saved, Vec<String>)>,
    /// Why it was not done.
    pub failed: Option<String>,
}

impl Model {
    /// Remembers the line of the filter as one that was asked.
    pub(super) fn remember(&mut self, effects: &mut Effects) {
        let line = self.filter.input.value().trim().to_owned();
        if self.filter.error().is_none() && !self.filter.is_empty() {
            self.queries.history.push(line.clone());
            effects.list.push(Effect::KeepQuery(QueryDeed::Remember(line)));
        }
    }

    /// Takes what became of the reader's queries.
    pub(super) fn kept_queries(&mut self, kept: KeptQueries, effects: &mut Effects) {
        if let Some((saved, typed)) = kept.now {
            self.queries.saved = saved;
            if kept.done == QueryDeed::Read {
                self.queries.history.put(typed);
            }
            // What the filter names may ask something else now.
            self.filter_changed(effects);
        }
        if let Some(failed) = kept.failed {
            self.notice = Some(failed);
            return;
        }
        match kept.done {
            QueryDeed::Save { name, .. } => {
                self.choose_search(&name);
                self.notice = Some(format!("saved as {}", reference(&name)));
            }
            QueryDeed::Rename { from, to } => {
                self.choose_search(&to);
                self.notice = Some(format!("{} is {} now", reference(&from), reference(&to)));
            }
            QueryDeed::Delete { name, query } => self.deleted(name, query),
            QueryDeed::Read | QueryDeed::Remember(_) => {}
        }
    }
}
