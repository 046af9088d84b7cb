//! Languages by code and by name, from `data/lexicon/languages.tsv`.

use super::Language;
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

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
