//! A new petik takes the place of this one in the process, so that what comes next has the memory to itself: what reading
//! a million articles leaves in the allocator is as much as their index takes.
//!
//! ```text
//! petik import PATH…   reads ─→ petik import --settle COUNTS
//! petik PATH           reads ─→ petik import --settle COUNTS PATH ─→ petik --kept PATH
//! ```
//!
//! What was put aside is handed over as the standard input. Where one cannot take the place of another (not on Unix,
//! or the program is gone), the same process goes on.

use crate::library::{Imported, Spill};
use std::path::PathBuf;

#[cfg(unix)]
mod system {
    use super::{Imported, PathBuf, Spill};
    use std::fs::File;
    use std::io::{self, IsTerminal};
    use std::os::fd::AsFd;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    /// Has the end of an import done by a new petik, of the collection of `paths` or, without, of the library. Comes
    /// back, with what was put aside, where that cannot be.
    pub(crate) fn settling(counts: Imported, paths: &[PathBuf], aside: Spill) -> Option<Spill> {
        let file = aside.hand_over().ok()?;
        let kept = file.try_clone().ok()?;
        if let Ok(program) = std::env::current_exe() {
            let numbers = [counts.added, counts.known, counts.refused].map(|number| number.to_string());
            let mut command = Command::new(program);
            command.args(["import", "--settle"]).args(numbers).arg("--").args(paths);
            // It returns only when it failed.
            let _ = command.stdin(file).exec();
        }
        Spill::taken_over(kept)
    }

    /// What was put aside by the petik before.
    pub(crate) fn taken_over() -> Option<Spill> {
        Spill::taken_over(File::from(io::stdin().as_fd().try_clone_to_owned().ok()?))
    }

    /// Opens `paths` in a new petik; comes back where that cannot be.
    pub(crate) fn opening(paths: &[PathBuf]) {
        if let Ok(program) = std::env::current_exe() {
            let _ = Command::new(program).args(["--kept", "--"]).args(paths).stdin(terminal()).exec();
        }
    }

    /// The terminal as a standard input, in place of what was handed over.
    fn terminal() -> Stdio {
        // A terminal that is written to is read from too, but for one that was opened to be written alone.
        let out = io::stdout();
        if out.is_terminal()
            && let Ok(terminal) = out.as_fd().try_clone_to_owned()
        {
            return terminal.into();
        }
        File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from)
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Imported, PathBuf, Spill};

    pub(crate) fn settling(_: Imported, _: &[PathBuf], aside: Spill) -> Option<Spill> {
        Some(aside)
    }

    pub(crate) fn taken_over() -> Option<Spill> {
        None
    }

    pub(crate) fn opening(_: &[PathBuf]) {}
}

pub(super) use system::{opening, settling, taken_over};
