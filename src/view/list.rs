//! The list of articles: two lines a row.

use super::pieces::{Piece, cut};
use super::{Theme, line, line_right};
use crate::app::{DATED, Model, NO_ARTICLES, NOTE, ROW, STAR, Told, UNREAD};
use crate::article::Kind;
use crate::library::{Ledger, Line as ListLine, Ordinal};
use crate::search::{Marks, NameHit, Snippet};
use crate::text::{clip, width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// What stands between the parts of a row's second line.
const APART: &str = " · ";
const APART_WIDTH: usize = 3;

/// An outlet takes at most this many columns.
const OUTLET: usize = 20;

/// An outlet keeps this many columns beside country codes.
const LITTLE: usize = 8;

/// Columns before the text of a row: the bar, a sign, a space.
const TEXT: u16 = 3;

/// Tags are shown by letters from so many columns on.
const LEAST: usize = 5;

/// Columns by which a copy stands in below the row of its story.
const IN: u16 = 2;

/// Columns of a country code and the space before it.
const CODE: usize = 3;

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
    let marked = model.marked();
    for (place, ordinal) in model.list.visible(area.height) {
        let above = place.saturating_sub(model.list.top());
        let y = area.y + u16::try_from(above).unwrap_or(u16::MAX).saturating_mul(ROW);
        if y >= area.bottom() {
            break;
        }
        let row = Rect { y, height: ROW.min(area.bottom() - y), ..area };
        draw_row(model, theme, cells, row, ordinal, place == model.list.selected());
        if marked.as_ref().is_some_and(|marked| marked.contains(&place)) {
            line(cells, Rect { width: 1, height: 1, ..row }, theme.marked());
        }
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
            ["nothing matches", "/ changes the filter, Esc clears it"]
        }
    } else {
        [NO_ARTICLES.0, NO_ARTICLES.1]
    };
    let place = Rect { x: area.x + 2, width: area.width.saturating_sub(3), height: 1, ..area };
    let columns = usize::from(place.width);
    let lines = text.iter().flat_map(|text| wrap(text, columns).into_iter().map(|span| span.of(text)));
    for (y, text) in (area.y + 1..area.bottom()).zip(lines) {
        line(cells, Rect { y, ..place }, Line::styled(text, theme.quiet()));
    }
}

fn draw_row(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect, ordinal: Ordinal, selected: bool) {
    let Some(article) = model.shelf.line(ordinal) else { return };
    let marks = if model.filter.is_empty() {
        Marks::default()
    } else {
        model.shelf.snapshot.marks(ordinal, model.filter.query())
    };
    let first = Rect { height: 1, ..area };
    if selected {
        // A thinner bar while the keys go elsewhere.
        let (bar, style) = if !model.is_listing() { ("▏", theme.quiet()) } else { ("▌", theme.accent()) };
        for y in area.top()..area.bottom() {
            line(cells, Rect { y, width: 1, height: 1, ..area }, Line::styled(bar, style));
        }
    }
    let ledger = model.shelf.snapshot.ledger();
    for (y, sign) in (area.top()..area.bottom())
        .zip([(!ledger.is_read(ordinal)).then_some(UNREAD), ledger.is_starred(ordinal).then_some(STAR)])
    {
        if let Some(sign) = sign {
            let place = Rect { x: area.x + 1, y, width: 1.min(area.width.saturating_sub(1)), height: 1 };
            line(cells, place, Line::styled(sign, theme.sign()));
        }
    }
    let told = model.list.told(ordinal);
    let mut inner = Rect { x: area.x + TEXT, width: area.width.saturating_sub(TEXT + 1), ..first };
    if told == Told::Below {
        // Below the row of its story, a little in.
        line(cells, inner, Line::styled("└ ", theme.quiet()));
        inner = Rect { x: inner.x + IN, width: inner.width.saturating_sub(IN), ..inner };
    }
    let quotes = article.quotes;
    let count = if quotes > 0 { format!(" {quotes} “") } else { String::new() };
    let rest = line_right(cells, inner, Line::styled(count, theme.speaker()));
    let title = clip(&article.title, usize::from(rest.width));
    let base = if selected { theme.title() } else { Style::new() };
    let styles: Vec<_> = marks.title.iter().map(|&span| (span, theme.matched())).collect();
    let pieces = cut(&title, &styles);
    let spans = pieces.into_iter().map(|piece| Span::styled(piece.text.to_owned(), base.patch(piece.style)));
    line(cells, rest, spans.collect());
    if area.height > 1 {
        let second = Rect { y: inner.y + 1, ..inner };
        let sign = told.sign().map(|sign| format!(" {sign}")).unwrap_or_default();
        let rest = line_right(cells, second, Line::styled(sign, theme.accent()));
        let own = own(ledger, ordinal, usize::from(second.width) / 3);
        let rest = line_right(cells, rest, Line::styled(own, theme.sign()));
        match model.list.snippet(ordinal) {
            Some(snippet) => hit_line(theme, cells, rest, &article, snippet),
            None => details(theme, cells, rest, &article, &marks),
        }
    }
}

/// The reader's tags and the sign of a note, in at most `room` columns: " #perang #laut ✎". Where there is not room for
/// a few letters, how many tags there are.
fn own(ledger: &Ledger, ordinal: Ordinal, room: usize) -> String {
    let note = ledger.note(ordinal).map_or(String::new(), |_| format!(" {NOTE}"));
    let tags: Vec<&str> = ledger.tags(ordinal).collect();
    if tags.is_empty() {
        return note;
    }
    let room = room.saturating_sub(width(&note) + 1);
    let all: String = tags.iter().map(|tag| format!(" #{tag}")).collect();
    let shown = clip(all.trim_start(), room);
    let shown =
        if room < LEAST && width(&all) > room { format!("#{}", tags.len()) } else { shown.into_owned() };
    format!(" {shown}{note}")
}

/// The line of the text that the filter found, behind the date where there is room for both.
fn hit_line(theme: Theme, cells: &mut Buffer, area: Rect, article: &ListLine, snippet: &Snippet) {
    let mut spans = Vec::new();
    if usize::from(area.width) >= DATED
        && let Some(date) = written(article)
    {
        spans.push(Span::styled(format!("{date}{APART}"), theme.quiet()));
    }
    let styles: Vec<_> = snippet.spans.iter().map(|&span| (span, theme.matched())).collect();
    let styled = |piece: Piece<'_>| Span::styled(piece.text.to_owned(), theme.quiet().patch(piece.style));
    spans.extend(cut(&snippet.text, &styles).into_iter().map(styled));
    line(cells, area, Line::from(spans));
}

/// When an article was published: "12 Jul 2025".
fn written(article: &ListLine) -> Option<String> {
    article.published.map(|published| published.date().strftime("%-d %b %Y").to_string())
}

/// Date, outlet, and either what the filter found the article by or the countries it names. Where there is little
/// room the outlet gives way.
fn details(theme: Theme, cells: &mut Buffer, area: Rect, article: &ListLine, marks: &Marks) {
    let room = usize::from(area.width);
    let date = written(article);
    let mut left: Vec<Span<'static>> =
        date.map(|date| Span::styled(date, theme.quiet())).into_iter().collect();
    let used = left.iter().map(Span::width).sum::<usize>() + APART_WIDTH;
    let last = match &marks.name {
        Some(hit) => matched_name(theme, hit, room.saturating_sub(used)),
        None => {
            let outlet =
                article.outlet.as_deref().map_or(0, |outlet| width(outlet).min(LITTLE) + APART_WIDTH);
            let room = room.saturating_sub(used + outlet) + 1;
            let codes = codes(&article.countries, room / CODE);
            if codes.is_empty() { Vec::new() } else { vec![Span::styled(codes, theme.quiet())] }
        }
    };
    let taken = last.iter().map(Span::width).sum::<usize>();
    if let Some(full) = &article.outlet {
        let room = room.saturating_sub(used + taken + if taken > 0 { APART_WIDTH } else { 0 });
        let outlet = clip(full, room.min(OUTLET));
        // Less than three letters of a longer name say nothing.
        if width(&outlet) >= 3 || outlet == full.as_str() {
            apart(&mut left, theme);
            let styles: Vec<_> = marks.outlet.iter().map(|&span| (span, theme.matched())).collect();
            let styled =
                |piece: Piece<'_>| Span::styled(piece.text.to_owned(), theme.quiet().patch(piece.style));
            left.extend(cut(&outlet, &styles).into_iter().map(styled));
        }
    }
    if taken > 0 {
        apart(&mut left, theme);
    }
    left.extend(last);
    line(cells, area, Line::from(left));
}

/// The name the filter found the article by, its letters marked, in at most `room` columns.
fn matched_name(theme: Theme, hit: &NameHit, room: usize) -> Vec<Span<'static>> {
    let name = clip(&hit.name, room);
    let code = hit.country.filter(|_| hit.kind == Kind::Country).map(|code| format!("{code}{APART}"));
    let code = code.filter(|code| code.len() + width(&name) <= room);
    let styles: Vec<_> = hit.spans.iter().map(|&span| (span, theme.matched())).collect();
    let base = theme.name(hit.kind);
    let styled = |piece: Piece<'_>| Span::styled(piece.text.to_owned(), base.patch(piece.style));
    let code = code.map(|code| Span::styled(code, theme.quiet()));
    code.into_iter().chain(cut(&name, &styles).into_iter().map(styled)).collect()
}

fn apart(spans: &mut Vec<Span<'static>>, theme: Theme) {
    if !spans.is_empty() {
        spans.push(Span::styled(APART, theme.quiet()));
    }
}

/// The first of the country codes, at most `room`.
fn codes(countries: &str, room: usize) -> String {
    countries.split(' ').take(CODES.min(room)).collect::<Vec<_>>().join(" ")
}
