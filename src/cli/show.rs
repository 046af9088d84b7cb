//! `petik show`: articles as text with their marks.

use super::explain::Legend;
use super::{complain, open};
use crate::annotate::annotate;
use crate::app::Document;
use crate::article::record;
use crate::load::{self, Event};
use crate::view::{Theme, print};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

/// Columns of text in a pipe, and at most on a terminal.
const COLUMNS: u16 = 110;

pub(super) fn show(paths: &[PathBuf], json: bool, explain: bool) -> io::Result<u8> {
    let sources: Vec<_> = paths.iter().map(|path| open::source(path)).collect();
    let styled = io::stdout().is_terminal();
    let theme = Theme { colour: open::colour() };
    let columns = crate::runtime::terminal_columns().map_or(COLUMNS, |columns| columns.clamp(20, COLUMNS));
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut shown, mut failed, mut written) = (0u32, false, Ok(()));
    let mut legend = Legend::default();
    load::load(&sources, &mut |event| {
        let step = match event {
            Event::Progress(_) => Ok(()),
            Event::Problem(problem) => {
                failed = true;
                complain(&problem.to_string());
                Ok(())
            }
            Event::Loaded(loaded) => {
                let found = loaded.annotations.unwrap_or_else(|| annotate(&loaded.article));
                let article = Arc::new(loaded.article);
                let first = shown == 0;
                shown += 1;
                if json && explain {
                    writeln!(out, "{}", record::explained(&article, &found))
                } else if json {
                    super::annotate::write(&article, &found, &mut out)
                } else if explain {
                    let apart = if first { Ok(()) } else { writeln!(out) };
                    apart.and_then(|()| legend.explain(&article, &found, &mut out))
                } else {
                    let document = Document::new(0, article, Some(Arc::new(found)));
                    let apart = if first { Ok(()) } else { writeln!(out, "\n{}\n", "─".repeat(24)) };
                    apart.and_then(|()| print(&document, theme, columns, styled, &mut out))
                }
            }
        };
        match step {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                written = Err(error);
                ControlFlow::Break(())
            }
        }
    });
    written?;
    legend.write(&mut out)?;
    out.flush()?;
    Ok(match (shown, failed) {
        (0, _) => 2,
        (_, true) => 1,
        (_, false) => 0,
    })
}
