//! Quotations, each once however many articles carry it, by story.

use super::same::{ENOUGH, FEWEST, Words, same_words};
use super::stories::{Stories, Story};
use super::{Identity, QuotePlace};
use crate::article::{Day, Kind, QuoteKind};
use crate::library::register::Register;
use crate::library::{Ordinal, Snapshot};
use crate::search::Query;
use crate::words::Country;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};

/// Something someone said, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The quotation in the article that carried it first.
    pub place: QuotePlace,
    /// The same quotation in other articles, in the order of time.
    pub others: Vec<QuotePlace>,
    /// Who said it.
    pub speaker: Option<Identity>,
    /// The speaker as the article names them.
    pub name: Option<String>,
    /// The words, marks included; parts apart by an ellipsis.
    pub words: String,
    /// How it stands in its text.
    pub kind: QuoteKind,
    /// The day of the article that carried it first.
    pub day: Option<Day>,
    /// Its story: a place in [`Sayings::stories`].
    pub story: usize,
}

impl Saying {
    /// Every place it stands at, in the order of time.
    pub fn carried(&self) -> impl Iterator<Item = QuotePlace> {
        std::iter::once(self.place).chain(self.others.iter().copied())
    }
}

/// A quotation with what was said around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The quotation.
    pub saying: Saying,
    /// What others said in the same story, in the order of time.
    pub answers: Vec<Saying>,
}

/// The quotations of some articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sayings {
    /// Every one once, those of one story together, the newest story first.
    pub list: Vec<Saying>,
    /// The stories they are of.
    pub stories: Vec<Story>,
    /// How many articles were looked through, where that are not all.
    pub cut: Option<usize>,
}

/// At most this many articles are looked through, in the order of the rows: more quotations than these hold nobody
/// reads through.
pub const MOST: usize = 20_000;

/// At most this many articles around a quotation are sorted into stories, the newest.
const AROUND: usize = 20_000;

/// Days within which the same quotation, and answers to it, are looked for.
const NEAR: i32 = 14;

/// One quotation with the words it is known by.
struct Uttered {
    saying: Saying,
    words: Words,
    keys: Vec<u64>,
    /// The words of the speaker's name.
    name: Words,
}

impl Uttered {
    /// Whether both may have one speaker: two of a kind do only if one name is part of the other ("Solheim", "Ingrid
    /// Solheim"). A person and their ministry may, and anyone and nobody named.
    fn may_be_of(&self, other: &Uttered) -> bool {
        match (&self.saying.speaker, &other.saying.speaker) {
            (Some(one), Some(two)) => one == two || one.kind != two.kind || self.name.holds(&other.name),
            _ => true,
        }
    }
}

/// The identities of speakers, each worked out once: by what they are, their country and their name.
type Speakers = HashMap<(Kind, Option<Country>), HashMap<String, Identity>>;

/// Articles that a thread reads at a time.
const CHUNK: usize = 16;

impl Snapshot {
    /// The quotations of the first `most` of `rows` that `query` asks for; `None` once `cancelled` is set.
    pub fn sayings(
        &self,
        rows: &[Ordinal],
        query: &Query,
        most: usize,
        cancelled: &AtomicBool,
    ) -> Option<Sayings> {
        let cut = (rows.len() > most).then_some(most);
        let rows = rows.get(..most).unwrap_or(rows);
        let places = self.quotes(rows, query);
        let Stories { stories, of } = self.stories(rows, cancelled)?;
        let mut list = self.once(&places, cancelled)?;
        for saying in &mut list {
            saying.story = of.get(&saying.place.0).copied().unwrap_or(0);
        }
        let mut newest: Vec<Option<Day>> = vec![None; stories.len()];
        for saying in &list {
            if let Some(day) = newest.get_mut(saying.story) {
                *day = (*day).max(saying.day);
            }
        }
        let newest = |story: usize| std::cmp::Reverse(newest.get(story).copied().flatten());
        list.sort_by_cached_key(|saying| {
            (newest(saying.story), saying.story, self.when(saying.place.0), saying.place.1)
        });
        Some(Sayings { list, stories, cut })
    }

    /// The quotation at `place` with the same one in others of `rows`, and what others said in its story; `None` once
    /// `cancelled` is set, and when there is no such quotation. The same is looked for in the articles of its story, and
    /// in those of the days around it that quote its speaker; `known` are places where it is known to stand, whenever.
    pub fn quoted(
        &self,
        rows: &[Ordinal],
        place: QuotePlace,
        known: &[QuotePlace],
        cancelled: &AtomicBool,
    ) -> Option<Quoted> {
        let own = self.uttered(&[place], &mut Speakers::new()).next()?.saying;
        let registers = self.registers();
        let day =
            |row: Ordinal| registers.at(row).and_then(|(register, article)| register.day_number(article));
        let today = day(place.0);
        let near =
            |row: Ordinal| matches!((today, day(row)), (Some(own), Some(day)) if (day - own).abs() <= NEAR);
        let around: Vec<Ordinal> = rows.iter().copied().filter(|&row| row != place.0 && near(row)).collect();
        let speaks = |row: &Ordinal| {
            own.speaker.as_ref().is_some_and(|speaker| {
                registers.at(*row).is_some_and(|(register, article)| speaks(register, article, speaker))
            })
        };
        let speaking: Vec<Ordinal> = around.iter().copied().filter(speaks).collect();
        let mut around = self.newest(around, AROUND);
        around.insert(0, place.0);
        let Stories { stories, of } = self.stories(&around, cancelled)?;
        let told = of.get(&place.0).and_then(|&story| stories.into_iter().nth(story));
        let told = told.map(|story| story.rows).unwrap_or_default();
        let mut rows = vec![place.0];
        rows.extend(told.iter().chain(&speaking).copied());
        rows.extend(known.iter().map(|known| known.0));
        rows.sort_unstable();
        rows.dedup();
        let all = self.once(&self.quotes(&rows, &Query::default()), cancelled)?;
        let mut saying = all.iter().find(|saying| saying.carried().any(|carried| carried == place))?.clone();
        // What is one among all quotations may not be so among these.
        for &known in known {
            if saying.carried().all(|carried| carried.0 != known.0) {
                saying.others.push(known);
            }
        }
        saying.others.sort_by_cached_key(|other| (self.when(other.0), other.1));
        let in_story = |other: &Saying| told.contains(&other.place.0) || other.place.0 == place.0;
        let others = |other: &&Saying| in_story(other) && other.speaker != saying.speaker;
        let mut answers: Vec<Saying> = all.iter().filter(others).cloned().collect();
        answers.sort_by_cached_key(|answer| (self.when(answer.place.0), answer.place.1));
        Some(Quoted { saying, answers })
    }

    /// The quotations at `places`, the same one once, in the order of time; `None` once `cancelled` is set.
    pub(super) fn once(&self, places: &[QuotePlace], cancelled: &AtomicBool) -> Option<Vec<Saying>> {
        // Every article is read once, whatever it holds.
        let articles: Vec<&[QuotePlace]> = places.chunk_by(|one, other| one.0 == other.0).collect();
        let read = articles.par_chunks(CHUNK).filter(|_| !cancelled.load(Ordering::Relaxed)).map(|chunk| {
            let mut speakers = Speakers::new();
            let mut all: Vec<Uttered> = Vec::new();
            chunk.iter().for_each(|places| all.extend(self.uttered(places, &mut speakers)));
            all
        });
        let read: Vec<Vec<Uttered>> = read.collect();
        let mut all: Vec<Uttered> = read.into_iter().flatten().collect();
        all.par_sort_by_cached_key(|uttered| (self.when(uttered.saying.place.0), uttered.saying.place.1));
        let mut kept: Vec<Uttered> = Vec::with_capacity(all.len());
        let mut anchors: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut carried: HashSet<(usize, Ordinal)> = HashSet::new();
        for uttered in all {
            if cancelled.load(Ordering::Relaxed) {
                return None;
            }
            let held = uttered.keys.iter().filter_map(|key| anchors.get(key));
            let mut candidates: Vec<usize> = held.flatten().copied().collect();
            candidates.sort_unstable();
            candidates.dedup();
            let same = candidates.into_iter().find(|&at| {
                kept.get(at).is_some_and(|known: &Uttered| {
                    known.may_be_of(&uttered) && same_words(&known.words, &uttered.words)
                })
            });
            let place = uttered.saying.place;
            // What an article says twice it carries once.
            let is_new = carried.insert((same.unwrap_or(kept.len()), place.0));
            match same.and_then(|at| kept.get_mut(at)) {
                Some(known) if is_new => {
                    known.saying.others.push(place);
                    // One article may leave it to another to say who it was.
                    if known.saying.speaker.is_none() {
                        known.saying.speaker = uttered.saying.speaker;
                        known.saying.name = uttered.saying.name;
                        known.name = uttered.name;
                    }
                }
                Some(_) => {}
                None => {
                    for &key in &uttered.keys {
                        let held = anchors.entry(key).or_default();
                        if held.len() < HELD {
                            held.push(kept.len());
                        }
                    }
                    kept.push(uttered);
                }
            }
        }
        Some(kept.into_iter().map(|uttered| uttered.saying).collect())
    }

    /// The quotations at `places` of one article.
    fn uttered<'a>(
        &self,
        places: &'a [QuotePlace],
        speakers: &'a mut Speakers,
    ) -> impl Iterator<Item = Uttered> + use<'a> {
        let said = places.first().and_then(|&(row, _)| self.said(row)).unwrap_or_default();
        let day = said.published.map(Day::of);
        let mut quotes: Vec<_> = said.quotes.into_iter().map(Some).collect();
        places.iter().filter_map(move |&place| {
            let quote = quotes.get_mut(place.1)?.take()?;
            let speaker = quote.speaker.as_ref().map(|(kind, name, country)| {
                let known = speakers.entry((*kind, *country)).or_default();
                if let Some(identity) = known.get(name) {
                    return identity.clone();
                }
                let identity = Identity::new(*kind, &kind.identity(name, *country));
                known.insert(name.clone(), identity.clone());
                identity
            });
            let words = Words::of(&quote.words);
            let saying = Saying {
                place,
                others: Vec::new(),
                speaker,
                name: quote.speaker.map(|(_, name, _)| name),
                kind: quote.kind,
                day,
                story: 0,
                words: quote.words,
            };
            let name = Words::of(saying.name.as_deref().unwrap_or_default());
            Some(Uttered { keys: keys(&words.list, saying.speaker.as_ref()), words, name, saying })
        })
    }
}

/// Whether an article quotes someone.
fn speaks(register: &Register, article: u32, who: &Identity) -> bool {
    let shelf = register.shelf(who.kind);
    let Some(thing) = shelf.find(&who.key) else { return false };
    let own = shelf.spellings_of(thing);
    shelf.column().of(article).any(|link| link.quotes > 0 && own.contains(&link.spelling))
}

/// At most this many quotations are compared for one key.
const HELD: usize = 8;

/// Words that follow each other and make one key.
const SHINGLE: usize = 3;

/// Keys of a quotation, of its shingles those with the smallest hashes (Broder 1997).
const KEYS: usize = 6;

/// What quotations that may be one have in common: some words that follow each other; of short ones all words, and the
/// speaker.
fn keys(words: &[u64], speaker: Option<&Identity>) -> Vec<u64> {
    if words.len() < FEWEST {
        return Vec::new();
    }
    if words.len() < ENOUGH {
        let Some(speaker) = speaker else { return Vec::new() };
        let mut hasher = DefaultHasher::new();
        (speaker, words).hash(&mut hasher);
        return vec![hasher.finish()];
    }
    let shingle = |words: &[u64]| {
        let mix = |hash: u64, word: &u64| (hash ^ word).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(29);
        words.iter().fold(0, mix)
    };
    let mut keys: Vec<u64> = words.windows(SHINGLE).map(shingle).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(KEYS);
    keys
}
