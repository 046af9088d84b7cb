//! Every way out gives the terminal back.

use super::grammar::{Token, check};
use super::pty::{Ended, Session, Start};
use rustix::process::Signal;
use std::time::{Duration, Instant};

fn sample() -> Session {
    let mut session = Start::petik::<&str>([]).start();
    session.sees("articles");
    session
}

/// What must have been written at the end: the terminal as it was, whole, and in this order.
const RESTORED: &str = "\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?2004l\x1b[?1049l\x1b[?25h";

fn assert_restored(session: &Session) {
    assert!(session.raw.ends_with(RESTORED.as_bytes()), "{}", session.raw.escape_ascii());
    let tokens = check(&session.raw);
    let entered = tokens.iter().filter(|token| **token == Token::Control("?1049".to_owned(), b'h')).count();
    let left = tokens.iter().filter(|token| **token == Token::Control("?1049".to_owned(), b'l')).count();
    assert_eq!(entered, left);
    assert!(!session.state().alternate_screen());
    assert!(!session.state().bracketed_paste());
    assert!(!session.state().hide_cursor());
}

fn status(code: u32) -> Ended {
    Ended { code, signal: None }
}

#[test]
fn q_quits() {
    let mut session = sample();
    assert_eq!(session.keys("q").ends(), status(0));
    assert_restored(&session);
}

#[test]
fn ctrl_c_quits_from_anywhere() {
    for way in ["", "/ko", "l", "lf", "?"] {
        let mut session = sample();
        assert_eq!(session.keys(way).keys("\x03").ends(), status(130), "after {way:?}");
        assert_restored(&session);
    }
}

#[test]
fn signals_end_it() {
    for (signal, number) in [(Signal::INT, 2), (Signal::TERM, 15), (Signal::HUP, 1), (Signal::QUIT, 3)] {
        let mut session = sample();
        assert_eq!(session.signal(signal).ends(), status(128 + number));
        assert_restored(&session);
    }
}

#[test]
fn a_signal_ends_it_in_the_middle_of_a_key() {
    // A letter and an arrow of which the rest never comes: whoever reads them must not hold up the loop.
    for half in [&b"?\xe2"[..], b"?\x1b[", b"?\x1b[200~pasted"] {
        let mut session = sample();
        session.bytes(half).sees("In the list");
        assert_eq!(session.signal(Signal::TERM).ends(), status(143), "{half:?}");
        assert_restored(&session);
    }
}

#[test]
fn a_signal_ends_it_while_the_terminal_takes_nothing() {
    let mut session = sample();
    session.stop_reading();
    // More whole frames than a terminal holds, until writing waits.
    for _ in 0..40 {
        session.keys("\x0c");
        session.read(Duration::from_millis(5));
    }
    session.signal(Signal::TERM);
    // It cannot say good-bye to a terminal that does not listen, but it ends, and the modes are as they were.
    assert_eq!(session.ends_within(Duration::from_secs(5)), status(143));
}

#[test]
fn it_goes_on_when_the_terminal_does() {
    let mut session = sample();
    session.stop_reading();
    for _ in 0..40 {
        session.keys("\x0cj\x0ck");
        session.read(Duration::from_millis(5));
    }
    session.go_on_reading().keys("?").sees("In the list").keys("q").loses("In the list");
    assert_eq!(session.keys("q").ends(), status(0));
    assert_restored(&session);
}

/// Checks that it is stopped with the terminal restored, continues it, and checks that it is back.
fn stop_and_continue(session: &mut Session) {
    session.stops();
    session.until("the terminal is given back", |session| {
        session.raw.ends_with(RESTORED.as_bytes()) && session.is_cooked()
    });
    check(&session.raw);
    let before = session.raw.len();
    // The size may have changed while it was away.
    session.resize(100, 30).signal(Signal::CONT);
    session.until("all of it is drawn anew", |session| {
        // As a terminal shows it that has seen nothing else.
        let mut other = vt100::Parser::new(30.try_into().unwrap(), 100.try_into().unwrap(), 0);
        other.process(&session.raw[before..]);
        let rows: Vec<String> = other.screen().rows(0, 100).collect();
        other.screen().bracketed_paste()
            && rows[0].contains("articles")
            && !rows[29].is_empty()
            && other.screen().contents() == session.text()
    });
    assert!(!session.is_cooked());
    session.keys("?").sees("In the list").keys("q").loses("In the list").resize(80, 24);
}

#[test]
fn ctrl_z_stops_and_fg_brings_it_back_twice() {
    let mut session = sample();
    session.keys("j");
    for _ in 0..2 {
        session.keys("\x1a");
        stop_and_continue(&mut session);
    }
    assert_eq!(session.keys("q").ends(), status(0));
    assert_restored(&session);
}

#[test]
fn sigtstp_stops_and_fg_brings_it_back_twice() {
    let mut session = sample();
    for _ in 0..2 {
        session.signal(Signal::TSTP);
        stop_and_continue(&mut session);
    }
    assert_eq!(session.signal(Signal::TERM).ends(), status(143));
    assert_restored(&session);
}

#[test]
fn a_stop_that_cannot_be_caught_is_made_good() {
    let mut session = sample();
    session.signal(Signal::STOP).stops();
    // What a shell does when a job stops under it.
    session.cook();
    let before = session.raw.len();
    session.signal(Signal::CONT).writes(before, "\x1b[?1049h");
    session.until("it is raw again", |session| !session.is_cooked());
    session.keys("?").sees("In the list");
    assert_eq!(session.keys("\x03").ends(), status(130));
}

#[test]
fn signals_that_come_while_it_is_stopped_end_it() {
    let mut session = sample();
    session.keys("\x1a").stops().signal(Signal::TERM).signal(Signal::CONT);
    assert_eq!(session.ends(), status(143));
    assert_restored(&session);
}

#[test]
fn ctrl_z_stops_the_whole_job() {
    // As under `cargo run`: the shell waits until all of the job has stopped.
    let script = format!("'{}'; echo \"status $?\"; exit 7", env!("CARGO_BIN_EXE_petik"));
    let mut session = Start::program("/bin/sh", ["-c", &script]).start();
    session.sees("articles").keys("\x1a").stops();
    session.until("the terminal is given back", |session| session.raw.ends_with(RESTORED.as_bytes()));
    rustix::process::kill_process_group(session.pid(), Signal::CONT).unwrap();
    session.until("it is back", |session| session.state().alternate_screen());
    session.keys("q").sees("status 0");
    assert_eq!(session.ends(), status(7));
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    for way in ["", "/ko", "l"] {
        let mut session = sample();
        session.keys(way);
        let begin = Instant::now();
        session.hang_up();
        assert_eq!(session.ends_within(Duration::from_secs(2)), status(129), "after {way:?}");
        // Nor does it spin meanwhile: there is no time to.
        assert!(begin.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn it_ends_when_the_terminal_goes_away_and_nobody_says_so() {
    // The leader of a session gets SIGHUP; this one ignores it, and petik is not told.
    let script = format!("trap '' HUP; '{}'; echo $? >status", env!("CARGO_BIN_EXE_petik"));
    let mut session = Start::program("/bin/sh", ["-c", &script]).start();
    session.sees("articles").hang_up();
    let status = session.home().join("status");
    session.until("it has ended", |_| status.metadata().is_ok_and(|file| file.len() > 0));
    assert_eq!(std::fs::read_to_string(status).unwrap(), "129\n");
}

#[test]
fn keys_and_sizes_that_come_together_are_both_heard() {
    let mut session = sample();
    for round in 0..20 {
        let (width, height) = if round % 2 == 0 { (100, 30) } else { (80, 24) };
        session.resize(width, height).keys("?").sees("In the list").keys("q").resize(width + 1, height);
        session.loses("In the list").until("it fills the screen", |session| {
            let last = session.state().rows(0, width).last();
            last.is_some_and(|row| row.contains("help"))
        });
    }
    assert_eq!(session.keys("q").ends(), status(0));
    assert_restored(&session);
}

#[test]
fn it_ends_when_the_terminal_goes_away_at_once() {
    for _ in 0..10 {
        let mut session = Start::petik::<&str>([]).start();
        session.hang_up();
        let ended = session.ends_within(Duration::from_secs(2));
        // Before petik listens, SIGHUP does what it does to everyone; before it looks, there is no terminal.
        assert!(ended == status(129) || ended == status(2) || ended.signal.is_some(), "{ended:?}");
    }
}

#[test]
fn a_shell_stops_it_sends_it_behind_and_brings_it_back() {
    // PS1 is what the shell says when it has the terminal.
    let mut session = Start::program("/bin/sh", ["-i"]).env("PS1", "ready> ").start();
    session.sees("ready>").keys(&format!("{}\n", env!("CARGO_BIN_EXE_petik"))).sees("articles");
    let prompt = |session: &Session| {
        !session.state().alternate_screen() && session.text().trim_end().ends_with("ready>")
    };
    session.keys("\x1a").until("the shell has the terminal", prompt);
    // Behind, it may not have the terminal: it stops again before it has touched it.
    let before = session.raw.len();
    session.keys("bg; jobs; echo done\n").until("it has stopped again", |session| {
        let said = String::from_utf8_lossy(&session.raw[before..]).into_owned();
        said.contains("\ndone") && !said.contains('\x1b') || said.contains("Stopped (tty output)")
    });
    session.keys("fg\n").until("it is back", |session| {
        session.state().alternate_screen() && session.text().contains("articles")
    });
    session.keys("?").sees("In the list").keys("qq").until("the shell has the terminal", prompt);
    // Started behind, it waits to be brought to the front.
    session.keys(&format!("{} &\n", env!("CARGO_BIN_EXE_petik")));
    session.keys("\n").until("the shell has the terminal", prompt);
    session.keys("fg\n").sees("articles").keys("?").sees("In the list").keys("\x03");
    session.until("the shell has the terminal", prompt).keys("echo status $?\n").sees("status 130");
    session.keys("exit\n").ends();
    check(&session.raw);
}
