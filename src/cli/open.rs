//! `petik [PATH|-]…`: the reader itself.

use super::import::{INTERRUPTED, Report};
use super::{anew, complain};
use crate::library::{KEPT_FROM, Opening, Paths, Place, StoreError};
use crate::load::{Source, survey};
use crate::runtime::{self, Ended};
use crate::view::Theme;
use crate::words::SAMPLE;
use std::borrow::Cow;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// What is said over the sample, once.
const WELCOME: &str = "a sample · yours: petik FILE or FOLDER · ? all keys";

/// `kept` says that what is kept of a big collection is as new as it can be: of one that grows without end too.
pub(super) fn open(paths: &[PathBuf], kept: bool) -> io::Result<u8> {
    if paths.iter().any(|path| path == Path::new("-")) && io::stdin().is_terminal() {
        complain("- reads articles from a pipe, but the standard input is the terminal: cat FILE | petik -");
        return Ok(2);
    }
    if paths.is_empty() {
        let (opening, name, notice) = own();
        return run(opening, name, notice);
    }
    match named(paths, kept) {
        Some((opening, notice)) => run(opening, name(paths), notice),
        None => Ok(INTERRUPTED),
    }
}

/// Does what is left to be done of the big collection at `paths`, and opens it.
pub(super) fn settle(paths: &[PathBuf]) -> io::Result<u8> {
    let Some(folders) = Paths::of_user() else { return open(paths, false) };
    let (stopped, mut report) = (runtime::stopped(), Report::new(false, None));
    let place = folders.collection(paths);
    let settled = place.settle_held(anew::taken_over().as_ref(), &stopped, &mut |step| report.step(step));
    report.bar.finish_and_clear();
    if settled.is_ok() && !stopped.load(Ordering::Relaxed) {
        anew::opening(paths);
    }
    match held(settled, place, paths, &stopped) {
        Some((opening, notice)) => run(opening, name(paths), notice),
        None => Ok(INTERRUPTED),
    }
}

fn run(opening: Opening, name: String, notice: Option<String>) -> io::Result<u8> {
    match runtime::run(opening, state(), name, notice, Theme { colour: colour() })? {
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

/// What is read when no path is given, what it is called, and a word to the reader. Over a library that cannot be opened
/// the sample is shown, and why.
fn own() -> (Opening, String, Option<String>) {
    let sample = |notice: String| (Opening::Sources(sample()), "sample".to_owned(), Some(notice));
    match library() {
        Ok(Some(place)) => (Opening::Library(place), "library".to_owned(), None),
        Ok(None) => sample(WELCOME.to_owned()),
        Err(error) => sample(error.to_string()),
    }
}

/// The reader's library, or the sample while it is empty; `None` after saying why the library cannot be opened.
pub(super) fn asked() -> Option<Opening> {
    match library() {
        Ok(place) => Some(place.map_or_else(|| Opening::Sources(sample()), Opening::Library)),
        Err(error) => {
            complain(&error.to_string());
            None
        }
    }
}

/// The reader's library when it holds something.
fn library() -> Result<Option<Place>, StoreError> {
    let Some(place) = Paths::of_user().map(|paths| paths.library()) else { return Ok(None) };
    Ok(if place.is_empty()? { None } else { Some(place) })
}

/// The library that keeps what the reader does, whatever collection is open; there may be none yet.
pub(super) fn state() -> Option<PathBuf> {
    Paths::of_user().map(|paths| paths.library().library)
}

/// What lies at `paths`, big collections by way of the cache, and a word to the reader; `None` when making one was
/// broken off.
fn named(paths: &[PathBuf], kept: bool) -> Option<(Opening, Option<String>)> {
    let survey = survey(paths).filter(|survey| survey.bytes >= KEPT_FROM);
    let Some((survey, folders)) = survey.zip(Paths::of_user()) else {
        return Some((Opening::Sources(sources(paths)), None));
    };
    let place = folders.collection(paths);
    if place.holds(survey) || kept && place.is_whole() {
        return Some((Opening::Library(place), None));
    }
    let (stopped, mut report) = (runtime::stopped(), Report::new(false, None));
    let begun = place.begin_to_hold(&sources(paths), survey, &stopped, &mut |step| report.step(step));
    report.bar.finish_and_clear();
    let settled = begun.and_then(|(counts, aside)| {
        let go_on = !stopped.load(Ordering::Relaxed);
        let aside = aside.filter(|_| go_on).and_then(|aside| anew::settling(counts, paths, aside));
        place.settle_held(aside.as_ref(), &stopped, &mut |step| report.step(step))
    });
    report.bar.finish_and_clear();
    held(settled, place, paths, &stopped)
}

/// The collection kept at `place`, if keeping it went well; what lies at `paths` if it did not; `None` when it was broken
/// off.
fn held(
    settled: Result<(), StoreError>,
    place: Place,
    paths: &[PathBuf],
    stopped: &AtomicBool,
) -> Option<(Opening, Option<String>)> {
    if stopped.load(Ordering::Relaxed) {
        complain("stopped; the same command goes on from here");
        return None;
    }
    match settled {
        Ok(()) => Some((Opening::Library(place), None)),
        Err(error) => Some((Opening::Sources(sources(paths)), Some(error.to_string()))),
    }
}

fn sources(paths: &[PathBuf]) -> Vec<Source> {
    paths.iter().map(|path| source(path)).collect()
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

/// Whether colours are wanted (no-color.org) and the terminal has any.
pub(super) fn colour() -> bool {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    wanted && std::env::var_os("TERM").is_none_or(|term| has_colours(&term.to_string_lossy()))
}

/// Whether terminals of this name have colours: DEC's have none before the VT525, and by term(7) none whose name ends
/// in `-m` (`-mono` with some).
fn has_colours(term: &str) -> bool {
    let dec = term.strip_prefix("vt").is_some_and(|model| model.starts_with(|c: char| c.is_ascii_digit()));
    let plain = dec && !term.starts_with("vt525");
    !plain && !term.split('-').skip(1).any(|mode| mode == "m" || mode == "mono")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_without_colours_are_known_by_their_names() {
        for term in ["vt100", "vt220", "vt320-w", "xterm-mono", "linux-m", "screen-m"] {
            assert!(!has_colours(term), "{term}");
        }
        for term in
            ["xterm-256color", "xterm", "linux", "tmux-256color", "vt525", "vte", "mlterm", "foot", ""]
        {
            assert!(has_colours(term), "{term}");
        }
    }

    #[test]
    fn the_first_word_fits_on_narrow_terminals() {
        assert!(crate::text::width(WELCOME) < 60, "{WELCOME}");
    }
}
