//! Facets over a handful of articles, annotated as they are read.

use super::*;
use crate::article::{Day, Kind};
use crate::library::{Collection, Opening};
use crate::load::{self, Event, Source};
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

const ARTICLES: &str = r#"[
{"title": "Norwegia membayar hektare bakau", "outlet": "Kabar Nusa", "published": "2025-03-05",
 "body": "Oslo | Kabar Nusa – Menteri Luar Negeri Norwegia Ingrid Solheim bertemu Menteri Luar Negeri Indonesia Arif Wiratmaja di Oslo, Rabu.\n\n“Kami membayar hektare yang terlihat dari satelit setiap enam bulan,” kata Solheim.\n\n“Bibitnya ada, orangnya ada, tetapi Norwegia terlalu jauh,” ujar Arif Wiratmaja."},
{"title": "Dana bakau: Norwegia melihat dari satelit", "outlet": "Lintas Timur", "published": "2025-03-06",
 "body": "Oslo | Lintas Timur – Menteri Luar Negeri Norwegia Ingrid Solheim dan Menteri Luar Negeri Indonesia Arif Wiratmaja menandatangani kesepakatan di Oslo.\n\n“Kami hanya membayar hektare yang terlihat dari satelit setiap enam bulan,” kata Solheim."},
{"title": "Pasar ikan pindah", "outlet": "Kabar Nusa", "published": "2025-06-20",
 "body": "Ambon | Kabar Nusa – Pasar ikan Ambon pindah ke dermaga baru. “Di sini lebih dekat ke laut,” kata pedagang Maria Latuconsina."}
]"#;

fn snapshot() -> Snapshot {
    annotated(Cow::Borrowed(ARTICLES.as_bytes()))
}

fn annotated(bytes: Cow<'static, [u8]>) -> Snapshot {
    let mut loaded = Vec::new();
    load::load(&[Source::Memory { name: "articles.json".to_owned(), bytes }], &mut |event| {
        match event {
            Event::Loaded(article) => loaded.push(*article),
            Event::Problem(problem) => panic!("{problem}"),
            Event::Progress(_) => {}
        }
        ControlFlow::Continue(())
    });
    let collection = Collection::default();
    collection.add(loaded);
    while collection.annotate_more(&AtomicBool::new(false)) {}
    collection.snapshot()
}

fn person(snapshot: &Snapshot, name: &str) -> Identity {
    let names = snapshot.names(&[0, 1, 2]);
    names.iter().find(|named| named.name == name).map(|named| named.identity).unwrap()
}

static GO_ON: AtomicBool = AtomicBool::new(false);

#[test]
fn names_are_one_across_articles() {
    let snapshot = snapshot();
    let names = snapshot.names_of(&[0, 1, 2], &[Kind::Person], &GO_ON).unwrap();
    let solheim: Vec<_> = names.iter().filter(|named| named.name.contains("Solheim")).collect();
    assert_eq!(solheim.len(), 1);
    assert_eq!((solheim[0].articles, solheim[0].quotes), (2, 2));
    assert_eq!(solheim[0].first.map(Day::written).as_deref(), Some("5 Mar 2025"));
    assert!(snapshot.names_of(&[0], &Kind::ALL, &AtomicBool::new(true)).is_none(), "it can be given up");
}

#[test]
fn the_same_quotation_is_shown_once_with_all_who_carry_it() {
    let snapshot = snapshot();
    let sayings = snapshot.sayings(&[2, 1, 0], &Query::default(), MOST, &GO_ON).unwrap();
    let paid: Vec<_> = sayings.list.iter().filter(|saying| saying.words.contains("satelit")).collect();
    assert_eq!(paid.len(), 1);
    assert_eq!((paid[0].place.0, paid[0].others.len()), (0, 1), "the first to carry it leads");
    let words = |place: QuotePlace| {
        let (article, found) = snapshot.known(place.0).unwrap();
        found.quotes[place.1].span().of(&article.body).to_owned()
    };
    let other = words(paid[0].others[0]);
    let differs: Vec<&str> = differences(&other, &paid[0].words).iter().map(|span| span.of(&other)).collect();
    assert_eq!(differs, ["hanya"]);
    let story = sayings.stories.iter().find(|story| story.rows.contains(&0)).unwrap();
    assert_eq!(story.rows, [1, 0], "both tell one story, the fish market another");
    let by = snapshot.sayings(&[0, 1, 2], &Query::parse("by:arif").unwrap(), MOST, &GO_ON).unwrap();
    assert_eq!(by.list.len(), 1, "the filter's by: and about: hold for quotations");
}

/// The words alone do not make it one: whoever is named as the speaker is not lost.
#[test]
fn the_same_words_of_two_people_are_two_quotations() {
    let speakers = |bytes: String| -> Vec<(Option<String>, usize)> {
        let snapshot = annotated(Cow::Owned(bytes.into_bytes()));
        let sayings = snapshot.sayings(&[2, 1, 0], &Query::default(), MOST, &GO_ON).unwrap();
        let paid = sayings.list.iter().filter(|saying| saying.words.contains("satelit"));
        let mut speakers: Vec<_> = paid.map(|saying| (saying.name.clone(), saying.others.len())).collect();
        speakers.sort();
        speakers
    };
    let solheim = || Some("Ingrid Solheim".to_owned());
    let second = |by: &str| {
        let (first, rest) = ARTICLES.split_once("},\n").unwrap();
        format!("{first}}},\n{}", rest.replacen("kata Solheim.", by, 1))
    };
    assert_eq!(speakers(second("kata Solheim.")), [(solheim(), 1)]);
    assert_eq!(
        speakers(second("kata Arif Wiratmaja.")),
        [(Some("Arif Wiratmaja".to_owned()), 0), (solheim(), 0)]
    );
    // Where one article does not name whose words they are, the other does.
    assert_eq!(speakers(second("demikian bunyinya.")), [(solheim(), 1)]);
}

#[test]
fn a_quotation_lists_whoever_carries_it_however_late() {
    let bytes = Cow::Owned(ARTICLES.replace("2025-03-06", "2025-05-06").into_bytes());
    let snapshot = annotated(bytes);
    let rows = [0, 1, 2];
    let sayings = snapshot.sayings(&rows, &Query::default(), MOST, &GO_ON).unwrap();
    let paid = sayings.list.iter().find(|saying| saying.words.contains("satelit")).unwrap();
    let known: Vec<QuotePlace> = paid.carried().collect();
    assert_eq!(known.len(), 2);
    // Two months later nobody looks, unless it is known.
    let alone = snapshot.quoted(&rows, paid.place, &[], &GO_ON).unwrap();
    assert!(alone.saying.others.is_empty());
    for place in known.clone() {
        let quoted = snapshot.quoted(&rows, place, &known, &GO_ON).unwrap();
        assert_eq!(quoted.saying.carried().collect::<Vec<_>>(), known);
    }
}

#[test]
fn a_quotation_knows_what_others_answered() {
    let snapshot = snapshot();
    let quoted = snapshot.quoted(&[0, 1, 2], (1, 0), &[], &GO_ON).unwrap();
    assert_eq!(quoted.saying.place.0, 0, "it was said first elsewhere");
    let answers: Vec<&str> = quoted.answers.iter().filter_map(|answer| answer.name.as_deref()).collect();
    assert_eq!(answers, ["Arif Wiratmaja"]);
    assert!(snapshot.quoted(&[0], (2, 9), &[], &GO_ON).is_none());
}

#[test]
fn a_dossier_tells_all() {
    let snapshot = snapshot();
    let solheim = person(&snapshot, "Ingrid Solheim");
    let dossier = snapshot.dossier(&[2, 1, 0], &solheim, &GO_ON).unwrap();
    assert_eq!(dossier.articles, [1, 0]);
    assert_eq!((dossier.by.len(), dossier.by[0].others.len()), (1, 1));
    assert_eq!(dossier.outlets.len(), 2);
    let arif = dossier.beside.iter().find(|other| other.name == "Arif Wiratmaja").unwrap();
    assert_eq!(arif.together, 2);
    assert!((arif.lift - 1.5).abs() < 1e-9 && arif.likelihood > 0.0, "{arif:?}");
    let country = snapshot.names(&[0, 1]).iter().find(|named| named.identity.key.as_ref() == "NO").unwrap();
    assert_eq!(country.name, "Norwegia");
    let norway = snapshot.dossier(&[0, 1, 2], &country.identity, &GO_ON).unwrap();
    assert_eq!(norway.about.len(), 1, "Arif names it");
    assert!(snapshot.dossier(&[2], &solheim, &GO_ON).is_none());
}

#[test]
fn days_are_counted_and_told() {
    let snapshot = snapshot();
    let days = snapshot.days(&[0, 1, 2], &GO_ON).unwrap();
    assert_eq!(days.days.len(), 3);
    let steps = days.steps(crate::article::Grain::Month, days.bounds().unwrap(), 100);
    assert_eq!(steps.iter().map(|step| step.1).collect::<Vec<_>>(), [2, 0, 0, 1]);
    let (first, _) = days.bounds().unwrap();
    let digest = snapshot.digest(&[0, 1, 2], first, first.plus(7), &GO_ON).unwrap();
    assert_eq!((digest.articles, digest.stories.len()), (2, 1));
    assert!(digest.names.iter().any(|named| named.name == "Ingrid Solheim"));
}

#[test]
fn facets_are_the_most_of_each() {
    let snapshot = snapshot();
    let facets = snapshot.facets(&[0, 1, 2], 2, &GO_ON).unwrap();
    let told = |facet: &Facet| {
        facet.top.iter().map(|value| (value.name.clone(), value.articles)).collect::<Vec<_>>()
    };
    assert_eq!(told(&facets.people), [("Arif Wiratmaja".to_owned(), 2), ("Ingrid Solheim".to_owned(), 2)]);
    assert_eq!(facets.people.distinct, 3);
    assert_eq!(told(&facets.outlets), [("Kabar Nusa".to_owned(), 2), ("Lintas Timur".to_owned(), 1)]);
    assert_eq!(told(&facets.languages), [("id".to_owned(), 3)]);
    assert_eq!(told(&facets.speakers)[0], ("Ingrid Solheim".to_owned(), 2), "in two articles");
    assert_eq!(facets.countries.top[0].country.map(|code| code.to_string()).as_deref(), Some("ID"));
    assert!(snapshot.facets(&[0], 2, &AtomicBool::new(true)).is_none(), "it can be given up");
}

#[test]
fn copies_are_of_one_story_however_many_are_told_apart() {
    let mut snapshot = snapshot();
    let told = |snapshot: &Snapshot, most| {
        let told = snapshot.tellers(&[2, 1, 0], most, &GO_ON).unwrap();
        [(0, 1), (0, 2), (1, 2)].map(|(one, other): (usize, usize)| told[one] == told[other])
    };
    assert_eq!(told(&snapshot, 3), [false, false, true]);
    assert_eq!(told(&snapshot, 2), [false; 3], "the last one is not looked at");
    snapshot.copies =
        std::sync::Arc::new(crate::library::copies::Copies::new([(2, 'a'), (0, 'a')].into_iter()));
    assert_eq!(told(&snapshot, 0), [false, true, false]);
    assert_eq!(told(&snapshot, 2), [false, true, false]);
    assert_eq!(told(&snapshot, 3), [true; 3], "what is a copy of one is of its story");
}

#[test]
fn what_is_said_every_day_is_no_story_of_any_days() {
    let daily = |day: u32| {
        format!(
            "{{\"title\": \"Harga beras hari ke-{day}\", \"published\": \"2025-03-{day:02}\", \"body\": \"Ingrid Solheim dan Arif Wiratmaja \
             bertemu lagi di Oslo.\"}}\n"
        )
    };
    let bytes = (1..25).map(daily).collect::<String>().into_bytes();
    let source = Source::Memory { name: "daily.jsonl".to_owned(), bytes: Cow::Owned(bytes) };
    let collection = crate::library::open(&Opening::Sources(vec![source]), &false.into(), &|_| {});
    let snapshot = collection.snapshot();
    let rows = snapshot.newest_first();
    let from = snapshot.days(rows, &GO_ON).unwrap().days[9].0;
    let digest = snapshot.digest(rows, from, from.plus(4), &GO_ON).unwrap();
    assert!(digest.names.iter().any(|named| named.name == "Ingrid Solheim" && named.articles == 4));
    assert_eq!((digest.articles, digest.stories.len()), (4, 4), "each stands for itself");
}

#[test]
fn days_are_counted_however_far_apart_they_are() {
    let dates =
        ["2025-03-05", "1905-01-01", "2025-03-04", "2149-12-31", "2025-03-05", "1926-06-01", "2125-06-01"];
    let loaded = dates.iter().map(|date| {
        let article = format!(r#"[{{"title": "{date}", "body": "Satu.", "published": "{date}"}}]"#);
        let mut found = None;
        let bytes = Cow::Owned(article.into_bytes());
        load::load(&[Source::Memory { name: "one.json".to_owned(), bytes }], &mut |event| {
            if let Event::Loaded(article) = event {
                found = Some(*article);
            }
            ControlFlow::Continue(())
        });
        found.unwrap()
    });
    let collection = Collection::default();
    let mut all: Vec<_> = loaded.collect();
    all.push(load::Loaded { article: crate::article::Article::new("undated", "Satu."), annotations: None });
    collection.add(all);
    let snapshot = collection.snapshot();
    let rows: Vec<Ordinal> = (0..8).collect();
    let days = snapshot.days(&rows, &GO_ON).unwrap();
    let mut by_hand: BTreeMap<Day, u64> = BTreeMap::new();
    for row in 0..8 {
        if let Some(published) = snapshot.article(row).unwrap().published {
            *by_hand.entry(Day::of(published)).or_insert(0) += 1;
        }
    }
    assert_eq!(days.days, by_hand.into_iter().collect::<Vec<_>>());
    assert!(days.days.len() >= 5 && days.undated >= 1, "{days:?}");
}
