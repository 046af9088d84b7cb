//! The annotator's speed, beside one bare Aho-Corasick pass for the names of the gazetteer over the same bytes:
//! `cargo bench --bench annotate`. With `NEWS=FILE.jsonl` on other news than our own annotated articles.
//!
//! The worst inputs run at two lengths: what is linear has the same throughput at both.

#![expect(clippy::unwrap_used, reason = "a bench fails loudly")]

use aho_corasick::{AhoCorasick, MatchKind};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use petik::annotate::{annotate, skim};
use petik::article::Article;
use petik::words::Language;

fn main() {
    divan::main();
}

/// The bodies of our own annotated articles without their marks, over and over, to about a megabyte a language; or what
/// is in the file that `NEWS` names, to about four.
fn articles(language: &str) -> Vec<Article> {
    if let Ok(path) = std::env::var("NEWS") {
        return news(&path, language);
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold");
    let mut found = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let source = std::fs::read_to_string(path).unwrap();
        let Some((head, body)) = source.split_once("\n\n") else { continue };
        if !head.contains(&format!("lang: {language}\n")) {
            continue;
        }
        let mut plain = String::new();
        let mut rest = body;
        while let Some(at) = rest.find(['[', '{', '<', ']', '}', '>']) {
            let (text, mark) = rest.split_at(at);
            plain.push_str(text);
            rest = if mark.starts_with([']', '}', '>']) {
                mark.get(1..).unwrap_or_default()
            } else {
                mark.split_once('|').map_or("", |(_, behind)| behind)
            };
        }
        plain.push_str(rest);
        let mut article = Article::new("", &plain);
        article.language = Language::parse(language);
        found.push(article);
    }
    let once: usize = found.iter().map(|article| article.body.len()).sum();
    let times = (1_000_000 / once.max(1)).max(1);
    found.iter().cycle().take(found.len() * times).cloned().collect()
}

fn news(path: &str, language: &str) -> Vec<Article> {
    let mut length = 0;
    let articles = std::fs::read_to_string(path).unwrap();
    let articles = articles.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    articles
        .filter(|record| record.get("lang").is_some_and(|lang| lang == language))
        .map(|record| {
            let body = record.get("body").and_then(serde_json::Value::as_str);
            let mut article = Article::new("", body.unwrap_or_default());
            article.language = Language::parse(language);
            article
        })
        .take_while(|article| {
            length += article.body.len();
            length < 4_000_000
        })
        .collect()
}

fn bytes(articles: &[Article]) -> BytesCount {
    BytesCount::new(articles.iter().map(|article| article.body.len()).sum::<usize>())
}

#[divan::bench(args = ["id", "en"])]
fn everything(bencher: Bencher, language: &str) {
    let articles = articles(language);
    bencher
        .counter(bytes(&articles))
        .bench_local(|| articles.iter().map(|article| annotate(article).quotes.len()).sum::<usize>());
}

/// Quotation marks and the gazetteer alone.
#[divan::bench(args = ["id", "en"])]
fn quotes_and_gazetteer(bencher: Bencher, language: &str) {
    let articles = articles(language);
    bencher
        .counter(bytes(&articles))
        .bench_local(|| articles.iter().map(|article| skim(article).1).sum::<usize>());
}

/// All names of the gazetteers' lists, and quotation marks.
fn names() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/gazetteer");
    let mut names = vec!["“".to_owned(), "”".to_owned(), "\"".to_owned()];
    for (file, column) in
        [("places", 0), ("organisations", 0), ("given-names", 0), ("surnames", 0), ("countries", 3)]
    {
        let lines = std::fs::read_to_string(format!("{folder}/{file}.tsv")).unwrap();
        let rows = lines.lines().filter(|line| !line.starts_with('#'));
        names.extend(rows.filter_map(|row| row.split('\t').nth(column)).map(str::to_owned));
    }
    names
}

#[divan::bench(args = ["id", "en"])]
fn bare_aho_corasick(bencher: Bencher, language: &str) {
    let articles = articles(language);
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names()).unwrap();
    bencher.counter(bytes(&articles)).bench_local(|| {
        articles.iter().map(|article| automaton.find_iter(&article.body).count()).sum::<usize>()
    });
}

/// Marks without end, one endless line, names and nothing else, at half a megabyte and at two.
#[divan::bench(
    args = ["“", "’", "(", "A", "7", "Ani ", "kata ia ", "Ani Budi, ", "“A,” kata Ani. ", "é", "{}", "North Korea, Ani Budi, the North, "],
    consts = [500_000, 2_000_000],
    sample_count = 10
)]
fn worst<const LENGTH: usize>(bencher: Bencher, piece: &str) {
    let body = if piece == "{}" {
        // Names of which no two are the same.
        (0..LENGTH / 13).map(|n| format!("Ani{n:x} Bu{n:x}. ")).collect()
    } else {
        piece.repeat(LENGTH / piece.len())
    };
    let article = Article::new("", &body);
    bencher.counter(BytesCount::new(article.body.len())).bench_local(|| annotate(&article).quotes.len());
}

/// The keys of ten thousand names of persons.
#[divan::bench]
fn identities(bencher: Bencher) {
    let table = include_str!("../identity.tsv").lines().filter(|line| line.contains("\tperson\t"));
    let names: Vec<&str> = table.flat_map(|line| line.split('\t').skip(2)).cycle().take(10_000).collect();
    bencher
        .counter(ItemsCount::new(names.len()))
        .bench_local(|| names.iter().map(|name| petik::words::identity::person(name).len()).sum::<usize>());
}
