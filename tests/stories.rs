//! The copies of a story under several outlets: one row, unfolded by a key.

use crate::screen::picture;
use crate::shelf::{press, selected, send};
use petik::app::{Button, Context, Lead, Message, Model, Mouse, Told};
use petik::library::{Collection, Snapshot, Update};
use petik::load::{self, Event, Source};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

/// Of each article: its outlet, its day, its title, and which story it tells.
const ARTICLES: [(&str, &str, &str, u32); 6] = [
    ("Kabar Nusa", "2025-03-06", "Jembatan Kasinah dibuka lagi", 1),
    ("Lintas Timur", "2025-03-06", "Jembatan Kasinah dibuka kembali setelah tiga tahun", 1),
    ("Warta Samudra", "2025-03-05", "Jembatan itu dibuka lagi", 1),
    ("Pelita Pagi", "2025-03-04", "Harga garam turun di Wonsan", 2),
    ("Kabar Nusa", "2025-03-03", "Perahu kayu terakhir dari Ende", 3),
    ("Lintas Timur", "2025-03-03", "Perahu kayu dari Ende berlayar", 3),
];

/// A quotation that three carry, one of them months later.
const CARRIED: &str = r#"{"title": "Dana bakau", "outlet": "Kabar Nusa", "published": "2025-03-05", "body": "“Kami membayar hektare yang terlihat dari satelit setiap enam bulan,” kata Menteri Ingrid Solheim di Oslo."}
{"title": "Hektare yang terlihat", "outlet": "Lintas", "published": "2025-03-06", "body": "“Kami membayar hektare yang terlihat dari satelit setiap enam bulan,” kata Menteri Ingrid Solheim di Oslo."}
{"title": "Yang dikatakan tahun itu", "outlet": "Arsip", "published": "2025-09-01", "body": "“Kami membayar hektare yang terlihat setiap enam bulan,” kata Menteri Ingrid Solheim di Oslo."}
"#;

#[test]
fn every_outlet_on_the_row_of_a_quotation_is_listed_beside_it_and_leads_on() {
    let mut model = model_of(annotated(CARRIED.to_owned()), 200, 60);
    press(&mut model, "6");
    let row = model.views.table().unwrap().saying(0).unwrap();
    assert_eq!(row.others.len(), 2);
    let size = (200, 60);
    assert!(picture(&model, size).contains("3× · Kabar Nusa, "), "{}", picture(&model, size));
    press(&mut model, "l");
    let beside = picture(&model, size);
    assert!(beside.contains("Carried too by") && beside.contains("Arsip · 1 Sep 2025"), "{beside}");
    let said =
        |outlet: &str| beside.lines().find(|line| line.contains(&format!("{outlet} · "))).unwrap().to_owned();
    assert!(said("Lintas").contains("word for word"), "{beside}");
    assert!(said("Arsip").contains("without “dari satelit”"), "{beside}");
    while !matches!(model.desk.card.as_ref().unwrap().lead(), Some(Lead::Article(row, _))
        if model.shelf.snapshot.article(*row).unwrap().outlet.as_deref() == Some("Arsip"))
    {
        let before = model.desk.card.as_ref().unwrap().entry;
        press(&mut model, "j");
        assert!(model.desk.card.as_ref().unwrap().entry > before, "{}", picture(&model, size));
    }
    press(&mut model, "<enter>");
    assert_eq!(model.context(), Context::Reader);
    assert_eq!(model.reader.document().unwrap().article.outlet.as_deref(), Some("Arsip"));
}

#[test]
fn days_show_names_and_stories_on_a_low_screen() {
    let people = [
        "Ingrid Solheim",
        "Arif Wiratmaja",
        "Dewi Larasati",
        "Galih Wirasena",
        "Bayu Prakosa",
        "Leila Benhaddou",
    ];
    let record = |(at, name): (usize, &&str)| {
        let words: Vec<String> = (0..40).map(|word| format!("kata{}", at * 1000 + word)).collect();
        let (words, day, about) = (words.join(" "), 3 * at + 1, people[(at + 1) % 6]);
        format!(
            "{{\"title\":\"Kabar ke-{at}\",\"published\":\"2025-03-{day:02}\",\"body\":\"Menteri {name} \
             bertemu Menteri {about} di Oslo, Norwegia. {words}.\"}}\n"
        )
    };
    let records: String = people.iter().enumerate().map(record).collect();
    let snapshot = annotated(records);
    for size in [(80, 24), (120, 36)] {
        let mut model = model_of(snapshot.clone(), size.0, size.1);
        press(&mut model, "7sss");
        let picture = picture(&model, size);
        let said = |what: &str| picture.lines().filter(|line| line.contains(what)).count();
        assert!(said("6 articles") > 0 && said("Kabar ke-") >= 3 && said("People") == 1, "{picture}");
        assert!(people.iter().filter(|name| said(name) > 0).count() >= 3, "{picture}");
    }
}

/// Annotated, and whether the copies are known yet.
fn snapshot(copies: bool) -> Snapshot {
    let record = |&(outlet, day, title, story): &(&str, &str, &str, u32)| {
        let words: Vec<String> = (0..120).map(|word| format!("kata{}", story * 1000 + word)).collect();
        format!(
            "{{\"title\":\"{title}\",\"outlet\":\"{outlet}\",\"published\":\"{day}\",\"body\":\"{}.\"}}\n",
            words.join(" ")
        )
    };
    let records: String = ARTICLES.iter().map(record).collect();
    let collection = collection(records);
    assert_eq!(collection.snapshot().len(), ARTICLES.len());
    assert!(!copies || collection.find_copies(&AtomicBool::new(false)));
    collection.snapshot()
}

fn annotated(records: String) -> Snapshot {
    collection(records).snapshot()
}

fn collection(records: String) -> Collection {
    let source = Source::Memory { name: "stories.jsonl".to_owned(), bytes: Cow::Owned(records.into_bytes()) };
    let mut loaded = Vec::new();
    load::load(&[source], &mut |event| {
        if let Event::Loaded(article) = event {
            loaded.push(*article);
        }
        ControlFlow::Continue(())
    });
    let collection = Collection::default();
    collection.add(loaded);
    while collection.annotate_more(&AtomicBool::new(false)) {}
    collection
}

fn model_of(snapshot: Snapshot, width: u16, height: u16) -> Model {
    let mut model = Model::new("stories".to_owned(), (width, height));
    send(&mut model, Message::Library(0, Update::Read { snapshot, progress: None, problems: Vec::new() }));
    model
}

pub(crate) fn model(width: u16, height: u16) -> Model {
    model_of(snapshot(true), width, height)
}

#[test]
fn a_story_is_one_row_and_articles_are_counted() {
    let mut model = model(100, 30);
    assert_eq!((model.list.shown().len(), model.list.rows().len()), (3, 6));
    press(&mut model, "/jembatan<enter>");
    assert_eq!((model.list.shown().len(), model.list.rows().len()), (1, 3));
    assert!(picture(&model, (100, 30)).contains("3 of 6"));
    // Of an outlet's own articles none is folded.
    press(&mut model, "/<ctrl-u>outlet:lintas<enter>");
    assert_eq!((model.list.shown().len(), model.list.rows().len()), (2, 2));
}

#[test]
fn one_walks_through_an_unfolded_story_as_through_rows() {
    let mut model = model(100, 30);
    press(&mut model, "xj");
    assert_eq!(selected(&model), ARTICLES[1].2);
    press(&mut model, "<enter>J");
    assert_eq!((model.context(), selected(&model).as_str()), (Context::Reader, ARTICLES[2].2));
    press(&mut model, "qj");
    assert_eq!(selected(&model), ARTICLES[3].2);
    press(&mut model, "kx");
    assert_eq!((selected(&model).as_str(), model.list.shown().len()), (ARTICLES[0].2, 3));
    // Marked rows are those that are seen.
    press(&mut model, "xvjj");
    assert_eq!(model.marked_said().as_deref(), Some("3 articles marked"));
}

#[test]
fn one_comes_back_to_the_very_article() {
    let mut model = model(100, 30);
    press(&mut model, "xj<enter>2<ctrl-o>");
    assert_eq!((model.context(), selected(&model).as_str()), (Context::Reader, ARTICLES[1].2));
    // The filter that found it is cleared, and its story would fold it away.
    press(&mut model, "1/outlet:lintas ende<enter><esc>");
    assert_eq!(selected(&model), ARTICLES[5].2);
    assert_eq!(model.list.told(model.list.current().unwrap()), Told::Below);
}

#[test]
fn copies_that_are_found_later_take_no_article_away_under_the_reader() {
    let mut model = model_of(snapshot(false), 100, 30);
    assert_eq!(model.list.shown().len(), 6);
    press(&mut model, "j<enter>");
    send(&mut model, Message::Library(0, Update::Annotated(snapshot(true))));
    assert_eq!((model.context(), selected(&model).as_str()), (Context::Reader, ARTICLES[1].2));
    assert_eq!(model.list.shown().len(), 5, "the other story is folded");
}

#[test]
fn a_click_on_the_sign_unfolds() {
    let mut model = model(100, 30);
    let list = model.layout().list;
    let click = |model: &mut Model, column, row| {
        send(model, Message::Mouse(Mouse { what: Button::Press, column, row }));
    };
    click(&mut model, list.right() - 3, list.y + 5);
    assert_eq!((model.list.shown().len(), selected(&model).as_str()), (4, ARTICLES[4].2));
    click(&mut model, list.right() - 3, list.y + 5);
    assert_eq!(model.list.shown().len(), 3);
    click(&mut model, list.right() - 3, list.y + 2);
    assert_eq!((selected(&model).as_str(), model.context()), (ARTICLES[3].2, Context::List), "it is no sign");
}

#[test]
fn stories_in_every_size() {
    for size in [(60, 20), (80, 24), (120, 36), (200, 60)] {
        let mut model = model(size.0, size.1);
        press(&mut model, "xj");
        insta::assert_snapshot!(format!("stories_{}x{}", size.0, size.1), picture(&model, size));
    }
}
