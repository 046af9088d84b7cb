//! Strings numbered as they come, each once, one behind the other in a single piece of memory: of a million small
//! strings the pieces of a map of boxes would take three times their bytes.

use std::hash::{BuildHasher, RandomState};

/// Strings that were met.
#[derive(Debug, Default)]
pub(super) struct Interned {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// A power of two of slots: one more than the number of a string, 0 for none.
    slots: Vec<u32>,
    hasher: RandomState,
}

/// Slots there are at first.
const FIRST: usize = 16;

impl Interned {
    /// How many strings there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string of a number.
    pub(super) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The number of a string, which it gets when it is met first.
    pub(super) fn number(&mut self, string: &str) -> u32 {
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot(string);
        if let Some(known) = self.slots.get(slot).and_then(|known| known.checked_sub(1)) {
            return known;
        }
        // What would pass 4 GiB is left empty.
        if u32::try_from(self.text.len() + string.len()).is_ok() {
            self.text.push_str(string);
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = number.saturating_add(1);
        }
        number
    }

    /// Lets go of what is needed to number more.
    pub(super) fn close(&mut self) {
        self.slots = Vec::new();
    }

    /// The numbers in the order that `key` gives their strings.
    pub(super) fn sorted_by<'s, K: Ord>(&'s self, key: impl Fn(&'s str) -> K) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0u32..).take(self.len()).collect();
        numbers.sort_unstable_by_key(|&number| key(self.get(number)));
        numbers
    }

    /// The slot of a string, or the empty one it belongs into. There is always an empty one.
    fn slot(&self, string: &str) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.hasher.hash_one(string) as usize & mask;
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1))
            && self.get(number) != string
        {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(FIRST)];
        for number in (0u32..).take(self.len()) {
            let slot = self.slot(self.get(number));
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = number + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn each_string_has_one_number(strings in prop::collection::vec("[abé]{0,3}", 0..200)) {
            let mut interned = Interned::default();
            let mut known: HashMap<&str, u32> = HashMap::new();
            for string in &strings {
                let next = u32::try_from(known.len()).unwrap();
                let number = *known.entry(string).or_insert(next);
                prop_assert_eq!(interned.number(string), number);
            }
            prop_assert_eq!(interned.len(), known.len());
            for (string, number) in known {
                prop_assert_eq!(interned.get(number), string);
            }
            let sorted = interned.sorted_by(|string| string);
            prop_assert!(sorted.iter().map(|&number| interned.get(number)).is_sorted());
        }
    }
}
