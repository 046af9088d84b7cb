//! Copying out of petik.
//!
//! The clipboard of a desktop belongs to whoever offers it, and is empty again once that program ends. So it is left to
//! the desktop's own programs, which stay for it; where there is none, and over SSH, where the clipboard is on another
//! machine, the terminal is told (OSC 52).

use super::program::{feed, find};
use crate::app::Way;
use std::env::var_os;

/// A program that takes a text for the clipboard: its name, its arguments, the variables one of which must be set.
struct Taker(&'static str, &'static [&'static str], &'static [&'static str]);

const TAKERS: [Taker; 5] = [
    Taker("wl-copy", &[], &["WAYLAND_DISPLAY"]),
    Taker("xclip", &["-selection", "clipboard", "-in"], &["DISPLAY"]),
    Taker("xsel", &["--clipboard", "--input"], &["DISPLAY"]),
    // In the Linux of a Windows machine.
    Taker("clip.exe", &[], &["WSL_DISTRO_NAME", "WSL_INTEROP"]),
    Taker("termux-clipboard-set", &[], &["TERMUX_VERSION"]),
];

/// Copies a text in the best way there is, or says that the terminal is to be told.
pub(super) fn copy(text: &str) -> Way {
    let set = |name: &&str| var_os(name).is_some_and(|value| !value.is_empty());
    let is_remote = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].iter().any(set);
    if !is_remote {
        let own = if cfg!(windows) {
            Some(Taker("clip.exe", &[], &[]))
        } else if cfg!(target_os = "macos") {
            Some(Taker("pbcopy", &[], &[]))
        } else {
            None
        };
        let there = TAKERS.into_iter().filter(|Taker(_, _, variables)| variables.iter().any(set));
        for Taker(name, arguments, _) in own.into_iter().chain(there) {
            // What Windows takes from a pipe is UTF-16.
            let bytes = if name == "clip.exe" { utf16(text) } else { text.as_bytes().to_vec() };
            if find(name).is_some_and(|path| feed(&path, arguments, &bytes).unwrap_or(false)) {
                return Way::Clipboard;
            }
        }
    }
    // tmux swallows OSC 52 as it is set up, but sends its own when it is given a text this way (-w, since 3.2).
    let tmux = || find("tmux").filter(|_| set(&"TMUX"));
    if tmux().is_some_and(|path| feed(&path, &["load-buffer", "-w", "-"], text.as_bytes()).unwrap_or(false)) {
        return Way::Tmux;
    }
    Way::Terminal
}

fn utf16(text: &str) -> Vec<u8> {
    let mark = [0xfeff_u16];
    mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
