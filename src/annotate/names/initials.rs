//! Organisations that an acronym in brackets explains: "Komite Nasional Keselamatan Transportasi (KNKT)".
//!
//! The letters of the acronym say where the name before the brackets begins. Terms and regions have acronyms too
//! ("Produk Domestik Bruto (PDB)"), so a word of the name must be one of organisations (Schwartz and Hearst 2003).

use super::{Name, Reader};
use crate::article::{Kind, Rule};
use crate::words::{Class, Gap, Sense, Shape};

/// The longest acronym, in letters.
const LONGEST: usize = 10;

impl Reader<'_, '_> {
    /// Gives the organisations before or behind acronyms in brackets the bounds that these tell.
    pub(super) fn explained(&mut self) {
        let page = self.page;
        let mut explained = Vec::new();
        for open in page.first + 1..page.len() {
            if !page.token(open).is('(') || !page.token(open + 2).is(')') || !self.is_acronym(open + 1) {
                continue;
            }
            if let Some(first) = self.spelt_out(open - 1, page.word(open + 1))
                && self.is_body(first, open - 1)
            {
                explained.push((first, open - 1, open + 1));
            }
        }
        if explained.is_empty() {
            return;
        }
        let near = |name: &Name| {
            let next = explained.partition_point(|(_, _, acronym)| *acronym < name.first);
            explained.get(next).copied()
        };
        self.found.retain(|name| {
            near(name).is_none_or(|(first, last, acronym)| {
                name.last < first || name.first > last && name.first != acronym
            })
        });
        for (first, last, acronym) in explained {
            self.push(first, last, Some(Kind::Organisation), 95, Rule::Initials);
            self.nested(first, last);
            self.push(acronym, acronym, Some(Kind::Organisation), 95, Rule::Initials);
        }
        self.found.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last)));
    }

    fn is_acronym(&self, at: usize) -> bool {
        let page = self.page;
        page.token(at).shape == Shape::Upper
            && (2..=LONGEST).contains(&page.word(at).len())
            && page.word(at).bytes().all(|byte| byte.is_ascii_uppercase())
            && !page.has(at, Class::DEGREE)
    }

    /// The first token of the name up to `last` whose words have the letters of an acronym.
    fn spelt_out(&self, last: usize, acronym: &str) -> Option<usize> {
        let page = self.page;
        let mut letters = acronym.chars().rev().peekable();
        let (mut at, mut words) = (last, 0);
        loop {
            if page.token(at).is_capital() {
                // "Bangsa-Bangsa" has two.
                let parts = page.word(at).split('-').filter_map(|part| part.chars().next());
                for first in parts.rev() {
                    if !first.to_uppercase().eq(letters.next()) {
                        return None;
                    }
                }
                words += 1;
                if letters.peek().is_none() {
                    return (words > 1).then_some(at);
                }
            } else if !page.has(at, Class::LINKER | Class::OF) || words == 0 {
                return None;
            }
            let near = page.token(at).gap == Gap::Space && page.same_sentence(at.wrapping_sub(1), last);
            at = at.checked_sub(1).filter(|_| near)?;
        }
    }

    /// Whether the words between two tokens are an organisation's: by the first or the last of them, or by a list.
    fn is_body(&self, first: usize, last: usize) -> bool {
        let page = self.page;
        let listed = self.known(first).filter(|(length, _)| first + length == last + 1);
        let place = listed.is_some_and(|(_, known)| known.sense.has(Sense::PLACE.or(Sense::COUNTRY)));
        let headed = page.has(first, Class::ORG_HEAD) || page.has(last, Class::ORG_TAIL);
        let next = self.found.partition_point(|name| name.first < first);
        let mut near = self.found.iter().skip(next).take_while(|name| name.first <= last);
        let found = near.any(|name| {
            name.kind == Some(Kind::Organisation)
                && name.last == last
                && name.last > name.first
                && name.confidence >= 88
        });
        !place && (headed || found)
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::article::{Article, Form, Kind};
    use crate::words::Language;

    fn organisations(language: Language, body: &str) -> Vec<String> {
        let mut article = Article::new("Judul", body);
        article.language = Some(language);
        let found = annotate(&article);
        let organisations = found.entities.iter().filter(|entity| entity.kind == Kind::Organisation);
        let mentions = organisations.flat_map(|entity| &entity.mentions);
        let names = mentions.filter(|mention| mention.form == Form::Name);
        names.map(|mention| mention.span.of(&article.body).to_owned()).collect()
    }

    #[test]
    fn the_letters_in_brackets_tell_where_an_organisation_begins() {
        let body = "Rapat itu dihadiri Komite Nasional Keamanan Penyeberangan (KNKP) di Ambon, kata warga.";
        let names = organisations(Language::INDONESIAN, body);
        assert_eq!(names, ["Komite Nasional Keamanan Penyeberangan", "KNKP"]);
        let body = "The Rural and Coastal Roads Commission (RCRC) met on Monday.";
        let names = organisations(Language::ENGLISH, body);
        assert_eq!(names, ["Rural and Coastal Roads Commission", "RCRC"]);
    }

    #[test]
    fn terms_have_acronyms_too() {
        let body = "Pemerintah menaikkan harga Bahan Bakar Minyak (BBM) mulai besok.";
        assert!(!organisations(Language::INDONESIAN, body).contains(&"Bahan Bakar Minyak".to_owned()));
    }
}
