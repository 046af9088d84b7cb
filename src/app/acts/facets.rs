//! What each action does among the facets.

use crate::app::line::{with, without};
use crate::app::{Action, Effects, Model, Subject};

impl Model {
    pub(in crate::app) fn act_on_facets(&mut self, action: Action, effects: &mut Effects) {
        let page = isize::from(i16::try_from(self.layout().facets.height).unwrap_or(i16::MAX)).max(2);
        let rows = &mut self.views.facets;
        match action {
            Action::Down => rows.step(1),
            Action::Up => rows.step(-1),
            Action::HalfPageDown => rows.step(page / 2),
            Action::HalfPageUp => rows.step(-page / 2),
            Action::PageDown => rows.step(page),
            Action::PageUp => rows.step(-page),
            Action::First => rows.step(isize::MIN),
            Action::Last => rows.step(isize::MAX),
            Action::NextName => rows.step_group(true),
            Action::PreviousName => rows.step_group(false),
            Action::Toggle => self.toggle_facet(effects),
            Action::Open => match self.views.facets.current().and_then(|row| row.named.clone()) {
                Some(named) => self.enter(Some(Subject::Name(named))),
                None => {
                    self.notice =
                        Some("no name, and no dossier: Space puts it on the filter line".to_owned());
                }
            },
            Action::Facets | Action::Back => rows.keys = false,
            _ => self.act_on_panes(action, effects),
        }
    }

    /// Puts the condition of the row one stands on on the filter line, or takes it out of it.
    pub(in crate::app) fn toggle_facet(&mut self, effects: &mut Effects) {
        let Some(row) = self.views.facets.current().cloned() else { return };
        if self.filter.error().is_some() {
            self.notice = Some("the filter line cannot be read as it stands: / changes it".to_owned());
            return;
        }
        self.depart();
        // As after any other condition: an article is left for the list, a dossier shows what is left of it.
        if matches!(self.subject(), Some(Subject::Article(_))) {
            self.trail.chain.clear();
        }
        let line = self.filter.input.value();
        let line = if row.on { without(line, &row.term) } else { with(line, &row.condition) };
        self.views.facets.cursor.moved = true;
        self.put_on_line(line, effects);
    }
}
