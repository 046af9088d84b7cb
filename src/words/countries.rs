//! Countries and what they are called: CLDR's names in some sixty languages and our own aliases, abbreviations and
//! demonyms.

use std::sync::OnceLock;

use memchr::memmem;

use super::{Country, Language};
use crate::text::fold;

/// Tables of `code, lang, form, name`, tab-separated; lines that begin with `#` are remarks.
const TABLES: [&str; 2] = [
    include_str!("../../data/gazetteer/cldr-territories.tsv"),
    include_str!("../../data/gazetteer/countries.tsv"),
];

/// The languages whose short forms and half-typed names are understood without being asked for.
const HOME: [Language; 2] = [Language::INDONESIAN, Language::ENGLISH];

/// What kind of name a country is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameForm {
    /// Its name in that language (CLDR).
    Name,
    /// A shorter one, often letters: "AS", "UK" (CLDR's `short`).
    Short,
    /// Another one CLDR knows (`variant`).
    Variant,
    /// A former name, a nickname, a native name: "Korut".
    Alias,
    /// Letters, to be matched in running text as written only: "DPRK".
    Abbreviation,
    /// People and adjective: "Norwegian".
    Demonym,
}

impl NameForm {
    fn parse(form: &str) -> Option<NameForm> {
        Some(match form {
            "name" => NameForm::Name,
            "short" => NameForm::Short,
            "variant" => NameForm::Variant,
            "alias" => NameForm::Alias,
            "abbreviation" => NameForm::Abbreviation,
            "demonym" => NameForm::Demonym,
            _ => return None,
        })
    }
}

/// One name of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryName {
    /// Whose name it is.
    pub country: Country,
    /// In which language; `None` where it is used in any. Scripts of one language are not told apart.
    pub language: Option<Language>,
    /// What kind of name.
    pub form: NameForm,
    /// As it is written.
    pub name: &'static str,
}

impl CountryName {
    fn is_home(&self) -> bool {
        self.language.is_none_or(|language| HOME.contains(&language))
    }

    fn is_short(&self) -> bool {
        matches!(self.form, NameForm::Short | NameForm::Abbreviation)
    }
}

/// All countries and territories of ISO 3166-1 and Kosovo (XK), by name.
#[derive(Debug)]
pub struct Countries {
    /// By country; the names of one in the order of the tables.
    names: Vec<CountryName>,
    /// Folded names in the same order, each behind a line end, one more line end at the end.
    folded: String,
    /// Where each folded name begins, ascending.
    starts: Vec<u32>,
}

/// The table, read on first use (some ten milliseconds: off the path of the first frame).
pub fn countries() -> &'static Countries {
    static COUNTRIES: OnceLock<Countries> = OnceLock::new();
    COUNTRIES.get_or_init(|| Countries::read(&TABLES))
}

impl Countries {
    fn read(tables: &[&'static str]) -> Countries {
        let mut names: Vec<CountryName> =
            tables.iter().flat_map(|table| table.lines()).filter_map(row).collect();
        names.sort_by_key(|name| name.country);
        let mut folded = String::with_capacity(names.iter().map(|name| name.name.len() + 1).sum());
        let mut starts = Vec::with_capacity(names.len());
        for name in &names {
            folded.push('\n');
            starts.push(u32::try_from(folded.len()).unwrap_or(u32::MAX));
            folded.push_str(&fold(name.name));
        }
        folded.push('\n');
        Countries { names, folded, starts }
    }

    /// Every name of every country, by code, then in the order of the tables.
    pub fn entries(&self) -> &[CountryName] {
        &self.names
    }

    /// Every name with its folded form.
    pub fn folded(&self) -> impl Iterator<Item = (&CountryName, &str)> {
        let lines = self.folded.get(1..).unwrap_or_default().split('\n');
        self.names.iter().zip(lines)
    }

    /// Every name of `country`, demonyms too.
    pub fn names(&self, country: Country) -> &[CountryName] {
        let start = self.names.partition_point(|name| name.country < country);
        let end = self.names.partition_point(|name| name.country <= country);
        self.names.get(start..end).unwrap_or_default()
    }

    /// What `country` is called in `language`.
    pub fn name(&self, country: Country, language: Language) -> Option<&'static str> {
        let names = self.names(country).iter();
        names
            .filter(|name| name.form == NameForm::Name && name.language == Some(language))
            .map(|name| name.name)
            .next()
    }

    /// The countries a reader may mean by `folded`, in the order of their codes; the first of these rules that finds
    /// any decides:
    ///
    /// 1. its code, or a short form of two letters in a home language ("as", "uk");
    /// 2. a whole name, alias or demonym in any language, or the first words of a name ("korea": both);
    /// 3. the beginning of a name; 4. the beginning of a word of a name; 5. any part of a name.
    pub fn find(&self, folded: &str) -> Vec<Country> {
        let mut found = [const { Vec::new() }; 5];
        if let Some(code) = Country::parse(folded)
            && !self.names(code).is_empty()
            && let Some(codes) = found.first_mut()
        {
            codes.push(code);
        }
        for (name, place) in self.occurrences(folded) {
            let letters = folded.len() <= 2 && name.is_short();
            let rule = match place {
                Place::Whole if letters && name.is_home() => 0,
                _ if letters => continue,
                Place::Whole => 1,
                _ if name.form == NameForm::Demonym => continue,
                Place::FirstWords if name.form == NameForm::Name => 1,
                Place::FirstWords | Place::Beginning => 2,
                Place::WordBeginning => 3,
                Place::Inside => 4,
            };
            if let Some(countries) = found.get_mut(rule) {
                countries.push(name.country);
            }
        }
        let mut best = found.into_iter().find(|countries| !countries.is_empty()).unwrap_or_default();
        best.sort_unstable();
        best.dedup();
        best
    }

    /// The countries with a whole name or alias `folded` in any language, demonyms aside; short forms of two letters
    /// and fewer do not count (in folded text they are anyone's letters).
    pub fn called(&self, folded: &str) -> Vec<Country> {
        self.lines_with(&format!("\n{folded}\n"), |name| folded.len() > 2 || !name.is_short())
    }

    /// The countries with a name or alias in a home language that begins with `folded`.
    pub fn beginning(&self, folded: &str) -> Vec<Country> {
        self.lines_with(&format!("\n{folded}"), CountryName::is_home)
    }

    /// The country a reader means by these capitals: a code or a short form in a home language ("KP", "AS", "UK").
    pub fn capitals(&self, letters: &str) -> Vec<Country> {
        if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Vec::new();
        }
        let short = |name: &&CountryName| name.is_short() && name.is_home() && name.name == letters;
        let mut found: Vec<Country> = self.names.iter().filter(short).map(|name| name.country).collect();
        found.extend(Country::parse(letters).filter(|&code| !self.names(code).is_empty()));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The countries with a name other than a demonym at the beginning of which `pattern` stands in the folded text.
    fn lines_with(&self, pattern: &str, keep: impl Fn(&CountryName) -> bool) -> Vec<Country> {
        let names = positions(&self.folded, pattern).filter_map(|at| self.name_at(at + 1));
        let kept = names.filter(|name| name.form != NameForm::Demonym && keep(name));
        let mut countries: Vec<Country> = kept.map(|name| name.country).collect();
        countries.dedup();
        countries
    }

    /// Every occurrence of `folded` in a name, in the order of the names.
    fn occurrences(&self, folded: &str) -> impl Iterator<Item = (&CountryName, Place)> {
        let wanted = folded.trim();
        let length = wanted.len();
        positions(&self.folded, wanted).filter_map(move |at| {
            let before = self.folded.get(..at)?.chars().next_back()?;
            let after = self.folded.get(at + length..)?.chars().next()?;
            let place = match (before, after) {
                ('\n', '\n') => Place::Whole,
                ('\n', ' ') => Place::FirstWords,
                ('\n', _) => Place::Beginning,
                _ if before.is_alphanumeric() => Place::Inside,
                _ => Place::WordBeginning,
            };
            Some((self.name_at(at)?, place))
        })
    }

    /// The name at a byte of the folded text.
    fn name_at(&self, at: usize) -> Option<&CountryName> {
        let behind = self.starts.partition_point(|&start| start as usize <= at);
        self.names.get(behind.checked_sub(1)?)
    }
}

/// Where `wanted` stands in `text`, overlaps too; nowhere when it is nothing or goes over a line end.
fn positions<'a>(text: &'a str, wanted: &str) -> impl Iterator<Item = usize> + use<'a> {
    let finder = memmem::Finder::new(wanted).into_owned();
    let name = wanted.trim();
    let mut from = if name.is_empty() || name.contains('\n') { text.len() } else { 0 };
    std::iter::from_fn(move || {
        let at = from + finder.find(text.as_bytes().get(from..)?)?;
        from = at + 1;
        Some(at)
    })
}

/// Where in a name something stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    Whole,
    FirstWords,
    Beginning,
    WordBeginning,
    Inside,
}

fn row(line: &'static str) -> Option<CountryName> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split('\t');
    let country = Country::parse(cells.next()?)?;
    let language = Language::parse(cells.next()?);
    let form = NameForm::parse(cells.next()?)?;
    let name = cells.next().filter(|name| !name.is_empty())?;
    Some(CountryName { country, language, form, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(found: &[Country]) -> String {
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    fn find(name: &str) -> String {
        codes(&countries().find(&fold(name)))
    }

    #[test]
    fn countries_are_found_by_any_name() {
        for name in ["kp", "KP", "korut", "DPRK", "korea utara", "north korea", "Nordkorea", "북한", "КНДР"]
        {
            assert_eq!(find(name), "KP", "{name}");
        }
        assert_eq!(find("rus"), "RU");
        assert_eq!(find("rusia"), "RU");
        assert_eq!(find("russian"), "RU");
        assert_eq!(find("uk"), "GB");
        assert_eq!(find("AS"), "AS US");
        assert_eq!(find("china"), "CN");
        assert_eq!(find("niger"), "NE");
        assert_eq!(find("zzzq"), "");
        assert_eq!(find(""), "");
        assert_eq!(find("\n"), "");
    }

    #[test]
    fn a_name_that_begins_others_means_them_all() {
        assert_eq!(find("korea"), "KP KR");
        assert_eq!(find("kore"), "KP KR");
        assert_eq!(find("indo"), "ID");
    }

    #[test]
    fn names_are_given_by_language() {
        let norway = Country::parse("NO").unwrap();
        assert_eq!(countries().name(norway, Language::INDONESIAN), Some("Norwegia"));
        assert_eq!(countries().name(norway, Language::ENGLISH), Some("Norway"));
        assert!(countries().names(norway).iter().any(|name| name.name == "Norwegian"));
        assert_eq!(countries().name(Country::parse("QQ").unwrap(), Language::ENGLISH), None);
    }

    #[test]
    fn plain_words_are_read_with_care() {
        let all = countries();
        assert_eq!(codes(&all.called("korut")), "KP");
        assert_eq!(codes(&all.called("dprk")), "KP");
        assert_eq!(codes(&all.called("as")), "");
        assert_eq!(codes(&all.capitals("AS")), "AS US");
        assert_eq!(codes(&all.capitals("KP")), "KP");
        assert_eq!(codes(&all.capitals("kp")), "");
        assert_eq!(codes(&all.beginning("koru")), "KP");
        assert_eq!(codes(&all.beginning("nordkor")), "");
    }

    #[test]
    fn folded_names_stand_beside_their_names() {
        let all = countries();
        assert_eq!(all.folded().count(), all.entries().len());
        assert!(all.folded().all(|(name, folded)| fold(name.name) == folded));
    }
}
