//! One line of a list or a card, ready to be drawn.

use crate::article::{Kind, QuoteKind};
use crate::text::{clip, width, wrap};

/// How a piece of a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As text.
    Plain,
    /// As a title.
    Title,
    /// As a heading between parts.
    Heading,
    /// What stands back.
    Quiet,
    /// A name of this kind.
    Name(Kind),
    /// Who speaks.
    Speaker,
    /// Part of a diagram.
    Bar,
    /// Part of a diagram that lies under another.
    Under,
    /// Letters that were looked for.
    Matched,
    /// Words that another article has otherwise.
    Differs,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its text.
    pub text: String,
    /// How it looks.
    pub look: Look,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strip {
    /// From the left.
    pub left: Vec<Part>,
    /// At the right end, kept where room is short.
    pub right: Vec<Part>,
    /// The bar of a quotation before it.
    pub bar: Option<QuoteKind>,
    /// Which entry of its list or card it belongs to: where one can stand.
    pub entry: Option<usize>,
}

impl Strip {
    /// A line of one look.
    pub fn of(text: impl Into<String>, look: Look) -> Strip {
        Strip::default().and(text, look)
    }

    /// A heading, with a word at the right.
    pub fn heading(text: &str, right: String) -> Strip {
        Strip::of(text, Look::Heading).end(right, Look::Quiet)
    }

    /// With another piece behind.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, look: Look) -> Strip {
        let text = text.into();
        if !text.is_empty() {
            self.left.push(Part { text, look });
        }
        self
    }

    /// With another piece at the right end.
    #[must_use]
    pub fn end(mut self, text: impl Into<String>, look: Look) -> Strip {
        let text = text.into();
        if !text.is_empty() {
            self.right.push(Part { text, look });
        }
        self
    }

    /// As a line of an entry.
    #[must_use]
    pub fn at(mut self, entry: usize) -> Strip {
        self.entry = Some(entry);
        self
    }

    /// Behind the bar of a quotation.
    #[must_use]
    pub fn barred(mut self, kind: QuoteKind) -> Strip {
        self.bar = Some(kind);
        self
    }
}

/// A text of one look over as many lines as it takes in `columns`, at most `most`, the last one then with an ellipsis.
pub fn wrapped(text: &str, columns: usize, most: usize, look: Look) -> Vec<Strip> {
    let lines = wrap(text, columns);
    let cut = lines.len() > most;
    lines
        .iter()
        .take(most)
        .enumerate()
        .map(|(at, span)| {
            if cut && at + 1 == most {
                let rest = text.get(span.start()..).unwrap_or_default();
                return Strip::of(clip(rest, columns).into_owned(), look);
            }
            Strip::of(span.of(text), look)
        })
        .collect()
}

/// `many` of `most` as a bar of at most `columns` columns, in eighths of a column; of anything at least one eighth.
pub fn bar(many: u64, most: u64, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if many == 0 || most == 0 || columns == 0 {
        return String::new();
    }
    let columns = u64::try_from(columns).unwrap_or(u64::MAX);
    let eighths = (many.saturating_mul(columns).saturating_mul(8) / most).clamp(1, columns.saturating_mul(8));
    let whole = usize::try_from(eighths / 8).unwrap_or(0);
    let rest = EIGHTHS.get(usize::try_from(eighths % 8).unwrap_or(0)).copied().unwrap_or_default();
    format!("{}{rest}", "█".repeat(whole))
}

/// Counts as a line of blocks, one column each; what is nothing stays empty.
pub fn sparkline(counts: &[u64]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let block = |&count: &u64| match count {
        0 => ' ',
        _ => {
            let eighth = (count * 8).div_ceil(most).clamp(1, 8) - 1;
            BLOCKS.get(usize::try_from(eighth).unwrap_or(0)).copied().unwrap_or('█')
        }
    };
    counts.iter().map(block).collect()
}

/// `text` at the right end of `columns` columns.
pub fn aligned(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagrams_show_proportions() {
        assert_eq!(bar(1, 2, 4), "██");
        assert_eq!(bar(1, 1000, 4), "▏");
        assert_eq!(bar(0, 9, 4), "");
        assert_eq!(bar(9, 9, 3), "███");
        assert_eq!(bar(9, 9, 0), "", "where there is no room");
        assert_eq!(sparkline(&[0, 1, 4, 8]), " ▁▄█");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis() {
        let lines = wrapped("satu dua tiga empat", 8, 2, Look::Plain);
        let texts: Vec<&str> = lines.iter().map(|line| line.left[0].text.as_str()).collect();
        assert_eq!(texts, ["satu dua", "tiga em…"]);
    }
}
