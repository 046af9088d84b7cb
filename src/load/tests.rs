use super::*;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

/// What loading gives, as lines: "title" of an article, "! problem".
fn told(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    let (articles, problems) = both(&[Source::Memory { name: name.into(), bytes: bytes.into().into() }]);
    articles
        .into_iter()
        .map(|loaded| loaded.article.title.chars().take(200).collect())
        .chain(problems.into_iter().map(|problem| format!("! {problem}")))
        .collect()
}

fn both(sources: &[Source]) -> (Vec<Loaded>, Vec<Problem>) {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    load(sources, &mut |event| {
        match event {
            Event::Loaded(loaded) => articles.push(*loaded),
            Event::Problem(problem) => problems.push(problem),
            Event::Progress(_) => {}
        }
        ControlFlow::Continue(())
    });
    (articles, problems)
}

fn record(n: usize) -> String {
    format!(r#"{{"id":"{n}","title":"t{n}","text":"body {n}"}}"#)
}

#[test]
fn every_form_of_json_is_read() {
    let all = ["t0", "t1", "t2"];
    let list = [record(0), record(1), record(2)];
    assert_eq!(told("a.json", format!("[{}]", list.join(","))), all);
    assert_eq!(told("a.json", format!("[\n{}\n]", list.join(",\n"))), all);
    assert_eq!(told("a.jsonl", list.join("\n")), all);
    assert_eq!(told("a.json", list.join("\r\n") + "\r\n\r\n"), all);
    assert_eq!(told("a.txt", list.join("\n")), all);
    assert_eq!(told("a.json", format!(r#"{{"status":"ok","articles":[{}]}}"#, list.join(","))), all);
    assert_eq!(told("a.json", list.join("").replace('{', "{\n").replace('}', "\n}\n")), all);
    assert_eq!(told("a.json", format!("\u{feff} {}", record(0))), ["t0"]);
    assert_eq!(told("", record(0)), ["t0"]);
    let wide: Vec<u8> =
        format!("\u{feff}{}", list.join("\n")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told("a.jsonl", wide), all);
}

#[test]
fn a_broken_line_costs_itself() {
    let lines = format!("{}\n{{\"title\": \n\n[1]\n{{\"x\":1}}\n{}\n", record(0), record(1));
    assert_eq!(
        told("a.jsonl", lines),
        [
            "t0",
            "t1",
            "! a.jsonl, line 2, column 9 is not valid JSON: EOF while parsing a value",
            "! a.jsonl, line 4 is no article: it is no object",
            "! a.jsonl, line 5 is no article: it has no title and no text \
             (an article needs a field such as title, text, body or content)",
        ]
    );
    let first = format!("{{\"title\": \"x\n{}\n{}\n", record(0), record(1));
    assert_eq!(told("a.jsonl", first)[..2], ["t0", "t1"]);
}

#[test]
fn a_broken_element_costs_itself() {
    let (a, b, c) = (record(0), record(1), record(2));
    let list = format!("[{a},\n{{\"id\":1,}},\n{b}, {c}]");
    assert_eq!(
        told("a.json", list),
        ["t0", "t1", "t2", "! a.json, line 2, byte 42 is not valid JSON: trailing comma"]
    );
    let list = format!("[\n  {a},\n  {{\"id\":\"1,\n \"title\":\"x\"}},\n  {b},\n  {c}\n]");
    let told_now = told("a.json", list);
    assert_eq!(told_now[..3], ["t0", "t1", "t2"]);
    assert_eq!(
        told_now[3],
        "! a.json, line 3, byte 47 is not valid JSON: a string runs over the end of its line"
    );
    assert_eq!(
        told("a.json", format!("[{a},{b}")),
        ["t0", "t1", "! a.json, line 1, byte 80 ends inside a list (the file may be cut short)"]
    );
    assert_eq!(
        told("a.json", format!("[{a},{{\"id\":"))[1..],
        ["! a.json, line 1, byte 41 ends in the middle of an article (the file may be cut short)"]
    );
}

#[test]
fn a_big_collection_passes_through() {
    let body = "kata ".repeat(400);
    let big = |n: usize| format!(r#"{{"id":"{n}","title":"t{n}","text":"{body}"}}"#);
    let list: Vec<String> = (0..2_000).map(big).collect();
    for text in [
        format!("[{}]", list.join(",")),
        list.join("\n"),
        format!(
            r#"{{"title":"Feed","articles":{{"count":2,"results":[{}]}},"rest":[{{}}]}}"#,
            list.join(",\n")
        ),
    ] {
        let (articles, problems) =
            both(&[Source::Memory { name: "a".into(), bytes: text.into_bytes().into() }]);
        assert_eq!(problems, []);
        assert!(articles.iter().enumerate().all(|(n, loaded)| loaded.article.title == format!("t{n}")));
        assert_eq!(articles.len(), 2_000);
    }
}

#[test]
fn folders_are_loaded_and_problems_are_told() {
    let root = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    file("b/list.json", format!("[{}]", record(1)).as_bytes());
    file("a.txt", "Harga naik\n\nHarga beras naik.".as_bytes());
    file("c.md", b"# Judul\n\nIsi.");
    file("d.png", b"\x89PNG\r\n\x1a\n\0\0");
    file("e.html", b"<!DOCTYPE html><p>x");
    file("empty.txt", b"");
    file(".hidden.txt", b"x");
    file("Makefile.py", b"print('x')");
    let (articles, problems) = both(&[Source::Path(root.path().to_owned())]);
    let titles: Vec<&str> = articles.iter().map(|loaded| loaded.article.title.as_str()).collect();
    assert_eq!(titles, ["Harga naik", "t1", "Judul"]);
    let problems: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(problems, ["is a web page", "is empty"]);
    let (_, problems) =
        both(&[Source::Path(root.path().join("d.png")), Source::Path(root.path().join("none"))]);
    let problems: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(problems, ["is a binary file", "does not exist"]);
}

#[test]
fn duplicates_are_loaded_once() {
    let one = r#"{"id":"0123456789abcdef","title":"a","text":"x"}"#;
    let other = r#"{"id":"0123456789abcdef","title":"a","text":"y"}"#;
    let text = [one, other, one, other].join("\n");
    let (articles, problems) = both(&[Source::Memory { name: "a".into(), bytes: text.into_bytes().into() }]);
    assert_eq!((articles.len(), problems.len()), (2, 0));
    assert_ne!(articles[0].article.id, articles[1].article.id);
}

#[test]
fn loading_stops_when_told() {
    let text = (0..100).map(record).collect::<Vec<_>>().join("\n");
    let mut seen = 0;
    load(&[Source::Memory { name: "a".into(), bytes: text.into_bytes().into() }], &mut |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 3);
}

#[test]
fn progress_comes_to_the_total() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("a.jsonl");
    let text = (0..20_000).map(record).collect::<Vec<_>>().join("\n");
    fs::write(&path, &text).unwrap();
    fs::write(root.path().join("b.png"), b"\0\0").unwrap();
    let mut steps = Vec::new();
    load(&[Source::Path(root.path().to_owned())], &mut |event| {
        if let Event::Progress(progress) = event {
            steps.push(progress);
        }
        ControlFlow::Continue(())
    });
    let total = text.len() as u64 + 2;
    assert!(steps.len() > 2 && steps.is_sorted_by_key(|step| step.read));
    assert_eq!(steps.last(), Some(&Progress { read: total, total: Some(total) }));
}

#[test]
fn a_thousand_problems_of_one_file_are_a_hundred_and_a_count() {
    let (_, problems) =
        both(&[Source::Memory { name: "a.jsonl".into(), bytes: "{}\n".repeat(1_000).into_bytes().into() }]);
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].what, "has 900 more records that could not be read");
}

#[test]
fn nothing_hostile_passes() {
    let text = "{\"title\":\"a\\u001b[31m\\u202eb\",\"text\":\"x\\u001b]0;t\\u0007y\",\"url\":\"https://a.example/\\u001b[1m\"}";
    let (articles, _) = both(&[Source::Memory { name: "a\u{1b}[1m".into(), bytes: text.as_bytes().into() }]);
    assert_eq!(articles[0].article.title, "ab");
    assert_eq!(articles[0].article.body, "xy");
    assert_eq!(articles[0].article.url.as_deref(), Some("https://a.example/"));
    assert_eq!(told("a\u{1b}[1m\u{202e}", "")[0], "! a is empty");
}

#[test]
fn hostile_input_is_answered_in_time() {
    let mut wide = String::from("{\"title\":\"t\",");
    (0..100_000).for_each(|n| write!(wide, "\"k{n}\":[],").unwrap());
    wide.push_str("\"text\":\"x\"}");
    let attributes: String = (0..80_000).map(|n| format!(" a{n}=b")).collect();
    let inputs: Vec<(&str, Vec<u8>)> = vec![
        ("depth", "[".repeat(1_000_000).into()),
        ("objects", "{\"a\":".repeat(200_000).into()),
        ("lines", "{\n".repeat(500_000).into()),
        ("closed", "]".repeat(1_000_000).into()),
        ("strings", "[\"\n".repeat(300_000).into()),
        ("restarts", format!("[{}", ",{\"a\":\"\n".repeat(120_000)).into()),
        ("commas", format!("[{}", ",".repeat(1_000_000)).into()),
        ("numbers", format!("[{}", "1,".repeat(400_000)).into()),
        ("backslashes", format!("[\"{}", "\\".repeat(1_000_000)).into()),
        ("surrogates", format!("{{\"title\":\"{}\"}}", "\\ud800".repeat(150_000)).into()),
        ("keys", wide.into()),
        (
            "authors",
            format!(
                "{{\"title\":\"t\",\"author\":\"{}\"}}",
                (0..150_000).map(|n| format!("{n};")).collect::<String>()
            )
            .into(),
        ),
        ("divs", format!("{{\"title\":\"t\",\"content\":\"{}\"}}", "<div>".repeat(100_000)).into()),
        ("attributes", format!("{{\"title\":\"t\",\"content\":\"<p{attributes}>x\"}}").into()),
        ("line", format!("Judul\n\n{}", "kata ".repeat(2_000_000)).into()),
        ("letters", "a".repeat(10_000_000).into()),
        ("legacy", b"caf\xe9 ".repeat(200_000)),
        ("marks", "e\u{301}".repeat(300_000).into()),
        ("escapes", "\u{1b}]".repeat(500_000).into()),
        ("mixed", b"\xff\xfe\xfd[{\"".repeat(100_000)),
    ];
    for (name, bytes) in inputs {
        // What is quadratic takes minutes; what is slow only because the machine is busy does not.
        let cap = Duration::from_secs(20) * (1 + u32::try_from(bytes.len() / 1_000_000).unwrap());
        let start = Instant::now();
        let told = told(name, bytes);
        assert!(!told.is_empty(), "{name}");
        assert!(start.elapsed() < cap, "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn what_is_too_long_is_said() {
    let long = "x".repeat(MOST_BYTES + 10);
    let list = format!("[{{\"title\":\"{long}\"}},{}]", record(0));
    assert_eq!(
        told("a.json", list),
        ["t0", "! a.json, line 1, byte 1 is too long for one article (at most 32 MB are read at a time)"]
    );
    let lines = format!("{}\n{{\"title\":\"{long}\"}}\n{}\n", record(0), record(1));
    assert_eq!(told("a.jsonl", lines)[..2], ["t0", "t1"]);
    assert_eq!(
        told("a.txt", long),
        ["! a.txt is too long for one article (at most 32 MB are read at a time)"]
    );
}

#[test]
fn annotations_are_kept() {
    let line = r#"{"title":"t","body":" \u001b[1m“Ya,” kata Sol.","lang":"id","annotator":"x","entities":[{"id":"person:sol","kind":"person","name":"Sol","mentions":[{"start":16,"end":19},{"start":90,"end":99}]}],"quotes":[{"start":5,"end":10,"speaker":"person:sol"}]}"#;
    let (articles, _) = both(&[Source::Memory { name: "a".into(), bytes: line.as_bytes().into() }]);
    let body = &articles[0].article.body;
    let annotations = articles[0].annotations.as_ref().unwrap();
    assert_eq!(annotations.entities[0].mentions.len(), 1);
    assert_eq!(annotations.entities[0].mentions[0].span.of(body), "Sol");
    assert_eq!(annotations.quotes[0].span().of(body), "“Ya,”");
    assert_eq!(annotations.quotes[0].speaker, Some(0));
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(!told("a", bytes.clone()).is_empty());
        prop_assert!(!told("a.json", bytes.clone()).is_empty());
        prop_assert!(!told("a.md", bytes).is_empty());
    }

    #[test]
    fn anything_like_json_is_answered(text in r#"[\[\]{}",:\\an1 \n]{0,60}"#, list in any::<bool>()) {
        let text = if list { format!("[{text}") } else { format!("{{{text}") };
        prop_assert!(!told("a.json", text.clone()).is_empty());
        prop_assert!(!told("a.jsonl", text).is_empty());
    }

    #[test]
    fn changed_json_is_answered(at in 0usize..200, byte in any::<u8>(), cut in 0usize..200, lines in any::<bool>()) {
        let mut bytes = if lines {
            format!("{}\n{}\n{}\n", record(0), record(1), record(2))
        } else {
            format!("{{\"items\":[{},\n{}, {}]}}", record(0), record(1), record(2))
        }
        .into_bytes();
        if let Some(old) = bytes.get_mut(at) {
            *old = byte;
        }
        bytes.truncate(cut.max(1));
        prop_assert!(!told("a.json", bytes).is_empty());
    }

    #[test]
    fn anything_in_the_fields_is_answered(title in any::<String>(), body in any::<String>(), other in any::<String>()) {
        let record = serde_json::json!({"title": title, "content": body, "date": other, "author": other, "url": other,
            "lang": other, "tags": other, "source": other, "id": other});
        let (articles, _) = both(&[Source::Memory { name: "a.json".into(), bytes: record.to_string().into_bytes().into() }]);
        for loaded in articles {
            prop_assert!(!loaded.article.title.is_empty());
            let one_line = !loaded.article.title.contains(['\n', '\u{1b}']);
            prop_assert!(one_line);
        }
    }
}

#[test]
fn a_day_in_brackets_behind_a_dateline_is_the_day() {
    let text = "Wonsan | Kabar – Menlu tiba di Wonsan, Sabtu (12/7/2025), kata panitia (3/4/5).\n\nLalu (1/1/2020) lagi.";
    let sources = [Source::Memory { name: "a.txt".to_owned(), bytes: text.as_bytes().into() }];
    let article = both(&sources).0.remove(0).article;
    assert_eq!(
        article.published.map(|published| published.date().to_string()).as_deref(),
        Some("2025-07-12")
    );
}
