//! The marks of an article in the order of its text: what the reading pane draws and jumps through.

use crate::article::{Annotations, EntityIndex, Form, Mention};
use crate::text::Span;

/// A mention of an entity in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameMark {
    /// Whose.
    pub entity: EntityIndex,
    /// Where and how.
    pub mention: Mention,
}

/// A part of a quotation in the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteMark {
    /// Which quotation.
    pub quote: usize,
    /// Where this part stands.
    pub span: Span,
}

/// All marks of an article, in the order of the text; of those that begin together the longer first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Mentions.
    pub names: Vec<NameMark>,
    /// Parts of quotations.
    pub quotes: Vec<QuoteMark>,
    /// The length of the longest mark, which bounds how far back one that reaches into a line can begin.
    longest: u32,
}

impl Marks {
    /// Sorts the marks of `found`.
    pub fn new(found: &Annotations) -> Marks {
        let mut names: Vec<NameMark> = found
            .entities
            .iter()
            .enumerate()
            .flat_map(|(entity, known)| {
                known.mentions.iter().map(move |&mention| NameMark { entity, mention })
            })
            .collect();
        let mut quotes: Vec<QuoteMark> = found
            .quotes
            .iter()
            .enumerate()
            .flat_map(|(quote, known)| known.parts.iter().map(move |&span| QuoteMark { quote, span }))
            .collect();
        let key = |span: Span| (span.start, u32::MAX - span.end);
        names.sort_by_key(|mark| key(mark.mention.span));
        quotes.sort_by_key(|mark| key(mark.span));
        let spans = names.iter().map(|mark| mark.mention.span).chain(quotes.iter().map(|mark| mark.span));
        let longest = spans.map(|span| span.end - span.start).max().unwrap_or(0);
        Marks { names, quotes, longest }
    }

    /// The mentions that touch `line`.
    pub fn names_in(&self, line: Span) -> impl Iterator<Item = &NameMark> {
        within(&self.names, line, self.longest, |mark| mark.mention.span)
    }

    /// The parts of quotations that touch `line`.
    pub fn quotes_in(&self, line: Span) -> impl Iterator<Item = &QuoteMark> {
        within(&self.quotes, line, self.longest, |mark| mark.span)
    }

    /// The quotations of which a part begins on `line`.
    pub fn beginning_in(&self, line: Span) -> impl Iterator<Item = usize> {
        self.quotes_in(line).filter(move |mark| line.start <= mark.span.start).map(|mark| mark.quote)
    }

    /// The mention to go to from byte `from` of the body: the first one that begins behind it, or the last one that
    /// begins before it. Pronouns and offices are drawn but not stopped at.
    pub fn name_from(&self, from: Option<Span>, at: u32, forward: bool) -> Option<usize> {
        let stops = |mark: &NameMark| !matches!(mark.mention.form, Form::Pronoun | Form::Title);
        let begins = |mark: &NameMark| mark.mention.span;
        step(&self.names, from, at, forward, begins, stops)
    }

    /// The part of a quotation to go to from byte `from` of the body, as for names.
    pub fn quote_from(&self, from: Option<Span>, at: u32, forward: bool) -> Option<usize> {
        step(&self.quotes, from, at, forward, |mark| mark.span, |_| true)
    }
}

fn within<T>(
    marks: &[T],
    line: Span,
    longest: u32,
    span: impl Fn(&T) -> Span + Copy,
) -> impl Iterator<Item = &T> {
    let first = marks.partition_point(|mark| span(mark).start < line.start.saturating_sub(longest));
    marks
        .iter()
        .skip(first)
        .take_while(move |mark| span(mark).start < line.end)
        .filter(move |mark| span(mark).overlaps(line))
}

/// The next stop behind (or before) the focused mark `from`, or, with none, at or behind (or before) byte `at`.
fn step<T>(
    marks: &[T],
    from: Option<Span>,
    at: u32,
    forward: bool,
    span: impl Fn(&T) -> Span,
    stops: impl Fn(&T) -> bool,
) -> Option<usize> {
    let key = |span: Span| (span.start, u32::MAX - span.end);
    let mut candidates = marks.iter().enumerate().filter(|(_, mark)| stops(mark));
    if forward {
        candidates.find(|(_, mark)| match from {
            Some(from) => key(span(mark)) > key(from),
            None => span(mark).start >= at,
        })
    } else {
        candidates.rfind(|(_, mark)| match from {
            Some(from) => key(span(mark)) < key(from),
            None => span(mark).start < at,
        })
    }
    .map(|(place, _)| place)
}
