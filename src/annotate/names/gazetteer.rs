//! Names of the gazetteer, places by their head or tail word, and what stands in datelines and headlines.

use super::{Name, Reader, is_named, run_end};
use crate::article::{Form, Kind, Rule};
use crate::words::{Class, Country, Gap, Known, Sense, Shape};

/// What a word is that stands behind a name and is no noun which that name could modify.
fn no_noun() -> Class {
    let small = Class::AUXILIARY | Class::CONJUNCTION | Class::RELATIVE | Class::ADVERB | Class::STOP;
    let prepositions = Class::LOCATIVE | Class::OBLIQUE | Class::BY | Class::OF;
    small | prepositions | Class::SPEECH | Class::PERSON_VERB
}

impl Reader<'_, '_> {
    /// The last token of a place that begins with its head word or ends with its tail word.
    pub(super) fn headed_place(&self, at: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let class = page.class(at);
        if class.has(Class::INNER) {
            return None;
        }
        if let Some((length, known)) = self.known(at)
            && known.sense.has(Sense::PLACE.or(Sense::COUNTRY))
            && (length > 1 || !class.has(Class::PLACE_HEAD))
        {
            let mut last = at + length - 1;
            let tailed = last + 1 < end
                && page.has(last + 1, Class::PLACE_TAIL)
                && !page.has(last + 1, Class::ORG_TAIL)
                && known.sense.has(Sense::PLACE);
            if !tailed {
                return None;
            }
            while last + 1 < end && page.has(last + 1, Class::PLACE_TAIL) {
                last += 1;
            }
            return Some(last);
        }
        if class.has(Class::PLACE_HEAD) {
            let mut last = at;
            while page.has(last + 1, Class::INNER) && page.has(last + 1, Class::PLACE_HEAD) {
                last += 1;
            }
            let next = last + 1;
            if next < end.max(last + 2)
                && page.token(next).is_capital()
                && page.token(next).gap == Gap::Space
                && page.same_sentence(at, next)
            {
                let end = run_end(page, next);
                let length = self.known(next).map_or(0, |(length, _)| length);
                let mut last = next + length.max(1) - 1;
                let limit = if page.lexicon.verb_first() { 3 } else { 1 };
                while last + 1 < end
                    && last - at < limit
                    && !page.has(
                        last + 1,
                        Class::PLACE_HEAD | Class::ROLE | Class::DAY | Class::MONTH | Class::ORG_HEAD,
                    )
                    && (length == 0 || page.has(last + 1, Class::PLACE_TAIL))
                {
                    last += 1;
                }
                while last + 1 < end && page.has(last + 1, Class::PLACE_TAIL) {
                    last += 1;
                }
                return Some(last);
            }
            return None;
        }
        if class.has(Class::ROLE | Class::HONORIFIC | Class::STOP) && !class.has(Class::PORTFOLIO) {
            return None;
        }
        let tail = (at + 1..end.min(at + 4))
            .rfind(|&next| page.has(next, Class::PLACE_TAIL) && !page.has(next, Class::INNER))?;
        if page.lexicon.verb_first() && page.has(tail, Class::ORG_TAIL) {
            return None;
        }
        Some(tail)
    }

    /// Takes a name of the gazetteer, unless it begins a person's name.
    pub(super) fn gazetteered(
        &mut self,
        at: usize,
        end: usize,
        length: usize,
        known: Known,
        expects: bool,
    ) -> Option<usize> {
        let page = self.page;
        let after = at + length;
        let particle = page.has(after, Class::PARTICLE) && page.token(after).shape == Shape::Lower;
        let more = after < end
            && (is_named(page, after) || particle && after + 1 < end)
            && !page.has(after, Class::ROLE | Class::DAY | Class::MONTH);
        let named =
            known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION).or(Sense::DEMONYM).or(Sense::PLACE));
        if !named {
            return None;
        }
        let abbreviation = known.sense.has(Sense::ABBREVIATION) && !known.sense.has(Sense::COUNTRY);
        if more && !expects {
            // "Georgia Palmer", "Paris Hilton"; "AS Roma".
            // "BPBD Agam Syafrizal Koto".
            let local = self.found.last().is_some_and(|name| name.is_local(page) && name.last + 1 == at);
            let located =
                at > 0 && page.has(at.wrapping_sub(1), Class::LOCATIVE | Class::PLACE_NOUN) || local;
            let plain = known.sense.has(Sense::PLACE)
                && length == 1
                && !located
                && page.token(after).shape == Shape::Title;
            let next = self.known(after);
            let person = (known.sense.has(Sense::GIVEN)
                || plain && !page.has(after, Class::PORTFOLIO | Class::STOP))
                && next.is_none_or(|(_, next)| {
                    !next.sense.has(Sense::COUNTRY.or(Sense::PLACE).or(Sense::ORGANISATION))
                });
            let club = abbreviation
                && page.token(after).shape == Shape::Title
                && self.known(after).is_none()
                && after + 1 == end
                && !page.has(after, Class::PORTFOLIO | Class::ORG_HEAD)
                && page.lexicon.verb_first();
            if person {
                return None;
            }
            if club {
                self.push(at, after, Some(Kind::Organisation), 70, Rule::Weighed);
                return Some(after + 1);
            }
        }
        // "Judge Amara Collins".
        if more
            && length == 1
            && known.sense.has(Sense::PLACE)
            && page.has(at.wrapping_sub(1), Class::HONORIFIC)
        {
            return None;
        }
        if expects
            && !more
            && known.sense.has(Sense::GIVEN.or(Sense::SURNAME))
            && !known.sense.has(Sense::COUNTRY)
        {
            return None;
        }
        let doubtful = page.has(at, Class::STOP) || known.sense.has(Sense::GUARDED);
        // "La Moneda" is not in Los Angeles.
        let small =
            page.token(at).len() <= 3 && page.token(at).shape == Shape::Title && page.has(at, Class::STOP);
        if length == 1 && (page.place(at).opens && doubtful || small) && !known.sense.has(Sense::COUNTRY) {
            let owner = matches!(page.word(after), "'s" | "’s");
            if small || page.has(at, Class::STOP) || !owner || !known.sense.has(Sense::PLACE) {
                return None;
            }
            // "Scotland's first minister".
            self.push(at, at, Some(Kind::Place), 75, Rule::PlaceList);
            return Some(after);
        }
        // One word that a person of this article bears is settled later, by the persons.
        self.gazetteer_name(at, length, known);
        Some(after)
    }

    pub(super) fn gazetteer_name(&mut self, at: usize, length: usize, known: Known) {
        let last = at + length - 1;
        let page = self.page;
        let before = at.wrapping_sub(1);
        let near = page.token(at).gap == Gap::Space && page.same_sentence(before, at);
        // "US$", "NZ $".
        if known.sense.has(Sense::ABBREVIATION)
            && matches!(page.token(last + 1).sign(), '$' | '€' | '£' | '¥')
        {
            return;
        }
        // "pro-Beijing", "anti-Suriah": half an adjective.
        let prefixed = page.token(before).is('-')
            && page.token(at).gap == Gap::None
            && page.token(before).gap == Gap::None
            && page.token(before.wrapping_sub(1)).shape == Shape::Lower;
        if prefixed && known.sense.has(Sense::PLACE.or(Sense::COUNTRY).or(Sense::DEMONYM)) {
            let country = known.country.or(known.home);
            let kind = if known.country.is_some() { Kind::Country } else { Kind::Place };
            let name = Name::new(at, last, Some(kind), 90, Rule::Demonym);
            self.found.push(Name { country, form: Form::Adjective, ..name });
            return;
        }
        // "Atlanta, Georgia", "negara bagian Georgia": a state, not the country.
        let state = known.sense.has(Sense::STATE)
            && (page.has(before, Class::INNER) && page.has(before, Class::PLACE_NOUN)
                || page.token(before).is(',')
                    && self.sense(before.wrapping_sub(1)).has(Sense::PLACE)
                    && self.home(before.wrapping_sub(1)) != known.country);
        if state {
            self.push(at, last, Some(Kind::Place), 85, Rule::Federated);
            return;
        }
        if known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION)) {
            // In a title: "Menteri Luar Negeri Norwegia", "U.S. President".
            let after = page.has(last + 1, Class::ROLE | Class::HONORIFIC)
                && page.token(last + 1).is_capital()
                && page.token(last + 1).gap == Gap::Space
                && !page.lexicon.verb_first();
            if near
                && page.has(before, Class::ROLE | Class::PORTFOLIO)
                && page.token(before).is_capital()
                && !page.has(before, Class::STOP)
                || after
            {
                self.push_country(at, last, known.country, Form::Nested, 95);
                return;
            }
            if self.modifies(at, last, known) {
                self.push_country(at, last, known.country, Form::Adjective, 90);
                return;
            }
            if near && page.has(before, Class::LANGUAGE) {
                self.push_country(at, last, known.country, Form::Adjective, 85);
                return;
            }
        }
        if known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION)) {
            self.push_country(at, last, known.country, Form::Name, 97);
        } else if known.sense.has(Sense::DEMONYM) {
            self.push_country(at, last, known.country, Form::Adjective, 95);
        } else if known.sense.has(Sense::PLACE) {
            let country = known.home;
            self.found.push(Name { country, ..Name::new(at, last, Some(Kind::Place), 93, Rule::PlaceList) });
        } else if known.sense.has(Sense::ORGANISATION) {
            self.push(at, last, Some(Kind::Organisation), 93, Rule::OrganisationList);
        }
    }

    /// Whether a short name of a country is said of the noun behind it: "U.S. troops", "the UK government", "Saudi
    /// officials". Such names have no adjective of their own, or are it.
    fn modifies(&self, at: usize, last: usize, known: Known) -> bool {
        let page = self.page;
        let short = known.sense.has(Sense::ABBREVIATION.or(Sense::DEMONYM));
        let (before, next) = (at.wrapping_sub(1), last + 1);
        let people = Class::ROLE | Class::PORTFOLIO | Class::GROUP | Class::ORG_NOUN;
        let noun = page.token(next).shape == Shape::Lower
            && page.token(next).gap == Gap::Space
            && page.same_sentence(last, next)
            && (!page.has(next, no_noun()) || page.has(next, people));
        // "The U.S. imposed" has an article, "U.S. troops" and "the U.S. president" need none of their own.
        let article = page.token(at).gap == Gap::Space
            && page.same_sentence(before, at)
            && page.has(before, Class::DEMONSTRATIVE)
            && !known.sense.has(Sense::DEMONYM);
        page.lexicon.grammar().names_modify && short && noun && (!article || page.has(next, people))
    }

    /// The names of a dateline or a credit line, in tokens.
    pub(super) fn framed(
        &mut self,
        line: (usize, usize),
        place: Option<(usize, usize)>,
        outlet: Option<(usize, usize)>,
    ) {
        let mut parts = [(place, Kind::Place), (outlet, Kind::Organisation)];
        parts.sort_by_key(|(part, _)| part.map(|part| part.0));
        for (part, kind) in parts {
            let Some((first, end)) = part.filter(|(first, end)| end > first) else { continue };
            let known = self.known(first).filter(|(length, _)| first + length == end);
            match known {
                Some((length, known))
                    if kind == Kind::Place && known.sense.has(Sense::COUNTRY.or(Sense::PLACE)) =>
                {
                    self.gazetteer_name(first, length, known);
                }
                _ => self.push(first, end - 1, Some(kind), 92, Rule::Frame),
            }
        }
        // "Berlin (Deutschland) –".
        let mut at = line.0;
        while at < line.1 {
            let free = [place, outlet].into_iter().flatten().all(|(first, end)| at < first || at >= end);
            match self.known(at) {
                Some((length, known)) if free && known.sense.has(Sense::COUNTRY) => {
                    self.push_country(at, at + length - 1, known.country, Form::Name, 95);
                    at += length;
                }
                // "MARIETTA, Ohio (Plains Wire) —".
                Some((length, known)) if free && known.sense.has(Sense::PLACE) && place.is_some() => {
                    self.gazetteer_name(at, length, known);
                    at += length;
                }
                _ => at += 1,
            }
        }
        self.found.sort_by_key(|name| name.first);
    }

    pub(super) fn uncased(&mut self, at: usize) -> usize {
        let page = self.page;
        // "Li Wenzhao (李文昭)".
        if page.token(at.wrapping_sub(1)).is('(')
            && self.found.last().is_some_and(|name| name.kind == Some(Kind::Person) && name.last + 2 == at)
        {
            let end = (at..at + 10).find(|&end| page.token(end).shape != Shape::Uncased).unwrap_or(at);
            if page.token(end).is(')') && end > at {
                self.push(at, end - 1, Some(Kind::Person), 85, Rule::OwnScript);
                return end;
            }
        }
        if let Some((length, known)) = self.known(at)
            && known.sense.has(Sense::COUNTRY)
            && (length > 1 || self.page.token(at).len() > 3)
        {
            self.push_country(at, at + length - 1, known.country, Form::Name, 85);
            return at + length;
        }
        at + 1
    }

    /// In a headline whose words all begin with capitals, only the gazetteer is believed; the rest is left to what
    /// the article names elsewhere.
    pub(super) fn headline(&mut self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            if let Some((length, known)) = self.known(at)
                && known.sense.has(Sense::COUNTRY.or(Sense::PLACE).or(Sense::ORGANISATION).or(Sense::DEMONYM))
            {
                self.gazetteer_name(at, length, known);
                at += length;
                continue;
            }
            if !self.page.has(at, Class::STOP | Class::ROLE | Class::DAY | Class::MONTH) {
                self.push(at, at, None, 60, Rule::LeftOpen);
            }
            at += 1;
        }
        end
    }

    pub(super) fn work(&mut self, start: usize, end: usize) -> usize {
        if let Some((length, known)) = self.known(start)
            && known.sense.has(Sense::COUNTRY.or(Sense::PLACE))
            && length == end - start
        {
            self.gazetteer_name(start, length, known);
        }
        end
    }

    /// Countries and places inside a longer name.
    pub(super) fn nested(&mut self, first: usize, last: usize) {
        let mut at = first;
        while at <= last {
            if let Some((length, known)) = self.known(at)
                && at + length <= last + 1
                && length < last + 1 - first
                && known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION).or(Sense::DEMONYM))
            {
                let plain = known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION));
                let form = if plain { Form::Nested } else { Form::Adjective };
                self.push_country(at, at + length - 1, known.country, form, 90);
                at += length;
            } else {
                at += 1;
            }
        }
    }

    /// The longest name of the gazetteer at `at`, its capitals checked.
    pub(super) fn known(&self, at: usize) -> Option<(usize, Known)> {
        let (length, known) = self.page.longest(at)?;
        let tokens = self.page.tokens.get(at..)?;
        let written = tokens.iter().take(length).all(|token| {
            token.is_capital()
                || token.shape == Shape::Uncased
                || !token.is_word()
                || token.len() <= 3
                || token.shape == Shape::Number
        }) || length > 1 && tokens.first().is_some_and(|token| token.is_capital());
        written.then_some((length, known))
    }

    pub(super) fn sense(&self, at: usize) -> Sense {
        self.page.known(at).map_or(Sense::default(), |known| known.sense)
    }

    pub(super) fn home(&self, at: usize) -> Option<Country> {
        self.page.known(at).and_then(|known| known.home)
    }

    /// Whether a given name stands at `at` with a name behind it.
    pub(super) fn given(&self, at: usize, end: usize) -> bool {
        at + 1 < end && self.sense(at).has(Sense::GIVEN)
    }
}
