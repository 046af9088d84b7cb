//! Sequences of two keys. Between them there is no timer: the screen shows how they go on until one does.

use crate::app::keymap::sequences;
use crate::app::{Action, Code, Context, Effect, Effects, Key, Model, keymap};
use crate::text::clip;

/// What the next key decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Pending {
    /// How the sequence goes on that this key has begun.
    Keys(Key),
    /// Which of these links is opened or copied, as the action says, and how much of its key was pressed.
    Links(Action, Vec<Offer>, String),
}

/// A link that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Offer {
    pub(super) key: String,
    pub(super) address: String,
    /// The words that lead there, where these are no address.
    pub(super) words: Option<String>,
}

/// Columns of the words of a link, beside its address.
const WORDS: usize = 28;

/// The keys that go on, as they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// What was pressed.
    pub first: String,
    /// What it is about, where that is not what one sees.
    pub about: Option<String>,
    /// The keys that go on, and what they do.
    pub rows: Vec<(String, String)>,
}

impl Model {
    /// The keys that go on, while the next key decides.
    pub fn choices(&self) -> Option<Choices> {
        Some(self.choices_of(self.hand.pending.as_ref()?))
    }

    fn choices_of(&self, pending: &Pending) -> Choices {
        match pending {
            Pending::Keys(first) => {
                let going_on = sequences(self.context(), *first)
                    .filter(|binding| binding.action != Action::GiveUp || self.writing().is_some());
                let rows = going_on.filter_map(|binding| {
                    let then = binding.then?;
                    // What E is about stands above the keys.
                    let help = binding.help.split(", with E").next().unwrap_or_default();
                    Some((then.to_string(), help.to_owned()))
                });
                let about = self.about_to_export(*first);
                Choices { first: first.to_string(), about, rows: rows.collect() }
            }
            Pending::Links(action, links, pressed) => {
                let links = links.iter().filter(|link| link.key.starts_with(pressed.as_str()));
                let rows = links.map(|link| {
                    let words = link.words.as_ref().map(|words| format!("{} → ", clip(words, WORDS)));
                    (link.key.clone(), format!("{}{}", words.unwrap_or_default(), link.address))
                });
                let first = if *action == Action::CopyLink { "y l" } else { "o" };
                let first = format!("{first} {pressed}").trim_end().to_owned();
                Choices { first, about: None, rows: rows.collect() }
            }
        }
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
        match pending {
            Pending::Keys(first) => {
                let mut going_on = sequences(context, *first);
                if let Some(binding) = going_on.find(|binding| binding.then == Some(key)) {
                    self.hand.whole = *first == Key::ALL;
                    return self.act(context, binding.action, effects);
                }
            }
            Pending::Links(action, links, pressed) => {
                let pressed = match key {
                    Key { code: Code::Char(next), ctrl: false, alt: false } => format!("{pressed}{next}"),
                    _ => String::new(),
                };
                if let Some(link) = links.iter().find(|link| link.key == pressed) {
                    let address = link.address.clone();
                    let copies = *action == Action::CopyLink;
                    let effect = if copies { Effect::Copy(address) } else { Effect::OpenLink(address) };
                    return effects.list.push(effect);
                }
                if !pressed.is_empty() && links.iter().any(|link| link.key.starts_with(&pressed)) {
                    self.hand.pending = Some(Pending::Links(*action, links.clone(), pressed));
                    return;
                }
            }
        }
        match keymap::action(context, key) {
            Some(action @ (Action::Quit | Action::Suspend | Action::Redraw)) => {
                self.act(context, action, effects);
            }
            _ => {
                let Choices { first, rows, .. } = self.choices_of(pending);
                let known = rows.into_iter().map(|(key, _)| key).collect::<Vec<_>>().join(" ");
                self.notice = Some(format!("{first} {key} does nothing; {first} goes on with {known}"));
            }
        }
    }
}
