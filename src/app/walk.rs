//! Walking through views, dossiers and articles: into, out of, back and forward.

use super::card::{Lead, Named};
use super::trail::{Place, Stop, Subject};
use super::views::{RowKey, View};
use super::{Context, Effects, Focus, Model, Typing};
use crate::article::EntityIndex;
use tui_input::Input;

impl Model {
    /// Where keys go.
    pub fn context(&self) -> Context {
        if self.overlay.is_some() {
            return Context::Overlay;
        }
        if self.palette.is_some() {
            return Context::Palette;
        }
        match self.typing {
            Some(Typing::Filter) => return Context::Filter,
            Some(Typing::Find) => return Context::Find,
            Some(Typing::Name) => return Context::Name,
            Some(Typing::Tags) => return Context::Tags,
            Some(Typing::Note) => return Context::Note,
            Some(Typing::File) => return Context::File,
            None => {}
        }
        if self.queries.page.is_some() {
            return Context::Searches;
        }
        if self.views.facets.keys {
            return Context::Facets;
        }
        if self.is_reading() {
            return match self.subject() {
                Some(Subject::Article(_)) | None => Context::Reader,
                Some(_) => Context::Dossier,
            };
        }
        match self.views.now {
            View::Articles => Context::List,
            View::People | View::Countries | View::Organisations | View::Places => Context::Names,
            View::Quotes => Context::Quotes,
            View::Timeline => Context::Timeline,
            View::Map => Context::Map,
        }
    }

    /// Whether what stands in the right pane rather than the list has the attention.
    pub fn is_reading(&self) -> bool {
        !self.trail.chain.is_empty()
    }

    /// Whether the right pane shows an article or the map.
    pub(super) fn shows_article_or_map(&self) -> bool {
        match self.trail.chain.last() {
            Some(Stop { subject: Some(subject), .. }) => {
                matches!(subject, Subject::Article(_) | Subject::Map)
            }
            _ => matches!(self.views.now, View::Articles | View::Map),
        }
    }

    /// Whether the keys go to the list in the left pane, when no line is typed.
    pub fn is_listing(&self) -> bool {
        !self.is_reading() && !self.views.facets.keys
    }

    /// What the right pane shows.
    pub fn subject(&self) -> Option<Subject> {
        match self.trail.chain.last() {
            Some(Stop { subject: Some(subject), .. }) => Some(subject.clone()),
            _ => self.selected_subject(),
        }
    }

    /// What the selected row of the list is about.
    fn selected_subject(&self) -> Option<Subject> {
        let Some(table) = self.views.table() else {
            return self.list.current().map(Subject::Article);
        };
        let row = table.cursor.selected;
        match self.views.now {
            View::Map => Some(Subject::Map),
            View::Quotes => table.saying(row).map(|saying| Subject::Quote(saying.place)),
            View::Timeline => {
                let (from, until) = table.step(row)?;
                let Some(super::Answer::Steps { grain, .. }) = &table.answer else { return None };
                Some(Subject::Days(from, until, grain.written(from)))
            }
            _ => self.selected_name().map(Subject::Name),
        }
    }

    /// The name on the selected row.
    pub(super) fn selected_name(&self) -> Option<Named> {
        let table = self.views.table()?;
        table.named(table.cursor.selected).map(|named| Named {
            identity: named.identity.clone(),
            name: named.name.clone(),
            country: named.country,
        })
    }

    /// The way from the view to what one reads, in words.
    pub fn crumbs(&self) -> Vec<String> {
        let mut crumbs = Vec::new();
        if self.views.now != View::Articles || self.trail.chain.len() > 1 {
            crumbs.push(self.views.now.title().to_owned());
        }
        if crumbs.is_empty() {
            return crumbs;
        }
        let root = self.selected_subject();
        for stop in &self.trail.chain {
            let title = match stop.subject.as_ref().or(root.as_ref()) {
                Some(Subject::Article(row)) => {
                    self.shelf.snapshot.article(*row).map(|article| article.title.clone())
                }
                Some(subject) => Some(subject.title().to_owned()),
                None => None,
            };
            crumbs.extend(title);
        }
        crumbs
    }

    /// Has what is behind the first step stay what it is, whatever is selected in the list.
    pub(super) fn root_trail(&mut self) {
        let root = self.selected_subject();
        if self.trail.chain.len() > 1
            && let Some(first) = self.trail.chain.first_mut()
        {
            first.subject = first.subject.take().or(root);
        }
    }

    /// Notes where one stands in what is left.
    fn note(&mut self) {
        let (focus, reached) = (self.reader.focus(), self.reader.place());
        let entry = self.desk.card.as_ref().map(|card| (card.entry, card.top));
        let article = matches!(self.subject(), Some(Subject::Article(_)));
        if let Some(stop) = self.trail.chain.last_mut() {
            stop.focus = focus.filter(|_| article);
            stop.reached = reached.filter(|_| article);
            stop.entry = entry.filter(|_| !article).unwrap_or_default();
        }
    }

    fn place(&self) -> Place {
        Place {
            view: self.views.now,
            filter: self.filter.input.value().to_owned(),
            article: self.list.current(),
            row: self.views.table().and_then(super::views::Table::key),
            chain: self.trail.chain.clone(),
        }
    }

    /// Remembers where one is, before one goes elsewhere.
    pub(super) fn depart(&mut self) {
        self.note();
        let place = self.place();
        self.trail.remember(place);
    }

    /// Puts back where one stood in what is shown now.
    fn resume(&mut self) {
        self.arrange();
        let Some(stop) = self.trail.chain.last() else { return };
        let (entry, top) = stop.entry;
        let (focus, reached) = (stop.focus, stop.reached);
        match self.subject() {
            Some(Subject::Article(_)) => self.reader.come_back(focus, reached),
            subject => {
                if let Some(card) =
                    self.desk.card.as_mut().filter(|card| Some(&card.subject) == subject.as_ref())
                {
                    (card.entry, card.top) = (entry, top);
                }
            }
        }
    }

    /// Goes into what is selected in the list, or into something else. The facets, where one comes from them, have the
    /// keys again when one comes out of it.
    pub(super) fn enter(&mut self, subject: Option<Subject>) {
        self.depart();
        let from_facets = std::mem::take(&mut self.views.facets.keys);
        self.trail.chain.push(Stop { from_facets, ..Stop::new(subject) });
        self.arrange();
    }

    /// Goes into an article, at one of its quotations.
    pub(super) fn enter_article(&mut self, row: u32, quote: Option<usize>) {
        self.enter(Some(Subject::Article(row)));
        if let Some(quote) = quote {
            self.reader.stop_at_quote(quote);
        }
    }

    /// Comes out of what one reads, to what one came from.
    pub(super) fn leave(&mut self) {
        self.depart();
        let left = self.trail.chain.pop();
        self.views.facets.keys = left.is_some_and(|stop| stop.from_facets);
        self.resume();
    }

    /// Goes to another view of what the filter leaves.
    pub(super) fn visit(&mut self, view: View) {
        if self.views.now == view && self.trail.chain.is_empty() {
            return;
        }
        self.depart();
        self.trail.chain.clear();
        self.views.now = view;
    }

    /// Goes where the line leads that one stands on.
    pub(super) fn follow(&mut self, effects: &mut Effects) {
        let subject = self.subject();
        let card = self.desk.card.as_ref().filter(|card| Some(&card.subject) == subject.as_ref());
        let alone = card.is_some_and(|card| card.anywhere);
        let Some(lead) = card.and_then(|card| card.lead()).cloned() else {
            self.notice = Some("nothing leads on from here".to_owned());
            return;
        };
        match lead {
            Lead::Name(named) => self.enter(Some(Subject::Name(named))),
            Lead::Article(row, quote) => self.enter_article(row, quote),
            Lead::Condition(condition) => {
                self.depart();
                // The list may not hold it under the other filter: it stays where one is all the same.
                if let Some(stop) = self.trail.chain.last_mut().filter(|_| alone) {
                    stop.subject = subject;
                }
                self.narrow(&condition, alone, effects);
            }
            Lead::View(view, condition) => {
                self.depart();
                self.trail.chain.clear();
                self.views.now = view;
                self.narrow(&condition, alone, effects);
            }
        }
    }

    /// Opens the dossier of the name or the quotation one has stopped at in the article.
    pub(super) fn open_mark(&mut self) {
        let subject = self.reader.focus().and_then(|focus| {
            let document = self.reader.document()?;
            let found = document.annotations.as_deref()?;
            match focus {
                Focus::Name(_) => {
                    let entity = found.entities.get(self.reader.focused_entity()?)?;
                    Some(Subject::Name(Named::of(entity)))
                }
                Focus::Quote(at) => {
                    let quote = self.reader.marks().quotes.get(at)?.quote;
                    Some(Subject::Quote((document.ordinal, quote)))
                }
            }
        });
        match subject {
            Some(subject) => self.enter(Some(subject)),
            None => self.notice = Some("stop at a name or a quotation first: ] [ } {".to_owned()),
        }
    }

    /// Goes into the dossier of who or what the article in the reading pane names.
    pub(super) fn open_name(&mut self, entity: EntityIndex) {
        let found = self.reader.document().and_then(|document| document.annotations.as_deref());
        if let Some(entity) = found.and_then(|found| found.entities.get(entity)) {
            let named = Named::of(entity);
            self.enter(Some(Subject::Name(named)));
        }
    }

    /// To the next row of the list without leaving the right pane, or to the one before.
    pub(super) fn sibling(&mut self, rows: isize) {
        let [stop] = self.trail.chain.as_slice() else {
            self.notice = Some("this was not opened from the list: h goes back".to_owned());
            return;
        };
        let root = stop.subject.is_none();
        match self.views.now {
            View::Articles if root => {
                let height = self.layout().list.height;
                self.list.step(rows, height);
            }
            View::Quotes if !root => {
                self.step_table(rows);
                let place = self.views.table().and_then(|table| table.saying(table.cursor.selected));
                if let Some((row, quote)) = place.map(|saying| saying.place) {
                    self.trail.chain = vec![Stop::new(Some(Subject::Article(row)))];
                    self.arrange();
                    self.reader.stop_at_quote(quote);
                }
            }
            View::Articles => self.notice = Some("this was not opened from the list: h goes back".to_owned()),
            _ if root => self.step_table(rows),
            _ => self.notice = Some("this was not opened from the list: h goes back".to_owned()),
        }
    }

    /// Moves in the list of the view.
    pub(super) fn step_table(&mut self, rows: isize) {
        let many = self.views.table().map_or(0, super::views::Table::len);
        if let Some(table) = self.views.table_mut() {
            table.cursor.step(rows);
            table.cursor.selected = table.cursor.selected.min(many.saturating_sub(1));
            table.wanted = None;
        }
    }

    /// Back to where one was before, or forward again.
    pub(super) fn walk(&mut self, forward: bool, effects: &mut Effects) {
        self.note();
        let here = self.place();
        let found = loop {
            let next = if forward { self.trail.future.pop() } else { self.trail.past.pop() };
            match next {
                Some(place) if place.is_like(&here) => {}
                next => break next,
            }
        };
        let Some(place) = found else {
            let way =
                if forward { "nothing was visited after this" } else { "nothing was visited before this" };
            self.notice = Some(way.to_owned());
            return;
        };
        if forward {
            self.trail.past.push(here);
        } else {
            self.trail.future.push(here);
        }
        self.restore(place, effects);
    }

    fn restore(&mut self, place: Place, effects: &mut Effects) {
        self.typing = None;
        // The way back through conditions is walked from the facets too, but what one comes back to is seen.
        self.views.facets.keys &= place.chain.is_empty() && self.views.now == place.view;
        self.views.now = place.view;
        if place.filter != self.filter.input.value() {
            self.filter.input = Input::new(place.filter);
            self.filter_changed(effects);
        }
        self.trail.chain = place.chain;
        if let Some(article) = place.article {
            let height = self.layout().list.height;
            self.list.select_article(article, height);
            self.trail.aim = self.filter.is_asking().then_some(article);
        }
        if let Some(row) = place.row {
            self.stand_on(row);
        }
        self.resume();
    }

    /// Selects a row of the view's list, once it is there.
    pub(super) fn stand_on(&mut self, row: RowKey) {
        if let Some(table) = self.views.table_mut() {
            match table.place(&row) {
                Some(at) => table.cursor.go(at),
                None => table.wanted = Some(row),
            }
        }
    }
}
