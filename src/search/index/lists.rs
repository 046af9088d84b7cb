//! Posting lists: for each key the ascending numbers of what uses it, in as few bytes as may be.
//!
//! A list is written as the gaps between its numbers, seven bits a byte, the eighth saying that more follow (LEB128).
//! One that would not be shorter than a bit for every number is written as those bits; its length tells.

use super::bits::Bits;
use super::bytes::U32s;
use crate::text::push_number;

/// Posting lists as they stand in an arena.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct Lists<'a> {
    bytes: &'a [u8],
    /// Where each list ends.
    ends: U32s<'a>,
    /// Numbers are below this.
    bound: usize,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct List<'a> {
    bytes: &'a [u8],
    is_bits: bool,
}

impl<'a> Lists<'a> {
    pub(super) fn new(bytes: &'a [u8], ends: &'a [u8], bound: usize) -> Lists<'a> {
        Lists { bytes, ends: U32s(ends), bound }
    }

    pub(in crate::search) fn get(&self, key: u32) -> List<'a> {
        let bytes = self.bytes.get(self.ends.range(key)).unwrap_or_default();
        List { bytes, is_bits: bytes.len() == self.bound.div_ceil(8) }
    }
}

impl List<'_> {
    /// How many bytes it takes: a measure of the work it is.
    pub(in crate::search) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Adds its numbers to a set.
    #[inline]
    pub(in crate::search) fn add_to(&self, bits: &mut Bits) {
        if self.is_bits {
            bits.add_bytes(self.bytes);
        } else {
            self.each(|number| bits.add(number));
        }
    }

    /// Calls `each` with its numbers, ascending.
    #[inline]
    pub(in crate::search) fn each(&self, mut each: impl FnMut(u32)) {
        if self.is_bits {
            for (at, &byte) in (0u32..).zip(self.bytes) {
                (0..8).filter(|bit| byte >> bit & 1 == 1).for_each(|bit| each(at * 8 + bit));
            }
            return;
        }
        let (mut next, mut gap, mut shift) = (0u32, 0u32, 0u32);
        for &byte in self.bytes {
            gap |= u32::from(byte & 0x7f).unbounded_shl(shift);
            if byte < 0x80 {
                let number = next.wrapping_add(gap);
                each(number);
                (next, gap, shift) = (number.wrapping_add(1), 0, 0);
            } else {
                shift += 7;
            }
        }
    }
}

/// So many numbers are put into lists at a time.
const BAND: u32 = if cfg!(test) { 50 } else { 1 << 21 };

/// Writes posting lists behind `bytes`; gives where each ends, counted from there.
///
/// `pairs` calls back with every key and number, the numbers of one key never falling; it is run once and then once for
/// every [`BAND`] of numbers, so that few are in memory at a time. What does not fit into 4 GiB is left out.
pub(super) fn invert(
    keys: usize,
    bound: usize,
    pairs: impl Fn(&mut dyn FnMut(u32, u32)),
    bytes: &mut Vec<u8>,
) -> Vec<u8> {
    let mut starts = vec![0u32; keys + 1];
    pairs(&mut |key, _| {
        if let Some(count) = starts.get_mut(key as usize + 1) {
            *count = count.saturating_add(1);
        }
    });
    let mut total = 0u32;
    for start in &mut starts {
        total = total.saturating_add(*start);
        *start = total;
    }
    let (before, mut ends) = (bytes.len(), Vec::with_capacity(keys * 4));
    let (mut numbers, mut fill): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut first = 0;
    while first < keys {
        // The keys from the first on whose numbers make a band; one key at least.
        let rest = starts.get(first..).unwrap_or_default();
        let begin = rest.first().copied().unwrap_or(0);
        let many = rest.partition_point(|&start| start - begin <= BAND).saturating_sub(1).max(1);
        let band = rest.get(..=many).unwrap_or(rest);
        fill.clear();
        fill.extend(band.iter().map(|start| start - begin));
        numbers.clear();
        numbers.resize(fill.last().copied().unwrap_or(0) as usize, 0);
        pairs(&mut |key, number| {
            let at =
                (key as usize).checked_sub(first).filter(|&at| at < many).and_then(|at| fill.get_mut(at));
            if let Some(at) = at
                && let Some(slot) = numbers.get_mut(*at as usize)
            {
                *slot = number;
                *at += 1;
            }
        });
        for (start, end) in band.iter().zip(band.iter().skip(1)) {
            let begun = bytes.len();
            let list = numbers.get((start - begin) as usize..(end - begin) as usize);
            write(list.unwrap_or_default(), bound, bytes);
            if u32::try_from(bytes.len() - before).is_err() {
                bytes.truncate(begun);
            }
            ends.extend(u32::try_from(bytes.len() - before).unwrap_or(u32::MAX).to_le_bytes());
        }
        first += many;
    }
    ends
}

/// Writes posting lists from sets.
pub(in crate::search) fn write_lists(sets: impl Iterator<Item = Bits>, bound: usize) -> (Vec<u8>, Vec<u8>) {
    let (mut bytes, mut ends) = (Vec::new(), Vec::new());
    for set in sets {
        let numbers: Vec<u32> = set.iter().collect();
        write(&numbers, bound, &mut bytes);
        ends.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    }
    (bytes, ends)
}

/// A posting list to which ascending numbers come one by one, in the bytes it will be written in.
#[derive(Debug, Default)]
pub(super) struct Growing {
    bytes: Vec<u8>,
    /// Above all of its numbers.
    next: u32,
}

impl Growing {
    /// Adds a number; the one that came last is there already.
    pub(super) fn push(&mut self, number: u32) {
        if let Some(gap) = number.checked_sub(self.next) {
            push_number(gap.into(), &mut self.bytes);
            self.next = number + 1;
        }
    }

    /// Its numbers as a set.
    pub(super) fn bits(&self, bound: usize) -> Bits {
        let mut bits = Bits::none(bound);
        List { bytes: &self.bytes, is_bits: false }.each(|number| bits.add(number));
        bits
    }

    /// Writes it behind others, as [`write`] does.
    fn write(self, bound: usize, bytes: &mut Vec<u8>) {
        if self.bytes.len() < bound.div_ceil(8) {
            bytes.extend(self.bytes);
        } else {
            bytes.extend(self.bits(bound).to_bytes(bound));
        }
    }
}

/// Writes posting lists that have grown behind `bytes`; gives where each ends, counted from there. What does not fit
/// into 4 GiB is left out.
pub(super) fn write_grown(
    lists: &mut dyn Iterator<Item = Growing>,
    bound: usize,
    bytes: &mut Vec<u8>,
) -> Vec<u8> {
    let (start, mut ends) = (bytes.len(), Vec::new());
    for list in lists {
        let begun = bytes.len();
        list.write(bound, bytes);
        if u32::try_from(bytes.len() - start).is_err() {
            bytes.truncate(begun);
        }
        ends.extend(u32::try_from(bytes.len() - start).unwrap_or(u32::MAX).to_le_bytes());
    }
    ends
}

/// Writes one list; of equal numbers that follow each other, one.
fn write(numbers: &[u32], bound: usize, bytes: &mut Vec<u8>) {
    let begun = bytes.len();
    let most = bound.div_ceil(8);
    let mut next = 0u32;
    for &number in numbers {
        let Some(gap) = number.checked_sub(next) else { continue };
        next = number + 1;
        push_number(gap.into(), bytes);
        if bytes.len() - begun >= most {
            break;
        }
    }
    if bytes.len() - begun >= most {
        bytes.truncate(begun);
        let mut bits = Bits::none(bound);
        numbers.iter().for_each(|&number| bits.add(number));
        bytes.extend(bits.to_bytes(bound));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn lists_hold_what_was_put_in(
            lists in prop::collection::vec(prop::collection::btree_set(0u32..40_000, 0..40), 1..20),
            bound in prop_oneof![1usize..20, 1usize..400, Just(40_000usize)],
        ) {
            let lists: Vec<BTreeSet<u32>> = lists
                .into_iter()
                .map(|list| list.into_iter().map(|number| number % u32::try_from(bound).unwrap()).collect())
                .collect();
            let twice = |put: &mut dyn FnMut(u32, u32)| {
                for (key, list) in (0u32..).zip(&lists) {
                    list.iter().for_each(|&number| {
                        put(key, number);
                        put(key, number);
                    });
                }
            };
            let mut bytes = vec![9];
            let ends = invert(lists.len(), bound, twice, &mut bytes);
            let bytes = bytes.split_off(1);
            let mut grown = lists.iter().map(|list| {
                let mut grown = Growing::default();
                list.iter().flat_map(|&number| [number, number]).for_each(|number| grown.push(number));
                grown
            });
            let mut written = vec![7];
            prop_assert_eq!(write_grown(&mut grown, bound, &mut written), ends.clone());
            prop_assert_eq!(&written[1..], &bytes, "one by one it is the same");
            let read = Lists::new(&bytes, &ends, bound);
            for (key, list) in (0u32..).zip(&lists) {
                let (mut found, mut bits) = (Vec::new(), Bits::none(bound));
                read.get(key).each(|number| found.push(number));
                read.get(key).add_to(&mut bits);
                prop_assert_eq!(&found, &list.iter().copied().collect::<Vec<_>>());
                prop_assert_eq!(bits.iter().collect::<Vec<_>>(), found);
            }
        }

        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..60), bound in 0usize..100) {
            let ends = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            Lists::new(&bytes, &ends, bound).get(0).add_to(&mut Bits::none(bound));
        }
    }
}
