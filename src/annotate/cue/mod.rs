//! Cues: who is named as the speaker beside a quotation, and what kind of quotation it is.

mod left;
mod noun;
mod right;
mod subject;

pub(super) use left::left;
pub(super) use noun::{is_genitive, owns};
pub(super) use right::right;
pub(super) use subject::oblique;

use super::marks::Quoted;
use super::page::Page;
use crate::article::{QuoteKind, Rule};
use crate::words::{Class, Gap, Shape};

/// Who a cue points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::annotate) enum Who {
    /// A mention by name, by its position among the references.
    Named(usize),
    /// A pronoun, or a cue that ends in one.
    Pronoun(usize),
    /// An office alone, in tokens.
    Office(usize, usize),
    /// An institution by its common noun: "kementerian itu", "the company".
    Body(usize),
    /// Whoever spoke before ("the statement added").
    Same,
    /// Someone who is nobody by name ("said residents").
    Nobody,
}

impl Who {
    /// The rule of a cue: `named` when it names someone, else `other`.
    fn rule(self, named: Rule, other: Rule) -> Rule {
        if matches!(self, Who::Named(_)) { named } else { other }
    }
}

/// A cue and whom it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::annotate) struct Cue {
    pub cue: Option<(usize, usize)>,
    pub who: Who,
    /// "menurut X": who passed the words on, or said them if nobody better did.
    pub relay: Option<Who>,
    /// Whether only a relay was found.
    pub relay_only: bool,
    pub confidence: u8,
    /// What found it.
    pub rule: Rule,
}

/// What stands between two marks.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::annotate) struct Content {
    pub words: usize,
    /// Whether it begins with a capital or a figure.
    pub capital: bool,
    /// Whether it ends with a sign of its own.
    pub firm: bool,
    /// Whether most of its words begin with capitals.
    pub titled: bool,
}

/// Whether a pronoun or a title is a woman's (or a man's).
pub(in crate::annotate) fn gender(class: Class) -> Option<bool> {
    match (class.has(Class::FEMALE), class.has(Class::MALE)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Looks at what is quoted.
pub(in crate::annotate) fn content(page: &Page<'_>, mark: Quoted) -> Content {
    let mut content = Content::default();
    let (mut long, mut capitals) = (0, 0);
    let end = mark.end();
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
    content.firm = mark.lost
        || matches!(page.token(end - 1).sign(), ',' | '.' | '!' | '?' | '…' | '—' | '–' | '”' | '’' | '\'')
        || !mark.closed
        || content.capital
            && page.token(mark.close + 1).is('.')
            && page.sentence_start(mark.open) == mark.open;
    content.titled = !page.lexicon.grammar().nouns_capitalised
        && (long >= 2 && capitals * 10 >= long * 8 || long == 1 && capitals == 1 && content.words == 1);
    content
}

/// Whether a quotation that follows another one's cue is its next part: “A,” kata X, “b.”
pub(in crate::annotate) fn goes_on(page: &Page<'_>, close: usize, open: usize, content: Content) -> bool {
    let comma = page.token(open.wrapping_sub(1)).is(',') || page.token(open.wrapping_sub(1)).is_word();
    let same = page.place(close).paragraph == page.place(open).paragraph;
    let first_half = matches!(page.token(close.wrapping_sub(1)).sign(), ',' | '…' | '—' | '–')
        || page.token(close.wrapping_sub(1)).is_word() && page.token(close + 1).is(',');
    same && comma
        && first_half
        && page.same_sentence(close + 1, open.wrapping_sub(1))
        && open - close < 60
        && content.words > 0
        && !page.token(open.wrapping_sub(1)).is('.')
}

/// Whether a cue is a verb of judging, whose object may be quoted.
fn judged(page: &Page<'_>, cue: Option<Cue>) -> bool {
    cue.and_then(|cue| cue.cue).is_some_and(|(verb, _)| page.has(verb, Class::JUDGE))
}

/// What kind of quotation it is; `None` for titles of works, names and scare quotes.
pub(in crate::annotate) fn kind(
    page: &Page<'_>,
    mark: Quoted,
    content: Content,
    right: Option<Cue>,
    left: Option<Cue>,
) -> Option<(QuoteKind, Rule)> {
    if content.words == 0 {
        return None;
    }
    let before = mark.open.wrapping_sub(1);
    let near = page.place(before).sentence == page.place(mark.open).sentence && page.place(before).quote == 0;
    let separated = matches!(page.token(before).sign(), ',' | ':');
    let cued_right = right.is_some_and(|cue| !cue.relay_only);
    if !mark.closed {
        return Some((QuoteKind::Direct, Rule::OverParagraphs));
    }
    let work = near
        && (page.has(before, Class::WORK)
            || page.has(before, Class::SO_CALLED) && !page.has(before, Class::SPEECH))
        && !separated
        && left.is_none_or(|cue| cue.rule != Rule::PassiveBy);
    let work_further = near
        && !separated
        && content.titled
        && (before.saturating_sub(4)..before)
            .any(|at| page.has(at, Class::WORK) && page.same_sentence(at, mark.open));
    let nouns = page.lexicon.grammar().nouns_capitalised;
    // „Neue Zeitung“, and „Neuen Presse“ behind an article, in a language where every noun has a capital.
    let outlet = page.has(mark.open + 1, Class::OUTLET)
        || page.has(mark.close - 1, Class::OUTLET | Class::PRESS)
        || content.capital && near && page.has(before, Class::DEMONSTRATIVE) && !judged(page, left);
    if nouns && outlet && content.words <= 4 && !content.firm && !cued_right {
        return None;
    }
    let strong = content.firm && content.words >= 3 && !content.titled;
    // "noemde het plan ‘een lege doos’": what is judged is no title, which has a capital.
    let verdict = judged(page, left) && !content.capital && !page.has(before, Class::SO_CALLED);
    if (work || work_further) && !verdict && !(cued_right && content.firm) && !(strong && content.words >= 8)
    {
        return None;
    }
    if content.titled && content.words >= 2 && !content.firm && !cued_right && !(separated && left.is_some())
    {
        return None;
    }
    // A list of sources: “Title” — Paper, date.
    let cited = matches!(page.token(mark.close + 1).sign(), '—' | '–' | '-')
        && page.token(mark.close + 1).gap > Gap::None
        && page.token(mark.close + 2).is_capital()
        && !content.firm
        && left.is_none();
    if cited && !cued_right {
        return None;
    }
    // «No hay prisa», and whatever follows.
    let begins = page.sentence_start(mark.open).max(mark.open.saturating_sub(40));
    let opens = (begins..mark.open).all(|at| !page.token(at).is_word());
    let opening = opens && page.token(mark.close + 1).is(',');
    if opening && content.capital && content.words >= 3 && !content.titled {
        return Some((QuoteKind::Direct, Rule::OpensSentence));
    }
    // "The tenth, he conceded, “is …”", "Patahan itu, “belum pernah dipetakan,” kata Hanamura."
    let predicate = near
        && left.is_none()
        && cued_right
        && (begins..mark.open).filter(|&at| page.token(at).is_word()).count() >= 2;
    if !content.capital && (predicate || left.is_some_and(|cue| cue.rule == Rule::CueAside)) {
        return Some((QuoteKind::Fragment, Rule::PredicateQuoted));
    }
    if cued_right && (content.firm || content.capital || content.words >= 4 && (opens || separated)) {
        return Some((QuoteKind::Direct, Rule::ToldBehind));
    }
    if separated
        && left.is_some_and(|cue| !cue.relay_only || content.words >= 4)
        && (content.capital || content.firm || content.words >= 5)
    {
        return Some((QuoteKind::Direct, Rule::ToldBefore));
    }
    // ‘Twee!’, a sentence of its own behind another of the paragraph.
    let sentence = opens
        && matches!(page.token(mark.close - 1).sign(), '!' | '?' | '.')
        && !page.same_sentence(mark.close, mark.close + 1)
        && page.token(mark.open).gap < Gap::Line;
    if content.firm && content.capital && (content.words >= 2 || sentence) {
        return Some((QuoteKind::Direct, Rule::WholeSentence));
    }
    let told = near && (page.has(before, Class::SPEECH) || separated && left.is_some());
    let least = if told { 3 } else { 5 };
    // "said the company was “deeply sorry for the distress.”": words of the clause, whatever the house's full stops.
    let clause = near
        && !separated
        && !content.capital
        && page.token(before).is_word()
        && !page.has(before, Class::SPEECH | Class::COMPLEMENT);
    if content.firm
        && !clause
        && content.words >= least
        && matches!(page.token(mark.close - 1).sign(), '.' | '!' | '?')
    {
        return Some((QuoteKind::Direct, Rule::EndsSentence));
    }
    // "Seine Antwort: „Nein.“", "Da sagte er: „Niemals“".
    let colon = page.token(before).is(':') && near && content.capital;
    if colon && (content.firm || (begins..before).any(|at| page.has(at, Class::SPEECH))) {
        return Some((QuoteKind::Direct, Rule::BehindColon));
    }
    let whole = page.token(mark.close + 1).is('.') || !page.same_sentence(mark.close, mark.close + 1);
    let whole = whole && (!nouns || opens);
    if content.capital
        && content.words >= 6
        && (whole || left.is_some() || near && !nouns && !page.place(mark.open).opens)
    {
        return Some((QuoteKind::Direct, Rule::LongAndCapital));
    }
    if left.is_some() || cued_right {
        return Some((QuoteKind::Fragment, Rule::PredicateQuoted));
    }
    (content.words >= 4 && !content.titled && !(nouns && content.capital))
        .then_some((QuoteKind::Fragment, Rule::WordsQuoted))
}
