//! The palette, laid over the screen.

use super::pieces::cut;
use super::{Theme, blank, input, line, line_right};
use crate::app::layout::overlay;
use crate::app::{Entry, KEYS, Model};
use crate::text::{clip, pad};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

/// Draws the palette over everything but the status line; returns where the cursor of its line stands.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, screen: Rect) -> Option<Position> {
    let palette = model.palette.as_ref()?;
    let rows = palette.rows();
    let all = palette.all().len() + 1;
    let area = overlay(screen.width, screen.height, all);
    blank(cells, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.quiet())
        .title(Span::styled(" What to do ", theme.title()));
    let inner = block.inner(area);
    block.render(area, cells);
    let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let prompt = Span::styled(": ", theme.accent());
    let cursor = input(cells, Rect { height: 1, ..text }, prompt, &palette.input, &[]);
    let high = usize::from(text.height.saturating_sub(1));
    let top = (palette.selected + 1).saturating_sub(high);
    if rows.is_empty() {
        let place = Rect { y: text.y + 1, height: text.height.min(1), ..text };
        line(cells, place, Line::styled("nothing like that; Esc closes this", theme.quiet()));
    }
    for (y, (at, Entry { deed, spans })) in
        (text.y + 1..text.bottom()).zip(rows.iter().enumerate().skip(top).take(high))
    {
        let chosen = at == palette.selected;
        let base = match deed.elsewhere {
            _ if chosen => theme.title(),
            Some(_) => theme.quiet(),
            None => ratatui::style::Style::new(),
        };
        let keys = if deed.elsewhere.is_some() { theme.quiet() } else { theme.key() };
        let place = deed.elsewhere.map(|place| format!(" {place}")).unwrap_or_default();
        let row = line_right(cells, Rect { y, height: 1, ..text }, Line::styled(place, theme.quiet()));
        let room = usize::from(row.width).saturating_sub(KEYS);
        let help = clip(&deed.help, room).into_owned();
        let styles: Vec<_> = spans.iter().map(|&span| (span, theme.matched())).collect();
        let mut spans = vec![Span::styled(pad(&deed.keys, KEYS), keys)];
        spans.extend(
            cut(&help, &styles)
                .into_iter()
                .map(|piece| Span::styled(piece.text.to_owned(), base.patch(piece.style))),
        );
        line(cells, row, Line::from(spans));
        if chosen {
            let bar = Rect { x: text.x.saturating_sub(1), y, width: 1, height: 1 };
            line(cells, bar, Line::styled("▌", theme.accent()));
        }
    }
    cursor
}
