//! What the filter line can be completed with, under it.

use super::{Theme, blank, line, line_right};
use crate::app::layout::Layout;
use crate::app::{Model, grouped};
use crate::text::{clip, pad, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

/// At most so many candidates are in view.
const ROWS: usize = 10;

/// The menu takes at most so many columns.
const WIDEST: usize = 56;

/// Columns of the prompt of the filter line.
const PROMPT: usize = 3;

/// Draws the menu over what is under the filter line.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, layout: &Layout) {
    let Some(menu) = model.queries.menu.as_ref().filter(|menu| menu.is_shown()) else { return };
    let about = |at: usize| -> String {
        let candidate = menu.candidates.get(at);
        let count = candidate.and_then(|candidate| candidate.count);
        let count = count.map(|count| grouped(usize::try_from(count).unwrap_or(usize::MAX)));
        let about = candidate.map(|candidate| candidate.about.as_str()).filter(|about| !about.is_empty());
        about.map(str::to_owned).into_iter().chain(count).collect::<Vec<_>>().join("  ")
    };
    let wide = |at: usize| {
        menu.candidates.get(at).map_or(0, |candidate| width(&candidate.shown) + 2 + width(&about(at)))
    };
    let inner = (0..menu.candidates.len()).map(wide).max().unwrap_or(0).min(WIDEST);
    let under = layout.filter.bottom();
    let room = usize::from(layout.screen.width).saturating_sub(4);
    let high = menu.candidates.len().min(ROWS).min(usize::from(layout.status.y.saturating_sub(under + 2)));
    if high == 0 || room == 0 {
        return;
    }
    let inner = inner.min(room);
    let x = (PROMPT + menu.column())
        .saturating_sub(2)
        .min(usize::from(layout.screen.width).saturating_sub(inner + 4));
    let size = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
    let area = Rect::new(size(x), under, size(inner + 4), size(high + 2));
    blank(cells, area);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(theme.quiet());
    block.render(area, cells);
    let chosen = menu.chosen.unwrap_or(0);
    let top = (chosen + 1).saturating_sub(high);
    for (row, at) in (top..menu.candidates.len()).take(high).enumerate() {
        let Some(candidate) = menu.candidates.get(at) else { break };
        let place = Rect { x: area.x + 2, y: under + 1 + size(row), width: size(inner), height: 1 };
        let own = at == chosen;
        let base = if own { theme.title() } else { Style::new() };
        let rest = line_right(cells, place, Line::styled(clip(&about(at), inner / 2), theme.quiet()));
        let left = usize::from(rest.width);
        let shown = pad(&clip(&candidate.shown, left.saturating_sub(1)), left);
        line(cells, rest, Line::from(Span::styled(shown, base)));
        if own {
            let bar = Rect { x: area.x + 1, width: 1, ..place };
            line(cells, bar, Line::styled("▌", theme.accent()));
        }
    }
}
