//! How well an article answers a query, small enough to sort a million of.

use super::scatter::MAX_SCORE;
use super::word::Place;

/// The ways one word can be found, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Its letters, in order, with others between them.
    Scattered = 1,
    /// In one piece, inside a word.
    Inside = 2,
    /// As the beginning of a word of the title, or of another name of a country that the article names.
    Beginning = 3,
    /// As the beginning of a word of a name or outlet.
    NameBeginning = 4,
    /// As a whole word or a whole name.
    Whole = 5,
}

impl Class {
    fn of_grade(grade: u32) -> Class {
        match grade >> Grade::SCORE_BITS {
            0 | 1 => Class::Scattered,
            2 => Class::Inside,
            3 => Class::Beginning,
            4 => Class::NameBeginning,
            _ => Class::Whole,
        }
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

    /// The best that scattered letters can be.
    pub(super) const SCATTERED: Grade = Grade::new(Class::Scattered, MAX_SCORE);

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

    pub(super) fn is_some(self) -> bool {
        self != Grade::NONE
    }
}

/// How well an article answers a query; higher is better. The class of the word found worst decides, then the sum over
/// the words; what only lets through (a language, a date) does not count. Equal ranks go by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(u32);

impl Rank {
    const SUM_BITS: u32 = 24;
    /// Of an article that no word was asked of.
    pub(super) const UNASKED: Rank = Rank((Class::Whole as u32) << Rank::SUM_BITS);

    /// The class of the word that was found worst.
    pub fn class(self) -> Class {
        Class::of_grade(self.0 >> (Rank::SUM_BITS - Grade::SCORE_BITS))
    }

    pub(super) fn and(self, grade: Grade) -> Rank {
        let sum_mask = (1 << Rank::SUM_BITS) - 1;
        let class = (self.0 >> Rank::SUM_BITS).min(u32::from(grade.0 >> Grade::SCORE_BITS));
        let sum = ((self.0 & sum_mask) + u32::from(grade.0)).min(sum_mask);
        Rank((class << Rank::SUM_BITS) | sum)
    }
}

#[cfg(test)]
impl Rank {
    /// The rank of an article whose words were found in these classes, with these scores.
    pub(super) fn of_grades(grades: impl Iterator<Item = (u16, u16)>) -> Rank {
        grades.fold(Rank::UNASKED, |rank, (class, score)| {
            rank.and(Grade::new(Class::of_grade(u32::from(class) << Grade::SCORE_BITS), score))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_word_decides_then_the_sum() {
        let whole = Rank::UNASKED.and(Grade::BEST);
        let scattered = whole.and(Grade::new(Class::Scattered, 40));
        let worse = whole.and(Grade::new(Class::Scattered, 30));
        let inside = Rank::UNASKED.and(Grade::new(Class::Inside, 0)).and(Grade::new(Class::Inside, 0));
        assert!(whole > inside && inside > scattered && scattered > worse);
        assert_eq!(scattered.class(), Class::Scattered);
        assert_eq!(whole.class(), Class::Whole);
        assert!(Grade::new(Class::Scattered, u16::MAX) < Grade::new(Class::Inside, 0));
    }
}
