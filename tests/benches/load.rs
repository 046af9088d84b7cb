//! How fast articles load, in bytes of their source: `cargo bench --bench load`.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use petik::load::{Event, Source, load};
use std::fmt::Write as _;
use std::ops::ControlFlow;

fn main() {
    divan::main();
}

const ARTICLES: usize = 20_000;

/// A body as newspapers have it, of about two kilobytes; `n` makes each another one.
fn paragraphs(n: usize) -> Vec<String> {
    (0..8)
        .map(|p| {
            format!(
                "“Kami tidak menunggu {n} kapal lagi,” kata Ingrid Solheim kepada wartawan di Pelabuhan Sape pada hari \
                 ke-{p} — sesudah rapat yang berlangsung empat jam dan diakhiri tanpa pernyataan bersama. Dua kapal \
                 lain menunggu cuaca reda."
            )
        })
        .collect()
}

fn record(n: usize, html: bool) -> String {
    let body = if html {
        format!("<div class='a'><p>{}</p></div>", paragraphs(n).join("</p>\n<p>"))
    } else {
        paragraphs(n).join("\n\n")
    };
    format!(
        "{{\"id\":\"article-{n:012}\",\"title\":\"Kapal ke-{n} menunggu di Sape\",\"body\":{body:?},\
         \"outlet\":\"Kabar Nusa\",\"published\":\"2025-07-12T16:40:00+09:00\",\"lang\":\"id\",\
         \"url\":\"https://kabar.example/{n}\"}}"
    )
}

fn run(bencher: Bencher, name: &str, text: String) {
    let length = text.len();
    let bytes: &'static [u8] = text.into_bytes().leak();
    let source = [Source::Memory { name: name.to_owned(), bytes: bytes.into() }];
    bencher.counter(BytesCount::new(length)).counter(ItemsCount::new(ARTICLES)).bench(|| {
        let mut articles = 0;
        load(&source, &mut |event| {
            articles += usize::from(matches!(event, Event::Loaded(_)));
            ControlFlow::Continue(())
        });
        assert_eq!(articles, ARTICLES);
    });
}

#[divan::bench(sample_count = 10)]
fn json_lines(bencher: Bencher) {
    let mut text = String::new();
    (0..ARTICLES).for_each(|n| writeln!(text, "{}", record(n, false)).unwrap_or_default());
    run(bencher, "a.jsonl", text);
}

#[divan::bench(sample_count = 10)]
fn json_list(bencher: Bencher) {
    let list: Vec<String> = (0..ARTICLES).map(|n| record(n, false)).collect();
    run(bencher, "a.json", format!("{{\"articles\": [{}]}}", list.join(",\n")));
}

#[divan::bench(sample_count = 10)]
fn json_lines_of_html(bencher: Bencher) {
    let mut text = String::new();
    (0..ARTICLES).for_each(|n| writeln!(text, "{}", record(n, true)).unwrap_or_default());
    run(bencher, "a.jsonl", text);
}
