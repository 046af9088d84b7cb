//! Messages in, another model and effects out.

use super::layout::measure;
use super::{Action, Context, Document, Effect, Effects, Key, Message, Model, Overlay, OverlayPage, keymap};
use crate::library::Ordinal;
use std::sync::Arc;

/// The exit status of a program ended by Ctrl-C: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

impl Model {
    /// Takes a message. Total: there is no message it fails on.
    pub fn update(&mut self, message: Message) -> Effects {
        let mut effects = Effects { list: Vec::new(), draw: true };
        match message {
            Message::Key(key) => self.key(key, &mut effects),
            Message::Paste(text) => self.paste(&text, &mut effects),
            Message::Resize(width, height) => {
                self.screen.size = (width, height);
                effects.list.push(Effect::Redraw);
            }
            Message::Library(opening, update) if opening == self.shelf.opening => {
                self.library(update, &mut effects);
            }
            Message::Found(generation, rows) if self.filter.answer(generation) => {
                self.found(rows, &mut effects);
            }
            Message::Annotated(opening, known) if opening == self.shelf.opening => self.annotated(known),
            Message::Library(..) | Message::Found(..) | Message::Annotated(..) => effects.draw = false,
        }
        if effects.draw {
            self.arrange();
            self.ask_for_annotations(&mut effects);
        }
        effects
    }

    fn key(&mut self, key: Key, effects: &mut Effects) {
        let spoken = self.notice.take().is_some();
        let context = if self.overlay.is_some() { Context::Overlay } else { self.context };
        match keymap::action(context, key) {
            Some(action) => self.act(context, action, effects),
            None => effects.draw = self.edit(context, key, effects) || spoken,
        }
    }

    fn act(&mut self, context: Context, action: Action, effects: &mut Effects) {
        match action {
            Action::Quit => return effects.list.push(Effect::Quit(INTERRUPTED)),
            Action::Suspend => return effects.list.push(Effect::Suspend),
            Action::Redraw => return effects.list.push(Effect::Redraw),
            _ => {}
        }
        match context {
            Context::Overlay => self.act_on_overlay(action),
            Context::List => self.act_on_list(action, effects),
            Context::Reader => self.act_on_reader(action, effects),
            Context::Filter => self.act_on_filter(action, effects),
            Context::Find => self.act_on_find(action),
        }
    }

    /// Brings list and article in line with size, rows and selection.
    fn arrange(&mut self) {
        let layout = self.layout();
        self.list.settle(layout.list.height.max(super::ROW));
        let (measure, height) = (measure(layout.reader.width), usize::from(layout.reader.height));
        let shown = self.list.current().filter(|_| layout.reader.area() > 0);
        let document = shown.and_then(|ordinal| {
            let article = self.shelf.snapshot.article(ordinal)?;
            Some(Document::new(ordinal, article, self.shelf.annotations(ordinal)))
        });
        let same = match (self.reader.document(), &document) {
            (Some(old), Some(new)) => {
                Arc::ptr_eq(&old.article, &new.article)
                    && old.annotations.as_deref().is_some() == new.annotations.is_some()
            }
            (None, None) => true,
            _ => false,
        };
        if same {
            self.reader.resize(measure, height);
        } else {
            self.reader.show(document, measure, height);
            self.reader.mark(self.filter.query());
        }
    }

    /// Asks for the annotations of what is in view, before those of the rest come.
    fn ask_for_annotations(&mut self, effects: &mut Effects) {
        if self.shelf.annotating().is_none() {
            return;
        }
        let height = self.layout().list.height;
        let in_view = self.list.visible(height).map(|(_, ordinal)| ordinal).chain(self.list.current());
        let mut ordinals: Vec<Ordinal> =
            in_view.filter(|&ordinal| self.shelf.annotations(ordinal).is_none()).collect();
        ordinals.retain(|&ordinal| self.shelf.asked.insert(ordinal));
        if !ordinals.is_empty() {
            effects.list.push(Effect::Annotate {
                opening: self.shelf.opening,
                snapshot: self.shelf.snapshot.clone(),
                ordinals,
            });
        }
    }

    pub(super) fn leave_reader(&mut self) {
        self.reading = false;
        self.context = Context::List;
    }

    pub(super) fn lay_over(&mut self, page: OverlayPage) {
        self.overlay = Some(Overlay { page, top: 0 });
    }
}
