//! What each action does where it is asked for.

mod dossier;
mod facets;
mod table;

use super::hand;
use super::layout::{overlay, overlay_columns};
use super::trail::Subject;
use super::{Action, Effect, Effects, Find, Markers, Model, OverlayPage, ROW, Typing, View};
use crate::search::Sort;

impl Model {
    /// What can be done in any pane.
    fn act_on_panes(&mut self, action: Action, effects: &mut Effects) {
        if let Some(form) = hand::form(action) {
            return self.export(form);
        }
        if let Some(view) = View::of(action) {
            self.views.facets.keys = false;
            return self.visit(view);
        }
        match action {
            Action::Filter => {
                self.depart();
                self.typing = Some(Typing::Filter);
            }
            Action::Facets => self.views.facets.keys = true,
            Action::GoBack | Action::GoForward => self.walk(action == Action::GoForward, effects),
            Action::Star
            | Action::ToggleRead
            | Action::Tags
            | Action::Note
            | Action::MarkAllRead
            | Action::Undo
            | Action::Redo => self.act_on_state(action, effects),
            Action::Narrow | Action::Only => self.pivot(action == Action::Only, effects),
            Action::CopyLink => self.copy_link(effects),
            Action::Copy | Action::CopyQuote | Action::CopyName => {
                self.copy(action, effects);
            }
            Action::Mark => self.mark_rows(),
            Action::GiveUp => self.give_up(effects),
            Action::Link => self.open_link(effects),
            Action::Palette => self.open_palette(),
            Action::Searches => self.open_searches(effects),
            Action::Help => self.lay_over(OverlayPage::Help(self.context())),
            Action::Legend => self.lay_over(OverlayPage::Legend),
            Action::Problems => self.lay_over(OverlayPage::Problems),
            Action::Zoom => self.screen.zoom = !self.screen.zoom,
            Action::Mouse => {
                self.screen.no_mouse = !self.screen.no_mouse;
                let said = if self.screen.no_mouse { "the terminal's, to select with" } else { "petik's" };
                self.notice = Some(format!("the mouse is {said}"));
                effects.list.push(Effect::Mouse(!self.screen.no_mouse));
            }
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
            Action::Open if self.list.current().is_some() => self.enter(None),
            Action::Unfold => {
                if !self.list.unfold(height) {
                    let others = match self.shelf.gathering() {
                        Some(_) => "no other article tells this story",
                        None => "no other outlet carries this story",
                    };
                    self.notice = Some(others.to_owned());
                }
            }
            Action::Gather => self.gather(effects),
            Action::ClearFilter if self.unmark_rows() => {}
            Action::ClearFilter => self.clear_filter(effects),
            Action::Sort => self.sort_articles(effects),
            Action::Back if self.holds_back() => {}
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
            Action::NextArticle => self.sibling(1),
            Action::PreviousArticle => self.sibling(-1),
            Action::Open => self.open_mark(),
            Action::Find => {
                self.found_from = self.reader.place();
                self.reader.find = Find::default();
                self.typing = Some(Typing::Find);
            }
            Action::FindNext | Action::FindPrevious => self.reader.step_found(action == Action::FindNext),
            Action::Release => {
                if !self.reader.release() {
                    self.leave();
                }
            }
            Action::Back => self.leave(),
            _ => self.act_on_panes(action, effects),
        }
    }

    pub(super) fn act_on_filter(&mut self, action: Action, effects: &mut Effects) {
        let chooses = self.queries.menu.as_ref().is_some_and(crate::app::Menu::is_shown);
        match action {
            Action::Complete | Action::CompleteBack => {
                return self.complete(action == Action::Complete, effects);
            }
            Action::Older | Action::Newer if chooses => return self.choose(action == Action::Newer, effects),
            Action::ClearFilter if self.cancel_completion(effects) => return,
            _ => self.queries.menu = None,
        }
        match action {
            Action::Accept => {
                self.typing = None;
                self.remember(effects);
                self.views.facets.keys = false;
                self.leave_article();
            }
            Action::ClearFilter => {
                self.typing = None;
                self.views.facets.keys = false;
                self.clear_filter(effects);
                self.leave_article();
            }
            Action::Down | Action::Up => self.step_list(if action == Action::Down { 1 } else { -1 }),
            Action::Older => self.older(effects),
            Action::Newer => self.newer(effects),
            Action::Save => self.name_filter(),
            _ => {}
        }
    }

    /// The row before; at the top row the query that was typed before.
    fn older(&mut self, effects: &mut Effects) {
        let row = match self.views.table() {
            Some(table) => table.cursor.selected,
            None => self.list.selected(),
        };
        if row > 0 && !self.queries.history.is_walked() {
            return self.step_list(-1);
        }
        match self.queries.history.back(self.filter.input.value()) {
            Some(line) => self.put_line(line, effects),
            None => self.notice = Some("nothing was asked before this".to_owned()),
        }
    }

    /// The next row; on the way back through the queries the one after.
    fn newer(&mut self, effects: &mut Effects) {
        match self.queries.history.forward() {
            Some(line) => self.put_line(line, effects),
            None => self.step_list(1),
        }
    }

    fn put_line(&mut self, line: String, effects: &mut Effects) {
        self.trail.aim = None;
        self.filter.input = tui_input::Input::new(line);
        self.filter_changed(effects);
    }

    /// Puts what the filter leaves in the next order: the newest, the oldest or the best first.
    fn sort_articles(&mut self, effects: &mut Effects) {
        self.filter.turn();
        let order = if self.filter.is_whole() { Sort::Newest } else { self.filter.sort() };
        self.notice = Some(format!("order: {}", order.said()));
        let moved = self.list.is_moved();
        self.ask(effects);
        if moved {
            self.list.touch();
        }
    }

    /// Moves in the list in the left pane, whichever it is.
    fn step_list(&mut self, rows: isize) {
        if self.views.now == View::Articles {
            let height = self.layout().list.height;
            self.list.step(rows, height);
        } else {
            self.step_table(rows);
        }
    }

    /// Comes out of an article to see what the filter leaves; dossiers show that themselves.
    fn leave_article(&mut self) {
        if matches!(self.subject(), Some(Subject::Article(_)) | None) {
            self.trail.chain.clear();
        }
    }

    pub(super) fn act_on_find(&mut self, action: Action) {
        let in_article = self.finds_in_article();
        match action {
            Action::Accept => self.typing = None,
            Action::Release if in_article => {
                self.reader.release();
                if let Some(place) = self.found_from.take() {
                    self.reader.return_to(place);
                }
                self.typing = None;
            }
            Action::Release => {
                self.typing = None;
                self.find_nothing();
            }
            Action::FindNext | Action::FindPrevious if in_article => {
                self.reader.step_found(action == Action::FindNext);
            }
            Action::FindNext => self.step_table(1),
            Action::FindPrevious => self.step_table(-1),
            _ => {}
        }
    }

    pub(super) fn act_on_overlay(&mut self, action: Action) {
        let (page, lowest) = self.overlay_page();
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
        };
        self.hold_overlay();
    }

    /// The lines of the page laid over the screen that are in view, and the lowest that can be the first of them.
    fn overlay_page(&self) -> (usize, usize) {
        let (width, height) = self.screen.size;
        let columns = overlay_columns(width);
        let lines = self.overlay.map_or(0, |overlay| overlay.page.lines(&self.shelf.problems, columns).len());
        let page = usize::from(overlay(width, height, lines).height.saturating_sub(2)).max(1);
        (page, lines.saturating_sub(page))
    }

    /// Holds the page laid over the screen to its end.
    pub(super) fn hold_overlay(&mut self) {
        let (_, lowest) = self.overlay_page();
        if let Some(overlay) = &mut self.overlay {
            overlay.top = overlay.top.min(lowest);
        }
    }

    /// Clears the filter; the selection stays with the article that was found by it.
    pub(super) fn clear_filter(&mut self, effects: &mut Effects) {
        let current = self.list.current();
        if !self.filter.input.value().is_empty() {
            self.depart();
        }
        self.filter.input.reset();
        self.filter_changed(effects);
        if let Some(current) = current {
            self.list.select_article(current, self.layout().list.height);
        }
    }

    /// Lays a page over the screen.
    pub(super) fn lay_over(&mut self, page: OverlayPage) {
        self.overlay = Some(super::Overlay { page, top: 0 });
    }
}
