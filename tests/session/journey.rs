//! The main job, from the shell and back to it.

use super::grammar::{Token, check};
use super::pty::{Session, Start};
use std::collections::BTreeSet;
use std::time::Duration;

/// What stands on a row of the screen.
fn row(session: &Session, row: u16) -> String {
    let (_, columns) = session.state().size();
    session.state().rows(0, columns.get()).nth(row.into()).unwrap_or_default()
}

/// What stands on the last row: the focus, or the hints.
fn status(session: &Session) -> String {
    let (rows, _) = session.state().size();
    row(session, rows.get() - 1)
}

/// The letters on the screen that stand in reverse video.
fn focused(session: &Session) -> String {
    let (rows, columns) = session.state().size();
    let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    cells
        .filter_map(|(row, column)| session.state().cell(row, column))
        .filter(|cell| cell.inverse())
        .map(vt100::Cell::contents)
        .collect()
}

#[test]
fn from_the_shell_through_the_sample_and_back() {
    let mut session = Start::petik::<&str>([]).size(120, 36).start();
    session.sees("50 articles").sees("petik FILE").loses(" %");

    // Filter by what a country is called in no article's title.
    session.keys("/dprk").until("the list is filtered", |session| {
        let filter = row(session, 1);
        filter.contains("› dprk") && filter.contains(" of 50") && !filter.contains('…')
    });
    session.sees("Menlu Rusia mengunjungi Wonsan").keys("\r");

    // Open an article of it and go through its quotations.
    session
        .keys("/")
        .keys("\x15menlu wonsan")
        .until("one article is left", |session| row(session, 1).contains("1 of 50"));
    session.keys("\r\r").sees("scroll");
    let mut quotes = Vec::new();
    for number in 1..=3 {
        session.keys("}").until("the next quotation is marked", |session| {
            status(session).contains(&format!("quote {number} of ")) && !focused(session).is_empty()
        });
        let quote = focused(&session);
        assert!(quote.starts_with(['“', '"', '”', '«', '„']), "{quote:?} is no quotation");
        quotes.push(quote);
    }
    assert!(quotes[0] != quotes[1] && quotes[1] != quotes[2], "{quotes:?}");
    session.keys("{").until("the one before is marked", |session| focused(session) == quotes[1]);

    // Filter the list by the person who said it.
    let speaker = status(&session).split(" · ").nth(1).unwrap().trim().to_owned();
    session.keys("=").until("the list is filtered by the speaker", |session| {
        row(session, 1).contains(&format!("› by:\"{speaker}\"")) && row(session, 1).contains(" of 50")
    });
    session.keys("\x1b").until("the filter is cleared", |session| !row(session, 1).contains(" of 50"));

    // Names, finding, help, markers; narrow and wide again, and the article stays.
    session.keys("\r").until("one is where one was", |session| status(session).contains("quote 2 of "));
    session.keys("]").until("a name is marked", |session| status(session).contains(" mention"));
    session.keys("\x1b").sees("scroll").keys("fwonsan").sees(" of 5").keys("\r\x1b").sees("scroll");
    session.keys("?").sees("In an article").keys("q").loses("In an article");
    for (width, height) in [(60, 20), (40, 10), (200, 60), (80, 24)] {
        session.resize(width, height).until("it fills the screen", |session| {
            row(session, 0).contains("petik") && status(session).contains("scroll")
        });
        // The first line that was in view still is.
        session.sees("Lavrov juga");
    }
    session.keys("q").sees("move").keys("q");
    assert_eq!(session.ends().code, 0);
    let tokens = check(&session.raw);
    let frames = tokens.iter().filter(|token| **token == Token::Control("?2026".to_owned(), b'h')).count();
    assert!(frames < 80, "{frames} frames for some fifty keys");
}

/// "What has this minister said about that country since March, and who else answered?"
#[test]
fn what_a_minister_said_and_who_answered() {
    let mut session = Start::petik::<&str>([]).size(120, 36).start();
    session.sees("50 articles").loses(" %");
    let narrowed = |session: &Session| {
        let filter = row(session, 1);
        filter.contains("country:NO") && filter.contains(" of 50") && !filter.contains('…')
    };
    session.keys("/after:2025-03-01 country:NO\r").until("the filter is kept", narrowed);
    session.keys("2").sees("most articles").keys("fsolheim\r").until("one is left", |session| {
        row(session, 2).contains("people 1 of ") && row(session, 3).contains("Ingrid Solheim")
    });
    // Her dossier, and from its first quotation to the article at that quotation.
    session
        .keys("\r")
        .until("one is in it", |session| row(session, 0).trim_end().ends_with("people › Ingrid Solheim"));
    session.sees("Menteri Luar Negeri Norwegia").keys("}\r");
    session.until("one is at the quotation", |session| status(session).contains("Ingrid Solheim"));
    let quote = focused(&session);
    // The quotation's own dossier: its speaker, its place, what others said.
    session.keys("\r").sees("In its place").sees("Others in this story");
    assert!(row(&session, 0).trim_end().ends_with("› quote"), "{}", row(&session, 0));
    session.keys("G\r").until("one is at an answer", |session| {
        let status = status(session);
        status.starts_with(" quote ") && !status.contains("Solheim")
    });
    // Back through everything, to the mark one came from, and forward again.
    session.keys("\x0f").sees("Others in this story").keys("\x0f");
    session.until("the quotation is marked again", |session| focused(session) == quote);
    session.keys("\t").sees("Others in this story");
    // Who else is in it: her and one more, the line is the whole truth.
    session.keys("4").sees("organisations ").keys("6").sees("by story").keys("7").sees("as fits").keys("8");
    session.until("the map stands", |session| row(session, 3).contains('█'));
    session.keys("1").until("the articles are there", narrowed).keys("q");
    assert_eq!(session.ends().code, 0);
    check(&session.raw);
}

/// The countries in the list, by their codes; all of them are in view.
fn countries(session: &Session) -> BTreeSet<String> {
    let (rows, columns) = session.state().size();
    let list = session.state().rows(0, columns.get() * 2 / 5).take((rows.get() - 1).into()).skip(3);
    let code = |row: String| row.trim_start_matches(['▌', '▏', ' ']).get(..2).map(str::to_owned);
    list.filter_map(code).filter(|code| code.bytes().all(|letter| letter.is_ascii_uppercase())).collect()
}

/// "Which countries does this outlet leave out?"
#[test]
fn which_countries_an_outlet_leaves_out() {
    let mut session = Start::petik::<&str>([]).size(120, 120).start();
    session.sees("50 articles").loses(" %").keys("3").sees("most articles");
    let counted =
        |session: &Session| row(session, 2).contains(&format!("countries {} ", countries(session).len()));
    session.until("all countries are in view", |session| countries(session).len() > 80 && counted(session));
    let all = countries(&session);
    session.keys("/outlet:harbour\r").until("its articles are left", |session| {
        row(session, 1).contains(" of 50") && !row(session, 1).contains('…')
    });
    session
        .until("its countries are left", |session| countries(session).len() < all.len() && counted(session));
    let named = countries(&session);
    assert!(named.is_subset(&all), "{:?}", named.difference(&all));
    // What it leaves out is the other side of that, but for what it names less than half as often as expected.
    session.keys("s").until("what it leaves out is listed", |session| {
        row(session, 2).contains("expected") && counted(session) && row(session, 3).contains('▌')
    });
    let listed = countries(&session);
    assert!(all.difference(&named).all(|code| listed.contains(code)), "{listed:?}");
    assert!(listed.is_subset(&all), "{listed:?}");
    // The numbers of the first, before what orders them: none here, some in all.
    let first = row(&session, 3);
    let left_out = first.trim_start_matches(['▌', ' ']).chars().take(2).collect::<String>();
    let numbers: Vec<String> = first
        .split('│')
        .next()
        .unwrap()
        .split_whitespace()
        .map(str::to_owned)
        .rev()
        .skip(1)
        .take(3)
        .collect();
    let [anywhere, expected, here] = numbers.as_slice() else { panic!("{first}") };
    assert_eq!(here, "0", "{first}");
    assert!(!named.contains(&left_out) && expected.parse::<f64>().unwrap() > 1.0, "{first}");
    // Its dossier is over the whole collection, and leads to the articles that do name it.
    session.keys("\r").sees("Not in what the filter leaves").sees(&format!("{anywhere} articles"));
    session.keys("\r").until("by its time", |session| {
        row(session, 1).contains(&format!("› country:{left_out}"))
            && row(session, 1).contains(&format!(" {anywhere} of 50"))
    });
    session.keys("\x0f\x0f").sees("left out");
    // The same by hand: no article of the outlet, and all of the others'.
    session.keys(&format!("1/\x15outlet:harbour country:{left_out}\r")).sees("nothing matches");
    session
        .keys(&format!("/\x15!outlet:harbour country:{left_out}\r"))
        .until("others name it", |session| row(session, 1).contains(&format!(" {anywhere} of 50")));
    // The map shows both at a glance.
    session.keys("/\x15outlet:harbour\r8").until("the map stands", |session| row(session, 3).contains('█'));
    session.keys("\x03");
    session.ends();
    check(&session.raw);
}

#[test]
fn every_screen_without_colours() {
    // Not wanted, or not to be had.
    for (name, value) in [("NO_COLOR", "1"), ("TERM", "vt220")] {
        plain(Start::petik::<&str>([]).size(120, 36).env(name, value).start());
    }
}

fn plain(mut session: Session) {
    session
        .sees("50 articles")
        .loses(" %")
        .keys("/menlu wonsan\r")
        .sees("of 50")
        .keys("\r}]L")
        .sees("Markers");
    // Where a map would stand there are bars, all over the width.
    session.keys("qq/\x15\r8").until("the bars stand", |session| {
        let most = row(session, 3);
        most.matches('█').count() > 40 && !most.contains('│')
    });
    session.keys("\x03");
    assert_eq!(session.ends().code, 130);
    for token in check(&session.raw) {
        if let Token::Control(parameters, b'm') = token {
            let colour = |number: &str| matches!(number.parse(), Ok(30..=38 | 40..=48 | 90..=97 | 100..=107));
            assert!(!parameters.split(';').any(colour), "{parameters}");
        }
    }
}

#[test]
fn the_list_answers_while_articles_still_arrive() {
    let script =
        format!("(cat one.jsonl; read wait <fifo; cat two.jsonl) | '{}' -", env!("CARGO_BIN_EXE_petik"));
    let article =
        |title: &str| format!("{{\"title\": \"{title}\", \"body\": \"Kapal itu tiba di Oslo.\"}}\n");
    let mut session = Start::program("/bin/sh", ["-c", &format!("mkfifo fifo; {script}")])
        .file("one.jsonl", article("Kapal pertama"))
        .file("two.jsonl", article("Kapal kedua"))
        .start();
    session.sees("Kapal pertama").sees("1 article").sees("reading");
    session.keys("/pertama").sees("1 of 1").keys("\x1b").sees("/ filters").keys("l").sees("scroll");
    std::fs::write(session.home().join("fifo"), "go on\n").unwrap();
    session.sees("2 articles").loses("reading").sees("Kapal pertama").keys("q").sees("Kapal kedua");
    session.keys("q");
    assert_eq!(session.ends().code, 0);
    check(&session.raw);
}

/// Presses `key` so often, and says how many bytes the answers took, from the shortest to the longest.
fn answers(session: &mut Session, key: &str, times: usize) -> Vec<usize> {
    let mut written: Vec<usize> = (0..times)
        .map(|_| {
            let before = session.raw.len();
            session.keys(key).until("it has answered", |session| {
                session.raw.len() > before && session.raw.ends_with(b"\x1b[?2026l")
            });
            session.raw.len() - before
        })
        .collect();
    written.sort_unstable();
    written
}

#[test]
fn a_key_writes_little() {
    for (width, height, most) in [(120, 36, 4096), (79, 60, 1024)] {
        let mut session = Start::petik::<&str>([]).size(width, height).start();
        session.sees("50 articles").loses(" %");
        while session.read(Duration::from_millis(200)) {}
        let written = answers(&mut session, "j", 25);
        assert!(written[12] <= most, "{width}×{height}: {written:?}");
        session.keys("\x03");
        assert_eq!(session.ends().code, 130);
    }
}
