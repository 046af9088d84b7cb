//! `petik export`: articles or quotations in a form for other people and tools.

use super::asked::{Asked, Found};
use super::complain;
use crate::export::Format;
use crate::runtime::Pages;
use crate::search::{Query, articles_of_quotes};
use crate::text::sanitise_line;
use clap::Args;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::atomic::AtomicBool;

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
        let cancelled = AtomicBool::new(false);
        let pages = self.pages(&found, &cancelled);
        if let (true, Some(path)) = (pages.pieces.is_empty(), &self.output) {
            complain(&format!("there is nothing to export: {} was not written", path.display()));
            return Ok(found.status(0));
        }
        let count = match (folder, &self.output) {
            (Some(folder), _) => {
                fs::create_dir_all(folder)?;
                pages.folder(folder, |path| {
                    self.create(path).map_err(|why| io::Error::new(why.kind(), reason(&why)))
                })?
            }
            (None, Some(path)) => match self.file(path, &pages) {
                Ok(count) => count,
                // Of the standard output by its name, which ends quietly.
                Err(why) if why.kind() == io::ErrorKind::BrokenPipe => return Err(why),
                Err(why) => return refused(path, &why),
            },
            (None, None) => pages.stream(&mut BufWriter::new(io::stdout().lock()))?,
        };
        Ok(found.status(count))
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

    /// Writes all into one file. A part of an export is none, and would be in the way of the next one.
    fn file(&self, path: &Path, pages: &Pages<'_>) -> io::Result<usize> {
        let mut out = BufWriter::new(self.create(path)?);
        pages.stream(&mut out).inspect_err(|_| {
            if !self.force {
                let _ = fs::remove_file(path);
            }
        })
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        if self.force {
            options.create(true).truncate(true)
        } else {
            options.create_new(true)
        };
        options.write(true).open(path)
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir()
        || path.as_os_str().as_encoded_bytes().ends_with(MAIN_SEPARATOR.encode_utf8(&mut [0; 4]).as_bytes())
}

fn reason(why: &io::Error) -> String {
    match why.kind() {
        io::ErrorKind::AlreadyExists => "is there already (--force writes over it)".to_owned(),
        _ => why.to_string(),
    }
}

fn refused(path: &Path, why: &io::Error) -> io::Result<u8> {
    complain(&format!("{} {}", sanitise_line(&path.to_string_lossy()), reason(why)));
    Ok(2)
}
