//! Cues: who is named as the speaker beside a quotation, and what kind of quotation it is.

use super::cast::Cast;
use super::marks::Quoted;
use super::page::Page;
use crate::article::{Form, Kind, QuoteKind};
use crate::words::{Class, Gap, Shape};

/// Who a cue points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A mention by name, by its position among the references.
    Named(usize),
    /// A pronoun, or a cue that ends in one.
    Pronoun(usize),
    /// An office alone, in tokens.
    Office(usize, usize),
    /// Whoever spoke before ("the statement added").
    Same,
    /// Someone who is nobody by name ("said residents").
    Nobody,
}

/// A cue and whom it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub cue: Option<(usize, usize)>,
    pub who: Who,
    /// "menurut X": who passed the words on, or said them if nobody better did.
    pub relay: Option<Who>,
    /// Whether only a relay was found.
    pub relay_only: bool,
    pub confidence: u8,
}

/// What stands between two marks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Content {
    pub words: usize,
    /// Whether it begins with a capital or a figure.
    pub capital: bool,
    /// Whether it ends with a sign of its own.
    pub firm: bool,
    /// Whether most of its words begin with capitals.
    pub titled: bool,
}

/// Whether a pronoun or a title is a woman's (or a man's).
pub(super) fn gender(class: Class) -> Option<bool> {
    match (class.has(Class::FEMALE), class.has(Class::MALE)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Looks at what is quoted.
pub(super) fn content(page: &Page<'_>, mark: Quoted) -> Content {
    let mut content = Content::default();
    let (mut long, mut capitals) = (0, 0);
    let end = if mark.closed { mark.close } else { mark.close + 1 };
    let mut first = true;
    for at in mark.open + 1..end {
        let token = page.token(at);
        if !token.is_word() {
            continue;
        }
        content.words += 1;
        if first {
            content.capital = token.shape != Shape::Lower;
            first = false;
        }
        if token.len() > 3 {
            long += 1;
            capitals += usize::from(token.is_capital());
        }
        if content.words > 40 {
            break;
        }
    }
    content.firm =
        matches!(page.token(end - 1).sign(), ',' | '.' | '!' | '?' | '…' | '—' | '–' | '”' | '’' | '\'')
            || !mark.closed;
    content.titled =
        long >= 2 && capitals * 10 >= long * 8 || long == 1 && capitals == 1 && content.words == 1;
    content
}

/// Whether a mention stands behind a preposition and so is no subject.
pub(super) fn oblique(page: &Page<'_>, first: usize) -> bool {
    let mut at = first;
    // Back over the office and the honorifics before the name.
    while at > 0 && first - at < 8 {
        let class = page.class(at - 1);
        if page.token(at).gap == Gap::Space
            && (class.has(Class::ROLE | Class::PORTFOLIO | Class::HONORIFIC | Class::PERSON_NOUN)
                || page.token(at - 1).is_capital()
                    && page.token(at - 1).shape != Shape::Initial
                    && !page.place(at - 1).opens)
            && !class.has(Class::OBLIQUE | Class::BY)
        {
            at -= 1;
        } else {
            break;
        }
    }
    at > 0
        && page.same_sentence(at - 1, first)
        && page.has(at - 1, Class::OBLIQUE | Class::BY | Class::LOCATIVE)
        && !page.has(at - 1, Class::RELAY)
}

/// The first reference that begins at `from` or later and before `to`, by its position.
fn reference_from(cast: &Cast, from: usize, to: usize) -> Option<usize> {
    let at = cast.references.partition_point(|reference| reference.first < from);
    cast.references.get(at).filter(|reference| reference.first < to).map(|_| at)
}

fn speaks(cast: &Cast, reference: usize) -> bool {
    cast.references.get(reference).is_some_and(|reference| {
        matches!(reference.kind, Kind::Person | Kind::Organisation) && reference.form == Form::Name
    })
}

/// The cue behind a quotation.
pub(super) fn right(page: &Page<'_>, cast: &Cast, mark: Quoted, next_open: usize) -> Option<Cue> {
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
    let before = page.token(close.wrapping_sub(1)).sign();
    let mut end = page.sentence_end(at).min(next_open).min(at + 60);
    if new_sentence {
        // “Really?” Baird asked. – and nothing else.
        if !matches!(before, '?' | '!' | ',' | '…') {
            return None;
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
    if class.has(Class::RELAY) && !class.has(Class::ROOT)
        || class.has(Class::RELAY) && class.has(Class::INNER)
    {
        let relay = relayed(page, cast, at, end)?;
        return Some(Cue { cue: None, who: relay, relay: Some(relay), relay_only: true, confidence: 80 });
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
        });
    }
    let verb_first =
        class.has(Class::ROOT) && page.lexicon.verb_first() || class.has(Class::SPEECH | Class::PASSIVE);
    if verb_first {
        let cue = Some((at, cue_end));
        if let Some((who, after)) = subject_after(page, cast, cue_end + 1, end) {
            let relay = relay_in(page, cast, after, end);
            return Some(Cue {
                cue,
                who,
                relay,
                relay_only: false,
                confidence: if matches!(who, Who::Named(_)) { 95 } else { 85 },
            });
        }
        return Some(Cue {
            cue,
            who: Who::Nobody,
            relay: relay_in(page, cast, cue_end + 1, end),
            relay_only: false,
            confidence: 60,
        });
    }
    // X said.
    let (who, after) = subject_before_verb(page, cast, at, end)?;
    let relay = relay_in(page, cast, after.1 + 1, end);
    let told = told(page, cast, after, end);
    Some(Cue { cue: Some(after), who, relay: relay.or(told), relay_only: false, confidence: 93 })
}

/// The last token of the phrase of the lexicon that begins at `at`.
fn phrase_end(page: &Page<'_>, at: usize) -> usize {
    let mut end = at;
    while page.has(end + 1, Class::INNER) && page.same_sentence(at, end + 1) {
        end += 1;
    }
    end
}

/// "told Meridian Wire": an outlet that was told passes the words on.
fn told(page: &Page<'_>, cast: &Cast, verb: (usize, usize), end: usize) -> Option<Who> {
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
fn relayed(page: &Page<'_>, cast: &Cast, at: usize, end: usize) -> Option<Who> {
    let after = phrase_end(page, at) + 1;
    if page.has(at, Class::SUFFIXED) {
        return Some(Who::Pronoun(at));
    }
    if page.has(after, Class::PRONOUN) {
        return Some(Who::Pronoun(after));
    }
    subject_after(page, cast, after, end.min(after + 16))
        .map(|(who, _)| who)
        .filter(|who| matches!(who, Who::Named(_)))
}

/// A relay word and whom it names, between two tokens.
fn relay_in(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> Option<Who> {
    let at =
        (from..end.min(from + 24)).find(|&at| page.has(at, Class::RELAY) && !page.has(at, Class::INNER))?;
    relayed(page, cast, at, end)
}

/// The subject behind a verb ("kata X", "said X"), and where it ends.
fn subject_after(page: &Page<'_>, cast: &Cast, from: usize, end: usize) -> Option<(Who, usize)> {
    let mut at = from;
    let mut office = None;
    let mut organisation = None;
    let mut commas = 0;
    let limit = end.min(from + 40);
    while at < limit {
        let class = page.class(at);
        if at == from && class.has(Class::PRONOUN)
            || class.has(Class::PRONOUN)
                && at < from + 3
                && page.token(at).shape == Shape::Lower
                && office.is_none()
                && !class.has(Class::INNER)
                && page.lexicon.verb_first()
        {
            return Some((Who::Pronoun(at), at + 1));
        }
        if let Some(reference) = reference_from(cast, at, at + 1) {
            let found = cast.references.get(reference)?;
            if found.kind == Kind::Person && found.form == Form::Name {
                return Some((Who::Named(reference), found.last + 1));
            }
            if found.kind == Kind::Organisation && organisation.is_none() && commas == 0 {
                organisation = Some((reference, found.last + 1));
            }
            at = if found.kind == Kind::Organisation { found.last + 1 } else { at + 1 };
            continue;
        }
        if class.has(Class::GROUP)
            && at == from
            && page.token(at).shape == Shape::Lower
            && !class.has(Class::ROLE)
        {
            return Some((Who::Nobody, at + 1));
        }
        if class.has(Class::DOCUMENT) && at <= from + 1 {
            let organisation =
                reference_from(cast, at, limit.min(at + 8)).filter(|&reference| speaks(cast, reference));
            if organisation.is_none() {
                return Some((Who::Same, at + 1));
            }
        }
        if class.has(Class::ROLE) && office.is_none() && commas == 0 {
            office = Some(at);
        }
        match page.token(at).sign() {
            ',' => {
                commas += 1;
                // "kata juru bicara Kementerian X, Ani Beta,": a name right behind the comma.
                let named = office.is_some()
                    && reference_from(cast, at + 1, at + 2).is_some_and(|reference| {
                        cast.references.get(reference).is_some_and(|reference| reference.kind == Kind::Person)
                    });
                if !named {
                    break;
                }
            }
            '\0' | '(' | ')' | '.' | '/' | '-' | '&' | '\'' => {}
            _ => break,
        }
        let clause = class.has(Class::RELAY | Class::CONJUNCTION | Class::RELATIVE)
            && at > from
            && page.token(at).shape == Shape::Lower
            && !(class.has(Class::CONJUNCTION) && page.token(at + 1).is_capital());
        let oblique = class.has(Class::OBLIQUE)
            && page.token(at).shape == Shape::Lower
            && !class.has(Class::BY)
            && organisation.is_none()
            && office.is_none();
        if clause || oblique && at >= from {
            break;
        }
        if class.has(Class::OBLIQUE)
            && (organisation.is_some() || office.is_some())
            && page.token(at).shape == Shape::Lower
            && !matches!(page.word(at), "of" | "for" | "from" | "dari" | "untuk" | "at")
        {
            break;
        }
        at += 1;
    }
    if let (Some((reference, after)), None) = (organisation, office) {
        return Some((Who::Named(reference), after));
    }
    if let Some(office) = office {
        if let Some((reference, _)) = organisation
            && cast.references.get(reference).is_some_and(|reference| reference.first < office)
        {
            return Some((Who::Named(reference), at));
        }
        let mut last = office;
        while last + 1 < at && (page.has(last + 1, Class::ROLE | Class::PORTFOLIO | Class::INNER)) {
            last += 1;
        }
        return Some((Who::Office(office, last), at));
    }
    None
}

/// The subject before a verb behind a quotation ("X, editor at large, said"), and the verb.
fn subject_before_verb(
    page: &Page<'_>,
    cast: &Cast,
    from: usize,
    end: usize,
) -> Option<(Who, (usize, usize))> {
    let mut at = from;
    let mut who = None;
    let mut office = None;
    while at < end.min(from + 32) {
        let class = page.class(at);
        if class.has(Class::SPEECH) && at > from && page.token(at).shape == Shape::Lower {
            let who = who.or(office.map(|office| Who::Office(office, at - 1)))?;
            return Some((who, (at, phrase_end(page, at))));
        }
        if who.is_none() {
            if class.has(Class::PRONOUN) && at < from + 2 && !class.has(Class::INNER) {
                who = Some(Who::Pronoun(at));
            } else if class.has(Class::GROUP | Class::PLURAL)
                && page.token(at).shape == Shape::Lower
                && at < from + 4
            {
                who = Some(Who::Nobody);
            } else if class.has(Class::DOCUMENT) && at < from + 3 {
                who = Some(Who::Same);
            } else if let Some(reference) = reference_from(cast, at, at + 1)
                && speaks(cast, reference)
            {
                let person =
                    cast.references.get(reference).is_some_and(|reference| reference.kind == Kind::Person);
                let later = reference_from(cast, at + 1, at + 8).filter(|&next| {
                    cast.references.get(next).is_some_and(|next| {
                        next.kind == Kind::Person
                            && (at + 1..next.first).all(|at| {
                                page.token(at).is_word() && !page.has(at, Class::SPEECH | Class::OBLIQUE)
                            })
                    })
                });
                if person {
                    who = Some(Who::Named(reference));
                } else if let Some(later) = later {
                    who = Some(Who::Named(later));
                } else {
                    who = Some(Who::Named(reference));
                }
            } else if class.has(Class::ROLE) && office.is_none() {
                office = Some(at);
            }
        }
        if who.is_none() && at > from + 10 {
            return None;
        }
        if matches!(page.token(at).sign(), '.' | ';' | ':' | '“' | '"') {
            return None;
        }
        at += 1;
    }
    None
}

/// The cue before a quotation.
pub(super) fn left(page: &Page<'_>, cast: &Cast, mark: Quoted, previous_close: usize) -> Option<Cue> {
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
        page.has(at, Class::SPEECH | Class::JUDGE | Class::PASSIVE)
            && !page.has(at, Class::INNER)
            && page.token(at).shape == Shape::Lower
            && page.place(at).quote == 0
    });
    let relay_at = (low..end)
        .find(|&at| page.has(at, Class::RELAY) && !page.has(at, Class::INNER) && page.place(at).quote == 0);
    let relay = relay_at.and_then(|at| relayed(page, cast, at, end));
    if let Some(verb) = verb {
        let cue = (verb, phrase_end(page, verb));
        // Passive: "yang oleh X disebut", "disebut X sebagai".
        if page.has(verb, Class::PASSIVE) || page.has(verb, Class::ROOT) {
            let by = (low..end).find(|&at| page.has(at, Class::BY));
            let after = by.map_or(cue.1 + 1, |by| by + 1);
            if let Some((who, _)) = subject_after(page, cast, after, end)
                && matches!(who, Who::Named(_))
            {
                return Some(Cue { cue: Some(cue), who, relay: None, relay_only: false, confidence: 80 });
            }
            if page.has(verb, Class::PASSIVE) && !page.has(verb, Class::SPEECH) {
                return relay.map(|relay| Cue {
                    cue: None,
                    who: relay,
                    relay: Some(relay),
                    relay_only: true,
                    confidence: 75,
                });
            }
        }
        let from = begins.max(page.first).max(verb.saturating_sub(80)).min(low);
        if let Some(who) = subject_before(page, cast, from, verb) {
            let who_is_relay = relay == Some(who) && relay_at.is_some_and(|at| at < verb);
            let confidence = if page.has(verb, Class::SPEECH) { 90 } else { 80 };
            return Some(Cue {
                cue: Some(cue),
                who,
                relay: relay.filter(|_| !who_is_relay),
                relay_only: false,
                confidence,
            });
        }
        if let Some(relay) = relay {
            return Some(Cue { cue: None, who: relay, relay: Some(relay), relay_only: true, confidence: 75 });
        }
        // "said X: “…”", "kata X: “…”".
        if let Some((who, _)) = subject_after(page, cast, cue.1 + 1, end)
            && colon
            && matches!(who, Who::Named(_))
        {
            return Some(Cue { cue: Some(cue), who, relay: None, relay_only: false, confidence: 80 });
        }
        if page.has(verb, Class::SPEECH) && (low..verb).any(|at| page.has(at, Class::GROUP | Class::PLURAL)) {
            return Some(Cue {
                cue: Some(cue),
                who: Who::Nobody,
                relay: None,
                relay_only: false,
                confidence: 60,
            });
        }
        return None;
    }
    if let Some(relay) = relay {
        return Some(Cue { cue: None, who: relay, relay: Some(relay), relay_only: true, confidence: 82 });
    }
    // A bare root before its subject: "Kata X, “…”".
    if let Some(root) = (low..end).find(|&at| page.has(at, Class::ROOT) && page.lexicon.verb_first())
        && let Some((who, _)) = subject_after(page, cast, root + 1, end)
        && (matches!(separator, ':' | ',') || matches!(who, Who::Named(_)))
        && root <= low + 1
    {
        return Some(Cue { cue: Some((root, root)), who, relay: None, relay_only: false, confidence: 80 });
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
            });
        }
    }
    None
}

/// The subject before a verb: the nearest mention, pronoun or office that no preposition governs.
fn subject_before(page: &Page<'_>, cast: &Cast, low: usize, verb: usize) -> Option<Who> {
    let mut at = verb;
    let mut reference = cast.references.partition_point(|reference| reference.first < verb);
    let mut fallback = None;
    while at > low {
        at -= 1;
        if page.place(at).quote != 0 {
            continue;
        }
        while let Some(before) = reference.checked_sub(1).and_then(|index| cast.references.get(index)) {
            if before.first <= at {
                break;
            }
            reference -= 1;
        }
        let here = reference
            .checked_sub(1)
            .filter(|&index| cast.references.get(index).is_some_and(|found| found.first == at));
        if let Some(index) = here
            && let Some(found) = cast.references.get(index)
        {
            if found.form == Form::Name && !oblique(page, at) {
                match found.kind {
                    Kind::Person => return Some(Who::Named(index)),
                    Kind::Organisation if fallback.is_none() => fallback = Some(Who::Named(index)),
                    _ => {}
                }
            }
            reference -= 1;
            continue;
        }
        let class = page.class(at);
        if class.has(Class::PRONOUN)
            && !class.has(Class::INNER)
            && (page.token(at).shape == Shape::Lower || page.place(at).opens)
            && !(class.has(Class::OBLIQUE))
            && fallback.is_none()
        {
            let subject = !matches!(
                page.word(at),
                "him" | "her" | "his" | "hers" | "himself" | "herself" | "Him" | "Her" | "His"
            );
            if subject && !page.has(at.wrapping_sub(1), Class::OBLIQUE) {
                return Some(Who::Pronoun(at));
            }
        }
        if matches!(page.token(at).sign(), ';' | ':') {
            break;
        }
    }
    if fallback.is_some() {
        return fallback;
    }
    // An office alone: "Perdana Menteri itu mengatakan", "the minister said".
    let office = (low..verb).find(|&at| {
        page.has(at, Class::ROLE)
            && !page.has(at, Class::INNER)
            && !page.has(at.wrapping_sub(1), Class::OBLIQUE)
    })?;
    let mut last = office;
    while last + 1 < verb && page.has(last + 1, Class::ROLE | Class::PORTFOLIO | Class::INNER) {
        last += 1;
    }
    Some(Who::Office(office, last))
}

/// Whether a quotation that follows another one's cue is its next part: “A,” kata X, “b.”
pub(super) fn goes_on(page: &Page<'_>, close: usize, open: usize, content: Content) -> bool {
    let comma = page.token(open.wrapping_sub(1)).is(',') || page.token(open.wrapping_sub(1)).is_word();
    let same = page.place(close).paragraph == page.place(open).paragraph;
    let first_half = matches!(page.token(close.wrapping_sub(1)).sign(), ',' | '…' | '—' | '–')
        || page.token(close.wrapping_sub(1)).is_word() && page.token(close + 1).is(',');
    same && comma
        && first_half
        && open - close < 60
        && content.words > 0
        && !page.token(open.wrapping_sub(1)).is('.')
}

/// What kind of quotation it is; `None` for titles of works, names and scare quotes.
pub(super) fn kind(
    page: &Page<'_>,
    mark: Quoted,
    content: Content,
    right: Option<Cue>,
    left: Option<Cue>,
) -> Option<QuoteKind> {
    if content.words == 0 {
        return None;
    }
    let before = mark.open.wrapping_sub(1);
    let near = page.place(before).sentence == page.place(mark.open).sentence && page.place(before).quote == 0;
    let separated = matches!(page.token(before).sign(), ',' | ':');
    let cued_right = right.is_some_and(|cue| !cue.relay_only);
    if !mark.closed {
        return Some(QuoteKind::Direct);
    }
    let work = near
        && (page.has(before, Class::WORK)
            || page.has(before, Class::SO_CALLED) && !page.has(before, Class::SPEECH))
        && !separated;
    let work_further = near
        && !separated
        && content.titled
        && (before.saturating_sub(4)..before)
            .any(|at| page.has(at, Class::WORK) && page.same_sentence(at, mark.open));
    let strong = content.firm && content.words >= 3 && !content.titled;
    if (work || work_further) && !(cued_right && content.firm) && !(strong && content.words >= 8) {
        return None;
    }
    if content.titled && content.words >= 2 && !content.firm && !cued_right && !(separated && left.is_some())
    {
        return None;
    }
    if cued_right && (content.firm || content.capital || content.words >= 4) {
        return Some(QuoteKind::Direct);
    }
    if separated
        && left.is_some_and(|cue| !cue.relay_only || content.words >= 4)
        && (content.capital || content.firm || content.words >= 5)
    {
        return Some(QuoteKind::Direct);
    }
    if content.firm && content.capital && content.words >= 2 {
        return Some(QuoteKind::Direct);
    }
    if content.firm && content.words >= 5 && matches!(page.token(mark.close - 1).sign(), '.' | '!' | '?') {
        return Some(QuoteKind::Direct);
    }
    let whole = page.token(mark.close + 1).is('.') || !page.same_sentence(mark.close, mark.close + 1);
    if content.capital
        && content.words >= 6
        && (whole || left.is_some() || near && !page.place(mark.open).opens)
    {
        return Some(QuoteKind::Direct);
    }
    if left.is_some() || cued_right {
        return Some(QuoteKind::Fragment);
    }
    (content.words >= 4 && !content.titled).then_some(QuoteKind::Fragment)
}
