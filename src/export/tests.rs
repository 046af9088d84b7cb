//! What is written can be read back, by petik or by whoever knows the form.

use super::*;
use crate::annotate::annotate;
use crate::article::Link;
use crate::load::{self, Event, Source};
use crate::text::{Shape, Span, sanitise, sanitise_line};
use crate::words::SAMPLE;
use proptest::prelude::*;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;

fn load(name: &str, text: &str) -> Vec<Article> {
    let mut articles = Vec::new();
    let source = Source::Memory { name: name.to_owned(), bytes: Cow::Owned(text.as_bytes().to_vec()) };
    load::load(&[source], &mut |event| {
        if let Event::Loaded(loaded) = event {
            articles.push(loaded.article);
        }
        ControlFlow::Continue(())
    });
    articles
}

fn sample() -> Vec<(Article, Annotations)> {
    let articles = SAMPLE.iter().flat_map(|(name, text)| load(name, text));
    articles.map(|article| (article.clone(), annotate(&article))).collect()
}

fn whole<'a>((article, annotations): &'a (Article, Annotations)) -> Piece<'a> {
    Piece { article, annotations, quote: None }
}

/// Part of a text by code points.
fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn markdown_is_read_back() {
    for known in sample() {
        let read = load("a.md", &piece(Format::Markdown, &whole(&known)));
        let (article, annotations) = &known;
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].body, article.body);
        assert_eq!((&read[0].title, &read[0].outlet), (&article.title, &article.outlet));
        assert_eq!((read[0].published, &read[0].url), (article.published, &article.url));
        assert_eq!(read[0].language, Some(annotations.language));
    }
}

#[test]
fn json_is_read_back_with_its_annotations() {
    for known in sample() {
        let line = piece(Format::Json, &whole(&known));
        let mut back = None;
        let source = Source::Memory { name: "a.jsonl".to_owned(), bytes: Cow::Owned(line.into_bytes()) };
        load::load(&[source], &mut |event| {
            if let Event::Loaded(loaded) = event {
                back = Some(loaded);
            }
            ControlFlow::Continue(())
        });
        let back = back.unwrap();
        assert_eq!(back.article.body, known.0.body);
        let found = back.annotations.unwrap();
        let spans = |known: &Annotations| {
            known.quotes.iter().map(|quote| (quote.parts.clone(), quote.speaker)).collect::<Vec<_>>()
        };
        assert_eq!(spans(&found), spans(&known.1));
    }
}

#[test]
fn csv_is_read_back_by_a_reader_of_csv() {
    let known = sample();
    let mut text = head(Format::Csv, true, "");
    let mut words = Vec::new();
    for known in &known {
        for (at, quote) in known.1.quotes.iter().enumerate() {
            let of = Piece { quote: Some(at), ..whole(known) };
            text += &piece(Format::Csv, &of);
            words.push(of.words(quote));
        }
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), &QUOTE[..]);
    let read: Vec<String> = reader.records().map(|record| record.unwrap()[3].to_owned()).collect();
    assert_eq!(read, words);
}

/// "404-443; 490-518" in CSV, the same as numbers in JSON: each piece of a quotation by itself.
#[test]
fn tables_say_where_each_part_of_a_quotation_stands() {
    let mut split = 0;
    for known in sample() {
        for (at, quote) in known.1.quotes.iter().enumerate() {
            let of = Piece { quote: Some(at), ..whole(&known) };
            let body = |start: usize, end: usize| -> String {
                known.0.body.chars().skip(start).take(end - start).collect()
            };
            let json: Value = serde_json::from_str(&piece(Format::Json, &of)).unwrap();
            let number = |value: &Value| value.as_u64().unwrap() as usize;
            let parts = json["parts"].as_array().unwrap();
            let said: Vec<String> =
                parts.iter().map(|part| body(number(&part[0]), number(&part[1]))).collect();
            assert_eq!(said.join(" … "), of.words(quote));
            let line = piece(Format::Csv, &of);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let row = reader.records().last().unwrap().unwrap();
            let cell = row.get(QUOTE.iter().position(|name| *name == "parts").unwrap()).unwrap();
            let said: Vec<String> = cell
                .split("; ")
                .map(|part| part.split_once('-').unwrap())
                .map(|(start, end)| body(start.parse().unwrap(), end.parse().unwrap()))
                .collect();
            assert_eq!(said.join(" … "), of.words(quote));
            split += usize::from(parts.len() > 1);
        }
    }
    assert!(split > 0);
}

#[test]
fn prose_says_where_a_quotation_stands() {
    for known in sample() {
        for (at, quote) in known.1.quotes.iter().enumerate() {
            let of = Piece { quote: Some(at), ..whole(&known) };
            for format in [Format::Markdown, Format::Text, Format::Html] {
                let written = piece(format, &of);
                let (_, places) = written.rsplit_once("characters ").unwrap();
                let places = places.split(['\n', '<']).next().unwrap();
                let said: Vec<String> = places
                    .split(", ")
                    .map(|place| place.split_once('–').unwrap())
                    .map(|(start, end)| (start.parse::<usize>().unwrap(), end.parse::<usize>().unwrap()))
                    .map(|(start, end)| known.0.body.chars().skip(start).take(end - start).collect())
                    .collect();
                assert_eq!(said.join(" … "), of.words(quote));
            }
        }
    }
}

#[test]
fn spacy_takes_the_offsets() {
    for known in sample() {
        let document: Value = serde_json::from_str(&piece(Format::Spacy, &whole(&known))).unwrap();
        let text = document["text"].as_str().unwrap();
        let mut behind = 0;
        for ent in document["ents"].as_array().unwrap() {
            assert!(ent["start"].as_u64().unwrap() >= behind, "displaCy wants no overlaps");
            behind = ent["end"].as_u64().unwrap();
            assert!(!slice(text, &ent["start"], &ent["end"]).trim().is_empty());
        }
        let quotes = document["quotes"].as_array().unwrap();
        assert_eq!(quotes.len(), known.1.quotes.len());
        for (quote, of) in quotes.iter().zip(&known.1.quotes) {
            let parts: Vec<String> = quote["spans"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| slice(text, &part["start"], &part["end"]))
                .collect();
            assert_eq!(parts.join(" … "), whole(&known).words(of));
        }
    }
}

#[test]
fn brat_takes_the_standoff() {
    for known in sample() {
        let text = standoff(&whole(&known));
        let body: Vec<char> = known.0.body.chars().collect();
        let mut marks = HashSet::new();
        for line in text.lines().filter(|line| line.starts_with('T')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (_, ranges) = cells[1].split_once(' ').unwrap();
            let words: Vec<String> = ranges
                .split(';')
                .map(|range| {
                    let (start, end) = range.split_once(' ').unwrap();
                    body[start.parse().unwrap()..end.parse().unwrap()].iter().collect()
                })
                .collect();
            assert_eq!(words.join(" "), cells[2]);
            assert!(marks.insert(cells[0].to_owned()));
        }
        let mentions: usize = known.1.entities.iter().map(|entity| entity.mentions.len()).sum();
        assert_eq!(marks.len(), mentions + known.1.quotes.len());
        for line in text.lines().filter(|line| line.starts_with(['R', 'A', '*', '#'])) {
            let named = line
                .split(['\t', ' ', ':'])
                .filter(|word| word.strip_prefix('T').is_some_and(|number| number.parse::<u32>().is_ok()));
            assert!(
                named.clone().count() > 0 && named.into_iter().all(|mark| marks.contains(mark)),
                "{line}"
            );
        }
    }
}

#[test]
fn web_annotations_select_what_they_say() {
    for known in sample() {
        let page: Value = serde_json::from_str(&piece(Format::W3c, &whole(&known))).unwrap();
        assert_eq!(
            (page["@context"].as_str(), page["type"].as_str()),
            (Some("http://www.w3.org/ns/anno.jsonld"), Some("AnnotationPage"))
        );
        for item in page["items"].as_array().unwrap() {
            let target = &item["target"];
            let targets = target.as_array().cloned().unwrap_or_else(|| vec![target.clone()]);
            for target in targets {
                let [position, quote] = [&target["selector"][0], &target["selector"][1]];
                assert_eq!(
                    slice(&known.0.body, &position["start"], &position["end"]),
                    quote["exact"].as_str().unwrap()
                );
            }
        }
    }
}

/// The text of a page: what is left without its tags.
fn bare(page: &str) -> String {
    let mut text = String::new();
    for (at, part) in page.split('<').enumerate() {
        text += if at == 0 { part } else { part.split_once('>').unwrap().1 };
    }
    for (entity, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, letter);
    }
    text
}

#[test]
fn a_page_holds_the_whole_text_and_every_speaker() {
    for known in sample() {
        let page = piece(Format::Html, &whole(&known));
        let mut text = bare(&page);
        let mut speakers: Vec<String> =
            known.1.quotes.iter().map(|quote| whole(&known).speaker(quote)).collect();
        speakers.retain(|speaker| !speaker.is_empty());
        for speaker in speakers {
            text = text.replace(&format!(" [{speaker}]"), "");
        }
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(words(&text).ends_with(&words(&known.0.body)), "{}", known.0.title);
    }
}

proptest! {
    #[test]
    fn links_are_read_back(
        words in prop::collection::vec("[a-zé北*_\\[\\]()<>&!#\\\\`.1-]{1,6}", 1..12),
        linked in prop::collection::vec(any::<bool>(), 12),
        breaks in prop::collection::vec(0usize..6, 12),
        tail in "[a-z0-9/()&;<>\\\\?=*_é-]{0,12}",
    ) {
        let (mut body, mut links) = ("Teks".to_owned(), Vec::new());
        for ((word, linked), breaks) in words.iter().zip(linked).zip(breaks) {
            body.push_str(if breaks == 0 { "\n\n" } else { " " });
            if linked {
                let span = Span::new(body.len(), body.len() + word.len());
                links.push(Link { span, address: format!("https://kabar.example/{tail}") });
            }
            body.push_str(word);
        }
        let mut article = Article::new("Judul", &body);
        article.links = Link::fitting(links, &body);
        let known = (article.clone(), annotate(&article));
        for (name, format) in [("a.jsonl", Format::Json), ("a.md", Format::Markdown)] {
            let read = load(name, &piece(format, &whole(&known)));
            // References are followed as pages spell them.
            let spelt = |link: &Link| Link { address: link.address.replace('<', "%3C").replace('>', "%3E"), ..link.clone() };
            prop_assert_eq!(&read[0].body, &body);
            prop_assert_eq!(&read[0].links, &article.links.iter().map(spelt).collect::<Vec<_>>());
        }
        let page = piece(Format::Html, &whole(&known));
        prop_assert!(bare(&page).contains(&words[0]));
        prop_assert_eq!(page.matches("<a ").count(), page.matches("</a>").count());
    }

    #[test]
    fn any_article_is_written_in_any_form(
        title in "\\PC{1,40}|<script>|\"&'<>",
        body in "[“”\"<>&'*_\\[\\]#\\-a-zA-ZÅ北 .\n|=]{0,200}",
    ) {
        let title = sanitise_line(&title);
        prop_assume!(!title.is_empty());
        let body = sanitise(&body, Shape::Lines).text;
        let article = Article::new(&title, &body);
        let known = (article.clone(), annotate(&article));
        for (_, format) in Format::ALL {
            let text = head(format, false, &title) + &piece(format, &whole(&known)) + foot(format);
            prop_assert!(text.ends_with('\n') || text.is_empty());
            if format == Format::Html {
                prop_assert!(!text.contains("<script"));
            }
            if matches!(format, Format::Json | Format::Spacy | Format::W3c) {
                prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
            }
            for at in 0..known.1.quotes.len() {
                piece(format, &Piece { quote: Some(at), ..whole(&known) });
            }
        }
        let name = file_name(&article);
        prop_assert!(name.len() < 120 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    }
}
