//! The figures of a tally.

use super::{Tally, error};
use petik::article::Kind;
use std::fmt::Write as _;

/// Right, found and in the gold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Found and right.
    pub(crate) right: usize,
    /// Found.
    pub(crate) found: usize,
    /// To be found.
    pub(crate) gold: usize,
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    share(2.0 * precision * recall, precision + recall)
}

impl Counts {
    /// Of those found, the share that is right.
    pub(crate) fn precision(self) -> f64 {
        share(self.right as f64, self.found as f64)
    }

    /// Of those to be found, the share that is found and right.
    pub(crate) fn recall(self) -> f64 {
        share(self.right as f64, self.gold as f64)
    }

    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    /// Both together.
    pub(crate) fn plus(self, other: Counts) -> Counts {
        Counts {
            right: self.right + other.right,
            found: self.found + other.found,
            gold: self.gold + other.gold,
        }
    }
}

/// A figure that is reported, a share of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    /// Quotations, exact span, F1.
    Quotes,
    /// Direct quotations, exact span, F1.
    Direct,
    /// Of quotations that are matched, those of the right kind.
    QuoteKinds,
    /// Of quotations that are matched and have a speaker, those with the right one.
    Speakers,
    /// The same where a cue names or points at the speaker.
    SpeakersCued,
    /// The same where a pronoun speaks.
    SpeakersPronoun,
    /// Of the speakers given, those that are right.
    SpeakersGiven,
    /// Of quotations that are matched and have a cue, those with the right one.
    Cues,
    /// Of quotations that are matched and were passed on, those with the right relay.
    Relays,
    /// Names of all kinds, strict F1.
    Names,
    /// Names of a kind, strict F1.
    NamesOf(Kind),
    /// Of the countries found, those with the right code.
    Codes,
    /// B³ over names of persons, F1.
    Clusters,
    /// Of the pronouns, those linked to the right person.
    Pronouns,
    /// Direct quotations when each article has lost a closing mark, exact span, F1.
    Lost,
    /// Datelines, exact span, F1.
    Datelines,
    /// Credit lines, exact span, F1.
    Credits,
}

impl Figure {
    /// All, in the order they are printed.
    pub(crate) const ALL: [Figure; 20] = [
        Figure::Quotes,
        Figure::Direct,
        Figure::Lost,
        Figure::QuoteKinds,
        Figure::Speakers,
        Figure::SpeakersCued,
        Figure::SpeakersPronoun,
        Figure::SpeakersGiven,
        Figure::Cues,
        Figure::Relays,
        Figure::Names,
        Figure::NamesOf(Kind::Person),
        Figure::NamesOf(Kind::Country),
        Figure::NamesOf(Kind::Place),
        Figure::NamesOf(Kind::Organisation),
        Figure::Codes,
        Figure::Clusters,
        Figure::Pronouns,
        Figure::Datelines,
        Figure::Credits,
    ];

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Figure::Quotes => "quotations exact F1",
            Figure::Direct => "  direct",
            Figure::Lost => "  direct, a mark lost",
            Figure::QuoteKinds => "  kind",
            Figure::Speakers => "  speakers, of all",
            Figure::SpeakersCued => "  speakers, with a cue",
            Figure::SpeakersPronoun => "  speakers, a pronoun",
            Figure::SpeakersGiven => "  speakers, of given",
            Figure::Cues => "  cues",
            Figure::Relays => "  relays",
            Figure::Names => "names strict F1",
            Figure::NamesOf(Kind::Person) => "  person",
            Figure::NamesOf(Kind::Country) => "  country",
            Figure::NamesOf(Kind::Place) => "  place",
            Figure::NamesOf(Kind::Organisation) => "  organisation",
            Figure::Codes => "country codes",
            Figure::Clusters => "persons B³ F1",
            Figure::Pronouns => "pronouns linked",
            Figure::Datelines => "datelines F1",
            Figure::Credits => "credit lines F1",
        }
    }

    /// Its value; none where the gold has nothing to find.
    pub(crate) fn of(self, tally: &Tally) -> Option<f64> {
        if let Figure::Clusters = self {
            let (precision, recall) = tally.clusters.shares();
            return (tally.clusters.gold > 0).then(|| harmonic(precision, recall));
        }
        let counts = self.counts(tally);
        let value = match self {
            Figure::QuoteKinds | Figure::Speakers => counts.recall(),
            Figure::SpeakersCued | Figure::SpeakersPronoun => counts.recall(),
            Figure::Cues | Figure::Relays | Figure::Codes | Figure::Pronouns => counts.recall(),
            Figure::SpeakersGiven => counts.precision(),
            _ => counts.f1(),
        };
        (counts.gold > 0).then_some(value)
    }

    fn counts(self, tally: &Tally) -> Counts {
        let said = &tally.said;
        match self {
            Figure::Quotes => tally.quotes,
            Figure::QuoteKinds => Counts { right: said.kind, found: said.matched, gold: said.matched },
            Figure::Speakers => said.speakers,
            Figure::SpeakersCued => said.cued,
            Figure::SpeakersPronoun => said.pronouns,
            Figure::SpeakersGiven => Counts { gold: said.spoken, ..said.speakers },
            Figure::Cues => said.cues,
            Figure::Relays => said.relays,
            Figure::Names => tally.names.values().fold(Counts::default(), |sum, counts| sum.plus(*counts)),
            Figure::NamesOf(kind) => tally.names.get(&kind).copied().unwrap_or_default(),
            Figure::Codes => tally.codes,
            Figure::Clusters => Counts { right: 0, found: tally.clusters.found, gold: tally.clusters.gold },
            Figure::Pronouns => tally.pronouns,
            Figure::Direct => tally.direct,
            Figure::Lost => tally.lost,
            Figure::Datelines => tally.datelines,
            Figure::Credits => tally.credits,
        }
    }
}

impl super::Clusters {
    /// Precision and recall.
    fn shares(&self) -> (f64, f64) {
        (share(self.precision, self.found as f64), share(self.recall, self.gold as f64))
    }
}

impl Tally {
    /// All figures that have a value, one a line, with what they are made of.
    pub(crate) fn table(&self) -> String {
        let mut table = String::new();
        for figure in Figure::ALL {
            let Some(value) = figure.of(self) else { continue };
            let counts = figure.counts(self);
            let (precision, recall) = match figure {
                Figure::Clusters => self.clusters.shares(),
                _ => (counts.precision(), counts.recall()),
            };
            let _ = write!(table, "{:24}{:6.1}", figure.name(), 100.0 * value);
            let _ = write!(table, "    P {:5.1}  R {:5.1}", 100.0 * precision, 100.0 * recall);
            let _ = match figure {
                Figure::Clusters => writeln!(table, "    ({} of {} names found)", counts.found, counts.gold),
                _ => {
                    let Counts { right, found, gold } = counts;
                    writeln!(table, "    ({right} right of {found} found, {gold} in the gold)")
                }
            };
        }
        if self.forbidden > 0 {
            let _ = writeln!(table, "{:24}{:6}", "forbidden names", self.forbidden);
        }
        table + &self.sure.table()
    }

    /// The errors by class, the most frequent first, with some `examples` of each.
    pub(crate) fn failures(&self, examples: usize) -> String {
        error::by_class(&self.errors, examples)
    }
}
