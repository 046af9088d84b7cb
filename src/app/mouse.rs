//! What the mouse does: it stands where it clicks, opens what it clicks a second time, scrolls where it is.

use super::layout::{GUTTER, MARGIN};
use super::{Effect, Effects, Model, ROW, Subject, Typing, View};
use crate::article::EntityIndex;
use crate::text::at_column;
use ratatui::layout::Rect;

/// Something done with the mouse, at a column and a row of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub what: Button,
    /// The column, 0 at the left.
    pub column: u16,
    /// The row, 0 at the top.
    pub row: u16,
}

/// What can be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The left button goes down.
    Press,
    /// The mouse moves with the button down.
    Drag,
    /// The button goes up.
    Release,
    /// The wheel turns away from the reader.
    WheelUp,
    /// The wheel turns towards the reader.
    WheelDown,
}

/// Lines of text that a notch of the wheel scrolls.
const NOTCH: isize = 3;

fn holds(area: Rect, mouse: Mouse) -> bool {
    area.intersects(Rect::new(mouse.column, mouse.row, 1, 1))
}

impl Model {
    /// Takes what was done with the mouse; `false` when it means nothing there.
    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Effects) -> bool {
        let layout = self.layout();
        match mouse.what {
            Button::Release => {
                let dragged = std::mem::take(&mut self.screen.dragging);
                return dragged;
            }
            Button::Drag if self.screen.dragging => {
                self.screen.list = Some(mouse.column);
                return true;
            }
            Button::Drag => return false,
            Button::WheelUp | Button::WheelDown => {
                let down = mouse.what == Button::WheelDown;
                return self.wheel(mouse, if down { 1 } else { -1 });
            }
            Button::Press => {}
        }
        if self.hand.pending.take().is_some() {
            return true;
        }
        if self.overlay.is_some() || self.palette.is_some() || self.queries.page.is_some() {
            self.overlay = None;
            self.palette = None;
            self.queries.page = None;
            self.queries.naming = None;
            self.typing = None;
            return true;
        }
        self.notice = None;
        self.queries.menu = None;
        if holds(layout.divider, mouse) {
            self.screen.dragging = true;
        } else if holds(layout.filter, mouse) {
            self.depart();
            self.typing = Some(Typing::Filter);
        } else if holds(layout.list, mouse) {
            self.typing = None;
            self.views.facets.keys = false;
            self.press_list(layout.list, mouse, effects);
        } else if holds(layout.reader, mouse) {
            self.typing = None;
            self.views.facets.keys = false;
            self.press_reader(layout.reader, mouse, effects);
        } else if holds(layout.facets, mouse) {
            self.typing = None;
            self.press_facets(layout.facets, mouse, effects);
        } else {
            return false;
        }
        true
    }

    fn wheel(&mut self, mouse: Mouse, way: isize) -> bool {
        let layout = self.layout();
        if let Some(overlay) = &mut self.overlay {
            overlay.top = overlay.top.saturating_add_signed(way * NOTCH);
            self.hold_overlay();
        } else if holds(layout.list, mouse) {
            match self.views.now {
                View::Articles => self.list.step(way, layout.list.height),
                _ => self.step_table(way),
            }
        } else if holds(layout.facets, mouse) {
            self.views.facets.scroll(way * NOTCH);
        } else if holds(layout.reader, mouse) {
            match self.subject() {
                Some(Subject::Article(_)) => self.reader.scroll(way * NOTCH),
                _ => {
                    if let Some(card) = &mut self.desk.card {
                        card.scroll(way * NOTCH, layout.reader.height.into());
                    }
                }
            }
        } else {
            return false;
        }
        true
    }

    fn press_list(&mut self, area: Rect, mouse: Mouse, effects: &mut Effects) {
        let line = usize::from(mouse.row - area.y);
        let row = if self.views.now == View::Articles {
            let row = self.list.top() + line / usize::from(ROW);
            Some(row).filter(|&row| row < self.list.shown().len())
        } else {
            let strip = line.checked_sub(1).and_then(|line| self.views.table()?.window.get(line)?.entry);
            strip.filter(|&row| self.views.table().is_some_and(|table| row < table.len()))
        };
        let Some(row) = row else { return };
        if self.views.now == View::Articles && self.is_sign_of_story(area, mouse, row) {
            self.list.select(row, area.height);
            self.list.unfold(area.height);
            return;
        }
        let standing = match self.views.table() {
            Some(table) => table.cursor.selected,
            None => self.list.selected(),
        };
        if self.is_reading() {
            self.depart();
            self.trail.chain.clear();
        } else if row == standing {
            return self.act(self.context(), super::Action::Open, effects);
        }
        match self.views.table_mut() {
            Some(table) => table.cursor.go(row),
            None => self.list.select(row, area.height),
        }
    }

    /// Whether the mouse is on the sign of the copies of a story: at the right end of a row's second line.
    fn is_sign_of_story(&self, area: Rect, mouse: Mouse, row: usize) -> bool {
        let sign = self.list.shown().get(row).and_then(|&ordinal| self.list.told(ordinal).sign());
        let columns = sign.and_then(|sign| u16::try_from(sign.len()).ok());
        // The last column of the list stays free.
        (mouse.row - area.y) % ROW == ROW - 1
            && columns.is_some_and(|columns| mouse.column + 1 + columns >= area.right().saturating_sub(1))
    }

    fn press_reader(&mut self, area: Rect, mouse: Mouse, effects: &mut Effects) {
        if !self.is_reading() && self.subject() != Some(Subject::Map) && self.subject().is_some() {
            self.enter(None);
        }
        let line = usize::from(mouse.row - area.y);
        match self.subject() {
            Some(Subject::Article(_)) => {
                let left = area.x + self.reader.measure().left + MARGIN;
                let Some(column) = mouse.column.checked_sub(left) else { return };
                if let Some(entity) = self.name_beside(line, column) {
                    if self.reader.stop_at_entity(entity) {
                        self.open_name(entity);
                    }
                    return;
                }
                let Some(byte) = self.byte_at(line, column) else { return };
                if let Some(address) = self.reader.links().at(byte).map(str::to_owned) {
                    return self.press_link(address, effects);
                }
                if self.reader.stop_at_byte(byte) {
                    self.open_mark();
                }
            }
            Some(Subject::Map) | None => {}
            Some(_) => {
                let entry = self.desk.card.as_ref().and_then(|card| card.entry_at(line));
                let Some(entry) = entry else { return };
                match &mut self.desk.card {
                    Some(card) if card.entry != entry => {
                        card.go(entry);
                    }
                    _ => self.follow(effects),
                }
            }
        }
    }

    fn press_facets(&mut self, area: Rect, mouse: Mouse, effects: &mut Effects) {
        let line = usize::from(mouse.row - area.y);
        let facets = &mut self.views.facets;
        let row = line.checked_sub(1).and_then(|line| facets.window.get(line)?.entry);
        if let Some(row) = row.filter(|&row| row < facets.rows().len()) {
            facets.cursor.go(row);
            self.toggle_facet(effects);
        }
    }

    /// Says what a second click on a link does, or does it.
    fn press_link(&mut self, address: String, effects: &mut Effects) {
        if self.hand.clicked.take().as_ref() == Some(&address) {
            effects.list.push(Effect::OpenLink(address));
            return;
        }
        self.notice = Some(format!("a second click, or o, opens {address}"));
        self.hand.clicked = Some(address);
    }

    /// Whose name stands at a line and a column of the reading pane that is no text of the body: in the title, among the
    /// names above the text, or as a speaker.
    fn name_beside(&self, line: usize, column: u16) -> Option<EntityIndex> {
        use super::Line;
        let document = self.reader.document()?;
        match self.reader.window().get(line)? {
            Line::Title(span) => {
                let at = at_column(span.of(&document.article.title), usize::from(column))?;
                document.titled(span.start() + at)
            }
            Line::Names(names) => names.at_column(column),
            Line::Speakers(names) if self.screen.markers.quotes() => names.at_column(column),
            Line::Body(span) if self.screen.markers.quotes() && self.reader.measure().aside > 0 => {
                let column = column.checked_sub(self.reader.measure().text + GUTTER)?;
                document.speakers(self.reader.marks().beginning_in(*span))?.at_column(column)
            }
            _ => None,
        }
    }

    /// The byte of the body at a line and a column of the reading pane.
    fn byte_at(&self, line: usize, column: u16) -> Option<u32> {
        let super::Line::Body(span) = self.reader.window().get(line)? else { return None };
        let text = span.of(&self.reader.document()?.article.body);
        let at = at_column(text, usize::from(column))?;
        Some(span.start + u32::try_from(at).ok()?)
    }
}
