//! The links of a record: `"links":[{"start":40,"end":54,"url":"https://…"}]`, places as everywhere in a record.

use crate::article::{Article, Link};
use serde::Serialize;
use serde_json::{Map, Value};

/// One link as it is written.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    start: usize,
    end: usize,
    url: &'a str,
}

/// The links of an article, in code points of its body.
pub(super) fn written(article: &Article) -> Vec<Written<'_>> {
    let (mut byte, mut point) = (0, 0);
    let mut count = |to: usize| {
        point += article.body.get(byte..to).map_or(0, |passed| passed.chars().count());
        byte = to.max(byte);
        point
    };
    let link = |link: &'_ Link| (count(link.span.start()), count(link.span.end()));
    let places: Vec<(usize, usize)> = article.links.iter().map(link).collect();
    places
        .into_iter()
        .zip(&article.links)
        .map(|((start, end), link)| Written { start, end, url: &link.address })
        .collect()
}

/// The links that a record gives: from where to where in code points of its body as it was decoded, and the reference
/// that stands there. Entries that say no place are left out, and those beyond twice as many as an article can have.
pub fn links(record: &Map<String, Value>) -> Vec<(usize, usize, String)> {
    let list = record.get("links").and_then(Value::as_array);
    let place = |value: &Value, key: &str| value.get(key)?.as_u64().and_then(|at| usize::try_from(at).ok());
    let link = |value: &Value| {
        let (start, end) = (place(value, "start")?, place(value, "end")?);
        let reference = ["url", "href"].iter().find_map(|key| value.get(*key)?.as_str())?;
        (start < end && reference.len() <= 2 * Link::LONGEST).then(|| (start, end, reference.to_owned()))
    };
    list.into_iter().flatten().filter_map(link).take(2 * Link::MOST).collect()
}
