//! Finds the articles that answer a query.
//!
//! ```text
//! dates, languages … ─→ the articles asked about ─┐
//! each word ─→ Found (articles by class) ─────────┴─→ groups of articles of one rank ─→ those whose texts hold the passages
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::answer::{Answer, Group};
use super::found::Found;
use super::index::{Arena, Bits, code, day};
use super::memory::Memory;
use super::passage::Buffers;
use super::query::{Condition, Query, Scope, Term, Word};
use super::rank::Rank;

/// As many articles' texts are read between two looks at the flag.
const STRIDE: usize = 256;

/// The articles of a collection that answer `query`; `None` when `cancelled` was raised before the end.
///
/// A collection is some arenas, each with the number of its first article. `bodies` gives the text of an article by its
/// number; it is asked only by queries that read texts. `memory` keeps what was found for the words of the last queries.
pub fn find<'b>(
    arenas: &[(u32, &Arena)],
    query: &Query,
    bodies: &(dyn Fn(u32) -> &'b str + Sync),
    memory: &Memory,
    cancelled: &AtomicBool,
) -> Option<Answer> {
    let mut asked: Vec<Bits> = arenas.iter().map(|(_, arena)| Bits::all(arena.len())).collect();
    let mut founds: Vec<Vec<Arc<Found>>> = Vec::new();
    for term in query.terms() {
        if let Condition::Word(scope, word) = &term.condition {
            let found = word_in(arenas, *scope, word, memory, cancelled)?;
            if term.negated {
                for (asked, found) in asked.iter_mut().zip(&found) {
                    found.classes().for_each(|(_, docs)| asked.subtract(docs));
                }
            } else {
                founds.push(found);
            }
        } else {
            for ((_, arena), asked) in arenas.iter().zip(&mut asked) {
                ask(arena, term, asked);
            }
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for (at, ((first, _), asked)) in arenas.iter().zip(asked).enumerate() {
        let found: Vec<Arc<Found>> =
            founds.iter().filter_map(|found| found.get(at)).map(Arc::clone).collect();
        groups.extend(grouped(asked, &found).into_iter().map(|(rank, docs)| Group {
            rank,
            first: *first,
            docs,
            found: found.clone(),
        }));
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
    }
    read_texts(arenas, query, bodies, &mut groups, cancelled)?;
    Some(Answer::new(groups))
}

/// What each arena holds of a word; where none holds any, of what it may have been meant to be.
fn word_in(
    arenas: &[(u32, &Arena)],
    scope: Scope,
    word: &Word,
    memory: &Memory,
    cancelled: &AtomicBool,
) -> Option<Vec<Arc<Found>>> {
    let all = |misspelt: bool| -> Option<Vec<Arc<Found>>> {
        let of = |(_, arena): &(u32, &Arena)| {
            memory.find(arena, scope, word, misspelt, || match misspelt {
                false => Found::new(arena, scope, word, cancelled),
                true => Found::misspelt(arena, scope, word, cancelled),
            })
        };
        if let [one] = arenas {
            of(one).map(|found| vec![found])
        } else {
            arenas.par_iter().map(of).collect()
        }
    };
    let found = all(false)?;
    if word.is_forgiven() && found.iter().all(|found| found.is_empty()) {
        return all(true);
    }
    Some(found)
}

/// Leaves the articles that meet a condition, or of a negated one those that do not.
fn ask(arena: &Arena, term: &Term, asked: &mut Bits) {
    let mut meet = Bits::none(arena.len());
    match &term.condition {
        Condition::HasQuote => arena.add_quoting(&mut meet),
        Condition::Language(language) => {
            let code = code(Some(*language));
            for (doc, known) in (0u32..).zip(arena.languages()) {
                if *known == code {
                    meet.add(doc);
                }
            }
        }
        Condition::Published(from, until) => {
            let from = from.map_or(1, day);
            let until = until.map_or(u32::MAX, day);
            for (doc, day) in (0u32..).zip(arena.days().iter()) {
                if from <= day && day < until {
                    meet.add(doc);
                }
            }
        }
        Condition::Countries(countries) => {
            countries.iter().for_each(|&country| arena.add_naming(country, &mut meet));
        }
        Condition::Anything | Condition::Word(..) | Condition::Text(_) => return,
    }
    if term.negated {
        asked.subtract(&meet);
    } else {
        *asked = asked.common(&meet).unwrap_or_default();
    }
}

/// The articles that hold all words, by rank but for the scores.
fn grouped(asked: Bits, found: &[Arc<Found>]) -> Vec<(Rank, Bits)> {
    let mut groups = if asked.is_empty() { Vec::new() } else { vec![(Rank::UNASKED, asked)] };
    for found in found {
        let mut next: Vec<(Rank, Bits)> = Vec::new();
        for (rank, docs) in &groups {
            for (class, holding) in found.classes() {
                let Some(docs) = docs.common(holding) else { continue };
                let rank = rank.and(class);
                match next.iter_mut().find(|(known, _)| *known == rank) {
                    Some((_, known)) => known.union(&docs),
                    None => next.push((rank, docs)),
                }
            }
        }
        groups = next;
    }
    groups
}

/// Leaves the articles whose titles or texts hold the passages asked for.
fn read_texts<'b>(
    arenas: &[(u32, &Arena)],
    query: &Query,
    bodies: &(dyn Fn(u32) -> &'b str + Sync),
    groups: &mut [Group],
    cancelled: &AtomicBool,
) -> Option<()> {
    for term in query.terms() {
        let Condition::Text(asked) = &term.condition else { continue };
        for group in &mut *groups {
            let Some((_, arena)) = arenas.iter().find(|(first, _)| *first == group.first) else { continue };
            let docs: Vec<u32> = group.docs.iter().collect();
            let kept: Option<Vec<Vec<u32>>> = docs
                .par_chunks(STRIDE)
                .map(|docs| {
                    let (mut texts, mut words) = ([Buffers::default(), Buffers::default()], String::new());
                    let (titles, vocabulary) = (arena.titles(), arena.vocabulary());
                    let mut holds = |doc: u32| {
                        titles.write(doc, &vocabulary, &mut words);
                        let [title, body] = &mut texts;
                        title.read(&words);
                        body.read(bodies(group.first + doc));
                        asked.is_in(&mut texts)
                    };
                    if cancelled.load(Ordering::Relaxed) {
                        return None;
                    }
                    Some(docs.iter().copied().filter(|&doc| holds(doc) != term.negated).collect())
                })
                .collect();
            let mut left = Bits::none(arena.len());
            kept?.into_iter().flatten().for_each(|doc| left.add(doc));
            group.docs = left;
        }
    }
    Some(())
}
