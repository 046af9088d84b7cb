//! The module as a whole: what queries find, and that they find what a slow reading of the rules finds.

mod slow;

use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};

use super::*;
use crate::article::{Kind, Published};
use crate::text::Span;
use crate::words::{Country, Language};

/// An article as the tests write it.
#[derive(Debug, Clone, Default)]
struct Story {
    title: String,
    body: String,
    outlet: Option<String>,
    language: Option<Language>,
    published: Option<Date>,
    names: Vec<Name>,
    quotes: u32,
}

impl Story {
    fn doc(&self) -> Doc<'_> {
        Doc {
            title: &self.title,
            outlet: self.outlet.as_deref(),
            language: self.language,
            published: self.published.map(Published::day),
            names: &self.names,
            quotes: self.quotes,
        }
    }
}

fn name(kind: Kind, name: &str, country: Option<&str>, quotes: u32) -> Name {
    Name {
        kind,
        name: name.to_owned(),
        aliases: Vec::new(),
        country: country.and_then(Country::parse),
        quotes,
    }
}

fn stories() -> Vec<Story> {
    let story = |title: &str, outlet: &str, language: &str, published: Date, names: Vec<Name>| Story {
        title: title.to_owned(),
        outlet: Some(outlet.to_owned()),
        language: Language::parse(language),
        published: Some(published),
        quotes: names.iter().map(|name| name.quotes).sum(),
        names,
        ..Story::default()
    };
    let mut stories = vec![
        story(
            "Menlu Rusia mengunjungi Wonsan",
            "Kabar",
            "id",
            date(2025, 7, 12),
            vec![
                Name {
                    aliases: vec!["Lavrov".to_owned()],
                    ..name(Kind::Person, "Sergey Lavrov", Some("RU"), 2)
                },
                name(Kind::Country, "Rusia", Some("RU"), 0),
                name(Kind::Country, "Korea Utara", Some("KP"), 0),
                name(Kind::Place, "Wonsan", Some("KP"), 0),
            ],
        ),
        story(
            "Prabowo Subianto tiba di Oslo",
            "Suara Oslo",
            "id",
            date(2025, 7, 1),
            vec![
                name(Kind::Person, "Prabowo Subianto", Some("ID"), 0),
                name(Kind::Country, "Norwegia", Some("NO"), 0),
                name(Kind::Organisation, "Kementerian Luar Negeri", Some("ID"), 1),
            ],
        ),
        story(
            "Erdoğan meets Łukasz Nowak in Seoul",
            "The Herald",
            "en",
            date(2024, 12, 31),
            vec![
                name(Kind::Person, "Recep Tayyip Erdoğan", Some("TR"), 1),
                name(Kind::Country, "South Korea", Some("KR"), 0),
                name(Kind::Person, "Kim Jong Un", Some("KP"), 0),
            ],
        ),
        story("Harga beras naik", "Kabar", "id", date(2025, 8, 2), vec![]),
    ];
    stories[3].body = "Di ujung\ntombak, “kata” Café.".to_owned();
    stories
}

fn hits(stories: &[Story], query: &str) -> Vec<Hit> {
    let arena = Arena::build(stories.iter().map(Story::doc));
    hits_in(&[(0, &arena)], stories, query)
}

fn hits_in(arenas: &[(u32, &Arena)], stories: &[Story], query: &str) -> Vec<Hit> {
    let query = Query::parse(query).unwrap();
    let bodies = |doc: u32| stories[doc as usize].body.as_str();
    let answer = find(arenas, &query, &bodies, &Memory::default(), &AtomicBool::new(false)).unwrap();
    let mut hits: Vec<Hit> = answer.hits().collect();
    hits.sort_by_key(|hit| hit.doc);
    assert_eq!(answer.count(), hits.len());
    hits
}

fn found(query: &str) -> Vec<u32> {
    hits(&stories(), query).iter().map(|hit| hit.doc).collect()
}

#[test]
fn words_are_found_in_titles_names_and_outlets() {
    assert_eq!(found("lavr"), [0]);
    assert_eq!(found("wonsan rusia"), [0]);
    assert_eq!(found("kabar"), [0, 3]);
    assert_eq!(found("erdogan lukasz"), [2]);
    assert_eq!(found("oslo menteri"), [1]);
    assert_eq!(found(""), [0, 1, 2, 3]);
    assert_eq!(found("zzzq"), [0u32; 0]);
}

#[test]
fn scattered_letters_count_when_they_mean_something() {
    assert_eq!(found("prbw"), [1]);
    assert_eq!(found("slavrov"), [0]);
    assert_eq!(found("rbwo"), [1]);
    assert_eq!(found("ps"), [0u32; 0]);
    assert_eq!(found("ktt"), [0u32; 0]);
    assert_eq!(found("kju"), [2], "initials of a name");
    assert_eq!(found("kln"), [1], "initials of neighbouring words");
    assert_eq!(found("psdo"), [0u32; 0], "initials with a long word between");
    assert_eq!(found("hbn"), [3], "beginnings of neighbouring words");
    assert_eq!(found("hnai"), [0u32; 0], "not the beginnings of words");
    assert_eq!(found("ruwon"), [0u32; 0], "a long word between");
}

#[test]
fn letters_that_stand_apart_do_not_keep_a_mistake_from_being_forgiven() {
    let story = |title: &str| Story { title: title.to_owned(), ..Story::default() };
    let mut stories = vec![story("Museum dan emisi"), story("Museum kota"), story("Muse untuk emisi")];
    let classes = |stories: &[Story], query: &str| -> Vec<(u32, Class)> {
        let mut hits = hits(stories, query);
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.rank));
        hits.iter().map(|hit| (hit.doc, hit.rank.class())).collect()
    };
    let expected = [(0, Class::Scattered), (1, Class::Misspelt)];
    assert_eq!(classes(&stories, "museem"), expected);
    // A word that holds it in one piece does.
    stories.push(story("Museemkade"));
    assert_eq!(classes(&stories, "museem"), [(3, Class::Beginning), (0, Class::Scattered)]);
}

#[test]
fn countries_are_found_by_their_other_names() {
    for query in ["korut", "dprk", "DPRK", "KP", "'korut", "north'k", "country:kp", "c:korut", "country:북한"]
    {
        let expected: &[u32] = if query == "north'k" { &[] } else { &[0] };
        assert_eq!(found(query), expected, "{query}");
    }
    assert_eq!(found("kp"), [0]);
    assert_eq!(found("!kp").len(), found("").len(), "a word is left out, no code");
    assert_eq!(found("north korea"), [0]);
    assert_eq!(found("korea utara rusia"), [0]);
    assert_eq!(found("c:korea utara"), [0]);
    assert_eq!(found("koru"), [0]);
    assert_eq!(found("country:korea"), [0, 2]);
    assert_eq!(found("korea lavr"), [0]);
    assert_eq!(found("country:nrwg"), [1]);
    assert_eq!(found("!korut kabar"), [3]);
    assert!(Query::parse("country:zzzq").is_err());
}

#[test]
fn signs_ask_for_pieces_and_ends() {
    assert_eq!(found("'prbw"), [0u32; 0]);
    assert_eq!(found("'abow"), [1]);
    assert_eq!(found("^menlu"), [0]);
    assert_eq!(found("^rusia"), [0], "where a name begins");
    assert_eq!(found("^mengunjungi"), [0u32; 0]);
    assert_eq!(found("seoul$"), [2]);
    assert_eq!(found("harga$"), [0u32; 0]);
    assert_eq!(found("^wonsan$"), [0]);
    assert_eq!(found("!kabar"), [1, 2]);
    assert_eq!(found("!country:rus !lang:en"), [1, 3]);
}

#[test]
fn fields_ask_one_thing() {
    assert_eq!(found("person:lavr"), [0]);
    assert_eq!(found("p:wonsan"), [0u32; 0]);
    assert_eq!(found("place:wonsan"), [0]);
    assert_eq!(found("org:luar"), [1]);
    assert_eq!(found("by:lavrov"), [0]);
    assert_eq!(found("by:prabowo"), [0u32; 0]);
    assert_eq!(found("about:prabowo"), [1]);
    assert_eq!(found("about:dprk"), [0]);
    assert_eq!(found("outlet:oslo"), [1]);
    assert_eq!(found("person:\"sergey lavrov\""), [0]);
    assert_eq!(found("lang:id"), [0, 1, 3]);
    assert_eq!(found("has:quote"), [0, 1, 2]);
    assert_eq!(found("after:2025-07-12"), [0, 3]);
    assert_eq!(found("before:2025-07"), [2]);
    assert_eq!(found("on:2025-07"), [0, 1]);
    assert_eq!(found("after:2025-07-01 before:2025-07-12"), [1]);
}

#[test]
fn running_text_is_searched_when_asked_for() {
    assert_eq!(found("\"ujung tombak\""), [3]);
    assert_eq!(found("\"ujung tom"), [3]);
    assert_eq!(found("\"ujung tom\""), [0u32; 0]);
    assert_eq!(found("text:tomb"), [3]);
    assert_eq!(found("text:cafe"), [3]);
    assert_eq!(found("text:afe"), [0u32; 0]);
    assert_eq!(found("\"harga beras\""), [3]);
    assert_eq!(found("tombak"), [0u32; 0]);
    assert_eq!(found("!text:kata"), [0, 1, 2]);
}

#[test]
fn half_typed_terms_hold_for_everything() {
    for query in [
        "country:", "person:", "text:", "!", "'", "^", "$", "\"", "on:20", "lang:i", "has:", "has:qu", "is:",
        "is:unre", "tag:", "tag:#", "by:\"",
    ] {
        assert_eq!(found(query), [0, 1, 2, 3], "{query}");
    }
    assert_eq!(found("Kabar:"), [0u32; 0], "a headline's own colon");
}

#[test]
fn better_places_come_first() {
    let story = |title: &str| Story { title: title.to_owned(), ..Story::default() };
    let mut stories = vec![
        story("prabxo"),
        story("xprabo"),
        story("praboworo"),
        story("Berita"),
        story("prabo"),
        story("praxbo"),
    ];
    stories[3].names = vec![name(Kind::Person, "Prabowo", None, 0)];
    let mut hits = hits(&stories, "prabo");
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.rank));
    let classes: Vec<_> = hits.iter().map(|hit| (hit.doc, hit.rank.class())).collect();
    let expected = [
        (4, Class::Whole),
        (3, Class::NameBeginning),
        (2, Class::Beginning),
        (1, Class::Inside),
        (0, Class::Scattered),
        (5, Class::Scattered),
    ];
    assert_eq!(classes, expected);
}

#[test]
fn marks_show_why() {
    let stories = stories();
    let marks = |doc: usize, query: &str| mark(&Query::parse(query).unwrap(), &stories[doc].doc());
    let letters = |doc: usize, spans: &[Span]| -> Vec<String> {
        spans.iter().map(|span| span.of(&stories[doc].title).to_owned()).collect()
    };
    assert_eq!(letters(0, &marks(0, "menlu won").title), ["Menlu", "Won"]);
    assert_eq!(letters(2, &marks(2, "erdogan luk").title), ["Erdoğan", "Łuk"]);
    assert_eq!(letters(1, &marks(1, "prbw").title), ["Pr", "b", "w"]);
    let korut = marks(0, "korut").name.unwrap();
    assert_eq!((korut.name.as_str(), korut.kind, korut.spans.len()), ("Korea Utara", Kind::Country, 0));
    let lavrov = marks(0, "lavr").name.unwrap();
    assert_eq!((lavrov.name.as_str(), lavrov.spans[0]), ("Sergey Lavrov", Span::new(7, 11)));
    assert_eq!(marks(0, "rusia").name, None);
    assert_eq!(marks(0, "country:ru").name.unwrap().name, "Rusia");
    assert_eq!(marks(0, "kabar").outlet, [Span::new(0, 5)]);
    assert_eq!(letters(3, &marks(3, "\"harga beras\"").title), ["Harga beras"]);
    let body = &stories[3].body;
    let spans = mark_body(&Query::parse("\"ujung tombak\" text:caf").unwrap(), body);
    assert_eq!(spans.iter().map(|span| span.of(body)).collect::<Vec<_>>(), ["ujung\ntombak", "Caf"]);
}

#[test]
fn errors_point_at_the_place() {
    let error = |query: &str| Query::parse(query).unwrap_err();
    assert_eq!(error("rusia foo:bar").span, Span::new(6, 10));
    assert!(error("foo:bar").message.contains("expected person:"));
    assert_eq!(error("after:kemarin").span, Span::new(6, 13));
    assert_eq!(error("lang:12").span, Span::new(5, 7));
    assert_eq!(error("is:gone").span, Span::new(3, 7));
    assert!(error("is:gone").message.contains("is:starred"));
    assert_eq!(error("has:foto").span, Span::new(4, 8));
    assert_eq!(error(&"a ".repeat(65)).span, Span::new(128, 130));
}

/// What a reader did with twenty articles: read the even ones, starred the first, noted the third; three tags.
struct Marked;

impl Texts for Marked {
    fn body(&self, _: u32) -> std::borrow::Cow<'_, str> {
        "".into()
    }

    fn marked(&self, mark: &Mark) -> std::borrow::Cow<'_, Bits> {
        let mut bits = Bits::none(20);
        match mark {
            Mark::Read => (0..20).step_by(2).for_each(|doc| bits.add(doc)),
            Mark::Starred => bits.add(0),
            Mark::Noted => bits.add(2),
            Mark::Tag(name, whole) => {
                let tags = [("perang", 4), ("perang-dunia", 5), ("us", 13)];
                tags.iter()
                    .filter(|(tag, _)| tag == name || !whole && tag.starts_with(name.as_str()))
                    .for_each(|(_, doc)| bits.add(*doc));
            }
        }
        std::borrow::Cow::Owned(bits)
    }
}

#[test]
fn what_the_reader_did_is_asked_for() {
    let stories = |from: usize, until: usize| -> Vec<Story> {
        (from..until).map(|n| Story { title: format!("kata {n}"), ..Story::default() }).collect()
    };
    let (one, two) = (stories(0, 7), stories(7, 20));
    let [one, two] = [one, two].map(|stories| Arena::build(stories.iter().map(Story::doc)));
    let found = |query: &str| -> Vec<u32> {
        let query = Query::parse(query).unwrap();
        let arenas = [(0, &one), (7, &two)];
        let answer = find(&arenas, &query, &Marked, &Memory::default(), &AtomicBool::new(false)).unwrap();
        let mut docs: Vec<u32> = answer.hits().map(|hit| hit.doc).collect();
        docs.sort_unstable();
        docs
    };
    assert_eq!(found("is:read"), (0..20).step_by(2).collect::<Vec<_>>());
    assert_eq!(found("IS:Unread"), (1..20).step_by(2).collect::<Vec<_>>());
    assert_eq!(found("!is:unread"), found("is:read"));
    assert_eq!(found("is:starred"), [0]);
    assert_eq!(found("is:noted kata"), [2]);
    assert_eq!(found("is:unread is:starred"), [0u32; 0]);
    assert_eq!(found("tag:perang"), [4, 5]);
    assert_eq!(found("tag:\"perang\""), [4]);
    assert_eq!(found("tag:#US"), [13]);
    assert_eq!(found("!tag:p is:read").len(), 9);
}

#[test]
fn a_cancelled_search_gives_nothing() {
    let stories = stories();
    let arena = Arena::build(stories.iter().map(Story::doc));
    let query = Query::parse("rusia").unwrap();
    assert!(find(&[(0, &arena)], &query, &|_| "", &Memory::default(), &AtomicBool::new(true)).is_none());
}
