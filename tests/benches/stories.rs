//! Made-up articles with titles and names such as a library of news has: the same every time.

use std::sync::LazyLock;

use petik::article::{Kind, Published};
use petik::search::Name;
use petik::words::Country;
use rayon::prelude::*;

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
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    /// Low numbers far more often than high ones, as words are used.
    pub(crate) fn skewed(&mut self, sides: usize) -> usize {
        let most = self.roll(sides) + 1;
        self.roll(most)
    }

    /// A number below `sides`, the first twice as often as the second and so on.
    fn zipf(&mut self, sides: usize) -> usize {
        let share = self.roll(1 << 24) as f64 / f64::from(1 << 24);
        ((sides as f64).powf(share) as usize).min(sides) - 1
    }
}

pub(crate) struct Story {
    pub(crate) title: String,
    pub(crate) outlet: String,
    pub(crate) published: Published,
    pub(crate) names: Vec<Name>,
}

/// A word nobody uses, of two to four syllables.
pub(crate) fn coined(dice: &mut Dice) -> String {
    const ONSETS: [&str; 16] =
        ["b", "d", "k", "l", "m", "n", "p", "r", "s", "t", "ng", "ny", "tr", "pr", "h", "w"];
    const RHYMES: [&str; 12] = ["a", "i", "u", "e", "o", "an", "ang", "is", "ur", "ak", "ei", "un"];
    let syllables = 2 + dice.roll(3);
    (0..syllables).flat_map(|_| [ONSETS[dice.roll(ONSETS.len())], RHYMES[dice.roll(RHYMES.len())]]).collect()
}

/// The words of a language, used after Zipf: each pool word by its number alone.
pub(crate) fn pooled(dice: &mut Dice, pool: usize, salt: u64) -> String {
    coined(&mut Dice(dice.zipf(pool) as u64 * 7_919 + salt))
}

pub(crate) fn person(dice: &mut Dice) -> (String, String) {
    let dice = &mut Dice(dice.zipf(300_000) as u64);
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
pub(crate) static MOST: LazyLock<usize> =
    LazyLock::new(|| if std::env::var_os("PETIK_BENCH_MILLION").is_some() { 1_000_000 } else { 100_000 });

pub(crate) static STORIES: LazyLock<Vec<Story>> = LazyLock::new(|| {
    let chunk = |at: usize| {
        let mut dice = Dice(at as u64);
        (0..10_000).map(move |_| story(&mut dice)).collect::<Vec<_>>()
    };
    (0..*MOST / 10_000).into_par_iter().flat_map_iter(chunk).collect()
});
