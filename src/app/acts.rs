//! What each action does where it is asked for.

use super::Context;
use super::layout::{overlay, overlay_columns};
use super::{Action, Effect, Effects, Find, Markers, Model, OverlayPage, ROW};
use crate::article::Kind;
use tui_input::Input;

impl Model {
    fn act_on_panes(&mut self, action: Action, effects: &mut Effects) {
        match action {
            Action::Filter => self.context = Context::Filter,
            Action::Help => self.lay_over(OverlayPage::Help(self.context)),
            Action::Legend => self.lay_over(OverlayPage::Legend),
            Action::Problems => self.lay_over(OverlayPage::Problems),
            Action::Zoom => self.screen.zoom = !self.screen.zoom,
            Action::CycleMarkers => {
                let (next, said) = match self.screen.markers {
                    Markers::All => (Markers::Quotes, "quotations"),
                    Markers::Quotes => (Markers::Names, "names"),
                    Markers::Names => (Markers::Off, "none"),
                    Markers::Off => (Markers::All, "all"),
                };
                self.screen.markers = next;
                self.notice = Some(format!("markers: {said}"));
            }
            Action::Reload if self.shelf.once => {
                self.notice = Some("the standard input cannot be read a second time".to_owned());
            }
            Action::Reload => {
                self.shelf.opening += 1;
                self.shelf.reloading = true;
                self.shelf.asked.clear();
                effects.list.push(Effect::Open(self.shelf.opening));
            }
            _ => {}
        }
    }

    pub(super) fn act_on_list(&mut self, action: Action, effects: &mut Effects) {
        let height = self.layout().list.height;
        let page = isize::try_from(height / ROW).unwrap_or(1).max(1);
        match action {
            Action::Down => self.list.step(1, height),
            Action::Up => self.list.step(-1, height),
            Action::HalfPageDown => self.list.step((page / 2).max(1), height),
            Action::HalfPageUp => self.list.step(-(page / 2).max(1), height),
            Action::PageDown => self.list.step(page, height),
            Action::PageUp => self.list.step(-page, height),
            Action::First => self.list.select(0, height),
            Action::Last => self.list.select(usize::MAX, height),
            Action::Open if self.list.current().is_some() => {
                self.reading = true;
                self.context = Context::Reader;
            }
            Action::ClearFilter => self.clear_filter(effects),
            Action::Back => effects.list.push(Effect::Quit(0)),
            _ => self.act_on_panes(action, effects),
        }
    }

    pub(super) fn act_on_reader(&mut self, action: Action, effects: &mut Effects) {
        match action {
            Action::Down => self.reader.scroll(1),
            Action::Up => self.reader.scroll(-1),
            Action::HalfPageDown => self.reader.scroll_halves(1),
            Action::HalfPageUp => self.reader.scroll_halves(-1),
            Action::PageDown => self.reader.scroll_halves(2),
            Action::PageUp => self.reader.scroll_halves(-2),
            Action::First => self.reader.first(),
            Action::Last => self.reader.last(),
            Action::NextQuote | Action::PreviousQuote => {
                if !self.reader.step_quote(action == Action::NextQuote) {
                    self.notice = Some("no quotation further on that way".to_owned());
                }
            }
            Action::NextName | Action::PreviousName => {
                if !self.reader.step_name(action == Action::NextName) {
                    self.notice = Some("no name further on that way".to_owned());
                }
            }
            Action::NextArticle => self.list.step(1, self.layout().list.height),
            Action::PreviousArticle => self.list.step(-1, self.layout().list.height),
            Action::Pick => self.pick(effects),
            Action::Find => {
                self.found_from = self.reader.place();
                self.reader.find = Find::default();
                self.context = Context::Find;
            }
            Action::FindNext | Action::FindPrevious => self.reader.step_found(action == Action::FindNext),
            Action::Release => {
                if !self.reader.release() {
                    self.leave_reader();
                }
            }
            Action::Back => self.leave_reader(),
            _ => self.act_on_panes(action, effects),
        }
    }

    pub(super) fn act_on_filter(&mut self, action: Action, effects: &mut Effects) {
        let height = self.layout().list.height;
        match action {
            Action::Accept => {
                self.leave_reader();
                self.context = Context::List;
            }
            Action::ClearFilter => {
                self.clear_filter(effects);
                self.leave_reader();
            }
            Action::Down => self.list.step(1, height),
            Action::Up => self.list.step(-1, height),
            _ => {}
        }
    }

    pub(super) fn act_on_find(&mut self, action: Action) {
        match action {
            Action::Accept => self.context = Context::Reader,
            Action::Release => {
                self.reader.release();
                if let Some(place) = self.found_from.take() {
                    self.reader.return_to(place);
                }
                self.context = Context::Reader;
            }
            Action::FindNext | Action::FindPrevious => self.reader.step_found(action == Action::FindNext),
            _ => {}
        }
    }

    pub(super) fn act_on_overlay(&mut self, action: Action) {
        let (width, height) = self.screen.size;
        let columns = overlay_columns(width);
        let lines = self.overlay.map_or(0, |overlay| overlay.page.lines(&self.shelf.problems, columns).len());
        let page = usize::from(overlay(width, height, lines).height.saturating_sub(2)).max(1);
        let lowest = lines.saturating_sub(page);
        let Some(overlay) = &mut self.overlay else { return };
        overlay.top = match action {
            Action::Down => overlay.top + 1,
            Action::Up => overlay.top.saturating_sub(1),
            Action::HalfPageDown => overlay.top + page / 2,
            Action::HalfPageUp => overlay.top.saturating_sub(page / 2),
            Action::PageDown => overlay.top + page,
            Action::PageUp => overlay.top.saturating_sub(page),
            Action::First => 0,
            Action::Last => lowest,
            _ => {
                self.overlay = None;
                return;
            }
        }
        .min(lowest);
    }

    /// Clears the filter; the selection stays with the article that was found by it.
    fn clear_filter(&mut self, effects: &mut Effects) {
        let current = self.list.current();
        self.filter.input.reset();
        self.filter_changed(effects);
        if let Some(current) = current {
            self.list.select_article(current, self.layout().list.height);
        }
        self.context = Context::List;
    }

    /// Filters the list by the entity of the mark.
    fn pick(&mut self, effects: &mut Effects) {
        let picked = self.reader.focused_entity().and_then(|entity| {
            let found = self.reader.document()?.annotations.as_ref()?;
            let known = found.entities.get(entity)?;
            let (field, value) = match (known.kind, known.country) {
                (Kind::Country, Some(country)) => ("country", country.to_string()),
                (Kind::Person, _) => ("person", known.name.clone()),
                (Kind::Place, _) => ("place", known.name.clone()),
                (_, _) => ("org", known.name.clone()),
            };
            Some(format!("{field}:{}", quoted(&value)))
        });
        match picked {
            Some(condition) => {
                self.filter.input = Input::new(condition);
                self.leave_reader();
                self.filter_changed(effects);
                // The article one comes from is where one goes on from.
                self.list.touch();
            }
            None => self.notice = Some("stop at a name or a quotation first: ] [ } {".to_owned()),
        }
    }
}

/// A value as it is written behind a field: in marks when it is more than one word.
fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) {
        format!("\"{}\"", value.replace('"', ""))
    } else {
        value.to_owned()
    }
}
