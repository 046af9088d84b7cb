//! Typing and pasting into the input lines.

use super::trail::Subject;
use super::{Code, Context, Effects, Key, Model, Typing};
use crate::text::sanitise_line;
use tui_input::{Input, InputRequest};

impl Model {
    /// Types into the line that has the keys; `false` when the key means nothing there.
    pub(super) fn edit(&mut self, context: Context, key: Key, effects: &mut Effects) -> bool {
        let Some(request) = request(key) else { return false };
        match context {
            Context::Filter => {
                // What is typed now is what the list is to answer, the best row first.
                self.trail.aim = None;
                self.queries.history.leave();
                self.queries.menu = None;
                self.filter.input.handle(request);
                self.filter_changed(effects);
            }
            Context::Find => {
                self.find_line().handle(request);
                self.look();
            }
            Context::Name => {
                if let Some(naming) = &mut self.queries.naming {
                    naming.input.handle(request);
                }
            }
            Context::Tags | Context::Note => {
                self.keeping.line_mut().handle(request);
            }
            Context::File => {
                if let Some(naming) = &mut self.hand.naming {
                    naming.input.handle(request);
                }
            }
            Context::Palette => {
                if let Some(palette) = &mut self.palette {
                    palette.input.handle(request);
                    palette.selected = 0;
                }
            }
            _ => return false,
        }
        true
    }

    pub(super) fn paste(&mut self, text: &str, effects: &mut Effects) {
        let text = sanitise_line(text);
        self.hand.pending = None;
        let insert = |input: &mut Input| {
            let line = input.value();
            let at = line.char_indices().nth(input.cursor()).map_or(line.len(), |(at, _)| at);
            let (before, behind) = line.split_at_checked(at).unwrap_or((line, ""));
            let cursor = input.cursor() + text.chars().count();
            *input = Input::new(format!("{before}{text}{behind}")).with_cursor(cursor);
        };
        match self.context() {
            Context::Overlay | Context::Searches => effects.draw = false,
            Context::Name => {
                if let Some(naming) = &mut self.queries.naming {
                    insert(&mut naming.input);
                }
            }
            Context::Find => {
                insert(self.find_line());
                self.look();
            }
            Context::Tags | Context::Note => insert(self.keeping.line_mut()),
            Context::File => {
                if let Some(naming) = &mut self.hand.naming {
                    insert(&mut naming.input);
                }
            }
            Context::Palette => {
                if let Some(palette) = &mut self.palette {
                    insert(&mut palette.input);
                    palette.selected = 0;
                }
            }
            // A paste outside an input line is no row of commands; it is what one wants to look for.
            _ => {
                self.typing = Some(Typing::Filter);
                self.queries.menu = None;
                self.queries.history.leave();
                insert(&mut self.filter.input);
                self.filter_changed(effects);
            }
        }
    }

    /// Whether what is to be found is looked for in the article; else in the list of the view.
    pub(super) fn finds_in_article(&self) -> bool {
        self.is_reading() && matches!(self.subject(), Some(Subject::Article(_)))
    }

    /// The line that says what to find.
    pub(super) fn find_line(&mut self) -> &mut Input {
        if self.finds_in_article() {
            return &mut self.reader.find.input;
        }
        match self.views.table_mut() {
            Some(table) => &mut table.find,
            None => &mut self.reader.find.input,
        }
    }

    /// Looks for what the line says.
    fn look(&mut self) {
        if self.finds_in_article() {
            self.reader.search();
        } else if let Some(table) = self.views.table_mut() {
            // The list answers it; the best row is the first.
            table.cursor = super::Cursor::default();
            table.wanted = None;
        }
    }

    pub(super) fn filter_changed(&mut self, effects: &mut Effects) {
        if self.filter.read(&self.queries.saved) {
            self.reader.mark(self.filter.query());
            self.ask(effects);
        }
    }
}

/// What a key does to the line being typed, as in shells.
fn request(key: Key) -> Option<InputRequest> {
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) => InputRequest::InsertChar(c),
        (Code::Backspace, false, false) => InputRequest::DeletePrevChar,
        (Code::Char('h'), true, false) => InputRequest::DeletePrevChar,
        (Code::Delete, false, false) => InputRequest::DeleteNextChar,
        (Code::Left, false, false) | (Code::Char('b'), true, false) => InputRequest::GoToPrevChar,
        (Code::Right, false, false) | (Code::Char('f'), true, false) => InputRequest::GoToNextChar,
        (Code::Left, true, false) | (Code::Char('b'), false, true) => InputRequest::GoToPrevWord,
        (Code::Right, true, false) | (Code::Char('f'), false, true) => InputRequest::GoToNextWord,
        (Code::Home, false, false) | (Code::Char('a'), true, false) => InputRequest::GoToStart,
        (Code::End, false, false) | (Code::Char('e'), true, false) => InputRequest::GoToEnd,
        (Code::Char('u'), true, false) => InputRequest::DeleteLine,
        (Code::Char('w'), true, false) | (Code::Backspace, _, true) => InputRequest::DeletePrevWord,
        (Code::Char('k'), true, false) => InputRequest::DeleteTillEnd,
        _ => return None,
    })
}
