//! What the commands that answer a query have in common: the query, where it is asked, what it finds.

use super::output::is_watched;
use super::{complain, open};
use crate::library::{self, Opening, Ordinal, Paths, Searches, Snapshot, Update};
use crate::search::{Query, QueryError, Saved};
use crate::text::{sanitise_line, width};
use clap::Args;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// A query and where it is asked.
#[derive(Args)]
pub(super) struct Asked {
    /// What to look for, as in the filter line: words, person:, country:, by:, about:, "a phrase", text:, after:, is:starred, tag:, @saved …
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// A file or folder with articles instead of the library, which is the sample while it is empty; - reads the standard input. For several, once for each.
    #[arg(long = "in", value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// What a query found.
pub(super) struct Found {
    pub(super) snapshot: Snapshot,
    pub(super) query: Query,
    /// Best first, of equals the newest; without a query the newest first.
    pub(super) rows: Vec<Ordinal>,
    /// Whether some of the sources could not be read.
    pub(super) failed: bool,
}

impl Asked {
    /// The query; `None` after saying what is wrong with it.
    pub(super) fn query(&self) -> Option<Query> {
        let line = self.query.join(" ");
        let saved = if line.contains('@') { saved()? } else { Saved::default() };
        let read = Query::parse_with(&line, &saved).and_then(|query| query.whole().map(|()| query));
        read.map_err(|error| point(&line, &error)).ok()
    }

    /// Reads the sources and asks them; `None` after saying why there is nothing to ask.
    pub(super) fn find(&self) -> Option<Found> {
        self.find_by(Query::clone)
    }

    /// As [`Asked::find`], the articles being those that answer what `articles` makes of the query.
    pub(super) fn find_by(&self, articles: impl Fn(&Query) -> Query) -> Option<Found> {
        let query = self.query()?;
        let opening = if self.paths.is_empty() {
            open::asked()?
        } else {
            Opening::Sources(self.paths.iter().map(|path| open::source(path)).collect())
        };
        let problems = Mutex::new(Vec::new());
        let publish = |update: Update| {
            if let Update::Read { problems: more, .. } = update
                && let Ok(mut problems) = problems.lock()
            {
                problems.extend(more);
            }
        };
        let state = open::state().filter(|_| query.asks_what_was_done());
        let collection = library::open_kept(&opening, state.as_deref(), &AtomicBool::new(false), &publish);
        let problems = problems.into_inner().unwrap_or_default();
        for problem in &problems {
            complain(&problem.to_string());
        }
        let snapshot = collection.snapshot();
        if snapshot.is_empty() {
            complain("there are no articles to look through");
            return None;
        }
        let rows = if query.is_empty() {
            snapshot.newest_first().to_vec()
        } else {
            snapshot
                .query(&articles(&query), &AtomicBool::new(false))
                .map(|rows| rows.to_vec())
                .unwrap_or_default()
        };
        // A shell has written out `--in *.json`.
        if let Some(path) = self.query.iter().find(|word| !self.paths.is_empty() && Path::new(word).exists())
            && rows.is_empty()
        {
            complain(&format!(
                "{} is read as part of the query: each path has its own --in",
                sanitise_line(path)
            ));
        }
        Some(Found { snapshot, query, rows, failed: !problems.is_empty() })
    }
}

/// The saved searches; `None` after saying why they cannot be read.
pub(super) fn saved() -> Option<Saved> {
    let Some(paths) = Paths::of_user() else { return Some(Saved::default()) };
    match Searches::read(&paths.library().library) {
        Ok((saved, _)) => Some(saved),
        Err(error) => {
            complain(&error.to_string());
            None
        }
    }
}

/// Says what is wrong with a query, and points at the place.
fn point(line: &str, error: &QueryError) {
    let before = line.get(..error.span.start()).unwrap_or_default();
    let under = width(&sanitise_line(error.span.of(line))).max(1);
    complain(&format!("the query: {error}"));
    // With a letter behind it: a space at the end would be taken away.
    let place = " ".repeat(width(&sanitise_line(&format!("{before}^"))).saturating_sub(1));
    // When stderr is closed there is nowhere left to say it.
    let _ = writeln!(io::stderr(), "  {}\n  {place}{}", sanitise_line(line), "^".repeat(under));
}

impl Found {
    /// The exit status after `count` rows were found. To someone who reads along, nothing at all is said in words.
    pub(super) fn answered(&self, count: usize) -> u8 {
        if count == 0 && is_watched() {
            match self.query.source() {
                "" => complain("there is none of these"),
                query => complain(&format!("nothing answers to {query}")),
            }
        }
        self.status(count)
    }

    /// The exit status after `count` rows were found.
    pub(super) fn status(&self, count: usize) -> u8 {
        u8::from(count == 0 || self.failed)
    }
}
