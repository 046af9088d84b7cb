//! Weighs what a capitalised name names, by its words and its neighbours.

use super::names::Small;
use super::page::Page;
use crate::article::Kind;
use crate::words::{Class, Gap, Sense, Shape};

/// What a name most likely names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weighed {
    /// `None`: only the rest of the article can tell.
    pub kind: Option<Kind>,
    /// In hundredths.
    pub confidence: u8,
}

/// Weighs the name from token `first` to `last`; `None` when it is no name at all.
pub(super) fn weigh(
    page: &Page<'_>,
    small: &Small,
    first: usize,
    last: usize,
    expects: bool,
) -> Option<Weighed> {
    let words = last + 1 - first;
    let opens = page.place(first).opens;
    let (before, after) = (first.wrapping_sub(1), last + 1);
    let class = page.class(first);
    let tight = page.token(first).gap == Gap::Space;
    let sense =
        |at: usize| page.gazetteer.word(page.token(at).hash).map_or(Sense::default(), |known| known.sense);
    let (mut person, mut place, mut organisation) = (0_i32, 0_i32, 0_i32);
    if expects {
        person += 4;
    }
    if sense(first).has(Sense::GIVEN) {
        person += if words > 1 { 4 } else { 2 };
    }
    if words > 1 && sense(last).has(Sense::SURNAME) {
        person += 3;
    } else if sense(last).has(Sense::SURNAME) {
        person += 1;
    }
    let mut upper = 0;
    for at in first..=last {
        let token = page.token(at);
        if token.shape == Shape::Initial && words > 1 || page.has(at, Class::PARTICLE) && at > first {
            person += 2;
        }
        upper += usize::from(token.shape == Shape::Upper);
    }
    let follows = |classes: Class| page.same_sentence(last, after) && page.has(after, classes);
    let precedes = |classes: Class| tight && page.same_sentence(before, first) && page.has(before, classes);
    if follows(Class::SPEECH | Class::PERSON_VERB | Class::JUDGE) && page.token(after).shape == Shape::Lower {
        person += 2;
        organisation += 1;
    }
    if precedes(Class::ROOT) || precedes(Class::SPEECH) && page.lexicon.verb_first() {
        person += 3;
        organisation += 1;
    }
    // "le musée de la Ville": a person has no article.
    if words == 1 && precedes(Class::DEMONSTRATIVE) && !page.lexicon.verb_first() && !expects {
        person -= 2;
    }
    if precedes(Class::PERSON_NOUN | Class::HONORIFIC) {
        person += 3;
    }
    if follows(Class::DEGREE) && page.token(after).is_capital() {
        person += 3;
    }
    // Ages: ", 42," and "(42)".
    let aged = matches!(page.token(after).sign(), ',' | '(')
        && page.token(after + 1).shape == Shape::Number
        && page.token(after + 1).len() == 2
        && (matches!(page.token(after + 2).sign(), ',' | ')') || page.word(after + 2) == "tahun");
    if aged {
        person += 4;
    }
    // "Suryono, petani di Bantul," and "Istrinya, Tumini,".
    let beside = page.token(after).is(',')
        && page.has(after + 1, Class::PERSON_NOUN | Class::ROLE)
        && page.token(after + 1).shape == Shape::Lower
        || page.token(after).is(',')
            && page.token(before).is(',')
            && page.has(before.wrapping_sub(1), Class::PERSON_NOUN);
    if beside {
        person += 3;
    }
    // "South Africa’s agriculture minister, Thandiwe Mokoena,".
    let announced = page.token(before).is(',')
        && page.has(before.wrapping_sub(1), Class::ROLE)
        && page.token(before.wrapping_sub(1)).shape == Shape::Lower
        && matches!(page.token(after).sign(), ',' | '.')
        && words > 1;
    if announced {
        person += 3;
    }
    // “…,” kata Kepala Pelaksana BPBD Sumba Timur, Umbu Ndaparoka, di Waingapu.
    let named_last = words > 1
        && page.token(before).is(',')
        && matches!(page.token(after).sign(), ',' | '.')
        && (before.saturating_sub(10)..before).any(|at| {
            page.has(at, Class::ROLE)
                && page.same_sentence(at, first)
                && page.has(at.wrapping_sub(1), Class::ROOT | Class::SPEECH)
                && page.place(at).quote == 0
        });
    if named_last {
        person += 4;
    }
    // "Timbulrejo, kampung nelayan di pesisir Demak".
    if page.token(after).is(',')
        && page.has(after + 1, Class::PLACE_NOUN)
        && !page.has(after + 1, Class::ROLE | Class::PERSON_NOUN | Class::LOCATIVE)
        && page.token(after + 1).shape == Shape::Lower
    {
        place += 4;
    }
    if precedes(Class::ORG_NOUN) {
        organisation += 4;
    }
    if precedes(Class::PLACE_NOUN) {
        place += 4;
    }
    if precedes(Class::LOCATIVE) {
        place += if words <= 2 { 3 } else { 1 };
    }
    let next_known = page.token(after).is(',')
        && page
            .tokens
            .get(after + 1..)
            .and_then(|tokens| page.gazetteer.longest(page.text, tokens))
            .is_some_and(|(_, known)| {
                known.sense.has(Sense::PLACE.or(Sense::COUNTRY)) && page.token(after + 1).is_capital()
            });
    if next_known {
        place += 3;
    }
    if words == 1 && upper == 1 {
        organisation += 3;
    }
    let word = page.word(first);
    let camel = words == 1
        && page.token(first).shape == Shape::Title
        && word.chars().skip(1).any(char::is_uppercase)
        && !word.contains(['-', '\'', '’'])
        && !word.starts_with("Mc")
        && !word.starts_with("Mac");
    if camel || word.contains(".co") || word.contains(".id") {
        organisation += 4;
    }
    if page.token(after).is('(')
        && page.token(after + 1).shape == Shape::Upper
        && page.token(after + 2).is(')')
        && words > 1
    {
        organisation += 3;
    }
    let work = precedes(Class::WORK);
    if work && person < 3 {
        return None;
    }
    if words == 1 {
        if opens
            && (class.has(Class::STOP | Class::ROLE | Class::PORTFOLIO) || small.has(page.token(first).hash))
            && person < 3
        {
            return None;
        }
        if page.token(first).len() < 2 || class.has(Class::STOP | Class::PRONOUN | Class::PLURAL) && !expects
        {
            return None;
        }
        if page.token(first).shape == Shape::Initial {
            return None;
        }
    } else if (2..=3).contains(&words) && upper == 0 {
        person += if opens && small.has(page.token(first).hash) { 0 } else { 2 };
    } else if words == 4 && upper == 0 {
        person += 1;
    }
    let best = person.max(place).max(organisation);
    let least = if words == 1 && opens { 3 } else { 2 };
    if best < least {
        return Some(Weighed { kind: None, confidence: 50 });
    }
    let kind = if person >= place && person >= organisation {
        Kind::Person
    } else if place >= organisation {
        Kind::Place
    } else {
        Kind::Organisation
    };
    let confidence = match best {
        ..=2 => 65,
        3 => 75,
        4 | 5 => 85,
        _ => 93,
    };
    Some(Weighed { kind: Some(kind), confidence })
}
