//! What can be put where the cursor stands on a query line, and what of it an arena knows.
//!
//! ```text
//! line, cursor ─completing→ Completing ─┬─ fixed: fields, words, saved searches ─┬→ candidates
//!                                       └─ arena: names, countries, days ────────┘
//! ```

mod arena;

pub use arena::{Known, days_in, known_countries, known_languages, known_names};

use super::parse::{FIELDS, Field, QUOTATION_MARKS, field_named, next_term, value_start};
use super::query::Scope;
use super::saved::{Saved, reference};
use crate::article::Kind;
use crate::text::{Span, fold};

/// What is being typed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completing {
    /// The part of the line that a candidate takes the place of, in bytes.
    pub span: Span,
    /// What stands before it in any case: `!`.
    pub negated: bool,
    /// What is asked for.
    pub part: Part,
    /// What is typed of it, as far as the cursor.
    pub typed: String,
}

/// What can stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The name of a field, or any name.
    Word,
    /// A name, behind this field.
    Name(&'static str, Scope),
    /// A country.
    Country,
    /// A language.
    Language,
    /// A date, behind this field.
    Date(&'static str),
    /// One of these words, behind this field.
    Value(&'static str, &'static [&'static str]),
    /// One of the reader's tags.
    Tag,
    /// The name of a saved search.
    Saved,
}

/// Something to put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is put on the line.
    pub text: String,
    /// What is shown of it.
    pub shown: String,
    /// What else is told: a kind, a code.
    pub about: String,
    /// How many articles it stands for.
    pub count: Option<u64>,
}

/// The fields that are offered, with what they are for.
const OFFERED: [(&str, &str); 15] = [
    ("person", "someone who is named"),
    ("country", "by any name or code"),
    ("place", "another place"),
    ("org", "an organisation"),
    ("by", "who is quoted"),
    ("about", "whom quotations name"),
    ("outlet", "who carried it"),
    ("text", "words of the text"),
    ("lang", "its language"),
    ("after", "from a day on"),
    ("before", "before a day"),
    ("on", "a day, month or year"),
    ("has", "a quotation"),
    ("is", "read, starred, noted"),
    ("tag", "a tag of yours"),
];

/// What is being typed at byte `at` of a line; `None` where nothing can be offered.
pub fn completing(line: &str, at: usize) -> Option<Completing> {
    let (mut from, mut found) = (0, None);
    while let Some((start, end)) = next_term(line, from) {
        if start > at {
            break;
        }
        if at <= end {
            found = Some((start, end));
        }
        from = end;
    }
    let (start, end) = found.unwrap_or((at, at));
    let typed = line.get(start..at)?;
    let negated = typed.starts_with('!');
    let bare = typed.strip_prefix('!').unwrap_or(typed);
    let value_at = value_start(typed);
    let field = typed.get(usize::from(negated)..value_at).unwrap_or_default();
    let value = typed.get(value_at..).unwrap_or_default().trim_start_matches(QUOTATION_MARKS);
    let (part, typed) = match field.strip_suffix(':') {
        _ if bare.starts_with('@') => (Part::Saved, value),
        None if bare.starts_with(QUOTATION_MARKS) || bare.starts_with(['\'', '^']) => return None,
        None => (Part::Word, bare),
        Some(name) => (part(name)?, value),
    };
    Some(Completing { span: Span::new(start, end), negated, part, typed: typed.to_owned() })
}

fn part(name: &str) -> Option<Part> {
    let field = field_named(name)?;
    // As it is told to the reader, not as it was shortened.
    let &(name, _) = FIELDS.iter().find(|(_, known)| *known == field)?;
    Some(match field {
        Field::Named(scope) => Part::Name(name, scope),
        Field::Country => Part::Country,
        Field::Language => Part::Language,
        Field::After | Field::Before | Field::On => Part::Date(name),
        Field::Has => Part::Value(name, &["quote"]),
        Field::Is => Part::Value(name, &["unread", "read", "starred", "noted"]),
        Field::Tag => Part::Tag,
        Field::Text => return None,
    })
}

impl Completing {
    /// What can be offered whatever the collection holds.
    pub fn fixed(&self, saved: &Saved) -> Vec<Candidate> {
        let begins = |name: &str| fold(name).starts_with(&fold(&self.typed));
        match self.part {
            Part::Word => {
                let offer = |(name, about): &(&str, &str)| Candidate {
                    text: self.put(&format!("{name}:")),
                    shown: format!("{name}:"),
                    about: (*about).to_owned(),
                    count: None,
                };
                OFFERED.iter().filter(|(name, _)| begins(name)).map(offer).collect()
            }
            Part::Value(field, values) => {
                let offer = |value: &&str| Candidate {
                    text: self.put(&format!("{field}:{value}")),
                    shown: (*value).to_owned(),
                    about: String::new(),
                    count: None,
                };
                values.iter().filter(|value| begins(value)).map(offer).collect()
            }
            Part::Saved => {
                let holds = |name: &str| fold(name).contains(&fold(&self.typed));
                let mut offered: Vec<(bool, Candidate)> = saved
                    .iter()
                    .filter(|(name, _)| holds(name))
                    .map(|(name, query)| {
                        let candidate = Candidate {
                            text: self.put(&reference(name)),
                            shown: reference(name),
                            about: query.to_owned(),
                            count: None,
                        };
                        (!begins(name), candidate)
                    })
                    .collect();
                offered.sort_by_key(|(inside, _)| *inside);
                offered.into_iter().map(|(_, candidate)| candidate).collect()
            }
            Part::Name(..) | Part::Country | Part::Language | Part::Date(_) | Part::Tag => Vec::new(),
        }
    }

    /// Whether the collection is to be asked.
    pub fn asks_collection(&self) -> bool {
        match self.part {
            Part::Word => !self.typed.is_empty(),
            Part::Value(..) | Part::Saved => false,
            Part::Name(..) | Part::Country | Part::Language | Part::Date(_) | Part::Tag => true,
        }
    }

    /// What is put on the line for a term: the sign before it stays.
    pub fn put(&self, term: &str) -> String {
        format!("{}{term}", if self.negated { "!" } else { "" })
    }

    /// A name as it is put behind the field that is being typed, or behind the one for its kind.
    pub fn put_name(&self, kind: Option<Kind>, name: &str) -> String {
        let field = match (self.part, kind) {
            (Part::Name(field, _), _) => field,
            (_, None) => "outlet",
            (_, Some(Kind::Person)) => "person",
            (_, Some(Kind::Country)) => "country",
            (_, Some(Kind::Place)) => "place",
            (_, Some(Kind::Organisation)) => "org",
        };
        self.put(&format!("{field}:{}", boxed(name)))
    }
}

/// A value as it is written behind a field: in marks when it would not be read as one word otherwise.
pub fn boxed(value: &str) -> String {
    let bare = |c: char| !c.is_whitespace() && !QUOTATION_MARKS.contains(&c);
    if value.chars().all(bare) && !value.starts_with(['\'', '^', '(']) && !value.ends_with('$') {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace(QUOTATION_MARKS, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Query;
    use proptest::prelude::*;

    #[test]
    fn what_is_being_typed_is_known_by_its_field() {
        let read = |line: &str, at: usize| {
            completing(line, at).map(|found| (found.part, found.typed, found.span.of(line).to_owned()))
        };
        let end = |line: &str| read(line, line.len());
        let some = |part, typed: &str, term: &str| Some((part, typed.to_owned(), term.to_owned()));
        let person = Part::Name("person", Scope::Named(Kind::Person));
        assert_eq!(end(""), some(Part::Word, "", ""));
        assert_eq!(end("lavrov "), some(Part::Word, "", ""));
        assert_eq!(end("lavrov per"), some(Part::Word, "per", "per"));
        assert_eq!(end("p:ser"), some(person, "ser", "p:ser"));
        assert_eq!(end("!person:\"sergey la"), some(person, "sergey la", "!person:\"sergey la"));
        assert_eq!(read("x p:ser y", 5), some(person, "s", "p:ser"));
        assert_eq!(end("c:"), some(Part::Country, "", "c:"));
        assert_eq!(end("after:2025-"), some(Part::Date("after"), "2025-", "after:2025-"));
        assert_eq!(end("x @\"ujung t"), some(Part::Saved, "ujung t", "@\"ujung t"));
        assert_eq!(end("text:rud"), None);
        assert_eq!(end("nofield:x"), None);
        assert_eq!(end("'exact"), None);
    }

    #[test]
    fn fields_and_saved_searches_are_offered_by_their_beginnings() {
        let saved: Saved = [("Ujung timur", "x"), ("korut", "c:kp"), ("timur", "y")]
            .into_iter()
            .map(|(name, query)| (name.to_owned(), query.to_owned()))
            .collect();
        let offered = |line: &str| -> Vec<String> {
            let found = completing(line, line.len()).unwrap();
            found.fixed(&saved).into_iter().map(|candidate| candidate.text).collect()
        };
        assert_eq!(offered("pe"), ["person:"]);
        assert_eq!(offered("!a"), ["!about:", "!after:"]);
        assert_eq!(offered("").len(), OFFERED.len());
        assert_eq!(offered("@TIM"), ["@timur", "@\"Ujung timur\""]);
        assert_eq!(offered("has:"), ["has:quote"]);
    }

    proptest! {
        #[test]
        fn a_boxed_value_is_read_as_one_term(name in "[a-zé'^$()\"“ .:@!-]{1,12}") {
            let line = format!("person:{} x", boxed(&name));
            let terms = Query::parse(&line).map(|query| query.terms().len());
            prop_assert_eq!(terms, Ok(2), "{}", line);
        }

        #[test]
        fn any_line_and_place_is_taken(line in "[a-z:!@\"' é]{0,16}", at in 0usize..20) {
            if let Some(found) = completing(&line, at) {
                prop_assert!(line.get(found.span.range()).is_some());
                prop_assert!(found.span.start() <= at && at <= found.span.end());
            }
        }
    }
}
