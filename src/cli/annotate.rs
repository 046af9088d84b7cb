//! `petik annotate`: JSON Lines in, JSON Lines out, in order.
//!
//! A pure filter: what comes in decides what goes out, line for line; only blank lines have no answer. It reads on
//! while it annotates, and answers whole lines as soon as they are there, so that it also serves a program that
//! waits for each answer. Memory holds a batch of lines and what is made of it.

use crate::annotate::annotate as annotations_of;
use crate::article::record::{self, Fields};
use crate::article::{Annotations, Article};
use crate::load::MOST_BYTES;
use crate::text::{Shape, sanitise, sanitise_line};
use crate::words;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;

/// Bytes read at a time.
const CHUNK: usize = 256 * 1024;

/// Chunks read ahead.
const AHEAD: usize = 8;

/// Bytes taken up at a time.
const BATCH: usize = 4 * 1024 * 1024;

/// Of these, bytes a core that are annotated before what was found is written: more would not stay in its cache.
const SHARE: usize = 256 * 1024;

/// Annotates the lines of `inputs` ("-", or none at all: standard input). Gives the exit status: 0 when every line
/// was answered, 1 when one could not be read (there stands an `error` in its place) or a file could not, 2 when no
/// file could.
///
/// # Errors
/// When `out` cannot be written. A closed pipe is no error: nobody wants more.
pub(crate) fn annotate(inputs: &[PathBuf], out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    match all(inputs, out, err) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        done => done,
    }
}

/// Writes an article that came by another way as the line that annotating its record gives.
pub(crate) fn write(article: &Article, annotations: &Annotations, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", record::line(article, annotations))
}

fn all(inputs: &[PathBuf], out: &mut dyn Write, err: &mut dyn Write) -> io::Result<u8> {
    let standard = [PathBuf::from("-")];
    let inputs = if inputs.is_empty() { &standard } else { inputs };
    let (mut opened, mut whole) = (false, true);
    for input in inputs {
        let answered = open(input).and_then(|reader| {
            opened = true;
            read_ahead(reader)
        });
        let failed = match answered {
            Ok(chunks) => {
                let mut stream =
                    Stream { held: Vec::new(), text: Vec::new(), line: 0, overlong: false, whole: true };
                let failed = stream.run(&chunks, out)?;
                whole &= stream.whole;
                failed
            }
            Err(error) => Some(error),
        };
        if let Some(error) = failed {
            whole = false;
            let name = sanitise_line(&input.display().to_string());
            // When stderr is closed, the status still tells.
            let _ = writeln!(err, "petik: {name} cannot be read: {error}");
        }
    }
    Ok(if whole { 0 } else { 2 - u8::from(opened) })
}

fn open(input: &Path) -> io::Result<Box<dyn Read + Send>> {
    if input.as_os_str() == "-" { Ok(Box::new(io::stdin())) } else { Ok(Box::new(File::open(input)?)) }
}

/// Reads on a thread of its own. It is not waited for: when nobody wants more, it may be waiting for input that
/// never comes.
fn read_ahead(mut reader: Box<dyn Read + Send>) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (sender, chunks) = sync_channel(AHEAD);
    thread::Builder::new().name("read".to_owned()).spawn(move || {
        loop {
            let mut chunk = vec![0; CHUNK];
            let read = match reader.read(&mut chunk) {
                Ok(0) => return,
                Ok(length) => {
                    chunk.truncate(length);
                    Ok(chunk)
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let last = read.is_err();
            if sender.send(read).is_err() || last {
                return;
            }
        }
    })?;
    Ok(chunks)
}

/// Reading ended, perhaps with an error.
struct Last(Option<io::Error>);

struct Stream {
    held: Vec<u8>,
    /// Answers on their way out; kept for its room.
    text: Vec<u8>,
    /// Lines answered.
    line: u64,
    /// The head of this line was too long; its rest is skipped.
    overlong: bool,
    /// Whether every line could be read.
    whole: bool,
}

impl Stream {
    /// Answers all lines; gives the error that reading ended with, if it did.
    fn run(
        &mut self,
        chunks: &Receiver<io::Result<Vec<u8>>>,
        out: &mut dyn Write,
    ) -> io::Result<Option<io::Error>> {
        loop {
            let searched = self.held.len();
            let last = self.fill(chunks);
            let fresh = self.held.get(searched..).unwrap_or_default();
            let end = match memchr::memrchr(b'\n', fresh) {
                _ if last.is_some() => self.held.len(),
                Some(at) => searched + at + 1,
                None => 0,
            };
            self.answer(end, out)?;
            if self.held.len() > MOST_BYTES {
                if !self.overlong {
                    self.line += 1;
                    self.whole = false;
                    writeln!(out, "{}", record::error("is too long: at most 32 MB are read", self.line))?;
                }
                self.overlong = true;
                self.held.clear();
            }
            if let Some(Last(error)) = last {
                return Ok(error);
            }
        }
    }

    /// Waits for a chunk, and takes what else is there already, up to a batch.
    fn fill(&mut self, chunks: &Receiver<io::Result<Vec<u8>>>) -> Option<Last> {
        let mut next = chunks.recv().map_err(|_| TryRecvError::Disconnected);
        loop {
            match next {
                Ok(Ok(chunk)) => self.held.extend_from_slice(&chunk),
                Ok(Err(error)) => return Some(Last(Some(error))),
                Err(TryRecvError::Disconnected) => return Some(Last(None)),
                Err(TryRecvError::Empty) => return None,
            }
            if self.held.len() >= BATCH {
                return None;
            }
            next = chunks.try_recv();
        }
    }

    /// Answers the lines in the first `end` bytes held, and lets these go.
    fn answer(&mut self, end: usize, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.held.get(..end).unwrap_or_default();
        let mut numbered = Vec::new();
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            if std::mem::take(&mut self.overlong) {
                continue;
            }
            self.line += 1;
            let line = if self.line == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
            if !line.trim_ascii().is_empty() {
                numbered.push((self.line, line.trim_ascii()));
            }
        }
        let share = SHARE * rayon::current_num_threads();
        let mut rest = numbered.as_slice();
        while !rest.is_empty() {
            let mut bytes = 0;
            let full = rest.iter().position(|(_, line)| {
                bytes += line.len();
                bytes > share
            });
            let (these, behind) = rest.split_at(full.unwrap_or(rest.len()).max(1));
            rest = behind;
            let answers: Vec<Result<String, String>> = these
                .par_iter()
                .map(|&(number, line)| record_of(line).map_err(|what| record::error(&what, number)))
                .collect();
            self.text.clear();
            for answer in &answers {
                self.whole &= answer.is_ok();
                self.text.extend_from_slice(answer.as_ref().unwrap_or_else(|error| error).as_bytes());
                self.text.push(b'\n');
            }
            out.write_all(&self.text)?;
        }
        self.held.drain(..end);
        out.flush()
    }
}

/// One line, annotated; or what is wrong with it.
fn record_of(line: &[u8]) -> Result<String, String> {
    let line = std::str::from_utf8(line)
        .map_err(|error| format!("is not UTF-8 from byte {} on", error.valid_up_to() + 1))?;
    let fields = Fields::parse(line).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        format!("is not a JSON object: {message} at column {}", error.column())
    })?;
    let body = match fields.get("body") {
        None => return Err("has no body".to_owned()),
        Some(_) => fields.text("body").ok_or("has a body that is no string")?,
    };
    let clean = sanitise(&body, Shape::Lines);
    let title = fields.text("title").unwrap_or_default();
    // Nobody asks for its id.
    let mut article = Article::new("", "");
    article.title = sanitise_line(&title);
    article.body.clone_from(&clean.text);
    let number = |id: &&str| id.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let id = fields.text("id").or_else(|| fields.get("id").filter(number).map(str::to_owned));
    article.key = id.map(|id| sanitise_line(&id)).filter(|id| !id.is_empty());
    article.language = fields.text("lang").and_then(|lang| words::language(&lang));
    Ok(record::write(&fields, &body, &clean, &annotations_of(&article)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answers(input: &[u8]) -> (String, u8) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), input).unwrap();
        let mut out = Vec::new();
        let status = annotate(&[file.path().to_owned()], &mut out, &mut io::sink()).unwrap();
        (String::from_utf8(out).unwrap(), status)
    }

    #[test]
    fn lines_are_answered_in_order() {
        let input = "\u{feff}{\"id\":1,\"body\":\"a\"}\r\n\n{\"body\":\n{\"title\":\"x\"}\n{\"body\":3}\n[1]\n{\"body\":\"b\"}";
        let (out, status) = answers(input.as_bytes());
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(status, 1);
        assert!(lines[0].starts_with("{\"id\":1,\"body\":\"a\",\"annotator\":\"petik "));
        assert_eq!(
            lines[1],
            r#"{"error":"is not a JSON object: EOF while parsing a value at column 8","line":3}"#
        );
        assert_eq!(lines[2], r#"{"error":"has no body","line":4}"#);
        assert_eq!(lines[3], r#"{"error":"has a body that is no string","line":5}"#);
        assert!(lines[4].contains("\"line\":6"));
        assert!(lines[5].starts_with("{\"body\":\"b\","));
        assert_eq!(lines.len(), 6);
    }

    #[test]
    fn many_lines_keep_their_order() {
        let body = "kata ".repeat(200);
        let input: String = (0..20_000).map(|n| format!("{{\"id\":{n},\"body\":\"{body}\"}}\n")).collect();
        let (out, status) = answers(input.as_bytes());
        assert_eq!(status, 0);
        assert!(out.lines().enumerate().all(|(n, line)| line.starts_with(&format!("{{\"id\":{n},"))));
        assert_eq!(out.lines().count(), 20_000);
    }

    #[test]
    fn a_line_too_long_is_an_error() {
        let mut input = b"{\"body\":\"a\"}\n{\"body\":\"".to_vec();
        input.resize(input.len() + MOST_BYTES + BATCH + 10, b'x');
        input.extend_from_slice(b"\"}\n{\"body\":\"b\"}\n");
        let (out, status) = answers(&input);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!((lines.len(), status), (3, 1));
        assert!(lines[1].contains("too long") && lines[1].contains("\"line\":2"));
        assert!(lines[2].starts_with("{\"body\":\"b\","));
    }

    #[test]
    fn a_missing_file_is_told() {
        let mut err = Vec::new();
        let status = annotate(&["nowhere\u{1b}[1m".into()], &mut io::sink(), &mut err).unwrap();
        assert_eq!(status, 2);
        assert!(String::from_utf8(err).unwrap().starts_with("petik: nowhere cannot be read: "));
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        struct Broken(io::ErrorKind);
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "{\"body\":\"a\"}\n").unwrap();
        let run = |kind| annotate(&[file.path().to_owned()], &mut Broken(kind), &mut io::sink());
        assert_eq!(run(io::ErrorKind::BrokenPipe).unwrap(), 0);
        assert!(run(io::ErrorKind::StorageFull).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
            let (out, _) = answers(&bytes);
            prop_assert!(out.lines().count().abs_diff(lines) <= 1);
        }
    }
}
