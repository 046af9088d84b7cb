//! What the reader did with the articles of a collection, by their ordinals: what rows show and queries ask.

use super::Ordinal;
use super::store::{Kept, Known};
use crate::article::ArticleId;
use crate::search::{Bits, Mark};
use crate::text::fold;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the reader did with each article of a collection, up to one change of the state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Up to which change of the state it tells.
    version: i64,
    /// Of how many articles.
    len: usize,
    read: Bits,
    starred: Bits,
    noted: BTreeMap<Ordinal, Arc<str>>,
    reached: BTreeMap<Ordinal, u32>,
    /// The articles of each tag, in order.
    tagged: BTreeMap<String, Vec<Ordinal>>,
}

impl Ledger {
    /// Up to which change of the state it tells; changes are counted, whichever petik makes them.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Of how many articles it tells.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it tells of none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether an article was read.
    pub fn is_read(&self, ordinal: Ordinal) -> bool {
        self.read.has(ordinal)
    }

    /// Whether it is starred.
    pub fn is_starred(&self, ordinal: Ordinal) -> bool {
        self.starred.has(ordinal)
    }

    /// What was noted.
    pub fn note(&self, ordinal: Ordinal) -> Option<&str> {
        self.noted.get(&ordinal).map(AsRef::as_ref)
    }

    /// Where in its text reading stopped, in code points.
    pub fn position(&self, ordinal: Ordinal) -> Option<u32> {
        self.reached.get(&ordinal).copied()
    }

    /// Its tags, in the order of the alphabet.
    pub fn tags(&self, ordinal: Ordinal) -> impl Iterator<Item = &str> {
        let on_it = move |(_, of): &(&String, &Vec<Ordinal>)| of.binary_search(&ordinal).is_ok();
        self.tagged.iter().filter(on_it).map(|(tag, _)| tag.as_str())
    }

    /// All tags with how many articles have them, in the order of the alphabet.
    pub fn all_tags(&self) -> impl Iterator<Item = (&str, usize)> {
        self.tagged.iter().map(|(tag, of)| (tag.as_str(), of.len()))
    }

    /// All that was done with an article.
    pub fn kept(&self, ordinal: Ordinal) -> Kept {
        Kept {
            read: self.is_read(ordinal),
            starred: self.is_starred(ordinal),
            position: self.position(ordinal),
            note: self.note(ordinal).map(str::to_owned),
            tags: self.tags(ordinal).map(str::to_owned).collect(),
        }
    }

    /// The articles that are marked so.
    pub(super) fn marked(&self, mark: &Mark) -> Cow<'_, Bits> {
        let mut bits = Bits::none(self.len);
        match mark {
            Mark::Read => return Cow::Borrowed(&self.read),
            Mark::Starred => return Cow::Borrowed(&self.starred),
            Mark::Noted => self.noted.keys().for_each(|&ordinal| bits.add(ordinal)),
            Mark::Tag(name, whole) => {
                let folded: Vec<(String, &Vec<Ordinal>)> =
                    self.tagged.iter().map(|(tag, of)| (fold(tag), of)).collect();
                let exact = *whole || folded.iter().any(|(tag, _)| tag == name);
                let fits = |tag: &str| if exact { tag == name } else { tag.starts_with(name.as_str()) };
                let of = folded.iter().filter(|(tag, _)| fits(tag)).flat_map(|(_, of)| of.iter());
                of.for_each(|&ordinal| bits.add(ordinal));
            }
        }
        Cow::Owned(bits)
    }

    /// Makes room for `len` articles, nothing being known yet of those that are new.
    pub(super) fn grow(&mut self, len: usize) {
        self.len = self.len.max(len);
        self.read.grow(self.len);
        self.starred.grow(self.len);
    }

    /// Takes what is known of articles: `places` are those of `known`, by their places in its rows.
    pub(super) fn take(&mut self, known: &Known, places: &[(usize, Ordinal)]) {
        self.version = self.version.max(known.version);
        // A little changes what is there; of much, what is there is gone through once.
        for &(row, ordinal) in places {
            let Some(&(id, read, starred)) = known.rows.get(row) else { continue };
            if read {
                self.read.add(ordinal);
            } else {
                self.read.remove(ordinal);
            }
            if starred {
                self.starred.add(ordinal);
            } else {
                self.starred.remove(ordinal);
            }
            match known.notes.get(&id) {
                Some(note) => drop(self.noted.insert(ordinal, note.as_str().into())),
                None => drop(self.noted.remove(&ordinal)),
            }
            match known.positions.get(&id) {
                Some(&position) => drop(self.reached.insert(ordinal, position)),
                None => drop(self.reached.remove(&ordinal)),
            }
        }
        if places.is_empty() {
            return;
        }
        let mut about = Bits::none(self.len);
        places.iter().for_each(|&(_, ordinal)| about.add(ordinal));
        self.tagged.values_mut().for_each(|of| of.retain(|&ordinal| !about.has(ordinal)));
        if !known.tags.is_empty() {
            let id = |&(row, ordinal): &(usize, Ordinal)| Some((known.rows.get(row)?.0, ordinal));
            let mut ordinals: Vec<(ArticleId, Ordinal)> = places.iter().filter_map(id).collect();
            ordinals.sort_unstable_by_key(|&(id, _)| id.0);
            for (tag, ids) in &known.tags {
                let of = self.tagged.entry(tag.clone()).or_default();
                for id in ids {
                    let first = ordinals.partition_point(|(known, _)| known.0 < id.0);
                    let same = ordinals.iter().skip(first).take_while(|(known, _)| known == id);
                    of.extend(same.map(|&(_, ordinal)| ordinal));
                }
                of.sort_unstable();
                of.dedup();
            }
        }
        self.tagged.retain(|_, of| !of.is_empty());
    }

    /// Takes what a ledger of more articles, which may be older, knows of those that this one does not know. It then
    /// tells up to what both know.
    pub fn extend(&mut self, grown: &Ledger) {
        let first = u32::try_from(self.len).unwrap_or(u32::MAX);
        if grown.len <= self.len {
            return;
        }
        self.version = self.version.min(grown.version);
        self.grow(grown.len);
        for ordinal in first..u32::try_from(grown.len).unwrap_or(u32::MAX) {
            if grown.is_read(ordinal) {
                self.read.add(ordinal);
            }
            if grown.is_starred(ordinal) {
                self.starred.add(ordinal);
            }
        }
        self.noted.extend(grown.noted.range(first..).map(|(&ordinal, note)| (ordinal, Arc::clone(note))));
        self.reached.extend(grown.reached.range(first..).map(|(&ordinal, &position)| (ordinal, position)));
        for (tag, of) in &grown.tagged {
            let behind = of.partition_point(|&ordinal| ordinal < first);
            let Some(behind) = of.get(behind..).filter(|behind| !behind.is_empty()) else { continue };
            self.tagged.entry(tag.clone()).or_default().extend_from_slice(behind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(version: i64, of: &[(u64, Kept)]) -> Known {
        let mut known = Known { version, ..Known::default() };
        for (id, kept) in of {
            let id = ArticleId(*id);
            known.rows.push((id, kept.read, kept.starred));
            known.notes.extend(kept.note.clone().map(|note| (id, note)));
            known.positions.extend(kept.position.map(|position| (id, position)));
            for tag in &kept.tags {
                known.tags.entry(tag.clone()).or_default().push(id);
            }
        }
        known
    }

    fn kept(tags: &[&str], note: Option<&str>) -> Kept {
        Kept {
            read: true,
            note: note.map(str::to_owned),
            position: Some(7),
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            ..Kept::default()
        }
    }

    #[test]
    fn what_is_taken_takes_the_place_of_what_was() {
        let mut ledger = Ledger::default();
        ledger.grow(100);
        let (one, two) = (kept(&["perang", "us"], Some("x")), kept(&["us"], None));
        ledger.take(&known(3, &[(10, one.clone()), (20, two.clone())]), &[(0, 99), (1, 2), (0, 5)]);
        assert_eq!((ledger.kept(99), ledger.kept(5), ledger.kept(2)), (one.clone(), one.clone(), two));
        assert_eq!(ledger.all_tags().collect::<Vec<_>>(), [("perang", 2), ("us", 3)]);
        let count = |mark: Mark| ledger.marked(&mark).count();
        assert_eq!((count(Mark::Read), count(Mark::Starred), count(Mark::Noted)), (3, 0, 2));
        assert_eq!(count(Mark::Tag("u".to_owned(), false)), 3);
        assert_eq!(count(Mark::Tag("u".to_owned(), true)), 0);
        // Another petik takes it all back.
        ledger.take(&known(4, &[(10, Kept::default())]), &[(0, 99), (0, 5)]);
        assert_eq!((ledger.kept(99), ledger.version()), (Kept::default(), 4));
        assert_eq!(ledger.all_tags().collect::<Vec<_>>(), [("us", 1)]);
    }

    #[test]
    fn a_tag_of_that_name_is_meant_before_those_that_begin_so() {
        let mut ledger = Ledger::default();
        ledger.grow(2);
        ledger.take(&known(1, &[(1, kept(&["US"], None)), (2, kept(&["usa"], None))]), &[(0, 0), (1, 1)]);
        let of = |name: &str| ledger.marked(&Mark::Tag(name.to_owned(), false)).count();
        assert_eq!((of("u"), of("us"), of("usa"), of("usaid")), (2, 1, 1, 0));
    }

    #[test]
    fn a_grown_one_adds_what_is_new_and_tells_no_more_than_it_knows() {
        let mut ledger = Ledger::default();
        ledger.grow(70);
        let mut grown = ledger.clone();
        grown.grow(140);
        let one = kept(&["perang"], Some("x"));
        ledger.take(&known(9, &[(1, one.clone())]), &[(0, 3)]);
        grown.take(&known(5, &[(2, one.clone())]), &[(0, 100), (0, 69)]);
        ledger.extend(&grown);
        assert_eq!((ledger.version(), ledger.len()), (5, 140));
        assert_eq!((ledger.kept(3), ledger.kept(100), ledger.kept(69)), (one.clone(), one, Kept::default()));
        assert_eq!(ledger.tags(100).collect::<Vec<_>>(), ["perang"]);
    }
}
