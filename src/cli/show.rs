//! `petik show`: articles as text with their marks.

use super::explain::Legend;
use super::{complain, open};
use crate::annotate::annotate;
use crate::app::Document;
use crate::article::{Annotations, Article, record};
use crate::library::{self, Snapshot, Update};
use crate::load::{self, Event};
use crate::view::{Theme, print};
use clap::Args;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Columns of text in a pipe, and at most on a terminal.
const COLUMNS: u16 = 110;

/// How articles are printed.
#[derive(Args)]
pub(super) struct Show {
    /// Files or folders with articles, - for the standard input, or ids of articles as search --json tells them: of the
    /// library, which is the sample while it is empty.
    #[arg(value_name = "PATH|ID", required = true)]
    what: Vec<PathBuf>,
    /// Print JSON Lines, as annotate does, with the links of the text (start, end, url).
    #[arg(long)]
    json: bool,
    /// Say of every quotation and name how sure it is and which rule or model decided.
    #[arg(long)]
    explain: bool,
}

impl Show {
    pub(super) fn run(&self) -> io::Result<u8> {
        let mut printer = Printer {
            show: self,
            theme: Theme { colour: open::colour() },
            styled: io::stdout().is_terminal(),
            columns: crate::runtime::terminal_columns().map_or(COLUMNS, |columns| columns.clamp(20, COLUMNS)),
            out: BufWriter::new(io::stdout().lock()),
            legend: Legend::default(),
            shown: 0,
        };
        let mut failed = false;
        let mut own: Option<Option<Snapshot>> = None;
        for argument in &self.what {
            let Some(id) = argument.to_str().filter(|_| !is_path(argument)) else {
                failed |= printer.print_path(argument)?;
                continue;
            };
            let Some(snapshot) = own.get_or_insert_with(library) else {
                failed = true;
                continue;
            };
            let rows = snapshot.of_id(id);
            // What is neither is told as a file that is not there.
            if rows.is_empty() {
                failed |= printer.print_path(argument)?;
            }
            for row in rows {
                let Some(article) = snapshot.article(row) else { continue };
                // Why it was decided so is not kept.
                let kept = snapshot.annotations(row).filter(|_| !self.explain);
                printer.print(Arc::clone(&article), kept.unwrap_or_else(|| Arc::new(annotate(&article))))?;
            }
        }
        printer.legend.write(&mut printer.out)?;
        printer.out.flush()?;
        Ok(match (printer.shown, failed) {
            (0, _) => 2,
            (_, true) => 1,
            (_, false) => 0,
        })
    }
}

/// Whether an argument is a file or folder, or the standard input.
fn is_path(argument: &Path) -> bool {
    argument == Path::new("-") || argument.exists()
}

/// The reader's library, or the sample while it is empty; `None` after saying why it cannot be opened.
fn library() -> Option<Snapshot> {
    let tell = |update: Update| {
        if let Update::Read { problems, .. } = update {
            problems.iter().for_each(|problem| complain(&problem.to_string()));
        }
    };
    Some(library::open(&open::asked()?, &AtomicBool::new(false), &tell).snapshot())
}

struct Printer<'a> {
    show: &'a Show,
    theme: Theme,
    styled: bool,
    columns: u16,
    out: BufWriter<StdoutLock<'static>>,
    legend: Legend,
    /// How many articles were printed.
    shown: u32,
}

impl Printer<'_> {
    /// Prints the articles of a path; whether a part could not be read.
    fn print_path(&mut self, path: &Path) -> io::Result<bool> {
        let sources = [open::source(path)];
        let (mut failed, mut written) = (false, Ok(()));
        load::load(&sources, &mut |event| {
            match event {
                Event::Progress(_) => {}
                Event::Problem(problem) => {
                    failed = true;
                    complain(&problem.to_string());
                }
                Event::Loaded(loaded) => {
                    let found = loaded.annotations.unwrap_or_else(|| annotate(&loaded.article));
                    written = self.print(Arc::new(loaded.article), Arc::new(found));
                }
            }
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        written.map(|()| failed)
    }

    fn print(&mut self, article: Arc<Article>, found: Arc<Annotations>) -> io::Result<()> {
        let first = self.shown == 0;
        self.shown += 1;
        let out = &mut self.out;
        match (self.show.json, self.show.explain) {
            (true, true) => writeln!(out, "{}", record::explained(&article, &found)),
            (true, false) => super::annotate::write(&article, &found, out),
            (false, true) => {
                if !first {
                    writeln!(out)?;
                }
                self.legend.explain(&article, &found, out)
            }
            (false, false) => {
                if !first {
                    writeln!(out, "\n{}\n", "─".repeat(24))?;
                }
                print(&Document::new(0, article, Some(found)), self.theme, self.columns, self.styled, out)
            }
        }
    }
}
