//! Rows of a command's answer as text, JSON Lines or CSV.

use super::complain;
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
    /// Print at most this many rows; of stats, of each figure.
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

    /// Writes rows whose cells are called `names`, as many as `--limit` says: a cell is a string, a number, a list of
    /// strings or null.
    ///
    /// As text they are columns on a terminal and separated by tabs in a pipe, without those in `hidden`. On a terminal
    /// that is too narrow those in `spare` are left out, the first of them first.
    pub(super) fn write(
        self,
        names: &[&str],
        hidden: &[&str],
        spare: &[&str],
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> io::Result<()> {
        self.write_all(names, hidden, spare, rows.take(self.most()))
    }

    /// As [`Form::write`], whatever `--limit` says.
    pub(super) fn write_all(
        self,
        names: &[&str],
        hidden: &[&str],
        spare: &[&str],
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
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
            match crate::runtime::terminal_columns().filter(|_| is_watched()) {
                Some(columns) => {
                    let heads: Vec<&str> =
                        names.iter().filter(|name| !hidden.contains(name)).copied().collect();
                    let spare: Vec<usize> =
                        spare.iter().filter_map(|name| heads.iter().position(|head| head == name)).collect();
                    aligned(rows, &spare, usize::from(columns), &mut out)?;
                }
                _ => {
                    for row in rows {
                        writeln!(out, "{}", row.join("\t"))?;
                    }
                }
            }
        }
        out.flush()?;
        if self.limit == Some(0) && is_watched() {
            complain("--limit 0 leaves nothing to list; without it all is listed");
        }
        Ok(())
    }
}

/// Whether the answer is read as it comes, on a terminal: only there an answer without a row needs a word.
pub(super) fn is_watched() -> bool {
    io::stdout().is_terminal()
}

/// Rows that are looked at before the widths of their columns are set; what comes later is fitted in.
const LOOKED_AT: usize = 1000;

/// Writes `rows` as columns; where these are too many for the terminal, without some of `spare`.
fn aligned(
    mut rows: impl Iterator<Item = Vec<String>>,
    spare: &[usize],
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
    let left_out = fit(&mut widths, spare, columns);
    let last = (0..widths.len()).rev().find(|at| !left_out.contains(at));
    for row in head.into_iter().chain(rows) {
        let mut line = String::new();
        for (at, (cell, columns)) in row.iter().zip(&widths).enumerate() {
            if left_out.contains(&at) {
                continue;
            }
            if Some(at) == last {
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

/// Fits columns of these widths into `columns`: leaves out as many of `spare` as it must, which it returns, and then
/// makes the widest narrower, unless that is the last, whose end is cut anyway. So what is cut is words, never numbers.
fn fit(widths: &mut [usize], spare: &[usize], columns: usize) -> Vec<usize> {
    let needed = |widths: &[usize], left_out: &[usize]| {
        let kept = widths.iter().enumerate().filter(|(at, wide)| **wide > 0 && !left_out.contains(at));
        kept.map(|(_, wide)| wide + 2).sum::<usize>().saturating_sub(2)
    };
    let mut left_out = Vec::new();
    for &at in spare {
        if needed(widths, &left_out) <= columns {
            break;
        }
        left_out.push(at);
    }
    let excess = needed(widths, &left_out).saturating_sub(columns);
    let mut kept: Vec<(usize, &mut usize)> =
        widths.iter_mut().enumerate().filter(|(at, _)| !left_out.contains(at)).collect();
    let last = kept.last().map(|(at, _)| *at);
    if let Some((_, wide)) =
        kept.iter_mut().max_by_key(|(_, wide)| **wide).filter(|(at, _)| Some(*at) != last)
    {
        **wide = wide.saturating_sub(excess).max(1);
    }
    left_out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(rows: &[&[&str]], spare: &[usize], columns: usize) -> Vec<String> {
        let rows = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect());
        let mut out = Vec::new();
        aligned(rows, spare, columns, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn whole_columns_give_way_and_numbers_are_never_cut() {
        let names: &[&[&str]] = &[
            &["person", "Ingrid Solheim", "21", "17", "42", "no", "2025-02-01", "2025-09-25"],
            &["organisation", "Kementerian Luar Negeri", "3", "0", "5", "", "", ""],
        ];
        let spare = [7, 6, 5, 4, 0];
        let at = |columns| printed(names, &spare, columns);
        assert_eq!(
            at(100)[0],
            "person        Ingrid Solheim           21  17  42  no  2025-02-01  2025-09-25"
        );
        assert_eq!(at(70)[0], "person        Ingrid Solheim           21  17  42  no  2025-02-01");
        assert_eq!(at(60)[0], "person        Ingrid Solheim           21  17  42  no");
        assert_eq!(
            at(46),
            ["person        Ingrid Solheim           21  17", "organisation  Kementerian Luar Negeri  3   0"]
        );
        assert_eq!(at(35), ["Ingrid Solheim           21  17", "Kementerian Luar Negeri  3   0"]);
        // Then the names are cut, with a sign, and what is counted is whole.
        assert_eq!(at(20), ["Ingrid Solh…  21  17", "Kementerian…  3   0"]);
    }

    #[test]
    fn a_text_at_the_end_is_cut_with_a_sign() {
        let rows: &[&[&str]] = &[&["2025-09-25", "The Harbour Post", "A sack of letters crosses the border"]];
        assert_eq!(printed(rows, &[], 46), ["2025-09-25  The Harbour Post  A sack of lette…"]);
    }
}
