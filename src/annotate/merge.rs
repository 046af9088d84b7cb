//! What the rules and the tagger found, made one.
//!
//! Countries, datelines, credit lines and headlines are the rules'; elsewhere the tagger says where a name begins and
//! ends and what it names, and the rules keep what it left out when they are sure of it.

use super::names::{Name, Names, is_named};
use super::page::Page;
use super::tagger::{Tagged, Tags};
use crate::article::{Form, Kind, Rule};
use crate::words::{Class, Gap, Sense, Shape};

/// The confidence of an organisation found by its head or tail word.
const HEADED: u8 = 88;
/// How sure the tagger must be that there is no name for a rule's to go, in hundredths.
const PASSED_OVER: u8 = 74;

/// Holds what was tagged against the lexicon: days, months and degrees end no name, and a word that only begins
/// sentences is none.
fn trimmed(page: &Page<'_>, mut tag: Tagged) -> Option<Tagged> {
    let ends = Class::DAY | Class::MONTH | Class::DEGREE;
    while tag.last > tag.first
        && page.has(tag.last, ends)
        && (page.token(tag.last).len() > 2 || tag.kind == Kind::Person)
    {
        tag.last -= 1;
    }
    while tag.last > tag.first && page.token(tag.last).sign() != '\0' {
        tag.last -= 1;
    }
    let given = |at: usize| {
        page.gazetteer
            .word(page.token(at).hash)
            .is_some_and(|known| known.sense.has(Sense::GIVEN.or(Sense::SURNAME)))
    };
    while tag.last > tag.first
        && page.place(tag.first).opens
        && page.has(tag.first, Class::STOP)
        && !page.has(tag.first, Class::ORG_HEAD | Class::PLACE_HEAD)
        && page.token(tag.first).shape == Shape::Title
        && !given(tag.first)
        && is_named(page, tag.first + 1)
    {
        tag.first += 1;
    }
    // Titles stand before a name, not in it.
    while tag.kind == Kind::Person
        && tag.last > tag.first
        && page.has(tag.first, Class::HONORIFIC)
        && !given(tag.first)
    {
        tag.first += 1;
    }
    if page.lexicon.verb_first() {
        cut(page, &mut tag, given);
    }
    // "Moh. Fadil": the full stop of a given name cut short breaks the stretch.
    let short = tag.first.wrapping_sub(2);
    if tag.kind == Kind::Person
        && page.token(short.wrapping_add(1)).is('.')
        && page.token(tag.first).gap == Gap::Space
        && page.same_sentence(short, tag.first)
        && page.token(short).shape == Shape::Title
        && page.longest(short).is_some_and(|(length, known)| length == 2 && known.sense.has(Sense::GIVEN))
    {
        tag.first = short;
    }
    let class = page.class(tag.first);
    let stop = tag.first == tag.last
        && (class.has(Class::STOP) && page.place(tag.first).opens || class.has(Class::DAY))
        && page.token(tag.first).shape != Shape::Upper;
    (!stop).then_some(tag)
}

/// Cuts what cannot stand inside a name where the noun comes first: a person's name begins behind an office or a known
/// place that reaches into it ("Jawa Barat | Ace Hasan"), an organisation ends where "dan" joins the head of another.
fn cut(page: &Page<'_>, tag: &mut Tagged, given: impl Fn(usize) -> bool) {
    if tag.kind == Kind::Organisation {
        let joined = (tag.first + 2..tag.last).find(|&at| {
            page.has(at, Class::CONJUNCTION)
                && page.has(at + 1, Class::ORG_HEAD)
                && !page.has(at + 1, Class::INNER)
                && page.token(at + 1).is_capital()
        });
        // "Polda Metro Jaya | Kombes Ade".
        let office = (tag.first + 1..tag.last)
            .find(|&at| page.has(at, Class::ROLE) && !page.has(at, Class::INNER) && given(at + 1));
        if let Some(at) = joined.into_iter().chain(office).min() {
            tag.last = at - 1;
        }
    }
    if tag.kind != Kind::Person {
        return;
    }
    let office = (tag.first + 1..tag.last).rev().find(|&at| page.has(at, Class::ROLE) && !given(at));
    if let Some(at) = office {
        tag.first = at + 1;
    }
    let before = tag.first.wrapping_sub(1);
    if let Some((length, known)) = page.longest(before)
        && length > 1
        && known.sense.has(Sense::PLACE.or(Sense::COUNTRY))
        && page.token(before).is_capital()
        && before + length <= tag.last
    {
        tag.first = before + length;
    }
}

/// The names of a page in order, from what the rules (`rules`) and the tagger (`tagged`) found.
pub(super) fn merge(page: &Page<'_>, rules: &Names, tags: &Tags) -> Vec<Name> {
    let mut merged: Vec<Name> = Vec::with_capacity(rules.found.len() + tags.found.len());
    let mut kept_rules = vec![true; rules.found.len()];
    let mut near = 0;
    let mut fixed = rules.fixed.iter().peekable();
    for tag in &tags.found {
        let tagged = *tag;
        let Some(mut tag) = trimmed(page, tagged) else { continue };
        let mut veto = ((tag.first, tag.last) != (tagged.first, tagged.last)).then_some(Rule::Trimmed);
        while fixed.peek().is_some_and(|range| range.end <= tag.first) {
            fixed.next();
        }
        if fixed.peek().is_some_and(|range| range.start <= tag.last) {
            continue;
        }
        while rules.found.get(near).is_some_and(|name| name.last + 32 < tag.first) {
            near += 1;
        }
        let overlapping: Vec<(usize, Name)> = rules
            .found
            .iter()
            .enumerate()
            .skip(near)
            .take_while(|(_, name)| name.first <= tag.last)
            .filter(|(_, name)| name.last >= tag.first)
            .map(|(at, name)| (at, *name))
            .collect();
        // "Rusia Sergey Lavrov": the country belongs to the office before.
        if tag.kind == Kind::Person
            && let Some((_, country)) = overlapping.iter().find(|(_, rule)| {
                rule.kind == Some(Kind::Country)
                    && rule.first <= tag.first
                    && rule.last >= tag.first
                    && rule.last < tag.last
            })
        {
            tag.first = country.last + 1;
            veto = Some(Rule::Trimmed);
        }
        // Behind "di" or "in" stands a place, unless a list says that it is a person's name.
        if tag.kind == Kind::Person
            && tag.first == tag.last
            && page.has(tag.first.wrapping_sub(1), Class::INTO)
            && page.token(tag.first).gap == Gap::Space
            && !page
                .gazetteer
                .word(page.token(tag.first).hash)
                .is_some_and(|known| known.sense.has(Sense::GIVEN.or(Sense::SURNAME)))
        {
            tag.kind = Kind::Place;
            veto = Some(Rule::BehindIn);
        }
        // An organisation by its head word is one ("RSUD Cempaka Putih"), and an acronym ends before a known place
        // ("DPRD Maluku Utara").
        let headed = overlapping.iter().any(|(_, rule)| {
            rule.kind == Some(Kind::Organisation)
                && rule.confidence >= HEADED
                && (rule.first, rule.last) == (tag.first, tag.last)
        });
        if headed {
            veto = if tag.kind == Kind::Organisation { veto } else { Some(Rule::Headed) };
            tag.kind = Kind::Organisation;
        }
        // The rules' longer reading of a person that begins with a listed given name: "dr | Putri Larasati".
        if tag.kind == Kind::Person
            && let Some((_, longer)) = overlapping.iter().find(|(_, rule)| {
                rule.kind == Some(Kind::Person)
                    && rule.confidence >= 85
                    && rule.first < tag.first
                    && rule.last == tag.last
                    && page.known(rule.first).is_some_and(|known| known.sense.has(Sense::GIVEN))
            })
        {
            tag.first = longer.first;
            veto = Some(Rule::Headed);
        }
        // The rules' longer reading of an organisation: "National Pilots’ Union".
        if tag.kind == Kind::Organisation
            && let Some((_, longer)) = overlapping.iter().find(|(_, rule)| {
                rule.kind == Some(Kind::Organisation)
                    && rule.confidence >= HEADED
                    && rule.first <= tag.first
                    && rule.last >= tag.last
                    && (rule.first..rule.last).any(|at| matches!(page.token(at).sign(), '\'' | '’' | ','))
            })
        {
            if (tag.first, tag.last) != (longer.first, longer.last) {
                veto = Some(Rule::Headed);
            }
            (tag.first, tag.last) = (longer.first, longer.last);
        }
        if merged.last().is_some_and(|before: &Name| before.last >= tag.first) {
            continue;
        }
        let acronym = tag.kind == Kind::Organisation
            && page.token(tag.first).shape == Shape::Upper
            && overlapping.iter().any(|(_, rule)| {
                rule.kind == Some(Kind::Place)
                    && rule.form == Form::Name
                    && rule.first == tag.first + 1
                    && rule.last >= tag.last
            });
        if acronym {
            tag.last = tag.first;
            veto = Some(Rule::Trimmed);
        }
        let overlapping: Vec<(usize, Name)> = overlapping
            .into_iter()
            .filter(|(_, rule)| rule.first <= tag.last && rule.last >= tag.first)
            .collect();
        let mut name = Name::new(tag.first, tag.last, Some(tag.kind), tag.confidence, Rule::Tagger);
        name.veto = veto;
        // "pro-Beijing".
        if let Some((_, half)) = overlapping.iter().find(|(_, rule)| {
            rule.form == Form::Adjective
                && tag.kind == Kind::Place
                && rule.kind == Some(Kind::Place)
                && (rule.first, rule.last) == (tag.first, tag.last)
        }) {
            name.form = half.form;
        }
        let country = overlapping.iter().find(|(_, rule)| {
            rule.kind == Some(Kind::Country) && rule.first == tag.first && rule.last == tag.last
        });
        if let Some((_, country)) = country {
            let given = page
                .gazetteer
                .word(page.token(tag.first).hash)
                .is_some_and(|known| known.sense.has(Sense::GIVEN));
            if tag.kind != Kind::Person || !given || tag.confidence < 84 {
                let _ = country;
                continue;
            }
        }
        // A country that reaches beyond what was tagged is no part of it.
        if overlapping.iter().any(|(_, rule)| {
            rule.kind == Some(Kind::Country)
                && rule.form != Form::Nested
                && (rule.first < tag.first || rule.last > tag.last)
        }) {
            continue;
        }
        for (at, rule) in &overlapping {
            let country = rule.kind == Some(Kind::Country);
            if country && (rule.first, rule.last) != (tag.first, tag.last) {
                continue;
            }
            if let Some(keep) = kept_rules.get_mut(*at) {
                *keep = false;
            }
            if rule.kind == Some(tag.kind) || rule.last == tag.last {
                name.role = name.role.or(rule.role.filter(|role| *role < name.first));
                name.female = name.female.or(rule.female);
                if rule.first == tag.first && rule.last == tag.last {
                    name.country = name.country.or(rule.country);
                    if rule.kind == Some(tag.kind) {
                        name.rule = rule.rule;
                        name.also = Some(Rule::Tagger);
                        name.confidence = name.confidence.max(rule.confidence).max(88);
                    }
                }
            }
        }
        if tag.kind != Kind::Person {
            name.role = None;
            name.female = None;
        }
        merged.push(name);
    }
    let tagged = merged.len();
    for (rule, keep) in rules.found.iter().zip(kept_rules) {
        let mut rule = *rule;
        if !keep {
            continue;
        }
        if !keeps(page, rules, tags, &rule) {
            // Left for what the rest of the article names.
            rule.kind = None;
            rule.confidence = 50;
            rule.veto = Some(Rule::Doubted);
        } else if !rules.is_fixed(rule.first) && !matches!(rule.kind, Some(Kind::Country) | None) {
            rule.veto = Some(Rule::PassedOver);
        }
        if rule.kind == Some(Kind::Country) && rule.form == Form::Name {
            let at = merged.get(..tagged).unwrap_or_default().partition_point(|name| name.last < rule.first);
            if merged.get(at).is_some_and(|name| name.first <= rule.first && rule.last <= name.last) {
                rule.form = Form::Nested;
            }
        }
        merged.push(rule);
    }
    nest(page, &mut merged);
    merged.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last), name.form == Form::Nested));
    merged.dedup_by_key(|name| (name.first, name.last));
    merged
}

/// Adds the countries and places of the gazetteer inside longer names.
fn nest(page: &Page<'_>, names: &mut Vec<Name>) {
    let wanted = Sense::COUNTRY.or(Sense::ABBREVIATION).or(Sense::DEMONYM).or(Sense::PLACE);
    for index in 0..names.len() {
        let Some(outer) = names.get(index).copied() else { return };
        if outer.last == outer.first || !matches!(outer.kind, Some(Kind::Organisation | Kind::Place)) {
            continue;
        }
        let mut at = outer.first;
        while at <= outer.last {
            let known =
                page.tokens.get(at..=outer.last).and_then(|tokens| page.gazetteer.longest(page.text, tokens));
            let Some((length, known)) = known.filter(|(length, known)| {
                known.sense.has(wanted) && *length <= outer.last - outer.first && page.token(at).is_capital()
            }) else {
                at += 1;
                continue;
            };
            let country = known.country.is_some();
            if country || length > 1 || !known.sense.has(Sense::GUARDED.or(Sense::GIVEN)) {
                let kind = if country { Kind::Country } else { Kind::Place };
                let mut name = Name::new(at, at + length - 1, Some(kind), 85, Rule::Inside);
                name.country = if country { known.country } else { known.home };
                let plain = !country || known.sense.has(Sense::COUNTRY.or(Sense::ABBREVIATION));
                name.form = if plain { Form::Nested } else { Form::Adjective };
                names.push(name);
            }
            at += length;
        }
    }
}

/// Whether a rule's name stays though the tagger passed it over.
fn keeps(page: &Page<'_>, rules: &Names, tags: &Tags, rule: &Name) -> bool {
    if rules.is_fixed(rule.first) {
        return true;
    }
    let against = tags.against(rule.first, rule.last);
    match rule.kind {
        Some(Kind::Country) | None => true,
        _ if against >= PASSED_OVER => false,
        Some(Kind::Person) => rule.confidence >= 85,
        Some(Kind::Place) => {
            rule.confidence >= 75 && page.has(rule.first.wrapping_sub(1), Class::LOCATIVE | Class::PLACE_NOUN)
        }
        Some(Kind::Organisation) => rule.confidence >= HEADED,
    }
}
