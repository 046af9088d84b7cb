//! Signals of the operating system, and a terminal that goes away.

/// What the system wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// To end, by the signal of this number.
    End(u8),
    /// To stop until it is continued.
    Stop,
    /// To go on after a stop that was not asked for here.
    Continue,
    /// Nobody can see petik any more.
    Gone,
}

#[cfg(unix)]
pub(super) use unix::{listen, stop};

#[cfg(unix)]
mod unix {
    use super::Signal;
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Signal as Number, getpid, kill_process};
    use std::fs::File;
    use std::io;
    use tokio::signal::unix::{SignalKind, signal};
    use tokio::sync::mpsc::UnboundedSender;

    /// Sends what the system wants to `sender`. Must be called on a tokio runtime.
    pub(in crate::runtime) fn listen(sender: &UnboundedSender<Signal>) -> io::Result<()> {
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

    /// Waits, without ever waking, for the terminal to hang up: reading from one that is gone can spin.
    fn watch_terminal(sender: UnboundedSender<Signal>) {
        let Ok(terminal) = File::open("/dev/tty") else { return };
        let watch = move || {
            // No event is asked for; a hang-up is reported all the same.
            let mut waited = [PollFd::new(&terminal, PollFlags::empty())];
            while let Err(rustix::io::Errno::INTR) = poll(&mut waited, None) {}
            let _ = sender.send(Signal::Gone);
        };
        // Without the thread petik still ends on SIGHUP.
        let _ = std::thread::Builder::new().name("terminal".to_owned()).spawn(watch);
    }

    /// Stops this process until someone continues it.
    pub(in crate::runtime) fn stop() {
        let _ = kill_process(getpid(), Number::STOP);
    }
}

#[cfg(not(unix))]
pub(super) fn listen(sender: &tokio::sync::mpsc::UnboundedSender<Signal>) -> std::io::Result<()> {
    let sender = sender.clone();
    tokio::spawn(async move {
        // 2: the number of SIGINT.
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = sender.send(Signal::End(2));
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn stop() {}
