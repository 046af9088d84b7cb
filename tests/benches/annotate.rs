//! The annotator's speed, beside one bare Aho-Corasick pass over the same bytes: `cargo bench --bench annotate`.

#![expect(clippy::unwrap_used, reason = "a bench fails loudly")]

use aho_corasick::AhoCorasick;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use petik::annotate::annotate;
use petik::article::Article;
use petik::words::Language;

fn main() {
    divan::main();
}

/// The bodies of our own annotated articles without their marks, over and over, to about a megabyte a language.
fn articles(language: &str) -> Vec<Article> {
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

#[divan::bench(args = ["id", "en"])]
fn bare_aho_corasick(bencher: Bencher, language: &str) {
    let articles = articles(language);
    let words =
        ["Indonesia", "Norwegia", "Norway", "“", "”", "kata", "said", "ujarnya", "Menteri", "Minister"];
    let automaton = AhoCorasick::new(words).unwrap();
    bencher.counter(bytes(&articles)).bench_local(|| {
        articles.iter().map(|article| automaton.find_iter(&article.body).count()).sum::<usize>()
    });
}

/// The worst inputs: marks without end, one endless line, names and nothing else.
#[divan::bench(args = ["“", "kata ia ", "Ani Budi, ", "“A,” kata Ani. "])]
fn worst(bencher: Bencher, piece: &str) {
    let article = Article::new("", &piece.repeat(1_000_000 / piece.len()));
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
