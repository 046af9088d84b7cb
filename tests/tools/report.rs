//! Holds what annotating finds against what is known by hand: figures, and errors by class.
//!
//! ```text
//! cargo run --release --example report -- [--blind] [--calibrate OUT] [--show N] [FILE…] [--heads FILE…] [--loc-merge FILE…]
//! ```
//!
//! First come the articles of tests/gold, its folders again, wire, press and desk, by language, then each file: records as
//! `petik annotate` writes them, but with what is known by hand, one a line, or articles with marks (FILE.gold); at the end
//! the main figures of all, one a line. `--show N` prints N errors of each class, `--loc-merge` takes countries and places of
//! the files behind it for one kind, as corpora do that mark LOC alone. `--calibrate OUT` writes how often each rule was
//! right; the passages of again, press and desk are left out of that, and so are places and organisations of the files
//! behind `--heads`, which mark no more than the heads of such names. `--blind` adds those of press that are for final
//! measures only: nothing is improved on what it prints. What the figures mean is told in tests/score.

#[path = "../score/mod.rs"]
mod score;

use petik::article::Kind;
use score::{Annotated, Calibration, Figure, OWN, Record, Tally, desks, golds, press, told_again, wires};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

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

/// Columns that a name has in the summary.
const WIDTH: usize = 24;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut one_place, mut heads) = (false, false);
    let (mut examples, mut files, mut out) = (0, Vec::new(), None);
    let mut blind = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--loc-merge" => one_place = true,
            "--heads" => heads = true,
            "--blind" => blind = true,
            "--show" => examples = arguments.next().ok_or("--show needs a number")?.parse()?,
            "--calibrate" => out = Some(arguments.next().ok_or("--calibrate needs a file")?),
            option if option.starts_with('-') => return Err(format!("no option {option}").into()),
            file => files.push((PathBuf::from(file), one_place, heads && !one_place)),
        }
    }
    let mut calibration = Calibration::default();
    let mut summary = head();
    let mut own = vec![
        ("tests/gold", golds()?, true),
        ("tests/gold/again", told_again()?, false),
        ("tests/gold/wire", wires()?, true),
        ("press (development)", press("dev")?, false),
        ("tests/gold/desk", desks()?, false),
    ];
    if blind {
        own.push(("press (blind)", press("blind")?, false));
    }
    let each = own.iter().flat_map(|own| [("id", own), ("en", own)]);
    for (language, (name, golds, calibrates)) in each {
        let records = golds.iter().filter(|record| record.lang == language).collect::<Vec<_>>();
        let name = format!("{name}, {language}");
        let tally = report(&name, &records, false, examples)?;
        if *calibrates {
            let source = format!("{name} ({} articles, half)", records.len());
            calibration.add(&source, &tally.sure.judged, OWN, false);
        }
        summary += &line(&name, &tally);
    }
    for (file, one_place, heads) in files {
        let records = read(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let tally = report(&name, &records.iter().collect::<Vec<_>>(), one_place, examples)?;
        calibration.add(&format!("{name} ({})", records.len()), &tally.sure.judged, 1.0, heads);
        summary += &line(&name, &tally);
    }
    println!("== main figures\n\n{summary}");
    if let Some(out) = out {
        fs::write(out, calibration.table())?;
    }
    Ok(())
}

/// The articles of a file, with what is known of them by hand.
fn read(file: &Path) -> Result<Vec<Record>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    if file.extension().is_some_and(|ending| ending == "gold") {
        return Ok(score::markup::several(&text)?);
    }
    let mut records = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let record = Record::parse(line);
        records.push(record.map_err(|error| format!("{}, line {}: {error}", file.display(), at + 1))?);
    }
    Ok(records)
}

/// Prints the figures and errors of some articles.
fn report(name: &str, records: &[&Record], one_place: bool, show: usize) -> Result<Tally, Box<dyn Error>> {
    let mut tally = Tally { one_place, ..Tally::default() };
    for record in records {
        let found = Annotated::afresh(record)?;
        tally.add(record, &found);
        tally.direct(record, &found)?;
    }
    println!("== {name}: {} articles\n\n{}\n{}", tally.articles, tally.table(), tally.failures(show));
    Ok(tally)
}

/// A line of the summary.
fn line(name: &str, tally: &Tally) -> String {
    let mut line = format!("{name:WIDTH$}");
    for (_, figure) in MAIN {
        let value = figure.of(tally).map_or_else(|| "–".to_owned(), |value| format!("{:.1}", 100.0 * value));
        line += &format!("{value:>9}");
    }
    line + "\n"
}

fn head() -> String {
    MAIN.iter().fold(" ".repeat(WIDTH), |line, (name, _)| line + &format!("{name:>9}")) + "\n"
}
