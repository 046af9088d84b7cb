//! Cutting a text where its style changes.

use crate::text::Span;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a text in one style.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) style: Style,
}

/// Cuts `text` at the bounds of `styles`, which are laid over each other in the order given.
pub(super) fn cut<'a>(text: &'a str, styles: &[(Span, Style)]) -> Vec<Piece<'a>> {
    let mut bounds: Vec<usize> = styles.iter().flat_map(|(span, _)| [span.start(), span.end()]).collect();
    bounds.extend([0, text.len()]);
    bounds.retain(|&at| at <= text.len() && text.is_char_boundary(at));
    bounds.sort_unstable();
    bounds.dedup();
    bounds
        .windows(2)
        .filter_map(|pair| {
            let (start, end) = (*pair.first()?, *pair.last()?);
            let here = Span::new(start, end);
            let style = styles
                .iter()
                .filter(|(span, _)| span.contains(here))
                .fold(Style::new(), |style, (_, over)| style.patch(*over));
            Some(Piece { text: text.get(start..end)?, style })
        })
        .collect()
}

/// The letters of a text as a reader sees them.
pub(super) fn letters(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true)
}

/// `span` of a text as it lies in `line` of it, counted from the line's beginning.
pub(super) fn within(line: Span, span: Span) -> Span {
    let start = span.start.max(line.start) - line.start;
    let end = span.end.min(line.end).saturating_sub(line.start);
    Span { start, end: end.max(start) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Modifier;

    #[test]
    fn styles_lie_over_each_other() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let dim = Style::new().add_modifier(Modifier::DIM);
        let pieces =
            cut("abcdef", &[(Span::new(1, 4), bold), (Span::new(3, 5), dim), (Span::new(9, 12), dim)]);
        let seen: Vec<(&str, Style)> = pieces.iter().map(|piece| (piece.text, piece.style)).collect();
        assert_eq!(
            seen,
            [("a", Style::new()), ("bc", bold), ("d", bold.patch(dim)), ("e", dim), ("f", Style::new())]
        );
    }
}
