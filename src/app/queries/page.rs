//! The list of saved searches, with how many articles each finds.

use super::QueryDeed;
use crate::app::{Action, Effect, Effects, Model, Typing};
use crate::search::{Query, Saved, reference};
use std::collections::HashMap;
use tui_input::Input;

/// The list of saved searches while it is open.
#[derive(Debug, Clone, Default)]
pub struct SearchesPage {
    /// The chosen row.
    pub selected: usize,
    /// How many articles each search finds, by its name.
    counts: HashMap<String, usize>,
    /// What they are counted of: searches, articles, how many of these are annotated.
    counted: Option<(Saved, usize, usize)>,
    /// Searches that were deleted, the last one last.
    deleted: Vec<(String, String)>,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How the search is named on a query line.
    pub name: String,
    /// What it asks.
    pub query: String,
    /// How many articles it finds; `None` while they are counted.
    pub count: Option<usize>,
    /// Why it cannot be read.
    pub wrong: Option<String>,
}

impl Model {
    /// The rows of the list of saved searches, in the order of the alphabet.
    pub fn searches(&self) -> Vec<Row> {
        let saved = &self.queries.saved;
        let count = |name: &str| self.queries.page.as_ref()?.counts.get(name).copied();
        let row = |(name, query): (&str, &str)| Row {
            name: reference(name),
            query: query.to_owned(),
            count: count(name),
            wrong: Query::parse_with(&reference(name), saved).err().map(|error| error.message),
        };
        saved.iter().map(row).collect()
    }

    /// Opens the list; what another petik saved since is read.
    pub(in crate::app) fn open_searches(&mut self, effects: &mut Effects) {
        self.queries.page = Some(SearchesPage::default());
        effects.list.push(Effect::KeepQuery(QueryDeed::Read));
    }

    /// Name and query of the chosen row.
    fn chosen_search(&self) -> Option<(String, String)> {
        let selected = self.queries.page.as_ref()?.selected;
        self.queries.saved.iter().nth(selected).map(|(name, query)| (name.to_owned(), query.to_owned()))
    }

    pub(in crate::app) fn act_on_searches(&mut self, action: Action, effects: &mut Effects) {
        let last = self.queries.saved.len().saturating_sub(1);
        let chosen = self.chosen_search();
        let Some(page) = &mut self.queries.page else { return };
        page.selected = match action {
            Action::Down => page.selected + 1,
            Action::Up => page.selected.saturating_sub(1),
            Action::First => 0,
            Action::Last => last,
            _ => page.selected,
        }
        .min(last);
        match (action, chosen) {
            (Action::Back, _) => self.queries.page = None,
            (Action::Open, Some((name, _))) => self.ask_saved(&reference(&name), effects),
            (Action::Edit, Some((_, query))) => {
                self.ask_saved(&query, effects);
                self.typing = Some(Typing::Filter);
            }
            (Action::Rename, Some((name, _))) => self.rename(&name),
            (Action::Delete, Some((name, query))) => {
                effects.list.push(Effect::KeepQuery(QueryDeed::Delete { name, query }));
            }
            (Action::Restore, _) => self.bring_back(effects),
            _ => {}
        }
    }

    /// Filters by a line alone, and shows what it leaves.
    fn ask_saved(&mut self, line: &str, effects: &mut Effects) {
        self.queries.page = None;
        self.depart();
        self.trail.chain.clear();
        self.filter.input = Input::new(line.to_owned());
        self.filter_changed(effects);
    }

    /// Says what was deleted, and what asks for it still.
    pub(super) fn deleted(&mut self, name: String, query: String) {
        let named = reference(&name);
        let asks = |(_, query): &(&str, &str)| {
            Query::parse_with(query, &Saved::default())
                .is_err_and(|error| error.span.of(query).trim_start_matches('!') == named)
        };
        let asking = self.queries.saved.iter().find(asks).map(|(asking, _)| reference(asking));
        let still = asking.map(|asking| format!("; {asking} asks for it")).unwrap_or_default();
        self.notice = Some(format!("deleted {named}{still}: u brings it back"));
        if let Some(page) = &mut self.queries.page {
            page.deleted.push((name, query));
            page.selected = page.selected.min(self.queries.saved.len().saturating_sub(1));
        }
    }

    fn bring_back(&mut self, effects: &mut Effects) {
        match self.queries.page.as_mut().and_then(|page| page.deleted.pop()) {
            Some((name, query)) => {
                effects.list.push(Effect::KeepQuery(QueryDeed::Save { name, query, over: false }));
            }
            None => self.notice = Some("nothing was deleted that could be brought back".to_owned()),
        }
    }

    /// Stands on the row of a search.
    pub(super) fn choose_search(&mut self, name: &str) {
        let place = self.queries.saved.iter().position(|(known, _)| known == name);
        if let (Some(page), Some(place)) = (&mut self.queries.page, place) {
            page.selected = place;
        }
    }

    /// Asks for the counts of the list, where they are not those of the articles there are now.
    pub(in crate::app) fn ask_for_counts(&mut self, effects: &mut Effects) {
        let snapshot = &self.shelf.snapshot;
        let saved = &self.queries.saved;
        let Some(page) = &mut self.queries.page else { return };
        let of = (saved.clone(), snapshot.len(), snapshot.annotated());
        if page.counted.as_ref() == Some(&of) {
            return;
        }
        page.counted = Some(of);
        let query = |(name, _): (&str, &str)| {
            Some((name.to_owned(), Query::parse_with(&reference(name), saved).ok()?))
        };
        let queries: Vec<(String, Query)> = saved.iter().filter_map(query).collect();
        page.counts.clear();
        effects.list.push(Effect::Count { snapshot: snapshot.clone(), queries });
    }

    /// Takes the count of a search, unless it asks something else by now.
    pub(in crate::app) fn counted(&mut self, name: String, query: &Query, count: usize) -> bool {
        let current = Query::parse_with(&reference(&name), &self.queries.saved);
        let Some(page) =
            self.queries.page.as_mut().filter(|_| current.is_ok_and(|current| current == *query))
        else {
            return false;
        };
        page.counts.insert(name, count);
        true
    }
}
