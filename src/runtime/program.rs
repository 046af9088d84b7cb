//! Other programs: found in the path, started by a vector of arguments, never through a shell.
//!
//! None of them gets petik's terminal: what they would read or say is nobody's business there.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where a program is that is started as `name`; one with a folder in it is looked for there alone.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 {
        return is_program(path).then(|| path.to_owned());
    }
    let folders = std::env::var_os("PATH")?;
    // A relative folder of the path is whatever one stands in: no program of the system.
    let folders = std::env::split_paths(&folders).filter(|folder| folder.is_absolute());
    let endings: &[&str] = if cfg!(windows) { &["", ".exe"] } else { &[""] };
    folders
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|path| is_program(path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// A program whose standard streams lead nowhere.
pub(super) fn quiet(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// As [`quiet`], and no member of petik's process group: what ends petik does not end it.
pub(super) fn aside(program: &Path) -> Command {
    apart(quiet(program))
}

#[cfg(unix)]
fn apart(mut command: Command) -> Command {
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

#[cfg(not(unix))]
fn apart(command: Command) -> Command {
    command
}

/// Runs a program that reads `input`, and waits for it; whether it did well.
pub(super) fn feed(program: &Path, arguments: &[&str], input: &[u8]) -> io::Result<bool> {
    let arguments = arguments.iter().map(OsStr::new);
    let mut child = aside(program).args(arguments).stdin(Stdio::piped()).spawn()?;
    let written = match child.stdin.take() {
        Some(mut pipe) => pipe.write_all(input),
        None => Ok(()),
    };
    // It is waited for whatever it took, so that nothing of it stays.
    let ended = child.wait()?;
    Ok(written.is_ok() && ended.success())
}
