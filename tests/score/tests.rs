//! The scorer, scored.

use super::markup::parse;
use super::{Annotated, Calibration, Figure, OWN, Record, Sureness, Tally, Why};
use petik::article::Kind;

/// Two persons, a country, a place, an organisation, three quotations and a dateline.
const TEXT: &str = "id: a\nlang: id\ntitle: t\n\n\
    [D|[L:jkt|Jakarta] –] {d:P:ani;c=1|“[!|Kami] siap,”} <1|kata> [P:ani~t|Menteri] [P:ani|Ani Beta]. [P:ani~p|Ia] \
    <2|menyebut> [C:JP|Jepang] {f:P:ani;c=2|“mitra lama”}.\n\
    [P:ani|Beta] bertemu [P:budi|Budi Gama] dari [O:delta|Partai Delta]. {d:P:budi;c=3|“Ya,”} <3|ujar> [P:budi|Gama].";

fn gold() -> Record {
    parse(TEXT).unwrap()
}

fn scored(gold: &Record, found: Record, one_place: bool) -> Tally {
    let mut tally = Tally { one_place, ..Tally::default() };
    tally.add(gold, &Annotated::from(found));
    tally
}

fn figure(figure: Figure, found: Record) -> f64 {
    figure.of(&scored(&gold(), found, false)).unwrap()
}

#[test]
fn marks_are_read() {
    let record = gold();
    assert!(record.body.starts_with("Jakarta – “Kami siap,” kata Menteri Ani Beta. Ia menyebut"));
    let names: Vec<_> = record.entities.iter().map(|entity| (&*entity.id, &*entity.name)).collect();
    assert_eq!(names.first(), Some(&("place:jkt", "Jakarta")));
    assert_eq!(names.get(1), Some(&("person:ani", "Ani Beta")));
    assert_eq!(record.text(record.dateline.unwrap().unwrap()), "Jakarta –");
    let quotes = record.quotes.as_ref().unwrap();
    assert_eq!(quotes.len(), 3);
    assert_eq!(record.text(quotes[1].cue.unwrap()), "menyebut");
    assert_eq!(quotes[1].kind, "fragment");
}

#[test]
fn a_slip_in_the_marks_is_told() {
    for (slip, what) in [
        ("[P:ani|Ani", "never closed"),
        ("Ani]", "closes nothing"),
        ("{d:P:ani|“A.”>", "closes {"),
        ("[P:ani|Ani ]", "marks"),
        ("[X:ani|Ani]", "no kind"),
        ("[C:QQQ|Ani]", "no name"),
        ("[P:ani~z|Ani]", "no form"),
        ("{d:P:ani|“A.”}", "not mentioned"),
        ("{d:;c=1|“A.”}", "no cue 1"),
        ("<1|kata>", "of no quotation"),
    ] {
        let told = parse(&format!("id: a\nlang: id\ntitle: t\n\n{slip}")).err().unwrap_or_default();
        assert!(told.contains(what), "{slip}: {told}");
    }
}

#[test]
fn the_gold_itself_is_perfect() {
    for one_place in [false, true] {
        let tally = scored(&gold(), gold(), one_place);
        for figure in Figure::ALL {
            assert!(figure.of(&tally).is_none_or(|value| value == 1.0), "{}", figure.name());
        }
        assert_eq!(tally.failures(9), "");
    }
}

#[test]
fn nothing_is_worth_nothing() {
    let nothing = || Record { body: gold().body, ..Record::default() };
    for figure in Figure::ALL {
        assert!(figure.of(&scored(&gold(), nothing(), false)).is_none_or(|value| value == 0.0));
    }
}

#[test]
fn a_wrong_kind_counts_twice_unless_places_are_one() {
    let mut found = gold();
    let country = found.entities.iter_mut().find(|entity| entity.kind == Kind::Country).unwrap();
    country.kind = Kind::Place;
    assert_eq!(Figure::Names.of(&scored(&gold(), found, false)), Some(6.0 / 7.0));
    let mut found = gold();
    found.entities.iter_mut().find(|entity| entity.kind == Kind::Country).unwrap().kind = Kind::Place;
    assert_eq!(Figure::Names.of(&scored(&gold(), found, true)), Some(1.0));
}

#[test]
fn a_name_inside_a_name_is_not_wrong() {
    let mut found = gold();
    let delta = found.entities.last().unwrap().mentions[0].range;
    let line = format!(
        r#"{{"entities":[{{"id":"p","kind":"place","mentions":[{{"start":{},"end":{}}}]}}]}}"#,
        delta.start + 7,
        delta.end
    );
    found.entities.extend(Record::parse(&line).unwrap().entities);
    assert_eq!(figure(Figure::Names, found), 1.0);
}

#[test]
fn a_forbidden_name_is_told() {
    let mut found = gold();
    let line = r#"{"entities":[{"id":"p","kind":"place","mentions":[{"start":11,"end":15}]}]}"#;
    found.entities.extend(Record::parse(line).unwrap().entities);
    let tally = scored(&gold(), found, false);
    assert_eq!(tally.forbidden, 1);
    assert!(tally.failures(1).contains("must not be a name"), "{}", tally.failures(1));
}

#[test]
fn two_persons_in_one_cost_precision() {
    let mut found = gold();
    let budi = found.entities.iter().position(|entity| entity.id == "person:budi").unwrap();
    let mentions = found.entities.remove(budi).mentions;
    found.entities[1].mentions.extend(mentions);
    let tally = scored(&gold(), found, false);
    assert_eq!(Figure::Clusters.of(&tally), Some(2.0 / 3.0));
    assert!(tally.failures(0).contains("persons merged"));
}

#[test]
fn quotations_count_by_span_and_speakers_by_name() {
    let mut found = gold();
    let quotes = found.quotes.as_mut().unwrap();
    quotes[0].range.end -= 1;
    quotes[2].speaker = Some("person:ani".to_owned());
    let tally = scored(&gold(), found, false);
    assert_eq!((tally.quotes.right, tally.quotes.found, tally.quotes.gold), (2, 3, 3));
    assert_eq!(Figure::Speakers.of(&tally), Some(2.0 / 3.0));
}

#[test]
fn records_of_a_file_are_read() {
    let line = r#"{"id":"x","body":"“Ya,” kata Ani Beta.","quote_kinds":["direct"],"credit":null,
        "entities":[],"entities_unlabelled":true,
        "quotes":[{"start":0,"end":5,"alt":[[0,4]],"speaker_mention":{"start":11,"end":19}}]}"#;
    let gold = Record::parse(line).unwrap();
    assert!(!gold.entities_labelled() && gold.dateline.is_none() && gold.credit == Some(None));
    let found = r#"{"body":"“Ya,” kata Ani Beta.",
        "entities":[{"id":"p","kind":"person","name":"Ani Beta","mentions":[{"start":11,"end":19,"form":"name"}]}],
        "quotes":[{"start":0,"end":4,"speaker":"p"},{"start":6,"end":10,"kind":"fragment"}]}"#;
    let tally = scored(&gold, Record::parse(found).unwrap(), false);
    assert_eq!((tally.quotes.right, tally.quotes.found), (1, 1));
    assert_eq!(Figure::Speakers.of(&tally), Some(1.0));
}

#[test]
fn what_is_sure_is_told_beside_what_is_right() {
    let found = r#"{"body":"“Kami siap,” kata Ani Beta.","entities":[
        {"id":"p","kind":"person","name":"Ani Beta","mentions":[{"start":18,"end":26,"confidence":0.9}]},
        {"id":"q","kind":"person","name":"Kami","mentions":[{"start":1,"end":5,"confidence":0.9}]}],
        "quotes":[{"start":0,"end":12,"speaker":"p","confidence":0.35}]}"#;
    let gold =
        parse("id: a\nlang: id\ntitle: t\n\n{d:P:ani;c=1|“Kami siap,”} <1|kata> [P:ani|Ani Beta].").unwrap();
    let table = scored(&gold, Record::parse(found).unwrap(), false).table();
    assert!(table.contains("  0.90–0.95              50.0    (1 right of 2)\n"), "{table}");
    assert!(table.contains("  0.35–0.40             100.0    (1 right of 1)\n"), "{table}");
    assert!(table.contains("sure of quote           65.0 apart"), "{table}");
}

#[test]
fn a_table_of_shares_is_drawn_to_the_wider_ones() {
    let mut sure = Sureness::default();
    let why = Why { rule: "tagger".into(), link: "new-name".into(), weight: 84, ..Why::default() };
    for right in [true, true, false, true] {
        sure.add("person", "id", &why, Some(0.75), right);
    }
    assert!(sure.error(Some("person")).unwrap() < 1e-9 && sure.error(Some("place")).is_none());
    assert_eq!(sure.at_least(None, 0.75), (3, 4));
    assert_eq!(sure.at_least(None, 0.8), (0, 0));
    let mut calibration = Calibration::default();
    calibration.add("a", &sure.judged, 1.0, false);
    calibration.add("b", &sure.judged, OWN, false);
    let table = calibration.table();
    let row = |start: &str| table.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    // Six of 88 in a hundred and 4.5 of six; each narrower row is drawn to that.
    assert_eq!(row("*\tperson\t*"), "*\tperson\t*\t*\t*\t*\t6\t82");
    assert_eq!(row("*\tperson\ttagger\t*"), "*\tperson\ttagger\t*\t*\t*\t6\t78");
    assert_eq!(row("id\tperson\ttagger\t-\tnew-name\t84"), "id\tperson\ttagger\t-\tnew-name\t84\t6\t75");
}

#[test]
fn a_lost_mark_costs_little() {
    let mut tally = Tally::default();
    let gold = gold();
    tally.direct(&gold, &Annotated::afresh(&gold).unwrap()).unwrap();
    assert_eq!((tally.direct.right, tally.direct.gold), (2, 2), "{}", tally.failures(3));
    assert_eq!(tally.lost.gold, 2);
    assert_eq!(tally.lost.right, 2, "{}", tally.failures(3));
}
