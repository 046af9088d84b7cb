//! Completion in the filter line: what can stand where the cursor is, put there one after the other.

use crate::app::{Effect, Effects, Model};
use crate::search::{Candidate, Completing, completing};
use tui_input::Input;

/// The menu under the filter line.
#[derive(Debug, Clone)]
pub struct Menu {
    /// What can be put on the line; nothing while it is looked for.
    pub candidates: Vec<Candidate>,
    /// The one that stands there.
    pub chosen: Option<usize>,
    /// What was typed.
    asked: Completing,
    /// The line as it was typed.
    line: Input,
    /// The number of the question that the collection is still to answer.
    waits: Option<u64>,
}

impl Menu {
    /// Whether it is to be seen: one candidate alone stands on the line already.
    pub fn is_shown(&self) -> bool {
        self.candidates.len() > 1
    }

    /// Columns of the line before what is completed.
    pub fn column(&self) -> usize {
        let before = self.line.value().get(..self.asked.span.start()).unwrap_or_default();
        crate::text::width(before)
    }
}

impl Model {
    /// Completes what stands before the cursor: with the first candidate, then with the next, or the one before.
    pub(in crate::app) fn complete(&mut self, forward: bool, effects: &mut Effects) {
        if self.queries.menu.is_some() {
            return self.choose(forward, effects);
        }
        let line = self.filter.input.value();
        let at = line.char_indices().nth(self.filter.input.cursor()).map_or(line.len(), |(at, _)| at);
        let Some(asked) = completing(line, at) else {
            self.notice = Some("nothing to complete here".to_owned());
            return;
        };
        let candidates = asked.fixed(&self.queries.saved);
        let waits = asked.asks_collection().then(|| {
            self.queries.asked += 1;
            let (number, snapshot) = (self.queries.asked, self.shelf.snapshot.clone());
            effects.list.push(Effect::Complete { number, snapshot, asked: asked.clone() });
            number
        });
        let line = self.filter.input.clone();
        self.queries.menu = Some(Menu { candidates, chosen: None, asked, line, waits });
        self.begin(effects);
    }

    /// Takes what the collection offers; `false` when that is asked no more.
    pub(in crate::app) fn completed(
        &mut self,
        number: u64,
        offered: Vec<Candidate>,
        effects: &mut Effects,
    ) -> bool {
        let Some(menu) = self.queries.menu.as_mut().filter(|menu| menu.waits == Some(number)) else {
            return false;
        };
        menu.waits = None;
        menu.candidates.extend(offered);
        self.begin(effects);
        true
    }

    /// Puts the first candidate on the line once there is one.
    fn begin(&mut self, effects: &mut Effects) {
        let Some(menu) = &self.queries.menu else { return };
        if menu.candidates.is_empty() && menu.waits.is_none() {
            self.queries.menu = None;
            self.notice = Some("nothing begins so".to_owned());
        } else if menu.chosen.is_none() && !menu.candidates.is_empty() {
            self.choose(true, effects);
        }
        // The only one is taken: the next key completes what stands behind it.
        if self.queries.menu.as_ref().is_some_and(|menu| menu.candidates.len() == 1 && menu.waits.is_none()) {
            self.queries.menu = None;
        }
    }

    /// Puts the next candidate on the line, or the one before; behind the last comes the first.
    pub(in crate::app) fn choose(&mut self, forward: bool, effects: &mut Effects) {
        let Some(menu) = &mut self.queries.menu else { return };
        let many = menu.candidates.len();
        let at = match (menu.chosen, forward) {
            (None, true) => 0,
            (None, false) => many.saturating_sub(1),
            (Some(at), true) => (at + 1) % many.max(1),
            (Some(at), false) => (at + many.saturating_sub(1)) % many.max(1),
        };
        let Some(candidate) = menu.candidates.get(at) else { return };
        menu.chosen = Some(at);
        let (line, span) = (menu.line.value(), menu.asked.span);
        let before = line.get(..span.start()).unwrap_or_default();
        let behind = line.get(span.end()..).unwrap_or_default();
        let cursor = before.chars().count() + candidate.text.chars().count();
        self.filter.input = Input::new(format!("{before}{}{behind}", candidate.text)).with_cursor(cursor);
        self.trail.aim = None;
        self.filter_changed(effects);
    }

    /// Closes the menu; the line is again as it was typed. `false` when there is none.
    pub(in crate::app) fn cancel_completion(&mut self, effects: &mut Effects) -> bool {
        let Some(menu) = self.queries.menu.take() else { return false };
        self.filter.input = menu.line;
        self.filter_changed(effects);
        true
    }
}
