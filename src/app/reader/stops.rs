//! The mark one has stopped at in an article: going from one to the next, and what it is.

use super::Reader;
use crate::app::document::shortened;
use crate::app::marks::NameMark;
use crate::app::name_line::NameLine;
use crate::app::page::{Anchor, Line};
use crate::article::EntityIndex;
use crate::text::Span;

/// The mark one has stopped at, by its place in [`Marks`](crate::app::Marks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// A part of a quotation.
    Quote(usize),
    /// A mention.
    Name(usize),
}

impl Reader {
    /// The mark one has stopped at.
    pub fn focus(&self) -> Option<Focus> {
        self.focus
    }

    /// The bytes of the body that are marked as where one is.
    pub fn focused_span(&self) -> Option<Span> {
        match self.focus? {
            Focus::Quote(at) => self.marks.quotes.get(at).map(|mark| mark.span),
            Focus::Name(at) => self.marks.names.get(at).map(|mark| mark.mention.span),
        }
    }

    /// The entity of the mark: its own, or the quotation's speaker.
    pub fn focused_entity(&self) -> Option<EntityIndex> {
        match self.focus? {
            Focus::Quote(at) => {
                let quote = self.marks.quotes.get(at)?.quote;
                self.document.as_ref()?.annotations.as_ref()?.quotes.get(quote)?.speaker
            }
            Focus::Name(at) => self.marks.names.get(at).map(|mark| mark.entity),
        }
    }

    /// What the mark is, in words; its office or affiliation in at most `role` columns.
    pub fn describe_focus(&self, role: usize) -> Option<String> {
        let room = role;
        let document = self.document.as_ref()?;
        match self.focus? {
            Focus::Name(at) => document.describe(self.marks.names.get(at)?.entity, room),
            Focus::Quote(at) => {
                let quote = self.marks.quotes.get(at)?.quote;
                let many = document.annotations.as_ref()?.quotes.len();
                let speaker = document.speaker(quote);
                let speaker = speaker.as_ref().map_or("nobody named", NameLine::text);
                let role = self
                    .focused_entity()
                    .and_then(|entity| document.annotations.as_ref()?.entities.get(entity)?.role.clone());
                let role = role.and_then(|role| shortened(&role, room)).map(|role| format!(" · {role}"));
                let role = role.unwrap_or_default();
                Some(format!("quote {} of {many} · {speaker}{role}", quote + 1))
            }
        }
    }

    /// To the next quotation, or the one before; `false` when there is none.
    pub fn step_quote(&mut self, forward: bool) -> bool {
        let next = self.marks.quote_from(self.visible_focus(), self.first_byte(), forward);
        self.stop_at(next.map(Focus::Quote))
    }

    /// To the next name, or the one before; `false` when there is none.
    pub fn step_name(&mut self, forward: bool) -> bool {
        let next = self.marks.name_from(self.visible_focus(), self.first_byte(), forward);
        self.stop_at(next.map(Focus::Name))
    }

    /// Stops at a quotation.
    pub fn stop_at_quote(&mut self, quote: usize) {
        let place = self.marks.quotes.iter().position(|mark| mark.quote == quote);
        self.stop_at(place.map(Focus::Quote));
    }

    /// Stops at the name at a byte of the body, else at the quotation there; `true` when one stood there already.
    pub fn stop_at_byte(&mut self, byte: u32) -> bool {
        let here = Span { start: byte, end: byte + 1 };
        let name = self.marks.names_in(here).min_by_key(|mark| mark.mention.span.len()).copied();
        let quote = self.marks.quotes_in(here).min_by_key(|mark| mark.span.len()).copied();
        let name = name.and_then(|name| self.marks.names.iter().position(|mark| *mark == name));
        let quote = quote.and_then(|quote| self.marks.quotes.iter().position(|mark| *mark == quote));
        let Some(focus) = name.map(Focus::Name).or(quote.map(Focus::Quote)) else { return false };
        self.focus.replace(focus) == Some(focus)
    }

    /// Stops at a mention of an entity in view, else at its first, without scrolling there; `true` when one stood at the
    /// entity already, or there is nowhere to stop.
    pub fn stop_at_entity(&mut self, entity: EntityIndex) -> bool {
        let stands = matches!(self.focus, Some(Focus::Name(_))) && self.focused_entity() == Some(entity);
        let own = |mark: &&NameMark| mark.entity == entity;
        let in_view = self.window.iter().find_map(|line| match line {
            Line::Body(span) => self.marks.names_in(*span).find(own),
            _ => None,
        });
        let Some(mark) = in_view.or_else(|| self.marks.names.iter().find(own)).copied() else { return true };
        if !stands {
            self.focus = self.marks.names.iter().position(|known| *known == mark).map(Focus::Name);
        }
        stands
    }

    /// Stops again at the mark and the place one had left.
    pub fn come_back(&mut self, focus: Option<Focus>, reached: Option<Anchor>) {
        if let Some(place) = reached {
            self.return_to(place);
        }
        self.focus = focus;
    }

    pub(super) fn focus_again(&mut self, span: Span) {
        let name = self.marks.names.iter().position(|mark| mark.mention.span == span).map(Focus::Name);
        let quote = || self.marks.quotes.iter().position(|mark| mark.span == span).map(Focus::Quote);
        self.focus = name.or_else(quote);
    }

    fn stop_at(&mut self, next: Option<Focus>) -> bool {
        if next.is_some() {
            self.focus = next;
        }
        if let Some(span) = self.focused_span() {
            self.reveal(span);
        }
        next.is_some()
    }

    /// The focused mark, while it is in view: after scrolling away one goes on from what one sees.
    fn visible_focus(&self) -> Option<Span> {
        let focus = self.focused_span()?;
        let seen = self.window.iter().any(|line| matches!(line, Line::Body(span) if span.overlaps(focus)));
        seen.then_some(focus)
    }
}
