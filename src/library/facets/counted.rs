//! What the articles of a question have in common, the most of each: what it can be narrowed by.

use super::Identity;
use super::parts::Which;
use super::{Counted, Counts, Names, Spread};
use crate::article::Kind;
use crate::library::{Ordinal, Snapshot};
use crate::words::Country;
use std::sync::atomic::AtomicBool;

/// What some articles have in common, the values that most of them have first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// The people they name.
    pub people: Facet,
    /// The countries they name.
    pub countries: Facet,
    /// The outlets that carried them.
    pub outlets: Facet,
    /// The languages they are in, by code.
    pub languages: Facet,
    /// Who is quoted in them.
    pub speakers: Facet,
}

/// The values of one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facet {
    /// Those of most articles.
    pub top: Vec<Value>,
    /// How many there are in all.
    pub distinct: usize,
}

/// A value and how many articles have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is called.
    pub name: String,
    /// Who or what it is; `None` of outlets and languages.
    pub identity: Option<Identity>,
    /// Its country; of a country, itself.
    pub country: Option<Country>,
    /// How many articles; of a speaker, those in which they are quoted.
    pub articles: u64,
}

impl Snapshot {
    /// What `rows` have in common, at most `most` values of each; `None` once `cancelled` is set.
    pub fn facets(&self, rows: &[Ordinal], most: usize, cancelled: &AtomicBool) -> Option<Facets> {
        let registers = self.registers();
        let parts = registers.parts(rows);
        // Of organisations and places, which may be a million, no more is asked than who speaks.
        let wanted = |kind| match kind {
            Kind::Person | Kind::Country => Some(Which::Named),
            Kind::Place | Kind::Organisation => Some(Which::Quoted),
        };
        let names = Names::which(&registers, &parts, wanted, cancelled)?;
        let named = |of: &(dyn Fn(&Counted) -> u32 + Sync)| {
            let (top, distinct) =
                names.greatest(most, |_, counted| Some(of(&counted).into()).filter(|many| *many > 0));
            let value = |at: u32| {
                let named = names.get(at as usize)?;
                let articles = of(&names.counted(at)?).into();
                Some(Value {
                    name: named.name,
                    identity: Some(named.identity),
                    country: named.country,
                    articles,
                })
            };
            Facet { top: top.into_iter().filter_map(value).collect(), distinct }
        };
        let of_kind = |wanted: Kind| {
            named(&move |counted: &Counted| if counted.kind == wanted { counted.articles } else { 0 })
        };
        let Spread { outlets, languages, .. } = Spread::of(&parts);
        let plain = |counts: Counts| {
            let value = |(name, articles)| Value { name, identity: None, country: None, articles };
            Facet { distinct: counts.len(), top: counts.into_iter().take(most).map(value).collect() }
        };
        Some(Facets {
            people: of_kind(Kind::Person),
            countries: of_kind(Kind::Country),
            outlets: plain(outlets),
            languages: plain(languages),
            speakers: named(&|counted: &Counted| counted.quoted),
        })
    }
}
