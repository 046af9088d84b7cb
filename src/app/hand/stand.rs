//! What one stands on: an article, a quotation, someone or something.

use crate::app::card::{Lead, Named};
use crate::app::{Focus, Model, Subject, View};
use crate::article::{Annotations, Article};
use crate::library::{Ordinal, QuotePlace};
use std::sync::Arc;

/// What one can stand on.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum Stand {
    /// An article.
    Article(Ordinal),
    /// A quotation.
    Quote(QuotePlace),
    /// Someone or something.
    Name(Named),
}

impl Model {
    /// What one stands on; `None` on what can only be looked at.
    pub(in crate::app) fn stand(&self) -> Option<Stand> {
        if self.is_reading() {
            return match self.subject()? {
                Subject::Article(row) => Some(self.stand_in_article(row)),
                subject => self.stand_on_card(&subject),
            };
        }
        let Some(table) = self.views.table() else { return self.list.current().map(Stand::Article) };
        if self.views.now == View::Quotes {
            return table.saying(table.cursor.selected).map(|saying| Stand::Quote(saying.place));
        }
        self.selected_name().map(Stand::Name)
    }

    fn stand_in_article(&self, row: Ordinal) -> Stand {
        let marked = self.reader.focus().and_then(|focus| match focus {
            Focus::Quote(at) => Some(Stand::Quote((row, self.reader.marks().quotes.get(at)?.quote))),
            Focus::Name(_) => {
                let found = self.reader.document()?.annotations.as_deref()?;
                let entity = found.entities.get(self.reader.focused_entity()?)?;
                Some(Stand::Name(Named::of(entity)))
            }
        });
        marked.unwrap_or(Stand::Article(row))
    }

    /// What the line of a card leads to, else what the card is about.
    fn stand_on_card(&self, subject: &Subject) -> Option<Stand> {
        let card = self.desk.card.as_ref().filter(|card| card.subject == *subject);
        match card.and_then(|card| card.lead()) {
            Some(Lead::Name(named)) => Some(Stand::Name(named.clone())),
            Some(Lead::Article(row, Some(quote))) => Some(Stand::Quote((*row, *quote))),
            Some(Lead::Article(row, None)) => Some(Stand::Article(*row)),
            _ => match subject {
                Subject::Name(named) => Some(Stand::Name(named.clone())),
                Subject::Quote(place) => Some(Stand::Quote(*place)),
                _ => None,
            },
        }
    }

    /// An article with what is known about it, if it is known yet.
    pub(in crate::app) fn known(&self, row: Ordinal) -> Option<(Arc<Article>, Arc<Annotations>)> {
        self.shelf.snapshot.article(row).zip(self.shelf.annotations(row))
    }
}
