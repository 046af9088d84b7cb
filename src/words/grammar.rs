//! What a language does that lists of words alone do not tell: the settings of a lexicon.

use super::Language;
use super::hash::word_hash;
use super::phrase::HashedMap;
use super::token::Cut;

/// The settings of a lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grammar {
    /// The language the lexicon is of.
    pub language: Option<Language>,
    /// Whether the subject follows its cue ("kata Ani") rather than going before it too ("Ani said").
    pub verb_first: bool,
    /// Whether common nouns begin with capitals, so that a capital is no sign of a name.
    pub nouns_capitalised: bool,
    /// Whether a verb may leave out a subject that is known ("…», añadió.").
    pub drops_subject: bool,
    /// Whether an apostrophe parts a name from its ending ("Norveç'in").
    pub cuts_apostrophes: bool,
    /// Whether a name stands before a noun as an adjective does ("U.S. troops").
    pub names_modify: bool,
    /// Hashes of the words that an apostrophe joins to the next one ("l'Iran"), ascending.
    elisions: Vec<u64>,
    /// Endings of compounds that are offices, and whether a woman's.
    role_endings: Vec<(String, bool)>,
    /// Endings that names of countries take ("Norwegens").
    name_endings: Vec<String>,
    /// Offices in one word and the words they stand for, by hash: "menkeu" for "menteri keuangan".
    short_roles: HashedMap<Vec<u64>>,
    /// Suffixes that are pronouns, without those with a hyphen: "nya".
    suffixes: Vec<String>,
    /// Endings of nouns for persons ("chemist", "36-year-old").
    person_endings: Vec<String>,
    /// Whether a comma behind a quotation stands behind its mark: „Nein“, sagte sie.
    pub comma_outside: bool,
}

/// The settings that are true or false.
pub(super) const FLAGS: &[&str] = &[
    "verb_first",
    "nouns_capitalised",
    "drops_subject",
    "cuts_apostrophes",
    "names_modify",
    "comma_outside",
];

/// The settings that are lists of words.
pub(super) const LISTS: &[&str] =
    &["elisions", "role_endings", "role_endings_female", "name_endings", "short_roles", "person_endings"];

/// A compound is longer than its ending by at least this, in bytes.
const STEM: usize = 2;

impl Grammar {
    /// Takes the settings of a file over those that are there.
    pub(super) fn read(&mut self, table: &toml::Table) {
        let flag = |key: &str| table.get(key).and_then(toml::Value::as_bool).unwrap_or(false);
        let list = |key: &str| {
            let words = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
            words.filter_map(toml::Value::as_str)
        };
        self.language = self
            .language
            .or_else(|| table.get("language").and_then(toml::Value::as_str).and_then(Language::parse));
        self.verb_first |= flag("verb_first");
        self.nouns_capitalised |= flag("nouns_capitalised");
        self.drops_subject |= flag("drops_subject");
        self.cuts_apostrophes |= flag("cuts_apostrophes");
        self.names_modify |= flag("names_modify");
        self.comma_outside |= flag("comma_outside");
        self.elisions.extend(list("elisions").map(word_hash));
        self.elisions.sort_unstable();
        for (key, female) in [("role_endings", false), ("role_endings_female", true)] {
            self.role_endings.extend(list(key).map(|ending| (ending.to_owned(), female)));
        }
        self.name_endings.extend(list("name_endings").map(str::to_owned));
        self.suffixes
            .extend(list("suffix_pronouns").filter(|suffix| !suffix.starts_with('-')).map(str::to_owned));
        self.person_endings.extend(list("person_endings").map(str::to_owned));
        for (short, long) in list("short_roles").filter_map(|entry| entry.split_once('=')) {
            self.short_roles
                .insert(word_hash(short.trim()), long.split_whitespace().map(word_hash).collect());
        }
    }

    /// What is cut at an apostrophe.
    pub fn cut(&self) -> Cut<'_> {
        Cut { elisions: &self.elisions, all: self.cuts_apostrophes }
    }

    /// The words that an office in one word stands for ("menkeu"), by hash; none for every other word.
    pub fn spelt_out(&self, role: u64) -> &[u64] {
        self.short_roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Whether a word ends in a suffix that is a pronoun.
    pub fn is_suffixed(&self, word: &str) -> bool {
        self.suffixes.iter().any(|suffix| word.len() > suffix.len() + STEM && word.ends_with(suffix.as_str()))
    }

    /// A word without the suffix that is a pronoun: menurut·nya.
    pub fn unsuffixed<'w>(&self, word: &'w str) -> Option<&'w str> {
        let ends = |suffix: &String| word.strip_suffix(suffix.as_str()).filter(|root| root.len() > STEM);
        self.suffixes.iter().find_map(ends)
    }

    /// Whether a noun is one for a person by its ending.
    pub fn is_person(&self, noun: &str) -> bool {
        self.person_endings.iter().any(|ending| noun.ends_with(ending.as_str()))
    }

    /// The endings that names of countries take.
    pub fn name_endings(&self) -> &[String] {
        &self.name_endings
    }

    /// Whether a word is an office by its ending ("Verkehrsministerin"), and if so, whether a woman's.
    pub fn role(&self, word: &str) -> Option<bool> {
        let longer = |ending: &str| word.len() >= ending.len() + STEM && word.ends_with(ending);
        self.role_endings.iter().find(|(ending, _)| longer(ending)).map(|(_, female)| *female)
    }

    /// Whether an office is a woman's by its ending.
    pub(super) fn is_female(&self, role: &str) -> bool {
        let role = role.to_lowercase();
        self.role_endings.iter().any(|(ending, female)| *female && role.ends_with(ending.as_str()))
    }

    /// Whether there are offices that are told by their endings.
    pub fn has_role_endings(&self) -> bool {
        !self.role_endings.is_empty()
    }
}
