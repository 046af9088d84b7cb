//! What comes from outside the loop: signals of the system, a terminal that goes away, a panic on any thread.
//!
//! A thread of its own waits for it, so that it is heard even while the loop is held up by a terminal that takes no
//! more bytes. What must end petik ends it: when the loop has not done so in time, this thread does.

use super::circle::End;
use super::{lent, terminal};
use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// What the system wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// To end, by the signal of this number.
    End(u8),
    /// To stop until it is continued.
    Stop,
    /// To go on after a stop.
    Continue,
    /// Nobody can see petik any more.
    Gone,
    /// A thread has panicked, and has said so.
    Panicked,
}

impl Signal {
    /// How petik ends by it; `None` when it goes on.
    pub fn end(self) -> Option<End> {
        match self {
            Signal::End(number) => Some(End::Signal(number)),
            Signal::Gone => Some(End::Gone),
            Signal::Panicked => Some(End::Panicked),
            Signal::Stop | Signal::Continue => None,
        }
    }
}

/// The loop has this long to end. It needs a few milliseconds, unless it is held up.
const GRACE: Duration = Duration::from_secs(1);

/// Sends what comes from outside to `circle`; what is sent to the sender returned takes the same way.
///
/// # Errors
///
/// When the system has no room for a handler or a thread.
pub(super) fn listen(circle: UnboundedSender<Signal>) -> io::Result<UnboundedSender<Signal>> {
    let (sender, mut arrived) = unbounded_channel();
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let inside = runtime.enter();
    system::listen(&sender)?;
    drop(inside);
    let forward = async move {
        while let Some(signal) = arrived.recv().await {
            if matches!(signal, Signal::End(SIGINT | SIGQUIT)) && lent::is_for_another() {
                continue;
            }
            let _ = circle.send(signal);
            if let Some(end) = signal.end() {
                tokio::time::sleep(GRACE).await;
                terminal::abandon();
                std::process::exit(end.status().into());
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(forward))?;
    Ok(sender)
}

/// Who is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopping {
    /// This process: it was told so by a signal of its own.
    Process,
    /// The whole job, as the terminal itself does it on Ctrl-Z: the shell waits for all of a pipeline to stop.
    Job,
}

pub(super) use system::stop;

/// The number of the signal of Ctrl-C.
const SIGINT: u8 = 2;

/// The number of the signal of Ctrl-\\.
const SIGQUIT: u8 = 3;

/// A flag that the first Ctrl-C sets from now on, for work that can stop where it is; the second one ends the process.
pub fn stopped() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&flag);
    let (ready, listening) = std::sync::mpsc::channel();
    let wait = async move {
        let (mut count, mut ready) = (0, Some(ready));
        while count < 2 {
            let mut pressed = pin!(tokio::signal::ctrl_c());
            let heard = poll_fn(|context| {
                let polled = pressed.as_mut().poll(context);
                // It is listened to from the first poll on.
                if let Some(ready) = ready.take() {
                    let _ = ready.send(());
                }
                polled
            });
            if heard.await.is_err() {
                break;
            }
            shared.store(true, Ordering::Relaxed);
            count += 1;
        }
        if count == 2 {
            std::process::exit(End::Signal(SIGINT).status().into());
        }
    };
    // Where nobody can wait for it, Ctrl-C ends the process as it always does.
    if let Ok(runtime) = Builder::new_current_thread().enable_io().build() {
        let _ = thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(wait));
        // Until then Ctrl-C would end the process in the middle of what the flag is for.
        let _ = listening.recv();
    }
    flag
}

#[cfg(unix)]
mod system {
    use super::{Signal, Stopping};
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use rustix::process::{Signal as Number, getpid, kill_current_process_group, kill_process};
    use std::io;
    use std::thread;
    use tokio::signal::unix::{SignalKind, signal};
    use tokio::sync::mpsc::UnboundedSender;

    /// Must be called on a tokio runtime.
    pub(super) fn listen(sender: &UnboundedSender<Signal>) -> io::Result<()> {
        let stop = SignalKind::from_raw(Number::TSTP.as_raw());
        let go_on = SignalKind::from_raw(Number::CONT.as_raw());
        let ends =
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()];
        let ends = ends.map(|kind| (kind, Signal::End(u8::try_from(kind.as_raw_value()).unwrap_or(0))));
        for (kind, means) in ends.into_iter().chain([(stop, Signal::Stop), (go_on, Signal::Continue)]) {
            let mut stream = signal(kind)?;
            let sender = sender.clone();
            tokio::spawn(async move { while stream.recv().await.is_some() && sender.send(means).is_ok() {} });
        }
        watch_terminal(sender.clone());
        Ok(())
    }

    /// Waits, without ever waking, for the terminal to hang up: reading from one that is gone spins.
    fn watch_terminal(sender: UnboundedSender<Signal>) {
        let watch = move || {
            let terminal = io::stdout();
            // No event is asked for; a hang-up is reported all the same.
            let mut waited = [PollFd::new(&terminal, PollFlags::empty())];
            while let Err(Errno::INTR) = poll(&mut waited, None) {}
            // Some systems cannot wait for some devices; they say NVAL, and SIGHUP has to do.
            let [waited] = waited;
            if waited.revents().intersects(PollFlags::HUP | PollFlags::ERR) {
                let _ = sender.send(Signal::Gone);
            }
        };
        // Without the thread petik still ends on SIGHUP.
        let _ = thread::Builder::new().name("hang-up".to_owned()).spawn(watch);
    }

    /// Stops until someone continues it.
    pub(in crate::runtime) fn stop(who: Stopping) {
        // The stop that cannot be caught, because the other one is.
        let _ = match who {
            Stopping::Process => kill_process(getpid(), Number::STOP),
            Stopping::Job => kill_current_process_group(Number::STOP),
        };
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Signal, Stopping};
    use std::io;
    use tokio::sync::mpsc::UnboundedSender;

    pub(super) fn listen(sender: &UnboundedSender<Signal>) -> io::Result<()> {
        let sender = sender.clone();
        tokio::spawn(async move {
            // 2: the number of SIGINT.
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = sender.send(Signal::End(2));
            }
        });
        Ok(())
    }

    /// There are no stops here.
    pub(in crate::runtime) fn stop(_who: Stopping) {}
}
