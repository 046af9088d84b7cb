//! Trains the name tagger: `cargo run --release --example train -- OUT ROUNDS [--join N] FILE…`.
//!
//! FILE is JSON Lines with `lang`, `body` and `entities` (`kind`, `mentions` with `start` and `end` in code points; a
//! `form` other than a name is left out), or `gold`, which stands for the articles of tests/gold. `--join N` takes N lines
//! of the files behind it for one text: sentences that follow each other in an article. The same files in the same order
//! give the same bytes.

#[expect(dead_code, unused_imports, reason = "trains on records and scores nothing")]
#[path = "../score/mod.rs"]
mod score;

use petik::annotate::{Sample, train};
use petik::article::Form;
use petik::text::Span;
use petik::words::Language;
use score::{Record, golds};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(out), Some(rounds)) = (arguments.next(), arguments.next()) else {
        return Err("usage: train OUT ROUNDS [--join N] FILE…".into());
    };
    let (mut samples, mut joined) = (Vec::new(), 1);
    while let Some(argument) = arguments.next() {
        if argument == "--join" {
            joined = arguments.next().ok_or("--join needs a number")?.parse::<usize>()?.max(1);
            continue;
        }
        let records = if argument == "gold" {
            golds()?
        } else {
            fs::read_to_string(&argument)?.lines().map(Record::parse).collect::<Result<_, _>>()?
        };
        for records in records.chunks(joined) {
            samples.push(sample(records)?);
        }
    }
    let weights = train(&samples, rounds.parse()?);
    fs::write(&out, &weights)?;
    println!("{} texts, {} bytes in {out}", samples.len(), weights.len());
    Ok(())
}

/// One text of records of one language, a line each.
fn sample(records: &[Record]) -> Result<Sample, Box<dyn Error>> {
    let mut text = String::new();
    let mut names = Vec::new();
    for record in records {
        let bytes: Vec<usize> =
            record.body.char_indices().map(|(at, _)| at).chain([record.body.len()]).collect();
        let start = text.len();
        for entity in &record.entities {
            for mention in entity.mentions.iter().filter(|mention| mention.form == Form::Name) {
                let place =
                    |at: usize| bytes.get(at).map(|byte| start + byte).ok_or("a mention outside its text");
                let span = Span::new(place(mention.range.start)?, place(mention.range.end)?);
                names.push((span, entity.kind));
            }
        }
        text += &record.body;
        text += "\n";
    }
    let language =
        records.first().and_then(|record| Language::parse(&record.lang)).ok_or("a text of no language")?;
    Ok(Sample { text, language, names })
}
