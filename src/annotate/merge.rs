//! What the rules and the tagger found, made one.
//!
//! Countries, datelines, credit lines and headlines are the rules'; elsewhere the tagger says where a name begins and
//! ends and what it names, and the rules keep what it left out when they are sure of it.

mod overrule;
mod trim;

use super::names::{Name, Names};
use super::page::Page;
use super::tagger::Tags;
use crate::article::{Form, Kind, Rule};
use crate::words::{Class, Gap, Sense, Shape};
use overrule::{HEADED, overruled, parted};
use trim::trimmed;

/// How sure the tagger must be that there is no name for a rule's to go, in hundredths.
const PASSED_OVER: u8 = 74;

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
        veto = overruled(page, &mut tag, &overlapping).or(veto);
        if parted(&tag, &overlapping) {
            for (at, rule) in &overlapping {
                if let Some(keep) = kept_rules.get_mut(*at) {
                    *keep = false;
                }
                merged.push(Name { veto: Some(Rule::Headed), ..*rule });
            }
            continue;
        }
        if merged.last().is_some_and(|before: &Name| before.last >= tag.first) {
            continue;
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
    merged.iter_mut().for_each(|name| abbreviated(page, name));
    nest(page, &mut merged);
    merged.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last), name.form == Form::Nested));
    merged.dedup_by_key(|name| (name.first, name.last));
    honoured(page, &mut merged);
    merged
}

/// Adds the full stop of an abbreviation that ends a name: "Red Fork Inc.", "Duluth, Minn."
fn abbreviated(page: &Page<'_>, name: &mut Name) {
    let stop = name.last + 1;
    let company = name.kind == Some(Kind::Organisation)
        && name.last > name.first
        && page.has(name.last, Class::ABBREVIATION)
        && page.has(name.last, Class::ORG_TAIL);
    // "Duluth, Minn."
    let state = name.kind == Some(Kind::Place)
        && name.first == name.last
        && page
            .longest(name.first)
            .is_some_and(|(length, known)| length == 2 && known.sense.has(Sense::PLACE));
    if (company || state)
        && page.token(stop).is('.')
        && page.token(stop).gap == Gap::None
        && page.same_sentence(name.last, stop)
    {
        name.last = stop;
    }
}

/// Leaves out the letters behind a person's name that no list knows: "Musa Dantata, SAN, asked".
fn honoured(page: &Page<'_>, names: &mut Vec<Name>) {
    let mut person = None;
    names.retain(|name| {
        let letters = name.kind == Some(Kind::Organisation)
            && name.first == name.last
            && page.token(name.first).shape == Shape::Upper
            && page.token(name.first).len() <= 4
            && page.token(name.first.wrapping_sub(1)).is(',')
            && page.token(name.last + 1).is(',')
            && person == name.first.checked_sub(2)
            && page.known(name.first).is_none_or(|known| !known.sense.has(Sense::ORGANISATION));
        if name.kind == Some(Kind::Person) {
            person = Some(name.last);
        }
        !letters
    });
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
            // "Staten Island" is not in Iceland, which is Island in German.
            if page.has(at, Class::PLACE_TAIL) {
                at += length;
                continue;
            }
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
    if rules.is_fixed(rule.first) || rule.rule == Rule::Initials {
        return true;
    }
    let against = tags.against(rule.first, rule.last);
    match rule.kind {
        Some(Kind::Country) | None => true,
        _ if against >= PASSED_OVER => false,
        Some(Kind::Person) => rule.confidence >= 85,
        Some(Kind::Place) => {
            let before = rules.found.partition_point(|name| name.first < rule.first);
            let mut near = rules.found.iter().take(before).rev().take(4);
            let local = near.any(|name| name.is_local(page) && name.last + 1 == rule.first);
            rule.confidence >= 75
                && (local || page.has(rule.first.wrapping_sub(1), Class::LOCATIVE | Class::PLACE_NOUN))
        }
        Some(Kind::Organisation) => rule.confidence >= HEADED,
    }
}
