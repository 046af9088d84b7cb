//! Which spellings are one across a collection, and which must never be.
//!
//! The pairs stand in `tests/identity.tsv`: `one` or `two`, the kind of name, and two spellings.

use petik::library::Collection;
use petik::load::{self, Event, Source};
use petik::search::Query;
use petik::words::identity::{country, organisation, person, place};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const PAIRS: &str = include_str!("identity.tsv");

fn key(kind: &str, name: &str) -> String {
    match kind {
        "person" => person(name),
        "organisation" => organisation(name, None),
        "place" => place(name, None),
        "country" => country(name, None),
        other => panic!("{other} is no kind"),
    }
}

#[test]
fn pairs_are_one_or_two() {
    let (mut one, mut two) = (0, 0);
    let mut wrong = Vec::new();
    for line in PAIRS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [verdict, kind, a, b] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line:?}") };
        *(if verdict == "one" { &mut one } else { &mut two }) += 1;
        let keys = [key(kind, a), key(kind, b)];
        if (keys[0] == keys[1]) != (verdict == "one") {
            wrong.push(format!("{verdict}: {a} / {b}: {keys:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(one >= 120 && two >= 120, "{one} that are one, {two} that are two");
}

#[test]
fn the_longest_names_take_linear_time() {
    for piece in
        ["a ", "a-", "abdul ", "al-", "Dr. ", "dj", "skiy", "Ж", "ου", "習", ", ", "(", "kim jong un "]
    {
        let name = piece.repeat(100_000 / piece.len());
        let start = Instant::now();
        let _ = (person(&name), organisation(&name, None), place(&name, None));
        assert!(start.elapsed().as_secs() < 10, "{piece:?}: {:?}", start.elapsed());
    }
}

/// Articles in which the same ones are spelt differently.
const ARTICLES: &str = r#"
{"title": "One", "lang": "en", "body": "Foreign Minister Sergei Lavrov spoke in Geneva on Monday. “We wait,” Sergei Lavrov said. The International Atomic Energy Agency kept silent."}
{"title": "Two", "lang": "en", "body": "Foreign Minister Sergey Lavrov returned on Tuesday. “We wait,” Sergey Lavrov said. The IAEA kept silent."}
{"title": "Three", "lang": "en", "body": "Deputy Minister Sergey Ivankov returned on Tuesday. “We wait,” Sergey Ivankov said."}
"#;

#[test]
fn a_search_for_one_spelling_finds_the_other() {
    let bytes = Cow::Borrowed(ARTICLES.as_bytes());
    let mut loaded = Vec::new();
    load::load(&[Source::Memory { name: "articles.jsonl".to_owned(), bytes }], &mut |event| {
        if let Event::Loaded(article) = event {
            loaded.push(*article);
        }
        ControlFlow::Continue(())
    });
    let collection = Collection::default();
    collection.add(loaded);
    let running = AtomicBool::new(false);
    while collection.annotate_more(&running) {}
    let snapshot = collection.snapshot();
    for (query, expected) in [
        ("p:'sergei", vec![0, 1]),
        ("p:'sergey", vec![0, 1, 2]),
        ("p:'lavrov", vec![0, 1]),
        ("org:'iaea", vec![0, 1]),
        ("org:'atomic", vec![0, 1]),
    ] {
        let mut found: Vec<_> = snapshot.query(&Query::parse(query).unwrap(), &running).unwrap().to_vec();
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}
