//! Colours and their second cues.
//!
//! Only the sixteen colours that the reader's own theme defines are used, so that light and dark screens both read
//! well. Every kind of name has an attribute besides its colour, which survives `NO_COLOR` and colour-blindness.

use crate::article::{Kind, QuoteKind};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;

/// How things look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used at all.
    pub colour: bool,
}

impl Theme {
    /// A colour where colours are used.
    fn fg(self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }

    /// A name of this kind.
    pub fn name(self, kind: Kind) -> Style {
        let (colour, cue) = match kind {
            Kind::Person => (Color::Cyan, Modifier::BOLD),
            Kind::Country => (Color::Green, Modifier::UNDERLINED),
            Kind::Place => (Color::LightBlue, Modifier::ITALIC.union(Modifier::UNDERLINED)),
            Kind::Organisation => (Color::Magenta, Modifier::BOLD.union(Modifier::UNDERLINED)),
        };
        self.fg(colour).add_modifier(cue)
    }

    /// The bar of a quotation.
    pub fn bar(self, kind: QuoteKind) -> (&'static str, Style) {
        match kind {
            QuoteKind::Direct => ("┃", self.fg(Color::Yellow).add_modifier(Modifier::BOLD)),
            QuoteKind::Fragment => ("┆", self.fg(Color::Yellow)),
        }
    }

    /// The speaker beside or below a quotation.
    pub fn speaker(self) -> Style {
        self.fg(Color::Yellow)
    }

    /// The mark one has stopped at.
    pub fn focus(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The other mentions of the one that is looked at, pronouns too.
    pub fn same(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// What was looked for.
    pub fn found(self) -> Style {
        if self.colour {
            Style::new().fg(Color::Black).bg(Color::Yellow)
        } else {
            Style::new().add_modifier(Modifier::REVERSED)
        }
    }

    /// The place found that one is at.
    pub fn found_here(self) -> Style {
        self.found().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Letters that the filter matched.
    pub fn matched(self) -> Style {
        self.fg(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// The sign before a marked row.
    pub fn marked(self) -> Line<'static> {
        Line::styled("✓", self.fg(Color::Green).add_modifier(Modifier::BOLD))
    }

    /// A link.
    pub fn link(self) -> Style {
        Style::new().add_modifier(Modifier::DIM | Modifier::UNDERLINED)
    }

    /// A title.
    pub fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What stands back: dates, hints, lines.
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The key of a hint.
    pub fn key(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// The bar of the selected row, and the prompt of a line that has the keys.
    pub fn accent(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A country that many articles name.
    pub fn most(self) -> Style {
        self.fg(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A country that some articles name.
    pub fn more(self) -> Style {
        self.fg(Color::Yellow)
    }

    /// A country that few articles name.
    pub fn some(self) -> Style {
        self.fg(Color::Cyan)
    }

    /// What the reader did with an article: not read it yet, starred, tagged, noted something.
    pub fn sign(self) -> Style {
        self.fg(Color::Yellow)
    }

    /// The reader's note.
    pub fn note(self) -> Style {
        Style::new().add_modifier(Modifier::ITALIC)
    }

    /// Something is wrong.
    pub fn warning(self) -> Style {
        self.fg(Color::Red).add_modifier(Modifier::BOLD)
    }
}
