//! `petik [PATH|-]…`: the reader itself.

use super::complain;
use crate::library::{Opening, Paths};
use crate::load::Source;
use crate::runtime::{self, Ended};
use crate::view::Theme;
use crate::words::SAMPLE;
use std::borrow::Cow;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// What is said over the sample, once.
const WELCOME: &str = "this is the sample · yours: petik FILE or petik FOLDER · ? shows all keys";

pub(super) fn open(paths: &[PathBuf]) -> io::Result<u8> {
    if paths.iter().any(|path| path == Path::new("-")) && io::stdin().is_terminal() {
        complain("- reads articles from a pipe, but the standard input is the terminal: cat FILE | petik -");
        return Ok(2);
    }
    let (opening, name, notice) = if paths.is_empty() {
        own()
    } else {
        (Opening::Sources(paths.iter().map(|path| source(path)).collect()), name(paths), None)
    };
    match runtime::run(opening, name, notice, Theme { colour: colour() })? {
        Ended::Status(status) => Ok(status),
        Ended::Nothing(problems) => {
            if problems.is_empty() {
                complain("there are no articles in what you named; petik --help says what it reads");
            }
            for problem in problems {
                complain(&problem.to_string());
            }
            Ok(2)
        }
        Ended::Unfit(reason) => {
            complain(&format!(
                "cannot draw a screen: {reason}. Run it in a terminal, or print articles with: petik show PATH"
            ));
            Ok(2)
        }
    }
}

/// The reader's library when it holds something, else the sample; what is called so, and a word to the reader.
pub(super) fn own() -> (Opening, String, Option<String>) {
    let sample = |notice: String| (Opening::Sources(sample()), "sample".to_owned(), Some(notice));
    match Paths::of_user().map(|paths| paths.library()) {
        None => sample(WELCOME.to_owned()),
        Some(place) => match place.is_empty() {
            Ok(true) => sample(WELCOME.to_owned()),
            Ok(false) => (Opening::Library(place), "library".to_owned(), None),
            Err(error) => sample(error.to_string()),
        },
    }
}

/// The built-in collection.
pub(super) fn sample() -> Vec<Source> {
    SAMPLE
        .iter()
        .map(|(name, text)| Source::Memory {
            name: (*name).to_owned(),
            bytes: Cow::Borrowed(text.as_bytes()),
        })
        .collect()
}

/// A path as it is given; `-` is the standard input.
pub(super) fn source(path: &Path) -> Source {
    if path == Path::new("-") { Source::Stdin } else { Source::Path(path.to_owned()) }
}

/// Whether colours are wanted (no-color.org).
pub(super) fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn name(paths: &[PathBuf]) -> String {
    match paths {
        [path] if path == Path::new("-") => "standard input".to_owned(),
        [path] => {
            let path = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
            crate::text::sanitise_line(&path)
        }
        paths => format!("{} paths", paths.len()),
    }
}
