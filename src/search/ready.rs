//! What is kept ready: the articles that hold the few letters that nearly all articles hold.
//!
//! The first key or two of a query find almost everything, through millions of postings. An arena therefore keeps the
//! answers for those letters, and pairs of letters, that would take longest.

use std::sync::atomic::AtomicBool;

use super::found::Found;
use super::index::{Arena, READY, write_lists};
use super::query::{Scope, Word};
use super::rank::Class;
use super::word::Signs;

/// Answers that take more than so many bytes of posting lists are kept.
const DEAR: u64 = if cfg!(test) { 8 } else { 1 << 21 };
/// At most so many, the dearest.
const MOST: usize = 80;

/// The letters of which answers are kept, and one more than there are.
const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const SIDE: usize = LETTERS.len() + 1;

/// The classes of an answer in the order in which it is kept.
pub(super) const CLASSES: [Class; READY] =
    [Class::Whole, Class::NameBeginning, Class::Beginning, Class::Inside];

/// Writes what is kept ready: the parts of words, and their answers as posting lists.
pub(super) fn ready(arena: &Arena) -> [Vec<u8>; 3] {
    if (arena.to_bytes().len() as u64) < DEAR {
        return Default::default();
    }
    let mut dear = costs(arena);
    dear.retain(|(cost, _)| *cost > DEAR);
    dear.sort_unstable_by(|a, b| b.cmp(a));
    dear.truncate(MOST);
    let mut parts: Vec<[u8; 2]> = dear.into_iter().map(|(_, part)| part).collect();
    parts.sort_unstable();
    let answers = parts.iter().flat_map(|part| {
        let text: String = part.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        let word = Word::new(&text, Signs::EXACT, Scope::Outlet);
        let never = AtomicBool::new(false);
        let found =
            word.and_then(|word| Found::new(arena, Scope::Anywhere, &word, &never)).unwrap_or_default();
        CLASSES.map(|class| found.class(class))
    });
    let (docs, ends) = write_lists(answers, arena.len());
    [parts.concat(), docs, ends]
}

/// What it takes to answer for one and two letters, in bytes of posting lists.
fn costs(arena: &Arena) -> Vec<(u64, [u8; 2])> {
    let (vocabulary, titles, names, naming) =
        (arena.vocabulary(), arena.titles(), arena.names(), arena.naming());
    let mut words: Vec<u64> =
        (0..vocabulary.words()).map(|word| titles.uses.get(word).size() as u64).collect();
    for name in 0..u32::try_from(names.len()).unwrap_or(u32::MAX) {
        let cost = naming.get(name).size() as u64;
        for piece in names.get(name).iter() {
            if let Some(word) = words.get_mut(piece as usize) {
                *word += cost;
            }
        }
    }
    let mut sums = vec![0u64; SIDE * SIDE];
    let place = |byte: u8| LETTERS.iter().position(|&letter| letter == byte);
    let places: [Option<usize>; 256] = std::array::from_fn(|byte| place(u8::try_from(byte).ok()?));
    let place = |byte: u8| places.get(usize::from(byte)).copied().flatten();
    let mut parts: Vec<usize> = Vec::new();
    for (word, cost) in (0u32..).zip(words) {
        let bytes = vocabulary.bytes(word);
        parts.clear();
        // Behind a letter alone stands none: the first column.
        parts.extend(bytes.iter().filter_map(|&byte| Some(place(byte)? * SIDE)));
        let pairs = bytes.iter().zip(bytes.iter().skip(1));
        parts.extend(pairs.filter_map(|(&a, &b)| Some(place(a)? * SIDE + place(b)? + 1)));
        parts.sort_unstable();
        parts.dedup();
        for &part in &parts {
            if let Some(sum) = sums.get_mut(part) {
                *sum += cost;
            }
        }
    }
    let letter = |at: usize| LETTERS.get(at).copied().unwrap_or(0);
    let letters = |part: usize| [letter(part / SIDE), (part % SIDE).checked_sub(1).map_or(0, letter)];
    sums.into_iter().enumerate().map(|(part, sum)| (sum, letters(part))).collect()
}
