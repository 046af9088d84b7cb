//! The line of a text that holds what a query asks of it, for the list.

use super::mark::mark_body;
use super::query::Query;
use crate::text::{Span, clip, width};

/// Bytes of a text that are looked through: a hit farther in is marked when the article is read.
const READ: usize = 1 << 16;

/// A hit stands behind at most so large a part of the line.
const BEFORE: usize = 3;

/// Part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The part, on one line; with … where it is cut.
    pub text: String,
    /// What answers the query in it, in order.
    pub spans: Vec<Span>,
}

/// The line of `body` that holds the first of what `query` asks of texts, in at most `columns` columns; `None` where
/// nothing is asked of texts, or the body holds none of it.
pub fn snippet(query: &Query, body: &str, columns: usize) -> Option<Snippet> {
    let read = (0..=READ.min(body.len())).rev().find(|&at| body.is_char_boundary(at)).unwrap_or(0);
    let body = body.get(..read)?;
    let spans = mark_body(query, body);
    let hit = spans.first().copied()?;
    let from = body.get(..hit.start())?.rfind('\n').map_or(0, |at| at + 1);
    let until = body.get(hit.end()..)?.find('\n').map_or(body.len(), |at| hit.end() + at);
    let start = start(body.get(from..hit.start())?, columns / BEFORE) + from;
    let cut = if start > from { "…" } else { "" };
    let line = format!("{cut}{}", body.get(start..until)?.replace('\n', " "));
    let text = clip(&line, columns).into_owned();
    // What the line was cut by at its end is no part of it.
    let kept = if text == line { text.len() } else { text.trim_end_matches('…').len() };
    let place = |span: &Span| {
        let (start, end) =
            (span.start().checked_sub(start)? + cut.len(), span.end().checked_sub(start)? + cut.len());
        (start < kept).then(|| Span::new(start, end.min(kept)))
    };
    Some(Snippet { spans: spans.iter().filter_map(place).collect(), text })
}

/// Where a line begins so that at most `most` columns of `before` stand on it: at its beginning or at a word.
fn start(before: &str, most: usize) -> usize {
    if width(before) <= most {
        return 0;
    }
    let mut best = before.len();
    for (at, _) in before.char_indices().rev() {
        if width(before.get(at..).unwrap_or_default()) > most {
            break;
        }
        let behind_space = before.get(..at).is_some_and(|head| head.ends_with(char::is_whitespace));
        if behind_space {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(query: &str, body: &str, columns: usize) -> Option<(String, Vec<String>)> {
        let found = snippet(&Query::parse(query).unwrap(), body, columns)?;
        let marked = found.spans.iter().map(|span| span.of(&found.text).to_owned()).collect();
        Some((found.text, marked))
    }

    #[test]
    fn the_line_of_the_hit_is_shown_with_the_hit_in_it() {
        let body = "Paragraf pertama.\nDi laut sebelah utara pulau itu kapal nelayan berlayar ke pelabuhan lama.\nAkhir.";
        let some = |text: &str, marked: &[&str]| {
            Some((text.to_owned(), marked.iter().map(|&m| m.to_owned()).collect()))
        };
        assert_eq!(cut("text:utara", body, 40), some("…laut sebelah utara pulau itu kapal nel…", &["utara"]));
        assert_eq!(cut("\"di laut\"", body, 20), some("Di laut sebelah uta…", &["Di laut"]));
        assert_eq!(cut("text:akhir", body, 20), some("Akhir.", &["Akhir"]));
        assert_eq!(
            cut("text:(kapal nelayan)", body, 30),
            some("…pulau itu kapal nelayan berl…", &["kapal", "nelayan"])
        );
        assert_eq!(cut("utara", body, 30), None, "a word that is asked of titles and names");
        assert_eq!(cut("!text:utara", body, 30), None);
        assert_eq!(cut("text:tidakada", body, 30), None);
    }

    proptest! {
        #[test]
        fn any_text_and_width_is_cut_to_letters(body in "[ab é\n会]{0,60}", columns in 0usize..30) {
            if let Some(found) = snippet(&Query::parse("text:(a OR 会 OR \"b a\")").unwrap(), &body, columns) {
                prop_assert!(width(&found.text) <= columns);
                prop_assert!(!found.text.contains('\n'));
                for span in found.spans {
                    prop_assert!(found.text.get(span.range()).is_some());
                }
            }
        }
    }
}
