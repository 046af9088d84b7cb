//! Copying: by the clipboard of the desktop, by tmux, or by the terminal.

use super::grammar::{Token, check, check_copying};
use super::pty::{Session, Start};

const ARTICLE: &str = r#"{"title": "Kabel itu putus", "outlet": "Warta Samudra", "date": "2025-02-21",
 "url": "https://wartasamudra.example/kabel", "body": "“Kami akan mengangkat kedua ujungnya,” kata Menteri Luar Negeri Norwegia Ingrid Solheim.\n\nKapal itu tiba di Oslo."}"#;

const CITED: &str = "“Kami akan mengangkat kedua ujungnya,” — Ingrid Solheim, Menteri Luar Negeri Norwegia \
    (Warta Samudra, 2025-02-21) https://wartasamudra.example/kabel";

/// petik at the quotation of the article.
fn start(how: impl FnOnce(Start) -> Start) -> Session {
    let start = Start::petik(["kabel.json"]).size(120, 36).file("kabel.json", ARTICLE);
    let mut session = how(start).start();
    session.sees("1 article").loses(" %").keys("\r").sees("scroll").keys("}").sees("quote 1 of 1");
    session
}

/// Writes what it is given, arguments and input, into files, and stays as programs do that offer a clipboard.
const TAKES: &str = "printf '%s\\n' \"$@\" >arguments; cat >taken; sleep 1 & exit 0";

#[test]
fn without_a_desktop_the_terminal_is_told() {
    for remote in [false, true] {
        let mut session = start(|start| {
            // Over SSH the desktop is not where one sits, whatever is set.
            let start = start.script("xclip", TAKES);
            if remote { start.env("SSH_CONNECTION", "::1 1 ::1 2").env("DISPLAY", ":0") } else { start }
        });
        let from = session.raw.len();
        session.keys("y").sees("y …").keys("q").sees("copied with OSC 52: “Kami akan");
        session
            .keys("yl")
            .sees("copied with OSC 52: https://")
            .keys("yn")
            .sees("copied with OSC 52: Ingrid Solheim");
        session.keys("\x03");
        session.ends();
        let copied = check_copying(&session.raw, from).into_iter().filter_map(|token| match token {
            Token::Copied(text) => Some(text),
            _ => None,
        });
        let copied: Vec<String> = copied.collect();
        assert_eq!(copied, [CITED, "https://wartasamudra.example/kabel", "Ingrid Solheim"]);
        assert!(!session.home().join("taken").exists());
    }
}

#[test]
fn a_desktop_has_a_clipboard() {
    let cases = [
        ("wl-copy", "WAYLAND_DISPLAY", "\n"),
        ("xclip", "DISPLAY", "-selection\nclipboard\n-in\n"),
        ("xsel", "DISPLAY", "--clipboard\n--input\n"),
    ];
    for (program, variable, arguments) in cases {
        let mut session = start(|start| start.script(program, TAKES).env(variable, "there"));
        session.keys("yq").sees("copied to the clipboard: “Kami akan").keys("\x03");
        session.ends();
        check(&session.raw);
        let read = |name: &str| std::fs::read_to_string(session.home().join(name)).unwrap();
        assert_eq!((read("taken").as_str(), read("arguments").as_str()), (CITED, arguments), "{program}");
    }
}

#[test]
fn a_clipboard_that_fails_is_no_dead_end() {
    let mut session = start(|start| {
        let start = start.script("xclip", "echo 'cannot open display' >&2; exit 1");
        start.script("tmux", TAKES).env("DISPLAY", ":99").env("TMUX", "/tmp/tmux,1,0")
    });
    session.keys("yl").sees("copied through tmux: https://").keys("\x03");
    session.ends();
    check(&session.raw);
    let arguments = std::fs::read_to_string(session.home().join("arguments")).unwrap();
    assert_eq!(arguments, "load-buffer\n-w\n-\n");
    let mut session = start(|start| start.script("tmux", "exit 1").env("TMUX", "/tmp/tmux,1,0"));
    let from = session.raw.len();
    session.keys("yl").sees("copied with OSC 52: https://").keys("\x03");
    session.ends();
    check_copying(&session.raw, from);
}
