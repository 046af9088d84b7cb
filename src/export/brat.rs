//! brat's standoff format (brat.nlplab.org/standoff.html): `.ann` beside the `.txt` that holds the body as it is.

use super::{Piece, Points};
use crate::article::Kind;
use crate::text::Span;
use std::fmt::Write;

/// `annotation.conf`, by which brat draws what [`standoff`] writes.
pub const CONFIGURATION: &str = "\
[entities]\nPerson\nCountry\nPlace\nOrganisation\nQuote\n\
[relations]\nSpeaker Arg1:Quote, Arg2:<ENTITY>\nRelay Arg1:Quote, Arg2:<ENTITY>\n\
<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\
[attributes]\nForm Arg:<ENTITY>, Value:title|pronoun|nested|adjective\nKind Arg:Quote, Value:direct|fragment\n\
[events]\n";

/// The annotations of an article: mentions and quotations as `T`, speaker and relay as `R` to the first mention, forms and
/// kinds as `A`, mentions of one as an equivalence, the entity's id as a note.
pub fn standoff(piece: &Piece<'_>) -> String {
    let body = &piece.article.body;
    let points = Points::of(body);
    let (mut text, mut marks, mut attributes, mut relations) = (String::new(), 0, 0, 0);
    let mut first_marks = Vec::new();
    // Writing to a string cannot fail.
    for entity in &piece.annotations.entities {
        let mut own = Vec::new();
        for mention in &entity.mentions {
            marks += 1;
            own.push(format!("T{marks}"));
            let _ = writeln!(
                text,
                "T{marks}\t{} {}",
                label(entity.kind),
                covered(&points, body, &[mention.span])
            );
            if let Some(form) = mention.form.as_str() {
                attributes += 1;
                let _ = writeln!(text, "A{attributes}\tForm T{marks} {form}");
            }
        }
        if let Some(first) = own.first() {
            let _ = writeln!(text, "#{}\tAnnotatorNotes {first}\t{}", first_marks.len() + 1, entity.id);
        }
        if own.len() > 1 {
            let _ = writeln!(text, "*\tEquiv {}", own.join(" "));
        }
        first_marks.push(own.into_iter().next());
    }
    for quote in &piece.annotations.quotes {
        marks += 1;
        attributes += 1;
        let _ = writeln!(text, "T{marks}\tQuote {}", covered(&points, body, &quote.parts));
        let _ = writeln!(text, "A{attributes}\tKind T{marks} {}", quote.kind.as_str());
        for (relation, entity) in [("Speaker", quote.speaker), ("Relay", quote.relay)] {
            if let Some(first) = entity.and_then(|entity| first_marks.get(entity)?.as_ref()) {
                relations += 1;
                let _ = writeln!(text, "R{relations}\t{relation} Arg1:T{marks} Arg2:{first}");
            }
        }
    }
    text
}

fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "Person",
        Kind::Country => "Country",
        Kind::Place => "Place",
        Kind::Organisation => "Organisation",
    }
}

/// "0 5;8 12⇥words": no piece runs over the end of a line, which brat does not take.
fn covered(points: &Points, body: &str, spans: &[Span]) -> String {
    let mut pieces: Vec<Span> = Vec::new();
    for span in spans {
        let mut at = span.start();
        for line in span.of(body).split_inclusive('\n') {
            let words = line.trim_end_matches('\n');
            if !words.is_empty() {
                pieces.push(Span::new(at, at + words.len()));
            }
            at += line.len();
        }
    }
    let ranges: Vec<String> = pieces
        .iter()
        .map(|piece| format!("{} {}", points.at(piece.start()), points.at(piece.end())))
        .collect();
    let words: Vec<&str> = pieces.iter().map(|piece| piece.of(body)).collect();
    format!("{}\t{}", ranges.join(";"), words.join(" "))
}
