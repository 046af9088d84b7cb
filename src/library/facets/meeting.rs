//! Articles in which the same three names meet, and whether that says anything.

use super::growing::LASTS;
use super::traces::{COMPARED, Name, Trace};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Days between two articles of one story that follow each other, at most.
const APART: i32 = 3;

/// Days before a story and behind it in which its names meet less often.
pub(super) const AROUND: i32 = 30;

/// So many times as close as in the days around lie the articles of a story.
const CLOSER: usize = 8;

/// So many stories of a whole collection may be told by chance alone, were names strewn over it at random.
const CHANCE: f64 = 1.0;

/// What is known of all articles.
pub(super) struct Known<'a> {
    traces: &'a [Trace],
    /// Their days, ascending.
    days: Vec<i32>,
    /// Every name they say much with every article that does, in the order of time.
    said: Vec<(Name, u32)>,
    /// Where in `said` those stand that more than one article says, the rarest first: each by its number.
    names: Vec<Range<u32>>,
}

impl<'a> Known<'a> {
    /// Of articles in the order of time. Their names are numbered by how often they are said, the rarest lowest; those
    /// of one article alone, which meet nowhere, are left out.
    pub(super) fn of(traces: &'a mut [Trace]) -> Known<'a> {
        let own = |(at, trace): (u32, &Trace)| trace.names.map(|name| (name, at));
        // Grown step by step it would take twice as much memory.
        let mut said: Vec<(Name, u32)> = Vec::with_capacity(traces.iter().map(|trace| trace.named).sum());
        said.extend((0u32..).zip(traces.iter()).flat_map(own).filter(|(name, _)| *name > 0));
        said.par_sort_unstable();
        let (mut names, mut end) = (Vec::new(), 0);
        for group in said.chunk_by(|one, next| one.0 == next.0) {
            let start = end;
            end += u32::try_from(group.len()).unwrap_or(u32::MAX);
            if group.len() > 1 {
                names.push(start..end);
            }
        }
        names.sort_by_key(ExactSizeIterator::len);
        traces.par_iter_mut().for_each(|trace| trace.names = [0; COMPARED]);
        for (number, range) in (1u32..).zip(&names) {
            for (name, at) in said.get(places(range)).unwrap_or_default() {
                let slots = traces.get_mut(*at as usize).map(|trace| &mut trace.names);
                if let Some(slot) = slots.and_then(|slots| slots.iter_mut().find(|slot| **slot == 0)) {
                    *slot = number << 1 | name & 1;
                }
            }
        }
        Known { days: traces.iter().map(|trace| trace.day).collect(), said, names, traces }
    }

    /// Pairs of articles that share three names which do not meet all the time, each pair once for every such three;
    /// `None` once `cancelled` is set.
    pub(super) fn pairs(&self, cancelled: &AtomicBool) -> Option<Vec<(u32, u32)>> {
        let go_on = |_: &(usize, &Range<u32>)| !cancelled.load(Ordering::Relaxed);
        let names = self.names.par_iter().enumerate().filter(go_on);
        let pairs = names.flat_map_iter(|(at, range)| {
            let articles = self.said.get(places(range)).unwrap_or_default();
            let country = articles.first().map_or(0, |(name, _)| name & 1);
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            self.pairs_of(number << 1 | country, articles)
        });
        let pairs = pairs.collect();
        (!cancelled.load(Ordering::Relaxed)).then_some(pairs)
    }

    /// The pairs of those three of which this is the rarest.
    fn pairs_of(&self, name: Name, articles: &[(Name, u32)]) -> Vec<(u32, u32)> {
        let mut met: Vec<([Name; 2], u32)> = Vec::new();
        for &(_, at) in articles {
            let names = self.traces.get(at as usize).map(|trace| trace.names).unwrap_or_default();
            met.extend(others(name, &names).map(|others| (others, at)));
        }
        met.sort_unstable();
        let mut pairs = Vec::new();
        for same in met.chunk_by(|one, next| one.0 == next.0).filter(|same| same.len() > 1) {
            let Some(([two, three], _)) = same.first() else { continue };
            self.meet([name, *two, *three], same, &mut pairs);
        }
        pairs
    }

    /// How many articles say a name.
    fn say(&self, name: Name) -> usize {
        let at = (name >> 1) as usize;
        at.checked_sub(1).and_then(|at| self.names.get(at)).map_or(0, ExactSizeIterator::len)
    }

    fn day(&self, at: u32) -> i32 {
        self.days.get(at as usize).copied().unwrap_or(i32::MIN)
    }

    /// Whether `many` articles of these days would hardly say the same three names by chance: as rarely as only
    /// [`CHANCE`] of all articles would.
    fn is_told(&self, names: [Name; 3], many: usize, (first, last): (i32, i32)) -> bool {
        let all = number(self.days.len());
        let near = self.days.partition_point(|day| *day <= last + APART)
            - self.days.partition_point(|day| *day < first - APART);
        // Half of them count for those that say it anyway, so that a story cannot speak against itself.
        let share = |name| number(self.say(name).saturating_sub(many / 2)) / all;
        // So many articles of these days say all three by chance; that so many more than one do, after Poisson.
        let expected = names.into_iter().map(share).product::<f64>() * number(near);
        let likely: f64 = (1..many).map(|more| expected / number(more)).product();
        likely * all <= CHANCE
    }

    /// Pairs of the articles in which three names meet, in the order of time, that tell one story.
    fn meet(&self, names: [Name; 3], articles: &[([Name; 2], u32)], pairs: &mut Vec<(u32, u32)>) {
        let day = |article: &([Name; 2], u32)| self.day(article.1);
        for story in articles.chunk_by(|one, next| day(next) - day(one) <= APART) {
            let (Some(first), Some(last)) = (story.first(), story.last()) else { continue };
            let (first, last) = (day(first), day(last));
            if story.len() < 2 || last - first > LASTS {
                continue;
            }
            let around = articles.partition_point(|article| day(article) <= last + AROUND)
                - articles.partition_point(|article| day(article) < first - AROUND)
                - story.len();
            let long = usize::try_from(last - first + 1).unwrap_or(1);
            if around * long * CLOSER > story.len() * 2 * AROUND as usize
                || !self.is_told(names, story.len(), (first, last))
            {
                continue;
            }
            pairs.extend(story.iter().zip(story.iter().skip(1)).map(|(one, next)| (one.1, next.1)));
        }
    }
}

fn number(many: usize) -> f64 {
    f64::from(u32::try_from(many).unwrap_or(u32::MAX))
}

fn places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// The names behind `name` among ascending ones, two and two, that can tell a story with it.
fn others(name: Name, names: &[Name; COMPARED]) -> impl Iterator<Item = [Name; 2]> + use<'_> {
    let known = names.split(|name| *name == 0).next().unwrap_or_default();
    let behind = known.get(known.partition_point(|other| *other <= name)..).unwrap_or_default();
    let countries = name & 1;
    behind.iter().enumerate().flat_map(move |(at, &two)| {
        let rest = behind.get(at + 1..).unwrap_or_default().iter();
        rest.filter(move |three| countries + (two & 1) + (**three & 1) < 2).map(move |&three| [two, three])
    })
}

#[cfg(test)]
mod tests {
    use super::super::traces::tests::traces;
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeSet, HashMap};

    proptest! {
        #[test]
        fn all_that_meet_are_found_by_their_rarest_name(
            articles in prop::collection::vec((0i32..40, prop::collection::btree_set("[a-fA-C]", 0..8)), 0..60),
        ) {
            let articles: Vec<(i32, String)> =
                articles.into_iter().map(|(day, said)| (day, said.into_iter().collect())).collect();
            let articles: Vec<(i32, &str)> = articles.iter().map(|(day, said)| (*day, said.as_str())).collect();
            let before = traces(&articles);
            let mut traces = before.clone();
            let known = Known::of(&mut traces);
            let mut found = known.pairs(&AtomicBool::new(false)).unwrap();
            found.sort_unstable();
            // Every three of every article.
            let mut met: HashMap<BTreeSet<Name>, Vec<([Name; 2], u32)>> = HashMap::new();
            for (at, trace) in (0u32..).zip(known.traces) {
                let names: Vec<Name> = trace.names.into_iter().filter(|name| *name > 0).collect();
                let in_many = |name: &&Name| **name > 0 && before.iter().filter(|other| other.names.contains(name)).count() > 1;
                prop_assert_eq!(before[at as usize].names.iter().filter(in_many).count(), names.len());
                for (a, one) in names.iter().enumerate() {
                    for (b, two) in names.iter().enumerate().skip(a + 1) {
                        for three in names.iter().skip(b + 1) {
                            let three = BTreeSet::from([*one, *two, *three]);
                            if three.iter().filter(|name| **name & 1 == 1).count() < 2 {
                                met.entry(three).or_default().push(([0, 0], at));
                            }
                        }
                    }
                }
            }
            let mut slow = Vec::new();
            for (three, articles) in met {
                let three: Vec<Name> = three.into_iter().collect();
                known.meet([three[0], three[1], three[2]], &articles, &mut slow);
            }
            slow.sort_unstable();
            prop_assert_eq!(found, slow);
        }
    }
}
