//! A library in a file: what goes in comes out again, whatever happens on the way.

use petik::article::{Annotations, Grounds};
use petik::library::{Imported, Opening, Paths, Place, Snapshot, Step, Update, import, open};
use petik::load::{self, Source};
use petik::search::{Query, Sort};
use petik::words::SAMPLE;
use rusqlite::fallible_iterator::FallibleIterator;
use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A place for a library in an empty folder.
pub(crate) fn place(folder: &Path) -> Place {
    Place { library: folder.join("data/library.db"), derived: folder.join("cache") }
}

pub(crate) fn sample() -> Vec<Source> {
    let memory = |(name, text): &(&str, &'static str)| Source::Memory {
        name: (*name).to_owned(),
        bytes: Cow::Borrowed(text.as_bytes()),
    };
    SAMPLE.iter().map(memory).collect()
}

/// Articles with links: of a page, of Markdown, and of what petik wrote.
fn linked() -> Vec<Source> {
    let memory = |name: &str, text: &'static str| Source::Memory {
        name: name.to_owned(),
        bytes: Cow::Borrowed(text.as_bytes()),
    };
    vec![
        memory(
            "a.json",
            r#"{"title": "Laporan bakau", "url": "https://kabar.example/dunia/1", "content": "<p>Oslo – Menurut <a href='/arsip/7?a=1&amp;b=2'>laporan é itu</a>, <a href='https://satelit.example'>satelit</a> melihatnya.</p><p><a href='javascript:alert(1)'>Bagikan</a>"}"#,
        ),
        memory(
            "b.md",
            "---\ntitle: Kabel di utara\n---\nKata [laporan \\[lama\\]](<https://arsip.example/a(b>) dan <redaksi@kabar.example>.\n",
        ),
    ]
}

/// Words and where they lead.
fn leads(article: &petik::article::Article) -> Vec<(String, String)> {
    let links = article.links.iter();
    links.map(|link| (link.span.of(&article.body).to_owned(), link.address.clone())).collect()
}

fn records(lines: &[String]) -> Vec<Source> {
    vec![Source::Memory { name: "a.jsonl".to_owned(), bytes: Cow::Owned(lines.join("\n").into_bytes()) }]
}

pub(crate) fn fill(place: &Place, sources: &[Source]) -> Imported {
    import(place, sources, &AtomicBool::new(false), &mut |_| {}).unwrap()
}

pub(crate) fn opened(place: &Place) -> Snapshot {
    let opening = Opening::Library(place.clone());
    let collection = open(&opening, &AtomicBool::new(false), &|update| {
        if let Update::Read { problems, .. } = update {
            assert_eq!(problems, []);
        }
    });
    collection.snapshot()
}

pub(crate) fn in_memory(sources: &[Source]) -> Snapshot {
    open(&Opening::Sources(sources.to_vec()), &false.into(), &|_| {}).snapshot()
}

fn found(snapshot: &Snapshot, query: &str) -> Vec<String> {
    let rows = snapshot.query(&Query::parse(query).unwrap(), &AtomicBool::new(false)).unwrap();
    rows.iter().map(|&row| snapshot.article(row).unwrap().title.clone()).collect()
}

/// Without what is not kept: why the annotator decided as it did.
fn groundless(found: &Annotations) -> Annotations {
    let mut found = found.clone();
    for entity in &mut found.entities {
        for mention in entity.mentions.iter_mut().chain(&mut entity.title_mentions) {
            mention.grounds = Grounds::GIVEN;
        }
    }
    for quote in &mut found.quotes {
        quote.grounds = Grounds::GIVEN;
    }
    found
}

#[test]
fn what_is_imported_is_read_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let memory = in_memory(&sample());
    let counts = fill(&place, &sample());
    assert_eq!(counts, Imported { added: memory.len() as u64, known: 0, refused: 0 });
    let stored = opened(&place);
    assert_eq!(stored.len(), memory.len());
    let rows = stored.newest_first().iter().zip(memory.newest_first().iter());
    for (&stored_row, &memory_row) in rows {
        let (article, known) = (stored.article(stored_row).unwrap(), memory.article(memory_row).unwrap());
        assert_eq!(article, known);
        let known = groundless(&memory.annotations(memory_row).unwrap());
        assert_eq!(*stored.annotations(stored_row).unwrap(), known);
        let mut line = (*stored.line(stored_row).unwrap()).clone();
        line.story = None;
        assert_eq!(line, *memory.line(memory_row).unwrap());
        assert_eq!(stored.ordinal(article.id), Some(stored_row));
        let query = Query::parse("korea lavr").unwrap();
        assert_eq!(stored.marks(stored_row, &query), memory.marks(memory_row, &query));
    }
    for query in [
        "korea",
        "lavr",
        "p:solheim",
        "c:NO",
        "by:wiratmaja",
        "has:quote after:2025",
        "!rusia",
        "text:nuklir",
        "\"senjata nuklir\"",
        "!text:kata",
        "text:nelay*",
        "text:(nuklir OR kapal)",
        "text:(kapal NOT nelayan) c:id",
        "text:(kata NEAR/3 menteri)",
        "text:(\"di jakarta\" (pagi OR siang))",
        "text:北京 lavr",
        "text:zzzz",
    ] {
        assert_eq!(found(&stored, query), found(&memory, query), "{query}");
    }
}

#[test]
fn importing_again_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let first = fill(&place, &sample());
    let again = fill(&place, &sample());
    assert_eq!(again, Imported { added: 0, known: first.added, refused: 0 });
    assert_eq!(opened(&place).len() as u64, first.added);
}

#[test]
fn a_later_version_is_kept_beside_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let version = |text: &str| format!(r#"{{"id":"https://kabar.example/1","title":"a","text":"{text}"}}"#);
    let both = [version("x"), version("y"), version("x")];
    assert_eq!(fill(&place, &records(&both)), Imported { added: 2, known: 1, refused: 0 });
    assert_eq!(fill(&place, &records(&both)), Imported { added: 0, known: 3, refused: 0 });
}

#[test]
fn what_is_refused_is_told_with_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let mut lines: Vec<String> = (0..300).map(|n| format!(r#"{{"name":"{n}"}}"#)).collect();
    lines.push(r#"{"title":"a","text":"x"}"#.to_owned());
    let mut refused = Vec::new();
    let counts = import(&place, &records(&lines), &AtomicBool::new(false), &mut |step| {
        if let Step::Refused(problem) = step {
            refused.push(problem);
        }
    });
    assert_eq!(counts.unwrap(), Imported { added: 1, known: 0, refused: 300 });
    assert_eq!(refused[299].place, "a.jsonl, line 300");
    assert_eq!(refused[299].record.as_deref(), Some(r#"{"name":"299"}"#));
}

#[test]
fn copies_under_several_outlets_are_one_story() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let text = |from: u32| (from..from + 200).map(|word| format!("kata{word}")).collect::<Vec<_>>().join(" ");
    let record = |outlet: &str, day: u32, text: &str| {
        format!(
            r#"{{"title":"{outlet} {day}","text":"{text}","outlet":"{outlet}","date":"2025-07-{day:02}"}}"#
        )
    };
    let lines = [
        record("Kabar", 1, &text(0)),
        record("Warta", 2, &text(5)),
        record("Kabar", 3, &text(1000)),
        record("Berita", 30, &text(0)),
    ];
    fill(&place, &records(&lines));
    let snapshot = opened(&place);
    let story = |row: u32| snapshot.line(row).unwrap().story;
    // Newest first: Berita, Kabar of the third, Warta, Kabar of the first.
    assert_eq!([story(0), story(1), story(2), story(3)], [None, None, Some(1), Some(1)]);
    let folded = snapshot.fold(snapshot.newest_first());
    assert_eq!((folded.rows().as_ref(), folded.articles()), ([0, 1, 2].as_slice(), 4));
    assert_eq!((folded.copies(2), folded.more(1)), ([2, 3].as_slice(), 0));
    // One that comes behind the index is folded with those in it; what is counted stays articles.
    fill(&place, &records(&[record("Lintas", 4, &text(0))]));
    let snapshot = opened(&place);
    let folded = snapshot.fold(snapshot.newest_first());
    assert_eq!((folded.rows().len(), folded.articles()), (3, 5));
    assert_eq!(folded.copies(snapshot.newest_first()[1]).len(), 3);
    assert_eq!(found(&snapshot, "text:kata50").len(), 4, "a question finds each");
    // In memory they are the same.
    let source =
        Source::Memory { name: "a.jsonl".to_owned(), bytes: Cow::Owned(lines.join("\n").into_bytes()) };
    let collection = open(&Opening::Sources(vec![source]), &AtomicBool::new(false), &|_| {});
    let snapshot = collection.snapshot();
    let folded = snapshot.fold(snapshot.newest_first());
    assert_eq!((folded.rows().len(), folded.articles()), (3, 4));
}

/// The text of each fenced block of SQL in the page about the tables.
fn questions() -> Vec<String> {
    let page = include_str!("../src/library/store/SCHEMA.md");
    let blocks = page.split("```sql\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_questions_of_the_page_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample());
    fill(&place, &linked());
    let connection = rusqlite::Connection::open(&place.library).unwrap();
    let questions = questions();
    assert!(questions.len() > 8);
    let mut answered = 0;
    for question in &questions {
        let words = place.derived.join("fulltext.db");
        let question = question.replace("'fulltext.db'", &format!("'{}'", words.display()));
        let mut rows = 0;
        let mut batch = rusqlite::Batch::new(&connection, &question);
        while let Some(mut statement) = FallibleIterator::next(&mut batch).unwrap() {
            let mut found = statement.query([]).unwrap();
            while found.next().unwrap().is_some() {
                rows += 1;
            }
        }
        answered += usize::from(rows > 0);
    }
    // Nothing of the sample is starred, relayed or told twice.
    assert!(answered + 3 >= questions.len(), "{answered} of {}", questions.len());
}

#[test]
fn what_the_tables_say_is_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample());
    let snapshot = opened(&place);
    let connection = rusqlite::Connection::open(&place.library).unwrap();
    let (mut mentions, mut quotes) = (0, 0);
    for &row in snapshot.newest_first().iter() {
        let (article, found) = (snapshot.article(row).unwrap(), snapshot.annotations(row).unwrap());
        let number: i64 = connection
            .query_row("SELECT article FROM articles WHERE id = ?1", [article.id.0.cast_signed()], |row| {
                row.get(0)
            })
            .unwrap();
        let mut texts: Vec<String> = found
            .entities
            .iter()
            .flat_map(|entity| &entity.mentions)
            .map(|mention| mention.span.of(&article.body).to_owned())
            .collect();
        texts.sort();
        mentions += texts.len();
        let mut view =
            connection.prepare_cached("SELECT text FROM mentions WHERE article = ?1 ORDER BY text").unwrap();
        let viewed: Vec<String> =
            view.query_map([number], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(viewed, texts);
        let mut view = connection
            .prepare_cached("SELECT text, speaker FROM quotations WHERE article = ?1 ORDER BY n")
            .unwrap();
        let viewed: Vec<(String, Option<String>)> = view
            .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for ((text, speaker), quote) in viewed.iter().zip(&found.quotes) {
            assert_eq!(text, quote.span().of(&article.body));
            assert_eq!(speaker.is_some(), quote.speaker.is_some());
        }
        assert_eq!(viewed.len(), found.quotes.len());
        quotes += viewed.len();
    }
    let sum = |column: &str| -> usize {
        let sum: i64 = connection
            .query_row(&format!("SELECT sum({column}) FROM article_entities"), [], |row| row.get(0))
            .unwrap();
        let of_entities: i64 = connection
            .query_row(&format!("SELECT sum({column}) FROM entities"), [], |row| row.get(0))
            .unwrap();
        assert_eq!(sum, of_entities);
        usize::try_from(sum).unwrap()
    };
    assert!(mentions > 500 && sum("mentions") >= mentions);
    assert!(quotes > 50 && sum("quotes") <= quotes);
}

fn refusal(place: &Place) -> String {
    import(place, &sample(), &AtomicBool::new(false), &mut |_| {}).unwrap_err().to_string()
}

#[test]
fn what_is_no_good_library_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample());
    let good = std::fs::read(&place.library).unwrap();
    let text = b"not a database at all, but longer than its head: ".repeat(10);
    let mut other = tempfile::NamedTempFile::new().unwrap();
    rusqlite::Connection::open(other.path()).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    let mut foreign = Vec::new();
    std::io::Read::read_to_end(other.as_file_mut(), &mut foreign).unwrap();
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    let mut damaged = good.clone();
    for byte in &mut damaged[100..4000] {
        *byte ^= 0x55;
    }
    let cases: [(&str, &[u8], &str); 5] = [
        ("text", &text, "is no library of petik"),
        ("another program's", &foreign, "is no library of petik"),
        ("a newer one", &newer, "newer petik (version 99"),
        ("one that is cut short", &good[..good.len() / 2], "is damaged"),
        ("a damaged one", &damaged, "is damaged"),
    ];
    for (name, bytes, what) in cases {
        std::fs::write(&place.library, bytes).unwrap();
        let message = refusal(&place);
        assert!(message.contains(what), "{name}: {message}");
        assert!(place.is_empty().unwrap_err().to_string().contains(what), "{name}");
        assert!(std::fs::read(&place.library).unwrap() == bytes, "{name} was written to");
    }
}

#[test]
fn links_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &linked());
    let (stored, memory) = (opened(&place), in_memory(&linked()));
    let connection = rusqlite::Connection::open(&place.library).unwrap();
    let mut view = connection
        .prepare("SELECT text, address FROM links JOIN articles USING (article) WHERE id = ?1 ORDER BY start")
        .unwrap();
    let mut told = Vec::new();
    for &row in stored.newest_first().iter() {
        let article = stored.article(row).unwrap();
        assert_eq!(article, memory.article(memory.ordinal(article.id).unwrap()).unwrap());
        let viewed = view.query_map([article.id.0.cast_signed()], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(viewed.unwrap().collect::<Result<Vec<_>, _>>().unwrap(), leads(&article));
        told.extend(leads(&article));
        // What is exported has them too.
        let found = stored.annotations(row).unwrap();
        let piece = petik::export::Piece { article: &article, annotations: &found, quote: None };
        for (name, format) in
            [("a.jsonl", petik::export::Format::Json), ("a.md", petik::export::Format::Markdown)]
        {
            let text = petik::export::piece(format, &piece);
            let source = Source::Memory { name: name.to_owned(), bytes: Cow::Owned(text.into_bytes()) };
            let back = in_memory(&[source]);
            let back = back.article(back.newest_first()[0]).unwrap();
            assert_eq!((&back.body, leads(&back)), (&article.body, leads(&article)), "{name}");
        }
    }
    told.sort();
    let told: Vec<(&str, &str)> = told.iter().map(|(words, to)| (words.as_str(), to.as_str())).collect();
    assert_eq!(
        told,
        [
            ("laporan [lama]", "https://arsip.example/a(b"),
            ("laporan é itu", "https://kabar.example/arsip/7?a=1&b=2"),
            ("redaksi@kabar.example", "mailto:redaksi@kabar.example"),
            ("satelit", "https://satelit.example"),
        ]
    );
}

/// Libraries as each version wrote them, of four articles of the sample; those of the second one have links beside.
const VERSIONS: [&[u8]; 2] =
    [include_bytes!("fixtures/library-1.db"), include_bytes!("fixtures/library-2.db")];

#[test]
fn older_libraries_are_brought_forward() {
    for (library, more) in VERSIONS.into_iter().zip([0, 2]) {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path());
        std::fs::create_dir_all(place.library.parent().unwrap()).unwrap();
        std::fs::write(&place.library, library).unwrap();
        let snapshot = opened(&place);
        assert_eq!(snapshot.len(), 4 + more);
        let sources: Vec<Source> = sample().into_iter().chain(linked()).collect();
        let memory = in_memory(&sources);
        for &row in snapshot.newest_first().iter() {
            let article = snapshot.article(row).unwrap();
            assert_eq!(article, memory.article(memory.ordinal(article.id).unwrap()).unwrap());
            assert!(snapshot.annotations(row).is_some());
        }
        let counts = fill(&place, &sources);
        assert_eq!(counts.known, 4 + more as u64);
        // What comes in now has its links, also where the file had no room for them.
        let snapshot = opened(&place);
        let links = snapshot.newest_first().iter().map(|&row| snapshot.article(row).unwrap().links.len());
        assert_eq!(links.sum::<usize>(), 4);
        let connection = rusqlite::Connection::open(&place.library).unwrap();
        let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
    }
}

#[test]
fn what_came_behind_the_index_is_there_too() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample()[..1]);
    let first = opened(&place).len();
    fill(&place, &sample());
    let stored = opened(&place);
    let memory = in_memory(&sample());
    assert!(stored.len() == memory.len() && stored.len() > first);
    let days = |snapshot: &Snapshot| -> Vec<_> {
        let rows = snapshot.newest_first().iter();
        rows.map(|&row| snapshot.line(row).unwrap().published.map(|published| published.seconds)).collect()
    };
    assert_eq!(days(&stored), days(&memory));
    for query in ["korea", "lavr", "p:solheim", "c:NO", "has:quote after:2025"] {
        let sorted = |snapshot: &Snapshot| {
            let mut titles = found(snapshot, query);
            titles.sort();
            titles
        };
        assert_eq!(sorted(&stored), sorted(&memory), "{query}");
    }
    // A lost or damaged index is made anew.
    std::fs::write(place.derived.join("index.petik"), "x").unwrap();
    assert_eq!(opened(&place).len(), memory.len());
    assert!(std::fs::metadata(place.derived.join("index.petik")).unwrap().len() > 1000);
    std::fs::remove_dir_all(&place.derived).unwrap();
    assert_eq!(found(&opened(&place), "korea").len(), found(&memory, "korea").len());
}

#[test]
fn what_is_put_aside_while_importing_makes_the_same_index_as_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let made =
        || ["index.petik", "facets.petik"].map(|name| std::fs::read(place.derived.join(name)).unwrap());
    let from_tables = || {
        for name in ["index.petik", "facets.petik"] {
            std::fs::remove_file(place.derived.join(name)).unwrap();
        }
        assert!(!opened(&place).is_empty());
        made()
    };
    // All of it from one import, then a part from the import before, of which nothing is aside.
    for sources in [&sample()[..1], &sample()[..]] {
        let _ = std::fs::remove_dir_all(&place.derived);
        assert!(fill(&place, sources).added > 10);
        let aside = made();
        let names: Vec<_> =
            std::fs::read_dir(&place.derived).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert!(!names.iter().any(|name| name.to_string_lossy().ends_with(".tmp")), "{names:?}");
        assert!(aside == from_tables());
    }
    // An import that was broken off left its articles in the tables.
    let many: Vec<String> = (0..9000)
        .map(|n| format!(r#"{{"title":"t{n}","text":"Menteri Luar Negeri Ingrid Solheim {n} di Oslo","outlet":"o{}"}}"#, n % 7))
        .collect();
    let (cancelled, mut added) = (AtomicBool::new(false), 0);
    let broken = import(&place, &records(&many), &cancelled, &mut |step| {
        if let Step::Reading(_, counts) = step {
            added = counts.added;
            cancelled.store(added > 0, std::sync::atomic::Ordering::Relaxed);
        }
    });
    assert!(broken.unwrap().added < 9000);
    assert!(fill(&place, &records(&many)).added > 0);
    let aside = made();
    assert!(aside == from_tables());
}

/// The titles of what a query finds, the best first.
fn best(snapshot: &Snapshot, query: &str) -> Vec<String> {
    let query = Query::parse(query).unwrap();
    let rows = snapshot.query_by(&query, Sort::Best, &AtomicBool::new(false)).unwrap();
    rows.iter().map(|&row| snapshot.article(row).unwrap().title.clone()).collect()
}

#[test]
fn texts_come_in_the_same_order_from_the_index_and_from_a_slow_reading() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, grown) = (place(&folder.path().join("a")), place(&folder.path().join("b")));
    fill(&whole, &sample());
    // Of this one most articles came behind the index of the filter.
    fill(&grown, &sample()[..1]);
    fill(&grown, &sample());
    let (whole, grown, memory) = (opened(&whole), opened(&grown), in_memory(&sample()));
    for query in [
        "text:nuklir",
        "text:kapal",
        "text:indonesia",
        "\"senjata nuklir\"",
        "text:nelay*",
        "text:(nuklir OR kapal OR \"di jakarta\")",
        "text:(kapal NOT nelayan)",
        "text:kapal text:menteri !text:nuklir",
        "text:menteri c:id",
        "text:menteri korea",
    ] {
        let slow = best(&memory, query);
        assert!(!slow.is_empty(), "{query}");
        assert_eq!(best(&whole, query), slow, "{query}");
        assert_eq!(best(&grown, query), slow, "{query}, half of it behind");
    }
    assert_ne!(best(&whole, "text:kapal"), found(&whole, "text:kapal"), "by date otherwise");
}

#[test]
fn after_any_import_the_tables_are_those_of_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let (small, big) = (place(&folder.path().join("a")), place(&folder.path().join("b")));
    let record = |n: u32| format!(r#"{{"title":"t{n}","text":"kata {n} di Oslo","date":"2025-07-01"}}"#);
    fill(&small, &records(&[record(1)]));
    fill(&big, &records(&(0..8300).map(record).collect::<Vec<_>>()));
    let schema = |place: &Place| -> Vec<String> {
        let connection = rusqlite::Connection::open(&place.library).unwrap();
        let mut schema = connection
            .prepare("SELECT coalesce(sql, name) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name")
            .unwrap();
        let schema = schema.query_map([], |row| row.get(0)).unwrap();
        schema.collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(schema(&small), schema(&big));
}

#[test]
fn all_words_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    let lines = [
        r#"{"title":"Menlu di Wonsan","text":"Kapal-kapal nelayan dipulangkan.","date":"2025-07-01"}"#,
        r#"{"title":"東京の天気","text":"北京市は晴れ。","date":"2025-07-02"}"#,
        r#"{"title":"Café","text":"kapal selam","date":"2025-07-03"}"#,
    ];
    fill(&place, &records(&lines.map(str::to_owned)));
    let snapshot = opened(&place);
    let texts = |words: &str| found(&snapshot, &format!("text:{words}"));
    assert_eq!(texts("\"kapal\""), ["Café", "Menlu di Wonsan"]);
    assert_eq!(texts("\"kapal nelayan\""), ["Menlu di Wonsan"]);
    assert_eq!(texts("nela*"), ["Menlu di Wonsan"]);
    assert_eq!(texts("cafe"), ["Café"]);
    assert_eq!(texts("北京市"), ["東京の天気"]);
    assert_eq!(texts("(kapal NOT selam)"), ["Menlu di Wonsan"]);
    assert_eq!(texts("\"pulang\""), [""; 0]);
}

#[test]
fn a_big_collection_is_kept_until_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let files = [folder.path().join("articles")];
    std::fs::create_dir(&files[0]).unwrap();
    std::fs::write(files[0].join("a.txt"), "Judul\n\nOslo | Kabar – Kata.").unwrap();
    let paths = Paths { data: folder.path().join("data"), cache: folder.path().join("cache") };
    let place = paths.collection(&files);
    let sources = [Source::Path(files[0].clone())];
    let hold = |cancelled: bool| {
        let survey = load::survey(&files).unwrap();
        let held = place.hold(&sources, survey, &AtomicBool::new(cancelled), &mut |_| {});
        (held.unwrap().added, place.holds(survey))
    };
    assert!(!place.holds(load::survey(&files).unwrap()));
    assert!(!hold(true).1);
    assert!(hold(false).1);
    std::fs::write(files[0].join("b.txt"), "Judul lain\n\nOslo | Kabar – Kata lain.").unwrap();
    assert!(!place.holds(load::survey(&files).unwrap()));
    assert_eq!(hold(false), (2, true));
    assert_eq!(opened(&place).len(), 2);
}

#[test]
fn a_kept_collection_that_cannot_be_opened_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "Judul\n\nOslo | Kabar – Kata.").unwrap();
    let paths = Paths { data: folder.path().join("data"), cache: folder.path().join("cache") };
    let files = [file.clone()];
    let (place, survey) = (paths.collection(&files), load::survey(&files).unwrap());
    let note = place.derived.join("made-from");
    let hold = || {
        let held = place.hold(&[Source::Path(file.clone())], survey, &AtomicBool::new(false), &mut |_| {});
        (held.map(|held| held.added), place.holds(survey))
    };
    assert_eq!(hold(), (Ok(1), true));
    let good = std::fs::read(&place.library).unwrap();
    let (whole, mut newer, mut damaged) =
        (std::fs::read_to_string(&note).unwrap(), good.clone(), good.clone());
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    damaged[100..4000].iter_mut().for_each(|byte| *byte ^= 0x55);
    let text = b"not a database at all, but longer than its head: ".repeat(10);
    let half = &good[..good.len() / 2];
    for bytes in [Some(newer.as_slice()), Some(&damaged), Some(half), Some(&text), Some(&[]), None] {
        // What was made whole, and what was broken off.
        for made in [whole.clone(), whole.replace("whole", "begun")] {
            std::fs::remove_file(&place.library).unwrap();
            match bytes {
                Some(bytes) => std::fs::write(&place.library, bytes).unwrap(),
                None => std::fs::create_dir(&place.library).unwrap(),
            }
            std::fs::write(&note, made).unwrap();
            assert!(!place.holds(survey));
            assert_eq!(hold(), (Ok(1), true));
            assert_eq!(opened(&place).len(), 1);
        }
    }
}

#[test]
fn a_kept_collection_without_articles_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let files = [folder.path().join("a.jsonl")];
    std::fs::write(&files[0], "{\"name\":1}\n").unwrap();
    let paths = Paths { data: folder.path().join("data"), cache: folder.path().join("cache") };
    let (place, survey) = (paths.collection(&files), load::survey(&files).unwrap());
    place.hold(&[Source::Path(files[0].clone())], survey, &AtomicBool::new(false), &mut |_| {}).unwrap();
    assert!(place.holds(survey), "it would be made again for ever");
}
