//! The features of a word that may belong to a name.

use super::ROWS;
use super::seen::{Seen, TELLING};
use crate::annotate::names::{Name, Small, is_named};
use crate::annotate::page::Page;
use crate::article::{Form, Kind};
use crate::words::{Class, Gap, Shape, Token};
use std::ops::Range;

/// The longest stretch that is tagged as one.
const LONGEST: usize = 48;

/// The next stretch at or behind `from`: capitalised words of a sentence and the small words and signs between them.
pub(super) fn stretch(page: &Page<'_>, from: usize) -> Option<Range<usize>> {
    let start = (from..page.len()).find(|&at| is_named(page, at))?;
    let mut end = start + 1;
    while end - start < LONGEST && page.same_sentence(start, end) {
        if is_named(page, end) || page.token(end).shape == Shape::Number && page.token(end).gap == Gap::Space
        {
            end += 1;
            continue;
        }
        let joined = (1..=2).find(|&width| {
            (end..end + width).all(|at| joins(page, at))
                && is_named(page, end + width)
                && page.same_sentence(start, end + width)
        });
        match joined {
            Some(width) => end += width + 1,
            None => break,
        }
    }
    Some(start..end)
}

/// Whether a token may stand inside a name without a capital.
fn joins(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    match token.sign() {
        '\0' => {
            token.shape == Shape::Lower && (page.has(at, Class::LINKER | Class::PARTICLE) || token.len() <= 3)
        }
        '&' | '-' | '\'' | '’' | '.' | '/' => true,
        _ => false,
    }
}

/// The features of the tokens of one stretch after the other.
pub(super) struct Extractor<'p, 'a> {
    page: &'p Page<'a>,
    small: &'p Small,
    rules: &'p [Name],
    next: usize,
    language: u64,
    /// What the rules made of the tokens of the stretch, of the one before it and of the one behind it.
    codes: Vec<u64>,
    /// The first of these tokens.
    first: usize,
    stretch: Range<usize>,
    /// For each token of the stretch, the heads, tails and titles behind and before it there.
    around: Vec<(u64, u64)>,
    seen: Seen,
}

/// What features say of a token that is not in the sentence.
const OUTSIDE: u64 = 1 << 20;

/// Classes of words that tell what a stretch names from afar.
fn telling() -> u64 {
    let heads = Class::ORG_HEAD | Class::ORG_TAIL | Class::PLACE_HEAD | Class::PLACE_TAIL;
    let titles = Class::ROLE | Class::PORTFOLIO | Class::HONORIFIC | Class::DEGREE;
    (heads | titles | Class::LINKER | Class::PARTICLE).bits()
}

/// The bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let bit = u64::from(bits.trailing_zeros());
        let some = bits != 0;
        bits &= bits.wrapping_sub(1);
        some.then_some(bit)
    })
}

impl<'p, 'a> Extractor<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, small: &'p Small, rules: &'p [Name]) -> Extractor<'p, 'a> {
        let language = page.language.as_str().bytes().fold(7, |code: u64, byte| code * 31 + u64::from(byte));
        let codes = Vec::with_capacity(LONGEST + 2);
        let around = Vec::with_capacity(LONGEST);
        let seen = Seen::of(page, rules);
        Extractor { page, small, rules, next: 0, language, codes, first: 0, stretch: 0..0, around, seen }
    }

    /// Turns to the next stretch.
    pub(super) fn turn_to(&mut self, stretch: &Range<usize>) {
        self.first = stretch.start.saturating_sub(1);
        self.codes.clear();
        for at in self.first..stretch.end + 1 {
            let code = self.rule(at);
            self.codes.push(code);
        }
        self.stretch = stretch.clone();
        self.around.clear();
        let mut so_far = 0;
        for at in stretch.clone() {
            self.around.push((so_far, 0));
            so_far |= self.page.class(at).bits() & telling();
        }
        so_far = 0;
        for (at, (_, ahead)) in stretch.clone().zip(&mut self.around).rev() {
            *ahead = so_far;
            so_far |= self.page.class(at).bits() & telling();
        }
    }

    /// What the rules made of a token: kind, place in the name, form.
    fn rule(&mut self, at: usize) -> u64 {
        while self.rules.get(self.next).is_some_and(|name| name.last < at && name.first + 64 < at) {
            self.next += 1;
        }
        let mut code = 0;
        for name in self.rules.iter().skip(self.next).take_while(|name| name.first <= at) {
            if name.last < at || name.form == Form::Nested {
                continue;
            }
            let kind = match name.kind {
                None => 1,
                Some(Kind::Person) => 2,
                Some(Kind::Country) => 3,
                Some(Kind::Place) => 4,
                Some(Kind::Organisation) => 5,
            };
            let inside = u64::from(name.first < at);
            let ends = u64::from(name.last == at);
            let adjective = u64::from(name.form == Form::Adjective);
            let office = u64::from(name.role.is_some());
            code = kind
                | inside << 3
                | ends << 4
                | adjective << 5
                | u64::from(name.confidence / 12) << 6
                | office << 12;
        }
        code
    }

    fn code(&self, at: usize) -> u64 {
        at.checked_sub(self.first).and_then(|at| self.codes.get(at)).copied().unwrap_or(0)
    }

    /// The label the rules give a token of the stretch, with their confidence in hundredths.
    pub(super) fn label(&self, at: usize) -> Option<(usize, u8)> {
        let code = self.code(at);
        let begin = match code & 7 {
            2 => 1,
            3 | 4 if code >> 5 & 1 == 0 => 3,
            5 => 5,
            _ => return None,
        };
        let confidence = u8::try_from((code >> 6 & 63) * 12).unwrap_or(0);
        Some((begin + usize::from(code >> 3 & 1 == 1), confidence.saturating_add(11)))
    }

    /// Gives the features of a token of the stretch, as rows of the table.
    pub(super) fn features(&self, at: usize, mut give: impl FnMut(u32)) {
        let page = self.page;
        let language = self.language;
        let mut add = |kind: u64, value: u64| {
            let hash = (kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd);
            let hash = (hash ^ (hash >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
            give((hash >> 20) as u32 & (ROWS as u32 - 1));
        };
        // The token with the two before and the two behind it, as far as its sentence goes.
        let near = [-2_isize, -1, 0, 1, 2].map(|offset| {
            let near = at.wrapping_add_signed(offset);
            page.same_sentence(near, at).then(|| (near, page.token(near)))
        });
        let word = near.map(|near| near.map_or(1, |(_, token)| token.hash));
        let shape = near.map(|near| near.map_or(15, |(_, token)| token.shape as u64));
        let (place, token) = (page.place(at), page.token(at));
        let [_, before, w0, after, _] = word;
        add(1, language);
        add(2, w0);
        add(3, before ^ language);
        add(4, after ^ language);
        add(5, word[0] ^ language);
        add(6, word[4] ^ language);
        add(7, before.rotate_left(17) ^ w0);
        add(8, after.rotate_left(17) ^ w0);
        add(9, shape[2] | shape[1] << 4 | shape[3] << 8 | language << 16);
        add(10, shape[2] | shape[1] << 4 | shape[0] << 8 | language << 16);
        add(11, shape[2] | shape[3] << 4 | shape[4] << 8 | language << 16);
        add(12, before.rotate_left(9) ^ shape[2]);
        add(13, after.rotate_left(9) ^ shape[2]);
        let letters = page.word(at).as_bytes();
        let code = |code: u64, byte: &u8| code << 8 | u64::from(byte.to_ascii_lowercase());
        let (mut end, mut start) = (0, 0);
        for (at, (last, first)) in (0_u64..4).zip(letters.iter().rev().zip(letters)) {
            (end, start) = (code(end, last), code(start, first));
            if at > 0 && letters.len() as u64 > at + 1 {
                add(13 + at, end ^ language << 40);
                add(16 + at, start ^ language << 40);
            }
        }
        let small = u64::from(self.small.has(token.hash));
        add(20, u64::from(place.opens) | small << 1 | shape[2] << 2 | language << 8);
        add(21, letters.len() as u64 | shape[2] << 8);
        for (distance, near) in (0_u64..).zip(near) {
            let Some((near, _)) = near else { continue };
            let place = page.place(near);
            for bit in ones(place.class.bits()) {
                add(30 + distance, bit | language << 8);
            }
            if distance.abs_diff(2) <= 1
                && let Some(known) = page.gazetteer.known(place.known)
            {
                let senses = u64::from(known.sense.bits());
                add(40 + distance, 64 | senses << 8);
                for bit in ones(senses) {
                    add(40 + distance, bit);
                }
            }
        }
        let (begin, end) = (self.stretch.start, self.stretch.end);
        add(62, page.token(end - 1).hash ^ u64::from(end - 1 == at) << 62);
        add(63, page.token(begin).hash ^ u64::from(begin == at) << 62);
        let (front, back) = ((at - begin).min(4) as u64, (end - 1 - at).min(4) as u64);
        add(64, front | back << 4 | shape[2] << 8);
        let (behind, ahead) = self.around.get(at - begin).copied().unwrap_or_default();
        for bit in ones(ahead) {
            add(65, bit | language << 8);
        }
        for bit in ones(behind) {
            add(66, bit | language << 8);
        }
        let own = place.class.bits() & telling();
        add(67, ahead.wrapping_mul(0x9e37_79b9) ^ behind ^ own.rotate_left(3) ^ language << 40);
        for bit in ones(u64::from(self.seen.marks(token.hash))) {
            add(81, bit | shape[2] << 8 | u64::from(place.opens) << 12 | language << 16);
        }
        for (kind, near) in [(83, at.wrapping_sub(1)), (84, at + 1)] {
            if self.stretch.contains(&near) {
                add(kind, u64::from(self.seen.marks(page.token(near).hash) & TELLING));
            }
        }
        let code = |near: Option<(usize, Token)>| near.map_or(OUTSIDE, |(near, _)| self.code(near));
        let [_, last, this, next, _] = near.map(code);
        add(50, this & 63);
        add(51, this);
        add(52, (last & 63) | (this & 63) << 8);
        add(53, (this & 63) | (next & 63) << 8);
        add(54, (this & 63) ^ w0.rotate_left(8));
        add(55, (this & 63) ^ before.rotate_left(8));
        add(56, (this & 63) ^ after.rotate_left(8));
        add(57, (this & 63) | shape[2] << 8 | u64::from(place.opens) << 12 | small << 13 | language << 16);
        add(58, (last & 63) | (this & 63) << 6 | (next & 63) << 12);
    }
}
