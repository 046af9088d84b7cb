//! The list of articles: what it shows, what is selected, what is in view.

use crate::library::{Ordinal, Snapshot};
use crate::search::{Query, Snippet, snippet};
use std::collections::HashMap;
use std::sync::Arc;

/// Lines a row takes.
pub const ROW: u16 = 2;

/// From so many columns on, the line of a hit stands behind the date.
pub const DATED: usize = 44;

/// Columns of a date and what stands between it and the line: "12 Jul 2025 · ".
const DATE: usize = 14;

/// The lines that answer to a query, of the articles that were in view.
#[derive(Debug, Clone, Default)]
struct Snippets {
    query: Query,
    columns: usize,
    of: HashMap<Ordinal, Option<Snippet>>,
}

/// So many are kept.
const KEPT: usize = 1000;

/// Rows, a selection that stays with its article, and the first row in view.
#[derive(Debug, Clone, Default)]
pub struct List {
    rows: Arc<[Ordinal]>,
    selected: usize,
    top: usize,
    /// Whether the reader has moved; until then the selection stays at the top while articles arrive.
    moved: bool,
    snippets: Snippets,
}

impl List {
    /// What is listed, in order.
    pub fn rows(&self) -> &Arc<[Ordinal]> {
        &self.rows
    }

    /// The selected row; 0 when there is none.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected article.
    pub fn current(&self) -> Option<Ordinal> {
        self.rows.get(self.selected).copied()
    }

    /// The first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The rows in view on `height` lines, with their places.
    pub fn visible(&self, height: u16) -> impl Iterator<Item = (usize, Ordinal)> {
        let many = usize::from(height.div_ceil(ROW));
        self.rows.iter().copied().enumerate().skip(self.top).take(many)
    }

    /// Puts other rows in place. The selection stays with its article, on the same line of the screen where that can
    /// be; an article that is gone gives way to the one at its place.
    pub fn replace(&mut self, rows: Arc<[Ordinal]>, height: u16) {
        if self.moved
            && let Some(current) = self.current()
        {
            let line = self.selected.saturating_sub(self.top);
            let place = rows.iter().position(|&row| row == current);
            self.selected = place.unwrap_or(self.selected.min(rows.len().saturating_sub(1)));
            self.top = self.selected.saturating_sub(line);
        } else {
            self.selected = 0;
            self.top = 0;
        }
        self.rows = rows;
        self.settle(height);
    }

    /// Puts the answer to another question in place: the best row is selected.
    pub fn restart(&mut self, rows: Arc<[Ordinal]>) {
        let snippets = std::mem::take(&mut self.snippets);
        *self = List { rows, selected: 0, top: 0, moved: false, snippets };
    }

    /// Whether the reader has moved in it.
    pub fn is_moved(&self) -> bool {
        self.moved
    }

    /// Lets the selection go to the best row of the next answer.
    pub fn unmove(&mut self) {
        self.moved = false;
    }

    /// Keeps the selection with its article in the next answer.
    pub fn touch(&mut self) {
        self.moved = true;
    }

    /// Selects `row`, or the last one.
    pub fn select(&mut self, row: usize, height: u16) {
        self.selected = row;
        self.moved = true;
        self.settle(height);
    }

    /// Selects the article `ordinal`, if it is listed.
    pub fn select_article(&mut self, ordinal: Ordinal, height: u16) {
        if let Some(row) = self.rows.iter().position(|&row| row == ordinal) {
            self.select(row, height);
        }
    }

    /// Moves the selection by `rows`, stopping at the ends.
    pub fn step(&mut self, rows: isize, height: u16) {
        self.select(self.selected.saturating_add_signed(rows), height);
    }

    /// The line of an article's text that answers to the filter, if it was asked of texts.
    pub fn snippet(&self, ordinal: Ordinal) -> Option<&Snippet> {
        self.snippets.of.get(&ordinal)?.as_ref()
    }

    /// Finds the lines of the texts of the articles in view, `columns` being those of a row's second line.
    pub(super) fn find_snippets(&mut self, snapshot: &Snapshot, query: &Query, columns: usize, height: u16) {
        let columns = columns.saturating_sub(if columns >= DATED { DATE } else { 0 });
        if self.snippets.query != *query || self.snippets.columns != columns || self.snippets.of.len() > KEPT
        {
            self.snippets = Snippets { query: query.clone(), columns, of: HashMap::new() };
        }
        if !query.reads_bodies() {
            return;
        }
        let missing: Vec<Ordinal> = self
            .visible(height)
            .map(|(_, ordinal)| ordinal)
            .filter(|ordinal| !self.snippets.of.contains_key(ordinal))
            .collect();
        for ordinal in missing {
            let article = snapshot.article(ordinal);
            let found = article.and_then(|article| snippet(query, &article.body, columns));
            self.snippets.of.insert(ordinal, found);
        }
    }

    /// Forgets the lines that were found: the articles are read again.
    pub(super) fn forget_snippets(&mut self) {
        self.snippets = Snippets::default();
    }

    /// Scrolls as little as brings the selection whole into view, and never past the end.
    pub fn settle(&mut self, height: u16) {
        let whole = usize::from(height / ROW).max(1);
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let lowest = self.rows.len().saturating_sub(whole);
        self.top = self.top.min(lowest).min(self.selected).max((self.selected + 1).saturating_sub(whole));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(rows: &[Ordinal]) -> List {
        let mut list = List::default();
        list.replace(rows.into(), 10);
        list
    }

    #[test]
    fn the_selection_stays_with_its_article() {
        let mut list = list(&[3, 2, 1]);
        list.step(1, 10);
        list.replace([9, 8, 3, 2, 1].into(), 10);
        assert_eq!(list.current(), Some(2));
        list.replace([9, 8].into(), 10);
        assert_eq!(list.current(), Some(8));
        list.replace([].into(), 10);
        assert_eq!(list.current(), None);
    }

    #[test]
    fn untouched_it_stays_at_the_top() {
        let mut list = list(&[3]);
        list.replace([4, 3].into(), 10);
        assert_eq!(list.current(), Some(4));
    }

    #[test]
    fn what_arrives_above_does_not_move_the_selected_line() {
        let mut list = list(&(0..50).collect::<Vec<_>>());
        list.select(20, 10);
        let line = list.selected() - list.top();
        list.replace((100..140).chain(0..50).collect(), 10);
        assert_eq!(list.current(), Some(20));
        assert_eq!(list.selected() - list.top(), line);
    }

    proptest! {
        #[test]
        fn the_selection_is_always_in_view(
            len in 0u32..200,
            steps in prop::collection::vec((-30isize..30, 0u16..40), 0..40),
        ) {
            let mut list = list(&(0..len).collect::<Vec<_>>());
            for (step, height) in steps {
                list.step(step, height);
                let whole = usize::from(height / ROW).max(1);
                prop_assert!(list.selected() < (len as usize).max(1));
                prop_assert!(list.top() <= list.selected() && list.selected() < list.top() + whole);
            }
        }
    }
}
