//! Sequences of two keys. Between them there is no timer: the screen shows how they go on until one does.

use crate::app::keymap::sequences;
use crate::app::{Action, Code, Context, Effects, Key, Model, keymap};

/// What the next key decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Pending {
    /// How the sequence goes on that this key has begun.
    Keys(Key),
}

/// The keys that go on, as they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// What was pressed.
    pub first: String,
    /// The keys that go on, and what they do.
    pub rows: Vec<(String, String)>,
}

impl Model {
    /// The keys that go on, while the next key decides.
    pub fn choices(&self) -> Option<Choices> {
        let Pending::Keys(first) = self.hand.pending.as_ref()?;
        let rows = sequences(self.context(), *first).filter_map(|binding| {
            let then = binding.then?;
            Some((then.to_string(), binding.help.to_owned()))
        });
        Some(Choices { first: first.to_string(), rows: rows.collect() })
    }

    /// Takes the key that decides.
    pub(in crate::app) fn go_on(
        &mut self,
        context: Context,
        pending: &Pending,
        key: Key,
        effects: &mut Effects,
    ) {
        if key == Key::plain(Code::Esc) {
            return;
        }
        let Pending::Keys(first) = *pending;
        let found = sequences(context, first).find(|binding| binding.then == Some(key));
        if let Some(binding) = found {
            return self.act(context, binding.action, effects);
        }
        match keymap::action(context, key) {
            Some(action @ (Action::Quit | Action::Suspend | Action::Redraw)) => {
                self.act(context, action, effects);
            }
            _ => {
                let known = sequences(context, first).filter_map(|binding| binding.then);
                let known = known.map(|key| key.to_string()).collect::<Vec<_>>().join(" ");
                self.notice = Some(format!("{first} {key} does nothing; {first} goes on with {known}"));
            }
        }
    }
}
