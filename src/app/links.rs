//! Links in a text: where they stand, and which key opens each.

use crate::text::{Span, is_unspaced};

/// The keys of links, in the order of the text; `o` itself is the article's own.
const KEYS: &str = "123456789abcdefghijklmnpqrstuvwxyz";

/// The links of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Where each stands, in order, and its place among the addresses.
    places: Vec<(Span, usize)>,
    /// The addresses, each once.
    addresses: Vec<String>,
}

impl Links {
    /// Finds the links of a text: http, https and mailto.
    pub fn of(text: &str) -> Links {
        let mut heads: Vec<usize> = text.match_indices("://").filter_map(|(at, _)| web(text, at)).collect();
        heads.extend(text.match_indices("mailto:").map(|(at, _)| at).filter(|&at| begins(text, at)));
        heads.sort_unstable();
        let mut links = Links::default();
        for start in heads {
            let address = whole(text.get(start..).unwrap_or_default());
            let inside = links.places.last().is_some_and(|(span, _)| start < span.end());
            if inside || !is_openable(address) {
                continue;
            }
            let known = links.addresses.iter().position(|known| known == address);
            let number = known.unwrap_or_else(|| {
                links.addresses.push(address.to_owned());
                links.addresses.len() - 1
            });
            links.places.push((Span::new(start, start + address.len()), number));
        }
        links
    }

    /// The links that touch `line`, and the key of each that has one.
    pub fn within(&self, line: Span) -> impl Iterator<Item = (Span, Option<char>)> {
        let first = self.places.partition_point(|(span, _)| span.end <= line.start);
        let rest = self.places.iter().skip(first).take_while(move |(span, _)| span.start < line.end);
        rest.map(|&(span, number)| (span, KEYS.chars().nth(number)))
    }

    /// The address of the link at a byte of the text.
    pub(super) fn at(&self, byte: u32) -> Option<&str> {
        let (_, number) = self.places.iter().find(|(span, _)| span.start <= byte && byte < span.end)?;
        self.addresses.get(*number).map(String::as_str)
    }

    /// The addresses that have a key, with it.
    pub(super) fn keyed(&self) -> impl Iterator<Item = (char, &String)> {
        KEYS.chars().zip(&self.addresses)
    }
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

/// Where an address begins whose scheme ends at byte `at`.
fn web(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let start = ["https", "http"].into_iter().find_map(|scheme| {
        let start = at.checked_sub(scheme.len())?;
        before.get(start..)?.eq_ignore_ascii_case(scheme).then_some(start)
    })?;
    begins(text, start).then_some(start)
}

/// Whether no word goes on at byte `at`.
fn begins(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_alphanumeric() || is_unspaced(c))
}

/// An address from its beginning on, without what only stands behind it.
fn whole(text: &str) -> &str {
    let stops = |c: char| match c {
        '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' => true,
        c if c.is_ascii() => !c.is_ascii_graphic(),
        c => !c.is_alphanumeric() || is_unspaced(c),
    };
    let mut address = text.get(..text.find(stops).unwrap_or(text.len())).unwrap_or_default();
    while let Some(last) = address.chars().next_back() {
        let open = |c: char| address.matches(c).count();
        let loose = match last {
            ')' => open(')') > open('('),
            ']' => open(']') > open('['),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '(' | '[' => true,
            _ => false,
        };
        if !loose {
            break;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        Links::of(text).places.iter().map(|(span, _)| span.of(text)).collect()
    }

    #[test]
    fn links_are_found_without_what_stands_around_them() {
        let text = "Lihat https://kabar.example/a_(b)?q=1#x, (http://x.example/), “https://y.example”. \
                    mailto:adi@x.example; HTTPS://Z.example/è… https://w.example/文です";
        assert_eq!(
            found(text),
            [
                "https://kabar.example/a_(b)?q=1#x",
                "http://x.example/",
                "https://y.example",
                "mailto:adi@x.example",
                "HTTPS://Z.example/è",
                "https://w.example/"
            ]
        );
        assert!(found("ftp://x.example xhttp://y http:// https://- mailto:x javascript://a").is_empty());
    }

    #[test]
    fn the_same_address_has_one_key() {
        let text = "https://a.example https://b.example https://a.example";
        let links = Links::of(text);
        let keys: Vec<_> = links.within(Span::new(0, text.len())).map(|(_, key)| key).collect();
        assert_eq!(keys, [Some('1'), Some('2'), Some('1')]);
        assert_eq!(links.within(Span::new(18, 20)).count(), 1);
        let many: String = (0..50).map(|number| format!("https://x.example/{number} ")).collect();
        let links = Links::of(&many);
        assert_eq!(links.keyed().count(), 34);
        assert_eq!(links.within(Span::new(0, many.len())).filter(|(_, key)| key.is_none()).count(), 16);
    }

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

    proptest! {
        #[test]
        fn whatever_is_found_may_be_opened(text in "(https?://|mailto:|[a-z@./()文。 \n-]){0,40}") {
            let links = Links::of(&text);
            for (span, number) in &links.places {
                let address = span.of(&text);
                prop_assert!(is_openable(address) && !address.starts_with('-'));
                prop_assert_eq!(address, &links.addresses[*number]);
            }
        }
    }
}
