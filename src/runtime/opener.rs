//! Opening links in the program that is for them.
//!
//! The address is one argument of a vector; no shell ever sees it, nor does `cmd /c start`, which would be one. The
//! program has no terminal, so that it can neither write on petik's nor read its keys; it outlives petik.

use super::program::{aside, find, quiet};
use crate::article::is_openable;
use crate::text::sanitise_line;
use std::io;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

/// A program that fails later than this has shown something, and has been closed.
const SHOWN: Duration = Duration::from_secs(10);

/// The system's own programs for this, the usual one first.
const OPENERS: &[&[&str]] = if cfg!(windows) {
    &[&["rundll32", "url.dll,FileProtocolHandler"]]
} else if cfg!(target_os = "macos") {
    &[&["open"]]
} else {
    &[&["xdg-open"], &["gio", "open"], &["wslview"], &["termux-open-url"]]
};

/// Opens `address`, waits for the program that does so, and says what came of it.
pub(super) fn open(address: &str, say: impl Fn(String)) {
    if !is_openable(address) {
        return say("not opened: only links of http, https and mailto are".to_owned());
    }
    let browsers = std::env::var("BROWSER").ok().filter(|_| !address.starts_with("mailto:"));
    let own = browsers.iter().flat_map(|list| vectors(list, address));
    let usual = OPENERS.iter().map(|words| {
        words.iter().map(|word| (*word).to_owned()).chain([address.to_owned()]).collect::<Vec<_>>()
    });
    for vector in own.chain(usual) {
        let Some((name, arguments)) = vector.split_first() else { continue };
        let Some(program) = find(name) else { continue };
        let started = Instant::now();
        let Ok(mut child) = start(&program, arguments) else { continue };
        let name = sanitise_line(name);
        say(format!("opened with {name}: {}", sanitise_line(address)));
        // Waited for, so that nothing of it stays behind in the table of processes.
        let failed = child.wait().ok().filter(|status| !status.success());
        if let Some(status) = failed.filter(|_| started.elapsed() < SHOWN) {
            say(format!("{name} could not open it ({status}); y l copies the link"));
        }
        return;
    }
    say("no program was found that opens links: set BROWSER, or copy it with y l".to_owned());
}

/// The commands of a list as BROWSER has it, between colons: the words of each, the address for `%s`, or behind.
fn vectors(list: &str, address: &str) -> Vec<Vec<String>> {
    let between = if cfg!(windows) { ';' } else { ':' };
    let vector = |command: &str| {
        let mut words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        let holds = words.iter().skip(1).any(|word| word.contains("%s"));
        for word in words.iter_mut().skip(1) {
            *word = word.replace("%s", address);
        }
        if !holds {
            words.push(address.to_owned());
        }
        words
    };
    list.split(between).filter(|command| !command.trim().is_empty()).map(vector).collect()
}

/// Starts a program without a terminal: in a session of its own where `setsid` is there to begin one, else in a process
/// group of its own.
fn start(program: &Path, arguments: &[String]) -> io::Result<Child> {
    match find("setsid").filter(|_| cfg!(target_os = "linux")) {
        // It begins the session and becomes the program: of a group of its own it would have to leave a child behind.
        Some(setsid) => quiet(&setsid).arg(program).args(arguments).spawn(),
        None => aside(program).args(arguments).spawn(),
    }
}

#[cfg(test)]
mod tests {
    use super::vectors;

    #[test]
    fn browser_is_a_list_of_vectors() {
        let vectors = vectors("firefox --new-tab:w3m -o x=%s -T 'a b': ", "https://x/?a;b");
        assert_eq!(
            vectors,
            [
                vec!["firefox", "--new-tab", "https://x/?a;b"],
                vec!["w3m", "-o", "x=https://x/?a;b", "-T", "'a", "b'"]
            ]
        );
    }
}
