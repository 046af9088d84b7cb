//! Runs of capitalised words in a language whose common nouns have capitals too (German).
//!
//! A capital is no evidence there. A person needs an office or a title before, a known given name, an initial, or a
//! verb of saying beside; places and countries come from the gazetteer; all else is left to what the article names
//! elsewhere, and what has an article before it is a common noun.

use super::{Name, Reader, is_named, run_end};
use crate::article::{Kind, Rule};
use crate::words::{Class, Gap, Sense, Shape};

/// What is read at one place of a run.
struct State {
    /// Whether a person is to come: an office or a title stands before.
    expects: bool,
    /// First token of that office.
    role: Option<usize>,
    female: Option<bool>,
}

/// The longest name of a person, in tokens.
const LONGEST: usize = 5;

impl Reader<'_, '_> {
    /// Reads a run; gives back where to go on.
    pub(super) fn noun_run(&mut self, start: usize, mut end: usize) -> usize {
        let page = self.page;
        let mut at = start;
        let mut state = State { expects: false, role: None, female: self.gender(start.wrapping_sub(1)) };
        while at < end {
            let class = page.class(at);
            let noun = class.has(Class::ORG_NOUN | Class::PRESS) && !class.has(Class::ORG_HEAD);
            if let Some((last, new_end)) = self.organisation(at, end, state.expects).filter(|_| !noun)
                && (last > at || page.token(at).shape == Shape::Upper)
            {
                let rule = self.organisation_rule(at, last);
                self.push(at, last, Some(Kind::Organisation), 88, rule);
                self.nested(at, last);
                at = last + 1;
                end = end.max(new_end);
            } else if class.has(Class::HONORIFIC) && !class.has(Class::INNER) {
                state.female = self.gender(at).or(state.female);
                state.expects = true;
                (at, end) = self.title(at, end);
            } else if class.has(Class::ROLE) && !class.has(Class::INNER) && !(state.expects && at + 1 == end)
            {
                state.role = state.role.or(Some(at));
                state.female = self.gender(at).or(state.female);
                // "der Minister Fehler vorgeworfen": a noun may follow an office that has an article.
                state.expects = !self.has_article(at);
                (at, end) = self.office(at, end);
            } else if class.has(Class::DAY | Class::MONTH | Class::STOP | Class::ADVERB)
                && !state.expects
                && !self.begins_with_particles(at, end)
            {
                at += 1;
            } else if let Some(last) = self.headed_place(at, end) {
                self.push(at, last, Some(Kind::Place), 85, Rule::PlaceWord);
                self.nested(at, last);
                at = last + 1;
            } else if let Some(next) = self.listed(at, end, &state) {
                at = next;
            } else {
                at = self.noun(at, end, &state);
                state = State { expects: false, role: None, female: None };
            }
        }
        at
    }

    /// "Von der Linden" at the beginning of a sentence.
    fn begins_with_particles(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        at + 2 < end
            && page.has(at, Class::PARTICLE)
            && page.has(at + 1, Class::PARTICLE)
            && page.token(at + 1).shape == Shape::Lower
    }

    /// Whether an article stands right before a token.
    fn has_article(&self, at: usize) -> bool {
        let page = self.page;
        page.token(at).gap == Gap::Space
            && page.same_sentence(at.wrapping_sub(1), at)
            && page.has(at.wrapping_sub(1), Class::DEMONSTRATIVE)
    }

    /// Behind a title and its full stop, and where the run now ends.
    fn title(&self, at: usize, end: usize) -> (usize, usize) {
        let page = self.page;
        let mut at = at + 1;
        let mut end = end;
        while at < end && page.has(at, Class::INNER) {
            at += 1;
        }
        if page.token(at).is('.') && page.token(at).gap == Gap::None {
            at += 1;
            if is_named(page, at) {
                end = end.max(run_end(page, at));
            }
        }
        (at, end)
    }

    /// Takes a country or a place of the gazetteer, unless it begins a person's name or is a noun with its article.
    fn listed(&mut self, at: usize, end: usize, state: &State) -> Option<usize> {
        let (length, known) = self.known(at)?;
        let after = at + length;
        let country = known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION).or(Sense::DEMONYM));
        if !country && (!known.sense.has(Sense::PLACE) || length == 1 && self.has_article(at)) {
            return None;
        }
        let more =
            after < end && !self.page.has(after, Class::ROLE | Class::DAY | Class::MONTH | Class::STOP);
        let person = known.sense.has(Sense::GIVEN) && more
            || state.expects && !country && (more || known.sense.has(Sense::GIVEN.or(Sense::SURNAME)));
        if person {
            return None;
        }
        self.gazetteer_name(at, length, known);
        Some(after)
    }

    /// The last token of the person's name that begins at `at`.
    fn person_end(&self, at: usize, end: usize) -> usize {
        let page = self.page;
        let ends = Class::ROLE | Class::HONORIFIC | Class::DAY | Class::MONTH | Class::STOP | Class::ORG_HEAD;
        let limit = end.min(at + LONGEST);
        let last = (at + 1..limit).find(|&next| {
            let country = self.known(next).is_some_and(|(_, known)| {
                known.sense.has(Sense::COUNTRY) && !known.sense.has(Sense::GIVEN.or(Sense::SURNAME))
            });
            let degree = page.has(next, Class::DEGREE) && page.token(next).shape == Shape::Upper;
            // A surname may be an office or a noun: "Anna Richter", "Ursula von der Linden".
            let after_particle =
                page.has(next - 1, Class::PARTICLE) && page.token(next - 1).shape == Shape::Lower;
            let surname = next == at + 1 && self.sense(at).has(Sense::GIVEN) || after_particle;
            let particle = page.has(next, Class::PARTICLE) && page.token(next).shape == Shape::Lower;
            // "Ottfried Hegemann von der Initiative", but "Ursula von der Leyen".
            let of = particle && page.has(next, Class::OF) && next > at + 1;
            country || degree || of || page.has(next, ends) && !surname && !particle
        });
        let mut last = last.unwrap_or(limit) - 1;
        while last > at && page.token(last).shape == Shape::Lower && page.has(last, Class::PARTICLE) {
            last -= 1;
        }
        last
    }

    /// Reads a noun, or a name of its own; gives back where to go on.
    fn noun(&mut self, at: usize, end: usize, state: &State) -> usize {
        let page = self.page;
        if page.token(at).shape == Shape::Initial && page.token(at).gap == Gap::None {
            // "a.D."
            return at + 1;
        }
        let last = self.person_end(at, end);
        let article = self.has_article(at);
        let score = self.person_score(at, last, article, state);
        if score >= 3 {
            let confidence = if score >= 4 { 90 } else { 75 };
            let given = self.sense(at);
            let mut name = Name::new(at, last, Some(Kind::Person), confidence, Rule::Weighed);
            name.role = state.role;
            name.female = state.female.or(match (given.has(Sense::FEMALE), given.has(Sense::MALE)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            });
            self.found.push(name);
            return last + 1;
        }
        let before = |classes: Class| {
            page.token(at).gap == Gap::Space
                && page.same_sentence(at.wrapping_sub(1), at)
                && page.has(at.wrapping_sub(1), classes)
        };
        let kind = if before(Class::PLACE_NOUN) {
            Some(Kind::Place)
        } else if before(Class::ORG_NOUN) || self.is_brand(at) {
            Some(Kind::Organisation)
        } else {
            None
        };
        let last = if kind == Some(Kind::Organisation) && before(Class::ORG_NOUN) { last } else { at };
        if kind.is_some() || !article {
            let (confidence, rule) =
                if kind.is_some() { (70, Rule::NounBefore) } else { (50, Rule::LeftOpen) };
            self.push(at, last, kind, confidence, rule);
        }
        last + 1
    }

    /// Capitals inside a word, or nothing but capitals.
    fn is_brand(&self, at: usize) -> bool {
        let token = self.page.token(at);
        let word = self.page.word(at);
        token.shape == Shape::Upper && token.len() <= 6
            || token.shape == Shape::Title
                && word.chars().skip(1).any(char::is_uppercase)
                && !word.contains(['-', '\'', '’'])
                && !word.starts_with("Mc")
    }

    /// How much speaks for a person from token `at` to `last`; 3 is enough.
    fn person_score(&self, at: usize, last: usize, article: bool, state: &State) -> i32 {
        let page = self.page;
        let words = last + 1 - at;
        let known = Sense::GIVEN.or(Sense::SURNAME);
        let common = page.has(at, Class::GROUP | Class::STOP | Class::PRONOUN)
            && !self.begins_with_particles(at, last + 1);
        if article || common || self.is_brand(at) {
            return 0;
        }
        let (before, after) = (at.wrapping_sub(1), last + 1);
        let precedes = |classes: Class| {
            page.token(at).gap == Gap::Space && page.same_sentence(before, at) && page.has(before, classes)
        };
        let mut score = 0;
        if state.expects {
            score += 4;
        } else if state.role.is_some() && self.sense(at).has(known) {
            score += 3;
        }
        if words > 1 && (self.sense(at).has(Sense::GIVEN) || page.token(at).shape == Shape::Initial) {
            score += 4;
        } else if words > 1 && self.sense(last).has(Sense::SURNAME) {
            score += 2;
        } else if self.sense(at).has(known) {
            score += 1;
        }
        if page.same_sentence(last, after)
            && page.token(after).shape == Shape::Lower
            && page.has(after, Class::SPEECH | Class::JUDGE | Class::PERSON_VERB)
        {
            score += if words > 1 { 3 } else { 2 };
        }
        // „…“, sagte Berger.
        let quoted = |back: usize| page.place(before.wrapping_sub(back)).quote != 0;
        if precedes(Class::SPEECH | Class::ROOT) && (quoted(1) || quoted(2)) {
            score += 3;
        }
        if precedes(Class::PERSON_NOUN) {
            score += 2;
        }
        let follows = page.token(after).sign();
        let aged = matches!(follows, ',' | '(')
            && page.token(after + 1).shape == Shape::Number
            && page.token(after + 1).len() == 2
            && matches!(page.token(after + 2).sign(), ',' | ')');
        let beside =
            follows == ',' && (after + 1..after + 4).any(|at| page.has(at, Class::ROLE | Class::PERSON_NOUN));
        if words > 1 && aged {
            score += 3;
        }
        // "der Bürgermeister der Stadt, Thore Asmussen,".
        let apposed = page.token(before).is(',')
            && !page.token(after).is_word()
            && (before.saturating_sub(7)..before)
                .any(|at| page.same_sentence(at, last) && page.has(at, Class::ROLE | Class::PERSON_NOUN));
        if words > 1 && (beside || apposed) {
            score += 2;
        }
        let plain = (at..=last).all(|at| page.token(at).shape == Shape::Title);
        if (2..=3).contains(&words) && plain && !page.place(at).opens && !self.small.has(page.token(at).hash)
        {
            score += 1;
        }
        score
    }
}
