//! From what one stands on to a condition of the filter.

use super::card::Lead;
use super::trail::Subject;
use super::{Effects, Model};
use crate::article::{Day, Kind};
use crate::search::{Condition, Query};
use crate::words::Country;
use tui_input::Input;

/// The condition that an article names someone or something.
pub(super) fn condition(kind: Kind, name: &str, country: Option<Country>) -> String {
    match (kind, country) {
        (Kind::Country, Some(country)) => format!("country:{country}"),
        (Kind::Country, None) => format!("country:{}", quoted(name)),
        (Kind::Person, _) => format!("person:{}", quoted(name)),
        (Kind::Place, _) => format!("place:{}", quoted(name)),
        (Kind::Organisation, _) => format!("org:{}", quoted(name)),
    }
}

/// The condition that an article quotes someone.
pub(super) fn said_by(name: &str) -> String {
    format!("by:{}", quoted(name))
}

/// The condition that an article was published on `from` or later and before `until`.
pub(super) fn between(from: Day, until: Day) -> String {
    if from.plus(1) == until { format!("on:{from}") } else { format!("after:{from} before:{until}") }
}

/// A value as it is written behind a field: in marks when it is more than one word.
pub(super) fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) {
        format!("\"{}\"", value.replace('"', ""))
    } else {
        value.to_owned()
    }
}

/// `line` with another condition; one that dates takes the place of those that do.
fn with(line: &str, more: &str) -> String {
    let dates = |query: &Query| {
        let mut spans = Vec::new();
        for term in query.terms() {
            if matches!(term.condition, Condition::Published(..)) && !term.negated && !term.saved {
                spans.push(term.span);
            }
        }
        spans
    };
    let parsed = Query::parse(line).unwrap_or_default();
    let mut kept = line.to_owned();
    if Query::parse(more).is_ok_and(|more| !dates(&more).is_empty()) {
        for span in dates(&parsed).into_iter().rev() {
            if kept.get(span.range()).is_some() {
                kept.replace_range(span.range(), "");
            }
        }
    }
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    match kept.as_str() {
        "" => more.to_owned(),
        kept if kept.contains(more) => kept.to_owned(),
        kept => format!("{kept} {more}"),
    }
}

impl Model {
    /// The condition of what one stands on.
    fn condition_here(&self) -> Option<String> {
        if self.trail.chain.is_empty() {
            return self.condition_of_row();
        }
        match self.subject()? {
            Subject::Article(_) => {
                let entity = self.reader.focused_entity()?;
                let known = self.reader.document()?.annotations.as_ref()?.entities.get(entity)?;
                Some(condition(known.kind, &known.name, known.country))
            }
            subject => {
                let lead = self.desk.card.as_ref().filter(|card| card.subject == subject)?.lead();
                match lead {
                    Some(Lead::Name(named)) => {
                        Some(condition(named.identity.kind, &named.name, named.country))
                    }
                    Some(Lead::Condition(condition)) => Some(condition.clone()),
                    _ => match subject {
                        Subject::Name(named) => {
                            Some(condition(named.identity.kind, &named.name, named.country))
                        }
                        Subject::Days(from, until, _) => Some(between(from, until)),
                        _ => None,
                    },
                }
            }
        }
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
        // An article is left for the list; a list or a dossier shows what is left of it.
        if matches!(self.subject(), Some(Subject::Article(_))) && !self.trail.chain.is_empty() {
            self.trail.chain.clear();
        }
        self.narrow(&condition, alone, effects);
    }

    /// Puts a condition on the filter line, behind what stands there or in its place.
    pub(super) fn narrow(&mut self, condition: &str, alone: bool, effects: &mut Effects) {
        let line = if alone { condition.to_owned() } else { with(self.filter.input.value(), condition) };
        let current = self.list.current();
        self.filter.input = Input::new(line);
        self.filter_changed(effects);
        // The article one comes from is where one goes on from.
        self.list.touch();
        self.trail.aim = current.filter(|_| self.filter.is_asking());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_added_once_and_dates_replaced() {
        assert_eq!(with("", "country:RU"), "country:RU");
        assert_eq!(with("lavrov", "country:RU"), "lavrov country:RU");
        assert_eq!(with("lavrov country:RU", "country:RU"), "lavrov country:RU");
        let dated = "lavrov after:2025-01-01 before:2025-02-01 rudal";
        assert_eq!(with(dated, "on:2025-01-07"), "lavrov rudal on:2025-01-07");
    }

    #[test]
    fn more_than_one_word_is_boxed() {
        assert_eq!(condition(Kind::Person, "Ingrid Solheim", None), "person:\"Ingrid Solheim\"");
        assert_eq!(condition(Kind::Country, "Rusia", Country::parse("RU")), "country:RU");
    }
}
