//! `petik stats`: the top names, speakers, outlets, countries and languages, and the months.

use super::asked::Asked;
use super::output::Form;
use crate::article::Kind;
use crate::library::{Counts, Named};
use clap::Args;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::io;

#[derive(Args)]
pub(super) struct Stats {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    form: Form,
    /// How many of each; months all, unless --limit says how many of everything.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
}

const NAMES: [&str; 4] = ["figure", "name", "count", "share"];

impl Stats {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Some(found) = self.asked.find() else { return Ok(2) };
        let (names, spread) = (found.snapshot.names(&found.rows), found.snapshot.spread(&found.rows));
        let articles = found.rows.len() as u64;
        let quotes = found.snapshot.count_quotes(&found.rows, &found.query);
        let of_kind =
            |kind: Kind| top(names.iter().filter(move |named| named.kind == kind), |named| named.articles);
        let speakers = top(names.iter().filter(|named| named.quotes > 0), |named| named.quotes);
        let tables: [(&str, Counts, u64, usize); 8] = [
            ("person", of_kind(Kind::Person), articles, self.top),
            ("speaker", speakers, quotes, self.top),
            ("country", of_kind(Kind::Country), articles, self.top),
            ("place", of_kind(Kind::Place), articles, self.top),
            ("organisation", of_kind(Kind::Organisation), articles, self.top),
            ("outlet", spread.outlets, articles, self.top),
            ("language", spread.languages, articles, self.top),
            ("month", spread.months, articles, usize::MAX),
        ];
        let totals = [
            ("total", "articles", articles),
            ("total", "quotes", quotes),
            ("total", "names", names.len() as u64),
        ];
        let totals = totals.into_iter().map(|(table, name, count)| row(table, name, count, None));
        let counted = tables.into_iter().flat_map(|(table, counts, all, most)| {
            counts
                .into_iter()
                .take(most.min(self.form.most()))
                .map(move |(name, count)| row(table, &name, count, Some(all)))
        });
        // The limit is one of each table: of all together it would leave the totals alone.
        self.form.write_all(&NAMES, &[], &["share"], totals.chain(counted))?;
        Ok(found.answered(found.rows.len()))
    }
}

fn top(names: impl Iterator<Item = Named>, count: fn(&Named) -> u64) -> Counts {
    let counted = |named: Named| {
        let many = count(&named);
        (named.name, many)
    };
    let mut counts: Counts = names.map(counted).collect();
    counts.sort_by(|(a, of_a), (b, of_b)| Reverse(of_a).cmp(&Reverse(of_b)).then_with(|| a.cmp(b)));
    counts
}

/// One figure; its share of `all` to three places.
fn row(table: &str, name: &str, count: u64, all: Option<u64>) -> Vec<Value> {
    let share = all.filter(|&all| all > 0).map(|all| (count as f64 / all as f64 * 1000.0).round() / 1000.0);
    vec![json!(table), json!(name), json!(count), json!(share)]
}
