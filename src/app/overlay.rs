//! Pages laid over the screen: help, legend, problems.

use super::keymap::{Binding, sections, written};
use super::{Context, NOTE, STAR, UNREAD};
use crate::load::Problem;
use crate::text::wrap;

/// A page laid over the screen, scrolled by so many lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlay {
    /// Which page.
    pub page: OverlayPage,
    /// The first line in view.
    pub top: usize,
}

/// The pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlayPage {
    /// All keys, those for where one is first.
    Help(Context),
    /// What the markers mean.
    Legend,
    /// What could not be read.
    Problems,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverlayLine {
    /// Text.
    Text(String),
    /// A heading.
    Heading(String),
    /// Keys and what they do.
    Keys(String, String),
    /// A sample of a marker, by its kind, and what it means.
    Sample(Sample, String),
}

/// What the legend shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A name of this kind.
    Name(crate::article::Kind),
    /// The bar of speech.
    Direct,
    /// The bar of a few quoted words.
    Fragment,
    /// A speaker who is not sure.
    Unsure,
    /// Where one has stopped.
    Focus,
    /// What was found.
    Found,
    /// A sign of what the reader did.
    Sign(&'static str),
    /// A link.
    Link,
}

impl OverlayPage {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            OverlayPage::Help(_) => "Keys",
            OverlayPage::Legend => "Markers",
            OverlayPage::Problems => "What could not be read",
        }
    }

    /// Its lines in `columns` columns.
    pub fn lines(self, problems: &[Problem], columns: usize) -> Vec<OverlayLine> {
        let lines = match self {
            OverlayPage::Help(here) => help(here),
            OverlayPage::Legend => legend(),
            OverlayPage::Problems => problems_page(problems),
        };
        lines.into_iter().flat_map(|line| line.wrapped(columns)).collect()
    }
}

/// Columns of the keys, or of a marker's sample, before what they mean.
pub const KEYS: usize = 15;

impl OverlayLine {
    fn wrapped(self, columns: usize) -> Vec<OverlayLine> {
        match self {
            OverlayLine::Text(text) => wrap(&text, columns)
                .into_iter()
                .map(|span| OverlayLine::Text(span.of(&text).to_owned()))
                .collect(),
            OverlayLine::Keys(keys, help) => {
                let parts = wrap(&help, columns.saturating_sub(KEYS));
                let keys = std::iter::once(keys).chain(std::iter::repeat(String::new()));
                keys.zip(parts)
                    .map(|(keys, span)| OverlayLine::Keys(keys, span.of(&help).to_owned()))
                    .collect()
            }
            OverlayLine::Sample(sample, meaning) => {
                let parts = wrap(&meaning, columns.saturating_sub(KEYS));
                let samples = std::iter::once(sample).chain(std::iter::repeat(Sample::Sign("")));
                samples
                    .zip(parts)
                    .map(|(sample, span)| OverlayLine::Sample(sample, span.of(&meaning).to_owned()))
                    .collect()
            }
            OverlayLine::Heading(_) => vec![self],
        }
    }
}

fn help(here: Context) -> Vec<OverlayLine> {
    let mut lines = Vec::new();
    for (title, bindings) in sections(Some(here)) {
        if !lines.is_empty() {
            lines.push(OverlayLine::Text(String::new()));
        }
        lines.push(OverlayLine::Heading(title.to_owned()));
        let keys = |binding: &&Binding| OverlayLine::Keys(written(binding), binding.help.to_owned());
        lines.extend(bindings.iter().map(keys));
    }
    lines
}

fn legend() -> Vec<OverlayLine> {
    use crate::article::Kind;
    [
        (Sample::Name(Kind::Person), "a person"),
        (Sample::Name(Kind::Country), "a country"),
        (Sample::Name(Kind::Place), "another place"),
        (Sample::Name(Kind::Organisation), "an organisation"),
        (Sample::Direct, "someone speaks; the speaker stands beside or below"),
        (Sample::Fragment, "a few words of someone's inside the reporter's sentence"),
        (Sample::Unsure, "a speaker petik is not sure of; nobody rather than a guess"),
        (Sample::Focus, "where you have stopped: } { for quotations, ] [ for names"),
        (Sample::Found, "what you looked for with f"),
        (Sample::Sign(UNREAD), "not read yet"),
        (Sample::Sign(STAR), "starred"),
        (Sample::Sign(NOTE), "with a note of yours; #words are your tags"),
        (Sample::Link, "a link, an address or other words; o and the key in the margin open it"),
    ]
    .into_iter()
    .map(|(sample, meaning)| OverlayLine::Sample(sample, meaning.to_owned()))
    .collect()
}

fn problems_page(problems: &[Problem]) -> Vec<OverlayLine> {
    if problems.is_empty() {
        return vec![OverlayLine::Text("Everything could be read.".to_owned())];
    }
    problems.iter().map(|problem| OverlayLine::Text(problem.to_string())).collect()
}
