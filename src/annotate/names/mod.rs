//! Names: runs of capitalised words cut into offices, organisations, places, countries and persons.
//!
//! A run is read from left to right, each time by what is surest: an organisation by its head or tail word, an office,
//! a place by its head, a name of the gazetteer, the days and months, and what is left as a name of its own, which
//! [`typing`](super::typing) weighs.

mod country;
mod earlier;
mod gazetteer;
mod initials;
mod noun;
mod organisation;
mod run;

use super::cue;
use super::marks::Quoted;
use super::page::Page;
use crate::article::{Form, Frame, Kind, Rule};
use crate::text::Span;
use crate::words::{Class, Country, Gap, Sense, Shape};
use std::ops::Range;

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
    /// What found it.
    pub rule: Rule,
    /// What found the same besides.
    pub also: Option<Rule>,
    /// What another decision about it was overruled by.
    pub veto: Option<Rule>,
}

impl Name {
    pub(super) fn new(first: usize, last: usize, kind: Option<Kind>, confidence: u8, rule: Rule) -> Name {
        Name {
            first,
            last,
            kind,
            country: None,
            form: Form::Name,
            confidence,
            role: None,
            female: None,
            rule,
            also: None,
            veto: None,
        }
    }
}

impl Name {
    /// Whether an organisation whose place stands behind its name by itself: "Dinas Pertanian | Demak".
    pub(super) fn is_local(&self, page: &Page<'_>) -> bool {
        self.kind == Some(Kind::Organisation) && page.has(self.first, Class::LOCAL)
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

/// What the rules found.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The names in order; nested ones behind the one that holds them.
    pub found: Vec<Name>,
    /// Stretches of tokens where nothing but the rules is believed: datelines, credit lines, headlines, titles of works.
    pub fixed: Vec<Range<usize>>,
}

impl Names {
    /// Whether only the rules are believed at a token.
    pub(super) fn is_fixed(&self, at: usize) -> bool {
        let next = self.fixed.partition_point(|range| range.end <= at);
        self.fixed.get(next).is_some_and(|range| range.start <= at)
    }
}

/// Finds the names of title and body.
pub(super) fn names(page: &Page<'_>, small: &Small, frame: &Frame, marks: &[Quoted]) -> Names {
    let mut reader = Reader { page, small, found: Vec::new() };
    let mut fixed: Vec<Range<usize>> = Vec::new();
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
    let nouns = page.lexicon.grammar().nouns_capitalised;
    while at < page.len() {
        if at >= headline_until {
            headline_until = page.paragraph_end(at).max(at + 1);
            headline = !nouns && is_headline(page, at, headline_until);
        }
        let token = page.token(at);
        let framed = lines.iter().flatten().find(|(line, ..)| line.0 == at && line.1 > at);
        if let Some((line, place, outlet)) = framed {
            reader.framed(*line, *place, *outlet);
            fixed.push(line.0..line.1);
            at = line.1;
            continue;
        }
        if token.shape == Shape::Uncased {
            at = reader.uncased(at);
        } else if is_named(page, at) {
            let end = run_end(page, at);
            let start = at;
            while work.is_some_and(|mark| mark.close < at) {
                work = works.next();
            }
            let in_work = work.is_some_and(|mark| mark.open < at);
            at = if in_work {
                reader.work(at, end)
            } else if headline {
                reader.headline(at, end)
            } else if nouns {
                reader.noun_run(at, end)
            } else {
                reader.run(at, end)
            }
            .max(at + 1);
            if in_work || headline {
                fixed.push(start..at);
            }
        } else {
            at += 1;
        }
    }
    reader.explained();
    country::settle(page, &mut reader.found);
    Names { found: reader.found, fixed }
}

/// Whether a token can be part of a name by its letters.
pub(super) fn is_named(page: &Page<'_>, at: usize) -> bool {
    page.place(at).named
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
        // A particle may be a phrase: "a/l".
        let mut next = end + 1;
        while page.has(next, Class::INNER) && page.has(next, Class::PARTICLE) {
            next += 1;
        }
        if is_named(page, end) {
            end += 1;
            // "Workers' Union", "People's Party".
            let apostrophe = matches!(page.token(end).sign(), '\'' | '’');
            let owned = apostrophe && page.word(end - 1).ends_with('s')
                || matches!(page.word(end), "'s" | "’s") && page.has(end - 1, Class::GROUP);
            if owned
                && page.token(end).gap == Gap::None
                && page.has(end + 1, Class::ORG_TAIL)
                && page.token(end + 1).gap == Gap::Space
                && page.token(end + 1).is_capital()
            {
                end += 2;
            }
        } else if page.has(end, Class::PARTICLE)
            && is_named(page, next)
            && page.token(next).gap == Gap::Space
            && !(page.has(end, Class::OF) && page.has(next, Class::PORTFOLIO))
            && joins(page, end)
        {
            end = next + 1;
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

/// Whether a family name follows a particle.
fn named_next(page: &Page<'_>, particle: usize) -> bool {
    page.gazetteer.word(page.token(particle + 1).hash).is_some_and(|known| known.sense.has(Sense::SURNAME))
}

/// Whether a particle is one of a name where it is also an article or a preposition: "Jan de Vries", "Silva de
/// Andrade", but not "Sprecherin der Polizei" and "presidente de Brasil".
fn joins(page: &Page<'_>, particle: usize) -> bool {
    let before = particle.wrapping_sub(1);
    let name = Sense::GIVEN.or(Sense::SURNAME);
    let named = || {
        page.token(before).shape == Shape::Initial
            || page.has(before, Class::PARTICLE)
            || page.gazetteer.word(page.token(before).hash).is_some_and(|known| known.sense.has(name))
    };
    let given = |at: usize| {
        page.gazetteer.word(page.token(at).hash).is_some_and(|known| known.sense.has(Sense::GIVEN))
    };
    // "Otto Hageman van Vrije Horizon": the name is whole already.
    let whole = || given(before.wrapping_sub(1)) && !named_next(page, particle);
    let office = Class::ROLE | Class::PORTFOLIO | Class::ORG_HEAD | Class::ORG_TAIL | Class::STOP;
    let plain = || {
        !page.has(before, office)
            && !page.has(particle + 1, Class::ORG_HEAD | Class::ORG_NOUN | Class::PLACE_NOUN)
    };
    match page.class(particle) {
        // "sagte Otto Haas der Zeitung": where nouns have capitals the article is no sign of a name.
        class if class.has(Class::DEMONSTRATIVE) => {
            named() && !(page.lexicon.grammar().nouns_capitalised && whole())
        }
        class if class.has(Class::OF) => plain() && !whole(),
        _ => true,
    }
}

/// Whether most words of a short paragraph begin with capitals.
fn is_headline(page: &Page<'_>, start: usize, end: usize) -> bool {
    // "(Reporting by Ann Poe; Editing by Tom Reddick)".
    if end - start > 40
        || page.token(start).is('(')
        || matches!(page.token(end - 1).sign(), '.' | ':' | ',' | ';')
    {
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
    small: &'p Small,
    found: Vec<Name>,
}

impl Reader<'_, '_> {
    pub(super) fn push(&mut self, first: usize, last: usize, kind: Option<Kind>, confidence: u8, rule: Rule) {
        self.found.push(Name::new(first, last, kind, confidence, rule));
    }

    pub(super) fn push_country(
        &mut self,
        first: usize,
        last: usize,
        country: Option<Country>,
        form: Form,
        confidence: u8,
    ) {
        let rule = match form {
            Form::Nested => Rule::Inside,
            Form::Adjective => Rule::Demonym,
            _ => Rule::CountryList,
        };
        self.found.push(Name {
            country,
            form,
            ..Name::new(first, last, Some(Kind::Country), confidence, rule)
        });
    }
}
