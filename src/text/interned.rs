//! Strings numbered as they come, each once.

use super::Strings;
use std::hash::{BuildHasher, RandomState};

/// Strings that were met.
#[derive(Debug, Default)]
pub struct Interned {
    strings: Strings,
    /// A power of two of slots: one more than the number of a string, 0 for none.
    slots: Vec<u32>,
    hasher: RandomState,
}

/// Slots there are at first.
const FIRST: usize = 16;

impl Interned {
    /// The strings, by their numbers.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    /// The strings alone, without what is needed to number more.
    pub fn into_strings(self) -> Strings {
        self.strings
    }

    /// The number of a string, which it gets when it is met first.
    pub fn number(&mut self, string: &str) -> u32 {
        if (self.strings.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot(string);
        if let Some(known) = self.slots.get(slot).and_then(|known| known.checked_sub(1)) {
            return known;
        }
        let number = u32::try_from(self.strings.len()).unwrap_or(u32::MAX);
        self.strings.push(string);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = number.saturating_add(1);
        }
        number
    }

    /// The slot of a string, or the empty one it belongs into. There is always an empty one.
    fn slot(&self, string: &str) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = self.hasher.hash_one(string) as usize & mask;
        while let Some(number) = self.slots.get(at).and_then(|slot| slot.checked_sub(1))
            && self.strings.get(number) != string
        {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(FIRST)];
        for number in (0u32..).take(self.strings.len()) {
            let slot = self.slot(self.strings.get(number));
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
            let strings = interned.into_strings();
            prop_assert_eq!(strings.len(), known.len());
            for (string, number) in known {
                prop_assert_eq!(strings.get(number), string);
            }
        }
    }
}
