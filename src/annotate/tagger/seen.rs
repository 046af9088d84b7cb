//! What an article says of a word in all the places where it has a capital.
//!
//! One mention alone may not tell what is named: "Paris said" is a person where "Valeska Paris" stands elsewhere, and
//! DAB a party where "the DAB" does. Each run of capitalised words leaves marks on all its words, and the rules on the
//! words of what they are sure of.

use crate::annotate::names::{Name, is_named};
use crate::annotate::page::Page;
use crate::article::{Form, Kind};
use crate::words::{Class, Gap, Sense, Shape};

/// How far a word is looked for from its own slot: more than any text needs that was not made to fill slots.
const REACH: usize = 32;

/// The words of an article's names with their marks, found by hash.
#[derive(Debug)]
pub(super) struct Seen {
    slots: Vec<(u64, u32)>,
}

/// A mark each for what stands right before a run.
const BEFORE: [(Class, u32); 5] = [
    (Class::LOCATIVE, 0),
    (Class::PERSON_NOUN, 1),
    (Class::DEMONSTRATIVE, 3),
    (Class::ORG_NOUN, 4),
    (Class::PLACE_NOUN, 5),
];
/// The verb behind it.
const DOES: u32 = 1 << 2;
/// It fills brackets.
const BRACKETED: u32 = 1 << 6;
/// A mark each for what one of its words is.
const HOLDS: [(Class, u32); 3] = [(Class::ORG_HEAD, 7), (Class::PLACE_HEAD, 8), (Class::ROLE, 9)];
/// A given name stands in it, and another word behind that.
const GIVEN: u32 = 1 << 10;
/// Of one word, of several.
const SINGLE: u32 = 1 << 11;
const LONG: u32 = 1 << 12;
/// Not only where sentences begin.
const INSIDE: u32 = 1 << 13;
/// More than once.
const AGAIN: u32 = 1 << 14;
/// A comma behind it.
const COMMA: u32 = 1 << 15;
/// What the rules are sure of: a mark for each kind in names of one word, four further ones in longer names.
const RULED: u32 = 16;
/// The marks that tell something of the word beside it.
pub(super) const TELLING: u32 = GIVEN | 0xff << RULED;
/// The confidence that makes the rules sure, in hundredths.
const SURE: u8 = 85;

/// Classes that say the same of a run.
fn alike(class: Class) -> Class {
    match class {
        Class::LOCATIVE => Class::LOCATIVE | Class::INTO,
        Class::PERSON_NOUN => Class::PERSON_NOUN | Class::ROLE | Class::HONORIFIC,
        Class::ORG_NOUN => Class::ORG_NOUN | Class::PRESS,
        Class::ORG_HEAD => Class::ORG_HEAD | Class::ORG_TAIL,
        Class::PLACE_HEAD => Class::PLACE_HEAD | Class::PLACE_TAIL,
        Class::ROLE => Class::ROLE | Class::HONORIFIC,
        class => class,
    }
}

impl Seen {
    /// Reads the runs of a page, and the names that the rules found in it.
    pub(super) fn of(page: &Page<'_>, rules: &[Name]) -> Seen {
        let named = page.places.iter().filter(|place| place.named).count();
        let mut seen = Seen { slots: vec![(0, 0); (named * 2).next_power_of_two()] };
        let mut at = 0;
        while at < page.len() {
            if !is_named(page, at) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while is_named(page, end) && page.token(end).gap == Gap::Space && page.same_sentence(at, end) {
                end += 1;
            }
            let marks = marks(page, at, end);
            for word in at..end {
                let inside = if page.place(word).opens { 0 } else { INSIDE };
                seen.add(page.token(word).hash, marks | inside);
            }
            at = end;
        }
        for name in rules.iter().filter(|name| name.confidence >= SURE && name.form == Form::Name) {
            let kind = match name.kind {
                Some(Kind::Person) => 0,
                Some(Kind::Place) => 1,
                Some(Kind::Organisation) => 2,
                Some(Kind::Country) => 3,
                None => continue,
            };
            let mark = 1 << (RULED + kind + if name.first == name.last { 0 } else { 4 });
            for word in name.first..=name.last {
                if let Some((_, marks)) = seen.slot(page.token(word).hash).filter(|slot| slot.0 != 0) {
                    *marks |= mark;
                }
            }
        }
        seen
    }

    /// The slot of a word, or the empty one where it would go.
    fn slot(&mut self, hash: u64) -> Option<&mut (u64, u32)> {
        let at = self.place(hash)?;
        self.slots.get_mut(at)
    }

    fn place(&self, hash: u64) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let start = (hash ^ hash >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        (0..REACH)
            .map(|step| (start as usize + step) & mask)
            .find(|at| self.slots.get(*at).is_some_and(|slot| slot.0 == hash || slot.0 == 0))
    }

    fn add(&mut self, hash: u64, new: u32) {
        if let Some((word, marks)) = self.slot(hash) {
            *marks |= if *word == 0 { new } else { new | AGAIN };
            *word = hash;
        }
    }

    /// The marks of a word.
    pub(super) fn marks(&self, hash: u64) -> u32 {
        self.place(hash).and_then(|at| self.slots.get(at)).map_or(0, |slot| slot.1)
    }
}

/// The marks of the run from token `first` to before `end`.
fn marks(page: &Page<'_>, first: usize, end: usize) -> u32 {
    let before = first.wrapping_sub(1);
    let mut marks = if end == first + 1 { SINGLE } else { LONG };
    if page.token(first).gap == Gap::Space && page.same_sentence(before, first) {
        for (class, mark) in BEFORE {
            marks |= u32::from(page.has(before, alike(class))) << mark;
        }
    }
    for (class, mark) in HOLDS {
        let held = (first..end).any(|at| page.has(at, alike(class)));
        marks |= u32::from(held) << mark;
    }
    let does = Class::SPEECH | Class::PERSON_VERB | Class::JUDGE;
    if page.same_sentence(first, end) && page.has(end, does) && page.token(end).shape == Shape::Lower {
        marks |= DOES;
    }
    let given = (first..end - 1).any(|at| page.known(at).is_some_and(|known| known.sense.has(Sense::GIVEN)));
    if given {
        marks |= GIVEN;
    }
    if page.token(before).is('(') && page.token(end).is(')') {
        marks |= BRACKETED;
    }
    if page.token(end).is(',') {
        marks |= COMMA;
    }
    marks
}
