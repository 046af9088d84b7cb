//! What a collection can offer for something that is half typed on a query line: its own names, the most frequent first.

use super::{Ordinal, Snapshot};
use crate::article::Kind;
use crate::search::{
    Arena, Candidate, Completing, Known, Name, Part, Scope, boxed, days_in, known_countries, known_languages,
    known_names,
};
use crate::text::fold;
use crate::words::{Country, Language, countries, language_name};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// At most so many are offered.
const OFFERED: usize = 12;

/// At most so many articles are read to see how a name is written.
const READ: usize = 32;

/// Names taken from one of several arenas, so that those that are frequent in all are among them.
const OF_ONE: usize = 256;

impl Snapshot {
    /// What can be put in the place of what is being typed; `None` once `cancelled` is set.
    pub fn complete(&self, asked: &Completing, cancelled: &AtomicBool) -> Option<Vec<Candidate>> {
        let stored = self.stored.as_ref().map(|stored| stored.arena());
        let mut arenas: Vec<(u32, &Arena)> = stored.iter().map(|arena| (0, arena.as_ref())).collect();
        arenas.extend(self.segments.iter().map(|segment| (segment.first, &segment.arena)));
        let offered = match asked.part {
            Part::Word => self.names_like(asked, Scope::Anywhere, &arenas, cancelled),
            Part::Name(_, scope) => self.names_like(asked, scope, &arenas, cancelled),
            Part::Country => self.countries_like(asked, &arenas),
            Part::Language => languages_like(asked, &arenas),
            Part::Date(field) => dates_like(asked, field, &arenas),
            Part::Tag => self.tags_like(asked),
            Part::Value(..) | Part::Saved => Vec::new(),
        };
        (!cancelled.load(Ordering::Relaxed)).then_some(offered)
    }

    fn names_like(
        &self,
        asked: &Completing,
        scope: Scope,
        arenas: &[(u32, &Arena)],
        cancelled: &AtomicBool,
    ) -> Vec<Candidate> {
        let most = if arenas.len() > 1 { OF_ONE } else { READ };
        let mut merged: HashMap<(Option<Kind>, String), Known> = HashMap::new();
        for (first, arena) in arenas {
            for known in known_names(arena, scope, &asked.typed, most, cancelled) {
                let known = Known { first: first.saturating_add(known.first), ..known };
                merged
                    .entry((known.kind, known.folded.clone()))
                    .and_modify(|sum| {
                        sum.articles += known.articles;
                        sum.way = sum.way.min(known.way);
                    })
                    .or_insert(known);
            }
        }
        let mut known: Vec<Known> = merged.into_values().collect();
        known.sort_by(|a, b| {
            (a.way, Reverse(a.articles), &a.folded).cmp(&(b.way, Reverse(b.articles), &b.folded))
        });
        let best = known.first().map_or(0, |known| known.way);
        let mut seen: HashSet<(Option<Kind>, String)> = HashSet::new();
        let mut offered = Vec::new();
        // What is found by scattered letters or a mistake is for where nothing else is.
        for known in known.into_iter().filter(|known| known.way <= best.max(1)).take(READ) {
            if offered.len() >= OFFERED || cancelled.load(Ordering::Relaxed) {
                break;
            }
            let Some(candidate) = self.written(asked, scope, &known, &mut seen) else { continue };
            offered.push(candidate);
        }
        offered
    }

    /// A name as an article writes it; `None` when it is offered already.
    fn written(
        &self,
        asked: &Completing,
        scope: Scope,
        known: &Known,
        seen: &mut HashSet<(Option<Kind>, String)>,
    ) -> Option<Candidate> {
        let Some(kind) = known.kind else {
            let outlet = self.line(known.first)?.outlet.clone()?;
            seen.insert((None, outlet.clone())).then_some(())?;
            return Some(Candidate {
                text: asked.put_name(None, &outlet),
                shown: outlet,
                about: if asked.part == Part::Word { "outlet".to_owned() } else { String::new() },
                count: Some(known.articles),
            });
        };
        let is_it = |name: &&Name| {
            name.kind == kind
                && (scope != Scope::By || name.quotes > 0)
                && name.spellings().any(|spelling| fold(spelling) == known.folded)
        };
        let name = self.names_in(known.first).into_iter().find(|name| is_it(&name))?;
        let key = match (kind, name.country) {
            (Kind::Country, Some(country)) => country.to_string(),
            (_, country) => kind.identity(&name.name, country),
        };
        seen.insert((Some(kind), key)).then_some(())?;
        let own =
            (asked.part == Part::Word || matches!(scope, Scope::By | Scope::About)).then(|| kind.as_str());
        let country = name.country.filter(|_| kind == Kind::Country).map(|country| country.to_string());
        Some(Candidate {
            text: match name.country.filter(|_| kind == Kind::Country && asked.part == Part::Word) {
                Some(country) => asked.put(&format!("country:{}", country_value(country, &name.name))),
                None => asked.put_name(Some(kind), &name.name),
            },
            shown: name.name,
            about: own.map(str::to_owned).into_iter().chain(country).collect::<Vec<_>>().join(" "),
            count: Some(known.articles),
        })
    }

    fn countries_like(&self, asked: &Completing, arenas: &[(u32, &Arena)]) -> Vec<Candidate> {
        let typed = fold(&asked.typed);
        let codes = (!typed.is_empty()).then(|| crate::search::countries_called(&typed));
        let mut merged: BTreeMap<Country, (u64, u32)> = BTreeMap::new();
        for (first, arena) in arenas {
            for (country, articles, doc) in known_countries(arena, codes.as_deref()) {
                let known = merged.entry(country).or_insert((0, first.saturating_add(doc)));
                known.0 += articles;
            }
        }
        let mut known: Vec<(Country, u64, u32)> =
            merged.into_iter().map(|(country, (articles, first))| (country, articles, first)).collect();
        known.sort_by_key(|(country, articles, _)| (Reverse(*articles), *country));
        // Countries are called as most articles call them.
        let counts = language_counts(arenas);
        let language = counts.iter().max_by_key(|(_, count)| **count).map(|(language, _)| *language);
        known
            .into_iter()
            .take(OFFERED)
            .map(|(country, articles, first)| {
                let called =
                    language.and_then(|language| countries().name(country, language)).map(str::to_owned);
                let written = || {
                    let names = self.names_in(first).into_iter();
                    names
                        .filter(|name| name.kind == Kind::Country)
                        .find_map(|name| (name.country == Some(country)).then_some(name.name))
                };
                let name = called.or_else(written).unwrap_or_else(|| country.to_string());
                Candidate {
                    text: asked.put(&format!("country:{}", country_value(country, &name))),
                    shown: name,
                    about: country.to_string(),
                    count: Some(articles),
                }
            })
            .collect()
    }

    fn tags_like(&self, asked: &Completing) -> Vec<Candidate> {
        let typed = fold(asked.typed.trim_start_matches('#'));
        let mut tags: Vec<(&str, usize)> =
            self.ledger().all_tags().filter(|(tag, _)| fold(tag).starts_with(&typed)).collect();
        tags.sort_by_key(|(_, articles)| Reverse(*articles));
        let offer = |(tag, articles): (&str, usize)| Candidate {
            text: asked.put(&format!("tag:{}", boxed(tag))),
            shown: tag.to_owned(),
            about: String::new(),
            count: Some(articles as u64),
        };
        tags.into_iter().take(OFFERED).map(offer).collect()
    }

    /// Who and what an article names, as the index knows it.
    fn names_in(&self, ordinal: Ordinal) -> Vec<Name> {
        self.with_doc(ordinal, |doc| doc.names.to_vec()).unwrap_or_default()
    }
}

/// A country by a name that means it alone, else by its code.
fn country_value(country: Country, name: &str) -> String {
    if countries().called(&fold(name)) == [country] { boxed(name) } else { country.to_string() }
}

/// How many articles there are in each language.
fn language_counts(arenas: &[(u32, &Arena)]) -> BTreeMap<Language, u64> {
    let mut counts = BTreeMap::new();
    for (language, count) in arenas.iter().flat_map(|(_, arena)| known_languages(arena)) {
        *counts.entry(language).or_insert(0) += count;
    }
    counts
}

fn languages_like(asked: &Completing, arenas: &[(u32, &Arena)]) -> Vec<Candidate> {
    let counts = language_counts(arenas);
    let typed = fold(&asked.typed);
    let mut known: Vec<_> = counts
        .into_iter()
        .map(|(language, count)| (language, language_name(language).unwrap_or_default(), count))
        .filter(|(language, name, _)| language.as_str().starts_with(&typed) || name.starts_with(&typed))
        .collect();
    known.sort_by_key(|(language, _, count)| (Reverse(*count), *language));
    known
        .into_iter()
        .take(OFFERED)
        .map(|(language, name, count)| Candidate {
            text: asked.put(&format!("lang:{language}")),
            shown: language.to_string(),
            about: name.to_owned(),
            count: Some(count),
        })
        .collect()
}

fn dates_like(asked: &Completing, field: &str, arenas: &[(u32, &Arena)]) -> Vec<Candidate> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (date, count) in arenas.iter().flat_map(|(_, arena)| days_in(arena, &asked.typed)) {
        *counts.entry(date).or_insert(0) += count;
    }
    counts
        .into_iter()
        .rev()
        .take(OFFERED)
        .map(|(date, count)| Candidate {
            text: asked.put(&format!("{field}:{date}")),
            shown: date,
            about: String::new(),
            count: Some(count),
        })
        .collect()
}
