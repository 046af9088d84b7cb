//! News of the collection, and the questions the filter asks it.

use super::trail::Subject;
use super::{Effect, Effects, Model, Typing, plural};
use crate::article::Annotations;
use crate::library::{Folded, Ordinal, Snapshot, Update};
use crate::load::Problem;
use std::sync::Arc;

/// The exit status when there is nothing to read.
pub const NOTHING: u8 = 2;

impl Model {
    /// Asks for the rows of the filter as it stands.
    pub(super) fn ask(&mut self, effects: &mut Effects) {
        if self.filter.is_whole() {
            self.filter.settle();
            self.list.restart(self.shelf.whole());
            return;
        }
        effects.list.push(Effect::Search {
            generation: self.filter.ask(),
            snapshot: self.shelf.snapshot.clone(),
            query: self.filter.query().clone(),
            sort: self.filter.sort(),
        });
        self.list.unmove();
    }

    pub(super) fn found(&mut self, rows: Arc<Folded>, effects: &mut Effects) {
        let height = self.layout().list.height;
        self.list.replace(rows, height);
        self.aim(height);
        if self.filter.is_outdated() {
            self.ask_again(effects);
        }
    }

    /// Selects the article that is to be stood on, now that the list has it.
    fn aim(&mut self, height: u16) {
        if let Some(article) = self.trail.aim.take() {
            self.list.select_article(article, height);
        }
    }

    /// Lets go of what the collection that is read again knows by other ordinals.
    fn rebase(&mut self, snapshot: &Snapshot) {
        let id = |row: Ordinal| self.shelf.snapshot.article(row).map(|article| article.id);
        let mut chain = std::mem::take(&mut self.trail.chain);
        chain.retain_mut(|stop| match &mut stop.subject {
            Some(Subject::Article(row)) => {
                let Some(id) = id(*row) else { return false };
                let same = |new: &Ordinal| snapshot.article(*new).is_some_and(|article| article.id == id);
                let found = snapshot.newest_first().iter().copied().find(same);
                *row = found.unwrap_or(*row);
                found.is_some()
            }
            Some(Subject::Quote(_)) => false,
            _ => true,
        });
        self.trail.chain = chain;
        self.trail.forget();
        self.views.forget();
        self.desk.forget();
    }

    fn ask_again(&mut self, effects: &mut Effects) {
        if let Some(generation) = self.filter.ask_again() {
            let (snapshot, query) = (self.shelf.snapshot.clone(), self.filter.query().clone());
            effects.list.push(Effect::Search { generation, snapshot, query, sort: self.filter.sort() });
        }
    }

    pub(super) fn library(&mut self, update: Update, effects: &mut Effects) {
        match update {
            Update::Read { snapshot, progress, problems } => {
                if self.shelf.reloading {
                    if progress.is_some() {
                        self.shelf.reading = progress;
                        return;
                    }
                    return self.reloaded(snapshot, problems, effects);
                }
                self.shelf.reading = progress;
                self.shelf.problems.extend(problems);
                self.shelf.put(snapshot);
                if self.shelf.reading.is_none() && self.shelf.snapshot.is_empty() {
                    effects.list.push(Effect::Quit(NOTHING));
                }
            }
            Update::Annotated(snapshot) if !self.shelf.reloading => self.shelf.put(snapshot),
            Update::Annotated(_) => return,
        }
        let shelf = &mut self.shelf;
        shelf.early.retain(|&ordinal, _| shelf.snapshot.annotations(ordinal).is_none());
        self.refresh_list(effects);
        self.ask_for_stories(effects);
    }

    /// Puts a collection that was read again in the place of the old one.
    fn reloaded(&mut self, snapshot: Snapshot, problems: Vec<Problem>, effects: &mut Effects) {
        let current = self.list.current().and_then(|row| self.shelf.snapshot.line(row)).map(|line| line.id);
        self.rebase(&snapshot);
        self.shelf.reloading = false;
        self.shelf.reading = None;
        self.shelf.problems = problems;
        self.shelf.snapshot = snapshot;
        self.forget_stories();
        self.keeping.turn_to(self.shelf.opening);
        if matches!(self.typing, Some(Typing::Tags | Typing::Note)) {
            self.typing = None;
        }
        self.shelf.early.clear();
        self.list.forget_snippets();
        self.notice = Some(format!("read again: {}", plural(self.shelf.snapshot.len(), "article")));
        self.list.restart(self.shelf.whole());
        let height = self.layout().list.height;
        if let Some(ordinal) = current.and_then(|id| self.shelf.snapshot.ordinal(id)) {
            self.list.select_article(ordinal, height);
        }
        if !self.filter.is_whole() {
            self.ask_again(effects);
        }
        self.ask_for_stories(effects);
    }

    pub(super) fn refresh_list(&mut self, effects: &mut Effects) {
        if self.filter.is_whole() {
            let height = self.layout().list.height;
            self.list.replace(self.shelf.whole(), height);
        } else {
            self.ask_again(effects);
        }
    }

    pub(super) fn annotated(&mut self, known: Vec<(Ordinal, Arc<Annotations>)>) {
        for (ordinal, found) in known {
            if self.shelf.snapshot.annotations(ordinal).is_none() {
                self.shelf.early.insert(ordinal, found);
            }
        }
    }
}
