//! `petik quotes`: quotations with their speakers.

use super::asked::Asked;
use super::output::Form;
use crate::export::{Piece, QUOTE, quote_cells};
use crate::library::QuotePlace;
use crate::search::articles_of_quotes;
use clap::{Args, ValueEnum};
use std::cmp::Reverse;
use std::io;

#[derive(Args)]
pub(super) struct Quotes {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    form: Form,
    /// In what order; without it by article, the best first, of equals and without a query the newest.
    #[arg(long, value_name = "ORDER")]
    sort: Option<Order>,
}

/// Orders of quotations.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best article first.
    Best,
    /// The newest article first.
    Newest,
    /// The oldest article first.
    Oldest,
    /// By speaker.
    Speaker,
}

/// Articles whose quotations are looked at together.
const TOGETHER: usize = 512;

/// Left out of the text form.
const HIDDEN: [&str; 10] =
    ["role", "kind", "relay", "confidence", "title", "url", "id", "start", "end", "parts"];

/// Left out where the terminal is too narrow for all, the first of them first.
const SPARE: [&str; 1] = ["outlet"];

impl Quotes {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Some(found) = self.asked.find_by(articles_of_quotes) else { return Ok(2) };
        let snapshot = &found.snapshot;
        // In the order of the articles they are found as they are written: whoever wants five waits for five.
        let in_order = found.rows.chunks(TOGETHER).flat_map(|rows| snapshot.quotes(rows, &found.query));
        let published = |place: &QuotePlace| snapshot.published(place.0);
        let speaker = |place: &QuotePlace| {
            let known = snapshot.annotations(place.0)?;
            Some(known.entities.get(known.quotes.get(place.1)?.speaker?)?.name.clone())
        };
        let sorted = |by: &dyn Fn(&mut Vec<QuotePlace>)| {
            let mut places = snapshot.quotes(&found.rows, &found.query);
            by(&mut places);
            places.into_iter()
        };
        let places: Box<dyn Iterator<Item = QuotePlace>> = match self.sort {
            None | Some(Order::Best) => Box::new(in_order),
            Some(Order::Newest) => {
                Box::new(sorted(&|places| places.sort_by_key(|place| Reverse(published(place)))))
            }
            Some(Order::Oldest) => Box::new(sorted(&|places| {
                places.sort_by_key(|place| (published(place).is_none(), published(place)));
            })),
            Some(Order::Speaker) => Box::new(sorted(&|places| {
                places.sort_by_cached_key(|place| (speaker(place).is_none(), speaker(place)));
            })),
        };
        let mut places = places.peekable();
        let any = places.peek().is_some();
        let rows = places.filter_map(|(row, at)| {
            let (article, annotations) = (snapshot.article(row)?, snapshot.annotations(row)?);
            let quote = annotations.quotes.get(at)?;
            Some(quote_cells(&Piece { article: &article, annotations: &annotations, quote: Some(at) }, quote))
        });
        self.form.write(&QUOTE, &HIDDEN, &SPARE, rows)?;
        Ok(found.answered(any.into()))
    }
}
