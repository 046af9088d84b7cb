//! One word of a query in all articles of an arena: which hold it, and how well.
//!
//! The word is looked for once in every distinct word of the arena; posting lists lead from there to titles, to names,
//! and from these to the articles that use them.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::index::{Arena, Bits, Lists};
use super::lookup::{Held, Known, chained, gather, misspelt, verified};
use super::query::{Scope, Word};
use super::rank::Class;
use super::ready::CLASSES;
use super::scatter::{Scattered, Scorer};

/// The lists of so many names are read in one go.
const NAMES: usize = if cfg!(test) { 2 } else { 1 << 12 };

/// The articles of an arena that hold a word, by class; each stands in its best class alone.
#[derive(Debug, Default)]
pub(super) struct Found {
    classes: [Bits; Class::ALL.len()],
    /// The best score of each article whose best is scattered; empty when there is none.
    scores: Vec<u16>,
}

impl Found {
    /// Finds a word; `None` when cancelled.
    pub(super) fn new(arena: &Arena, scope: Scope, word: &Word, cancelled: &AtomicBool) -> Option<Found> {
        let needle = &word.needle;
        let mut found = Found::default();
        let ready =
            (scope == Scope::Anywhere && needle.is_plain()).then(|| arena.ready(needle.text())).flatten();
        let mut scattering = None;
        if let Some(ready) = ready {
            found.put(std::iter::zip(CLASSES, ready).map(|(class, list)| {
                let mut docs = Bits::none(arena.len());
                list.add_to(&mut docs);
                (class, docs)
            }));
        } else {
            let known = needle.is_plain().then(|| Known::new(&arena.vocabulary(), needle, cancelled));
            let held = |phrases| match &known {
                Some(known) => known.held(&phrases, cancelled),
                None => verified(arena, &phrases, needle, cancelled),
            };
            if scope == Scope::Anywhere {
                let [whole, beginning, inside] = held(arena.titles());
                found.put([(Class::Whole, whole), (Class::Beginning, beginning), (Class::Inside, inside)]);
            }
            let names = held(arena.names());
            let [whole, beginning, inside] = used(arena, scope, &names, cancelled);
            found.put([(Class::Whole, whole), (Class::NameBeginning, beginning), (Class::Inside, inside)]);
            scattering = needle.scattering().zip(known).map(|(scattered, known)| (scattered, known, names));
        }
        for (countries, class) in [(&word.called, Class::Whole), (&word.beginning, Class::Beginning)] {
            if !countries.is_empty() {
                let mut docs = Bits::none(arena.len());
                countries.iter().for_each(|&country| arena.add_naming(country, &mut docs));
                found.put([(class, docs)]);
            }
        }
        found.settle();
        if let Some((scattered, known, names)) = scattering {
            found.scatter(arena, scope, scattered, &known, &names, cancelled);
        }
        (!cancelled.load(Ordering::Relaxed)).then_some(found)
    }

    /// What an arena holds of a word that nothing holds in one piece, one mistake forgiven, beside those that were
    /// `found` to hold its letters apart; `None` when cancelled.
    pub(super) fn misspelt(
        arena: &Arena,
        scope: Scope,
        word: &Word,
        found: &Found,
        cancelled: &AtomicBool,
    ) -> Option<Found> {
        let words = misspelt(&arena.vocabulary(), &word.needle, cancelled);
        let mut docs = Bits::none(arena.len());
        if scope == Scope::Anywhere {
            words.iter().for_each(|&word| arena.titles().uses.get(word).add_to(&mut docs));
        }
        let mut names = Held::default();
        let [held, ..] = &mut names;
        *held = Bits::none(arena.names().len());
        words.iter().for_each(|&word| arena.names().uses.get(word).add_to(held));
        let [by_name, ..] = used(arena, scope, &names, cancelled);
        docs.union(&by_name);
        let apart = found.class(Class::Scattered);
        docs.subtract(&apart);
        let mut found = Found { scores: found.scores.clone(), ..Found::default() };
        found.put([(Class::Scattered, apart), (Class::Misspelt, docs)]);
        (!cancelled.load(Ordering::Relaxed)).then_some(found)
    }

    fn put(&mut self, found: impl IntoIterator<Item = (Class, Bits)>) {
        for (class, docs) in found {
            if docs.is_empty() {
                continue;
            }
            if let Some(known) = self.classes.get_mut(class.place()) {
                if known.is_empty() { *known = docs } else { known.union(&docs) }
            }
        }
    }

    /// Leaves every article in its best class alone.
    fn settle(&mut self) {
        let mut rest: &mut [Bits] = &mut self.classes;
        while let Some((best, worse)) = rest.split_last_mut() {
            if !best.is_empty() {
                worse.iter_mut().for_each(|worse| worse.subtract(best));
            }
            rest = worse;
        }
    }

    /// Adds the articles that hold the letters only apart.
    fn scatter(
        &mut self,
        arena: &Arena,
        scope: Scope,
        scattered: &Scattered,
        known: &Known,
        names: &Held,
        cancelled: &AtomicBool,
    ) {
        let mut open = Bits::all(arena.len());
        self.classes.iter().for_each(|better| open.subtract(better));
        let mut docs = Bits::none(arena.len());
        let mut scores = Vec::new();
        let mut raise = |doc: u32, score: u16| {
            if !open.has(doc) {
                return;
            }
            if scores.is_empty() {
                scores = vec![0u16; arena.len()];
            }
            docs.add(doc);
            if let Some(best) = scores.get_mut(doc as usize) {
                *best = score.max(*best);
            }
        };
        if scope == Scope::Anywhere {
            let titles = arena.titles();
            for &(word, score) in &known.scattered {
                titles.uses.get(word).each(|doc| raise(doc, score));
            }
            if let Some(candidates) = scattered.chainable(&titles, &arena.vocabulary(), false).common(&open) {
                let all = 0..u32::try_from(arena.len()).unwrap_or(u32::MAX);
                for doc in chained(arena, &titles, &candidates, all, scattered, false, cancelled) {
                    raise(doc, 0);
                }
            }
        }
        let lists = lists(arena, scope);
        for (name, score) in scattered_names(arena, scope, scattered, known, names, cancelled) {
            lists.get(name).each(|doc| raise(doc, score));
        }
        self.scores = scores;
        self.put([(Class::Scattered, docs)]);
    }

    /// Whether an article holds it as it is written, its letters side by side.
    pub(super) fn is_in_one_piece(&self) -> bool {
        self.classes().any(|(class, _)| class > Class::Scattered)
    }

    /// The articles of a class.
    pub(super) fn class(&self, class: Class) -> Bits {
        self.classes.get(class.place()).cloned().unwrap_or_default()
    }

    /// The classes that hold any article, best first.
    pub(super) fn classes(&self) -> impl Iterator<Item = (Class, &Bits)> {
        Class::ALL.into_iter().zip(&self.classes).rev().filter(|(_, docs)| !docs.is_empty())
    }

    pub(super) fn is_scored(&self) -> bool {
        !self.scores.is_empty()
    }

    /// The score of an article; 0 unless it is scattered.
    pub(super) fn score(&self, doc: u32) -> u16 {
        self.scores.get(doc as usize).copied().unwrap_or(0)
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        self.classes.iter().map(Bits::size).sum::<usize>() + self.scores.len() * 2
    }
}

/// The names that may be meant.
fn names_of(arena: &Arena, scope: Scope) -> Range<u32> {
    let outlets = arena.names_of(None);
    let all = 0..u32::try_from(arena.names().len()).unwrap_or(u32::MAX);
    match scope {
        Scope::Anywhere => all,
        Scope::Outlet => outlets,
        Scope::Named(kind) => arena.names_of(Some(kind)),
        Scope::About | Scope::By => outlets.end..all.end,
    }
}

fn lists(arena: &Arena, scope: Scope) -> Lists<'_> {
    if scope == Scope::By { arena.speaking() } else { arena.naming() }
}

/// The articles that use names.
fn used(arena: &Arena, scope: Scope, names: &Held, cancelled: &AtomicBool) -> Held {
    let lists = lists(arena, scope);
    let meant = names_of(arena, scope);
    gather(meant.len(), NAMES, arena.len(), cancelled, |range, docs| {
        let at = |at: usize| meant.start + u32::try_from(at).unwrap_or(0);
        for (names, docs) in names.iter().zip(docs) {
            names.each_within(at(range.start)..at(range.end), |name| lists.get(name).add_to(docs));
        }
    })
}

/// The names that hold a word only scattered, with their scores.
fn scattered_names(
    arena: &Arena,
    scope: Scope,
    scattered: &Scattered,
    known: &Known,
    held: &Held,
    cancelled: &AtomicBool,
) -> Vec<(u32, u16)> {
    let (names, vocabulary) = (arena.names(), arena.vocabulary());
    let meant = names_of(arena, scope);
    let mut open = Bits::all(names.len());
    held.iter().for_each(|held| open.subtract(held));
    let mut found = Vec::new();
    for &(word, score) in &known.scattered {
        names.uses.get(word).each(|name| {
            if meant.contains(&name) && open.has(name) {
                found.push((name, score));
            }
        });
    }
    let scorer = Scorer::new();
    let mut text = String::new();
    let candidates = scattered.chainable(&names, &vocabulary, true).common(&open).unwrap_or_default();
    for name in chained(arena, &names, &candidates, meant, scattered, true, cancelled) {
        names.write(name, &vocabulary, &mut text);
        found.extend(scattered.score_chain(&text, &scorer).map(|score| (name, score)));
    }
    found
}
