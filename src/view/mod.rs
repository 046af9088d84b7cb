//! &Model → cells. Pure; the only user of ratatui's widgets and styles.

mod bars;
mod choices;
mod list;
mod map;
mod menu;
mod overlay;
mod palette;
mod pieces;
mod print;
mod reader;
mod searches;
mod strips;
mod theme;

pub use print::print;
pub use theme::Theme;

use crate::app::layout::MARGIN;
use crate::app::{Model, Subject, View};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

/// Below this many columns or rows nothing sensible fits.
const SMALLEST: (u16, u16) = (12, 3);

/// Draws the whole screen.
pub fn draw(model: &Model, theme: Theme, frame: &mut Frame<'_>) {
    let screen = frame.area().intersection(model.layout().screen);
    if let Some(cursor) = draw_cells(model, theme, frame.buffer_mut(), screen) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the whole screen into `cells`; returns where the cursor stands in the line that has the keys.
fn draw_cells(model: &Model, theme: Theme, cells: &mut Buffer, screen: Rect) -> Option<Position> {
    let layout = model.layout();
    if screen.width < SMALLEST.0 || screen.height < SMALLEST.1 {
        line(cells, screen, Line::raw("petik: make the terminal larger"));
        return None;
    }
    bars::header(model, theme, cells, layout.header);
    let in_filter = bars::filter(model, theme, cells, layout.filter);
    match model.views.now {
        View::Articles => list::draw(model, theme, cells, layout.list),
        _ => strips::table(model, theme, cells, layout.list),
    }
    for upright in [layout.divider, layout.border] {
        for y in upright.top()..upright.bottom() {
            line(cells, Rect { y, height: 1, ..upright }, Line::styled("│", theme.quiet()));
        }
    }
    match model.subject() {
        Some(Subject::Article(_)) | None => {
            reader::draw(&model.reader, model.screen.markers, theme, cells, layout.reader);
        }
        Some(Subject::Map) => map::draw(model, theme, cells, layout.reader),
        Some(_) => strips::card(model, theme, cells, layout.reader),
    }
    strips::facets(model, theme, cells, layout.facets);
    let in_status = bars::status(model, theme, cells, layout.status);
    if model.overlay.is_some() {
        overlay::draw(model, theme, cells, screen);
        return None;
    }
    choices::draw(model, theme, cells, layout.body());
    menu::draw(model, theme, cells, &layout);
    searches::draw(model, theme, cells, screen);
    let in_palette = palette::draw(model, theme, cells, screen);
    in_palette.or(in_filter).or(in_status)
}

/// Draws one line at the top of `area`, clipped to it.
fn line(cells: &mut Buffer, area: Rect, text: Line<'_>) {
    let area = area.intersection(cells.area);
    if area.area() > 0 {
        cells.set_style(Rect { height: 1, ..area }, text.style);
        let mut x = area.x;
        for span in text.spans {
            let room = usize::from(area.right().saturating_sub(x));
            // Counted as it is drawn, by letters, so that what stands behind covers none of them.
            (x, _) = cells.set_stringn(x, area.y, &span.content, room, text.style.patch(span.style));
        }
    }
}

/// Draws one line at the right end of `area`; returns what is left of it.
fn line_right(cells: &mut Buffer, area: Rect, text: Line<'_>) -> Rect {
    let width: usize = text.spans.iter().map(|span| crate::text::width(&span.content)).sum();
    let width = u16::try_from(width).unwrap_or(u16::MAX).min(area.width);
    line(cells, Rect { x: area.right() - width, width, ..area }, text);
    Rect { width: area.width - width, ..area }
}

/// Draws an input line behind `prompt`, scrolled so that its cursor is in view; returns where that stands. Where there is
/// more than is seen, a sign says so at that end.
fn input(
    cells: &mut Buffer,
    area: Rect,
    prompt: Span<'_>,
    input: &tui_input::Input,
    styles: &[(crate::text::Span, Style)],
) -> Option<Position> {
    let lead = u16::try_from(prompt.width()).unwrap_or(u16::MAX).min(area.width);
    line(cells, area, Line::from(prompt));
    let field = Rect { x: area.x + lead, width: area.width - lead, ..area };
    let scroll = input.visual_scroll(usize::from(field.width.saturating_sub(1)).max(1));
    let mut shown = Vec::new();
    let mut column = 0;
    for piece in pieces::cut(input.value(), styles) {
        for letter in pieces::letters(piece.text) {
            if column >= scroll {
                shown.push(Span::styled(letter.to_owned(), piece.style));
            }
            column += crate::text::width(letter);
        }
    }
    line(cells, field, Line::from(shown));
    let at = u16::try_from(input.visual_cursor().saturating_sub(scroll)).unwrap_or(u16::MAX);
    let mut more = |x: u16| {
        blank(cells, Rect { x, width: 1, height: 1, ..field });
        line(cells, Rect { x, width: 1, ..field }, Line::raw("…"));
    };
    // Never where the cursor is: there one sees what one changes.
    if scroll > 0 && at > 0 && field.width > 2 {
        more(field.x);
    }
    if column > scroll + usize::from(field.width) && at + 1 < field.width {
        more(field.right() - 1);
    }
    (field.width > 0).then(|| Position::new(field.x + at.min(field.width - 1), field.y))
}

/// Empties `area` before something is laid over it.
fn blank(cells: &mut Buffer, area: Rect) {
    let area = area.intersection(cells.area);
    Clear.render(area, cells);
    // A wide letter that reaches into the area would hide its first column.
    if let Some(left) = area.x.checked_sub(1) {
        for y in area.top()..area.bottom() {
            if let Some(cell) = cells.cell_mut((left, y)).filter(|cell| crate::text::width(cell.symbol()) > 1)
            {
                cell.set_char(' ');
            }
        }
    }
}

/// The columns of a reading pane that hold the text.
fn text_columns(area: Rect, measure: crate::app::layout::Measure) -> Rect {
    let x = area.x + measure.left + MARGIN;
    Rect { x, width: measure.text.min(area.right().saturating_sub(x)), ..area }
}
