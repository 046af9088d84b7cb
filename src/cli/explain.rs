//! `petik show --explain`: for every quotation and name, which rule or model decided.

use crate::article::{Annotations, Article, Decides, EntityIndex, Form, Grounds, Mention, Rule};
use crate::text::{Span, width};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Columns of the text that a decision is about, at most.
const EXCERPT: usize = 56;

/// The rules that were at work so far.
#[derive(Debug, Default)]
pub(super) struct Legend {
    rules: BTreeSet<Rule>,
}

/// A decision on its way to the lines that tell of it.
struct Decision<'a> {
    span: Span,
    /// Of one span, quotations before names.
    order: u8,
    what: &'static str,
    confidence: u8,
    grounds: Grounds,
    whom: Option<&'a str>,
}

impl Legend {
    /// Writes the decisions about an article in the order of its text, one a line: how sure, what, by which rules, whom
    /// it means, and the text; takes note of the rules.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub(super) fn explain(
        &mut self,
        article: &Article,
        found: &Annotations,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "{}", article.title)?;
        let name = |entity: EntityIndex| found.entities.get(entity).map(|entity| entity.name.as_str());
        let mut titled: Vec<Decision<'_>> = Vec::new();
        let mut decisions: Vec<Decision<'_>> = Vec::new();
        for quote in &found.quotes {
            decisions.push(Decision {
                span: quote.span(),
                order: 0,
                what: quote.kind.as_str(),
                confidence: quote.confidence.0,
                grounds: quote.grounds,
                whom: Some(quote.speaker.and_then(name).unwrap_or("nobody")),
            });
        }
        for entity in &found.entities {
            let decide = |mention: &Mention| Decision {
                span: mention.span,
                order: 1,
                what: match mention.form {
                    Form::Name => entity.kind.as_str(),
                    other => other.as_str().unwrap_or_default(),
                },
                confidence: mention.confidence.0,
                grounds: mention.grounds,
                whom: Some(entity.name.as_str()),
            };
            titled.extend(entity.title_mentions.iter().map(decide));
            decisions.extend(entity.mentions.iter().map(decide));
        }
        for (text, mut list) in [(&article.title, titled), (&article.body, decisions)] {
            list.sort_by_key(|decision| {
                (decision.span.start, decision.order, std::cmp::Reverse(decision.span.end))
            });
            for decision in list {
                self.line(text, &decision, out)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, text: &str, decision: &Decision<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.rules.extend(decision.grounds.rules());
        let rules = decision.grounds.rules().map(Rule::name).collect::<Vec<_>>().join(", ");
        let Decision { what, confidence, .. } = decision;
        let excerpt = excerpt(decision.span.of(text));
        let whom = decision.whom.filter(|whom| *whom != excerpt).map(|whom| format!(" = {whom}"));
        writeln!(out, "  {confidence:3} {what:12} {excerpt}{}  [{rules}]", whom.unwrap_or_default())
    }

    /// Writes what the rules that were at work say, and where they come from.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let longest = self.rules.iter().map(|rule| rule.name().len()).max().unwrap_or(0);
        for decides in Decides::ALL {
            let rules = self.rules.iter().filter(|rule| rule.decides() == decides);
            for (at, rule) in rules.enumerate() {
                if at == 0 {
                    writeln!(out, "\n{}", decides.heading())?;
                }
                writeln!(out, "  {:longest$}  {} ({})", rule.name(), rule.says(), rule.source())?;
            }
        }
        Ok(())
    }
}

/// A text on one line, cut to [`EXCERPT`] columns.
fn excerpt(text: &str) -> String {
    let mut line = String::new();
    let mut columns = 0;
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        columns += width(c.encode_utf8(&mut [0; 4]));
        if columns > EXCERPT {
            line.push('…');
            break;
        }
        line.push(c);
    }
    line
}
