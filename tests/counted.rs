//! The same articles give the same facets, whether they lie in memory, in a library, or behind the index of one.

use crate::library::{fill, in_memory, opened, place, sample};
use petik::article::{Day, Kind};
use petik::library::{
    Digest, Dossier, MOST, Missed, Named, Ordinal, QuotePlace, Quoted, Saying, Sayings, Snapshot, Story,
};
use petik::search::Query;
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

static GO_ON: AtomicBool = AtomicBool::new(false);

/// One collection in memory, in a library, and in one of which a part came behind the index.
fn shelves() -> &'static [Snapshot; 3] {
    static SHELVES: OnceLock<([Snapshot; 3], [tempfile::TempDir; 2])> = OnceLock::new();
    let made = SHELVES.get_or_init(|| {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let [whole, parted] = [place(folders[0].path()), place(folders[1].path())];
        fill(&whole, &sample());
        fill(&parted, &sample()[..1]);
        fill(&parted, &sample());
        ([in_memory(&sample()), opened(&whole), opened(&parted)], folders)
    });
    &made.0
}

/// An article by where it stands among all, newest first: what ordinal it has depends on where it lies.
struct Places(HashMap<Ordinal, Ordinal>);

impl Places {
    fn of(snapshot: &Snapshot) -> Places {
        Places((0..).zip(snapshot.newest_first().iter()).map(|(at, &row)| (row, at)).collect())
    }

    fn row(&self, row: Ordinal) -> Ordinal {
        self.0[&row]
    }

    fn quote(&self, (row, at): QuotePlace) -> QuotePlace {
        (self.row(row), at)
    }

    fn saying(&self, saying: Saying) -> Saying {
        let others = saying.others.iter().map(|&place| self.quote(place)).collect();
        Saying { place: self.quote(saying.place), others, ..saying }
    }

    fn all(&self, sayings: Vec<Saying>) -> Vec<Saying> {
        sayings.into_iter().map(|saying| self.saying(saying)).collect()
    }

    fn stories(&self, stories: Vec<Story>) -> Vec<Story> {
        let story = |story: Story| Story { rows: story.rows.iter().map(|&row| self.row(row)).collect() };
        stories.into_iter().map(story).collect()
    }

    fn sayings(&self, sayings: Sayings) -> Sayings {
        Sayings { list: self.all(sayings.list), stories: self.stories(sayings.stories), cut: sayings.cut }
    }

    fn dossier(&self, dossier: Dossier) -> Dossier {
        let articles = dossier.articles.iter().map(|&row| self.row(row)).collect();
        Dossier { by: self.all(dossier.by), about: self.all(dossier.about), articles, ..dossier }
    }

    fn quoted(&self, quoted: Quoted) -> Quoted {
        Quoted { saying: self.saying(quoted.saying), answers: self.all(quoted.answers) }
    }

    fn digest(&self, digest: Digest) -> Digest {
        Digest { stories: self.stories(digest.stories), ..digest }
    }
}

/// What all three answer, which must be the same; the rows are those that stand at `places` among all.
fn agreed<T: PartialEq + std::fmt::Debug>(
    places: &[usize],
    ask: impl Fn(&Snapshot, &Places, &[Ordinal]) -> T,
) -> T {
    let [memory, library, parted] = shelves().each_ref().map(|snapshot| {
        let rows: Vec<Ordinal> = places.iter().map(|&at| snapshot.newest_first()[at]).collect();
        ask(snapshot, &Places::of(snapshot), &rows)
    });
    assert!(memory == library, "in memory {memory:#?}\nin a library {library:#?}");
    assert!(memory == parted, "in memory {memory:#?}\npartly behind the index {parted:#?}");
    memory
}

fn all() -> Vec<usize> {
    (0..shelves()[0].len()).collect()
}

#[test]
fn countries_are_called_as_the_collection_calls_them() {
    let names = agreed(&all(), |snapshot, _, rows| snapshot.names(rows).iter().collect::<Vec<_>>());
    let norway = names.iter().find(|named| named.identity.key.as_ref() == "NO").unwrap();
    assert_eq!(norway.name, "Norwegia");
    assert!(names.iter().any(|named| named.kind == Kind::Person && named.quotes > 0));
}

#[test]
fn every_dossier_is_the_same() {
    let names = agreed(&all(), |snapshot, _, rows| snapshot.names(rows).iter().collect::<Vec<_>>());
    assert!(names.len() > 300);
    let mut chance = 0;
    for named in names.iter().filter(|named| named.articles > 1) {
        let dossier = agreed(&all(), |snapshot, places, rows| {
            places.dossier(snapshot.dossier(rows, &named.identity, &GO_ON).unwrap())
        });
        assert_eq!(dossier.named, *named);
        assert_eq!(dossier.articles.len() as u64, named.articles);
        assert_eq!(
            dossier.days.days.iter().map(|day| day.1).sum::<u64>() + dossier.days.undated,
            named.articles
        );
        // All sayings of few articles are told: those of one article that are the same count once.
        assert!(dossier.by.iter().map(|saying| saying.carried().count() as u64).sum::<u64>() <= named.quotes);
        assert_eq!(dossier.by.is_empty(), named.quotes == 0);
        for other in &dossier.beside {
            let anywhere = names.iter().find(|named| named.identity == other.identity).unwrap().articles;
            let share = other.together as f64 / dossier.articles.len() as f64;
            let expected = share * names_articles() / anywhere as f64;
            assert!((other.lift - expected).abs() < 1e-9, "{} beside {}", other.name, named.name);
            chance += usize::from(other.likelihood > 3.84);
        }
    }
    assert!(chance > 100, "named together more often than chance: {chance}");
}

fn names_articles() -> f64 {
    shelves()[0].len() as f64
}

#[test]
fn stories_are_gathered_alike() {
    let rows = agreed(&all(), |snapshot, places, _| {
        let mut snapshot = snapshot.clone();
        snapshot.gather_by(snapshot.gathered(&GO_ON));
        let folded = snapshot.fold(snapshot.newest_first());
        let copies =
            |&row: &Ordinal| folded.copies(row).iter().map(|&row| places.row(row)).collect::<Vec<_>>();
        folded.rows().iter().map(copies).collect::<Vec<_>>()
    });
    // A quake under two outlets and in a third on the day after. The same two people speak of it and, three days later, of
    // faults elsewhere: that is not one story.
    assert_eq!(rows.len(), all().len() - 2);
    assert!(rows.iter().any(|copies| copies.len() == 3));
}

#[test]
fn every_quotation_is_the_same() {
    let sayings = agreed(&all(), |snapshot, places, rows| {
        places.sayings(snapshot.sayings(rows, &Query::default(), MOST, &GO_ON).unwrap())
    });
    assert!(sayings.list.len() > 100 && sayings.cut.is_none());
    for saying in sayings.list.iter().step_by(7) {
        let (at, quote) = saying.place;
        let quoted = agreed(&all(), |snapshot, places, rows| {
            let row = snapshot.newest_first()[at as usize];
            places.quoted(snapshot.quoted(rows, (row, quote), &[], &GO_ON).unwrap())
        });
        assert_eq!(quoted.saying.words, saying.words);
    }
    let few = agreed(&all(), |snapshot, places, rows| {
        places.sayings(snapshot.sayings(rows, &Query::default(), 5, &GO_ON).unwrap())
    });
    assert_eq!(few.cut, Some(5));
    assert!(few.list.iter().all(|saying| saying.place.0 < 5), "of the first five articles");
    let by = Query::parse("by:solheim").unwrap();
    let said = agreed(&all(), |snapshot, places, rows| {
        let quotes = snapshot.quotes(rows, &by);
        assert_eq!(snapshot.count_quotes(rows, &by), quotes.len() as u64);
        quotes.into_iter().map(|place| places.quote(place)).collect::<Vec<_>>()
    });
    assert!(!said.is_empty() && said.len() < sayings.list.len());
}

/// Counts once more what some articles, which name `names`, leave out.
fn left_out_by_hand(places: &[usize], names: &[Named], missed: &[Missed]) {
    let everywhere = agreed(&all(), |snapshot, _, rows| snapshot.names(rows).iter().collect::<Vec<_>>());
    let countries = everywhere.iter().filter(|named| named.kind == Kind::Country);
    let mut left_out = 0;
    for country in countries {
        let here = names.iter().find(|named| named.identity == country.identity);
        let many = here.map_or(0, |named| named.articles);
        let expected = country.articles as f64 * places.len() as f64 / names_articles();
        let found = missed.iter().find(|missed| missed.named.identity == country.identity);
        assert_eq!(found.is_some(), expected > 0.0 && many as f64 * 2.0 <= expected, "{}", country.name);
        let Some(missed) = found else { continue };
        left_out += 1;
        assert_eq!((missed.named.articles, missed.anywhere), (many, country.articles));
        assert!((missed.expected - expected).abs() < 1e-9 && missed.likelihood >= 0.0);
        // It is called as it is where it is named.
        assert_eq!(missed.named.name, country.name);
    }
    assert_eq!(left_out, missed.len());
    assert!(missed.is_sorted_by(|a, b| a.likelihood >= b.likelihood));
}

#[test]
fn nothing_is_left_out_of_all_and_of_none() {
    for places in [all(), Vec::new()] {
        let missed = agreed(&places, |snapshot, _, rows| snapshot.missed(rows, &snapshot.names(rows)));
        assert!(missed.is_empty(), "{missed:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_rows_are_counted_alike(
        picked in prop::collection::vec(any::<bool>(), 50),
        turn in any::<bool>(),
        most in 0usize..12,
        name in any::<prop::sample::Index>(),
        (from, long) in (0i32..400, 1i32..90),
    ) {
        let mut places: Vec<usize> = all().into_iter().filter(|&at| picked.get(at) == Some(&true)).collect();
        if turn {
            places.reverse();
        }
        let names = agreed(&places, |snapshot, _, rows| snapshot.names(rows).iter().collect::<Vec<_>>());
        agreed(&places, |snapshot, _, rows| {
            let named = snapshot.names(rows);
            let mut by_hand: Vec<Named> = named.iter().collect();
            by_hand.sort_by_key(|named| Reverse((named.quotes, named.articles)));
            let (some, all) = named.greatest(most, |_, counted| Some(counted.by_quotes()));
            let some: Vec<Named> = some.into_iter().map(|at| named.get(at as usize).unwrap()).collect();
            assert_eq!(all, by_hand.len());
            by_hand.truncate(most);
            assert_eq!(some, by_hand);
            some
        });
        let missed = agreed(&places, |snapshot, _, rows| snapshot.missed(rows, &snapshot.names(rows)));
        left_out_by_hand(&places, &names, &missed);
        let facets = agreed(&places, |snapshot, _, rows| snapshot.facets(rows, most, &GO_ON).unwrap());
        let people = names.iter().filter(|named| named.kind == Kind::Person).count();
        prop_assert_eq!(facets.people.distinct, people);
        prop_assert_eq!(facets.people.top.len(), people.min(most));
        agreed(&places, |snapshot, _, rows| snapshot.spread(rows));
        let days = agreed(&places, |snapshot, _, rows| snapshot.days(rows, &GO_ON).unwrap());
        prop_assert_eq!(days.days.iter().map(|day| day.1).sum::<u64>() + days.undated, places.len() as u64);
        if let Some((first, _)) = days.bounds() {
            let from: Day = first.plus(from);
            agreed(&places, |snapshot, places, rows| {
                places.digest(snapshot.digest(rows, from, from.plus(long), &GO_ON).unwrap())
            });
        }
        if !names.is_empty() {
            let named = name.get(&names);
            agreed(&places, |snapshot, places, rows| {
                places.dossier(snapshot.dossier(rows, &named.identity, &GO_ON).unwrap())
            });
        }
    }
}
