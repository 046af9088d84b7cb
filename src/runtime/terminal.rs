//! The terminal while it is petik's, and the way back.
//!
//! Entered once, left on every way out: by the guard, by the panic hook, before a stop. Leaving twice does nothing.
//! A frame is written whole, between the marks of synchronised output, or not at all.

use crate::app::Model;
use crate::view::{self, Theme};
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{Command, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is petik's now. One process has one terminal, and a panic on any thread must find it.
static OURS: AtomicBool = AtomicBool::new(false);

/// Something frames can be drawn on.
pub trait Surface {
    /// Draws the model.
    fn draw(&mut self, model: &Model) -> io::Result<()>;
    /// Forgets what is on the screen, so that the next frame is drawn whole.
    fn forget(&mut self) -> io::Result<()>;
    /// Gives the terminal back and stops the process; returns the size once it is continued.
    fn suspend(&mut self) -> io::Result<(u16, u16)>;
    /// Takes the terminal again after someone else has stopped and continued the process; returns its size.
    fn resume(&mut self) -> io::Result<(u16, u16)>;
}

/// The process's own terminal.
pub(super) struct OwnTerminal {
    terminal: Terminal<CrosstermBackend<Held>>,
    held: Held,
    theme: Theme,
    cursor_hidden: bool,
}

/// Bytes held back until the frame is whole.
#[derive(Clone, Default)]
struct Held(Rc<RefCell<Vec<u8>>>);

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why petik cannot draw here; `None` when it can.
pub(super) fn unfit() -> Option<&'static str> {
    match std::env::var_os("TERM") {
        None => Some("TERM is not set"),
        Some(term) if term.is_empty() => Some("TERM is empty"),
        Some(term) if term == "dumb" => Some("TERM is dumb"),
        Some(_) if !io::stdout().is_terminal() => Some("the output is no terminal"),
        Some(_) => None,
    }
}

impl OwnTerminal {
    /// Takes the terminal.
    pub(super) fn enter(theme: Theme) -> io::Result<OwnTerminal> {
        let held = Held::default();
        // The size is asked for before anything is changed, so that failing leaves all as it was.
        let (width, height) = terminal::size()?;
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let terminal =
            Terminal::with_options(CrosstermBackend::new(held.clone()), TerminalOptions { viewport })?;
        take()?;
        Ok(OwnTerminal { terminal, held, theme, cursor_hidden: true })
    }

    fn size(&self) -> io::Result<(u16, u16)> {
        terminal::size()
    }

    fn write_held(&mut self) -> io::Result<()> {
        let mut bytes = std::mem::take(&mut *self.held.0.borrow_mut());
        if bytes.is_empty() || !OURS.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(bytes.len() + 16);
        put(&mut frame, BeginSynchronizedUpdate);
        frame.append(&mut bytes);
        put(&mut frame, EndSynchronizedUpdate);
        let mut out = io::stdout().lock();
        out.write_all(&frame)?;
        out.flush()
    }
}

impl Surface for OwnTerminal {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let (width, height) = model.screen.size;
        let area = Rect::new(0, 0, width, height);
        if self.terminal.get_frame().area() != area {
            self.terminal.resize(area)?;
        }
        let theme = self.theme;
        self.terminal.draw(|frame| view::draw(model, theme, frame))?;
        // Hiding a hidden cursor is no change.
        let mut nothing = Vec::new();
        put(&mut nothing, Hide);
        if self.cursor_hidden && *self.held.0.borrow() == nothing {
            self.held.0.borrow_mut().clear();
        }
        self.cursor_hidden = self.held.0.borrow().is_empty() || ends_hidden(&self.held.0.borrow(), &nothing);
        self.write_held()
    }

    fn forget(&mut self) -> io::Result<()> {
        let area = self.terminal.get_frame().area();
        self.terminal.resize(area)
    }

    fn suspend(&mut self) -> io::Result<(u16, u16)> {
        leave();
        super::signals::stop();
        self.resume()
    }

    fn resume(&mut self) -> io::Result<(u16, u16)> {
        take()?;
        self.cursor_hidden = true;
        self.forget()?;
        self.size()
    }
}

impl Drop for OwnTerminal {
    fn drop(&mut self) {
        leave();
    }
}

fn ends_hidden(frame: &[u8], hide: &[u8]) -> bool {
    frame.ends_with(hide)
}

fn take() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    put(&mut bytes, EnterAlternateScreen);
    put(&mut bytes, EnableBracketedPaste);
    put(&mut bytes, Hide);
    let mut out = io::stdout().lock();
    out.write_all(&bytes)?;
    out.flush()
}

/// Gives the terminal back as it was. Errors are passed over: there is nobody left to tell.
pub(super) fn leave() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    put(&mut bytes, EndSynchronizedUpdate);
    put(&mut bytes, ResetColor);
    put(&mut bytes, DisableBracketedPaste);
    put(&mut bytes, LeaveAlternateScreen);
    put(&mut bytes, Show);
    let mut out = io::stdout().lock();
    let _ = out.write_all(&bytes);
    let _ = out.flush();
    let _ = terminal::disable_raw_mode();
}

/// Makes a panic on any thread give the terminal back before it says what happened.
pub(super) fn leave_on_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        leave();
        before(info);
        let _ = writeln!(io::stderr(), "petik: this is a bug in petik; nothing of yours was changed");
    }));
}

fn put(bytes: &mut Vec<u8>, command: impl Command) {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = command.write_ansi(&mut text);
    bytes.extend_from_slice(text.as_bytes());
}
