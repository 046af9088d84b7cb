//! Cells as bytes, as few as it takes.
//!
//! ratatui says which cells have changed; what they had and what stands between them is kept here, so that a gap of a
//! letter or two is written over instead of jumped over, the blank end of a row is erased, and a style is set only
//! where it shows. Of control sequences only SGR (`m`), cursor addressing (`H`), erasing (`J`, `K`) and the cursor's
//! mode (`?25`) are written (ECMA-48, DEC).

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};
use std::ops::Range;

/// A backend that writes to memory.
pub(super) struct Painter {
    bytes: Vec<u8>,
    /// What is on the screen.
    screen: Buffer,
    /// Where the next letter would stand, as far as every terminal agrees.
    at: Option<(u16, u16)>,
    pen: Pen,
    /// Whether the cursor is shown, and where it was put last; `None` while that is not known.
    cursor: Option<bool>,
    place: Option<Position>,
}

/// How letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// What shows on a blank cell.
const ON_BLANKS: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT).union(Modifier::SLOW_BLINK);

/// A gap of so many bytes costs no more than jumping over it: `ESC [ 1 2 ; 3 4 H`.
const GAP: usize = 7;

/// Erasing the end of a row: `ESC [ K`, and perhaps `ESC [ 0 m` before it.
const ERASING: usize = 5;

impl Painter {
    pub(super) fn new(width: u16, height: u16) -> Painter {
        Painter {
            bytes: Vec::new(),
            screen: Buffer::empty(Rect::new(0, 0, width, height)),
            at: None,
            pen: Pen::default(),
            cursor: None,
            place: None,
        }
    }

    /// Knows that the screen has another size. What is on it is not known then: it has to be cleared.
    pub(super) fn resize(&mut self, width: u16, height: u16) {
        self.screen = Buffer::empty(Rect::new(0, 0, width, height));
    }

    /// Knows that someone else has written to the terminal.
    pub(super) fn forget(&mut self) {
        (self.at, self.cursor, self.place) = (None, None, None);
    }

    /// What was written since the last time.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Writes the cells at `columns` of row `y`, which have changed.
    fn row(&mut self, y: u16, columns: &[u16]) {
        let blank = self.blank_from(y);
        let letters = columns.partition_point(|&x| x < blank);
        let (letters, blanks) = columns.split_at(letters);
        let mut before: Option<u16> = None;
        for &x in letters {
            match before.filter(|&before| self.fills(before + 1, x, y)) {
                Some(before) => (before + 1..=x).for_each(|x| self.cell(x, y)),
                None => self.cell(x, y),
            }
            before = Some(x);
        }
        match blanks {
            [] => {}
            [first, ..] if blanks.len() >= ERASING => {
                self.go(*first, y);
                self.set(Pen::default());
                self.bytes.extend_from_slice(b"\x1b[K");
            }
            blanks => blanks.iter().for_each(|&x| self.cell(x, y)),
        }
    }

    /// The columns of `range` in row `y` at which letters begin.
    fn letters(&self, y: u16, range: Range<u16>) -> Vec<u16> {
        let mut found = Vec::with_capacity(range.len());
        let mut next = range.start;
        for x in range {
            if x >= next {
                found.push(x);
                let wide = self.screen.cell((x, y)).map_or(1, columns).max(1);
                next = x.saturating_add(u16::try_from(wide).unwrap_or(u16::MAX));
            }
        }
        found
    }

    /// The column from which row `y` is blank to its end.
    fn blank_from(&self, y: u16) -> u16 {
        let mut from = self.screen.area.width;
        while from > 0 && self.screen.cell((from - 1, y)).is_some_and(|cell| is_blank(cell) && bare(cell)) {
            from -= 1;
        }
        // The right half of a wide letter looks blank and is not.
        let wide = from > 0 && self.screen.cell((from - 1, y)).is_some_and(|cell| columns(cell) > 1);
        if wide { (from + 1).min(self.screen.area.width) } else { from }
    }

    /// Whether what stands in columns `from` to `to` of row `y` is better written again than jumped over.
    fn fills(&self, from: u16, to: u16, y: u16) -> bool {
        let mut bytes = 0;
        usize::from(to.saturating_sub(from)) <= GAP
            && self.at == Some((from, y))
            && (from..to).all(|x| {
                let Some(cell) = self.screen.cell((x, y)) else { return false };
                bytes += cell.symbol().len();
                bytes <= GAP && is_plain(cell) && self.suits(cell)
            })
    }

    /// Whether `cell` can be written as the pen is set now.
    fn suits(&self, cell: &Cell) -> bool {
        let (wanted, pen) = (Pen::of(cell), self.pen);
        let blank = is_blank(cell) && !pen.modifier.contains(Modifier::REVERSED);
        pen == wanted || (blank && pen.bg == wanted.bg && pen.modifier & ON_BLANKS == wanted.modifier)
    }

    /// Writes one cell.
    fn cell(&mut self, x: u16, y: u16) {
        let Some(cell) = self.screen.cell((x, y)).cloned() else { return };
        self.go(x, y);
        if !self.suits(&cell) {
            self.set(Pen::of(&cell));
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        // Behind the last column, and behind letters that terminals do not agree about, the place is not known.
        let wide = if is_plain(&cell) { Some(1) } else { is_ideograph(&cell).then_some(2) };
        self.at = wide.map(|wide| (x + wide, y)).filter(|(x, _)| *x < self.screen.area.width);
    }

    fn go(&mut self, x: u16, y: u16) {
        if self.at != Some((x, y)) {
            self.at = Some((x, y));
            self.write(format_args!("\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1));
        }
    }

    fn set(&mut self, pen: Pen) {
        if self.pen == pen {
            return;
        }
        let afresh = format!("\x1b[0{}m", pen.codes(Pen::default()));
        let removed = self.pen.modifier.difference(pen.modifier);
        let change = pen.codes(self.pen);
        let shortest = match change.strip_prefix(';') {
            Some(change) if removed.is_empty() && change.len() + 3 <= afresh.len() => {
                format!("\x1b[{change}m")
            }
            _ if pen == Pen::default() => "\x1b[0m".to_owned(),
            _ => afresh,
        };
        self.bytes.extend_from_slice(shortest.as_bytes());
        self.pen = pen;
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.bytes.write_fmt(what);
    }
}

impl Pen {
    /// The pen for a cell; of a blank one only what shows.
    fn of(cell: &Cell) -> Pen {
        let pen = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        if is_blank(cell) && !cell.modifier.contains(Modifier::REVERSED) {
            return Pen { fg: Color::Reset, modifier: cell.modifier & ON_BLANKS, ..pen };
        }
        pen
    }

    /// The parameters of SGR that turn `from` into this one, each behind a semicolon. Modifiers are only added.
    fn codes(self, from: Pen) -> String {
        let mut codes = String::new();
        let added = self.modifier.difference(from.modifier);
        for (modifier, code) in MODIFIERS {
            if added.contains(modifier) {
                codes.push_str(code);
            }
        }
        if self.fg != from.fg {
            codes.push_str(&colour(self.fg, 30));
        }
        if self.bg != from.bg {
            codes.push_str(&colour(self.bg, 40));
        }
        codes
    }
}

const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, ";1"),
    (Modifier::DIM, ";2"),
    (Modifier::ITALIC, ";3"),
    (Modifier::UNDERLINED, ";4"),
    (Modifier::SLOW_BLINK, ";5"),
    (Modifier::RAPID_BLINK, ";6"),
    (Modifier::REVERSED, ";7"),
    (Modifier::HIDDEN, ";8"),
    (Modifier::CROSSED_OUT, ";9"),
];

/// The parameter of a colour; `base` is 30 for letters and 40 for what is behind them.
fn colour(colour: Color, base: u8) -> String {
    let named = |number: u8| format!(";{}", base + number);
    let bright = |number: u8| format!(";{}", base + 60 + number);
    match colour {
        Color::Reset => named(9),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => format!(";{};5;{index}", base + 8),
        Color::Rgb(red, green, blue) => format!(";{};2;{red};{green};{blue}", base + 8),
    }
}

fn columns(cell: &Cell) -> usize {
    crate::text::width(cell.symbol())
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
}

/// Whether nothing of a blank cell's style shows.
fn bare(cell: &Cell) -> bool {
    cell.bg == Color::Reset && (cell.modifier & ON_BLANKS).is_empty()
}

/// Whether every terminal moves on by one column behind it.
fn is_plain(cell: &Cell) -> bool {
    let mut letters = cell.symbol().chars();
    letters.next().is_some() && letters.next().is_none() && columns(cell) == 1
}

/// Whether every terminal moves on by two columns behind it: the blocks of Chinese, Japanese and Korean that are wide
/// throughout (UAX #11). Emoji are not among them.
fn is_ideograph(cell: &Cell) -> bool {
    let mut letters = cell.symbol().chars();
    let block = |c| {
        matches!(c, '\u{3041}'..='\u{3247}' | '\u{3250}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4c6}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}')
    };
    letters.next().is_some_and(block) && letters.next().is_none() && columns(cell) == 2
}

impl Backend for Painter {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Row, column, and the column up to which other letters may have lost a half.
        let mut changed: Vec<(u16, u16, u16)> = Vec::new();
        for (x, y, cell) in content {
            let Some(old) = self.screen.cell_mut((x, y)) else { continue };
            let reach = if columns(cell) > 1 { columns(cell) + 1 } else { columns(old).max(1) };
            changed.push((y, x, x.saturating_add(u16::try_from(reach).unwrap_or(u16::MAX))));
            old.clone_from(cell);
            // A wide letter takes what stood at its right.
            for right in (x + 1..).take(columns(cell).saturating_sub(1)) {
                if let Some(covered) = self.screen.cell_mut((right, y)) {
                    covered.reset();
                }
            }
        }
        changed.sort_unstable();
        for row in changed.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(y, first, _)) = row.first() else { continue };
            let end = row.iter().map(|&(.., reach)| reach).max().unwrap_or(first).min(self.screen.area.width);
            if row.iter().any(|&(_, x, reach)| reach > x + 1) {
                // What is left of a letter of which half was written over is for each terminal to say.
                self.row(y, &self.letters(y, first..end));
            } else {
                self.row(y, &row.iter().map(|&(_, x, _)| x).collect::<Vec<_>>());
            }
        }
        self.set(Pen::default());
        if !changed.is_empty() {
            // Where drawing has left the cursor, it shall not stay.
            self.place = None;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Some(false) {
            self.cursor = Some(false);
            self.bytes.extend_from_slice(b"\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor != Some(true) {
            self.cursor = Some(true);
            self.bytes.extend_from_slice(b"\x1b[?25h");
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.place.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.place != Some(position) {
            self.place = Some(position);
            self.at = None;
            self.go(position.x, position.y);
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Clears the whole screen, whatever part is asked for: it is asked for to draw the rest anew.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.screen.reset();
        self.set(Pen::default());
        self.bytes.extend_from_slice(b"\x1b[2J");
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.screen.area.as_size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.screen.area.as_size(), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Style;
    use ratatui::{Terminal, TerminalOptions, Viewport};

    const WIDTH: u16 = 14;
    const HEIGHT: u16 = 4;

    fn terminal() -> Terminal<Painter> {
        let viewport = Viewport::Fixed(Rect::new(0, 0, WIDTH, HEIGHT));
        Terminal::with_options(Painter::new(WIDTH, HEIGHT), TerminalOptions { viewport }).unwrap()
    }

    fn frame(terminal: &mut Terminal<Painter>, runs: &[(u16, u16, &str, Style)]) -> Vec<u8> {
        terminal
            .draw(|frame| {
                for (x, y, text, style) in runs {
                    frame.buffer_mut().set_string(*x, *y, text, *style);
                }
            })
            .unwrap();
        terminal.backend_mut().take()
    }

    fn shown(runs: &[&[(u16, u16, &str, Style)]]) -> String {
        let mut terminal = terminal();
        let frames: Vec<Vec<u8>> = runs.iter().map(|runs| frame(&mut terminal, runs)).collect();
        frames.last().unwrap().escape_ascii().to_string().replace("\\x1b", "^")
    }

    #[test]
    fn nothing_changed_is_nothing_written() {
        let runs: &[_] = &[(1, 1, "kata", Style::new())];
        assert_eq!(shown(&[runs]), "^[2;2Hkata^[?25l");
        assert_eq!(shown(&[runs, runs]), "");
    }

    #[test]
    fn small_gaps_are_filled_and_large_ones_jumped() {
        let plain = Style::new();
        assert_eq!(shown(&[&[(0, 0, "a b c d", plain)], &[(0, 0, "x b y d", plain)]]), "^[1;1Hx b y");
        let far: &[_] = &[(0, 0, "x bcdefghijk z", plain)];
        assert_eq!(shown(&[&[(0, 0, "a bcdefghijk d", plain)], far]), "^[1;1Hx^[1;14Hz");
    }

    #[test]
    fn blank_ends_are_erased() {
        assert_eq!(shown(&[&[(1, 0, "kata ini", Style::new())], &[(1, 0, "k", Style::new())]]), "^[1;3H^[K");
    }

    #[test]
    fn styles_are_set_where_they_show() {
        let name = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
        let line = Style::new().add_modifier(Modifier::UNDERLINED);
        let runs: &[_] = &[(0, 0, "di", Style::new()), (3, 0, "Oslo", name), (8, 0, "a b", line)];
        assert_eq!(shown(&[runs]), "^[1;1Hdi ^[1;36mOslo ^[0;4ma b^[0m^[?25l");
    }

    #[test]
    fn behind_letters_of_unsure_width_the_place_is_given() {
        let runs: &[_] = &[(0, 0, "\u{1f600}ab", Style::new())];
        assert_eq!(shown(&[runs]), "^[1;1H\\xf0\\x9f\\x98\\x80^[1;3Hab^[?25l");
        let runs: &[_] = &[(0, 0, "\u{674e}ab", Style::new())];
        assert_eq!(shown(&[runs]), "^[1;1H\\xe6\\x9d\\x8eab^[?25l");
    }

    fn style() -> impl Strategy<Value = Style> {
        let colour = prop::sample::select(vec![
            Color::Reset,
            Color::Cyan,
            Color::LightBlue,
            Color::Indexed(130),
            Color::Rgb(1, 2, 3),
        ]);
        let modifier = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::UNDERLINED,
            Modifier::REVERSED,
            Modifier::BOLD.union(Modifier::ITALIC),
            Modifier::DIM,
        ]);
        let few = prop::option::weighted(0.2, colour.clone());
        (colour, few, modifier).prop_map(|(fg, bg, modifier)| {
            Style::new().fg(fg).bg(bg.unwrap_or(Color::Reset)).add_modifier(modifier)
        })
    }

    proptest! {
        /// What a terminal shows after any row of frames is what a terminal shows that sees only the last one.
        #[test]
        fn frames_add_up(
            frames in prop::collection::vec(
                prop::collection::vec(
                    prop::collection::vec((0u16..3, "[a\u{e9}\u{674e} ]{1,8}", style()), 0..4),
                    usize::from(HEIGHT),
                ),
                1..6,
            ),
        ) {
            let size = |side: u16| side.try_into().unwrap();
            let mut growing = terminal();
            let mut seen = vt100::Parser::new(size(HEIGHT), size(WIDTH), 0);
            let mut last = Vec::new();
            for rows in &frames {
                last.clear();
                for (y, row) in (0..).zip(rows) {
                    let mut x = 0;
                    for (gap, text, style) in row {
                        x += gap;
                        last.push((x, y, text.as_str(), *style));
                        x += u16::try_from(crate::text::width(text)).unwrap();
                    }
                }
                last.retain(|(x, ..)| *x < WIDTH);
                seen.process(&frame(&mut growing, &last));
            }
            let mut fresh = vt100::Parser::new(size(HEIGHT), size(WIDTH), 0);
            fresh.process(&frame(&mut terminal(), &last));
            for (y, x) in (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (y, x))) {
                let (seen, fresh) = (seen.screen().cell(y, x).unwrap(), fresh.screen().cell(y, x).unwrap());
                prop_assert_eq!(look(seen), look(fresh), "at {}, {}", x, y);
            }
        }
    }

    /// What one sees of a cell.
    fn look(cell: &vt100::Cell) -> impl PartialEq + std::fmt::Debug + use<> {
        let blank = matches!(cell.contents(), "" | " ");
        let letter = (!blank).then(|| (cell.contents().to_owned(), cell.fgcolor(), cell.bold(), cell.dim()));
        (letter, cell.is_wide(), cell.bgcolor(), cell.underline(), cell.inverse(), blank && cell.inverse())
    }
}
