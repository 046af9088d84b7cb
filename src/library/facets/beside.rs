//! Who and what is named with someone or something, more often than chance.
//!
//! A million articles may name a million things, most of them once. How clear it can be at all that a thing is named with
//! another is bounded by how many articles name it: so those of most articles, which number first, are counted first,
//! and of the others only those that could still come before the ones that are found.

use super::Identity;
use super::called::Called;
use super::chance::likelihood;
use super::dossier::Naming;
use super::parts::Registers;
use crate::article::Kind;
use crate::library::register::Shelf;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

/// Someone or something that is named with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Who or what.
    pub identity: Identity,
    /// What most of the articles call it.
    pub name: String,
    /// In how many of the articles it is.
    pub together: u64,
    /// How many times as often as in the whole collection.
    pub lift: f64,
    /// How clearly that is more than chance: the log-likelihood ratio G² (Dunning 1993), negative when it is less.
    pub likelihood: f64,
}

/// How many are listed, and how many things of each kind are counted first.
#[derive(Clone, Copy)]
pub(super) struct Most {
    listed: usize,
    head: u32,
}

/// What a dossier has room for.
pub(super) const MOST: Most = Most { listed: 40, head: 4096 };

/// So many things are measured together.
const CHUNK: usize = 1024;

/// What is counted of a kind in the articles of one naming.
struct Counts<'a> {
    kind: Kind,
    shelf: &'a Shelf,
    /// How many articles name each spelling; those of the first things only.
    spelt: Vec<u32>,
}

/// Who or what is met, how often here, how often in all articles of that register.
type Met<'a> = (Kind, &'a str, u64, u64);

/// The same with its likelihood and its lift.
type Measured<'a> = (f64, f64, Met<'a>);

/// How often what is asked about is named: in so many articles out of all.
#[derive(Clone, Copy)]
pub(super) struct Share {
    pub(super) articles: u64,
    pub(super) all: u64,
}

/// Who and what is named in the articles of `namings`, by how clearly that is more than chance; `None` once `cancelled` is
/// set.
pub(super) fn beside(
    registers: &Registers,
    namings: &[Naming],
    share: Share,
    most: Most,
    cancelled: &AtomicBool,
) -> Option<Vec<Beside>> {
    let of = |head: &dyn Fn(&Shelf) -> u32| {
        let counts = counted(namings, head, cancelled)?;
        let measured = measured(registers, namings, &counts, share, most.listed);
        let least = measured.get(most.listed - 1).map(|measured| measured.0);
        Some((named(registers, &counts, measured), least))
    };
    let ([naming], true) = (namings, registers.is_one()) else { return Some(of(&|_| u32::MAX)?.0) };
    let (found, least) = of(&|_| most.head)?;
    let from = least.map_or(1, |least| share.fewest(least));
    let enough = |shelf: &Shelf| shelf.known_from(from).max(most.head);
    let register = &naming.part.register;
    if Kind::ALL.iter().all(|&kind| enough(register.shelf(kind)) <= most.head) {
        return Some(found);
    }
    Some(of(&enough)?.0)
}

impl Share {
    /// The log-likelihood ratio of a thing that is in `together` of the articles and in `anywhere` of all, negative where
    /// that is fewer than chance would have it; and how many times as often as in all.
    fn measure(self, together: u64, anywhere: u64) -> (f64, f64) {
        let lift = (together as f64 * self.all as f64) / (self.articles as f64 * anywhere.max(1) as f64);
        let likelihood = likelihood(together, self.articles, anywhere, self.all);
        (if lift < 1.0 { -likelihood } else { likelihood }, lift)
    }

    /// In how many articles a thing must be named at least for its likelihood to come up to `least`. It is greatest where
    /// every article that names the thing is among these, and grows with their number up to all of these.
    fn fewest(self, least: f64) -> u32 {
        // What comes out a little smaller by rounding comes up to it all the same.
        let least = least - least.abs() * 1e-9 - 1e-6;
        let (mut below, mut enough) = (0, self.articles.max(1));
        while below + 1 < enough {
            let middle = below + (enough - below) / 2;
            if self.measure(middle, middle).0 >= least {
                enough = middle;
            } else {
                below = middle;
            }
        }
        u32::try_from(enough).unwrap_or(u32::MAX)
    }
}

/// What is named in the articles of each of `namings`, of each kind as many things as `head` says.
fn counted<'n>(
    namings: &'n [Naming],
    head: &dyn Fn(&Shelf) -> u32,
    cancelled: &AtomicBool,
) -> Option<Vec<(&'n Naming, Counts<'n>)>> {
    let mut counts = Vec::new();
    for naming in namings {
        for kind in Kind::ALL {
            let shelf = naming.part.register.shelf(kind);
            let spelt = naming.part.counts(kind, &naming.rows, shelf.spelt_before(head(shelf)), cancelled)?;
            counts.push((naming, Counts { kind, shelf, spelt }));
        }
    }
    Some(counts)
}

/// The clearest of what is counted, in order.
fn measured<'a>(
    registers: &Registers,
    namings: &[Naming],
    counts: &[(&Naming, Counts<'a>)],
    share: Share,
    listed: usize,
) -> Vec<Measured<'a>> {
    let mut met: Vec<Met<'a>> = Vec::new();
    for (naming, Counts { kind, shelf, spelt }) in counts {
        for (thing, own) in shelf.each_spelt(spelt) {
            let together: u64 = own.iter().map(|&many| u64::from(many)).sum();
            if together > 0 && !(*kind == naming.kind && thing == naming.thing) {
                met.push((*kind, shelf.key(thing), together, shelf.known(thing).into()));
            }
        }
    }
    if namings.len() > 1 {
        met.sort_unstable();
        met.dedup_by(|next, before| {
            let same = (next.0, next.1) == (before.0, before.1);
            before.2 += if same { next.2 } else { 0 };
            same
        });
    }
    let measure = |met: Met<'a>| {
        let (kind, key, together, here) = met;
        let anywhere = if registers.is_one() { here } else { registers.frequency(kind, key) };
        let (likelihood, lift) = share.measure(together, anywhere);
        (likelihood, lift, met)
    };
    let mut measured: Vec<Measured<'a>> = met.into_par_iter().with_min_len(CHUNK).map(measure).collect();
    let order = |a: &Measured<'_>, b: &Measured<'_>| {
        b.0.total_cmp(&a.0).then(b.2.2.cmp(&a.2.2)).then_with(|| (a.2.0, a.2.1).cmp(&(b.2.0, b.2.1)))
    };
    if measured.len() > listed {
        measured.select_nth_unstable_by(listed, order);
        measured.truncate(listed);
    }
    measured.sort_unstable_by(order);
    measured
}

/// What is measured, by name.
fn named(
    registers: &Registers,
    counts: &[(&Naming, Counts<'_>)],
    measured: Vec<Measured<'_>>,
) -> Vec<Beside> {
    let language = registers.language();
    let called = |(likelihood, lift, (kind, key, together, _)): Measured<'_>| {
        let (mut spellings, mut country) = (HashMap::new(), None);
        for (_, Counts { shelf, spelt, .. }) in counts.iter().filter(|(_, counts)| counts.kind == kind) {
            let Some(thing) = shelf.find(key) else { continue };
            country = country.or(shelf.country(thing));
            for spelling in shelf.spellings_of(thing) {
                let many = spelt.get(spelling as usize).copied().unwrap_or(0);
                if many > 0 {
                    *spellings.entry(shelf.spelling(spelling)).or_insert(0) += u64::from(many);
                }
            }
        }
        let name = Called::new(kind, country, spellings, language).name;
        Beside { identity: Identity::new(kind, key), name, together, lift, likelihood }
    };
    measured.into_iter().map(called).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Collection, Ordinal, Snapshot};
    use crate::load::{self, Event, Source};
    use crate::words::SAMPLE;
    use std::borrow::Cow;
    use std::ops::ControlFlow;
    use std::sync::OnceLock;

    static GO_ON: AtomicBool = AtomicBool::new(false);

    /// The sample, read into one register.
    fn sample() -> &'static Snapshot {
        static SAMPLE_READ: OnceLock<Snapshot> = OnceLock::new();
        SAMPLE_READ.get_or_init(|| {
            let source = |(name, text): &(&str, &'static str)| Source::Memory {
                name: (*name).to_owned(),
                bytes: Cow::Borrowed(text.as_bytes()),
            };
            let sources: Vec<Source> = SAMPLE.iter().map(source).collect();
            let mut loaded = Vec::new();
            load::load(&sources, &mut |event| {
                if let Event::Loaded(article) = event {
                    loaded.push(*article);
                }
                ControlFlow::Continue(())
            });
            let collection = Collection::default();
            collection.add(loaded);
            while collection.annotate_more(&GO_ON) {}
            collection.snapshot()
        })
    }

    #[test]
    fn those_that_are_not_counted_would_not_be_listed() {
        let snapshot = sample();
        let registers = snapshot.registers();
        assert!(registers.is_one());
        let all: Vec<Ordinal> = snapshot.newest_first().to_vec();
        let (mut fewer, mut looked) = (0, 0);
        for rows in [&all[..], &all[..20]] {
            for named in snapshot.names(rows).iter() {
                let parts = registers.parts(rows).into_iter();
                let namings: Vec<Naming> =
                    parts.map(|part| Naming::of(part, &named.identity, &GO_ON).unwrap().unwrap()).collect();
                let share = Share { articles: named.articles, all: all.len() as u64 };
                for listed in [3, 40] {
                    let besides =
                        |head| beside(&registers, &namings, share, Most { listed, head }, &GO_ON).unwrap();
                    let whole = besides(u32::MAX);
                    for head in [1, 3, 40] {
                        assert_eq!(besides(head), whole, "{} with {head} counted first", named.name);
                    }
                    let least = whole.get(listed - 1).map(|last| share.fewest(last.likelihood));
                    fewer += usize::from(least.is_some_and(|least| least > 1));
                }
                looked += 1;
            }
        }
        assert!(fewer > 20 && looked > 300, "of {fewer} of {looked} dossiers some were left uncounted");
    }

    #[test]
    fn the_bound_is_the_first_number_that_comes_up_to_it() {
        let share = Share { articles: 500, all: 1000 };
        for least in [0.5, 1.4, 7.0, 80.0, 400.0] {
            let fewest = u64::from(share.fewest(least));
            assert!(share.measure(fewest, fewest).0 >= least);
            assert!(share.measure(fewest - 1, fewest - 1).0 < least || fewest == 1);
            // No other way of being named comes up to it with fewer.
            for anywhere in 1..fewest {
                for together in 0..=anywhere {
                    assert!(share.measure(together, anywhere).0 < least, "{together} of {anywhere}");
                }
            }
        }
        assert_eq!(share.fewest(f64::NEG_INFINITY), 1);
    }
}
