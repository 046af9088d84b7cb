//! What was tagged, held against the lexicon and the gazetteer: where a name cannot begin or end.

use crate::annotate::names::is_named;
use crate::annotate::page::Page;
use crate::annotate::tagger::Tagged;
use crate::article::Kind;
use crate::words::{Class, Gap, Sense, Shape};

/// Holds what was tagged against the lexicon: days, months and degrees end no name, and a word that only begins
/// sentences is none.
pub(super) fn trimmed(page: &Page<'_>, mut tag: Tagged) -> Option<Tagged> {
    let ends = Class::DAY | Class::MONTH | Class::DEGREE;
    while tag.last > tag.first
        && page.has(tag.last, ends)
        && (page.token(tag.last).len() > 2 || tag.kind == Kind::Person)
    {
        tag.last -= 1;
    }
    while tag.last > tag.first && page.token(tag.last).sign() != '\0' {
        tag.last -= 1;
    }
    let given = |at: usize| {
        page.gazetteer
            .word(page.token(at).hash)
            .is_some_and(|known| known.sense.has(Sense::GIVEN.or(Sense::SURNAME)))
    };
    let listed_given = |at: usize| {
        page.known(at).is_some_and(|known| known.sense.has(Sense::GIVEN)) && page.token(at).is_capital()
    };
    // "Doctors Without Borders", "Anak Agung Sri".
    let listed = |at: usize| {
        page.longest(at).is_some_and(|(length, known)| {
            let whole = known.sense.has(Sense::ORGANISATION) && at + length > tag.last;
            length > 1 && (whole || known.sense.has(Sense::GIVEN))
        })
    };
    // "Pasukan Rusia": troops are no organisation, but their country's.
    let country = page.longest(tag.first + 1).is_some_and(|(length, known)| {
        known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION)) && tag.first + length == tag.last
    });
    if tag.kind == Kind::Organisation
        && country
        && page.lexicon.verb_first()
        && page.place(tag.first).opens
        && page.has(tag.first, Class::STOP)
        && !listed(tag.first)
    {
        return None;
    }
    // "The trawler Silver Darling", "the novel Middlemarch": things, where a maker stands before or behind "by".
    let before = tag.first.wrapping_sub(1);
    if matches!(tag.kind, Kind::Person | Kind::Place)
        && page.has(before, Class::WORK)
        && !page.has(before, Class::ORG_NOUN)
        && page.token(before).shape == Shape::Lower
        && page.token(tag.first).gap == Gap::Space
        && page.lexicon.grammar().names_modify
        && !given(tag.first)
    {
        return None;
    }
    while tag.last > tag.first
        && page.place(tag.first).opens
        && page.has(tag.first, Class::STOP)
        && !page.has(tag.first, Class::ORG_HEAD | Class::PLACE_HEAD)
        && page.token(tag.first).shape == Shape::Title
        && !given(tag.first)
        && !listed(tag.first)
        && is_named(page, tag.first + 1)
    {
        tag.first += 1;
    }
    // Titles stand before a name, not in it.
    while tag.kind == Kind::Person
        && tag.last > tag.first
        && page.has(tag.first, Class::HONORIFIC)
        && (!given(tag.first) || page.lexicon.verb_first() && listed_given(tag.first + 1))
    {
        tag.first += 1;
    }
    // "Parent Tomasz Sikora", "Kritikus Hélène Leclercq": a calling before a name, where it is nobody's name.
    while tag.kind == Kind::Person
        && tag.last > tag.first
        && page.has(tag.first, Class::PERSON_NOUN | Class::ROLE | Class::GROUP)
        && !page.has(tag.first, Class::INNER)
        && page.token(tag.first + 1).is_capital()
        && !given(tag.first)
    {
        tag.first += 1;
    }
    if page.lexicon.verb_first() {
        cut(page, &mut tag, given);
    } else if tag.kind == Kind::Person {
        // "Wildlife Warden | Sreelatha Menon", "Local MLA | P. Balakrishnan".
        let office = (tag.first + 1..tag.last).rev().find(|&at| {
            page.has(at, Class::ROLE)
                && !page.has(at, Class::INNER)
                && !given(at)
                && page.token(at + 1).is_capital()
        });
        if let Some(at) = office.filter(|&at| !(tag.first..at).any(&given)) {
            tag.first = at + 1;
        }
    }
    // "Moh. | Fadil", "La Ode | Syafruddin": the full stop breaks the stretch, "La" is a word that begins sentences.
    let longer =
        (1..=2).filter_map(|back| Some((tag.first.checked_sub(back)?, back))).find(|&(first, back)| {
            page.token(first).shape == Shape::Title
                && page.same_sentence(first, tag.first)
                && page.longest(first).is_some_and(|(length, known)| {
                    length > 1 && length >= back && known.sense.has(Sense::GIVEN)
                })
        });
    if let Some((first, _)) = longer.filter(|_| tag.kind == Kind::Person) {
        tag.first = first;
    }
    let class = page.class(tag.first);
    let stop = tag.first == tag.last
        && (class.has(Class::STOP) && page.place(tag.first).opens || class.has(Class::DAY))
        && page.token(tag.first).shape != Shape::Upper;
    (!stop).then_some(tag)
}

/// Cuts what cannot stand inside a name where the noun comes first: a person's name begins behind an office or a known
/// place that reaches into it ("Jawa Barat | Ace Hasan"), an organisation ends where "dan" joins the head of another.
fn cut(page: &Page<'_>, tag: &mut Tagged, given: impl Fn(usize) -> bool) {
    if tag.kind == Kind::Organisation {
        let joined = (tag.first + 2..tag.last).find(|&at| {
            page.has(at, Class::CONJUNCTION)
                && page.has(at + 1, Class::ORG_HEAD)
                && !page.has(at + 1, Class::INNER)
                && page.token(at + 1).is_capital()
        });
        // "Polda Metro Jaya | Kombes Ade".
        let office = (tag.first + 1..tag.last)
            .find(|&at| page.has(at, Class::ROLE) && !page.has(at, Class::INNER) && given(at + 1));
        if let Some(at) = joined.into_iter().chain(office).min() {
            tag.last = at - 1;
        }
    }
    if tag.kind != Kind::Person {
        return;
    }
    let office = (tag.first + 1..tag.last).rev().find(|&at| page.has(at, Class::ROLE) && !given(at));
    if let Some(at) = office {
        tag.first = at + 1;
    }
    let before = tag.first.wrapping_sub(1);
    if let Some((length, known)) = page.longest(before)
        && length > 1
        && known.sense.has(Sense::PLACE.or(Sense::COUNTRY))
        && page.token(before).is_capital()
        && before + length <= tag.last
    {
        tag.first = before + length;
    }
}
