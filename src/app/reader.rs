//! The reading pane: one article, where one is in it, and the mark one has stopped at.

mod stops;

pub use stops::Focus;

use super::document::Document;
use super::find::Find;
use super::layout::Measure;
use super::links::Links;
use super::marks::Marks;
use super::page::{Anchor, Line, Page, Position};
use crate::article::{Annotations, Article, ArticleId};
use crate::search::{self, Query};
use crate::text::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// The reading pane.
#[derive(Debug, Default)]
pub struct Reader {
    document: Option<Document>,
    marks: Marks,
    links: Links,
    page: Page,
    top: Position,
    /// The place one was at before the layout changed: where more fits, the end of the article comes into view and
    /// the top is above it. Given up when one moves.
    meant: Option<Anchor>,
    height: usize,
    window: Vec<Line>,
    focus: Option<Focus>,
    /// What is looked for in the article.
    pub find: Find,
    /// Where one was in each article that was scrolled.
    places: HashMap<ArticleId, Anchor>,
}

impl Reader {
    /// The article.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// Its marks.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// The links in its text.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The lines in view.
    pub fn window(&self) -> &[Line] {
        &self.window
    }

    /// How its columns are used.
    pub fn measure(&self) -> Measure {
        self.page.measure()
    }

    /// How far one has read, in hundredths of the body; `None` when all of it is in view.
    pub fn progress(&self) -> Option<usize> {
        let body = self.document.as_ref()?.article.body.len();
        let mut spans = self.window.iter().filter_map(|line| match line {
            Line::Body(span) => Some(*span),
            _ => None,
        });
        let first = spans.clone().next().map_or(0, Span::start);
        let last = spans.next_back().map_or(0, Span::end);
        let before = self.page.begins_at(self.top);
        (body > 0 && !(before && last + 1 >= body) && first <= last).then(|| (last * 100 / body).min(100))
    }

    /// Shows an article where it was left, or again with what is now known about it.
    pub fn show(&mut self, document: Option<Document>, measure: Measure, height: usize) {
        let same = match (&self.document, &document) {
            (Some(old), Some(new)) => old.article.id == new.article.id,
            _ => false,
        };
        let anchor = self.leave();
        let focus = self.focused_span();
        self.marks = document
            .as_ref()
            .and_then(|document| document.annotations.as_deref())
            .map(Marks::new)
            .unwrap_or_default();
        self.height = height;
        let Some(document) = document else {
            *self = Reader { places: std::mem::take(&mut self.places), ..Reader::default() };
            return;
        };
        self.page = Page::new(&document, &self.marks, measure);
        if !same {
            self.find.renew(&document.article.body);
            self.links = Links::of(&document.article);
        }
        let anchor = if same { anchor } else { self.places.get(&document.article.id).copied() };
        self.meant = anchor.filter(|anchor| *anchor != Anchor::Head(0));
        self.top = anchor.map(|anchor| self.page.locate(&document, anchor)).unwrap_or_default();
        self.document = Some(document);
        self.focus = None;
        if let Some(span) = focus.filter(|_| same) {
            self.focus_again(span);
        }
        self.refresh();
    }

    /// Marks what `query` finds in the body, as if it had been looked for.
    pub fn mark(&mut self, query: &Query) {
        let body = self.document.as_ref().map_or("", |document| document.article.body.as_str());
        let found = if query.reads_bodies() { search::mark_body(query, body) } else { Vec::new() };
        self.find.take(found);
    }

    /// Shows the same article with what is now known about it.
    pub fn annotate(&mut self, annotations: Arc<Annotations>) {
        if let Some(document) = &self.document {
            let document = Document { annotations: Some(annotations), ..document.clone() };
            self.show(Some(document), self.page.measure(), self.height);
        }
    }

    /// Lays the article out anew for another size.
    pub fn resize(&mut self, measure: Measure, height: usize) {
        if measure == self.page.measure() && height == self.height {
            return;
        }
        self.show(self.document.clone(), measure, height);
    }

    /// Scrolls by lines, down when positive.
    pub fn scroll(&mut self, lines: isize) {
        if let Some(document) = &self.document {
            let top = self.page.step(document, self.top, lines);
            self.go(top);
        }
    }

    /// Scrolls by so many halves of the height.
    pub fn scroll_halves(&mut self, halves: isize) {
        // A page keeps one line of the last, so that the eye finds on.
        let lines = isize::try_from(self.height).unwrap_or(isize::MAX);
        self.scroll(if halves.abs() == 2 {
            halves.signum() * (lines - 1).max(1)
        } else {
            halves * (lines / 2).max(1)
        });
    }

    /// To the beginning.
    pub fn first(&mut self) {
        self.meant = None;
        self.go(Position::default());
    }

    /// To the end.
    pub fn last(&mut self) {
        if let Some(document) = &self.document {
            let top = self.page.lowest(document, self.height);
            self.go(top);
        }
    }

    /// Lets go of the mark and of what was found; `false` when there was neither.
    pub fn release(&mut self) -> bool {
        let held = self.focus.is_some() || !self.find.input.value().is_empty();
        self.focus = None;
        self.find = Find::default();
        held
    }

    /// Looks for the line being typed from where one is.
    pub fn search(&mut self) {
        let from = self.first_byte();
        if let Some(document) = &self.document {
            self.find.search(&document.article.body, from);
        }
        self.reveal_found();
    }

    /// To the next place found, or the one before.
    pub fn step_found(&mut self, forward: bool) {
        self.focus = None;
        self.find.step(forward);
        self.reveal_found();
    }

    /// The place in the article as it survives another layout.
    pub fn place(&mut self) -> Option<Anchor> {
        let document = self.document.as_ref()?;
        Some(self.meant.unwrap_or_else(|| self.page.anchor(document, self.top)))
    }

    /// Where one was in an article, in code points of its body; `None` for one that was not shown.
    pub fn reached(&mut self, article: &Article) -> Option<u32> {
        let here = self.document.as_ref().is_some_and(|document| document.article.id == article.id);
        let anchor = if here { self.place()? } else { *self.places.get(&article.id)? };
        let Anchor::Body(byte) = anchor else { return Some(0) };
        let before = article.body.get(..byte as usize)?;
        u32::try_from(before.chars().count()).ok()
    }

    /// Shows an article that was not shown yet where it was left once, in code points of its body.
    pub fn recall(&mut self, article: &Article, position: u32) {
        if position == 0 || self.places.contains_key(&article.id) {
            return;
        }
        let byte = article.body.char_indices().nth(position as usize).map(|(byte, _)| byte);
        if let Some(byte) = byte.and_then(|byte| u32::try_from(byte).ok()) {
            self.places.insert(article.id, Anchor::Body(byte));
        }
    }

    /// Goes back to a place.
    pub fn return_to(&mut self, place: Anchor) {
        if let Some(document) = &self.document {
            let top = self.page.locate(document, place);
            self.go(top);
        }
    }

    fn reveal_found(&mut self) {
        if let Some(span) = self.find.current() {
            self.reveal(span);
        }
    }

    /// Notes where one is in the article.
    fn leave(&mut self) -> Option<Anchor> {
        let anchor = self.place()?;
        let id = self.document.as_ref()?.article.id;
        let begins = self.page.begins_at(self.top) && self.meant.is_none();
        self.places.insert(id, if begins { Anchor::Head(0) } else { anchor });
        Some(anchor)
    }

    /// The first byte of the body in view.
    fn first_byte(&self) -> u32 {
        let first = self.window.iter().find_map(|line| match line {
            Line::Body(span) => Some(span.start),
            _ => None,
        });
        first.unwrap_or(0)
    }

    /// Scrolls so that `span` is in view, a third down the pane when it was not.
    fn reveal(&mut self, span: Span) {
        let Some(document) = &self.document else { return };
        let begin = self.page.locate(document, Anchor::Body(span.start));
        let height = isize::try_from(self.height).unwrap_or(isize::MAX);
        let bottom = self.page.step(document, self.top, (height - 1).max(0));
        let hidden = begin < self.top || begin > bottom;
        let top = if hidden { self.page.step(document, begin, -height / 3) } else { self.top };
        self.go(top);
    }

    fn go(&mut self, top: Position) {
        let before = std::mem::replace(&mut self.top, top);
        self.refresh();
        if self.top != before {
            self.meant = None;
        }
    }

    fn refresh(&mut self) {
        let Some(document) = &self.document else {
            self.window.clear();
            return;
        };
        let lowest = self.page.lowest(document, self.height);
        self.top = self.top.min(lowest);
        self.window = self.page.window(document, self.top, self.height);
    }
}
