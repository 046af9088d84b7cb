//! The README says what the program does.

use std::fs;
use std::path::Path;
use std::process::Command;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

fn petik(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_petik")).args(arguments).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_keys_are_those_of_the_table() {
    let readme = readme();
    let (_, rest) = readme.split_once("<!-- keys").expect("the README has keys");
    let (_, rest) = rest.split_once("-->\n").unwrap();
    let (keys, _) = rest.split_once("<!-- /keys -->").unwrap();
    let table = petik(&["keys", "--markdown"]);
    assert_eq!(keys.trim(), table.trim(), "write the output of `petik keys --markdown` between the marks");
}

#[test]
fn the_commands_it_names_exist() {
    let help = petik(&["--help"]);
    for command in ["show", "annotate", "keys"] {
        assert!(readme().contains(&format!("petik {command}")) && help.contains(command), "{command}");
    }
}

#[test]
fn the_quotations_it_asks_for_are_in_the_sample() {
    let readme = readme();
    let (_, example) = readme.split_once(": petik quotes ").expect("the README asks for quotations");
    let asked: Vec<&str> = example.lines().next().unwrap().split(' ').collect();
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_petik"));
    command.env("XDG_DATA_HOME", home.path()).env("XDG_CACHE_HOME", home.path());
    let output = command.arg("quotes").args(&asked).output().unwrap();
    assert!(output.status.success() && !output.stdout.is_empty(), "petik quotes {}", asked.join(" "));
}

#[test]
fn its_files_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = readme();
    let targets = readme.match_indices("](").map(|(at, _)| &readme[at + 2..]);
    for target in targets.filter_map(|rest| rest.split(')').next()).filter(|target| !target.contains("://")) {
        assert!(root.join(target).exists(), "{target}");
    }
}
