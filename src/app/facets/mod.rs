//! The third pane: what the articles of the filter have in common. Each value of it is a condition that is put on the
//! filter line and taken off again; what stands there is the whole truth, however it came there.

mod rows;

use super::ask::Asking;
use super::card::Named;
use super::strip::{Look, Strip};
use super::{Cursor, Wanted, line};
use crate::article::Kind;
use crate::library::{Facet, Facets as Counted, Value};
use crate::search::{Condition, Query, Scope, Term};
use crate::words::Country;
use std::sync::Arc;

/// At most so many values of each group are asked for.
pub(super) const MOST: usize = 48;

/// What values are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// The people that are named.
    People,
    /// The countries that are named.
    Countries,
    /// The outlets.
    Outlets,
    /// The languages.
    Languages,
    /// Who is quoted.
    Speakers,
}

/// A value, and the condition that an article has it.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is of.
    pub group: Group,
    /// What it is called.
    pub name: String,
    /// Who or what it is, if it was counted and is a name.
    pub named: Option<Named>,
    /// The condition as it is written on the line.
    pub condition: String,
    /// How many articles have it; `None` where that is not counted.
    pub articles: Option<u64>,
    /// Whether it is on the line.
    pub on: bool,
    /// The condition as it is read.
    pub(super) term: Term,
}

/// The pane.
#[derive(Default)]
pub struct Facets {
    /// Whether it has the keys.
    pub keys: bool,
    /// Where one is among its rows.
    pub cursor: Cursor,
    /// The lines in view.
    pub window: Vec<Strip>,
    pub(super) asking: Asking,
    /// All values that were counted, by group.
    known: Vec<Row>,
    /// How many there are of each group.
    distinct: Vec<(Group, usize)>,
    /// Those that are shown.
    rows: Vec<Row>,
    /// Whether anything was counted yet.
    counted: bool,
    /// What was counted of all articles, so that letting go of the filter costs nothing.
    whole: Option<(Wanted, Arc<Counted>)>,
}

impl Group {
    /// All of them, in the order they are shown.
    pub const ALL: [Group; 5] =
        [Group::People, Group::Countries, Group::Outlets, Group::Languages, Group::Speakers];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::People => "people",
            Group::Countries => "countries",
            Group::Outlets => "outlets",
            Group::Languages => "languages",
            Group::Speakers => "quoted",
        }
    }

    /// The group a condition belongs to.
    fn of(term: &Term) -> Option<Group> {
        Some(match term.condition {
            Condition::Word(Scope::Named(Kind::Person), _) => Group::People,
            Condition::Word(Scope::Named(Kind::Country), _) | Condition::Countries(_) => Group::Countries,
            Condition::Word(Scope::Outlet, _) => Group::Outlets,
            Condition::Word(Scope::By, _) => Group::Speakers,
            Condition::Language(_) => Group::Languages,
            _ => return None,
        })
    }

    fn values(self, counted: &Counted) -> &Facet {
        match self {
            Group::People => &counted.people,
            Group::Countries => &counted.countries,
            Group::Outlets => &counted.outlets,
            Group::Languages => &counted.languages,
            Group::Speakers => &counted.speakers,
        }
    }

    /// A value with its condition; `None` where the filter line has no words for it.
    fn row(self, value: &Value) -> Option<Row> {
        let condition = match (self, &value.identity) {
            (Group::Outlets, _) => line::carried_by(&value.name),
            (Group::Languages, _) => line::in_language(&value.name),
            (Group::Speakers, _) => line::said_by(&value.name),
            (_, Some(identity)) => line::condition(identity.kind, &value.name, value.country),
            (_, None) => return None,
        };
        let query = Query::parse(&condition).ok()?;
        let [term] = query.terms() else { return None };
        Group::of(term)?;
        Some(Row {
            group: self,
            name: value.name.clone(),
            named: value.identity.clone().map(|identity| Named {
                identity,
                name: value.name.clone(),
                country: value.country,
            }),
            articles: Some(value.articles),
            on: false,
            term: term.clone(),
            condition,
        })
    }
}

impl Row {
    /// A condition on the line that no value stands for.
    fn of_line(query: &Query, term: &Term) -> Option<Row> {
        let written = term.span.of(query.source());
        let value = term.field.map_or(written, |field| written.get(field.len()..).unwrap_or_default());
        Some(Row {
            group: Group::of(term)?,
            name: value.trim_matches(['"', '“', '”', '„', '«', '»']).to_owned(),
            named: None,
            condition: written.to_owned(),
            articles: None,
            on: true,
            term: term.clone(),
        })
    }

    /// Of a country, its code.
    fn code(&self) -> Option<Country> {
        self.named.as_ref()?.country.filter(|_| self.group == Group::Countries)
    }

    fn is_like(&self, other: &Row) -> bool {
        self.group == other.group && line::is_same(&self.term, &other.term)
    }
}

impl Facets {
    /// What it shows, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// What it is, and the key that leads there.
    pub fn head(&self) -> Strip {
        let asking = if self.asking.is_asking() { "… " } else { "" };
        let key = if self.keys { "" } else { "F" };
        Strip::of("narrow by", Look::Title).end(asking, Look::Quiet).end(key, Look::Quiet)
    }

    /// The row one stands on.
    pub fn current(&self) -> Option<&Row> {
        self.rows.get(self.cursor.selected)
    }

    /// Moves by so many rows, stopping at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        self.cursor.step(rows);
        self.cursor.selected = self.cursor.selected.min(self.rows.len().saturating_sub(1));
    }

    /// Scrolls by so many rows: the wheel moves what one sees, whichever row one stands on.
    pub(super) fn scroll(&mut self, rows: isize) {
        let mut seen = self.window.iter().filter_map(|line| line.entry);
        let (first, last) = (seen.next(), seen.next_back());
        if let Some(edge) = if rows > 0 { last.or(first) } else { first } {
            self.cursor.go(edge);
            self.step(rows);
        }
    }

    /// Goes to the first row of the next group, or of this one and then of the one before.
    pub(super) fn step_group(&mut self, forward: bool) {
        let begins = |&row: &usize| {
            let group = |row: usize| self.rows.get(row).map(|row| row.group);
            row == 0 || group(row - 1) != group(row)
        };
        let here = self.cursor.selected;
        let found =
            if forward { (here + 1..self.rows.len()).find(begins) } else { (0..here).rev().find(begins) };
        self.cursor.go(found.unwrap_or(here));
    }

    /// Takes what was counted.
    pub(super) fn take(&mut self, counted: &Counted) {
        let of = |group: Group| group.values(counted).top.iter().filter_map(move |value| group.row(value));
        self.known = Group::ALL.into_iter().flat_map(of).collect();
        self.distinct = Group::ALL.iter().map(|&group| (group, group.values(counted).distinct)).collect();
        self.counted = true;
    }

    /// Keeps what was counted of all articles.
    pub(super) fn keep(&mut self, wanted: Wanted, counted: &Arc<Counted>) {
        self.whole = Some((wanted, Arc::clone(counted)));
    }

    /// Takes what was counted before, if that answers.
    pub(super) fn recall(&mut self, wanted: &Wanted) {
        let known = self.whole.as_ref().filter(|(known, _)| known.is_same(wanted));
        if let Some(counted) = known.map(|(_, counted)| Arc::clone(counted))
            && !self.asking.is_answered(wanted)
        {
            self.asking.settle(wanted.clone());
            self.take(&counted);
        }
    }

    /// Forgets what was counted: the collection was read again.
    pub(super) fn forget(&mut self) {
        *self = Facets { keys: self.keys, cursor: self.cursor, ..Facets::default() };
    }
}
