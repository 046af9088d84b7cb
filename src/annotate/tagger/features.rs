//! The features of a word that may belong to a name.

use super::ROWS;
use crate::annotate::names::{Name, Small, is_named};
use crate::annotate::page::Page;
use crate::article::{Form, Kind};
use crate::words::{Class, Gap, Shape};
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

pub(super) struct Extractor<'p, 'a> {
    page: &'p Page<'a>,
    small: &'p Small,
    rules: &'p [Name],
    next: usize,
    /// What the rules made of each token near the current one: code by distance.
    language: u64,
}

impl<'p, 'a> Extractor<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, small: &'p Small, rules: &'p [Name]) -> Extractor<'p, 'a> {
        let language = page.language.as_str().bytes().fold(7, |code: u64, byte| code * 31 + u64::from(byte));
        Extractor { page, small, rules, next: 0, language }
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

    /// The label the rules give a token, with their confidence in hundredths.
    pub(super) fn label(&mut self, at: usize) -> Option<(usize, u8)> {
        let code = self.rule(at);
        let begin = match code & 7 {
            2 => 1,
            3 | 4 if code >> 5 & 1 == 0 => 3,
            5 => 5,
            _ => return None,
        };
        let confidence = u8::try_from((code >> 6 & 63) * 12).unwrap_or(0);
        Some((begin + usize::from(code >> 3 & 1 == 1), confidence.saturating_add(11)))
    }

    /// Writes the features of a token into `into`, as rows of the table.
    pub(super) fn features(&mut self, at: usize, into: &mut Vec<u32>) {
        let page = self.page;
        into.clear();
        let language = self.language;
        let mut add = |kind: u64, value: u64| {
            let hash = (kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd);
            let hash = (hash ^ (hash >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
            into.push(u32::try_from(hash >> 20 & (ROWS as u64 - 1)).unwrap_or(0));
        };
        let word = |offset: isize| {
            let near = at.wrapping_add_signed(offset);
            if page.same_sentence(near, at) { page.token(near).hash } else { 1 }
        };
        let shape = |offset: isize| {
            let near = at.wrapping_add_signed(offset);
            if page.same_sentence(near, at) { page.token(near).shape as u64 } else { 15 }
        };
        let place = page.place(at);
        let token = page.token(at);
        let (w0, before, after) = (word(0), word(-1), word(1));
        add(1, language);
        add(2, w0);
        add(3, before ^ language);
        add(4, after ^ language);
        add(5, word(-2) ^ language);
        add(6, word(2) ^ language);
        add(7, before.rotate_left(17) ^ w0);
        add(8, after.rotate_left(17) ^ w0);
        add(9, shape(0) | shape(-1) << 4 | shape(1) << 8 | language << 16);
        add(10, shape(0) | shape(-1) << 4 | shape(-2) << 8 | language << 16);
        add(11, shape(0) | shape(1) << 4 | shape(2) << 8 | language << 16);
        add(12, before.rotate_left(9) ^ shape(0));
        add(13, after.rotate_left(9) ^ shape(0));
        let letters = page.word(at).as_bytes();
        for (kind, length) in [(14, 2), (15, 3), (16, 4)] {
            if letters.len() > length {
                let end = letters
                    .iter()
                    .rev()
                    .take(length)
                    .fold(0, |code: u64, byte| code << 8 | u64::from(byte.to_ascii_lowercase()));
                add(kind, end ^ language << 40);
                let start = letters
                    .iter()
                    .take(length)
                    .fold(0, |code: u64, byte| code << 8 | u64::from(byte.to_ascii_lowercase()));
                add(kind + 3, start ^ language << 40);
            }
        }
        let small = u64::from(self.small.has(token.hash));
        add(20, u64::from(place.opens) | small << 1 | shape(0) << 2 | language << 8);
        add(21, letters.len() as u64 | shape(0) << 8);
        for offset in -2..=2 {
            let near = at.wrapping_add_signed(offset);
            if !page.same_sentence(near, at) {
                continue;
            }
            let distance = (offset + 2) as u64;
            let class = page.class(near);
            let mut bits = class.bits();
            while bits != 0 {
                let bit = u64::from(bits.trailing_zeros());
                add(30 + distance, bit | language << 8);
                bits &= bits - 1;
            }
            if let Some(known) = page.gazetteer.word(page.token(near).hash)
                && offset.abs() <= 1
            {
                let mut bits = known.sense.bits();
                add(40 + distance, 64 | u64::from(bits) << 8);
                while bits != 0 {
                    add(40 + distance, u64::from(bits.trailing_zeros()));
                    bits &= bits - 1;
                }
            }
        }
        let rules = [-1, 0, 1].map(|offset: isize| {
            let near = at.wrapping_add_signed(offset);
            if near < page.len() && page.same_sentence(near, at) { self.rule(near) } else { 1 << 20 }
        });
        let [last, this, next] = rules;
        add(50, this & 63);
        add(51, this);
        add(52, (last & 63) | (this & 63) << 8);
        add(53, (this & 63) | (next & 63) << 8);
        add(54, (this & 63) ^ w0.rotate_left(8));
        add(55, (this & 63) ^ before.rotate_left(8));
        add(56, (this & 63) ^ after.rotate_left(8));
        add(57, (this & 63) | shape(0) << 8 | u64::from(place.opens) << 12 | small << 13 | language << 16);
        add(58, (last & 63) | (this & 63) << 6 | (next & 63) << 12);
    }
}
