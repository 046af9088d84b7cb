//! Arenas as bytes.

use proptest::prelude::*;

use super::*;
use crate::article::Kind;

fn arena() -> Arena {
    let name = |kind, name: &str, quotes| Name {
        kind,
        name: name.to_owned(),
        aliases: vec!["K. N.".to_owned()],
        country: None,
        quotes,
    };
    let names = [name(Kind::Person, "Kari Nordmann", 1), name(Kind::Place, "N’Djamena", 0)];
    let titles = ["Menlu Rusia: “ya”", "", "平壌で会談", "Café 24 jam"];
    Arena::build(titles.iter().map(|title| Doc {
        title,
        outlet: Some("Kabar"),
        language: None,
        published: None,
        names: &names,
        quotes: 1,
    }))
}

#[test]
fn texts_come_back_folded() {
    let arena = arena();
    let mut text = String::new();
    let mut titles = Vec::new();
    for doc in 0..4 {
        arena.titles().write(doc, &arena.vocabulary(), &mut text);
        titles.push(text.clone());
    }
    assert_eq!(titles, ["menlu rusia: \"ya\"", "", "平壌て会談", "cafe 24 jam"]);
    let people = arena.names_of(Some(Kind::Person));
    let people = people.map(|name| {
        arena.names().write(name, &arena.vocabulary(), &mut text);
        text.clone()
    });
    assert_eq!(people.collect::<Vec<_>>(), ["k. n.", "kari nordmann"]);
}

#[test]
fn bytes_come_back() {
    let arena = arena();
    let again = Arena::from_bytes(arena.to_bytes().to_vec()).unwrap();
    assert_eq!(again.to_bytes(), arena.to_bytes());
    assert_eq!(again.len(), 4);
    assert_eq!(Arena::default().len(), 0);
    assert!(Arena::from_bytes(Arena::default().to_bytes().to_vec()).is_ok());
    assert_eq!(Arena::from_bytes(b"SQLite format 3\0".to_vec()).unwrap_err(), ArenaError::Foreign);
}

proptest! {
    #[test]
    fn damaged_bytes_are_refused(flips in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..4)) {
        let arena = arena();
        let mut bytes = arena.to_bytes().to_vec();
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        prop_assume!(bytes != arena.to_bytes());
        prop_assert!(Arena::from_bytes(bytes).is_err());
    }

    /// Bits of two words that follow each other in one of the four sums: the highest, and where it is turned to.
    #[test]
    fn two_bits_that_could_take_each_other_back_are_refused(word in any::<prop::sample::Index>(), low in 0u8..64) {
        let arena = arena();
        let mut bytes = arena.to_bytes().to_vec();
        let at = word.index((bytes.len() - 64) / 8) * 8;
        bytes[at + 7] ^= 0x80;
        bytes[at + 32 + usize::from(low / 8)] ^= 1 << (low % 8);
        prop_assert!(Arena::from_bytes(bytes).is_err());
    }

    #[test]
    fn bytes_cut_short_are_refused(at in any::<prop::sample::Index>()) {
        let mut bytes = arena().to_bytes().to_vec();
        bytes.truncate(at.index(bytes.len()));
        prop_assert!(Arena::from_bytes(bytes).is_err());
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), begin in any::<bool>()) {
        let mut bytes = bytes;
        if begin {
            let head = arena().to_bytes()[..24].to_vec();
            bytes.splice(0..0, head);
        }
        prop_assert!(Arena::from_bytes(bytes).is_err());
    }

    /// Whatever passes the sum is read without a panic.
    #[test]
    fn nonsense_is_searched_in_peace(
        sections in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), arena::SECTIONS),
        docs in 0usize..10,
        query in "[a-z'$^ -]{1,8}",
    ) {
        let mut sections = sections;
        sections[arena::Section::Counts as usize][..].fill(0);
        sections[arena::Section::Counts as usize].splice(0..0, [u8::try_from(docs).unwrap(), 0, 0, 0, 9, 0, 0, 0, 3, 0, 0, 0]);
        sections[arena::Section::TitleEnds as usize].resize(docs * 4, 5);
        sections[arena::Section::Days as usize].resize(docs * 4, 0);
        sections[arena::Section::Languages as usize].resize(docs * 3, 0);
        use crate::search::{Memory, Query, find};
        let mut writing = bytes::Writing::new(arena::SECTIONS, 0);
        sections.iter().enumerate().for_each(|(section, content)| writing.put(section, content));
        let arena = Arena::from_bytes(writing.finish().bytes().to_vec()).unwrap();
        if let Ok(query) = Query::parse(&query) {
            let cancelled = std::sync::atomic::AtomicBool::new(false);
            find(&[(0, &arena)], &query, &|_| "", &Memory::default(), &cancelled);
        }
    }
}
