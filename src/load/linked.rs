//! Texts and the links in them, until both are clean.

use super::address::resolve;
use crate::article::Link;
use crate::text::{Clean, Shape, Span, sanitise};
use std::borrow::Cow;
use std::ops::Range;

/// A text as it came, and the words in it that lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Linked<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) links: Links,
}

/// Words, as bytes of a text, and the reference they were given; in order, none in another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Links(Vec<(Range<usize>, String)>);

impl Links {
    /// Notes that `words` lead to `reference`, if that may lead anywhere. Of very many the first are kept.
    pub(super) fn push(&mut self, words: Range<usize>, reference: String) {
        let leads =
            !reference.is_empty() && !reference.starts_with('#') && reference.len() <= 2 * Link::LONGEST;
        if leads && words.start < words.end && self.0.len() < 2 * Link::MOST {
            self.0.push((words, reference));
        }
    }

    /// Takes over the links of a part of another text: of its bytes from `from`, `long`, that stand here at `at`.
    pub(super) fn append(&mut self, links: &mut Links, from: usize, long: usize, at: usize) {
        for (words, reference) in links.0.drain(..) {
            let place = |byte: usize| at + byte.saturating_sub(from).min(long);
            self.push(place(words.start)..place(words.end), reference);
        }
    }

    /// Moves all of them behind `bytes` more of text.
    pub(super) fn shift(&mut self, bytes: usize) {
        for (words, _) in &mut self.0 {
            *words = words.start + bytes..words.end + bytes;
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The same in code points of `text`.
    fn in_points(self, text: &str) -> Vec<(usize, usize, String)> {
        let (mut byte, mut point) = (0, 0);
        let mut count = |to: usize| {
            point += text.get(byte..to).map_or(0, |passed| passed.chars().count());
            byte = to.max(byte);
            point
        };
        self.0
            .into_iter()
            .map(|(words, reference)| (count(words.start), count(words.end), reference))
            .collect()
    }
}

impl<'t> Linked<'t> {
    /// A text without links.
    pub(super) fn bare(text: Cow<'t, str>) -> Linked<'t> {
        Linked { text, links: Links::default() }
    }

    /// Makes text and links clean, with nothing at the ends; of an article whose address is `own`.
    pub(super) fn clean(self, own: Option<&str>) -> (String, Vec<Link>) {
        let clean = sanitise(&self.text, Shape::Lines);
        let links = settle(self.links.in_points(&self.text), &clean, own);
        trimmed(clean.text, links)
    }
}

/// The links of a clean text, of which the words were given in code points of the text it was made of.
pub(super) fn settle(given: Vec<(usize, usize, String)>, clean: &Clean, own: Option<&str>) -> Vec<Link> {
    if given.is_empty() {
        return Vec::new();
    }
    let ranges: Vec<(usize, usize)> = given.iter().map(|&(start, end, _)| (start, end)).collect();
    let spans = clean.origin.spans(&clean.text, &ranges);
    let links = spans.into_iter().zip(given);
    let links =
        links.filter_map(|(span, (.., reference))| Some(Link { span, address: resolve(&reference, own)? }));
    Link::fitting(links.collect(), &clean.text)
}

/// A text without the space at its ends, and the links in it.
pub(super) fn trimmed(mut text: String, mut links: Vec<Link>) -> (String, Vec<Link>) {
    text.truncate(text.trim_end().len());
    let lead = text.len() - text.trim_start().len();
    text.drain(..lead);
    for link in &mut links {
        link.span = Span::new(link.span.start().saturating_sub(lead), link.span.end().saturating_sub(lead));
    }
    links.retain(|link| link.span.end() <= text.len());
    (text, links)
}
