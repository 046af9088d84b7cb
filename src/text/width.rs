//! Columns a text takes on a terminal (UAX #11), letter by letter, as ratatui draws it: Arabic lam and alef, which a page
//! draws as one, stand in two cells.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes.
pub fn width(text: &str) -> usize {
    // Below the scripts that join letters nothing is narrower than its letters.
    if text.chars().all(|c| c < '\u{590}') {
        return text.width();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// `text` in at most `columns` columns, with an ellipsis where it was cut; never half a letter.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns || width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.graphemes(true) {
        let wide = width(letter);
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        kept.push_str(letter);
    }
    if columns > 0 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    Cow::Owned(kept)
}

/// `text` in exactly `columns` columns: clipped, or filled with spaces at the right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut line = clip(text, columns).into_owned();
    let used = width(&line);
    line.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
    line
}

/// The byte at which the letter begins that stands at `column` of a line; `None` behind its end.
pub fn at_column(text: &str, column: usize) -> Option<usize> {
    let mut used = 0;
    for (at, letter) in text.grapheme_indices(true) {
        used += width(letter);
        if used > column {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clipping_counts_columns() {
        assert_eq!(clip("Solheim", 7), "Solheim");
        assert_eq!(clip("Solheim", 5), "Solh…");
        assert_eq!(clip("李文昭教授", 6), "李文…");
        assert_eq!(clip("abc", 1), "…");
        assert_eq!((width("الأهرام"), clip("الأهرام", 6).as_ref()), (7, "الأهر…"));
        assert_eq!(clip("abc", 0), "");
        assert_eq!(pad("李", 4), "李  ");
        assert_eq!((at_column("李文", 3), at_column("李文", 4)), (Some(3), None));
    }
}
