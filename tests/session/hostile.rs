//! Articles, names of files and messages that try to speak to the terminal.

use super::grammar::check;
use super::pty::{Session, Start};
use serde_json::json;

/// What must not arrive. Each is told apart by a word, which must, so that it is known to have been on the screen.
const PAYLOADS: &[(&str, &str)] = &[
    ("csi", "\u{1b}[31m\u{1b}[2J\u{1b}[999;999H"),
    ("clipboard", "\u{1b}]52;c;cm0gLXJmIH4K\u{7}"),
    ("title", "\u{1b}]0;owned\u{1b}\\\u{1b}]2;owned\u{9c}"),
    ("link", "\u{1b}]8;;http://x.example\u{7}here\u{1b}]8;;\u{7}"),
    ("device", "\u{1b}P$q\"p\u{1b}\\\u{1b}[c\u{1b}[6n\u{1b}[>q\u{5}"),
    ("reset", "\u{1b}c\u{1b}[!p\u{1b}#8\u{1b}(0\u{e}"),
    ("modes", "\u{1b}[?1000h\u{1b}[?1049l\u{1b}[?2004l\u{1b}="),
    ("c1", "\u{9b}31m\u{9d}52;c;aGk=\u{9c}\u{90}q\u{9c}\u{85}\u{8d}"),
    ("half", "\u{1b}\u{1b}[\u{1b}]"),
    ("controls", "\u{0}\u{7}\u{8}\u{8}\u{b}\u{c}\r\u{7f}"),
    ("bidi", "\u{202e}txt.exe\u{202c}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}"),
    ("zero", "a\u{200b}b\u{200c}c\u{200d}d\u{2060}e\u{feff}f\u{ad}g\u{34f}h\u{180e}i"),
    ("tags", "\u{e0001}\u{e0041}\u{e0042}\u{e007f}"),
    ("selectors", "a\u{fe0f}b\u{fe00}\u{e0100}"),
    ("fillers", "\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}"),
    (
        "marks",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{20dd}",
    ),
    ("emoji", "👨\u{200d}👩\u{200d}👧\u{200d}👦🏴\u{e0067}\u{e0062}\u{e007f}👍🏽🇮🇩"),
    ("wide", "李文昭\u{3000}ﾊﾝｶｸ한글"),
    ("lines", "a\u{2028}b\u{2029}c\r\nd"),
    ("noncharacters", "\u{fdd0}\u{fffe}\u{10ffff}\u{fff9}x\u{fffb}"),
    ("musical", "\u{1d173}\u{1d17a}\u{1bca0}"),
];

fn articles() -> String {
    let article = |(at, (word, payload)): (usize, &(&str, &str))| {
        let dirty = format!("{payload}{word}{payload}");
        let entities: String = dirty.chars().map(|c| format!("&#{};", u32::from(c))).collect();
        json!({
            "id": format!("{dirty}-{at}"),
            "title": format!("{word} {dirty} title"),
            "body": format!(
                "OSLO, {dirty} — Menteri Luar Negeri Norwegia Ingrid {dirty} Solheim tiba di {dirty}Jakarta.\n\n\
                 “{dirty} Kami {payload}datang,” kata Ingrid {payload} Solheim kepada {dirty} Kantor Berita.\n\n\
                 {entities}<p>{entities}</p><a href=\"{payload}\">{dirty}</a>\n\nSumber : {dirty}/AB"
            ),
            "source": format!("Outlet {dirty}"),
            "author": [dirty.as_str()],
            "tags": [dirty.as_str()],
            "url": format!("https://x.example/{dirty}"),
            "language": dirty,
            "date": format!("2025-07-{:02}", at + 1),
        })
    };
    let articles: Vec<_> = PAYLOADS.iter().enumerate().map(article).collect();
    json!({ "articles": articles }).to_string()
}

/// The same without the escapes of JSON, and without NUL, which makes a file a binary one.
fn text() -> String {
    let line =
        |(word, payload): &(&str, &str)| format!("{payload}{word}{payload} “{payload}kata” {payload}\n");
    PAYLOADS.iter().map(line).collect::<String>().replace('\0', "")
}

fn hostile_name(ending: &str) -> String {
    format!("berkas\u{1b}]52;c;aGk=\u{7}\u{9b}31m\u{202e}\u{200b}{ending}")
}

fn folder() -> Start {
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text().chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
    Start::petik(["."])
        .file(hostile_name(".json"), articles())
        .file(hostile_name(".txt"), text())
        .file(hostile_name(".md"), format!("# {}\n\n&#27;]52;c;aGk=&#7; {}", hostile_name(""), text()))
        .file("utf16.txt", utf16)
        .file("latin.txt", latin)
        .file(hostile_name("broken.json"), format!("{{\"title\": \"{}\", nonsense", hostile_name("")))
        .file(hostile_name("binary.txt"), [0, 1, 2, 0x1b, 0xff, 0xfe, 0, 0x9b].repeat(50))
}

/// Goes everywhere.
fn tour(session: &mut Session) {
    session.keys("!").sees("What could not be read").keys("q").loses("What could not be read");
    for (word, _) in PAYLOADS {
        session.keys(&format!("/{word}")).sees(&format!("› {word}"));
        session.until("one article or more is found", |session| {
            session.text().lines().nth(1).is_some_and(|line| line.contains(" of ") && !line.contains('…'))
        });
        session.keys("\r\r").loses("move").keys("}]]}{[Gg");
        session.keys(&format!("f{word}")).sees("find: ").keys("\rn").keys("h").sees("move");
        session.keys("\x1b").sees("/ filters");
    }
}

#[test]
fn no_article_speaks_to_the_terminal() {
    for (width, height) in [(120, 36), (60, 20)] {
        let mut session = folder().size(width, height).start();
        session.sees("articles").sees("musical");
        tour(&mut session);
        session.keys("\x03");
        assert_eq!(session.ends().code, 130);
        check(&session.raw);
    }
}

#[test]
fn no_key_or_paste_speaks_to_the_terminal() {
    let mut session = folder().start();
    session.sees("articles").keys("/");
    for (_, payload) in PAYLOADS {
        // Escapes are keys to a terminal; what is left is typed.
        session.keys(&payload.replace(['\u{1b}', '\u{3}', '\r', '\n', '\0'], ""));
        session.keys(&format!("\x1b[200~{}\x1b[201~", payload.replace('\u{1b}', "")));
    }
    session.keys("\x1b[200~kata terakhir\x1b[201~").sees("kata terakhir").keys("\x03");
    assert_eq!(session.ends().code, 130);
    check(&session.raw);
}

#[test]
fn the_name_of_the_only_file_is_on_the_screen_and_harmless() {
    let name = hostile_name(".json");
    let mut session = Start::petik([name.as_str()]).file(&name, articles()).start();
    session.sees("berkas").sees("articles").keys("q");
    assert_eq!(session.ends().code, 0);
    check(&session.raw);
}

#[test]
fn what_is_printed_is_as_harmless() {
    for arguments in [&["show", "."][..], &["show", "--json", "."], &["annotate", "articles.jsonl"]] {
        let mut line: Vec<String> = Vec::new();
        for article in
            serde_json::from_str::<serde_json::Value>(&articles()).unwrap()["articles"].as_array().unwrap()
        {
            line.push(article.to_string());
        }
        line.push(format!("nonsense {}", PAYLOADS[1].1));
        let mut session = Start::petik(arguments.iter().copied())
            .file(hostile_name(".json"), articles())
            .file(hostile_name("broken.json"), "{nonsense")
            .file("articles.jsonl", line.join("\n"))
            .size(200, 60)
            .start();
        session.ends();
        assert!(session.raw.len() > 10_000, "{}", session.raw.escape_ascii());
        check(&session.raw);
    }
}

#[test]
fn wide_letters_leave_nothing_behind() {
    let article = |at: usize| json!({ "title": format!("{}{}{at}", "a".repeat(at % 2), "李文昭教授".repeat(9)), "body": "李文昭教授。".repeat(999) });
    for (width, height) in [(120, 36), (81, 24), (60, 20)] {
        let articles: Vec<_> = (0..40).map(article).collect();
        let mut session =
            Start::petik(["a.json"]).file("a.json", json!(articles).to_string()).size(width, height).start();
        session.sees("40 articles").loses("reading").loses(" %");
        // Opening one that is read already is answered at once, and by that alone.
        session.keys("A").sees("40 articles read");
        // Each of them changes something, and is answered by one frame.
        for key in ["?", "j", "G", "q", "j", "L", "q", "l", "j", "G", "!", "q", "g", "h", "G", "g"] {
            let text =
                |session: &Session| session.text().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            let before = session.raw.len();
            let drawn =
                |session: &Session| session.raw.len() > before && session.raw.ends_with(b"\x1b[?2026l");
            session.keys(key).until("it has answered", drawn);
            let grown = text(&session);
            assert!(key != "?" || grown.matches("│ ").count() >= usize::from(height) - 4, "{grown}");
            // What is on the screen is what is drawn when all of it is drawn anew.
            let before = session.raw.len();
            session.keys("\x0c").writes(before, "\x1b[2J");
            session.until("all is drawn", |session| session.raw.ends_with(b"\x1b[?2026l"));
            assert_eq!(grown, text(&session), "after {key:?} at {width}×{height}");
        }
    }
}
