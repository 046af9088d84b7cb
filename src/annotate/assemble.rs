//! Writes out what was found: entities in order of first mention, with ids, and quotations by their spans.

use super::cast::{Cast, Found};
use super::page::Page;
use super::speakers::Utterance;
use super::sure::{Find, sure};
use crate::article::{
    Annotations, Credit, Dateline, Entity, Form, Frame, Grounds, Kind, Mention, Quote, Rule,
};
use crate::text::{Span, fold};
use std::collections::HashMap;

pub(super) fn assemble(page: &Page<'_>, frame: &Frame, cast: &Cast, utterances: &[Utterance]) -> Annotations {
    let mut annotations = Annotations::empty(page.language);
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(cast.members.len());
    for (at, member) in cast.members.iter().enumerate() {
        let first = member.mentions.iter().map(|found| found.first);
        // Those whom the body names first, then those of the title.
        let body = first.clone().filter(|&first| first >= page.first).min();
        let title = first.min().map(|first| page.len() + first);
        if let Some(key) = body.or(title) {
            order.push((key, at));
        }
    }
    order.sort_unstable();
    let mut index = vec![None; cast.members.len()];
    for (entity, (_, member)) in order.iter().enumerate() {
        if let Some(slot) = index.get_mut(*member) {
            *slot = Some(entity);
        }
    }
    let entity_of = |member: usize| index.get(member).copied().flatten();
    let mut ids: HashMap<String, usize> = HashMap::new();
    for (_, at) in &order {
        let Some(member) = cast.members.get(*at) else { continue };
        let name = page.slice(member.name.0, member.name.1);
        let known = match (member.kind, member.country) {
            (Kind::Country, Some(country)) => country.as_str().to_ascii_lowercase(),
            _ => fold(name),
        };
        let mut id = format!("{}:{known}", member.kind.as_str());
        let clash = ids.entry(id.clone()).or_insert(0);
        *clash += 1;
        if *clash > 1 {
            id = format!("{id}-{clash}");
        }
        let mut mentions = Vec::with_capacity(member.mentions.len());
        let mut title_mentions = Vec::new();
        for found in &member.mentions {
            let mention = mention(page, member.kind, *found);
            if found.first >= page.first {
                mentions.push(mention);
            } else {
                title_mentions.push(mention);
            }
        }
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        mentions.dedup_by_key(|mention| mention.span);
        let display = if member.name.0 < page.first {
            member
                .mentions
                .iter()
                .filter(|found| found.first >= page.first && found.form == Form::Name)
                .max_by_key(|found| found.last - found.first)
                .map_or(name, |found| page.slice(found.first, found.last))
        } else {
            name
        };
        annotations.entities.push(Entity {
            id,
            kind: member.kind,
            name: collapse(display),
            country: member.country,
            role: member.role.map(|(first, last)| collapse(page.slice(first, last))),
            mentions,
            title_mentions,
        });
    }
    for utterance in utterances {
        let grounds = Grounds {
            found: utterance.found,
            also: None,
            veto: None,
            linked: if utterance.speaker.is_some() { utterance.said } else { Rule::Nobody },
            weight: utterance.confidence,
        };
        annotations.quotes.push(Quote {
            parts: utterance.parts.iter().map(|&(first, last)| body_span(page, first, last)).collect(),
            kind: utterance.kind,
            speaker: utterance.speaker.and_then(entity_of),
            cue: utterance.cue.map(|(first, last)| body_span(page, first, last)),
            relay: utterance.relay.and_then(entity_of),
            confidence: sure(page.language, Some(Find::Quote), grounds),
            grounds,
        });
    }
    let at = |span: Option<Span>, kinds: &[Kind]| {
        let span = span?;
        annotations.entities.iter().position(|entity| {
            kinds.contains(&entity.kind) && entity.mentions.iter().any(|mention| span.overlaps(mention.span))
        })
    };
    annotations.dateline = frame.dateline.map(|line| Dateline {
        span: line.span,
        place: at(line.place, &[Kind::Place, Kind::Country]),
        outlet: at(line.outlet, &[Kind::Organisation]),
    });
    annotations.credit =
        frame.credit.map(|line| Credit { span: line.span, source: at(line.source, &[Kind::Organisation]) });
    silence_the_frame(&mut annotations, frame);
    annotations
}

/// Who is named in the dateline or the credit line alone filed the text, and says nothing in it.
fn silence_the_frame(annotations: &mut Annotations, frame: &Frame) {
    let frame = [frame.dateline.map(|line| line.span), frame.credit.map(|line| line.span)];
    let framed = |span: Span| frame.iter().flatten().any(|line| line.contains(span));
    let silent: Vec<bool> = annotations
        .entities
        .iter()
        .map(|entity| {
            let mut named = entity.mentions.iter().filter(|mention| mention.form == Form::Name).peekable();
            named.peek().is_some() && named.all(|mention| framed(mention.span))
        })
        .collect();
    for quote in &mut annotations.quotes {
        quote.speaker = quote.speaker.filter(|&speaker| !silent.get(speaker).copied().unwrap_or(false));
    }
}

fn mention(page: &Page<'_>, kind: Kind, found: Found) -> Mention {
    let span = if found.first >= page.first {
        body_span(page, found.first, found.last)
    } else {
        Span::new(page.token(found.first).start as usize, page.token(found.last).end as usize)
    };
    let confidence = sure(page.language, Find::mention(kind, found.form), found.grounds);
    Mention { span, form: found.form, confidence, grounds: found.grounds }
}

fn body_span(page: &Page<'_>, first: usize, last: usize) -> Span {
    let start = (page.token(first).start as usize).saturating_sub(page.body);
    let end = (page.token(last).end as usize).saturating_sub(page.body);
    Span::new(start, end)
}

/// One line, single spaces.
fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
