//! Every key of some queries as they are typed and taken back, over 10,000, 100,000 and, when asked, a million made-up
//! articles, on all cores.
//!
//! ```sh
//! cargo bench --bench search
//! PETIK_BENCH_MILLION=1 cargo bench --bench search
//! PETIK_BENCH_CPU=1 cargo bench --bench search       # on a busy machine
//! PETIK_BENCH_KEYS=1 cargo bench --bench search      # every key by itself
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a bench may fail loudly"
)]

mod stories;
mod times;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use petik::search::{Arena, Doc, Memory, Query, find, mark};
use petik::words::Language;
use stories::{MOST, STORIES, Story};
use times::{Times, now};

/// Typed letter by letter; the last of each also pasted.
const TYPED: [&str; 10] = [
    "rusia",
    "korea lavr",
    "prabowo subianto",
    "zzzq",
    "kju",
    "slavrov",
    "universitas",
    "menlu rusia -oslo",
    "lavtov",
    "person:prabo c:korut",
];

fn doc(story: &Story) -> Doc<'_> {
    Doc {
        title: &story.title,
        outlet: Some(&story.outlet),
        language: Some(Language::INDONESIAN),
        published: Some(story.published),
        names: &story.names,
        quotes: 2,
    }
}

fn arena(articles: usize) -> Arena {
    Arena::build(STORIES[..articles].iter().map(doc))
}

static ARENA: LazyLock<Arena> = LazyLock::new(|| arena(100_000));

/// What is on the filter line after each key of a query.
fn typed(query: &str) -> Vec<&str> {
    query.char_indices().map(|(at, c)| &query[..at + c.len_utf8()]).collect()
}

/// The same, as it is typed and as it is taken back.
fn keys(query: &str) -> Vec<&str> {
    let mut typed = typed(query);
    let back = typed.iter().rev().skip(1).copied().collect::<Vec<_>>();
    typed.extend(back);
    typed
}

/// The rows of a query, newest first: the articles of an arena stand in that order here.
fn search(arena: &Arena, query: &str, memory: &Memory) -> Option<(usize, Arc<[u32]>)> {
    let query = Query::parse(query).ok()?;
    let answer = find(&[(0, arena)], &query, &|_| "", memory, &AtomicBool::new(false)).unwrap();
    Some((answer.count(), answer.ordered(arena.len(), |doc| doc, |place| place)))
}

/// Types every query and takes it back, five times over, then pastes each.
fn type_all(articles: usize) {
    let start = now();
    let arena = arena(articles);
    println!(
        "\n{articles} articles: built in {:.1} s, {:.1} MB",
        (now() - start) / 1e3,
        arena.to_bytes().len() as f64 / 1e6
    );
    let verbose = std::env::var_os("PETIK_BENCH_KEYS").is_some();
    let (mut all, mut first, mut pasted) = (Times::default(), Times::default(), Times::default());
    for query in TYPED {
        let mut times = Times::default();
        for round in 0..5 {
            let memory = Memory::default();
            for (at, key) in keys(query).into_iter().enumerate() {
                let mut one = Times::default();
                let found = one.take(|| search(&arena, key, &memory));
                times.0.push(one.0[0]);
                if at == 0 {
                    first.0.push(one.0[0]);
                }
                if verbose && round == 0 {
                    println!("    {key:<30} {:>8} {:7.2} ms", found.map_or(0, |(count, _)| count), one.0[0]);
                }
            }
            pasted.take(|| search(&arena, query, &Memory::default()));
        }
        times.row(query);
        all.0.extend(times.0);
    }
    first.row("first keys");
    pasted.row("pasted");
    all.row("all keys");
}

/// Types the same queries over the same titles with another matcher: no names, its own order.
fn type_peer(articles: usize) {
    let titles: Vec<&str> = STORIES[..articles].iter().map(|story| story.title.as_str()).collect();
    println!("{articles} titles alone, typed letter by letter:");
    let queries = TYPED.iter().filter(|query| !query.contains(':')).flat_map(|query| typed(query));
    let mut times = Times::default();
    for key in queries {
        let config = neo_frizbee::Config::default();
        times.take(|| neo_frizbee::Matcher::new(key, &config).match_list_parallel(&titles, 2));
    }
    times.row("neo_frizbee");
}

#[divan::bench(args = ["r", "rusia", "kju", "prabowo subianto"], sample_count = 20)]
fn key_of_100_000(bencher: Bencher<'_, '_>, key: &str) {
    let arena = &*ARENA;
    bencher.bench(|| search(arena, black_box(key), &Memory::default()));
}

#[divan::bench(args = ["rusia", "prabowo subianto", "korut lvrv"], sample_count = 20)]
fn marks_of_a_screen(bencher: Bencher<'_, '_>, key: &str) {
    let query = Query::parse(key).unwrap();
    let rows: Vec<&Story> = STORIES.iter().step_by(1_000).take(60).collect();
    bencher.bench(|| rows.iter().map(|story| mark(black_box(&query), &doc(story))).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 10)]
fn build_a_segment(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Arena::build(STORIES[..2_048].iter().map(doc)));
}

#[divan::bench(sample_count = 10)]
fn read_the_bytes_of_100_000(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| ARENA.to_bytes().to_vec()).bench_values(|bytes| Arena::from_bytes(bytes).unwrap());
}

#[divan::bench(args = ["r", "rusia", "country:kor"])]
fn parse(key: &str) -> Query {
    Query::parse(black_box(key)).unwrap()
}

fn main() {
    for articles in [10_000, 100_000, 1_000_000].into_iter().filter(|&articles| articles <= *MOST) {
        type_all(articles);
        type_peer(articles);
    }
    divan::main();
}
