//! What the reader did with articles: in a library, in files, in the sample, on the command line.

use super::library::{fill, opened, place, sample};
use petik::article::ArticleId;
use petik::library::{Change, Deed, Done, Keeper, Kept, Opening, Snapshot, State, Update, open_kept};
use petik::load::Source;
use petik::search::Query;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

fn found(snapshot: &Snapshot, query: &str) -> Vec<u32> {
    let query = Query::parse(query).unwrap();
    snapshot.query(&query, &AtomicBool::new(false)).unwrap().to_vec()
}

/// A collection with what was done with its articles.
fn open(opening: &Opening, state: &Path) -> Snapshot {
    let problems = Mutex::new(Vec::new());
    let collection = open_kept(opening, Some(state), &AtomicBool::new(false), &|update| {
        if let Update::Read { problems: more, .. } = update {
            problems.lock().unwrap().extend(more);
        }
    });
    assert_eq!(problems.into_inner().unwrap(), []);
    collection.snapshot()
}

fn change(keeper: &mut Keeper, snapshot: &mut Snapshot, rows: &[u32], changes: &[Change]) -> usize {
    let (done, ledger) = keeper.perform(&Deed::Change(rows.into(), changes.to_vec()), snapshot).unwrap();
    snapshot.set_ledger(ledger);
    let Done::Changed(count) = done else { panic!("{done:?}") };
    count
}

#[test]
fn any_collection_is_asked_for_what_was_done_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample());
    let state = folder.path().join("state/library.db");
    for opening in [Opening::Library(place.clone()), Opening::Sources(sample())] {
        let mut snapshot = open(&opening, &state);
        let mut keeper = Keeper::new(&state);
        let first = found(&snapshot, "");
        assert_eq!(found(&snapshot, "is:starred"), [0u32; 0]);
        let tag = |on| Change::Tag("perang".to_owned(), on);
        change(&mut keeper, &mut snapshot, &[3], &[Change::Starred(true), tag(true)]);
        change(&mut keeper, &mut snapshot, &[5], &[Change::Note(Some("Siapa bilang?".to_owned()))]);
        keeper.perform(&Deed::Position(7, 1234), &snapshot).unwrap();
        // As it is after opening it again.
        let again = open(&opening, &state);
        assert_eq!(**again.ledger(), {
            snapshot.set_ledger(keeper.perform(&Deed::Look, &snapshot).unwrap().1);
            (**snapshot.ledger()).clone()
        });
        assert_eq!((found(&again, "is:starred"), found(&again, "tag:per")), (vec![3], vec![3]));
        assert_eq!((found(&again, "is:noted"), found(&again, "is:noted is:starred")), (vec![5], vec![]));
        assert_eq!(again.ledger().note(5), Some("Siapa bilang?"));
        assert_eq!(again.ledger().position(7), Some(1234));
        assert_eq!(found(&again, "is:unread").len(), first.len());
        // All of it taken back, for the next kind of collection.
        change(
            &mut keeper,
            &mut snapshot,
            &[3, 5],
            &[Change::Starred(false), tag(false), Change::Note(None)],
        );
        assert_eq!(found(&snapshot, "is:starred"), [0u32; 0]);
        assert_eq!(snapshot.ledger().kept(5), Kept::default());
    }
}

#[test]
fn all_of_a_library_is_marked_and_unmarked_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample());
    let mut snapshot = opened(&place);
    let mut keeper = Keeper::new(&place.library);
    let all = found(&snapshot, "");
    change(&mut keeper, &mut snapshot, &[1, 2], &[Change::Read(true)]);
    assert_eq!(change(&mut keeper, &mut snapshot, &all, &[Change::Read(true)]), all.len() - 2);
    assert_eq!(found(&snapshot, "is:unread"), [0u32; 0]);
    // Another petik, which knew of nothing, undoes it.
    let mut other = opened(&place);
    let (done, ledger) = Keeper::new(&place.library).perform(&Deed::Undo, &other).unwrap();
    other.set_ledger(ledger);
    let Done::Undone(Some(undone)) = done else { panic!("{done:?}") };
    assert_eq!((undone.what.as_str(), undone.articles), ("mark as read", all.len() - 2));
    assert_eq!(found(&other, "is:read"), [1, 2]);
    // The first one sees it.
    let (_, ledger) = keeper.perform(&Deed::Look, &snapshot).unwrap();
    assert_eq!(*ledger, **other.ledger());
}

#[test]
fn looking_and_undoing_make_no_library() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("petik/library.db");
    let snapshot = open(&Opening::Sources(sample()), &state);
    let mut keeper = Keeper::new(&state);
    assert_eq!(keeper.version().unwrap(), 0);
    for (deed, done) in
        [(Deed::Look, Done::Looked), (Deed::Undo, Done::Undone(None)), (Deed::Redo, Done::Redone(None))]
    {
        assert_eq!(keeper.perform(&deed, &snapshot).unwrap().0, done);
    }
    assert!(!folder.path().join("petik").exists());
}

#[test]
fn a_library_that_cannot_be_read_is_told_and_articles_are_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("library.db");
    std::fs::write(&state, "no database at all, but long enough to be looked at as if it were one".repeat(9))
        .unwrap();
    let problems = Mutex::new(Vec::new());
    let collection =
        open_kept(&Opening::Sources(sample()), Some(&state), &AtomicBool::new(false), &|update| {
            if let Update::Read { problems: more, .. } = update {
                problems.lock().unwrap().extend(more);
            }
        });
    assert_eq!(collection.snapshot().len(), 50);
    let problems = problems.into_inner().unwrap();
    assert!(problems[0].to_string().contains("is no library of petik"), "{problems:?}");
    let error = Keeper::new(&state)
        .perform(&Deed::Change([0].into(), vec![Change::Starred(true)]), &collection.snapshot())
        .unwrap_err();
    assert!(error.to_string().contains("is no library of petik"), "{error}");
}

#[test]
fn commands_ask_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let articles = folder.path().join("a.jsonl");
    let lines: Vec<String> =
        (0..3).map(|n| format!(r#"{{"id":"{n}","title":"Kapal {n}","text":"Kata."}}"#)).collect();
    std::fs::write(&articles, lines.join("\n")).unwrap();
    let petik = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_petik"));
        command.args(arguments).env_clear().env("XDG_DATA_HOME", &data).env("XDG_CACHE_HOME", folder.path());
        let output = command.env("HOME", folder.path()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let articles = articles.to_str().unwrap();
    assert_eq!(petik(&["search", "is:starred", "--in", articles]).0, Some(1));
    assert!(!data.exists(), "asking makes nothing");
    let loaded = open(&Opening::Sources(vec![Source::Path(articles.into())]), &data.join("none"));
    let id = |title: &str| -> ArticleId {
        (0..3).filter_map(|row| loaded.article(row)).find(|article| article.title == title).unwrap().id
    };
    let mut state = State::open(&data.join("petik/library.db")).unwrap();
    state.apply(&[id("Kapal 1")], &[Change::Starred(true), Change::Tag("Laut".to_owned(), true)]).unwrap();
    state.apply(&[id("Kapal 2")], &[Change::Read(true)]).unwrap();
    let titles = |query: &str| {
        let (_, out) = petik(&["search", query, "--in", articles]);
        let mut titles: Vec<String> = out
            .lines()
            .map(|line| line.rsplit('\t').find(|cell| cell.starts_with("Kapal")).unwrap().to_owned())
            .collect();
        titles.sort();
        titles
    };
    assert_eq!(titles("is:starred"), ["Kapal 1"]);
    assert_eq!(titles("tag:laut"), ["Kapal 1"]);
    assert_eq!(titles("is:unread"), ["Kapal 0", "Kapal 1"]);
    assert_eq!(titles("!is:starred !is:read"), ["Kapal 0"]);
    assert_eq!(petik(&["search", "is:gone", "--in", articles]).0, Some(2));
}
