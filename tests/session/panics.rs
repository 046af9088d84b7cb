//! A panic gives the terminal back, says what happened, and ends the process.
//!
//! petik has no key that panics. These tests start themselves again, as a child on a terminal that runs petik's own
//! loop on petik's own terminal, with a worker or a screen that panics.

use super::grammar::check;
use super::pty::{Session, Start};
use crossterm::event::EventStream;
use petik::app::{Effect, Model};
use petik::runtime::{Inbox, OwnTerminal, Perform, Signal, Stopping, Surface, circle, leave_on_panic};
use petik::view::Theme;
use std::io;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// What it panics with: words that were being read.
const QUOTED: &str = "while reading \u{1b}]52;c;aGk=\u{7}\u{202e}words";

/// Set in a child.
const CHILD: &str = "PETIK_TESTS_PANIC";

/// Who panics, on the first effect or frame that the reader's key asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Task,
    Thread,
    Screen,
}

struct Worker {
    who: Who,
    tasks: JoinSet<()>,
}

impl Perform for Worker {
    fn perform(&mut self, _: Effect) {
        match self.who {
            Who::Task => drop(self.tasks.spawn_blocking(|| panic!("{QUOTED}"))),
            Who::Thread => drop(std::thread::spawn(|| panic!("{QUOTED}"))),
            Who::Screen => {}
        }
    }

    async fn ended(&mut self) -> bool {
        match self.tasks.join_next().await {
            Some(result) => result.is_ok(),
            None => std::future::pending().await,
        }
    }

    async fn edit(&mut self, text: String) -> Result<String, String> {
        Ok(text)
    }
}

struct Screen {
    who: Who,
    terminal: OwnTerminal,
}

impl Surface for Screen {
    fn mouse(&mut self, _: bool) {}

    fn copy(&mut self, _: &str) {}

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        assert!(!(self.who == Who::Screen && model.shelf.reloading), "{QUOTED}");
        self.terminal.draw(model)
    }

    fn size(&self) -> Option<(u16, u16)> {
        self.terminal.size()
    }

    fn forget(&mut self) -> io::Result<()> {
        self.terminal.forget()
    }

    fn lend(&mut self) -> bool {
        self.terminal.lend()
    }

    fn suspend(&mut self, who: Stopping) -> io::Result<()> {
        self.terminal.suspend(who)
    }

    fn resume(&mut self) -> io::Result<(u16, u16)> {
        self.terminal.resume()
    }
}

#[test]
fn child() {
    let who = match std::env::var(CHILD).as_deref() {
        Ok("task") => Who::Task,
        Ok("thread") => Who::Thread,
        Ok("screen") => Who::Screen,
        // Not a child.
        _ => return,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let end = runtime.block_on(async {
        let (outside, signals): (UnboundedSender<Signal>, _) = unbounded_channel();
        let (_messages, messages) = unbounded_channel();
        let mut model = crate::shelf::model(80, 24);
        let mut worker = Worker { who, tasks: JoinSet::new() };
        leave_on_panic(outside);
        let terminal = OwnTerminal::enter(Theme { colour: true }).unwrap();
        let mut screen = Screen { who, terminal };
        let mut inbox = Inbox { events: EventStream::new(), messages, signals };
        circle(&mut model, &mut inbox, &mut screen, &mut worker).await.unwrap()
    });
    std::process::exit(end.status().into());
}

fn panicking(who: &str) -> Session {
    let this = std::env::current_exe().unwrap();
    let arguments = ["--exact", "session::panics::child", "--nocapture", "--test-threads=1"];
    let mut session = Start::program(this, arguments).env(CHILD, who).start();
    session.sees("6 articles").keys("r");
    assert_eq!(session.ends().code, 101);
    session
}

#[test]
fn any_panic_gives_the_terminal_back_and_says_so() {
    for who in ["task", "thread", "screen"] {
        let session = panicking(who);
        check(&session.raw);
        let restored = memchr::memmem::rfind(&session.raw, b"\x1b[?1049l\x1b[?25h").unwrap();
        let said = String::from_utf8_lossy(&session.raw[restored..]).into_owned();
        assert!(said.contains("while reading words"), "{who}: {said:?}");
        assert!(said.contains("petik: this is a bug in petik"), "{who}: {said:?}");
        // It is said once, and from the beginning of a line.
        assert_eq!(said.matches("while reading").count(), 1, "{who}: {said:?}");
        assert!(said.starts_with("\x1b[?1049l\x1b[?25hpetik: "), "{who}: {said:?}");
    }
}
