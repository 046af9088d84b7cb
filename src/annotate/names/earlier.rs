//! What the article named before, where a run does not tell by itself.

use super::Reader;
use crate::article::{Kind, Rule};
use crate::words::{Class, Sense, Shape};

/// How far back a person or a place is looked for, in names.
const NEAR: usize = 128;

impl Reader<'_, '_> {
    /// Whether an office alone is the last name of a person named before, and no article stands before it: "Bishop wrote"
    /// behind "Marlene Bishop".
    pub(super) fn is_bearer(&self, at: usize, end: usize) -> bool {
        let page = self.page;
        at + 1 == end
            && page.has(at, Class::ROLE)
            && page.token(at).shape == Shape::Title
            && !page.has(at.wrapping_sub(1), Class::DEMONSTRATIVE)
            && self.sense(at).has(Sense::SURNAME)
            && self.found.iter().rev().take(NEAR).any(|name| {
                name.kind == Some(Kind::Person)
                    && name.last > name.first
                    && page.token(name.last).hash == page.token(at).hash
            })
    }

    /// The last token of a place that the article named with its head word before: "Camat Embaloh Hilir" behind
    /// "Kecamatan Embaloh Hilir", and where a person's name goes on, "Camat Alas Mahsun" behind "kecamatan Alas".
    pub(super) fn named_place(&self, at: usize, end: usize) -> Option<usize> {
        let page = self.page;
        let heads = |token: usize| page.has(token, Class::PLACE_HEAD);
        self.found.iter().rev().take(NEAR).find_map(|name| {
            let (first, goes_on) = if name.rule == Rule::PlaceWord && heads(name.first) {
                (name.first + 1, 0)
            } else {
                (Some(name.first).filter(|&first| heads(first.wrapping_sub(1)))?, 1)
            };
            let words = first..=name.last;
            let length = words.clone().count();
            let same = length > 0
                && at + length + goes_on <= end
                && words.zip(at..).all(|(before, here)| page.token(before).hash == page.token(here).hash);
            same.then(|| at + length - 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::article::{Article, Kind};
    use crate::words::Language;

    /// The mentions of the person of this name.
    fn mentions(language: Language, body: &str, name: &str) -> Vec<String> {
        let mut article = Article::new("Judul", body);
        article.language = Some(language);
        let found = annotate(&article);
        let person = found.entities.iter().find(|e| e.kind == Kind::Person && e.name == name);
        let mentions = person.map(|person| person.mentions.as_slice()).unwrap_or_default();
        mentions.iter().map(|mention| mention.span.of(&article.body).to_owned()).collect()
    }

    #[test]
    fn an_office_may_be_a_last_name() {
        let body = "Marlene Bishop ruled on Monday. “It came late,” Bishop wrote.";
        assert_eq!(mentions(Language::ENGLISH, body, "Marlene Bishop"), ["Marlene Bishop", "Bishop"]);
    }

    #[test]
    fn a_place_named_before_is_no_part_of_its_officers_name() {
        let body =
            "Jembatan di Kecamatan Embalau Hilir putus. Camat Embalau Hilir Stepanus Jelani membenarkan.";
        assert_eq!(mentions(Language::INDONESIAN, body, "Stepanus Jelani"), ["Stepanus Jelani"]);
        let body = "Isinya didorong ke kecamatan Embalau. Camat Embalau Stepanus Jelani membenarkan.";
        assert_eq!(mentions(Language::INDONESIAN, body, "Stepanus Jelani"), ["Stepanus Jelani"]);
        // The word before is the officer's own.
        let body = "Wali kota Stepanus datang. Wali Kota Stepanus Jelani membenarkan.";
        assert_eq!(mentions(Language::INDONESIAN, body, "Stepanus Jelani"), ["Stepanus", "Stepanus Jelani"]);
    }
}
