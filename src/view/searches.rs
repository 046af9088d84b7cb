//! The list of saved searches, laid over the screen.

use super::{Theme, blank, line, line_right};
use crate::app::layout::{overlay, overlay_columns};
use crate::app::{Model, grouped};
use crate::text::{clip, pad, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

/// A name takes at most this part of a row.
const NAME: usize = 3;

/// What is said where nothing is saved, and how that is changed.
const NOTHING: [&str; 2] =
    ["nothing is saved yet", "Ctrl-s in the filter line saves what it asks under a name"];

/// Draws the list over everything but the status line.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, screen: Rect) {
    let Some(page) = &model.queries.page else { return };
    let rows = model.searches();
    let columns = overlay_columns(screen.width);
    let nothing: Vec<&str> =
        NOTHING.iter().flat_map(|said| wrap(said, columns).into_iter().map(|span| span.of(said))).collect();
    let area = overlay(screen.width, screen.height, rows.len().max(nothing.len()));
    blank(cells, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.quiet())
        .title(Span::styled(" Saved searches ", theme.title()));
    let inner = block.inner(area);
    block.render(area, cells);
    let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    if rows.is_empty() {
        for (y, said) in (text.top()..text.bottom()).zip(nothing) {
            line(cells, Rect { y, height: 1, ..text }, Line::styled(said, theme.quiet()));
        }
    }
    let room = usize::from(text.width);
    let names = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0).min(room / NAME);
    let high = usize::from(text.height);
    let top = (page.selected + 1).saturating_sub(high);
    for (y, (at, row)) in (text.top()..text.bottom()).zip(rows.iter().enumerate().skip(top)) {
        let place = Rect { y, height: 1, ..text };
        let chosen = at == page.selected;
        let base = if chosen { theme.title() } else { Style::new() };
        let count = match (row.count, &row.wrong) {
            (_, Some(_)) => " !".to_owned(),
            (Some(count), None) => format!(" {}", grouped(count)),
            (None, None) => " …".to_owned(),
        };
        let rest = line_right(cells, place, Line::styled(count, base));
        let name = pad(&clip(&row.name, names), names);
        let (about, style) = match &row.wrong {
            Some(wrong) => (wrong, theme.warning()),
            None => (&row.query, theme.quiet()),
        };
        let left = usize::from(rest.width).saturating_sub(names + 2);
        let spans = vec![
            Span::styled(name, base.patch(theme.accent())),
            Span::raw("  "),
            Span::styled(clip(about, left).into_owned(), base.patch(style)),
        ];
        line(cells, rest, Line::from(spans));
        if chosen {
            let bar = Rect { x: text.x.saturating_sub(1), y, width: 1, height: 1 };
            line(cells, bar, Line::styled("▌", theme.accent()));
        }
    }
}
