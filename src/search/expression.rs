//! What full text is asked for: words and phrases joined by AND, OR, NOT and NEAR.
//!
//! ```text
//! any    = all { "OR" all }
//! all    = unit { [ "AND" ] unit | "NOT" unit }
//! unit   = "(" any ")"  |  phrase { "NEAR" [ "/" number ] phrase }
//! phrase = '"' words '"' [ "*" ]  |  word [ "*" ]
//! ```
//!
//! The words are those of SQLite's FTS5, in capitals, so that they can be carried over to its index as they are; an
//! index and a text that is read word by word must give the same answer.

use std::fmt::Write;

use super::parse::QUOTATION_MARKS;
use super::passage::{Buffers, Passage};
use super::query::QueryError;
use crate::text::{Span, is_unspaced};

/// Words between two of NEAR when it says no number, as in FTS5.
const NEAR: usize = 10;

/// Deeper brackets than anybody writes.
const DEEPEST: usize = 32;

/// A question to a text.
#[derive(Debug, Clone)]
pub enum Expression {
    /// It holds these words.
    Passage(Box<Passage>),
    /// It holds all of these with at most so many words between the end of the first and the start of the last.
    Near(Vec<Passage>, usize),
    /// Each of these holds.
    All(Vec<Expression>),
    /// One of these holds.
    Any(Vec<Expression>),
    /// The first holds and the second does not.
    Without(Box<Expression>, Box<Expression>),
}

impl Expression {
    /// Reads brackets and what stands in them, at byte `at` of a query line; `None` when nothing is asked yet. A
    /// bracket or mark that is still open is closed by the end.
    ///
    /// # Errors
    /// A word such as OR without both its sides, a NEAR of anything but words, brackets deeper than 32.
    pub(super) fn parse(source: &str, at: usize) -> Result<Option<Expression>, QueryError> {
        let mut reader = Reader { tokens: tokens(source, at), at: 0 };
        let found = reader.any(0)?;
        match reader.next() {
            Some(token) => Err(error(token.span, "expected nothing behind the last bracket")),
            None => Ok(found),
        }
    }

    /// Whether the texts that were read, title and body, answer together; no passage runs from one into the other.
    pub(super) fn is_in(&self, texts: &mut [Buffers]) -> bool {
        match self {
            Expression::Passage(passage) => texts.iter_mut().any(|text| passage.is_in(text)),
            Expression::Near(passages, most) => texts.iter_mut().any(|text| near(passages, *most, text)),
            Expression::All(parts) => parts.iter().all(|part| part.is_in(texts)),
            Expression::Any(parts) => parts.iter().any(|part| part.is_in(texts)),
            Expression::Without(wanted, unwanted) => wanted.is_in(texts) && !unwanted.is_in(texts),
        }
    }

    /// The words that may be marked in a text: all but those that must not be there.
    pub fn passages(&self) -> Vec<&Passage> {
        match self {
            Expression::Passage(passage) => vec![passage],
            Expression::Near(passages, _) => passages.iter().collect(),
            Expression::All(parts) | Expression::Any(parts) => {
                parts.iter().flat_map(Expression::passages).collect()
            }
            Expression::Without(wanted, _) => wanted.passages(),
        }
    }

    /// The question as FTS5 reads it, over an index of the words that [`Passage`] sees.
    pub fn to_fts5(&self) -> String {
        let joined = |parts: &[Expression], word: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({})", part.to_fts5())).collect();
            parts.join(word)
        };
        match self {
            Expression::Passage(passage) => phrase(passage),
            Expression::Near(passages, most) => {
                let mut near = "NEAR(".to_owned();
                for passage in passages {
                    near.push_str(&phrase(passage));
                    near.push(' ');
                }
                // Writing to a string cannot fail.
                let _ = write!(near, ", {most})");
                near
            }
            Expression::All(parts) => joined(parts, " AND "),
            Expression::Any(parts) => joined(parts, " OR "),
            Expression::Without(wanted, unwanted) => {
                format!("({}) NOT ({})", wanted.to_fts5(), unwanted.to_fts5())
            }
        }
    }
}

/// A phrase of the terms that [`push_terms`](crate::text::push_terms) makes of a text: of scripts that set no spaces, each
/// letter with the one behind it, and what is behind the last is left open. Folded words hold neither quotation marks nor
/// anything else that FTS5 would read.
fn phrase(passage: &Passage) -> String {
    let words: Vec<&str> = passage.words().collect();
    let unspaced = |word: &str| word.chars().next().is_some_and(is_unspaced);
    let mut terms = String::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).filter(|next| unspaced(word) && unspaced(next));
        terms.extend([if at == 0 { "" } else { " " }, *word, next.copied().unwrap_or_default()]);
    }
    let open = passage.is_open() || words.last().is_some_and(|last| unspaced(last));
    format!("\"{terms}\"{}", if open { " *" } else { "" })
}

/// Whether the passages all stand in one stretch of the text, in any order.
pub(super) fn near(passages: &[Passage], most: usize, buffers: &mut Buffers) -> bool {
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for (which, passage) in passages.iter().enumerate() {
        let (starts, length) = passage.places(buffers);
        if starts.is_empty() {
            return false;
        }
        places.extend(starts.into_iter().map(|start| (start, start + length, which)));
    }
    places.sort_unstable();
    // As FTS5 measures: the last passage begins at most so many words behind the end of each other one.
    let mut ends: Vec<Option<usize>> = vec![None; passages.len()];
    places.into_iter().any(|(start, end, which)| {
        if let Some(slot) = ends.get_mut(which) {
            *slot = Some(end);
        }
        ends.iter().all(|end| end.is_some_and(|end| start.saturating_sub(end) <= most))
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign<'a> {
    Open,
    Close,
    And,
    Or,
    Not,
    Near(Option<&'a str>),
    /// Words, and whether the last may go on.
    Words(&'a str, bool),
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    sign: Sign<'a>,
    span: Span,
}

fn tokens(source: &str, base: usize) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..)
        && let Some(first) = rest.chars().next()
    {
        let (sign, length) = match first {
            '(' => (Some(Sign::Open), 1),
            ')' => (Some(Sign::Close), 1),
            first if first.is_whitespace() => (None, first.len_utf8()),
            first if QUOTATION_MARKS.contains(&first) => {
                let inner = rest.get(first.len_utf8()..).unwrap_or_default();
                let words =
                    inner.find(QUOTATION_MARKS).map_or(inner, |end| inner.get(..end).unwrap_or(inner));
                let mark = inner.get(words.len()..).and_then(|rest| rest.chars().next());
                let closed = first.len_utf8() + words.len() + mark.map_or(0, char::len_utf8);
                let star = rest.get(closed..).is_some_and(|rest| rest.starts_with('*'));
                (Some(Sign::Words(words, star || mark.is_none())), closed + usize::from(star))
            }
            _ => {
                let stops =
                    |c: char| c.is_whitespace() || matches!(c, '(' | ')') || QUOTATION_MARKS.contains(&c);
                let word = rest.find(stops).and_then(|end| rest.get(..end)).unwrap_or(rest);
                (Some(sign(word)), word.len())
            }
        };
        let span = Span::new(base + at, base + at + length);
        found.extend(sign.map(|sign| Token { sign, span }));
        at += length;
    }
    found
}

fn sign(word: &str) -> Sign<'_> {
    match word {
        "AND" => Sign::And,
        "OR" => Sign::Or,
        "NOT" => Sign::Not,
        "NEAR" => Sign::Near(None),
        _ => match (word.strip_prefix("NEAR/"), word.strip_suffix('*')) {
            (Some(number), _) => Sign::Near(Some(number)),
            (None, Some(word)) => Sign::Words(word, true),
            (None, None) => Sign::Words(word, false),
        },
    }
}

struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek();
        self.at += usize::from(token.is_some());
        token
    }

    fn next_if(&mut self, sign: Sign<'_>) -> Option<Token<'a>> {
        let token = self.peek().filter(|token| token.sign == sign)?;
        self.at += 1;
        Some(token)
    }

    /// What stands behind a joining word; at the end of the line it is still to be typed.
    fn side(&self, joiner: Token<'_>, found: Option<Expression>) -> Result<Option<Expression>, QueryError> {
        match found {
            None if self.peek().is_some() => Err(error(joiner.span, "expected words on both sides")),
            found => Ok(found),
        }
    }

    fn any(&mut self, depth: usize) -> Result<Option<Expression>, QueryError> {
        let mut parts: Vec<Expression> = self.all(depth)?.into_iter().collect();
        while let Some(joiner) = self.next_if(Sign::Or) {
            if parts.is_empty() {
                return Err(error(joiner.span, "expected words before OR"));
            }
            let side = self.all(depth)?;
            parts.extend(self.side(joiner, side)?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Option<Expression>, QueryError> {
        let mut parts: Vec<Expression> = Vec::new();
        while let Some(token) = self.peek() {
            match token.sign {
                Sign::Or | Sign::Close => break,
                Sign::And => {
                    self.at += 1;
                    if parts.is_empty() {
                        return Err(error(token.span, "expected words before AND"));
                    }
                    let side = self.unit(depth)?;
                    parts.extend(self.side(token, side)?);
                }
                Sign::Not => {
                    self.at += 1;
                    let Some(wanted) = one_or(std::mem::take(&mut parts), Expression::All) else {
                        let message = "expected words before NOT; to leave out articles write !text:(…)";
                        return Err(error(token.span, message));
                    };
                    let side = self.unit(depth)?;
                    parts.push(match self.side(token, side)? {
                        Some(unwanted) => Expression::Without(Box::new(wanted), Box::new(unwanted)),
                        None => wanted,
                    });
                }
                Sign::Near(_) => return Err(error(token.span, "expected a word before NEAR")),
                Sign::Open | Sign::Words(..) => parts.extend(self.unit(depth)?),
            }
        }
        Ok(one_or(parts, Expression::All))
    }

    fn unit(&mut self, depth: usize) -> Result<Option<Expression>, QueryError> {
        let Some(token) = self.peek() else { return Ok(None) };
        match token.sign {
            Sign::Open if depth >= DEEPEST => {
                Err(error(token.span, format!("expected at most {DEEPEST} brackets in each other")))
            }
            Sign::Open => {
                self.at += 1;
                let inner = self.any(depth + 1)?;
                self.next_if(Sign::Close);
                if let Some(Token { sign: Sign::Near(_), span }) = self.peek() {
                    return Err(error(span, "expected words, not brackets, beside NEAR"));
                }
                Ok(inner)
            }
            Sign::Words(words, open) => {
                self.at += 1;
                self.near(Passage::new(words, open))
            }
            _ => Ok(None),
        }
    }

    /// What is to stand near the passage just read.
    fn near(&mut self, first: Option<Passage>) -> Result<Option<Expression>, QueryError> {
        let (mut passages, mut most): (Vec<Passage>, Option<usize>) = (first.into_iter().collect(), None);
        while let Some(Token { sign: Sign::Near(number), span }) = self.peek() {
            self.at += 1;
            let number = match number {
                None => NEAR,
                // The number is still to be typed.
                Some("") if self.peek().is_none() => NEAR,
                Some(number) => {
                    number.parse().map_err(|_| error(span, "expected a number of words, as in NEAR/5"))?
                }
            };
            most = Some(most.map_or(number, |most: usize| most.min(number)));
            match self.peek() {
                Some(Token { sign: Sign::Words(words, open), .. }) => {
                    self.at += 1;
                    passages.extend(Passage::new(words, open));
                }
                None => {}
                Some(_) => return Err(error(span, "expected a word behind NEAR")),
            }
        }
        Ok(match most {
            Some(most) if passages.len() > 1 => Some(Expression::Near(passages, most)),
            _ => passages.pop().map(|passage| Expression::Passage(Box::new(passage))),
        })
    }
}

fn error(span: Span, message: impl Into<String>) -> QueryError {
    QueryError { span, message: message.into() }
}

fn one_or(mut parts: Vec<Expression>, many: impl Fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    if parts.len() > 1 { Some(many(parts)) } else { parts.pop() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Condition, Query};
    use proptest::prelude::*;

    fn read(source: &str) -> Option<Expression> {
        Expression::parse(source, 0).unwrap()
    }

    fn answers(source: &str, title: &str, body: &str) -> bool {
        let mut texts = [Buffers::default(), Buffers::default()];
        texts[0].read(title);
        texts[1].read(body);
        read(source).unwrap().is_in(&mut texts)
    }

    #[test]
    fn words_are_joined_as_fts5_joins_them() {
        for (source, fts5) in [
            ("(rudal)", "\"rudal\""),
            ("(rud*)", "\"rud\" *"),
            ("(\"ujung tombak\" korut)", "(\"ujung tombak\") AND (\"korut\")"),
            ("(a OR b AND c NOT d)", "(\"a\") OR (((\"b\") AND (\"c\")) NOT (\"d\"))"),
            ("(a NEAR/3 b NEAR c)", "NEAR(\"a\" \"b\" \"c\" , 3)"),
            ("((a OR b) c)", "((\"a\") OR (\"b\")) AND (\"c\")"),
            ("(会談 or)", "(\"会談 談\" *) AND (\"or\")"),
            ("(\"会談2025\")", "\"会談 談 2025\""),
        ] {
            assert_eq!(read(source).unwrap().to_fts5(), fts5, "{source}");
        }
    }

    #[test]
    fn texts_answer_together_but_no_words_run_from_one_into_the_other() {
        assert!(answers("(rudal korut)", "Rudal", "di Korut"));
        assert!(!answers("(\"rudal di\")", "Rudal", "di Korut"));
        assert!(answers("(rudal NOT misil)", "Rudal", "di Korut"));
        assert!(!answers("(rudal NOT korut)", "Rudal", "di Korut"));
        assert!(answers("(misil OR \"di kor*)", "Rudal", "di Korut"));
        assert!(answers("(a NEAR/2 b)", "", "b x y a"));
        assert!(!answers("(a NEAR/2 b)", "", "b x y z a"));
        assert!(!answers("(a NEAR/2 b)", "a", "b"));
        assert!(answers("(\"a b\" NEAR/0 c)", "", "c x a b c"));
    }

    #[test]
    fn what_is_still_being_typed_asks_nothing_and_what_is_wrong_says_where() {
        for half in ["(", "()", "(a AND", "(a OR ", "(a NOT (", "(a NEAR", "(a NEAR/", "(\"", "(\"a"] {
            assert!(Expression::parse(half, 0).is_ok(), "{half}");
        }
        for (wrong, at) in
            [("(OR a)", 1), ("(a OR )", 3), ("(NOT a)", 1), ("(a NEAR/x b)", 3), ("(a NEAR (b))", 3)]
        {
            assert_eq!(Expression::parse(wrong, 5).unwrap_err().span.start(), 5 + at, "{wrong}");
        }
        assert!(Expression::parse(&"(".repeat(4000), 0).is_err());
    }

    #[test]
    fn brackets_are_one_term_of_the_line() {
        let query = Query::parse("c:kp text:(rudal OR (misil NEAR/3 korut)) lavrov").unwrap();
        assert_eq!(query.terms().len(), 3);
        assert!(matches!(query.terms()[1].condition, Condition::Text(Expression::Any(_))));
        let error = Query::parse("lavrov text:(OR rudal)").unwrap_err();
        assert_eq!(error.span.of("lavrov text:(OR rudal)"), "OR");
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_refused_on_the_line(source in "[ab ()\"*]{0,20}|[aNEORDT/1 ()]{0,30}") {
            let source = format!("({source}");
            match Expression::parse(&source, 0) {
                Ok(Some(expression)) => {
                    let mut texts = [Buffers::default(), Buffers::default()];
                    texts[0].read("a b ab");
                    expression.is_in(&mut texts);
                    prop_assert!(!expression.to_fts5().is_empty());
                }
                Ok(None) => {}
                Err(error) => prop_assert!(!error.span.of(&source).is_empty()),
            }
        }
    }
}
