//! Exporting from the screen: what is written is read back from the disk.

use super::grammar::check;
use super::pty::{Session, Start};

fn start(how: impl FnOnce(Start) -> Start) -> Session {
    let mut session = how(Start::petik::<&str>([]).size(120, 36)).start();
    session.sees("50 articles").loses(" %");
    session
}

fn read(session: &Session, name: &str) -> String {
    std::fs::read_to_string(session.home().join(name)).unwrap()
}

/// The names of files where petik was started, but for its own folders.
fn files(session: &Session) -> Vec<String> {
    let entries = std::fs::read_dir(session.home()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| !["data", "cache", "config"].contains(&name.as_str())).collect();
    names.sort_unstable();
    names
}

/// The records of a table.
fn records(text: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

/// What a minister who is nobody said to three papers that are none.
const SAID: [&str; 12] = [
    "Kapal itu tiba tanpa awak",
    "Kami menunggu hasil penyelidikan di dasar laut",
    "Hutan bakau tidak tumbuh dalam satu musim",
    "Perjanjian lama berakhir bulan Desember",
    "Nelayan membutuhkan radio yang bekerja",
    "Anggaran tahun depan sudah dipotong separuh",
    "Kedua pelabuhan dibuka lagi hari Senin",
    "Surat kami belum dijawab oleh siapa pun",
    "Pembicaraan di Bonn berjalan terlalu lambat",
    "Setiap desa menerima dua mesin pompa",
    "Jembatan yang runtuh akan dibangun dari kayu",
    "Tidak ada alasan untuk menunda pemilihan",
];

/// "Export the ten quotes of this person with sources."
#[test]
fn the_quotations_of_a_person_with_their_sources() {
    let record = |(at, words): (usize, &&str)| {
        let outlet = ["Kabar Nusa", "Warta Samudra", "Lintas Timur"][at % 3];
        let body = format!(
            "“{words},” kata Menteri Luar Negeri Norwegia Ingrid Solheim.\n\n“Saya belum membacanya,” kata Arif Wiratmaja."
        );
        let date = format!("2025-03-{:02}", at + 1);
        let url = format!("https://arsip.example/{at}");
        serde_json::json!({"title": format!("Berita ke-{at}"), "outlet": outlet, "date": date, "url": url, "body": body})
            .to_string()
    };
    let lines: Vec<String> = SAID.iter().enumerate().map(record).collect();
    let start = Start::petik(["berita.jsonl"]).size(120, 36).file("berita.jsonl", lines.join("\n"));
    let mut session = start.start();
    session.sees("12 articles").loses(" %");
    // Whom; then all of it from her dossier.
    session.keys("2").sees("most articles").keys("fsolheim\r").sees("people 1 of ").keys("\r");
    session.sees("12 quotes").keys("E").sees("E … what Ingrid Solheim said").keys("c");
    session.sees("write what Ingrid Solheim said to: quotes-ingrid-solheim.csv").keys("\r");
    session.sees("12 quotations written to ");
    let table = read(&session, "quotes-ingrid-solheim.csv");
    let head = csv::Reader::from_reader(table.as_bytes()).headers().unwrap().clone();
    let rows = records(&table);
    assert_eq!(rows.len(), 12);
    for row in &rows {
        let cell = |name: &str| row.get(head.iter().position(|column| column == name).unwrap()).unwrap();
        let at: usize = cell("url").strip_prefix("https://arsip.example/").unwrap().parse().unwrap();
        assert_eq!((cell("speaker"), cell("title")), ("Ingrid Solheim", format!("Berita ke-{at}").as_str()));
        assert_eq!(cell("quote"), format!("“{},”", SAID[at]));
        assert!(cell("published").starts_with(&format!("2025-03-{:02}", at + 1)));
        assert!(!cell("outlet").is_empty());
        assert_eq!((cell("start"), cell("end").parse().unwrap()), ("0", SAID[at].chars().count() + 3));
    }
    // Ten of them, marked among all quotations, as Markdown.
    session.keys("/by:solheim\r").sees("› by:solheim").keys("6").sees("quotes 12").keys("vjjjjjjjjj");
    session.sees("10 quotations marked").keys("em").sees("write 10 quotations to: quotes-ingrid-solheim.md");
    session.keys("\r").sees("10 quotations written to ").keys("k").sees("move");
    let text = read(&session, "quotes-ingrid-solheim.md");
    let sources: Vec<&str> = text.lines().filter(|line| line.starts_with("> — Ingrid Solheim")).collect();
    assert_eq!(sources.len(), 10, "{text}");
    assert!(
        sources.iter().all(|line| line.contains(", 2025-03-") && line.contains("](<https://arsip.example/"))
    );
    assert_eq!(files(&session), ["berita.jsonl", "quotes-ingrid-solheim.csv", "quotes-ingrid-solheim.md"]);
    session.keys("\x03");
    session.ends();
    check(&session.raw);
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let mut session = start(|start| start.file("satu.md", "milik orang lain"));
    session.keys("em").sees("write the article to: ").keys("\x15satu.md\r");
    session.sees("there already; write the article to: satu-2.md").keys("\r").sees("1 article written to");
    assert_eq!(read(&session, "satu.md"), "milik orang lain");
    assert!(read(&session, "satu-2.md").starts_with("---\n"));
    session.keys("em\x15tidak/ada.md\r").sees("tidak/ada.md cannot be written: make the folder tidak first");
    session.keys("em\x15~/tiga.md\r").sees("tiga.md").sees("1 article written to");
    assert_eq!(read(&session, "tiga.md"), read(&session, "satu-2.md"));
    assert_eq!(files(&session), ["satu-2.md", "satu.md", "tiga.md"]);
    session.keys("\x03");
    session.ends();
    check(&session.raw);
}

#[test]
fn every_form_is_written_and_read_back() {
    let mut session = start(|start| start);
    session.keys("/wonsan\r").sees(" of 50").keys("g");
    for (key, name) in [
        ("m", "articles-wonsan.md"),
        ("j", "articles-wonsan.jsonl"),
        ("c", "articles-wonsan.csv"),
        ("h", "articles-wonsan.html"),
        ("t", "articles-wonsan.txt"),
        ("b", "articles-wonsan/"),
    ] {
        session.keys("E").keys(key).sees(&format!("to: {name}")).keys("\r").sees("written to ").keys("g");
        session.loses("written to ");
    }
    session.keys("Es\x15spacy.jsonl\r").sees("written to ").keys("g").loses("written to ");
    session.keys("Ew\x15w3c.jsonl\r").sees("written to ").keys("\x03");
    session.ends();
    check(&session.raw);
    let articles = records(&read(&session, "articles-wonsan.csv")).len();
    assert!(articles > 1);
    for lines in ["articles-wonsan.jsonl", "spacy.jsonl", "w3c.jsonl"] {
        let text = read(&session, lines);
        let read = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        assert_eq!(read.count(), articles, "{lines}");
    }
    let page = read(&session, "articles-wonsan.html");
    assert_eq!(page.matches("<article ").count(), articles);
    assert!(page.ends_with("</html>\n") && !page.contains("<script"));
    // brat: a text, an annotation file each, and the configuration.
    let folder = std::fs::read_dir(session.home().join("articles-wonsan")).unwrap().count();
    assert_eq!(folder, 2 * articles + 1);
    // petik itself reads what it wrote.
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_petik"))
        .args(["search", "--json", "--in", "articles-wonsan.jsonl"])
        .current_dir(session.home())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), articles);
    assert!(!files(&session).iter().any(|name| name.contains(".part")));
}
