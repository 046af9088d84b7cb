//! The palette: every action with its key, found by a few letters; those that work elsewhere come last.

use super::elsewhere::places;
use super::hand::form;
use super::keymap::{BINDINGS, Binding, bindings, written};
use super::{Action, Context, Effects, Key, Model};
use crate::search::{Query, held};
use crate::text::Span;
use std::borrow::Cow;
use tui_input::Input;

/// The palette while it is open.
#[derive(Debug, Clone)]
pub struct Palette {
    /// Where it was opened.
    pub here: Context,
    /// What is looked for.
    pub input: Input,
    /// The chosen row.
    pub selected: usize,
}

/// What can be done, of which the palette has a row.
#[derive(Debug, Clone)]
pub struct Deed {
    /// What does it.
    pub binding: &'static Binding,
    /// By which keys, as they are written.
    pub keys: String,
    /// What it does, in words.
    pub help: Cow<'static, str>,
    /// Of an export, whether it is of all that the filter leaves.
    whole: bool,
    /// Where it works, where that is not here: "on the timeline".
    pub elsewhere: Option<&'static str>,
}

/// A row of the palette.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it does, and by which keys.
    pub deed: Deed,
    /// The letters that answer to the line.
    pub spans: Vec<Span>,
}

impl Deed {
    /// What a binding does; two things where its first key says of what.
    fn of(binding: &'static Binding, elsewhere: Option<&'static str>) -> Vec<Deed> {
        let deed =
            |keys: String, help: Cow<'static, str>, whole| Deed { binding, keys, help, whole, elsewhere };
        let (Some(then), Some(_)) = (binding.then, form(binding.action)) else {
            return vec![deed(written(binding), Cow::Borrowed(binding.help), false)];
        };
        let here = binding.help.split(", with E").next().unwrap_or_default();
        let of_key = |first: &Key| {
            let whole = *first == Key::ALL;
            let help = match here.strip_prefix("export ").filter(|_| whole) {
                Some(form) => Cow::Owned(format!("export {WHOLE} {form}")),
                None => Cow::Borrowed(here),
            };
            deed(format!("{first} {then}"), help, whole)
        };
        binding.keys.iter().map(of_key).collect()
    }
}

/// Of what the exports are that begin with E.
const WHOLE: &str = "the whole filter";

impl Palette {
    /// The bindings that answer to the line: those of here in the order of the table, then the others.
    pub fn rows(&self) -> Vec<Entry> {
        let query = Query::parse(self.input.value()).unwrap_or_default();
        let entry = |deed: Deed| {
            // The word in the status line calls it as well.
            let hinted = || deed.binding.hint.and_then(|hint| held(&query, hint)).map(|_| Vec::new());
            let spans =
                if query.is_empty() { Some(Vec::new()) } else { held(&query, &deed.help).or_else(hinted) };
            Some(Entry { spans: spans?, deed })
        };
        self.all().into_iter().filter_map(entry).collect()
    }

    /// What all bindings do but those of the palette itself, and for those of other places, where they work. What is
    /// done in the same words in several places stands once.
    pub fn all(&self) -> Vec<Deed> {
        let own = bindings(self.here).filter(|binding| binding.action != Action::Palette);
        let mut all: Vec<Deed> = own.flat_map(|binding| Deed::of(binding, None)).collect();
        for binding in BINDINGS {
            let told = binding.action == Action::Palette
                || all.iter().any(|known| known.binding.help == binding.help);
            let place = binding.contexts.iter().find(|&&context| context != Context::Palette);
            if let Some(place) = place.filter(|_| !told) {
                all.extend(Deed::of(binding, Some(place.place())));
            }
        }
        all
    }
}

impl Model {
    /// Opens the palette over where one is.
    pub(super) fn open_palette(&mut self) {
        self.palette = Some(Palette { here: self.context(), input: Input::default(), selected: 0 });
    }

    pub(super) fn act_on_palette(&mut self, action: Action, effects: &mut Effects) {
        let Some(palette) = &mut self.palette else { return };
        let rows = palette.rows();
        match action {
            Action::FindNext => palette.selected = (palette.selected + 1).min(rows.len().saturating_sub(1)),
            Action::FindPrevious => palette.selected = palette.selected.saturating_sub(1),
            Action::Accept => {
                let chosen = rows.into_iter().nth(palette.selected);
                let here = palette.here;
                self.palette = None;
                match chosen.map(|entry| entry.deed) {
                    Some(Deed { binding, keys, elsewhere: Some(_), .. }) => {
                        self.notice = Some(format!("{keys} works {}", places(binding.contexts)));
                    }
                    Some(Deed { binding, whole, .. }) => {
                        // What is repeated is of what it was of before.
                        if binding.action != Action::Repeat {
                            self.hand.whole = whole;
                        }
                        self.act(here, binding.action, effects);
                    }
                    None => {}
                }
            }
            _ => self.palette = None,
        }
    }
}
