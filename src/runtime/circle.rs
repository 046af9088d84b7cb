//! The circle: wait for something, take it and all that is ready with it, draw once.
//!
//! No tick and no polling: between events the loop sleeps. It is generic over the events, the screen and the
//! workers, so that tests run this very loop.

use super::keys;
use super::signals::{Signal, Stopping};
use super::terminal::Surface;
use super::workers::Perform;
use crate::app::{Effect, Message, Model};
use crossterm::event::Event;
use futures_util::future::poll_immediate;
use futures_util::{Stream, StreamExt};
use std::io;
use std::pin::pin;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::unconstrained;

/// How the circle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The reader quit, with this exit status.
    Quit(u8),
    /// By a signal.
    Signal(u8),
    /// The terminal went away.
    Gone,
    /// A thread panicked, and has said so.
    Panicked,
}

impl End {
    /// The exit status: 128 and the number of a signal; a terminal that goes away is a hang-up (SIGHUP, 1); what a
    /// Rust program that panicked exits with.
    pub fn status(self) -> u8 {
        match self {
            End::Quit(status) => status,
            End::Signal(number) => number.saturating_add(128),
            End::Gone => 129,
            End::Panicked => 101,
        }
    }
}

/// Where events come from.
pub struct Inbox<S> {
    /// The terminal's events; their end means that the terminal is gone.
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

/// At most this many things are taken before a frame: a flood of keys shall not keep the screen from being drawn.
const BATCH: usize = 1000;

/// Runs until something ends it.
///
/// # Errors
///
/// When the terminal cannot be read or written.
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
    let mut turn = Turn { model, surface, workers, draw: false, whole: false, resumed: false };
    loop {
        let mut incoming = inbox.wait(turn.workers).await?;
        let mut room = BATCH;
        loop {
            match turn.take(incoming)? {
                Taken::Done => {}
                Taken::Stop(who) => {
                    turn.surface.suspend(who)?;
                    // As the terminal itself does on Ctrl-Z: what was typed before a stop is not for afterwards.
                    while inbox.next_event().await.flatten().is_some() {}
                    turn.come_back()?;
                }
                Taken::Edit(text) => {
                    if let Some(end) = turn.edit(text, inbox).await? {
                        return Ok(end);
                    }
                }
                Taken::End(end) => return Ok(end),
            }
            room -= 1;
            incoming = match room {
                0 => break,
                _ => match inbox.ready().await? {
                    Some(next) => next,
                    None => break,
                },
            };
        }
        turn.draw()?;
    }
}

impl<S: Stream<Item = io::Result<Event>> + Unpin> Inbox<S> {
    /// Sleeps until something comes.
    async fn wait(&mut self, workers: &mut impl Perform) -> io::Result<Incoming> {
        Ok(tokio::select! {
            biased;
            Some(signal) = self.signals.recv() => Incoming::Signal(signal),
            event = self.events.next() => event_of(event)?,
            Some(message) = self.messages.recv() => Incoming::Message(message),
            fine = workers.ended() => if fine { Incoming::Nothing } else { Incoming::End(End::Panicked) },
        })
    }

    /// What has come already.
    async fn ready(&mut self) -> io::Result<Option<Incoming>> {
        if let Ok(signal) = self.signals.try_recv() {
            return Ok(Some(Incoming::Signal(signal)));
        }
        if let Some(event) = self.next_event().await {
            return event_of(event).map(Some);
        }
        Ok(self.messages.try_recv().ok().map(Incoming::Message))
    }

    /// The next event, if there is one.
    async fn next_event(&mut self) -> Option<Option<io::Result<Event>>> {
        unconstrained(poll_immediate(self.events.next())).await
    }
}

enum Taken {
    Done,
    Stop(Stopping),
    /// A text is to be edited in the reader's editor.
    Edit(String),
    End(End),
}

/// What happens between two frames.
struct Turn<'a, F, P> {
    model: &'a mut Model,
    surface: &'a mut F,
    workers: &'a mut P,
    draw: bool,
    whole: bool,
    /// Whether petik has come back from a stop of its own, of which the system is still to tell.
    resumed: bool,
}

impl<F: Surface, P: Perform> Turn<'_, F, P> {
    fn take(&mut self, incoming: Incoming) -> io::Result<Taken> {
        match incoming {
            Incoming::Message(message) => Ok(self.update(message)),
            Incoming::Nothing => Ok(Taken::Done),
            Incoming::End(end) => Ok(Taken::End(end)),
            Incoming::Signal(Signal::Stop) => Ok(Taken::Stop(Stopping::Process)),
            Incoming::Signal(Signal::Continue) => {
                if !std::mem::take(&mut self.resumed) {
                    self.resume()?;
                }
                Ok(Taken::Done)
            }
            Incoming::Signal(signal) => Ok(signal.end().map_or(Taken::Done, Taken::End)),
        }
    }

    fn update(&mut self, message: Message) -> Taken {
        let effects = self.model.update(message);
        self.draw |= effects.draw;
        let mut taken = Taken::Done;
        for effect in effects.list {
            match effect {
                Effect::Quit(status) => return Taken::End(End::Quit(status)),
                Effect::Redraw => (self.draw, self.whole) = (true, true),
                Effect::Mouse(on) => self.surface.mouse(on),
                Effect::TellTerminal(text) => self.surface.copy(&text),
                Effect::Edit(text) => taken = Taken::Edit(text),
                Effect::Suspend => taken = Taken::Stop(Stopping::Job),
                effect => self.workers.perform(effect),
            }
        }
        taken
    }

    /// Lends the terminal to the reader's editor; returns an end when one comes meanwhile.
    async fn edit<S>(&mut self, text: String, inbox: &mut Inbox<S>) -> io::Result<Option<End>>
    where
        S: Stream<Item = io::Result<Event>> + Unpin,
    {
        if !self.surface.lend() {
            self.update(Message::Edited(Err("the terminal cannot be lent now: try again".to_owned())));
            return Ok(None);
        }
        let edited = {
            let mut edit = pin!(self.workers.edit(text));
            loop {
                tokio::select! {
                    biased;
                    Some(signal) = inbox.signals.recv() => match signal {
                        // The editor has stopped with petik's whole job, and goes on with it.
                        Signal::Stop => self.surface.suspend(Stopping::Process)?,
                        signal => if let Some(end) = signal.end() {
                            return Ok(Some(end));
                        },
                    },
                    edited = &mut edit => break edited,
                }
            }
        };
        self.resume()?;
        // What was typed before was for nobody.
        while inbox.next_event().await.flatten().is_some() {}
        self.update(Message::Edited(edited));
        Ok(None)
    }

    /// Goes on after a stop of petik's own.
    fn come_back(&mut self) -> io::Result<()> {
        self.resumed = true;
        self.resume()
    }

    fn resume(&mut self) -> io::Result<()> {
        let (width, height) = self.surface.resume()?;
        self.update(Message::Resize(width, height));
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.whole) {
            // Who asks for a whole screen may be looking at one of another size.
            if let Some((width, height)) = self.surface.size().filter(|size| *size != self.model.screen.size)
            {
                self.update(Message::Resize(width, height));
                self.whole = false;
            }
            self.surface.forget()?;
        }
        if std::mem::take(&mut self.draw) {
            self.surface.draw(self.model)?;
        }
        Ok(())
    }
}

fn event_of(event: Option<io::Result<Event>>) -> io::Result<Incoming> {
    Ok(match event {
        Some(event) => keys::message(event?).map_or(Incoming::Nothing, Incoming::Message),
        None => Incoming::End(End::Gone),
    })
}
