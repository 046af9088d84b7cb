//! The rules, the lists and what any text does to them.

use super::book::{aliases, book};
use super::*;
use proptest::prelude::*;
use std::collections::HashMap;

#[test]
fn persons_are_one_in_any_spelling() {
    assert_eq!(person("Сергей Лавров"), person("Prof. Dr. Sergei Lavrov, M.Si."));
    assert_eq!(person("Kim Jong Un"), "kim jongun");
    assert_eq!(person("KH Tjahjo Djojohadikoesoemo"), "cahyo joyohadikusumo");
    assert_eq!(person("Abd al-Rahman as-Sisi"), person("Abdurrahman Sisi"));
    assert_eq!(person("Jinping Xi"), "xi jinping");
    assert_eq!(person("Na Li"), "na li");
    assert_eq!(person("George H. W. Bush"), "george hw bush");
    assert_eq!(person("Al Gore"), "al gore");
    assert_eq!(person(""), "");
}

#[test]
fn other_names_are_one_by_the_lists() {
    let code = |code| Country::parse(code);
    assert_eq!(organisation("International Atomic Energy Agency", None), "iaea");
    assert_eq!(organisation("The U.N.", None), organisation("PBB", None));
    assert_eq!(place("Peking", code("CN")), "beijing");
    assert_eq!(place("Georgia", code("US")), "georgia");
    assert_eq!(country("Jerman", None), "DE");
    assert_eq!(country("Atlantis", None), "atlantis");
}

#[test]
fn the_lists_contradict_neither_themselves_nor_the_rules() {
    let book = book();
    let mut seen: HashMap<(&str, String), &str> = HashMap::new();
    for (kind, name, others) in aliases() {
        for spelling in std::iter::once(name).chain(others) {
            assert!(!spelling.is_empty(), "{name}: an empty spelling");
            let (key, whole) = match kind {
                "word" => (spelling::level(book, latin(spelling).into()).into_owned(), latin(name)),
                "person" => (super::spelling(book, spelling), super::spelling(book, name)),
                "organisation" | "place" => (bare(spelling), bare(name)),
                _ => continue,
            };
            assert!(!key.is_empty() && !whole.is_empty(), "{kind} {name}: {spelling:?} has no letters");
            let other = seen.insert((kind, key), name);
            assert!(other.is_none_or(|other| other == name), "{kind} {spelling}: {name} and {other:?}");
        }
        match kind {
            "word" => assert!(!book.words.contains_key(&latin(name)), "{name} is a spelling of another word"),
            "person" => assert_eq!(person(name), super::spelling(book, name), "{name}"),
            _ => {}
        }
    }
}

#[test]
fn a_byname_of_one_word_is_listed_here() {
    const BYNAMES: [&str; 8] = ["jokowi", "sbi", "sby", "ahok", "ahy", "jfk", "mbs", "hirohito"];
    let book = book();
    for (_, name, others) in aliases().filter(|(kind, ..)| *kind == "person") {
        for other in others.filter(|other| other.is_ascii()) {
            let key = super::spelling(book, other);
            let single = |key: &str| !key.contains(' ');
            let known = BYNAMES.contains(&key.as_str());
            assert!(!single(&key) || single(&person(name)) || known, "{name}: {other}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_has_a_key_of_its_own(text in any::<String>()) {
        for key in [person, |text: &str| organisation(text, None), |text: &str| place(text, None)] {
            let once = key(&text);
            prop_assert_eq!(key(&once), once.clone(), "{}", text);
        }
        country(&text, None);
    }

    #[test]
    fn keys_of_names_are_stable(
        words in proptest::collection::vec("(abd|abdul|abdel|al|el|as|an|dr|h|k|kim|li|xi|jinping|jong|un|orban|viktor|soe|[dtnj]{1,2}j[aeo]|oe|[a-z]{1,4}|skiy|iy|yy)", 1..7),
        gaps in proptest::collection::vec("[ .'-]?", 7),
    ) {
        let name: String = words.iter().zip(&gaps).flat_map(|(word, gap)| [word.as_str(), gap.as_str()]).collect();
        let once = person(&name);
        prop_assert_eq!(person(&once), once.clone(), "{}", name);
        prop_assert_eq!(person(&name.to_uppercase()), once);
    }
}
