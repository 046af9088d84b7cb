//! One word of a query in the vocabulary of an arena, and from there in its titles and names.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::chain::{Chain, is_short};
use super::index::{Arena, Bits, Phrases, Vocabulary, is_word, pieces};
use super::scatter::{Scattered, Scorer};
use super::typo;
use super::word::{Needle, Place};

/// How a text can hold a word in one piece: whole, as a beginning, inside.
pub(super) const WAYS: usize = 3;

/// The texts that hold a word, by way, each in its best.
pub(super) type Held = [Bits; WAYS];

/// As many words are looked at in one go.
const WORDS: usize = 1 << 14;
/// The lists of so many words are read in one go.
const LISTS: usize = 64;
/// As many texts are looked at in one go.
const TEXTS: usize = 1 << 13;

/// Does `work` on ranges of at most `block` of `items`, on all cores; nothing more once `cancelled` is set.
pub(super) fn divide<T: Send>(
    items: usize,
    block: usize,
    cancelled: &AtomicBool,
    new: impl Fn() -> T + Sync,
    work: impl Fn(Range<usize>, &mut T) + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let workers = items.div_ceil(block.max(1)).min(rayon::current_num_threads()).max(1);
    let run = |_| {
        let mut found = new();
        loop {
            let start = next.fetch_add(block, Ordering::Relaxed);
            if start >= items || cancelled.load(Ordering::Relaxed) {
                return found;
            }
            work(start..(start + block).min(items), &mut found);
        }
    };
    if workers == 1 { vec![run(0)] } else { (0..workers).into_par_iter().map(run).collect() }
}

/// As [`divide`], for what is gathered in sets below `bound`.
pub(super) fn gather(
    items: usize,
    block: usize,
    bound: usize,
    cancelled: &AtomicBool,
    work: impl Fn(Range<usize>, &mut Held) + Sync,
) -> Held {
    let none = || std::array::from_fn(|_| Bits::none(bound));
    let mut parts = divide(items, block, cancelled, none, work).into_iter();
    let mut all = parts.next().unwrap_or_default();
    for part in parts {
        all.iter_mut().zip(&part).for_each(|(all, part)| all.union(part));
    }
    let [whole, beginning, inside] = &mut all;
    beginning.subtract(whole);
    inside.subtract(whole);
    inside.subtract(beginning);
    all
}

/// The words of an arena that hold a word of a query.
#[derive(Debug, Default)]
pub(super) struct Known {
    whole: Option<u32>,
    beginning: Range<u32>,
    inside: Vec<u32>,
    /// Those that hold its letters scattered, with their scores.
    pub(super) scattered: Vec<(u32, u16)>,
}

impl Known {
    /// Looks for a word without marks.
    pub(super) fn new(vocabulary: &Vocabulary<'_>, needle: &Needle, cancelled: &AtomicBool) -> Known {
        let beginning = vocabulary.beginning(needle.text());
        let within = needle.scattering().filter(|scattered| scattered.scatters_within());
        let parts = divide(
            vocabulary.words() as usize,
            WORDS,
            cancelled,
            <(Vec<_>, Vec<_>)>::default,
            |range, found| {
                let range = range_of(&range);
                let first = found.0.len();
                vocabulary.search(range.clone(), needle.finder(), |word, at| {
                    if at > 0 {
                        found.0.push(word);
                    }
                });
                let Some(scattered) = within else { return };
                let scorer = Scorer::new();
                let mut whole = found.0.get(first..).unwrap_or_default().iter().copied().peekable();
                for (word, letters) in vocabulary.letters(range) {
                    let holds = whole.next_if_eq(&word).is_some() || beginning.contains(&word);
                    if !holds
                        && letters.hold(needle.letters())
                        && let Some(score) = scattered.score_within(vocabulary.get(word), &scorer)
                    {
                        found.1.push((word, score));
                    }
                }
            },
        );
        let mut known = Known { whole: vocabulary.find(needle.text()), beginning, ..Known::default() };
        for (inside, scattered) in parts {
            known.inside.extend(inside);
            known.scattered.extend(scattered);
        }
        known
    }

    /// The texts that use them.
    pub(super) fn held(&self, phrases: &Phrases<'_>, cancelled: &AtomicBool) -> Held {
        let begin = self.beginning.len();
        gather(begin + self.inside.len(), LISTS, phrases.len(), cancelled, |range, held| {
            let [whole, beginning, inside] = held;
            for at in range {
                let Some(at) = at.checked_sub(begin) else {
                    let word = self.beginning.start + u32::try_from(at).unwrap_or(0);
                    let bits = if self.whole == Some(word) { &mut *whole } else { &mut *beginning };
                    phrases.uses.get(word).add_to(bits);
                    continue;
                };
                if let Some(&word) = self.inside.get(at) {
                    phrases.uses.get(word).add_to(inside);
                }
            }
        })
    }
}

/// The words of an arena that a misspelt word may mean.
pub(super) fn misspelt(vocabulary: &Vocabulary<'_>, needle: &Needle, cancelled: &AtomicBool) -> Vec<u32> {
    let parts = divide(vocabulary.words() as usize, WORDS, cancelled, Vec::new, |range, found| {
        for (word, letters) in vocabulary.letters(range_of(&range)) {
            if letters.nearly_hold(needle.letters())
                && typo::beginning(needle.text(), vocabulary.get(word)).is_some()
            {
                found.push(word);
            }
        }
    });
    parts.concat()
}

/// The texts that hold a word with marks in it, or one that must stand at an end: those that use all its words, looked
/// at one by one.
pub(super) fn verified(
    arena: &Arena,
    phrases: &Phrases<'_>,
    needle: &Needle,
    cancelled: &AtomicBool,
) -> Held {
    let vocabulary = arena.vocabulary();
    let mut candidates: Option<Bits> = None;
    let mut narrow = |words: &mut dyn Iterator<Item = u32>| {
        let mut bits = Bits::none(phrases.len());
        words.for_each(|word| phrases.uses.get(word).add_to(&mut bits));
        candidates = Some(
            candidates.take().map_or_else(|| bits.clone(), |known| known.common(&bits).unwrap_or_default()),
        );
    };
    let text = needle.text();
    for (at, piece) in pieces(text).filter(|(_, piece)| is_word(piece)) {
        let (starts, ends) = needle.anchors();
        let (open_before, open_behind) = (at == 0 && !starts, at + piece.len() == text.len() && !ends);
        match (open_before, open_behind) {
            (false, false) => narrow(&mut vocabulary.find(piece).into_iter()),
            (false, true) => narrow(&mut vocabulary.beginning(piece)),
            (true, _) => {
                let finder = Finder::new(piece);
                let mut words = Vec::new();
                vocabulary.search(0..vocabulary.words(), &finder, |word, _| words.push(word));
                words.retain(|&word| open_behind || vocabulary.get(word).ends_with(piece));
                narrow(&mut words.into_iter());
            }
        }
    }
    let candidates = candidates.unwrap_or_else(|| {
        let mut bits = Bits::none(phrases.len());
        let marks =
            (vocabulary.words()..vocabulary.len()).filter(|&mark| vocabulary.get(mark).contains(text));
        marks.for_each(|mark| phrases.uses.get(mark).add_to(&mut bits));
        bits
    });
    gather(phrases.len(), TEXTS, phrases.len(), cancelled, |range, held| {
        let [whole, beginning, inside] = held;
        let range = range_of(&range);
        let mut text = String::new();
        for at in candidates.within(range.start, range.end) {
            phrases.write(at, &vocabulary, &mut text);
            match needle.piece(&text) {
                Some(Place::Whole) => whole.add(at),
                Some(Place::Beginning) => beginning.add(at),
                Some(_) => inside.add(at),
                None => {}
            }
        }
    })
}

/// The texts among `candidates` of which some words' beginnings spell a word.
pub(super) fn chained(
    arena: &Arena,
    phrases: &Phrases<'_>,
    candidates: &Bits,
    among: Range<u32>,
    scattered: &Scattered,
    name: bool,
    cancelled: &AtomicBool,
) -> Vec<u32> {
    let (vocabulary, firsts) = (arena.vocabulary(), arena.firsts());
    let wanted: [bool; 256] =
        std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(|byte| scattered.has(byte)));
    let spells = |at: u32| {
        let mut chain = Chain::default();
        phrases.get(at).iter().any(|piece| {
            let first = firsts.get(piece as usize).copied().unwrap_or(0);
            let is_wanted = wanted.get(usize::from(first)).copied().unwrap_or(false);
            if piece >= vocabulary.words() || !is_wanted && chain.is_empty() {
                return false;
            }
            let word = vocabulary.bytes(piece);
            if is_wanted {
                return scattered.step(&mut chain, word, name);
            }
            if !is_short(word) {
                chain = Chain::default();
            }
            false
        })
    };
    let parts = divide(among.len(), TEXTS, cancelled, Vec::new, |range, found: &mut Vec<u32>| {
        let range = range_of(&range);
        let (from, to) = (among.start + range.start, among.start + range.end);
        found.extend(candidates.within(from, to).filter(|&at| spells(at)));
    });
    parts.concat()
}

fn range_of(range: &Range<usize>) -> Range<u32> {
    u32::try_from(range.start).unwrap_or(u32::MAX)..u32::try_from(range.end).unwrap_or(u32::MAX)
}
