//! Articles and quotations as rows of a table.

use super::{Piece, Points};
use crate::article::{Entity, Kind, Quote};
use crate::words::Country;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The columns of an article.
pub const ARTICLE: [&str; 11] =
    ["id", "published", "outlet", "countries", "quotes", "title", "people", "lang", "url", "authors", "body"];

/// The columns of a quotation.
pub const QUOTE: [&str; 14] = [
    "published",
    "outlet",
    "speaker",
    "quote",
    "role",
    "kind",
    "relay",
    "confidence",
    "title",
    "url",
    "id",
    "start",
    "end",
    "parts",
];

/// An article as the cells of [`ARTICLE`].
pub fn article_cells(piece: &Piece<'_>) -> Vec<Value> {
    let (article, known) = (piece.article, piece.annotations);
    let of_kind = |kind: Kind| known.entities.iter().filter(move |entity| entity.kind == kind);
    let countries: BTreeSet<&str> =
        of_kind(Kind::Country).filter_map(|entity| entity.country.as_ref()).map(Country::as_str).collect();
    vec![
        json!(piece.id()),
        json!(article.published.map(|published| published.rfc3339())),
        json!(article.outlet),
        json!(countries),
        json!(known.quotes.len()),
        json!(article.title),
        of_kind(Kind::Person).map(|entity| json!(entity.name)).collect(),
        json!(article.language.unwrap_or(known.language).as_str()),
        json!(article.url),
        json!(article.authors),
        json!(article.body),
    ]
}

/// A quotation as the cells of [`QUOTE`].
pub fn quote_cells(piece: &Piece<'_>, quote: &Quote) -> Vec<Value> {
    let (article, points) = (piece.article, Points::of(&piece.article.body));
    let entity = |at: Option<usize>| -> Option<&Entity> { piece.annotations.entities.get(at?) };
    let speaker = entity(quote.speaker);
    vec![
        json!(article.published.map(|published| published.rfc3339())),
        json!(article.outlet),
        json!(speaker.map(|speaker| &speaker.name)),
        json!(piece.words(quote)),
        speaker.map_or(Value::Null, |speaker| json!(speaker.role)),
        json!(quote.kind.as_str()),
        json!(entity(quote.relay).map(|relay| &relay.name)),
        json!(quote.confidence.share()),
        json!(article.title),
        json!(article.url),
        json!(piece.id()),
        json!(points.at(quote.span().start())),
        json!(points.at(quote.span().end())),
        quote.parts.iter().map(|part| json!([points.at(part.start()), points.at(part.end())])).collect(),
    ]
}

/// A row as a line of CSV (RFC 4180), line end included: lists with "; " between, spans as "404-443", nothing for null.
pub fn csv_line<C: Cell>(cells: impl Iterator<Item = C>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(cells.map(|cell| cell.plain()));
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A row as an object on one line, line end included.
pub fn json_line(names: &[&str], cells: Vec<Value>) -> String {
    let record: Map<String, Value> = names.iter().map(|name| (*name).to_owned()).zip(cells).collect();
    crate::article::record::printable(Value::Object(record).to_string()) + "\n"
}

/// What a cell is in a table of texts.
pub trait Cell {
    /// Its text.
    fn plain(&self) -> String;
}

impl Cell for &&str {
    fn plain(&self) -> String {
        (**self).to_owned()
    }
}

impl Cell for &Value {
    fn plain(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(span) if span.len() == 2 && span.iter().all(Value::is_number) => {
                span.iter().map(Value::to_string).collect::<Vec<_>>().join("-")
            }
            Value::Array(list) => list.iter().map(|cell| cell.plain()).collect::<Vec<_>>().join("; "),
            other => other.to_string(),
        }
    }
}
