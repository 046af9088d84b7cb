//! Byte offsets of a text ↔ its code points, which SQLite counts.

use crate::text::Span;

/// How byte offsets of one text and its code points go together, for a few offsets that are looked up.
pub(super) enum Points {
    /// Each byte is a code point.
    Same,
    /// Byte offset and code point, ascending.
    Known(Vec<(usize, usize)>),
}

impl Points {
    /// For the byte offsets `offsets` of `text`.
    pub(super) fn of_bytes(text: &str, mut offsets: Vec<usize>) -> Points {
        if text.is_ascii() {
            return Points::Same;
        }
        offsets.sort_unstable();
        offsets.dedup();
        let (mut at, mut points) = (0, 0);
        let known = offsets.into_iter().map(|offset| {
            points += letters(text.as_bytes().get(at..offset).unwrap_or_default());
            at = offset.max(at);
            (offset, points)
        });
        Points::Known(known.collect())
    }

    /// For the code points `points` of `text`; those behind its end stand for its end.
    pub(super) fn of_points(text: &str, mut points: Vec<usize>) -> Points {
        if text.is_ascii() {
            return Points::Same;
        }
        points.sort_unstable();
        points.dedup();
        let mut wanted = points.into_iter().peekable();
        let mut known = Vec::new();
        for (point, (at, _)) in text.char_indices().enumerate() {
            if wanted.next_if_eq(&point).is_some() {
                known.push((at, point));
            }
            if wanted.peek().is_none() {
                break;
            }
        }
        known.extend(wanted.map(|point| (text.len(), point)));
        Points::Known(known)
    }

    /// The code points of a span.
    pub(super) fn points(&self, span: Span) -> (usize, usize) {
        let point = |offset: usize| match self {
            Points::Same => offset,
            Points::Known(known) => known
                .binary_search_by_key(&offset, |&(byte, _)| byte)
                .ok()
                .and_then(|at| known.get(at))
                .map_or(0, |&(_, point)| point),
        };
        (point(span.start()), point(span.end()))
    }

    /// The span of code points, held to `length` bytes.
    pub(super) fn span(&self, start: usize, end: usize, length: usize) -> Span {
        let byte = |point: usize| match self {
            Points::Same => point,
            Points::Known(known) => known
                .binary_search_by_key(&point, |&(_, known)| known)
                .ok()
                .and_then(|at| known.get(at))
                .map_or(0, |&(byte, _)| byte),
        };
        let start = byte(start).min(length);
        Span::new(start, byte(end).clamp(start, length))
    }
}

/// Code points that begin in `bytes`.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(text in any::<String>(), a in 0usize..40, b in 0usize..40) {
            let at = |n: usize| text.char_indices().map(|(at, _)| at).nth(n).unwrap_or(text.len());
            let span = Span::new(at(a.min(b)), at(a.max(b)));
            let points = Points::of_bytes(&text, vec![span.end(), span.start()]).points(span);
            prop_assert_eq!(points.0, Span::new(0, span.start()).of(&text).chars().count());
            prop_assert_eq!(points.1, Span::new(0, span.end()).of(&text).chars().count());
            let back = Points::of_points(&text, vec![points.0, points.1]).span(points.0, points.1, text.len());
            prop_assert_eq!(back, span);
        }
    }
}
