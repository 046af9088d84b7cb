use super::*;
use crate::article::{
    Annotations, Article, Confidence, Credit, Dateline, Entity, Form, Grounds, Kind, Mention, Quote,
    QuoteKind,
};
use crate::text::{Clean, Shape, Span, sanitise};
use crate::words::{Country, Language};
use proptest::prelude::*;
use serde_json::{Map, Value};

fn entity(id: &str, kind: Kind, name: &str, mentions: Vec<Mention>) -> Entity {
    let country = (kind == Kind::Country).then(|| Country::parse("NO").unwrap());
    Entity {
        id: id.into(),
        kind,
        name: name.into(),
        country,
        role: None,
        mentions,
        title_mentions: Vec::new(),
    }
}

fn mention(span: Span, form: Form, percent: u8) -> Mention {
    Mention { span, form, confidence: Confidence::percent(percent), grounds: Grounds::GIVEN }
}

fn find(body: &str, part: &str) -> Span {
    let start = body.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn example(clean: &str) -> Annotations {
    let sol = find(clean, "Sol");
    let mut annotations = Annotations::empty(Language::INDONESIAN);
    annotations.dateline = Some(Dateline { span: find(clean, "Oslo –"), place: Some(1), outlet: None });
    annotations.credit = Some(Credit { span: find(clean, "Sumber: NTB"), source: None });
    annotations.entities = vec![
        entity("person:sol", Kind::Person, "Sol", vec![mention(sol, Form::Name, 97)]),
        entity("place:oslo", Kind::Place, "Oslo", vec![mention(find(clean, "Oslo"), Form::Name, 90)]),
        entity("country:no", Kind::Country, "Norwegia", vec![]),
        entity("organisation:tass", Kind::Organisation, "Tass", vec![]),
    ];
    annotations.quotes = vec![Quote {
        parts: vec![find(clean, "“Ya,”"), find(clean, "“baik.”")],
        kind: QuoteKind::Direct,
        speaker: Some(0),
        cue: Some(find(clean, "kata")),
        relay: Some(3),
        confidence: Confidence::percent(95),
        grounds: Grounds::GIVEN,
    }];
    annotations
}

#[test]
fn a_record_is_written_as_documented() {
    let line = r#"{"x": 1.50,"title":"t","entities":[],"body":"Oslo – \u001b[1m“Ya,” kata Sol, “baik.”\n😀\nSumber: NTB","lang":"id","big":123456789012345678901234567890}"#;
    let fields = Fields::parse(line).unwrap();
    let body = fields.text("body").unwrap();
    let clean = sanitise(&body, Shape::Lines);
    let written = write(&fields, &body, &clean, &example(&clean.text));
    assert_eq!(
        written,
        concat!(
            r#"{"x":1.50,"title":"t","body":"Oslo – \u001b[1m“Ya,” kata Sol, “baik.”\n😀\nSumber: NTB","lang":"id","#,
            r#""big":123456789012345678901234567890,"annotator":"petik "#,
            env!("CARGO_PKG_VERSION"),
            r#"","dateline":{"start":0,"end":6,"place":"place:oslo"},"credit":{"start":37,"end":48},"#,
            r#""entities":[{"id":"person:sol","kind":"person","name":"Sol","mentions":[{"start":22,"end":25,"confidence":0.97}]},"#,
            r#"{"id":"place:oslo","kind":"place","name":"Oslo","mentions":[{"start":0,"end":4,"confidence":0.9}]},"#,
            r#"{"id":"organisation:tass","kind":"organisation","name":"Tass","mentions":[]}],"#,
            r#""quotes":[{"start":11,"end":34,"kind":"direct","speaker":"person:sol","cue":{"start":17,"end":21},"confidence":0.95,"#,
            r#""relay":"organisation:tass","parts":[{"start":11,"end":16},{"start":27,"end":34}]}]}"#,
        )
    );
}

#[test]
fn what_is_not_printable_is_escaped() {
    let line = "{\"body\":\"a\u{7f}\u{202e}b\u{200b}\u{e0041}é\u{301}👨\u{200d}👩\",\t\"k\u{85}\":\t[ 1 ]}";
    let fields = Fields::parse(line).unwrap();
    let body = fields.text("body").unwrap();
    let clean = sanitise(&body, Shape::Lines);
    let written = write(&fields, &body, &clean, &Annotations::empty(Language::ENGLISH));
    let escaped = r#"{"body":"a\u007f\u202eb\u200b\udb40\udc41é"#.to_owned()
        + "\u{301}"
        + r#"👨\u200d👩","k\u0085":[ 1 ],"#;
    assert!(written.starts_with(&escaped), "{written}");
    let back: Map<String, Value> = serde_json::from_str(&written).unwrap();
    assert_eq!(back["body"], body);
}

#[test]
fn odd_fields_pass_through() {
    let deep = format!(
        "{{\"d\":{}{},\"n\":1e999,\"s\":\"\\ud800\",\"a\":1,\"a\":2}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let written = write(
        &Fields::parse(&deep).unwrap(),
        "",
        &Clean { text: String::new(), origin: Default::default() },
        &Annotations::empty(Language::ENGLISH),
    );
    assert!(written.starts_with(deep.strip_suffix('}').unwrap()));
    assert!(Fields::parse("[1]").is_err());
    assert!(Fields::parse("{} {}").is_err());
}

#[test]
fn an_article_is_a_line() {
    let mut article = Article::new("t", "b");
    article.outlet = Some("Kabar".into());
    article.tags = vec!["a".into()];
    let line = line(&article, &Annotations::empty(Language::ENGLISH));
    let start = format!(
        r#"{{"id":"{}","title":"t","body":"b","lang":"en","outlet":"Kabar","tags":["a"],"annotator""#,
        article.id
    );
    assert!(line.starts_with(&start), "{line}");
}

#[test]
fn what_does_not_fit_is_left_out() {
    let record = serde_json::json!({
        "annotator": "x", "lang": "id", "dateline": {"start": 3, "end": 900}, "credit": 4,
        "entities": [
            {"id": "person:a", "kind": "person", "name": "A", "mentions": [{"start": 0, "end": 1}, {"start": 1, "end": 1}, {"start": 9, "end": 10}, {"start": -1, "end": 2}, 7]},
            {"id": "person:b", "kind": "person", "name": "B", "mentions": []},
            {"id": "person:c", "kind": "person", "name": "C", "mentions": []},
            {"id": "x", "kind": "thing", "name": "X", "mentions": [{"start": 0, "end": 1}]},
            {"id": "country:no", "kind": "country", "name": "N", "mentions": [{"start": 2, "end": 3, "form": "nested", "confidence": 7}]}
        ],
        "quotes": [{"start": 1, "end": 0}, {"start": 0, "end": 3, "speaker": "person:b", "kind": "fragment"}, {"speaker": "person:a"}, null]
    });
    let body = "A b";
    let annotations = read(record.as_object().unwrap(), body, &sanitise(body, Shape::Lines)).unwrap();
    assert_eq!(annotations.dateline, None);
    assert_eq!(annotations.credit, None);
    let ids: Vec<&str> = annotations.entities.iter().map(|entity| entity.id.as_str()).collect();
    assert_eq!(ids, ["person:a", "person:b", "country:no"]);
    assert_eq!(annotations.entities[0].mentions.len(), 1);
    assert_eq!(annotations.entities[2].country.unwrap().as_str(), "NO");
    assert_eq!(annotations.entities[2].mentions[0].form, Form::Nested);
    assert_eq!(annotations.entities[2].mentions[0].confidence, Confidence(100));
    assert_eq!(annotations.quotes.len(), 1);
    assert_eq!((annotations.quotes[0].speaker, annotations.quotes[0].kind), (Some(1), QuoteKind::Fragment));
    assert_eq!(
        read(serde_json::json!({"quotes": []}).as_object().unwrap(), body, &sanitise(body, Shape::Lines)),
        None
    );
}

/// A raw body with all that sanitising removes, and annotations of spans of the clean one.
fn annotated() -> impl Strategy<Value = (String, Annotations)> {
    let body = "[a-z“” \u{e9}\u{301}\u{1f600}\u{1b}\u{200d}\u{202e}\u{e0041}\r\n\t]{1,60}";
    (body, proptest::collection::vec((0usize..60, 1usize..8, 0u8..5), 1..8)).prop_map(|(body, cuts)| {
        let clean = sanitise(&body, Shape::Lines).text;
        let bounds: Vec<usize> = clean.char_indices().map(|(at, _)| at).chain([clean.len()]).collect();
        let mut annotations = Annotations::empty(Language::ENGLISH);
        for (n, &(start, length, kind)) in cuts.iter().enumerate() {
            let (Some(&from), Some(&to)) = (bounds.get(start), bounds.get(start + length)) else { continue };
            let span = Span::new(from, to);
            let forms = [Form::Name, Form::Title, Form::Pronoun, Form::Nested, Form::Adjective];
            let index = annotations.entities.len();
            annotations.entities.push(entity(
                &format!("person:{n}"),
                Kind::Person,
                "N",
                vec![mention(span, forms[usize::from(kind)], kind * 20)],
            ));
            annotations.quotes.push(Quote {
                parts: vec![span],
                kind: QuoteKind::Direct,
                speaker: Some(index),
                cue: Some(span),
                relay: None,
                confidence: Confidence::percent(57),
                grounds: Grounds::GIVEN,
            });
            annotations.dateline = Some(Dateline { span, place: Some(index), outlet: None });
        }
        annotations.quotes.sort_by_key(|quote| (quote.span().start, std::cmp::Reverse(quote.span().end)));
        (body, annotations)
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read((body, annotations) in annotated()) {
        let clean = sanitise(&body, Shape::Lines);
        let mut fields = Fields::default();
        fields.push("body", &body);
        fields.push("lang", &"en");
        let line = write(&fields, &body, &clean, &annotations);
        let clean_line = sanitise(&line, Shape::Lines).text;
        prop_assert!(line == clean_line, "{:?}", line);
        let record: Map<String, Value> = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(&record["body"], &body);
        let back = read(&record, &body, &clean).unwrap();
        prop_assert_eq!(&back.entities, &annotations.entities);
        prop_assert_eq!(&back.dateline, &annotations.dateline);
        let parts = |quotes: &[Quote]| quotes.iter().map(|quote| quote.parts.clone()).collect::<Vec<_>>();
        prop_assert_eq!(parts(&back.quotes), parts(&annotations.quotes));
        // Offsets are what Python would cut.
        let points: Vec<char> = body.chars().collect();
        for (value, entity) in record["entities"].as_array().unwrap().iter().zip(&annotations.entities) {
            let offset = |key: &str| usize::try_from(value["mentions"][0][key].as_u64().unwrap()).unwrap();
            let cut: String = points[offset("start")..offset("end")].iter().collect();
            prop_assert_eq!(sanitise(&cut, Shape::Lines).text, entity.mentions[0].span.of(&clean.text));
        }
    }
}
