//! Where a link of a page leads: a reference and the address of the page → an address (RFC 3986, section 5).

use std::borrow::Cow;

/// What `reference` means on the page at `own`. `None` when it leads to another place of the same page, or when only
/// the address of the page would tell and it has none.
pub(super) fn resolve(reference: &str, own: Option<&str>) -> Option<String> {
    let reference = spelt(reference.trim());
    if reference.is_empty() || reference.starts_with('#') {
        return None;
    }
    if has_scheme(&reference) {
        return Some(reference.into_owned());
    }
    let (scheme, rest) = own?.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, page) = rest.split_at_checked(end)?;
    if let Some(rest) = reference.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let page = page.split('#').next().unwrap_or_default();
    let page = page.split('?').next().unwrap_or_default();
    let path_end = reference.find(['?', '#']).unwrap_or(reference.len());
    let (path, behind) = reference.split_at_checked(path_end)?;
    let path = match path {
        "" => page.to_owned(),
        path if path.starts_with('/') => without_dots(path),
        path => {
            let folder = page.rfind('/').and_then(|at| page.get(..at)).unwrap_or_default();
            without_dots(&format!("{folder}/{path}"))
        }
    };
    Some(format!("{scheme}://{host}{path}{behind}"))
}

/// A reference as it is followed: without the line ends and tabs in it, its spaces and brackets as percent signs.
fn spelt(reference: &str) -> Cow<'_, str> {
    if !reference.contains(['\t', '\n', '\r', ' ', '<', '>', '"']) {
        return Cow::Borrowed(reference);
    }
    let mut spelt = String::with_capacity(reference.len() + 16);
    for c in reference.chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            ' ' => spelt.push_str("%20"),
            '<' => spelt.push_str("%3C"),
            '>' => spelt.push_str("%3E"),
            '"' => spelt.push_str("%22"),
            c => spelt.push(c),
        }
    }
    Cow::Owned(spelt)
}

/// Whether a reference says how it is followed: "https:", "mailto:".
fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// A path without its `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut parts = path.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The examples of RFC 3986, 5.4, but for those that lead to the page itself.
    #[test]
    fn references_mean_what_they_are_said_to_mean() {
        for (reference, address) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("g#s", "http://a/b/c/g#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"),
            ("g;x", "http://a/b/c/g;x"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            (".g", "http://a/b/c/.g"),
            ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("g#s/../x", "http://a/b/c/g#s/../x"),
        ] {
            assert_eq!(
                resolve(reference, Some("http://a/b/c/d;p?q")).as_deref(),
                Some(address),
                "{reference}"
            );
        }
    }

    #[test]
    fn without_an_own_address_only_whole_ones_lead_anywhere() {
        assert_eq!(resolve("/a", None), None);
        assert_eq!(resolve("//a.example", None), None);
        assert_eq!(resolve("mailto:a@b.example", None).as_deref(), Some("mailto:a@b.example"));
        assert_eq!(resolve(" https://a.example/x y\n", None).as_deref(), Some("https://a.example/x%20y"));
        assert_eq!(resolve("#catatan", Some("https://a.example/")), None);
        assert_eq!(resolve("a", Some("https://a.example")).as_deref(), Some("https://a.example/a"));
        assert_eq!(resolve("a", Some("https://a.example?x")).as_deref(), Some("https://a.example/a"));
    }

    proptest! {
        #[test]
        fn what_is_relative_stays_on_its_host(reference in "[a./?#;é]{1,20}", page in "[a./?#;é]{0,20}") {
            prop_assume!(!reference.starts_with("//"));
            if let Some(address) = resolve(&reference, Some(&format!("https://a.example/{page}"))) {
                prop_assert!(address.starts_with("https://a.example/"), "{}", address);
                let path = address.split(['?', '#']).next().unwrap_or_default();
                prop_assert!(reference.starts_with('?') || path.split('/').all(|part| part != ".."), "{}", address);
            }
        }
    }
}
