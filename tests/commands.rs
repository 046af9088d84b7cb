//! The commands that answer queries, as whole processes over the sample.

use std::io::Read;
use std::process::{Command, Output, Stdio};

fn petik(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_petik"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The lines of an answer that was found.
fn lines(arguments: &[&str]) -> Vec<String> {
    let output = petik(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", text(&output.stderr));
    text(&output.stdout).lines().map(str::to_owned).collect()
}

fn records(arguments: &[&str]) -> Vec<serde_json::Value> {
    lines(arguments).iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn search_finds_what_the_filter_finds() {
    let found = lines(&["search", "korut lavrov"]);
    assert_eq!(found.len(), 1);
    let cells: Vec<&str> = found[0].split('\t').collect();
    assert_eq!(
        (cells[0], cells[1], cells[4]),
        ("2025-07-12", "Warta Samudra", "Menlu Rusia mengunjungi Wonsan")
    );
    assert_eq!(records(&["search", "--json"]).len(), 50);
    assert_eq!(records(&["search", "--json", "--limit", "3", "c:kp"]).len(), 3);
    let dates = |sort: &str| -> Vec<String> {
        let found = records(&["search", "--json", "--sort", sort, "c:kp"]);
        found.iter().map(|article| article["published"].as_str().unwrap()[..10].to_owned()).collect()
    };
    let (newest, mut oldest) = (dates("newest"), dates("oldest"));
    oldest.reverse();
    assert!(newest.is_sorted_by(|a, b| a >= b) && newest == oldest, "{newest:?} {oldest:?}");
}

#[test]
fn quotes_are_those_the_query_asks_for() {
    let by = records(&["quotes", "by:solheim", "--json"]);
    assert!(by.len() > 5 && by.iter().all(|quote| quote["speaker"] == "Ingrid Solheim"));
    let about = records(&["quotes", "about:indonesia", "--json"]);
    assert!(
        !about.is_empty() && about.iter().all(|quote| quote["quote"].as_str().unwrap().contains("Indonesia"))
    );
    let others = records(&["quotes", "solheim", "!by:solheim", "--json"]);
    assert!(!others.is_empty() && others.iter().all(|quote| quote["speaker"] != "Ingrid Solheim"));
    assert_eq!(by[0]["id"], records(&["search", "by:solheim", "--json"])[0]["id"]);
}

#[test]
fn names_and_figures_agree_with_the_articles() {
    let people = records(&["names", "--kind", "person", "--json", "c:kp"]);
    assert!(people.iter().all(|name| name["kind"] == "person"));
    assert!(people.is_sorted_by(|a, b| a["articles"].as_u64() >= b["articles"].as_u64()));
    let stats = lines(&["stats", "--csv", "c:kp"]);
    assert_eq!(stats[0], "figure,name,count,share");
    let articles = records(&["search", "--json", "c:kp"]).len();
    assert_eq!(stats[1], format!("total,articles,{articles},"));
    assert!(
        stats
            .iter()
            .any(|line| line.starts_with("country,Korea Utara,") || line.starts_with("country,North Korea,"))
    );
}

#[test]
fn the_exit_status_says_what_came_of_it() {
    let none = petik(&["search", "zzzzqqq"]);
    assert_eq!((none.status.code(), none.stdout.len(), none.stderr.len()), (Some(1), 0, 0));
    let wrong = petik(&["quotes", "korut after:kemarin"]);
    assert_eq!(wrong.status.code(), Some(2));
    let said = text(&wrong.stderr);
    assert!(said.ends_with("\n  korut after:kemarin\n              ^^^^^^^\n"), "{said}");
    assert_eq!(petik(&["names", "--in", "no such file"]).status.code(), Some(2));
    assert_eq!(petik(&["names", "--kind", "animal"]).status.code(), Some(2));
}

#[test]
fn every_form_limit_and_order_tells_the_same_rows() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let article = |n: u32, rest: &str| {
        format!(
            "{{\"title\":\"Rapat {n}\",\"text\":\"“Kami datang, \\\"ya\\\",” kata Ingrid Solheim di Oslo, Norwegia.\"{rest}}}\n"
        )
    };
    let articles = [
        article(1, ",\"outlet\":\"B, \\\"b\\\"\",\"date\":\"2025-07-02\""),
        article(2, ""),
        article(3, ",\"outlet\":\"A\",\"date\":\"2025-07-01T10:00:00+07:00\""),
    ];
    std::fs::write(&file, articles.concat()).unwrap();
    let within = [&[][..], &["--in", file.to_str().unwrap()]];
    let orders = [
        ("search", &["best", "newest", "oldest", "outlet", "title"][..]),
        ("quotes", &["best", "newest", "oldest", "speaker"]),
        ("names", &["articles", "quotes", "newest", "name"]),
        ("stats", &[]),
    ];
    let command_of = command;
    for (command, orders) in orders {
        for within in within {
            let run = |more: &[&str]| lines(&[&[command], more, within].concat());
            let all = run(&["--json"]);
            assert!(all.len() >= 3, "{command}: {all:?}");
            for order in orders {
                let mut sorted = run(&["--json", "--sort", order]);
                let first = run(&["--json", "--limit", "2", "--sort", order]);
                assert_eq!(first, sorted[..2], "{command} {order}");
                let plain = run(&["--sort", order]);
                assert_eq!(plain.len(), sorted.len(), "{command} {order}");
                sorted.sort();
                let mut all = all.clone();
                all.sort();
                assert!(sorted == all, "{command} {order}: the same rows");
            }
            // Of the figures it is so many of each, and the totals are always there.
            let limited = |most: usize| -> Vec<String> {
                let mut seen = std::collections::HashMap::new();
                let within = |line: &&String| {
                    let record: serde_json::Value = serde_json::from_str(line).unwrap();
                    let figure = record["figure"].as_str().unwrap_or_default().to_owned();
                    let many = seen.entry(figure.clone()).or_insert(0);
                    *many += 1;
                    *many <= most || figure == "total"
                };
                all.iter().filter(within).cloned().collect()
            };
            for limit in [0, 2, 1_000_000] {
                let want = limited(limit);
                assert_eq!(command == "stats" && limit < 3, want.len() > limit, "{command} {limit}");
                let (limit, most) = (limit.to_string(), want.len());
                let csv = petik(&[&[command, "--csv", "--limit", &limit], within].concat());
                assert_eq!(csv.status.code(), Some(0));
                let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
                let keys: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
                let record: serde_json::Value = serde_json::from_str(&all[0]).unwrap();
                assert!(
                    record.as_object().unwrap().keys().all(|key| keys.contains(key)),
                    "{keys:?} {record}"
                );
                assert_eq!(reader.records().map(Result::unwrap).count(), most, "{command} {limit}");
                assert_eq!(run(&["--json", "--limit", &limit]), want, "{command} {limit}");
                assert_eq!(run(&["--limit", &limit]).len(), most, "{command} {limit}");
            }
        }
        // Nothing found: 1, and no word but the head and the sums.
        for (form, head) in [("--json", 0), ("--csv", 1), ("--limit=5", 0)] {
            let none = petik(&[command, form, "zzzzqqq"]);
            assert_eq!((none.status.code(), none.stderr.len()), (Some(1), 0), "{command} {form}");
            let sums = if command == "stats" { 3 } else { 0 };
            assert_eq!(text(&none.stdout).lines().count(), head + sums, "{command} {form}");
        }
        for wrong in
            [&["--json", "--csv"][..], &["--limit", "x"], &["--limit=-1"], &["--sort", "x"], &["--what"]]
        {
            let refused = petik(&[&[command], wrong].concat());
            assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0), "{command} {wrong:?}");
            assert!(!refused.stderr.is_empty());
        }
        // A part that cannot be read: 1; nothing that can: 2. Each --in takes one path, and never the query.
        let part = petik(&[command, "--in", file.to_str().unwrap(), "--in", "no such file", "solheim"]);
        assert_eq!(part.status.code(), Some(1), "{command}");
        let asked = [command, "--in", file.to_str().unwrap(), "solheim"];
        let turned = [command, "solheim", "--in", file.to_str().unwrap()];
        let (asked, turned) = (petik(&asked), petik(&turned));
        assert_eq!((asked.status.code(), asked.stderr.len()), (Some(0), 0), "{command}");
        assert_eq!(asked.stdout, turned.stdout, "{command}");
        let spread = petik(&[command, "--in", file.to_str().unwrap(), file.to_str().unwrap()]);
        assert_eq!(spread.status.code(), Some(1), "{command}");
        assert!(text(&spread.stderr).contains("each path has its own --in"), "{}", text(&spread.stderr));
        assert_eq!(petik(&[command, "--in", "no such file"]).status.code(), Some(2), "{command}");
        // Whoever reads the first line alone is no error.
        let head = |arguments: &[&str]| {
            let mut running = command_of(arguments).stdout(Stdio::piped()).spawn().unwrap();
            let mut out = std::io::BufReader::new(running.stdout.take().unwrap());
            let mut line = String::new();
            std::io::BufRead::read_line(&mut out, &mut line).unwrap();
            drop(out);
            (running.wait().unwrap().code(), line.is_empty())
        };
        for form in ["--json", "--csv"] {
            assert_eq!(head(&[command, form]), (Some(0), false), "{command} {form}");
        }
    }
    let outlets: Vec<serde_json::Value> =
        records(&["search", "--json", "--sort", "outlet", "--in", file.to_str().unwrap()])
            .into_iter()
            .map(|article| article["outlet"].clone())
            .collect();
    assert_eq!(outlets, [serde_json::json!("A"), serde_json::json!("B, \"b\""), serde_json::Value::Null]);
}

/// What a wrong query is answered with.
fn refused(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = command(arguments).env("HOME", folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    text(&output.stderr)
}

#[test]
fn a_wrong_query_is_pointed_at() {
    let home = tempfile::tempdir().unwrap();
    for (line, said) in [
        (
            "persn:lavrov x",
            "petik: the query: persn: is no field; did you mean person:?\n  persn:lavrov x\n  ^^^^^^\n",
        ),
        (
            "x after:2025-13-01",
            "petik: the query: there is no month 13\n  x after:2025-13-01\n               ^^\n",
        ),
        ("\"ujung tom", "petik: the query: this quotation mark is not closed\n  \"ujung tom\n  ^^^^^^^^^^\n"),
        ("text:(a OR (b", "petik: the query: this bracket is not closed\n  text:(a OR (b\n             ^^\n"),
        ("text:(a)) b", "petik: the query: no bracket is open here\n  text:(a)) b\n          ^\n"),
        (
            "c:norwexia",
            "petik: the query: no country is called norwexia; did you mean Norwegia?\n  c:norwexia\n    ^^^^^^^^\n",
        ),
        (
            "lang:klingon",
            "petik: the query: expected a language such as id, en or german\n  lang:klingon\n       ^^^^^^^\n",
        ),
        ("person: x", "petik: the query: expected a name behind person:\n  person: x\n  ^^^^^^^\n"),
        (
            "x @nobody",
            "petik: the query: no search is saved as @nobody: none is saved yet; '@nobody looks for the word\n  x @nobody\n    ^^^^^^^\n",
        ),
    ] {
        for command in ["search", "quotes", "names", "stats"] {
            assert_eq!(refused(home.path(), &[command, line]), said);
        }
    }
}

#[test]
fn searches_are_saved_and_asked_again() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = command(arguments).env("HOME", home.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    };
    let library = home.path().join(".local/share/petik/library.db");
    let found = run(&["search", "--json", "c:kp"]);
    assert!(!library.exists(), "nothing is made before something is saved");
    assert_eq!(run(&["search", "--json", "c:kp", "--save", "Korea utara"]), found);
    assert!(library.exists());
    assert_eq!(run(&["search", "--json", "@\"korea utara\""]), found);
    let (all, inside, outside) = (
        run(&["search", "--json"]).lines().count(),
        run(&["search", "--json", "lavrov", "@\"korea utara\""]),
        run(&["search", "--json", "!@\"korea utara\""]).lines().count(),
    );
    assert_eq!(inside, run(&["search", "--json", "lavrov c:kp"]));
    assert_eq!(outside, all - found.lines().count());
    // A search within a search, left out as a whole.
    run(&["search", "@\"korea utara\" lavrov", "--save", "both"]);
    let without = run(&["search", "--json", "!@both"]).lines().count();
    assert_eq!(without, all - inside.lines().count());
    assert!(run(&["quotes", "@both", "--csv"]).lines().count() > 1);
    // Nothing is replaced unasked, and nothing asks for itself.
    let over = refused(home.path(), &["search", "c:ru", "--save", "KOREA UTARA"]);
    assert_eq!(over, "petik: @\"Korea utara\" is saved already (--force saves over it)\n");
    let circle = refused(home.path(), &["search", "@both", "--save", "Korea utara", "--force"]);
    assert!(circle.contains("asks for itself, by way of"), "{circle}");
    run(&["search", "c:ru", "--save", "korea utara", "--force"]);
    assert_eq!(run(&["search", "--json", "@\"korea utara\""]), run(&["search", "--json", "c:ru"]));
    assert!(refused(home.path(), &["search", "@bot"]).contains("did you mean @both?"));
    assert!(refused(home.path(), &["search", "--save", "empty"]).contains("expected a query to save"));
}

#[test]
fn articles_are_shown_by_their_ids() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| command(arguments).env("HOME", home.path()).output().unwrap();
    let found = |arguments: &[&str]| text(&run(arguments).stdout);
    let id = |query: &str| {
        let article: serde_json::Value = serde_json::from_str(&found(&["search", "--json", query])).unwrap();
        article["id"].as_str().unwrap().to_owned()
    };
    let one = id("korut lavrov");
    let plain = found(&["show", &one]);
    assert!(plain.contains("Menlu Rusia mengunjungi Wonsan") && plain.contains("Sergey Lavrov"), "{plain}");
    // From a library as from the sample, with all that is found in it.
    let record = run(&["show", "--json", &one]).stdout;
    let explained = found(&["show", "--explain", &one]);
    std::fs::write(home.path().join("one.jsonl"), &record).unwrap();
    let file = home.path().join("one.jsonl");
    assert_eq!(run(&["import", file.to_str().unwrap()]).status.code(), Some(0));
    let stored = id("lavrov");
    assert_eq!(text(&record), found(&["show", "--json", &stored]));
    assert_eq!(explained, found(&["show", "--explain", &stored]));
    let both = run(&["show", &stored, "0123456789abcdef", file.to_str().unwrap()]);
    assert_eq!(both.status.code(), Some(1));
    assert_eq!(text(&both.stdout).matches("Menlu Rusia mengunjungi Wonsan").count(), 2);
    assert!(text(&both.stderr).contains("0123456789abcdef"));
    assert_eq!(run(&["show", "0123456789abcdef"]).status.code(), Some(2));
}

#[test]
fn a_library_that_cannot_be_opened_is_told_and_nothing_is_answered_from_the_sample() {
    let home = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample");
    let run = |arguments: &[&str]| command(arguments).env("HOME", home.path()).output().unwrap();
    assert_eq!(run(&["import", sample]).status.code(), Some(0));
    let library = home.path().join(".local/share/petik/library.db");
    let good = std::fs::read(&library).unwrap();
    let id = records(&["search", "--json", "korut lavrov"])[0]["id"].as_str().unwrap().to_owned();
    let commands: [&[&str]; 6] = [
        &["search", "korut"],
        &["quotes", "korut"],
        &["names", "korut"],
        &["stats", "korut"],
        &["export", "korut", "--to", "json"],
        &["show", &id],
    ];
    for command in commands {
        assert_eq!(run(command).status.code(), Some(0), "{command:?}");
    }
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    for (bytes, what) in [
        (Some(newer), "newer petik (version 99"),
        (Some(good[..good.len() / 2].to_vec()), "is damaged"),
        (Some(b"not a database at all\n".repeat(20)), "is no library of petik"),
        (None, "is a directory"),
    ] {
        std::fs::remove_file(&library).unwrap();
        match bytes {
            Some(bytes) => std::fs::write(&library, bytes).unwrap(),
            None => std::fs::create_dir(&library).unwrap(),
        }
        for command in commands {
            let said = refused(home.path(), command);
            assert!(said.contains(what) && said.lines().count() == 1, "{command:?}: {said}");
        }
    }
    // What is asked of files has nothing to do with it.
    assert_eq!(run(&["search", "korut", "--in", sample]).status.code(), Some(0));
    assert_eq!(run(&["show", &id, sample]).status.code(), Some(1));
}

#[test]
fn shells_and_man_are_told_of_every_command_and_key() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = lines(&["completions", shell]).join("\n");
        for command in ["search", "quotes", "completions", "save"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    assert_eq!(petik(&["completions", "sh"]).status.code(), Some(2));
    let page = lines(&["man"]).join("\n");
    for heading in
        [".TH petik 1", ".SH COMMANDS", ".SS \"petik search\"", ".SH KEYS", ".SS \"In the filter line\""]
    {
        assert!(page.contains(heading), "{heading}: {page}");
    }
    for binding in petik::app::keymap::BINDINGS {
        let help = binding.help.split(['\'', '-']).next().unwrap();
        assert!(page.contains(help), "{help}");
    }
}

#[test]
fn csv_can_be_read_back() {
    let written = petik(&["quotes", "--csv"]);
    let mut reader = csv::Reader::from_reader(written.stdout.as_slice());
    let quotes = reader.records().map(Result::unwrap).count();
    assert_eq!(quotes, records(&["quotes", "--json"]).len());
}

#[test]
fn a_pipe_that_is_closed_early_is_no_error() {
    let mut running =
        command(&["quotes", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(running.stdout.take());
    let mut said = String::new();
    running.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(running.wait().unwrap().success() && said.is_empty(), "{said}");
}

#[test]
fn an_export_never_writes_over_a_file_unless_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("korut.html");
    let path = file.to_str().unwrap();
    assert_eq!(petik(&["export", "c:kp", "--to", "html", "-o", path]).status.code(), Some(0));
    let page = std::fs::read(&file).unwrap();
    assert!(text(&page).starts_with("<!DOCTYPE html>") && text(&page).contains("Lavrov"));
    let again = petik(&["export", "c:ru", "--to", "html", "-o", path]);
    assert_eq!((again.status.code(), std::fs::read(&file).unwrap()), (Some(2), page));
    assert!(text(&again.stderr).contains("is there already (--force writes over it)"));
    assert_eq!(petik(&["export", "c:ru", "--to", "md", "--force", "-o", path]).status.code(), Some(0));
    // The same of files in a folder; and a folder that is not there is named.
    for form in ["brat", "md"] {
        let into = format!("{}/{form}/", folder.path().display());
        let run = |more: &[&str]| petik(&[&["export", "c:kp", "--to", form, "-o", &into], more].concat());
        assert_eq!(run(&[]).status.code(), Some(0));
        let again = run(&[]);
        let said = text(&again.stderr);
        assert_eq!(again.status.code(), Some(2), "{form}: {said}");
        assert!(said.contains(&into) && said.contains("is there already (--force writes over it)"), "{said}");
        let files = || std::fs::read_dir(&into).unwrap().count();
        let before = files();
        assert_eq!((run(&["--force"]).status.code(), files()), (Some(0), before), "{form}");
    }
    let nowhere = format!("{}/none/x.json", folder.path().display());
    let output = petik(&["export", "c:kp", "--to", "json", "-o", &nowhere]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&nowhere) && said.contains("make the folder"), "{said}");
}

#[test]
fn an_export_of_nothing_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let left = || std::fs::read_dir(folder.path()).unwrap().count();
    for (form, name) in [("md", "none.md"), ("csv", "none.csv"), ("text", "none/"), ("brat", "brat/")] {
        let path = format!("{}/{name}", folder.path().display());
        let output = petik(&["export", "zzzqq", "--to", form, "-o", &path]);
        assert_eq!((output.status.code(), left()), (Some(1), 0), "{name}");
        let said = text(&output.stderr);
        assert!(said.contains(&path) && said.contains("nothing to export"), "{said}");
    }
    let quotes = folder.path().join("quotes.md");
    let quotes = quotes.to_str().unwrap();
    let output = petik(&["export", "by:zzzqq", "--quotes", "--to", "md", "-o", quotes]);
    assert_eq!((output.status.code(), left()), (Some(1), 0));
    // What is there and is told to be written over stays.
    std::fs::write(quotes, "x").unwrap();
    assert_eq!(petik(&["export", "zzzqq", "--to", "md", "--force", "-o", quotes]).status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(quotes).unwrap(), "x");
}

#[test]
fn an_export_into_a_folder_is_a_file_an_article_and_can_be_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let into = format!("{}/clips/", folder.path().display());
    assert_eq!(petik(&["export", "c:kp", "--to", "md", "-o", &into]).status.code(), Some(0));
    let titles = |arguments: &[&str]| {
        let mut titles: Vec<String> =
            records(arguments).iter().map(|article| article["title"].to_string()).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles(&["search", "--json", "--in", &into]), titles(&["search", "--json", "c:kp"]));
    assert_eq!(petik(&["export", "c:kp", "--to", "brat"]).status.code(), Some(2));
    let brat = format!("{}/brat/", folder.path().display());
    assert_eq!(petik(&["export", "c:kp", "--to", "brat", "-o", &brat]).status.code(), Some(0));
    assert!(std::fs::read_dir(&brat).unwrap().any(|file| file.unwrap().file_name() == "annotation.conf"));
}
