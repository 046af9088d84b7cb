//! From what one stands on to a condition of the filter.

use super::card::Lead;
use super::line::{between, condition, said_by, with};
use super::trail::Subject;
use super::{Effects, Focus, Model};
use crate::library::QuotePlace;
use tui_input::Input;

impl Model {
    /// The condition of what one stands on.
    fn condition_here(&self) -> Option<String> {
        if self.views.facets.keys {
            return self.views.facets.current().map(|row| row.condition.clone());
        }
        if self.trail.chain.is_empty() {
            return self.condition_of_row();
        }
        match self.subject()? {
            Subject::Article(_) => {
                let entity = self.reader.focused_entity()?;
                let known = self.reader.document()?.annotations.as_ref()?.entities.get(entity)?;
                if matches!(self.reader.focus(), Some(Focus::Quote(_))) {
                    return Some(said_by(&known.name));
                }
                Some(condition(known.kind, &known.name, known.country))
            }
            subject => {
                let lead = self.desk.card.as_ref().filter(|card| card.subject == subject)?.lead();
                match lead {
                    Some(Lead::Name(named)) => {
                        Some(condition(named.identity.kind, &named.name, named.country))
                    }
                    Some(Lead::Condition(condition)) => Some(condition.clone()),
                    Some(Lead::Article(row, Some(quote))) => self.said_by_speaker((*row, *quote)),
                    _ => match subject {
                        Subject::Name(named) => {
                            Some(condition(named.identity.kind, &named.name, named.country))
                        }
                        Subject::Days(from, until, _) => Some(between(from, until)),
                        Subject::Quote(place) => self.said_by_speaker(place),
                        Subject::Article(_) | Subject::Map => None,
                    },
                }
            }
        }
    }

    /// What the speaker of a quotation says.
    fn said_by_speaker(&self, (row, at): QuotePlace) -> Option<String> {
        let found = self.shelf.annotations(row)?;
        let speaker = found.quotes.get(at)?.speaker?;
        Some(said_by(&found.entities.get(speaker)?.name))
    }

    /// The condition of the selected row of a list.
    fn condition_of_row(&self) -> Option<String> {
        let table = self.views.table()?;
        let row = table.cursor.selected;
        let name = || {
            let named = table.named(row)?;
            Some(condition(named.kind, &named.name, named.country))
        };
        let quote = || Some(said_by(table.saying(row)?.name.as_deref()?));
        name().or_else(quote).or_else(|| table.step(row).map(|(from, until)| between(from, until)))
    }

    /// Filters by what one stands on: that as well, or that alone.
    pub(super) fn pivot(&mut self, alone: bool, effects: &mut Effects) {
        let Some(condition) = self.condition_here() else {
            self.notice = Some("stop at a name or a quotation first".to_owned());
            return;
        };
        self.depart();
        // The row one came from may not be there any more.
        self.root_trail();
        // An article is left for the list; a list or a dossier shows what is left of it.
        if matches!(self.subject(), Some(Subject::Article(_))) && !self.trail.chain.is_empty() {
            self.trail.chain.clear();
        }
        self.narrow(&condition, alone, effects);
    }

    /// Puts a condition on the filter line, behind what stands there or in its place.
    pub(super) fn narrow(&mut self, condition: &str, alone: bool, effects: &mut Effects) {
        let line = if alone { condition.to_owned() } else { with(self.filter.input.value(), condition) };
        self.put_on_line(line, effects);
    }

    /// Puts another line in the place of the filter's; one stays with the article one stands on.
    pub(super) fn put_on_line(&mut self, line: String, effects: &mut Effects) {
        let current = self.list.current();
        self.filter.input = Input::new(line);
        self.filter_changed(effects);
        // The article one comes from is where one goes on from.
        self.list.touch();
        self.trail.aim = current.filter(|_| self.filter.is_asking());
    }
}
