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
    /// The line between the article and the facets.
    pub border: Rect,
    /// What the articles have in common.
    pub facets: Rect,
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

/// From this many columns on, the facets stand beside them.
pub const THREE_PANES: u16 = 140;

/// From this many columns on, they stand beside them while they have the keys; below, in the place of the article.
const BESIDE: u16 = 112;

/// A pane that stands beside another has at least so many columns.
const NARROWEST: u16 = 20;

/// A list takes no more columns than this by itself, …
const LIST: u16 = 60;
/// … beside what it halves the room with than this.
const HALF: u16 = 76;

/// Which pane a narrow screen shows, and whether a wide one shows it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// The article rather than the list.
    pub reader: bool,
    /// The article alone.
    pub zoom: bool,
    /// Columns of the list beside it, where they are chosen.
    pub list: Option<u16>,
    /// Whether the facets have the keys.
    pub facets: bool,
    /// Whether nothing stands beside the list but facets, until something else than the list is read.
    pub lone: bool,
    /// Whether neither an article nor a map stands beside the list, which want the room: they halve it.
    pub halved: bool,
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
    let alone = want.zoom && want.reader;
    let lone = want.lone && !want.reader;
    if width < TWO_PANES || alone && !want.facets {
        let pane = match want {
            Want { facets: true, .. } => &mut layout.facets,
            Want { reader: true, .. } => &mut layout.reader,
            _ => &mut layout.list,
        };
        *pane = body;
    } else if width >= if want.facets { BESIDE } else { THREE_PANES } {
        let facets = facets_columns(width);
        let rest = width - facets - 1;
        if lone {
            layout.list = Rect { width: rest, ..body };
        } else {
            let list = list_columns(rest, want, list_of_three);
            layout.list = Rect { width: list, ..body };
            layout.divider = Rect { x: list, width: 1, ..body };
            layout.reader = Rect { x: list + 1, width: rest - list - 1, ..body };
        }
        layout.border = Rect { x: rest, width: 1, ..body };
        layout.facets = Rect { x: rest + 1, width: facets, ..body };
    } else if lone && !want.facets {
        layout.list = body;
    } else {
        // A third and a bit for the list: titles are read there, articles beside it.
        let list = list_columns(width, want, |width| (width * 2 / 5).clamp(34, LIST));
        layout.list = Rect { width: list, ..body };
        layout.divider = Rect { x: list, width: 1, ..body };
        let right = if want.facets { &mut layout.facets } else { &mut layout.reader };
        *right = Rect { x: list + 1, width: width - list - 1, ..body };
    }
    layout
}

/// Columns of the list among `width`; where none are chosen, `usual` ones beside what wants the room.
fn list_columns(width: u16, want: Want, usual: impl Fn(u16) -> u16) -> u16 {
    let own = || if want.halved { (width / 2).min(HALF) } else { usual(width) };
    want.list.unwrap_or_else(own).clamp(NARROWEST, width - NARROWEST)
}

/// Columns of the facets: a name, a bar, a count.
fn facets_columns(width: u16) -> u16 {
    (width / 6).clamp(26, 40)
}

/// Columns of the list where it and the article have `rest` columns beside the facets: the article has its whole
/// measure first, then the list its titles, then the article its speakers beside it, and the list what is left.
fn list_of_three(rest: u16) -> u16 {
    let whole = EDGE + MARGIN + LONGEST + 1;
    let aside = EDGE + MARGIN + LONGEST + ASIDE;
    let beside = |reader: u16| rest.saturating_sub(reader + 1);
    beside(whole).clamp(32, 44).max(beside(aside).min(LIST))
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

/// Columns between the text and the speakers at its right.
pub const GUTTER: u16 = 1;

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
                for (reader, zoom, list) in [
                    (false, false, None),
                    (true, false, Some(7)),
                    (true, true, None),
                    (false, false, Some(500)),
                ] {
                    for (facets, lone, halved) in [
                        (false, false, false),
                        (true, false, true),
                        (false, true, false),
                        (true, true, true),
                        (false, false, true),
                    ] {
                        let all = layout(width, height, Want { reader, zoom, list, facets, lone, halved });
                        let panes = [all.list, all.divider, all.reader, all.border, all.facets];
                        for part in panes.into_iter().chain([all.header, all.filter, all.status]) {
                            assert_eq!(part.intersection(all.screen).area(), part.area(), "{width}×{height}");
                        }
                        for (at, one) in panes.iter().enumerate() {
                            let over =
                                panes[at + 1..].iter().any(|other| one.intersection(*other).area() > 0);
                            assert!(!over, "panes lie over each other at {width}×{height}");
                        }
                        if facets && height > 3 && width > 0 {
                            assert!(all.facets.area() > 0, "what has the keys is seen: {width}×{height}");
                        }
                        let m = measure(all.reader.width);
                        assert!(
                            all.reader.width < 4 || m.left + MARGIN + m.text + m.aside <= all.reader.width
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn two_panes_from_eighty_columns() {
        let want = Want { reader: false, zoom: false, list: None, facets: false, lone: false, halved: false };
        assert!(layout(80, 24, want).reader.width > 0);
        assert_eq!(layout(79, 24, want).reader.width, 0);
        assert_eq!(layout(139, 40, want).facets.width, 0);
        assert_eq!(measure(200 - 61).text, 84);
    }

    #[test]
    fn three_panes_from_a_hundred_and_forty() {
        let want = Want { reader: false, zoom: false, list: None, facets: false, lone: false, halved: false };
        let text = |width| measure(layout(width, 40, want).reader.width).text;
        assert!(layout(140, 40, want).facets.width > 0);
        assert_eq!([140, 148, 170, 200, 300].map(text), [76, 84, 84, 84, 84]);
        for width in 140..300 {
            let (one, next) = (layout(width, 40, want), layout(width + 1, 40, want));
            assert!(text(width) >= COMFORTABLE, "the text stays comfortable: {width}");
            assert!(one.list.width <= next.list.width && one.facets.width <= next.facets.width);
        }
        // The article alone stays alone.
        let alone = Want { reader: true, zoom: true, ..want };
        assert_eq!(layout(200, 60, alone).facets.width, 0);
    }

    #[test]
    fn below_that_the_facets_are_there_while_they_have_the_keys() {
        let want = Want { reader: true, zoom: false, list: None, facets: true, lone: false, halved: false };
        let beside = layout(120, 36, want);
        assert!(beside.list.width > 0 && beside.reader.width >= 50 && beside.facets.width > 0);
        let instead = layout(80, 24, want);
        assert_eq!((instead.list.width, instead.reader.width, instead.facets.width), (34, 0, 45));
        let alone = layout(60, 20, want);
        assert_eq!((alone.list.width, alone.facets.width), (0, 60));
    }

    #[test]
    fn a_lone_list_has_the_whole_width() {
        let want =
            Want { reader: false, zoom: false, list: Some(40), facets: false, lone: true, halved: false };
        for width in [60, 80, 120, 139] {
            let all = layout(width, 24, want);
            assert_eq!((all.list, all.reader, all.divider), (all.body(), Rect::ZERO, Rect::ZERO));
        }
        // The facets stand beside it as beside any list.
        let (all, usual) = (layout(200, 60, want), layout(200, 60, Want { lone: false, ..want }));
        assert_eq!((all.facets, all.border, all.reader), (usual.facets, usual.border, Rect::ZERO));
        assert_eq!(all.list.width + 1 + all.facets.width, 200);
        // What one goes into from it stands beside it.
        let read = Want { reader: true, ..want };
        assert_eq!(layout(120, 36, read), layout(120, 36, Want { lone: false, ..read }));
    }
}
