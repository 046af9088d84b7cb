//! A library in a file: what goes in comes out again, whatever happens on the way.

use petik::article::{Annotations, Grounds};
use petik::library::{Collection, Imported, Opening, Place, Snapshot, Step, Update, import, open};
use petik::load::{self, Event, Loaded, Source};
use petik::search::Query;
use petik::words::SAMPLE;
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// A place for a library in an empty folder.
pub(crate) fn place(folder: &Path) -> Place {
    Place { library: folder.join("data/library.db"), derived: folder.join("cache") }
}

pub(crate) fn sample() -> Vec<Source> {
    let memory = |(name, text): &(&str, &'static str)| Source::Memory {
        name: (*name).to_owned(),
        bytes: Cow::Borrowed(text.as_bytes()),
    };
    SAMPLE.iter().map(memory).collect()
}

fn records(lines: &[String]) -> Vec<Source> {
    vec![Source::Memory { name: "a.jsonl".to_owned(), bytes: Cow::Owned(lines.join("\n").into_bytes()) }]
}

pub(crate) fn fill(place: &Place, sources: &[Source]) -> Imported {
    import(place, sources, &AtomicBool::new(false), &mut |_| {}).unwrap()
}

pub(crate) fn opened(place: &Place) -> Snapshot {
    let last = Mutex::new(None);
    open(&Opening::Library(place.clone()), &AtomicBool::new(false), &|update| {
        if let Update::Read { snapshot, problems, .. } = update {
            assert_eq!(problems, []);
            *last.lock().unwrap() = Some(snapshot);
        }
    });
    last.into_inner().unwrap().unwrap()
}

fn in_memory(sources: &[Source]) -> Snapshot {
    let mut loaded: Vec<Loaded> = Vec::new();
    load::load(sources, &mut |event| {
        if let Event::Loaded(article) = event {
            loaded.push(*article);
        }
        ControlFlow::Continue(())
    });
    let collection = Collection::default();
    collection.add(loaded);
    while collection.annotate_more(&AtomicBool::new(false)) {}
    collection.snapshot()
}

fn found(snapshot: &Snapshot, query: &str) -> Vec<String> {
    let rows = snapshot.query(&Query::parse(query).unwrap(), &AtomicBool::new(false)).unwrap();
    rows.iter().map(|&row| snapshot.article(row).unwrap().title.clone()).collect()
}

/// Without what is not kept: why the annotator decided as it did.
fn groundless(found: &Annotations) -> Annotations {
    let mut found = found.clone();
    for entity in &mut found.entities {
        for mention in entity.mentions.iter_mut().chain(&mut entity.title_mentions) {
            mention.grounds = Grounds::GIVEN;
        }
    }
    for quote in &mut found.quotes {
        quote.grounds = Grounds::GIVEN;
    }
    found
}

#[test]
fn what_is_imported_is_read_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let memory = in_memory(&sample());
    let counts = fill(&place, &sample());
    assert_eq!(counts, Imported { added: memory.len() as u64, known: 0, refused: 0 });
    let stored = opened(&place);
    assert_eq!(stored.len(), memory.len());
    let rows = stored.newest_first().iter().zip(memory.newest_first().iter());
    for (&stored_row, &memory_row) in rows {
        let (article, known) = (stored.article(stored_row).unwrap(), memory.article(memory_row).unwrap());
        assert_eq!(article, known);
        let known = groundless(&memory.annotations(memory_row).unwrap());
        assert_eq!(*stored.annotations(stored_row).unwrap(), known);
        let mut line = (*stored.line(stored_row).unwrap()).clone();
        line.story = None;
        assert_eq!(line, *memory.line(memory_row).unwrap());
        assert_eq!(stored.ordinal(article.id), Some(stored_row));
        let query = Query::parse("korea lavr").unwrap();
        assert_eq!(stored.marks(stored_row, &query), memory.marks(memory_row, &query));
    }
    for query in ["korea", "lavr", "p:solheim", "c:NO", "by:wiratmaja", "has:quote after:2025", "!rusia"] {
        assert_eq!(found(&stored, query), found(&memory, query), "{query}");
    }
}

#[test]
fn importing_again_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let first = fill(&place, &sample());
    let again = fill(&place, &sample());
    assert_eq!(again, Imported { added: 0, known: first.added, refused: 0 });
    assert_eq!(opened(&place).len() as u64, first.added);
}

#[test]
fn a_later_version_is_kept_beside_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let version = |text: &str| format!(r#"{{"id":"https://kabar.example/1","title":"a","text":"{text}"}}"#);
    let both = [version("x"), version("y"), version("x")];
    assert_eq!(fill(&place, &records(&both)), Imported { added: 2, known: 1, refused: 0 });
    assert_eq!(fill(&place, &records(&both)), Imported { added: 0, known: 3, refused: 0 });
}

#[test]
fn what_is_refused_is_told_with_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let mut lines: Vec<String> = (0..300).map(|n| format!(r#"{{"name":"{n}"}}"#)).collect();
    lines.push(r#"{"title":"a","text":"x"}"#.to_owned());
    let mut refused = Vec::new();
    let counts = import(&place, &records(&lines), &AtomicBool::new(false), &mut |step| {
        if let Step::Refused(problem) = step {
            refused.push(problem);
        }
    });
    assert_eq!(counts.unwrap(), Imported { added: 1, known: 0, refused: 300 });
    assert_eq!(refused[299].place, "a.jsonl, line 300");
    assert_eq!(refused[299].record.as_deref(), Some(r#"{"name":"299"}"#));
}

#[test]
fn copies_under_several_outlets_are_one_story() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let text = |from: u32| (from..from + 200).map(|word| format!("kata{word}")).collect::<Vec<_>>().join(" ");
    let record = |outlet: &str, day: u32, text: &str| {
        format!(
            r#"{{"title":"{outlet} {day}","text":"{text}","outlet":"{outlet}","date":"2025-07-{day:02}"}}"#
        )
    };
    let lines = [
        record("Kabar", 1, &text(0)),
        record("Warta", 2, &text(5)),
        record("Kabar", 3, &text(1000)),
        record("Berita", 30, &text(0)),
    ];
    fill(&place, &records(&lines));
    let snapshot = opened(&place);
    let story = |row: u32| snapshot.line(row).unwrap().story;
    // Newest first: Berita, Kabar of the third, Warta, Kabar of the first.
    assert_eq!([story(0), story(1), story(2), story(3)], [None, None, Some(1), Some(1)]);
}
