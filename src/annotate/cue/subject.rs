//! The subject of a verb of saying.

use super::Who;
use super::noun::{definite, is_genitive, is_pointed, owns, speaks_for_owner};
use crate::annotate::cast::Cast;
use crate::annotate::page::Page;
use crate::article::{Form, Kind};
use crate::words::{Class, Gap, Shape};

/// Whether a mention stands behind a preposition and so is no subject.
pub(in crate::annotate) fn oblique(page: &Page<'_>, first: usize) -> bool {
    let mut at = first;
    // Back over the office and the honorifics before the name.
    while at > 0 && first - at < 8 {
        let class = page.class(at - 1);
        if page.token(at).gap == Gap::Space
            && (class.has(Class::ROLE | Class::PORTFOLIO | Class::HONORIFIC | Class::PERSON_NOUN)
                || page.token(at - 1).is_capital()
                    && page.token(at - 1).shape != Shape::Initial
                    && !page.place(at - 1).opens)
            && !class.has(Class::OBLIQUE | Class::BY)
        {
            at -= 1;
        } else {
            break;
        }
    }
    // "Cabinet member for education | Gareth Rees": it goes on the office.
    let office = at > 1
        && first > at
        && page.has(at - 2, Class::ROLE)
        && page.has(at - 1, Class::LINKER)
        && page.has(at, Class::PORTFOLIO)
        && page.same_sentence(at - 2, first);
    at > 0
        && !office
        && page.same_sentence(at - 1, first)
        && page.has(at - 1, Class::OBLIQUE | Class::BY | Class::LOCATIVE)
        && !page.has(at - 1, Class::RELAY)
}

/// Whether an institution is named by its common noun: "badan itu", "the ministry".
pub(super) fn is_body(page: &Page<'_>, at: usize) -> bool {
    if !page.is_common(at) || !page.has(at, Class::ORG_NOUN | Class::ORG_HEAD | Class::ORG_TAIL) {
        return false;
    }
    if page.lexicon.verb_first() {
        page.has(at + 1, Class::DEMONSTRATIVE) && page.same_sentence(at, at + 1)
    } else {
        page.has(at.wrapping_sub(1), Class::DEMONSTRATIVE)
            && !page.token(at + 1).is_capital()
            && !owns(page, at)
    }
}

/// The first reference that begins at `from` or later and before `to`, by its position.
pub(super) fn reference_from(cast: &Cast, from: usize, to: usize) -> Option<usize> {
    let at = cast.references.partition_point(|reference| reference.first < from);
    cast.references.get(at).filter(|reference| reference.first < to).map(|_| at)
}

pub(super) fn speaks(cast: &Cast, reference: usize) -> bool {
    cast.references.get(reference).is_some_and(|reference| {
        matches!(reference.kind, Kind::Person | Kind::Organisation) && reference.form == Form::Name
    })
}

/// The last token of the phrase of the lexicon that begins at `at`.
pub(super) fn phrase_end(page: &Page<'_>, at: usize) -> usize {
    let mut end = at;
    while page.has(end + 1, Class::INNER) && page.same_sentence(at, end + 1) {
        end += 1;
    }
    end
}

/// Behind whom a verb addresses: "dijo a la agencia Meridian | el ministro".
fn addressed(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> usize {
    if !page.has(from, Class::ADDRESS) {
        return from;
    }
    let mut at = from + 1;
    while at < end
        && (page.has(at, Class::DEMONSTRATIVE | Class::ORG_NOUN | Class::INNER) || page.token(at).is('\''))
    {
        at += 1;
    }
    match reference_from(cast, at, at + 1).and_then(|reference| cast.references.get(reference)) {
        Some(reference) => reference.last + 1,
        None if page.token(at).is_word() && !page.has(at, Class::ROLE) => at + 1,
        None => from,
    }
}

/// The subject behind a verb ("kata X", "said X"), and where it ends.
pub(super) fn subject_after(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> Option<(Who, usize)> {
    let from = addressed(page, cast, from, end);
    let mut at = from;
    let mut office = None;
    let mut organisation = None;
    let mut commas = 0;
    let limit = end.min(from + 40);
    while at < limit {
        let class = page.class(at);
        // "added her neighbour".
        if at == from && class.has(Class::PRONOUN) && !class.has(Class::POSSESSIVE)
            || class.has(Class::PRONOUN)
                && at < from + 3
                && page.token(at).shape == Shape::Lower
                && office.is_none()
                && !class.has(Class::INNER)
                && page.lexicon.verb_first()
        {
            return Some((Who::Pronoun(at), at + 1));
        }
        if let Some(reference) = reference_from(cast, at, at + 1) {
            let found = cast.references.get(reference)?;
            if owns(page, found.last) || is_genitive(page, cast, reference) {
                at = found.last + if page.token(found.last + 1).is(',') { 2 } else { 1 };
                continue;
            }
            if found.kind == Kind::Person && found.form == Form::Name {
                return Some((Who::Named(reference), found.last + 1));
            }
            if found.kind == Kind::Organisation && organisation.is_none() && commas == 0 {
                organisation = Some((reference, found.last + 1));
            }
            at = if found.kind == Kind::Organisation { found.last + 1 } else { at + 1 };
            continue;
        }
        if at == from && is_pointed(page, from, limit) {
            return Some((Who::Office(from, from), from + 1));
        }
        if class.has(Class::GROUP)
            && (at == from || at == from + 1 && page.has(from, Class::DEMONSTRATIVE))
            && page.is_common(at)
            && !class.has(Class::ROLE)
        {
            return Some((Who::Nobody, at + 1));
        }
        if office.is_none()
            && organisation.is_none()
            && is_body(page, at)
            && reference_from(cast, at, at + 1).is_none()
        {
            return Some((Who::Body(at), at + 2));
        }
        if class.has(Class::DOCUMENT) && at <= from + 1 {
            let organisation =
                reference_from(cast, at, limit.min(at + 8)).filter(|&reference| speaks(cast, reference));
            if organisation.is_none() {
                return Some((Who::Same, at + 1));
            }
        }
        if class.has(Class::ROLE) && office.is_none() && commas == 0 {
            office = Some(at);
        }
        match page.token(at).sign() {
            ',' => {
                commas += 1;
                // "kata juru bicara Kementerian X, Ani Beta,": a name right behind the comma.
                let named = office.is_some()
                    && reference_from(cast, at + 1, at + 2).is_some_and(|reference| {
                        cast.references.get(reference).is_some_and(|reference| reference.kind == Kind::Person)
                    });
                if !named {
                    break;
                }
            }
            '\0' | '(' | ')' | '.' | '/' | '-' | '&' | '\'' | '’' => {}
            _ => break,
        }
        // "sagte dagegen der Bürgermeister der Stadt": an article, where it could open a clause behind a comma only.
        let article = class.has(Class::DEMONSTRATIVE) && !page.token(at - 1).is(',');
        let relative = class.has(Class::RELATIVE) && !article;
        let clause = (class.has(Class::RELAY | Class::CONJUNCTION) || relative)
            && at > from
            && page.token(at).shape == Shape::Lower
            && !(class.has(Class::CONJUNCTION) && page.token(at + 1).is_capital());
        let oblique = class.has(Class::OBLIQUE)
            && !class.has(Class::DEMONSTRATIVE)
            && page.token(at).shape == Shape::Lower
            && !class.has(Class::BY)
            && organisation.is_none()
            && office.is_none();
        if clause || oblique && at >= from {
            break;
        }
        if class.has(Class::OBLIQUE)
            && (organisation.is_some() || office.is_some())
            && page.token(at).shape == Shape::Lower
            && !class.has(Class::OF)
            && !matches!(page.word(at), "of" | "for" | "from" | "dari" | "untuk" | "at")
        {
            break;
        }
        at += 1;
    }
    if let (Some((reference, after)), None) = (organisation, office) {
        return Some((Who::Named(reference), after));
    }
    if let Some(office) = office {
        if let Some((reference, _)) = organisation
            && cast.references.get(reference).is_some_and(|reference| reference.first < office)
        {
            return Some((Who::Named(reference), at));
        }
        let mut last = office;
        while last + 1 < at && (page.has(last + 1, Class::ROLE | Class::PORTFOLIO | Class::INNER)) {
            last += 1;
        }
        return Some((Who::Office(office, last), at));
    }
    let meant = || definite(page, from, (from..limit).find(|&at| !page.token(at).is_word()).unwrap_or(limit));
    apposed(page, cast, from, limit).or_else(|| meant().map(|who| (who, limit)))
}

/// The person named behind a comma in apposition to who is said to speak: "an official at the talks, Noah Barasa."
fn apposed(page: &Page<'_>, cast: &Cast, from: usize, limit: usize) -> Option<(Who, usize)> {
    let comma = (from + 1..limit.min(from + 12)).find(|&at| page.token(at).is(','))?;
    let plain = (from..comma).all(|at| {
        page.token(at).shape == Shape::Lower && !page.has(at, Class::SPEECH | Class::RELAY | Class::SUFFIXED)
    });
    let reference = reference_from(cast, comma + 1, comma + 2).filter(|_| plain)?;
    let found = cast.references.get(reference)?;
    let closed = !page.same_sentence(comma, found.last + 1)
        || matches!(page.token(found.last + 1).sign(), ',' | '.' | '(');
    let person = found.kind == Kind::Person && found.form == Form::Name;
    (person && closed).then_some((Who::Named(reference), found.last + 1))
}

/// The subject before a verb behind a quotation ("X, editor at large, said"), and the verb.
pub(super) fn subject_before_verb(
    page: &Page<'_>,
    cast: &Cast,
    from: usize,
    end: usize,
) -> Option<(Who, (usize, usize))> {
    let mut at = from;
    let mut who = None;
    let mut office = None;
    while at < end.min(from + 32) {
        let class = page.class(at);
        if class.has(Class::SPEECH) && at > from && page.token(at).shape == Shape::Lower {
            // "Washington said": a place speaks for somebody who is not named.
            let place = || {
                let named = reference_from(cast, from, at).and_then(|first| cast.references.get(first));
                named.filter(|named| matches!(named.kind, Kind::Place | Kind::Country)).map(|_| Who::Nobody)
            };
            let office = office.map(|office| Who::Office(office, at - 1));
            let who = who.or(office).or_else(place).or_else(|| definite(page, from, at))?;
            return Some((who, (at, phrase_end(page, at))));
        }
        if who.is_none() {
            let owner = class.has(Class::POSSESSIVE | Class::OBJECT) && !speaks_for_owner(page, at + 1);
            if class.has(Class::PRONOUN) && at < from + 2 && !class.has(Class::INNER) && !owner {
                who = Some(Who::Pronoun(at));
            } else if is_body(page, at) && at < from + 4 {
                who = Some(Who::Body(at));
            } else if class.has(Class::GROUP | Class::PLURAL) && page.is_common(at) && at < from + 4 {
                who = Some(Who::Nobody);
            } else if class.has(Class::DOCUMENT) && at < from + 3 {
                who = Some(Who::Same);
            } else if let Some(reference) = reference_from(cast, at, at + 1)
                && speaks(cast, reference)
                && cast.references.get(reference).is_some_and(|reference| !owns(page, reference.last))
            {
                let person =
                    cast.references.get(reference).is_some_and(|reference| reference.kind == Kind::Person);
                let later = reference_from(cast, at + 1, at + 8).filter(|&next| {
                    cast.references.get(next).is_some_and(|next| {
                        next.kind == Kind::Person
                            && (at + 1..next.first).all(|at| {
                                page.token(at).is_word() && !page.has(at, Class::SPEECH | Class::OBLIQUE)
                            })
                    })
                });
                if person {
                    who = Some(Who::Named(reference));
                } else if let Some(later) = later {
                    who = Some(Who::Named(later));
                } else {
                    who = Some(Who::Named(reference));
                }
            } else if class.has(Class::ROLE) && office.is_none() {
                office = Some(at);
            }
        }
        if who.is_none() && at > from + 10 {
            return None;
        }
        let stops = match page.token(at).sign() {
            // "Mr. Desrochers wrote".
            '.' => !page.same_sentence(at, at + 1),
            sign => matches!(sign, ';' | ':' | '“' | '"'),
        };
        if stops {
            return None;
        }
        at += 1;
    }
    None
}

/// Where a verb's subject ends, if a relative clause between commas follows it: "Kvist | , yang mendampingi Lundmark, mengatakan".
fn before_relative(page: &Page<'_>, low: usize, verb: usize) -> usize {
    if !page.token(verb.wrapping_sub(1)).is(',') {
        return verb;
    }
    let opens = (low..verb - 1).rev().take(24).find(|&at| page.token(at).is(','));
    opens.filter(|&at| page.has(at + 1, Class::RELATIVE) && page.is_common(at + 1)).unwrap_or(verb)
}

/// The subject before a verb: the nearest mention, pronoun or office that no preposition governs.
pub(super) fn subject_before(page: &Page<'_>, cast: &Cast, low: usize, verb: usize) -> Option<Who> {
    let mut at = before_relative(page, low, verb);
    let mut reference = cast.references.partition_point(|reference| reference.first < at);
    let mut fallback = None;
    while at > low {
        at -= 1;
        if page.place(at).quote != 0 {
            continue;
        }
        while let Some(before) = reference.checked_sub(1).and_then(|index| cast.references.get(index)) {
            if before.first <= at {
                break;
            }
            reference -= 1;
        }
        let mut named = false;
        while let Some(index) = reference.checked_sub(1)
            && let Some(found) = cast.references.get(index).filter(|found| found.first == at)
        {
            named = true;
            reference = index;
            let beside = found.last + 1 == verb;
            if found.form == Form::Name && !owns(page, found.last) && (beside || !oblique(page, at)) {
                match found.kind {
                    Kind::Person => return Some(Who::Named(index)),
                    Kind::Organisation if fallback.is_none() => fallback = Some(Who::Named(index)),
                    _ => {}
                }
            }
        }
        if named {
            continue;
        }
        let class = page.class(at);
        if class.has(Class::PRONOUN)
            && !class.has(Class::INNER)
            && (page.token(at).shape == Shape::Lower || page.place(at).opens)
            && !(class.has(Class::OBLIQUE))
            && fallback.is_none()
        {
            let subject = !class.has(Class::OBJECT | Class::POSSESSIVE);
            let relative = (at.saturating_sub(2)..at).any(|near| page.has(near, Class::RELATIVE))
                && page.token(verb.wrapping_sub(1)).is(',');
            if subject && !relative && !page.has(at.wrapping_sub(1), Class::OBLIQUE) {
                return Some(Who::Pronoun(at));
            }
        }
        if fallback.is_none() && is_body(page, at) {
            fallback = Some(Who::Body(at));
        }
        if matches!(page.token(at).sign(), ';' | ':') {
            break;
        }
    }
    if fallback.is_some() {
        return fallback;
    }
    // An office alone: "Perdana Menteri itu mengatakan", "the minister said".
    let office = (low..verb).find(|&at| {
        page.has(at, Class::ROLE)
            && !page.has(at, Class::INNER)
            && !page.has(at.wrapping_sub(1), Class::OBLIQUE)
    });
    // "Pria asal Kuba itu menyebut".
    let noun = || {
        (low..verb.min(low + 3)).find(|&at| page.has(at, Class::PERSON_NOUN) && is_pointed(page, at, verb))
    };
    let office = office.or_else(noun)?;
    let mut last = office;
    while last + 1 < verb && page.has(last + 1, Class::ROLE | Class::PORTFOLIO | Class::INNER) {
        last += 1;
    }
    Some(Who::Office(office, last))
}
