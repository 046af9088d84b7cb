//! Direct quotations alone: in the text as it is, and with a mark lost, as happens when it passes through a form or a
//! bad copy.

use super::{Annotated, Quote, Range, Record, Tally};

/// An article with nothing labelled but its direct quotations, and no speakers.
fn direct(gold: &Record) -> Record {
    let quotes = gold.quotes.iter().flatten().filter(|quote| quote.kind == "direct" || quote.optional);
    let quotes = quotes.map(|quote| Quote {
        speaker: None,
        speaker_mention: None,
        relay: None,
        cue: None,
        ..quote.clone()
    });
    Record {
        id: gold.id.clone(),
        lang: gold.lang.clone(),
        title: gold.title.clone(),
        body: gold.body.clone(),
        quotes: Some(quotes.collect()),
        quote_kinds: Some(vec!["direct".to_owned()]),
        no_entities: true,
        ..Record::default()
    }
}

/// The same without the mark that closes one of them, the middle one; none if there is none.
fn without_a_mark(mut direct: Record) -> Option<Record> {
    let closed: Vec<Range> = direct
        .quotes
        .iter()
        .flatten()
        .filter(|quote| !quote.optional && quote.alt.is_empty())
        .flat_map(|quote| if quote.parts.is_empty() { vec![quote.range] } else { quote.parts.clone() })
        .filter(|range| direct.text(*range).ends_with(['”', '"', '»', '“', '’']))
        .collect();
    let lost = closed.get(closed.len() / 2)?.end - 1;
    let shift = |point: usize| if point > lost { point - 1 } else { point };
    let moved = |range: Range| Range { start: shift(range.start), end: shift(range.end) };
    direct.body = direct.body.chars().enumerate().filter(|(at, _)| *at != lost).map(|(_, c)| c).collect();
    for quote in direct.quotes.iter_mut().flatten() {
        quote.range = moved(quote.range);
        quote.parts.iter_mut().for_each(|part| *part = moved(*part));
        quote.alt.iter_mut().for_each(|alt| *alt = (shift(alt.0), shift(alt.1)));
    }
    Some(direct)
}

impl Tally {
    /// Adds what was `found` of the direct quotations of the article that `gold` describes, and what is found of them
    /// when it loses a closing mark.
    ///
    /// # Errors
    /// When what was written cannot be read.
    pub(crate) fn direct(&mut self, gold: &Record, found: &Annotated) -> Result<(), serde_json::Error> {
        let direct = direct(gold);
        let mut tally = Tally::default();
        tally.quotations(&direct, found);
        self.direct = self.direct.plus(tally.quotes);
        let Some(record) = without_a_mark(direct) else { return Ok(()) };
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
