//! The gazetteers of `data/gazetteer`: names of countries, places, organisations and persons by their tokens.
//!
//! Country names come from CLDR for the language of the text and from petik's own list (aliases, newspaper
//! abbreviations, demonyms); places, organisations and names of persons from lists written for petik.

use super::code::{Country, Language};
use super::lexicon::Lexicon;
use super::phrase::Phrases;
use super::token::{Token, exact_hash, tokens};
use std::sync::{Mutex, OnceLock};

/// What a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Sense(u16);

impl Sense {
    /// A country's name.
    pub const COUNTRY: Sense = Sense(1);
    /// A country's abbreviation, to be matched as written.
    pub const ABBREVIATION: Sense = Sense(2);
    /// A demonym or adjective of a country.
    pub const DEMONYM: Sense = Sense(4);
    /// A place that is no country.
    pub const PLACE: Sense = Sense(8);
    /// An organisation.
    pub const ORGANISATION: Sense = Sense(16);
    /// A given name.
    pub const GIVEN: Sense = Sense(32);
    /// A family name.
    pub const SURNAME: Sense = Sense(64);
    /// May also mean something else: needs more than its letters.
    pub const GUARDED: Sense = Sense(128);
    /// A given name of women.
    pub const FEMALE: Sense = Sense(256);
    /// A given name of men.
    pub const MALE: Sense = Sense(512);
    /// An organisation to be matched as written.
    pub const EXACT: Sense = Sense(1024);
    /// A part of the world that is not in one country: a sea, a continent.
    pub const WATER: Sense = Sense(2048);

    /// Whether it has one of `senses`.
    pub fn has(self, senses: Sense) -> bool {
        self.0 & senses.0 != 0
    }

    /// The senses as bits, for those who weigh each.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// Both together.
    #[must_use]
    pub const fn or(self, other: Sense) -> Sense {
        Sense(self.0 | other.0)
    }

    /// Without these.
    #[must_use]
    pub const fn without(self, other: Sense) -> Sense {
        Sense(self.0 & !other.0)
    }
}

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// What it may mean.
    pub sense: Sense,
    /// The country it means as a country's name, abbreviation or demonym.
    pub country: Option<Country>,
    /// The country a place lies in.
    pub home: Option<Country>,
    /// The hash of the letters as they must be written, zero for any.
    exact: u64,
}

impl Known {
    fn join(self, other: Known) -> Known {
        Known {
            sense: self.sense.or(other.sense),
            country: self.country.or(other.country),
            home: if self.home.is_some() { self.home } else { other.home },
            exact: if self.exact != 0 { self.exact } else { other.exact },
        }
    }
}

/// The names that matter in texts of one language.
#[derive(Debug, Default)]
pub struct Gazetteer {
    names: Phrases<Known>,
}

const TERRITORIES: &str = include_str!("../../data/gazetteer/cldr-territories.tsv");
const COUNTRIES: &str = include_str!("../../data/gazetteer/countries.tsv");
const PLACES: &str = include_str!("../../data/gazetteer/places.tsv");
const ORGANISATIONS: &str = include_str!("../../data/gazetteer/organisations.tsv");
const GUARDS: &str = include_str!("../../data/gazetteer/guards.tsv");
const SURNAMES: &str = include_str!("../../data/gazetteer/surnames.tsv");
const GIVEN_NAMES: &str = include_str!("../../data/gazetteer/given-names.tsv");

impl Gazetteer {
    /// The names for texts of `language`, built on first use and kept.
    pub fn of(language: Language) -> &'static Gazetteer {
        static BUILT: OnceLock<Mutex<Vec<(Language, &'static Gazetteer)>>> = OnceLock::new();
        let built = BUILT.get_or_init(|| Mutex::new(Vec::new()));
        let mut built = built.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, gazetteer)) = built.iter().find(|(known, _)| *known == language) {
            return gazetteer;
        }
        let gazetteer: &'static Gazetteer = Box::leak(Box::new(Gazetteer::build(language)));
        built.push((language, gazetteer));
        gazetteer
    }

    /// The longest name that begins at the first of `tokens` of `text`, with its length in tokens. Capitals are
    /// checked: a name needs them, an abbreviation needs exactly its letters.
    pub fn longest(&self, text: &str, tokens: &[Token]) -> Option<(usize, Known)> {
        let (length, mut known) = self.names.longest(tokens)?;
        if known.exact != 0 {
            let span = tokens.first()?.start as usize..tokens.get(length - 1)?.end as usize;
            if exact_hash(text.get(span).unwrap_or_default()) != known.exact {
                if known.sense.has(Sense::EXACT) {
                    known.sense = known.sense.without(Sense::ORGANISATION);
                }
                known.sense = known.sense.without(Sense::ABBREVIATION.or(Sense::EXACT));
                if !known.sense.has(
                    Sense::COUNTRY
                        .or(Sense::DEMONYM)
                        .or(Sense::PLACE)
                        .or(Sense::GIVEN)
                        .or(Sense::SURNAME)
                        .or(Sense::ORGANISATION),
                ) {
                    return None;
                }
            }
        }
        Some((length, known))
    }

    /// What is known of one phrase, whatever its capitals.
    pub fn get(&self, phrase: &str) -> Option<Known> {
        self.names.get(tokens(phrase))
    }

    /// What is known of a single word by its hash, whatever its capitals.
    pub fn word(&self, hash: u64) -> Option<Known> {
        self.names.word(hash)
    }

    fn build(language: Language) -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        let lang = language.as_str();
        let endings = Lexicon::of(language).grammar().name_endings();
        let rows = |file: &'static str| file.lines().filter(|line| !line.starts_with('#'));
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
            let here = guard == "person"
                || note.split("; ").any(|part| {
                    part.split_once(':').is_some_and(|(of, _)| of.trim() == lang || of.trim() == "*")
                });
            if here && guard != "place" && gazetteer.get(name).is_some() {
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
