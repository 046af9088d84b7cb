//! Where the rules overrule what was tagged: they know the words that begin and end names.

use crate::annotate::names::Name;
use crate::annotate::page::Page;
use crate::annotate::tagger::Tagged;
use crate::article::{Form, Kind, Rule};
use crate::words::{Class, Gap, Sense, Shape};

/// The confidence of an organisation found by its head or tail word.
pub(super) const HEADED: u8 = 88;

/// Lets the rules' names that overlap with `tag` change it; gives back which of them did.
pub(super) fn overruled(page: &Page<'_>, tag: &mut Tagged, overlapping: &[(usize, Name)]) -> Option<Rule> {
    // "Gereja Protestan Maluku (GPM)": its initials say where it begins and what it is.
    if let Some((_, rule)) = overlapping.iter().find(|(_, rule)| rule.rule == Rule::Initials) {
        let same = (tag.first, tag.last, tag.kind) == (rule.first, rule.last, Kind::Organisation);
        (tag.first, tag.last, tag.kind) = (rule.first, rule.last, Kind::Organisation);
        return (!same).then_some(Rule::Headed);
    }
    let mut veto = None;
    let before = tag.first.wrapping_sub(1);
    let behind_in = page.has(before, Class::INTO) && page.token(tag.first).gap == Gap::Space;
    let listed = |at: usize, senses: Sense| page.known(at).is_some_and(|known| known.sense.has(senses));
    // Behind "di" or "in" stands a place, unless a list says that it is a person's name: "in Jackson Hole, Wyoming".
    let located = page.token(tag.last + 1).is(',')
        && page.token(tag.last + 2).gap == Gap::Space
        && page.same_sentence(tag.last, tag.last + 2)
        && page
            .longest(tag.last + 2)
            .is_some_and(|(_, known)| known.sense.has(Sense::PLACE.or(Sense::COUNTRY)));
    let single = tag.first == tag.last && !listed(tag.first, Sense::GIVEN.or(Sense::SURNAME));
    if tag.kind == Kind::Person && behind_in && (single || located && tag.last - tag.first <= 1) {
        tag.kind = Kind::Place;
        veto = Some(Rule::BehindIn);
    }
    let organisations = || {
        let rules = overlapping.iter().map(|(_, rule)| rule);
        rules.filter(|rule| rule.kind == Some(Kind::Organisation) && rule.confidence >= HEADED)
    };
    // An organisation by its head word is one: "RSUD Cempaka Putih".
    if organisations().any(|rule| (rule.first, rule.last) == (tag.first, tag.last)) {
        veto = if tag.kind == Kind::Organisation { veto } else { Some(Rule::Headed) };
        tag.kind = Kind::Organisation;
    }
    // A longer reading of a person that begins with a listed given name: "dr | Putri Larasati".
    let longer = overlapping.iter().map(|(_, rule)| rule).find(|rule| {
        rule.kind == Some(Kind::Person)
            && rule.confidence >= 85
            && rule.first < tag.first
            && rule.last == tag.last
            && listed(rule.first, Sense::GIVEN)
    });
    if let Some(longer) = longer.filter(|_| tag.kind == Kind::Person) {
        tag.first = longer.first;
        veto = Some(Rule::Headed);
    }
    // A longer reading of an organisation, by signs and small words that end a stretch or that corpora leave out
    // ("National Pilots’ Union", "Kementerian Riset, Teknologi", "Union of Zambia"), or round a place ("North
    // Yorkshire | Council").
    let longer = organisations().find(|rule| {
        let holds = rule.first <= tag.first && rule.last >= tag.last;
        let joined =
            (rule.first..rule.last).any(|at| matches!(page.token(at).sign(), '\'' | '’' | ',' | '&' | '/'));
        let of = page.token(tag.last + 1).shape == Shape::Lower && page.has(tag.last + 1, Class::LINKER);
        let round = tag.kind == Kind::Place && rule.rule != Rule::OrganisationList;
        // "Polda Sulawesi | Tenggara".
        let within = rule.first == tag.first && splits(page, tag);
        let whole = joined || of && rule.first == tag.first || within;
        holds && (tag.kind == Kind::Organisation && whole || round)
    });
    if let Some(longer) = longer {
        if (tag.first, tag.last) != (longer.first, longer.last) {
            veto = Some(Rule::Headed);
        }
        (tag.first, tag.last, tag.kind) = (longer.first, longer.last, Kind::Organisation);
    }
    // An acronym ends before a known place ("DPRD Maluku Utara"), and so does what is local ("Dinas Pertanian Demak").
    let ends = |place: &Name| {
        let acronym = page.token(tag.first).shape == Shape::Upper && place.first == tag.first + 1;
        let local = page.has(tag.first, Class::LOCAL)
            && organisations().any(|rule| rule.first == tag.first && rule.last + 1 == place.first);
        acronym || local
    };
    let place = overlapping.iter().map(|(_, rule)| rule).find(|rule| {
        rule.kind == Some(Kind::Place) && rule.form == Form::Name && rule.last >= tag.last && ends(rule)
    });
    if let Some(place) = place.filter(|place| tag.kind == Kind::Organisation && place.first > tag.first) {
        tag.last = place.first - 1;
        veto = Some(Rule::Trimmed);
    }
    veto
}

/// Whether what was tagged ends in the middle of a known place of several words.
fn splits(page: &Page<'_>, tag: &Tagged) -> bool {
    (tag.first + 1..=tag.last).any(|at| {
        page.longest(at).is_some_and(|(length, known)| {
            known.sense.has(Sense::PLACE.or(Sense::COUNTRY)) && at + length > tag.last + 1
        })
    })
}

/// Whether the rules cut what was tagged as one name into several that they are sure of: "Agam | Syafrizal Koto".
pub(super) fn parted(tag: &Tagged, overlapping: &[(usize, Name)]) -> bool {
    let mut next = tag.first;
    for (_, rule) in overlapping {
        if rule.first != next || rule.confidence < 85 || rule.form != Form::Name {
            return false;
        }
        next = rule.last + 1;
    }
    let person = overlapping.last().is_some_and(|(_, rule)| rule.kind == Some(Kind::Person));
    // "Embaloh Hilir | Stepanus Jelani".
    let place = overlapping.first().is_some_and(|(_, rule)| {
        rule.kind == Some(Kind::Place) && rule.rule == Rule::PlaceWord && rule.confidence >= 90
    });
    next == tag.last + 1 && overlapping.len() > 1 && person && (tag.kind != Kind::Person || place)
}
