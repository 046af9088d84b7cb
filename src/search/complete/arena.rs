//! What an arena knows of something that is half typed.

use crate::article::Kind;
use crate::search::index::{Arena, Bits};
use crate::search::lookup::{self, misspelt, verified};
use crate::search::query::Scope;
use crate::search::word::{Needle, Signs};
use crate::words::{Country, Language};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Something an arena knows, by the articles that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is; an outlet's kind is none.
    pub kind: Option<Kind>,
    /// How it is written, folded.
    pub folded: String,
    /// How it was found, the best first: 0 by the beginnings of its words, 1 by what is inside them, 2 by letters that
    /// stand apart, 3 with a mistake.
    pub way: u8,
    /// How many articles hold it.
    pub articles: u64,
    /// The first of them.
    pub first: u32,
}

/// The names of an arena that hold what is typed, at most `most`, the best first and of these the most frequent.
pub fn known_names(
    arena: &Arena,
    scope: Scope,
    typed: &str,
    most: usize,
    cancelled: &AtomicBool,
) -> Vec<Known> {
    let found = ways(arena, typed, cancelled);
    let lists = if scope == Scope::By { arena.speaking() } else { arena.naming() };
    let mut chosen: Vec<Known> = Vec::new();
    for (way, names) in (0u8..).zip(found) {
        // Letters that stand apart and mistakes are for where nothing else is found.
        if chosen.len() >= most || way >= 2 && !chosen.is_empty() {
            break;
        }
        let mut sized: Vec<(Reverse<usize>, u32, Option<Kind>)> = Vec::new();
        for kind in
            [None, Some(Kind::Person), Some(Kind::Country), Some(Kind::Place), Some(Kind::Organisation)]
        {
            if scope.includes(kind) {
                names.each_within(arena.names_of(kind), |name| {
                    let size = lists.get(name).size();
                    if size > 0 {
                        sized.push((Reverse(size), name, kind));
                    }
                });
            }
        }
        let wanted = most - chosen.len();
        if sized.len() > wanted {
            sized.select_nth_unstable(wanted);
            sized.truncate(wanted);
        }
        if cancelled.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let (names, vocabulary) = (arena.names(), arena.vocabulary());
        let mut known: Vec<Known> = sized
            .into_iter()
            .map(|(_, name, kind)| {
                let (mut articles, mut first, mut folded) = (0, u32::MAX, String::new());
                lists.get(name).each(|doc| {
                    articles += 1;
                    first = first.min(doc);
                });
                names.write(name, &vocabulary, &mut folded);
                Known { kind, folded, way, articles, first }
            })
            .collect();
        known.sort_by(|a, b| {
            Reverse(a.articles).cmp(&Reverse(b.articles)).then_with(|| a.folded.cmp(&b.folded))
        });
        chosen.extend(known);
    }
    chosen
}

/// The names that hold every word of what is typed, by way; each in its best.
fn ways(arena: &Arena, typed: &str, cancelled: &AtomicBool) -> [Bits; 4] {
    let names = arena.names();
    let mut ways: [Bits; 4] =
        [Bits::all(names.len()), Bits::none(names.len()), Bits::default(), Bits::default()];
    for word in typed.split_whitespace() {
        let Some(needle) = Needle::new(word, Signs::default()) else { continue };
        let mut next: [Bits; 4] = std::array::from_fn(|_| Bits::none(names.len()));
        let mut put = |way: usize, held: &Bits, before: &[Bits]| {
            // All words together are found as well as the worst of them.
            for (at, before) in before.iter().enumerate() {
                if let (Some(both), Some(next)) = (before.common(held), next.get_mut(at.max(way))) {
                    next.union(&both);
                }
            }
        };
        let known = needle.is_plain().then(|| lookup::Known::new(&arena.vocabulary(), &needle, cancelled));
        let [whole, beginning, inside] = match &known {
            Some(known) => known.held(&names, cancelled),
            None => verified(arena, &names, &needle, cancelled),
        };
        put(0, &whole, &ways);
        put(0, &beginning, &ways);
        put(1, &inside, &ways);
        if let Some(known) = known.filter(|_| whole.is_empty() && beginning.is_empty() && inside.is_empty()) {
            let mut uses = |words: &mut dyn Iterator<Item = u32>, way: usize| {
                let mut held = Bits::none(names.len());
                words.for_each(|word| names.uses.get(word).add_to(&mut held));
                put(way, &held, &ways);
            };
            uses(&mut known.scattered.iter().map(|(word, _)| *word), 2);
            if known.scattered.is_empty() {
                uses(&mut misspelt(&arena.vocabulary(), &needle, cancelled).into_iter(), 3);
            }
        }
        ways = next;
    }
    ways
}

/// The countries that an arena's articles name, of these `codes` or of all, with how many articles do and the first of
/// them.
pub fn known_countries(arena: &Arena, codes: Option<&[Country]>) -> Vec<(Country, u64, u32)> {
    arena
        .countries()
        .filter(|(country, _)| codes.is_none_or(|codes| codes.contains(country)))
        .map(|(country, list)| {
            let (mut articles, mut first) = (0, u32::MAX);
            list.each(|doc| {
                articles += 1;
                first = first.min(doc);
            });
            (country, articles, first)
        })
        .collect()
}

/// The languages of an arena's articles, with how many are in each.
pub fn known_languages(arena: &Arena) -> BTreeMap<Language, u64> {
    let mut counts = BTreeMap::new();
    for run in arena.languages().chunk_by(|a, b| a == b) {
        let code = run.first().map(|code| String::from_utf8_lossy(code).trim_end_matches('\0').to_owned());
        if let Some(language) = code.and_then(|code| Language::parse(&code)) {
            *counts.entry(language).or_insert(0) += run.len() as u64;
        }
    }
    counts
}

/// How many of an arena's articles are of each year, month or day, by how far `typed` goes, as far as they begin so:
/// "2025", "2025-07".
pub fn days_in(arena: &Arena, typed: &str) -> BTreeMap<String, u64> {
    // A year is in the high bits, then the month, then the day.
    let shift = match typed.len() {
        0..4 => 9,
        4..7 => 5,
        _ => 0,
    };
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    let mut last = (0, 0);
    for day in arena.days().iter().filter(|&day| day > 0).map(|day| day >> shift) {
        if day == last.0 {
            last.1 += 1;
            continue;
        }
        *counts.entry(last.0).or_insert(0) += last.1;
        last = (day, 1);
    }
    *counts.entry(last.0).or_insert(0) += last.1;
    let written = |steps: u32| {
        let day = steps << shift;
        let (year, month, day) = (i64::from(day >> 9) - 10_000, day >> 5 & 15, day & 31);
        match shift {
            9 => format!("{year:04}"),
            5 => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        }
    };
    counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(steps, count)| (written(steps), count))
        .filter(|(date, _)| date.starts_with(typed))
        .collect()
}
