//! `petik search`: articles.

use super::asked::Asked;
use super::output::Form;
use crate::article::Article;
use crate::export::{ARTICLE, Piece, article_cells};
use clap::{Args, ValueEnum};
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

/// Left out of the text form.
const HIDDEN: [&str; 5] = ["id", "people", "lang", "url", "authors"];

impl Search {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Some(mut found) = self.asked.find() else { return Ok(2) };
        let snapshot = &found.snapshot;
        let published = |row: &u32| snapshot.article(*row).and_then(|article| article.published);
        let text = |row: &u32, of: fn(&Article) -> String| snapshot.article(*row).map(|article| of(&article));
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
            let (article, annotations) = (snapshot.article(row)?, snapshot.annotations(row)?);
            Some(article_cells(&Piece { article: &article, annotations: &annotations, quote: None }))
        });
        // The text comes last; who wants it exports it.
        let (_, names) = ARTICLE.split_last().unwrap_or((&"", &[]));
        self.form.write(names, &HIDDEN, rows)?;
        Ok(found.status(found.rows.len()))
    }
}
