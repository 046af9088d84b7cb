//! Numbers and strings in as few bytes as may be.

/// Writes a number in as few bytes as may be, seven bits a byte, the eighth saying that more follow (LEB128).
#[inline]
pub fn push_number(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes such a number off the front of `bytes`; `None` where they end within it. Bits beyond the 64th are lost.
#[inline]
pub fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let (mut number, mut shift) = (0u64, 0u32);
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).unbounded_shl(shift);
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Strings by number, one behind the other in a single piece of memory: of a million small ones boxes would take three
/// times their bytes. They hold 4 GiB; what would pass that is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Strings {
    /// From the text and where each ends in it; where that is not between two letters a string is empty.
    pub fn of(text: String, ends: Vec<u32>) -> Strings {
        Strings { text, ends }
    }

    /// All of them, one behind the other.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where each ends.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// Puts one behind the others.
    pub fn push(&mut self, string: &str) {
        if u32::try_from(self.text.len() + string.len()).is_ok() {
            self.text.push_str(string);
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string of a number; empty where there is none.
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The numbers in the order that `key` gives their strings.
    pub fn sorted_by<'s, K: Ord>(&'s self, key: impl Fn(&'s str) -> K) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0u32..).take(self.len()).collect();
        numbers.sort_unstable_by_key(|&number| key(self.get(number)));
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(numbers in prop::collection::vec(any::<u64>(), 0..20)) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| push_number(number, &mut bytes));
            let mut rest = bytes.as_slice();
            for number in numbers {
                prop_assert_eq!(take_number(&mut rest), Some(number));
            }
            prop_assert_eq!(take_number(&mut rest), None);
        }

        #[test]
        fn any_bytes_are_read_in_peace(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut rest = bytes.as_slice();
            while take_number(&mut rest).is_some() {}
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn strings_are_what_they_were(strings in prop::collection::vec("[abé]{0,4}", 0..20)) {
            let mut held = Strings::default();
            strings.iter().for_each(|string| held.push(string));
            for (number, string) in (0u32..).zip(&strings) {
                prop_assert_eq!(held.get(number), string);
            }
            prop_assert_eq!((held.len(), held.get(u32::MAX)), (strings.len(), ""));
            let sorted = held.sorted_by(|string| string);
            prop_assert!(sorted.iter().map(|&number| held.get(number)).is_sorted());
            prop_assert_eq!(sorted.len(), strings.len());
        }
    }
}
