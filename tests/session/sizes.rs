//! Any size, and any row of sizes.

use super::grammar::check;
use super::pty::Start;

#[test]
fn it_starts_at_any_size() {
    for (width, height) in
        [(0, 0), (0, 24), (80, 0), (1, 1), (2, 3), (12, 3), (79, 24), (200, 60), (500, 500)]
    {
        let mut session = Start::petik::<&str>([]).size(width, height).start();
        session.until("it has drawn", |session| {
            session.raw.ends_with(b"\x1b[?2026l") || width == 0 || height == 0
        });
        session.writes(0, "\x1b[?1049h").keys("lj]}?").keys("\x03");
        let ended = session.ends();
        assert_eq!(ended.code, 130, "{width}×{height}");
        check(&session.raw);
    }
}

/// A window that is given its size while petik starts, as some managers do: whenever that is, the last size counts.
#[test]
fn a_size_that_comes_while_it_starts_is_not_lost() {
    for round in 0..24 {
        let mut session = Start::petik::<&str>([]).size(0, 0).start();
        // As good as any moment: a few turns more each time.
        for turn in 0..round * 50_000 {
            std::hint::black_box(turn);
        }
        session.resize(100, 30).sees("articles").until("it fills the screen", |session| {
            session.state().rows(0, 100).nth(29).is_some_and(|row| !row.trim().is_empty())
        });
        session.keys("\x03").ends();
    }
}

#[test]
fn it_survives_a_storm_of_sizes() {
    let mut session = Start::petik::<&str>([]).start();
    session.sees("articles");
    let mut seed = 1u32;
    for round in 0..200u32 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let most = if round % 20 == 0 { 500 } else { 160 };
        let (width, height) = ((seed >> 8) % (most + 1), (seed >> 20) % (most + 1));
        session.resize(width as u16, height as u16);
        // None that quits, wherever it falls.
        let keys = ["j", "l", "}", "?", "h", "G", "z", "\r", "/o\r", "\x0c"];
        session.keys(keys[round as usize % keys.len()]);
        session.read(std::time::Duration::from_millis(1));
    }
    session.resize(100, 30).until("it fills the last size", |session| {
        let mut other = vt100::Parser::new(30.try_into().unwrap(), 100.try_into().unwrap(), 0);
        let whole = memchr::memmem::rfind(&session.raw, b"\x1b[2J").unwrap_or(0);
        other.process(&session.raw[whole..]);
        let rows: Vec<String> = other.screen().rows(0, 100).collect();
        !rows[29].is_empty() && rows.iter().any(|row| row.contains("articles") || row.contains("In the"))
    });
    session.keys("\x03");
    assert_eq!(session.ends().code, 130);
    check(&session.raw);
}

#[test]
fn a_terminal_that_says_it_is_gigantic_does_not_take_all_memory() {
    let mut session = Start::petik::<&str>([]).size(u16::MAX, u16::MAX).start();
    session.writes(0, "articles").keys("q");
    assert_eq!(session.ends().code, 0);
}
