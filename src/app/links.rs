//! Links in a text: where they stand, and which key opens each.

use crate::article::{Article, is_openable};
use crate::text::{Span, is_unspaced};

/// The keys of links, in the order of the text; `o` itself is the article's own. Where these are too few, the last ones
/// begin a key of two, and so on.
const KEYS: &[u8] = b"123456789abcdefghijklmnpqrstuvwxyz";

/// The links of an article: those it came with, and the addresses that stand in its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Where each stands, in order, and its place among the addresses.
    places: Vec<(Span, usize)>,
    /// The addresses, each once.
    addresses: Vec<String>,
}

impl Links {
    /// The links of an article: http, https and mailto. Where words lead somewhere, the address that they may be is not
    /// told again.
    pub fn of(article: &Article) -> Links {
        let mut given = article.links.iter().peekable();
        let mut links = Links::default();
        for bare in bare(&article.body) {
            while let Some(link) = given.next_if(|link| link.span.start < bare.end) {
                links.push(link.span, &link.address);
            }
            if links.places.last().is_none_or(|(last, _)| last.end <= bare.start) {
                links.push(bare, bare.of(&article.body));
            }
        }
        given.for_each(|link| links.push(link.span, &link.address));
        links
    }

    fn push(&mut self, span: Span, address: &str) {
        let known = self.addresses.iter().position(|known| known == address);
        let number = known.unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        self.places.push((span, number));
    }

    /// The links that touch `line`, and the key of each.
    pub fn within(&self, line: Span) -> impl Iterator<Item = (Span, String)> {
        let first = self.places.partition_point(|(span, _)| span.end <= line.start);
        let rest = self.places.iter().skip(first).take_while(move |(span, _)| span.start < line.end);
        rest.map(|&(span, number)| (span, key(number, self.addresses.len())))
    }

    /// The address of the link at a byte of the text.
    pub(super) fn at(&self, byte: u32) -> Option<&str> {
        let (_, number) = self.places.iter().find(|(span, _)| span.start <= byte && byte < span.end)?;
        self.addresses.get(*number).map(String::as_str)
    }

    /// The addresses, each with its key and where it stands first.
    pub(super) fn keyed(&self) -> impl Iterator<Item = (String, &String, Span)> {
        self.addresses.iter().enumerate().filter_map(|(number, address)| {
            let first = self.places.iter().find(|(_, known)| *known == number)?;
            Some((key(number, self.addresses.len()), address, first.0))
        })
    }
}

/// The key of one of `all` links. None begins another, so that no key has to end one; the first links keep the shortest.
fn key(number: usize, all: usize) -> String {
    let (base, all) = (KEYS.len(), all.max(2));
    let (mut long, mut keys) = (1, base);
    while keys < all {
        (long, keys) = (long + 1, keys.saturating_mul(base));
    }
    // So many of the shorter keys begin longer ones; the others come first.
    let shorter = keys / base;
    let alone = shorter - all.saturating_sub(shorter).div_ceil(base - 1).min(shorter);
    let (letters, mut rest) =
        if number < alone { (long - 1, number) } else { (long, alone * (base - 1) + number) };
    let mut key: Vec<u8> = Vec::with_capacity(letters);
    for _ in 0..letters {
        key.extend(KEYS.get(rest % base));
        rest /= base;
    }
    key.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// The addresses that stand in a text, in order.
fn bare(text: &str) -> Vec<Span> {
    let mut heads: Vec<usize> = text.match_indices("://").filter_map(|(at, _)| web(text, at)).collect();
    heads.extend(text.match_indices("mailto:").map(|(at, _)| at).filter(|&at| begins(text, at)));
    heads.sort_unstable();
    let mut found: Vec<Span> = Vec::new();
    for start in heads {
        let address = whole(text.get(start..).unwrap_or_default());
        let inside = found.last().is_some_and(|span| start < span.end());
        if !inside && is_openable(address) {
            found.push(Span::new(start, start + address.len()));
        }
    }
    found
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
    use crate::article::Link;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        bare(text).iter().map(|span| span.of(text)).collect()
    }

    fn links(text: &str) -> Links {
        Links::of(&Article::new("t", text))
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
        let links = links(text);
        let keys: Vec<_> = links.within(Span::new(0, text.len())).map(|(_, key)| key).collect();
        assert_eq!(keys, ["1", "2", "1"]);
        assert_eq!(links.within(Span::new(18, 20)).count(), 1);
    }

    #[test]
    fn every_link_has_a_key_and_none_begins_another() {
        for (all, known) in [
            (1, vec![(0, "1")]),
            (34, vec![(0, "1"), (33, "z")]),
            (35, vec![(0, "1"), (32, "y"), (33, "z1"), (34, "z2")]),
            (55, vec![(32, "y"), (54, "zm")]),
            (1156, vec![(0, "11"), (1155, "zz")]),
            (1200, vec![(0, "11"), (1199, "zzc")]),
        ] {
            let keys: Vec<String> = (0..all).map(|number| key(number, all)).collect();
            for (number, expected) in known {
                assert_eq!(keys[number], expected, "{number} of {all}");
            }
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            for pair in sorted.windows(2) {
                assert!(!pair[1].starts_with(&pair[0]), "{pair:?} of {all}");
            }
        }
        let many: String = (0..55).map(|number| format!("https://x.example/{number} ")).collect();
        let links = links(&many);
        assert_eq!(links.keyed().count(), 55);
        assert!(
            links.keyed().zip(links.within(Span::new(0, many.len()))).all(|(one, other)| one.0 == other.1)
        );
    }

    #[test]
    fn words_that_lead_somewhere_have_keys_too() {
        let mut article =
            Article::new("t", "Baca https://a.example dan laporan itu, lalu https://b.example lagi.");
        let link = |words: &str, address: &str| {
            let start = article.body.find(words).unwrap();
            Link { span: Span::new(start, start + words.len()), address: address.to_owned() }
        };
        article.links = vec![
            link("https://a.example", "https://a.example/?from=kabar"),
            link("laporan itu", "https://b.example"),
            link("lagi", "https://c.example"),
        ];
        let links = Links::of(&article);
        let whole = Span::new(0, article.body.len());
        let found: Vec<_> = links.within(whole).map(|(span, key)| (span.of(&article.body), key)).collect();
        assert_eq!(
            found,
            [("https://a.example", "1"), ("laporan itu", "2"), ("https://b.example", "2"), ("lagi", "3")]
                .map(|(words, key)| (words, key.to_owned()))
        );
        assert_eq!(links.at(30), Some("https://b.example"));
        assert_eq!(links.keyed().map(|(key, ..)| key).collect::<String>(), "123");
    }

    proptest! {
        #[test]
        fn whatever_is_found_may_be_opened(text in "(https?://|mailto:|[a-z@./()文。 \n-]){0,40}") {
            let links = links(&text);
            for (span, number) in &links.places {
                let address = span.of(&text);
                prop_assert!(is_openable(address) && !address.starts_with('-'));
                prop_assert_eq!(address, &links.addresses[*number]);
            }
        }
    }
}
