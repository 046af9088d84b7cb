//! Brings every pane in line with size, rows and selection, and asks for what is missing.

use super::ask::{Ask, Side, Wanted};
use super::layout::measure;
use super::rows::{self, Sheet};
use super::trail::Subject;
use super::views::{Order, View};
use super::{Answer, Document, Effect, Effects, Model, card, facets};
use crate::library::{Kept, Ordinal};
use crate::search::Query;
use std::sync::Arc;

impl Model {
    /// Brings lists, article and card in line.
    pub(super) fn arrange(&mut self) {
        let layout = self.layout();
        self.list.settle(layout.list.height);
        if self.views.now == View::Articles {
            let columns = usize::from(layout.list.width.saturating_sub(4));
            self.list.find_snippets(&self.shelf.snapshot, self.filter.query(), columns, layout.list.height);
        }
        self.arrange_table();
        let (measure, height) = (measure(layout.reader.width), usize::from(layout.reader.height));
        let article = match self.subject() {
            Some(Subject::Article(ordinal)) if layout.reader.area() > 0 => Some(ordinal),
            _ => None,
        };
        let document = article.and_then(|ordinal| {
            let article = self.shelf.snapshot.article(ordinal)?;
            let ledger = self.shelf.snapshot.ledger();
            self.reader.recall(&article, ledger.position(ordinal).unwrap_or(0));
            let kept = Kept { position: None, ..ledger.kept(ordinal) };
            Some(Document { kept, ..Document::new(ordinal, article, self.shelf.annotations(ordinal)) })
        });
        let same = match (self.reader.document(), &document) {
            (Some(old), Some(new)) => {
                Arc::ptr_eq(&old.article, &new.article)
                    && old.kept == new.kept
                    && old.annotations.as_deref().is_some() == new.annotations.is_some()
            }
            (None, None) => true,
            _ => false,
        };
        if same {
            self.reader.resize(measure, height);
        } else {
            self.reader.show(document, measure, height);
            self.reader.mark(self.filter.query());
        }
        self.arrange_card(height, card::columns(&layout));
        self.arrange_facets();
    }

    fn arrange_facets(&mut self) {
        let Some(wanted) = self.wanted_facets() else { return };
        let area = self.layout().facets;
        let (columns, height) = (usize::from(area.width).saturating_sub(2), usize::from(area.height));
        let waits = self.shelf.annotating().is_some() || self.filter.is_asking();
        let facets = &mut self.views.facets;
        facets.recall(&wanted);
        facets.settle(self.filter.query(), columns, height.saturating_sub(1), waits);
    }

    /// What the facets ask; `None` while they are not seen.
    fn wanted_facets(&self) -> Option<Wanted> {
        (self.layout().facets.area() > 0).then(|| self.wanted(Ask::Facets(facets::MOST)))
    }

    fn arrange_card(&mut self, height: usize, columns: usize) {
        self.desk.resize(&self.shelf.snapshot, columns);
        if let Some(subject) = self.subject()
            && let Some(wanted) = self.wanted_card(&subject)
            && self.desk.card.as_ref().is_none_or(|card| card.subject != subject)
            && let Some(answer) = self.desk.recall(&wanted)
        {
            self.desk.asking.settle(wanted);
            self.show_card(subject, answer);
        }
        if let Some(card) = &mut self.desk.card {
            card.settle(height);
        }
    }

    /// Columns of a row of a view's list.
    pub(super) fn list_columns(&self) -> usize {
        usize::from(self.layout().list.width).saturating_sub(3).max(1)
    }

    fn arrange_table(&mut self) {
        let area = self.layout().list;
        let (view, order, context) = (self.views.now, self.views.order(), self.views.context);
        let Some(table) = self.views.table() else { return };
        let columns = self.list_columns();
        let height = usize::from(area.height).saturating_sub(1);
        let mut cursor = table.cursor;
        let sheet = Sheet { view, order, table, shelf: &self.shelf, columns, context };
        if area.height > 0 {
            cursor.settle(table.len(), height, |row| sheet.height(row));
        } else {
            // It is found again as it was left.
            cursor.selected = cursor.selected.min(table.len().saturating_sub(1));
        }
        let mut window = Vec::with_capacity(height);
        if table.is_empty() {
            let left = (!self.filter.is_empty(), !self.list.rows().is_empty());
            window = rows::empty(&self.views, &self.shelf, left, columns);
        } else {
            // What is settled decides which quotation is unfolded.
            let find = Query::parse(table.find.value()).unwrap_or_default();
            for row in cursor.top..table.len() {
                window.extend(sheet.lines(row, &find));
                if window.len() >= height {
                    break;
                }
            }
        }
        window.truncate(height);
        if let Some(table) = self.views.table_mut() {
            table.cursor = cursor;
            table.window = window;
        }
    }

    fn wanted(&self, ask: Ask) -> Wanted {
        Wanted {
            ask,
            question: self.filter.query().source().to_owned(),
            rows: Arc::clone(self.list.rows()),
            annotated: self.shelf.snapshot.annotated(),
        }
    }

    /// What the list of the view asks.
    fn wanted_table(&self) -> Option<Wanted> {
        let table = self.views.table()?;
        let order = self.views.order()?;
        let find = table.find.value().to_owned();
        let height = usize::from(self.layout().list.height);
        Some(self.wanted(match (self.views.now, self.views.now.kind()) {
            (_, Some(kind)) => Ask::Names { kind, find, order },
            (View::Quotes, _) => Ask::Sayings { filter: self.filter.query().clone(), find, order },
            (View::Timeline, _) => {
                // Resizing shall not change what is a day and what is a month while one looks.
                let fits = matches!(order, Order::Fitting | Order::Most);
                let most = if fits { (height.max(12) / 12) * 12 } else { 0 };
                Ask::Steps { find, order, most, against: self.views.against.clone() }
            }
            _ => return None,
        }))
    }

    /// What a card about `subject` asks.
    fn wanted_card(&self, subject: &Subject) -> Option<Wanted> {
        Some(self.wanted(match subject {
            Subject::Name(named) => Ask::Dossier(named.identity.clone()),
            Subject::Quote(place) => {
                // What the row names, what stands beside it shall list.
                let row = self.views.of(View::Quotes).and_then(|table| table.saying(table.cursor.selected));
                let row = row.filter(|saying| saying.carried().any(|carried| carried == *place));
                Ask::Quoted(*place, row.map(|saying| saying.carried().collect()).unwrap_or_default())
            }
            Subject::Days(from, until, _) => Ask::Digest(*from, *until),
            Subject::Article(_) | Subject::Map => return None,
        }))
    }

    /// Asks for what the panes lack.
    pub(super) fn ask_for_panes(&mut self, effects: &mut Effects) {
        for table in self.views.others() {
            table.asking.give_up();
            table.ahead.clear();
        }
        let number = self.desk.asked + 1;
        if let Some(wanted) = self.wanted_table()
            && let Some(table) = self.views.table_mut()
            && let Some(helps) = table.asking.want(wanted.clone(), number)
        {
            self.desk.asked = number;
            let known = table.answer.clone().filter(|_| helps);
            effects.list.push(self.effect(Side::Left, number, wanted, known));
        }
        let number = self.desk.asked + 1;
        let subject = self.subject().filter(|_| self.layout().reader.area() > 0);
        match subject.and_then(|subject| self.wanted_card(&subject)) {
            Some(wanted) => {
                if self.desk.asking.want(wanted.clone(), number).is_some() {
                    self.desk.asked = number;
                    effects.list.push(self.effect(Side::Right, number, wanted, None));
                }
            }
            None => self.desk.asking.give_up(),
        }
        self.ask_for_facets(effects);
    }

    fn ask_for_facets(&mut self, effects: &mut Effects) {
        let number = self.desk.asked + 1;
        let wanted = self.wanted_facets();
        let asking = &mut self.views.facets.asking;
        let Some(wanted) = wanted else { return asking.give_up() };
        // Counting for the old filter would keep the search for the new one waiting; its own begins behind it.
        if asking.is_of_another(&wanted.question) {
            asking.give_up();
            effects.list.push(Effect::Unask(Side::Third));
        }
        if !self.filter.is_asking() && asking.want(wanted.clone(), number).is_some() {
            self.desk.asked = number;
            effects.list.push(self.effect(Side::Third, number, wanted, None));
        }
    }

    fn effect(&self, side: Side, number: u64, wanted: Wanted, known: Option<Answer>) -> Effect {
        let snapshot = self.shelf.snapshot.clone();
        Effect::Ask { side, number, snapshot, rows: wanted.rows, ask: wanted.ask, known }
    }

    /// Takes a part of the answer to the list's question; `false` when it is stale.
    pub(super) fn partly_answered(&mut self, number: u64, answer: Answer) -> bool {
        let table = self.views.table_mut().filter(|table| table.asking.is_of(number));
        table.map(|table| table.take(answer)).is_some()
    }

    /// Takes an answer; `false` when it is stale.
    pub(super) fn answered(&mut self, side: Side, number: u64, answer: Answer) -> bool {
        match side {
            Side::Left => {
                let Some(table) = self.views.table_mut() else { return false };
                let fresh = table.asking.answer(number).is_some();
                if fresh {
                    table.take(answer);
                }
                fresh
            }
            Side::Third => {
                let facets = &mut self.views.facets;
                let Some(wanted) = facets.asking.answer(number).cloned() else { return false };
                let Answer::Facets(counted) = answer else { return false };
                facets.take(&counted);
                if wanted.question.is_empty() {
                    facets.keep(wanted, &counted);
                }
                true
            }
            Side::Right => {
                let Some(wanted) = self.desk.asking.answer(number).cloned() else { return false };
                self.desk.keep(wanted.clone(), answer.clone());
                let subject = self.subject();
                let own = subject.as_ref().and_then(|subject| self.wanted_card(subject));
                if let Some(subject) = subject
                    && own.is_some_and(|own| own.ask == wanted.ask)
                {
                    self.show_card(subject, answer);
                }
                true
            }
        }
    }

    /// Shows a card, where one stood in it when one was there before.
    fn show_card(&mut self, subject: Subject, answer: Answer) {
        let columns = card::columns(&self.layout());
        let other = self.desk.card.as_ref().is_none_or(|card| card.subject != subject);
        self.desk.show(subject, answer, &self.shelf.snapshot, columns);
        let stood = self.trail.chain.last().map(|stop| stop.entry).unwrap_or_default();
        if let Some(card) = self.desk.card.as_mut().filter(|_| other) {
            (card.entry, card.top) = stood;
        }
    }

    /// Asks for the annotations of what is in view, before those of the rest come.
    pub(super) fn ask_for_annotations(&mut self, effects: &mut Effects) {
        if self.shelf.annotating().is_none() {
            return;
        }
        let height = self.layout().list.height;
        let in_view = self.list.visible(height).map(|(_, ordinal)| ordinal).chain(self.list.current());
        let mut ordinals: Vec<Ordinal> =
            in_view.filter(|&ordinal| self.shelf.annotations(ordinal).is_none()).collect();
        ordinals.retain(|&ordinal| self.shelf.asked.insert(ordinal));
        if !ordinals.is_empty() {
            effects.list.push(Effect::Annotate {
                opening: self.shelf.opening,
                snapshot: self.shelf.snapshot.clone(),
                ordinals,
            });
        }
    }
}
