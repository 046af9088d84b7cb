//! How sure: what a rule found, in hundredths of those like it that were right.
//!
//! A decider's own weight says which of its finds are surer than others, not how sure. What that is worth was measured
//! (`data/model/sureness.tsv`, written by `tests/score/calibrate.rs` from texts annotated by hand): for each kind of name,
//! pronoun and quotation by its rule, by what else found it, whom it was linked to and how, and by the weight, as far as there were enough
//! of them, in one language and in all. The narrowest row that is there counts.

use crate::article::{Confidence, Form, Grounds, Kind, Rule};
use crate::words::{Language, SURENESS};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What is measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Find {
    /// A name of a kind: its span and kind.
    Name(Kind),
    /// A pronoun: its person.
    Pronoun,
    /// A quotation: its span and its speaker.
    Quote,
}

impl Find {
    /// What a mention is; `None` for offices, nested names and adjectives, which were not measured.
    pub(super) fn mention(kind: Kind, form: Form) -> Option<Find> {
        match form {
            Form::Name => Some(Find::Name(kind)),
            Form::Pronoun => Some(Find::Pronoun),
            Form::Title | Form::Nested | Form::Adjective => None,
        }
    }

    fn named(name: &str) -> Option<Find> {
        match name {
            "pronoun" => Some(Find::Pronoun),
            "quote" => Some(Find::Quote),
            _ => Kind::ALL.into_iter().find(|kind| kind.as_str() == name).map(Find::Name),
        }
    }
}

/// One column of a row: not looked at, or looked at and none or some rule there.
type Column = Option<Option<Rule>>;

/// A row: the language if it is of one, what was found, the rule, two more, and the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Row {
    language: Option<Language>,
    find: Find,
    rules: [Column; 3],
    weight: Option<u8>,
}

impl Row {
    fn parse(line: &str) -> Option<(Row, u8)> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        let language = match next()? {
            "*" => None,
            code => Some(Language::parse(code)?),
        };
        let find = Find::named(next()?)?;
        let mut rules = [None; 3];
        for rule in &mut rules {
            *rule = match next()? {
                "*" => None,
                "-" => Some(None),
                name => Some(Some(Rule::named(name)?)),
            };
        }
        let weight = match next()? {
            "*" => None,
            weight => Some(weight.parse().ok()?),
        };
        let _seen = next()?;
        Some((Row { language, find, rules, weight }, next()?.parse().ok()?))
    }
}

fn rows() -> &'static HashMap<Row, u8> {
    static ROWS: OnceLock<HashMap<Row, u8>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = SURENESS.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(Row::parse).collect()
    })
}

/// How sure a find is, from the grounds it stands on.
pub(super) fn sure(language: Language, find: Option<Find>, grounds: Grounds) -> Confidence {
    let Some(find) = find else { return Confidence::percent(grounds.weight) };
    let Grounds { found, also, linked, weight, .. } = grounds;
    let (rules, depth) = match find {
        Find::Name(_) => ([Some(found), also, Some(linked)], 3),
        Find::Pronoun => ([Some(found), Some(linked), None], 2),
        Find::Quote => ([Some(linked), Some(found), None], 2),
    };
    let rows = rows();
    let ask = |language: Option<Language>, known: usize, weight: Option<u8>| {
        let mut columns = [None; 3];
        for (column, rule) in columns.iter_mut().zip(rules).take(known) {
            *column = Some(rule);
        }
        rows.get(&Row { language, find, rules: columns, weight }).copied()
    };
    let percent = [Some(language), None].into_iter().find_map(|language| {
        let weighed = if depth == 3 { ask(language, depth, Some(weight)) } else { None };
        weighed.or_else(|| (0..=depth).rev().find_map(|known| ask(language, known, None)))
    });
    Confidence::percent(percent.unwrap_or(weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let lines: Vec<&str> = SURENESS.lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            assert!(Row::parse(line).is_some_and(|(_, percent)| percent <= 100), "{line}");
        }
        assert_eq!(rows().len(), lines.len(), "a row twice");
    }

    #[test]
    fn each_kind_of_find_has_a_row_for_all() {
        let grounds = Grounds::GIVEN;
        let finds = Kind::ALL.map(Find::Name).into_iter().chain([Find::Pronoun, Find::Quote]);
        for find in finds {
            let sure = sure(Language::UNKNOWN, Some(find), grounds);
            assert!((50..100).contains(&sure.0), "{find:?}: {sure:?}");
        }
    }
}
