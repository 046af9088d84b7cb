//! Pages laid over the screen.

use super::{Theme, blank, line};
use crate::app::{Model, OverlayLine, Sample};
use crate::article::QuoteKind;
use crate::text::{clip, pad, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

/// Columns of the keys on the help page.
const KEYS: usize = 14;

/// A page is at most this wide.
const WIDEST: u16 = 78;

/// Draws the page over everything but the status line.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, screen: Rect) {
    let Some(overlay) = model.overlay else { return };
    // A page that would leave slivers of the screen at its sides covers them.
    let width = if screen.width < WIDEST + 10 { screen.width } else { WIDEST };
    let height = screen.height.saturating_sub(1);
    let area = Rect { x: (screen.width - width) / 2, y: 0, width, height };
    blank(cells, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.quiet())
        .title(Span::styled(format!(" {} ", overlay.page.title()), theme.title()));
    let inner = block.inner(area);
    block.render(area, cells);
    let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let lines = overlay.page.lines(&model.shelf.problems);
    let mut y = text.y;
    for row in lines.iter().skip(overlay.top) {
        for shown in row_lines(theme, row, usize::from(text.width)) {
            if y >= text.bottom() {
                return;
            }
            line(cells, Rect { y, height: 1, ..text }, shown);
            y += 1;
        }
    }
}

fn row_lines(theme: Theme, row: &OverlayLine, columns: usize) -> Vec<Line<'static>> {
    match row {
        OverlayLine::Heading(text) => vec![Line::styled(clip(text, columns).into_owned(), theme.accent())],
        OverlayLine::Text(text) => {
            wrap(text, columns).into_iter().map(|span| Line::raw(span.of(text).to_owned())).collect()
        }
        OverlayLine::Keys(keys, help) => {
            let keys = Span::styled(pad(keys, KEYS), theme.key());
            let indent = width(&keys.content) + 1;
            let mut rows = wrap(help, columns.saturating_sub(indent)).into_iter();
            let first = rows.next().map(|span| span.of(help).to_owned()).unwrap_or_default();
            let mut lines = vec![Line::from(vec![keys, Span::raw(" "), Span::raw(first)])];
            lines.extend(rows.map(|span| Line::raw(format!("{}{}", " ".repeat(indent), span.of(help)))));
            lines
        }
        OverlayLine::Sample(sample, meaning) => {
            let shown = match sample {
                Sample::Name(kind) => Span::styled("Nama Name", theme.name(*kind)),
                Sample::Direct => {
                    Span::styled(theme.bar(QuoteKind::Direct).0, theme.bar(QuoteKind::Direct).1)
                }
                Sample::Fragment => {
                    Span::styled(theme.bar(QuoteKind::Fragment).0, theme.bar(QuoteKind::Fragment).1)
                }
                Sample::Unsure => Span::styled("— Nama?", theme.speaker()),
                Sample::Focus => Span::styled("Nama Name", theme.focus()),
                Sample::Found => Span::styled("kata", theme.found()),
            };
            let gap = " ".repeat(KEYS.saturating_sub(shown.width()) + 1);
            vec![Line::from(vec![shown, Span::raw(gap), Span::raw(*meaning)])]
        }
    }
}
