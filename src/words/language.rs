//! Languages by code and by name, from `data/lexicon/languages.tsv`.

use super::Language;
use super::phrase::{Phrases, Trie};
use super::token::{Token, tokens};
use crate::text::fold;
use std::collections::HashMap;
use std::sync::LazyLock;

static NAMES: LazyLock<HashMap<String, Language>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("../../data/lexicon/languages.tsv").lines().filter(|line| !line.starts_with('#'))
    {
        let Some((code, others)) = line.split_once('\t') else { continue };
        let Some(language) = Language::parse(code) else { continue };
        for name in others.split('|').chain([code]) {
            names.entry(fold(name)).or_insert(language);
        }
    }
    names
});

/// Reads how a record says its language: a BCP 47 tag ("en-GB"), a code of ISO 639-1, 639-2 or 639-3 ("ind"), or a
/// name in English, Indonesian or the language itself. A code that has a shorter form is given in that form.
pub fn language(name: &str) -> Option<Language> {
    let folded = fold(name.trim());
    if let Some(&language) = NAMES.get(&folded) {
        return Some(language);
    }
    let primary = folded.split(['-', '_', ' ']).next().unwrap_or_default();
    match NAMES.get(primary) {
        Some(&language) => Some(language),
        None => Language::parse(&folded),
    }
}

/// The English name of a language, folded.
pub fn language_name(language: Language) -> Option<&'static str> {
    let rows = include_str!("../../data/lexicon/languages.tsv").lines().filter(|line| !line.starts_with('#'));
    let (_, names) = rows
        .filter_map(|row| row.split_once('\t'))
        .find(|(code, _)| code.eq_ignore_ascii_case(language.as_str()))?;
    // Codes of three letters come before the names.
    names.split('|').find(|name| name.len() > 3)
}

static TELLING: LazyLock<HashMap<&'static str, Language>> = LazyLock::new(|| {
    let rows = include_str!("../../data/lexicon/telling.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let (code, words) = row.split_once('\t')?;
        Some((Language::parse(code)?, words))
    })
    .flat_map(|(language, words)| words.split('|').map(move |word| (word, language)))
    .collect()
});

/// A text of fewer words than this is not judged by its small words.
const FEWEST: usize = 40;

/// A language is told where at least one word in so many is one of its telling words: in news one in six to eight is.
const ONE_IN: usize = 12;

/// The language that the small words of a text tell; `None` where they are few, or those of two languages.
pub fn told(text: &str) -> Option<Language> {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    let mut words = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        if let Some(&language) = TELLING.get(word) {
            match counts.iter_mut().find(|(known, _)| *known == language) {
                Some((_, count)) => *count += 1,
                None => counts.push((language, 1)),
            }
        }
    }
    let &(best, most) = counts.iter().max_by_key(|(_, count)| *count)?;
    let others: usize = counts.iter().map(|(_, count)| count).sum::<usize>() - most;
    (words >= FEWEST && most * ONE_IN >= words && others * 4 <= most).then_some(best)
}

/// A language that is taken for another, and the hashes of the first words that tell it, with what follows them.
struct Sibling {
    taken_for: Language,
    language: Language,
    words: Phrases<()>,
}

static SIBLINGS: LazyLock<Vec<Sibling>> = LazyLock::new(|| {
    let rows = include_str!("../../data/lexicon/siblings.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let taken_for = Language::parse(cells.next()?)?;
        let language = Language::parse(cells.next()?)?;
        let mut words = Trie::default();
        for word in cells.next()?.split('|') {
            words.insert(tokens(word), (), |(), ()| ());
        }
        Some(Sibling { taken_for, language, words: words.into() })
    })
    .collect()
});

/// The language of a text that detection says is in `detected`: one that is easily taken for it when the text has more
/// of that one's words.
pub fn sibling(detected: Language, text: &str) -> Language {
    if SIBLINGS.iter().all(|sibling| sibling.taken_for != detected) {
        return detected;
    }
    let cut: Vec<Token> = tokens(text).collect();
    let count = |sibling: &Sibling| {
        (0..cut.len())
            .filter(|&at| sibling.words.longest(cut.get(at..).unwrap_or_default()).is_some())
            .count()
    };
    let (mut best, mut most) = (detected, 0);
    for sibling in SIBLINGS.iter().filter(|sibling| sibling.taken_for == detected) {
        let words = count(sibling);
        if words > most || words == most && sibling.language == detected {
            (best, most) = (sibling.language, words);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_a_language_where_they_are_many() {
        let text = |sentence: &str| sentence.repeat(6);
        let told = |sentence: &str| told(&text(sentence)).map(|language| language.to_string());
        assert_eq!(told("The minister said that the ships were there. ").as_deref(), Some("en"));
        assert_eq!(
            told("Menteri itu mengatakan bahwa kapal yang tiba dari Oslo sudah pergi. ").as_deref(),
            Some("id")
        );
        // Another language, few words, and two languages at once are for those who look at letters.
        assert_eq!(told("De minister zei dat de schepen daar waren en is met de trein gegaan. "), None);
        assert_eq!(super::told("The minister said that the ships were there."), None);
        assert_eq!(told("The minister said that kapal yang tiba dari Oslo sudah pergi dan itu. "), None);
    }

    #[test]
    fn languages_are_known_by_code_and_name() {
        let code = |name: &str| language(name).map(|language| language.to_string()).unwrap_or_default();
        assert_eq!(code("en-GB"), "en");
        assert_eq!(code("ENGLISH"), "en");
        assert_eq!(code("ind"), "id");
        assert_eq!(code("Bahasa Indonesia"), "id");
        assert_eq!(code("Português"), "pt");
        assert_eq!(code("zh_Hans"), "zh");
        assert_eq!(code("xyz"), "xyz");
        assert_eq!(code("Klingonese"), "");
        assert_eq!(code(""), "");
        assert_eq!(language_name(Language::INDONESIAN), Some("indonesian"));
    }

    #[test]
    fn siblings_are_told_by_their_words() {
        let malay = Language::parse("ms").unwrap();
        let said = |text| sibling(Language::INDONESIAN, text);
        assert_eq!(said("Polis menahan lelaki itu kerana mencuri wang."), malay);
        assert_eq!(said("Polisi menahan pria itu karena mencuri uang."), Language::INDONESIAN);
        assert_eq!(said("Harga beras naik."), Language::INDONESIAN);
        assert_eq!(sibling(Language::ENGLISH, "polis kerana wang"), Language::ENGLISH);
    }
}
