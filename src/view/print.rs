//! An article as lines of text: the reading pane without a screen.

use super::reader::Sheet;
use super::{Theme, text_columns};
use crate::app::layout::measure;
use crate::app::{Document, Markers, Marks, Page};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes an article in `columns` columns, with its quotations' bars and speakers; with escape sequences for colours
/// and attributes when `styled`.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn print(
    document: &Document,
    theme: Theme,
    columns: u16,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let marks = document.annotations.as_deref().map(Marks::new).unwrap_or_default();
    let mut page = Page::new(document, &marks, measure(columns));
    let measure = page.measure();
    let sheet = Sheet { document, marks: &marks, measure, markers: Markers::All, theme, reader: None };
    let area = Rect::new(0, 0, columns, 1);
    for block in 0..page.blocks() {
        for row in page.lines(document, block) {
            let mut cells = Buffer::empty(area);
            sheet.draw(&mut cells, text_columns(area, measure), row);
            writeln!(out, "{}", written(&cells, styled))?;
        }
    }
    Ok(())
}

/// A row of cells as text.
fn written(cells: &Buffer, styled: bool) -> String {
    let mut text = String::new();
    let mut now = String::new();
    let mut skip = 0;
    for cell in &cells.content {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        skip = crate::text::width(cell.symbol()).saturating_sub(1);
        let style = if styled { escape(cell) } else { String::new() };
        if style != now {
            text.push_str("\u{1b}[0m");
            text.push_str(&style);
            now = style;
        }
        text.push_str(cell.symbol());
    }
    let mut text = text.trim_end().to_owned();
    if !now.is_empty() {
        text.push_str("\u{1b}[0m");
    }
    text
}

/// The escape sequence for a cell's style (ECMA-48, SGR); empty for none.
fn escape(cell: &Cell) -> String {
    let attributes = [
        (Modifier::BOLD, 1),
        (Modifier::DIM, 2),
        (Modifier::ITALIC, 3),
        (Modifier::UNDERLINED, 4),
        (Modifier::REVERSED, 7),
    ];
    let mut codes: Vec<u8> =
        attributes.into_iter().filter(|(on, _)| cell.modifier.contains(*on)).map(|(_, code)| code).collect();
    codes.extend(match cell.fg {
        Color::Red => Some(31),
        Color::Green => Some(32),
        Color::Yellow => Some(33),
        Color::Magenta => Some(35),
        Color::Cyan => Some(36),
        Color::LightBlue => Some(94),
        _ => None,
    });
    let mut text = String::new();
    for (at, code) in codes.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{code}", if at == 0 { "\u{1b}[" } else { ";" });
    }
    if !text.is_empty() {
        text.push('m');
    }
    text
}
