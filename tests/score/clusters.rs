//! Who is who: the names of persons, and their pronouns.

use super::{Annotated, Entity, Error, Range, Record, Tally};
use petik::article::{Form, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// How much a found name must overlap a gold one to stand for it.
const OVERLAP: f64 = 0.3;

/// A gold name and who has it: in the gold, and as found.
struct Pair<'a> {
    range: Range,
    gold: &'a str,
    found: Option<&'a str>,
}

fn persons(record: &Record) -> impl Iterator<Item = &Entity> {
    record.entities.iter().filter(|entity| entity.kind == Kind::Person)
}

fn count<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

impl Tally {
    /// Counts names and pronouns of the persons of one article.
    pub(super) fn persons(&mut self, gold: &Record, found: &Annotated) {
        let pairs = pairs(gold, found);
        let golds = count(pairs.iter().map(|pair| pair.gold));
        let founds = count(pairs.iter().filter_map(|pair| pair.found));
        let both = count(pairs.iter().filter_map(|pair| Some((pair.gold, pair.found?))));
        self.clusters.gold += pairs.len();
        for (pair, found) in pairs.iter().filter_map(|pair| Some((pair, pair.found?))) {
            let shared = both.get(&(pair.gold, found)).copied().unwrap_or(0) as f64;
            let share = |counts: Option<&usize>| shared / counts.copied().unwrap_or(1) as f64;
            self.clusters.found += 1;
            self.clusters.precision += share(founds.get(found));
            self.clusters.recall += share(golds.get(pair.gold));
        }
        // Whom a found person mostly is, the first of several.
        let mut mostly: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for (pair, found) in pairs.iter().filter_map(|pair| Some((pair, pair.found?))) {
            let shared = both.get(&(pair.gold, found)).copied().unwrap_or(0);
            let most = mostly.entry(found).or_insert((pair.gold, shared));
            if shared > most.1 {
                *most = (pair.gold, shared);
            }
        }
        self.wrong_persons(gold, &pairs, &mostly);
        self.pronouns_of(gold, found, &mostly);
        self.sure_pronouns(gold, found, &mostly);
    }

    /// Judges the pronouns that were found in an article whose pronouns are known.
    fn sure_pronouns(&mut self, gold: &Record, found: &Annotated, mostly: &BTreeMap<&str, (&str, usize)>) {
        let known: Vec<(Range, &str)> = persons(gold)
            .flat_map(|person| {
                let pronouns = person.mentions.iter().filter(|mention| mention.form == Form::Pronoun);
                pronouns.map(|pronoun| (pronoun.range, person.id.as_str()))
            })
            .collect();
        if known.is_empty() {
            return;
        }
        for person in persons(found) {
            let is = mostly.get(&*person.id).map(|(id, _)| *id);
            for mention in person.mentions.iter().filter(|mention| mention.form == Form::Pronoun) {
                let mut here = known.iter().filter(|(range, _)| range.common(mention.range) > 0);
                let right = here.any(|(_, id)| Some(*id) == is);
                self.sure.add("pronoun", &gold.lang, &mention.why, mention.confidence, right);
            }
        }
    }

    fn pronouns_of(&mut self, gold: &Record, found: &Annotated, mostly: &BTreeMap<&str, (&str, usize)>) {
        for person in persons(gold) {
            for pronoun in person.mentions.iter().filter(|mention| mention.form == Form::Pronoun) {
                let linked: Vec<&Entity> = persons(found)
                    .filter(|other| {
                        let mut mentions = other.mentions.iter().filter(|mention| mention.form != Form::Name);
                        mentions.any(|mention| mention.range.common(pronoun.range) > 0)
                    })
                    .collect();
                let is = |other: &&Entity| mostly.get(&*other.id).is_some_and(|(id, _)| *id == person.id);
                let right = linked.iter().any(is);
                self.pronouns.gold += 1;
                self.pronouns.found += usize::from(!linked.is_empty());
                self.pronouns.right += usize::from(right);
                if let Some(other) = linked.first().filter(|_| !right) {
                    let detail = format!("{} is {}", person.name, other.name);
                    self.errors.push(Error::new("pronoun wrong".to_owned(), gold, pronoun.range, detail));
                } else if !right {
                    let detail = person.name.clone();
                    self.errors.push(Error::new("pronoun unlinked".to_owned(), gold, pronoun.range, detail));
                }
            }
        }
    }

    /// Tells which persons are several, and which several are one.
    fn wrong_persons(&mut self, gold: &Record, pairs: &[Pair<'_>], mostly: &BTreeMap<&str, (&str, usize)>) {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut told = BTreeSet::new();
        for (pair, found) in pairs.iter().filter_map(|pair| Some((pair, pair.found?))) {
            let before = *first.entry(pair.gold).or_insert(found);
            let error = if mostly.get(found).is_some_and(|(most, _)| *most != pair.gold) {
                ("persons merged", found, format!("{} is {found}", pair.gold))
            } else if before != found {
                ("person split", found, format!("{} is {before} and {found}", pair.gold))
            } else {
                continue;
            };
            if told.insert((pair.gold, error.1)) {
                self.errors.push(Error::new(error.0.to_owned(), gold, pair.range, error.2));
            }
        }
    }
}

fn pairs<'a>(gold: &'a Record, found: &'a Annotated) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for person in persons(gold).filter(|person| !person.optional) {
        for name in person.mentions.iter().filter(|name| name.form == Form::Name && !name.optional) {
            let mut best = (0.0, None);
            for other in persons(found) {
                for mention in other.mentions.iter().filter(|mention| mention.form == Form::Name) {
                    let overlap = name.range.overlap(mention.range);
                    if overlap > best.0 {
                        best = (overlap, Some(other.id.as_str()));
                    }
                }
            }
            let found = best.1.filter(|_| best.0 > OVERLAP);
            pairs.push(Pair { range: name.range, gold: &person.id, found });
        }
    }
    pairs
}
