//! Makes `data/gazetteer/table.bin` out of the lists beside it (`cargo run --example gazetteer`).
//!
//! Layout, all numbers little-endian: how many values and how many tables there are (32 bits each); for each table the
//! code of its language (four bytes), the places its keys are spread over and how many slots it has (32 bits each);
//! the values, sixteen bytes each: senses (16 bits), country, home (two letters each), two bytes unused, the hash of the
//! letters as they must be written (64 bits); the slots, table by table. The first table holds the names of every
//! language, the second the folded names of countries in all languages; each further one what a language has besides
//! or otherwise.

use super::{Known, Sense, Value};
use crate::words::code::{Country, Language};
use crate::words::countries::{NameForm, countries};
use crate::words::hash::{exact_hash, word_hash};
use crate::words::lexicon::Lexicon;
use crate::words::phrase::{Trie, root};
use crate::words::table::{Entry, Table};
use crate::words::token::tokens;
use std::collections::{BTreeSet, HashMap};

const TERRITORIES: &str = include_str!("../../../data/gazetteer/cldr-territories.tsv");
const COUNTRIES: &str = include_str!("../../../data/gazetteer/countries.tsv");
const PLACES: &str = include_str!("../../../data/gazetteer/places.tsv");
const ORGANISATIONS: &str = include_str!("../../../data/gazetteer/organisations.tsv");
const GUARDS: &str = include_str!("../../../data/gazetteer/guards.tsv");
const SURNAMES: &str = include_str!("../../../data/gazetteer/surnames.tsv");
const GIVEN_NAMES: &str = include_str!("../../../data/gazetteer/given-names.tsv");

/// How full the table of all languages is, and the others, in hundredths.
const FULL: [usize; 2] = [70, 85];

/// Builds the table that the gazetteers are read from: the same lists always give the same bytes.
pub fn build() -> Vec<u8> {
    let mut values: Vec<Value> = Vec::new();
    let mut numbers: HashMap<Value, usize> = HashMap::new();
    let mut number = |known: Known| {
        let value = known.write();
        *numbers.entry(value).or_insert_with(|| {
            values.push(value);
            values.len() - 1
        })
    };
    let common = Names::of(Language::UNKNOWN).names;
    let [most, rest] = FULL;
    let mut tables = vec![
        (Language::UNKNOWN, Table::new(common.entries(&Trie::default(), &mut number), most)),
        (Language::UNKNOWN, Table::new(country_names(), rest)),
    ];
    for language in languages() {
        let own = Names::of(language).names.entries(&common, &mut number);
        if !own.is_empty() {
            tables.push((language, Table::new(own, rest)));
        }
    }
    let mut bytes = Vec::new();
    let mut write = |number: usize| bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    write(values.len());
    write(tables.len());
    for (language, table) in &tables {
        let code = language.as_str().bytes().rev().fold(0, |code, byte| code << 8 | usize::from(byte));
        write(code);
        write(table.places as usize);
        write(table.slots.len());
    }
    bytes.extend(values.as_flattened());
    bytes.extend(tables.iter().flat_map(|(_, table)| table.slots.as_flattened()));
    bytes
}

/// The languages in which a list or a lexicon has something of its own.
fn languages() -> BTreeSet<Language> {
    let column = |file: &'static str| rows(file).filter_map(|row| row.split('\t').nth(1));
    let notes = rows(GUARDS).filter_map(|row| row.split('\t').nth(2));
    let noted = notes.flat_map(|note| note.split("; ")).filter_map(|part| part.split_once(':'));
    let codes = column(TERRITORIES).chain(column(COUNTRIES)).chain(noted.map(|(of, _)| of.trim()));
    // The names of "nb" are those of "no" too.
    codes.chain(["no"]).filter_map(Language::parse).chain(Lexicon::languages()).collect()
}

fn country_names() -> Vec<(u64, Entry)> {
    let called = countries().folded().filter(|(name, folded)| {
        let short = matches!(name.form, NameForm::Short | NameForm::Abbreviation);
        name.form != NameForm::Demonym && (folded.len() > 2 || !short)
    });
    called.map(|(_, folded)| (root(word_hash(folded)), Entry::new(Some(0), false))).collect()
}

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

/// The names that matter in texts of one language.
#[derive(Default)]
struct Names {
    names: Trie<Known>,
}

impl Names {
    fn of(language: Language) -> Names {
        let mut gazetteer = Names::default();
        let lang = language.as_str();
        let endings = Lexicon::of(language).grammar().name_endings();
        for row in rows(TERRITORIES) {
            let mut cells = row.split('\t');
            let (Some(code), Some(of), Some(_), Some(name)) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            if of == lang || (lang == "no" && of == "nb") {
                gazetteer.country(code, "name", name, endings);
            }
        }
        for row in rows(COUNTRIES) {
            let mut cells = row.split('\t');
            let (Some(code), Some(of), Some(form), Some(name)) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            if of == lang || of == "*" {
                gazetteer.country(code, form, name, endings);
            }
        }
        for row in rows(PLACES) {
            let mut cells = row.split('\t');
            let (Some(name), Some(code), Some(_), aliases) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let home = Country::parse(code);
            let sense = if home.is_some() { Sense::PLACE } else { Sense::PLACE.or(Sense::WATER) };
            for name in std::iter::once(name).chain(aliases.unwrap_or_default().split(';')) {
                let name = name.trim();
                if !name.is_empty() {
                    gazetteer.add(name, Known { sense, home, ..Known::default() });
                }
            }
        }
        for row in rows(ORGANISATIONS) {
            let mut cells = row.split('\t');
            let Some(name) = cells.next() else { continue };
            let aliases = cells.nth(2).unwrap_or_default();
            for name in std::iter::once(name).chain(aliases.split(';')) {
                let name = name.trim();
                // A short name or one in capitals is an acronym: to be matched as written.
                let acronym = !name.contains(' ') && name.chars().filter(|c| c.is_uppercase()).count() > 1;
                let exact = if acronym { exact_hash(name) } else { 0 };
                let sense = if acronym { Sense::EXACT.or(Sense::ORGANISATION) } else { Sense::ORGANISATION };
                if !name.is_empty() {
                    gazetteer.add(name, Known { sense, exact, ..Known::default() });
                }
            }
        }
        for row in rows(GIVEN_NAMES) {
            let mut cells = row.split('\t');
            let (Some(name), Some(sex)) = (cells.next(), cells.next()) else { continue };
            let sense = match sex {
                "m" => Sense::GIVEN.or(Sense::MALE),
                "f" => Sense::GIVEN.or(Sense::FEMALE),
                _ => Sense::GIVEN,
            };
            gazetteer.add(name, Known { sense, ..Known::default() });
        }
        for row in rows(GUARDS) {
            let mut cells = row.split('\t');
            let (Some(name), Some(guard)) = (cells.next(), cells.next()) else { continue };
            let note = cells.next().unwrap_or_default();
            if guard == "state" {
                let home = note.split_once(':').and_then(|(home, _)| Country::parse(home));
                gazetteer.add(name, Known { sense: Sense::STATE, home, ..Known::default() });
                continue;
            }
            let here = guard == "person"
                || note.split("; ").any(|part| {
                    part.split_once(':').is_some_and(|(of, _)| of.trim() == lang || of.trim() == "*")
                });
            if here && guard != "place" && gazetteer.names.get(tokens(name)).is_some() {
                gazetteer.add(name, Known { sense: Sense::GUARDED, ..Known::default() });
            }
        }
        for row in rows(SURNAMES) {
            if let Some(name) = row.split('\t').next() {
                gazetteer.add(name, Known { sense: Sense::SURNAME, ..Known::default() });
            }
        }
        gazetteer
    }

    fn country(&mut self, code: &str, form: &str, name: &str, endings: &[String]) {
        let Some(country) = Country::parse(code) else { return };
        let (sense, exact) = match form {
            "abbreviation" => (Sense::ABBREVIATION, exact_hash(name)),
            "demonym" => (Sense::DEMONYM, 0),
            _ => (Sense::COUNTRY, 0),
        };
        let known = Known { sense, country: Some(country), home: None, exact };
        self.add(name, known);
        // "Norwegens"; what ends so already takes no more.
        let takes = |ending: &&String| sense == Sense::COUNTRY && !name.ends_with(ending.as_str());
        for ending in endings.iter().filter(takes) {
            self.add(&format!("{name}{ending}"), known);
        }
    }

    fn add(&mut self, name: &str, known: Known) {
        self.names.insert(tokens(name), known, Known::join);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;
    use crate::words::countries::countries;
    use crate::words::gazetteer::{Built, Gazetteer, is_country};

    #[test]
    fn the_table_is_built_from_its_sources() {
        let built = build();
        assert!(
            built == include_bytes!("../../../data/gazetteer/table.bin"),
            "the lists have changed: run `cargo run --example gazetteer`"
        );
        assert!(Built::read(built.leak()).is_some());
    }

    #[test]
    fn every_language_has_its_names() {
        let all = languages();
        let some = ["id", "en", "de", "no", "zh", "zza"].into_iter().filter_map(Language::parse);
        for language in some.chain(all.iter().copied().step_by(9)) {
            let (names, gazetteer) = (Names::of(language).names, Gazetteer::of(language));
            for file in [TERRITORIES, COUNTRIES, PLACES, ORGANISATIONS, GUARDS, SURNAMES, GIVEN_NAMES] {
                for name in rows(file).flat_map(|row| row.split(['\t', ';'])) {
                    assert_eq!(gazetteer.get(name), names.get(tokens(name)), "{language}: {name}");
                }
            }
        }
    }

    #[test]
    fn countries_are_known_by_all_their_names() {
        for row in
            rows(TERRITORIES).step_by(29).chain(rows(COUNTRIES).step_by(7)).chain(rows(PLACES).step_by(31))
        {
            for name in row.split('\t') {
                assert_eq!(is_country(name), !countries().called(&fold(name)).is_empty(), "{name}");
            }
        }
    }
}
