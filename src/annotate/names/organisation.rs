//! Organisations by their head word, their tail word or the gazetteer.

use super::{Reader, is_named, run_end};
use crate::article::Rule;
use crate::words::{Class, Gap, Sense, Shape};

impl Reader<'_, '_> {
    /// The last token of an organisation that begins at `at`, and the end of the run it may have lengthened.
    pub(super) fn organisation(&self, at: usize, end: usize, expects: bool) -> Option<(usize, usize)> {
        let page = self.page;
        let class = page.class(at);
        if class.has(Class::INNER) {
            return None;
        }
        // "Pasukan Rusia merebut": a common noun that opens a sentence, and a country.
        let common = page.lexicon.verb_first()
            && page.place(at).opens
            && class.has(Class::STOP)
            && self.known(at).is_none_or(|(length, _)| length == 1)
            && self.known(at + 1).is_some_and(|(length, known)| {
                known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION)) && at + 1 + length >= end
            });
        if common {
            return None;
        }
        if class.has(Class::ORG_HEAD) && !page.has(at, Class::DAY) {
            let mut last = at;
            while page.has(last + 1, Class::INNER)
                && page.has(last + 1, Class::ORG_HEAD)
                && page.same_sentence(at, last + 1)
            {
                last += 1;
            }
            let goes_on = is_named(page, last + 1)
                && page.token(last + 1).gap == Gap::Space
                && page.same_sentence(at, last + 1);
            let place_head = class.has(Class::PLACE_HEAD);
            if goes_on && !(place_head && self.page.lexicon.verb_first() && !class.has(Class::ORG_HEAD)) {
                let end = end.max(run_end(page, last + 1));
                let listed = self.known(at).filter(|(_, known)| known.sense.has(Sense::ORGANISATION));
                // "Ketua Umum Partai Golkar | Aburizal Bakrie": a person is to come.
                if let Some((length, _)) = listed
                    && expects
                    && page.lexicon.verb_first()
                    && length > 1
                    && self.is_person(at + length, end)
                {
                    return Some((at + length - 1, end));
                }
                let from = listed.map_or(last + 1, |(length, _)| (at + length - 1).max(last + 1));
                let (last, end) = self.organisation_end(at, from, end.max(from + 1), expects);
                return Some(self.departments(at, last, end));
            }
            // "RSUD dr. Soetomo".
            if page.has(last + 1, Class::HONORIFIC)
                && page.token(last + 1).gap == Gap::Space
                && page.token(last + 2).is('.')
                && is_named(page, last + 3)
                && page.same_sentence(at, last + 3)
                && page.token(last).is_capital()
            {
                let end = end.max(run_end(page, last + 3));
                return Some(self.organisation_end(at, last + 3, end, expects));
            }
            // "SMA Negeri 2 Pamekasan", "SDN 01".
            let number = page.token(last + 1).shape == Shape::Number
                && page.token(last + 1).len() <= 3
                && page.token(last + 1).gap == Gap::Space
                && page.same_sentence(at, last + 1)
                && page.token(last).is_capital();
            // "Kodim 0203/Langkat".
            let unit = page.token(last + 1).shape == Shape::Number
                && page.token(last + 1).gap == Gap::Space
                && page.token(last + 2).is('/')
                && page.token(last + 3).is_capital()
                && page.token(last + 3).gap == Gap::None
                && page.token(last).is_capital();
            if unit {
                let known = self.known(last + 3).map_or(1, |(length, _)| length);
                let local = last + 2 + known;
                return Some((local, end.max(local + 1)));
            }
            if number && page.lexicon.verb_first() {
                let place = self
                    .known(last + 2)
                    .filter(|(_, known)| known.sense.has(Sense::PLACE))
                    .filter(|_| page.token(last + 2).gap == Gap::Space && page.same_sentence(at, last + 2));
                if let Some((length, _)) = place {
                    return Some((last + 1 + length, end.max(last + 2 + length)));
                }
                if page.token(at).shape == Shape::Upper || last > at {
                    return Some((last + 1, end.max(last + 2)));
                }
            }
            if page.token(at).shape == Shape::Upper && !page.place(at).opens {
                return Some((at, end));
            }
            // "Protección Civil" is whole.
            if last > at && page.token(last).is_capital() && !page.lexicon.verb_first() {
                return Some((last, end.max(last + 1)));
            }
            return self.small_organisation(at, last).map(|last| (last, end));
        }
        if let Some((length, known)) = self.known(at)
            && known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION))
            && !page.lexicon.verb_first()
            && page.has(at + length, Class::ORG_HEAD)
            && page.has(at + length + 1, Class::INNER)
            && page.token(at + length).is_capital()
            && page.token(at + length).gap == Gap::Space
            && let Some((last, end)) = self.organisation(at + length, end, expects)
        {
            return Some((last, end));
        }
        if let Some((length, known)) = self.known(at)
            && known.sense.has(Sense::ORGANISATION)
            && !known.sense.has(Sense::GIVEN.or(Sense::PLACE))
            && (length > 1
                || !(class.has(Class::ROLE | Class::STOP | Class::PORTFOLIO)
                    || known.sense.has(Sense::GUARDED) && page.place(at).opens))
        {
            let (last, end) = (at + length - 1, end.max(at + length));
            let joined = length > 1 && page.has(last, Class::ORG_TAIL) && page.word(last + 1) == "of";
            return Some(if joined { self.of(at, last, end) } else { (last, end) });
        }
        // By its last word; no office on the way.
        if class.has(Class::ROLE | Class::HONORIFIC | Class::STOP | Class::DAY)
            && !class.has(Class::PORTFOLIO | Class::PLACE_HEAD)
        {
            return None;
        }
        let mut tail = None;
        for next in at + 1..end {
            // "Institute of" begins an organisation, and ends one: "Max Planck Institute of Animal Behavior".
            let of = next + 1 == end && page.has(next, Class::ORG_HEAD) && page.has(end, Class::INNER);
            if page.has(next, Class::ORG_TAIL) || of {
                tail = Some(next);
            } else if page.has(next, Class::ROLE | Class::HONORIFIC) && !page.has(next, Class::PORTFOLIO) {
                break;
            }
        }
        // "Procter & Gamble".
        let and = page.token(end).is('&')
            && page.token(end).gap == Gap::Space
            && is_named(page, end + 1)
            && page.token(end + 1).gap == Gap::Space
            && page.same_sentence(at, end + 1);
        if and && tail.is_none_or(|tail| tail + 1 < end) && end - at <= 3 {
            let end = run_end(page, end + 1);
            return Some((end - 1, end));
        }
        let tail = tail?;
        // "Kotoka International Airport".
        let site = tail + 1 < end
            && page.has(tail + 1, Class::PLACE_TAIL)
            && !page.has(tail + 1, Class::ORG_TAIL)
            && !page.lexicon.verb_first();
        if site {
            return None;
        }
        if expects && self.given(at, end) && tail - at <= 1 {
            return None;
        }
        Some(self.of(at, tail, end))
    }

    /// Adds what "of" or "for" joins to an organisation that ends with its tail word: "Court of Appeal", "Central Bank of
    /// the Republic of Turkey".
    fn of(&self, head: usize, tail: usize, end: usize) -> (usize, usize) {
        let page = self.page;
        if tail + 1 < end
            || page.token(tail + 1).gap != Gap::Space
            || !matches!(page.word(tail + 1), "of" | "for")
        {
            return (tail, end);
        }
        let country = || {
            self.known(tail + 3)
                .filter(|(_, known)| known.sense.has(Sense::COUNTRY.or(Sense::PLACE)))
                .map(|(length, _)| tail + 2 + length)
        };
        let next = tail + 2;
        if page.token(next).is_capital() && page.same_sentence(head, next) {
            let end = run_end(page, next);
            return self.organisation_end(head, next, end, false);
        }
        match country().filter(|last| page.word(next) == "the" && page.same_sentence(head, *last)) {
            Some(last) => (last, end.max(last + 1)),
            None => (tail, end),
        }
    }

    /// Adds the departments that commas join to an organisation's name: "Kementerian Pendidikan, Kebudayaan, Riset, dan
    /// Teknologi". All of them are departments, and the last one is linked by a word.
    fn departments(&self, head: usize, last: usize, end: usize) -> (usize, usize) {
        let page = self.page;
        let department = |at: usize| {
            page.has(at, Class::PORTFOLIO)
                && page.token(at).is_capital()
                && page.token(at).gap == Gap::Space
                && !page.has(at, Class::ORG_HEAD)
                && page.same_sentence(head, at)
        };
        let item = |at: usize| {
            let end = (at..at + 4).find(|&at| !department(at)).unwrap_or(at + 4);
            (end > at).then(|| end - 1)
        };
        if !page.token(last + 1).is(',') || !page.has(last, Class::PORTFOLIO) {
            return (last, end);
        }
        let mut at = last;
        loop {
            let comma = page.token(at + 1).is(',');
            let next = if comma { at + 2 } else { at + 1 };
            let linked = page.has(next, Class::LINKER) && page.has(next, Class::CONJUNCTION);
            match item(next + usize::from(linked)) {
                Some(at) if linked => return (at, end.max(at + 1)),
                Some(next) if comma => at = next,
                _ => return (last, end),
            }
        }
    }

    /// Whether two or three words that no list knows as a place or an organisation end a run.
    fn is_person(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        let other = Class::ORG_HEAD | Class::ORG_TAIL | Class::PLACE_HEAD | Class::PORTFOLIO | Class::ROLE;
        let known = Sense::PLACE.or(Sense::COUNTRY).or(Sense::ORGANISATION);
        (at + 2..=at + 3).contains(&end)
            && (at..end).all(|at| page.token(at).shape == Shape::Title && !page.has(at, other))
            && self.known(at).is_none_or(|(_, word)| !word.sense.has(known))
    }

    /// What says that the name between two tokens is an organisation.
    pub(super) fn organisation_rule(&self, first: usize, last: usize) -> Rule {
        if self.page.has(first, Class::ORG_HEAD) {
            Rule::OrganisationHead
        } else if self
            .known(first)
            .is_some_and(|(length, known)| known.sense.has(Sense::ORGANISATION) && first + length == last + 1)
        {
            Rule::OrganisationList
        } else {
            Rule::OrganisationTail
        }
    }

    /// The last token of an organisation that is written small behind its head: "Union des aciéristes du Nord".
    fn small_organisation(&self, head: usize, preposition: usize) -> Option<usize> {
        let page = self.page;
        let word = |at: usize| {
            page.token(at).is_word()
                && page.token(at).shape != Shape::Number
                && page.same_sentence(head, at)
                && !page.has(at, Class::STOP | Class::SPEECH | Class::AUXILIARY)
        };
        let begins = page.token(head).is_capital()
            && !page.place(head).opens
            && preposition > head
            && page.has(preposition, Class::OF)
            && page.token(preposition + 1).gap <= Gap::Space;
        if !begins || !word(preposition + 1) {
            return None;
        }
        let mut last = preposition + 1;
        while page.has(last + 1, Class::OF)
            && page.token(last + 1).gap == Gap::Space
            && word(last + 2)
            && last < head + 8
        {
            last += 2;
        }
        Some(last)
    }

    /// Where an organisation that goes on at `from` ends: before the person it is expected to name, or with the run
    /// and what small linking words add.
    pub(super) fn organisation_end(
        &self,
        head: usize,
        from: usize,
        end: usize,
        expects: bool,
    ) -> (usize, usize) {
        let page = self.page;
        let mut end = end;
        let mut at = from;
        let english = !page.lexicon.verb_first();
        loop {
            while at < end {
                let class = page.class(at);
                let office = english && class.has(Class::ROLE) && !class.has(Class::INNER | Class::PORTFOLIO);
                // "Polda Metro Jaya | Kombes Ade Ary".
                let office = office
                    || !english
                        && class.has(Class::ROLE)
                        && !class.has(Class::INNER)
                        && self.given(at + 1, end);
                if at > from && (office || class.has(Class::DAY) || expects && self.given(at, end)) {
                    return (at - 1, end);
                }
                // "Kapten Timnas Belanda | Virgil".
                let side = at > from
                    && expects
                    && end - at == 1
                    && self
                        .known(at - 1)
                        .is_some_and(|(length, known)| length == 1 && known.sense.has(Sense::COUNTRY))
                    && self
                        .known(at)
                        .is_none_or(|(_, known)| known.sense.has(Sense::GIVEN.or(Sense::SURNAME)))
                    && !page.has(at, Class::PLACE_TAIL | Class::ORG_TAIL | Class::PORTFOLIO);
                if side {
                    return (at - 1, end);
                }
                if at > from && expects && end - at >= 2 {
                    let place = self
                        .known(at - 1)
                        .is_some_and(|(_, known)| known.sense.has(Sense::PLACE.or(Sense::COUNTRY)));
                    let acronym =
                        page.token(at - 1).shape == Shape::Upper && page.token(at).shape != Shape::Upper;
                    let firm = page.token(head).shape == Shape::Upper && page.token(head).len() <= 2;
                    if place && self.known(at).is_none() && !firm || acronym {
                        return (at - 1, end);
                    }
                }
                let acronym = page.token(head).shape == Shape::Upper && from == head + 1;
                if (at > from || acronym)
                    && page.has(head, Class::LOCAL)
                    && self.known(at).is_some_and(|(length, known)| {
                        known.sense.has(Sense::PLACE)
                            && (at + length >= end || expects || self.given(at + length, end))
                    })
                {
                    return (at - 1, end);
                }
                if at > from
                    && class.has(Class::ORG_HEAD)
                    && !class.has(Class::INNER)
                    && page.token(at).shape != Shape::Upper
                    && !english
                    && expects
                {
                    return (at - 1, end);
                }
                at += 1;
            }
            // "Kodam IV/Diponegoro".
            if page.token(at).is('/')
                && page.token(at).gap == Gap::None
                && page.token(at + 1).is_capital()
                && page.token(at + 1).gap == Gap::None
                && page.token(at - 1).shape == Shape::Upper
            {
                at += 1;
                end = run_end(page, at).max(end);
                continue;
            }
            let word = page.word(at);
            let linked = page.has(at, Class::LINKER)
                && page.token(at).gap == Gap::Space
                && page.token(at).shape == Shape::Lower
                && page.same_sentence(head, at + 1);
            let mut next = at + 1;
            if linked && word == "of" && page.word(next) == "the"
                || linked && word == "for" && page.word(next) == "the"
            {
                next += 1;
            }
            if !linked || !page.token(next).is_capital() || page.token(next).gap != Gap::Space {
                return (at.max(from + 1) - 1, end);
            }
            // "and" joins only what is no name by itself.
            let and = matches!(word, "dan" | "and" | "&");
            let separate = and
                && (page.has(next, Class::ORG_HEAD | Class::ROLE)
                    || self.known(next).is_some()
                    || page.token(next).shape == Shape::Upper
                    || self.sense(next).has(Sense::GIVEN)
                    || page.has(at - 1, Class::ORG_TAIL)
                    || !page.has(head, Class::ORG_HEAD)
                    || self.known(at - 1).is_some());
            let preposition = matches!(word, "on" | "in" | "the");
            if separate || preposition {
                return (at - 1, end);
            }
            at = next;
            end = run_end(page, next).max(end);
        }
    }
}
