//! The palette: every action with its key, found by a few letters; those that work elsewhere come last.

use super::keymap::{BINDINGS, Binding, bindings, written};
use super::{Action, Context, Effects, Model};
use crate::search::{Query, held};
use crate::text::Span;
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

/// A row of the palette.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it does, and by which keys.
    pub binding: &'static Binding,
    /// The letters that answer to the line.
    pub spans: Vec<Span>,
    /// Where it works, where that is not here: "on the timeline".
    pub elsewhere: Option<&'static str>,
}

impl Palette {
    /// The bindings that answer to the line: those of here in the order of the table, then the others.
    pub fn rows(&self) -> Vec<Entry> {
        let query = Query::parse(self.input.value()).unwrap_or_default();
        let entry = |(binding, elsewhere): (&'static Binding, _)| {
            // The word in the status line calls it as well.
            let hinted = || binding.hint.and_then(|hint| held(&query, hint)).map(|_| Vec::new());
            let spans =
                if query.is_empty() { Some(Vec::new()) } else { held(&query, binding.help).or_else(hinted) };
            Some(Entry { binding, spans: spans?, elsewhere })
        };
        self.all().into_iter().filter_map(entry).collect()
    }

    /// All bindings but those of the palette itself, and for those of other places, where they work. What is done in
    /// the same words in several places stands once.
    pub fn all(&self) -> Vec<(&'static Binding, Option<&'static str>)> {
        let own = bindings(self.here).filter(|binding| binding.action != Action::Palette);
        let mut all: Vec<(&Binding, Option<&str>)> = own.map(|binding| (binding, None)).collect();
        for binding in BINDINGS {
            let told =
                binding.action == Action::Palette || all.iter().any(|(known, _)| known.help == binding.help);
            let place = binding.contexts.iter().find(|&&context| context != Context::Palette);
            if let Some(place) = place.filter(|_| !told) {
                all.push((binding, Some(place.place())));
            }
        }
        all
    }
}

/// That a binding does nothing here, and where it does something.
fn works_in(binding: &Binding) -> String {
    let places: Vec<&str> = binding.contexts.iter().map(|context| context.place()).collect();
    let places = match places.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        places => places.concat(),
    };
    format!("{} works {places}", written(binding))
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
                self.hand.whole = false;
                match chosen {
                    Some(Entry { binding, elsewhere: Some(_), .. }) => self.notice = Some(works_in(binding)),
                    Some(Entry { binding, .. }) => self.act(here, binding.action, effects),
                    None => {}
                }
            }
            _ => self.palette = None,
        }
    }
}
