//! The cue behind a quotation.

use super::subject::{phrase_end, reference_from, subject_after, subject_before_verb};
use super::{Cue, Who};
use crate::annotate::cast::Cast;
use crate::annotate::marks::Quoted;
use crate::annotate::page::Page;
use crate::article::{Kind, Rule};
use crate::words::{Class, Shape};

/// What is shorter than this many tokens, marks included, may be a name.
const SHORT: usize = 8;

/// The cue behind a quotation.
pub(in crate::annotate) fn right(
    page: &Page<'_>,
    cast: &Cast,
    mark: Quoted,
    next_open: usize,
) -> Option<Cue> {
    if !mark.closed {
        return None;
    }
    let close = mark.close;
    let mut at = close + 1;
    if matches!(page.token(at).sign(), ',' | '-' | '–' | '—') {
        at += 1;
    }
    if page.place(at).paragraph != page.place(close).paragraph || at >= page.len() {
        return None;
    }
    let new_sentence =
        !page.same_sentence(close, at) || matches!(page.token(close + 1).sign(), '.' | ':' | ';' | '!' | '?');
    let before = page.token(mark.end().wrapping_sub(1)).sign();
    let mut end = page.sentence_end(at).min(next_open).min(at + 60);
    if new_sentence {
        // “Really?” Baird asked. – and nothing else.
        if !matches!(before, '?' | '!' | ',' | '…') {
            return told_after(page, cast, at, end);
        }
        end = end.min(at + 8);
    }
    while page.has(at, Class::AUXILIARY | Class::ADVERB)
        && !page.has(at, Class::PASSIVE | Class::RELAY | Class::ROOT | Class::SPEECH)
        && at < end
    {
        at += 1;
    }
    let class = page.class(at);
    // “Free Horizon” demands: a name between marks is the subject, not what was said.
    let separated = close + 1 < at && !page.token(close + 1).is_word()
        || matches!(before, ',' | '.' | '!' | '?' | '…' | '—' | '–' | '-');
    if !separated
        && !page.lexicon.verb_first()
        && !class.has(Class::SUFFIXED)
        && close - mark.open < SHORT
        && class.has(Class::ROOT | Class::SPEECH | Class::PASSIVE)
    {
        return None;
    }
    if class.has(Class::RELAY) && !class.has(Class::ROOT)
        || class.has(Class::RELAY) && class.has(Class::INNER)
    {
        let relay = relayed(page, cast, at, end)?;
        return Some(Cue {
            cue: None,
            who: relay,
            relay: Some(relay),
            relay_only: true,
            confidence: 80,
            rule: Rule::Relayed,
        });
    }
    let cue_end = phrase_end(page, at);
    if class.has(Class::SUFFIXED) {
        let relay = relay_in(page, cast, at + 1, end);
        return Some(Cue {
            cue: Some((at, at)),
            who: Who::Pronoun(at),
            relay,
            relay_only: false,
            confidence: 88,
            rule: Rule::CueSuffix,
        });
    }
    if class.has(Class::ROOT | Class::SPEECH | Class::PASSIVE) {
        // “Cien tardes”, bromeó: “…”: the cue of the next one.
        if page.token(cue_end + 1).is(':') {
            return None;
        }
        let cue = Some((at, cue_end));
        if let Some((who, after)) = subject_after(page, cast, cue_end + 1, end) {
            let relay = relay_in(page, cast, after, end);
            return Some(Cue {
                cue,
                who,
                relay,
                relay_only: false,
                confidence: if matches!(who, Who::Named(_)) { 95 } else { 85 },
                rule: who.rule(Rule::CueThenSubject, Rule::CueThenPronoun),
            });
        }
        let dropped = page.lexicon.grammar().drops_subject && alone(page, cue_end, end);
        return Some(Cue {
            cue,
            who: if dropped { Who::Pronoun(at) } else { Who::Nobody },
            relay: relay_in(page, cast, cue_end + 1, end),
            relay_only: false,
            confidence: 60,
            rule: if dropped { Rule::VerbAlone } else { Rule::Nobody },
        });
    }
    if let Some(cue) = unlisted(page, cast, mark, at, end) {
        return Some(cue);
    }
    // X said.
    let Some((who, after)) = subject_before_verb(page, cast, at, end) else {
        return behind_name(page, cast, mark, at, end);
    };
    let relay = relay_in(page, cast, after.1 + 1, end);
    let told = told(page, cast, after, end);
    Some(Cue {
        cue: Some(after),
        who,
        relay: relay.or(told),
        relay_only: false,
        confidence: 93,
        rule: who.rule(Rule::SubjectThenCue, Rule::PronounThenCue),
    })
}

/// A sentence behind the quotation that says whose it was: “….” Kalimat itu diucapkan Parjono. “….” Demikian kata Rini.
fn told_after(page: &Page<'_>, cast: &Cast, at: usize, end: usize) -> Option<Cue> {
    let noun = page.has(at, Class::SAID_NOUN) && page.has(at + 1, Class::DEMONSTRATIVE);
    let verb = if noun { at + 2 } else { at };
    if !page.has(verb, Class::PASSIVE) || page.has(verb, Class::INNER) {
        return None;
    }
    let last = phrase_end(page, verb);
    let from = last + 1 + usize::from(page.has(last + 1, Class::BY));
    let (who, _) = subject_after(page, cast, from, end.min(from + 10))?;
    matches!(who, Who::Named(_)).then_some(Cue {
        cue: Some((verb, last)),
        who,
        relay: None,
        relay_only: false,
        confidence: 75,
        rule: Rule::PassiveBy,
    })
}

/// A verb that no list has, or one of judging, right behind the comma and right before a pronoun or a person: «…», zanjó Ana Ruiz;
/// or with a pronoun at its end: “…,” elaknya.
fn unlisted(page: &Page<'_>, cast: &Cast, mark: Quoted, verb: usize, end: usize) -> Option<Cue> {
    let outside = verb == mark.close + 2 && page.token(mark.close + 1).is(',');
    let inside = verb == mark.close + 1
        && page.lexicon.verb_first()
        && matches!(page.token(mark.end().wrapping_sub(1)).sign(), ',' | '?' | '!');
    let opens = page.sentence_start(mark.open) == mark.open;
    let plain =
        page.class(verb).without(Class::JUDGE) == Class::NONE && page.token(verb).shape == Shape::Lower;
    if !opens || !plain || !outside && !inside {
        return None;
    }
    let next = verb + 1;
    if page.lexicon.grammar().is_suffixed(page.word(verb)) && !page.token(next).is_capital() {
        return Some(Cue {
            cue: Some((verb, verb)),
            who: Who::Pronoun(verb),
            relay: relay_in(page, cast, next, end),
            relay_only: false,
            confidence: 75,
            rule: Rule::UnlistedVerb,
        });
    }
    let who = if page.has(next, Class::PRONOUN) && !page.has(next, Class::DEMONSTRATIVE) {
        Who::Pronoun(next)
    } else {
        subject_after(page, cast, next, end.min(next + 5))
            .map(|(who, _)| who)
            .filter(|who| matches!(who, Who::Named(_)))?
    };
    Some(Cue {
        cue: Some((verb, verb)),
        who,
        relay: None,
        relay_only: false,
        confidence: 75,
        rule: Rule::UnlistedVerb,
    })
}

/// A verb that no list has behind a person, whom only titles part from the comma and the mark: “…,” Judge Rasouli thundered.
fn behind_name(page: &Page<'_>, cast: &Cast, mark: Quoted, at: usize, end: usize) -> Option<Cue> {
    if page.lexicon.verb_first() || !page.token(mark.end().wrapping_sub(1)).is(',') {
        return None;
    }
    let reference = reference_from(cast, at, end.min(at + 5))?;
    let found = cast.references.get(reference).filter(|found| found.kind == Kind::Person)?;
    let titles = Class::ROLE | Class::PORTFOLIO | Class::HONORIFIC | Class::DEMONSTRATIVE;
    let titled = (at..found.first).all(|at| page.has(at, titles) || page.token(at).is('.'));
    let verb = found.last + 1;
    let plain = page.token(verb).shape == Shape::Lower
        && page.class(verb).without(Class::JUDGE | Class::PERSON_VERB) == Class::NONE;
    (titled && plain && verb < end).then_some(Cue {
        cue: Some((verb, verb)),
        who: Who::Named(reference),
        relay: None,
        relay_only: false,
        confidence: 75,
        rule: Rule::UnlistedVerb,
    })
}

/// Whether nothing that could be its subject follows a verb: "…», añadió." and "…», añadió en una entrevista."
fn alone(page: &Page<'_>, verb: usize, end: usize) -> bool {
    let after = verb + 1;
    after >= end
        || !page.token(after).is_word()
        || page.has(after, Class::OBLIQUE | Class::LOCATIVE | Class::ADVERB | Class::CONJUNCTION)
}

/// "told Meridian Wire": an outlet that was told passes the words on.
pub(super) fn told(page: &Page<'_>, cast: &Cast, verb: (usize, usize), end: usize) -> Option<Who> {
    if page.lexicon.verb_first() || !matches!(page.word(verb.1), "told" | "tells") {
        return None;
    }
    let reference = reference_from(cast, verb.1 + 1, end.min(verb.1 + 4))?;
    cast.references
        .get(reference)
        .filter(|reference| reference.kind == Kind::Organisation)
        .map(|_| Who::Named(reference))
}

/// Who is named behind a relay word.
pub(super) fn relayed(page: &Page<'_>, cast: &Cast, at: usize, end: usize) -> Option<Who> {
    let after = phrase_end(page, at) + 1;
    if page.has(at, Class::SUFFIXED) {
        return Some(Who::Pronoun(after - 1));
    }
    if page.has(after, Class::PRONOUN) {
        return Some(Who::Pronoun(after));
    }
    subject_after(page, cast, after, end.min(after + 16))
        .map(|(who, _)| who)
        .filter(|who| matches!(who, Who::Named(_)))
}

/// A relay word and whom it names, between two tokens, or the paper that was told ("der Zeitung Elbkurier").
pub(super) fn relay_in(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> Option<Who> {
    let end = end.min(from + 24);
    match (from..end).find(|&at| page.has(at, Class::RELAY) && !page.has(at, Class::INNER)) {
        Some(at) => relayed(page, cast, at, end),
        None => told_to(page, cast, from, end).or_else(|| press(page, cast, from, end)),
    }
}

/// The paper or agency to whom it was said: "kepada kantor berita Volna", "in an interview with Radio Confluencia".
pub(super) fn told_to(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> Option<Who> {
    let addressed = (from..end.min(from + 24))
        .filter(|&at| page.has(at, Class::ADDRESS) && !page.has(at, Class::INNER) && page.is_common(at));
    for at in addressed {
        let mut name = phrase_end(page, at) + 1;
        let mut outlet = false;
        while name < at + 8
            && reference_from(cast, name, name + 1).is_none()
            && page.has(name, Class::DEMONSTRATIVE | Class::PRESS | Class::ORG_NOUN | Class::INNER)
        {
            outlet |= page.has(name, Class::PRESS);
            name += 1;
        }
        let Some(reference) = reference_from(cast, name, name + 1) else { continue };
        let Some(found) = cast.references.get(reference) else { continue };
        // Its name says so, or the dateline.
        outlet |= (found.first..=found.last).any(|at| page.has(at, Class::OUTLET | Class::PRESS))
            || cast.members.get(found.member).is_some_and(|member| {
                member.mentions.iter().any(|mention| mention.grounds.found == Rule::Frame)
            });
        if outlet && found.kind == Kind::Organisation {
            return Some(Who::Named(reference));
        }
    }
    None
}

/// The organisation between two tokens that its noun says is a paper or an agency.
fn press(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> Option<Who> {
    let at = (from..end).find(|&at| {
        page.has(at, Class::PRESS)
            && page.is_common(at)
            && !page.has(at.wrapping_sub(1), Class::ROLE | Class::PERSON_NOUN)
    })?;
    let name = phrase_end(page, at) + 1;
    let reference = reference_from(cast, name, name + 1)?;
    let found = cast.references.get(reference)?;
    (found.kind == Kind::Organisation).then_some(Who::Named(reference))
}
