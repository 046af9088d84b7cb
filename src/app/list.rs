//! The list of articles: what it shows, what is selected, what is in view.

use crate::library::{Folded, Ordinal, Snapshot};
use crate::search::{Query, Snippet, snippet};
use std::collections::{HashMap, HashSet};
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
    folded: Arc<Folded>,
    /// Articles whose stories are unfolded.
    unfolded: Vec<Ordinal>,
    /// The rows: those of `folded`, and below the first one of an unfolded story its copies.
    shown: Arc<[Ordinal]>,
    selected: usize,
    top: usize,
    /// Whether the reader has moved; until then the selection stays at the top while articles arrive.
    moved: bool,
    snippets: Snippets,
}

/// What a row is to the story it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nobody else tells it.
    Alone,
    /// It stands for so many others.
    First(usize),
    /// It stands above so many others.
    Above(usize),
    /// It stands below the first one.
    Below,
}

impl Told {
    /// The sign of it on the row: how many articles are folded into it, or can be.
    pub fn sign(self) -> Option<String> {
        match self {
            Told::First(others) => Some(format!("+{others}")),
            Told::Above(others) => Some(format!("-{others}")),
            Told::Alone | Told::Below => None,
        }
    }
}

impl List {
    /// The articles that are listed, those that are folded away too, in order.
    pub fn rows(&self) -> &Arc<[Ordinal]> {
        self.folded.all()
    }

    /// The rows, in order.
    pub fn shown(&self) -> &Arc<[Ordinal]> {
        &self.shown
    }

    /// What the row of an article is to its story.
    pub fn told(&self, ordinal: Ordinal) -> Told {
        let copies = self.folded.copies(ordinal);
        let unfolded = || self.unfolded.iter().any(|known| copies.contains(known));
        match copies.first() {
            None => Told::Alone,
            Some(&first) if first != ordinal => Told::Below,
            Some(_) if unfolded() => Told::Above(copies.len() - 1),
            Some(_) => Told::First(copies.len() - 1),
        }
    }

    /// Unfolds the story of the selected article, or folds it; `false` when nobody else tells it.
    pub fn unfold(&mut self, height: u16) -> bool {
        let Some(current) = self.current() else { return false };
        let copies = self.folded.copies(current);
        let Some(&first) = copies.first() else { return false };
        let known = self.unfolded.len();
        self.unfolded.retain(|one| !copies.contains(one));
        let stays = if self.unfolded.len() == known {
            self.unfolded.push(current);
            current
        } else {
            first
        };
        self.lay_out();
        self.moved = true;
        self.stand_on(stays);
        self.settle(height);
        true
    }

    /// Puts the copies of unfolded stories below the first ones.
    fn lay_out(&mut self) {
        let first = |&one: &Ordinal| self.folded.copies(one).first().copied();
        let unfolded: HashSet<Ordinal> = self.unfolded.iter().filter_map(first).collect();
        self.shown = if unfolded.is_empty() {
            Arc::clone(self.folded.rows())
        } else {
            let mut shown = Vec::with_capacity(self.folded.rows().len());
            for &row in self.folded.rows().iter() {
                shown.push(row);
                if unfolded.contains(&row) {
                    shown.extend(self.folded.copies(row).iter().skip(1));
                }
            }
            shown.into()
        };
    }

    /// Selects the row of an article, if it has one; its story is unfolded when it is folded away.
    fn stand_on(&mut self, ordinal: Ordinal) -> bool {
        let place = |list: &List| list.shown.iter().position(|&row| row == ordinal);
        let found = place(self).or_else(|| {
            let hidden = self.folded.copies(ordinal).contains(&ordinal);
            hidden.then(|| {
                self.unfolded.push(ordinal);
                self.lay_out();
                place(self)
            })?
        });
        self.selected = found.unwrap_or(self.selected);
        found.is_some()
    }

    /// The selected row; 0 when there is none.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The selected article.
    pub fn current(&self) -> Option<Ordinal> {
        self.shown.get(self.selected).copied()
    }

    /// The first row in view.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The rows in view on `height` lines, with their places.
    pub fn visible(&self, height: u16) -> impl Iterator<Item = (usize, Ordinal)> {
        let many = usize::from(height.div_ceil(ROW));
        self.shown.iter().copied().enumerate().skip(self.top).take(many)
    }

    /// Puts other rows in place. The selection stays with its article, on the same line of the screen where that can
    /// be; an article that is gone gives way to the one at its place.
    pub fn replace(&mut self, rows: Arc<Folded>, height: u16) {
        let current = self.current().filter(|_| self.moved);
        let line = self.selected.saturating_sub(self.top);
        self.folded = rows;
        self.unfolded.retain(|one| self.folded.more(*one) > 0);
        self.lay_out();
        match current {
            Some(current) => {
                self.stand_on(current);
                self.selected = self.selected.min(self.shown.len().saturating_sub(1));
                self.top = self.selected.saturating_sub(line);
            }
            None => (self.selected, self.top) = (0, 0),
        }
        self.settle(height);
    }

    /// Puts the answer to another question in place: the best row is selected.
    pub fn restart(&mut self, rows: Arc<Folded>) {
        let snippets = std::mem::take(&mut self.snippets);
        *self = List { shown: Arc::clone(rows.rows()), folded: rows, snippets, ..List::default() };
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
        if self.stand_on(ordinal) {
            self.select(self.selected, height);
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

    /// Scrolls as little as brings the selection whole into view, and never past the end. Where it has no lines it stays
    /// as it is, to be found so again.
    pub fn settle(&mut self, height: u16) {
        if height == 0 {
            self.selected = self.selected.min(self.shown.len().saturating_sub(1));
            return;
        }
        let whole = usize::from(height / ROW).max(1);
        self.selected = self.selected.min(self.shown.len().saturating_sub(1));
        let lowest = self.shown.len().saturating_sub(whole);
        self.top = self.top.min(lowest).min(self.selected).max((self.selected + 1).saturating_sub(whole));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(rows: &[Ordinal]) -> List {
        let mut list = List::default();
        list.replace(alone(rows), 10);
        list
    }

    fn alone(rows: &[Ordinal]) -> Arc<Folded> {
        Arc::new(Folded::alone(rows.into()))
    }

    #[test]
    fn the_selection_stays_with_its_article() {
        let mut list = list(&[3, 2, 1]);
        list.step(1, 10);
        list.replace(alone(&[9, 8, 3, 2, 1]), 10);
        assert_eq!(list.current(), Some(2));
        list.replace(alone(&[9, 8]), 10);
        assert_eq!(list.current(), Some(8));
        list.replace(alone(&[]), 10);
        assert_eq!(list.current(), None);
    }

    #[test]
    fn untouched_it_stays_at_the_top() {
        let mut list = list(&[3]);
        list.replace(alone(&[4, 3]), 10);
        assert_eq!(list.current(), Some(4));
    }

    #[test]
    fn what_arrives_above_does_not_move_the_selected_line() {
        let mut list = list(&(0..50).collect::<Vec<_>>());
        list.select(20, 10);
        let line = list.selected() - list.top();
        list.replace(alone(&(100..140).chain(0..50).collect::<Vec<_>>()), 10);
        assert_eq!(list.current(), Some(20));
        assert_eq!(list.selected() - list.top(), line);
    }

    #[test]
    fn a_story_unfolds_below_its_first_row() {
        let mut list = List::default();
        list.replace(Arc::new(Folded::of(&[vec![7], vec![3, 5, 4], vec![9]])), 10);
        assert_eq!((list.shown().as_ref(), list.rows().len()), ([7, 3, 9].as_slice(), 5));
        assert!(!list.unfold(10), "nobody else tells it");
        list.select(1, 10);
        assert_eq!(list.told(3), Told::First(2));
        assert!(list.unfold(10));
        assert_eq!(list.shown().as_ref(), [7, 3, 5, 4, 9]);
        assert_eq!([3, 5, 9].map(|row| list.told(row)), [Told::Above(2), Told::Below, Told::Alone]);
        list.step(2, 10);
        assert_eq!(list.current(), Some(4));
        assert!(list.unfold(10));
        assert_eq!((list.shown().as_ref(), list.current()), ([7, 3, 9].as_slice(), Some(3)));
        // An article that is folded away is stood on all the same.
        list.select_article(5, 10);
        assert_eq!((list.shown().len(), list.current()), (5, Some(5)));
        // And stays in place when it is another's copy from now on, or nobody's any more.
        list.replace(Arc::new(Folded::of(&[vec![9, 5], vec![3], vec![4]])), 10);
        assert_eq!((list.shown().as_ref(), list.current()), ([9, 5, 3, 4].as_slice(), Some(5)));
        list.replace(Arc::new(Folded::of(&[vec![9], vec![5]])), 10);
        assert_eq!((list.shown().as_ref(), list.current()), ([9, 5].as_slice(), Some(5)));
    }

    proptest! {
        #[test]
        fn the_selection_is_always_in_view(
            groups in prop::collection::vec(1usize..5, 0..60),
            steps in prop::collection::vec((-30isize..30, 0u16..40, any::<bool>()), 0..40),
        ) {
            let mut rows = 0u32..;
            let groups: Vec<Vec<Ordinal>> =
                groups.into_iter().map(|many| rows.by_ref().take(many).collect()).collect();
            let mut list = List::default();
            list.replace(Arc::new(Folded::of(&groups)), 10);
            for (step, height, unfold) in steps {
                list.step(step, height);
                let before = list.current();
                if unfold && list.unfold(height) {
                    let story = |row: Option<Ordinal>| groups.iter().position(|group| row.is_some_and(|row| group.contains(&row)));
                    prop_assert_eq!(story(list.current()), story(before));
                }
                let whole = usize::from(height / ROW).max(1);
                prop_assert!(list.selected() < list.shown().len().max(1));
                // Without a line nothing is in view.
                prop_assert!(height == 0 || list.top() <= list.selected() && list.selected() < list.top() + whole);
                // Every article has at most one row, and those of a story follow each other.
                let mut seen = list.shown().to_vec();
                prop_assert!(seen.is_sorted());
                seen.dedup();
                prop_assert_eq!(seen.len(), list.shown().len());
            }
        }
    }
}
