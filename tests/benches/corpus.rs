//! A corpus of news that nobody wrote, the same every time, as JSON Lines: Indonesian and English articles of some
//! 2.5 KB with datelines, offices, names, quotations and, one in twenty, the copy another outlet took over.

use crate::stories::{Dice, coined, person, pooled};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

/// Articles made from one seed: a smaller corpus is the beginning of a larger one.
const CHUNK: usize = 500;

const CITIES: [&str; 10] =
    ["Oslo", "Jakarta", "Seoul", "Moscow", "Tokyo", "Ambon", "Berlin", "Nairobi", "Paris", "Surabaya"];

/// Of each language: code, offices, words that speak, words in between.
const LANGUAGES: [(&str, &[&str], &[&str], &str); 2] = [
    (
        "id",
        &["Menteri Luar Negeri", "Presiden", "Menteri Kesehatan", "Juru bicara", "Duta Besar"],
        &["kata", "ujar", "tegas", "tutur"],
        "di yang untuk dengan pada dari itu ini akan sudah belum para kepada warga kota kapal harga beras laut rapat \
         sengketa pelabuhan energi listrik hutan sekolah rumah kereta nelayan ekspor impor pajak banjir gempa",
    ),
    (
        "en",
        &["Foreign Minister", "President", "Health Minister", "Spokesperson", "Ambassador"],
        &["said", "told reporters", "added", "warned"],
        "the of to in for with from that this will has not their after before talks port price rice sea meeting ship \
         dispute energy power forest school house train fishers export import tax flood quake policy reform vote",
    ),
];

const COUNTRIES: [[&str; 2]; 12] = [
    ["Indonesia", "Indonesia"],
    ["Rusia", "Russia"],
    ["Norwegia", "Norway"],
    ["Korea Utara", "North Korea"],
    ["Korea Selatan", "South Korea"],
    ["Jepang", "Japan"],
    ["Amerika Serikat", "United States"],
    ["Jerman", "Germany"],
    ["Prancis", "France"],
    ["Kenya", "Kenya"],
    ["Brasil", "Brazil"],
    ["Ukraina", "Ukraine"],
];

struct Made {
    title: String,
    paragraphs: Vec<String>,
    outlet: String,
    day: usize,
    language: &'static str,
}

/// Writes the first `articles` of the corpus to `path`; gives how many bytes they take.
pub(crate) fn write(path: &Path, articles: usize) -> io::Result<u64> {
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    let chunks: Vec<usize> = (0..articles.div_ceil(CHUNK)).collect();
    let mut bytes = 0;
    for some in chunks.chunks(64) {
        let made: Vec<String> =
            some.par_iter().map(|&chunk| lines(chunk, CHUNK.min(articles - chunk * CHUNK))).collect();
        for lines in made {
            file.write_all(lines.as_bytes())?;
            bytes += lines.len() as u64;
        }
    }
    file.flush()?;
    Ok(bytes)
}

fn lines(chunk: usize, articles: usize) -> String {
    let mut dice = Dice(0x5eed ^ chunk as u64);
    let mut before: Option<Made> = None;
    let mut lines = String::with_capacity(articles * 3000);
    for at in 0..articles {
        let made = match before.take() {
            Some(known) if dice.roll(20) == 0 => copied(&mut dice, known),
            _ => made(&mut dice),
        };
        let id = chunk * CHUNK + at;
        let (year, month, day) = (2016 + made.day / 336, made.day / 28 % 12 + 1, made.day % 28 + 1);
        let record = serde_json::json!({
            "id": format!("urn:budget:{id}"),
            "title": made.title,
            "body": made.paragraphs.join("\n\n"),
            "outlet": made.outlet,
            "published": format!("{year}-{month:02}-{day:02}T{:02}:{:02}:00Z", dice.roll(24), dice.roll(60)),
            "lang": made.language,
            "url": format!("https://news.example/{id}"),
        });
        let _ = writeln!(lines, "{record}");
        before = Some(made);
    }
    lines
}

/// What another outlet made of an article: its own dateline, and the last paragraph left out.
fn copied(dice: &mut Dice, known: Made) -> Made {
    let mut paragraphs = known.paragraphs;
    if paragraphs.len() > 3 {
        paragraphs.pop();
    }
    Made { paragraphs, outlet: format!("{} Wire", known.outlet), day: known.day + dice.roll(2), ..known }
}

fn made(dice: &mut Dice) -> Made {
    let at = dice.roll(2);
    let (language, offices, speaking, common) = LANGUAGES[at];
    let common: Vec<&str> = common.split_whitespace().collect();
    let country = |dice: &mut Dice| COUNTRIES[dice.skewed(COUNTRIES.len())][at];
    let people: Vec<(String, String, String)> = (0..3)
        .map(|_| {
            let (first, last) = person(dice);
            (format!("{} {} {first} {last}", offices[dice.roll(offices.len())], country(dice)), first, last)
        })
        .collect();
    let outlet = format!("Kabar {}", dice.skewed(300));
    let city = CITIES[dice.skewed(CITIES.len())];
    let mut paragraphs = vec![format!("{city}, {outlet} – {} {}.", people[0].0, words(dice, &common, 18))];
    while paragraphs.iter().map(String::len).sum::<usize>() < 2100 {
        let (whole, _, last) = &people[dice.roll(3)];
        let said = speaking[dice.roll(speaking.len())];
        let paragraph = match dice.roll(3) {
            0 => {
                let quote = capital(&words(dice, &common, 14));
                let mut paragraph = format!("“{quote},” ");
                let _ = match language {
                    "id" => write!(paragraph, "{said} {last}."),
                    _ => write!(paragraph, "{last} {said}."),
                };
                let _ = write!(paragraph, " {}.", capital(&words(dice, &common, 16)));
                paragraph
            }
            1 => format!("{whole} {} {}.", words(dice, &common, 12), country(dice)),
            _ => {
                let sentences = [12, 17, 14].map(|long| capital(&words(dice, &common, long)));
                format!("{}.", sentences.join(". "))
            }
        };
        paragraphs.push(paragraph);
    }
    let title = match dice.roll(2) {
        0 => format!("{} {} {}", people[0].1, people[0].2, words(dice, &common, 6)),
        _ => format!("{} {}", country(dice), words(dice, &common, 7)),
    };
    Made { title, paragraphs, outlet, day: dice.roll(3000), language }
}

/// Words in a row: half of them such as every text has, the others of a vocabulary that is used after Zipf.
fn words(dice: &mut Dice, common: &[&str], many: usize) -> String {
    let many = many / 2 + dice.roll(many);
    let words: Vec<String> = (0..many.max(3))
        .map(|_| match dice.roll(40) {
            0 => coined(dice),
            1..20 => pooled(dice, 100_000, 6),
            _ => common[dice.roll(common.len())].to_owned(),
        })
        .collect();
    words.join(" ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
