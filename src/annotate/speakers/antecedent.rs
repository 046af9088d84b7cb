//! Whom a pronoun, an office or a common noun points back at.

use super::{REACH, Reader};
use crate::annotate::cue::{self, Who};
use crate::annotate::marks::Quoted;
use crate::article::{Form, Grounds, Kind, Rule};
use crate::words::Class;

impl Reader<'_, '_> {
    /// The person whom a pronoun at `at` stands for.
    pub(super) fn antecedent(
        &self,
        at: usize,
        female: Option<bool>,
        but: Option<usize>,
    ) -> Option<(usize, Rule)> {
        let page = self.page;
        let here = page.place(at);
        let mut best: Option<(i32, usize, Rule)> = None;
        for (back, recent) in self.recent.iter().rev().take(REACH).enumerate() {
            if Some(recent.member) == but || recent.at >= at {
                continue;
            }
            if here.paragraph - recent.paragraph.min(here.paragraph) > 4 {
                break;
            }
            if let (Some(want), Some(is)) =
                (female, self.cast.members.get(recent.member).and_then(|member| member.female))
                && want != is
            {
                continue;
            }
            let quoted = page.place(recent.at).quote != 0;
            let distance =
                i32::try_from((here.sentence - recent.sentence.min(here.sentence)).min(9)).unwrap_or(9);
            let back = i32::try_from(back).unwrap_or(9);
            let mut score = 100 - 12 * distance - 3 * back.min(8);
            score += if recent.subject { 18 } else { 0 };
            score += if recent.speaks { 18 } else { 0 };
            score -= if quoted { 60 } else { 0 };
            score -= if !recent.subject && distance == 0 { 12 } else { 0 };
            if best.is_none_or(|(was, ..)| score > was) {
                let rule = match (recent.speaks, recent.subject) {
                    (true, _) => Rule::BySpeaker,
                    (_, true) => Rule::BySubject,
                    _ => Rule::ByMention,
                };
                best = Some((score, recent.member, rule));
            }
        }
        best.map(|(_, member, rule)| (member, rule))
    }

    /// Who a cue names, if it is someone known; a pronoun or an office is noted as a mention.
    pub(super) fn resolve(&mut self, who: Who) -> Option<usize> {
        match who {
            Who::Named(reference) => self.cast.references.get(reference).map(|reference| reference.member),
            Who::Pronoun(at) => {
                let female = cue::gender(self.page.class(at));
                let (member, linked) = self.antecedent(at, female, None)?;
                self.cued = Some(at);
                if self.page.has(at, Class::SUFFIXED) {
                    self.refer(member, at, Rule::Suffix, linked, 85);
                }
                Some(member)
            }
            // "sagte eine Sprecherin": none of those who were named.
            Who::Office(first, _) if self.page.has(first.wrapping_sub(1), Class::INDEFINITE) => None,
            Who::Office(first, last) => {
                // "Petinju asal Medan itu": whoever was named last, if no one holds the office by name.
                let pointed = (last + 1..last + 8)
                    .take_while(|&at| self.page.same_sentence(first, at))
                    .any(|at| self.page.has(at, Class::DEMONSTRATIVE))
                    || !self.page.lexicon.verb_first()
                        && (first.saturating_sub(3)..first).any(|at| self.page.has(at, Class::DEMONSTRATIVE));
                let female = cue::gender(self.page.class(first));
                let before = || pointed.then(|| self.antecedent(first, female, None)).flatten();
                let holder = self.office(first, last).map(|member| (member, Rule::HoldsOffice));
                let (member, linked) = holder.or_else(before)?;
                let grounds = Grounds { found: Rule::Office, also: None, veto: None, linked, weight: 75 };
                self.cast.refer(member, (first, last), Form::Title, grounds);
                Some(member)
            }
            Who::Body(at) => self.body(at),
            Who::Same | Who::Nobody => None,
        }
    }

    /// The institution that a common noun points back at: the last one whose name holds the noun, else the last one.
    pub(super) fn body(&self, at: usize) -> Option<usize> {
        let page = self.page;
        let noun = page.token(at).hash;
        let behind = self.cast.references.partition_point(|reference| reference.first < at);
        let before = self.cast.references.get(..behind)?.iter().rev().take(2 * REACH);
        let mut nearest = None;
        for reference in
            before.filter(|reference| reference.kind == Kind::Organisation && reference.form == Form::Name)
        {
            let named = (reference.first..=reference.last).any(|word| page.token(word).hash == noun);
            if named {
                return Some(reference.member);
            }
            let close = page.place(at).paragraph
                - page.place(reference.first).paragraph.min(page.place(at).paragraph)
                <= 2;
            if nearest.is_none() && close {
                nearest = Some(reference.member);
            }
        }
        nearest
    }

    /// The cue of a clause whose mood reports what the subject of the sentence before said: "X verteidigte sie. Das sei
    /// „nötig“".
    pub(super) fn reports(&self, mark: Quoted) -> Option<cue::Cue> {
        let place = self.page.place(mark.open);
        let told = self.recent.iter().rev().take(REACH).find(|recent| {
            recent.subject && recent.paragraph == place.paragraph && recent.sentence + 1 == place.sentence
        })?;
        let named = self.cast.references.partition_point(|reference| reference.first < told.at);
        let reference = self.cast.references.get(named)?;
        if reference.member != told.member || reference.kind != Kind::Person {
            return None;
        }
        Some(cue::Cue {
            cue: None,
            who: Who::Named(named),
            relay: None,
            relay_only: false,
            confidence: 60,
            rule: Rule::SubjectBefore,
        })
    }

    /// The one person whose office holds the words of this one, named before.
    pub(super) fn office(&self, first: usize, last: usize) -> Option<usize> {
        let page = self.page;
        let head = page.token(first).hash;
        let held = |member: usize| {
            self.cast.members.get(member).and_then(|member| member.role).is_some_and(|(start, end)| {
                (start..=end).any(|at| page.token(at).hash == head)
                    && (first..=last).all(|word| {
                        let hash = page.token(word).hash;
                        page.has(word, Class::DEMONSTRATIVE)
                            || !page.token(word).is_word()
                            || (start..=end).any(|at| page.token(at).hash == hash)
                    })
            })
        };
        let mut found = None;
        for recent in self.recent.iter().rev().take(4 * REACH) {
            if held(recent.member) {
                match found {
                    None => found = Some(recent.member),
                    Some(member) if member != recent.member => break,
                    Some(_) => {}
                }
            }
        }
        found
    }
}
