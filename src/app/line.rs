//! Conditions on the filter line: how they are written, put there and taken out again.

use crate::article::{Day, Kind};
use crate::search::{Condition, Query, Term};
use crate::text::Span;
use crate::words::Country;

/// The condition that an article names someone or something.
pub(super) fn condition(kind: Kind, name: &str, country: Option<Country>) -> String {
    match (kind, country) {
        (Kind::Country, Some(country)) => format!("country:{country}"),
        (Kind::Country, None) => format!("country:{}", boxed(name)),
        (Kind::Person, _) => format!("person:{}", boxed(name)),
        (Kind::Place, _) => format!("place:{}", boxed(name)),
        (Kind::Organisation, _) => format!("org:{}", boxed(name)),
    }
}

/// The condition that an article quotes someone.
pub(super) fn said_by(name: &str) -> String {
    format!("by:{}", boxed(name))
}

/// The condition that an outlet carried an article.
pub(super) fn carried_by(outlet: &str) -> String {
    format!("outlet:{}", boxed(outlet))
}

/// The condition that an article is in a language.
pub(super) fn in_language(code: &str) -> String {
    format!("lang:{code}")
}

/// The condition that an article was published on `from` or later and before `until`.
pub(super) fn between(from: Day, until: Day) -> String {
    if from.plus(1) == until { format!("on:{from}") } else { format!("after:{from} before:{until}") }
}

/// A value as it is written behind a field: in marks, so that it is looked for in one piece. Marks of its own, which
/// would end it, are left out.
fn boxed(value: &str) -> String {
    let words = value.replace(['"', '“', '”', '„', '«', '»'], " ");
    format!("\"{}\"", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether two terms ask the same, however they are written.
pub(super) fn is_same(one: &Term, other: &Term) -> bool {
    one.negated == other.negated
        && match (&one.condition, &other.condition) {
            (Condition::Word(scope, word), Condition::Word(other_scope, other)) => {
                scope == other_scope && word.text() == other.text()
            }
            (Condition::Countries(one), Condition::Countries(other)) => one == other,
            (Condition::Language(one), Condition::Language(other)) => one == other,
            (Condition::Published(from, until), Condition::Published(other_from, other_until)) => {
                (from, until) == (other_from, other_until)
            }
            _ => false,
        }
}

/// Whether `query` asks what every one of `terms` asks.
fn asks_all(query: &Query, terms: &[Term]) -> bool {
    terms.iter().all(|term| query.terms().iter().any(|known| is_same(known, term)))
}

/// `line` with another condition; one that dates takes the place of those that do. What is half typed is closed first.
pub(super) fn with(line: &str, more: &str) -> String {
    let dates = |query: &Query| -> Vec<Span> {
        let dated = |term: &&Term| matches!(term.condition, Condition::Published(..)) && !term.negated;
        query.terms().iter().filter(dated).map(|term| term.span).collect()
    };
    let (known, added) = (Query::outline(line).unwrap_or_default(), Query::parse(more).unwrap_or_default());
    if asks_all(&known, added.terms()) && !added.terms().is_empty() {
        return line.to_owned();
    }
    let dated = if dates(&added).is_empty() { Vec::new() } else { dates(&known) };
    let kept = without_spans(line, &dated);
    if kept.is_empty() {
        return more.to_owned();
    }
    let closed = ["", "\"", ")"].map(|closing| format!("{kept}{closing} {more}"));
    let holds = |line: &&String| Query::outline(line).is_ok_and(|query| asks_all(&query, added.terms()));
    closed.iter().find(holds).or(closed.first()).cloned().unwrap_or_default()
}

/// `line` without the terms that ask what `term` asks.
pub(super) fn without(line: &str, term: &Term) -> String {
    let query = Query::outline(line).unwrap_or_default();
    let own = query.terms().iter().filter(|known| is_same(known, term));
    without_spans(line, &own.map(|term| term.span).collect::<Vec<_>>())
}

/// `line` without these parts, which come in order; what is left stays as it was typed.
fn without_spans(line: &str, spans: &[Span]) -> String {
    let mut kept = line.to_owned();
    for span in spans.iter().rev() {
        let (before, behind) = (kept.get(..span.start()), kept.get(span.end()..));
        let (before, behind) =
            (before.unwrap_or_default().trim_end(), behind.unwrap_or_default().trim_start());
        let apart = if before.is_empty() || behind.is_empty() { "" } else { " " };
        kept = format!("{before}{apart}{behind}");
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn conditions_are_added_once_and_dates_replaced() {
        assert_eq!(with("", "country:RU"), "country:RU");
        assert_eq!(with("lavrov", "country:RU"), "lavrov country:RU");
        assert_eq!(with("lavrov country:RU", "country:RU"), "lavrov country:RU");
        assert_eq!(with("c:rusia x", "country:RU"), "c:rusia x", "however it is written");
        assert_eq!(with("!country:RU", "country:RU"), "!country:RU country:RU");
        let dated = "lavrov after:2025-01-01 before:2025-02-01 rudal";
        assert_eq!(with(dated, "on:2025-01-07"), "lavrov rudal on:2025-01-07");
        assert_eq!(with("on:2025-01-07 x", "on:2025-01-07"), "on:2025-01-07 x");
        assert_eq!(
            with("@korut on:2025-01", "on:2025-02"),
            "@korut on:2025-02",
            "whatever a saved search asks"
        );
    }

    #[test]
    fn what_is_half_typed_is_closed_first() {
        assert_eq!(with("\"senjata nukl", "lang:id"), "\"senjata nukl\" lang:id");
        assert_eq!(with("text:(a OR b", "lang:id"), "text:(a OR b) lang:id");
    }

    #[test]
    fn a_value_is_boxed_whatever_it_holds() {
        assert_eq!(condition(Kind::Person, "Ingrid Solheim", None), "person:\"Ingrid Solheim\"");
        assert_eq!(condition(Kind::Country, "Rusia", Country::parse("RU")), "country:RU");
        assert_eq!(said_by("Abu “Jo” Rahman"), "by:\"Abu Jo Rahman\"");
        assert_eq!(carried_by("Kabar"), "outlet:\"Kabar\"");
    }

    #[test]
    fn exactly_the_condition_is_taken_out() {
        let term = |text: &str| Query::parse(text).unwrap().terms()[0].clone();
        let line = "korea  country:NO \"a  b\" c:norwegia !country:NO by:\"Ingrid Solheim\"";
        assert_eq!(without(line, &term("country:NO")), "korea \"a  b\" !country:NO by:\"Ingrid Solheim\"");
        assert_eq!(
            without(line, &term("by:\"ingrid solheim\"")),
            "korea  country:NO \"a  b\" c:norwegia !country:NO"
        );
        assert_eq!(without(line, &term("lang:id")), line);
    }

    proptest! {
        #[test]
        fn what_is_put_on_the_line_can_be_taken_out(
            line in "(korea |\"a b\" |by:\"Ana\" |!c:id |lang:en |on:2025 |x:|\"|\\(|')*[a-z ]{0,4}",
            name in "[A-Za-z“”\" '^$!:()]{0,12}[a-z]",
        ) {
            let more = carried_by(&name);
            let added = Query::parse(&more).unwrap();
            prop_assert_eq!(added.terms().len(), 1);
            let term = &added.terms()[0];
            if let (false, Ok(_)) = (matches!(term.condition, Condition::Anything), Query::parse(&line)) {
                let longer = with(&line, &more);
                let query = Query::parse(&longer).unwrap();
                prop_assert!(asks_all(&query, added.terms()), "{} in {}", more, longer);
                let shorter = Query::parse(&without(&longer, term)).unwrap();
                prop_assert!(!asks_all(&shorter, added.terms()));
            }
        }
    }
}
