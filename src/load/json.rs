//! JSON and JSON Lines.
//!
//! Big collections are cut into records by [`Scan`], a chunk at a time, and the records of a chunk are read side by
//! side. No list is ever in memory as a whole, neither as bytes nor as values; a broken record costs itself alone.

use super::outline;
use super::records::records;
use super::scan::{Scan, Step, skip_separators, skip_space};
use super::sink::{Fault, Flow, Sink, TextHash};
use super::source::{too_long, unreadable};
use super::window::{self, Window};
use super::{Loaded, MOST_BYTES};
use rayon::prelude::*;
use std::ops::{ControlFlow, Range};

/// An object longer than this is looked into for a list of articles before its end is known.
const WHOLE: usize = 1024 * 1024;

/// Less than this is read on one core: waking the others takes longer.
const SIDE_BY_SIDE: usize = 32 * 1024;

/// After a string that runs over its line, the next record is looked for this often in one source; each search may
/// pass over all that is left.
const MOST_RESTARTS: u32 = 64;

const CUT_SHORT: &str = "the file may be cut short";

/// Reads all records of `window`: one a line with `lines`, else any sequence of lists and objects.
pub(super) fn load(window: &mut Window<'_>, name: &str, lines: bool, sink: &mut Sink<'_>) -> Flow {
    let mut reader = Reader { window, name, sink, lines, feed: None, restarts: 0 };
    if lines { reader.lines() } else { reader.values() }
}

struct Reader<'r, 'w, 'e> {
    window: &'r mut Window<'w>,
    name: &'r str,
    sink: &'r mut Sink<'e>,
    lines: bool,
    /// The title of the feed that the records come in.
    feed: Option<String>,
    restarts: u32,
}

impl Reader<'_, '_, '_> {
    fn lines(&mut self) -> Flow {
        let mut pieces = Vec::new();
        loop {
            let bytes = self.window.bytes();
            let end = match memchr::memrchr(b'\n', bytes) {
                _ if self.window.ended() => bytes.len(),
                Some(at) => at + 1,
                None => 0,
            };
            pieces.clear();
            let mut at = 0;
            while at < end {
                let line = bytes.get(at..end).unwrap_or_default();
                let length = memchr::memchr(b'\n', line).unwrap_or(line.len());
                let range = trimmed(bytes, at..at + length);
                if !range.is_empty() {
                    pieces.push(range);
                }
                at += length + 1;
            }
            if end == 0 && bytes.len() > MOST_BYTES {
                self.problem(&too_long())?;
                self.leave_line()?;
                continue;
            }
            self.settle(&pieces)?;
            self.window.leave(end);
            if self.window.ended() {
                return ControlFlow::Continue(());
            }
            self.more()?;
        }
    }

    fn values(&mut self) -> Flow {
        loop {
            let at = skip_separators(self.window.bytes(), 0);
            self.window.leave(at);
            match self.window.bytes().first().copied() {
                None if !self.more()? => return ControlFlow::Continue(()),
                None => {}
                Some(b'[') => {
                    self.window.leave(1);
                    self.elements()?;
                }
                Some(b'{') => self.object()?,
                Some(_) => {
                    self.problem(&Fault::new("is not valid JSON: an object or a list was expected", ""))?;
                    self.restart(None)?;
                }
            }
        }
    }

    /// One object, at the head of the window: an article, or something that holds a list of them.
    fn object(&mut self) -> Flow {
        let mut scan = Scan::default();
        let mut at = 0;
        loop {
            match scan.run(self.window.bytes(), at) {
                Step::End(end) => {
                    self.settle(std::slice::from_ref(&(0..end)))?;
                    self.window.leave(end);
                    return ControlFlow::Continue(());
                }
                Step::Broken => return self.broken(false),
                Step::More => {}
            }
            at = self.window.bytes().len();
            if at >= WHOLE
                && let Some(list) = outline::find(self.window.bytes())
            {
                self.window.leave(list.at);
                self.feed = list.title;
                self.elements()?;
                self.feed = None;
                return self.pass(Scan::inside(list.depth), 0);
            }
            if at > MOST_BYTES {
                self.problem(&too_long())?;
                return self.pass(scan, at);
            }
            if !self.more()? {
                self.problem(&Fault::new("ends in the middle of an article", CUT_SHORT))?;
                self.window.leave(at);
                return ControlFlow::Continue(());
            }
        }
    }

    /// The elements of a list, to its bracket.
    fn elements(&mut self) -> Flow {
        let mut pieces = Vec::new();
        loop {
            pieces.clear();
            let bytes = self.window.bytes();
            let mut at = skip_separators(bytes, 0);
            let step = loop {
                if matches!(bytes.get(at), Some(b']' | b'}')) {
                    break Step::End(at + 1);
                }
                match Scan::default().run(bytes, at) {
                    Step::End(end) => {
                        pieces.push(at..end);
                        at = skip_separators(bytes, end);
                    }
                    step => break step,
                }
            };
            let rest = bytes.len() - at;
            self.settle(&pieces)?;
            self.window.leave(at);
            match step {
                Step::End(_) => {
                    self.window.leave(1);
                    return ControlFlow::Continue(());
                }
                Step::Broken => {
                    self.broken(true)?;
                    if self.window.bytes().is_empty() && self.window.ended() {
                        return ControlFlow::Continue(());
                    }
                }
                Step::More if rest > MOST_BYTES => {
                    self.problem(&too_long())?;
                    self.pass(Scan::default(), 0)?;
                }
                Step::More => {
                    if !self.more()? {
                        let what =
                            if rest == 0 { "ends inside a list" } else { "ends in the middle of an article" };
                        self.problem(&Fault::new(what, CUT_SHORT))?;
                        self.window.leave(rest);
                        return ControlFlow::Continue(());
                    }
                }
            }
        }
    }

    /// Reads the records at `pieces` of the window, side by side, and gives them on in order.
    fn settle(&mut self, pieces: &[Range<usize>]) -> Flow {
        let bytes = self.window.bytes();
        let feed = self.feed.as_deref();
        let read = |range: &Range<usize>| match bytes.get(range.clone()).unwrap_or_default() {
            record if record.len() > MOST_BYTES => vec![Err(too_long())],
            record => records(record, feed).into_iter().map(|outcome| outcome.map(hashed)).collect(),
        };
        let length: usize = pieces.iter().map(Range::len).sum();
        let read: Vec<Vec<Hashed>> = if length < SIDE_BY_SIDE {
            pieces.iter().map(read).collect()
        } else {
            pieces.par_iter().map(read).collect()
        };
        let mut line = self.window.lines + 1;
        let mut at = 0;
        for (range, read) in pieces.iter().zip(read) {
            line += window::lines(bytes.get(at..range.start).unwrap_or_default());
            at = range.start;
            for outcome in read {
                match outcome {
                    Ok((loaded, text)) => self.sink.article(loaded, text)?,
                    Err(fault) => {
                        let place =
                            place(self.name, line, self.window.offset + at as u64, self.lines, &fault);
                        let record = bytes.get(range.clone()).unwrap_or_default();
                        self.sink.refuse(&place, &fault, record)?;
                    }
                }
            }
        }
        self.sink.progress(self.window.read)
    }

    /// A problem at the head of the window.
    fn problem(&mut self, fault: &Fault) -> Flow {
        let place = place(self.name, self.window.lines + 1, self.window.offset, self.lines, fault);
        self.sink.problem(&place, fault)
    }

    /// Reads on; false at the end, which an error is, too.
    fn more(&mut self) -> ControlFlow<(), bool> {
        match self.window.more() {
            Ok(more) => ControlFlow::Continue(more),
            Err(error) => {
                self.sink.problem(self.name, &unreadable(&error))?;
                ControlFlow::Continue(false)
            }
        }
    }

    /// Leaves everything to the end of the line behind.
    fn leave_line(&mut self) -> Flow {
        loop {
            let bytes = self.window.bytes();
            let found = memchr::memchr(b'\n', bytes);
            let length = found.map_or(bytes.len(), |at| at + 1);
            self.window.leave(length);
            if found.is_some() || !self.more()? {
                return ControlFlow::Continue(());
            }
        }
    }

    /// Leaves a value behind of which `scan` has seen `at` bytes.
    fn pass(&mut self, mut scan: Scan, at: usize) -> Flow {
        let mut at = at;
        loop {
            let bytes = self.window.bytes();
            let (length, done) = match scan.run(bytes, at) {
                Step::End(end) => (end, true),
                Step::Broken => return self.broken(false),
                Step::More => (bytes.len(), false),
            };
            self.window.leave(length);
            if done || !self.more()? {
                return ControlFlow::Continue(());
            }
            at = 0;
        }
    }

    /// A record begins at the head of the window that cannot end: finds the next one, in the same list or behind it.
    fn broken(&mut self, listed: bool) -> Flow {
        self.problem(&Fault::new("is not valid JSON: a string runs over the end of its line", ""))?;
        let key = first_key(self.window.bytes()).filter(|_| listed).map(<[u8]>::to_vec);
        self.restart(key.as_deref())
    }

    /// Leaves everything behind up to the next record: an object whose first key is `key`, after a comma; without a
    /// key, a line that begins with a bracket.
    fn restart(&mut self, key: Option<&[u8]>) -> Flow {
        self.restarts += 1;
        if self.restarts > MOST_RESTARTS {
            self.sink
                .problem(self.name, &Fault::new("is damaged in many places: the rest was left out", ""))?;
        }
        self.window.leave(1);
        loop {
            let bytes = self.window.bytes();
            let found = match key {
                _ if self.restarts > MOST_RESTARTS => None,
                Some(key) => next_object(bytes, key),
                None => memchr::memchr_iter(b'\n', bytes)
                    .find(|at| matches!(bytes.get(at + 1), Some(b'{' | b'[')))
                    .map(|at| at + 1),
            };
            // What the next chunk could complete stays.
            let tail = if self.restarts > MOST_RESTARTS { 0 } else { key.map_or(0, <[u8]>::len) + 64 };
            self.window.leave(found.unwrap_or(bytes.len().saturating_sub(tail)));
            if found.is_some() {
                return ControlFlow::Continue(());
            }
            if !self.more()? {
                let rest = self.window.bytes().len();
                self.window.leave(rest);
                return ControlFlow::Continue(());
            }
        }
    }
}

/// An article and its text, told apart.
type Hashed = Result<(Box<Loaded>, TextHash), Fault>;

fn hashed(loaded: Box<Loaded>) -> (Box<Loaded>, TextHash) {
    let text = TextHash::of(&loaded);
    (loaded, text)
}

/// Where a record stands. A line is enough in JSON Lines; elsewhere a line may be the whole file.
fn place(name: &str, line: u64, byte: u64, lines: bool, fault: &Fault) -> String {
    let line = line + fault.line;
    match fault.column {
        Some(column) if lines => format!("{name}, line {line}, column {column}"),
        _ if lines => format!("{name}, line {line}"),
        _ => format!("{name}, line {line}, byte {byte}"),
    }
}

/// A line without white space, without the comma behind it, and empty when it is only a bracket of a list.
fn trimmed(bytes: &[u8], range: Range<usize>) -> Range<usize> {
    let line = bytes.get(range.clone()).unwrap_or_default();
    let start = range.start + skip_space(line, 0);
    let line = bytes.get(start..range.end).unwrap_or_default().trim_ascii_end();
    let line = line.strip_suffix(b",").unwrap_or(line).trim_ascii_end();
    if matches!(line, b"[" | b"]") { start..start } else { start..start + line.len() }
}

/// The first key of the object at the head of `bytes`, with its quotes.
fn first_key(bytes: &[u8]) -> Option<&[u8]> {
    let start = skip_space(bytes, bytes.first().filter(|&&byte| byte == b'{').map(|_| 1)?);
    match bytes.get(start) {
        Some(b'"') => match Scan::default().run(bytes, start) {
            Step::End(end) => bytes.get(start..end),
            _ => None,
        },
        _ => None,
    }
}

/// Where an object with the first key `key` (quotes included) begins behind a comma.
fn next_object(bytes: &[u8], key: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, key).find_map(|at| {
        let head = bytes.get(..at)?.trim_ascii_end().strip_suffix(b"{")?;
        head.trim_ascii_end().ends_with(b",").then_some(head.len())
    })
}
