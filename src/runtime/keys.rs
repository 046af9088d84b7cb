//! The terminal's events as messages.

use super::terminal::{size, within};
use crate::app::{Button, Code, Key, Message, Mouse};
use crate::text::{Shape, sanitise};
use crossterm::event::{
    Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
    MouseEventKind,
};
use futures_util::{Stream, StreamExt};
use std::io;
use std::thread;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::oneshot;

/// Events that may wait for the loop before the terminal has to.
const WAITING: usize = 256;

/// The terminal's events, until it is gone. Must be called on a tokio runtime.
///
/// They are read on a thread of their own, because crossterm blocks in the middle of a sequence of bytes that is not
/// whole, and spins once the terminal is gone: neither may hold up the loop.
///
/// `known` is the size that was asked for before: one that changed until now is the first event, since the system tells
/// nobody who is not listening yet.
///
/// # Errors
///
/// When the system has no room for a thread.
pub(super) fn events(
    known: (u16, u16),
) -> io::Result<(impl Stream<Item = io::Result<Event>> + Unpin, Keyboard)> {
    let (sender, mut receiver) = channel(WAITING);
    let (pauses, mut asked) = channel::<Pause>(1);
    let runtime = Handle::current();
    let forward = async move {
        // A terminal that has gone already makes EventStream panic, but poll an error.
        if crossterm::event::poll(Duration::ZERO).is_err() {
            return;
        }
        // That was when crossterm began to listen.
        if let Ok((width, height)) = size()
            && (width, height) != known
            && sender.send(Ok(Event::Resize(width, height))).await.is_err()
        {
            return;
        }
        let mut events = EventStream::new();
        loop {
            tokio::select! {
                biased;
                Some(pause) = asked.recv() => {
                    drop(events);
                    // crossterm's own thread has been woken by that. Once it has let go of the terminal it can be
                    // waited for here, and so the wait says that it has.
                    let _ = crossterm::event::poll(LETTING_GO);
                    let _ = pause.paused.send(());
                    // An end that is dropped says the same as one that is used.
                    let _ = pause.over.await;
                    events = EventStream::new();
                }
                event = events.next() => match event {
                    // It was woken to let go.
                    Some(Err(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                    Some(event) => {
                        if sender.send(event).await.is_err() {
                            return;
                        }
                    }
                    None => return,
                },
            }
        }
    };
    thread::Builder::new().name("keys".to_owned()).spawn(move || runtime.block_on(forward))?;
    let events = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    Ok((events, Keyboard { pauses, over: None }))
}

/// crossterm's thread has this long to let go of the terminal.
const LETTING_GO: Duration = Duration::from_millis(50);

/// A pause of reading keys.
struct Pause {
    /// Says that it has begun.
    paused: std::sync::mpsc::Sender<()>,
    /// Says that it is over.
    over: oneshot::Receiver<()>,
}

/// Lets others read the keys for a while.
pub(super) struct Keyboard {
    pauses: Sender<Pause>,
    over: Option<oneshot::Sender<()>>,
}

impl Keyboard {
    /// Reads no more keys until [`Keyboard::go_on`]; `false` when reading could not be stopped.
    pub(super) fn pause(&mut self) -> bool {
        let (paused, begun) = std::sync::mpsc::channel();
        let (over, ended) = oneshot::channel();
        let asked = self.pauses.try_send(Pause { paused, over: ended }).is_ok();
        self.over = Some(over);
        asked && begun.recv_timeout(PATIENCE).is_ok()
    }

    /// Reads keys again.
    pub(super) fn go_on(&mut self) {
        self.over = None;
    }
}

/// How long stopping to read may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What an event of the terminal means; `None` when petik has no use for it.
pub(super) fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(event) => key(event).map(Message::Key),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => {
            let (width, height) = within((width, height));
            Some(Message::Resize(width, height))
        }
        Event::Mouse(event) => mouse(event).map(Message::Mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let what = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Button::Press,
        MouseEventKind::Drag(MouseButton::Left) => Button::Drag,
        MouseEventKind::Up(MouseButton::Left) => Button::Release,
        MouseEventKind::ScrollUp => Button::WheelUp,
        MouseEventKind::ScrollDown => Button::WheelDown,
        _ => return None,
    };
    Some(Mouse { what, column: event.column, row: event.row })
}

fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(clean(c)?),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    Some(Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT) })
}

/// What is typed is shown in input lines: it passes the same gate as other text.
fn clean(c: char) -> Option<char> {
    sanitise(c.encode_utf8(&mut [0; 4]), Shape::Line).text.chars().next()
}
