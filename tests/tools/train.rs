//! Trains the name tagger: `cargo run --release --example train -- OUT ROUNDS FILE…`.
//!
//! FILE is JSON Lines with `lang`, `body` and `entities` (`kind`, `mentions` with `start` and `end` in code points; a
//! `form` other than a name is left out). The same files in the same order give the same bytes.

use petik::annotate::{Sample, train};
use petik::article::Kind;
use petik::text::Span;
use petik::words::Language;
use serde_json::Value;
use std::io::{BufRead, BufReader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(out), Some(rounds)) = (arguments.next(), arguments.next()) else {
        return Err("usage: train OUT ROUNDS FILE…".into());
    };
    let mut samples = Vec::new();
    for path in arguments {
        for line in BufReader::new(std::fs::File::open(path)?).lines() {
            samples.push(sample(&serde_json::from_str(&line?)?).ok_or("no labelled text")?);
        }
    }
    let weights = train(&samples, rounds.parse()?);
    std::fs::write(&out, &weights)?;
    println!("{} texts, {} bytes in {out}", samples.len(), weights.len());
    Ok(())
}

fn sample(record: &Value) -> Option<Sample> {
    let text = record.get("body")?.as_str()?.to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut names = Vec::new();
    for entity in record.get("entities")?.as_array()? {
        let kind = match entity.get("kind")?.as_str()? {
            "person" => Kind::Person,
            "organisation" => Kind::Organisation,
            "country" => Kind::Country,
            _ => Kind::Place,
        };
        for mention in entity.get("mentions")?.as_array()? {
            if mention.get("form").is_some_and(|form| form != "name") {
                continue;
            }
            let offset = |key: &str| bytes.get(usize::try_from(mention.get(key)?.as_u64()?).ok()?).copied();
            names.push((Span::new(offset("start")?, offset("end")?), kind));
        }
    }
    Some(Sample { text, language: Language::parse(record.get("lang")?.as_str()?)?, names })
}
