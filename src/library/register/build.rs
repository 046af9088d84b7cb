//! Articles → a register.

use super::column;
use super::{Register, Shelf, UNDATED};
use crate::article::{Annotations, Article, Day, Kind, Published};
use crate::text::{Interned, push_number};
use crate::words::{Country, Language};
use std::cmp::Reverse;
use std::collections::HashMap;

/// What is known of an article when it is put into a register.
pub(in crate::library) struct Entry<'a> {
    pub(in crate::library) published: Option<Published>,
    pub(in crate::library) outlet: Option<&'a str>,
    /// Its language; none while that is not known.
    pub(in crate::library) language: Option<Language>,
    pub(in crate::library) quotes: u32,
    /// Who and what it names. Two that are one count as one, spelt like the first.
    pub(in crate::library) links: &'a [Link],
}

/// One article names one thing; numbers are those of whoever puts it in.
#[derive(Debug, Clone, Copy)]
pub(in crate::library) struct Link {
    pub(in crate::library) thing: u32,
    /// How the article spells it at its fullest.
    pub(in crate::library) spelling: u32,
    pub(in crate::library) mentions: u32,
    pub(in crate::library) quotes: u32,
}

/// What a thing is: its kind, its key, its country.
pub(in crate::library) type Thing<'a> = (Kind, &'a str, Option<Country>);

/// A register while articles are put into it. It knows things and spellings by numbers alone, so that whoever has the
/// texts need not copy them.
#[derive(Default)]
pub(in crate::library) struct Builder {
    days: Vec<i32>,
    outlets_of: Vec<u32>,
    languages_of: Vec<u8>,
    quotes: Vec<u16>,
    outlets: Interned,
    languages: Interned,
    /// Of each article how many links it has, and of each link spelling, mentions, quotations (LEB128).
    links: Vec<u8>,
    /// Of each spelling the articles that use it, and whose it is.
    spelt: Vec<(u32, u32)>,
    own: Vec<Link>,
}

impl Builder {
    /// Puts in the next article.
    pub(in crate::library) fn put(&mut self, entry: &Entry<'_>) {
        self.days.push(entry.published.map_or(UNDATED, |published| Day::of(published).number()));
        self.outlets_of.push(entry.outlet.map_or(u32::MAX, |outlet| self.outlets.number(outlet)));
        let language = entry.language.map(|language| self.languages.number(language.as_str()));
        self.languages_of.push(language.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX));
        self.quotes.push(u16::try_from(entry.quotes).unwrap_or(u16::MAX));
        self.own.clear();
        for link in entry.links {
            match self.own.iter_mut().find(|known| known.thing == link.thing) {
                Some(known) => {
                    known.mentions = known.mentions.saturating_add(link.mentions);
                    known.quotes = known.quotes.saturating_add(link.quotes);
                }
                None => self.own.push(*link),
            }
        }
        push_number(self.own.len() as u64, &mut self.links);
        for link in &self.own {
            for part in [link.spelling, link.mentions, link.quotes] {
                push_number(part.into(), &mut self.links);
            }
            let at = link.spelling as usize;
            if self.spelt.len() <= at {
                self.spelt.resize(at + 1, (0, 0));
            }
            if let Some((articles, thing)) = self.spelt.get_mut(at) {
                *articles += 1;
                *thing = link.thing;
            }
        }
    }

    /// How many articles it holds.
    pub(in crate::library) fn len(&self) -> usize {
        self.days.len()
    }

    /// The register, given what each thing is and each spelling.
    pub(in crate::library) fn finish<'t>(
        self,
        thing: impl Fn(u32) -> Option<Thing<'t>>,
        spelling: impl Fn(u32) -> &'t str,
    ) -> Register {
        let mut named: HashMap<u32, u32> = HashMap::new();
        for &(articles, thing) in self.spelt.iter().filter(|(articles, _)| *articles > 0) {
            *named.entry(thing).or_insert(0) += articles;
        }
        /// Things in the order of their new numbers; the last is the one it had.
        type Sorted<'t> = (Kind, Reverse<u32>, &'t str, Option<Country>, u32);
        let mut things: Vec<Sorted<'_>> = named
            .into_iter()
            .filter_map(|(number, articles)| {
                let (kind, key, country) = thing(number)?;
                Some((kind, Reverse(articles), key, country, number))
            })
            .collect();
        things.sort_unstable();
        let places: HashMap<u32, u32> = (0u32..).zip(&things).map(|(at, thing)| (thing.4, at)).collect();
        let mut spellings: Vec<(u32, Reverse<u32>, &str, u32)> = (0u32..)
            .zip(&self.spelt)
            .filter(|(_, (articles, _))| *articles > 0)
            .filter_map(|(number, (articles, thing))| {
                Some((*places.get(thing)?, Reverse(*articles), spelling(number), number))
            })
            .collect();
        drop(places);
        spellings.sort_unstable();
        let mut shelves: [Shelf; super::KINDS] = Default::default();
        // Of each spelling its kind and its number there, by the number it had.
        let mut now: Vec<(u8, u32)> = vec![(u8::MAX, 0); self.spelt.len()];
        let mut rest = spellings.into_iter().peekable();
        for (place, &(kind, Reverse(articles), key, country, _)) in (0u32..).zip(&things) {
            let Some(shelf) = shelves.get_mut(at(kind)) else { continue };
            shelf.keys.push(key);
            shelf.known.push(articles);
            let code = country.as_ref().map_or("\0\0", Country::as_str);
            shelf.countries.extend_from_slice(code.as_bytes());
            while let Some((.., text, number)) = rest.next_if(|(owner, ..)| *owner == place) {
                if let Some(slot) = now.get_mut(number as usize) {
                    *slot = (at(kind) as u8, u32::try_from(shelf.spellings.len()).unwrap_or(u32::MAX));
                }
                shelf.spellings.push(text);
            }
            shelf.ends.push(u32::try_from(shelf.spellings.len()).unwrap_or(u32::MAX));
        }
        for shelf in &mut shelves {
            let mut by_key: Vec<u32> = (0u32..).take(shelf.known.len()).collect();
            by_key.sort_unstable_by(|&a, &b| shelf.keys.get(a).cmp(shelf.keys.get(b)));
            shelf.by_key = by_key;
        }
        fill(&mut shelves, &self.links, self.days.len(), &now);
        Register {
            days: self.days,
            outlets_of: self.outlets_of,
            languages_of: self.languages_of,
            quotes: self.quotes,
            outlets: self.outlets.into_strings(),
            languages: self.languages.into_strings(),
            shelves,
        }
    }
}

/// The place of a kind among the shelves.
fn at(kind: Kind) -> usize {
    Kind::ALL.iter().position(|&known| known == kind).unwrap_or(0)
}

/// Writes the links of every article anew, by kind and under the numbers that spellings have now.
fn fill(shelves: &mut [Shelf; super::KINDS], links: &[u8], articles: usize, now: &[(u8, u32)]) {
    let mut links = column::Links::new(links);
    let mut own: [Vec<column::Link>; super::KINDS] = Default::default();
    let mut scratch = Vec::new();
    for article in (0u32..).take(articles) {
        own.iter_mut().for_each(Vec::clear);
        for _ in 0..links.number().unwrap_or(0) {
            let (Some(spelling), Some(mentions), Some(quotes)) =
                (links.number(), links.number(), links.number())
            else {
                break;
            };
            let Some(&(kind, spelling)) = now.get(spelling as usize) else { continue };
            if let Some(own) = own.get_mut(usize::from(kind)) {
                own.push(column::Link { spelling, mentions: mentions as u32, quotes: quotes as u32 });
            }
        }
        for (own, shelf) in own.iter_mut().zip(shelves.iter_mut()) {
            own.sort_unstable_by_key(|link| link.spelling);
            shelf.column.push(article, own, &mut scratch);
        }
    }
}

impl Register {
    /// From articles and what is known of them, in order.
    pub(in crate::library) fn of<'a>(
        articles: impl Iterator<Item = (&'a Article, Option<&'a Annotations>)>,
    ) -> Register {
        let mut builder = Builder::default();
        let mut things: Vec<(Kind, String, Option<Country>)> = Vec::new();
        let mut spellings: Vec<&str> = Vec::new();
        let mut known: HashMap<(Kind, Option<Country>, &str), (u32, u32)> = HashMap::new();
        let mut keyed: HashMap<(Kind, String), u32> = HashMap::new();
        let mut spelt: HashMap<(u32, &str), u32> = HashMap::new();
        let mut links: Vec<Link> = Vec::new();
        for (article, found) in articles {
            links.clear();
            for (at, entity) in found.iter().flat_map(|found| found.entities.iter().enumerate()) {
                let name = entity.name.as_str();
                let (thing, spelling) =
                    *known.entry((entity.kind, entity.country, name)).or_insert_with(|| {
                        let key = entity.identity();
                        let thing = *keyed.entry((entity.kind, key.clone())).or_insert_with(|| {
                            things.push((entity.kind, key, entity.country));
                            u32::try_from(things.len() - 1).unwrap_or(u32::MAX)
                        });
                        let spelling = *spelt.entry((thing, name)).or_insert_with(|| {
                            spellings.push(name);
                            u32::try_from(spellings.len() - 1).unwrap_or(u32::MAX)
                        });
                        (thing, spelling)
                    });
                if let Some((.., country)) = things.get_mut(thing as usize) {
                    *country = country.or(entity.country);
                }
                let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
                links.push(Link {
                    thing,
                    spelling,
                    mentions: count(entity.mentions.len() + entity.title_mentions.len()),
                    quotes: count(found.map_or(0, |found| found.quotes_by(at))),
                });
            }
            builder.put(&Entry {
                published: article.published,
                outlet: article.outlet.as_deref(),
                language: found.map(|found| article.language.unwrap_or(found.language)),
                quotes: found.map_or(0, |found| u32::try_from(found.quotes.len()).unwrap_or(u32::MAX)),
                links: &links,
            });
        }
        builder.finish(
            |thing| things.get(thing as usize).map(|(kind, key, country)| (*kind, key.as_str(), *country)),
            |spelling| spellings.get(spelling as usize).copied().unwrap_or_default(),
        )
    }
}
