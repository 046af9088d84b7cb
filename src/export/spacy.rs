//! spaCy: what `displacy.render(…, manual=True)` takes, and `Doc.char_span` can read.

use super::{Piece, Points};
use crate::article::Form;
use crate::text::Span;
use serde_json::{Value, json};

/// One document on a line: `text`, `title`, `ents` by [`label`], in order and without overlaps as displaCy wants them, and
/// `quotes` with their parts and the name of their speaker.
pub(super) fn document(piece: &Piece<'_>) -> String {
    let points = Points::of(&piece.article.body);
    let range = |span: Span| (points.at(span.start()), points.at(span.end()));
    let mut ents: Vec<(usize, usize, Value)> = Vec::new();
    for entity in &piece.annotations.entities {
        for mention in entity.mentions.iter().filter(|mention| matches!(mention.form, Form::Name)) {
            let (start, end) = range(mention.span);
            let ent = json!({
                "start": start, "end": end, "label": label(entity.kind), "kb_id": entity.id,
            });
            ents.push((start, end, ent));
        }
    }
    ents.sort_by_key(|&(start, end, _)| (start, std::cmp::Reverse(end)));
    let mut behind = 0;
    ents.retain(|&(start, end, _)| {
        let apart = start >= behind;
        behind = if apart { end } else { behind };
        apart
    });
    let wanted = |at: &usize| piece.quote.is_none_or(|only| only == *at);
    let quotes =
        piece.annotations.quotes.iter().enumerate().filter(|(at, _)| wanted(at)).map(|(_, quote)| {
            let parts: Vec<Value> = quote
                .parts
                .iter()
                .map(|&part| range(part))
                .map(|(start, end)| json!({"start": start, "end": end, "label": "QUOTE"}))
                .collect();
            let speaker = quote.speaker.and_then(|speaker| piece.annotations.entities.get(speaker));
            json!({
                "spans": parts,
                "kind": quote.kind.as_str(),
                "speaker": speaker.map(|speaker| &speaker.name),
                "kb_id": speaker.map(|speaker| &speaker.id),
            })
        });
    let document = json!({
        "text": piece.article.body,
        "title": piece.article.title,
        "lang": piece.annotations.language.as_str(),
        "ents": ents.into_iter().map(|(.., ent)| ent).collect::<Vec<_>>(),
        "quotes": quotes.collect::<Vec<_>>(),
        "meta": {"id": piece.id(), "url": piece.article.url, "outlet": piece.article.outlet},
    });
    crate::article::record::printable(document.to_string()) + "\n"
}

/// spaCy's own label for a kind (OntoNotes 5).
fn label(kind: crate::article::Kind) -> &'static str {
    use crate::article::Kind;
    match kind {
        Kind::Person => "PERSON",
        Kind::Country => "GPE",
        Kind::Place => "LOC",
        Kind::Organisation => "ORG",
    }
}
