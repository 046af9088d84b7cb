//! Finds the articles of an arena that answer a query.
//!
//! Terms go from cheap to dear, each looking only at what the ones before left. A word is looked for once in every
//! distinct name and its finds carried to the articles that use it, then in the titles whose letters hold it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::arena::Arena;
use super::passage::Buffers;
use super::query::{Condition, Query, Scope, Term, Word};
use super::rank::{Grade, Rank};
use super::scatter::Scorer;
use crate::words::Country;

/// An article that answers a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the arena.
    pub doc: u32,
    /// How well it answers.
    pub rank: Rank,
}

/// How many articles are looked at between two looks at the flag.
const STRIDE: usize = 1024;

/// The articles of `arena` that answer `query`, in their order; `None` when `cancelled` was raised before the end.
///
/// `bodies` gives the text of an article by its place; it is asked only by queries that read texts.
pub fn find<'b>(
    arena: &Arena,
    query: &Query,
    bodies: &dyn Fn(u32) -> &'b str,
    cancelled: &AtomicBool,
) -> Option<Vec<Hit>> {
    let count = u32::try_from(arena.len()).unwrap_or(u32::MAX);
    let mut hits: Vec<Hit> = (0..count).map(|doc| Hit { doc, rank: Rank::UNASKED }).collect();
    let mut terms: Vec<&Term> = query.terms().iter().collect();
    terms.sort_by_key(|term| cost(&term.condition));
    let scorer = Scorer::new();
    for term in terms {
        let sieve = Sieve { hits: &mut hits, negated: term.negated, cancelled };
        match &term.condition {
            Condition::Anything => {}
            Condition::HasQuote => sieve.keep(|hit| arena.quoting.get(hit.at()) == Some(&true))?,
            Condition::Language(language) => {
                sieve.keep(|hit| arena.languages.get(hit.at()) == Some(&Some(*language)))?;
            }
            Condition::Published(from, until) => sieve.keep(|hit| {
                let date = arena.dates.get(hit.at()).copied().flatten();
                date.is_some_and(|date| {
                    from.is_none_or(|from| date >= from) && until.is_none_or(|until| date < until)
                })
            })?,
            Condition::Countries(countries) => {
                let mut grades = Grades::new(arena.len());
                grades.raise_countries(arena, countries, Grade::BEST);
                sieve.keep(|hit| grades.get(hit.at()).is_some())?;
            }
            Condition::Word(scope, word) => {
                let grades = Grades::of_names(arena, *scope, word, &scorer);
                let letters = word.needle.letters();
                sieve.keep(|hit| {
                    let mut grade = grades.get(hit.at());
                    if *scope == Scope::Anywhere
                        && grade < Grade::BEST
                        && arena.titles.letters(hit.at()).hold(letters)
                    {
                        // Letters strewn over the title cannot better a name.
                        let title = arena.titles.get(hit.at());
                        let place = match word.needle.piece(title) {
                            None if grade <= Grade::SCATTERED => word.needle.scattered(title, &scorer),
                            place => place,
                        };
                        grade = grade.max(place.map_or(Grade::NONE, Grade::in_title));
                    }
                    if grade.is_some() {
                        hit.rank = hit.rank.and(grade);
                    }
                    grade.is_some()
                })?;
            }
            Condition::Text(expression) => {
                let mut texts = [Buffers::default(), Buffers::default()];
                sieve.keep(|hit| {
                    let [title, body] = &mut texts;
                    title.read(arena.titles.get(hit.at()));
                    body.read(bodies(hit.doc));
                    expression.is_in(&mut texts)
                })?;
            }
        }
    }
    Some(hits)
}

impl Hit {
    fn at(&self) -> usize {
        self.doc as usize
    }
}

fn cost(condition: &Condition) -> u8 {
    match condition {
        Condition::Word(..) => 1,
        Condition::Text(_) => 2,
        _ => 0,
    }
}

/// The hits of the terms so far, before the next.
struct Sieve<'a> {
    hits: &'a mut Vec<Hit>,
    negated: bool,
    cancelled: &'a AtomicBool,
}

impl Sieve<'_> {
    /// Keeps the hits that meet a condition, or of a negated term those that do not; `None` when cancelled.
    fn keep(self, mut meets: impl FnMut(&mut Hit) -> bool) -> Option<()> {
        let (mut seen, mut stopped) = (0usize, false);
        self.hits.retain_mut(|hit| {
            stopped |= seen.is_multiple_of(STRIDE) && self.cancelled.load(Ordering::Relaxed);
            seen += 1;
            !stopped && meets(hit) != self.negated
        });
        (!stopped).then_some(())
    }
}

/// How well each article of an arena answers one word, by its names.
struct Grades(Vec<Grade>);

impl Grades {
    fn new(count: usize) -> Grades {
        Grades(vec![Grade::NONE; count])
    }

    fn of_names(arena: &Arena, scope: Scope, word: &Word, scorer: &Scorer) -> Grades {
        let mut grades = Grades::new(arena.len());
        let candidates = arena.spellings.candidates(word.needle.letters(), |kind| scope.includes(kind));
        for (name, postings) in candidates {
            let Some(place) = word.needle.place(name, scorer) else { continue };
            let grade = Grade::in_name(place);
            for posting in postings.iter().filter(|posting| scope != Scope::By || posting.speaks()) {
                grades.raise(posting.doc(), grade);
            }
        }
        grades.raise_countries(arena, &word.called, Grade::BEST);
        grades.raise_countries(arena, &word.beginning, Grade::BEGINS_ALIAS);
        grades
    }

    fn raise_countries(&mut self, arena: &Arena, countries: &[Country], grade: Grade) {
        for &doc in countries.iter().flat_map(|&country| arena.naming(country)) {
            self.raise(doc as usize, grade);
        }
    }

    fn raise(&mut self, doc: usize, grade: Grade) {
        if let Some(known) = self.0.get_mut(doc) {
            *known = grade.max(*known);
        }
    }

    fn get(&self, doc: usize) -> Grade {
        self.0.get(doc).copied().unwrap_or(Grade::NONE)
    }
}
