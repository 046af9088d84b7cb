//! What the reader does is there the next time, whatever happens to petik.

use super::grammar::check;
use super::idle::assert_idle;
use super::pty::{Session, Start};
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// petik whose library lies in a folder that outlives it.
fn start(data: &Path) -> Start {
    Start::petik::<&str>([]).size(120, 36).env("XDG_DATA_HOME", data.to_str().unwrap())
}

/// A row of the screen up to the line between the panes.
fn left(session: &Session, row: u16) -> String {
    session.state().rows(0, 47).nth(row.into()).unwrap_or_default()
}

#[test]
fn what_is_done_is_there_the_next_time() {
    let data = TempDir::new().unwrap();
    let mut session = start(data.path()).start();
    session.sees("50 articles").loses(" %");
    assert!(!data.path().join("petik").exists(), "opening makes nothing");
    assert!(left(&session, 2).starts_with("▌• "), "{}", left(&session, 2));
    session.keys("*").until("a star", |session| left(session, 3).starts_with("▌★ "));
    session.keys("Tperang laut\r").sees("#laut #perang");
    session.keys("aSiapa bilang?\r").sees("✎ Siapa bilang?");
    // Read to the third page and left by Ctrl-c, which takes nothing back.
    session.keys("\r").until("read", |session| !left(session, 2).contains('•')).keys("jjjj").sees(" % ");
    let place = session.state().rows(47, 73).nth(2).unwrap();
    session.keys("\x03");
    assert_eq!(session.ends().code, 130);
    check(&session.raw);

    let mut again = start(data.path()).start();
    again.sees("50 articles").sees("✎").loses(" %");
    assert!(left(&again, 2).starts_with("▌  ") && left(&again, 3).starts_with("▌★ "), "{}", left(&again, 3));
    again
        .keys("\r")
        .until("where it was left", |session| session.state().rows(47, 73).nth(2).unwrap() == place);
    again.keys("q/is:starred\r").sees("1 of 50").keys("\x1b").sees("/ filters").keys("u").sees("undone: ");
    again.keys("A").sees("articles read; u undoes").keys("u").sees("undone: mark as read, 50");
    again.keys("q");
    assert_eq!(again.ends().code, 0);
    check(&again.raw);
}

#[test]
fn a_note_is_written_in_the_readers_own_editor() {
    let data = TempDir::new().unwrap();
    let editor = data.path().join("editor");
    // It reads the terminal: what is typed must go to it, and to it alone.
    std::fs::write(
        &editor,
        "#!/bin/sh\necho \"ready: $(tail -n 1 \"$1\")\"\nread line\necho \"$line\" >> \"$1\"\n",
    )
    .unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut session = start(data.path()).env("EDITOR", editor.to_str().unwrap()).start();
    session.sees("50 articles").loses(" %").keys("asatu\x05").sees("ready: satu");
    assert!(session.is_cooked());
    session.keys("jjdua\r").sees("the note is kept").sees("✎ satu").sees("jjdua");
    // Ctrl-c ends the editor, not petik.
    session
        .keys("a\x05")
        .sees("ready: jjdua")
        .keys("\x03")
        .sees("the note is as it was")
        .keys("\x1b")
        .loses("note: satu");
    session.keys("j").until("the keys are petik's again", |session| left(session, 4).starts_with('▌'));
    session.keys("q");
    assert_eq!(session.ends().code, 0);
}

#[test]
fn what_cannot_be_kept_is_told_and_reading_goes_on() {
    let data = TempDir::new().unwrap();
    // A file where a folder should be cannot be written by anybody, not even by root.
    std::fs::write(data.path().join("petik"), "").unwrap();
    let mut session = start(data.path()).start();
    session.sees("50 articles").loses(" %").keys("*").sees("cannot be written");
    assert!(!session.text().contains('★'));
    session.keys("jj").loses("cannot be written").keys("\r").sees("cannot be written");
    session.keys("}").sees("quote 1 of");
    session.keys("qq");
    assert_eq!(session.ends().code, 0);
}

/// petik on the same library as another one.
fn beside(data: &Path) -> Session {
    let mut session = start(data).start();
    session.sees("50 articles").loses(" %");
    session
}

#[test]
fn two_at_once_see_what_the_other_does() {
    let data = TempDir::new().unwrap();
    let (mut one, mut two) = (beside(data.path()), beside(data.path()));
    // There is no library yet, nor a folder for one; the second time there are both.
    let soon = |begin: Instant| assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    one.keys("*").until("a star", |session| left(session, 3).starts_with("▌★ "));
    let begin = Instant::now();
    two.until("the other's star", |session| left(session, 3).starts_with("▌★ "));
    soon(begin);
    two.keys("jTperang\r").sees("tags: perang").sees("#perang");
    let begin = Instant::now();
    one.sees("#perang");
    soon(begin);
    // One undoes what the other did; where one stands stays where it is.
    one.keys("u").sees("undone: tag");
    two.loses("#perang").until("it stays", |session| left(session, 4).starts_with('▌'));
    // Nothing more comes of it, and nothing wakes them.
    for session in [&mut one, &mut two] {
        assert_idle(session, Duration::from_millis(500));
        session.keys("q");
        assert_eq!(session.ends().code, 0);
        check(&session.raw);
    }
}

#[test]
fn what_another_petik_imports_is_told_and_read_on_a_key() {
    let home = TempDir::new().unwrap();
    let import = |n: u32| {
        let file = home.path().join(format!("{n}.txt"));
        std::fs::write(&file, format!("Laporan {n}\n\nOslo | Kabar – Kata.")).unwrap();
        let mut import = std::process::Command::new(env!("CARGO_BIN_EXE_petik"));
        import.arg("import").arg(&file).env("XDG_DATA_HOME", home.path()).env("XDG_CACHE_HOME", home.path());
        assert!(import.output().unwrap().status.success());
    };
    import(1);
    let mut session = start(home.path()).env("XDG_CACHE_HOME", home.path().to_str().unwrap()).start();
    session.sees("1 article");
    import(2);
    let begin = Instant::now();
    session.sees("1 more: r");
    assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    session.keys("r").sees("2 articles").loses("more").sees("Laporan 2").keys("q");
    assert_eq!(session.ends().code, 0);
}

#[test]
fn a_big_collection_is_kept_and_opened() {
    // Nearly all of it is empty lines, which are read in no time.
    let article =
        |n: u32| format!("{{\"title\": \"Laporan {n}\", \"body\": \"Kata Ingrid Solheim di Oslo.\"}}\n");
    let big = (1..=3).map(article).collect::<String>() + &"\n".repeat(33 << 20);
    let start = Start::petik(["--", "-besar.jsonl"]).size(120, 36).file("-besar.jsonl", big);
    let mut session = start.start();
    session.sees("3 articles").sees("Laporan 2");
    let notes = std::fs::read_dir(session.home().join("cache/petik"))
        .unwrap()
        .filter_map(|folder| std::fs::read_to_string(folder.unwrap().path().join("made-from")).ok());
    assert!(notes.collect::<String>().starts_with("whole "));
    // Whoever made the index has given its place on, and whoever comes last opens what is kept, even if there is more.
    let line = format!("/proc/{}/cmdline", session.pid().as_raw_nonzero());
    if let Ok(line) = std::fs::read_to_string(line) {
        assert!(line.contains("--kept"), "{line:?}");
    }
    session.keys("2").sees("Ingrid Solheim").keys("1j\r").sees("scroll").keys("qq");
    assert_eq!(session.ends().code, 0);
}
