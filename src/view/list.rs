//! The list of articles: two lines a row.

use super::pieces::cut;
use super::{Theme, line, line_right};
use crate::app::{Context, Model, ROW};
use crate::article::{Annotations, Kind};
use crate::library::Ordinal;
use crate::search::Marks;
use crate::text::clip;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// At most this many country codes stand on a row.
const CODES: usize = 8;

/// Draws the rows in view, or why there are none.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    if area.area() == 0 {
        return;
    }
    if model.list.rows().is_empty() {
        return empty(model, theme, cells, area);
    }
    for (place, ordinal) in model.list.visible(area.height) {
        let above = place.saturating_sub(model.list.top());
        let y = area.y + u16::try_from(above).unwrap_or(u16::MAX).saturating_mul(ROW);
        if y >= area.bottom() {
            break;
        }
        let row = Rect { y, height: ROW.min(area.bottom() - y), ..area };
        draw_row(model, theme, cells, row, ordinal, place == model.list.selected());
    }
}

fn empty(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let text = if model.shelf.reading.is_some() {
        ["reading …", ""]
    } else if !model.filter.is_empty() && !model.shelf.snapshot.is_empty() {
        if model.filter.is_asking() {
            ["searching …", ""]
        } else if model.shelf.annotating().is_some() {
            ["nothing so far: names are still being marked", "Esc clears the filter"]
        } else {
            ["nothing matches", "Esc clears the filter"]
        }
    } else {
        ["no articles here", "petik FILE… or petik FOLDER opens yours"]
    };
    for (y, text) in (area.y + 1..area.bottom()).zip(text) {
        let place = Rect { x: area.x + 2, width: area.width.saturating_sub(2), y, height: 1 };
        line(cells, place, Line::styled(text, theme.quiet()));
    }
}

fn draw_row(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect, ordinal: Ordinal, selected: bool) {
    let Some(article) = model.shelf.snapshot.article(ordinal) else { return };
    let found = model.shelf.annotations(ordinal).map(AsRef::as_ref);
    let marks = if model.filter.is_empty() {
        Marks::default()
    } else {
        model.shelf.snapshot.marks(ordinal, model.filter.query())
    };
    let first = Rect { height: 1, ..area };
    if selected {
        let style = if model.context == Context::Reader { theme.quiet() } else { theme.accent() };
        for y in area.top()..area.bottom() {
            line(cells, Rect { y, width: 1, height: 1, ..area }, Line::styled("▌", style));
        }
    }
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..first };
    let quotes = found.map_or(0, |found| found.quotes.len());
    let count = if quotes > 0 { format!(" {quotes} “") } else { String::new() };
    let rest = line_right(cells, inner, Line::styled(count, theme.speaker()));
    let title = clip(&article.title, usize::from(rest.width));
    let base = if selected { theme.title() } else { Style::new() };
    let styles: Vec<_> = marks.title.iter().map(|&span| (span, theme.matched())).collect();
    let pieces = cut(&title, &styles);
    let spans = pieces.into_iter().map(|piece| Span::styled(piece.text.to_owned(), base.patch(piece.style)));
    line(cells, rest, spans.collect());
    if area.height > 1 {
        let second = Rect { y: area.y + 1, x: area.x + 2, width: area.width.saturating_sub(3), height: 1 };
        details(theme, cells, second, article, found, &marks);
    }
}

/// Date, outlet, and either what the filter found the article by or the countries it names.
fn details(
    theme: Theme,
    cells: &mut Buffer,
    area: Rect,
    article: &crate::article::Article,
    found: Option<&Annotations>,
    marks: &Marks,
) {
    let mut spans: Vec<Span<'_>> = Vec::new();
    let put = |spans: &mut Vec<Span<'_>>, text: &str, style: Style| {
        spans.push(Span::styled(text.to_owned(), style));
    };
    if let Some(published) = article.published {
        put(&mut spans, &published.date().strftime("%-d %b %Y").to_string(), theme.quiet());
    }
    if let Some(outlet) = &article.outlet {
        if !spans.is_empty() {
            put(&mut spans, " · ", theme.quiet());
        }
        let outlet = clip(outlet, 18);
        let styles: Vec<_> = marks.outlet.iter().map(|&span| (span, theme.matched())).collect();
        for piece in cut(&outlet, &styles) {
            put(&mut spans, piece.text, theme.quiet().patch(piece.style));
        }
    }
    if let Some(hit) = &marks.name {
        put(&mut spans, " · ", theme.quiet());
        if let Some(code) = hit.country.filter(|_| hit.kind == Kind::Country) {
            put(&mut spans, &format!("{code} · "), theme.quiet());
        }
        let styles: Vec<_> = hit.spans.iter().map(|&span| (span, theme.matched())).collect();
        for piece in cut(&hit.name, &styles) {
            put(&mut spans, piece.text, theme.name(hit.kind).patch(piece.style));
        }
    } else if let Some(found) = found {
        let used: usize = spans.iter().map(Span::width).sum();
        let room = usize::from(area.width).saturating_sub(used + 3);
        let codes = codes(found, (room + 1) / 3);
        if !codes.is_empty() {
            put(&mut spans, " · ", theme.quiet());
            put(&mut spans, &codes, theme.quiet());
        }
    }
    line(cells, area, spans.into_iter().collect());
}

/// Codes of the countries an article names, those named most often first: "NO ID JP +2".
fn codes(found: &Annotations, room: usize) -> String {
    let mut named: Vec<(usize, String)> = found
        .entities
        .iter()
        .filter(|entity| entity.kind == Kind::Country)
        .filter_map(|entity| {
            let count = entity.mentions.len() + entity.title_mentions.len();
            Some((count, entity.country?.to_string()))
        })
        .collect();
    named.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    named.iter().take(CODES.min(room)).map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(" ")
}
