//! A library through faults: processes that are killed, disks that are full, folders that cannot be written.

use super::library::{fill, opened, place, sample};
use petik::article::ArticleId;
use petik::library::{Change, Fault, Place, State};
use petik::load::Source;
use rustix::process::{Pid, Signal, kill_process};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Kills of each kind; `PETIK_KILLS=1000` for many.
fn kills() -> u64 {
    std::env::var("PETIK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(50)
}

/// Milliseconds that look random.
fn pause(turn: u64, most: u64) -> Duration {
    let mixed = (turn + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Duration::from_millis((mixed >> 33) % most)
}

/// `count` articles as JSON Lines.
fn articles(count: usize) -> String {
    let mut lines = String::new();
    for n in 0..count {
        let words: String = (0..40).map(|word| format!("kata{} ", (n * 7 + word * 13) % 997)).collect();
        let _ = writeln!(
            lines,
            r#"{{"id":"urn:a:{n}","title":"Menlu Rusia {n}","text":"{words} kata Sergey Lavrov di Oslo.","date":"2025-07-{:02}"}}"#,
            n % 28 + 1
        );
    }
    lines
}

fn petik(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_petik"));
    command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CACHE_HOME", home.join("cache"));
    command.env_remove("RUST_BACKTRACE").stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    command
}

fn library_of(home: &Path) -> Place {
    Place { library: home.join("data/petik/library.db"), derived: home.join("cache/petik/library") }
}

fn number(connection: &rusqlite::Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Holds what a library says of itself against what is in it.
fn check(place: &Place) -> i64 {
    let connection = rusqlite::Connection::open(&place.library).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    if number(&connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'articles'") == 0 {
        return 0;
    }
    let articles = number(&connection, "SELECT count(*) FROM articles");
    assert_eq!(number(&connection, "SELECT count(*) FROM texts"), articles);
    assert_eq!(number(&connection, "SELECT count(DISTINCT id) FROM articles"), articles);
    assert_eq!(
        number(&connection, "SELECT coalesce(sum(articles), 0) FROM entities"),
        number(&connection, "SELECT count(*) FROM article_entities")
    );
    assert_eq!(
        number(&connection, "SELECT coalesce(sum(quotes), 0) FROM articles"),
        number(&connection, "SELECT count(*) FROM quotes")
    );
    articles
}

#[test]
fn a_killed_import_leaves_a_whole_library_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let count = 8000;
    std::fs::write(&file, articles(count)).unwrap();
    let place = library_of(folder.path());
    let mut before = 0;
    for turn in 0..kills() {
        let mut child = petik(folder.path()).arg("import").arg(&file).spawn().unwrap();
        std::thread::sleep(pause(turn, 200));
        child.kill().unwrap();
        child.wait().unwrap();
        if place.library.exists() {
            let now = check(&place);
            assert!(now >= before, "{now} articles of {before} were left");
            before = now;
        }
    }
    assert!(petik(folder.path()).arg("import").arg(&file).status().unwrap().success());
    assert_eq!(check(&place), count as i64);
    let snapshot = opened(&place);
    assert_eq!(snapshot.len(), count);
    let words = rusqlite::Connection::open(place.derived.join("fulltext.db")).unwrap();
    let found = "SELECT count(*) FROM fulltext WHERE fulltext MATCH 'lavrov'";
    assert_eq!(number(&words, found), count as i64);
}

#[test]
fn the_end_of_an_import_makes_of_what_was_put_aside_what_it_makes_of_the_tables() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    std::fs::write(&file, articles(700) + "{\"title\": \n").unwrap();
    let place = library_of(folder.path());
    let run = |arguments: &[&str]| {
        let mut command = petik(folder.path());
        command.arg("import").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let output = run(&[file.to_str().unwrap()]);
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((output.status.code(), said.as_str()), (Some(1), "700 articles, 1 refused\n"), "{told}");
    assert!(told.contains("refused.jsonl, with the reason"), "{told}");
    let names = ["index.petik", "facets.petik"];
    let made = || names.map(|name| std::fs::read(place.derived.join(name)).unwrap());
    let aside = made();
    names.iter().for_each(|name| std::fs::remove_file(place.derived.join(name)).unwrap());
    // The same end with nothing put aside.
    let output = run(&["--settle", "700", "0", "1"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), said));
    assert!(aside == made());
    assert_eq!(opened(&place).len(), 700);
}

/// Tells the test below that it is the one that is killed.
const CHILD: &str = "PETIK_TEST_STATE";

/// Changes state for ever and says what is done. Run by the test below in a process of its own.
#[test]
fn changes_until_it_is_killed() {
    let Some(library) = std::env::var_os(CHILD) else { return };
    let mut state = State::open(Path::new(&library)).unwrap();
    let start = state.known_since(0).unwrap().rows.len() as u64;
    for n in start.. {
        state.apply(&[ArticleId(n)], &[Change::Starred(true)]).unwrap();
        state.apply(&[ArticleId(n)], &[Change::Note(Some(n.to_string()))]).unwrap();
        println!("done {n}");
        if n % 5 == 4 {
            state.undo().unwrap();
            println!("undone {n}");
        }
    }
}

#[test]
fn what_is_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library.db");
    let mut told = Vec::new();
    for turn in 0..kills() {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "faults::changes_until_it_is_killed", "--nocapture"])
            .env(CHILD, &library)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let reader = BufReader::new(child.stdout.take().unwrap());
        let reading = std::thread::spawn(move || {
            let lines = reader.lines().map_while(Result::ok);
            lines.filter(|line| line.starts_with("done ") || line.starts_with("undone ")).collect::<Vec<_>>()
        });
        std::thread::sleep(pause(turn, 120));
        child.kill().unwrap();
        child.wait().unwrap();
        told.extend(reading.join().unwrap());
        if !library.exists() {
            continue;
        }
        let state = State::open(&library).unwrap();
        for line in &told {
            let (what, n) = line.split_once(' ').unwrap();
            let n: u64 = n.parse().unwrap();
            let kept = &state.of(&[ArticleId(n)]).unwrap()[0];
            assert!(kept.starred, "{line}");
            // What is undone after it was acknowledged may be undone or not; what was told undone is.
            let undone = kept.note.is_none();
            assert!(undone == (what == "undone") || (what == "done" && n % 5 == 4), "{line}: {kept:?}");
        }
        check(&Place { library: library.clone(), derived: folder.path().to_owned() });
    }
    assert!(told.len() as u64 > kills(), "only {} changes were made", told.len());
}

/// A folder on a disk of so many kilobytes; none where the tests may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(kilobytes: u32) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(SmallDisk(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let Some(disk) = SmallDisk::new(3 * 1024) else {
        eprintln!("SKIPPED: no disk can be mounted here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let place = Place { library: disk.0.path().join("library.db"), derived: folder.path().to_owned() };
    let first = fill(&place, &sample()).added;
    let mut state = State::open(&place.library).unwrap();
    state.apply(&[ArticleId(1)], &[Change::Starred(true)]).unwrap();
    let many = Source::Memory { name: "a.jsonl".to_owned(), bytes: articles(4000).into_bytes().into() };
    let mut told = 0;
    let error = petik::library::import(&place, &[many], &false.into(), &mut |step| {
        if let petik::library::Step::Reading(_, counts) = step {
            told = counts.added;
        }
    })
    .unwrap_err();
    assert_eq!(error.fault, Fault::Full, "{error}");
    assert!(error.to_string().contains("no room left"), "{error}");
    assert!(state.of(&[ArticleId(1)]).unwrap()[0].starred);
    // What little there is room for may still be written; what cannot be is not acknowledged.
    for n in 2..2000 {
        let note = Change::Note(Some("panjang ".repeat(200)));
        match state.apply(&[ArticleId(n)], &[note]) {
            Ok(_) => assert!(state.of(&[ArticleId(n)]).unwrap()[0].note.is_some()),
            Err(error) => {
                assert_eq!(error.fault, Fault::Full, "{error}");
                assert_eq!(state.of(&[ArticleId(n)]).unwrap()[0].note, None);
                break;
            }
        }
    }
    drop(state);
    assert!(check(&place) as u64 >= first + told);
    assert!(opened(&place).len() as u64 >= first + told);
}

#[test]
fn on_a_full_disk_a_library_is_read() {
    let Some(disk) = SmallDisk::new(2 * 1024) else {
        eprintln!("SKIPPED: no disk can be mounted here");
        return;
    };
    let (home, rest) = (disk.0.path(), disk.0.path().join("rest"));
    let file = home.join("a.jsonl");
    std::fs::write(&file, articles(12)).unwrap();
    assert!(petik(home).arg("import").arg(&file).status().unwrap().success());
    let place = library_of(home);
    let beside = ["-wal", "-shm"].map(|suffix| place.library.with_extension(format!("db{suffix}")));
    // The last who closes it takes the journal away, and what the locks are in.
    check(&place);
    assert!(beside.iter().all(|path| !path.exists()));
    let fill_up = || {
        let mut filling = std::fs::File::create(&rest).unwrap();
        let full = (0..).find_map(|_| std::io::Write::write_all(&mut filling, &[0; 1024]).err()).unwrap();
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    };
    fill_up();
    // Also with what a try leaves behind.
    for _ in 0..2 {
        assert_eq!(opened(&place).len(), 12);
        assert!(State::look(&place.library).unwrap().is_some());
        let output = petik(home)
            .args(["search", "lavrov", "is:unread"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(told[0].contains("Menlu Rusia") && told[1].is_empty(), "{told:?}");
        let error = State::open(&place.library).map(|_| ()).unwrap_err();
        assert_eq!(error.fault, Fault::Full, "{error}");
        assert!(error.to_string().contains("no room left"), "{error}");
    }
    // A journal with something in it is not passed over.
    std::fs::remove_file(&rest).unwrap();
    std::fs::write(&beside[0], "x").unwrap();
    fill_up();
    std::fs::remove_file(&beside[1]).unwrap();
    let error = State::look(&place.library).map(|_| ()).unwrap_err();
    assert_eq!(error.fault, Fault::Full, "{error}");
    // With room again all is as it was.
    std::fs::remove_file(&rest).unwrap();
    std::fs::remove_file(&beside[0]).unwrap();
    let mut state = State::open(&place.library).unwrap();
    state.apply(&[ArticleId(1)], &[Change::Starred(true)]).unwrap();
    drop(state);
    assert_eq!(check(&place), 12);
}

#[test]
fn an_export_for_which_there_is_no_room_leaves_nothing_behind() {
    let Some(disk) = SmallDisk::new(16) else {
        eprintln!("SKIPPED: no disk can be mounted here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = disk.0.path().join("a.json");
    let export = |more: &[&str]| {
        let mut command = petik(folder.path());
        command.args(["export", "--to", "json", "-o"]).arg(&file).args(more);
        command.stderr(Stdio::piped()).output().unwrap()
    };
    let left = || -> Vec<String> {
        let entries = std::fs::read_dir(disk.0.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    for _ in 0..2 {
        let output = export(&[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("a.json") && said.contains("No space left"), "{said}");
        assert_eq!(left(), [] as [&str; 0]);
    }
    // Nor is what was to be written over lost.
    std::fs::write(&file, "an export of yesterday").unwrap();
    let output = export(&["--force"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("a.json") && said.contains("No space left"), "{said}");
    assert_eq!(
        (left(), std::fs::read_to_string(&file).unwrap().as_str()),
        (vec!["a.json".to_owned()], "an export of yesterday")
    );
}

#[test]
fn an_export_that_is_broken_off_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (file, articles) = (folder.path().join("a.json"), folder.path().join("b.jsonl"));
    let article = |n: u32| {
        let body = "“Kapal itu tiba,” kata Menteri Luar Negeri Norwegia Ingrid Solheim di Oslo. ".repeat(20);
        format!("{{\"title\":\"Berita {n}\",\"text\":\"{body}\"}}\n")
    };
    std::fs::write(&articles, (0..2000).map(article).collect::<String>()).unwrap();
    std::fs::write(&file, "an export of yesterday").unwrap();
    let part = || {
        let entries = std::fs::read_dir(folder.path()).unwrap();
        entries.flatten().find(|entry| entry.file_name().to_string_lossy().ends_with(".part"))
    };
    let mut command = petik(folder.path());
    command.args(["export", "--to", "json", "--force", "--in"]).arg(&articles).arg("-o").arg(&file);
    let running = command.stderr(Stdio::piped()).spawn().unwrap();
    let patience = Instant::now();
    while part().is_none() {
        assert!(patience.elapsed() < Duration::from_secs(120), "nothing is being written");
        std::thread::sleep(Duration::from_millis(1));
    }
    kill_process(Pid::from_child(&running), Signal::INT).unwrap();
    let output = running.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("given up"), "{said}");
    assert!(part().is_none());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "an export of yesterday");
}

#[test]
fn a_cache_that_cannot_be_written_costs_the_index_alone() {
    let folder = tempfile::tempdir().unwrap();
    // A file where a folder should be cannot be written by anybody, not even by root.
    std::fs::write(folder.path().join("cache"), "").unwrap();
    let place = place(folder.path());
    let mut unindexed = Vec::new();
    let counts = petik::library::import(&place, &sample(), &false.into(), &mut |step| {
        if let petik::library::Step::Unindexed(error) = step {
            unindexed.push(error.to_string());
        }
    });
    assert!(counts.unwrap().added > 40);
    assert_eq!(unindexed.len(), 1, "{unindexed:?}");
    assert!(unindexed[0].contains("cannot be written"), "{unindexed:?}");
    let told = std::sync::Mutex::new(Vec::new());
    let opening = petik::library::Opening::Library(place);
    let collection = petik::library::open(&opening, &false.into(), &|update| {
        if let petik::library::Update::Read { problems, .. } = update {
            told.lock().unwrap().extend(problems);
        }
    });
    let snapshot = collection.snapshot();
    assert!(snapshot.len() > 40 && snapshot.article(0).is_some());
    let told = told.into_inner().unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn a_home_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("data"), "").unwrap();
    let output = petik(folder.path())
        .arg("import")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample"))
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("cannot be written"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

/// An import that ends before anything is read, and what it says.
fn refused(home: &Path, arguments: &[&Path]) -> String {
    let mut command = petik(home);
    let output = command.arg("import").args(arguments).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(!home.join("data").exists(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_path_that_does_not_exist_is_told_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (good, none) = (folder.path().join("a.jsonl"), folder.path().join("nope"));
    std::fs::write(&good, articles(3)).unwrap();
    let said = format!("petik: {} does not exist (check the path); nothing was imported\n", none.display());
    assert_eq!(refused(folder.path(), &[&none]), said);
    assert_eq!(refused(folder.path(), &[&good, &none]), said);
}

#[test]
fn what_is_refused_is_never_written_over_what_somebody_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (input, list, own) = (at("in/a.jsonl"), at("list.jsonl"), at("own.txt"));
    let refused_to = Path::new("--refused");
    std::fs::create_dir(at("in")).unwrap();
    std::fs::write(&input, articles(3) + "{\"name\":1}\n").unwrap();
    let texts = ["own words\n", "{\"place\":\"Oslo\"}\n", "[1]", "\u{0}\u{1}", &articles(1)];
    for text in texts {
        std::fs::write(&own, text).unwrap();
        let said = refused(folder.path(), &[refused_to, &own, &input]);
        assert!(said.contains("own.txt is there already") && said.contains("name another file"), "{said}");
        assert_eq!(std::fs::read_to_string(&own).unwrap(), text);
    }
    let before = std::fs::read(&input).unwrap();
    for (file, of) in [(&input, &input), (&at("in/new.jsonl"), &at("in")), (&at("in"), &input)] {
        let said = refused(folder.path(), &[refused_to, file, of]);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(std::fs::read(&input).unwrap() == before);
    }
    // An earlier list is replaced, and so is a file with nothing in it.
    std::fs::write(&list, "").unwrap();
    for _ in 0..2 {
        let run = petik(folder.path()).args(["import", "--refused"]).args([&list, &input]).status();
        assert_eq!(run.unwrap().code(), Some(1));
        assert_eq!(std::fs::read_to_string(&list).unwrap().lines().count(), 1);
    }
    // One that is read is not written to meanwhile.
    let listed = std::fs::read(&list).unwrap();
    let run = petik(folder.path()).args(["import", "--refused"]).args([&list, &list]).status();
    assert_eq!((run.unwrap().code(), std::fs::read(&list).unwrap()), (Some(2), listed));
}

/// On Unix, closing any handle of a file gives up every lock its process has on it. Without its lock a library looks to
/// another process as if nobody else had it open, and its journal, with what is written next, goes away.
#[test]
fn looking_at_a_library_again_lets_go_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = library_of(folder.path());
    let mut state = State::open(&place.library).unwrap();
    state.apply(&[ArticleId(1)], &[Change::Starred(true)]).unwrap();
    drop(State::look(&place.library).unwrap());
    let other = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faults::stars_one_and_ends"])
        .env(CHILD, &place.library)
        .output()
        .unwrap();
    assert!(other.status.success());
    assert!(place.library.with_extension("db-wal").exists(), "the journal that is written to is gone");
    state.apply(&[ArticleId(2)], &[Change::Starred(true)]).unwrap();
    drop(state);
    let known = State::open(&place.library).unwrap();
    assert!(known.of(&[1, 2, 3].map(ArticleId)).unwrap().iter().all(|kept| kept.starred));
    check(&place);
}

/// petik's own SQLite looks twice before it takes a journal away; older ones, which other programs have, do not.
#[cfg(target_os = "linux")]
#[test]
fn a_library_that_is_open_is_locked() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    fill(&place, &sample()[..1]);
    let file = std::fs::metadata(&place.library).unwrap().ino();
    let is_locked = || {
        let locks = std::fs::read_to_string("/proc/locks").unwrap();
        let own = format!(" {} ", std::process::id());
        locks.lines().any(|lock| lock.contains(&own) && lock.contains(&format!(":{file} ")))
    };
    let mut state = State::open(&place.library).unwrap();
    assert!(is_locked());
    // As on a screen: others are opened, and closed.
    let snapshot = opened(&place);
    assert!(snapshot.article(0).is_some() && is_locked());
    state.apply(&[ArticleId(1)], &[Change::Starred(true)]).unwrap();
    drop((State::look(&place.library).unwrap(), opened(&place), place.is_empty().unwrap()));
    fill(&place, &sample()[..2]);
    assert!(is_locked());
    drop((state, snapshot));
    assert!(!is_locked());
}

/// Run by the test above in a process of its own.
#[test]
fn stars_one_and_ends() {
    let Some(library) = std::env::var_os(CHILD) else { return };
    let mut state = State::open(Path::new(&library)).unwrap();
    state.apply(&[ArticleId(3)], &[Change::Starred(true)]).unwrap();
}
