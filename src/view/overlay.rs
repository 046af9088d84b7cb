//! Pages laid over the screen.

use super::{Theme, blank, line};
use crate::app::layout::{overlay, overlay_columns};
use crate::app::{KEYS, Model, OverlayLine, Sample};
use crate::article::QuoteKind;
use crate::text::pad;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

/// Draws the page over everything but the status line.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, screen: Rect) {
    let Some(shown) = model.overlay else { return };
    let lines = shown.page.lines(&model.shelf.problems, overlay_columns(screen.width));
    let area = overlay(screen.width, screen.height, lines.len());
    blank(cells, area);
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.quiet())
        .title(Span::styled(format!(" {} ", shown.page.title()), theme.title()));
    let inner = block.inner(area);
    block.render(area, cells);
    let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    for (y, row) in (text.top()..text.bottom()).zip(lines.iter().skip(shown.top)) {
        line(cells, Rect { y, height: 1, ..text }, row_line(theme, row));
    }
}

fn row_line(theme: Theme, row: &OverlayLine) -> Line<'_> {
    match row {
        OverlayLine::Heading(text) => Line::styled(text.as_str(), theme.accent()),
        OverlayLine::Text(text) => Line::raw(text.as_str()),
        OverlayLine::Keys(keys, help) => {
            Line::from(vec![Span::styled(pad(keys, KEYS), theme.key()), Span::raw(help.as_str())])
        }
        OverlayLine::Sample(sample, meaning) => {
            let (direct, fragment) = (theme.bar(QuoteKind::Direct), theme.bar(QuoteKind::Fragment));
            let shown = match sample {
                Sample::Name(kind) => Span::styled("Nama Name", theme.name(*kind)),
                Sample::Direct => Span::styled(direct.0, direct.1),
                Sample::Fragment => Span::styled(fragment.0, fragment.1),
                Sample::Unsure => Span::styled("— Nama?", theme.speaker()),
                Sample::Focus => Span::styled("Nama Name", theme.focus()),
                Sample::Found => Span::styled("kata", theme.found()),
                Sample::Sign(sign) => Span::styled(*sign, theme.sign()),
                Sample::Link => Span::styled("https://", theme.link()),
            };
            let gap = " ".repeat(KEYS.saturating_sub(shown.width()));
            Line::from(vec![shown, Span::raw(gap), Span::raw(meaning.as_str())])
        }
    }
}
