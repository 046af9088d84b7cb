//! Finds the articles that answer a query.
//!
//! ```text
//! dates, languages … ─→ the articles asked about ─┐
//! each word ─→ Found (articles by class) ─────────┴─→ groups of articles of one rank ─→ those whose texts hold the passages
//! ```

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::answer::{Answer, Group};
use super::expression::Expression;
use super::found::Found;
use super::index::{Arena, Bits, code, day};
use super::memory::Memory;
use super::passage::Buffers;
use super::query::{Condition, Query, Scope, Term, Word};
use super::rank::Rank;
use super::texts::Texts;

/// As many articles' texts are read between two looks at the flag.
const STRIDE: usize = 256;

/// The articles of a collection that answer `query`; `None` when `cancelled` was raised before the end.
///
/// A collection is some arenas, each with the number of its first article. `texts` is asked only by queries that read
/// them. `memory` keeps what was found for the words of the last queries.
pub fn find(
    arenas: &[(u32, &Arena)],
    query: &Query,
    texts: &dyn Texts,
    memory: &Memory,
    cancelled: &AtomicBool,
) -> Option<Answer> {
    aside(|| find_here(arenas, query, texts, memory, cancelled))
}

/// Does work on threads of the search's own: those of others may be at work on something long.
pub(super) fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static THREADS: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().build().ok());
    match &*THREADS {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

fn find_here(
    arenas: &[(u32, &Arena)],
    query: &Query,
    texts: &dyn Texts,
    memory: &Memory,
    cancelled: &AtomicBool,
) -> Option<Answer> {
    let mut asked: Vec<Bits> = arenas.iter().map(|(_, arena)| Bits::all(arena.len())).collect();
    let mut founds: Vec<Vec<Arc<Found>>> = Vec::new();
    let mut unread: Vec<(u32, &Term, &Expression)> = Vec::new();
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
        } else if let Condition::Text(question) = &term.condition {
            for ((first, arena), asked) in arenas.iter().zip(&mut asked) {
                match texts.indexed(*first, question, cancelled) {
                    Some(docs) => {
                        let mut meet = Bits::none(arena.len());
                        docs.into_iter().for_each(|doc| meet.add(doc));
                        keep(term, &meet, asked);
                    }
                    None => unread.push((*first, term, question)),
                }
            }
        } else if let Condition::All(terms) = &term.condition {
            let inner = Query { terms: terms.clone(), ..Query::default() };
            let all = find_here(arenas, &inner, texts, memory, cancelled)?;
            for ((first, arena), asked) in arenas.iter().zip(&mut asked) {
                keep(term, &all.within(*first, arena.len()), asked);
            }
        } else if let Condition::Marked(mark) = &term.condition {
            let marked = texts.marked(mark);
            for ((first, arena), asked) in arenas.iter().zip(&mut asked) {
                keep(term, &marked.window(*first, arena.len()), asked);
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
            titled: false,
            found: found.clone(),
        }));
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
    }
    read_texts(arenas, &unread, texts, &mut groups, cancelled)?;
    Some(Answer::new(groups))
}

/// What each arena holds of a word; where none holds it in one piece, also of what it may have been meant to be.
fn word_in(
    arenas: &[(u32, &Arena)],
    scope: Scope,
    word: &Word,
    memory: &Memory,
    cancelled: &AtomicBool,
) -> Option<Vec<Arc<Found>>> {
    let find =
        |arena: &Arena| memory.find(arena, scope, word, false, || Found::new(arena, scope, word, cancelled));
    let forgive = |arena: &Arena, found: &Found| {
        memory.find(arena, scope, word, true, || Found::misspelt(arena, scope, word, found, cancelled))
    };
    if let [(_, arena)] = arenas {
        let found = find(arena)?;
        let found = if is_missed(word, [&*found]) { forgive(arena, &found)? } else { found };
        return Some(vec![found]);
    }
    let found: Vec<Arc<Found>> = arenas.par_iter().map(|(_, arena)| find(arena)).collect::<Option<_>>()?;
    if is_missed(word, found.iter().map(|found| &**found)) {
        return arenas.par_iter().zip(&found).map(|((_, arena), found)| forgive(arena, found)).collect();
    }
    Some(found)
}

/// Whether a word may have a mistake in it: letters that only stand apart somewhere are no sign that it has none.
fn is_missed<'f>(word: &Word, found: impl IntoIterator<Item = &'f Found>) -> bool {
    word.is_forgiven() && !found.into_iter().any(Found::is_in_one_piece)
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
        Condition::Anything
        | Condition::Word(..)
        | Condition::Text(_)
        | Condition::Marked(_)
        | Condition::All(_) => return,
    }
    keep(term, &meet, asked);
}

/// Leaves the articles that are among those that meet a condition, or of a negated one those that are not.
fn keep(term: &Term, meet: &Bits, asked: &mut Bits) {
    if term.negated {
        asked.subtract(meet);
    } else {
        *asked = asked.common(meet).unwrap_or_default();
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
fn read_texts(
    arenas: &[(u32, &Arena)],
    unread: &[(u32, &Term, &Expression)],
    texts: &dyn Texts,
    groups: &mut [Group],
    cancelled: &AtomicBool,
) -> Option<()> {
    for (first, term, asked) in unread {
        for group in groups.iter_mut().filter(|group| group.first == *first) {
            let Some((_, arena)) = arenas.iter().find(|(first, _)| *first == group.first) else { continue };
            let docs: Vec<u32> = group.docs.iter().collect();
            let kept: Option<Vec<Vec<u32>>> = docs
                .par_chunks(STRIDE)
                .map(|docs| {
                    let (mut both, mut words) = ([Buffers::default(), Buffers::default()], String::new());
                    let (titles, vocabulary) = (arena.titles(), arena.vocabulary());
                    let mut holds = |doc: u32| {
                        titles.write(doc, &vocabulary, &mut words);
                        let [title, body] = &mut both;
                        title.read(&words);
                        body.read(&texts.body(group.first + doc));
                        asked.is_in(&mut both)
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
