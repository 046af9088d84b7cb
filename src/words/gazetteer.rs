//! The gazetteers of `data/gazetteer`: names of countries, places, organisations and persons by their tokens.
//!
//! Country names come from CLDR for the language of the text and from petik's own list (aliases, newspaper
//! abbreviations, demonyms); places, organisations and names of persons from lists written for petik. What is read here
//! is `table.bin`, which [`build`] makes of them: nothing is parsed or copied when petik starts, and a word costs a bit
//! of a filter and, if that says yes, a line or two of cache.

mod build;

pub use build::build as gazetteer_table;

use super::code::{Country, Language};
use super::hash::{exact_hash, word_hash};
use super::phrase::{key, longest, root};
use super::table::{Entry, Filter, Slot, Table};
use super::token::{Token, tokens};
use std::sync::{LazyLock, OnceLock};

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
    /// A country's name that also names a state of another country, which is its home.
    pub const STATE: Sense = Sense(4096);

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
    fn read(bytes: &Value) -> Known {
        let [s, t, a, b, c, d, _, _, exact @ ..] = *bytes;
        let country = |code: [u8; 2]| std::str::from_utf8(&code).ok().and_then(Country::parse);
        Known {
            sense: Sense(u16::from_le_bytes([s, t])),
            country: country([a, b]),
            home: country([c, d]),
            exact: u64::from_le_bytes(exact),
        }
    }

    fn write(self) -> Value {
        let mut bytes = [0; 16];
        let codes = [self.country, self.home].map(|code| code.map_or([0; 2], Country::bytes));
        let parts = self.sense.0.to_le_bytes().into_iter().chain(codes.into_iter().flatten()).chain([0; 2]);
        for (to, from) in bytes.iter_mut().zip(parts.chain(self.exact.to_le_bytes())) {
            *to = from;
        }
        bytes
    }

    fn join(self, other: Known) -> Known {
        Known {
            sense: self.sense.or(other.sense),
            country: self.country.or(other.country),
            home: if self.home.is_some() { self.home } else { other.home },
            exact: if self.exact != 0 { self.exact } else { other.exact },
        }
    }
}

/// What the table holds; [`build`] says how it is laid out.
static BUILT: LazyLock<Built> =
    LazyLock::new(|| Built::read(include_bytes!("../../data/gazetteer/table.bin")).unwrap_or_default());

/// The bytes of a [`Known`].
type Value = [u8; 16];

/// A table in the binary.
type Fixed = Table<&'static [Slot]>;

#[derive(Debug, Default)]
struct Built {
    values: &'static [Value],
    /// The names of every language.
    common: Fixed,
    /// What some country is called in some language.
    countries: Fixed,
    /// What is otherwise in one language.
    languages: Vec<(Language, Fixed, OnceLock<Gazetteer>)>,
    /// For texts of any other language.
    other: OnceLock<Gazetteer>,
}

impl Built {
    fn read(bytes: &'static [u8]) -> Option<Built> {
        fn number(bytes: &mut &[u8]) -> Option<u32> {
            let (head, rest) = bytes.split_first_chunk()?;
            *bytes = rest;
            Some(u32::from_le_bytes(*head))
        }
        let mut rest = bytes;
        let values = number(&mut rest)? as usize;
        let tables = number(&mut rest)?;
        let mut directory = Vec::new();
        for _ in 0..tables {
            let code = number(&mut rest)?.to_le_bytes();
            let language = std::str::from_utf8(&code).ok()?.trim_end_matches('\0');
            directory.push((Language::parse(language), number(&mut rest)?, number(&mut rest)? as usize));
        }
        let (values, mut slots) = rest.as_chunks().0.split_at_checked(values).map(|(values, _)| {
            let slots = rest.get(values.as_flattened().len()..).unwrap_or_default();
            (values, slots.as_chunks().0)
        })?;
        let mut tables = directory.into_iter().map(|(language, places, length)| {
            let (own, behind) = slots.split_at_checked(length)?;
            slots = behind;
            Some((language, Table { slots: own, places }))
        });
        let (_, common) = tables.next()??;
        let (_, countries) = tables.next()??;
        let languages =
            tables.map(|table| table.and_then(|(language, table)| Some((language?, table, OnceLock::new()))));
        Some(Built {
            values,
            common,
            countries,
            languages: languages.collect::<Option<_>>()?,
            other: OnceLock::new(),
        })
    }
}

/// Whether a country is called so in some language, demonyms and what has two letters or fewer aside.
pub fn is_country(name: &str) -> bool {
    BUILT.countries.get(root(word_hash(name))) != Entry::NONE
}

/// The names that matter in texts of one language.
#[derive(Debug)]
pub struct Gazetteer {
    filter: Filter,
    own: Fixed,
    common: Fixed,
    values: &'static [Value],
}

impl Gazetteer {
    /// The names for texts of `language`.
    pub fn of(language: Language) -> &'static Gazetteer {
        match BUILT.languages.iter().find(|(known, ..)| *known == language) {
            Some((_, own, gazetteer)) => gazetteer.get_or_init(|| Gazetteer::with(*own)),
            None => BUILT.other.get_or_init(|| Gazetteer::with(Table::default())),
        }
    }

    fn with(own: Fixed) -> Gazetteer {
        let common = BUILT.common;
        Gazetteer { filter: Filter::of(own.keys().chain(common.keys())), own, common, values: BUILT.values }
    }

    fn find(&self, key: u64) -> Entry {
        if !self.filter.may_hold(key) {
            return Entry::NONE;
        }
        let own = self.own.get(key);
        if own == Entry::NONE { self.common.get(key) } else { own }
    }

    /// What names begin with a word, by its hash: the first step of [`longest`](Gazetteer::longest).
    pub fn first(&self, hash: u64) -> Entry {
        self.find(root(hash))
    }

    /// What is known of a name by its entry.
    pub fn known(&self, entry: Entry) -> Option<Known> {
        self.value(entry.number()?)
    }

    fn value(&self, number: usize) -> Option<Known> {
        self.values.get(number).map(Known::read)
    }

    /// The longest name that begins at the first of `tokens` of `text`, with its length in tokens. Capitals are
    /// checked: a name needs them, an abbreviation needs exactly its letters.
    pub fn longest(&self, text: &str, tokens: &[Token]) -> Option<(usize, Known)> {
        self.longest_from(self.first(tokens.first()?.hash), text, tokens)
    }

    /// The same, when the entry of the first of `tokens` is known already.
    pub fn longest_from(&self, first: Entry, text: &str, tokens: &[Token]) -> Option<(usize, Known)> {
        let (length, number) = longest(first, tokens, |key| self.find(key))?;
        let mut known = self.value(number)?;
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
        self.known(self.find(key(tokens(phrase))))
    }

    /// What is known of a single word by its hash, whatever its capitals.
    pub fn word(&self, hash: u64) -> Option<Known> {
        self.known(self.first(hash))
    }
}
