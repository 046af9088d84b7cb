//! Which countries the articles of a filter leave out: an order of the countries, and the way on from there.

use crate::shelf::{model, press, send};
use petik::app::{Answer, Card, Context, Effect, Message, Model, Order, Subject, View};
use petik::library::Missed;

/// A model in the countries that one outlet leaves out.
fn left_out(outlet: &str) -> Model {
    let mut model = model(100, 30);
    press(&mut model, &format!("/outlet:{outlet}<enter>3s"));
    assert_eq!((model.views.now, model.views.order()), (View::Countries, Some(Order::Missed)));
    model
}

fn all(model: &Model) -> Vec<Missed> {
    let table = model.views.table().unwrap();
    (0..table.len()).map(|row| table.missed(row).unwrap().clone()).collect()
}

fn codes(model: &Model) -> Vec<String> {
    all(model).iter().map(|missed| missed.named.country.unwrap().to_string()).collect()
}

fn card(model: &Model) -> &Card {
    model.desk.card.as_ref().filter(|card| model.subject().as_ref() == Some(&card.subject)).unwrap()
}

/// The head of the list, from both ends.
fn head(model: &Model) -> String {
    let head = model.head();
    head.left.iter().chain(&head.right).map(|part| part.text.as_str()).collect()
}

#[test]
fn the_countries_an_outlet_leaves_out_are_those_that_others_name() {
    // Two of six articles; Norway, named in three, is expected once.
    let model = left_out("warta");
    let all = all(&model);
    let row = |code: &str| all.iter().find(|missed| missed.named.identity.key.as_ref() == code);
    let norway = row("NO").unwrap();
    assert_eq!((norway.named.articles, norway.anywhere, norway.named.name.as_str()), (0, 3, "Norwegia"));
    assert!((norway.expected - 1.0).abs() < 1e-9);
    // G² of none of two and three of the four others: 2 (3 ln(3·6/(4·3)) + 2 ln(2·6/(2·3)) + ln(6/(4·3))).
    let likelihood = 2.0 * (3.0 * 1.5f64.ln() + 2.0 * 2.0f64.ln() + 0.5f64.ln());
    assert!((norway.likelihood - likelihood).abs() < 1e-9, "{}", norway.likelihood);
    assert!(row("RU").is_none() && row("ID").is_none(), "what it names as often as others is not left out");
    assert_eq!(all.first().unwrap().named.identity, norway.named.identity, "the most clearly so comes first");
    let head = head(&model);
    assert!(
        head.contains(&format!("countries {} · left out", all.len()))
            && head.contains("here expected in all"),
        "{head}"
    );
}

#[test]
fn it_follows_the_filter_and_what_is_found() {
    let mut model = left_out("warta");
    let warta = codes(&model);
    press(&mut model, "/<ctrl-u>outlet:kabar<enter>");
    assert_ne!(codes(&model), warta);
    assert!(!codes(&model).contains(&"NO".to_owned()));
    // By any name of the country that the articles use.
    press(&mut model, "fjapan");
    assert_eq!(codes(&model), ["JP"]);
    assert!(head(&model).contains("1 of"), "{}", head(&model));
    press(&mut model, "<esc>");
    assert!(codes(&model).len() > 10);
}

#[test]
fn all_articles_leave_nothing_out_and_are_not_asked() {
    let mut model = model(100, 30);
    press(&mut model, "3");
    let mut orders = Vec::new();
    for _ in 0..3 {
        orders.push(model.views.order().unwrap());
        press(&mut model, "s");
    }
    assert_eq!(orders, [Order::Most, Order::Latest, Order::Name]);
    assert_eq!(model.views.order(), Some(Order::Most));
    // Where the filter is let go of, it is said how to go on.
    let mut model = left_out("kabar");
    press(&mut model, "<esc>");
    assert_eq!(model.views.table().map(petik::app::Table::len), Some(0));
    let window = &model.views.table().unwrap().window;
    let words: Vec<&str> =
        window.iter().flat_map(|strip| &strip.left).map(|part| part.text.as_str()).collect();
    let said = words.join(" ");
    assert!(said.contains("these are all articles") && said.contains("outlet:…"), "{said}");
    press(&mut model, "s");
    assert_eq!(model.views.table().map(petik::app::Table::len), Some(23));
}

#[test]
fn other_rows_are_looked_at_from_their_beginning() {
    let mut model = model(100, 30);
    press(&mut model, "/outlet:warta<enter>3jjj");
    assert_eq!(model.views.table().unwrap().cursor.selected, 3);
    press(&mut model, "s");
    assert_eq!(model.views.table().unwrap().cursor.selected, 0);
    press(&mut model, "jjs");
    assert_eq!(model.views.table().unwrap().cursor.selected, 0);
    assert!(model.views.table().unwrap().missed(0).is_none());
}

#[test]
fn the_way_back_stands_on_the_country_one_left() {
    let mut model = left_out("warta");
    press(&mut model, "jj");
    let row = model.views.table().unwrap().key();
    press(&mut model, "<enter>h1");
    press(&mut model, "<ctrl-o>");
    assert_eq!((model.views.now, model.views.table().unwrap().key()), (View::Countries, row));
}

#[test]
fn what_is_not_there_has_a_dossier_over_the_whole_collection() {
    let mut model = left_out("warta");
    assert!(card(&model).anywhere, "beside the list already");
    press(&mut model, "<enter>");
    assert_eq!(model.context(), Context::Dossier);
    let lines: String =
        card(&model).window(40).iter().flat_map(|strip| &strip.left).map(|part| part.text.as_str()).collect();
    assert!(lines.contains("Not in what the filter leaves") && lines.contains("3 articles"), "{lines}");
    // To its time: by that country alone, since with the filter there would be nothing.
    press(&mut model, "j<enter>");
    assert_eq!((model.views.now, model.filter.input.value()), (View::Timeline, "country:NO"));
    press(&mut model, "<ctrl-o>");
    assert_eq!(model.filter.input.value(), "outlet:warta");
    // To an outlet that names it, and its dossier there.
    let mut outlet = left_out("warta");
    press(&mut outlet, "<enter>");
    while !matches!(card(&outlet).lead(), Some(petik::app::Lead::Condition(_))) {
        press(&mut outlet, "j");
    }
    press(&mut outlet, "<enter>");
    assert!(outlet.filter.input.value().starts_with("outlet:"), "{}", outlet.filter.input.value());
    assert!(matches!(outlet.subject(), Some(Subject::Name(_))) && !card(&outlet).anywhere);
    // To another name, which may be in what the filter leaves.
    let mut other = left_out("warta");
    press(&mut other, "<enter>]<enter>");
    assert_eq!((other.filter.input.value(), other.context()), ("outlet:warta", Context::Dossier));
    // What it said is exported out of the same articles.
    let mut exported = left_out("warta");
    for keys in ["", "<enter>"] {
        press(&mut exported, keys);
        let effects = press(&mut exported, "em<enter>");
        let [Effect::Export(export)] = effects.as_slice() else { panic!("nothing is exported") };
        let petik::app::Pieces::SaidBy(_, name, rows) = &export.pieces else { panic!("no quotations") };
        assert_eq!((name.as_str(), rows.len()), ("Norwegia", 6));
    }
}

#[test]
fn another_order_counts_nothing_anew() {
    let mut model = model(100, 30);
    press(&mut model, "/outlet:warta<enter>3");
    let asked = |model: &mut Model| {
        let effects = model.update(Message::Key(crate::shelf::keys("s")[0])).list;
        let ask = effects.iter().find_map(|effect| match effect {
            Effect::Ask { side: petik::app::Side::Left, known, .. } => Some(known.is_some()),
            _ => None,
        });
        for effect in effects {
            if let Effect::Ask { side, number, snapshot, rows, ask, known } = effect {
                let never = std::sync::atomic::AtomicBool::new(false);
                let answer = ask.answer(&snapshot, &rows, known, &never, &|_| ()).unwrap();
                send(model, Message::Answered(side, number, answer));
            }
        }
        ask
    };
    assert_eq!(asked(&mut model), Some(true), "what they name is known");
    assert!(matches!(model.views.table().unwrap().answer, Some(Answer::Missed { .. })));
    assert_eq!(asked(&mut model), Some(true), "and still is on the way back");
    assert!(matches!(model.views.table().unwrap().answer, Some(Answer::Names { .. })));
}
