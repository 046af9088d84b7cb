//! The only impure part: the loop, the terminal, and the work that effects ask for.

mod circle;
mod keys;
mod signals;
mod terminal;
mod workers;

pub use circle::{End, Inbox, circle};
pub use signals::Signal;
pub use terminal::Surface;
pub use workers::Perform;

use crate::app::{Effect, Message, Model, NOTHING};
use crate::load::{Problem, Source};
use crate::view::Theme;
use crossterm::event::EventStream;
use std::io;
use std::time::Duration;
use terminal::OwnTerminal;
use tokio::sync::mpsc::unbounded_channel;
use workers::Workers;

/// How reading ended.
pub enum Ended {
    /// With this exit status.
    Status(u8),
    /// There was nothing to read, for these reasons.
    Nothing(Vec<Problem>),
    /// The screen cannot be used, for this reason.
    Unfit(&'static str),
}

/// The first articles have this long to come before the screen is taken, so that files with nothing in them are
/// answered on the reader's own screen.
const FIRST: Duration = Duration::from_millis(80);

/// Opens `sources` on the terminal and reads until the reader has enough. `notice` is said at the start.
///
/// # Errors
///
/// When the terminal cannot be read or written.
pub fn run(sources: Vec<Source>, name: String, notice: Option<String>, theme: Theme) -> io::Result<Ended> {
    if let Some(reason) = terminal::unfit() {
        return Ok(Ended::Unfit(reason));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(read(sources, name, notice, theme));
    terminal::leave();
    // Work that is still under way is not waited for: nothing of it is kept.
    runtime.shutdown_background();
    ended
}

async fn read(sources: Vec<Source>, name: String, notice: Option<String>, theme: Theme) -> io::Result<Ended> {
    let (sender, messages) = unbounded_channel();
    let (signal_sender, signals) = unbounded_channel();
    let mut workers = Workers::new(sources, sender);
    let mut model = Model::new(name, crossterm::terminal::size()?);
    model.notice = notice;
    workers.perform(Effect::Open(0));
    let mut messages = messages;
    let first = tokio::time::timeout(FIRST, messages.recv()).await.ok().flatten();
    if let Some(end) = first.and_then(|message| begin(&mut model, &mut workers, message)) {
        return Ok(end);
    }
    terminal::leave_on_panic();
    signals::listen(&signal_sender)?;
    let mut surface = OwnTerminal::enter(theme)?;
    let mut inbox = Inbox { events: EventStream::new(), messages, signals };
    let end = circle(&mut model, &mut inbox, &mut surface, &mut workers).await;
    drop(surface);
    Ok(match end? {
        End::Quit(NOTHING) if model.shelf.snapshot.is_empty() => Ended::Nothing(model.shelf.problems),
        End::Quit(status) => Ended::Status(status),
        End::Signal(number) => Ended::Status(128 + number),
        End::Gone => Ended::Status(GONE),
        End::Panicked => Ended::Status(PANICKED),
    })
}

/// A terminal that goes away is a hang-up: 128 and the number of SIGHUP.
const GONE: u8 = 129;

/// What a Rust program that panicked exits with.
const PANICKED: u8 = 101;

/// Takes the first message before there is a screen; returns an end when nothing is to be shown.
fn begin(model: &mut Model, workers: &mut Workers, message: Message) -> Option<Ended> {
    for effect in model.update(message).list {
        match effect {
            Effect::Quit(_) => return Some(Ended::Nothing(std::mem::take(&mut model.shelf.problems))),
            effect => workers.perform(effect),
        }
    }
    None
}

/// How wide the terminal on the standard output is; `None` when it is none.
pub fn terminal_columns() -> Option<u16> {
    std::io::IsTerminal::is_terminal(&io::stdout())
        .then(crossterm::terminal::size)?
        .ok()
        .map(|(columns, _)| columns)
}
