//! Quotations whose closing mark is lost: house style tells where they end.

use super::Quoted;
use crate::annotate::page::Page;
use crate::words::Class;

/// The quotation that opens at `open` and that nothing closes before `end`: it ends with the sign before the cue behind
/// it, else, if `whole`, with its paragraph, which it must then end as a sentence does.
pub(super) fn recovered(page: &Page<'_>, open: usize, end: usize, whole: bool) -> Option<Quoted> {
    let quoted = |close| Quoted { open, close, closed: true, continued: false, lost: true };
    if let Some(cue) = cue_within(page, open, end, false) {
        return Some(quoted(cue - 1));
    }
    let begins =
        page.sentence_start(open) == open || matches!(page.token(open.wrapping_sub(1)).sign(), ',' | ':');
    let ends = matches!(page.token(end.wrapping_sub(1)).sign(), '.' | '!' | '?');
    let goes_on = page.token(open.wrapping_sub(1)).is(',');
    let told = goes_on || page.token(open.wrapping_sub(1)).is(':');
    let whole = whole && begins && ends && end - open > if told { 2 } else { 4 };
    (whole && (goes_on || page.token(open + 1).is_capital())).then(|| quoted(end - 1))
}

/// Leaves the comma before a cue out of what is quoted, where this paper sets its commas behind the marks.
pub(super) fn set_commas_outside(page: &Page<'_>, found: &mut [Quoted]) {
    let closed = || found.iter().filter(|quoted| quoted.closed && !quoted.lost);
    let outside = closed().filter(|quoted| page.token(quoted.close + 1).is(',')).count();
    let inside = closed().filter(|quoted| page.token(quoted.close.wrapping_sub(1)).is(',')).count();
    let outside = if outside == inside { page.lexicon.grammar().comma_outside } else { outside > inside };
    for quoted in found.iter_mut().filter(|quoted| quoted.lost && outside) {
        if page.token(quoted.close).is(',') {
            quoted.close -= 1;
        }
    }
}

/// The cue in an unclosed quotation, which shows that its closing mark is lost rather than left out; `sure`: one that
/// nobody would cite within speech.
pub(super) fn cue_within(page: &Page<'_>, open: usize, end: usize, sure: bool) -> Option<usize> {
    let says = |at: usize| page.has(at, Class::ROOT | Class::SPEECH);
    (open + 2..end).find(|&at| {
        let comma = page.token(at - 1).is(',');
        let next = at + 1;
        let named = page.token(next).is_capital() || page.has(next, Class::PRONOUN);
        if sure {
            return comma && says(at) && (page.has(at, Class::SUFFIXED) || named);
        }
        let signs = |sign: char| matches!(sign, '?' | '!' | '…');
        let nested = page.token(at - 1).is('’') && signs(page.token(at - 2).sign()) && says(at);
        if !comma && !nested && !signs(page.token(at - 1).sign()) {
            return false;
        }
        let subject = named
            || page.has(
                next,
                Class::ROLE | Class::GROUP | Class::COMPLEMENT | Class::DEMONSTRATIVE | Class::POSSESSIVE,
            );
        // "kata X", "said X", "ujarnya"; "she said", "Ada Berg said".
        let plain = page.lexicon.verb_first() && page.has(at, Class::ROOT)
            || page.has(at, Class::RELAY | Class::PASSIVE) && comma;
        let verb_first = plain || says(at) && (page.has(at, Class::SUFFIXED) || subject);
        // "doctor Souleymane Garba told".
        let titled = page.has(at, Class::ROLE | Class::PERSON_NOUN) && page.token(next).is_capital();
        let named = page.has(at, Class::PRONOUN) || page.token(at).is_capital() || titled;
        let spoken = (next..next + 4).find(|&at| says(at) || !page.token(at).is_capital());
        // ", the 36-year-old said".
        let noun = !page.lexicon.verb_first()
            && comma
            && page.has(at, Class::DEMONSTRATIVE | Class::INDEFINITE)
            && (next..next + 4)
                .take_while(|&at| page.token(at).is_word() && !page.token(at).is_capital())
                .any(|at| at > next && says(at));
        verb_first
            || noun
            || !page.lexicon.verb_first() && named && spoken.is_some_and(|verb| verb < end && says(verb))
    })
}
