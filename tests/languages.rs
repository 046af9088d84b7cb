//! Languages as data: passages with inline gold for each lexicon, a language made up on the spot, and quotation marks
//! and country names far beyond the lexicons.
//!
//! The passages stand in `tests/languages`, one file a language, written for petik; persons, outlets and offices are
//! invented. The notation is that of `score::markup`; a line of `====` parts the passages. Of names only those of
//! persons and countries are all marked.

use crate::score::markup::parse;
use crate::score::{Annotated, Figure, Record, Tally};
use petik::article::Kind;
use std::path::Path;

/// The passages of a language.
fn passages(code: &str) -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/languages/{code}.gold"));
    let text = std::fs::read_to_string(path).unwrap();
    let passages: Vec<Record> = text
        .split("====\n")
        .map(|passage| parse(passage).unwrap_or_else(|what| panic!("{code}: {what}")))
        .collect();
    assert!(passages.len() >= 8 && passages.iter().all(|passage| passage.lang == code), "{code}");
    passages
}

/// What each language reaches on its passages, in hundredths. These only rise.
const FIGURES: [Figure; 7] = [
    Figure::Quotes,
    Figure::QuoteKinds,
    Figure::Speakers,
    Figure::SpeakersGiven,
    Figure::NamesOf(Kind::Person),
    Figure::NamesOf(Kind::Country),
    Figure::Codes,
];
const FLOORS: [(&str, [f64; 7]); 6] = [
    ("de", [97.0, 97.0, 97.0, 97.0, 99.0, 100.0, 100.0]),
    ("fr", [97.0, 97.0, 97.0, 97.0, 99.0, 100.0, 100.0]),
    ("es", [97.0, 97.0, 97.0, 97.0, 99.0, 100.0, 100.0]),
    ("pt", [97.0, 97.0, 97.0, 97.0, 99.0, 100.0, 100.0]),
    ("nl", [97.0, 97.0, 97.0, 97.0, 99.0, 100.0, 100.0]),
    ("ms", [97.0, 97.0, 97.0, 97.0, 99.0, 100.0, 100.0]),
];

#[test]
fn each_language_holds_its_floors() {
    for (code, floors) in FLOORS {
        let mut tally = Tally::default();
        for passage in &passages(code) {
            tally.add(passage, &Annotated::afresh(passage).unwrap());
        }
        println!("{code}\n{}{}", tally.table(), tally.failures(30));
        for (figure, floor) in FIGURES.iter().zip(floors) {
            let value = 100.0 * figure.of(&tally).unwrap();
            let name = figure.name().trim();
            assert!(value >= floor, "{code}, {name}: {value:.2} is under {floor}\n{}", tally.failures(30));
        }
    }
}
