//! Licences and duplicates of what petik is built from.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences that may stand in a program under MIT or Apache-2.0.
const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "0BSD",
    "CC0-1.0",
];

/// Crates that stand in the program in two versions, and why.
const TWICE: &[(&str, &str)] =
    &[("hashbrown", "whatlang 0.18 still takes 0.15"), ("foldhash", "comes with hashbrown")];

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

/// Whether one of the choices of an SPDX expression is allowed whole.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], "");
    expression.split(" AND ").all(|part| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn every_licence_is_allowed() {
    let text =
        cargo(&["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", &host()]);
    let metadata: Value = serde_json::from_str(&text).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "the dependencies were not found");
    let wrong: Vec<String> = packages
        .iter()
        .map(|package| (package["name"].to_string(), package["license"].as_str().unwrap_or("none")))
        .filter(|(_, licence)| !allowed(licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_crate_is_linked_twice() {
    let tree = cargo(&["tree", "--edges=normal,no-proc-macro", "--prefix=none", "--offline", "--locked"]);
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            versions.entry(name).or_default().insert(version);
        }
    }
    assert!(versions.len() > 50, "the dependencies were not found");
    let twice: Vec<String> = versions
        .iter()
        .filter(|(name, versions)| versions.len() > 1 && !TWICE.iter().any(|(known, _)| known == *name))
        .map(|(name, versions)| format!("{name}: {versions:?}"))
        .collect();
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}
