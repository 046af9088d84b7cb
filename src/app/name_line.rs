//! A line of names that petik writes itself ("Norwegia 7 · Rusia 3", "— Ingrid Solheim") and that knows where each stands.

use crate::article::EntityIndex;
use crate::text::{Span, at_column, wrap};

/// Holds words together until the line is wrapped.
pub(super) const HELD: &str = "\u{a0}";

/// The line: its text, and whose name stands where in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameLine {
    text: String,
    names: Vec<(Span, EntityIndex)>,
}

impl NameLine {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whose name stands at a column.
    pub fn at_column(&self, column: u16) -> Option<EntityIndex> {
        let at = at_column(&self.text, usize::from(column))?;
        self.names
            .iter()
            .find(|(span, _)| (span.start()..span.end()).contains(&at))
            .map(|&(_, entity)| entity)
    }

    /// The same with words behind it that are nobody's.
    pub(super) fn and(mut self, words: &str) -> NameLine {
        self.text.push_str(words);
        self
    }

    /// The same with a name behind it.
    pub(super) fn named(mut self, name: &str, entity: EntityIndex) -> NameLine {
        let start = self.text.len();
        self.text.push_str(name);
        self.names.push((Span::new(start, self.text.len()), entity));
        self
    }

    /// The same with another line behind it.
    pub(super) fn then(mut self, line: &NameLine) -> NameLine {
        let behind = self.text.len();
        self.text.push_str(&line.text);
        let moved = |&(span, entity): &(Span, EntityIndex)| {
            (Span::new(span.start() + behind, span.end() + behind), entity)
        };
        self.names.extend(line.names.iter().map(moved));
        self
    }

    /// The line in lines of at most so many columns.
    pub(super) fn wrapped(&self, columns: usize) -> impl Iterator<Item = NameLine> {
        wrap(&self.text, columns).into_iter().map(|line| self.part(line))
    }

    /// Part of it, in which nothing needs to be held together any more.
    fn part(&self, part: Span) -> NameLine {
        let freed = |text: &str| text.replace(HELD, " ");
        let before = |at: usize| {
            let at = at.clamp(part.start(), part.end());
            self.text.get(part.start()..at).map_or(0, |text| freed(text).len())
        };
        let names = self.names.iter().filter(|(span, _)| span.overlaps(part));
        NameLine {
            text: freed(part.of(&self.text)),
            names: names
                .map(|&(span, entity)| (Span::new(before(span.start()), before(span.end())), entity))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_they_stand_in_wrapped_lines() {
        let line = NameLine::default()
            .named("Norwegia\u{a0}7", 4)
            .and("\u{a0}· ")
            .named("Côte\u{a0}d’Ivoire\u{a0}3", 9);
        let lines: Vec<NameLine> = line.wrapped(20).collect();
        assert_eq!(lines.iter().map(NameLine::text).collect::<Vec<_>>(), ["Norwegia 7 ·", "Côte d’Ivoire 3"]);
        let found = |line: usize, columns: std::ops::Range<u16>| -> Vec<Option<EntityIndex>> {
            columns.map(|column| lines[line].at_column(column)).collect()
        };
        assert_eq!(found(0, 9..12), [Some(4), None, None]);
        assert_eq!(found(1, 0..1), [Some(9)]);
        assert_eq!(found(1, 14..16), [Some(9), None]);
        let joined = NameLine::default().and("— ").then(&line);
        assert_eq!((joined.at_column(1), joined.at_column(2)), (None, Some(4)));
    }
}
