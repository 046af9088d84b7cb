//! Registers held against counting one by one.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// An article: a day, an outlet, and links of thing, spelling, mentions, quotations.
type Made = (Option<i32>, Option<u8>, Vec<(u8, u8, u32, u32)>);

fn articles() -> impl Strategy<Value = Vec<Made>> {
    let many = prop_oneof![4 => 0u32..9, 1 => 28u32..36, 1 => Just(5000u32)];
    let link = (0u8..40, 0u8..3, many.clone(), many);
    let day = prop::option::weighted(0.9, -40i32..20_000);
    let article = (day, prop::option::of(0u8..5), prop::collection::vec(link, 0..12));
    prop::collection::vec(article, 0..200)
}

fn kind(thing: u32) -> Kind {
    Kind::ALL[thing as usize % 4]
}

fn built(articles: &[Made]) -> Register {
    let (keys, spellings): (Vec<String>, Vec<String>) = (
        (0..40).map(|thing| format!("key {thing}")).collect(),
        (0..120).map(|at| format!("Name {at}")).collect(),
    );
    let outlets: Vec<String> = (0..5).map(|outlet| format!("Outlet {outlet}")).collect();
    let mut builder = Builder::default();
    for (day, outlet, links) in articles {
        let links: Vec<Link> = links
            .iter()
            .map(|&(thing, spelling, mentions, quotes)| Link {
                thing: thing.into(),
                spelling: u32::from(thing) * 3 + u32::from(spelling),
                mentions: mentions.max(1),
                quotes,
            })
            .collect();
        builder.put(&Entry {
            published: day.and_then(|day| crate::article::Published::epoch(i64::from(day) * 86_400)),
            outlet: outlet.map(|outlet| outlets[usize::from(outlet)].as_str()),
            language: Some(Language::INDONESIAN),
            quotes: 3,
            links: &links,
        });
    }
    let country = Country::parse("NO");
    builder.finish(
        |thing| Some((kind(thing), keys[thing as usize].as_str(), country.filter(|_| thing == 5))),
        |spelling| spellings[spelling as usize].as_str(),
    )
}

/// What is counted of each thing by key, one article after the other.
fn slowly(articles: &[Made], wanted: Kind, among: impl Fn(u32) -> bool) -> BTreeMap<String, Tally> {
    let mut counts: BTreeMap<String, Tally> = BTreeMap::new();
    for (article, (day, _, links)) in (0u32..).zip(articles) {
        let mut own: BTreeMap<u8, column::Link> = BTreeMap::new();
        for &(thing, _, mentions, quotes) in links {
            let link = own.entry(thing).or_insert(column::Link { spelling: 0, mentions: 0, quotes: 0 });
            link.mentions += mentions.max(1);
            link.quotes += quotes;
        }
        for (thing, link) in own.into_iter().filter(|(thing, _)| kind((*thing).into()) == wanted) {
            if among(article) {
                counts.entry(format!("key {thing}")).or_default().take(link, *day);
            }
        }
    }
    counts
}

proptest! {
    #[test]
    fn counting_is_counting_one_by_one(articles in articles(), every in 1u32..5, rest in 0u32..5) {
        let register = built(&articles);
        prop_assert_eq!(register.len(), articles.len());
        let among = |article: u32| article % every == rest % every;
        let mut rows = Rows::none(articles.len());
        (0u32..).take(articles.len()).filter(|&article| among(article)).for_each(|article| rows.add(article));
        for kind in Kind::ALL {
            let shelf = register.shelf(kind);
            let open = || vec![Tally::default(); shelf.spellings()];
            let never = AtomicBool::new(false);
            let accounts = shelf.column().fold(&rows, &never, open, |tallies, article, links| {
                links.for_each(|link| tallies[link.spelling as usize].take(link, register.day_number(article)));
            });
            let mut counts: BTreeMap<String, Tally> = BTreeMap::new();
            for tallies in accounts.unwrap() {
                for (thing, own) in shelf.each_spelt(&tallies) {
                    for tally in own.iter().filter(|tally| tally.articles > 0) {
                        counts.entry(shelf.key(thing).to_owned()).or_default().add(tally);
                    }
                }
            }
            prop_assert_eq!(counts, slowly(&articles, kind, among));
            let known = slowly(&articles, kind, |_| true);
            for (key, tally) in &known {
                let thing = shelf.find(key).unwrap();
                prop_assert_eq!(shelf.known(thing), tally.articles);
            }
            prop_assert_eq!(shelf.len(), known.len());
            let ascending = |article: u32| {
                shelf.column().of(article).map(|link| link.spelling).collect::<Vec<_>>().is_sorted()
            };
            prop_assert!((0u32..).take(articles.len()).all(ascending));
        }
        let outlets: u64 = register.outlets(&rows).iter().map(|(_, many)| many).sum();
        let expected = (0u32..).zip(&articles).filter(|(at, (_, outlet, _))| among(*at) && outlet.is_some());
        prop_assert_eq!(outlets as usize, expected.count());
        let mut days = 0;
        register.each_day(&rows, |_, many| days += many);
        prop_assert_eq!(days as usize, rows.count());
    }

    #[test]
    fn it_is_read_as_it_was_written(articles in articles(), at in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        let register = built(&articles);
        write(folder.path(), "0123456789abcdef", 7, &register).unwrap();
        let read_back = || read(folder.path(), "0123456789abcdef", 7).and_then(Unread::read);
        prop_assert!(read_back() == Some(built(&articles)));
        prop_assert!(read(folder.path(), "another library!", 7).is_none());
        prop_assert!(read(folder.path(), "0123456789abcdef", 8).is_none());
        let mut bytes = std::fs::read(path(folder.path())).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 0x10;
        std::fs::write(path(folder.path()), &bytes).unwrap();
        prop_assert!(read_back().is_none(), "byte {}", at);
        std::fs::write(path(folder.path()), &bytes[..at]).unwrap();
        prop_assert!(read_back().is_none(), "{} bytes", at);
    }
}

#[test]
fn it_can_be_given_up() {
    let register = built(&[(Some(1), None, vec![(0, 0, 1, 0)])]);
    let mut rows = Rows::none(1);
    rows.add(0);
    let column = register.shelf(Kind::Person).column();
    assert!(column.fold(&rows, &AtomicBool::new(true), || (), |(), _, _| ()).is_none());
}

proptest! {
    #[test]
    fn rows_are_a_set(len in 0usize..200, some in prop::collection::vec(0u32..220, 0..40), more in prop::collection::vec(0u32..220, 0..40)) {
        let rows = |articles: &[u32]| {
            let mut rows = Rows::none(len);
            articles.iter().for_each(|&article| rows.add(article));
            rows
        };
        let whole: Vec<u32> = (0u32..).take(len).collect();
        prop_assert_eq!(Rows::all(len), rows(&whole));
        let mut joined = rows(&some);
        joined.join(&rows(&more));
        prop_assert_eq!(joined, rows(&[some, more].concat()));
    }
}
