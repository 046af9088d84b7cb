//! The keys a sequence goes on with, in a panel above the status line.

use super::{Theme, blank, line};
use crate::app::Model;
use crate::text::{clip, pad, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

/// Columns of the frame and the spaces inside it.
const FRAME: u16 = 4;

/// Columns between two columns of keys.
const APART: usize = 2;

/// Draws the panel at the lower end of `area`, in as many columns as it takes to show all keys.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let Some(choices) = model.choices().filter(|_| area.width > FRAME && area.height > 2) else { return };
    let keys = choices.rows.iter().map(|(key, _)| width(key)).max().unwrap_or(0) + 2;
    let texts = choices.rows.iter().map(|(_, text)| width(text)).max().unwrap_or(0);
    let room = usize::from(area.width - FRAME);
    let high = usize::from(area.height - 2).min(choices.rows.len()).max(1);
    let columns = choices.rows.len().div_ceil(high).max(1);
    let wide = (keys + texts).min((room + APART) / columns - APART.min(room / columns));
    let used = columns * (wide + APART) - APART;
    let size = (u16::try_from(used).unwrap_or(u16::MAX).min(area.width - FRAME) + FRAME, high + 2);
    let height = u16::try_from(size.1).unwrap_or(u16::MAX).min(area.height);
    let panel = Rect { y: area.bottom() - height, width: size.0, height, ..area };
    blank(cells, panel);
    let about = choices.about.map(|about| format!("{about} ")).unwrap_or_default();
    let title = Span::styled(format!(" {} … {about}", choices.first), theme.title());
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(theme.quiet()).title(title);
    let inner = block.inner(panel);
    block.render(panel, cells);
    for (at, (key, text)) in choices.rows.iter().enumerate() {
        let (column, row) = (at / high, at % high);
        let x = inner.x + 1 + u16::try_from(column * (wide + APART)).unwrap_or(u16::MAX);
        let y = inner.y + u16::try_from(row).unwrap_or(u16::MAX);
        let place = Rect { x, y, width: u16::try_from(wide).unwrap_or(u16::MAX), height: 1 };
        let shown = clip(text, wide.saturating_sub(keys)).into_owned();
        line(
            cells,
            place.intersection(inner),
            Line::from(vec![Span::styled(pad(key, keys), theme.key()), Span::raw(shown)]),
        );
    }
}
