//! In which language a text is written, when it does not say so.

use crate::words::{Language, Lexicon, language, sibling};

/// How much of a text is looked at, in bytes: news is written in one language, and this is some paragraphs.
const SAMPLE: usize = 4096;

/// The language of a text by its letters; of one without a body that of its title. A guess that is not reliable counts
/// only for a language whose words are known: a short note in Indonesian looks like a dozen others.
pub(super) fn detect(body: &str, title: &str) -> Language {
    let mut end = body.len().min(SAMPLE);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let sample = body.get(..end).filter(|sample| !sample.trim().is_empty()).unwrap_or(title);
    whatlang::detect(sample)
        .and_then(|found| {
            let known = language(found.lang().code())?;
            (found.is_reliable() || Lexicon::knows(known)).then(|| sibling(known, sample))
        })
        .unwrap_or(Language::UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guess_is_a_language() {
        for lang in whatlang::Lang::all() {
            assert!(language(lang.code()).is_some(), "{lang}");
        }
        assert_eq!(language("ind"), Some(Language::INDONESIAN));
    }

    #[test]
    fn a_letter_is_no_language() {
        assert_eq!(detect("x", ""), Language::UNKNOWN);
        assert_eq!(detect("", ""), Language::UNKNOWN);
        let text = "Pemerintah akan membangun jembatan di atas sungai itu tahun depan, kata menteri.";
        assert_eq!(detect(text, ""), Language::INDONESIAN);
    }
}
