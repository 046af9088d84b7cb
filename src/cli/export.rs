//! `petik export`: articles or quotations in a form for other people and tools.

use super::asked::{Asked, Found};
use super::complain;
use crate::export::Format;
use crate::runtime::{End, Pages, fresh, over, stopped, unwritable};
use crate::search::{Query, articles_of_quotes};
use clap::Args;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Args)]
pub(super) struct Export {
    #[command(flatten)]
    asked: Asked,
    /// The form: md, json, csv, html, text, spacy, brat or w3c.
    #[arg(long, value_name = "FORM", value_parser = form)]
    to: Format,
    /// The quotations that the query asks for instead of whole articles.
    #[arg(long)]
    quotes: bool,
    /// A file, or an existing folder or a path that ends in / for a file an article; without it the standard output.
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// Write over files that are there.
    #[arg(long)]
    force: bool,
    /// At most this many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

fn form(name: &str) -> Result<Format, String> {
    let known = Format::ALL.into_iter().find(|(known, _)| *known == name.to_ascii_lowercase());
    known.map(|(_, format)| format).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|(name, _)| *name).collect();
        format!("expected {}", names.join(", "))
    })
}

impl Export {
    pub(super) fn run(&self) -> io::Result<u8> {
        let folder = self.output.as_deref().filter(|path| is_folder(path));
        if self.to == Format::Brat && (self.quotes || folder.is_none()) {
            complain(
                "brat takes a text and an annotation file for each article: name a folder with -o FOLDER/",
            );
            return Ok(2);
        }
        let articles = if self.quotes { articles_of_quotes } else { Query::clone };
        let Some(found) = self.asked.find_by(articles) else { return Ok(2) };
        // Where files are written Ctrl-C gives up in good order, elsewhere it ends petik as always.
        let cancelled = if self.output.is_some() { stopped() } else { Arc::default() };
        let pages = self.pages(&found, &cancelled);
        if let (true, Some(path)) = (pages.pieces.is_empty(), &self.output) {
            complain(&format!("there is nothing to export: {} was not written", path.display()));
            return Ok(found.status(0));
        }
        let written = match (folder, &self.output) {
            (Some(folder), _) => self.folder(folder, &pages),
            (None, Some(path)) => self.file(path, &pages),
            (None, None) => {
                return pages
                    .stream(&mut BufWriter::new(io::stdout().lock()))
                    .map(|count| found.answered(count));
            }
        };
        match written {
            Ok(count) => Ok(found.status(count)),
            // Of the standard output by its name, which ends quietly.
            Err(why) if why.kind() == ErrorKind::BrokenPipe => Err(why),
            Err(_) if cancelled.load(Ordering::Relaxed) => {
                complain(match folder {
                    Some(_) => {
                        "given up part of the way: every file is the new one or the old one, and whole"
                    }
                    None => "given up: nothing was written",
                });
                Ok(End::Signal(INTERRUPT).status())
            }
            Err(why) => {
                complain(&why.to_string());
                Ok(2)
            }
        }
    }

    /// What is written: whole articles, or the quotations that the query asks for.
    fn pages<'a>(&self, found: &'a Found, cancelled: &'a AtomicBool) -> Pages<'a> {
        let most = self.limit.unwrap_or(usize::MAX);
        let pieces = if self.quotes {
            let places = found.snapshot.quotes(&found.rows, &found.query);
            places.into_iter().take(most).map(|(row, at)| (row, Some(at))).collect()
        } else {
            found.rows.iter().take(most).map(|&row| (row, None)).collect()
        };
        let title = match found.query.source() {
            "" => "petik",
            query => query,
        };
        Pages { snapshot: &found.snapshot, pieces, format: self.to, quotes: self.quotes, title, cancelled }
    }

    /// Writes all into one file.
    fn file(&self, path: &Path, pages: &Pages<'_>) -> io::Result<usize> {
        let written = if self.force {
            over(path, |file| pages.file(file))
        } else {
            fresh(path, |file| pages.file(file))
        };
        written.map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => told(&why, format!("{} {THERE}", path.display())),
            _ => told(&why, unwritable(path, &why)),
        })
    }

    /// Writes a file an article into a folder, which is made.
    fn folder(&self, folder: &Path, pages: &Pages<'_>) -> io::Result<usize> {
        fs::create_dir_all(folder).map_err(|why| told(&why, unwritable(folder, &why)))?;
        pages.folder(folder, |path, text| {
            let write = |mut file: &File| file.write_all(text.as_bytes());
            let written = if self.force { over(path, write) } else { fresh(path, write) };
            written.map_err(|why| match why.kind() {
                ErrorKind::AlreadyExists => told(&why, THERE.to_owned()),
                _ => why,
            })
        })
    }
}

/// Of a file that is not written over.
const THERE: &str = "is there already (--force writes over it)";

/// The number of the signal of Ctrl-C.
const INTERRUPT: u8 = 2;

/// An error of the same kind, in these words.
fn told(why: &io::Error, words: String) -> io::Error {
    io::Error::new(why.kind(), words)
}

fn is_folder(path: &Path) -> bool {
    path.is_dir()
        || path.as_os_str().as_encoded_bytes().ends_with(MAIN_SEPARATOR.encode_utf8(&mut [0; 4]).as_bytes())
}
