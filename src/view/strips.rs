//! Lists and cards: lines that are ready to be drawn.

use super::{Theme, line, line_right};
use crate::app::Model;
use crate::app::strip::{Look, Part, Strip};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Draws the list of a view, its head above it.
pub(super) fn table(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let Some(table) = model.views.table().filter(|_| area.area() > 0) else { return };
    let head = Rect { height: 1, ..area };
    strip(theme, cells, head, &model.head(), None);
    let marked = model.marked();
    let selected = (!table.is_empty()).then_some(table.cursor.selected);
    let mut above = None;
    for (y, row) in (area.top() + 1..area.bottom()).zip(&table.window) {
        let first = row.entry != above;
        above = row.entry;
        let own = selected.is_some() && row.entry == selected;
        let place = Rect { y, height: 1, ..area };
        strip(theme, cells, place, row, own.then_some(model.is_listing()));
        let is_marked = |entry: usize| marked.as_ref().is_some_and(|marked| marked.contains(&entry));
        if first && row.entry.is_some_and(is_marked) {
            line(cells, Rect { width: 1, ..place }, theme.marked());
        }
    }
}

/// Draws the card of the right pane.
pub(super) fn card(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let Some(card) = model.desk.card.as_ref().filter(|_| area.area() > 0) else { return };
    let inside =
        model.is_reading() && !model.views.facets.keys && model.subject().as_ref() == Some(&card.subject);
    for (y, row) in (area.top()..area.bottom()).zip(card.window(usize::from(area.height))) {
        let own = inside && row.entry == Some(card.entry);
        let columns = u16::try_from(card.columns()).unwrap_or(u16::MAX).saturating_add(3);
        let place = Rect { y, height: 1, width: area.width.min(columns), ..area };
        strip(theme, cells, place, row, own.then_some(true));
    }
}

/// Draws the facets, their head above them.
pub(super) fn facets(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    if area.area() == 0 {
        return;
    }
    let facets = &model.views.facets;
    strip(theme, cells, Rect { height: 1, ..area }, &facets.head(), None);
    let selected = (!facets.rows().is_empty() && facets.keys).then_some(facets.cursor.selected);
    for (y, row) in (area.top() + 1..area.bottom()).zip(&facets.window) {
        let own = selected.is_some() && row.entry == selected;
        strip(theme, cells, Rect { y, height: 1, ..area }, row, own.then_some(true));
    }
}

/// Draws a line; `chosen` when one stands on it, and then whether the keys go there.
fn strip(theme: Theme, cells: &mut Buffer, area: Rect, row: &Strip, chosen: Option<bool>) {
    if let Some(keys) = chosen {
        let (bar, style) = if keys { ("▌", theme.accent()) } else { ("▏", theme.quiet()) };
        line(cells, Rect { width: 1, ..area }, Line::styled(bar, style));
    }
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let base = if chosen.is_some() { theme.title() } else { Style::new() };
    let span = |part: &Part| Span::styled(part.text.clone(), base.patch(look(theme, part.look)));
    let mut rest = inner;
    if !row.right.is_empty() {
        rest = line_right(cells, inner, row.right.iter().map(span).collect());
        rest.width = rest.width.saturating_sub(1);
    }
    if let Some(kind) = row.bar {
        let (glyph, style) = theme.bar(kind);
        line(cells, Rect { width: 1, ..rest }, Line::styled(glyph, style));
        rest = Rect { x: rest.x + 2, width: rest.width.saturating_sub(2), ..rest };
    }
    let mut room = usize::from(rest.width);
    let mut spans = Vec::new();
    let mut behind: usize = row.left.iter().map(|part| crate::text::width(&part.text)).sum();
    for part in &row.left {
        let wide = crate::text::width(&part.text);
        behind = behind.saturating_sub(wide);
        // What just fits is cut as well where that leaves no column to say that more would follow.
        let text = if wide == room && behind > 0 { format!("{} …", part.text) } else { part.text.clone() };
        let shown = crate::text::clip(&text, room).into_owned();
        room = room.saturating_sub(crate::text::width(&shown));
        let cut = shown.len() != part.text.len();
        spans.push(Span::styled(shown, base.patch(look(theme, part.look))));
        if cut {
            break;
        }
    }
    line(cells, rest, Line::from(spans));
}

fn look(theme: Theme, look: Look) -> Style {
    match look {
        Look::Plain => Style::new(),
        Look::Title => theme.title(),
        Look::Heading | Look::Bar => theme.accent(),
        Look::Quiet | Look::Under => theme.quiet(),
        Look::Name(kind) => theme.name(kind),
        Look::Speaker => theme.speaker(),
        Look::Matched | Look::Differs => theme.matched(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_is_not_dropped_in_silence() {
        let row = Strip::of("Solheim", Look::Speaker).and(" · Kabar", Look::Quiet);
        let drawn = |columns: u16| {
            let area = Rect::new(0, 0, columns, 1);
            let mut cells = Buffer::empty(area);
            strip(Theme { colour: true }, &mut cells, area, &row, None);
            area.positions().map(|at| cells[at].symbol().to_owned()).collect::<String>()
        };
        // A column before and one behind are the selection's.
        assert_eq!(drawn(17), " Solheim · Kabar ");
        assert_eq!(drawn(16), " Solheim · Kab… ");
        assert_eq!(drawn(9), " Solhei… ");
    }
}
