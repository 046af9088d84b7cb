//! Rows gathered by story: what names and days say is one, copies or not, in one row.

use crate::library::{fill, opened, place};
use crate::screen::{picture, plain};
use crate::shelf::{keys, press, selected, send};
use petik::app::{Effect, Message, Model, Told};
use petik::library::{Collection, Snapshot, Update};
use petik::load::{self, Event, Source};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

type Names = &'static [(&'static str, &'static str)];

const OSLO: Names = &[("person", "Ingrid Solheim"), ("person", "Arif Wiratmaja"), ("place", "Oslo")];
const QUAKE: Names = &[("person", "Jarot Sukmana"), ("place", "Sumbawa"), ("place", "Plampang")];
const JAKARTA: Names = &[("person", "Arif Wiratmaja"), ("person", "Ingrid Solheim"), ("place", "Jakarta")];
const NOBODY: Names = &[];

/// Of each article: its outlet, its day, its title, which text it is, and whom it names.
const ARTICLES: [(&str, &str, &str, u32, Names); 10] = [
    ("Kabar Nusa", "2025-03-20", "Wiratmaja dan Solheim bertemu lagi", 1, JAKARTA),
    ("Pelita Pagi", "2025-03-09", "Perahu kayu terakhir dari Ende", 2, NOBODY),
    ("Pelita Pagi", "2025-03-06", "Apa isi kesepakatan Oslo?", 3, OSLO),
    ("Harian Timur", "2025-03-06", "Warga Plampang tidur di tenda", 4, QUAKE),
    ("Lintas Timur", "2025-03-05", "Dana bakau dilihat dari satelit", 5, OSLO),
    ("Warta Samudra", "2025-03-05", "Bakau yang dilihat dari satelit", 5, OSLO),
    ("Kabar Nusa", "2025-03-05", "Gempa guncang Sumbawa", 6, QUAKE),
    ("Northern Ledger", "2025-03-04", "Norway pays for mangroves it can see", 7, OSLO),
    ("Kabar Nusa", "2025-03-03", "Harga garam turun di Wonsan", 8, NOBODY),
    ("Lintas Timur", "2025-03-03", "Harga garam di Wonsan turun", 8, NOBODY),
];

fn record(&(outlet, day, title, text, names): &(&str, &str, &str, u32, Names), annotated: bool) -> Value {
    let mut body = String::new();
    let mut entities = Vec::new();
    for (at, (kind, name)) in names.iter().enumerate() {
        let start = body.chars().count();
        body += name;
        let mention = json!({"start": start, "end": body.chars().count(), "confidence": 0.9});
        entities
            .push(json!({"id": format!("{kind}:{at}"), "kind": kind, "name": name, "mentions": [mention]}));
        body += " disebut di sini. ";
    }
    let words: Vec<String> = (0..120).map(|word| format!("kata{}", text * 1000 + word)).collect();
    body += &words.join(" ");
    let mut record = json!({"title": title, "outlet": outlet, "published": day, "body": body});
    if annotated {
        record["annotator"] = "tests".into();
        record["entities"] = entities.into();
    }
    record
}

/// The articles as JSON Lines, with their names or to be annotated.
pub(crate) fn records(annotated: bool) -> String {
    ARTICLES.iter().map(|article| format!("{}\n", record(article, annotated))).collect()
}

fn source(annotated: bool) -> Source {
    let bytes = Cow::Owned(records(annotated).into_bytes());
    Source::Memory { name: "stories.jsonl".to_owned(), bytes }
}

fn collection(annotated: bool) -> Collection {
    let mut loaded = Vec::new();
    load::load(&[source(annotated)], &mut |event| {
        if let Event::Loaded(article) = event {
            loaded.push(*article);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(loaded.len(), ARTICLES.len());
    let collection = Collection::default();
    collection.add(loaded);
    collection
}

/// Annotated, the copies known.
fn snapshot() -> Snapshot {
    let collection = collection(true);
    assert!(collection.find_copies(&AtomicBool::new(false)));
    collection.snapshot()
}

fn read(model: &mut Model, opening: u64, snapshot: Snapshot) -> Vec<Effect> {
    let read = Update::Read { snapshot, progress: None, problems: Vec::new() };
    send(model, Message::Library(opening, read))
}

fn model_of(snapshot: Snapshot, width: u16, height: u16) -> Model {
    let mut model = Model::new("stories".to_owned(), (width, height));
    read(&mut model, 0, snapshot);
    model
}

pub(crate) fn model() -> Model {
    model_of(snapshot(), 100, 30)
}

/// The titles of the rows.
fn shown(model: &Model) -> Vec<&'static str> {
    let title = |row: &u32| ARTICLES[*row as usize].2;
    model.list.shown().iter().map(title).collect()
}

/// How many rows there are, of how many articles.
fn many(model: &Model) -> (usize, usize) {
    (model.list.shown().len(), model.list.rows().len())
}

#[test]
fn a_story_is_one_row_whoever_tells_it() {
    let mut model = model();
    assert_eq!(many(&model), (8, 10), "copies alone");
    press(&mut model, "X");
    assert_eq!(shown(&model), [0, 1, 2, 3, 8].map(|row: usize| ARTICLES[row].2));
    assert_eq!(many(&model), (5, 10), "articles are counted as ever");
    // A copy of what tells the story tells it too.
    assert_eq!([2, 3, 8].map(|row| model.list.told(row)), [Told::First(3), Told::First(1), Told::First(1)]);
    assert_eq!(model.list.told(0), Told::Alone, "the same two met again two weeks later");
    let picture = picture(&model, (100, 30));
    assert!(picture.contains("by story") && picture.contains("10 articles") && picture.contains("+3"));
    press(&mut model, "X");
    assert_eq!(many(&model), (8, 10));
    press(&mut model, "X");
    assert_eq!(many(&model), (5, 10), "what is known is not asked for again");
}

#[test]
fn it_unfolds_and_folds_as_copies_do() {
    let mut model = model();
    press(&mut model, "Xjjx");
    assert_eq!(many(&model), (8, 10));
    press(&mut model, "jjj");
    assert_eq!(selected(&model), ARTICLES[7].2);
    press(&mut model, "x");
    assert_eq!((selected(&model).as_str(), many(&model)), (ARTICLES[2].2, (5, 10)));
    press(&mut model, "ggx");
    assert_eq!(model.notice.as_deref(), Some("no other article tells this story"));
    press(&mut model, "Xx");
    assert_eq!(model.notice.as_deref(), Some("no other outlet carries this story"));
}

#[test]
fn it_holds_through_filters_orders_and_views() {
    let mut model = model();
    press(&mut model, "X/solheim<enter>");
    assert_eq!(many(&model), (2, 5));
    assert!(picture(&model, (100, 30)).contains("by story · 5 of 10"));
    press(&mut model, "s");
    assert_eq!(many(&model), (2, 5));
    press(&mut model, "2");
    assert!(!picture(&model, (100, 30)).contains("by story"), "other views have no such rows");
    press(&mut model, "1");
    assert_eq!(many(&model), (2, 5));
    // Of an outlet's own articles none is left to gather.
    press(&mut model, "/<ctrl-u>outlet:lintas<enter>");
    assert_eq!(many(&model), (2, 2));
    // One stays with the article, below the row of its story.
    press(&mut model, "<esc>");
    assert_eq!((selected(&model).as_str(), many(&model)), (ARTICLES[4].2, (8, 10)));
    press(&mut model, "x");
    assert_eq!(many(&model), (5, 10));
    press(&mut model, "/solheim<enter>X");
    assert_eq!(many(&model), (4, 5), "and while a filter stands it is let go of");
    press(&mut model, "<esc>");
    assert_eq!(many(&model), (8, 10));
}

#[test]
fn one_stays_with_the_article() {
    let mut model = model();
    press(&mut model, "jjjj");
    assert_eq!(selected(&model), ARTICLES[4].2);
    press(&mut model, "X");
    assert_eq!(selected(&model), ARTICLES[4].2);
    assert_eq!(model.list.told(4), Told::Below, "its story is unfolded");
    // While one reads, nothing is taken away.
    press(&mut model, "x<enter>");
    assert_eq!(selected(&model), ARTICLES[2].2);
    press(&mut model, "qX<enter>");
    assert_eq!(selected(&model), ARTICLES[2].2);
}

/// What is asked and given up.
fn asked(effects: &[Effect]) -> Vec<Option<u64>> {
    let number = |effect: &Effect| match effect {
        Effect::Gather { number, .. } => Some(Some(*number)),
        Effect::StopGathering => Some(None),
        _ => None,
    };
    effects.iter().filter_map(number).collect()
}

/// The answer to a question.
fn answer(effects: &[Effect]) -> Message {
    let [Effect::Gather { number, snapshot }] = effects else { panic!("it is not asked") };
    let (number, mut snapshot) = (*number, snapshot.clone());
    let stories = snapshot.gathered(&AtomicBool::new(false)).unwrap();
    snapshot.gather_by(Some(stories.clone()));
    Message::Gathered(number, stories, Arc::new(snapshot.fold(snapshot.newest_first())))
}

#[test]
fn rows_stand_until_the_stories_are_there_and_stale_ones_are_dropped() {
    let mut model = model();
    let x = keys("X")[0];
    let first = model.update(Message::Key(x)).list;
    assert_eq!(asked(&first), [Some(1)]);
    assert_eq!(many(&model), (8, 10));
    assert!(picture(&model, (100, 30)).contains("gathering …"));
    // Let go before the answer: it is given up, and comes too late.
    let second = model.update(Message::Key(x)).list;
    assert_eq!(asked(&second), [None]);
    let late = model.update(answer(&first));
    assert!(!late.draw && late.list.is_empty());
    assert_eq!(many(&model), (8, 10));
    // Asked again, the answer to the older question is still stale.
    let third = model.update(Message::Key(x)).list;
    assert_eq!(asked(&third), [Some(2)]);
    assert!(!model.update(answer(&first)).draw);
    assert!(model.update(answer(&third)).draw);
    assert_eq!(many(&model), (5, 10));
    // What is known needs no question, nor anything to be given up.
    assert!(asked(&model.update(Message::Key(x)).list).is_empty());
    assert!(asked(&model.update(Message::Key(x)).list).is_empty());
}

#[test]
fn it_can_be_given_up() {
    assert!(snapshot().gathered(&AtomicBool::new(true)).is_none());
}

#[test]
fn a_library_is_gathered_as_what_lies_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &[source(true)]);
    let mut model = model_of(opened(&place), 100, 30);
    let titles = |model: &Model| -> Vec<String> {
        let title = |row: &u32| model.shelf.snapshot.article(*row).unwrap().title.clone();
        model.list.shown().iter().map(title).collect()
    };
    assert_eq!(many(&model), (8, 10));
    press(&mut model, "X");
    assert_eq!(titles(&model), [0, 1, 2, 3, 8].map(|row: usize| ARTICLES[row].2));
}

#[test]
fn names_that_arrive_gather_anew() {
    let bare = collection(false).snapshot();
    let mut model = model_of(bare, 100, 30);
    press(&mut model, "X");
    assert_eq!(many(&model), (10, 10), "nobody is known to be named yet");
    let named = model.update(Message::Library(0, Update::Annotated(collection(true).snapshot()))).list;
    let question: Vec<Effect> =
        named.into_iter().filter(|effect| matches!(effect, Effect::Gather { .. })).collect();
    assert_eq!(many(&model), (10, 10));
    model.update(answer(&question));
    assert_eq!(many(&model), (6, 10));
    // And so do copies that are found.
    send(&mut model, Message::Library(0, Update::Annotated(snapshot())));
    assert_eq!(many(&model), (5, 10));
}

#[test]
fn while_more_is_read_the_stories_that_are_known_stay() {
    let mut model = model();
    press(&mut model, "X");
    let grown = collection(true);
    let more = petik::article::Article::new("Yang datang kemudian", "Kapal itu tiba.");
    let annotations = Some(petik::annotate::annotate(&more));
    grown.add(vec![load::Loaded { article: more, annotations }]);
    let progress = Some(load::Progress { read: 1, total: Some(2) });
    let reading = Update::Read { snapshot: grown.snapshot(), progress, problems: Vec::new() };
    assert!(asked(&model.update(Message::Library(0, reading)).list).is_empty(), "a tenth more is awaited");
    assert_eq!(many(&model), (6, 11));
    let done = Update::Read { snapshot: grown.snapshot(), progress: None, problems: Vec::new() };
    assert_eq!(asked(&model.update(Message::Library(0, done)).list).len(), 1);
}

#[test]
fn a_collection_that_is_read_again_is_gathered_again() {
    let mut model = model();
    press(&mut model, "Xr");
    let effects = {
        let read = Update::Read { snapshot: snapshot(), progress: None, problems: Vec::new() };
        model.update(Message::Library(1, read)).list
    };
    let question: Vec<Effect> =
        effects.into_iter().filter(|effect| matches!(effect, Effect::Gather { .. })).collect();
    assert_eq!(many(&model), (8, 10), "its articles are others");
    model.update(answer(&question));
    assert_eq!(many(&model), (5, 10));
}

#[test]
fn gathered_in_every_size() {
    for size in [(60, 20), (80, 24), (120, 36), (200, 60)] {
        let mut model = model_of(snapshot(), size.0, size.1);
        press(&mut model, "/!perahu<enter>Xjx");
        let name = format!("gathered_{}x{}", size.0, size.1);
        insta::assert_snapshot!(name, picture(&model, size));
        assert_eq!(plain(&model, size), picture(&model, size), "colours say nothing alone");
    }
}
