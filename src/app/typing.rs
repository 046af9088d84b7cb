//! Typing and pasting into the input lines.

use super::{Code, Context, Effects, Key, Model};
use crate::text::sanitise_line;
use tui_input::{Input, InputRequest};

impl Model {
    /// Types into the line that has the keys; `false` when the key means nothing there.
    pub(super) fn edit(&mut self, context: Context, key: Key, effects: &mut Effects) -> bool {
        let Some(request) = request(key) else { return false };
        match context {
            Context::Filter => {
                self.filter.input.handle(request);
                self.filter_changed(effects);
            }
            Context::Find => {
                self.reader.find.input.handle(request);
                self.reader.search();
            }
            Context::List | Context::Reader | Context::Overlay => return false,
        }
        true
    }

    pub(super) fn paste(&mut self, text: &str, effects: &mut Effects) {
        let text = sanitise_line(text);
        let insert = |input: &mut Input| {
            let line = input.value();
            let at = line.char_indices().nth(input.cursor()).map_or(line.len(), |(at, _)| at);
            let (before, behind) = line.split_at_checked(at).unwrap_or((line, ""));
            let cursor = input.cursor() + text.chars().count();
            *input = Input::new(format!("{before}{text}{behind}")).with_cursor(cursor);
        };
        match self.context {
            _ if self.overlay.is_some() => effects.draw = false,
            // A paste outside an input line is no row of commands; it is what one wants to look for.
            Context::List | Context::Reader | Context::Filter => {
                self.context = Context::Filter;
                insert(&mut self.filter.input);
                self.filter_changed(effects);
            }
            Context::Find => {
                insert(&mut self.reader.find.input);
                self.reader.search();
            }
            Context::Overlay => {}
        }
    }

    pub(super) fn filter_changed(&mut self, effects: &mut Effects) {
        if self.filter.read() {
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
