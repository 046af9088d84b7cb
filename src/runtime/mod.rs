//! The only impure part: the loop, the terminal, and the work that effects ask for.

mod circle;
mod clipboard;
mod editor;
mod export;
mod keep;
mod keys;
mod lent;
mod opener;
mod output;
mod painter;
mod program;
mod queries;
mod signals;
mod terminal;
mod watch;
mod whole;
mod workers;

pub use circle::{End, Inbox, circle};
pub use export::Pages;
pub use signals::{Signal, Stopping, stopped};
pub use terminal::{OwnTerminal, Surface, leave_on_panic};
pub use whole::{fresh, over, unwritable};
pub use workers::Perform;

use crate::app::{Effect, Message, Model, NOTHING, QueryDeed};
use crate::library::Opening;
use crate::load::Problem;
use crate::view::Theme;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;
use tokio::runtime::Builder;
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

/// Threads without work are kept: tokio ends them after ten seconds, and that is a wake-up for nothing.
const KEPT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Opens `source` on the terminal and reads until the reader has enough; what the reader does is kept in the library at
/// `state`, if there can be one. `notice` is said at the start.
///
/// # Errors
///
/// When the terminal cannot be read or written.
pub fn run(
    source: Opening,
    state: Option<PathBuf>,
    name: String,
    notice: Option<String>,
    theme: Theme,
) -> io::Result<Ended> {
    if let Some(reason) = terminal::unfit() {
        return Ok(Ended::Unfit(reason));
    }
    let runtime = Builder::new_current_thread().enable_all().thread_keep_alive(KEPT).build()?;
    let ended = runtime.block_on(read(source, state, name, notice, theme));
    // Work that is still under way is not waited for: nothing of it is kept.
    runtime.shutdown_background();
    match ended {
        // Whatever could not be done: there is no terminal any more to do it on.
        Err(_) if !io::stdout().is_terminal() => Ok(Ended::Status(End::Gone.status())),
        ended => ended,
    }
}

async fn read(
    source: Opening,
    state: Option<PathBuf>,
    name: String,
    notice: Option<String>,
    theme: Theme,
) -> io::Result<Ended> {
    let (sender, mut messages) = unbounded_channel();
    let (signal_sender, signals) = unbounded_channel();
    let once = source.is_once();
    let mut workers = Workers::new(source, state, sender);
    let mut model = Model::new(name, terminal::size()?);
    model.screen.no_colour = !theme.colour;
    model.notice = notice;
    model.shelf.once = once;
    workers.perform(Effect::Open(0));
    let first = tokio::time::timeout(FIRST, messages.recv()).await.ok().flatten();
    if let Some(end) = first.and_then(|message| begin(&mut model, &mut workers, message)) {
        return Ok(end);
    }
    workers.perform(Effect::KeepQuery(QueryDeed::Read));
    leave_on_panic(signals::listen(signal_sender)?);
    let mut surface = OwnTerminal::enter(theme)?;
    workers.attend();
    let (events, keyboard) = keys::events(model.screen.size)?;
    surface.attend(keyboard);
    let mut inbox = Inbox { events, messages, signals };
    let end = circle(&mut model, &mut inbox, &mut surface, &mut workers).await;
    drop(surface);
    // The terminal is back already; what was asked for is still done.
    model.farewell().into_iter().for_each(|effect| workers.perform(effect));
    workers.finish();
    Ok(match end? {
        End::Quit(NOTHING) if model.shelf.snapshot.is_empty() => Ended::Nothing(model.shelf.problems),
        end => Ended::Status(end.status()),
    })
}

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
    io::stdout().is_terminal().then(crossterm::terminal::size)?.ok().map(|(columns, _)| columns)
}
