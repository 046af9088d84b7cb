//! Every decision has its rule, and every rule is at work somewhere.

use crate::score::{golds, markup::several, wires};
use petik::annotate::annotate;
use petik::article::{Annotations, Article, Grounds, Rule};
use petik::load::{Event, Source, load};
use petik::words;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;

fn rules(found: &Annotations) -> impl Iterator<Item = Rule> {
    let mentions =
        found.entities.iter().flat_map(|entity| entity.mentions.iter().chain(&entity.title_mentions));
    let grounds = mentions.map(|mention| mention.grounds);
    grounds.chain(found.quotes.iter().map(|quote| quote.grounds)).flat_map(Grounds::rules)
}

#[test]
fn every_rule_decides_something_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen: BTreeMap<Rule, String> = BTreeMap::new();
    let mut records = golds().unwrap();
    records.extend(wires().unwrap());
    for language in ["de", "fr", "es", "pt", "nl", "ms"] {
        let path = root.join(format!("tests/languages/{language}.gold"));
        records.extend(several(&std::fs::read_to_string(path).unwrap()).unwrap());
    }
    for record in records {
        let mut article = Article::new(&record.title, &record.body);
        article.language = words::language(&record.lang);
        for rule in rules(&annotate(&article)) {
            seen.entry(rule).or_insert_with(|| record.id.clone());
        }
    }
    // Articles for what the others have no occasion for, and one that comes with its annotations.
    for fixture in ["tests/fixtures/annotated.jsonl", "tests/fixtures/rules.jsonl"] {
        load(&[Source::Path(root.join(fixture))], &mut |event| {
            if let Event::Loaded(loaded) = event {
                let found = loaded.annotations.unwrap_or_else(|| annotate(&loaded.article));
                seen.extend(rules(&found).map(|rule| (rule, fixture.to_owned())));
            }
            ControlFlow::Continue(())
        });
    }
    let idle: Vec<&str> =
        Rule::ALL.iter().filter(|rule| !seen.contains_key(rule)).map(|rule| rule.name()).collect();
    assert!(idle.is_empty(), "these rules decide nothing: {idle:?}");
}

#[test]
fn each_rule_it_prints_is_in_the_legend() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/karang-cenderawasih.md");
    let output = Command::new(env!("CARGO_BIN_EXE_petik")).args(["show", "--explain", sample]).output();
    let output = String::from_utf8(output.unwrap().stdout).unwrap();
    let named = output.lines().filter_map(|line| line.strip_suffix(']')?.rsplit_once('[')).map(|(_, n)| n);
    let named: Vec<&str> = named.flat_map(|names| names.split(", ")).collect();
    assert!(named.len() > 20, "{output}");
    for name in named {
        let rule = Rule::named(name).unwrap_or_else(|| panic!("no rule {name}"));
        let line = output.lines().find(|line| line.trim_start().split(' ').next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("{name} is not in the legend"));
        assert!(line.contains(rule.says()) && line.contains(rule.source()), "{line}");
    }
}

#[test]
fn records_carry_rules_when_asked() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/clinic-boat.txt");
    let show = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_petik")).args(arguments).arg(sample).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let plain = show(&["show", "--json"]);
    let explained = show(&["show", "--json", "--explain"]);
    assert!(!plain.contains("\"rule\":") && explained.contains("\"also\":\"tagger\""));
    assert!(explained.contains("\"link\":\"cue-then-subject\""), "{explained}");
}
