//! The cue before a quotation.

use super::right::{relay_in, relayed, told, told_to};
use super::subject::{oblique, phrase_end, subject_after, subject_before};
use super::{Cue, Who};
use crate::annotate::cast::Cast;
use crate::annotate::marks::Quoted;
use crate::annotate::page::Page;
use crate::article::{Form, Kind, Rule};
use crate::words::{Class, Shape};

/// The cue before a quotation.
pub(in crate::annotate) fn left(
    page: &Page<'_>,
    cast: &Cast,
    mark: Quoted,
    previous_close: usize,
) -> Option<Cue> {
    let mut end = mark.open;
    let separator = page.token(end.wrapping_sub(1)).sign();
    let colon = separator == ':';
    let begins = page.sentence_start(mark.open);
    let mut low = begins.max(previous_close).max(page.first);
    if end <= low {
        // “X menjelaskan:” at the end of the paragraph before.
        let over = colon && end == begins && end > page.first && previous_close < end;
        if !over {
            return None;
        }
        low = page.sentence_start(end - 1).max(previous_close).max(page.first);
    }
    if matches!(separator, ':' | ',' | '–' | '—' | '-') {
        end -= 1;
    }
    let low = low.max(end.saturating_sub(80));
    // The last verb of saying before the mark.
    let verb = (low..end).rev().take(40).find(|&at| {
        says(page, at, Class::SPEECH | Class::JUDGE | Class::PASSIVE)
            || says(page, at, Class::ROOT) && page.has(at.wrapping_sub(1), Class::PRONOUN)
    });
    let relay_at = (low..end)
        .find(|&at| page.has(at, Class::RELAY) && !page.has(at, Class::INNER) && page.place(at).quote == 0);
    let relay = relay_at.and_then(|at| relayed(page, cast, at, end));
    if separator == ','
        && let Some(cue) = aside(page, cast, verb.map_or(low, |verb| verb.max(low)), end)
    {
        return Some(cue);
    }
    if let Some(verb) = verb {
        let cue = (verb, phrase_end(page, verb));
        // Passive: "yang oleh X disebut", "disebut X sebagai".
        if page.has(verb, Class::PASSIVE) {
            let by = (low..end).find(|&at| page.has(at, Class::BY));
            let after = by.map_or(cue.1 + 1, |by| by + 1);
            if let Some((who, _)) = subject_after(page, cast, after, end)
                && (matches!(who, Who::Named(_)) || by.is_some() && matches!(who, Who::Pronoun(_)))
            {
                return Some(Cue {
                    cue: Some(cue),
                    who,
                    relay: None,
                    relay_only: false,
                    confidence: 80,
                    rule: Rule::PassiveBy,
                });
            }
            if page.has(verb, Class::PASSIVE) && !page.has(verb, Class::SPEECH) {
                // "Ia mengingatkan agar gempa itu tidak dianggap “…”".
                let earlier = (low..verb).rev().find(|&at| says(page, at, Class::SPEECH | Class::JUDGE));
                let subject = earlier.and_then(|at| Some((at, subject_before(page, cast, low, at)?)));
                if let (None, Some((at, who))) = (relay, subject) {
                    let cue = Some((at, phrase_end(page, at)));
                    return Some(Cue {
                        cue,
                        who,
                        relay: None,
                        relay_only: false,
                        confidence: 75,
                        rule: Rule::CueBefore,
                    });
                }
                return relay.map(|relay| Cue {
                    cue: None,
                    who: relay,
                    relay: Some(relay),
                    relay_only: true,
                    confidence: 75,
                    rule: Rule::Relayed,
                });
            }
        }
        let from = begins.max(page.first).max(verb.saturating_sub(80)).min(low);
        if let Some(who) = subject_before(page, cast, from, verb) {
            let who_is_relay = relay == Some(who) && relay_at.is_some_and(|at| at < verb);
            let told = || {
                told(page, cast, cue, end)
                    .or_else(|| told_to(page, cast, cue.1 + 1, end))
                    .or_else(|| told_to(page, cast, low, (low + 6).min(verb)))
            };
            let aside = separator == ',' && is_aside(page, cast, low, who, verb);
            let confidence = if page.has(verb, Class::SPEECH) { 90 } else { 80 };
            return Some(Cue {
                cue: Some(cue),
                who,
                relay: relay.filter(|_| !who_is_relay).or_else(told),
                relay_only: false,
                confidence,
                rule: if aside { Rule::CueAside } else { who.rule(Rule::CueBefore, Rule::CueBeforePronoun) },
            });
        }
        if let Some(relay) = relay {
            return Some(Cue {
                cue: None,
                who: relay,
                relay: Some(relay),
                relay_only: true,
                confidence: 75,
                rule: Rule::Relayed,
            });
        }
        // "Preguntado por ello, respondió:".
        let bare = page.lexicon.grammar().drops_subject
            && page.has(verb, Class::SPEECH)
            && (low..verb)
                .rev()
                .find(|&at| !page.has(at, Class::AUXILIARY | Class::ADVERB | Class::CONJUNCTION))
                .is_none_or(|at| page.token(at).is(','));
        if bare {
            let who = Who::Pronoun(verb);
            return Some(Cue {
                cue: Some(cue),
                who,
                relay: None,
                relay_only: false,
                confidence: 70,
                rule: Rule::VerbAlone,
            });
        }
        // "said X: “…”", "kata X: “…”".
        // "Am Montag sagte Weber, das sei „falsch“".
        if let Some((who, _)) = subject_after(page, cast, cue.1 + 1, end)
            && (matches!(who, Who::Named(_)) && (colon || !page.lexicon.verb_first())
                || matches!(who, Who::Pronoun(_)) && !page.lexicon.verb_first())
        {
            return Some(Cue {
                cue: Some(cue),
                who,
                relay: None,
                relay_only: false,
                confidence: 80,
                rule: Rule::CueThenSubjectBefore,
            });
        }
        if page.has(verb, Class::SPEECH) && (low..verb).any(|at| page.has(at, Class::GROUP | Class::PLURAL)) {
            return Some(Cue {
                cue: Some(cue),
                who: Who::Nobody,
                relay: None,
                relay_only: false,
                confidence: 60,
                rule: Rule::Nobody,
            });
        }
        return None;
    }
    if let Some(relay) = relay {
        return Some(Cue {
            cue: None,
            who: relay,
            relay: Some(relay),
            relay_only: true,
            confidence: 82,
            rule: Rule::Relayed,
        });
    }
    // "Saudi, menurutnya, telah membuka jalur yang “…”", "Namun menurutnya, “…”".
    let inside = (low..end).rev().find(|&at| {
        says(page, at, Class::ROOT)
            && page.has(at, Class::SUFFIXED)
            && (page.token(at + 1).is(',') || at + 1 == end)
    });
    if let Some(root) = inside.filter(|&root| page.token(root - 1).is(',') || root <= low + 1) {
        return Some(Cue {
            cue: Some((root, root)),
            who: Who::Pronoun(root),
            relay: None,
            relay_only: false,
            confidence: 80,
            rule: Rule::CueAside,
        });
    }
    // A bare root before its subject: "Kata X, “…”".
    if let Some(root) = (low..end).find(|&at| page.has(at, Class::ROOT))
        && let Some((who, _)) = subject_after(page, cast, root + 1, end)
        && (matches!(separator, ':' | ',') || matches!(who, Who::Named(_)))
        && root <= low + 1
    {
        return Some(Cue {
            cue: Some((root, root)),
            who,
            relay: None,
            relay_only: false,
            confidence: 80,
            rule: Rule::CueThenSubjectBefore,
        });
    }
    if colon && end > low {
        let first = cast.references.partition_point(|reference| reference.first < low);
        let person = cast
            .references
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, reference)| reference.first < end)
            .find(|(_, reference)| {
                reference.kind == Kind::Person
                    && reference.form == Form::Name
                    && !oblique(page, reference.first)
            });
        if let Some((at, _)) = person {
            return Some(Cue {
                cue: None,
                who: Who::Named(at),
                relay: None,
                relay_only: false,
                confidence: 78,
                rule: Rule::NameThenColon,
            });
        }
    }
    None
}

/// A root between commas, behind the beginning of the clause that is quoted: "Subsidi itu, katanya, “…”", "Arsip itu, kata
/// Rahma dalam surel, “…”".
fn aside(page: &Page<'_>, cast: &Cast, low: usize, end: usize) -> Option<Cue> {
    let root = (low + 2..end).rev().find(|&at| {
        says(page, at, Class::ROOT) && page.token(at - 1).is(',') && page.token(at - 2).is_word()
    })?;
    let who = if page.has(root, Class::SUFFIXED) {
        Who::Pronoun(root)
    } else {
        subject_after(page, cast, root + 1, end).map(|(who, _)| who)?
    };
    let cue = Some((root, root));
    let relay = relay_in(page, cast, root + 1, end);
    Some(Cue { cue, who, relay, relay_only: false, confidence: 80, rule: Rule::CueAside })
}

/// Whether the subject of a cue stands behind a comma and words of the clause: "The tenth, he conceded,".
fn is_aside(page: &Page<'_>, cast: &Cast, low: usize, who: Who, verb: usize) -> bool {
    let first = match who {
        Who::Pronoun(at) => at,
        Who::Named(reference) => match cast.references.get(reference) {
            // "Pengarah negeri, Rohana Dollah, berkata": in apposition, not aside.
            Some(reference) if reference.last + 1 == verb => reference.first,
            _ => return false,
        },
        _ => return false,
    };
    first > low + 1 && page.token(first - 1).is(',') && page.token(first - 2).is_word()
}

/// Whether a verb of one of `classes` begins here, outside quotations.
fn says(page: &Page<'_>, at: usize, classes: Class) -> bool {
    page.has(at, classes)
        && !page.has(at, Class::INNER)
        && page.token(at).shape == Shape::Lower
        && page.place(at).quote == 0
}
