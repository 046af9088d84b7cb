//! One source after the other, each by the format it is in.

use super::sink::{Fault, Flow, Sink, TextHash};
use super::sniff::{Format, sniff};
use super::walk::{Ahead, Step};
use super::window::{Window, decode};
use super::{Event, MOST_BYTES, Problem, Source, json, markdown, plain};
use crate::text::sanitise_line;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// Files looked at ahead to know how much there is.
const AHEAD: usize = 2_000;

const CONVERT: &str = "JSON, JSON Lines, Markdown and plain text are read";

/// Suffixes of what is not to be read, though it may be text: it lies in many a folder and is nobody's article.
const NEVER: [&str; 16] = [
    "css", "js", "mjs", "ts", "map", "py", "rs", "c", "h", "sh", "toml", "yaml", "yml", "ini", "lock", "svg",
];

pub(super) fn load(sources: &[Source], emit: &mut dyn FnMut(Event) -> ControlFlow<()>, every: bool) -> Flow {
    let mut walks = Vec::with_capacity(sources.len());
    let mut total = Some(0u64);
    for source in sources {
        let (walk, length) = match source {
            Source::Path(path) => {
                let walk = Ahead::new(path, AHEAD);
                let length = walk.total;
                (Some(walk), length)
            }
            Source::Stdin => (None, None),
            Source::Memory { bytes, .. } => (None, Some(bytes.len() as u64)),
        };
        total = total.zip(length).map(|(total, length)| total.saturating_add(length));
        walks.push(walk);
    }
    let mut sink = Sink::new(emit, total, every);
    for (source, walk) in sources.iter().zip(walks) {
        match source {
            Source::Stdin => one(Box::new(io::stdin().lock()), &Told::named("standard input"), &mut sink)?,
            Source::Memory { name, bytes } => one(Box::new(bytes.as_ref()), &Told::named(name), &mut sink)?,
            Source::Path(_) => walk.into_iter().flatten().try_for_each(|step| path(step, &mut sink))?,
        }
    }
    sink.end()
}

/// What is told of a source before it is read.
struct Told {
    name: String,
    /// In lower case.
    suffix: String,
    length: Option<u64>,
    /// Whether the user named it; what lies in a folder may be no article.
    named: bool,
}

impl Told {
    fn named(name: &str) -> Told {
        Told { name: name.to_owned(), suffix: suffix(Path::new(name)), length: None, named: true }
    }
}

fn path(step: Step, sink: &mut Sink<'_>) -> Flow {
    let (path, length, named) = match step {
        Step::File(path, length, named) => (path, Some(length), named),
        Step::Stream(path) => (path, None, true),
        Step::Failed(path, error) => return failed(&path.display().to_string(), &error, sink),
    };
    let told = Told { name: path.display().to_string(), suffix: suffix(&path), length, named };
    if !named && NEVER.contains(&told.suffix.as_str()) {
        return sink.skip_source(length.unwrap_or(0));
    }
    match File::open(&path) {
        Ok(file) => one(Box::new(file), &told, sink),
        Err(error) => failed(&told.name, &error, sink),
    }
}

fn failed(name: &str, error: &io::Error, sink: &mut Sink<'_>) -> Flow {
    sink.problem(name, &unreadable(error))?;
    sink.end_source(name, 0)
}

/// Reads one source to its end.
fn one<'a>(reader: Box<dyn Read + 'a>, told: &Told, sink: &mut Sink<'_>) -> Flow {
    let name = told.name.as_str();
    let mut window = match head(reader) {
        Ok(window) => window,
        Err(error) => return failed(name, &error, sink),
    };
    match sniff(window.bytes(), window.ended(), &told.suffix) {
        Format::JsonLines => json::load(&mut window, name, true, sink)?,
        Format::Json => json::load(&mut window, name, false, sink)?,
        Format::Markdown => whole(&mut window, name, sink, markdown::article)?,
        Format::Text => whole(&mut window, name, sink, plain::article)?,
        Format::Empty => sink.problem(name, &Fault::new("is empty", ""))?,
        Format::NotJson => {
            sink.problem(name, &Fault::new("is not JSON", "it begins with neither a brace nor a bracket"))?;
        }
        // Pictures and the like lie among articles; a page or a packed file may hold some.
        Format::Binary(_) if !told.named => return sink.skip_source(told.length.unwrap_or(window.read)),
        Format::Binary(what) | Format::Foreign(what) => sink.problem(name, &Fault::new(what, CONVERT))?,
    }
    sink.end_source(name, told.length.unwrap_or(window.read))
}

/// Reads as much as tells the format: a line, or a page. A pipe may give little at first.
fn head<'a>(reader: Box<dyn Read + 'a>) -> io::Result<Window<'a>> {
    let mut window = Window::open(reader)?;
    while window.bytes().len() < 4096
        && !window.bytes().trim_ascii_start().contains(&b'\n')
        && window.more()?
    {}
    Ok(window)
}

/// Reads a source that is one article.
fn whole(
    window: &mut Window<'_>,
    name: &str,
    sink: &mut Sink<'_>,
    article: fn(&str) -> Result<Box<super::Loaded>, Fault>,
) -> Flow {
    loop {
        let more = window.more();
        if window.bytes().len() > MOST_BYTES {
            return sink.problem(name, &too_long());
        }
        match more {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return sink.problem(name, &unreadable(&error)),
        }
    }
    match article(&decode(window.bytes())) {
        Ok(loaded) => {
            let text = TextHash::of(&loaded);
            sink.article(loaded, text)
        }
        Err(fault) => sink.problem(name, &fault),
    }
}

/// Whether a path that was named can be read, as far as that is told by looking; why not, and what to do.
///
/// # Errors
///
/// When it does not exist, or may not be read.
pub fn reach(path: &Path) -> Result<(), Problem> {
    let looked = fs::metadata(path).and_then(|found| match (found.is_file(), found.is_dir()) {
        (true, _) => File::open(path).map(drop),
        (_, true) => fs::read_dir(path).map(drop),
        // A pipe is opened once.
        _ => Ok(()),
    });
    looked.map_err(|error| {
        let Fault { what, advice, .. } = unreadable(&error);
        let place = sanitise_line(&path.to_string_lossy());
        Problem { place, what, advice: advice.to_owned(), record: None }
    })
}

/// A record or text of more than [`MOST_BYTES`].
pub(super) fn too_long() -> Fault {
    Fault::new("is too long for one article", "at most 32 MB are read at a time")
}

/// Why a file cannot be read, and what to do.
pub(super) fn unreadable(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::new("does not exist", "check the path"),
        io::ErrorKind::PermissionDenied => Fault::new("may not be read", "check its permissions"),
        _ => Fault::new(format!("could not be read: {error}"), ""),
    }
}

fn suffix(path: &Path) -> String {
    path.extension().map(|suffix| suffix.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_trickles_in_is_given_at_once() {
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"{\"title\":\"a\",\"text\":\"x\"}\n{\"title\":").unwrap();
        let mut titles = Vec::new();
        let mut writer = Some(writer);
        let mut emit = |event| {
            if let Event::Loaded(loaded) = event {
                titles.push(loaded.article.title);
                // The rest comes only after the first article was seen.
                if let Some(mut writer) = writer.take() {
                    writer.write_all(b"\"b\",\"text\":\"y\"}\n").unwrap();
                }
            }
            ControlFlow::Continue(())
        };
        let told = Told::named("standard input");
        assert!(one(Box::new(reader), &told, &mut Sink::new(&mut emit, None, false)).is_continue());
        assert_eq!(titles, ["a", "b"]);
    }
}
