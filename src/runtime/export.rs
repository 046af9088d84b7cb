//! Writing exports: whole or not at all, and never over what is there.

use super::whole::{beside, fresh, unwritable};
use crate::annotate::annotate;
use crate::app::{Export, Outcome, Pieces};
use crate::export::{CONFIGURATION, Format, Piece, file_name, foot, head, piece, standoff};
use crate::library::{Ordinal, Snapshot};
use crate::text::sanitise_line;
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is written: articles of a collection, or quotations of them.
pub struct Pages<'a> {
    /// The collection.
    pub snapshot: &'a Snapshot,
    /// The articles, and which of its quotations where not the whole is meant.
    pub pieces: Vec<(Ordinal, Option<usize>)>,
    /// In what form.
    pub format: Format,
    /// Whether they are quotations.
    pub quotes: bool,
    /// What names the whole.
    pub title: &'a str,
    /// Set to give it up.
    pub cancelled: &'a AtomicBool,
}

impl Pages<'_> {
    /// Writes all, one after the other; returns how many.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written; of the kind `Interrupted` when it is given up.
    pub fn stream(&self, out: &mut dyn Write) -> io::Result<usize> {
        out.write_all(head(self.format, self.quotes, self.title).as_bytes())?;
        let mut count = 0;
        self.each(|_, known| {
            count += 1;
            out.write_all(piece(self.format, known).as_bytes())
        })?;
        out.write_all(foot(self.format).as_bytes())?;
        out.flush()?;
        Ok(count)
    }

    /// Writes all into a file; returns how many.
    ///
    /// # Errors
    ///
    /// As [`Pages::stream`].
    pub fn file(&self, file: &File) -> io::Result<usize> {
        let mut out = BufWriter::new(file);
        let count = self.stream(&mut out)?;
        // A disk may say only now that it is full; what is no file has none.
        if file.metadata()?.is_file() {
            file.sync_all()?;
        }
        Ok(count)
    }

    /// Writes a file for each article into `folder`; of brat two, and the configuration that they need. `write` makes
    /// a file of a text. Returns how many articles.
    ///
    /// # Errors
    ///
    /// When a file cannot be written, which is named then; of the kind `Interrupted` when it is given up.
    pub fn folder(&self, folder: &Path, write: impl Fn(&Path, &str) -> io::Result<()>) -> io::Result<usize> {
        let file = |path: &Path, text: &str| {
            write(path, text).map_err(|why| io::Error::new(why.kind(), format!("{}: {why}", path.display())))
        };
        let mut count = 0;
        self.each(|name, known| {
            let path = folder.join(format!("{name}.{}", self.format.ending()));
            let text = match self.format {
                Format::Brat => {
                    file(&path.with_extension("ann"), &standoff(known))?;
                    Cow::Borrowed(known.article.body.as_str())
                }
                format => Cow::Owned(
                    head(format, false, &known.article.title) + &piece(format, known) + foot(format),
                ),
            };
            count += 1;
            file(&path, &text)
        })?;
        if self.format == Format::Brat {
            file(&folder.join("annotation.conf"), CONFIGURATION)?;
        }
        Ok(count)
    }

    /// Each piece, with a name for its file.
    fn each(&self, mut write: impl FnMut(&str, &Piece<'_>) -> io::Result<()>) -> io::Result<()> {
        for &(row, quote) in &self.pieces {
            if self.cancelled.load(Ordering::Relaxed) {
                return Err(ErrorKind::Interrupted.into());
            }
            let Some(article) = self.snapshot.article(row) else { continue };
            let annotations = self.snapshot.annotations(row).unwrap_or_else(|| Arc::new(annotate(&article)));
            write(&file_name(&article), &Piece { article: &article, annotations: &annotations, quote })?;
        }
        Ok(())
    }
}

/// Writes an export from the screen.
pub(super) fn write(export: Export, cancelled: &AtomicBool) -> Outcome {
    let shown = sanitise_line(&export.path);
    let path = at_home(&export.path);
    if path.symlink_metadata().is_ok() {
        return taken(export);
    }
    let pieces = match &export.pieces {
        Pieces::Articles(rows) => rows.iter().map(|&row| (row, None)).collect(),
        Pieces::Quotes(places) => places.iter().map(|&(row, quote)| (row, Some(quote))).collect(),
        Pieces::AllQuotes(rows, query) => {
            // A part at a time, so that it can be given up.
            let parts = rows.chunks(1000).take_while(|_| !cancelled.load(Ordering::Relaxed));
            let places = parts.flat_map(|part| export.snapshot.quotes(part, query));
            places.map(|(row, quote)| (row, Some(quote))).collect()
        }
        Pieces::SaidBy(who, name, rows) => {
            let said =
                export.snapshot.dossier(rows, who, cancelled).map(|dossier| dossier.by).unwrap_or_default();
            if said.is_empty() && !cancelled.load(Ordering::Relaxed) {
                return Outcome::Failed(format!("{name} is not quoted in what the filter leaves"));
            }
            said.iter().map(|saying| (saying.place.0, Some(saying.place.1))).collect()
        }
    };
    let quotes = !matches!(export.pieces, Pieces::Articles(_));
    let pages = Pages {
        snapshot: &export.snapshot,
        pieces,
        format: export.format,
        quotes,
        title: &export.title,
        cancelled,
    };
    let as_folder = export.format == Format::Brat || export.path.ends_with(std::path::is_separator);
    let written = if as_folder && !quotes {
        whole_folder(&pages, &path)
    } else {
        fresh(&path, |file| pages.file(file))
    };
    match written {
        Ok(count) => {
            let path = std::path::absolute(&path).unwrap_or(path);
            Outcome::Written { path: sanitise_line(&path.to_string_lossy()), count, quotes }
        }
        Err(why) if why.kind() == ErrorKind::AlreadyExists => taken(export),
        Err(_) if cancelled.load(Ordering::Relaxed) => Outcome::GivenUp(shown),
        Err(why) => Outcome::Failed(sanitise_line(&unwritable(Path::new(&export.path), &why))),
    }
}

/// A folder that stands under its name only once all its files are whole.
fn whole_folder(pages: &Pages<'_>, path: &Path) -> io::Result<usize> {
    let part = beside(path);
    fs::create_dir(&part)?;
    let written = pages
        .folder(&part, |path, text| File::create_new(path)?.write_all(text.as_bytes()))
        .and_then(|count| {
            if path.symlink_metadata().is_ok() {
                return Err(ErrorKind::AlreadyExists.into());
            }
            fs::rename(&part, path).map(|()| count)
        });
    if written.is_err() {
        let _ = fs::remove_dir_all(&part);
    }
    written
}

/// A path as it was typed; `~/` is the reader's own folder.
fn at_home(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

/// The answer where something of that name is there: a name that is free, "quotes-2.md".
fn taken(export: Export) -> Outcome {
    let as_folder = export.path.ends_with(std::path::is_separator);
    let typed = export.path.trim_end_matches(std::path::is_separator);
    let name =
        Path::new(typed).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let before = typed.strip_suffix(name.as_str()).unwrap_or_default();
    let (stem, ending) = match name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty() && !as_folder) {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name.as_str(), String::new()),
    };
    let slash = if as_folder { "/" } else { "" };
    let names = (2..).map(|number| format!("{before}{stem}-{number}{ending}{slash}"));
    let free = names.take(10_000).find(|name| at_home(name).symlink_metadata().is_err());
    Outcome::Taken(Box::new(export), free.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::library::Collection;
    use crate::load::Loaded;
    use crate::runtime::whole::tests::names;
    use crate::search::Query;

    /// Three articles; of those to a table it is known what is said in them.
    fn export(folder: &Path, name: &str, format: Format) -> Export {
        let article = |at: usize| {
            let body =
                format!("“Kapal ke-{at} tiba,” kata Menteri Luar Negeri Norwegia Ingrid Solheim di Oslo.");
            let article = Article::new(&format!("Berita ke-{at}"), &body);
            let annotations = (format == Format::Csv).then(|| annotate(&article));
            Loaded { article, annotations }
        };
        let collection = Collection::default();
        collection.add((0..3).map(article).collect());
        let path = format!("{}/{name}", folder.display());
        let pieces = Pieces::Articles([0, 1, 2].into());
        Export { snapshot: collection.snapshot(), pieces, format, title: "berita".to_owned(), path }
    }

    #[test]
    fn what_is_given_up_or_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for (name, format) in [("a.md", Format::Markdown), ("b/", Format::Brat), ("c/", Format::Text)] {
            let outcome = write(export(folder.path(), name, format), &AtomicBool::new(true));
            assert!(matches!(outcome, Outcome::GivenUp(_)), "{name}");
            let outcome =
                write(export(&folder.path().join("tidak/ada"), name, format), &AtomicBool::new(false));
            assert!(matches!(outcome, Outcome::Failed(_)), "{name}");
            assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
        }
    }

    #[test]
    fn a_folder_is_whole_and_never_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let now = AtomicBool::new(false);
        let written = write(export(folder.path(), "brat/", Format::Brat), &now);
        assert!(matches!(written, Outcome::Written { count: 3, quotes: false, .. }));
        assert_eq!(
            (names(folder.path()), names(&folder.path().join("brat")).len()),
            (vec!["brat".to_owned()], 7)
        );
        for (name, free) in [("brat/", "brat-2/"), ("brat", "brat-2")] {
            let Outcome::Taken(_, found) = write(export(folder.path(), name, Format::Brat), &now) else {
                panic!("it was written over")
            };
            assert_eq!(found, format!("{}/{free}", folder.path().display()));
        }
        // Names without an ending, with two, and hidden ones.
        for (name, free) in [("satu", "satu-2"), ("a.tar.gz", "a.tar-2.gz"), (".kecil", ".kecil-2")] {
            fs::write(folder.path().join(name), "").unwrap();
            let Outcome::Taken(_, found) = write(export(folder.path(), name, Format::Text), &now) else {
                panic!("it was written over")
            };
            assert_eq!(found, format!("{}/{free}", folder.path().display()));
        }
    }

    #[test]
    fn someone_who_is_not_quoted_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let whole = export(folder.path(), "a.csv", Format::Csv);
        let rows = [0, 1, 2].into();
        let found =
            whole.snapshot.names_of(&[0, 1, 2], &crate::article::Kind::ALL, &AtomicBool::new(false)).unwrap();
        let of = |name: &str| found.iter().find(|named| named.name == name).unwrap().identity.clone();
        let said = |name: &str| Export {
            pieces: Pieces::SaidBy(of(name), name.to_owned(), Arc::clone(&rows)),
            ..whole.clone()
        };
        assert!(
            matches!(write(said("Oslo"), &AtomicBool::new(false)), Outcome::Failed(why) if why.starts_with("Oslo is not quoted"))
        );
        assert!(names(folder.path()).is_empty());
        let all = Export {
            pieces: Pieces::AllQuotes(Arc::clone(&rows), Query::default()),
            path: format!("{}b", whole.path),
            ..whole.clone()
        };
        assert!(matches!(
            write(all, &AtomicBool::new(false)),
            Outcome::Written { count: 3, quotes: true, .. }
        ));
        let written = write(said("Ingrid Solheim"), &AtomicBool::new(false));
        assert!(matches!(written, Outcome::Written { count: 3, quotes: true, .. }));
    }
}
