//! One spelling for each word of a person's name.

use super::book::Book;
use super::is_initial;
use std::borrow::Cow;

/// Longer words, in bytes, are left as they are.
const LONGEST: usize = 32;
/// Shorter ones have no endings to level.
const SHORTEST: usize = 5;
/// What is written before a name that serves it: Abdul Rahman, Abdelrahman, Abd al-Rahman.
const SERVANT: &str = "abdul";
/// The letters of Indonesian before 1947 and 1972, which names keep: Djojo is Joyo, Tjahjo is Cahyo, Boediono Budiono.
const OLD: [(&str, &str); 6] =
    [("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("oe", "u"), ("j", "y")];

/// The words of a key.
pub(super) struct Spelt<'a> {
    pub(super) words: Vec<Cow<'a, str>>,
    /// Which of them a hyphen joins to the one before, one bit each.
    pub(super) joined: u32,
}

struct Piece<'a> {
    word: &'a str,
    /// Whether a hyphen stands before it.
    joined: bool,
}

/// Spells the words of `letters`, which are parted by spaces and hyphens.
pub(super) fn spelt<'a>(book: &Book, letters: &'a str) -> Spelt<'a> {
    let mut hyphen = false;
    let pieces: Vec<Piece<'_>> = letters
        .split_inclusive([' ', '-'])
        .map(|piece| Piece {
            word: piece.trim_end_matches([' ', '-']),
            joined: std::mem::replace(&mut hyphen, piece.ends_with('-')),
        })
        .collect();
    let mut spelt = Spelt { words: Vec::with_capacity(pieces.len()), joined: 0 };
    let mut initials = false;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let mut next = at + 1;
        if is_article(book, &pieces, at) {
            at = next;
            continue;
        }
        let initial = is_initial(piece.word);
        if initials && initial {
            if let Some(last) = spelt.words.last_mut() {
                last.to_mut().push_str(piece.word);
            }
            at = next;
            continue;
        }
        initials = initial;
        let mut word = Cow::Borrowed(piece.word);
        if book.servants.iter().any(|servant| servant == piece.word) {
            next += usize::from(is_article(book, &pieces, next));
            if let Some(name) = pieces.get(next) {
                word = Cow::Owned(format!("{SERVANT}{}", name.word));
                next += 1;
            }
        }
        if piece.joined {
            let bit = u32::try_from(spelt.words.len()).ok().and_then(|at| 1u32.checked_shl(at));
            spelt.joined |= bit.unwrap_or_default();
        }
        spelt.words.push(usual(book, word));
        at = next;
    }
    spelt
}

/// Whether a word is an article inside an Arabic name, which papers write or leave out: "Bashar al-Assad",
/// "Bashar Assad", "as-Sisi". At the beginning it needs its hyphen: Al Gore has a given name.
fn is_article(book: &Book, pieces: &[Piece<'_>], at: usize) -> bool {
    let (Some(piece), Some(next)) = (pieces.get(at), pieces.get(at + 1)) else { return false };
    let assimilated = || {
        // "ash-Sharaa" before the same consonant, and before more than a Korean syllable ("Kim An-na").
        next.word.len() > 3
            && book.assimilated.contains(piece.word)
            && piece.word.as_bytes().get(1) == next.word.as_bytes().first()
    };
    book.articles.contains(piece.word) && (at > 0 || next.joined) || next.joined && assimilated()
}

/// A word in the spelling that all its spellings share.
pub(super) fn usual<'a>(book: &Book, word: Cow<'a, str>) -> Cow<'a, str> {
    let word = level(book, word);
    match book.words.get(word.as_ref()) {
        Some(usual) if **usual != word => Cow::Owned(usual.to_string()),
        _ => word,
    }
}

/// A word after the rules for letters.
pub(super) fn level<'a>(book: &Book, mut word: Cow<'a, str>) -> Cow<'a, str> {
    if !word.is_ascii() || word.len() > LONGEST {
        return word;
    }
    while is_old(&word) {
        word = Cow::Owned(renewed(&word));
    }
    if let Some(name) = served(book, &word) {
        word = Cow::Owned(format!("{SERVANT}{name}"));
    }
    while word.len() >= SHORTEST
        && let Some((stem, ending)) =
            book.endings.iter().find_map(|(old, new)| Some((word.strip_suffix(old.as_str())?, new)))
    {
        word = Cow::Owned(format!("{stem}{ending}"));
    }
    word
}

/// Whether a word shows that it is in the old spelling. An oe alone does not: Joe, Goethe, Schroeder.
fn is_old(word: &str) -> bool {
    let before_vowel = |at: usize| matches!(word.as_bytes().get(at), Some(b'a' | b'i' | b'u' | b'e' | b'o'));
    let within = || word.get(..word.len() - 1).is_some_and(|stem| stem.contains("oe"));
    word.match_indices("dj").any(|(at, _)| before_vowel(at + 2))
        || word.starts_with("tj") && before_vowel(2)
        || word.match_indices("ntj").any(|(at, _)| before_vowel(at + 3))
        || word.len() >= SHORTEST && word.ends_with(['a', 'i', 'o', 'u']) && within()
}

fn renewed(word: &str) -> String {
    let mut new = String::with_capacity(word.len());
    let mut rest = word;
    while !rest.is_empty() {
        let found = OLD.iter().find_map(|(old, letters)| Some((rest.strip_prefix(old)?, *letters)));
        let (behind, letters) = found.unwrap_or_else(|| {
            let (letter, behind) = rest.split_at_checked(1).unwrap_or((rest, ""));
            (behind, letter)
        });
        new.push_str(letters);
        rest = behind;
    }
    new
}

/// The name in one that says whose servant its bearer is: Abdulrahman, Abdurrahman, Abdelaziz.
fn served<'a>(book: &Book, word: &'a str) -> Option<&'a str> {
    let long = |name: &&str| name.len() > 3;
    let whole = |servant: &String| word.strip_prefix(servant.as_str()).filter(long);
    let doubled = |servant: &String| {
        // "Abdurrahman": the l has become the letter behind it.
        let name = word.strip_prefix(servant.strip_suffix('l')?)?;
        let (first, behind) = name.split_at_checked(1)?;
        behind.starts_with(first).then_some(behind).filter(long)
    };
    let servants = || book.servants.iter().filter(|servant| servant.len() >= SERVANT.len());
    servants().find_map(whole).or_else(|| servants().find_map(doubled))
}
