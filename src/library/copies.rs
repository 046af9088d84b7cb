//! Copies of one story under several outlets: which articles are, and rows in which they stand as one.
//!
//! In a file they were found when the articles were imported; those in memory are looked for once all are annotated.

use super::duplicates::{Candidate, Sketch, stories};
use super::{Collection, Ordinal, Snapshot};
use crate::article::Article;
use crate::text::push_terms;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Which articles tell a story that others of the collection tell too.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Copies {
    /// The story of each article, counted from 1; 0 where nobody else tells it. Articles beyond the end are alone.
    of: Vec<u32>,
    stories: u32,
}

impl Copies {
    /// From articles and whatever stands for the story that each of them tells.
    pub(super) fn new<S: Hash + Eq>(told: impl Iterator<Item = (Ordinal, S)>) -> Copies {
        let mut copies = Copies::default();
        let mut known: HashMap<S, u32> = HashMap::new();
        for (ordinal, story) in told {
            let fresh = copies.stories + 1;
            let story = *known.entry(story).or_insert(fresh);
            copies.stories = copies.stories.max(story);
            let at = ordinal as usize;
            if copies.of.len() <= at {
                copies.of.resize(at + 1, 0);
            }
            if let Some(slot) = copies.of.get_mut(at) {
                *slot = story;
            }
        }
        copies
    }

    pub(super) fn story(&self, ordinal: Ordinal) -> Option<u32> {
        self.of.get(ordinal as usize)?.checked_sub(1)
    }
}

/// Which articles of a snapshot tell one story, copies or not, as [`Snapshot::gathered`] found it.
#[derive(Debug, Clone)]
pub struct Gathered {
    stories: Arc<Copies>,
    /// Of how many articles, of how many that were annotated, and by which copies.
    of: (usize, usize, Arc<Copies>),
    cut: Option<usize>,
}

impl Gathered {
    /// Stories of the articles of `snapshot`, of which so many were looked at where that are not all.
    pub(super) fn new(snapshot: &Snapshot, stories: Copies, cut: Option<usize>) -> Gathered {
        let of = (snapshot.len(), snapshot.annotated(), Arc::clone(&snapshot.copies));
        Gathered { stories: Arc::new(stories), of, cut }
    }

    /// How many articles were looked at, the newest, where that are not all; of the others only copies are known.
    pub fn cut(&self) -> Option<usize> {
        self.cut
    }

    /// How many articles were annotated then.
    pub fn annotated(&self) -> usize {
        self.of.1
    }

    /// Whether it is what `snapshot`, of the same opening, would find.
    pub fn is_of(&self, snapshot: &Snapshot) -> bool {
        let (len, annotated, copies) = &self.of;
        (*len, *annotated) == (snapshot.len(), snapshot.annotated()) && Arc::ptr_eq(copies, &snapshot.copies)
    }
}

/// Rows in which a story that several articles tell stands once, where its first article stood.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    rows: Arc<[Ordinal]>,
    /// The articles with those that are folded away.
    all: Arc<[Ordinal]>,
    copies: Arc<Copies>,
    /// The articles of each story that several rows tell, in their order, one story behind the other.
    members: Vec<Ordinal>,
    /// Where those of each story end; empty when every story is told once.
    ends: Vec<u32>,
}

impl Folded {
    /// The rows that are left.
    pub fn rows(&self) -> &Arc<[Ordinal]> {
        &self.rows
    }

    /// Rows of which the neighbours in a group tell one story.
    #[cfg(test)]
    pub(crate) fn of(groups: &[Vec<Ordinal>]) -> Folded {
        let told = (0u32..).zip(groups).flat_map(|(story, group)| group.iter().map(move |&row| (row, story)));
        let snapshot = Snapshot { copies: Arc::new(Copies::new(told)), ..Snapshot::default() };
        snapshot.fold(&groups.concat().into())
    }

    /// Rows that all stand for themselves.
    pub fn alone(rows: Arc<[Ordinal]>) -> Folded {
        Folded { all: Arc::clone(&rows), rows, ..Folded::default() }
    }

    /// The articles with those that are folded away, in order.
    pub fn all(&self) -> &Arc<[Ordinal]> {
        &self.all
    }

    /// How many articles there are with those that are folded away.
    pub fn articles(&self) -> usize {
        self.all.len()
    }

    /// Whether it is what `snapshot` folds these rows into.
    pub fn is_of(&self, snapshot: &Snapshot, rows: &Arc<[Ordinal]>) -> bool {
        Arc::ptr_eq(&self.all, rows) && Arc::ptr_eq(&self.copies, snapshot.folded_by())
    }

    /// All articles of the rows that tell the story of `row`, in the order of the rows, the one that stands for them
    /// first; none when no other tells it.
    pub fn copies(&self, row: Ordinal) -> &[Ordinal] {
        let members = || {
            let story = self.copies.story(row)? as usize;
            let end = *self.ends.get(story)?;
            let start = story.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
            self.members.get(start as usize..end as usize)
        };
        members().unwrap_or_default()
    }

    /// How many articles of the rows tell the story of `row` besides it: the number behind the "+".
    pub fn more(&self, row: Ordinal) -> usize {
        self.copies(row).len().saturating_sub(1)
    }
}

impl Snapshot {
    /// Which story an article tells, if others of the collection tell it too: a number that holds within this
    /// snapshot. `None` also as long as copies are being looked for.
    pub fn story(&self, ordinal: Ordinal) -> Option<u32> {
        self.copies.story(ordinal)
    }

    /// What rows are folded by.
    fn folded_by(&self) -> &Arc<Copies> {
        self.gathered.as_ref().map_or(&self.copies, |gathered| &gathered.stories)
    }

    /// Folds rows from now on by story, as far as `gathered` knows the articles; or by copies alone.
    pub fn gather_by(&mut self, gathered: Option<Gathered>) {
        self.gathered = gathered;
    }

    /// Folds the articles of a story among `rows` into the first of them: its copies, and when rows are gathered
    /// whatever tells it. Takes some nanoseconds a row; where there is nothing to fold the rows are shared.
    pub fn fold(&self, rows: &Arc<[Ordinal]>) -> Folded {
        let copies = self.folded_by();
        let alone = || Folded { copies: Arc::clone(copies), ..Folded::alone(Arc::clone(rows)) };
        if copies.stories == 0 {
            return alone();
        }
        let mut counts = vec![0u32; copies.stories as usize];
        let mut left = Vec::with_capacity(rows.len());
        // Those that tell a story which others of the collection tell too: few of the rows, which are looked at once.
        let mut told: Vec<(u32, Ordinal)> = Vec::new();
        for &row in rows.iter() {
            let Some(story) = copies.story(row) else {
                left.push(row);
                continue;
            };
            told.push((story, row));
            if let Some(count) = counts.get_mut(story as usize) {
                if *count == 0 {
                    left.push(row);
                }
                *count += 1;
            }
        }
        if left.len() == rows.len() {
            return alone();
        }
        // Where the next member of a story goes: in the end, where they end.
        let mut places: Vec<u32> = Vec::with_capacity(counts.len());
        let mut end = 0;
        for &count in &counts {
            places.push(end);
            end += if count > 1 { count } else { 0 };
        }
        let mut members = vec![0; end as usize];
        for (story, row) in told {
            if counts.get(story as usize).is_none_or(|&count| count < 2) {
                continue;
            }
            let Some(next) = places.get_mut(story as usize) else { continue };
            if let Some(slot) = members.get_mut(*next as usize) {
                *slot = row;
            }
            *next += 1;
        }
        Folded { rows: left.into(), all: Arc::clone(rows), copies: Arc::clone(copies), members, ends: places }
    }

    /// Looks for copies among the articles in memory; `None` once `cancelled` is set.
    fn look_for_copies(&self, cancelled: &AtomicBool) -> Option<Copies> {
        let outlets: HashSet<&str> = self
            .segments
            .iter()
            .flat_map(|segment| segment.articles.iter())
            .filter_map(|article| article.outlet.as_deref())
            .take_while(|_| !cancelled.load(Ordering::Relaxed))
            .collect();
        if outlets.len() < 2 {
            return Some(Copies::default());
        }
        let candidates: Option<Vec<Vec<Candidate>>> = self
            .segments
            .par_iter()
            .map(|segment| {
                let articles = (segment.first..).zip(segment.articles.iter());
                let go_on = |_: &_| !cancelled.load(Ordering::Relaxed);
                let found =
                    articles.take_while(go_on).filter_map(|(ordinal, article)| candidate(ordinal, article));
                let found = found.collect();
                (!cancelled.load(Ordering::Relaxed)).then_some(found)
            })
            .collect();
        let candidates = candidates?.concat();
        let mut told: Vec<(i64, i64)> = stories(&candidates).into_iter().collect();
        told.sort_unstable();
        let told =
            told.into_iter().filter_map(|(article, story)| Some((u32::try_from(article).ok()?, story)));
        Some(Copies::new(told))
    }
}

impl Collection {
    /// Looks for copies of one story among the articles in memory; `false` when there are none, or when `cancelled` is
    /// set.
    pub fn find_copies(&self, cancelled: &AtomicBool) -> bool {
        let Some(copies) = self.snapshot().look_for_copies(cancelled) else { return false };
        self.tell_copies(copies)
    }

    /// Takes over which articles are copies; `false` when that is what it knew.
    pub(super) fn tell_copies(&self, copies: Copies) -> bool {
        let mut now = self.lock();
        let changed = *now.copies != copies;
        if changed {
            now.copies = Arc::new(copies);
        }
        changed
    }
}

/// An article in memory that may be a copy: dated, with an outlet and enough of a text.
fn candidate(ordinal: Ordinal, article: &Article) -> Option<Candidate> {
    let (published, outlet) = (article.published?.seconds, article.outlet.as_deref()?);
    let mut terms = String::with_capacity(article.body.len());
    push_terms(&article.body, &mut terms);
    let mut hasher = DefaultHasher::new();
    outlet.hash(&mut hasher);
    let outlet = hasher.finish().cast_signed();
    Some(Candidate { article: ordinal.into(), published, outlet, sketch: Sketch::of(&terms)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Published;
    use crate::load::Loaded;
    use proptest::prelude::*;

    fn article(outlet: &str, day: u8, words: std::ops::Range<u32>) -> Loaded {
        let body: Vec<String> = words.map(|word| format!("kata{word}")).collect();
        let mut article = Article::new("judul", &body.join(" "));
        article.outlet = Some(outlet.to_owned());
        article.published = Published::parse(&format!("2025-03-{day:02}"));
        Loaded { article, annotations: None }
    }

    #[test]
    fn copies_in_memory_are_found_and_folded() {
        let collection = Collection::default();
        let go_on = AtomicBool::new(false);
        collection.add(vec![article("Kabar", 3, 0..100), article("Lintas", 4, 500..600)]);
        assert!(!collection.find_copies(&go_on), "nothing is told twice");
        collection.add(vec![
            article("Lintas", 4, 0..100),
            article("Harian", 5, 2..100),
            article("Harian", 25, 0..100),
        ]);
        assert!(!collection.find_copies(&AtomicBool::new(true)), "it can be given up");
        assert!(collection.find_copies(&go_on));
        assert!(!collection.find_copies(&go_on), "nothing new");
        let snapshot = collection.snapshot();
        assert_eq!(snapshot.story(0), snapshot.story(2));
        assert_eq!((snapshot.story(1), snapshot.story(4)), (None, None));
        let folded = snapshot.fold(&Arc::from([4, 3, 1, 2, 0]));
        assert_eq!((folded.rows().as_ref(), folded.articles()), ([4, 3, 1].as_slice(), 5));
        assert_eq!((folded.copies(3), folded.more(3)), ([3, 2, 0].as_slice(), 2));
        assert_eq!((folded.copies(4), folded.more(1)), ([].as_slice(), 0));
        let one = Arc::from([1, 2]);
        assert_eq!(snapshot.fold(&one).rows(), &one);
        assert_eq!(snapshot.fold(&one).more(2), 0, "of one row there is nothing to fold");
    }

    proptest! {
        #[test]
        fn folding_loses_and_doubles_nothing(
            told in proptest::collection::vec((0u8..6, 0u8..4), 0..60),
            by_story in any::<bool>(),
            rows in proptest::collection::vec(0u32..70, 0..70),
        ) {
            let mut seen = HashSet::new();
            let rows: Arc<[Ordinal]> = rows.into_iter().filter(|&row| seen.insert(row)).collect();
            let copies = |which: fn((u8, u8)) -> u8| {
                let told = told.iter().map(|&told| which(told));
                Copies::new((0u32..).zip(told).filter(|&(_, story)| story > 0))
            };
            let mut snapshot = Snapshot { copies: Arc::new(copies(|told| told.0)), ..Snapshot::default() };
            let stories = Gathered::new(&snapshot, copies(|told| told.1), None);
            prop_assert!(stories.is_of(&snapshot));
            snapshot.gather_by(Some(stories).filter(|_| by_story));
            let story = |row| snapshot.folded_by().story(row);
            let folded = snapshot.fold(&rows);
            let mut all = Vec::new();
            for &row in folded.rows().iter() {
                let copies = folded.copies(row);
                all.extend_from_slice(if copies.is_empty() { std::slice::from_ref(&row) } else { copies });
                prop_assert!(copies.is_empty() || copies.len() > 1 && copies[0] == row);
                let same = rows.iter().filter(|&&other| {
                    other == row || story(row).is_some() && story(other) == story(row)
                });
                prop_assert_eq!(same.count(), folded.more(row) + 1);
            }
            let place = |row: &Ordinal| rows.iter().position(|other| other == row);
            prop_assert!(folded.rows().is_sorted_by_key(place));
            all.sort_unstable();
            let mut whole = rows.to_vec();
            whole.sort_unstable();
            prop_assert_eq!(all, whole);
        }
    }
}
