//! Those who speak by a noun alone: "kata nenek lima cucu itu", "the 36-year-old said", "her office said".

use super::Who;
use crate::annotate::cast::Cast;
use crate::annotate::page::Page;
use crate::article::Kind;
use crate::words::{Class, Gap, Shape};

/// What no noun for a person is.
const OTHERS: Class = Class::DOCUMENT
    .or(Class::SAID_NOUN)
    .or(Class::ORG_NOUN)
    .or(Class::ORG_HEAD)
    .or(Class::ORG_TAIL)
    .or(Class::WORK)
    .or(Class::PRONOUN)
    .or(Class::PLURAL)
    .or(Class::OBLIQUE)
    .or(Class::LOCATIVE)
    .or(Class::ADVERB)
    .or(Class::CONJUNCTION)
    .or(Class::AUXILIARY)
    .or(Class::RELAY)
    .or(Class::RELATIVE)
    .or(Class::INDEFINITE)
    .or(Class::BY)
    .or(Class::ROLE);

/// How far behind its noun a word that points back stands at most, in tokens.
const POINTER: usize = 9;

/// Whether a name that ends at `last` owns what follows, and so is no subject itself: "Oyelade's | husband".
pub(in crate::annotate) fn owns(page: &Page<'_>, last: usize) -> bool {
    let after = last + 1;
    page.token(after).gap == Gap::None
        && page.word(after).starts_with(['\'', '’'])
        && page.place(after).quote == page.place(last).quote
        && !speaks_for_owner(page, after + 1)
}

/// Whether a name says whose relative or aide the one named behind the comma is: "putri sulung Sudira, Ni Putu Ariani,".
pub(in crate::annotate) fn is_genitive(page: &Page<'_>, cast: &Cast, reference: usize) -> bool {
    let Some(found) = cast.references.get(reference) else { return false };
    let related = (found.first.saturating_sub(2)..found.first).any(|at| {
        page.has(at, Class::PERSON_NOUN) && !page.has(at, Class::GROUP) && page.same_sentence(at, found.first)
    });
    page.lexicon.verb_first()
        && related
        && page.token(found.last + 1).is(',')
        && cast.references.get(reference + 1).is_some_and(|next| {
            next.first == found.last + 2
                && next.kind == Kind::Person
                && next.member != found.member
                && matches!(page.token(next.last + 1).sign(), ',' | '.' | '(')
        })
}

/// Whether a noun speaks for whom it belongs to: "Cornyn's statement added", "her office said".
pub(super) fn speaks_for_owner(page: &Page<'_>, noun: usize) -> bool {
    page.has(noun, Class::DOCUMENT | Class::SAID_NOUN | Class::ORG_TAIL | Class::ORG_NOUN)
        && page.is_common(noun)
}

/// Whether a noun begins at `from` that a word behind it points back at someone by: "kata | nenek lima cucu itu".
pub(super) fn is_pointed(page: &Page<'_>, from: usize, end: usize) -> bool {
    let class = page.class(from);
    page.lexicon.verb_first()
        && (page.token(from).shape == Shape::Lower || page.place(from).opens)
        && !class.has(OTHERS)
        && (!class.has(Class::GROUP) || class.has(Class::PERSON_NOUN))
        && (from + 1..end.min(from + POINTER))
            .take_while(|&at| {
                // "demikian bunyi pesan singkat dinas itu": a text speaks.
                page.token(at).is_word() && !page.has(at, Class::SAID_NOUN | Class::DOCUMENT)
            })
            .any(|at| page.has(at, Class::DEMONSTRATIVE))
}

/// Someone meant by an article and a noun for a person: "the 36-year-old", "the widow".
pub(super) fn definite(page: &Page<'_>, from: usize, end: usize) -> Option<Who> {
    if page.lexicon.verb_first() || !page.has(from, Class::DEMONSTRATIVE) || end > from + 5 {
        return None;
    }
    let besides = Class::ADVERB | Class::AUXILIARY;
    let noun = (from + 1..end).rev().find(|&at| !page.has(at, besides))?;
    let person = page.has(noun, Class::PERSON_NOUN) || page.lexicon.grammar().is_person(page.word(noun));
    let plain = (from + 1..=noun).all(|at| page.token(at).is_word() && !page.token(at).is_capital());
    let other = page.has(noun, OTHERS.without(Class::ROLE) | Class::GROUP);
    (person && plain && !other).then_some(Who::Office(noun, noun))
}
