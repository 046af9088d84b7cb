//! Coreference of names: which of them name the same one.
//!
//! Full names come first, wherever they stand; then every shorter one goes to the entity whose name holds it: the
//! one named last before it, else the first after it. Acronyms are learnt from the brackets that explain them.

mod office;
mod spelling;
mod votes;

use super::names::Name;
use super::page::Page;
use crate::article::{Form, Grounds, Kind, Rule};
use crate::words::{Class, Country, Sense, Shape, word_hash};
use std::collections::{HashMap, HashSet};

/// Someone or something, before it is written out.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub kind: Kind,
    /// Hashes of the words of its fullest name, without initials.
    pub key: Vec<u64>,
    /// Its fullest name, in tokens.
    pub name: (usize, usize),
    pub country: Option<Country>,
    /// Its office, in tokens.
    pub role: Option<(usize, usize)>,
    pub female: Option<bool>,
    /// Where it is mentioned, in order of discovery.
    pub mentions: Vec<Found>,
    /// The token of its latest name so far.
    last: usize,
}

/// A mention, in tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub first: usize,
    pub last: usize,
    pub form: Form,
    pub grounds: Grounds,
}

/// A mention with the one it mentions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub first: usize,
    pub last: usize,
    pub member: usize,
    pub kind: Kind,
    pub form: Form,
}

/// All that an article names.
#[derive(Debug, Default)]
pub(super) struct Cast {
    pub members: Vec<Member>,
    /// Every mention by name, in order of the text.
    pub references: Vec<Reference>,
    by_key: HashMap<(Kind, u64), usize>,
    by_word: HashMap<u64, Vec<usize>>,
    acronyms: HashMap<u64, usize>,
    /// For each word that is a name by itself, what its mentions say it names: person, place, organisation.
    votes: HashMap<u64, [u32; 3]>,
    /// The organisations by the last word of their names.
    tails: HashMap<u64, usize>,
    /// The beginnings of organisations' names, without their last words.
    stems: HashSet<u64>,
}

/// How many who share a word are looked at: the latest ones.
const SHARED: usize = 8;

impl Cast {
    /// Gathers names under those they name.
    pub(super) fn of(page: &Page<'_>, names: &[Name]) -> Cast {
        let mut cast = Cast::default();
        let body = names.partition_point(|name| name.first < page.first);
        let (title, body) = names.split_at(body);
        for name in body {
            if name.kind == Some(Kind::Person) && words(page, name) > 1 {
                cast.full_person(page, name);
            } else if name.kind == Some(Kind::Organisation) {
                let member = cast.keyed(page, name, Kind::Organisation);
                if name.last > name.first {
                    cast.initials(page, name, member);
                    cast.tails.entry(page.token(name.last).hash).or_insert(member);
                    cast.stem(page, name);
                }
                cast.acronym(page, name, member);
            }
        }
        cast.vote(page, names);
        for name in body.iter().chain(title) {
            let name = &cast.voted(page, name);
            let other = cast.other_script(page, name).map(|member| (member, Rule::InBrackets));
            let Some((member, link)) = other.or_else(|| cast.place(page, name, names)) else { continue };
            cast.mention(page, names, name, member, link);
        }
        cast.nest(page, names);
        cast.references.sort_by_key(|reference| (reference.first, std::cmp::Reverse(reference.last)));
        cast
    }

    fn key(page: &Page<'_>, first: usize, last: usize) -> Vec<u64> {
        (first..=last)
            .map(|at| page.token(at))
            .filter(|token| token.shape != Shape::Initial && token.is_word() || first == last)
            .map(|token| token.hash)
            .collect()
    }

    fn add(&mut self, page: &Page<'_>, name: &Name, kind: Kind) -> usize {
        let key = Cast::key(page, name.first, name.last);
        let member = self.members.len();
        if kind == Kind::Person {
            for word in &key {
                let sharing = self.by_word.entry(*word).or_default();
                if sharing.last() != Some(&member) {
                    sharing.push(member);
                }
            }
        }
        self.by_key.insert((kind, digest(&key)), member);
        self.members.push(Member {
            kind,
            key,
            name: (name.first, name.last),
            country: None,
            role: None,
            female: None,
            mentions: Vec::new(),
            last: usize::MAX,
        });
        member
    }

    /// The one of exactly these words, made if need be.
    fn keyed(&mut self, page: &Page<'_>, name: &Name, kind: Kind) -> usize {
        let key = digest(&Cast::key(page, name.first, name.last));
        match self.by_key.get(&(kind, key)) {
            Some(member) => *member,
            None => self.add(page, name, kind),
        }
    }

    /// The person of a name of several words: the same words, or all of the shorter name's among the longer's.
    fn full_person(&mut self, page: &Page<'_>, name: &Name) -> usize {
        let key = Cast::key(page, name.first, name.last);
        if let Some(member) = self.by_key.get(&(Kind::Person, digest(&key))) {
            return *member;
        }
        let sharing = key.last().into_iter().chain(key.first()).filter_map(|word| self.by_word.get(word));
        let same = sharing
            .flat_map(|members| members.iter().rev().take(SHARED))
            .copied()
            .find(|&member| self.members.get(member).is_some_and(|member| same_person(&member.key, &key)));
        match same {
            Some(member) => {
                if let Some(known) = self.members.get_mut(member) {
                    if key.len() > known.key.len() {
                        bear(&mut self.by_word, &key, member);
                        known.key.clone_from(&key);
                        known.name = (name.first, name.last);
                    }
                    self.by_key.insert((Kind::Person, digest(&key)), member);
                }
                member
            }
            None => {
                let Some(member) = self.respelt(page, name, &key) else {
                    return self.add(page, name, Kind::Person);
                };
                bear(&mut self.by_word, &key, member);
                self.by_key.insert((Kind::Person, digest(&key)), member);
                member
            }
        }
    }

    /// The initials of an organisation's words as its acronym, unless brackets say another.
    fn initials(&mut self, page: &Page<'_>, name: &Name, member: usize) {
        let initials: String = (name.first..=name.last)
            .filter(|&at| page.token(at).is_capital())
            .filter_map(|at| page.word(at).chars().next())
            .take(8)
            .collect();
        let letters = initials.chars().count();
        // With and without a country at the end.
        for length in [letters, letters.saturating_sub(1)] {
            if length >= 3 {
                let acronym: String = initials.chars().take(length).collect();
                self.acronyms.entry(word_hash(&acronym)).or_insert(member);
            }
        }
    }

    /// "Badan Energi Kelautan Asia (BEKA)" and "BEKA (Badan Energi Kelautan Asia)".
    fn acronym(&mut self, page: &Page<'_>, name: &Name, member: usize) {
        let after = name.last + 1;
        if !page.token(after).is('(') {
            return;
        }
        let inner = page.token(after + 1);
        if page.token(after + 2).is(')') && inner.is_capital() && name.last > name.first {
            self.acronyms.insert(inner.hash, member);
        } else if name.first == name.last && inner.is_capital() {
            // The name in brackets follows as a name of its own.
            self.acronyms.entry(page.token(name.first).hash).or_insert(usize::MAX);
        }
    }

    /// The member that a name goes to.
    fn place(&mut self, page: &Page<'_>, name: &Name, names: &[Name]) -> Option<(usize, Rule)> {
        let single = name.first == name.last;
        let hash = page.token(name.first).hash;
        if single && name.form == Form::Name {
            // A known place may be a person's name here, but not behind "in".
            let gazetteer =
                name.kind == Some(Kind::Country) || name.kind == Some(Kind::Place) && name.confidence >= 90;
            let given = name.kind != Some(Kind::Country)
                || page
                    .gazetteer
                    .word(hash)
                    .is_some_and(|known| known.sense.has(Sense::GIVEN.or(Sense::SURNAME)));
            let known_place = gazetteer
                && (!given
                    || page.has(name.first.wrapping_sub(1), Class::LOCATIVE | Class::PLACE_NOUN)
                    || !self.borne(hash, name.first));
            if name.kind != Some(Kind::Organisation)
                && !known_place
                && let Some(member) = self.bearer(hash, name.first)
            {
                return Some((member, Rule::PartOfName));
            }
            if !known_place
                && page.token(name.first).shape != Shape::Lower
                && let Some(&member) = self.acronyms.get(&hash)
            {
                if member != usize::MAX {
                    return Some((member, Rule::Acronym));
                }
                if let Some(member) = self.explained(page, name, names) {
                    self.acronyms.insert(hash, member);
                    return Some((member, Rule::Acronym));
                }
            }
            if name.kind == Some(Kind::Organisation)
                && name.confidence < 80
                && let Some(member) = self.bearer(hash, name.first)
            {
                return Some((member, Rule::PartOfName));
            }
        }
        match name.kind {
            Some(Kind::Person) if words(page, name) > 1 => {
                Some((self.full_person(page, name), Rule::FullerName))
            }
            Some(Kind::Country) => {
                let country = name.country?;
                let key = word_hash(country.as_str());
                if let Some(member) = self.by_key.get(&(Kind::Country, key)) {
                    return Some((*member, Rule::SameCountry));
                }
                let member = self.add(page, name, Kind::Country);
                self.by_key.insert((Kind::Country, key), member);
                Some((member, Rule::NewName))
            }
            Some(kind) => Some((self.keyed(page, name, kind), Rule::SameName)),
            None => {
                let words = Cast::key(page, name.first, name.last);
                if words.len() > 1
                    && let Some(member) = words.last().and_then(|word| self.bearer(*word, name.first))
                    && self.members.get(member).is_some_and(|known| same_person(&known.key, &words))
                {
                    return Some((member, Rule::FullerName));
                }
                let key = digest(&words);
                let known = Kind::ALL.into_iter().find_map(|kind| self.by_key.get(&(kind, key)).copied());
                known.map(|member| (member, Rule::SameName))
            }
        }
    }

    /// The name in the brackets behind an acronym.
    fn explained(&self, page: &Page<'_>, name: &Name, names: &[Name]) -> Option<usize> {
        let at = names.partition_point(|other| other.first < name.last + 2);
        let long = names
            .get(at)
            .filter(|long| long.first == name.last + 2 && long.kind == Some(Kind::Organisation))?;
        self.by_key.get(&(Kind::Organisation, digest(&Cast::key(page, long.first, long.last)))).copied()
    }

    /// The person whose name holds a word: the one named last before `at`, else the first of all.
    fn bearer(&self, word: u64, at: usize) -> Option<usize> {
        let sharing = self.by_word.get(&word)?;
        let candidates = sharing.iter().rev().take(SHARED).copied();
        let end = |member: &Member| member.key.last() == Some(&word) || member.key.first() == Some(&word);
        let mut best: Option<(bool, usize, usize)> = None;
        for candidate in candidates {
            let Some(member) = self.members.get(candidate) else { continue };
            let named = if member.last == usize::MAX { 0 } else { member.last + 1 };
            let rank = (end(member), named, candidate);
            let better = match best {
                None => true,
                Some((was_end, was_named, was)) => {
                    (rank.0, rank.1) > (was_end, was_named)
                        || rank.1 == 0 && was_named == 0 && rank.0 == was_end && candidate < was
                }
            };
            if better && named <= at + 1 {
                best = Some(rank);
            }
        }
        best.map(|(_, _, member)| member)
    }

    /// Whether a person named before bears a word first or last.
    fn borne(&self, word: u64, at: usize) -> bool {
        self.bearer(word, at).and_then(|member| self.members.get(member)).is_some_and(|member| {
            member.last != usize::MAX
                && member.last < at
                && (member.key.last() == Some(&word) || member.key.first() == Some(&word))
        })
    }

    fn mention(&mut self, page: &Page<'_>, names: &[Name], name: &Name, member: usize, link: Rule) {
        let Some(known) = self.members.get_mut(member) else { return };
        // A part of a full name is as sure as that: of a hundred, eighty-five were right.
        let part = known.kind == Kind::Person && known.key.len() > 1;
        let weight = if part { name.confidence.max(85) } else { name.confidence };
        let length = |(first, last): (usize, usize)| last - first;
        let linked = if known.mentions.is_empty() {
            Rule::NewName
        } else if link == Rule::FullerName && length(known.name) == name.last - name.first {
            Rule::SameName
        } else {
            link
        };
        let other = name.kind.is_some_and(|kind| kind != known.kind).then_some(Rule::Outvoted);
        let grounds =
            Grounds { found: name.rule, also: name.also, veto: other.or(name.veto), linked, weight };
        known.mentions.push(Found { first: name.first, last: name.last, form: name.form, grounds });
        known.last = name.first;
        known.female = known.female.or(name.female);
        let kind = known.kind;
        // What a person is called is no country: "Jordan", "Turki".
        let mut country = name.country.filter(|_| kind != Kind::Person);
        if (known.role.is_none() || known.country.is_none()) && name.first >= page.first {
            let role = office::of(page, name);
            if kind == Kind::Person {
                country = role.and_then(|role| office::country(page, names, role));
            }
            known.role = known.role.or(role);
        }
        known.country = known.country.or(country);
        self.references.push(Reference { first: name.first, last: name.last, member, kind, form: name.form });
    }

    /// Adds a mention that is no name.
    pub(super) fn refer(&mut self, member: usize, at: (usize, usize), form: Form, grounds: Grounds) {
        if let Some(known) = self.members.get_mut(member) {
            known.mentions.push(Found { first: at.0, last: at.1, form, grounds });
        }
    }
}

fn words(page: &Page<'_>, name: &Name) -> usize {
    (name.first..=name.last).filter(|&at| page.token(at).shape != Shape::Initial).count()
}

/// Whether two names of several words are one person's: the shorter's words all in the longer, in order or, for
/// names that may be turned round, as a set.
fn same_person(a: &[u64], b: &[u64]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 2 && short.len() <= 8 && long.len() <= 8 && short.iter().all(|word| long.contains(word))
}

/// Notes that a member bears words of a longer or another spelling of its name.
fn bear(by_word: &mut HashMap<u64, Vec<usize>>, key: &[u64], member: usize) {
    for word in key {
        let sharing = by_word.entry(*word).or_default();
        if !sharing.contains(&member) && sharing.len() < 64 {
            sharing.push(member);
        }
    }
}

fn digest(key: &[u64]) -> u64 {
    key.iter()
        .fold(0, |digest: u64, word| (digest.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
