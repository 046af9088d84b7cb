//! `petik search`: articles.

use super::asked::{Asked, saved};
use super::complain;
use super::output::Form;
use crate::export::{ARTICLE, Piece, article_cells};
use crate::library::{Paths, Searches};
use crate::search::{Query, Saved, Sort, name_of_search, reference};
use clap::{Args, ValueEnum};
use std::cmp::Reverse;
use std::io;
use std::sync::atomic::AtomicBool;

#[derive(Args)]
pub(super) struct Search {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    form: Form,
    /// Save the query under NAME, to be asked again as @NAME here and in the filter line.
    #[arg(long, value_name = "NAME")]
    save: Option<String>,
    /// Save it in the place of one of the same name.
    #[arg(long, requires = "save")]
    force: bool,
    /// In what order; without it the best first, of equals the newest; without a query, and where nothing but texts is
    /// searched, the newest first.
    #[arg(long, value_name = "ORDER")]
    sort: Option<Order>,
}

/// Orders of articles.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best first; what is asked of texts by BM25.
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

/// Left out where the terminal is too narrow for all, the first of them first.
const SPARE: [&str; 3] = ["countries", "outlet", "quotes"];

impl Search {
    pub(super) fn run(&self) -> io::Result<u8> {
        if let Some(name) = &self.save
            && !self.keep(name)
        {
            return Ok(2);
        }
        let Some(mut found) = self.asked.find() else { return Ok(2) };
        let snapshot = &found.snapshot;
        let published = |row: &u32| snapshot.published(*row);
        let line = |row: &u32| snapshot.line(*row);
        match self.sort {
            None => {}
            Some(Order::Best) if found.query.is_empty() => {}
            Some(Order::Best) => {
                let never = AtomicBool::new(false);
                let best = snapshot.query_by(&found.query, Sort::Best, &never);
                found.rows = best.map(|rows| rows.to_vec()).unwrap_or_default();
            }
            Some(Order::Newest) => found.rows.sort_by_key(|row| Reverse(published(row))),
            Some(Order::Oldest) => found.rows.sort_by_key(|row| (published(row).is_none(), published(row))),
            Some(Order::Outlet) => found.rows.sort_by_cached_key(|row| {
                let outlet = line(row).and_then(|line| line.outlet.clone());
                (outlet.is_none(), outlet)
            }),
            Some(Order::Title) => {
                found.rows.sort_by_cached_key(|row| line(row).map(|line| line.title.to_lowercase()));
            }
        }
        let rows = found.rows.iter().filter_map(|&row| {
            let (article, annotations) = (snapshot.article(row)?, snapshot.annotations(row)?);
            Some(article_cells(&Piece { article: &article, annotations: &annotations, quote: None }))
        });
        // The text comes last; who wants it exports it.
        let (_, names) = ARTICLE.split_last().unwrap_or((&"", &[]));
        self.form.write(names, &HIDDEN, &SPARE, rows)?;
        Ok(found.answered(found.rows.len()))
    }

    /// Saves the query; `false` after saying why it cannot be.
    fn keep(&self, name: &str) -> bool {
        let (Some(query), Some(saved)) = (self.asked.query(), saved()) else { return false };
        let kept = self.checked(name, &query, &saved).and_then(|name| {
            let paths = Paths::of_user().ok_or("there is no home to save it in")?;
            let mut searches = Searches::open(&paths.library().library).map_err(|error| error.to_string())?;
            match searches.save(&name, query.source(), self.force) {
                Ok(true) => Ok(()),
                Ok(false) => Err(there(&name)),
                Err(error) => Err(error.to_string()),
            }
        });
        kept.map_err(|said| complain(&said)).is_ok()
    }

    /// The name to save a query under, when it can be.
    fn checked(&self, name: &str, query: &Query, saved: &Saved) -> Result<String, String> {
        let name = name_of_search(name).map_err(|said| format!("--save: {said}"))?;
        if query.is_empty() {
            return Err("--save: expected a query to save".to_owned());
        }
        let known = saved.get(&name).map(|(known, _)| known.to_owned());
        if let Some(known) = known.as_deref().filter(|_| !self.force) {
            return Err(there(known));
        }
        let name = known.unwrap_or(name);
        saved.may_hold(&name, query.source()).map_err(|error| format!("--save: {error}"))?;
        Ok(name)
    }
}

fn there(name: &str) -> String {
    format!("{} is saved already (--force saves over it)", reference(name))
}
