//! Speakers: a sieve from sure to unsure, and the pronouns on the way.
//!
//! The text is read once, in order. A quotation looks for a cue behind it ("kata X", "X said", "ujarnya"), then for one
//! before it ("X mengatakan,", "Menurut X,", "X:"), then to its neighbours: the quotation it goes on, the subject of the
//! sentence before, the running speaker. A pronoun stands for the person who fits best among those just named; someone
//! without a name ("seorang warga", "a resident") is among them too, and then it stands for nobody.

mod antecedent;
mod phrase;
mod running;

use super::cast::{Cast, Reference};
use super::cue::{self, Who};
use super::marks::Quoted;
use super::page::Page;
use crate::article::{Form, Grounds, Kind, QuoteKind, Rule};
use crate::words::{Class, Shape, word_hash};
use std::collections::HashMap;

/// A quotation on its way to a speaker, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Utterance {
    pub parts: Vec<(usize, usize)>,
    pub kind: QuoteKind,
    pub speaker: Option<usize>,
    pub cue: Option<(usize, usize)>,
    pub relay: Option<usize>,
    pub confidence: u8,
    /// What says that it is a quotation.
    pub found: Rule,
    /// What says whose.
    pub said: Rule,
}

impl Utterance {
    /// The cue of words that go on this one without a verb of their own: a fragment that a conjunction joins to it
    /// (“tak tergoyahkan” dan “abadi”), or one in a clause whose mood says that it reports (Das sei „falsch“).
    fn carries(&self, page: &Page<'_>, mark: Quoted) -> Option<cue::Cue> {
        let (_, close) = self.parts.last()?;
        let joined = self.kind == QuoteKind::Fragment
            && mark.open == close + 2
            && page.has(close + 1, Class::CONJUNCTION)
            && page.same_sentence(*close, mark.open);
        let reported = || {
            page.place(*close).paragraph == page.place(mark.open).paragraph
                && is_reported(page, close + 1, mark.open)
        };
        let cue = if joined { self.cue } else { None };
        (joined || reported()).then_some(cue::Cue {
            cue,
            who: Who::Same,
            relay: None,
            relay_only: false,
            confidence: if joined { self.confidence } else { self.confidence.min(65) },
            rule: Rule::Carried,
        })
    }
}

/// Whether the mood of the clause before a mark says that it reports: "Das sei „falsch“".
fn is_reported(page: &Page<'_>, low: usize, open: usize) -> bool {
    let clause = page.sentence_start(open).max(low).max(open.saturating_sub(40));
    (clause..open).any(|at| page.has(at, Class::REPORTIVE) && page.is_common(at))
}

/// Someone just mentioned, for pronouns.
#[derive(Debug, Clone, Copy)]
struct Recent {
    at: usize,
    /// Nobody by name, whom a pronoun may mean all the same: "a resident who would not be named".
    member: Option<usize>,
    sentence: u32,
    paragraph: u32,
    subject: bool,
    speaks: bool,
}

/// How far apart the parts of an utterance are at most when the second is no quotation by itself, in tokens.
const NEAR: usize = 12;

/// How far back a pronoun looks, in mentions.
const REACH: usize = 24;

pub(super) struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    cast: &'p mut Cast,
    marks: &'p [Quoted],
    recent: Vec<Recent>,
    next_reference: usize,
    next_token: usize,
    /// The latest cue that is a pronoun, which is noted already.
    cued: Option<usize>,
    /// The speaker of each pair of marks, as far as read.
    said_by: Vec<Option<usize>>,
    /// The latest sentence whose subject is known.
    subject_of: Option<u32>,
    /// Of each person, how many more pronouns of a woman than of a man stood for them.
    heard: HashMap<usize, i32>,
}

/// Reads the article: gives every quotation its kind and speaker, and every pronoun its person.
pub(super) fn utterances(page: &Page<'_>, cast: &mut Cast, marks: &[Quoted]) -> Vec<Utterance> {
    let mut reader = Reader {
        page,
        cast,
        marks,
        recent: Vec::new(),
        next_reference: 0,
        next_token: page.first,
        cued: None,
        said_by: vec![None; marks.len()],
        subject_of: None,
        heard: HashMap::new(),
    };
    let mut found: Vec<Utterance> = Vec::new();
    for at in 0..marks.len() {
        reader.quotation(at, &mut found);
    }
    reader.read_to(page.len());
    found
}

impl Reader<'_, '_> {
    fn mark(&self, at: usize) -> Option<Quoted> {
        self.marks.get(at).copied()
    }

    /// Takes note of names and pronouns up to a token.
    fn read_to(&mut self, end: usize) {
        let page = self.page;
        while self.next_token < end {
            let at = self.next_token;
            if let Some(reference) = self.reference_at(at) {
                self.next_reference += 1;
                if matches!(reference.kind, Kind::Person) {
                    let subject = self.is_subject(at);
                    self.note(at, Some(reference.member), subject, false);
                }
                self.next_token = at + 1;
                continue;
            }
            let class = page.class(at);
            let aside = class.has(Class::SUFFIXED)
                && self.cued != Some(at)
                && (page.token(at.wrapping_sub(1)).is(',') || page.place(at).opens && self.relays(at))
                && page.token(at + 1).is(',');
            if (class.has(Class::PRONOUN) && self.is_pronoun(at) || aside) && !class.has(Class::INNER) {
                let gender = cue::gender(class);
                let quoted = page.place(at).quote;
                if quoted == 0 {
                    let ahead = self.ahead(at, gender);
                    if let Some((member, linked)) = ahead.or_else(|| self.antecedent(at, gender, None)) {
                        let found = if aside { Rule::Suffix } else { Rule::Pronoun };
                        self.refer(member, at, found, linked, 80);
                        let subject = self.is_subject(at);
                        self.note(at, Some(member), subject, false);
                    }
                } else {
                    // In what someone says, a pronoun is someone else.
                    let speaker = self.said_by.get(quoted as usize - 1).copied().flatten();
                    if let Some((member, _)) = self.antecedent(at, gender, speaker) {
                        self.refer(member, at, Rule::Pronoun, Rule::InSpeech, 60);
                    }
                }
            } else {
                self.phrase(at);
            }
            self.next_token = at + 1;
        }
    }

    /// Notes a pronoun that stands for someone.
    fn refer(&mut self, member: usize, at: usize, found: Rule, linked: Rule, weight: u8) {
        if let Some(female) = cue::gender(self.page.class(at)) {
            *self.heard.entry(member).or_default() += if female { 1 } else { -1 };
        }
        let grounds = Grounds { found, also: None, veto: None, linked, weight };
        self.cast.refer(member, (at, at), Form::Pronoun, grounds);
    }

    /// "Menurutnya, …": whether a word with a pronoun at its end tells whose view a sentence gives.
    fn relays(&self, at: usize) -> bool {
        let page = self.page;
        let root = page.lexicon.grammar().unsuffixed(page.word(at));
        root.is_some_and(|root| page.lexicon.word(word_hash(root)).has(Class::RELAY))
    }

    fn is_pronoun(&self, at: usize) -> bool {
        // "IA" is an acronym, "Dia" at the end of a name is a name.
        self.page.token(at).shape != Shape::Upper
            && (self.page.token(at).shape == Shape::Lower || self.page.place(at).opens)
    }

    fn reference_at(&mut self, at: usize) -> Option<Reference> {
        while let Some(reference) = self.cast.references.get(self.next_reference) {
            if reference.first >= at {
                return (reference.first == at).then_some(*reference);
            }
            self.next_reference += 1;
        }
        None
    }

    fn note(&mut self, at: usize, member: Option<usize>, subject: bool, speaks: bool) {
        let place = self.page.place(at);
        if subject && place.quote == 0 {
            self.subject_of = Some(place.sentence);
        }
        self.recent.push(Recent {
            at,
            member,
            sentence: place.sentence,
            paragraph: place.paragraph,
            subject,
            speaks,
        });
    }

    /// Whether a mention is the first of its sentence outside quotations and no preposition stands before it.
    fn is_subject(&self, at: usize) -> bool {
        let page = self.page;
        if page.place(at).quote != 0
            || self.subject_of == Some(page.place(at).sentence)
            || page.has(at, Class::OBJECT | Class::POSSESSIVE) && self.is_pronoun(at)
        {
            return false;
        }
        // "Ditegaskan oleh Sugeng": who did it.
        let agent = page.has(at.wrapping_sub(1), Class::BY) && page.has(at.wrapping_sub(2), Class::PASSIVE);
        agent || !cue::oblique(page, at) && !self.owns(at)
    }

    /// Whether the name at `at` owns what follows: "Thomas' sister".
    fn owns(&self, at: usize) -> bool {
        let references = &self.cast.references;
        let name = references.partition_point(|reference| reference.first < at);
        references.get(name).is_some_and(|named| {
            named.first == at
                && (cue::owns(self.page, named.last) || cue::is_genitive(self.page, self.cast, name))
        })
    }

    fn quotation(&mut self, at: usize, found: &mut Vec<Utterance>) {
        let page = self.page;
        let Some(mark) = self.mark(at) else { return };
        let first_new = self.next_token;
        self.read_to(mark.open);
        let next_open = self.mark(at + 1).map_or(page.len(), |next| next.open);
        let previous_close =
            found.last().and_then(|last| last.parts.last()).map_or(page.first, |part| part.1 + 1);
        let content = cue::content(page, mark);
        // A paragraph that goes on an utterance.
        if mark.continued
            && let Some(last) = found.last_mut()
            && last.parts.last().is_some_and(|part| part.1 < mark.open)
        {
            last.parts.push((mark.open, mark.close));
            if last.cue.is_none()
                && let Some(right) =
                    cue::right(page, self.cast, mark, next_open).filter(|cue| !cue.relay_only)
            {
                let speaker = match right.who {
                    Who::Pronoun(pronoun) if last.speaker.is_some() => {
                        let speaker = last.speaker;
                        if let Some(member) = speaker {
                            self.cued = Some(pronoun);
                            self.refer(member, pronoun, Rule::Suffix, Rule::BySpeaker, 80);
                        }
                        speaker
                    }
                    who => self.resolve(who).or(last.speaker),
                };
                if let Some(last) = found.last_mut() {
                    last.speaker = speaker;
                    last.cue = right.cue;
                    last.said = right.rule;
                }
            }
            self.spoke(at, found.last().and_then(|last| last.speaker), mark.close);
            return;
        }
        let right = cue::right(page, self.cast, mark, next_open);
        let mut left =
            cue::left(page, self.cast, mark, previous_close).or_else(|| found.last()?.carries(page, mark));
        if left.is_none() && right.is_none() && is_reported(page, previous_close, mark.open) {
            left = self.reports(mark);
        }
        let kind = cue::kind(page, mark, content, right, left);
        let close = found
            .last()
            .filter(|last| last.kind == QuoteKind::Direct && last.cue.is_some())
            .and_then(|last| last.parts.last())
            .map(|part| part.1)
            .filter(|&close| cue::goes_on(page, close, mark.open, content));
        // „Ich habe“, sagte er, „nie daran geglaubt“.
        let near =
            |close: usize| page.token(mark.open - 1).is(',') && mark.open - close < NEAR && !content.capital;
        let joined = close.is_some_and(|close| kind.is_some() || near(close));
        let own = right.filter(|cue| !cue.relay_only).or_else(|| left.filter(|cue| !cue.relay_only));
        if joined
            && left.is_none_or(|cue| found.last().is_some_and(|last| last.cue == cue.cue))
            && right.is_none()
        {
            if let Some(last) = found.last_mut() {
                last.parts.push((mark.open, mark.close));
            }
            self.spoke(at, found.last().and_then(|last| last.speaker), mark.close);
            return;
        }
        let Some((kind, rule)) = kind else { return };
        let mut utterance = Utterance {
            parts: vec![(mark.open, mark.close)],
            kind,
            speaker: None,
            cue: None,
            relay: None,
            confidence: 60,
            found: rule,
            said: Rule::Nobody,
        };
        let mut blocked = false;
        if let Some(cue) = own {
            utterance.cue = cue.cue;
            utterance.speaker = match cue.who {
                Who::Same => found.last().and_then(|last| last.speaker),
                who => self.resolve(who),
            };
            utterance.confidence = cue.confidence;
            utterance.said = cue.rule;
            blocked = matches!(cue.who, Who::Nobody);
            if utterance.speaker.is_none()
                && let Some(left) = left.filter(|left| !left.relay_only && Some(left.who) != Some(cue.who))
            {
                utterance.speaker = self.resolve(left.who);
                utterance.confidence = 60;
                utterance.said = left.rule;
            }
        }
        let relayed = [right, left].into_iter().flatten().find_map(|cue| cue.relay);
        if utterance.speaker.is_none()
            && !blocked
            && own.is_none_or(|cue| matches!(cue.who, Who::Same))
            && let Some(relay) = relayed
        {
            utterance.speaker = self.resolve(relay);
            utterance.confidence = 80;
            utterance.said = Rule::Relayed;
        } else if let Some(relay) = relayed
            && let Who::Named(reference) = relay
        {
            utterance.relay = self.cast.references.get(reference).map(|reference| reference.member);
            if utterance.relay == utterance.speaker {
                utterance.relay = None;
            }
        }
        if utterance.speaker.is_none()
            && !blocked
            && kind == QuoteKind::Direct
            && own.is_none_or(|cue| matches!(cue.who, Who::Same))
        {
            (utterance.speaker, utterance.confidence, utterance.said) = self.running(mark, first_new, found);
        }
        // Words of a clause whose sentence quotes already: they are of the same mouth.
        if kind == QuoteKind::Fragment
            && own.is_none()
            && relayed.is_none()
            && let Some(last) = found.last()
            && last.parts.last().is_some_and(|part| page.same_sentence(part.1, mark.open))
        {
            (utterance.speaker, utterance.said) = (last.speaker, Rule::SameParagraph);
        }
        if kind == QuoteKind::Fragment && utterance.speaker.is_none() && content.words < 4 {
            return;
        }
        self.spoke(at, utterance.speaker, mark.close);
        found.push(utterance);
    }

    /// Notes that someone spoke.
    fn spoke(&mut self, mark: usize, speaker: Option<usize>, at: usize) {
        if let Some(said_by) = self.said_by.get_mut(mark) {
            *said_by = speaker;
        }
        if let Some(member) = speaker {
            self.note(at, Some(member), true, true);
        }
    }
}

#[cfg(test)]
mod tests;
