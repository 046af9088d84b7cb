//! What the collection answers to a question, off the loop.

use super::steps::{arranged_steps, steps};
use super::{Answer, Ask};
use crate::app::views::Order;
use crate::library::{Counted, MOST, Missed, Named, Names, Ordinal, Saying, Sayings, Snapshot};
use crate::search::{Name, Query, called};
use crate::text::fold;
use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

impl Ask {
    /// Answers from the collection; `known` is what the same question, but for order and words looked for, was
    /// answered last. `None` once `cancelled` is set. What takes long is told `partly` before it is whole.
    pub fn answer(
        &self,
        snapshot: &Snapshot,
        rows: &[Ordinal],
        known: Option<Answer>,
        cancelled: &AtomicBool,
        partly: &dyn Fn(Answer),
    ) -> Option<Answer> {
        Some(match self {
            Ask::Names { kind, find, order } => {
                let names = match known {
                    Some(Answer::Names { names, .. } | Answer::Missed { names, .. }) => names,
                    _ => Arc::new(snapshot.names_of(rows, &[*kind], cancelled)?),
                };
                if *order == Order::Missed {
                    let missed: Arc<[Missed]> = snapshot.missed(rows, &names).into();
                    let shown = arranged_missed(&missed, find).into();
                    return Some(Answer::Missed { names, missed, shown });
                }
                let shown = arranged_names(&names, find, *order, cancelled)?.into();
                Answer::Names { names, shown, articles: rows.len() }
            }
            Ask::Sayings { filter, find, order } => {
                let arranged = |sayings: Arc<Sayings>| {
                    let shown = arranged_sayings(&sayings.list, find, *order).into();
                    Answer::Sayings { sayings, shown }
                };
                if let Some(Answer::Sayings { sayings, .. }) = known {
                    return Some(arranged(sayings));
                }
                if rows.len() > FIRST {
                    partly(arranged(Arc::new(snapshot.sayings(rows, filter, FIRST, cancelled)?)));
                }
                arranged(Arc::new(snapshot.sayings(rows, filter, MOST, cancelled)?))
            }
            Ask::Steps { find, order, most, against } => {
                let steps = steps(snapshot, rows, (*order, *most), against.as_ref(), cancelled)?;
                arranged_steps(steps, find, *order)
            }
            Ask::Dossier(who) => {
                let here = snapshot.dossier(rows, who, cancelled);
                let anywhere = here.is_none();
                let found = here.or_else(|| snapshot.dossier(snapshot.newest_first(), who, cancelled));
                // Nothing is either nobody or giving up.
                if anywhere && cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                Answer::Dossier { found: found.map(Arc::new), anywhere }
            }
            Ask::Quoted(place, known) => {
                let found = snapshot.quoted(rows, *place, known, cancelled).map(Arc::new);
                if found.is_none() && cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                Answer::Quoted(found)
            }
            Ask::Digest(from, until) => {
                Answer::Digest(Arc::new(snapshot.digest(rows, *from, *until, cancelled)?))
            }
            Ask::Facets(most) => Answer::Facets(Arc::new(snapshot.facets(rows, *most, cancelled)?)),
        })
    }
}

/// The quotations of so many articles are told before those of the others.
const FIRST: usize = 200;

/// The places of the names that answer to `find`, in order; `None` once `cancelled` is set.
fn arranged_names(names: &Names, find: &str, order: Order, cancelled: &AtomicBool) -> Option<Vec<u32>> {
    let query = Query::parse(find).unwrap_or_default();
    let mut found = None;
    if !query.is_empty() {
        let fits = |named: &Named| called(&query, &index_name(named)).is_some();
        found = Some(names.fitting(fits, cancelled)?);
    }
    let is_found = |at: u32| found.as_ref().is_none_or(|found| found.binary_search(&at).is_ok());
    // Of equals the first in the alphabet comes first: so they stand.
    let by = |key: fn(Counted) -> u64| {
        names.greatest(usize::MAX, |at, counted| is_found(at).then(|| key(counted))).0
    };
    let shown = match order {
        Order::Quoted => by(Counted::by_quotes),
        Order::Latest => by(Counted::by_last),
        Order::Name => {
            let mut shown = by(|_| 0);
            shown.sort_by_cached_key(|&at| names.get(at as usize).map(|named| fold(&named.name)));
            shown
        }
        _ => by(Counted::by_articles),
    };
    (!cancelled.load(Ordering::Relaxed)).then_some(shown)
}

/// The places of what is left out and answers to `find`, in order.
fn arranged_missed(missed: &[Missed], find: &str) -> Vec<u32> {
    let query = Query::parse(find).unwrap_or_default();
    let fits = |missed: &Missed| query.is_empty() || called(&query, &index_name(&missed.named)).is_some();
    (0..).zip(missed).filter(|(_, missed)| fits(missed)).map(|(at, _)| at).collect()
}

/// A name as the index knows it.
pub(in crate::app) fn index_name(named: &Named) -> Name {
    Name {
        kind: named.kind,
        name: named.name.clone(),
        aliases: named.others.clone(),
        country: named.country,
        quotes: u32::try_from(named.quotes).unwrap_or(u32::MAX),
    }
}

/// The places of the quotations that hold every word of `find`, in order.
fn arranged_sayings(sayings: &[Saying], find: &str, order: Order) -> Vec<u32> {
    let wanted = fold(find);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let fits = |saying: &Saying| {
        let text = fold(&format!("{} {}", saying.name.as_deref().unwrap_or_default(), saying.words));
        wanted.iter().all(|word| text.contains(word))
    };
    let mut shown: Vec<(u32, &Saying)> =
        (0..).zip(sayings).filter(|(_, saying)| wanted.is_empty() || fits(saying)).collect();
    match order {
        Order::Newest => shown.sort_by_key(|(_, saying)| Reverse(saying.day)),
        Order::Speaker => shown.sort_by_cached_key(|(_, saying)| {
            (saying.name.is_none(), saying.name.as_deref().map(fold), Reverse(saying.day))
        }),
        Order::Carried => shown.sort_by_key(|(_, saying)| Reverse(saying.others.len())),
        _ => {}
    }
    shown.into_iter().map(|(at, _)| at).collect()
}
