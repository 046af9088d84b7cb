//! What each action does in the lists of names, quotations and days.

use crate::app::line::between;
use crate::app::{Action, Context, Effects, Model, Order, Subject, Typing, View};

/// So many actions wait for rows at most.
const AHEAD: usize = 64;

impl Model {
    pub(in crate::app) fn act_on_table(&mut self, action: Action, effects: &mut Effects) {
        if self.is_ahead(action) {
            return;
        }
        let page = self.rows_in_view();
        match action {
            Action::Down => self.step_table(1),
            Action::Up => self.step_table(-1),
            Action::HalfPageDown => self.step_table((page / 2).max(1)),
            Action::HalfPageUp => self.step_table(-(page / 2).max(1)),
            Action::PageDown => self.step_table(page),
            Action::PageUp => self.step_table(-page),
            Action::First => self.step_table(isize::MIN),
            Action::Last => self.step_table(isize::MAX),
            Action::Open => self.open_row(effects),
            Action::Beside => self.enter_beside(),
            Action::Sort => self.sort(),
            Action::Find if self.has_nothing_to_find() => {
                self.notice = Some("there are no rows here to look through".to_owned());
            }
            Action::Find => self.typing = Some(Typing::Find),
            Action::Around => self.views.context = !self.views.context,
            Action::Compare => self.compare(),
            Action::ClearFilter if self.unmark_rows() => {}
            Action::ClearFilter => {
                let looked_for = self.views.table().is_some_and(|table| !table.find.value().is_empty());
                if looked_for {
                    self.find_nothing();
                } else {
                    self.clear_filter(effects);
                }
            }
            Action::Back => self.visit(View::Articles),
            _ => self.act_on_panes(action, effects),
        }
    }

    /// Whether the view has no rows, and none will come: looking through them would change nothing.
    fn has_nothing_to_find(&self) -> bool {
        self.views.table().is_some_and(|table| {
            let answered = table.answer.is_some() && !table.asking.is_asking();
            answered && table.is_empty() && table.find.value().is_empty()
        }) && self.shelf.annotating().is_none()
            && self.shelf.reading.is_none()
    }

    /// Whether an action waits for the first rows of the view. Another than those that walk through rows does not, and
    /// makes an end of what waits.
    fn is_ahead(&mut self, action: Action) -> bool {
        use Action::{Beside, Down, First, HalfPageDown, HalfPageUp, Last, Open, PageDown, PageUp, Up};
        let walks = matches!(
            action,
            Down | Up | HalfPageDown | HalfPageUp | PageDown | PageUp | First | Last | Open | Beside
        );
        let Some(table) = self.views.table_mut() else { return false };
        let waits = table.asking.is_asking() && (table.answer.is_none() || !table.ahead.is_empty());
        if !(waits && walks) {
            table.ahead.clear();
        } else if table.ahead.len() < AHEAD {
            table.ahead.push(action);
        }
        waits && walks
    }

    /// Does what was typed before the rows of the view were there.
    pub(in crate::app) fn do_ahead(&mut self, effects: &mut Effects) {
        let table = self.views.table_mut().filter(|table| !table.asking.is_asking());
        for action in table.map(|table| std::mem::take(&mut table.ahead)).unwrap_or_default() {
            self.act(self.context(), action, effects);
            self.arrange();
        }
    }

    /// How many rows are in view; at least one.
    fn rows_in_view(&self) -> isize {
        let rows = self.views.table().map_or(0, |table| {
            let mut seen =
                table.window.iter().filter_map(|strip| strip.entry).filter(|&row| row < table.len());
            let first = seen.next();
            first.map_or(0, |first| seen.next_back().unwrap_or(first) - first + 1)
        });
        isize::try_from(rows).unwrap_or(isize::MAX).max(1)
    }

    /// Does what a row of the view is for.
    fn open_row(&mut self, effects: &mut Effects) {
        if self.views.table().is_none_or(crate::app::Table::is_empty) {
            return;
        }
        match self.context() {
            Context::Quotes => {
                let table = self.views.table();
                let place = table.and_then(|table| table.saying(table.cursor.selected));
                if let Some((row, quote)) = place.map(|saying| saying.place) {
                    self.enter_article(row, Some(quote));
                }
            }
            Context::Timeline => {
                let table = self.views.table();
                let Some((from, until)) = table.and_then(|table| table.step(table.cursor.selected)) else {
                    return;
                };
                if table.is_some_and(|table| table.is_empty_step(table.cursor.selected)) {
                    self.notice = Some("no article is of that time".to_owned());
                    return;
                }
                let condition = between(from, until);
                // Days cannot be divided further: what is left is to read.
                if self.filter.input.value().contains(&condition) {
                    return self.visit(View::Articles);
                }
                self.depart();
                self.find_nothing();
                self.narrow(&condition, false, effects);
            }
            Context::Map => self.pivot(false, effects),
            _ => self.enter(None),
        }
    }

    /// Goes into what stands beside the list.
    fn enter_beside(&mut self) {
        if self.views.table().is_none_or(crate::app::Table::is_empty) {
            return;
        }
        if self.views.now == View::Map {
            if let Some(named) = self.selected_name() {
                self.enter(Some(Subject::Name(named)));
            }
        } else {
            self.enter(None);
        }
    }

    fn sort(&mut self) {
        let orders = self.views.now.orders();
        let missed = |at: usize| orders.get(at) == Some(&Order::Missed);
        // All articles leave nothing out.
        let all = self.filter.is_empty();
        if let Some(table) = self.views.table_mut() {
            let before = table.order;
            let next = |order: usize| (order + 1) % orders.len().max(1);
            table.order = next(before);
            if missed(table.order) && all {
                table.order = next(table.order);
            }
            if missed(table.order) || missed(before) {
                // Other rows, not the same in another order.
                (table.cursor, table.wanted) = Default::default();
            } else {
                // The row one stands on is kept; one that was never moved stays at the beginning.
                table.wanted = table.key().filter(|_| table.cursor.moved);
            }
        }
        if let Some(order) = self.views.order() {
            self.notice = Some(match order {
                Order::Missed => "left out: at most half as many as expected, by G²".to_owned(),
                order => format!("order: {}", order.said()),
            });
        }
    }

    /// Looks for nothing any more in the list; one stays on the row that was found.
    pub(in crate::app) fn find_nothing(&mut self) {
        if let Some(table) = self.views.table_mut() {
            table.wanted = table.key();
            table.find.reset();
        }
    }

    /// Keeps the articles of the filter under those of the next, or lets go of them.
    fn compare(&mut self) {
        let said = match self.views.against.take() {
            Some(_) => "compared with nothing any more",
            None => {
                self.views.against = Some(self.filter.query().clone());
                "kept: change the filter with / and compare"
            }
        };
        self.notice = Some(said.to_owned());
    }
}
