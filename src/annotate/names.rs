//! Names: runs of capitalised words cut into offices, organisations, places, countries and persons.
//!
//! A run is read from left to right, each time by what is surest: an organisation by its head or tail word, an office,
//! a place by its head, a name of the gazetteer, the days and months, and what is left as a name of its own, which
//! [`typing`](super::typing) weighs.

use super::cue;
use super::marks::Quoted;
use super::page::Page;
use super::typing;
use crate::article::{Form, Frame, Kind};
use crate::text::Span;
use crate::words::{Class, Country, Gap, Known, Sense, Shape};

/// A name found, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it names; `None` when only the rest of the article can tell.
    pub kind: Option<Kind>,
    /// The country it is or lies in.
    pub country: Option<Country>,
    /// In what way it names.
    pub form: Form,
    /// How sure, in hundredths.
    pub confidence: u8,
    /// First token of the office before a person's name.
    pub role: Option<usize>,
    /// Whether a man's or a woman's name, as far as title and lists tell.
    pub female: Option<bool>,
}

impl Name {
    fn new(first: usize, last: usize, kind: Option<Kind>, confidence: u8) -> Name {
        Name { first, last, kind, country: None, form: Form::Name, confidence, role: None, female: None }
    }
}

/// Words of the article that occur in small letters: a capital at the beginning of a sentence says nothing of them.
#[derive(Debug)]
pub(super) struct Small {
    bits: Vec<u64>,
    mask: u64,
}

impl Small {
    pub(super) fn of(page: &Page<'_>) -> Small {
        let size = (page.len() * 16).next_power_of_two().clamp(1024, 1 << 26);
        let mut small = Small { bits: vec![0; size / 64], mask: size as u64 - 1 };
        for (at, token) in page.tokens.iter().enumerate() {
            if token.shape != Shape::Lower || is_named(page, at) {
                continue;
            }
            let bit = small.bit(token.hash);
            if let Some(word) = small.bits.get_mut((bit / 64) as usize) {
                *word |= 1 << (bit % 64);
            }
        }
        small
    }

    fn bit(&self, hash: u64) -> u64 {
        (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20 & self.mask
    }

    pub(super) fn has(&self, hash: u64) -> bool {
        let bit = self.bit(hash);
        self.bits.get((bit / 64) as usize).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

/// Finds the names of title and body, in order; nested ones behind the one that holds them.
pub(super) fn names(page: &Page<'_>, frame: &Frame, marks: &[Quoted]) -> Vec<Name> {
    let mut reader = Reader { page, small: Small::of(page), found: Vec::new() };
    let tokens = |span: Option<Span>| span.map(|span| page.tokens_of(span));
    let lines = [
        frame.dateline.map(|line| (page.tokens_of(line.span), tokens(line.place), tokens(line.outlet))),
        frame.credit.map(|line| (page.tokens_of(line.span), None, tokens(line.source))),
    ];
    // Titles of works between marks hold no names but those of the gazetteer.
    let mut works = marks.iter().filter(|mark| {
        let content = cue::content(page, **mark);
        content.titled && content.words > 1 && !content.firm
    });
    let mut work = works.next();
    let mut at = 0;
    let mut headline_until = 0;
    let mut headline = false;
    while at < page.len() {
        if at >= headline_until {
            headline_until = page.paragraph_end(at).max(at + 1);
            headline = is_headline(page, at, headline_until);
        }
        let token = page.token(at);
        let framed = lines.iter().flatten().find(|(line, ..)| line.0 == at && line.1 > at);
        if let Some((line, place, outlet)) = framed {
            reader.framed(*place, *outlet);
            at = line.1;
            continue;
        }
        if token.shape == Shape::Uncased {
            at = reader.uncased(at);
        } else if is_named(page, at) {
            let end = run_end(page, at);
            while work.is_some_and(|mark| mark.close < at) {
                work = works.next();
            }
            let in_work = work.is_some_and(|mark| mark.open < at);
            at = if in_work {
                reader.work(at, end)
            } else if headline {
                reader.headline(at, end)
            } else {
                reader.run(at, end)
            }
            .max(at + 1);
        } else {
            at += 1;
        }
    }
    reader.found
}

/// Whether a token can be part of a name by its letters: a capital, or one behind a small prefix ("al-Najjar").
pub(super) fn is_named(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    token.is_capital()
        || token.shape == Shape::Lower
            && token.len() > 4
            && page.word(at).split_once(['-', '\'', '’']).is_some_and(|(head, rest)| {
                head.len() <= 4 && rest.chars().next().is_some_and(char::is_uppercase)
            })
}

/// The longest run that is read as one.
const LONGEST_RUN: usize = 24;

/// One past the last token of the run of capitalised words that begins at `at`.
pub(super) fn run_end(page: &Page<'_>, at: usize) -> usize {
    let mut end = at + 1;
    loop {
        let joined =
            end - at < LONGEST_RUN && page.token(end).gap == Gap::Space && page.same_sentence(at, end);
        if !joined {
            return end;
        }
        if is_named(page, end) {
            end += 1;
        } else if page.has(end, Class::PARTICLE)
            && is_named(page, end + 1)
            && page.token(end + 1).gap == Gap::Space
        {
            end += 2;
        } else if page.has(end, Class::PARTICLE)
            && page.has(end + 1, Class::PARTICLE)
            && is_named(page, end + 2)
        {
            end += 3;
        } else {
            return end;
        }
    }
}

/// Whether most words of a short paragraph begin with capitals.
fn is_headline(page: &Page<'_>, start: usize, end: usize) -> bool {
    if end - start > 40 || matches!(page.token(end - 1).sign(), '.' | ':' | ',' | ';') {
        return false;
    }
    let (mut words, mut capitals) = (0, 0);
    for at in start..end {
        let token = page.token(at);
        if token.is_word() && token.len() >= 4 && token.shape != Shape::Number {
            words += 1;
            capitals += usize::from(token.is_capital());
        }
    }
    words >= 4 && capitals * 10 >= words * 8
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    small: Small,
    found: Vec<Name>,
}

impl Reader<'_, '_> {
    fn push(&mut self, first: usize, last: usize, kind: Option<Kind>, confidence: u8) {
        self.found.push(Name::new(first, last, kind, confidence));
    }

    fn push_country(
        &mut self,
        first: usize,
        last: usize,
        country: Option<Country>,
        form: Form,
        confidence: u8,
    ) {
        self.found.push(Name { country, form, ..Name::new(first, last, Some(Kind::Country), confidence) });
    }

    /// The longest name of the gazetteer at `at`, its capitals checked.
    fn known(&self, at: usize) -> Option<(usize, Known)> {
        let tokens = self.page.tokens.get(at..)?;
        let (length, known) = self.page.gazetteer.longest(self.page.text, tokens)?;
        let written = tokens.iter().take(length).all(|token| {
            token.is_capital()
                || token.shape == Shape::Uncased
                || !token.is_word()
                || token.len() <= 3
                || token.shape == Shape::Number
        }) || length > 1 && tokens.first().is_some_and(|token| token.is_capital());
        written.then_some((length, known))
    }

    /// The names of a dateline or a credit line, in tokens.
    fn framed(&mut self, place: Option<(usize, usize)>, outlet: Option<(usize, usize)>) {
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
                _ => self.push(first, end - 1, Some(kind), 92),
            }
        }
    }

    fn uncased(&mut self, at: usize) -> usize {
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
    fn headline(&mut self, start: usize, end: usize) -> usize {
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
                self.push(at, at, None, 60);
            }
            at += 1;
        }
        end
    }

    fn work(&mut self, start: usize, end: usize) -> usize {
        if let Some((length, known)) = self.known(start)
            && known.sense.has(Sense::COUNTRY.or(Sense::PLACE))
            && length == end - start
        {
            self.gazetteer_name(start, length, known);
        }
        end
    }

    fn gazetteer_name(&mut self, at: usize, length: usize, known: Known) {
        let last = at + length - 1;
        if known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION)) {
            self.push_country(at, last, known.country, Form::Name, 97);
        } else if known.sense.has(Sense::DEMONYM) {
            self.push_country(at, last, known.country, Form::Adjective, 95);
        } else if known.sense.has(Sense::PLACE) {
            let country = known.home;
            self.found.push(Name { country, ..Name::new(at, last, Some(Kind::Place), 93) });
        } else if known.sense.has(Sense::ORGANISATION) {
            self.push(at, last, Some(Kind::Organisation), 93);
        }
    }

    /// Reads a run; gives back where to go on.
    fn run(&mut self, start: usize, mut end: usize) -> usize {
        let page = self.page;
        let mut at = start;
        let (mut expects, mut role) = self.office_before(start);
        let mut female = self.gender(start.wrapping_sub(1));
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
                self.push(at, last, Some(Kind::Organisation), 88);
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
            let given = expects && self.given(at, end) && !page.has(at + 1, Class::INNER);
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
            if let Some(last) = self.headed_place(at, end) {
                self.push(at, last, Some(Kind::Place), 85);
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
            let stop = opens && class.has(Class::STOP) && !expects;
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
    fn office_before(&self, start: usize) -> (bool, Option<usize>) {
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

    fn gender(&self, at: usize) -> Option<bool> {
        let class = self.page.class(at);
        match (class.has(Class::FEMALE), class.has(Class::MALE)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// Whether a role word in a run is an office rather than a name: something follows it in the run, or it opens
    /// the run.
    fn is_office(&self, at: usize, end: usize) -> bool {
        !self.page.has(at, Class::INNER)
            && (at + 1 < end || !self.page.has(at, Class::STOP) || self.page.place(at).opens)
    }

    /// Skips an office and the words that go on it; gives back where the name begins and where the run now ends.
    fn office(&self, start: usize, end: usize) -> (usize, usize) {
        let page = self.page;
        let (mut at, mut end) = (start + 1, end);
        loop {
            let class = page.class(at);
            let near = page.token(at).gap == Gap::Space && page.same_sentence(start, at);
            if at < end
                && near
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
    fn modifiers(&mut self, start: usize, end: usize, role: &mut Option<usize>) -> Option<usize> {
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

    /// Whether a given name stands at `at` with a name behind it.
    fn given(&self, at: usize, end: usize) -> bool {
        at + 1 < end && self.sense(at).has(Sense::GIVEN)
    }

    fn sense(&self, at: usize) -> Sense {
        self.page.gazetteer.word(self.page.token(at).hash).map_or(Sense::default(), |known| known.sense)
    }

    /// The last token of an organisation that begins at `at`, and the end of the run it may have lengthened.
    fn organisation(&self, at: usize, end: usize, expects: bool) -> Option<(usize, usize)> {
        let page = self.page;
        let class = page.class(at);
        if class.has(Class::INNER) {
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
                return Some(self.organisation_end(at, last + 1, end, expects));
            }
            if page.token(at).shape == Shape::Upper && !page.place(at).opens {
                return Some((at, end));
            }
            return None;
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
            && (length > 1 || !class.has(Class::ROLE | Class::STOP | Class::PORTFOLIO))
        {
            return Some((at + length - 1, end.max(at + length)));
        }
        // By its last word; no office on the way.
        if class.has(Class::ROLE | Class::HONORIFIC | Class::STOP | Class::DAY)
            && !class.has(Class::PORTFOLIO)
        {
            return None;
        }
        let mut tail = None;
        for next in at + 1..end {
            if page.has(next, Class::ORG_TAIL) {
                tail = Some(next);
            } else if page.has(next, Class::ROLE | Class::HONORIFIC) && !page.has(next, Class::PORTFOLIO) {
                break;
            }
        }
        let tail = tail?;
        if expects && self.given(at, end) && tail - at <= 1 {
            return None;
        }
        let of = page.token(tail + 1).gap == Gap::Space
            && tail + 1 >= end
            && matches!(page.word(tail + 1), "of" | "for")
            && page.token(tail + 2).is_capital()
            && page.same_sentence(at, tail + 2);
        if of {
            let end = run_end(page, tail + 2);
            return Some(self.organisation_end(at, tail + 2, end, false));
        }
        Some((tail, end))
    }

    /// Where an organisation that goes on at `from` ends: before the person it is expected to name, or with the run
    /// and what small linking words add.
    fn organisation_end(&self, head: usize, from: usize, end: usize, expects: bool) -> (usize, usize) {
        let page = self.page;
        let mut end = end;
        let mut at = from;
        let english = !page.lexicon.verb_first();
        loop {
            while at < end {
                let class = page.class(at);
                let office = english && class.has(Class::ROLE) && !class.has(Class::INNER | Class::PORTFOLIO);
                if at > from && (office || class.has(Class::DAY) || expects && self.given(at, end)) {
                    return (at - 1, end);
                }
                if at > from && expects && end - at >= 2 {
                    let place = self
                        .known(at - 1)
                        .is_some_and(|(_, known)| known.sense.has(Sense::PLACE.or(Sense::COUNTRY)));
                    let acronym =
                        page.token(at - 1).shape == Shape::Upper && page.token(at).shape != Shape::Upper;
                    if place && self.known(at).is_none() || acronym {
                        return (at - 1, end);
                    }
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

    /// The last token of a place that begins with its head word or ends with its tail word.
    fn headed_place(&self, at: usize, end: usize) -> Option<usize> {
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
    fn gazetteered(
        &mut self,
        at: usize,
        end: usize,
        length: usize,
        known: Known,
        expects: bool,
    ) -> Option<usize> {
        let page = self.page;
        let after = at + length;
        let more = after < end
            && page.token(after).is_capital()
            && !page.has(after, Class::ROLE | Class::DAY | Class::MONTH);
        let named =
            known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION).or(Sense::DEMONYM).or(Sense::PLACE));
        if !named {
            return None;
        }
        let abbreviation = known.sense.has(Sense::ABBREVIATION) && !known.sense.has(Sense::COUNTRY);
        if more && !expects {
            // "Georgia Palmer", "Paris Hilton"; "AS Roma".
            let located = page.has(at.wrapping_sub(1), Class::LOCATIVE | Class::PLACE_NOUN);
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
                self.push(at, after, Some(Kind::Organisation), 70);
                return Some(after + 1);
            }
        }
        if expects
            && !more
            && known.sense.has(Sense::GIVEN.or(Sense::SURNAME))
            && !known.sense.has(Sense::COUNTRY)
        {
            return None;
        }
        if length == 1 && page.place(at).opens && page.has(at, Class::STOP) {
            return None;
        }
        // One word that a person of this article bears is settled later, by the persons.
        self.gazetteer_name(at, length, known);
        Some(after)
    }

    /// The last token of the name of its own that begins at `at`.
    fn chunk(&self, start: usize, end: usize, expects: bool) -> usize {
        let page = self.page;
        let mut at = start + 1;
        let acronym = page.token(start).shape == Shape::Upper && page.token(start).len() <= 8;
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
                || class.has(Class::DAY | Class::MONTH) && !class.has(Class::INNER) && !single
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
    fn own(&mut self, first: usize, last: usize, expects: bool, role: Option<usize>, female: Option<bool>) {
        let page = self.page;
        let weighed = typing::weigh(page, &self.small, first, last, expects);
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
        let mut name = Name::new(first, last, weighed.kind, weighed.confidence);
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

    /// Countries and places inside a longer name.
    fn nested(&mut self, first: usize, last: usize) {
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
}
