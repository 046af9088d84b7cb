//! Countries that only the other names of the article tell: a state of another country, half a name.

use super::{Name, is_named};
use crate::annotate::page::Page;
use crate::article::{Form, Kind, Rule};
use crate::words::{Class, Country, Gap, Sense, Shape};

/// Settles them, when all names are found.
pub(super) fn settle(page: &Page<'_>, found: &mut Vec<Name>) {
    federate(page, found);
    halve(page, found);
}

/// The country that a country's name also names a state of: "Georgia".
fn federation(page: &Page<'_>, name: &Name) -> Option<Country> {
    let (length, known) = page.longest(name.first)?;
    known.home.filter(|_| known.sense.has(Sense::STATE) && name.first + length == name.last + 1)
}

/// Georgia where an article names places of the United States, more of them than other countries, and none in Georgia:
/// the state.
fn federate(page: &Page<'_>, found: &mut [Name]) {
    let country = |name: &&Name| name.kind == Some(Kind::Country);
    let named = |name: &Name| Some((name.country, federation(page, name)?));
    let Some((own, states)) = found.iter().filter(country).find_map(named) else { return };
    let place = |home| {
        let places = found.iter().filter(|name| name.kind == Some(Kind::Place) && name.form == Form::Name);
        places.filter(|name| name.country == home).count()
    };
    let others = found.iter().filter(country);
    let others = others.filter(|name| name.country != own && name.country != Some(states)).count();
    if place(own) > 0 || place(Some(states)) <= others {
        return;
    }
    for name in found.iter_mut().filter(|name| name.country == own && name.form != Form::Adjective) {
        (name.kind, name.country, name.rule) = (Some(Kind::Place), Some(states), Rule::Federated);
    }
}

/// "The North" where an article names one country whose name begins so: North Korea.
fn halve(page: &Page<'_>, found: &mut Vec<Name>) {
    let mut whole: Vec<(u64, Option<Country>)> = Vec::new();
    for name in found.iter() {
        let first = page.token(name.first).hash;
        let half = name.kind == Some(Kind::Country)
            && name.form != Form::Adjective
            && name.last > name.first
            && page.has(name.first, Class::PLACE_HEAD);
        if half && !whole.contains(&(first, name.country)) {
            whole.push((first, name.country));
        }
    }
    if whole.is_empty() {
        return;
    }
    let only = |hash: u64| {
        let mut meant = whole.iter().filter(|(first, _)| *first == hash);
        meant.next().filter(|_| meant.next().is_none()).and_then(|(_, country)| *country)
    };
    let mut halves = Vec::new();
    for at in 1..page.len() {
        let token = page.token(at);
        let alone = token.shape == Shape::Title
            && token.gap == Gap::Space
            && page.has(at - 1, Class::DEMONSTRATIVE)
            && page.same_sentence(at - 1, at)
            && !(is_named(page, at + 1)
                && page.token(at + 1).gap == Gap::Space
                && page.same_sentence(at, at + 1));
        if let Some(country) = only(token.hash).filter(|_| alone) {
            halves.push(Name {
                country: Some(country),
                ..Name::new(at, at, Some(Kind::Country), 90, Rule::Halved)
            });
        }
    }
    // They stand in order, each of one token.
    let is_half = |at: usize| halves.binary_search_by_key(&at, |half| half.first).is_ok();
    found.retain(|name| name.first != name.last || !is_half(name.first));
    found.extend(halves);
    found.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last)));
}

#[cfg(test)]
mod tests {
    use crate::annotate::annotate;
    use crate::article::{Article, Form, Kind};
    use crate::words::Language;

    /// Countries and places named by their names alone, with their country.
    fn placed(body: &str) -> Vec<(String, Kind, String)> {
        let mut article = Article::new("Judul", body);
        article.language = Some(Language::ENGLISH);
        let found = annotate(&article);
        let mut placed = Vec::new();
        for entity in found.entities.iter().filter(|e| matches!(e.kind, Kind::Country | Kind::Place)) {
            let country = entity.country.map_or_else(String::new, |country| country.to_string());
            let names = entity.mentions.iter().filter(|mention| mention.form == Form::Name);
            placed.extend(names.map(|m| (m.span, entity.kind, country.clone())));
        }
        placed.sort_by_key(|(span, ..)| *span);
        placed
            .into_iter()
            .map(|(span, kind, country)| (span.of(&article.body).to_owned(), kind, country))
            .collect()
    }

    #[track_caller]
    fn means(body: &str, name: &str, kind: Kind, country: &str) {
        let placed = placed(body);
        let found = placed.iter().rfind(|(text, ..)| text == name);
        assert_eq!(found, Some(&(name.to_owned(), kind, country.to_owned())), "{body}\n{placed:?}");
    }

    #[test]
    fn a_country_that_is_also_a_state_goes_by_the_other_places() {
        means("Officials in Tbilisi said that Georgia had signed.", "Georgia", Kind::Country, "GE");
        means("The storm reached Atlanta, Georgia, at noon.", "Georgia", Kind::Place, "");
        means(
            "From Chicago and Houston they drove to Atlanta. Georgia was dry.",
            "Georgia",
            Kind::Place,
            "US",
        );
    }

    #[test]
    fn half_a_name_is_the_one_country_that_begins_so() {
        let text = "North Korea closed the crossing. Nobody in the North explained why.";
        means(text, "North", Kind::Country, "KP");
        let both = "South Korea and South Sudan signed. Nobody in the South explained why.";
        assert!(placed(both).iter().all(|(text, ..)| text != "South"), "{:?}", placed(both));
        let longer = "North Korea closed it. The ferry left for the North Sea.";
        assert!(placed(longer).iter().all(|(text, ..)| text != "North"), "{:?}", placed(longer));
        assert!(placed("He moved to the North.").iter().all(|(_, kind, _)| *kind != Kind::Country));
    }
}
