//! Size of the screen → rectangles, for update and view alike.

use ratatui::layout::Rect;

/// Where everything stands. A rectangle that has no room is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// Name of the collection, how many articles, progress.
    pub header: Rect,
    /// The filter line.
    pub filter: Rect,
    /// The list.
    pub list: Rect,
    /// The line between list and article.
    pub divider: Rect,
    /// The article.
    pub reader: Rect,
    /// Hints and notices.
    pub status: Rect,
}

impl Layout {
    /// Everything between the filter line and the status line.
    pub fn body(&self) -> Rect {
        let top = self.header.height + self.filter.height;
        let height = self.screen.height.saturating_sub(top + self.status.height);
        Rect { y: top, height, ..self.screen }
    }
}

/// From this many columns on, list and article stand side by side.
pub const TWO_PANES: u16 = 80;

/// A pane that stands beside another has at least so many columns.
const NARROWEST: u16 = 20;

/// Which pane a narrow screen shows, and whether a wide one shows it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// The article rather than the list.
    pub reader: bool,
    /// The article alone.
    pub zoom: bool,
    /// Columns of the list beside it, where they are chosen.
    pub list: Option<u16>,
}

/// Lays out a screen of `width` × `height` cells.
pub fn layout(width: u16, height: u16, want: Want) -> Layout {
    let screen = Rect::new(0, 0, width, height);
    let line = |y: u16| if y < height { Rect::new(0, y, width, 1) } else { Rect::ZERO };
    let header = line(0);
    let filter = if height >= 4 { line(1) } else { Rect::ZERO };
    let status = if height >= 3 { line(height - 1) } else { Rect::ZERO };
    let top = header.height + filter.height;
    let body = Rect::new(0, top, width, height.saturating_sub(top + status.height));
    let mut layout = Layout { screen, header, filter, status, ..Layout::default() };
    if width >= TWO_PANES && !(want.zoom && want.reader) {
        // A third and a bit for the list: titles are read there, articles beside it.
        let list =
            want.list.map_or((width * 2 / 5).clamp(34, 60), |list| list.clamp(NARROWEST, width - NARROWEST));
        layout.list = Rect { width: list, ..body };
        layout.divider = Rect { x: list, width: 1, ..body };
        layout.reader = Rect { x: list + 1, width: width - list - 1, ..body };
    } else if want.reader {
        layout.reader = body;
    } else {
        layout.list = body;
    }
    layout
}

/// A page laid over the screen is at most this wide.
const WIDEST_PAGE: u16 = 78;

/// Where a page of `lines` lines is laid over the screen, its frame included: over everything but the status line.
pub fn overlay(width: u16, height: u16, lines: usize) -> Rect {
    // A page that would leave slivers of the screen at its sides covers them.
    let wide = if width < WIDEST_PAGE + 10 { width } else { WIDEST_PAGE };
    let high = u16::try_from(lines.saturating_add(2)).unwrap_or(u16::MAX).min(height.saturating_sub(1));
    Rect { x: (width - wide) / 2, y: 0, width: wide, height: high }
}

/// Columns of text of a page laid over a screen of `width` columns.
pub fn overlay_columns(width: u16) -> usize {
    usize::from(overlay(width, u16::MAX, 0).width.saturating_sub(4))
}

/// How the columns of the reading pane are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measure {
    /// Columns before the margin bar.
    pub left: u16,
    /// Columns of text; at least one.
    pub text: u16,
    /// Columns for speakers at the right of the text; 0 when they stand below.
    pub aside: u16,
}

/// Columns of the margin bar and the space behind it.
pub const MARGIN: u16 = 2;

/// Columns kept free before the margin bar, where there are as many as this for it.
const EDGE: u16 = 1;

/// A line of text is at most this long: longer ones are hard to come back from (Bringhurst: 45–75 letters a line, up
/// to 90 where the eye has help).
const LONGEST: u16 = 84;

/// With less than this left for the text, speakers stand below instead of at the right.
const COMFORTABLE: u16 = 72;

/// Room for a speaker's name at the right, with the space before it.
const ASIDE: u16 = 24;

/// Divides a reading pane of `width` columns.
pub fn measure(width: u16) -> Measure {
    let edge = if width >= 30 { EDGE } else { 0 };
    let inner = width.saturating_sub(edge);
    if inner >= MARGIN + COMFORTABLE + ASIDE {
        let text = LONGEST.min(inner - MARGIN - ASIDE);
        Measure { left: edge + (inner - MARGIN - ASIDE - text) / 2, text, aside: ASIDE }
    } else {
        let text = inner.saturating_sub(MARGIN + 1).clamp(1, LONGEST);
        Measure { left: edge + inner.saturating_sub(MARGIN + 1 + text) / 2, text, aside: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_lies_on_the_screen() {
        for width in 0..240 {
            for height in 0..70 {
                for want in [
                    (false, false, None),
                    (true, false, Some(7)),
                    (true, true, None),
                    (false, false, Some(500)),
                ] {
                    let all = layout(width, height, Want { reader: want.0, zoom: want.1, list: want.2 });
                    for part in [all.header, all.filter, all.list, all.divider, all.reader, all.status] {
                        assert_eq!(part.intersection(all.screen).area(), part.area(), "{width}×{height}");
                    }
                    assert!(all.list.intersection(all.reader).area() == 0);
                    let m = measure(all.reader.width);
                    assert!(all.reader.width < 4 || m.left + MARGIN + m.text + m.aside <= all.reader.width);
                }
            }
        }
    }

    #[test]
    fn two_panes_from_eighty_columns() {
        let want = Want { reader: false, zoom: false, list: None };
        assert!(layout(80, 24, want).reader.width > 0);
        assert_eq!(layout(79, 24, want).reader.width, 0);
        assert_eq!(measure(200 - 61).text, 84);
    }
}
