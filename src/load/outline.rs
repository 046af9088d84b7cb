//! Finds the list of articles in a big object of which only the beginning is known.

use super::fields::{CONTAINERS, is_body, normalise};
use super::scan::{Scan, Step, skip_separators, skip_space};
use super::window::decode;

/// Where a list of articles begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    /// Behind its bracket.
    pub(super) at: usize,
    /// How many objects it is in.
    pub(super) depth: u64,
    /// The title of what holds it.
    pub(super) title: Option<String>,
}

/// Looks through the keys of the object at the head of `bytes`, and of the objects in it that may hold a list. None
/// when there is no list so far, or when the object has a body: then it is an article, whatever else it lists.
pub(super) fn find(bytes: &[u8]) -> Option<List> {
    let mut title = None;
    match object(bytes, 0, "", &mut title) {
        Walk::Found(at, depth) => Some(List { at, depth, title }),
        Walk::End(_) | Walk::Over => None,
    }
}

enum Walk {
    /// A list begins here, in this many objects.
    Found(usize, u64),
    /// The object ends here, without a list.
    End(usize),
    /// There is no more to see.
    Over,
}

/// Walks through the object at `at`, which is the value of the key `outer`.
fn object(bytes: &[u8], at: usize, outer: &str, title: &mut Option<String>) -> Walk {
    let top = outer.is_empty();
    let mut at = at + 1;
    loop {
        at = skip_separators(bytes, at);
        match bytes.get(at) {
            Some(b'"') => {}
            Some(b'}') => return Walk::End(at + 1),
            _ => return Walk::Over,
        }
        let Step::End(end) = Scan::default().run(bytes, at) else { return Walk::Over };
        let key = normalise(decode(bytes.get(at + 1..end - 1).unwrap_or_default()).as_ref());
        at = skip_space(bytes, end);
        if bytes.get(at) != Some(&b':') {
            return Walk::Over;
        }
        at = skip_space(bytes, at + 1);
        match bytes.get(at) {
            Some(b'[') if lists(outer, &key) && bytes.get(skip_space(bytes, at + 1)) == Some(&b'{') => {
                return Walk::Found(at + 1, 1);
            }
            Some(b'{') if top && leads(&key) => match object(bytes, at, &key, title) {
                Walk::Found(at, depth) => return Walk::Found(at, depth + 1),
                Walk::End(end) => {
                    at = end;
                    continue;
                }
                Walk::Over => return Walk::Over,
            },
            Some(b'"') if top && is_body(&key) => return Walk::Over,
            _ => {}
        }
        let Step::End(end) = Scan::default().run(bytes, at) else { return Walk::Over };
        if top && key == "title" {
            *title = bytes.get(at..end).and_then(|value| serde_json::from_slice(value).ok());
        }
        // A value of no bytes is no value.
        if end == at {
            return Walk::Over;
        }
        at = end;
    }
}

/// Whether the key `key` in the object `outer` (at the top: "") may hold the list.
fn lists(outer: &str, key: &str) -> bool {
    CONTAINERS.iter().any(|path| match path.split_once('.') {
        Some((first, last)) => normalise(first) == outer && normalise(last) == key,
        None => outer.is_empty() && normalise(path) == key,
    })
}

/// Whether the object at `key` may hold the list.
fn leads(key: &str) -> bool {
    CONTAINERS.iter().any(|path| path.split_once('.').is_some_and(|(first, _)| normalise(first) == key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_before_their_end() {
        let feed = r#"{"version": "1", "title": "Kabar", "items": [ {"id": 1"#;
        let list = find(feed.as_bytes()).unwrap();
        assert_eq!(feed.get(list.at..), Some(r#" {"id": 1"#));
        assert_eq!((list.depth, list.title.as_deref()), (1, Some("Kabar")));
        let answer = r#"{"status":{"a":[1]},"response":{"total":3,"results":[{"#;
        assert_eq!(find(answer.as_bytes()).map(|list| (list.at, list.depth)), Some((answer.len() - 1, 2)));
    }

    #[test]
    fn articles_are_no_lists() {
        assert_eq!(find(br#"{"title":"a","text":"b","items":[{"#), None);
        assert_eq!(find(br#"{"title":"a","items":[1"#), None);
        assert_eq!(find(br#"{"a":"#), None);
        assert_eq!(find(br#"{"a":]}]}]}"#), None);
    }
}
