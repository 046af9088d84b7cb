//! Rows of a command's answer as text, JSON Lines or CSV.

use crate::export::{Cell, csv_line, json_line};
use crate::text::{clip, pad, width};
use clap::Args;
use serde_json::Value;
use std::io::{self, IsTerminal, Write};

/// How the answer is written.
#[derive(Args, Clone, Copy)]
pub(super) struct Form {
    /// Print JSON Lines, one record a line.
    #[arg(long)]
    json: bool,
    /// Print CSV with a header.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print at most this many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// Columns a cell takes at most on a terminal, but for the last.
const WIDEST: usize = 32;

impl Form {
    /// How many rows are written at most.
    pub(super) fn most(self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }

    /// Writes rows whose cells are called `names`: a cell is a string, a number, a list of strings or null.
    ///
    /// As text they are columns on a terminal and separated by tabs in a pipe, without those in `hidden`.
    pub(super) fn write(
        self,
        names: &[&str],
        hidden: &[&str],
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let rows = rows.take(self.most());
        if self.json {
            for row in rows {
                out.write_all(json_line(names, row).as_bytes())?;
            }
        } else if self.csv {
            out.write_all(csv_line(names.iter()).as_bytes())?;
            for mut row in rows {
                row.truncate(names.len());
                out.write_all(csv_line(row.iter()).as_bytes())?;
            }
        } else {
            let shown = |row: Vec<Value>| -> Vec<String> {
                let cells = names.iter().zip(row).filter(|(name, _)| !hidden.contains(name));
                cells.map(|(_, cell)| (&cell).plain().replace(['\t', '\n'], " ")).collect()
            };
            let rows = rows.map(shown);
            match crate::runtime::terminal_columns() {
                Some(columns) if io::stdout().is_terminal() => aligned(rows, usize::from(columns), &mut out)?,
                _ => {
                    for row in rows {
                        writeln!(out, "{}", row.join("\t"))?;
                    }
                }
            }
        }
        out.flush()
    }
}

/// Rows that are looked at before the widths of their columns are set; what comes later is fitted in.
const LOOKED_AT: usize = 1000;

fn aligned(
    mut rows: impl Iterator<Item = Vec<String>>,
    columns: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head: Vec<Vec<String>> = rows.by_ref().take(LOOKED_AT).collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &head {
        widths.resize(widths.len().max(row.len()), 0);
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = width(cell).clamp(*most, WIDEST.max(*most));
        }
    }
    for row in head.into_iter().chain(rows) {
        let (mut line, last) = (String::new(), row.len().saturating_sub(1));
        for (at, (cell, columns)) in row.iter().zip(&widths).enumerate() {
            if at == last {
                line.push_str(cell);
            } else if *columns > 0 {
                line.push_str(&pad(cell, *columns));
                line.push_str("  ");
            }
        }
        writeln!(out, "{}", clip(line.trim_end(), columns))?;
    }
    Ok(())
}
