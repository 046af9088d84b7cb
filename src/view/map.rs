//! The countries of the list on a map of the world.

use super::{Theme, line};
use crate::app::{Model, Table, grouped, plural};
use crate::article::Telling;
use crate::library::Named;
use crate::text::{clip, width};
use crate::words::{Country, centre};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Map, MapResolution};

/// What of the world is shown, in degrees: nobody lives further south, few further north.
const WEST_EAST: [f64; 2] = [-180.0, 180.0];
const SOUTH_NORTH: [f64; 2] = [-58.0, 80.0];

/// Columns for a line of a map that keeps the shapes of countries about the equator: a cell is twice as high as wide.
const ACROSS: u16 = 5;

/// Lines below the map: a gap, the selected country, what the signs mean.
const BELOW: u16 = 4;

/// Draws the map, the countries on it, and the selected one in words.
pub(super) fn draw(model: &Model, theme: Theme, cells: &mut Buffer, area: Rect) {
    let Some(table) = model.views.table().filter(|table| !table.is_empty()) else { return };
    let Rect { width, height, .. } = area;
    if width < 20 || height < 8 {
        return;
    }
    let high = (width / ACROSS + 1).min(height.saturating_sub(BELOW));
    let world = Rect { x: area.x + 1, width: width - 1, height: high, ..area };
    land(theme, cells, world);
    countries(theme, cells, world, table);
    below(theme, cells, Rect { y: world.bottom() + 1, height: 1, ..world }, table);
}

/// The coasts.
fn land(theme: Theme, cells: &mut Buffer, world: Rect) {
    let resolution = if world.width >= 80 { MapResolution::High } else { MapResolution::Low };
    Canvas::default()
        .marker(Marker::Braille)
        .x_bounds(WEST_EAST)
        .y_bounds(SOUTH_NORTH)
        .paint(|context| context.draw(&Map { resolution, color: ratatui::style::Color::Reset }))
        .render(world, cells);
    cells.set_style(world, theme.quiet());
}

/// Where a country stands on the map.
fn place(world: Rect, country: Country) -> Option<(u16, u16)> {
    let (latitude, longitude) = centre(country)?;
    let ([west, east], [south, north]) = (WEST_EAST, SOUTH_NORTH);
    let across = (longitude - west) / (east - west) * f64::from(world.width.saturating_sub(1));
    let down = (north - latitude) / (north - south) * f64::from(world.height.saturating_sub(1));
    let cell = |at: f64, most: u16| {
        // Held to the map first, so that nothing is cut off.
        let whole = at.round().clamp(0.0, f64::from(most.saturating_sub(1)));
        (0..most).find(|&step| f64::from(step) >= whole)
    };
    Some((world.x + cell(across, world.width)?, world.y + cell(down, world.height)?))
}

/// Each country as a sign of its size with its letters, those named most first, where there is room for them.
fn countries(theme: Theme, cells: &mut Buffer, world: Rect, table: &Table) {
    let all: Vec<Named> = (0..table.len()).filter_map(|row| table.named(row)).collect();
    let most = all.iter().map(|named| named.articles).max().unwrap_or(1).max(1);
    let mut order: Vec<(usize, &Named)> = all.iter().enumerate().collect();
    order.sort_by_key(|&(row, named)| (row != table.cursor.selected, std::cmp::Reverse(named.articles)));
    let mut taken: Vec<Rect> = Vec::new();
    for (row, named) in order {
        let Some(country) = named.country else { continue };
        let Some((x, y)) = place(world, country) else { continue };
        let selected = row == table.cursor.selected;
        let (sign, style) = size(theme, named.articles, most);
        let name =
            if selected { format!("{sign}{country} {}", named.name) } else { format!("{sign}{country}") };
        let name = clip(&name, usize::from(world.width)).into_owned();
        let wide = u16::try_from(width(&name)).unwrap_or(u16::MAX);
        // At the eastern edge the letters stand west of their place.
        let x = x.min(world.right().saturating_sub(wide));
        let label = Rect { x, y, width: wide, height: 1 };
        let free = |label: &Rect| taken.iter().all(|other| !other.intersects(*label));
        let label = if free(&label) { label } else { Rect { width: 1, ..label } };
        if !free(&label) {
            continue;
        }
        let style = if selected { style.add_modifier(Modifier::REVERSED | Modifier::BOLD) } else { style };
        for cell in 0..label.width {
            if let Some(cell) = cells.cell_mut((label.x + cell, label.y)) {
                cell.reset();
            }
        }
        let shown = if label.width == wide { name } else { sign.to_owned() };
        line(cells, label, Line::styled(shown, style));
        taken.push(label);
    }
}

/// The sign and the colour of a count; each tells alone.
fn size(theme: Theme, articles: u64, most: u64) -> (&'static str, Style) {
    if articles * 2 > most {
        ("●", theme.most())
    } else if articles * 5 > most {
        ("•", theme.more())
    } else {
        ("·", theme.some())
    }
}

/// The selected country in words, and what the signs mean.
fn below(theme: Theme, cells: &mut Buffer, area: Rect, table: &Table) {
    let Some(named) = table.named(table.cursor.selected) else { return };
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let articles = format!(" · {}", plural(number(named.articles), "article"));
    let room = usize::from(area.width).saturating_sub(width(&named.name) + width(&articles) + 3);
    let days = named.first.zip(named.last).and_then(|(first, last)| {
        let mut ways =
            Telling::ways(first, last).into_iter().map(|(telling, _)| telling.written(first, last));
        ways.find(|days| width(days) <= room).map(|days| format!(" · {days}"))
    });
    let about = format!("{articles}{}", days.unwrap_or_default());
    let room = usize::from(area.width).saturating_sub(width(&named.name) + 1);
    let about = Line::from(vec![
        Span::styled(named.name.clone(), theme.name(named.kind)),
        Span::raw(clip(&about, room).into_owned()),
    ]);
    line(cells, area, about);
    let most =
        (0..table.len()).filter_map(|row| table.named(row)).map(|named| named.articles).max().unwrap_or(1);
    // A sign that no count has is not explained.
    let (half, fifth) = (most / 2, most / 5);
    let signs = [(most, 1), (half, half - fifth), (fifth, fifth)].into_iter().filter(|&(_, many)| many > 0);
    let legend = signs.flat_map(|(upto, _)| {
        let (sign, style) = size(theme, upto, most);
        let upto = format!(" {}  ", grouped(number(upto)));
        [Span::styled(sign, style), Span::styled(upto, theme.quiet())]
    });
    let legend: Line<'_> = std::iter::once(Span::styled("up to ", theme.quiet())).chain(legend).collect();
    line(cells, Rect { y: area.y + 1, ..area }, legend);
}
