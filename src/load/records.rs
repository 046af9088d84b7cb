//! One JSON value → the articles in it.

use super::Loaded;
use super::assemble::{NO_ARTICLE, assemble};
use super::fields::{CONTAINERS, Field, Known, WRAPPERS, take};
use super::sink::Fault;
use super::values;
use super::window::decode;
use serde_json::{Map, Value};

/// Lists in lists in lists: an answer of an interface has two levels, a page of them three.
const DEEPEST: usize = 4;

/// What one record came to.
pub(super) type Outcome = Result<Box<Loaded>, Fault>;

/// Reads the value `bytes`, which comes in the feed `feed`.
pub(super) fn records(bytes: &[u8], feed: Option<&str>) -> Vec<Outcome> {
    let text = decode(bytes);
    let value = match serde_json::from_str::<Value>(&text) {
        Ok(value) => value,
        Err(error) => match repair(&text).and_then(|text| serde_json::from_str(&text).ok()) {
            Some(value) => value,
            None => return vec![Err(fault(&error))],
        },
    };
    let mut outcomes = Vec::with_capacity(1);
    expand(value, feed, DEEPEST, &mut outcomes);
    outcomes
}

fn fault(error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Fault {
        line: (error.line() as u64).saturating_sub(1),
        column: Some(error.column() as u64),
        what: format!("is not valid JSON: {message}"),
        advice: "",
    }
}

fn expand(value: Value, feed: Option<&str>, deepest: usize, outcomes: &mut Vec<Outcome>) {
    match value {
        Value::Object(map) => expand_object(map, feed, deepest, outcomes),
        Value::Array(list) if deepest > 0 => {
            for value in list {
                expand(value, feed, deepest - 1, outcomes);
            }
        }
        Value::Array(_) => outcomes.push(Err(Fault::new("is no article: it is a list in lists", ""))),
        _ => outcomes.push(Err(Fault::new("is no article: it is no object", ""))),
    }
}

fn expand_object(
    mut map: Map<String, Value>,
    feed: Option<&str>,
    deepest: usize,
    outcomes: &mut Vec<Outcome>,
) {
    if is_action(&map) {
        return;
    }
    if has(&map, &[Field::Body, Field::Html]) {
        return outcomes.extend(assemble(&map, None, feed).transpose());
    }
    let list = |value: &Value| {
        value.as_array().is_some_and(|list| list.iter().any(|value| value.as_object().is_some_and(promises)))
    };
    if deepest > 0
        && let Some(found) = CONTAINERS.iter().find_map(|path| take(&mut map, path, list))
    {
        let title = map.get("title").and_then(Value::as_str);
        return expand(found, title.or(feed), deepest - 1, outcomes);
    }
    if !has(&map, &[Field::Title, Field::Summary]) || map.contains_key("object") {
        let inner = |value: &Value| value.as_object().is_some_and(promises);
        if let Some(Value::Object(mut inner)) = WRAPPERS.iter().find_map(|path| take(&mut map, path, inner)) {
            for (key, value) in map {
                inner.entry(key).or_insert(value);
            }
            return outcomes.extend(assemble(&inner, None, feed).transpose());
        }
        let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        if CONTAINERS.iter().any(|path| take(&mut map, path, empty).is_some()) {
            return outcomes.push(Err(Fault::new("holds an empty list of articles", "")));
        }
    }
    // A collection keyed by ids.
    if deepest > 0 && map.len() > 1 && map.values().all(|value| value.as_object().is_some_and(promises)) {
        return map.into_iter().for_each(|(_, value)| expand(value, feed, 0, outcomes));
    }
    if map.is_empty() {
        return outcomes.push(Err(Fault::new("is no article: it has no fields", NO_ARTICLE)));
    }
    outcomes.extend(assemble(&map, None, feed).transpose());
}

/// The lines that stand before each document in what Elasticsearch takes in bulk, and so in the dumps of Wikinews.
fn is_action(map: &Map<String, Value>) -> bool {
    map.len() == 1
        && ["index", "create"].iter().any(|key| map.get(*key).is_some_and(|value| value.get("_id").is_some()))
}

/// Whether `map` has a usable value for one of `fields`.
fn has(map: &Map<String, Value>, fields: &[Field]) -> bool {
    let known = Known::of(map);
    fields.iter().any(|&field| known.values(field).any(|value| values::body(value).is_some()))
}

/// Whether `map` looks like an article, or like what one is wrapped in.
fn promises(map: &Map<String, Value>) -> bool {
    has(map, &[Field::Title, Field::Body, Field::Html, Field::Summary])
        || WRAPPERS.iter().any(|name| map.get(*name).is_some_and(Value::is_object))
        || map.contains_key("quotes")
}

/// What other writers of JSON write that is not JSON, made readable: NaN and infinities become null, half surrogate
/// pairs U+FFFD, control characters in strings their escapes. None when there was nothing of the kind.
fn repair(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len() + 16);
    let mut changed = false;
    let mut rest = text;
    let mut string = false;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '"' => {
                string = !string;
                repaired.push(c);
            }
            '\\' if string => {
                let (escape, length) = escape(rest);
                changed |= escape == "\\ufffd";
                repaired.push_str(escape);
                taken = length;
            }
            '\0'..='\u{1f}' if string => {
                changed = true;
                repaired.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            'N' | 'I' | '-' if !string => {
                match ["NaN", "Infinity", "-Infinity", "-NaN"].iter().find(|word| rest.starts_with(**word)) {
                    Some(word) => {
                        changed = true;
                        taken = word.len();
                        repaired.push_str("null");
                    }
                    None => repaired.push(c),
                }
            }
            _ => repaired.push(c),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    changed.then_some(repaired)
}

/// The escape at the head of `text`, and how much of `text` it stands for.
fn escape(text: &str) -> (&str, usize) {
    let unit = |at: usize| match text.get(at..at + 2) {
        Some("\\u") => text.get(at + 2..at + 6).and_then(|digits| u16::from_str_radix(digits, 16).ok()),
        _ => None,
    };
    let taken = match (unit(0), unit(6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
        (Some(0xd800..=0xdfff), _) => return ("\\ufffd", 6),
        (Some(_), _) => 6,
        (None, _) => text.chars().take(2).map(char::len_utf8).sum(),
    };
    (text.get(..taken).unwrap_or(text), taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(json: &str) -> Vec<String> {
        records(json.as_bytes(), None)
            .into_iter()
            .map(|outcome| match outcome {
                Ok(loaded) => loaded.article.title,
                Err(fault) => format!("! {}", fault.what),
            })
            .collect()
    }

    #[test]
    fn lists_are_found_in_what_holds_them() {
        assert_eq!(titles(r#"{"articles":[{"title":"a"},{"title":"b","text":"x"}]}"#), ["a", "b"]);
        assert_eq!(titles(r#"{"articles":{"results":[{"title":"a"}]}}"#), ["a"]);
        assert_eq!(titles(r#"{"hits":{"hits":[{"_id":"1","_source":{"title":"a"}}]}}"#), ["a"]);
        assert_eq!(
            titles(
                r#"{"type":"OrderedCollection","orderedItems":[{"type":"Create","object":{"name":"a","content":"x"}}]}"#
            ),
            ["a"]
        );
        assert_eq!(titles(r#"{"response":{"content":{"webTitle":"a","fields":{"bodyText":"x"}}}}"#), ["a"]);
        assert_eq!(titles(r#"{"a1":{"title":"a"},"a2":{"title":"b"}}"#), ["a", "b"]);
        assert_eq!(titles(r#"{"rows":[{"row_idx":0,"row":{"text":"Kata"}}]}"#), ["Kata"]);
        assert_eq!(titles(r#"{"index":{"_type":"page","_id":"1"}}"#), [""; 0]);
        assert_eq!(titles(r#"{"articles":[]}"#), ["! holds an empty list of articles"]);
    }

    #[test]
    fn an_article_may_list_things() {
        assert_eq!(titles(r#"{"title":"a","text":"x","items":[{"title":"b"}]}"#), ["a"]);
        assert_eq!(titles(r#"{"title":"a","data":[{"x":1}]}"#), ["a"]);
    }

    #[test]
    fn what_is_nearly_json_is_read() {
        assert_eq!(titles(r#"{"title":"a \ud83d b","author":NaN,"n":-Infinity}"#), ["a \u{fffd} b"]);
        assert_eq!(titles("{\"title\":\"a\tb \\\\ \\ud83d\\ude00 \\\"NaN\\\"\"}"), ["a b \\ 😀 \"NaN\""]);
        assert_eq!(titles(r#"{"title":"a","title":"b"}"#), ["b"]);
        assert!(titles(r#"{"title":"a",}"#)[0].starts_with("! is not valid JSON: "));
        assert_eq!(titles("3"), ["! is no article: it is no object"]);
    }
}
