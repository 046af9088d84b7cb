//! What the left pane lists, beside articles: names, quotations, steps of time.

use super::ask::{Answer, Asking};
use super::facets::Facets;
use super::strip::Strip;
use super::{Action, Cursor};
use crate::article::{Day, Grain, Kind};
use crate::library::{Identity, Missed, Named, QuotePlace, Saying};
use crate::search::Query;
use tui_input::Input;

/// The views, each over what the filter leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The articles.
    #[default]
    Articles,
    /// The people they name.
    People,
    /// The countries they name.
    Countries,
    /// The organisations they name.
    Organisations,
    /// The other places they name.
    Places,
    /// Their quotations.
    Quotes,
    /// When they were published.
    Timeline,
    /// The countries they name, on a map.
    Map,
}

/// Orders of rows; on the timeline, how long its steps are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Named in most articles first.
    Most,
    /// Quoted most often first.
    Quoted,
    /// Named last first.
    Latest,
    /// By name.
    Name,
    /// Not those that are named but those that are left out, most clearly first.
    Missed,
    /// By story, the newest first.
    Story,
    /// The newest first.
    Newest,
    /// By speaker.
    Speaker,
    /// Carried by most articles first.
    Carried,
    /// In steps that fit the screen.
    Fitting,
    /// In steps of this length.
    Steps(Grain),
}

/// What a row is known by when the rows change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKey {
    /// Someone or something.
    Name(Identity),
    /// A quotation.
    Quote(QuotePlace),
    /// The step that holds this day.
    Day(Day),
}

/// The lists beside that of the articles.
#[derive(Default)]
pub struct Views {
    /// Which one is in the left pane.
    pub now: View,
    tables: [Table; 7],
    /// Whether the selected quotation is shown with what stands around it.
    pub context: bool,
    /// The query whose articles lie under those of the filter on the timeline.
    pub against: Option<Query>,
    /// What the articles of the filter have in common.
    pub facets: Facets,
}

/// One of the lists: its rows, where one is in it, what is looked for.
#[derive(Default)]
pub struct Table {
    /// What is looked for among its rows.
    pub find: Input,
    /// Its order: a place among those of its view.
    pub order: usize,
    /// What it lists.
    pub answer: Option<Answer>,
    /// Where one is.
    pub cursor: Cursor,
    /// The row to stand on once it is there.
    pub wanted: Option<RowKey>,
    /// Its question.
    pub asking: Asking,
    /// The lines in view.
    pub window: Vec<Strip>,
    /// What was typed before its first rows were there, to be done once they are.
    pub(super) ahead: Vec<Action>,
}

impl View {
    /// All of them, in the order of their keys.
    pub const ALL: [View; 8] = [
        View::Articles,
        View::People,
        View::Countries,
        View::Organisations,
        View::Places,
        View::Quotes,
        View::Timeline,
        View::Map,
    ];

    /// What it is called on the screen.
    pub fn title(self) -> &'static str {
        match self {
            View::Articles => "articles",
            View::People => "people",
            View::Countries => "countries",
            View::Organisations => "organisations",
            View::Places => "places",
            View::Quotes => "quotes",
            View::Timeline => "timeline",
            View::Map => "map",
        }
    }

    /// The kind of names it lists.
    pub fn kind(self) -> Option<Kind> {
        match self {
            View::People => Some(Kind::Person),
            View::Countries | View::Map => Some(Kind::Country),
            View::Organisations => Some(Kind::Organisation),
            View::Places => Some(Kind::Place),
            View::Articles | View::Quotes | View::Timeline => None,
        }
    }

    /// The view an action asks for.
    pub fn of(action: Action) -> Option<View> {
        Some(match action {
            Action::Articles => View::Articles,
            Action::People => View::People,
            Action::Countries => View::Countries,
            Action::Organisations => View::Organisations,
            Action::Places => View::Places,
            Action::Quotes => View::Quotes,
            Action::Timeline => View::Timeline,
            Action::Map => View::Map,
            _ => return None,
        })
    }

    /// The orders its rows can stand in, the usual one first.
    pub fn orders(self) -> &'static [Order] {
        match self {
            View::Articles => &[],
            View::People | View::Organisations => &[Order::Most, Order::Quoted, Order::Latest, Order::Name],
            View::Countries => &[Order::Most, Order::Missed, Order::Latest, Order::Name],
            View::Places | View::Map => &[Order::Most, Order::Latest, Order::Name],
            View::Quotes => &[Order::Story, Order::Newest, Order::Speaker, Order::Carried],
            View::Timeline => &[
                Order::Fitting,
                Order::Steps(Grain::Day),
                Order::Steps(Grain::Week),
                Order::Steps(Grain::Month),
                Order::Steps(Grain::Quarter),
                Order::Steps(Grain::Year),
                Order::Most,
            ],
        }
    }
}

impl Order {
    /// The order in words.
    pub fn said(self) -> &'static str {
        match self {
            Order::Most => "most articles",
            Order::Quoted => "most quoted",
            Order::Latest => "last seen",
            Order::Name => "by name",
            Order::Missed => "left out",
            Order::Story => "by story",
            Order::Newest => "newest first",
            Order::Speaker => "by speaker",
            Order::Carried => "most carried",
            Order::Fitting => "as fits",
            Order::Steps(Grain::Day) => "by day",
            Order::Steps(Grain::Week) => "by week",
            Order::Steps(Grain::Month) => "by month",
            Order::Steps(Grain::Quarter) => "by quarter",
            Order::Steps(Grain::Year) => "by year",
        }
    }
}

impl Views {
    /// The list of `view`; articles have their own.
    pub fn of(&self, view: View) -> Option<&Table> {
        self.tables.get((view as usize).checked_sub(1)?)
    }

    /// The list in the left pane; `None` when that is the articles'.
    pub fn table(&self) -> Option<&Table> {
        self.of(self.now)
    }

    /// As [`Views::table`], to be changed.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        self.tables.get_mut((self.now as usize).checked_sub(1)?)
    }

    /// The lists that are not in view.
    pub(super) fn others(&mut self) -> impl Iterator<Item = &mut Table> {
        let now = (self.now as usize).checked_sub(1);
        self.tables.iter_mut().enumerate().filter(move |(at, _)| Some(*at) != now).map(|(_, table)| table)
    }

    /// The order of the list in the left pane.
    pub fn order(&self) -> Option<Order> {
        let orders = self.now.orders();
        orders.get(self.table()?.order).or(orders.first()).copied()
    }

    /// Forgets what it lists: the collection was read again.
    pub(super) fn forget(&mut self) {
        self.facets.forget();
        for table in &mut self.tables {
            table.answer = None;
            table.wanted = None;
            table.asking = Asking::default();
            table.ahead.clear();
        }
    }
}

impl Table {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        match &self.answer {
            Some(
                Answer::Names { shown, .. }
                | Answer::Missed { shown, .. }
                | Answer::Sayings { shown, .. }
                | Answer::Steps { shown, .. },
            ) => shown.len(),
            _ => 0,
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The name on a row.
    pub fn named(&self, row: usize) -> Option<Named> {
        match &self.answer {
            Some(Answer::Names { names, shown, .. }) => names.get(*shown.get(row)? as usize),
            _ => self.missed(row).map(|missed| missed.named.clone()),
        }
    }

    /// What is left out on a row.
    pub fn missed(&self, row: usize) -> Option<&Missed> {
        match &self.answer {
            Some(Answer::Missed { missed, shown, .. }) => missed.get(*shown.get(row)? as usize),
            _ => None,
        }
    }

    /// The quotation on a row.
    pub fn saying(&self, row: usize) -> Option<&Saying> {
        match &self.answer {
            Some(Answer::Sayings { sayings, shown }) => sayings.list.get(*shown.get(row)? as usize),
            _ => None,
        }
    }

    /// The step of time on a row: its first day, and the first day behind it.
    pub fn step(&self, row: usize) -> Option<(Day, Day)> {
        match &self.answer {
            Some(Answer::Steps { steps, shown, grain, .. }) => {
                let from = steps.get(*shown.get(row)? as usize)?.from;
                Some((from, grain.next(from)))
            }
            _ => None,
        }
    }

    /// Whether the step of time on a row holds no articles, neither of the filter nor of what lies under them.
    pub(super) fn is_empty_step(&self, row: usize) -> bool {
        match &self.answer {
            Some(Answer::Steps { steps, shown, .. }) => {
                let step = shown.get(row).and_then(|&at| steps.get(at as usize));
                step.is_some_and(|step| step.articles + step.under == 0)
            }
            _ => false,
        }
    }

    /// What the selected row is known by.
    pub fn key(&self) -> Option<RowKey> {
        let row = self.cursor.selected;
        let name = || self.named(row).map(|named| RowKey::Name(named.identity));
        let quote = || self.saying(row).map(|saying| RowKey::Quote(saying.place));
        name().or_else(quote).or_else(|| self.step(row).map(|(from, _)| RowKey::Day(from)))
    }

    /// The row that is known by `key`.
    pub(super) fn place(&self, key: &RowKey) -> Option<usize> {
        if let (RowKey::Name(identity), Some(Answer::Names { names, shown, .. })) = (key, &self.answer) {
            let at = names.find(identity)?;
            return shown.iter().position(|&shown| shown as usize == at);
        }
        (0..self.len()).find(|&row| match key {
            RowKey::Name(identity) => {
                self.missed(row).is_some_and(|missed| missed.named.identity == *identity)
            }
            RowKey::Quote(place) => {
                self.saying(row).is_some_and(|saying| saying.carried().any(|carried| carried == *place))
            }
            RowKey::Day(day) => self.step(row).is_some_and(|(from, until)| from <= *day && *day < until),
        })
    }

    /// Puts other rows in place. One stays on the row one stood on, at the same line of the screen, once one has
    /// moved.
    pub(super) fn take(&mut self, answer: Answer) {
        let key = self.wanted.clone().or_else(|| self.key().filter(|_| self.cursor.moved));
        let above = self.cursor.selected.saturating_sub(self.cursor.top);
        let last = matches!(&answer, Answer::Steps { shown, .. } if shown.is_sorted());
        self.answer = Some(answer);
        match key.and_then(|key| self.place(&key)) {
            Some(row) => {
                self.cursor.selected = row;
                self.cursor.top = row.saturating_sub(above);
                self.wanted = None;
            }
            // Time is looked at from its end.
            None if !self.cursor.moved && last => self.cursor.selected = usize::MAX,
            None if !self.cursor.moved => (self.cursor.selected, self.cursor.top) = (0, 0),
            None => {}
        }
    }
}
