//! A library at 10,000, 100,000 and, when asked, a million articles: import, opening, the filter, completion, full text,
//! what the reader did; how each grows from one size to the next, and beside them what readers of this kind do: LIKE over
//! titles and texts in SQLite, as newsboat searches, and another fuzzy matcher over the same titles.
//!
//! ```sh
//! cargo bench --bench library
//! PETIK_BENCH_MILLION=1 cargo bench --bench library
//! PETIK_BENCH_CPU=1 cargo bench --bench library      # on a busy machine
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

mod corpus;
#[expect(dead_code, reason = "of the made-up articles the dice alone are used")]
mod stories;
#[expect(dead_code, reason = "rows are written in another way here")]
mod times;

use petik::library::{Change, Deed, Keeper, Opening, Place, Snapshot, import, open};
use petik::load::Source;
use petik::search::{Query, Sort, completing};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use times::{Times, now};

/// Typed letter by letter, and taken back.
const TYPED: [&str; 5] = ["rusia", "korea lavr", "prabowo subianto", "kementerian", "lavtov"];

/// Completed letter by letter; within 8 ms each.
const COMPLETED: [&str; 7] =
    ["pra", "solheim", "p:sub", "by:rah", "c:kor", "org:kementerian", "outlet:kabar 2"];

static NEVER: AtomicBool = AtomicBool::new(false);

/// What was measured, in milliseconds.
type Row = (&'static str, f64);

fn main() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("budgets");
    fs::create_dir_all(&root).unwrap();
    let mut before: Option<(usize, Vec<Row>)> = None;
    for articles in [10_000, 100_000, 1_000_000].into_iter().filter(|&articles| articles <= *stories::MOST) {
        let rows = measure(&root, articles);
        println!("\n{articles} articles{:>56}", if before.is_some() { "growth" } else { "" });
        for (at, (what, time)) in rows.iter().enumerate() {
            let growth = before.as_ref().map(|(_, rows)| format!("× {:.1}", time / rows[at].1.max(1e-3)));
            println!("  {what:<44} {time:>12.2} ms {:>10}", growth.unwrap_or_default());
        }
        before = Some((articles, rows));
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = now();
    let done = std::hint::black_box(work());
    (done, now() - begun)
}

fn measure(root: &Path, articles: usize) -> Vec<Row> {
    let file = root.join(format!("corpus-{articles}.jsonl"));
    if !file.exists() {
        corpus::write(&file, articles).unwrap();
    }
    let folder = root.join(format!("bench-{articles}"));
    let _ = fs::remove_dir_all(&folder);
    let place = Place { library: folder.join("library.db"), derived: folder.join("cache") };
    let sources = [Source::Path(file)];
    let (counts, importing) = timed(|| import(&place, &sources, &NEVER, &mut |_| {}).unwrap());
    assert_eq!(counts.added as usize, articles);
    let (_, again) = timed(|| import(&place, &sources, &NEVER, &mut |_| {}).unwrap());
    let opening = Opening::Library(place.clone());
    let (snapshot, opened) = timed(|| open(&opening, &NEVER, &|_| {}).snapshot());
    assert_eq!(snapshot.len(), articles);
    let mut rows = vec![
        ("import", importing),
        ("import, an article", importing / articles as f64),
        ("import of what is there already", again),
        ("open, with what the filter needs", opened),
    ];
    let mut keys = Times::default();
    for query in TYPED {
        let lengths: Vec<usize> = (1..=query.len()).chain((1..query.len()).rev()).collect();
        for length in lengths {
            keys.take(|| found(&snapshot, query.get(..length).unwrap_or_default()));
        }
    }
    rows.push(("a key in the filter, p50", keys.percentile(50)));
    rows.push(("a key in the filter, max", keys.percentile(100)));
    let mut tabs = Times::default();
    for line in COMPLETED {
        for length in 1..=line.len() {
            if let Some(asked) = completing(&line[..length], length) {
                tabs.take(|| snapshot.complete(&asked, &NEVER).unwrap().len());
            }
        }
    }
    rows.push(("completion (8 ms), p50", tabs.percentile(50)));
    rows.push(("completion (8 ms), max", tabs.percentile(100)));
    marks(&place, snapshot.clone(), &mut rows);
    let rare = rare(&snapshot);
    let (_, folded) = timed(|| snapshot.fold(snapshot.newest_first()));
    rows.push(("folding the copies among all rows", folded));
    for (what, query) in [
        ("full text, a rare word", format!("text:{rare}")),
        ("full text, a common word", "text:kapal".to_owned()),
        ("full text, a phrase", "\"harga beras\"".to_owned()),
        ("full text beside names", format!("text:kapal person:lavr -{rare}")),
    ] {
        let (_, time) = timed(|| found(&snapshot, &query));
        rows.push((what, time));
    }
    for (what, query) in [
        ("full text, a rare word, the best first", format!("text:{rare}")),
        ("full text, a common word, the best first", "text:kapal".to_owned()),
        ("full text, two common words, the best first", "text:kapal text:harga".to_owned()),
    ] {
        let query = Query::parse(&query).unwrap();
        let (_, time) = timed(|| snapshot.query_by(&query, Sort::Best, &NEVER).unwrap().len());
        rows.push((what, time));
    }
    let connection = rusqlite::Connection::open(&place.library).unwrap();
    let mut like = connection
        .prepare(
            "SELECT article FROM articles JOIN texts USING (article) \
             WHERE title LIKE ?1 OR body LIKE ?1 ORDER BY published_at DESC",
        )
        .unwrap();
    let mut ask = |word: &str| {
        let rows = like.query_map([format!("%{word}%")], |row| row.get::<_, i64>(0)).unwrap();
        rows.map(Result::unwrap).count()
    };
    rows.push(("peer: LIKE in SQLite, a rare word", timed(|| ask(&rare)).1));
    rows.push(("peer: LIKE in SQLite, a common word", timed(|| ask("kapal")).1));
    let mut titles = connection.prepare("SELECT title FROM articles").unwrap();
    let titles: Vec<String> = titles.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut keys = Times::default();
    for query in TYPED {
        for length in 1..=query.len() {
            let key = query.get(..length).unwrap_or_default();
            let config = neo_frizbee::Config::default();
            keys.take(|| neo_frizbee::Matcher::new(key, &config).match_list_parallel(&titles, 2));
        }
    }
    rows.push(("peer: neo_frizbee over the titles, p50", keys.percentile(50)));
    rows.push(("peer: neo_frizbee over the titles, max", keys.percentile(100)));
    let _ = fs::remove_dir_all(&folder);
    rows
}

/// Stars every seventh article and reads every second one, and asks for them.
fn marks(place: &Place, mut snapshot: Snapshot, rows: &mut Vec<Row>) {
    let mut keeper = Keeper::new(&place.library);
    let of = |every: u32| snapshot.newest_first().iter().copied().filter(|row| row % every == 0).collect();
    let deeds = [
        ("star every seventh article", Deed::Change(of(7), vec![Change::Starred(true)])),
        ("mark every second article read", Deed::Change(of(2), vec![Change::Read(true)])),
    ];
    for (what, deed) in deeds {
        let (done, time) = timed(|| keeper.perform(&deed, &snapshot).unwrap());
        snapshot.set_ledger(done.1);
        rows.push((what, time));
    }
    for (what, query) in [
        ("is:starred", "is:starred"),
        ("is:unread", "is:unread"),
        ("is:unread with a word", "is:unread rusia"),
    ] {
        rows.push((what, timed(|| found(&snapshot, query)).1));
    }
}

fn found(snapshot: &Snapshot, query: &str) -> usize {
    Query::parse(query).map_or(0, |query| snapshot.query(&query, &NEVER).unwrap().len())
}

/// The longest word of some article.
fn rare(snapshot: &Snapshot) -> String {
    let article = snapshot.article(7).unwrap();
    let words = article.body.split(|c: char| !c.is_ascii_lowercase());
    words.max_by_key(|word| word.len()).unwrap().to_owned()
}
