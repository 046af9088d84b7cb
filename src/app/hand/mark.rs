//! Marking rows: from where it began to where one stands.

use super::stand::Stand;
use crate::app::{Model, RowKey, View, grouped, plural};
use crate::library::{Ordinal, QuotePlace};
use std::ops::RangeInclusive;

/// Where marking began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Anchor {
    /// At an article, on that row then.
    Article(Ordinal, usize),
    /// At a quotation, on that row then.
    Quote(QuotePlace, usize),
}

impl Model {
    /// Begins to mark rows where one stands, or lets go of those that are marked.
    pub(in crate::app) fn mark_rows(&mut self) {
        if self.hand.anchor.take().is_some() {
            return;
        }
        self.hand.anchor = match self.views.table() {
            None => self.list.current().map(|row| Anchor::Article(row, self.list.selected())),
            Some(table) => {
                let row = table.cursor.selected;
                table.saying(row).map(|saying| Anchor::Quote(saying.place, row))
            }
        };
        if self.hand.anchor.is_none() {
            self.notice = Some("there is nothing to mark here".to_owned());
        }
    }

    /// Lets go of the marked rows; `false` when there were none.
    pub(in crate::app) fn unmark_rows(&mut self) -> bool {
        let marked = self.marked().is_some();
        self.hand.anchor = None;
        marked
    }

    /// The marked rows of the list one is in.
    pub fn marked(&self) -> Option<RangeInclusive<usize>> {
        let anchor = self.hand.anchor.filter(|_| !self.is_reading())?;
        let (from, to) = match (anchor, self.views.now) {
            (Anchor::Article(article, near), View::Articles) => {
                let rows = self.list.shown();
                let same = rows.get(near) == Some(&article);
                let from = if same { Some(near) } else { rows.iter().position(|row| *row == article) };
                (from?, self.list.selected())
            }
            (Anchor::Quote(place, near), View::Quotes) => {
                let table = self.views.table()?;
                let same = table.saying(near).is_some_and(|saying| saying.place == place);
                let from = if same { Some(near) } else { table.place(&RowKey::Quote(place)) };
                (from?, table.cursor.selected)
            }
            _ => return None,
        };
        Some(from.min(to)..=from.max(to))
    }

    /// How many rows are marked, in words.
    pub fn marked_said(&self) -> Option<String> {
        let many = self.marked()?.count();
        Some(match self.views.now {
            View::Quotes => format!("{} marked", plural(many, "quotation")),
            _ => format!("{} marked", plural(many, "article")),
        })
    }

    /// What one takes from here: the marked rows, else what one stands on. An error when there are more than `most`.
    pub(in crate::app) fn stands(&self, most: usize) -> Result<Vec<Stand>, String> {
        let Some(marked) = self.marked() else { return Ok(self.stand().into_iter().collect()) };
        let many = marked.clone().count();
        if many > most {
            return Err(format!("{} are too many to copy: e exports them", grouped(many)));
        }
        Ok(match self.views.table() {
            None => {
                let rows = marked.filter_map(|row| self.list.shown().get(row).copied());
                rows.map(Stand::Article).collect()
            }
            Some(table) => {
                let places = marked.filter_map(|row| table.saying(row).map(|saying| saying.place));
                places.map(Stand::Quote).collect()
            }
        })
    }
}
