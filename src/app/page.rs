//! An article laid out in lines. Paragraphs are wrapped when they come into view, so that a giant article costs
//! nothing until it is read.

use super::Marks;
use super::document::Document;
use super::layout::Measure;
use super::name_line::{HELD, NameLine};
use crate::text::{Span, wrap};
use std::borrow::Cow;

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Gap,
    /// A piece of the title.
    Title(Span),
    /// A piece of the body.
    Body(Span),
    /// Outlet, place, date, language, reading time.
    Meta(String),
    /// A star and tags.
    Signs(String),
    /// A piece of the note.
    Note(String),
    /// Countries or people with their counts.
    Names(NameLine),
    /// The speakers of the paragraph above, where there is no room beside it.
    Speakers(NameLine),
}

/// A line's place: its block, and its place in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    block: usize,
    line: usize,
}

/// A line's place in terms of the article, which survives another layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// That many lines into what stands above the body.
    Head(usize),
    /// At this byte of the body.
    Body(u32),
}

#[derive(Debug)]
enum Block {
    Gap,
    Title,
    Meta(String),
    Signs(String),
    Note(String),
    Names(NameLine),
    Paragraph(Span),
    Speakers(NameLine),
}

/// An article laid out in a given measure.
#[derive(Debug, Default)]
pub struct Page {
    measure: Measure,
    blocks: Vec<Block>,
    lines: Vec<Option<Box<[Line]>>>,
}

/// A paragraph longer than this is laid out in pieces, so that a text that is one line costs no more than others.
const PIECE: usize = 8 * 1024;

impl Page {
    /// Lays out `document` in `measure`.
    pub fn new(document: &Document, marks: &Marks, measure: Measure) -> Page {
        let mut blocks = vec![Block::Title, Block::Meta(document.meta())];
        blocks.extend(document.signs().map(Block::Signs));
        blocks.extend(document.note().into_iter().map(Block::Note));
        blocks.extend(document.names().into_iter().map(Block::Names));
        for paragraph in paragraphs(&document.article.body) {
            blocks.push(Block::Gap);
            for piece in pieces(&document.article.body, paragraph) {
                blocks.push(Block::Paragraph(piece));
            }
            if measure.aside == 0 {
                let speakers = document.speakers(marks.quotes_in(paragraph).map(|mark| mark.quote));
                blocks.extend(speakers.map(Block::Speakers));
            }
        }
        let lines = blocks.iter().map(|_| None).collect();
        Page { measure, blocks, lines }
    }

    /// The measure it is laid out in.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Whether `at` is the beginning.
    pub fn begins_at(&self, at: Position) -> bool {
        at == Position::default()
    }

    /// The lines in view from `top` on, at most `height`.
    pub fn window(&mut self, document: &Document, top: Position, height: usize) -> Vec<Line> {
        let mut window = Vec::with_capacity(height);
        for block in top.block..self.blocks.len() {
            let skip = if block == top.block { top.line } else { 0 };
            let room = height - window.len();
            window.extend(self.lines(document, block).iter().skip(skip).take(room).cloned());
            if window.len() >= height {
                break;
            }
        }
        window
    }

    /// The place `lines` further down, or up when negative; stops at the ends.
    pub fn step(&mut self, document: &Document, from: Position, lines: isize) -> Position {
        let mut at = from;
        for _ in 0..lines.unsigned_abs() {
            let next = if lines > 0 { self.below(document, at) } else { self.above(document, at) };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The lowest place from which `height` lines still reach the end.
    pub fn lowest(&mut self, document: &Document, height: usize) -> Position {
        let last = self.blocks.len().saturating_sub(1);
        let end = Position { block: last, line: self.lines(document, last).len().saturating_sub(1) };
        let back = isize::try_from(height.saturating_sub(1)).unwrap_or(isize::MAX);
        self.step(document, end, -back)
    }

    /// What a place means in terms of the article.
    pub fn anchor(&mut self, document: &Document, at: Position) -> Anchor {
        let mut next = Some(at);
        while let Some(place) = next {
            if let Some(Line::Body(span)) = self.lines(document, place.block).get(place.line) {
                return Anchor::Body(span.start);
            }
            if place.block < self.head() {
                break;
            }
            next = self.below(document, place);
        }
        let above: usize =
            (0..at.block.min(self.head())).map(|block| self.lines(document, block).len()).sum();
        Anchor::Head(above + at.line)
    }

    /// Where a place of the article stands.
    pub fn locate(&mut self, document: &Document, anchor: Anchor) -> Position {
        match anchor {
            Anchor::Head(lines) => {
                self.step(document, Position::default(), isize::try_from(lines).unwrap_or(isize::MAX))
            }
            Anchor::Body(byte) => {
                let begins = |block: &Block| match block {
                    Block::Paragraph(span) => Some(span.start),
                    _ => None,
                };
                let place =
                    self.blocks.iter().rposition(|block| begins(block).is_some_and(|start| start <= byte));
                let block = place.unwrap_or(0);
                let lines = self.lines(document, block);
                let line =
                    lines.iter().rposition(|line| matches!(line, Line::Body(span) if span.start <= byte));
                Position { block, line: line.unwrap_or(0) }
            }
        }
    }

    /// The first block of the body.
    fn head(&self) -> usize {
        let body = |block: &Block| matches!(block, Block::Paragraph(_));
        self.blocks.iter().position(body).unwrap_or(self.blocks.len())
    }

    fn below(&mut self, document: &Document, at: Position) -> Option<Position> {
        if at.line + 1 < self.lines(document, at.block).len() {
            return Some(Position { line: at.line + 1, ..at });
        }
        (at.block + 1 < self.blocks.len()).then_some(Position { block: at.block + 1, line: 0 })
    }

    fn above(&mut self, document: &Document, at: Position) -> Option<Position> {
        if at.line > 0 {
            return Some(Position { line: at.line - 1, ..at });
        }
        let block = at.block.checked_sub(1)?;
        Some(Position { block, line: self.lines(document, block).len().saturating_sub(1) })
    }

    /// How many blocks it has: title, lists of names, gaps, paragraphs.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The lines of a block; none past the last.
    pub fn lines(&mut self, document: &Document, block: usize) -> &[Line] {
        let (Some(what), Some(slot)) = (self.blocks.get(block), self.lines.get_mut(block)) else {
            return &[];
        };
        slot.get_or_insert_with(|| what.lay_out(document, usize::from(self.measure.text)))
    }
}

impl Block {
    fn lay_out(&self, document: &Document, columns: usize) -> Box<[Line]> {
        let own = |text: &str, line: fn(String) -> Line| {
            // Spaces that hold words together have done so once the text is wrapped.
            wrap(text, columns).into_iter().map(|span| line(span.of(text).replace(HELD, " "))).collect()
        };
        match self {
            Block::Gap => Box::new([Line::Gap]),
            Block::Title => wrap(&document.article.title, columns).into_iter().map(Line::Title).collect(),
            Block::Meta(text) => own(text, Line::Meta),
            Block::Signs(text) => own(text, Line::Signs),
            Block::Note(text) => own(text, Line::Note),
            Block::Names(line) => line.wrapped(columns).map(Line::Names).collect(),
            Block::Speakers(line) => line.wrapped(columns).map(Line::Speakers).collect(),
            Block::Paragraph(span) => {
                let text = span.of(&document.article.body);
                // Line ends of a text that was wrapped once are its old layout, not the author's.
                let text =
                    if is_wrapped(text) { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
                wrap(&text, columns)
                    .into_iter()
                    .map(|line| Line::Body(Span::new(span.start() + line.start(), span.start() + line.end())))
                    .collect()
            }
        }
    }
}

/// Whether a paragraph's lines are all of about the same length, but for the last: then it was wrapped for another
/// width. Items of a list, rows and verses are not.
fn is_wrapped(paragraph: &str) -> bool {
    let mut lines = paragraph.lines();
    let Some(_last) = lines.next_back() else { return false };
    let mut widths = lines.map(str::len).peekable();
    widths.peek().is_some() && widths.all(|width| (45..=130).contains(&width))
}

/// The paragraphs of a body: blocks between empty lines, or, where there are none, lines.
fn paragraphs(body: &str) -> impl Iterator<Item = Span> {
    let by_blocks = body.contains("\n\n");
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let tail = body.get(rest..)?;
            if tail.is_empty() {
                return None;
            }
            let (line, next) = match tail.find(if by_blocks { "\n\n" } else { "\n" }) {
                Some(at) => (tail.get(..at)?, rest + at + 1),
                None => (tail, body.len()),
            };
            let blank = line.len() - line.trim_start().len();
            let start = rest + blank;
            let end = start + line.trim().len();
            rest = next;
            if end > start {
                return Some(Span::new(start, end));
            }
        }
    })
}

/// A paragraph in pieces of about [`PIECE`] bytes, cut at spaces where there are any.
fn pieces(body: &str, paragraph: Span) -> impl Iterator<Item = Span> {
    let mut start = paragraph.start();
    std::iter::from_fn(move || {
        let rest = body.get(start..paragraph.end())?;
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        if end > PIECE {
            let limit = (0..=PIECE).rev().find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
            end = rest.get(..limit)?.rfind([' ', '\n']).map_or(limit, |at| at + 1);
        }
        let piece = Span::new(start, start + end);
        start += end;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::layout::measure;
    use crate::article::Article;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn page(body: &str, width: u16) -> (Document, Page) {
        let document = Document::new(0, Arc::new(Article::new("Judul", body)), None);
        let page = Page::new(&document, &Marks::default(), measure(width));
        (document, page)
    }

    fn texts(body: &str, width: u16) -> Vec<String> {
        let (document, mut page) = page(body, width);
        let window = page.window(&document, Position::default(), 1000);
        window
            .iter()
            .map(|line| match line {
                Line::Body(span) => span.of(body).to_owned(),
                Line::Gap => String::new(),
                other => format!("{other:?}").chars().take(4).collect(),
            })
            .collect()
    }

    #[test]
    fn lines_or_blocks_are_paragraphs() {
        assert_eq!(texts("satu\ndua", 40), ["Titl", "Meta", "", "satu", "", "dua"]);
        assert_eq!(texts("satu\ndua\n\n\n\ntiga", 40)[2..], ["", "satu", "dua", "", "tiga"]);
    }

    #[test]
    fn lists_keep_their_lines_and_wrapped_text_does_not() {
        assert_eq!(texts("• satu\n• dua\n\ntiga", 40)[3..], ["• satu", "• dua", "", "tiga"]);
        let wrapped = "kata ".repeat(11) + "\n" + &"kata ".repeat(11) + "\nakhir.\n\nlagi";
        assert!(!texts(&wrapped, 80).contains(&"akhir.".to_owned()));
    }

    #[test]
    fn a_body_that_is_one_line_is_laid_out_in_pieces() {
        let body = "kata ".repeat(10_000);
        let (document, mut page) = page(&body, 80);
        assert!(page.blocks.len() > 4);
        page.window(&document, Position::default(), 40);
        assert!(page.lines.iter().filter(|lines| lines.is_some()).count() <= 5);
    }

    proptest! {
        #[test]
        fn places_survive_another_layout(
            body in "([a-z“”]{1,12}[ \n]){0,120}",
            (one, two) in (10u16..120, 10u16..120),
            steps in 0isize..60,
        ) {
            let (document, mut first) = page(&body, one);
            let at = first.step(&document, Position::default(), steps);
            let anchor = first.anchor(&document, at);
            let mut second = Page::new(&document, &Marks::default(), measure(two));
            let there = second.locate(&document, anchor);
            let shown = second.window(&document, there, 1);
            if let Anchor::Body(byte) = anchor {
                let holds = matches!(shown.first(), Some(Line::Body(span))
                    if span.start <= byte && byte <= span.end + 1);
                prop_assert!(holds, "{shown:?} does not hold {byte}");
            }
            let back = first.locate(&document, anchor);
            prop_assert_eq!(first.anchor(&document, back), anchor);
            let lowest = first.lowest(&document, 10);
            prop_assert!(first.window(&document, lowest, 10).len() <= 10);
        }
    }
}
