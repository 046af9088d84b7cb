//! How well an article answers a query, small enough to sort a million of.

use super::scatter::MAX_SCORE;
use super::word::Place;

/// The ways one word can be found, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// With one mistake forgiven; only where the word is found nowhere in one piece.
    Misspelt = 1,
    /// Its letters, in order, with others between them.
    Scattered = 2,
    /// In one piece, inside a word.
    Inside = 3,
    /// As the beginning of a word of the title, or of another name of a country that the article names.
    Beginning = 4,
    /// As the beginning of a word of a name or outlet.
    NameBeginning = 5,
    /// As a whole word or a whole name.
    Whole = 6,
}

impl Class {
    /// All of them, worst first.
    pub(super) const ALL: [Class; 6] = [
        Class::Misspelt,
        Class::Scattered,
        Class::Inside,
        Class::Beginning,
        Class::NameBeginning,
        Class::Whole,
    ];

    /// Its place among all.
    pub(super) fn place(self) -> usize {
        self as usize - 1
    }

    fn of(number: u32) -> Class {
        let at = (number as usize).saturating_sub(1);
        Class::ALL.get(at).copied().unwrap_or(Class::Whole)
    }
}

/// How well one word was found in one article: its class, and among the scattered the matcher's score. Zero: not at
/// all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Grade(u16);

impl Grade {
    const SCORE_BITS: u32 = 10;
    pub(super) const NONE: Grade = Grade(0);
    pub(super) const BEST: Grade = Grade::new(Class::Whole, 0);
    /// Of the beginning of another name of a country.
    pub(super) const BEGINS_ALIAS: Grade = Grade::new(Class::Beginning, 0);

    pub(super) const fn new(class: Class, score: u16) -> Grade {
        let score = if score > MAX_SCORE { MAX_SCORE } else { score };
        Grade(((class as u16) << Grade::SCORE_BITS) | score)
    }

    pub(super) fn in_title(place: Place) -> Grade {
        match place {
            Place::Whole => Grade::BEST,
            Place::Beginning => Grade::new(Class::Beginning, 0),
            Place::Inside => Grade::new(Class::Inside, 0),
            Place::Scattered(score) => Grade::new(Class::Scattered, score),
        }
    }

    pub(super) fn in_name(place: Place) -> Grade {
        match place {
            Place::Beginning => Grade::new(Class::NameBeginning, 0),
            _ => Grade::in_title(place),
        }
    }
}

/// How well an article answers a query; higher is better. The class of the word found worst decides, then the classes
/// of all words together, then the scores of the scattered; what only lets through (a language, a date) does not count.
/// Equal ranks go by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(u32);

impl Rank {
    /// The sum of the scores stands in the lowest bits, then that of the classes, then the worst class.
    const SUM_SHIFT: u32 = 17;
    const CLASS_SHIFT: u32 = 28;
    /// Of an article that no word was asked of.
    pub(super) const UNASKED: Rank = Rank((Class::Whole as u32) << Rank::CLASS_SHIFT);

    /// The class of the word that was found worst.
    pub fn class(self) -> Class {
        Class::of(self.0 >> Rank::CLASS_SHIFT)
    }

    /// With one more word, found in this class.
    pub(super) fn and(self, class: Class) -> Rank {
        let worst = (self.0 >> Rank::CLASS_SHIFT).min(class as u32);
        let rest = self.0 & ((1 << Rank::CLASS_SHIFT) - 1);
        Rank((worst << Rank::CLASS_SHIFT) | (rest + ((class as u32) << Rank::SUM_SHIFT)))
    }

    /// With the scores of its scattered words, together.
    pub(super) fn scored(self, scores: u32) -> Rank {
        let most = (1 << Rank::SUM_SHIFT) - 1;
        Rank((self.0 & !most) | scores.min(most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_word_decides_then_the_sum() {
        let whole = Rank::UNASKED.and(Class::Whole);
        let scattered = whole.and(Class::Scattered).scored(40);
        let worse = whole.and(Class::Scattered).scored(30);
        let inside = Rank::UNASKED.and(Class::Inside).and(Class::Inside);
        assert!(whole > inside && inside > scattered && scattered > worse);
        assert!(worse > whole.and(Class::Misspelt).scored(50));
        assert_eq!(scattered.class(), Class::Scattered);
        assert_eq!(whole.class(), Class::Whole);
        let most = (0..64).fold(Rank::UNASKED, |rank, _| rank.and(Class::Whole)).scored(u32::MAX);
        assert_eq!(most.class(), Class::Whole);
        assert!(Grade::new(Class::Scattered, u16::MAX) < Grade::new(Class::Inside, 0));
    }
}
