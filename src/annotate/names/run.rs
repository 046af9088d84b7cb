//! A run of capitalised words, read from left to right.

use super::{Name, Reader, is_named, run_end};
use crate::annotate::typing;
use crate::article::{Kind, Rule};
use crate::words::{Class, Gap, Sense, Shape};

impl Reader<'_, '_> {
    /// Reads a run; gives back where to go on.
    pub(super) fn run(&mut self, start: usize, mut end: usize) -> usize {
        let page = self.page;
        let mut at = start;
        let (mut expects, mut role) = self.office_before(start);
        // "dr Putri Larasati".
        expects |= page.has(start.wrapping_sub(1), Class::HONORIFIC)
            && page.token(start).gap == Gap::Space
            && page.same_sentence(start.wrapping_sub(1), start);
        let mut female = self.gender(start.wrapping_sub(1));
        if let Some(office) = self.office_of(start) {
            while at < end && page.has(at, Class::PORTFOLIO) {
                at += 1;
            }
            if at > start && at < end {
                (expects, role) = (true, Some(office));
            }
        }
        while at < end {
            let class = page.class(at);
            let opens = page.place(at).opens;
            if let Some((length, known)) = self.known(at)
                && length > 1
                && known.sense.has(Sense::COUNTRY.or(Sense::PLACE))
                && !page.has(at + length, Class::ORG_TAIL | Class::PLACE_TAIL)
                && !(at + length < end && known.sense.has(Sense::GIVEN))
            {
                self.gazetteer_name(at, length, known);
                at += length;
                end = end.max(at);
                if page.has(at, Class::ORG_HEAD) && !page.lexicon.verb_first() && page.token(at).is_capital()
                {
                    self.found.pop();
                    at -= length;
                } else {
                    continue;
                }
            }
            if let Some((last, new_end)) = self.organisation(at, end, expects) {
                let rule = self.organisation_rule(at, last);
                // A museum may be a house or those who keep it.
                let building = page.has(last, Class::PLACE_TAIL) && page.has(last, Class::ORG_TAIL)
                    || page.has(at, Class::PLACE_HEAD) && page.has(at, Class::ORG_HEAD);
                self.push(at, last, Some(Kind::Organisation), if building { 80 } else { 88 }, rule);
                self.nested(at, last);
                at = last + 1;
                end = end.max(new_end);
                continue;
            }
            if class.has(Class::HONORIFIC) && !class.has(Class::INNER) {
                female = self.gender(at).or(female);
                expects = true;
                at += 1;
                while at < end && page.has(at, Class::INNER) {
                    at += 1;
                }
                if page.token(at).is('.') && page.token(at).gap == Gap::None {
                    // "Prof. Dr. Ani": the full stop breaks the run.
                    at += 1;
                    if is_named(page, at) {
                        end = end.max(run_end(page, at));
                    }
                }
                continue;
            }
            let given = expects
                && role.is_none()
                && at + 1 < end
                && !page.has(at + 1, Class::INNER | Class::PORTFOLIO | Class::ROLE)
                && (self.given(at, end) || page.has(at.wrapping_sub(1), Class::HONORIFIC));
            // "imbuh Putri": an office that is a given name, alone behind a verb of saying.
            let given = given
                || at + 1 == end
                    && role.is_none()
                    && self.sense(at).has(Sense::GIVEN)
                    && page.has(at.wrapping_sub(1), Class::ROOT)
                    && page.token(at).gap == Gap::Space;
            if self.is_bearer(at, end) && !expects {
                self.push(at, at, Some(Kind::Person), 88, Rule::Weighed);
                at += 1;
                continue;
            }
            if class.has(Class::ROLE) && !given && (expects || self.is_office(at, end)) {
                role = role.or(Some(at));
                female = self.gender(at).or(female);
                (at, end) = self.office(at, end);
                expects = true;
                continue;
            }
            if let Some(next) = self.modifiers(at, end, &mut role) {
                at = next;
                continue;
            }
            if expects
                && page.lexicon.verb_first()
                && let Some(last) = self.named_place(at, end)
            {
                self.push(at, last, Some(Kind::Place), 90, Rule::PlaceWord);
                at = last + 1;
                continue;
            }
            if let Some(last) = self.headed_place(at, end) {
                self.push(at, last, Some(Kind::Place), 85, Rule::PlaceWord);
                self.nested(at, last);
                at = last + 1;
                continue;
            }
            if let Some((length, known)) = self.known(at)
                && let Some(next) = self.gazetteered(at, end, length, known, expects)
            {
                at = next;
                continue;
            }
            let calendar = class.has(Class::DAY | Class::MONTH) && !expects;
            // "Van der Brugge zei".
            let particles = class.has(Class::PARTICLE)
                && page.has(at + 1, Class::PARTICLE)
                && page.token(at + 1).shape == Shape::Lower
                && at + 1 < end;
            let stop = opens && class.has(Class::STOP) && !expects && !particles;
            let the = class.has(Class::STOP)
                && page.token(at).len() <= 3
                && !expects
                && class.has(Class::DEMONSTRATIVE | Class::LOCATIVE);
            if calendar || stop || the || class.has(Class::DEGREE) && !expects && page.token(at).len() > 3 {
                at += 1;
                continue;
            }
            let last = self.chunk(at, end, expects);
            self.own(at, last, expects, role, female);
            at = last + 1;
            if page.token(at).gap == Gap::Space || at >= end {
                expects = false;
                role = None;
                female = None;
            }
        }
        at
    }

    /// Whether an office in small letters stands right before a run, and its first token.
    pub(super) fn office_before(&self, start: usize) -> (bool, Option<usize>) {
        let page = self.page;
        let mut at = start;
        let mut first = None;
        let comma = page.token(at.wrapping_sub(1)).is(',') && page.token(at).gap == Gap::Space;
        if comma {
            return (false, None);
        }
        while at > 0 && start - at < 8 {
            let class = page.class(at - 1);
            if page.token(at).gap != Gap::Space || !page.same_sentence(at - 1, start) {
                break;
            }
            if class.has(Class::ROLE) {
                first = Some(at - 1);
            } else if !class.has(Class::PORTFOLIO) {
                break;
            }
            at -= 1;
        }
        (first.is_some(), first)
    }

    /// The office in small letters whose department begins a run: "ministro de Pesca Tomás Echeverría".
    fn office_of(&self, start: usize) -> Option<usize> {
        let page = self.page;
        let mut at = start;
        while start - at < 8
            && at > 0
            && page.same_sentence(at - 1, start)
            && page.token(at).gap <= Gap::Space
        {
            at -= 1;
            let class = page.class(at);
            if class.has(Class::ROLE) {
                return (at + 1 < start).then_some(at);
            }
            let sign = matches!(page.token(at).sign(), '\'' | '’');
            if !sign && !class.has(Class::OF | Class::DEMONSTRATIVE | Class::PORTFOLIO) && at + 2 < start {
                // An adjective may stand between: "ministre norvégien de l'Énergie".
                let adjective =
                    page.token(at).shape == Shape::Lower && page.has(at.wrapping_sub(1), Class::ROLE);
                return adjective.then(|| at - 1);
            }
            if !sign && !class.has(Class::OF | Class::DEMONSTRATIVE | Class::PORTFOLIO) {
                return None;
            }
        }
        None
    }

    pub(super) fn gender(&self, at: usize) -> Option<bool> {
        let class = self.page.class(at);
        match (class.has(Class::FEMALE), class.has(Class::MALE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// Whether a role word in a run is an office rather than a name: something follows it in the run, or it opens
    /// the run.
    pub(super) fn is_office(&self, at: usize, end: usize) -> bool {
        !self.page.has(at, Class::INNER)
            && (at + 1 < end || !self.page.has(at, Class::STOP) || self.page.place(at).opens)
    }

    /// Skips an office and the words that go on it; gives back where the name begins and where the run now ends.
    pub(super) fn office(&self, start: usize, end: usize) -> (usize, usize) {
        let page = self.page;
        let (mut at, mut end) = (start + 1, end);
        loop {
            let class = page.class(at);
            let near = page.token(at).gap == Gap::Space && page.same_sentence(start, at);
            // "Jaksa | Komisi Pemberantasan Korupsi".
            let listed = self
                .known(at)
                .is_some_and(|(length, known)| length > 2 && known.sense.has(Sense::ORGANISATION));
            if at < end
                && near
                && !listed
                && (class.has(Class::PORTFOLIO)
                    || class.has(Class::INNER) && !class.has(Class::ORG_HEAD)
                    || class.has(Class::ROLE))
            {
                // A given name is no portfolio.
                at += 1;
            } else if near
                && at >= end
                && class.has(Class::LINKER)
                && page.token(at).shape == Shape::Lower
                && page.token(at + 1).is_capital()
                && page.has(at + 1, Class::PORTFOLIO)
            {
                at += 2;
                end = run_end(page, at - 1).max(end);
            } else {
                return (at, end.max(at));
            }
        }
    }

    /// Words before an office in the same run ("Environment Minister", "NSW Premier"): names of the gazetteer are
    /// kept, the rest belongs to the office.
    pub(super) fn modifiers(&mut self, start: usize, end: usize, role: &mut Option<usize>) -> Option<usize> {
        let page = self.page;
        if page.lexicon.verb_first() {
            return None;
        }
        let office = (start + 1..end.min(start + 5))
            .find(|&at| page.has(at, Class::ROLE) && !page.has(at, Class::INNER))?;
        let mut at = start;
        let mut found = Vec::new();
        while at < office {
            if let Some((length, known)) = self.known(at)
                && at + length <= office
                && known.sense.has(
                    Sense::COUNTRY
                        .or(Sense::DEMONYM)
                        .or(Sense::ABBREVIATION)
                        .or(Sense::PLACE)
                        .or(Sense::ORGANISATION),
                )
            {
                found.push((at, length, known));
                at += length;
            } else if page.has(at, Class::PORTFOLIO | Class::STOP | Class::ORG_TAIL)
                || at == start
                    && office == start + 1
                    && !self.given(at, end)
                    && page.token(at).shape != Shape::Initial
            {
                at += 1;
            } else {
                return None;
            }
        }
        for (at, length, known) in found {
            self.gazetteer_name(at, length, known);
        }
        *role = role.or(Some(start));
        Some(office)
    }

    /// The last token of the name of its own that begins at `at`.
    pub(super) fn chunk(&self, start: usize, end: usize, expects: bool) -> usize {
        let page = self.page;
        let mut at = start + 1;
        let acronym = page.token(start).shape == Shape::Upper
            && page.token(start).len() <= 8
            && !page.word(start).contains('.');
        if acronym && at < end && page.token(at).shape == Shape::Title {
            return start;
        }
        while at < end {
            let class = page.class(at);
            let single = at + 1 == end;
            if class.has(Class::DEGREE)
                && (page.token(at).shape == Shape::Upper
                    || page.word(at).contains('.')
                    || page.token(at).len() > 3)
                || class.has(Class::DAY | Class::MONTH)
                    && !class.has(Class::INNER)
                    && !single
                    && page.token(at + 1).shape != Shape::Title
            {
                return at - 1;
            }
            if class.has(Class::DAY) {
                return at - 1;
            }
            if class.has(Class::ROLE) && !class.has(Class::INNER) && !page.lexicon.verb_first() && !single {
                return at - 1;
            }
            if class.has(Class::ORG_HEAD) && page.lexicon.verb_first() && !single && !class.has(Class::INNER)
            {
                return at - 1;
            }
            if let Some((_, known)) = self.known(at)
                && known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION))
                && !known.sense.has(Sense::GIVEN.or(Sense::SURNAME))
                && !expects
            {
                return at - 1;
            }
            at += 1;
        }
        end - 1
    }

    /// A name of its own: weighs what it names.
    pub(super) fn own(
        &mut self,
        first: usize,
        last: usize,
        expects: bool,
        role: Option<usize>,
        female: Option<bool>,
    ) {
        let page = self.page;
        let weighed = typing::weigh(page, self.small, first, last, expects);
        let Some(weighed) = weighed else { return };
        let given = self.sense(first);
        let mut first = first;
        if weighed.kind != Some(Kind::Place) && weighed.kind != Some(Kind::Organisation) {
            // "van der Meulen", "dos Anjos".
            while first > 0
                && page.has(first - 1, Class::PARTICLE)
                && page.token(first - 1).shape == Shape::Lower
                && page.token(first).gap == Gap::Space
                && page.same_sentence(first - 1, first)
                && !page.has(first - 1, Class::STOP | Class::LOCATIVE | Class::OBLIQUE)
            {
                first -= 1;
            }
        }
        let rule = if weighed.kind.is_some() { Rule::Weighed } else { Rule::LeftOpen };
        let mut name = Name::new(first, last, weighed.kind, weighed.confidence, rule);
        if weighed.kind == Some(Kind::Person) {
            name.role = role;
            name.female = female.or(match (given.has(Sense::FEMALE), given.has(Sense::MALE)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            });
        }
        self.found.push(name);
    }
}
