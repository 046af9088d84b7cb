//! The Web Annotation Data Model (W3C Recommendation of 2017), as JSON-LD.

use super::{Piece, Points};
use crate::text::Span;
use serde_json::{Value, json};

/// Letters of context on each side of what is annotated.
const CONTEXT: usize = 32;

/// An annotation page on one line: a mention identifies an entity, a quotation is described by kind and speaker. Selected by
/// position (3.2.5: the first character is 0, the last is not included) and by the words themselves.
pub(super) fn page(piece: &Piece<'_>) -> String {
    let points = Points::of(&piece.article.body);
    let body = &piece.article.body;
    let source = piece.article.url.clone().unwrap_or_else(|| format!("urn:petik:{}", piece.article.id));
    let selector = |span: Span| {
        let before: String =
            body.get(..span.start()).unwrap_or_default().chars().rev().take(CONTEXT).collect();
        let behind: String = body.get(span.end()..).unwrap_or_default().chars().take(CONTEXT).collect();
        json!([
            {"type": "TextPositionSelector", "start": points.at(span.start()), "end": points.at(span.end())},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(body),
                "prefix": before.chars().rev().collect::<String>(),
                "suffix": behind,
            },
        ])
    };
    let target = |span: Span| json!({"source": source, "selector": selector(span)});
    let mut items: Vec<Value> = Vec::new();
    for entity in &piece.annotations.entities {
        for mention in &entity.mentions {
            items.push(json!({
                "type": "Annotation",
                "id": format!("urn:petik:{}:{}", piece.article.id, items.len() + 1),
                "motivation": "identifying",
                "body": [
                    {"type": "TextualBody", "purpose": "identifying", "value": entity.name},
                    {"type": "TextualBody", "purpose": "tagging", "value": entity.kind.as_str()},
                ],
                "target": target(mention.span),
            }));
        }
    }
    let wanted = |at: &usize| piece.quote.is_none_or(|only| only == *at);
    for (_, quote) in piece.annotations.quotes.iter().enumerate().filter(|(at, _)| wanted(at)) {
        let mut bodies =
            vec![json!({"type": "TextualBody", "purpose": "tagging", "value": quote.kind.as_str()})];
        if quote.speaker.is_some() {
            bodies
                .push(json!({"type": "TextualBody", "purpose": "describing", "value": piece.speaker(quote)}));
        }
        items.push(json!({
            "type": "Annotation",
            "id": format!("urn:petik:{}:{}", piece.article.id, items.len() + 1),
            "motivation": "describing",
            "body": bodies,
            "target": quote.parts.iter().map(|&part| target(part)).collect::<Vec<_>>(),
        }));
    }
    let page = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "id": format!("urn:petik:{}:page", piece.article.id),
        "items": items,
    });
    crate::article::record::printable(page.to_string()) + "\n"
}
