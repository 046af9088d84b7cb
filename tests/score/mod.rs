//! What annotating gets right: annotations of an article held against annotations by hand.
//!
//! All offsets are code points of the body, half-open, as in the records that `petik annotate` writes; what is scored
//! is what it would write. The figures:
//!
//! - **Names**: of the mentions of form "name", span and kind must be the same. Mentions of another form, and what the
//!   hand marked optional, are neither wanted nor wrong; so is a name inside a longer name that was found, unless the
//!   hand marked just that one.
//! - **Country codes**: of the countries found, those with the right ISO 3166-1 code.
//! - **Clusters**: B³ over the names of persons. A gold name stands for the found name it overlaps most (by more than
//!   0.3, intersection over union); precision is averaged over the gold names that were found, recall over all.
//! - **Pronouns**: a pronoun of the gold that is a mention of the found person who has most of its person's names.
//! - **Quotations**: exact spans, each part of a quotation for itself; found ones inside another found one are left
//!   out. Gold and found are paired by overlap, the best first.
//! - **Speakers**: of the gold quotations with a speaker that are found at an overlap of at least 0.8, those with the
//!   right one: the same name, or most of its names on the gold speaker's names.
//! - **Cues** and **relays** (who passed it on): of the same pairs, those with the right span, the right entity.
//! - **Datelines**, **credit lines**: exact spans.
//! - **Sureness**: of the names of a kind, the pronouns with their persons, and the quotations with their speakers, at a
//!   confidence, those that are right; and the expected calibration error.
//! - **Speakers with a cue**: of those pairs whose gold quotation has a cue, the same.
//! - **Speakers by a pronoun**: of those again where the word that speaks is a pronoun, in the cue or beside it
//!   ("ujarnya", "kata dia", "she said").
//! - **Direct**: direct quotations, exact; a fragment that was found where none is wanted is no error here.
//! - **A mark lost**: direct quotations, exact, when the mark that closes the middle one is taken out of each article;
//!   that one ends where the mark stood.
//! - **Must not**: words that the hand forbade to be a name, and are one.

mod calibrate;
mod clusters;
mod direct;
mod entities;
mod error;
mod figure;
pub(crate) mod markup;
mod quotes;
mod record;
mod sure;
#[cfg(test)]
mod tests;

pub(crate) use calibrate::{Calibration, OWN};
pub(crate) use error::Error;
pub(crate) use figure::{Counts, Figure};
pub(crate) use record::{Annotated, Entity, Mention, Part, Quote, Range, Record};
pub(crate) use sure::{Sureness, Why};

use petik::article::Kind;
use std::collections::BTreeMap;
use std::path::Path;

/// The articles of tests/gold.
///
/// # Errors
/// When one cannot be read: which, what is wrong with it, and where.
pub(crate) fn golds() -> Result<Vec<Record>, String> {
    markup::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold"))
}

/// The articles of the sample that tell a story of tests/gold again, from which the tagger has not learned.
///
/// # Errors
/// When one cannot be read: which, what is wrong with it, and where.
pub(crate) fn told_again() -> Result<Vec<Record>, String> {
    markup::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/again"))
}

/// The passages of tests/gold/wire, in the structures of news agencies and papers, which are in no sample.
///
/// # Errors
/// When one cannot be read: which, what is wrong with it, and where.
pub(crate) fn wires() -> Result<Vec<Record>, String> {
    markup::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/wire"))
}

/// The passages of tests/gold/desk, in the manner of agencies and papers, written to improve names, pronouns and relays on.
///
/// # Errors
/// When one cannot be read: which, what is wrong with it, and where.
pub(crate) fn desks() -> Result<Vec<Record>, String> {
    markup::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/desk"))
}

/// The passages of tests/gold/press, in the manner of many papers: those to improve rules on, `dev`, or those that nobody
/// improves anything on, `blind`, which are for final measures only.
///
/// # Errors
/// When one cannot be read: which, what is wrong with it, and where.
pub(crate) fn press(part: &str) -> Result<Vec<Record>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/press");
    let mut records = markup::file(&folder.join(format!("{part}-id.gold")))?;
    records.extend(markup::file(&folder.join(format!("{part}-en.gold")))?);
    Ok(records)
}

/// The sums over some articles, and the errors in them.
#[derive(Default)]
pub(crate) struct Tally {
    /// Whether countries and places are one kind, as in corpora that do not tell them apart.
    pub(crate) one_place: bool,
    /// Articles.
    pub(crate) articles: usize,
    /// Names found and wanted, by kind: under a kind that is merged, nothing.
    pub(crate) names: BTreeMap<Kind, Counts>,
    /// Countries found: with the right code, all.
    pub(crate) codes: Counts,
    /// B³: precision and recall summed over the names that were found, these, all names of persons.
    pub(crate) clusters: Clusters,
    /// Pronouns: right, linked, in the gold.
    pub(crate) pronouns: Counts,
    /// Quotations, exact.
    pub(crate) quotes: Counts,
    /// Quotations that overlap by at least 0.8, and what is right about them.
    pub(crate) said: Said,
    /// Direct quotations, exact.
    pub(crate) direct: Counts,
    /// Direct quotations, exact, when each article has lost one closing mark.
    pub(crate) lost: Counts,
    /// Datelines.
    pub(crate) datelines: Counts,
    /// Credit lines.
    pub(crate) credits: Counts,
    /// How sure names, pronouns and quotations were, and whether they are right.
    pub(crate) sure: Sureness,
    /// Forbidden names.
    pub(crate) forbidden: usize,
    /// What went wrong.
    pub(crate) errors: Vec<Error>,
}

/// The sums of B³.
#[derive(Default)]
pub(crate) struct Clusters {
    /// Precision, summed over the gold names that were found.
    pub(crate) precision: f64,
    /// Recall, summed over the same.
    pub(crate) recall: f64,
    /// Gold names that were found.
    pub(crate) found: usize,
    /// Gold names.
    pub(crate) gold: usize,
}

/// The sums over quotations found at an overlap of at least 0.8.
#[derive(Default)]
pub(crate) struct Said {
    /// These quotations.
    pub(crate) matched: usize,
    /// Of the right kind.
    pub(crate) kind: usize,
    /// Speakers: right, given, of matched ones with a speaker in the gold.
    pub(crate) speakers: Counts,
    /// The same, of those with a cue in the gold.
    pub(crate) cued: Counts,
    /// The same, of those that a pronoun speaks.
    pub(crate) pronouns: Counts,
    /// Gold quotations with a speaker, found or not.
    pub(crate) spoken: usize,
    /// Cues: right, given, of matched ones with a cue in the gold.
    pub(crate) cues: Counts,
    /// Relays: right, given, of matched ones with a relay in the gold.
    pub(crate) relays: Counts,
}

impl Tally {
    /// Adds what was `found` in the article that `gold` describes.
    pub(crate) fn add(&mut self, gold: &Record, found: &Annotated) {
        self.articles += 1;
        if gold.entities_labelled() {
            self.entities(gold, found);
            self.persons(gold, found);
        }
        if gold.quotes.is_some() {
            self.quotations(gold, found);
        }
        let lines = [
            ("dateline", &gold.dateline, &found.dateline, &mut self.datelines),
            ("credit line", &gold.credit, &found.credit, &mut self.credits),
        ];
        for (what, gold_line, found_line, counts) in lines {
            let Some(gold_line) = gold_line else { continue };
            let found_line = found_line.as_ref().and_then(Option::as_ref);
            let right = gold_line.is_some() && gold_line.as_ref() == found_line;
            counts.gold += usize::from(gold_line.is_some());
            counts.found += usize::from(found_line.is_some());
            counts.right += usize::from(right);
            if let Some(range) = gold_line.as_ref().or(found_line).filter(|_| !right) {
                let wanted = gold_line.map_or("none", |range| gold.text(range));
                self.errors.push(Error::new(what.to_owned(), gold, *range, format!("want {wanted:?}")));
            }
        }
    }

    /// The kind that names of `kind` are counted under.
    fn kind(&self, kind: Kind) -> Kind {
        if self.one_place && kind == Kind::Country { Kind::Place } else { kind }
    }
}
