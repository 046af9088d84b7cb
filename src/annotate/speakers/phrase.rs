//! Who is meant by a noun alone: "menlu itu", "the mayor"; and who stays without a name: "seorang warga", "a resident".

use super::Reader;
use crate::annotate::cue;
use crate::article::{Form, Grounds, Kind, Rule};
use crate::words::Class;

/// How far from the beginning of its sentence a subject stands at most, in tokens.
const AHEAD: usize = 8;

/// How long an office with all that belongs to it is at most, in tokens.
const LONG: usize = 18;

impl Reader<'_, '_> {
    /// Takes note of someone who is told by a noun alone: whoever holds the office, or, as the subject of a sentence, a
    /// person without a name, whom the pronouns behind may mean.
    pub(super) fn phrase(&mut self, at: usize) {
        let page = self.page;
        let (class, place) = (page.class(at), page.place(at));
        if !class.has(Class::ROLE | Class::PERSON_NOUN | Class::INDEFINITE)
            || class.has(Class::INNER)
            || place.quote != 0
            || self.cued == Some(at)
        {
            return;
        }
        let subject = self.subject_of != Some(place.sentence) && self.opens_clause(at);
        let unknown = page.has(at, Class::INDEFINITE) && page.lexicon.verb_first() || self.is_unknown(at);
        let mut last = at;
        while last < at + LONG
            && page.has(last + 1, Class::ROLE | Class::PORTFOLIO | Class::INNER)
            && page.same_sentence(at, last + 1)
        {
            last += 1;
        }
        if !subject && (unknown || !class.has(Class::ROLE)) || cue::owns(page, last) || self.names(at) {
            return;
        }
        if unknown {
            self.stranger(at);
            return;
        }
        let pointed = self.is_pointed(at, last);
        if !class.has(Class::ROLE) && !pointed {
            return;
        }
        let held = if pointed || !page.is_common(at) { self.office(at, last) } else { None };
        let held = held.map(|member| (member, Rule::HoldsOffice));
        let before = || self.described(at, cue::gender(class)).filter(|_| subject && pointed);
        match held.or_else(before) {
            Some((member, linked)) => {
                let grounds = Grounds { found: Rule::Office, also: None, veto: None, linked, weight: 75 };
                self.cast.refer(member, (at, last), Form::Title, grounds);
                self.note(at, Some(member), subject, false);
            }
            // "Kepala Dinas Perdagangan Kabupaten Blitar membenarkan": somebody else than those before.
            None if subject && page.token(last + 1).is_capital() => self.stranger(at),
            None => {}
        }
    }

    /// Notes the subject of a sentence that is nobody by name.
    fn stranger(&mut self, at: usize) {
        self.note(at, None, true, false);
    }

    /// Whether a word points back at an office: "petinju asal Medan itu", "the minister".
    pub(super) fn is_pointed(&self, first: usize, last: usize) -> bool {
        let page = self.page;
        let behind = (last + 1..last + 8)
            .take_while(|&at| page.same_sentence(first, at) && !page.token(at).is(','))
            .any(|at| page.has(at, Class::DEMONSTRATIVE));
        // "sang menteri", but not "hari itu menteri".
        let before = first.wrapping_sub(1);
        let sang = page.has(before, Class::DEMONSTRATIVE)
            && page.same_sentence(before, first)
            && (page.sentence_start(first) == before
                || page.has(
                    before.wrapping_sub(1),
                    Class::SPEECH | Class::ROOT | Class::CONJUNCTION | Class::OBLIQUE | Class::BY,
                ));
        (behind || sang) && page.lexicon.verb_first()
            || !page.lexicon.verb_first()
                && (first.saturating_sub(3)..first).any(|at| page.has(at, Class::DEMONSTRATIVE))
    }

    /// Whether a noun stands where the subject of its sentence does: at its beginning, or behind words of time and the like.
    fn opens_clause(&self, at: usize) -> bool {
        let page = self.page;
        let start = page.sentence_start(at).max(page.first);
        let before = at.wrapping_sub(1);
        // In languages with articles words like "was" are among the stopwords.
        let stop = if page.lexicon.verb_first() { Class::STOP } else { Class::POSSESSIVE };
        let free = stop
            | Class::ADVERB
            | Class::CONJUNCTION
            | Class::DEMONSTRATIVE
            | Class::INDEFINITE
            | Class::PORTFOLIO
            | Class::HONORIFIC
            | Class::INNER;
        at <= start + AHEAD
            && (at == start || !page.has(before, Class::OBLIQUE | Class::BY | Class::LOCATIVE))
            && (start..at).all(|at| page.has(at, free) || page.token(at).is(','))
    }

    /// Whether a noun tells of someone not yet known: "a resident", "seorang warga", "her neighbour".
    fn is_unknown(&self, at: usize) -> bool {
        let page = self.page;
        let start = page.sentence_start(at).max(at.saturating_sub(3));
        (start..at).rev().any(|at| page.has(at, Class::INDEFINITE | Class::POSSESSIVE))
    }

    /// Whether a name belongs to a noun: "Ketua KPU Flores Timur | Kornelis Abon", "seorang saksi, | Andi,".
    fn names(&self, at: usize) -> bool {
        let page = self.page;
        let end = page.sentence_end(at).min(at + LONG);
        let references = &self.cast.references;
        let first = references.partition_point(|reference| reference.first < at);
        let person = references
            .iter()
            .skip(first)
            .take_while(|reference| reference.first < end)
            .find(|reference| reference.kind == Kind::Person && reference.form == Form::Name);
        let verbs = Class::SPEECH | Class::JUDGE | Class::PASSIVE | Class::RELATIVE | Class::PERSON_VERB;
        person.is_some_and(|person| {
            !(at + 1..person.first).any(|at| {
                page.has(at, verbs)
                    && page.is_common(at)
                    && !page.has(at, Class::INNER | Class::ROLE | Class::PERSON_NOUN)
            })
        })
    }
}
