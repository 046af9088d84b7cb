//! Quotations and who said them.

use super::{Annotated, Counts, Entity, Error, Part, Range, Record, Tally};
use petik::article::Form;
use petik::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// How much a found quotation must overlap a gold one for its speaker to count.
const MATCH: f64 = 0.8;

/// How much it must overlap an optional one to be that one.
const OPTIONAL: f64 = 0.5;

impl Tally {
    /// Counts the quotations of one article.
    pub(super) fn quotations(&mut self, gold: &Record, found: &Annotated) {
        let (optional, wanted): (Vec<Part<'_>>, Vec<Part<'_>>) =
            gold.parts().into_iter().partition(|part| part.quote.optional);
        let parts = found.parts();
        let pairs = pairs(&parts, &wanted);
        for (at, part) in parts.iter().enumerate() {
            let (target, overlap) = match pairs.get(&at) {
                Some(&(to, overlap)) => (wanted.get(to), overlap),
                None => (None, 0.0),
            };
            if overlap < MATCH {
                let left = optional.iter().any(|other| part.range.overlap(other.range) >= OPTIONAL);
                let nested = parts.iter().any(|o| o.range != part.range && o.range.contains(part.range));
                let kinds = gold.quote_kinds.as_ref();
                let not_looked_for = target.is_none() && kinds.is_some_and(|k| !k.contains(&part.quote.kind));
                if left || nested || not_looked_for {
                    continue;
                }
            }
            self.quotes.found += 1;
            if overlap >= 1.0 {
                self.quotes.right += 1;
            } else if let Some(target) = target {
                let detail = format!("want {:?}", gold.text(target.range));
                self.errors.push(Error::new("quotation bounds".to_owned(), gold, part.range, detail));
            } else {
                self.errors.push(Error::new("quotation extra".to_owned(), gold, part.range, String::new()));
            }
            let mut right = overlap >= 1.0;
            if let Some(target) = target.filter(|_| overlap >= MATCH) {
                right &= self.said(gold, found, *target, *part);
            }
            self.sure.add("quote", &gold.lang, &part.quote.why, part.quote.confidence, right);
        }
        self.quotes.gold += wanted.len();
        self.said.spoken += wanted.iter().filter(|part| spoken(**part)).count();
        let hit: BTreeSet<usize> = pairs.values().map(|(to, _)| *to).collect();
        for (_, missed) in wanted.iter().enumerate().filter(|(at, _)| !hit.contains(at)) {
            let class = format!("quotation missed, {}", missed.quote.kind);
            self.errors.push(Error::new(class, gold, missed.range, String::new()));
        }
    }

    /// Counts what is right about a quotation besides its span; whether the speaker is.
    fn said(&mut self, gold: &Record, found: &Annotated, want: Part<'_>, part: Part<'_>) -> bool {
        self.said.matched += 1;
        if want.quote.kind == part.quote.kind {
            self.said.kind += 1;
        } else {
            let class = format!("{} as {}", want.quote.kind, part.quote.kind);
            self.errors.push(Error::new(class, gold, part.range, String::new()));
        }
        let speaker = found.entity(part.quote.speaker.as_ref());
        let right = match speaker {
            Some(speaker) => is_speaker(gold, want, speaker),
            None => !spoken(want),
        };
        if spoken(want) {
            let one = Counts { right: usize::from(right), found: usize::from(speaker.is_some()), gold: 1 };
            self.said.speakers = self.said.speakers.plus(one);
            if want.quote.cue.is_some() {
                self.said.cued = self.said.cued.plus(one);
            }
            if by_pronoun(gold, want) {
                self.said.pronouns = self.said.pronouns.plus(one);
            }
            if !right {
                let name = gold.entity(want.quote.speaker.as_ref()).map_or("?", |entity| &entity.name);
                let class = if speaker.is_some() { "speaker wrong" } else { "speaker none" };
                let detail = format!("{name} is {}", speaker.map_or("nobody", |entity| &entity.name));
                self.errors.push(Error::new(class.to_owned(), gold, part.range, detail));
            }
        }
        if want.first {
            self.cue_and_relay(gold, found, want, part);
        }
        right
    }

    fn cue_and_relay(&mut self, gold: &Record, found: &Annotated, want: Part<'_>, part: Part<'_>) {
        if let Some(cue) = want.quote.cue {
            let right = part.quote.cue == Some(cue);
            self.said.cues.gold += 1;
            self.said.cues.found += usize::from(part.quote.cue.is_some());
            self.said.cues.right += usize::from(right);
            if !right {
                let found = part.quote.cue.map_or("none", |range| gold.text(range));
                let detail = format!("found {found:?} for {:?}", gold.text(part.range));
                self.errors.push(Error::new("cue".to_owned(), gold, cue, detail));
            }
        }
        if let Some(relay) = gold.entity(want.quote.relay.as_ref()) {
            let given = found.entity(part.quote.relay.as_ref());
            let right = given.is_some_and(|given| is_same(gold, relay, given) == Some(true));
            self.said.relays.gold += 1;
            self.said.relays.found += usize::from(given.is_some());
            self.said.relays.right += usize::from(right);
            if !right {
                let detail = format!("{} is {}", relay.name, given.map_or("nobody", |given| &given.name));
                self.errors.push(Error::new("relay".to_owned(), gold, part.range, detail));
            }
        }
    }
}

fn spoken(part: Part<'_>) -> bool {
    part.quote.speaker.is_some() || part.quote.speaker_mention.is_some()
}

/// Whether a pronoun of the speaker stands in the cue or beside it.
fn by_pronoun(gold: &Record, part: Part<'_>) -> bool {
    let Some((speaker, cue)) = gold.entity(part.quote.speaker.as_ref()).zip(part.quote.cue) else {
        return false;
    };
    let near = Range { start: cue.start.saturating_sub(2), end: cue.end + 2 };
    let pronouns = speaker.mentions.iter().filter(|mention| mention.form == Form::Pronoun);
    pronouns.into_iter().any(|mention| mention.range.common(near) > 0)
}

fn spans<'a>(part: &Part<'a>) -> impl Iterator<Item = Range> + use<'a> {
    [part.range].into_iter().chain(part.quote.alt.iter().map(|&(start, end)| Range { start, end }))
}

/// Which found part stands for which wanted one, and how much they overlap: the best pairs first.
fn pairs(parts: &[Part<'_>], wanted: &[Part<'_>]) -> BTreeMap<usize, (usize, f64)> {
    let mut candidates = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        for (to, want) in wanted.iter().enumerate() {
            let start = spans(want).map(|span| span.start).min().unwrap_or(0);
            let end = spans(want).map(|span| span.end).max().unwrap_or(0);
            if part.range.common(Range { start, end }) > 0 {
                let overlap = spans(want).map(|span| span.overlap(part.range)).fold(0.0, f64::max);
                candidates.push((overlap, at, to));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (overlap, at, to) in candidates {
        if !pairs.contains_key(&at) && taken.insert(to) {
            pairs.insert(at, (to, overlap));
        }
    }
    pairs
}

/// The words of a name, folded.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether the entity that was found is the one that was `wanted`: the same name, or most of its names on that one's
/// names. None when its names lie on no gold name.
fn is_same(gold: &Record, wanted: &Entity, found: &Entity) -> Option<bool> {
    let name = words(&found.name);
    if !name.is_empty() && name == words(&wanted.name) {
        return Some(true);
    }
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in &gold.entities {
        for mention in entity.mentions.iter().filter(|mention| mention.form == Form::Name) {
            let names = found.mentions.iter().filter(|other| other.form == Form::Name);
            let on = names.filter(|other| other.range.common(mention.range) > 0).count();
            if on > 0 {
                *shared.entry(&entity.id).or_default() += on;
            }
        }
    }
    let most = shared.values().max()?;
    Some(shared.get(wanted.id.as_str()) == Some(most))
}

fn is_speaker(gold: &Record, want: Part<'_>, found: &Entity) -> bool {
    let wanted = gold.entity(want.quote.speaker.as_ref());
    if let Some(same) = wanted.and_then(|wanted| is_same(gold, wanted, found)) {
        return same;
    }
    let Some(mention) = want.quote.speaker_mention else { return false };
    if found.mentions.iter().any(|other| other.range.common(mention) > 0) {
        return true;
    }
    let text = gold.text(mention);
    let name = words(&found.name);
    wanted.is_none()
        && text.starts_with(char::is_uppercase)
        && words(text).iter().any(|word| word.chars().count() > 2 && name.contains(word))
}
