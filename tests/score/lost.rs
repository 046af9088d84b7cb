//! A text with a mark lost, as happens when it passes through a form or a bad copy.

use super::{Annotated, Range, Record, Tally};

/// An article without the mark that closes one of its direct quotations, the middle one, and nothing labelled but its
/// direct quotations; none if it has none.
fn without_a_mark(gold: &Record) -> Option<Record> {
    let quotes: Vec<_> = gold.quotes.iter().flatten().filter(|quote| !quote.optional).collect();
    let direct: Vec<Range> = quotes
        .iter()
        .filter(|quote| quote.kind == "direct" && quote.alt.is_empty())
        .flat_map(|quote| if quote.parts.is_empty() { vec![quote.range] } else { quote.parts.clone() })
        .filter(|range| gold.text(*range).ends_with(['”', '"', '»', '“', '’']))
        .collect();
    let lost = direct.get(direct.len() / 2)?.end - 1;
    let body = gold.body.chars().enumerate().filter(|(at, _)| *at != lost).map(|(_, c)| c).collect();
    let shift = |point: usize| if point > lost { point - 1 } else { point };
    let moved = |range: Range| Range { start: shift(range.start), end: shift(range.end) };
    let quotes = gold.quotes.iter().flatten().filter(|quote| quote.kind == "direct" || quote.optional);
    let quotes = quotes.map(|quote| {
        let mut quote = quote.clone();
        quote.range = moved(quote.range);
        quote.parts.iter_mut().for_each(|part| *part = moved(*part));
        quote.alt = quote.alt.iter().map(|&(start, end)| (shift(start), shift(end))).collect();
        (quote.speaker, quote.relay, quote.cue) = (None, None, None);
        quote
    });
    Some(Record {
        id: gold.id.clone(),
        lang: gold.lang.clone(),
        title: gold.title.clone(),
        body,
        quotes: Some(quotes.collect()),
        quote_kinds: Some(vec!["direct".to_owned()]),
        no_entities: true,
        ..Record::default()
    })
}

impl Tally {
    /// Adds what is found of the direct quotations when the article that `gold` describes loses a closing mark.
    ///
    /// # Errors
    /// When what was written cannot be read.
    pub(crate) fn lose(&mut self, gold: &Record) -> Result<(), serde_json::Error> {
        let Some(record) = without_a_mark(gold) else { return Ok(()) };
        let mut tally = Tally::default();
        tally.quotations(&record, &Annotated::afresh(&record)?);
        self.lost = self.lost.plus(tally.quotes);
        self.errors.extend(tally.errors.into_iter().map(|mut error| {
            error.class = format!("a mark lost: {}", error.class);
            error
        }));
        Ok(())
    }
}
