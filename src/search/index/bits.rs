//! Sets of numbers below a bound, a bit for each.

use std::ops::Range;

/// A set of articles (or names) by their number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// None of `len` numbers.
    pub fn none(len: usize) -> Bits {
        Bits(vec![0; len.div_ceil(64)])
    }

    /// All of `len` numbers.
    pub(in crate::search) fn all(len: usize) -> Bits {
        let mut bits = Bits(vec![u64::MAX; len.div_ceil(64)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !len.is_multiple_of(64)) {
            *last = (1 << (len % 64)) - 1;
        }
        bits
    }

    /// Adds a number; one beyond the bound is ignored.
    #[inline]
    pub fn add(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut((number >> 6) as usize) {
            *word |= 1 << (number & 63);
        }
    }

    /// Whether it holds a number.
    #[inline]
    pub fn has(&self, number: u32) -> bool {
        self.0.get((number >> 6) as usize).is_some_and(|word| word >> (number & 63) & 1 == 1)
    }

    /// Takes a number away.
    #[inline]
    pub fn remove(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut((number >> 6) as usize) {
            *word &= !(1 << (number & 63));
        }
    }

    /// Makes room for numbers below `len`, none of which it holds yet.
    pub fn grow(&mut self, len: usize) {
        self.0.resize(self.0.len().max(len.div_ceil(64)), 0);
    }

    /// The `len` numbers from `first` on, counted from there.
    pub(in crate::search) fn window(&self, first: u32, len: usize) -> Bits {
        let (skip, shift) = ((first >> 6) as usize, first & 63);
        let mut window = Bits::none(len);
        let low = self.0.iter().skip(skip);
        let high = self.0.iter().skip(skip + 1).copied().chain(std::iter::repeat(0));
        for ((word, low), high) in window.0.iter_mut().zip(low).zip(high) {
            *word = low >> shift | high.checked_shl(64 - shift).unwrap_or(0);
        }
        if let Some(last) = window.0.last_mut().filter(|_| !len.is_multiple_of(64)) {
            *last &= (1 << (len % 64)) - 1;
        }
        window
    }

    /// Adds what stands in bytes, least significant bit first.
    pub(in crate::search) fn add_bytes(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for (word, bytes) in self.0.iter_mut().zip(whole) {
            *word |= u64::from_le_bytes(*bytes);
        }
        if let Some(word) = self.0.get_mut(whole.len()) {
            let mut last = [0; 8];
            last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            *word |= u64::from_le_bytes(last);
        }
    }

    /// As bytes, least significant bit first, as many as `len` numbers need.
    pub(in crate::search) fn to_bytes(&self, len: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.0.iter().flat_map(|word| word.to_le_bytes()).collect();
        bytes.truncate(len.div_ceil(8));
        bytes
    }

    pub(in crate::search) fn union(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, other)| *mine |= other);
    }

    pub(in crate::search) fn subtract(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, other)| *mine &= !other);
    }

    /// What both hold, and whether that is anything.
    pub(in crate::search) fn common(&self, other: &Bits) -> Option<Bits> {
        let mut any = 0;
        let both = self.0.iter().zip(&other.0).map(|(a, b)| {
            any |= a & b;
            a & b
        });
        let both = Bits(both.collect());
        (any != 0).then_some(both)
    }

    /// How many numbers it holds.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Its numbers, ascending.
    pub(in crate::search) fn iter(&self) -> impl Iterator<Item = u32> {
        let words = (0u32..).zip(&self.0);
        words.flat_map(|(at, &word)| Ones(word).map(move |bit| at << 6 | bit))
    }

    /// Calls `each` with its numbers, ascending: faster than a loop over [`Bits::iter`].
    #[inline]
    pub(in crate::search) fn each(&self, each: impl FnMut(u32)) {
        self.each_within(0..u32::MAX, each);
    }

    /// Calls `each` with its numbers in a range, ascending.
    #[inline]
    pub(in crate::search) fn each_within(&self, range: Range<u32>, mut each: impl FnMut(u32)) {
        let words = self.0.iter().enumerate().skip((range.start >> 6) as usize);
        for (at, &word) in words.take_while(|(at, _)| at << 6 < range.end as usize) {
            let base = (at << 6) as u32;
            let below =
                |bound: u32| 1u64.checked_shl(bound.saturating_sub(base)).map_or(u64::MAX, |bit| bit - 1);
            for bit in Ones(word & below(range.end) & !below(range.start)) {
                each(base | bit);
            }
        }
    }

    /// How many bytes it takes.
    pub(in crate::search) fn size(&self) -> usize {
        self.0.len() * 8
    }
}

/// The numbers of the bits of a word.
struct Ones(u64);

impl Iterator for Ones {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.0 == 0 {
            return None;
        }
        let at = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_is_a_set(
            len in 1usize..300,
            one in prop::collection::btree_set(0u32..300, 0..60),
            other in prop::collection::btree_set(0u32..300, 0..60),
            range in (0u32..300, 0u32..300),
        ) {
            let of = |set: &BTreeSet<u32>| {
                let set: BTreeSet<u32> = set.iter().copied().filter(|&n| (n as usize) < len).collect();
                let mut bits = Bits::none(len);
                set.iter().for_each(|&number| bits.add(number));
                (bits, set)
            };
            let ((a, one), (b, other)) = (of(&one), of(&other));
            let list = |bits: &Bits| bits.iter().collect::<BTreeSet<u32>>();
            prop_assert_eq!(&list(&a), &one);
            prop_assert_eq!(a.count(), one.len());
            let mut back = Bits::none(len);
            back.add_bytes(&a.to_bytes(len));
            prop_assert_eq!(&back, &a);
            let (mut union, mut less) = (a.clone(), a.clone());
            union.union(&b);
            less.subtract(&b);
            prop_assert_eq!(list(&union), &one | &other);
            prop_assert_eq!(list(&less), &one - &other);
            prop_assert_eq!(a.common(&b).map(|both| list(&both)).unwrap_or_default(), &one & &other);
            let within = one.iter().copied().filter(|n| (range.0..range.1).contains(n)).collect::<Vec<_>>();
            let mut found = Vec::new();
            a.each_within(range.0..range.1, |number| found.push(number));
            prop_assert_eq!(found, within);
            let (first, last) = range;
            let shifted = one.iter().filter(|&&n| n >= first && n - first < last).map(|n| n - first);
            prop_assert_eq!(list(&a.window(first, last as usize)), shifted.collect::<BTreeSet<u32>>());
            let mut grown = a.clone();
            grown.grow(400);
            grown.add(399);
            grown.remove(399);
            prop_assert_eq!(list(&grown), list(&a));
            prop_assert_eq!(Bits::all(len).count(), len);
        }
    }
}
