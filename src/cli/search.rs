//! `petik search`: articles.

use super::asked::Asked;
use super::output::Form;
use crate::article::{Article, Kind};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::io;

#[derive(Args)]
pub(super) struct Search {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    form: Form,
    /// In what order; without it the best first, of equals and without a query the newest.
    #[arg(long, value_name = "ORDER")]
    sort: Option<Order>,
}

/// Orders of articles.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best first.
    Best,
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// By outlet.
    Outlet,
    /// By title.
    Title,
}

const NAMES: [&str; 10] =
    ["id", "published", "outlet", "countries", "quotes", "title", "people", "lang", "url", "authors"];

/// Left out of the text form.
const HIDDEN: [&str; 5] = ["id", "people", "lang", "url", "authors"];

impl Search {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Some(mut found) = self.asked.find() else { return Ok(2) };
        let snapshot = &found.snapshot;
        let published = |row: &u32| snapshot.article(*row).and_then(|article| article.published);
        let text = |row: &u32, of: fn(&Article) -> String| snapshot.article(*row).map(|article| of(article));
        match self.sort {
            None | Some(Order::Best) => {}
            Some(Order::Newest) => found.rows.sort_by_cached_key(|row| Reverse(published(row))),
            Some(Order::Oldest) => {
                found.rows.sort_by_cached_key(|row| (published(row).is_none(), published(row)));
            }
            Some(Order::Outlet) => {
                found.rows.sort_by_cached_key(|row| text(row, |a| a.outlet.clone().unwrap_or_default()));
            }
            Some(Order::Title) => found.rows.sort_by_cached_key(|row| text(row, |a| a.title.to_lowercase())),
        }
        let rows = found.rows.iter().filter_map(|&row| {
            let article = snapshot.article(row)?;
            let known = snapshot.annotations(row);
            let entities = || known.into_iter().flat_map(|known| &known.entities);
            let countries = entities().filter(|entity| entity.kind == Kind::Country);
            let people = entities().filter(|entity| entity.kind == Kind::Person);
            let language = article.language.or(known.map(|known| known.language));
            Some(vec![
                json!(article.key.clone().unwrap_or_else(|| article.id.to_string())),
                json!(article.published.map(|published| published.rfc3339())),
                json!(article.outlet),
                countries
                    .filter_map(|entity| entity.country)
                    .map(|code| json!(code.as_str()))
                    .collect::<Value>(),
                json!(known.map(|known| known.quotes.len())),
                json!(article.title),
                people.map(|entity| json!(entity.name)).collect(),
                json!(language.map(|language| language.to_string())),
                json!(article.url),
                json!(article.authors),
            ])
        });
        self.form.write(&NAMES, &HIDDEN, rows)?;
        Ok(found.status(found.rows.len()))
    }
}
