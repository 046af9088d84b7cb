//! Quotation marks: which of them open, which close, and what lies between.
//!
//! A mark is judged by its sides (space or bracket before, word behind: it opens) and only then by its glyph, since
//! papers open and close with the same ” and others mix. Apostrophes, inch marks and lost marks cost nothing beyond
//! their paragraph; an utterance that runs on opens each paragraph with a mark and closes only the last.

mod lost;
mod single;

use super::page::Page;
use crate::words::{Class, Gap, Shape};

/// Text between two marks, both included, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The opening mark.
    pub open: usize,
    /// The closing mark; without one, the last token of the paragraph.
    pub close: usize,
    /// Whether it is closed; else the next one goes on.
    pub closed: bool,
    /// Whether it goes on from the one before, over a paragraph.
    pub continued: bool,
    /// Whether its closing mark is lost: it ends with the word or sign at `close`.
    pub lost: bool,
}

impl Quoted {
    /// One past the last token between the marks.
    pub(super) fn end(self) -> usize {
        if self.closed && !self.lost { self.close } else { self.close + 1 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    sign: char,
    role: Role,
    /// Whether a sign of a sentence's end or a comma touches it on the left.
    firm: bool,
}

/// Finds what is quoted in the body, outermost only, in order.
pub(super) fn quoted(page: &Page<'_>) -> Vec<Quoted> {
    let (mut doubles, mut singles) = (Vec::new(), Vec::new());
    for at in page.first..page.len() {
        match page.token(at).sign() {
            sign @ ('“' | '”' | '„' | '‟' | '"' | '«' | '»' | '「' | '」' | '『' | '』' | '《' | '》'
            | '〝' | '〞' | '″') => {
                doubles.push(double(page, at, sign));
            }
            sign @ ('‘' | '’' | '‚' | '‛' | '\'' | '‹' | '›' | '`' | '´') => {
                singles.extend(single(page, at, sign));
            }
            _ => {}
        }
    }
    let mut found = pair(page, &doubles);
    if found.iter().any(|quoted| quoted.lost) {
        lost::set_commas_outside(page, &mut found);
    }
    let inner = single::pair(page, &singles);
    join(&mut found, inner);
    found
}

fn sides(page: &Page<'_>, at: usize) -> (bool, bool, bool, bool) {
    let (before, after) = (page.token(at.wrapping_sub(1)), page.token(at + 1));
    let first = at == 0 || page.token(at).gap > Gap::None;
    let last = at + 1 >= page.len() || after.gap > Gap::None;
    let left_open = first
        || matches!(
            before.sign(),
            '(' | '['
                | '{'
                | '—'
                | '–'
                | '-'
                | '/'
                | '“'
                | '‘'
                | '„'
                | '‚'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '¿'
                | '¡'
                | ':'
                | '='
                | '>'
        );
    let right_word = !last
        && (after.is_word()
            || matches!(
                after.sign(),
                '[' | '('
                    | '…'
                    | '$'
                    | '‘'
                    | '\''
                    | '“'
                    | '„'
                    | '‚'
                    | '«'
                    | '»'
                    | '‹'
                    | '›'
                    | '"'
                    | '#'
                    | '@'
                    | '€'
                    | '£'
                    | '¿'
                    | '¡'
                    | '-'
                    | '—'
                    | '’'
            ));
    let left_word = !first
        && (before.is_word()
            || matches!(
                before.sign(),
                ',' | '.'
                    | '!'
                    | '?'
                    | '…'
                    | ')'
                    | ']'
                    | '%'
                    | '’'
                    | '\''
                    | '”'
                    | '"'
                    | '‘'
                    | '“'
                    | '›'
                    | '‹'
                    | '»'
                    | '«'
                    | ';'
                    | ':'
                    | '—'
                    | '–'
                    | '-'
                    | '*'
                    | '。'
                    | '！'
                    | '？'
                    | '，'
            ));
    let right_space = last || !after.is_word();
    (left_open, right_word, left_word, right_space)
}

fn double(page: &Page<'_>, at: usize, sign: char) -> Mark {
    let (left_open, right_word, left_word, right_space) = sides(page, at);
    let glyph = match sign {
        '“' | '„' | '«' | '「' | '『' | '《' | '〝' | '‟' => Role::Open,
        '」' | '』' | '》' | '〞' => Role::Close,
        _ => Role::Either,
    };
    let cjk = matches!(sign, '「' | '」' | '『' | '』' | '《' | '》' | '〝' | '〞');
    let role = match (left_open && right_word, left_word && right_space) {
        _ if cjk => glyph,
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ if sign == '”' || sign == '»' && !(left_open && right_word) => Role::Close,
        _ => glyph,
    };
    Mark { at, sign, role, firm: firm(page, at) }
}

fn firm(page: &Page<'_>, at: usize) -> bool {
    page.token(at).gap == Gap::None
        && matches!(
            page.token(at.wrapping_sub(1)).sign(),
            ',' | '.' | '!' | '?' | '…' | ')' | '”' | '"' | '—' | '–'
        )
}

/// A single mark, unless it is an apostrophe.
fn single(page: &Page<'_>, at: usize, sign: char) -> Option<Mark> {
    let (left_open, right_word, left_word, right_space) = sides(page, at);
    let role = match (left_open && right_word, left_word && right_space) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ if matches!(sign, '‹' | '›') => Role::Either,
        _ => return None,
    };
    // ’90s, ’em: an elision in front; feet and minutes behind a figure.
    if role == Role::Open && matches!(sign, '’' | '\'' | '´') {
        let after = page.token(at + 1);
        if after.shape == Shape::Number
            || page.has(at + 1, Class::CLITIC)
            || matches!(page.word(at + 1), "em" | "tis" | "til" | "cause" | "n" | "bout" | "twas")
        {
            return None;
        }
    }
    if role == Role::Open && sign == '’' && page.token(at + 1).shape == Shape::Lower {
        return None;
    }
    if role == Role::Close && matches!(sign, '‘' | '‚') {
        return None;
    }
    if role == Role::Close
        && !firm(page, at)
        && page.token(at.wrapping_sub(1)).shape == Shape::Number
        && sign == '\''
    {
        return None;
    }
    Some(Mark { at, sign, role, firm: firm(page, at) })
}

/// Pairs double marks paragraph by paragraph.
fn pair(page: &Page<'_>, marks: &[Mark]) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut rest = marks;
    let mut continued = false;
    while let Some(first) = rest.first() {
        let end = page.paragraph_end(first.at);
        let here = rest.partition_point(|mark| mark.at < end);
        let (paragraph, behind) = rest.split_at(here);
        rest = behind;
        let start = found.len();
        let open = pair_paragraph(page, paragraph, &mut found);
        if continued
            && let Some(quoted) = found.get_mut(start)
            && quoted.open == first.at
        {
            quoted.continued = true;
        }
        let went_on = std::mem::take(&mut continued);
        // Unclosed, and the next paragraph opens with a mark: it goes on there.
        let goes_on = rest.first().is_some_and(|next| {
            next.at == end && next.role != Role::Close && page.token(next.at).gap > Gap::Space
        });
        if let Some(open) = open
            && goes_on
            && lost::cue_within(page, open, end, true).is_none()
        {
            let held = paragraph.first().is_some_and(|mark| mark.at == open) && found.len() == start;
            let was = held && found.last().is_some_and(|before: &Quoted| !before.closed);
            found.push(Quoted { open, close: end - 1, closed: false, continued: was, lost: false });
            continued = true;
        } else if let Some(open) = open {
            let continued = went_on && first.at == open;
            found.extend(lost::recovered(page, open, end, true).map(|lost| Quoted { continued, ..lost }));
        }
    }
    // An utterance whose last paragraph was never closed is no utterance over paragraphs.
    let mut kept: Vec<Quoted> = Vec::with_capacity(found.len());
    for (at, quoted) in found.iter().enumerate() {
        let goes_on = found.get(at + 1).is_some_and(|next| next.continued);
        if quoted.closed || goes_on {
            kept.push(*quoted);
        }
    }
    kept
}

/// Pairs the marks of one paragraph; gives back the mark that is left open.
fn pair_paragraph(page: &Page<'_>, marks: &[Mark], found: &mut Vec<Quoted>) -> Option<usize> {
    let mut open: Option<Mark> = None;
    let mut depth = 0_u32;
    for (k, mark) in marks.iter().enumerate() {
        let role_at = |ahead: usize| marks.get(k + ahead).map(|mark| mark.role);
        let role = match (mark.role, open) {
            (Role::Either, None) => Role::Open,
            (Role::Either, Some(_)) => Role::Close,
            (role, _) => role,
        };
        match (role, open) {
            (Role::Open, None) => open = Some(*mark),
            (Role::Open, Some(held)) => {
                let closers = marks.iter().skip(k + 1).take_while(|mark| mark.role == Role::Close).count();
                if closers >= 2
                    || held.sign != mark.sign
                        && closers >= 1
                        && differs(held.sign, mark.sign)
                        && marks.get(k + 2).is_some()
                {
                    depth += 1;
                } else {
                    found.extend(lost::recovered(page, held.at, mark.at, false));
                    open = Some(*mark);
                    depth = 0;
                }
            }
            (_, Some(held)) => {
                let figure = page.token(mark.at.wrapping_sub(1)).shape == Shape::Number && !mark.firm;
                if figure
                    && matches!(mark.sign, '"' | '″' | '”')
                    && role_at(1) == Some(Role::Close)
                    && depth == 0
                {
                    continue;
                }
                if depth > 0 {
                    depth -= 1;
                } else {
                    found.push(Quoted {
                        open: held.at,
                        close: mark.at,
                        closed: true,
                        continued: false,
                        lost: false,
                    });
                    open = None;
                }
            }
            (_, None) => {
                // A closing mark that nothing opened: it opens if the next one closes too, unless it measures.
                let figure = page.token(mark.at.wrapping_sub(1)).shape == Shape::Number;
                if !figure && role_at(1) == Some(Role::Close) && matches!(mark.sign, '"' | '”') && k == 0 {
                    open = Some(*mark);
                }
            }
        }
    }
    open.map(|mark| mark.at)
}

fn differs(a: char, b: char) -> bool {
    let family = |sign: char| match sign {
        '“' | '”' | '„' => 0,
        '"' => 1,
        _ => 2,
    };
    family(a) != family(b)
}

/// Adds quotations in single marks to those in double ones and keeps the outermost.
fn join(found: &mut Vec<Quoted>, singles: Vec<Quoted>) {
    found.extend(singles);
    found.sort_by_key(|quoted| (quoted.open, std::cmp::Reverse(quoted.close)));
    let mut end = None;
    found.retain(|quoted| {
        let outer = end.is_none_or(|end| quoted.open > end);
        if outer {
            end = Some(quoted.close);
        }
        outer
    });
}
