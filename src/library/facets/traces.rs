//! Which articles tell one story, by the names they say most and their days.
//!
//! Two articles tell one story when one is at most three days behind the other ([`super::meeting`]) and half of the
//! names that the one with fewer says most are among those of the other, three at least and two of them not countries.
//! Three, because two (a president and his capital) meet in every other article; half, because two who know a thing
//! speak of others too. Three that could well meet by chance, each being said as often as it is, tell nothing; nor do
//! three that keep meeting: whose articles follow each other for longer than a story lasts, or lie hardly closer than
//! in the weeks before and behind. And a story does not drift ([`super::growing`]): whatever joins it shares as many
//! names with at least half of its articles, and all are of one week.

use super::growing::Growing;
use super::meeting::Known;
use crate::article::Kind;
use crate::library::register::Register;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};

/// So many of an article's names are compared: those it says most.
pub(super) const COMPARED: usize = 8;

/// A name as a number, the lowest bit set for a country; 0 for none.
pub(super) type Name = u32;

/// What an article is recognised by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trace {
    /// Which article.
    pub(super) at: u32,
    /// When it was published.
    pub(super) day: i32,
    /// What it says most, in any order, the rest zeros.
    pub(super) names: [Name; COMPARED],
    /// How many names that were, before those that nobody else says were left out.
    pub(super) named: usize,
}

impl Trace {
    /// What an article is recognised by that says these names most, the rest zeros.
    pub(super) fn new(at: u32, day: i32, names: [Name; COMPARED]) -> Trace {
        Trace { at, day, names, named: names.iter().filter(|name| **name > 0).count() }
    }
}

/// The number of every spelling of a register, of each kind.
pub(super) struct Numbers([Vec<Name>; Kind::ALL.len()]);

impl Numbers {
    pub(super) fn of(register: &Register) -> Numbers {
        Numbers(Kind::ALL.map(|kind| {
            let shelf = register.shelf(kind);
            let things: Vec<u32> = (0u32..).take(shelf.len()).collect();
            let spelt = |thing: u32| (name(kind, shelf.key(thing)), shelf.spellings_of(thing).len());
            let named: Vec<(Name, usize)> = things.into_par_iter().map(spelt).collect();
            named.into_iter().flat_map(|(name, spellings)| std::iter::repeat_n(name, spellings)).collect()
        }))
    }
}

fn name(kind: Kind, key: &str) -> Name {
    let mut hasher = DefaultHasher::new();
    (kind, key).hash(&mut hasher);
    (hasher.finish() >> 32) as u32 & !1 | u32::from(kind == Kind::Country)
}

/// The names an article says most; `numbers` are those of its register, if they are known.
pub(super) fn names(register: &Register, article: u32, numbers: Option<&Numbers>) -> [Name; COMPARED] {
    let mut named: Vec<(Reverse<u32>, Kind, Name)> = Vec::new();
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        let shelf = register.shelf(kind);
        let numbers = numbers.and_then(|numbers| numbers.0.get(at));
        for link in shelf.column().of(article) {
            let known = numbers.and_then(|numbers| numbers.get(link.spelling as usize)).copied();
            let name = known.unwrap_or_else(|| name(kind, shelf.key(shelf.thing(link.spelling))));
            named.push((Reverse(link.mentions), kind, name));
        }
    }
    // Of those said equally often the hash decides, so that it is the same wherever the article lies.
    named.sort_unstable();
    let mut names = [0; COMPARED];
    names.iter_mut().zip(named).for_each(|(slot, (_, _, name))| *slot = name);
    names
}

/// Pairs of articles that belong together, of `traces` in the order of time; `None` once `cancelled` is set. The names of
/// the traces are numbered anew.
pub(super) fn links(traces: &mut [Trace], cancelled: &AtomicBool) -> Option<Vec<(u32, u32)>> {
    let mut pairs = Known::of(traces).pairs(cancelled)?;
    pairs.sort_unstable();
    let mut weighed: Vec<(Reverse<usize>, (u32, u32))> = pairs
        .chunk_by(|one, other| one == other)
        .filter_map(|same| Some((Reverse(same.len()), *same.first()?)))
        .collect();
    drop(pairs);
    // Those that have most in common are joined first.
    weighed.sort_unstable();
    let mut stories = Growing::of(traces.len());
    let mut links = Vec::new();
    for (_, (one, other)) in weighed {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        if stories.join(traces, one, other)
            && let (Some(one), Some(other)) = (traces.get(one as usize), traces.get(other as usize))
        {
            links.push((one.at, other.at));
        }
    }
    Some(links)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::growing::{LASTS, SHARED};
    use super::*;
    use crate::library::sets::{find, unite};
    use proptest::prelude::*;
    use std::collections::{BTreeSet, HashMap};

    static GO_ON: AtomicBool = AtomicBool::new(false);

    /// Articles by day and what they say; letters in capitals are countries.
    pub(in crate::library::facets) fn traces(articles: &[(i32, &str)]) -> Vec<Trace> {
        let mut sorted: Vec<_> = (0u32..).zip(articles).collect();
        sorted.sort_by_key(|(_, (day, _))| *day);
        let number = |letter: char| u32::from(letter) << 1 | u32::from(letter.is_uppercase());
        let trace = |(at, (day, said)): (u32, &(i32, &str))| {
            let mut names = [0; COMPARED];
            names.iter_mut().zip(said.chars()).for_each(|(slot, letter)| *slot = number(letter));
            Trace::new(at, *day, names)
        };
        sorted.into_iter().map(trace).collect()
    }

    /// The stories that more than one of the articles tell, of articles among others that have nothing in common.
    fn told(articles: &[(i32, &str)]) -> Vec<Vec<u32>> {
        let others: Vec<String> =
            (0..400).map(|at| char::from_u32(0x4e00 + at).into_iter().collect()).collect();
        let mut all = articles.to_vec();
        all.extend((0..).zip(&others).map(|(at, said)| (at / 10, said.as_str())));
        stories(&traces(&all), all.len())
    }

    fn stories(traces: &[Trace], many: usize) -> Vec<Vec<u32>> {
        let mut up: Vec<u32> = (0u32..).take(many).collect();
        for (one, other) in links(&mut traces.to_vec(), &GO_ON).unwrap() {
            unite(&mut up, one, other);
        }
        let mut stories: HashMap<u32, Vec<u32>> = HashMap::new();
        for at in (0u32..).take(many) {
            stories.entry(find(&mut up, at)).or_default().push(at);
        }
        let mut stories: Vec<Vec<u32>> = stories.into_values().filter(|story| story.len() > 1).collect();
        stories.sort_unstable();
        stories
    }

    #[test]
    fn three_names_within_three_days_tell_a_story() {
        assert_eq!(told(&[(3, "abcdN"), (4, "xbacI"), (6, "abcu"), (10, "abcv")]), [[0, 1, 2]]);
        assert_eq!(told(&[(3, "abN"), (4, "abN")]), [[0, 1]], "a country is one of three");
        assert!(told(&[(3, "aNI"), (4, "aNI")]).is_empty(), "two are not");
        assert!(told(&[(3, "abcdefg"), (4, "abcuvwxy")]).is_empty(), "both speak of other things more");
        assert_eq!(told(&[(3, "abcde"), (4, "abcuvwxy")]), [[0, 1]], "half of the fewer are enough");
        assert!(told(&[(3, "abcd"), (4, "abxy")]).is_empty(), "two names meet in every other article");
        assert!(told(&[(3, "abcd"), (7, "abcd")]).is_empty(), "four days lie between them");
    }

    #[test]
    fn what_meets_all_the_time_tells_no_story() {
        let days: Vec<i32> = (0..30).collect();
        let everyday: Vec<(i32, &str)> = days.iter().map(|&day| (day, "abc")).collect();
        assert!(told(&everyday).is_empty());
        // Twice a week, once on two days running.
        let matches: Vec<(i32, &str)> =
            [0, 4, 8, 12, 16, 20, 24, 25, 29, 33, 37, 41, 45, 49, 53].map(|day| (day, "abc")).to_vec();
        assert!(told(&matches).is_empty());
        // A hearing every week, told by three outlets each time: every hearing is a story.
        let hearings: Vec<(i32, &str)> = (0..12).map(|at| (at / 3 * 7, "abc")).collect();
        assert_eq!(told(&hearings), [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]);
    }

    #[test]
    fn a_story_does_not_drift() {
        // Each shares three names with the next one, over weeks.
        let said = ["abcd", "bcde", "cdef", "defg", "efgh", "fghi", "ghij", "hijk"];
        let chain: Vec<(i32, &str)> = (0..).zip(said).map(|(at, said)| (at * 3, said)).collect();
        assert!(told(&chain).iter().all(|story| story.len() < 4), "{:?}", told(&chain));
        // A look back at the week is no bridge between what it tells.
        let week =
            [(3, "abcd"), (3, "abce"), (4, "abcf"), (5, "uvwx"), (5, "uvwy"), (6, "uvwz"), (6, "abcuvw")];
        assert_eq!(told(&week).len(), 2, "{:?}", told(&week));
    }

    #[test]
    fn names_that_everybody_says_tell_nothing() {
        // Half of all articles say the three, so that two of one day say them by chance.
        let said: Vec<String> = (0u32..60)
            .map(|at| {
                let own = char::from_u32(0x4e00 + at).unwrap();
                ["a", "b", "c"]
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| at * 7 / (1 << bit) % 2 == 0)
                    .fold(own.to_string(), |said, (_, name)| said + name)
            })
            .collect();
        let all: Vec<(i32, &str)> =
            said.iter().enumerate().map(|(at, said)| (at as i32 * 6 / 60, said.as_str())).collect();
        assert!(stories(&traces(&all), all.len()).is_empty());
    }

    #[test]
    fn it_can_be_given_up() {
        assert!(links(&mut traces(&[(3, "abc"), (3, "abc")]), &AtomicBool::new(true)).is_none());
    }

    proptest! {
        #[test]
        fn a_story_is_of_one_week_and_of_shared_names(
            articles in prop::collection::vec((0i32..40, prop::collection::btree_set("[a-jA-C]", 3..9)), 0..80),
        ) {
            let articles: Vec<(i32, String)> =
                articles.into_iter().map(|(day, said)| (day, said.into_iter().collect())).collect();
            let articles: Vec<(i32, &str)> = articles.iter().map(|(day, said)| (*day, said.as_str())).collect();
            for story in told(&articles) {
                let told: Vec<_> = story.iter().map(|&at| articles[at as usize]).collect();
                let days = told.iter().map(|(day, _)| *day);
                prop_assert!(days.clone().max().unwrap() - days.min().unwrap() <= LASTS);
                for (at, (_, said)) in told.iter().enumerate() {
                    let shared = |(_, other): &(i32, &str)| {
                        said.chars().collect::<BTreeSet<_>>().intersection(&other.chars().collect()).count()
                    };
                    let others = told.iter().enumerate().filter(|(other, _)| *other != at);
                    prop_assert!(others.map(|(_, other)| shared(other)).max().unwrap() >= SHARED);
                }
            }
        }
    }
}
