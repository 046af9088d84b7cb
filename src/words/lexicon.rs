//! The lexicons of `data/lexicon`: which words of a language do what in a news text.
//!
//! A lexicon is a TOML file of lists; each list puts its words and phrases in one [`Class`]. `any.toml` holds what is
//! the same in every language and is part of each.

use super::code::Language;
use super::file::{LexiconError, list, table};
use super::grammar::Grammar;
use super::phrase::{HashedMap, Phrases, Trie};
use super::token::{Token, tokens_with};
use std::ops::{BitOr, BitOrAssign};
use std::sync::OnceLock;

/// A set of the classes a word can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Class(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $key:literal;)*) => {
        impl Class {
            $($(#[$doc])* pub const $name: Class = Class(1 << $bit);)*
            /// The lists of a lexicon file and their classes.
            pub(super) const KEYS: &[(&str, Class)] = &[$(($key, Class::$name)),*];
        }
    };
}

classes! {
    /// Cue of direct speech that needs a subject: "mengatakan", "said".
    SPEECH = 0, "speech";
    /// Bare root that is a cue beside a quotation only: "kata", "ujar".
    ROOT = 1, "speech_roots";
    /// Cue whose subject stands behind "oleh", "by" or directly behind it: "disampaikan".
    PASSIVE = 2, "speech_passive";
    /// Verb of judging or calling, whose object may be quoted: "menyebut", "called".
    JUDGE = 3, "speech_fragment";
    /// Noun that can stand for a cue: "pernyataan", "statement".
    SAID_NOUN = 4, "speech_nouns";
    /// Word that names the one who said or passed it on: "menurut", "according to".
    RELAY = 5, "relay";
    /// Word that opens the clause of what was said: "bahwa", "that", "sebagai", "as".
    COMPLEMENT = 6, "complementisers";
    /// Pronoun of one person: "ia", "she".
    PRONOUN = 7, "pronouns";
    /// Pronoun of a man.
    MALE = 8, "male";
    /// Pronoun, honorific or noun of a woman.
    FEMALE = 9, "female";
    /// Office or calling: "menteri", "spokesman".
    ROLE = 10, "roles";
    /// Word that goes on an office: "luar negeri", "foreign", "utama".
    PORTFOLIO = 11, "portfolios";
    /// Word before an office or a person that belongs to neither: "mantan", "former".
    HONORIFIC = 12, "honorifics";
    /// Degree behind a name: "M.Si.", "PhD".
    DEGREE = 13, "degrees";
    /// First word of an organisation: "Kementerian", "University".
    ORG_HEAD = 14, "organisation_heads";
    /// Last word of an organisation: "Corporation", "Tbk".
    ORG_TAIL = 15, "organisation_tails";
    /// Common noun right before an organisation's name: "perusahaan", "partai".
    ORG_NOUN = 16, "organisation_nouns";
    /// First word of a place that is part of its name: "Selat", "Mount".
    PLACE_HEAD = 17, "place_heads";
    /// Common noun right before a place's name: "kota", "city of".
    PLACE_NOUN = 18, "place_nouns";
    /// Last word of a place: "River".
    PLACE_TAIL = 19, "place_tails";
    /// Small word inside a person's name: "bin", "van".
    PARTICLE = 20, "particles";
    /// Word that begins sentences and names nobody.
    STOP = 21, "stopwords";
    /// Month.
    MONTH = 22, "months";
    /// Day of the week, or another name in the calendar.
    DAY = 23, "days";
    /// Small word inside an organisation's name: "dan", "of".
    LINKER = 24, "linkers";
    /// Preposition of place: "di", "in".
    LOCATIVE = 25, "locatives";
    /// Noun whose quoted apposition is a title or a name, not speech: "novel", "berjudul".
    WORK = 26, "works";
    /// Word that sets off quoted words as a name or a doubtful term: "yang disebut", "so-called".
    SO_CALLED = 27, "so_called";
    /// Preposition of the agent: "oleh", "by".
    BY = 28, "by";
    /// Word that points back: "itu", "the".
    DEMONSTRATIVE = 29, "demonstratives";
    /// Word in the names of papers and agencies: "Kabar", "Times".
    OUTLET = 30, "outlets";
    /// Conjunction: "dan", "and".
    CONJUNCTION = 31, "conjunctions";
    /// Label of a credit line: "Sumber", "Source".
    CREDIT = 32, "credit_labels";
    /// Preposition before one who is not the subject: "kepada", "bersama", "to", "with".
    OBLIQUE = 33, "obliques";
    /// Common noun for a person, right before or beside a name: "warga", "wife".
    PERSON_NOUN = 34, "person_nouns";
    /// Noun for a document that can speak for its maker: "laporan", "report".
    DOCUMENT = 35, "documents";
    /// Word of time that comes between a cue and its subject or around it.
    ADVERB = 36, "adverbs";
    /// Noun of a group of people, which can speak but is nobody by name: "warga", "residents".
    GROUP = 37, "groups";
    /// Pronoun of several people: "mereka", "they".
    PLURAL = 38, "plural_pronouns";
    /// Relative pronoun: "yang", "who".
    RELATIVE = 39, "relatives";
    /// Verb that negates speech or otherwise is no cue; unused words between subject and cue: "telah", "has".
    AUXILIARY = 40, "auxiliaries";
    /// Abbreviation whose full stop ends no sentence.
    ABBREVIATION = 41, "abbreviations";
    /// Verb of a person's doing, which tells that the name before it is a person.
    PERSON_VERB = 42, "person_verbs";
    /// Noun before a country's name that makes it a language: "bahasa".
    LANGUAGE = 43, "language_nouns";
    /// Organisation head behind whose name the place stands by itself: "Dinas Pertanian | Demak".
    LOCAL = 44, "organisation_heads_local";
    /// Preposition that only a place follows: "di", "in".
    INTO = 45, "place_prepositions";
    /// Preposition that joins a noun to what it is of: "de", "van".
    OF = 46, "genitives";
    /// Word behind an apostrophe that is no mark: "'s avonds".
    CLITIC = 47, "clitics";
    /// Preposition before the one a verb of saying addresses, who may stand before the subject: "dijo a la agencia".
    ADDRESS = 48, "addressees";
    /// Common noun for a paper or an agency, right before its name: "Nachrichtenagentur".
    PRESS = 49, "press_nouns";
    /// Auxiliary in the mood of reported speech: "sei", "habe".
    REPORTIVE = 50, "reportive_auxiliaries";
    /// Article of one who is not known yet: "eine", "un".
    INDEFINITE = 51, "indefinites";
    /// Pronoun that is the object of a verb or stands behind a preposition: "him".
    OBJECT = 52, "object_pronouns";
    /// Pronoun that belongs to a noun, or is the subject again: "his", "himself".
    POSSESSIVE = 53, "possessive_pronouns";
}

impl Class {
    /// No class.
    pub const NONE: Class = Class(0);
    /// The word ends in a suffix that is a pronoun: "ujarnya".
    pub const SUFFIXED: Class = Class(1 << 60);
    /// A later token of a phrase.
    pub const INNER: Class = Class(1 << 61);

    /// Whether it has one of `classes`.
    pub fn has(self, classes: Class) -> bool {
        self.0 & classes.0 != 0
    }

    /// The classes as bits, for those who weigh each.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// With these, in a constant.
    #[must_use]
    pub const fn or(self, classes: Class) -> Class {
        Class(self.0 | classes.0)
    }

    /// Without these.
    #[must_use]
    pub fn without(self, classes: Class) -> Class {
        Class(self.0 & !classes.0)
    }
}

impl BitOr for Class {
    type Output = Class;

    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Class) {
        self.0 |= other.0;
    }
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Phrases<Class>,
    /// Words whose accents count, by the hash of their small letters.
    exact: HashedMap<Class>,
    grammar: Grammar,
}

/// The files of `data/lexicon`; a language is added by a line here.
const FILES: &[(&str, &str)] = &[
    ("id", include_str!("../../data/lexicon/id.toml")),
    ("en", include_str!("../../data/lexicon/en.toml")),
    ("ms", include_str!("../../data/lexicon/ms.toml")),
    ("de", include_str!("../../data/lexicon/de.toml")),
    ("fr", include_str!("../../data/lexicon/fr.toml")),
    ("es", include_str!("../../data/lexicon/es.toml")),
    ("pt", include_str!("../../data/lexicon/pt.toml")),
    ("nl", include_str!("../../data/lexicon/nl.toml")),
];
const ANY: &str = include_str!("../../data/lexicon/any.toml");
/// Settings of languages without a file.
const OTHERS: &str = include_str!("../../data/lexicon/others.toml");

impl Lexicon {
    /// The lexicon of `language`; of one that has none, what is the same in every language.
    pub fn of(language: Language) -> &'static Lexicon {
        static LEXICONS: OnceLock<Vec<OnceLock<Lexicon>>> = OnceLock::new();
        let lexicons = LEXICONS.get_or_init(|| FILES.iter().map(|_| OnceLock::new()).collect());
        let found = FILES.iter().zip(lexicons).find(|((code, _), _)| *code == language.as_str());
        match found {
            Some(((_, file), lexicon)) => lexicon.get_or_init(|| Draft::of(&[ANY, file]).into()),
            None => Lexicon::other(language).unwrap_or_else(Lexicon::any),
        }
    }

    /// What is the same in every language, with the settings of one that has no lexicon.
    fn other(language: Language) -> Option<&'static Lexicon> {
        static LEXICONS: OnceLock<Vec<Lexicon>> = OnceLock::new();
        let lexicons = LEXICONS.get_or_init(|| {
            let settings = OTHERS.parse::<toml::Table>().unwrap_or_default();
            let read = |(code, table): (String, toml::Value)| {
                let mut draft = Draft::of(&[ANY]);
                draft.grammar.language = Language::parse(&code);
                draft.grammar.read(table.as_table()?);
                Some(draft.into())
            };
            settings.into_iter().filter_map(read).collect()
        });
        lexicons.iter().find(|lexicon| lexicon.grammar.language == Some(language))
    }

    /// What is the same in every language.
    pub fn any() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Draft::of(&[ANY]).into())
    }

    /// Reads a lexicon from the text of a file of `data/lexicon` (format: `data/README.md`), with what is the same in
    /// every language.
    ///
    /// # Errors
    ///
    /// When the text is no TOML, or holds what lexicons do not hold.
    pub fn parse(text: &str) -> Result<Lexicon, LexiconError> {
        let mut draft = Draft::of(&[ANY]);
        draft.read(&table(text)?);
        Ok(draft.into())
    }

    /// The languages that have a lexicon or settings of their own.
    pub(super) fn languages() -> impl Iterator<Item = Language> {
        let others = OTHERS.parse::<toml::Table>().unwrap_or_default();
        let codes =
            FILES.iter().map(|(code, _)| (*code).to_owned()).chain(others.into_iter().map(|(code, _)| code));
        codes.filter_map(|code| Language::parse(&code))
    }

    /// Whether `language` has a lexicon of its own.
    pub fn knows(language: Language) -> bool {
        FILES.iter().any(|(code, _)| *code == language.as_str())
    }

    /// The longest word or phrase that begins at the first of `tokens`, with its length in tokens.
    pub fn longest(&self, tokens: &[Token]) -> Option<(usize, Class)> {
        self.words.longest(tokens)
    }

    /// The classes of one word or phrase.
    pub fn classes(&self, phrase: &str) -> Class {
        self.words.get(tokens_with(phrase, self.grammar.cut())).unwrap_or_default()
    }

    /// The classes of a word by its hash.
    pub fn word(&self, hash: u64) -> Class {
        self.words.word(hash).unwrap_or_default()
    }

    /// Whether there are words whose accents count.
    pub fn has_accents(&self) -> bool {
        !self.exact.is_empty()
    }

    /// What a word is by its accents alone: Spanish "él" is a pronoun, "el" is none.
    pub fn accented(&self, word: &str) -> Class {
        self.exact.get(&small_hash(word)).copied().unwrap_or_default()
    }

    /// Whether the subject follows its cue ("kata Ani") rather than going before it too ("Ani said").
    pub fn verb_first(&self) -> bool {
        self.grammar.verb_first
    }

    /// The settings of the language.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }
}

/// A lexicon while its files are read.
#[derive(Debug, Default)]
struct Draft {
    words: Trie<Class>,
    exact: HashedMap<Class>,
    grammar: Grammar,
}

impl From<Draft> for Lexicon {
    fn from(draft: Draft) -> Lexicon {
        Lexicon { words: draft.words.into(), exact: draft.exact, grammar: draft.grammar }
    }
}

impl Draft {
    /// Reads files one over the other; one that does not parse is left out (a test reads all strictly).
    fn of(files: &[&str]) -> Draft {
        let mut draft = Draft::default();
        for table in files.iter().filter_map(|file| table(file).ok()) {
            draft.read(&table);
        }
        draft
    }

    fn read(&mut self, table: &toml::Table) {
        self.grammar.read(table);
        for (key, class) in Class::KEYS {
            for word in list(table, key) {
                self.add(word, *class);
            }
        }
        for phrase in list(table, "relay_pronouns") {
            self.add(phrase, Class::RELAY | Class::SUFFIXED);
        }
        for role in list(table, "roles") {
            if self.grammar.is_female(role) {
                self.add(role, Class::FEMALE);
            }
        }
        for suffix in list(table, "suffix_pronouns") {
            let mut class = Class::ROOT | Class::SUFFIXED;
            for (key, gender) in [("male", Class::MALE), ("female", Class::FEMALE)] {
                if list(table, key).any(|word| word == suffix) {
                    class |= gender;
                }
            }
            for root in list(table, "speech_roots").chain(list(table, "relay_suffixed")) {
                self.add(&format!("{root}{suffix}"), class);
            }
            // A suffix with a hyphen ("dit-il") is the subject wherever it stands; one without ("ujarnya") is the
            // object of active verbs ("menyebutnya").
            if suffix.starts_with('-') {
                continue;
            }
            for role in
                list(table, "roles").chain(list(table, "person_nouns")).filter(|role| !role.contains(' '))
            {
                self.add(&format!("{role}{suffix}"), Class::ROLE);
            }
            for verb in list(table, "speech").chain(list(table, "speech_fragment")) {
                self.add(&format!("{verb}{suffix}"), Class::JUDGE);
            }
        }
    }

    fn add(&mut self, phrase: &str, class: Class) {
        if let Some(word) = phrase.strip_prefix('=') {
            *self.exact.entry(small_hash(word)).or_default() |= class;
            return;
        }
        let mut letters = phrase.chars();
        let initial = letters.next().is_some_and(char::is_uppercase) && letters.as_str() == ".";
        // The full stop of "M." is part of the word only before a name.
        let padded = if initial { format!("{phrase} M") } else { phrase.to_owned() };
        let cut = tokens_with(&padded, self.grammar.cut());
        self.words.insert(cut.take(if initial { 1 } else { usize::MAX }), class, |old, new| old | new);
    }
}

/// Hashes the small letters of a word, accents and all.
fn small_hash(word: &str) -> u64 {
    let mut letter = [0; 4];
    word.chars().flat_map(char::to_lowercase).fold(0, |hash: u64, c| {
        c.encode_utf8(&mut letter)
            .bytes()
            .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(7))
    })
}

#[cfg(test)]
mod tests {
    use super::super::file::check;
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn the_files_hold_what_lexicons_hold() {
        for (name, file) in FILES.iter().chain([&("any", ANY)]) {
            let table = table(file).unwrap_or_else(|error| panic!("{name}: {error}"));
            let language = table.get("language").and_then(toml::Value::as_str);
            assert_eq!(language.unwrap_or("any"), *name);
        }
        for (code, settings) in OTHERS.parse::<toml::Table>().unwrap() {
            let language = Language::parse(&code).unwrap();
            assert!(!Lexicon::knows(language), "{code} has a file");
            assert_eq!(check(settings.as_table().unwrap()), Ok(()), "{code}");
            assert_eq!(Lexicon::of(language).grammar().language, Some(language));
        }
    }

    #[test]
    fn what_is_no_lexicon_is_told() {
        let wrong = |text: &str| Lexicon::parse(text).unwrap_err();
        assert!(matches!(wrong("speech = ["), LexiconError::Syntax(_)));
        assert_eq!(wrong("speach = []"), LexiconError::Unknown("speach".to_owned()));
        assert_eq!(wrong("speech = [1]"), LexiconError::Value("speech".to_owned()));
        assert_eq!(wrong("verb_first = []"), LexiconError::Value("verb_first".to_owned()));
        assert_eq!(wrong("language = ''"), LexiconError::Value("language".to_owned()));
    }

    #[test]
    fn words_are_in_their_classes() {
        let id = Lexicon::of(Language::INDONESIAN);
        assert!(id.classes("ujarnya").has(Class::SUFFIXED));
        assert!(id.classes("Mengatakan").has(Class::SPEECH));
        assert!(id.classes("seperti dikutip").has(Class::RELAY));
        assert!(Lexicon::of(Language::ENGLISH).classes("according to").has(Class::RELAY));
        assert!(Lexicon::any().classes("Sumber").has(Class::CREDIT));
        let made = Lexicon::parse("elisions = ['l']\nrelay = [\"l'opinion de\"]").unwrap();
        assert!(made.classes("l’opinion de").has(Class::RELAY));
        assert!(made.longest(&tokens("opinion").collect::<Vec<_>>()).is_none());
    }
}
