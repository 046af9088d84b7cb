//! The house as it is drawn in `src/lib.rs`, held against the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms and what each may import, besides itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("words", &["text"]),
    ("article", &["text", "words"]),
    ("load", &["text", "words", "article"]),
    ("annotate", &["text", "words", "article"]),
    ("search", &["text", "words", "article"]),
    ("export", &["text", "words", "article"]),
    ("library", &["text", "words", "article", "load", "annotate", "search"]),
    // What is cited and exported is chosen and named in `app`, and written by `runtime`.
    ("app", &["text", "words", "article", "load", "search", "export", "library"]),
    ("view", &["text", "words", "article", "search", "library", "app"]),
    // Files are written here: the screen's exports, and those of the command line.
    (
        "runtime",
        &["text", "words", "article", "load", "annotate", "search", "export", "library", "app", "view"],
    ),
    (
        "cli",
        &[
            "text", "words", "article", "load", "annotate", "search", "export", "library", "app", "view",
            "runtime",
        ],
    ),
    ("main.rs", &["cli"]),
    ("lib.rs", &[]),
];

/// External crates and the rooms that may use them.
const CRATES: &[(&str, &[&str])] = &[
    ("aho_corasick", &["annotate", "words", "search"]),
    ("chardetng", &["load"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crossterm", &["runtime"]),
    ("csv", &["export"]),
    ("encoding_rs", &["load"]),
    ("indicatif", &["cli"]),
    ("futures_util", &["runtime"]),
    ("fuzzy_matcher", &["search"]),
    ("html5gum", &["load"]),
    ("jiff", &["article", "load", "search", "library"]),
    ("lru", &["library"]),
    ("memchr", &["text", "words", "load", "annotate", "search", "app", "cli"]),
    ("notify", &["runtime"]),
    ("pulldown_cmark", &["load"]),
    ("ratatui", &["app", "view", "runtime"]),
    ("rayon", &["load", "search", "library", "runtime", "cli"]),
    ("rustix", &["runtime"]),
    ("serde", &["article", "load", "words", "library"]),
    ("serde_json", &["article", "load", "export", "library", "cli"]),
    ("rusqlite", &["library"]),
    ("thiserror", &["load", "search"]),
    ("tokio", &["runtime"]),
    ("toml", &["words"]),
    ("tui_input", &["app", "view"]),
    ("unicode_linebreak", &["text"]),
    ("unicode_normalization", &["text", "app"]),
    ("unicode_segmentation", &["text", "view"]),
    ("unicode_width", &["text"]),
    ("whatlang", &["annotate"]),
];

/// A file longer than this, tests not counted, is two rooms.
const MOST_LINES: usize = 400;

/// Files that have outgrown the cap and are being divided.
const GROWING: &[&str] = &[];

struct Source {
    path: PathBuf,
    room: String,
    /// The text without comments and without its tests.
    code: String,
    lines: usize,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let code = product.lines().map(|line| line.split("//").next().unwrap_or_default());
                let room = path.strip_prefix(&root).unwrap().iter().next().unwrap();
                found.push(Source {
                    room: room.to_string_lossy().into_owned(),
                    code: code.collect::<Vec<_>>().join("\n"),
                    lines: product.lines().count(),
                    path,
                });
            }
        }
    }
    assert!(found.len() > 30, "the sources were not found");
    found
}

/// The names that follow `prefix` in `code`, where it begins a path.
fn paths<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    code.match_indices(prefix)
        .filter(|(at, _)| {
            !code[..*at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$'))
        })
        .map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

#[test]
fn imports_point_down() {
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let allowed = rooms.get(source.room.as_str()).unwrap_or_else(|| panic!("no room {}", source.room));
        let mut used = paths(&source.code, "crate::");
        used.extend(paths(&source.code, "petik::"));
        for name in used {
            if name != source.room && rooms.contains_key(name) && !allowed.contains(&name) {
                wrong.push(format!("{} imports {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_stay_in_their_rooms() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let known: BTreeMap<&str, &[&str]> = CRATES.iter().copied().collect();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        let name = name.replace('-', "_");
        assert!(known.contains_key(name.as_str()), "{name} has no room: say in CRATES who may use it");
    }
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, rooms) in CRATES {
            let used = !paths(&source.code, &format!("{name}::")).is_empty();
            if used && !rooms.contains(&source.room.as_str()) {
                wrong.push(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_ratatui_the_application_knows_rectangles_alone() {
    for source in sources().iter().filter(|source| source.room == "app") {
        for line in source.code.lines().filter(|line| line.contains("ratatui::")) {
            assert!(line.contains("ratatui::layout::Rect"), "{}: {line}", source.path.display());
        }
    }
}

#[test]
fn only_words_reads_the_data() {
    for source in sources().iter().filter(|source| source.room != "words") {
        assert!(!source.code.contains("/data/"), "{} reads data/", source.path.display());
    }
}

#[test]
fn no_file_outgrows_its_cap() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| source.lines > MOST_LINES)
        .filter(|source| !GROWING.iter().any(|growing| source.path.ends_with(growing)))
        .map(|source| format!("{}: {} lines", source.path.display(), source.lines))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
