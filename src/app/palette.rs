//! The palette: every action that can be done where one is, with its key, found by a few letters.

use super::keymap::{Binding, bindings};
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

impl Palette {
    /// The bindings that answer to the line, in the order of the table, with the letters that do.
    pub fn rows(&self) -> Vec<(&'static Binding, Vec<Span>)> {
        let query = Query::parse(self.input.value()).unwrap_or_default();
        bindings(self.here)
            .filter(|binding| binding.action != Action::Palette)
            .filter_map(|binding| {
                let spans = if query.is_empty() { Some(Vec::new()) } else { held(&query, binding.help) };
                Some((binding, spans?))
            })
            .collect()
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
                let chosen = rows.get(palette.selected).map(|(binding, _)| binding.action);
                let here = palette.here;
                self.palette = None;
                self.hand.whole = false;
                if let Some(action) = chosen {
                    self.act(here, action, effects);
                }
            }
            _ => self.palette = None,
        }
    }
}
