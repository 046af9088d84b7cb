//! What the mentions of a name settle together: its kind, the same name in another script, names inside names.

use super::{Cast, SHARED, digest};
use crate::annotate::names::Name;
use crate::annotate::page::Page;
use crate::article::{Form, Grounds, Kind, Rule};
use crate::words::{Class, Sense};

impl Cast {
    /// Counts what the mentions of a word that is a name by itself say it names.
    pub(super) fn vote(&mut self, page: &Page<'_>, names: &[Name]) {
        for name in names.iter().filter(|name| name.first == name.last && name.form == Form::Name) {
            let Some(place) = name.kind.and_then(seat) else { continue };
            let votes = self.votes.entry(page.token(name.first).hash).or_default();
            if let Some(count) = votes.get_mut(place) {
                *count += u32::from(name.confidence.saturating_sub(45));
            }
        }
    }

    /// The name with the kind that most mentions of its word give it.
    pub(super) fn voted(&self, page: &Page<'_>, name: &Name) -> Name {
        let mut name = *name;
        let hash = page.token(name.first).hash;
        if self.is_stem(page, &name) {
            outvote(&mut name, Kind::Organisation);
            return name;
        }
        if name.first != name.last || name.form != Form::Name || name.confidence >= 93 {
            return name;
        }
        let listed = page
            .gazetteer
            .word(hash)
            .is_some_and(|known| known.sense.has(Sense::GIVEN.or(Sense::PLACE).or(Sense::COUNTRY)));
        if name.kind.is_none_or(|kind| seat(kind).is_some())
            && !listed
            && !page.lexicon.grammar().nouns_capitalised
            && self.bearer(hash, name.first).is_none()
            && self.tails.contains_key(&hash)
        {
            // "Scientology" beside "Church of Scientology".
            outvote(&mut name, Kind::Organisation);
            return name;
        }
        if let (Some(votes), Some(_)) = (self.votes.get(&hash), name.kind.and_then(seat)) {
            let best = votes.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - *at));
            let kind = match best {
                Some((0, _)) => Kind::Person,
                Some((1, _)) => Kind::Place,
                _ => Kind::Organisation,
            };
            outvote(&mut name, kind);
        }
        name
    }

    /// Notes how an organisation's name may be shortened: "Ege Yapi" for "Ege Yapi Bankasi".
    pub(super) fn stem(&mut self, page: &Page<'_>, name: &Name) {
        if page.has(name.first, Class::ORG_HEAD | Class::PLACE_HEAD) {
            return;
        }
        for last in name.first..name.last {
            if page.token(last).is_capital() {
                self.stems.insert(digest(&Cast::key(page, name.first, last)));
            }
        }
    }

    /// Whether what was taken for a person, with no title and no such name in a list, is the beginning of an
    /// organisation's name.
    fn is_stem(&self, page: &Page<'_>, name: &Name) -> bool {
        let known = Sense::GIVEN.or(Sense::SURNAME).or(Sense::PLACE).or(Sense::COUNTRY);
        let listed =
            page.gazetteer.word(page.token(name.first).hash).is_some_and(|word| word.sense.has(known));
        matches!(name.kind, Some(Kind::Person) | None)
            && name.form == Form::Name
            && name.role.is_none()
            && !listed
            && self.stems.contains(&digest(&Cast::key(page, name.first, name.last)))
            && self.bearer(page.token(name.last).hash, name.first).is_none_or(|member| {
                self.members.get(member).is_some_and(|member| member.name == (name.first, name.last))
            })
            && !page.has(name.first.wrapping_sub(1), Class::HONORIFIC)
    }

    /// Persons whose names organisations and places bear: "Andy Warhol Foundation".
    pub(super) fn nest(&mut self, page: &Page<'_>, names: &[Name]) {
        for name in names.iter().filter(|name| {
            name.last > name.first
                && matches!(name.kind, Some(Kind::Organisation | Kind::Place))
                && name.form == Form::Name
        }) {
            for at in name.first..=name.last {
                let Some(sharing) = self.by_word.get(&page.token(at).hash) else { continue };
                let bearer = sharing.iter().rev().take(SHARED).copied().find_map(|member| {
                    let key = &self.members.get(member)?.key;
                    let last = at + key.len() - 1;
                    let whole = key.len() > 1
                        && last <= name.last
                        && (at..=last).zip(key).all(|(at, word)| page.token(at).hash == *word);
                    whole.then_some((member, last))
                });
                if let Some((member, last)) = bearer {
                    let grounds = Grounds {
                        found: Rule::Inside,
                        also: None,
                        veto: None,
                        linked: Rule::FullerName,
                        weight: 85,
                    };
                    self.refer(member, (at, last), Form::Nested, grounds);
                }
            }
        }
    }

    /// "Oksana Hrytsenko (Оксана Гриценко)": the name in brackets is the same one's.
    pub(super) fn other_script(&self, page: &Page<'_>, name: &Name) -> Option<usize> {
        let before = self.references.last()?;
        let bracket = page.token(before.last + 1).is('(') && name.first == before.last + 2;
        let foreign = |at: usize| page.word(at).chars().next().is_some_and(|c| !is_latin(c));
        (bracket && before.kind == Kind::Person && foreign(name.first) && !foreign(before.first))
            .then_some(before.member)
    }
}

/// Gives a name the kind that its other mentions have.
fn outvote(name: &mut Name, kind: Kind) {
    if name.kind.is_some_and(|was| was != kind) {
        name.veto = Some(Rule::Outvoted);
    }
    name.kind = Some(kind);
}

/// The seat of a kind among the votes; a country has none.
fn seat(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Person => Some(0),
        Kind::Place => Some(1),
        Kind::Organisation => Some(2),
        Kind::Country => None,
    }
}

/// Whether a letter is of the Latin script.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}
