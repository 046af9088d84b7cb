//! In which language a text is written, when it does not say so.

use crate::words::{Language, Lexicon, language, sibling, told};
use whatlang::{Detector, Lang, Script};

/// How much of a text is looked at, in bytes: news is written in one language, and this is some paragraphs.
const SAMPLE: usize = 4096;

/// In fewer bytes than this a dozen languages look alike, so that only those whose words are known come into question.
const SHORT: usize = 300;

/// The language of a text by its letters; of one without a body that of its title.
pub(super) fn detect(body: &str, title: &str) -> Language {
    let mut end = body.len().min(SAMPLE);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let sample = body.get(..end).filter(|sample| !sample.trim().is_empty()).unwrap_or(title);
    // Looking at letters takes longer than all else that is done with an article: it is for texts whose words do not tell.
    told(sample).or_else(|| guess(sample)).map_or(Language::UNKNOWN, |known| sibling(known, sample))
}

fn guess(sample: &str) -> Option<Language> {
    let found = whatlang::detect(sample)?;
    let guessed = language(found.lang().code())?;
    let sure = found.is_reliable() && sample.len() >= SHORT;
    if sure || found.script() != Script::Latin || (Lexicon::knows(guessed) && found.is_reliable()) {
        return Some(guessed);
    }
    let known = Lang::all().iter().copied().filter(|lang| language(lang.code()).is_some_and(Lexicon::knows));
    let among_known = Detector::with_allowlist(known.collect()).detect(sample)?;
    // A word or two are nobody's language.
    let words = sample.split_ascii_whitespace().count();
    language(among_known.lang().code()).filter(|_| words >= 3)
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

    #[test]
    fn short_texts_are_in_a_language_that_is_known() {
        for (text, expected) in [
            ("Body 0. \"Hello,\" said John Smith of North Korea.", Language::ENGLISH),
            ("Ingrid Solheim said, “Number 83.” in Norway and Japan.", Language::ENGLISH),
            ("Oslo | Kabar – “Kami siap berangkat,” kata Ingrid Solheim.", Language::INDONESIAN),
            ("JAKARTA (Antara) - Presiden mengatakan, “Kita maju.”", Language::INDONESIAN),
        ] {
            assert_eq!(detect(text, ""), expected, "{text}");
        }
    }
}
