//! What the panes ask of the collection, and what comes back. Asked and answered off the loop.

use super::views::Order;
use crate::article::{Day, Grain, Kind};
use crate::library::{
    Counted, Digest, Dossier, Facets, Identity, MOST, Named, Names, Ordinal, QuotePlace, Quoted, Saying,
    Sayings, Snapshot,
};
use crate::search::{Name, Query, called};
use crate::text::fold;
use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Which pane asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The list.
    Left,
    /// What stands beside it.
    Right,
    /// The facets.
    Third,
}

/// A question about the rows of the filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// The names of a kind that answer to `find`.
    Names {
        /// What kind.
        kind: Kind,
        /// What is looked for among them.
        find: String,
        /// In what order.
        order: Order,
    },
    /// The quotations that the filter asks for and that hold the words of `find`.
    Sayings {
        /// The filter, for its `by:` and `about:`.
        filter: Query,
        /// What is looked for among them.
        find: String,
        /// In what order.
        order: Order,
    },
    /// How many articles there are in each step of time.
    Steps {
        /// In what steps.
        order: Order,
        /// At most how many.
        most: usize,
        /// The query whose articles lie under these.
        against: Option<Query>,
    },
    /// All about someone or something.
    Dossier(Identity),
    /// A quotation and what was said around it.
    Quoted(QuotePlace),
    /// What the days from the first on and before the second are about.
    Digest(Day, Day),
    /// What they have in common, at most so many values of each.
    Facets(usize),
}

/// A step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its first day.
    pub from: Day,
    /// How many articles of the filter.
    pub articles: u64,
    /// How many of the query that lies under it.
    pub under: u64,
}

/// An answer.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Names.
    Names {
        /// All of the kind.
        names: Arc<Names>,
        /// Those that were asked for, in order.
        shown: Arc<[u32]>,
        /// How many articles were looked at.
        articles: usize,
    },
    /// Quotations.
    Sayings {
        /// All of them.
        sayings: Arc<Sayings>,
        /// Those that were asked for, in order.
        shown: Arc<[u32]>,
    },
    /// Steps of time.
    Steps {
        /// In order, empty ones too.
        steps: Arc<[Step]>,
        /// How long they are.
        grain: Grain,
        /// How many articles have no date.
        undated: u64,
    },
    /// All about someone or something; `None` when no article names it.
    Dossier(Option<Arc<Dossier>>),
    /// A quotation; `None` when it is none any more.
    Quoted(Option<Arc<Quoted>>),
    /// What some days are about.
    Digest(Arc<Digest>),
    /// What they have in common.
    Facets(Arc<Facets>),
}

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
                let (names, articles) = match known {
                    Some(Answer::Names { names, articles, .. }) => (names, articles),
                    _ => (Arc::new(snapshot.names_of(rows, &[*kind], cancelled)?), rows.len()),
                };
                let shown = arranged_names(&names, find, *order, cancelled)?.into();
                Answer::Names { names, shown, articles }
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
            Ask::Steps { order, most, against } => {
                steps(snapshot, rows, *order, *most, against.as_ref(), cancelled)?
            }
            Ask::Dossier(who) => {
                let found = snapshot.dossier(rows, who, cancelled).map(Arc::new);
                // Nothing is either nobody or giving up.
                if found.is_none() && cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                Answer::Dossier(found)
            }
            Ask::Quoted(place) => {
                let found = snapshot.quoted(rows, *place, cancelled).map(Arc::new);
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

    /// Whether two questions differ only in order and in what is looked for.
    fn is_like(&self, other: &Ask) -> bool {
        match (self, other) {
            (Ask::Names { kind, .. }, Ask::Names { kind: before, .. }) => kind == before,
            (Ask::Sayings { filter, .. }, Ask::Sayings { filter: before, .. }) => filter == before,
            _ => false,
        }
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

/// A name as the index knows it.
pub(super) fn index_name(named: &Named) -> Name {
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

fn steps(
    snapshot: &Snapshot,
    rows: &[Ordinal],
    order: Order,
    most: usize,
    against: Option<&Query>,
    cancelled: &AtomicBool,
) -> Option<Answer> {
    /// A timeline has at most so many steps; what lies before them is not shown.
    const LONGEST: usize = 20_000;
    let days = snapshot.days(rows, cancelled)?;
    let under = match against {
        Some(query) => {
            let rows = if query.is_empty() {
                Arc::clone(snapshot.newest_first())
            } else {
                snapshot.query(query, cancelled)?
            };
            snapshot.days(&rows, cancelled)?
        }
        None => crate::library::Days::default(),
    };
    let bounds = match (days.bounds(), under.bounds()) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    };
    let Some((first, last)) = bounds else {
        return Some(Answer::Steps { steps: Arc::default(), grain: Grain::Day, undated: days.undated });
    };
    let grain = match order {
        Order::Steps(grain) => grain,
        _ => Grain::fitting(first, last, most),
    };
    let (over, below) =
        (days.steps(grain, (first, last), LONGEST), under.steps(grain, (first, last), LONGEST));
    let mut below = below.into_iter().peekable();
    let mut steps: Vec<Step> = Vec::with_capacity(over.len());
    for (from, articles) in over {
        while below.next_if(|&(day, _)| day < from).is_some() {}
        let under = below.next_if(|&(day, _)| day == from).map_or(0, |(_, many)| many);
        steps.push(Step { from, articles, under });
    }
    Some(Answer::Steps { steps: steps.into(), grain, undated: days.undated })
}

/// A question, and what it is asked of.
#[derive(Clone)]
pub struct Wanted {
    /// The question.
    pub ask: Ask,
    /// What the filter asks.
    pub question: String,
    /// The rows of the filter.
    pub rows: Arc<[Ordinal]>,
    /// How many articles are annotated.
    pub annotated: usize,
}

impl Wanted {
    /// Whether both are asked of the same.
    fn is_of_same(&self, other: &Wanted) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows) && self.annotated == other.annotated
    }

    /// Whether an answer to one answers the other.
    pub fn is_same(&self, other: &Wanted) -> bool {
        self.ask == other.ask && self.is_of_same(other)
    }
}

/// The question that is being answered, and the one that was.
#[derive(Default)]
pub struct Asking {
    running: Option<(u64, Wanted)>,
    answered: Option<Wanted>,
}

impl Asking {
    /// Wants an answer; returns whether to ask for it, under `number`, and whether what was answered last helps. One
    /// that runs is let finish when the collection has only grown since, so that steady growth cannot starve it.
    pub(super) fn want(&mut self, wanted: Wanted, number: u64) -> Option<bool> {
        if self.answered.as_ref().is_some_and(|answered| answered.is_same(&wanted)) {
            self.running = None;
            return None;
        }
        if let Some((_, running)) = &self.running
            && running.ask == wanted.ask
            && running.question == wanted.question
        {
            return None;
        }
        let helps = self
            .answered
            .as_ref()
            .is_some_and(|answered| answered.is_of_same(&wanted) && answered.ask.is_like(&wanted.ask));
        self.running = Some((number, wanted));
        Some(helps)
    }

    /// Takes an answer; `None` when it is stale.
    pub(super) fn answer(&mut self, number: u64) -> Option<&Wanted> {
        let (_, wanted) = self.running.take_if(|(running, _)| *running == number)?;
        Some(self.answered.insert(wanted))
    }

    /// Whether the question of that number is being answered.
    pub(super) fn is_of(&self, number: u64) -> bool {
        self.running.as_ref().is_some_and(|(running, _)| *running == number)
    }

    /// Whether what was answered last answers this.
    pub(super) fn is_answered(&self, wanted: &Wanted) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.is_same(wanted))
    }

    /// Whether what is being answered is asked of another filter's rows.
    pub(super) fn is_of_another(&self, question: &str) -> bool {
        self.running.as_ref().is_some_and(|(_, running)| running.question != question)
    }

    /// Gives up the question that is being answered.
    pub(super) fn give_up(&mut self) {
        self.running = None;
    }

    /// Counts as answered.
    pub(super) fn settle(&mut self, wanted: Wanted) {
        self.running = None;
        self.answered = Some(wanted);
    }

    /// Whether a question is being answered.
    pub fn is_asking(&self) -> bool {
        self.running.is_some()
    }
}
