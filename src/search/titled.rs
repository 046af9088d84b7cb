//! Articles whose titles hold what a query asks of texts: they stand before the others.

use super::answer::{Answer, Group};
use super::expression::Expression;
use super::index::{Arena, Bits};
use super::passage::{Buffers, Passage};
use super::query::{Condition, Query};
use crate::text::is_unspaced;
use memchr::memmem::Finder;

impl Answer {
    /// Puts those articles first, within each rank, whose titles alone hold all that `query` asks of texts.
    pub fn put_titles_first(&mut self, arenas: &[(u32, &Arena)], query: &Query) {
        let asked: Vec<&Expression> = query
            .terms()
            .iter()
            .filter_map(|term| match &term.condition {
                Condition::Text(asked) if !term.negated => Some(asked),
                _ => None,
            })
            .collect();
        if asked.is_empty() {
            return;
        }
        let candidates: Vec<(u32, Option<Bits>)> = arenas
            .iter()
            .map(|(first, arena)| (*first, all(asked.iter().map(|asked| may(arena, asked)))))
            .collect();
        self.divide(|group: &Group| {
            let (_, arena) = arenas.iter().find(|(first, _)| *first == group.first)?;
            let (_, candidates) = candidates.iter().find(|(first, _)| *first == group.first)?;
            let candidates = candidates.as_ref()?.common(&group.docs)?;
            let (titles, vocabulary) = (arena.titles(), arena.vocabulary());
            let (mut title, mut texts) = (String::new(), [Buffers::default()]);
            let mut titled = Bits::none(arena.len());
            candidates.iter().for_each(|doc| {
                titles.write(doc, &vocabulary, &mut title);
                let [buffers] = &mut texts;
                buffers.read(&title);
                if asked.iter().all(|asked| asked.is_in(&mut texts)) {
                    titled.add(doc);
                }
            });
            (!titled.is_empty()).then_some(titled)
        });
    }
}

/// What is in all of some sets; `None` when that is nothing.
fn all(sets: impl Iterator<Item = Option<Bits>>) -> Option<Bits> {
    let mut common: Option<Bits> = None;
    for set in sets {
        common = Some(match common {
            Some(common) => common.common(&set?)?,
            None => set?,
        });
    }
    common
}

/// The titles that may hold what is asked: all that do, and some that do not.
fn may(arena: &Arena, asked: &Expression) -> Option<Bits> {
    match asked {
        Expression::Passage(passage) => words(arena, passage),
        Expression::Near(passages, _) => all(passages.iter().map(|passage| words(arena, passage))),
        Expression::All(parts) => all(parts.iter().map(|part| may(arena, part))),
        Expression::Any(parts) => parts.iter().filter_map(|part| may(arena, part)).reduce(|mut any, part| {
            any.union(&part);
            any
        }),
        Expression::Without(wanted, _) => may(arena, wanted),
    }
}

/// The titles that use every word of a passage.
fn words(arena: &Arena, passage: &Passage) -> Option<Bits> {
    let vocabulary = arena.vocabulary();
    let last = passage.words().count().saturating_sub(1);
    all(passage.words().enumerate().map(|(at, word)| {
        let mut uses = Bits::none(arena.len());
        let mut add = |word: u32| arena.titles().uses.get(word).add_to(&mut uses);
        if word.chars().any(is_unspaced) {
            vocabulary.search(0..vocabulary.words(), &Finder::new(word), |word, _| add(word));
        } else if at == last && passage.is_open() {
            vocabulary.beginning(word).for_each(add);
        } else {
            vocabulary.find(word).into_iter().for_each(add);
        }
        (!uses.is_empty()).then_some(uses)
    }))
}
