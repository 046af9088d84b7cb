//! `petik import PATH…`: articles into the library.

use super::{anew, complain, open};
use crate::library::{self, Imported, Paths, Place, Spill, Step, StoreError, take_in};
use crate::load::{self, Problem, Progress};
use crate::runtime::stopped;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{self, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Between two looks of the progress bar.
const TICK: Duration = Duration::from_millis(100);

/// The exit status of a program ended by Ctrl-C: 128 and the number of SIGINT.
pub(super) const INTERRUPTED: u8 = 130;

pub(super) fn run(paths: &[PathBuf], list: bool, refused: Option<&Path>) -> io::Result<u8> {
    let Some(folders) = Paths::of_user() else {
        return nowhere();
    };
    if !reached(paths) || refused.is_some_and(|file| !may_be_replaced(file, paths)) {
        return Ok(2);
    }
    let sources: Vec<_> = paths.iter().map(|path| open::source(path)).collect();
    let place = folders.library();
    let stopped = stopped();
    let path = refused.map_or_else(|| folders.data.join("refused.jsonl"), Path::to_owned);
    let mut report = Report::new(list, Some(path));
    let taken = take_in(&place, &sources, &stopped, &mut |step| report.step(step));
    report.close_refused();
    match taken {
        Ok((counts, aside)) if !stopped.load(Ordering::Relaxed) => {
            report.bar.finish_and_clear();
            let aside = aside.and_then(|aside| anew::settling(counts, &[], aside));
            finish(&place, counts, aside.as_ref(), &stopped, report)
        }
        taken => end(taken.map(|(counts, _)| counts), &stopped, &report),
    }
}

/// Whether all that was named can be read; says of each that cannot why, before anything is read.
fn reached(paths: &[PathBuf]) -> bool {
    let named = paths.iter().filter(|path| *path != Path::new("-"));
    let problems: Vec<Problem> = named.filter_map(|path| load::reach(path).err()).collect();
    problems.iter().for_each(|problem| complain(&format!("{problem}; nothing was imported")));
    problems.is_empty()
}

/// Whether what is no article may be written to `file`; says why not. Only an earlier list of it is replaced, and that not
/// while it is read.
fn may_be_replaced(file: &Path, paths: &[PathBuf]) -> bool {
    let real = |path: &Path| path.canonicalize().or_else(|_| path::absolute(path)).unwrap_or_default();
    let read = paths.iter().any(|path| real(file).starts_with(real(path)));
    let why = if read {
        "lies in what is to be imported"
    } else if is_other(file) {
        "is there already and is no list of what was refused"
    } else {
        return true;
    };
    complain(&format!("{} {why}: name another file for --refused; nothing was imported", file.display()));
    false
}

/// Whether a file holds something that is no list of what was refused.
fn is_other(path: &Path) -> bool {
    let Ok(found) = std::fs::metadata(path) else { return false };
    let mut line = String::new();
    // What is neither file nor folder (a pipe, /dev/null) keeps nothing.
    found.is_dir()
        || found.is_file()
            && match File::open(path).and_then(|file| BufReader::new(file).read_line(&mut line)) {
                Ok(0) => false,
                Ok(_) => !is_refusal(&line),
                Err(_) => true,
            }
}

/// Whether a line is such as [`Report::refuse`] writes.
fn is_refusal(line: &str) -> bool {
    let fields = ["place", "reason", "advice", "record"];
    serde_json::from_str::<serde_json::Map<_, serde_json::Value>>(line).is_ok_and(|record| {
        record.len() == fields.len() && fields.iter().all(|name| record.contains_key(*name))
    })
}

/// The end of an import of which [`anew`] left it to this process: `counts` are the articles added, known and refused.
pub(super) fn settle(counts: &[u64]) -> io::Result<u8> {
    let Some(folders) = Paths::of_user() else {
        return nowhere();
    };
    let mut counts = counts.iter().copied();
    let mut next = || counts.next().unwrap_or(0);
    let counts = Imported { added: next(), known: next(), refused: next() };
    let report = Report::new(false, None);
    finish(&folders.library(), counts, anew::taken_over().as_ref(), &stopped(), report)
}

fn nowhere() -> io::Result<u8> {
    complain("there is no home to keep a library in: set HOME or XDG_DATA_HOME");
    Ok(2)
}

/// Does what is left when the articles are in.
fn finish(
    place: &Place,
    counts: Imported,
    aside: Option<&Spill>,
    stopped: &AtomicBool,
    mut report: Report,
) -> io::Result<u8> {
    let settled = library::settle(place, aside, stopped, &mut |step| report.step(step));
    end(settled.map(|()| counts), stopped, &report)
}

/// Says what came of it; gives the exit status.
fn end(done: Result<Imported, StoreError>, stopped: &AtomicBool, report: &Report) -> io::Result<u8> {
    report.bar.finish_and_clear();
    match done {
        Ok(counts) => {
            let status = told(counts)?;
            if !stopped.load(Ordering::Relaxed) {
                return Ok(status);
            }
            complain("stopped; what is in stays, and the same command goes on from here");
            Ok(INTERRUPTED)
        }
        Err(error) => {
            complain(&error.to_string());
            Ok(2)
        }
    }
}

/// What is told of an import while it runs and at its end.
pub(super) struct Report {
    pub(super) bar: ProgressBar,
    begun: Instant,
    told: Option<Instant>,
    /// Whether each record that is no article is told.
    list: bool,
    /// Where these are written, with the reason, if they are.
    path: Option<PathBuf>,
    refused: Option<io::Result<BufWriter<File>>>,
}

impl Report {
    pub(super) fn new(list: bool, path: Option<PathBuf>) -> Report {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        Report { bar, begun: Instant::now(), told: None, list, path, refused: None }
    }

    pub(super) fn step(&mut self, step: Step) {
        match step {
            Step::Reading(progress, counts) => self.reading(progress, counts),
            Step::Refused(problem) => self.refuse(&problem),
            Step::Writing => self.bar.set_message("writing the last articles"),
            Step::Settling => self.bar.set_message("looking for copies of one story, merging full text"),
            Step::Indexing => self.bar.set_message("making the index of the filter"),
            Step::Unindexed(error) => self.say(&format!("the full-text index waits: {error}")),
        }
    }

    fn reading(&mut self, progress: Progress, counts: Imported) {
        if self.told.is_some_and(|told| told.elapsed() < TICK) {
            return;
        }
        if self.told.is_none() {
            let bar = if progress.total.is_some() { "{wide_bar:.dim} {eta} left" } else { "" };
            let template = format!(" {{msg}} · {{bytes_per_sec}} {bar}");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                self.bar.set_style(style);
            }
        }
        self.told = Some(Instant::now());
        if let Some(total) = progress.total {
            self.bar.set_length(total);
        }
        self.bar.set_position(progress.read);
        let seconds = self.begun.elapsed().as_secs_f64().max(0.001);
        let speed = (counts.added + counts.known) as f64 / seconds;
        self.bar.set_message(format!("{} · {speed:.0} articles/s", counted(counts)));
    }

    /// Says something above the bar.
    fn say(&self, what: &str) {
        self.bar.suspend(|| complain(what));
    }

    fn refuse(&mut self, problem: &Problem) {
        if self.list {
            self.say(&problem.to_string());
        }
        let Some(path) = &self.path else { return };
        let file = self.refused.get_or_insert_with(|| {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            File::create(path).map(BufWriter::new)
        });
        let line = serde_json::json!({
            "place": problem.place,
            "reason": problem.what,
            "advice": problem.advice,
            "record": problem.record,
        });
        if let Ok(writer) = file
            && let Err(error) = writeln!(writer, "{line}")
        {
            *file = Err(error);
        }
    }

    /// Says where the records that are no articles stand.
    fn close_refused(&mut self) {
        let Some((file, path)) = self.refused.take().zip(self.path.as_ref()) else { return };
        let written = file.and_then(|mut file| file.flush());
        let path = path.display();
        match written {
            Ok(()) => self.say(&format!("what was no article stands in {path}, with the reason")),
            Err(error) => self.say(&format!("{path} cannot be written: {error}")),
        }
    }
}

/// Says how many articles there were; gives the exit status.
fn told(counts: Imported) -> io::Result<u8> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", counted(counts))?;
    out.flush()?;
    Ok(match counts {
        Imported { added: 0, known: 0, .. } => 2,
        Imported { refused: 0, .. } => 0,
        _ => 1,
    })
}

/// "1,240 articles, 3 known before, 2 refused".
fn counted(counts: Imported) -> String {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let mut text = crate::app::plural(number(counts.added), "article");
    for (count, what) in [(counts.known, "known before"), (counts.refused, "refused")] {
        if count > 0 {
            text.push_str(&format!(", {} {what}", crate::app::grouped(number(count))));
        }
    }
    text
}
