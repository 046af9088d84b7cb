//! Makes `data/gazetteer/table.bin`, the table that petik reads, out of the lists beside it, whenever one of them or the
//! endings of names in a lexicon have changed:
//!
//! ```sh
//! cargo run --example gazetteer
//! ```
//!
//! Makes `data/gazetteer/cldr-territories.tsv`, the names of all countries in the languages petik knows, out of CLDR:
//!
//! ```sh
//! npm pack cldr-localenames-full && tar xzf cldr-localenames-full-*.tgz
//! cargo run --example gazetteer -- package > data/gazetteer/cldr-territories.tsv
//! ```
//!
//! The same lists and the same CLDR version always give the same bytes.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use serde_json::Value;

const LANGUAGES: &str = "id en ms de fr es pt nl it ru uk pl cs sk hu ro bg sr hr sl el tr ar fa he hi bn ta th vi km lo \
    my zh zh-Hant ja ko sv nb da fi et lv lt fil jv su sw ka hy az kk uz mn sq mk is ca eu gl ga af";

/// Codes that CLDR names although they are no territories of ISO 3166-1: unions, outlying islands, test locales.
const NO_TERRITORY: [&str; 14] =
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"];

/// ISO 3166-1 as CLDR has it, and Kosovo (XK).
const TERRITORIES: usize = 250;

/// Code, language, form, name: the order of the columns is the order of the rows.
type Row = (String, &'static str, &'static str, String);

fn main() -> ExitCode {
    let done = match env::args_os().nth(1) {
        None => table().map_err(|error| format!("{TABLE}: {error}")),
        Some(package) => generate(Path::new(&package)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gazetteer: {error}");
            ExitCode::FAILURE
        }
    }
}

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gazetteer/table.bin");

fn table() -> io::Result<()> {
    let bytes = petik::words::gazetteer_table();
    fs::write(TABLE, &bytes)?;
    eprintln!("{TABLE}: {} bytes", bytes.len());
    Ok(())
}

fn generate(package: &Path) -> Result<(), String> {
    let manifest = read(&package.join("package.json"))?;
    let version = manifest.get("version").and_then(Value::as_str).ok_or("package.json has no version")?;
    let mut rows = BTreeSet::new();
    for language in LANGUAGES.split_whitespace() {
        rows.extend(names(package, language)?);
    }
    write(version, &rows).map_err(|error| format!("cannot write: {error}"))
}

/// All names of countries in one language.
fn names(package: &Path, language: &'static str) -> Result<Vec<Row>, String> {
    let path = package.join("main").join(language).join("territories.json");
    let file = read(&path)?;
    let table = file
        .pointer(&format!("/main/{language}/localeDisplayNames/territories"))
        .and_then(Value::as_object)
        .ok_or_else(|| format!("{}: no table of territories for {language}", path.display()))?;

    let rows: Vec<Row> = table
        .iter()
        .filter_map(|(key, name)| {
            let (code, form) = form(key)?;
            let name = name.as_str()?.trim();
            let named = name != code; // a code for a name is CLDR's way to say that it knows none
            // A second form that says the same as the first tells nothing.
            let new = form == "name" || table.get(code).and_then(Value::as_str) != Some(name);
            (named && new).then(|| (code.to_owned(), language, form, name.to_owned()))
        })
        .collect();

    let named = rows.iter().filter(|row| row.2 == "name").count();
    if named > TERRITORIES {
        return Err(format!(
            "{}: {named} territories, {TERRITORIES} expected: see NO_TERRITORY",
            path.display()
        ));
    }
    if named < TERRITORIES {
        eprintln!("gazetteer: {language}: only {named} of {TERRITORIES} territories have a name");
    }
    Ok(rows)
}

/// Splits a key such as `US` or `US-alt-short` into code and form; groups such as `001` are passed over.
fn form(key: &str) -> Option<(&str, &'static str)> {
    let (code, form) = match key.split_once("-alt-") {
        None => (key, "name"),
        Some((code, "short")) => (code, "short"),
        Some((code, _)) => (code, "variant"),
    };
    let territory = code.len() == 2 && !NO_TERRITORY.contains(&code);
    territory.then_some((code, form))
}

fn read(path: &Path) -> Result<Value, String> {
    let say = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = fs::read(path).map_err(|error| say(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| say(&error))
}

fn write(version: &str, rows: &BTreeSet<Row>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    writeln!(out, "# Names of the territories of ISO 3166-1 (and Kosovo, XK) in many languages.")?;
    writeln!(out, "# columns: code, lang, form (name, short, variant), name")?;
    writeln!(out, "# source: CLDR {version}, npm package cldr-localenames-full {version}")?;
    writeln!(out, "# licence: Unicode-3.0, Copyright © Unicode, Inc.")?;
    writeln!(
        out,
        "# generated by tests/tools/gazetteer.rs; do not edit (our own names are in countries.tsv)"
    )?;
    for (code, language, form, name) in rows {
        writeln!(out, "{code}\t{language}\t{form}\t{name}")?;
    }
    out.flush()
}
