//! A table from hashes to small numbers, made once and then only asked.
//!
//! The slots are sorted by key and each stands at or a little behind the place its key points at, as in a linear
//! interpolation: a question costs one line of cache, none at all when the [`Filter`] before it says no. Keys must be
//! evenly spread, as hashes are. A slot is eight bytes, little-endian, so that a table can be bytes of a file.

/// The upper 48 bits of a key and the [`Entry`] it has; zero where there is none.
pub(super) type Slot = [u8; 8];

/// What a key has: a number below 2¹⁵ − 1, and whether longer keys go on from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Entry(u16);

impl Entry {
    /// Nothing.
    pub(super) const NONE: Entry = Entry(0);
    const MORE: u16 = 1 << 15;

    /// An entry with a number, without one, and whether more goes on from it. A number too large is left out.
    pub(super) fn new(number: Option<usize>, more: bool) -> Entry {
        let number = number.and_then(|number| u16::try_from(number + 1).ok()).filter(|&id| id < Entry::MORE);
        Entry(number.unwrap_or(0) | if more { Entry::MORE } else { 0 })
    }

    /// Its number, if it has one.
    pub(super) fn number(self) -> Option<usize> {
        usize::from(self.0 & !Entry::MORE).checked_sub(1)
    }

    /// Whether longer keys go on from this one.
    pub(super) fn more(self) -> bool {
        self.0 & Entry::MORE != 0
    }
}

/// Slots, and over how many places their keys are spread.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Table<S> {
    pub slots: S,
    pub places: u32,
}

impl Table<Vec<Slot>> {
    /// Makes a table, `full` of a hundred slots of it taken. Of several entries of one key the first is kept.
    pub(super) fn new(mut entries: Vec<(u64, Entry)>, full: usize) -> Table<Vec<Slot>> {
        entries.sort_by_key(|(key, _)| key >> 16);
        entries.dedup_by_key(|(key, _)| *key >> 16);
        let places = u32::try_from(entries.len() * 100 / full.clamp(1, 100) + 1).unwrap_or(u32::MAX);
        let mut slots = Vec::with_capacity(places as usize + 16);
        for (key, entry) in entries {
            slots.resize(slots.len().max(place(key, places)), [0; 8]);
            slots.push((key >> 16 << 16 | u64::from(entry.0)).to_le_bytes());
        }
        // One empty slot ends every search.
        slots.push([0; 8]);
        Table { slots, places }
    }
}

impl<S: AsRef<[Slot]>> Table<S> {
    /// What `key` has.
    pub(super) fn get(&self, key: u64) -> Entry {
        let Some(slots) = self.slots.as_ref().get(place(key, self.places)..) else { return Entry::NONE };
        for slot in slots {
            let slot = u64::from_le_bytes(*slot);
            if slot >> 16 >= key >> 16 || slot == 0 {
                let found = slot >> 16 == key >> 16;
                return Entry(if found { u16::try_from(slot & 0xffff).unwrap_or(0) } else { 0 });
            }
        }
        Entry::NONE
    }

    /// The upper 48 bits of every key.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> + Clone {
        self.slots.as_ref().iter().map(|slot| u64::from_le_bytes(*slot)).filter(|slot| *slot != 0)
    }
}

fn place(key: u64, places: u32) -> usize {
    (((key >> 32) * u64::from(places)) >> 32) as usize
}

/// A set of keys that may say yes to one that is not in it, never no to one that is.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// A filter of keys, of which the upper 48 bits count; it says yes to one foreign key of about ten.
    pub(super) fn of(keys: impl Iterator<Item = u64> + Clone) -> Filter {
        let words = (keys.clone().count() / 8).next_power_of_two();
        let mut filter = Filter { bits: vec![0; words] };
        for key in keys {
            let bit = filter.bit(key);
            if let Some(word) = filter.bits.get_mut(bit / 64) {
                *word |= 1 << (bit % 64);
            }
        }
        filter
    }

    fn bit(&self, key: u64) -> usize {
        (key >> 16) as usize & (self.bits.len() * 64).wrapping_sub(1)
    }

    /// Whether `key` may be in the set.
    pub(super) fn may_hold(&self, key: u64) -> bool {
        let bit = self.bit(key);
        self.bits.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn what_went_in_is_found_and_nothing_else(
            entries in prop::collection::hash_map(any::<u64>(), (prop::option::of(0..30_000_usize), any::<bool>()), 0..200),
            others in prop::collection::vec(any::<u64>(), 0..50),
            full in 20..101_usize,
        ) {
            let entries: HashMap<u64, Entry> = entries
                .into_iter()
                .map(|(key, (number, more))| (key | 1 << 20, Entry::new(number, more)))
                .filter(|(_, entry)| *entry != Entry::NONE)
                .collect();
            let table = Table::new(entries.iter().map(|(key, entry)| (*key, *entry)).collect(), full);
            let filter = Filter::of(table.keys());
            let known: HashMap<u64, Entry> = entries.iter().map(|(key, entry)| (key >> 16, *entry)).collect();
            for key in entries.keys().chain(&others) {
                let expected = known.get(&(key >> 16)).copied().unwrap_or_default();
                prop_assert_eq!(table.get(*key), expected);
                prop_assert!(expected == Entry::NONE || filter.may_hold(*key));
            }
        }
    }
}
