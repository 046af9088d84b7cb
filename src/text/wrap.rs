//! Breaking a paragraph into lines, by the line breaking rules of Unicode (UAX #14).

use super::{Span, width};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

/// The lines of `paragraph` in at most `columns` columns, as spans of it without the spaces at their ends. A word
/// with hyphens stays whole where a line has room for it (Siti Nurhaliza-Rahmawati); one longer than a line is cut
/// between letters. A paragraph of no text gives one empty line; no columns count as one.
pub fn wrap(paragraph: &str, columns: usize) -> Vec<Span> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let (mut start, mut used, mut from) = (0usize, 0usize, 0usize);
    for (at, kind) in whole_words(paragraph, columns) {
        let piece = paragraph.get(from..at).unwrap_or_default();
        let text = piece.trim_end();
        let wide = width(text);
        if used > 0 && used + wide > columns {
            lines.push(trimmed(paragraph, start, from));
            (start, used) = (from, 0);
        }
        if wide > columns {
            let mut begin = from;
            for (offset, letter) in text.grapheme_indices(true) {
                let letter_width = width(letter);
                if used > 0 && used + letter_width > columns {
                    lines.push(trimmed(paragraph, start, begin));
                    (start, used) = (begin, 0);
                }
                used += letter_width;
                begin = from + offset + letter.len();
            }
        } else {
            used += wide;
        }
        used += piece.len() - text.len();
        from = at;
        if kind == BreakOpportunity::Mandatory {
            lines.push(trimmed(paragraph, start, from));
            (start, used) = (from, 0);
        }
    }
    if lines.is_empty() {
        lines.push(Span::new(0, 0));
    }
    lines
}

/// Where `paragraph` may be broken: behind a hyphen only inside of words wider than a line, behind the scheme of an address
/// (`https://`) never, since what is left there says nothing.
fn whole_words(paragraph: &str, columns: usize) -> Vec<(usize, BreakOpportunity)> {
    let mut breaks = Vec::new();
    let mut hyphens = Vec::new();
    let mut word = 0;
    for (at, kind) in linebreaks(paragraph) {
        let before = paragraph.get(word..at).unwrap_or_default();
        if kind == BreakOpportunity::Allowed && before.ends_with("://") {
            continue;
        }
        if kind == BreakOpportunity::Allowed && before.ends_with(['-', '\u{2010}']) {
            hyphens.push((at, kind));
            continue;
        }
        if !hyphens.is_empty() && width(before.trim_end()) > columns {
            breaks.append(&mut hyphens);
        }
        hyphens.clear();
        breaks.push((at, kind));
        word = at;
    }
    breaks
}

fn trimmed(paragraph: &str, start: usize, end: usize) -> Span {
    let line = paragraph.get(start..end).unwrap_or_default();
    Span::new(start, start + line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn words_go_to_the_next_line() {
        assert_eq!(lines("satu dua tiga", 8), ["satu dua", "tiga"]);
        assert_eq!(lines("satu dua tiga", 7), ["satu", "dua", "tiga"]);
        assert_eq!(lines("", 8), [""]);
        assert_eq!(lines("lihat https://satu.example/a", 22), ["lihat", "https://satu.example/a"]);
        assert_eq!(lines("dua\nbaris", 20), ["dua", "baris"]);
    }

    #[test]
    fn a_long_word_is_cut_between_letters() {
        assert_eq!(lines("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(lines("李文昭教授", 4), ["李文", "昭教", "授"]);
    }

    #[test]
    fn names_with_hyphens_stay_whole() {
        assert_eq!(
            lines("kata Siti Nurhaliza-Rahmawati itu", 22),
            ["kata Siti", "Nurhaliza-Rahmawati", "itu"]
        );
        assert_eq!(lines("oleh Guinea-Bissau, lalu", 15), ["oleh", "Guinea-Bissau,", "lalu"]);
        assert_eq!(lines("oleh Anne-Marie-Trolle", 12), ["oleh Anne-", "Marie-Trolle"]);
        assert_eq!(lines("anak-", 3), ["ana", "k-"]);
    }

    #[test]
    fn a_closing_mark_stays_with_its_word() {
        assert_eq!(lines("kata “dia” lalu", 10), ["kata “dia”", "lalu"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_lose_nothing(text in "[a-zé李 “”-]{0,80}", columns in 2usize..30) {
            let spans = wrap(&text, columns);
            let mut at = 0;
            for span in &spans {
                prop_assert!(width(span.of(&text)) <= columns);
                prop_assert!(text.get(at..span.start()).unwrap().trim().is_empty());
                at = span.end();
            }
            prop_assert!(text.get(at..).unwrap().trim().is_empty());
        }
    }
}
