//! Facets of a library of 10,000, 100,000 and, when asked, a million made-up articles, each beside the one before and
//! beside SQL over the same file: what a plain `GROUP BY` takes.
//!
//! ```sh
//! cargo bench --bench facets
//! PETIK_BENCH_MILLION=1 cargo bench --bench facets
//! PETIK_BENCH_CPU=1 cargo bench --bench facets       # on a busy machine
//! PETIK_BENCH_KEPT=1 cargo bench --bench facets      # over the libraries of the run before
//! PETIK_BENCH_ONLY=dossier cargo bench --bench facets
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

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use petik::app::{Ask, Order};
use petik::article::Kind;
use petik::library::{MOST as ALL, Opening, Ordinal, Place, Snapshot, import, open};
use petik::load::Source;
use petik::search::Query;
use rusqlite::Connection;
use serde_json::{Value, json};
use stories::{MOST, STORIES, Story};
use times::{Times, now};

static NEVER: AtomicBool = AtomicBool::new(false);

/// An article with its annotations, so that importing it is all there is to do.
fn record(at: usize, story: &Story) -> Value {
    let mut body = String::new();
    let (mut entities, mut quotes) = (Vec::new(), Vec::new());
    let length = |text: &str| text.chars().count();
    for (n, name) in story.names.iter().enumerate() {
        let id = format!("{}:{n}", name.kind.as_str());
        let start = length(&body);
        body.push_str(&name.name);
        let end = length(&body);
        let country = name.country.map(|country| country.to_string());
        entities.push(json!({"id": id, "kind": name.kind.as_str(), "name": name.name, "country": country,
            "mentions": [{"start": start, "end": end, "confidence": 0.9}]}));
        body.push_str(" dan yang lain membahasnya. ");
        if name.quotes > 0 {
            let start = length(&body);
            body.push_str(&format!("“Kami akan membahas {} dalam pertemuan nomor {at}.”", story.outlet));
            quotes.push(json!({"start": start, "end": length(&body), "speaker": id, "confidence": 0.9}));
            body.push_str("\n\n");
        }
    }
    json!({"id": at.to_string(), "title": story.title, "outlet": story.outlet, "lang": "id", "body": body,
        "published": story.published.rfc3339(), "annotator": "bench", "entities": entities, "quotes": quotes})
}

/// A library of the first articles, in a folder of the target directory. It is made anew unless the environment says to
/// take the one that lies there (PETIK_BENCH_KEPT).
fn library(articles: usize) -> (PathBuf, Place) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("facets-{articles}"));
    let place = Place { library: folder.join("library.db"), derived: folder.join("cache") };
    if *KEPT && place.library.exists() {
        return (folder, place);
    }
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("stories.jsonl");
    let mut lines = BufWriter::new(File::create(&file).unwrap());
    for (at, story) in STORIES[..articles].iter().enumerate() {
        writeln!(lines, "{}", record(at, story)).unwrap();
    }
    lines.flush().unwrap();
    import(&place, &[Source::Path(file.clone())], &NEVER, &mut |_| {}).unwrap();
    fs::remove_file(file).unwrap();
    (folder, place)
}

/// Whether libraries stay for the next run, and are taken from the one before.
static KEPT: LazyLock<bool> = LazyLock::new(|| std::env::var_os("PETIK_BENCH_KEPT").is_some());

fn clear(folder: &Path) {
    if !*KEPT {
        fs::remove_dir_all(folder).unwrap();
    }
}

fn opened(place: &Place) -> Snapshot {
    open(&Opening::Library(place.clone()), &NEVER, &|_| {}).snapshot()
}

/// What is measured: its name, and what does it.
type Task<'a> = (&'static str, Box<dyn Fn() + 'a>);

/// All that a view asks.
fn tasks<'a>(snapshot: &'a Snapshot, rows: &'a [Ordinal], sql: &'a Connection) -> Vec<Task<'a>> {
    let names = move |kinds: &'static [Kind]| snapshot.names_of(rows, kinds, &NEVER).unwrap();
    let most = move |kinds: &'static [Kind]| {
        let names = names(kinds);
        let (first, _) = names.greatest(1, |_, counted| Some(counted.by_articles()));
        names.get(first[0] as usize).unwrap().identity
    };
    let (person, country) = (most(&[Kind::Person]), most(&[Kind::Country]));
    let few = snapshot.query(&Query::parse("c:NO after:2023").unwrap(), &NEVER).unwrap();
    let (carrier, _) = snapshot.spread(rows).outlets.swap_remove(0);
    let outlet = snapshot.query(&Query::parse(&format!("outlet:\"{carrier}\"")).unwrap(), &NEVER).unwrap();
    let (first, _) = snapshot.days(rows, &NEVER).unwrap().bounds().unwrap();
    let group = move |sql_text: &'static str| -> Task<'a> {
        let run = move || {
            let mut statement = sql.prepare_cached(sql_text).unwrap();
            let mut rows = statement.query([]).unwrap();
            while rows.next().unwrap().is_some() {}
        };
        (sql_text, Box::new(run))
    };
    // What a view asks: the names in its order.
    let view = move |kind: Kind| -> Box<dyn Fn() + 'a> {
        let ask = Ask::Names { kind, find: String::new(), order: Order::Most };
        Box::new(move || drop(ask.answer(snapshot, rows, None, &NEVER, &|_| {}).unwrap()))
    };
    vec![
        ("people", view(Kind::Person)),
        group(
            "SELECT entity, count(*), sum(l.mentions), sum(l.quotes) FROM article_entities l \
             JOIN entities USING (entity) WHERE kind = 'person' GROUP BY entity",
        ),
        ("countries", view(Kind::Country)),
        ("organisations, most in one article alone", view(Kind::Organisation)),
        ("places", view(Kind::Place)),
        group("SELECT entity, count(*) FROM article_entities GROUP BY entity"),
        ("the ten most of each facet", Box::new(move || drop(snapshot.facets(rows, 10, &NEVER).unwrap()))),
        (
            "countries that an outlet leaves out",
            Box::new(move || {
                let ask = Ask::Names { kind: Kind::Country, find: String::new(), order: Order::Missed };
                drop(ask.answer(snapshot, &outlet, None, &NEVER, &|_| {}).unwrap());
            }),
        ),
        ("people beside Norway", Box::new(move || drop(snapshot.names_of(&few, &[Kind::Person], &NEVER)))),
        ("timeline", Box::new(move || drop(snapshot.days(rows, &NEVER).unwrap()))),
        group("SELECT substr(published, 1, 10) AS day, count(*) FROM articles GROUP BY day"),
        (
            "thirty days",
            Box::new(move || {
                drop(snapshot.digest(rows, first.plus(300), first.plus(330), &NEVER).unwrap());
            }),
        ),
        ("stories of all articles", Box::new(move || drop(snapshot.gathered(&NEVER).unwrap()))),
        ("dossier of a person", Box::new(move || drop(snapshot.dossier(rows, &person, &NEVER).unwrap()))),
        ("dossier of a country", Box::new(move || drop(snapshot.dossier(rows, &country, &NEVER).unwrap()))),
        (
            "quotations, the first told",
            Box::new(move || {
                drop(snapshot.sayings(rows, &Query::default(), 400, &NEVER).unwrap());
            }),
        ),
        (
            "quotations, as many as are told",
            Box::new(move || {
                drop(snapshot.sayings(rows, &Query::default(), ALL, &NEVER).unwrap());
            }),
        ),
    ]
}

/// Measures everything over `articles`, beside what it took over fewer.
fn measure(articles: usize, before: &mut HashMap<&'static str, f64>) {
    let start = now();
    let (folder, place) = library(articles);
    let imported = now() - start;
    let snapshot = opened(&place);
    let size = std::fs::metadata(place.derived.join("facets.petik")).unwrap().len();
    println!(
        "\n{articles} articles: imported in {:.1} s; what is counted takes {:.1} MB, {:.1} bytes an article",
        imported / 1e3,
        size as f64 / 1e6,
        size as f64 / articles as f64
    );
    let rows = snapshot.newest_first().clone();
    let mut first = Times::default();
    first.take(|| snapshot.days(&rows, &NEVER));
    first.row("reading it");
    let sql = Connection::open(&place.library).unwrap();
    let only = std::env::var("PETIK_BENCH_ONLY").unwrap_or_default();
    for (name, task) in tasks(&snapshot, &rows, &sql).into_iter().filter(|(name, _)| name.contains(&only)) {
        let mut times = Times::default();
        for _ in 0..5 {
            times.take(&task);
        }
        let median = times.percentile(50);
        let grown = before.insert(name, median).map(|fewer| format!("×{:.1} ", median / fewer));
        times.row(&format!("{}{name}", grown.unwrap_or_default()));
    }
    clear(&folder);
}

static TEN_THOUSAND: LazyLock<(PathBuf, Snapshot)> = LazyLock::new(|| {
    let (folder, place) = library(10_000);
    let snapshot = opened(&place);
    (folder, snapshot)
});

#[divan::bench(args = [Kind::Person, Kind::Country], sample_count = 20)]
fn names_of_10_000(bencher: Bencher<'_, '_>, kind: Kind) {
    let snapshot = &TEN_THOUSAND.1;
    bencher.bench(|| snapshot.names_of(snapshot.newest_first(), &[kind], &NEVER));
}

fn main() {
    let mut before = HashMap::new();
    for articles in [10_000, 100_000, 1_000_000].into_iter().filter(|&articles| articles <= *MOST) {
        measure(articles, &mut before);
    }
    if std::env::var_os("PETIK_BENCH_ONLY").is_none() {
        divan::main();
    }
    clear(&TEN_THOUSAND.0);
}
