//! Links: words of a body, and where they lead.

use crate::text::{Span, sanitise_line};
use std::cmp::Reverse;

/// Words of a body that lead somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words, of one line.
    pub span: Span,
    /// Where they lead: http, https or mailto, safe to show.
    pub address: String,
}

impl Link {
    /// An article has so many links at most; more are a list of links, and no keys are left for them.
    pub const MOST: usize = 500;

    /// Bytes of an address at most; what is longer is cut by programs on its way.
    pub const LONGEST: usize = 2_048;

    /// Those of `links` that fit `body` and may be opened, in order: none in another, each without the spaces at its
    /// ends and no further than its line.
    pub fn fitting(mut links: Vec<Link>, body: &str) -> Vec<Link> {
        links.sort_by_key(|link| (link.span.start, Reverse(link.span.end)));
        let mut end = 0;
        links.retain_mut(|link| {
            let words = link.span.of(body);
            let start = link.span.start() + words.len() - words.trim_start().len();
            let words = words.trim().lines().next().unwrap_or_default().trim_end();
            link.span = Span::new(start, start + words.len());
            let fits = !words.is_empty() && start >= end && is_kept(&link.address);
            if fits {
                end = link.span.end();
            }
            fits
        });
        links.truncate(Link::MOST);
        links
    }
}

/// Whether an address is kept: one that may be opened and is what it looks like.
fn is_kept(address: &str) -> bool {
    address.len() <= Link::LONGEST && is_openable(address) && sanitise_line(address) == address
}

/// Whether an address may be handed to another program: of the web or of mail, and of one piece.
pub fn is_openable(address: &str) -> bool {
    let of = |scheme: &str| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    let rest = |scheme: &str| address.get(scheme.len()..).unwrap_or_default();
    let named = |rest: &str| rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[');
    let fits = ["https://", "http://"].into_iter().any(|scheme| of(scheme) && named(rest(scheme)))
        || of("mailto:") && named(rest("mailto:")) && address.contains('@');
    fits && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_web_and_mail_are_opened() {
        for fine in ["http://a", "https://[::1]/", "mailto:a@b.example"] {
            assert!(is_openable(fine), "{fine}");
        }
        for foreign in [
            "",
            "-x",
            "--help",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https:",
            "https://",
            "https://-a",
            "http://a b",
            "http://a\nb",
            "http://a\u{1b}b",
            " http://a",
            "ssh://a",
            "mailto:a",
            "mailto:-a@b",
        ] {
            assert!(!is_openable(foreign), "{foreign:?}");
        }
    }

    #[test]
    fn what_looks_like_another_address_is_not_kept() {
        let kept = |address: &str| is_kept(address);
        assert!(kept("https://kabar.example/a?b=é"));
        assert!(!kept("https://kabar.example/\u{202e}gpj.exe"), "an override");
        assert!(!kept("https://ka\u{200b}bar.example/"), "nothing that shows");
        assert!(!kept(&format!("https://kabar.example/{}", "x".repeat(Link::LONGEST))));
    }

    #[test]
    fn links_stand_in_one_line_and_apart() {
        let body = "satu dua\ntiga empat";
        let link = |start: usize, end: usize| Link {
            span: Span::new(start, end),
            address: "https://kabar.example/".to_owned(),
        };
        let links =
            Link::fitting(vec![link(14, 19), link(4, 13), link(5, 7), link(8, 9), link(90, 99)], body);
        let words: Vec<&str> = links.iter().map(|link| link.span.of(body)).collect();
        assert_eq!(words, ["dua", "empat"]);
    }

    proptest! {
        #[test]
        fn what_fits_lies_on_characters(body in "[aé北 \n]{0,30}", spans in prop::collection::vec((0usize..60, 0usize..60), 0..8)) {
            let link = |&(start, end): &(usize, usize)| Link {
                span: Span::new(start, end),
                address: "https://kabar.example/".to_owned(),
            };
            let links = Link::fitting(spans.iter().map(link).collect(), &body);
            let mut end = 0;
            for link in links {
                let words = body.get(link.span.range()).expect("on characters");
                prop_assert!(!words.is_empty() && words.trim() == words && !words.contains('\n'));
                prop_assert!(link.span.start() >= end);
                end = link.span.end();
            }
        }
    }
}
