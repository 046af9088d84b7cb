//! What a JSON value says when a text, a list of names or an address is asked for.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// More names or keywords than this are no article's.
const MOST_ENTRIES: usize = 100;

/// One short text: a string, a number, the first of a list, or what an object calls its text.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Array(list) => list.iter().find_map(text),
        Value::Object(map) => [
            "name", "title", "main", "text", "value", "content", "label", "#text", "@value", "$oid",
            "original",
        ]
        .iter()
        .find_map(|key| map.get(*key))
        .and_then(text),
        _ => None,
    }
}

/// A body: a string as it stands, or the paragraphs of a list or an object with an empty line between.
pub(super) fn body(value: &Value) -> Option<Cow<'_, str>> {
    if let Value::String(text) = value {
        return (!text.trim().is_empty()).then_some(Cow::Borrowed(text));
    }
    let mut text = String::new();
    paragraphs(value, &mut text);
    (!text.is_empty()).then_some(Cow::Owned(text))
}

fn paragraphs(value: &Value, text: &mut String) {
    match value {
        Value::String(paragraph) => {
            let paragraph = paragraph.trim();
            if !paragraph.is_empty() {
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(paragraph);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| paragraphs(value, text)),
        Value::Object(map) => {
            // The body of fundus has summary and sections, a section headline and paragraphs; editors' block lists
            // have a text or content each.
            for key in [
                "summary",
                "headline",
                "paragraphs",
                "sections",
                "text",
                "content",
                "value",
                "children",
                "#text",
            ] {
                if let Some(value) = map.get(key) {
                    paragraphs(value, text);
                }
            }
        }
        _ => {}
    }
}

/// Names of people: a list, a list as Python prints one, or a string with semicolons. Addresses are no names.
pub(super) fn authors(value: &Value) -> Vec<String> {
    let mut names = Vec::new();
    each_author(value, &mut names);
    names
}

fn each_author(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => match printed_list(text) {
            Some(list) => list.into_iter().for_each(|name| push_name(&name, names)),
            None => text.split(';').for_each(|name| push_name(name, names)),
        },
        Value::Array(list) => list.iter().for_each(|value| each_author(value, names)),
        Value::Object(map) => {
            let part = |keys: [&str; 2]| keys.iter().find_map(|key| map.get(*key)).and_then(Value::as_str);
            match (part(["given", "firstName"]), part(["family", "lastName"])) {
                (Some(given), Some(family)) => push_name(&format!("{given} {family}"), names),
                (None, Some(family)) => push_name(family, names),
                _ => {
                    let name = ["name", "literal", "original", "title"].iter().find_map(|key| map.get(*key));
                    name.into_iter().for_each(|value| each_author(value, names));
                }
            }
        }
        _ => {}
    }
}

fn push_name(name: &str, names: &mut Vec<String>) {
    let name = name.trim();
    if names.len() < MOST_ENTRIES
        && !name.is_empty()
        && !name.contains("://")
        && !names.iter().any(|known| known == name)
    {
        names.push(name.to_owned());
    }
}

/// Keywords: a list of strings or of named objects, or a string with `;`, `|` or `,` between.
pub(super) fn tags(value: &Value) -> Vec<String> {
    let mut tags = Vec::new();
    match value {
        Value::Array(list) => {
            for value in list {
                let tag = match value {
                    Value::Object(map) => tag_of(map),
                    value => text(value),
                };
                tag.into_iter().for_each(|tag| push_tag(&tag, &mut tags));
            }
        }
        Value::String(text) => match printed_list(text) {
            Some(list) => list.iter().for_each(|tag| push_tag(tag, &mut tags)),
            None => {
                let sign = [';', '|'].into_iter().find(|&sign| text.contains(sign)).unwrap_or(',');
                text.split(sign).for_each(|tag| push_tag(tag, &mut tags));
            }
        },
        // Readwise keys its tags by their names.
        Value::Object(map) => match text(value) {
            Some(tag) => push_tag(&tag, &mut tags),
            None => map.keys().for_each(|tag| push_tag(tag, &mut tags)),
        },
        _ => {}
    }
    tags
}

fn tag_of(map: &Map<String, Value>) -> Option<Cow<'_, str>> {
    // The New York Times says {"name": "persons", "value": "Solheim, Ingrid"}.
    ["value", "term", "label", "webTitle", "name", "title", "tag"]
        .iter()
        .find_map(|key| map.get(*key))
        .and_then(text)
}

fn push_tag(tag: &str, tags: &mut Vec<String>) {
    // Google Reader and its heirs keep their state among the categories, and folders as user/-/label/NAME.
    let tag = match tag.split_once("/label/") {
        Some((_, label)) => label,
        None if tag.contains("/state/com.google/") => return,
        None => tag,
    };
    let tag = tag.trim();
    if !tag.is_empty() && tags.len() < MOST_ENTRIES && !tags.iter().any(|known| known == tag) {
        tags.push(tag.to_owned());
    }
}

/// The strings of "['A', \"B\"]", as Python prints a list into a table.
fn printed_list(text: &str) -> Option<Vec<String>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let mut list = Vec::new();
    let mut chars = inner.chars();
    while let Some(quote) = chars.find(|c| matches!(c, '\'' | '"')) {
        let mut item = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\\' => item.extend(chars.next()),
                _ if c == quote => break,
                _ => item.push(c),
            }
        }
        list.push(item);
    }
    Some(list)
}

/// An http or https address: a string, the first of a list, or the link an object holds.
pub(super) fn address(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => web_address(text),
        Value::Array(list) => list.iter().find_map(address),
        Value::Object(map) => {
            ["href", "@id", "url", "id", "link"].iter().find_map(|key| map.get(*key)).and_then(address)
        }
        _ => None,
    }
}

/// `text` if it is an http or https address.
pub(super) fn web_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (web && !rest.is_empty() && text.len() <= 4096 && !text.contains(char::is_whitespace)).then_some(text)
}

/// The host of an address, without "www.".
pub(super) fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn authors_come_in_many_forms() {
        assert_eq!(authors(&json!("A. B; C, D")), ["A. B", "C, D"]);
        assert_eq!(authors(&json!("['A', \"B O'C\"]")), ["A", "B O'C"]);
        assert_eq!(
            authors(&json!([{"name": "A"}, {"family": "B", "given": "C"}, "https://x.example", "A"])),
            ["A", "C B"]
        );
        assert_eq!(authors(&json!({"original": "By A"})), ["By A"]);
        assert!(authors(&json!(null)).is_empty());
    }

    #[test]
    fn tags_come_in_many_forms() {
        assert_eq!(tags(&json!("a, b")), ["a", "b"]);
        assert_eq!(tags(&json!("a, b|c")), ["a, b", "c"]);
        assert_eq!(tags(&json!([{"name": "persons", "value": "A, B"}, "c"])), ["A, B", "c"]);
        assert_eq!(tags(&json!(["user/-/state/com.google/read", "user/-/label/x"])), ["x"]);
        assert_eq!(tags(&json!({"fish": {}, "sea": {}})), ["fish", "sea"]);
    }

    #[test]
    fn bodies_come_in_parts() {
        let fundus = json!({"summary": ["s"], "sections": [{"headline": ["h"], "paragraphs": ["p", "q"]}]});
        assert_eq!(body(&fundus).unwrap(), "s\n\nh\n\np\n\nq");
        assert_eq!(body(&json!([{"type": "p", "text": "a"}, "b"])).unwrap(), "a\n\nb");
        assert_eq!(body(&json!(" ")), None);
    }

    #[test]
    fn addresses_are_of_the_web() {
        assert_eq!(address(&json!([{"href": "https://a.example/x"}])), Some("https://a.example/x"));
        assert_eq!(address(&json!("kabar.example")), None);
        assert_eq!(address(&json!("javascript://x")), None);
        assert_eq!(host("https://user@www.a.example:80/x"), Some("a.example"));
    }
}
