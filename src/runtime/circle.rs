//! The circle: wait for something, take it and all that is ready with it, draw once.
//!
//! No tick and no polling: between events the loop sleeps. It is generic over the events, the screen and the
//! workers, so that tests run this very loop.

use super::keys;
use super::signals::Signal;
use super::terminal::Surface;
use super::workers::Perform;
use crate::app::{Effect, Message, Model};
use crossterm::event::Event;
use futures_util::{Stream, StreamExt};
use std::future::poll_fn;
use std::io;
use std::task::Poll;
use tokio::sync::mpsc::UnboundedReceiver;

/// How the circle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The reader quit, with this exit status.
    Quit(u8),
    /// By a signal.
    Signal(u8),
    /// The terminal went away.
    Gone,
    /// A worker panicked; it has said so itself.
    Panicked,
}

/// Where events come from.
pub struct Inbox<S> {
    /// The terminal's events.
    pub events: S,
    /// What workers send.
    pub messages: UnboundedReceiver<Message>,
    /// What the system wants.
    pub signals: UnboundedReceiver<Signal>,
}

enum Incoming {
    Message(Message),
    Signal(Signal),
    Nothing,
    End(End),
}

/// Runs until something ends it.
pub async fn circle<S>(
    model: &mut Model,
    inbox: &mut Inbox<S>,
    surface: &mut impl Surface,
    workers: &mut impl Perform,
) -> io::Result<End>
where
    S: Stream<Item = io::Result<Event>> + Unpin,
{
    surface.draw(model)?;
    loop {
        let mut draw = false;
        let mut incoming = tokio::select! {
            biased;
            Some(signal) = inbox.signals.recv() => Incoming::Signal(signal),
            event = inbox.events.next() => event_of(event)?,
            Some(message) = inbox.messages.recv() => Incoming::Message(message),
            fine = workers.ended() => if fine { Incoming::Nothing } else { Incoming::End(End::Panicked) },
        };
        loop {
            let message = match incoming {
                Incoming::Message(message) => Some(message),
                Incoming::Nothing => None,
                Incoming::End(end) => return Ok(end),
                Incoming::Signal(Signal::End(number)) => return Ok(End::Signal(number)),
                Incoming::Signal(Signal::Gone) => return Ok(End::Gone),
                Incoming::Signal(Signal::Stop) => Some(resized(surface.suspend()?)),
                Incoming::Signal(Signal::Continue) => Some(resized(surface.resume()?)),
            };
            if let Some(message) = message {
                let effects = model.update(message);
                draw |= effects.draw;
                for effect in effects.list {
                    match effect {
                        Effect::Quit(status) => return Ok(End::Quit(status)),
                        Effect::Redraw => {
                            surface.forget()?;
                            draw = true;
                        }
                        Effect::Suspend => {
                            let size = resized(surface.suspend()?);
                            draw |= model.update(size).draw;
                        }
                        effect => workers.perform(effect),
                    }
                }
            }
            // Whatever is ready now belongs to this frame.
            incoming = if let Some(event) = ready(&mut inbox.events).await {
                event_of(event)?
            } else if let Ok(message) = inbox.messages.try_recv() {
                Incoming::Message(message)
            } else {
                break;
            };
        }
        if draw {
            surface.draw(model)?;
        }
    }
}

/// The next event if there is one now. Asked with the loop's own waker: crossterm keeps the waker it was first asked
/// with, and one that does nothing would lose every event behind.
async fn ready<S: Stream + Unpin>(events: &mut S) -> Option<Option<S::Item>> {
    poll_fn(|context| {
        Poll::Ready(match events.poll_next_unpin(context) {
            Poll::Ready(event) => Some(event),
            Poll::Pending => None,
        })
    })
    .await
}

fn resized((width, height): (u16, u16)) -> Message {
    Message::Resize(width, height)
}

fn event_of(event: Option<io::Result<Event>>) -> io::Result<Incoming> {
    Ok(match event {
        Some(event) => keys::message(event?).map_or(Incoming::Nothing, Incoming::Message),
        None => Incoming::End(End::Gone),
    })
}
