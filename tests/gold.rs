//! Articles annotated by hand, held against the sample and against what annotating finds.

use crate::score::{Annotated, Figure, Range, Record, Tally, desks, golds, press, told_again, wires};
use petik::article::{Article, Form, Kind};
use petik::load::{Event, Source, load};
use petik::words::SAMPLE;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

/// What annotating reaches, in hundredths, rounded down to halves. These only rise.
const FLOORS: [(Figure, f64, f64); 19] = [
    //                        Indonesian, English
    (Figure::Quotes, 99.5, 99.5),
    (Figure::Direct, 100.0, 99.5),
    (Figure::Lost, 97.5, 96.5),
    (Figure::QuoteKinds, 100.0, 99.0),
    (Figure::Speakers, 100.0, 99.0),
    (Figure::SpeakersCued, 100.0, 100.0),
    (Figure::SpeakersGiven, 100.0, 99.0),
    (Figure::Cues, 94.5, 96.5),
    (Figure::Relays, 100.0, 80.0),
    (Figure::Names, 99.0, 98.5),
    (Figure::NamesOf(Kind::Person), 99.0, 99.5),
    (Figure::NamesOf(Kind::Country), 99.0, 98.5),
    (Figure::NamesOf(Kind::Place), 99.5, 98.5),
    (Figure::NamesOf(Kind::Organisation), 98.5, 97.5),
    (Figure::Codes, 100.0, 100.0),
    (Figure::Clusters, 99.0, 99.5),
    (Figure::Pronouns, 98.5, 90.5),
    (Figure::Datelines, 100.0, 100.0),
    (Figure::Credits, 100.0, 100.0),
];

/// In the articles that tell a story of the sample again nothing of these is missed.
const WHOLE_AGAIN: [Figure; 6] =
    [Figure::Quotes, Figure::Speakers, Figure::Names, Figure::Clusters, Figure::Datelines, Figure::Credits];

/// The same for the passages in the structures of news agencies, which the rules met once and were then improved on. At
/// first sight: quotations 98.3 and 100.0, speakers 86.2 and 89.1, relays none of 5 and 2 of 4, names 93.9 and 88.5,
/// pronouns 72.7 and 76.0.
const WIRE_FLOORS: [(Figure, f64, f64); 9] = [
    //                        Indonesian, English
    (Figure::Quotes, 100.0, 100.0),
    (Figure::Direct, 100.0, 100.0),
    (Figure::Lost, 100.0, 97.5),
    (Figure::Speakers, 95.0, 98.0),
    (Figure::SpeakersCued, 94.0, 97.5),
    (Figure::SpeakersGiven, 96.5, 98.0),
    (Figure::Relays, 80.0, 75.0),
    (Figure::Names, 97.0, 96.0),
    (Figure::Pronouns, 86.5, 91.5),
];

/// The same for the development passages of the press. At first sight of rules that had been improved on other passages:
/// quotations 97.6 and 98.1, speakers 85.0 and 94.0, pronouns 69.6 and 92.5.
const PRESS_FLOORS: [(Figure, f64, f64); 8] = [
    //                        Indonesian, English
    (Figure::Quotes, 98.5, 98.0),
    (Figure::Direct, 100.0, 100.0),
    (Figure::Lost, 100.0, 100.0),
    (Figure::Speakers, 100.0, 94.0),
    (Figure::SpeakersCued, 100.0, 94.5),
    (Figure::SpeakersGiven, 100.0, 97.5),
    (Figure::Names, 92.5, 96.0),
    (Figure::Pronouns, 86.5, 92.5),
];

/// The same for the passages of tests/gold/desk. At first sight: quotations 100.0 and 99.1, speakers 93.9 and 94.4, names
/// 88.5 and 87.5 (persons 93.3 and 90.9, places 90.8 and 90.6, organisations 80.7 and 82.8), pronouns 85.7 and 82.3.
const DESK_FLOORS: [(Figure, f64, f64); 9] = [
    //                        Indonesian, English
    (Figure::Quotes, 100.0, 99.0),
    (Figure::Direct, 98.5, 100.0),
    (Figure::Speakers, 97.5, 98.0),
    (Figure::SpeakersCued, 97.5, 97.0),
    (Figure::SpeakersGiven, 97.5, 100.0),
    (Figure::Relays, 100.0, 100.0),
    (Figure::Names, 93.0, 92.5),
    (Figure::NamesOf(Kind::Organisation), 87.5, 88.0),
    (Figure::Pronouns, 88.0, 91.0),
];

/// How far confidences are from what is right, in hundredths (the expected calibration error). These only fall.
const APART: [(&str, f64); 6] = [
    ("person", 2.0),
    ("country", 1.5),
    ("place", 6.5),
    ("organisation", 8.0),
    ("pronoun", 6.3),
    ("quote", 2.0),
];

/// Errors of a class that are printed when a floor is missed.
const EXAMPLES: usize = 12;

/// The articles of the sample: by id, or by the name of their file where they have no id.
fn sample() -> BTreeMap<String, Article> {
    let mut articles = BTreeMap::new();
    for (name, text) in SAMPLE {
        let stem = Path::new(name).file_stem().unwrap().to_string_lossy().into_owned();
        let source = Source::Memory { name: (*name).to_owned(), bytes: text.as_bytes().into() };
        load(&[source], &mut |event| {
            match event {
                Event::Loaded(loaded) => {
                    let id = loaded.article.key.clone().unwrap_or_else(|| stem.clone());
                    assert!(articles.insert(id, loaded.article).is_none(), "{name}: an id twice");
                }
                Event::Problem(problem) => panic!("{problem}"),
                Event::Progress(_) => {}
            }
            ControlFlow::Continue(())
        });
    }
    articles
}

#[test]
fn every_article_of_the_sample_is_annotated_by_hand() {
    let mut sample = sample();
    for Record { id, title, body, lang, .. } in golds().unwrap().iter().chain(&told_again().unwrap()) {
        let article = sample.remove(id).unwrap_or_else(|| panic!("{id} is not in the sample"));
        assert_eq!(&article.body, body, "{id}");
        assert_eq!(&article.title, title, "{id}");
        let said = article.language.map(|language| language.to_string());
        assert!(said.is_none_or(|said| said == *lang), "{id}: the language");
    }
    assert!(sample.is_empty(), "without annotations by hand: {:?}", sample.keys());
}

/// Whether a span neither begins nor ends within a word.
fn keeps_words(record: &Record, Range { start, end }: Range) -> bool {
    let within = |point: usize| {
        let around = record.text(Range { start: point.saturating_sub(1), end: point + 1 });
        point > 0 && around.chars().count() == 2 && around.chars().all(char::is_alphanumeric)
    };
    !within(start) && !within(end)
}

/// Whether a part of a quotation stands between marks; one that a paragraph follows may lack the last.
fn keeps_marks(record: &Record, range: Range) -> bool {
    let (text, after) = (record.text(range), record.text(Range { start: range.end, end: range.end + 1 }));
    text.starts_with(['“', '”', '"', '‘']) && (text.ends_with(['”', '"', '’']) || after == "\n")
}

/// Only that the marks are sound: what annotating finds in the passages that are for final measures only is held by no
/// test, so that nothing is improved on them.
#[test]
fn the_passages_of_the_press_and_the_desk_are_well_formed() {
    let mut ids = BTreeSet::new();
    let sets = [("dev", press("dev")), ("blind", press("blind")), ("desk", desks())];
    let each = sets.iter().flat_map(|(part, records)| ["id", "en"].map(|language| (part, records, language)));
    for (part, records, language) in each {
        let records = records.as_ref().unwrap();
        let records: Vec<_> = records.iter().filter(|record| record.lang == language).collect();
        assert!(records.len() >= 9, "{part}, {language}: {} passages", records.len());
        for record in records {
            let id = &record.id;
            assert!(ids.insert(id.clone()), "{id}: an id twice");
            let words = record.body.split_whitespace().count();
            assert!((110..=220).contains(&words), "{id}: {words} words");
            for entity in &record.entities {
                assert!(entity.mentions.iter().any(|mention| mention.form != Form::Pronoun), "{}", entity.id);
                for mention in &entity.mentions {
                    assert!(keeps_words(record, mention.range), "{id}: {}", record.text(mention.range));
                }
            }
            for quote in record.quotes.iter().flatten() {
                let parts = if quote.parts.is_empty() { vec![quote.range] } else { quote.parts.clone() };
                for range in parts {
                    assert!(keeps_marks(record, range), "{id}: {}", record.text(range));
                }
                assert!(quote.cue.is_none_or(|cue| keeps_words(record, cue)), "{id}: a cue");
            }
        }
    }
}

fn holds(
    golds: &[Record],
    floors: &[(Figure, f64, f64)],
    language: &str,
    floor: impl Fn(&(Figure, f64, f64)) -> f64,
) {
    let mut tally = Tally::default();
    for record in golds.iter().filter(|record| record.lang == language) {
        let found = Annotated::afresh(record).unwrap();
        tally.add(record, &found);
        tally.direct(record, &found).unwrap();
    }
    let mut low = Vec::new();
    for entry in floors {
        let (name, value, floor) = (entry.0.name().trim(), 100.0 * entry.0.of(&tally).unwrap(), floor(entry));
        if value < floor {
            low.push(format!("{name}: {value:.2} is under {floor}"));
        }
    }
    if tally.forbidden > 0 {
        low.push(format!("{} words are names that must not be", tally.forbidden));
    }
    let low = low.join("\n");
    assert!(low.is_empty(), "{language}\n{low}\n\n{}\n{}", tally.table(), tally.failures(EXAMPLES));
}

#[test]
fn what_is_reached_in_indonesian_stays() {
    holds(&golds().unwrap(), &FLOORS, "id", |(_, indonesian, _)| *indonesian);
    holds(&told_again().unwrap(), &WHOLE_AGAIN.map(|figure| (figure, 100.0, 100.0)), "id", |floor| floor.1);
    holds(&wires().unwrap(), &WIRE_FLOORS, "id", |(_, indonesian, _)| *indonesian);
    holds(&press("dev").unwrap(), &PRESS_FLOORS, "id", |(_, indonesian, _)| *indonesian);
    holds(&desks().unwrap(), &DESK_FLOORS, "id", |(_, indonesian, _)| *indonesian);
}

#[test]
fn what_is_reached_in_english_stays() {
    holds(&golds().unwrap(), &FLOORS, "en", |(_, _, english)| *english);
    holds(&wires().unwrap(), &WIRE_FLOORS, "en", |(_, _, english)| *english);
    holds(&press("dev").unwrap(), &PRESS_FLOORS, "en", |(_, _, english)| *english);
    holds(&desks().unwrap(), &DESK_FLOORS, "en", |(_, _, english)| *english);
}

#[test]
fn of_those_at_ninety_nine_in_ten_are_right() {
    let mut tally = Tally::default();
    for record in golds().unwrap().iter().chain(&wires().unwrap()) {
        tally.add(record, &Annotated::afresh(record).unwrap());
    }
    let mut wrong = Vec::new();
    for (what, most) in APART {
        let apart = 100.0 * tally.sure.error(Some(what)).unwrap();
        let (right, all) = tally.sure.at_least(Some(what), 0.9);
        if apart > most || right * 10 < all * 9 {
            wrong.push(format!("{what}: {apart:.2} apart, {right} right of {all} at 0.90 or more"));
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{}", wrong.join("\n"), tally.table());
}
