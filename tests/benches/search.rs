//! Every key of some queries as they are typed, over 10,000 and 100,000 made-up articles in segments, on all cores.
//!
//! ```sh
//! cargo bench --bench search
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    reason = "a bench may fail loudly"
)]

use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use divan::{Bencher, black_box};
use petik::article::{Kind, Published};
use petik::search::{Arena, Doc, Hit, Name, Query, find, mark};
use petik::words::{Country, Language};
use rayon::prelude::*;

/// Articles in a segment of a collection.
const SEGMENT: usize = 4_096;

const TYPED: [&str; 4] = ["rusia", "korea lavr", "prabowo subianto", "zzzq"];

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

fn story(dice: &mut Dice) -> Story {
    let pick = |dice: &mut Dice, list: &str| -> String {
        let list: Vec<&str> = list.split_whitespace().collect();
        list[dice.skewed(list.len())].to_owned()
    };
    let name =
        |kind, name: String, country, quotes| Name { kind, name, aliases: Vec::new(), country, quotes };
    let mut names = Vec::new();
    for at in 0..2 {
        let (first, last) = (pick(dice, FIRST), pick(dice, LAST));
        names.push(Name {
            aliases: vec![last.clone()],
            ..name(Kind::Person, format!("{first} {last}"), None, at)
        });
    }
    for _ in 0..3 {
        let (code, country) = COUNTRIES[dice.skewed(COUNTRIES.len())];
        names.push(name(Kind::Country, country.to_owned(), Country::parse(code), 0));
    }
    names.push(name(Kind::Place, format!("{}grad", coined(dice)), None, 0));
    names.push(name(Kind::Organisation, format!("Universitas {}", coined(dice)), None, 0));
    let mut title = match dice.roll(3) {
        0 => names[0].name.clone(),
        1 => names[2].name.clone(),
        _ => pick(dice, WORDS),
    };
    for _ in 0..5 + dice.roll(5) {
        title.push(' ');
        title.push_str(&if dice.roll(8) == 0 { coined(dice) } else { pick(dice, WORDS) });
    }
    let outlet = format!("Kabar {}", dice.skewed(300));
    let published = Published::epoch(1_600_000_000 + dice.roll(150_000_000) as i64).unwrap();
    Story { title, outlet, published, names }
}

static STORIES: LazyLock<Vec<Story>> = LazyLock::new(|| {
    let mut dice = Dice(1);
    (0..100_000).map(|_| story(&mut dice)).collect()
});

static ARENAS: LazyLock<Vec<Arena>> = LazyLock::new(|| {
    STORIES.par_chunks(SEGMENT).map(|chunk| Arena::build(chunk.iter().map(Story::doc))).collect()
});

fn arenas(articles: usize) -> &'static [Arena] {
    &ARENAS[..articles.div_ceil(SEGMENT)]
}

fn keys() -> Vec<String> {
    let typed =
        |query: &&'static str| query.char_indices().map(|(at, c)| query[..at + c.len_utf8()].to_owned());
    TYPED
        .iter()
        .flat_map(|query| typed(query).collect::<Vec<_>>())
        .filter(|key| !key.ends_with(' '))
        .collect()
}

fn search(arenas: &[Arena], query: &Query) -> Vec<Vec<Hit>> {
    let cancelled = AtomicBool::new(false);
    arenas.par_iter().map(|arena| find(arena, query, &|_| "", &cancelled).unwrap()).collect()
}

#[divan::bench(args = keys(), consts = [10_000, 100_000], sample_count = 20)]
fn key<const ARTICLES: usize>(bencher: Bencher<'_, '_>, key: &str) {
    let arenas = arenas(ARTICLES);
    bencher.bench(|| {
        let query = Query::parse(black_box(key)).unwrap();
        search(arenas, &query)
    });
}

#[divan::bench(args = ["rusia", "prabowo subianto", "korut lvrv"], sample_count = 20)]
fn marks_of_a_screen(bencher: Bencher<'_, '_>, key: &str) {
    let query = Query::parse(key).unwrap();
    let rows: Vec<&Story> = STORIES.iter().step_by(1_000).take(60).collect();
    bencher.bench(|| rows.iter().map(|story| mark(black_box(&query), &story.doc())).collect::<Vec<_>>());
}

#[divan::bench(sample_count = 10)]
fn build_a_segment(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Arena::build(STORIES[..SEGMENT].iter().map(Story::doc)));
}

#[divan::bench(args = ["r", "rusia", "country:kor"])]
fn parse(key: &str) -> Query {
    Query::parse(black_box(key)).unwrap()
}

fn main() {
    for key in keys() {
        let query = Query::parse(&key).unwrap();
        let hits: usize = search(arenas(100_000), &query).iter().map(Vec::len).sum();
        println!("{key:<20} {hits:>7} of 100,000");
    }
    divan::main();
}
