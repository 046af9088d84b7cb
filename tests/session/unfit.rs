//! Where there is no terminal to draw on: a sentence on stderr, no escape, exit 2.

use super::grammar::{Token, check};
use super::pty::Start;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output, Stdio};

fn petik(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_petik"));
    command.args(arguments).env_clear().env("TERM", "xterm-256color").stdin(Stdio::null());
    command
}

fn assert_refused(output: &Output, reason: &str) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(reason), "{said:?} does not say {reason:?}");
    assert!(said.starts_with("petik: ") && said.ends_with('\n') && said.lines().count() == 1, "{said:?}");
    assert!(!said.contains(|c: char| c.is_control() && c != '\n'));
    assert_eq!(output.stdout, b"");
}

#[test]
fn the_output_is_no_terminal() {
    assert_refused(&petik(&[]).output().unwrap(), "the output is no terminal");
}

#[test]
fn term_does_not_name_a_terminal_that_can_be_drawn_on() {
    for (value, reason) in
        [(None, "TERM is not set"), (Some(""), "TERM is empty"), (Some("dumb"), "TERM is dumb")]
    {
        let start = Start::petik::<&str>([]);
        let mut session = match value {
            None => start.without_env("TERM"),
            Some(value) => start.env("TERM", value),
        }
        .start();
        assert_eq!(session.ends().code, 2);
        let said = String::from_utf8(session.raw.clone()).unwrap();
        assert!(said.starts_with("petik: ") && said.contains(reason), "{said:?}");
        let tokens = check(&session.raw);
        assert!(tokens.iter().all(|token| matches!(token, Token::Text(_))), "{said:?}");
    }
}

#[test]
fn there_is_no_terminal_to_read_keys_from() {
    // Its output is a terminal, but not its own, and its input is none at all.
    let script = format!("setsid sh -c \"'{}' </dev/null; echo status \\$?\"", env!("CARGO_BIN_EXE_petik"));
    let mut session = Start::program("/bin/sh", ["-c", &script]).start();
    session.sees("status 2").sees("there is no terminal to read keys from");
    check(&session.raw);
}

#[test]
fn articles_come_from_the_pipe_and_keys_from_the_terminal() {
    let script = format!("cat articles.json | '{}' -; echo status $?", env!("CARGO_BIN_EXE_petik"));
    let mut session = Start::program("/bin/sh", ["-c", &script])
        .file("articles.json", r#"[{"title": "Kapal dari pipa", "body": "Kapal itu tiba."}]"#)
        .start();
    session.sees("Kapal dari pipa").keys("?").sees("In the list").keys("\x03").sees("status 130");
    check(&session.raw);
}

#[test]
fn the_pipe_may_be_slow_or_never_end() {
    let script =
        format!("(cat articles.json; exec sleep 1000) | '{}' -; echo status $?", env!("CARGO_BIN_EXE_petik"));
    let mut session = Start::program("/bin/sh", ["-c", &script])
        .file("articles.json", "{\"title\": \"Kapal dari pipa\", \"body\": \"Kapal itu tiba.\"}\n")
        .start();
    session.sees("reading").keys("?").sees("In the list").keys("\x03");
    // The shell waits for both ends of the pipe; petik itself does not.
    session.writes(0, "\x1b[?1049l");
}

#[test]
fn the_standard_input_is_asked_for_but_is_the_terminal() {
    let mut session = Start::petik(["-"]).start();
    assert_eq!(session.ends().code, 2);
    let said = String::from_utf8(session.raw.clone()).unwrap();
    assert!(said.starts_with("petik: ") && !said.contains('\x1b'), "{said:?}");
}

#[test]
fn nothing_but_paths_that_are_not_there() {
    let hostile = "nyet\x1b]52;c;aGk=\x07\u{202e}\u{9b}31m";
    let mut session = Start::petik(["/nonexistent/one.json", hostile]).start();
    assert_eq!(session.ends().code, 2);
    let said = String::from_utf8(session.raw.clone()).unwrap();
    assert!(said.contains("petik: /nonexistent/one.json "), "{said:?}");
    assert_eq!(said.lines().count(), 2, "{said:?}");
    let tokens = check(&session.raw);
    assert!(tokens.iter().all(|token| matches!(token, Token::Text(_))), "{said:?}");
}

#[test]
fn wrong_arguments_are_quoted_without_their_escapes() {
    // A shell's * makes an option of a file with such a name.
    let mut session = Start::petik(["--\x1b]52;c;aGk=\x07\u{202e}"]).start();
    assert_eq!(session.ends().code, 2);
    check(&session.raw);
}

#[test]
fn help_and_keys_are_plain_in_a_pipe() {
    for arguments in [&["--help"][..], &["--version"], &["keys"], &["keys", "--help"]] {
        let output = petik(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty() && !output.stdout.contains(&0x1b));
    }
}

#[test]
fn a_full_disk_or_a_closed_pipe_is_no_panic() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    for arguments in [&["keys"][..], &["--help"], &["show", "-"], &["annotate"]] {
        let Ok(full) = &full else { return };
        let output = petik(arguments).stdout(full.try_clone().unwrap()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && output.status.code() != Some(101), "{arguments:?}: {said}");
    }
    let script = format!("'{}' keys | true", env!("CARGO_BIN_EXE_petik"));
    let output = Command::new("/bin/sh").arg0("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(output.stderr, b"");
}

#[test]
fn an_answer_of_nothing_is_told_to_who_reads_along() {
    let run = |arguments: &[&str]| {
        let mut session = Start::petik(arguments.iter().copied()).size(60, 20).start();
        let code = session.ends().code;
        (code, session.text().trim().to_owned())
    };
    for (command, query) in [("quotes", "by:nobodyx"), ("search", "zzzqqq"), ("names", "zzzqqq")] {
        assert_eq!(run(&[command, query]), (1, format!("petik: nothing answers to {query}")), "{command}");
    }
    let (code, said) = run(&["names", "--limit", "0"]);
    assert!(code == 0 && said.starts_with("petik: --limit 0 leaves nothing to list"), "{said}");
    // Titles and quotations have room, whatever else is left out for it.
    let (_, said) = run(&["search", "--limit", "2"]);
    assert!(said.contains("A canvas sack of letters") && said.contains("Prasasti Kapulaga"), "{said}");
    let (_, said) = run(&["quotes", "--limit", "1"]);
    assert!(said.contains("Han Seo-jin  “Every one of these letters"), "{said}");
    // Of names too wide for the terminal whole columns are left out.
    let (code, said) = run(&["names", "--limit", "8"]);
    assert!(code == 0 && said.lines().count() == 8 && !said.contains('…'), "{said}");
    let numbers = |row: &str| row.split_whitespace().filter(|word| word.parse::<u64>().is_ok()).count();
    assert!(said.lines().all(|row| numbers(row) >= 2), "{said}");
}
