//! Links ↔ the JSON in which a library keeps them: `[[40,54,"https://…"]]`, places as code points.

use super::points::Points;
use crate::article::{Article, Link};

/// The links of an article; nothing where there are none.
pub(super) fn write(article: &Article) -> Option<String> {
    if article.links.is_empty() {
        return None;
    }
    let offsets = article.links.iter().flat_map(|link| [link.span.start(), link.span.end()]);
    let points = Points::of_bytes(&article.body, offsets.collect());
    let links = article.links.iter().map(|link| {
        let (start, end) = points.points(link.span);
        (start, end, link.address.as_str())
    });
    serde_json::to_string(&links.collect::<Vec<_>>()).ok()
}

/// The links of a body; none where `stored` is not what is written here.
pub(super) fn read(stored: &str, body: &str) -> Vec<Link> {
    let stored: Vec<(usize, usize, String)> = serde_json::from_str(stored).unwrap_or_default();
    let points = Points::of_points(body, stored.iter().flat_map(|&(start, end, _)| [start, end]).collect());
    let link = |(start, end, address)| Link { span: points.span(start, end, body.len()), address };
    // Whoever wrote into the file may have written anything.
    Link::fitting(stored.into_iter().map(link).collect(), body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_and_back(body in "[aé北 \n]{0,60}", spans in prop::collection::vec((0usize..90, 0usize..90), 0..6)) {
            let mut article = Article::new("Kapal", &body);
            let link = |&(start, end): &(usize, usize)| Link {
                span: Span::new(start, end),
                address: format!("https://kabar.example/{start}?\"é"),
            };
            article.links = Link::fitting(spans.iter().map(link).collect(), &body);
            match write(&article) {
                Some(stored) => prop_assert_eq!(read(&stored, &body), article.links),
                None => prop_assert!(article.links.is_empty()),
            }
        }

        #[test]
        fn anything_is_read(stored in "(\\[|\\]|,|[0-9]|-|\"https://a.example\"|\"x\"|null){0,12}", body in ".{0,20}") {
            for link in read(&stored, &body) {
                prop_assert!(body.get(link.span.range()).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
