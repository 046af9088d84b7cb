//! Every key of some queries as they are typed and taken back, over 10,000, 100,000 and, when asked, a million made-up
//! articles, on all cores.
//!
//! ```sh
//! cargo bench --bench search
//! PETIK_BENCH_MILLION=1 cargo bench --bench search
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

use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use divan::{Bencher, black_box};
use petik::article::{Kind, Published};
use petik::search::{Arena, Doc, Memory, Name, Query, find, mark};
use petik::words::{Country, Language};
use rayon::prelude::*;

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

const WORDS: &str = "di dan of the to in untuk dengan pada from after usai soal sebut minta tolak bahas presiden menlu \
    menteri president minister talks rapat sengketa kapal harga beras naik turun pemilu election reform policy warga \
    kota jalan banjir gempa laut rudal ekspor impor pajak bank sekolah rumah sakit vaksin kereta pelabuhan energi \
    listrik batu bara nikel hutan satwa film musik liga final juara";

const FIRST: &str = "Sergey Prabowo Ingrid Siti Budi Marie Kim Thandeka Wojciech Aurélie Đặng Recep Ludmila Dinesh \
    Ornella Radhika Gyula Hiroto Otávio Anastasia";

const LAST: &str = "Lavrov Subianto Solheim Rahayu Santoso Dupont Tshabalanga Nowotarski Valcourt Văn Erdoğan Černoch \
    Pillaimar Quarantino Iyengar Örkény Sugiyasu Paixão Vlachogiannis Baskoro";

const COUNTRIES: [(&str, &str); 12] = [
    ("RU", "Rusia"),
    ("KP", "Korea Utara"),
    ("KR", "Korea Selatan"),
    ("NO", "Norwegia"),
    ("ID", "Indonesia"),
    ("US", "Amerika Serikat"),
    ("JP", "Jepang"),
    ("CN", "Tiongkok"),
    ("UA", "Ukraina"),
    ("FR", "Prancis"),
    ("DE", "Jerman"),
    ("BR", "Brasil"),
];

/// Steele and Vigna's SplitMix64: the same articles every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    /// Low numbers far more often than high ones, as words are used.
    fn skewed(&mut self, sides: usize) -> usize {
        let most = self.roll(sides) + 1;
        self.roll(most)
    }

    /// A number below `sides`, the first twice as often as the second and so on.
    fn zipf(&mut self, sides: usize) -> usize {
        let share = self.roll(1 << 24) as f64 / f64::from(1 << 24);
        ((sides as f64).powf(share) as usize).min(sides) - 1
    }
}

struct Story {
    title: String,
    outlet: String,
    published: Published,
    names: Vec<Name>,
}

impl Story {
    fn doc(&self) -> Doc<'_> {
        Doc {
            title: &self.title,
            outlet: Some(&self.outlet),
            language: Some(Language::INDONESIAN),
            published: Some(self.published),
            names: &self.names,
            quotes: 2,
        }
    }
}

/// A word nobody uses, of two to four syllables.
fn coined(dice: &mut Dice) -> String {
    const ONSETS: [&str; 16] =
        ["b", "d", "k", "l", "m", "n", "p", "r", "s", "t", "ng", "ny", "tr", "pr", "h", "w"];
    const RHYMES: [&str; 12] = ["a", "i", "u", "e", "o", "an", "ang", "is", "ur", "ak", "ei", "un"];
    let syllables = 2 + dice.roll(3);
    (0..syllables).flat_map(|_| [ONSETS[dice.roll(ONSETS.len())], RHYMES[dice.roll(RHYMES.len())]]).collect()
}

/// The words of a language, used after Zipf: each pool word by its number alone.
fn pooled(dice: &mut Dice, pool: usize, salt: u64) -> String {
    coined(&mut Dice(dice.zipf(pool) as u64 * 7_919 + salt))
}

fn person(dice: &mut Dice) -> (String, String) {
    let pick = |dice: &mut Dice, list: &str| -> String {
        let list: Vec<&str> = list.split_whitespace().collect();
        list[dice.skewed(list.len())].to_owned()
    };
    match dice.roll(3) {
        0 => (pick(dice, FIRST), pick(dice, LAST)),
        1 => (pick(dice, FIRST), capital(&pooled(dice, 60_000, 1))),
        _ => (capital(&pooled(dice, 5_000, 2)), capital(&pooled(dice, 60_000, 3))),
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// An article with a title of some 74 bytes and fifteen names, as a library of news has them.
fn story(dice: &mut Dice) -> Story {
    let name =
        |kind, name: String, country, quotes| Name { kind, name, aliases: Vec::new(), country, quotes };
    let mut names = Vec::new();
    for at in 0..5 {
        let (first, last) = person(dice);
        names.push(Name {
            aliases: vec![last.clone()],
            ..name(Kind::Person, format!("{first} {last}"), None, u32::from(at < 2))
        });
    }
    for _ in 0..4 {
        let (code, country) = COUNTRIES[dice.skewed(COUNTRIES.len())];
        names.push(name(Kind::Country, country.to_owned(), Country::parse(code), 0));
    }
    for _ in 0..3 {
        names.push(name(Kind::Place, format!("{}grad", capital(&pooled(dice, 30_000, 4))), None, 0));
    }
    for _ in 0..2 {
        let kind = ["Universitas", "Kementerian", "Bank", "Partai"][dice.skewed(4)];
        names.push(name(Kind::Organisation, format!("{kind} {}", pooled(dice, 60_000, 5)), None, 0));
    }
    // Names that stand in one article alone make most of the distinct ones.
    names.push(name(Kind::Organisation, format!("Yayasan {} {}", coined(dice), coined(dice)), None, 0));
    let common: Vec<&str> = WORDS.split_whitespace().collect();
    let mut title = match dice.roll(3) {
        0 => names[0].name.clone(),
        1 => names[5].name.clone(),
        _ => common[dice.roll(common.len())].to_owned(),
    };
    let length = 50 + dice.roll(50);
    while title.len() < length {
        title.push_str(if dice.roll(12) == 0 { ": " } else { " " });
        title.push_str(&match dice.roll(40) {
            0 => coined(dice),
            1..15 => pooled(dice, 100_000, 6),
            _ => common[dice.roll(common.len())].to_owned(),
        });
    }
    let outlet = format!("Kabar {}", dice.skewed(300));
    let published = Published::epoch(1_600_000_000 + dice.roll(150_000_000) as i64).unwrap();
    Story { title, outlet, published, names }
}

/// How many articles at most: a hundred thousand, a million when the environment says so.
static MOST: LazyLock<usize> =
    LazyLock::new(|| if std::env::var_os("PETIK_BENCH_MILLION").is_some() { 1_000_000 } else { 100_000 });

static STORIES: LazyLock<Vec<Story>> = LazyLock::new(|| {
    let chunk = |at: usize| {
        let mut dice = Dice(at as u64);
        (0..10_000).map(move |_| story(&mut dice)).collect::<Vec<_>>()
    };
    (0..*MOST / 10_000).into_par_iter().flat_map_iter(chunk).collect()
});

fn arena(articles: usize) -> Arena {
    Arena::build(STORIES[..articles].iter().map(Story::doc))
}

static ARENA: LazyLock<Arena> = LazyLock::new(|| arena(100_000));

/// What is on the filter line after each key of a query, as it is typed and as it is taken back.
fn keys(query: &str) -> Vec<&str> {
    let mut typed: Vec<&str> = query.char_indices().map(|(at, c)| &query[..at + c.len_utf8()]).collect();
    let back = typed.iter().rev().skip(1).copied().collect::<Vec<_>>();
    typed.extend(back);
    typed
}

/// The rows of a query, newest first: the articles of an arena stand in that order here.
fn search(arena: &Arena, query: &str, memory: &Memory) -> Option<(usize, Vec<u32>)> {
    let query = Query::parse(query).ok()?;
    let answer = find(&[(0, arena)], &query, &|_| "", memory, &AtomicBool::new(false)).unwrap();
    Some((answer.count(), answer.ordered(arena.len(), |doc| doc, |place| place).to_vec()))
}

/// The times of keys in milliseconds.
#[derive(Default)]
struct Times(Vec<f64>);

impl Times {
    fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = black_box(work());
        self.0.push(start.elapsed().as_secs_f64() * 1e3);
        result
    }

    fn percentile(&self, hundredths: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[(sorted.len() - 1) * hundredths / 100]
    }

    fn row(&self, what: &str) {
        let [p50, p99, max] = [50, 99, 100].map(|hundredths| self.percentile(hundredths));
        println!("{what:<44} p50 {p50:7.2}  p99 {p99:7.2}  max {max:7.2} ms");
    }
}

/// Types every query and takes it back, five times over, then pastes each.
fn type_all(articles: usize) {
    let start = Instant::now();
    let arena = arena(articles);
    println!(
        "\n{articles} articles: built in {:.1} s, {:.1} MB",
        start.elapsed().as_secs_f64(),
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

#[divan::bench(args = ["r", "rusia", "kju", "prabowo subianto"], sample_count = 20)]
fn key_of_100_000(bencher: Bencher<'_, '_>, key: &str) {
    let arena = &*ARENA;
    bencher.bench(|| search(arena, black_box(key), &Memory::default()));
}

#[divan::bench(args = ["rusia", "prabowo subianto", "korut lvrv"], sample_count = 20)]
fn marks_of_a_screen(bencher: Bencher<'_, '_>, key: &str) {
    let query = Query::parse(key).unwrap();
    let rows: Vec<&Story> = STORIES.iter().step_by(1_000).take(60).collect();
    bencher.bench(|| rows.iter().map(|story| mark(black_box(&query), &story.doc())).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 10)]
fn build_a_segment(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Arena::build(STORIES[..2_048].iter().map(Story::doc)));
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
    }
    divan::main();
}
