//! Messages in, another model and effects out.

use super::hand::Pending;
use super::{Action, Context, Effect, Effects, Key, Message, Model, keymap};

/// The exit status of a program ended by Ctrl-C: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

impl Model {
    /// Takes a message. Total: there is no message it fails on.
    pub fn update(&mut self, message: Message) -> Effects {
        let mut effects = Effects { list: Vec::new(), draw: true };
        match message {
            Message::Key(key) => self.key(key, &mut effects),
            Message::Mouse(mouse) => effects.draw = self.mouse(mouse, &mut effects),
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
            Message::Gathered(number, stories, whole) => {
                effects.draw = self.gathered(number, stories, whole, &mut effects);
            }
            Message::Annotated(opening, known) if opening == self.shelf.opening => self.annotated(known),
            Message::Partly(number, answer) => effects.draw = self.partly_answered(number, answer),
            Message::Answered(side, number, answer) => effects.draw = self.answered(side, number, answer),
            Message::KeptQueries(kept) => self.kept_queries(kept, &mut effects),
            Message::Completed(number, offered) => {
                effects.draw = self.completed(number, offered, &mut effects);
            }
            Message::Counted(name, query, count) => effects.draw = self.counted(name, &query, count),
            Message::Exported(outcome) => self.exported(outcome),
            Message::Said(what) => self.notice = Some(what),
            Message::Copied(way, text) => self.copied(way, text, &mut effects),
            Message::Kept(opening, deed, done) => {
                effects.draw = self.kept(opening, &deed, done, &mut effects);
            }
            Message::Stirred => {
                effects.draw = false;
                self.look_at_state(&mut effects);
            }
            Message::Grown(articles) => {
                let before = self.shelf.more();
                self.shelf.grown = articles;
                effects.draw = self.shelf.more() != before;
            }
            Message::Edited(text) => self.edited(text, &mut effects),
            Message::Library(..) | Message::Found(..) | Message::Annotated(..) => effects.draw = false,
        }
        if effects.draw {
            self.arrange();
            self.do_ahead(&mut effects);
            self.turn_page(&mut effects);
            self.ask_for_annotations(&mut effects);
            self.ask_for_panes(&mut effects);
            self.ask_for_counts(&mut effects);
        }
        self.catch_up(&mut effects);
        effects
    }

    fn key(&mut self, key: Key, effects: &mut Effects) {
        let spoken = self.notice.take().is_some();
        self.hand.clicked = None;
        let context = self.context();
        if let Some(pending) = self.hand.pending.take() {
            return self.go_on(context, &pending, key, effects);
        }
        if keymap::sequences(context, key).next().is_some() {
            self.hand.pending = Some(Pending::Keys(key));
            return;
        }
        match keymap::action(context, key) {
            Some(action) => self.act(context, action, effects),
            None => {
                effects.draw =
                    self.edit(context, key, effects) || self.say_where_it_works(context, key) || spoken;
            }
        }
    }

    pub(super) fn act(&mut self, context: Context, action: Action, effects: &mut Effects) {
        self.keeping.does(action);
        match action {
            Action::Quit => return effects.list.push(Effect::Quit(INTERRUPTED)),
            Action::Suspend => return effects.list.push(Effect::Suspend),
            Action::Redraw => return effects.list.push(Effect::Redraw),
            Action::Repeat => {
                match self.trail.last {
                    Some(action) => self.act(context, action, effects),
                    None => self.notice = Some("nothing was done yet that can be done again".to_owned()),
                }
                return;
            }
            _ if action.is_repeatable() && !context.is_typed() => self.trail.last = Some(action),
            _ => {}
        }
        match context {
            Context::Overlay => self.act_on_overlay(action),
            Context::List => self.act_on_list(action, effects),
            Context::Names | Context::Quotes | Context::Timeline | Context::Map => {
                self.act_on_table(action, effects);
            }
            Context::Facets => self.act_on_facets(action, effects),
            Context::Dossier => self.act_on_dossier(action, effects),
            Context::Reader => self.act_on_reader(action, effects),
            Context::Filter => self.act_on_filter(action, effects),
            Context::Find => self.act_on_find(action),
            Context::Tags | Context::Note => self.act_on_line(action, effects),
            Context::File => self.act_on_file(action, effects),
            Context::Palette => self.act_on_palette(action, effects),
            Context::Name => self.act_on_naming(action, effects),
            Context::Searches => self.act_on_searches(action, effects),
        }
    }
}
