//! The command line: one file a subcommand.
//!
//! Exit status: 0 done, 1 nothing found or part failed, 2 wrong usage or nothing readable.

mod anew;
mod annotate;
mod asked;
mod explain;
mod export;
mod import;
mod keys;
mod manual;
mod names;
mod open;
mod output;
mod quotes;
mod search;
mod show;
mod stats;

use crate::text::{Shape, sanitise, sanitise_line};
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Read the news by who said what.
///
/// petik opens a collection of articles, marks every quotation with its speaker and every person, country, place and
/// organisation, and filters by a few letters of any of them. Without a path it opens a sample.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    /// Files or folders with articles (JSON, JSON Lines, text, Markdown); - reads the standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What petik runs itself with once it keeps a big collection: whatever is kept of these paths is opened.
    #[arg(long, hide = true)]
    kept: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Annotate articles: JSON Lines in, JSON Lines out.
    ///
    /// Reads id, title, body and lang of each line, writes the line with its quotations, speakers and names, and
    /// passes every other field through. Offsets are code points of the body, half-open.
    Annotate {
        /// Files of JSON Lines; none or - reads the standard input.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Import articles into the library, which petik opens when it is given no path.
    ///
    /// What is there already is passed over, so that an import that was broken off goes on when it is run again.
    Import {
        /// Files or folders with articles; - reads the standard input.
        #[arg(value_name = "PATH", required_unless_present = "settle")]
        paths: Vec<PathBuf>,
        /// What petik runs itself with once all is read: how many articles were added, known and refused.
        #[arg(long, hide = true, num_args = 3)]
        settle: Option<Vec<u64>>,
        /// Say of each record that is no article where it stands and why.
        #[arg(long)]
        list_refused: bool,
        /// Write these records with the reason to FILE (JSON Lines) rather than beside the library; over nothing but an
        /// earlier list.
        #[arg(long, value_name = "FILE")]
        refused: Option<PathBuf>,
    },
    /// Print articles with their marks.
    Show(show::Show),
    /// Search articles.
    Search(search::Search),
    /// List quotations with their speakers; by: and about: in the query choose whose, and about whom.
    Quotes(quotes::Quotes),
    /// List who and what is named, with counts.
    Names(names::Names),
    /// Print the top names, speakers, outlets, countries and languages, and articles by month.
    Stats(stats::Stats),
    /// Write articles or quotations in a form for other people and tools.
    Export(export::Export),
    /// Print the completions of a shell, to be put where it looks for them.
    Completions {
        /// Which shell.
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
    /// Print the manual page (roff): petik man | man -l -
    Man,
    /// Print all keys.
    Keys {
        /// As the tables of the README.
        #[arg(long)]
        markdown: bool,
    },
}

/// Runs petik with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misread(&error),
    };
    let done = match arguments.command {
        None => open::open(&arguments.paths, arguments.kept),
        Some(Command::Annotate { files }) => {
            annotate::annotate(&files, &mut io::stdout().lock(), &mut io::stderr())
        }
        Some(Command::Import { settle: Some(counts), paths, .. }) if paths.is_empty() => {
            import::settle(&counts)
        }
        Some(Command::Import { settle: Some(_), paths, .. }) => open::settle(&paths),
        Some(Command::Import { paths, list_refused, refused, .. }) => {
            import::run(&paths, list_refused, refused.as_deref())
        }
        Some(Command::Names(command)) => command.run(),
        Some(Command::Quotes(command)) => command.run(),
        Some(Command::Search(command)) => command.run(),
        Some(Command::Show(command)) => command.run(),
        Some(Command::Stats(command)) => command.run(),
        Some(Command::Export(command)) => command.run(),
        Some(Command::Completions { shell }) => manual::completions(shell, &mut Arguments::command()),
        Some(Command::Man) => manual::page(&Arguments::command()),
        Some(Command::Keys { markdown }) => keys::keys(markdown),
    };
    exit(done)
}

/// Help and version, which are no errors, or what is wrong with the arguments.
fn misread(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return exit(error.print().map(|()| 0));
    }
    // It quotes what was typed, or what a shell made of the name of a file.
    let what = sanitise(&error.render().to_string(), Shape::Lines).text;
    let _ = io::stderr().write_all(what.as_bytes());
    ExitCode::from(2)
}

fn exit(done: io::Result<u8>) -> ExitCode {
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(1)
        }
    }
}

/// Says on stderr what is wrong. When that fails too, there is nowhere left to say it.
fn complain(what: &str) {
    let _ = writeln!(io::stderr(), "petik: {}", sanitise_line(what));
}
