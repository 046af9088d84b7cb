//! `petik export`: articles or quotations in a form for other people and tools.

use super::asked::{Asked, Found};
use super::complain;
use crate::export::{self, CONFIGURATION, Format, Piece, file_name, foot, head, standoff};
use crate::library::Ordinal;
use crate::search::{Query, articles_of_quotes};
use crate::text::sanitise_line;
use clap::Args;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

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
        let count = match (folder, &self.output) {
            (Some(folder), _) => self.write_folder(&found, folder)?,
            (None, Some(path)) => match self.create(path) {
                Ok(file) => self.write_stream(&found, &mut BufWriter::new(file))?,
                Err(why) => return refused(path, &why),
            },
            (None, None) => self.write_stream(&found, &mut BufWriter::new(io::stdout().lock()))?,
        };
        Ok(found.status(count))
    }

    fn write_stream(&self, found: &Found, out: &mut dyn Write) -> io::Result<usize> {
        let title = match found.query.source() {
            "" => "petik",
            query => query,
        };
        let most = self.limit.unwrap_or(usize::MAX);
        let pieces: Vec<(Ordinal, Option<usize>)> = if self.quotes {
            let places = found.snapshot.quotes(&found.rows, &found.query);
            places.into_iter().take(most).map(|(row, at)| (row, Some(at))).collect()
        } else {
            found.rows.iter().take(most).map(|&row| (row, None)).collect()
        };
        out.write_all(head(self.to, self.quotes, title).as_bytes())?;
        let mut count = 0;
        for (row, quote) in pieces {
            let known = found.snapshot.article(row).zip(found.snapshot.annotations(row));
            let Some((article, annotations)) = known else { continue };
            out.write_all(
                export::piece(self.to, &Piece { article: &article, annotations: &annotations, quote })
                    .as_bytes(),
            )?;
            count += 1;
        }
        out.write_all(foot(self.to).as_bytes())?;
        out.flush()?;
        Ok(count)
    }

    /// A file an article; of brat two, and the configuration that they need.
    fn write_folder(&self, found: &Found, folder: &Path) -> io::Result<usize> {
        fs::create_dir_all(folder)?;
        let mut count = 0;
        for &row in found.rows.iter().take(self.limit.unwrap_or(usize::MAX)) {
            let Some((article, annotations)) =
                found.snapshot.article(row).zip(found.snapshot.annotations(row))
            else {
                continue;
            };
            let piece = Piece { article: &article, annotations: &annotations, quote: None };
            let path = folder.join(format!("{}.{}", file_name(&article), self.to.ending()));
            let text = match self.to {
                Format::Brat => {
                    self.file(&path.with_extension("ann"), &standoff(&piece))?;
                    article.body.clone()
                }
                format => head(format, false, &article.title) + &export::piece(format, &piece) + foot(format),
            };
            self.file(&path, &text)?;
            count += 1;
        }
        if self.to == Format::Brat {
            self.file(&folder.join("annotation.conf"), CONFIGURATION)?;
        }
        Ok(count)
    }

    fn file(&self, path: &Path, text: &str) -> io::Result<()> {
        let written = self.create(path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|why| io::Error::new(why.kind(), format!("{}: {}", path.display(), reason(&why))))
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
