//! Whom a pronoun, an office or a common noun points back at.

use super::{REACH, Reader};
use crate::annotate::cue::{self, Who};
use crate::annotate::marks::Quoted;
use crate::article::{Form, Grounds, Kind, Rule};
use crate::words::{Class, Sense, Shape};

impl Reader<'_, '_> {
    /// The person whom a pronoun at `at` stands for.
    pub(super) fn antecedent(
        &self,
        at: usize,
        female: Option<bool>,
        but: Option<usize>,
    ) -> Option<(usize, Rule)> {
        self.weighed(at, female, but, 0)
    }

    /// The person whom a noun at `at` describes, sooner one whose office is not told yet: "penjaga gawang itu".
    pub(super) fn described(&self, at: usize, female: Option<bool>) -> Option<(usize, Rule)> {
        let office = if self.page.has(at, Class::ROLE) { 15 } else { 0 };
        self.weighed(at, female, None, office)
    }

    /// The one who fits best among those just named; `office` is held against those who have one.
    fn weighed(
        &self,
        at: usize,
        female: Option<bool>,
        but: Option<usize>,
        office: i32,
    ) -> Option<(usize, Rule)> {
        let page = self.page;
        let here = page.place(at);
        // "put it to him": not the subject of the same verb.
        let object = page.has(at, Class::OBJECT) && !page.has(at, Class::POSSESSIVE);
        let mut best: Option<(i32, Option<usize>, Rule)> = None;
        let mut governing = None;
        for (back, recent) in self.recent.iter().rev().take(REACH).enumerate() {
            if recent.member.is_some() && recent.member == but || recent.at >= at {
                continue;
            }
            if here.paragraph - recent.paragraph.min(here.paragraph) > 4 {
                break;
            }
            let is = match recent.member {
                Some(member) => self.gender(member),
                None => cue::gender(page.class(recent.at)),
            };
            if let (Some(want), Some(is)) = (female, is)
                && want != is
            {
                continue;
            }
            if object && (recent.subject || self.is_nominative(recent.at)) && self.governs(recent.at, at) {
                governing = governing.or(recent.member);
                continue;
            }
            if governing.is_some() && recent.member == governing {
                continue;
            }
            let quoted = page.place(recent.at).quote != 0;
            let distance =
                i32::try_from((here.sentence - recent.sentence.min(here.sentence)).min(9)).unwrap_or(9);
            let back = i32::try_from(back).unwrap_or(9);
            let mut score = 100 - 12 * distance - 3 * back.min(8);
            // "According to Rathbun": no subject of what follows in the sentence.
            let subject =
                recent.subject && (distance > 0 || !page.has(recent.at.wrapping_sub(1), Class::RELAY));
            score += if subject { 18 } else { 0 };
            score += if recent.speaks { 18 } else { 0 };
            // "Anaknya, Ni Putu, bekerja di vila. “…,” tuturnya": the paragraph is about her now.
            let told_of = recent.subject && !quoted && recent.paragraph == here.paragraph;
            score += if told_of && (1..=2).contains(&distance) { 12 } else { 0 };
            score -= if quoted { 60 } else { 0 };
            // "Her lawyer, Osaretin Osagie, said she": sooner the one whose lawyer it is.
            score -=
                if is.is_none() && female.is_some() && self.is_owned(recent.at, female) { 40 } else { 0 };
            let holds =
                |member: usize| self.cast.members.get(member).is_some_and(|member| member.role.is_some());
            score -= if office > 0 && recent.member.is_some_and(holds) { office } else { 0 };
            // Pronouns mean those who have a name sooner than those who have none.
            score -= if recent.member.is_none() && female.is_some() && is.is_none() { 15 } else { 0 };
            score -= if !subject && distance == 0 { 12 } else { 0 };
            // "put it to him that he had": the object of the clause before.
            let addressed = !recent.speaks && page.has(recent.at, Class::OBJECT);
            score += if addressed && distance == 0 { 30 } else { 0 };
            if best.is_none_or(|(was, ..)| score > was) {
                let rule = match (recent.speaks, recent.subject) {
                    (true, _) => Rule::BySpeaker,
                    (_, true) => Rule::BySubject,
                    _ => Rule::ByMention,
                };
                best = Some((score, recent.member, rule));
            }
        }
        best.and_then(|(_, member, rule)| Some((member?, rule)))
    }

    /// Whether someone is told as someone's: "her lawyer, Chief Osaretin Osagie".
    fn is_owned(&self, at: usize, female: Option<bool>) -> bool {
        let page = self.page;
        (at.saturating_sub(6)..at).any(|before| {
            page.has(before, Class::POSSESSIVE)
                && page.has(before, Class::PRONOUN)
                && page.same_sentence(before, at)
                && cue::gender(page.class(before)) == female
        })
    }

    /// Whether a pronoun is the subject of its verb by its form: "he".
    fn is_nominative(&self, at: usize) -> bool {
        self.page.has(at, Class::PRONOUN) && !self.page.has(at, Class::OBJECT | Class::POSSESSIVE)
    }

    /// Whether someone is a woman or a man: by title and lists, by the first name, or by the pronouns so far.
    fn gender(&self, member: usize) -> Option<bool> {
        let page = self.page;
        let known = self.cast.members.get(member)?;
        let listed = || {
            let sense = page.gazetteer.word(page.token(known.name.0).hash)?.sense;
            match (sense.has(Sense::FEMALE), sense.has(Sense::MALE)) {
                (true, false) if sense.has(Sense::GIVEN) => Some(true),
                (false, true) if sense.has(Sense::GIVEN) => Some(false),
                _ => None,
            }
        };
        let heard = || match self.heard.get(&member)? {
            0 => None,
            pronouns => Some(*pronouns > 0),
        };
        known.female.or_else(listed).or_else(heard)
    }

    /// Whether the subject at `subject` is the one of the verb before `at`: no clause begins between them.
    fn governs(&self, subject: usize, at: usize) -> bool {
        let page = self.page;
        let references = &self.cast.references;
        // "Maltsev said the president had called him": another subject behind the verb.
        let reported = |verb: usize| {
            let next = references.partition_point(|reference| reference.first <= verb);
            references.get(next).is_some_and(|reference| reference.first < at)
                || page.has(verb, Class::SPEECH)
                    && page.token(verb + 1).shape == Shape::Lower
                    && !page.has(verb + 1, Class::OBLIQUE | Class::OBJECT)
                || (verb + 1..at).any(|between| page.has(between, Class::PRONOUN | Class::ROLE))
        };
        page.same_sentence(subject, at)
            && !self.owns(subject) // "Thomas' sister pleaded with him": the sister does.
            && !(subject..at).any(|between| {
                page.has(between, Class::CONJUNCTION | Class::RELATIVE)
                    || page.has(between, Class::SPEECH | Class::JUDGE) && reported(between)
            })
    }

    /// The person whom a clause that opens the sentence speaks of ahead: "Asked whether she had, Solheim took a moment."
    pub(super) fn ahead(&self, at: usize, female: Option<bool>) -> Option<(usize, Rule)> {
        let page = self.page;
        let start = page.sentence_start(at);
        // "In her opening remarks, Waters …".
        let ahead = page.has(start, Class::CONJUNCTION | Class::SPEECH | Class::PASSIVE)
            || page.has(start, Class::OBLIQUE | Class::LOCATIVE) && page.has(at, Class::POSSESSIVE);
        if !ahead || at > start + 20 {
            return None;
        }
        let references = &self.cast.references;
        let next = references.partition_point(|reference| reference.first < start);
        let person = references.iter().skip(next).find(|reference| reference.kind == Kind::Person)?;
        let comma = (at + 1..person.first).rev().find(|&at| page.token(at).is(','))?;
        let titles = Class::ROLE | Class::PORTFOLIO | Class::HONORIFIC | Class::DEMONSTRATIVE | Class::INNER;
        let subject = page.same_sentence(start, person.first)
            && page.place(person.first).quote == 0
            && (comma + 1..person.first).all(|at| page.has(at, titles) || page.token(at).is('.'));
        let is = self.gender(person.member);
        let fits = female.is_none() || is.is_none() || female == is;
        (subject && fits).then_some((person.member, Rule::Ahead))
    }

    /// Who a cue names, if it is someone known; a pronoun or an office is noted as a mention.
    pub(super) fn resolve(&mut self, who: Who) -> Option<usize> {
        match who {
            Who::Named(reference) => self.cast.references.get(reference).map(|reference| reference.member),
            Who::Pronoun(at) => {
                let female = cue::gender(self.page.class(at));
                let (member, linked) = self.antecedent(at, female, None)?;
                self.cued = Some(at);
                let page = self.page;
                let suffixed = || page.lexicon.grammar().is_suffixed(page.word(at));
                if page.has(at, Class::SUFFIXED) || page.class(at) == Class::NONE && suffixed() {
                    self.refer(member, at, Rule::Suffix, linked, 85);
                }
                Some(member)
            }
            // "sagte eine Sprecherin": none of those who were named.
            Who::Office(first, _) if self.page.has(first.wrapping_sub(1), Class::INDEFINITE) => None,
            Who::Office(first, last) => {
                // "Petinju asal Medan itu": whoever was named last, if no one holds the office by name.
                let pointed = self.is_pointed(first, last);
                let female = cue::gender(self.page.class(first));
                let before = || pointed.then(|| self.described(first, female)).flatten();
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
        if Some(reference.member) != told.member || reference.kind != Kind::Person {
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
        // "kata Presiden Rusia": what follows with a capital belongs to the office, unless it is a day.
        let mut end = last;
        while end < last + 3
            && page.token(end + 1).is_capital()
            && page.same_sentence(first, end + 1)
            && !page.has(end + 1, Class::DAY | Class::MONTH | Class::HONORIFIC)
        {
            end += 1;
        }
        let plain = |at: usize| page.token(at).is_word() && !page.has(at, Class::DEMONSTRATIVE);
        let spelt_out = |at: usize| page.lexicon.grammar().spelt_out(page.token(at).hash);
        let held = |member: usize| {
            let holds = |(start, end): (usize, usize), word: u64| {
                (start..=end).any(|at| page.token(at).hash == word || spelt_out(at).contains(&word))
            };
            self.cast.members.get(member).and_then(|member| member.role).is_some_and(|role| {
                (first..=end).filter(|&at| plain(at)).all(|at| {
                    holds(role, page.token(at).hash)
                        || !spelt_out(at).is_empty() && spelt_out(at).iter().all(|&word| holds(role, word))
                })
            })
        };
        let mut found = None;
        for member in self.recent.iter().rev().take(4 * REACH).filter_map(|recent| recent.member) {
            if held(member) {
                match found {
                    None => found = Some(member),
                    Some(other) if other != member => break,
                    Some(_) => {}
                }
            }
        }
        found
    }
}
