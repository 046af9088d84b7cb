//! Bytes to the standard output, whole and at once.

use std::io;

#[cfg(unix)]
pub(super) use unix::{send, takes_more};

#[cfg(unix)]
mod unix {
    use super::io;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::{Errno, write};

    /// Writes all of `bytes`, past interrupts, short writes, and a terminal that someone else has set not to block.
    ///
    /// # Errors
    ///
    /// When the terminal is gone.
    pub(in crate::runtime) fn send(bytes: &[u8]) -> io::Result<()> {
        let out = io::stdout();
        let mut rest = bytes;
        while !rest.is_empty() {
            match write(&out, rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => wait()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Waits until more can be written.
    fn wait() -> io::Result<()> {
        let out = io::stdout();
        match poll(&mut [PollFd::new(&out, PollFlags::OUT)], None) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether something can be written without waiting.
    pub(in crate::runtime) fn takes_more() -> bool {
        let out = io::stdout();
        let mut asked = [PollFd::new(&out, PollFlags::OUT)];
        matches!(poll(&mut asked, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })), Ok(ready) if ready > 0)
    }
}

#[cfg(not(unix))]
pub(super) fn send(bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

#[cfg(not(unix))]
pub(super) fn takes_more() -> bool {
    true
}
