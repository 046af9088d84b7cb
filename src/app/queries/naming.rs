//! The line in which a saved search gets its name.

use super::QueryDeed;
use crate::app::{Action, Effect, Effects, Model, Typing};
use crate::search::{name_of_search, reference};
use tui_input::Input;

/// A name while it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Of the search that asks this.
    Save(String),
    /// In the place of the name that a search has.
    Rename(String),
}

/// The line in which a name is typed.
#[derive(Debug, Clone)]
pub struct SearchName {
    /// The line.
    pub input: Input,
    /// What the name is for.
    pub purpose: Purpose,
    /// The name that was asked about, as one that is there already.
    asked: Option<String>,
}

impl SearchName {
    fn new(line: String, purpose: Purpose) -> SearchName {
        SearchName { input: Input::new(line), purpose, asked: None }
    }

    /// What stands before the line.
    pub fn prompt(&self) -> &'static str {
        match self.purpose {
            Purpose::Save(_) => " save as: @",
            Purpose::Rename(_) => " rename to: @",
        }
    }
}

impl Model {
    /// Asks for a name under which to save what the filter asks.
    pub(in crate::app) fn name_filter(&mut self) {
        if let Some(error) = self.filter.error() {
            self.notice = Some(format!("not saved: {}", error.message));
        } else if self.filter.is_empty() {
            self.notice = Some("nothing to save: the filter asks nothing".to_owned());
        } else {
            let query = self.filter.input.value().trim().to_owned();
            self.queries.naming = Some(SearchName::new(String::new(), Purpose::Save(query)));
            self.typing = Some(Typing::Name);
        }
    }

    /// Asks for another name for a saved search.
    pub(super) fn rename(&mut self, name: &str) {
        self.queries.naming = Some(SearchName::new(name.to_owned(), Purpose::Rename(name.to_owned())));
        self.typing = Some(Typing::Name);
    }

    pub(in crate::app) fn act_on_naming(&mut self, action: Action, effects: &mut Effects) {
        if action == Action::Accept {
            match self.named() {
                Ok(Some(keep)) => effects.list.push(Effect::KeepQuery(keep)),
                Ok(None) => {}
                Err(said) => {
                    self.notice = Some(said);
                    return;
                }
            }
        } else if action != Action::Release {
            return;
        }
        // One comes back to where one was asked: the filter line, or the list of searches.
        let saving =
            self.queries.naming.take().is_some_and(|naming| matches!(naming.purpose, Purpose::Save(_)));
        self.typing = saving.then_some(Typing::Filter);
    }

    /// What the name that is typed is for; what is said when it cannot be taken yet.
    fn named(&mut self) -> Result<Option<QueryDeed>, String> {
        let saved = &self.queries.saved;
        let Some(naming) = &mut self.queries.naming else { return Ok(None) };
        let typed = name_of_search(naming.input.value())?;
        let known = saved.get(&typed).map(|(known, _)| known.to_owned());
        match &naming.purpose {
            Purpose::Save(query) => {
                let name = known.clone().unwrap_or_else(|| typed.clone());
                saved.may_hold(&name, query).map_err(|error| error.message)?;
                if known.is_some() && naming.asked.as_deref() != Some(&typed) {
                    naming.asked = Some(typed);
                    return Err("it is there already: Enter replaces it".to_owned());
                }
                Ok(Some(QueryDeed::Save { name, query: query.clone(), over: known.is_some() }))
            }
            Purpose::Rename(from) if *from == typed => Ok(None),
            Purpose::Rename(from) => match known {
                Some(known) if known != *from => Err(format!("{} is there already", reference(&known))),
                _ => Ok(Some(QueryDeed::Rename { from: from.clone(), to: typed })),
            },
        }
    }
}
