//! The reader's own editor: a text goes in by a file of its own, and comes back by it.

use super::lent;
use std::fs::{self, DirBuilder, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// What is edited without VISUAL and EDITOR.
const USUAL: &str = "vi";

/// More bytes than this are not read back.
const MOST: u64 = 1 << 20;

/// Lets the reader edit a text; the terminal must be lent. Returns the text, or why there is none.
pub(super) async fn edit(text: String) -> Result<String, String> {
    let edited = tokio::task::spawn_blocking(move || edit_here(&text)).await;
    // A panic has been told already, and ends petik.
    edited.unwrap_or_else(|_| Err("the editor could not be started".to_owned()))
}

fn edit_here(text: &str) -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let line = named.into_iter().find(|line| !line.trim().is_empty()).unwrap_or_else(|| USUAL.to_owned());
    edit_with(&line, text)
}

/// `line` is a program and its arguments, apart by spaces: no shell sees it.
fn edit_with(line: &str, text: &str) -> Result<String, String> {
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or(USUAL);
    let told = |error: io::Error| format!("no file to edit the note in: {error}");
    let folder = Folder::new().map_err(told)?;
    let file = folder.0.join("note.txt");
    fs::write(&file, if text.is_empty() { String::new() } else { format!("{text}\n") }).map_err(told)?;
    let mut command = Command::new(program);
    command.args(words).arg(&file);
    if !io::stdin().is_terminal()
        && let Ok(terminal) = File::open("/dev/tty")
    {
        command.stdin(Stdio::from(terminal));
    }
    let status = command
        .status()
        .map_err(|error| format!("{program} could not be started ({error}): set VISUAL or EDITOR"))?;
    if is_interrupted(status) {
        lent::ended_by_interrupt();
    }
    if !status.success() {
        return Err(format!("the note is as it was: {program} ended with {status}"));
    }
    read(&file).map_err(|error| format!("the note could not be read back: {error}"))
}

/// Whether Ctrl-C or Ctrl-\\ ended a program.
#[cfg(unix)]
fn is_interrupted(status: ExitStatus) -> bool {
    matches!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2 | 3))
}

#[cfg(not(unix))]
fn is_interrupted(_status: ExitStatus) -> bool {
    false
}

fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A folder that nobody else can look into, gone with its files when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> io::Result<Folder> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        // Making a folder fails where one is already, whoever made it.
        for turn in 0..100u32 {
            let path = std::env::temp_dir().join(format!("petik-{}-{turn}", std::process::id()));
            match builder.create(&path) {
                Ok(()) => return Ok(Folder(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean up.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn script(folder: &Path, text: &str) -> String {
        let path = folder.join("editor");
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    #[test]
    fn a_text_goes_in_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let editor = script(
            folder.path(),
            r#"[ "$1" = --wait ] && [ "$2" = ';' ] || exit 3; ls -ld "$(dirname "$3")" | grep -q ^drwx------ || exit 4
               echo "$3" > "$(dirname "$0")/place"; printf 'lagi\n' >> "$3""#,
        );
        assert_eq!(edit_with(&format!("{editor} --wait ;"), "satu\ndua").unwrap(), "satu\ndua\nlagi\n");
        let place = fs::read_to_string(folder.path().join("place")).unwrap();
        assert!(!Path::new(place.trim()).exists(), "{place} is left");
    }

    #[test]
    fn an_editor_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let editor = script(folder.path(), "echo x > \"$1\"; exit 1");
        assert!(edit_with(&editor, "satu").unwrap_err().contains("as it was"));
        assert!(edit_with("/none/at/all -x", "satu").unwrap_err().contains("set VISUAL or EDITOR"));
    }
}
