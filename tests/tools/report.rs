//! Holds what annotating finds against what is known by hand: figures, and errors by class.
//!
//! ```text
//! cargo run --release --example report -- [--loc-merge] [--show N] [FILE.jsonl…]
//! ```
//!
//! First come the articles of tests/gold, by language, then each file: records as `petik annotate` writes them, but with
//! what is known by hand, one a line; at the end the main figures of all, one a line. `--show N` prints N errors of each class, `--loc-merge` takes countries and
//! places for one kind, as corpora do that mark LOC alone. What the figures mean is told in tests/score.

#[path = "../score/mod.rs"]
mod score;

use petik::article::Kind;
use score::{Annotated, Figure, Record, Tally, golds};
use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// The figures of the summary.
const MAIN: [(&str, Figure); 9] = [
    ("quotes", Figure::Quotes),
    ("speakers", Figure::Speakers),
    ("names", Figure::Names),
    ("person", Figure::NamesOf(Kind::Person)),
    ("country", Figure::NamesOf(Kind::Country)),
    ("place", Figure::NamesOf(Kind::Place)),
    ("organ.", Figure::NamesOf(Kind::Organisation)),
    ("B³", Figure::Clusters),
    ("pronouns", Figure::Pronouns),
];

fn main() -> Result<(), Box<dyn Error>> {
    let (mut one_place, mut examples, mut files) = (false, 0, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--loc-merge" => one_place = true,
            "--show" => examples = arguments.next().ok_or("--show needs a number")?.parse()?,
            option if option.starts_with('-') => return Err(format!("no option {option}").into()),
            file => files.push(PathBuf::from(file)),
        }
    }
    let golds = golds()?;
    let mut summary = head();
    for language in ["id", "en"] {
        let records = golds.iter().filter(|record| record.lang == language).collect::<Vec<_>>();
        summary += &report(&format!("tests/gold, {language}"), &records, false, examples)?;
    }
    for file in files {
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut records = Vec::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let record = Record::parse(line);
            records.push(record.map_err(|error| format!("{}, line {}: {error}", file.display(), at + 1))?);
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        summary += &report(&name, &records.iter().collect::<Vec<_>>(), one_place, examples)?;
    }
    println!("== main figures\n\n{summary}");
    Ok(())
}

/// Prints the figures and errors of some articles, and gives their line of the summary.
fn report(name: &str, records: &[&Record], one_place: bool, show: usize) -> Result<String, Box<dyn Error>> {
    let mut tally = Tally { one_place, ..Tally::default() };
    for record in records {
        tally.add(record, &Annotated::afresh(record)?);
    }
    println!("== {name}: {} articles\n\n{}\n{}", tally.articles, tally.table(), tally.failures(show));
    let mut line = format!("{name:22}");
    for (_, figure) in MAIN {
        let value = figure.of(&tally).map_or_else(|| "–".to_owned(), |value| format!("{:.1}", 100.0 * value));
        line += &format!("{value:>9}");
    }
    Ok(line + "\n")
}

fn head() -> String {
    MAIN.iter().fold(" ".repeat(22), |line, (name, _)| line + &format!("{name:>9}")) + "\n"
}
