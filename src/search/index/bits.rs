//! Sets of numbers below a bound, a bit for each.

/// A set of articles (or names) by their number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::search) struct Bits(Vec<u64>);

impl Bits {
    /// None of `len` numbers.
    pub(in crate::search) fn none(len: usize) -> Bits {
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
    pub(in crate::search) fn add(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut((number >> 6) as usize) {
            *word |= 1 << (number & 63);
        }
    }

    #[inline]
    pub(in crate::search) fn has(&self, number: u32) -> bool {
        self.0.get((number >> 6) as usize).is_some_and(|word| word >> (number & 63) & 1 == 1)
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

    pub(in crate::search) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(in crate::search) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Its numbers, ascending.
    pub(in crate::search) fn iter(&self) -> impl Iterator<Item = u32> {
        self.within(0, u32::MAX)
    }

    /// Its numbers from `from` to before `to`, ascending.
    pub(in crate::search) fn within(&self, from: u32, to: u32) -> impl Iterator<Item = u32> {
        let words = self.0.iter().enumerate().skip((from >> 6) as usize);
        words
            .take_while(move |(at, _)| at << 6 < to as usize)
            .flat_map(|(at, &word)| Ones { word, base: u32::try_from(at << 6).unwrap_or(u32::MAX) })
            .skip_while(move |&number| number < from)
            .take_while(move |&number| number < to)
    }

    /// Calls `each` with its numbers, ascending: faster than a loop over [`Bits::iter`].
    #[inline]
    pub(in crate::search) fn each(&self, mut each: impl FnMut(u32)) {
        for (at, &word) in (0u32..).zip(&self.0) {
            let mut word = word;
            while word != 0 {
                each((at << 6) | word.trailing_zeros());
                word &= word - 1;
            }
        }
    }

    /// How many bytes it takes.
    pub(in crate::search) fn size(&self) -> usize {
        self.0.len() * 8
    }
}

struct Ones {
    word: u64,
    base: u32,
}

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.word == 0 {
            return None;
        }
        let at = self.word.trailing_zeros();
        self.word &= self.word - 1;
        Some(self.base | at)
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
            prop_assert_eq!(a.within(range.0, range.1).collect::<Vec<_>>(), within);
            prop_assert_eq!(Bits::all(len).count(), len);
        }
    }
}
