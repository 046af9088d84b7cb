//! The terminal while it is petik's, and the way back.
//!
//! Entered once, left on every way out: by the guard, by the panic hook, before a stop. Leaving twice does nothing.
//! A frame is written whole, between the marks of synchronised output, or not at all.

use super::keys::Keyboard;
use super::lent;
use super::output::send;
use super::painter::Painter;
use super::signals::{self, Signal, Stopping};
use crate::app::Model;
use crate::text::{Shape, sanitise};
use crate::view::{self, Theme};
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{Command, terminal};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc::UnboundedSender;

/// Whether the terminal is petik's now. One process has one terminal, and a panic on any thread must find it. Changed,
/// and relied on for writing, only under the lock of the standard output.
static OURS: AtomicBool = AtomicBool::new(false);

/// Whether the mouse is petik's while the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(true);

/// Presses, releases, the wheel, and moves while a button is down (1002), written so that no column is too far right
/// (1006). Not 1003, which crossterm would set: every move would wake petik.
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";

/// Something frames can be drawn on.
pub trait Surface {
    /// Draws the model.
    fn draw(&mut self, model: &Model) -> io::Result<()>;
    /// Columns and rows there are now; `None` where nobody knows.
    fn size(&self) -> Option<(u16, u16)>;
    /// Forgets what is on the screen, so that the next frame is drawn whole.
    fn forget(&mut self) -> io::Result<()>;
    /// Takes the mouse, or leaves it to the terminal.
    fn mouse(&mut self, on: bool);
    /// Has the terminal copy a text.
    fn copy(&mut self, text: &str);
    /// Gives the terminal back for another program to use, until it is taken again; `false` when that cannot be.
    fn lend(&mut self) -> bool;
    /// Gives the terminal back and stops; returns once it is continued.
    fn suspend(&mut self, who: Stopping) -> io::Result<()>;
    /// Takes the terminal again after a stop, whoever stopped the process; returns its size.
    fn resume(&mut self) -> io::Result<(u16, u16)>;
}

/// The process's own terminal. Dropping it gives the terminal back.
pub struct OwnTerminal {
    terminal: Terminal<Painter>,
    theme: Theme,
    keyboard: Option<Keyboard>,
}

/// Why petik cannot draw here; `None` when it can.
pub(super) fn unfit() -> Option<&'static str> {
    if cfg!(unix) {
        match std::env::var_os("TERM") {
            None => return Some("TERM is not set"),
            Some(term) if term.is_empty() => return Some("TERM is empty"),
            Some(term) if term == "dumb" => return Some("TERM is dumb"),
            Some(_) => {}
        }
    }
    if !io::stdout().is_terminal() {
        return Some("the output is no terminal");
    }
    // The controlling terminal, where the keys come from when the standard input is something else.
    if cfg!(unix) && !io::stdin().is_terminal() && std::fs::File::open("/dev/tty").is_err() {
        return Some("there is no terminal to read keys from");
    }
    None
}

/// More columns and rows than this are not drawn: a terminal that says 65535 × 65535 would take all memory.
const LARGEST: (u16, u16) = (2048, 1024);

/// Columns and rows to draw on.
///
/// # Errors
///
/// When there is no terminal.
pub(super) fn size() -> io::Result<(u16, u16)> {
    terminal::size().map(within)
}

/// A size, held to what is drawn.
pub(super) fn within((width, height): (u16, u16)) -> (u16, u16) {
    (width.min(LARGEST.0), height.min(LARGEST.1))
}

impl OwnTerminal {
    /// Takes the terminal.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be read or written; it is left as it was then.
    pub fn enter(theme: Theme) -> io::Result<OwnTerminal> {
        // The size is asked for before anything is changed, so that failing leaves all as it was.
        let (width, height) = size()?;
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let terminal = Terminal::with_options(Painter::new(width, height), TerminalOptions { viewport })?;
        let entered = OwnTerminal { terminal, theme, keyboard: None };
        take()?;
        Ok(entered)
    }

    /// Stops reading keys by `keyboard` while the terminal is lent.
    pub(super) fn attend(&mut self, keyboard: Keyboard) {
        self.keyboard = Some(keyboard);
    }

    fn clear(&mut self, area: Rect) -> io::Result<()> {
        self.terminal.backend_mut().resize(area.width, area.height);
        self.terminal.resize(area)
    }
}

impl Surface for OwnTerminal {
    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let (width, height) = model.screen.size;
        let area = Rect::new(0, 0, width, height);
        if self.terminal.get_frame().area() != area {
            self.clear(area)?;
        }
        let theme = self.theme;
        self.terminal.draw(|frame| view::draw(model, theme, frame))?;
        let drawn = self.terminal.backend_mut().take();
        if drawn.is_empty() {
            return Ok(());
        }
        let mut frame = Vec::with_capacity(drawn.len() + 16);
        put(&mut frame, BeginSynchronizedUpdate);
        frame.extend_from_slice(&drawn);
        put(&mut frame, EndSynchronizedUpdate);
        let _alone = io::stdout().lock();
        if OURS.load(Ordering::SeqCst) { send(&frame) } else { Ok(()) }
    }

    fn size(&self) -> Option<(u16, u16)> {
        size().ok()
    }

    fn forget(&mut self) -> io::Result<()> {
        let area = self.terminal.get_frame().area();
        self.clear(area)
    }

    fn mouse(&mut self, on: bool) {
        let _alone = io::stdout().lock();
        MOUSE.store(on, Ordering::SeqCst);
        if OURS.load(Ordering::SeqCst) {
            // A terminal that is gone says so when the next frame is drawn.
            let _ = send(if on { MOUSE_ON } else { MOUSE_OFF });
        }
    }

    fn copy(&mut self, text: &str) {
        let mut bytes = Vec::new();
        put(&mut bytes, CopyToClipboard::to_clipboard_from(text));
        let _alone = io::stdout().lock();
        if OURS.load(Ordering::SeqCst) {
            // A terminal that is gone says so when the next frame is drawn.
            let _ = send(&bytes);
        }
    }

    fn lend(&mut self) -> bool {
        if !self.keyboard.as_mut().is_none_or(Keyboard::pause) {
            return false;
        }
        lent::lend();
        leave();
        true
    }

    fn suspend(&mut self, who: Stopping) -> io::Result<()> {
        leave();
        signals::stop(who);
        Ok(())
    }

    fn resume(&mut self) -> io::Result<(u16, u16)> {
        lent::take_back();
        take()?;
        if let Some(keyboard) = &mut self.keyboard {
            keyboard.go_on();
        }
        self.terminal.backend_mut().forget();
        self.forget()?;
        size()
    }
}

impl Drop for OwnTerminal {
    fn drop(&mut self) {
        leave();
    }
}

fn take() -> io::Result<()> {
    let _alone = io::stdout().lock();
    // The shell may have set the terminal to its own liking meanwhile: what is remembered is not what it is set to.
    let _ = terminal::disable_raw_mode();
    terminal::enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    let mut bytes = Vec::new();
    put(&mut bytes, EnterAlternateScreen);
    put(&mut bytes, EnableBracketedPaste);
    if MOUSE.load(Ordering::SeqCst) {
        bytes.extend_from_slice(MOUSE_ON);
    }
    put(&mut bytes, Hide);
    send(&bytes)
}

/// Gives the terminal back as it was. Errors are passed over: there is nobody left to tell.
pub(super) fn leave() {
    let _alone = io::stdout().lock();
    if OURS.swap(false, Ordering::SeqCst) {
        let _ = send(&farewell());
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives back as much of the terminal as can be without waiting for it. The process is to end right after.
pub(super) fn abandon() {
    if OURS.swap(false, Ordering::SeqCst) {
        if super::output::takes_more() {
            let _ = send(&farewell());
        }
        let _ = terminal::disable_raw_mode();
    }
}

fn farewell() -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, EndSynchronizedUpdate);
    put(&mut bytes, ResetColor);
    bytes.extend_from_slice(MOUSE_OFF);
    put(&mut bytes, DisableBracketedPaste);
    put(&mut bytes, LeaveAlternateScreen);
    put(&mut bytes, Show);
    bytes
}

/// Makes a panic on any thread give the terminal back, say what happened, and end petik by way of `outside`.
pub fn leave_on_panic(outside: UnboundedSender<Signal>) {
    std::panic::set_hook(Box::new(move |info| {
        leave();
        // A panic may quote what was being read.
        let what = sanitise(&info.to_string(), Shape::Lines).text;
        let mut told =
            format!("petik: {what}\npetik: this is a bug in petik; nothing of yours was changed\n");
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            told = format!("{told}{}\n", sanitise(&trace.to_string(), Shape::Lines).text);
        }
        let _ = io::stderr().write_all(told.as_bytes());
        let _ = outside.send(Signal::Panicked);
    }));
}

fn put(bytes: &mut Vec<u8>, command: impl Command) {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = command.write_ansi(&mut text);
    bytes.extend_from_slice(text.as_bytes());
}
