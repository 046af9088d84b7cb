//! Opening links: other programs get an address and nothing else.

use super::grammar::check;
use super::pty::{Session, Start};

const ARTICLE: &str = r#"{"title": "Laporan dari Oslo", "url": "https://kabar.example/a?b=1&c=$(touch+owned);d",
 "body": "Laporan itu (https://arsip.example/-x) disimpan di Oslo.\n\nAlamatnya mailto:redaksi@kabar.example."}"#;

const OWN: &str = "https://kabar.example/a?b=1&c=$(touch+owned);d";

/// Writes its arguments into a file, talks, reaches for the terminal, then waits to be told to go on.
const OPENS: &str = "printf '%s\\n' \"$0\" \"$@\" >arguments.new; echo noise; echo noise >&2
(echo noise >/dev/tty) 2>/dev/null && echo yes >terminal
mkfifo fifo; mv arguments.new arguments; read wait <fifo; echo yes >alive";

/// petik in the article.
fn start(how: impl FnOnce(Start) -> Start) -> Session {
    let start = Start::petik(["laporan.json"]).size(120, 36).file("laporan.json", ARTICLE);
    let mut session = how(start).start();
    session.sees("1 article").loses(" %").keys("\r").sees("scroll");
    session
}

fn read(session: &Session, name: &str) -> Option<String> {
    std::fs::read_to_string(session.home().join(name)).ok()
}

/// The children of petik, by the letter of their state.
fn children(session: &Session) -> String {
    let parent = session.pid().as_raw_nonzero().to_string();
    let out = std::process::Command::new("ps").args(["-o", "stat=", "--ppid", &parent]).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn an_opener_has_the_address_and_no_terminal_and_outlives_petik() {
    let mut session = start(|start| start.script("xdg-open", OPENS));
    session
        .keys("o")
        .sees("o …")
        .sees("https://arsip.example/-x")
        .keys("o")
        .sees("opened with xdg-open: https");
    session.until("the opener has run", |session| read(session, "arguments").is_some());
    let arguments = read(&session, "arguments").unwrap();
    assert_eq!(arguments.lines().skip(1).collect::<Vec<_>>(), [OWN]);
    assert!(!session.home().join("owned").exists());
    session.keys("qq");
    assert_eq!(session.ends().code, 0);
    check(&session.raw);
    assert!(memchr::memmem::find(&session.raw, b"noise").is_none());
    assert!(read(&session, "terminal").is_none(), "it had a terminal");
    assert!(read(&session, "alive").is_none());
    std::fs::write(session.home().join("fifo"), "go on\n").unwrap();
    session.until("it has gone on without petik", |session| read(session, "alive").is_some());
}

#[test]
fn the_browser_of_the_reader_comes_first() {
    let script = "printf '%s\\n' \"$@\" >arguments.new; mv arguments.new arguments";
    let mut session = start(|start| {
        let start = start
            .script("surf", script)
            .script("xdg-open", "printf '%s\\n' \"$@\" >mail.new; mv mail.new mail");
        start.env("BROWSER", "no-such-browser:surf --new-tab 'a b':xdg-open")
    });
    session.keys("o1").sees("opened with surf: https://arsip.example/-x");
    session.until("it has run", |session| read(session, "arguments").is_some());
    assert_eq!(read(&session, "arguments").unwrap(), "--new-tab\n'a\nb'\nhttps://arsip.example/-x\n");
    // Mail is not for the browser.
    session.keys("o2").sees("opened with xdg-open: mailto:");
    session.until("it has run", |session| read(session, "mail").is_some());
    assert_eq!(read(&session, "mail").unwrap(), "mailto:redaksi@kabar.example\n");
    session.until("nothing stays of either", |session| children(session).trim().is_empty());
    session.keys("\x03");
    session.ends();
    check(&session.raw);
}

#[test]
fn words_that_lead_somewhere_are_opened_and_copied_by_their_keys() {
    let page = r#"{"title": "Kabel di utara", "url": "https://kabar.example/dunia/1", "content":
     "<p>Menurut <a href='/arsip/7?a=1&amp;b=$(touch+owned)'>laporan itu</a> kabel di Oslo putus.</p><p><a href='https://satelit.example/'>Gambarnya</a> ada."}"#;
    let script = "printf '%s\\n' \"$@\" >arguments.new; mv arguments.new arguments";
    let start = Start::petik(["kabel.json"]).size(120, 36).file("kabel.json", page);
    let mut session = start.script("xdg-open", script).start();
    session.sees("1 article").loses(" %").keys("\r").sees("scroll").sees("1  Menurut").sees("2  Gambarnya");
    // Underlined are the words, not what stands around them.
    let underlined: String = (0..36)
        .flat_map(|row| (0..120).map(move |column| (row, column)))
        .filter_map(|(row, column)| session.state().cell(row, column))
        .filter(|cell| cell.underline())
        .map(|cell| cell.contents().to_owned())
        .collect();
    assert!(underlined.contains("laporan") && underlined.contains("Gambarnya"), "{underlined}");
    assert!(!underlined.contains("Menurut"), "{underlined}");
    let first = "https://kabar.example/arsip/7?a=1&b=$(touch+owned)";
    session
        .keys("o")
        .sees("o …")
        .sees(first)
        .keys("1")
        .sees("opened with xdg-open: https://kabar.example/arsip");
    session.until("it has run", |session| read(session, "arguments").is_some());
    assert_eq!(read(&session, "arguments").unwrap(), format!("{first}\n"));
    assert!(!session.home().join("owned").exists());
    session.keys("yl").sees("y l …");
    let from = session.raw.len();
    session.keys("2").sees("copied with OSC 52: https://satelit.example/");
    session.keys("yl").sees("y l …").keys("o").sees("copied with OSC 52: https://kabar.example/dunia/1");
    session.keys("\x03");
    session.ends();
    let copied =
        super::grammar::check_copying(&session.raw, from).into_iter().filter_map(|token| match token {
            super::grammar::Token::Copied(text) => Some(text),
            _ => None,
        });
    assert_eq!(copied.collect::<Vec<_>>(), ["https://satelit.example/", "https://kabar.example/dunia/1"]);
}

#[test]
fn what_cannot_be_opened_is_said() {
    let mut session = start(|start| start.script("xdg-open", "exit 3"));
    session.keys("oo").sees("xdg-open could not open it (exit status: 3); y l copies the link").keys("\x03");
    session.ends();
    check(&session.raw);
    let mut session = start(|start| start.env("PATH", "/nowhere"));
    session.keys("oo").sees("no program was found that opens links").keys("\x03");
    session.ends();
    check(&session.raw);
}
