//! The facets: what can be narrowed by, and the filter line that says all of it.

use crate::shelf::{alone, keys, model, press, send, snapshot};
use petik::app::facets::{Group, Row};
use petik::app::{Answer, Ask, Button, Context, Effect, Message, Model, Mouse, Side, Subject, View};
use petik::library::Update;
use std::sync::atomic::AtomicBool;

/// The row of that name in a group.
fn row<'a>(model: &'a Model, group: Group, name: &str) -> Option<&'a Row> {
    model.views.facets.rows().iter().find(|row| row.group == group && row.name == name)
}

/// Moves to the row of that name.
fn go(model: &mut Model, group: Group, name: &str) {
    press(model, if model.views.facets.keys { "g" } else { "Fg" });
    while model.views.facets.current().is_none_or(|row| row.group != group || row.name != name) {
        let before = model.views.facets.cursor.selected;
        press(model, "j");
        assert_ne!(model.views.facets.cursor.selected, before, "no {name}");
    }
}

fn line(model: &Model) -> &str {
    model.filter.input.value()
}

#[test]
fn every_value_narrows_to_as_many_articles_as_stand_beside_it() {
    let model = model(140, 60);
    let rows = model.views.facets.rows().to_vec();
    for group in Group::ALL {
        assert!(rows.iter().any(|row| row.group == group), "{group:?}");
    }
    for row in rows {
        let mut narrowed = crate::shelf::model(140, 60);
        go(&mut narrowed, row.group, &row.name);
        press(&mut narrowed, " ");
        assert_eq!(line(&narrowed), row.condition);
        assert_eq!(narrowed.list.rows().len() as u64, row.articles.unwrap(), "{}", row.condition);
        let here = narrowed.views.facets.current().unwrap();
        assert!(here.on && here.name == row.name, "one stays on {}", row.name);
        press(&mut narrowed, " ");
        assert_eq!((line(&narrowed), narrowed.list.rows().len()), ("", 6));
    }
}

#[test]
fn the_line_is_the_whole_truth() {
    let mut model = model(140, 40);
    press(&mut model, "/'di c:norwegia<enter>");
    assert!(row(&model, Group::Countries, "Norwegia").unwrap().on, "however it is written");
    go(&mut model, Group::Speakers, "Ingrid Solheim");
    press(&mut model, " ");
    assert_eq!(line(&model), "'di c:norwegia by:\"Ingrid Solheim\"");
    assert!(row(&model, Group::Speakers, "Ingrid Solheim").unwrap().on);
    assert!(!row(&model, Group::People, "Ingrid Solheim").unwrap().on, "named is not quoted");
    go(&mut model, Group::Countries, "Norwegia");
    press(&mut model, " ");
    assert_eq!(line(&model), "'di by:\"Ingrid Solheim\"", "exactly that condition is taken out");
    // Deleting the text takes it off.
    press(&mut model, "/<ctrl-u>'di<enter>");
    assert!(model.views.facets.rows().iter().all(|row| !row.on));
}

#[test]
fn what_is_on_the_line_is_among_the_rows_even_where_nothing_is_found() {
    let mut model = model(140, 40);
    press(&mut model, "/by:\"Nobody Here\" lang:id !country:NO<enter>F");
    assert_eq!(model.list.rows().len(), 0);
    let rows: Vec<_> =
        model.views.facets.rows().iter().map(|row| (row.name.as_str(), row.articles)).collect();
    assert_eq!(rows, [("id", None), ("Nobody Here", None)]);
    press(&mut model, "G ");
    assert_eq!(line(&model), "lang:id !country:NO");
    assert!(!model.list.rows().is_empty());
}

#[test]
fn a_line_that_cannot_be_read_is_left_alone() {
    let mut model = model(140, 40);
    press(&mut model, "/after:nonsense<enter>F ");
    assert_eq!(line(&model), "after:nonsense");
    assert!(model.notice.is_some());
}

#[test]
fn one_comes_back_through_conditions_and_leaves_for_the_list() {
    let mut model = model(140, 40);
    press(&mut model, "F ]j");
    press(&mut model, "<ctrl-o>");
    assert_eq!((line(&model), model.context()), ("", Context::Facets));
    press(&mut model, "<tab>");
    assert!(line(&model).starts_with("person:"));
    press(&mut model, "=");
    assert!(line(&model).starts_with("country:"), "that alone: {}", line(&model));
    press(&mut model, "<esc>");
    assert_eq!(model.context(), Context::List);
    assert!(line(&model).starts_with("country:"), "leaving takes nothing off");
    press(&mut model, "F2");
    assert_eq!((model.views.now, model.context()), (View::People, Context::Names));
    press(&mut model, "F/x<enter>");
    assert_eq!(model.context(), Context::Names);
    // From an article one comes to the list, as with any condition.
    press(&mut model, "1<esc><enter>F ");
    assert!(!model.is_reading());
    press(&mut model, "h");
    assert_eq!(model.context(), Context::List);
}

#[test]
fn enter_goes_into_the_dossier_of_a_name_and_back_among_the_facets() {
    for columns in [80, 120, 140] {
        let mut model = model(columns, 40);
        press(&mut model, "F");
        go(&mut model, Group::Speakers, "Ingrid Solheim");
        let row = model.views.facets.cursor.selected;
        press(&mut model, "<enter>");
        assert_eq!(model.context(), Context::Dossier);
        assert!(matches!(model.subject(), Some(Subject::Name(named)) if named.name == "Ingrid Solheim"));
        assert_eq!(line(&model), "", "it is no condition");
        press(&mut model, "h");
        assert_eq!((model.context(), model.views.facets.cursor.selected), (Context::Facets, row));
        // What is no name has no dossier, and says so.
        go(&mut model, Group::Languages, "id");
        press(&mut model, "<enter>");
        assert_eq!(model.context(), Context::Facets);
        assert!(model.notice.as_deref().unwrap().contains("Space"));
    }
}

#[test]
fn the_mouse_puts_a_row_on_and_off_without_taking_the_keys() {
    let mut model = model(140, 40);
    let area = model.layout().facets;
    let press_at = |model: &mut Model, row| {
        send(model, Message::Mouse(Mouse { what: Button::Press, column: area.x + 5, row }));
    };
    press_at(&mut model, area.y + 1);
    assert_eq!(line(&model), "", "a heading is nobody's row");
    press_at(&mut model, area.y + 2);
    assert!(line(&model).starts_with("person:"));
    assert_eq!(model.context(), Context::List);
    press_at(&mut model, area.y + 2);
    assert_eq!(line(&model), "");
    send(&mut model, Message::Resize(140, 16));
    let top = model.views.facets.cursor.top;
    let wheel = Mouse { what: Button::WheelDown, column: area.x + 5, row: area.y + 2 };
    send(&mut model, Message::Mouse(wheel));
    assert!(model.views.facets.cursor.top > top, "it scrolls at once");
    let (column, row) = (3, area.y + 3);
    press(&mut model, "F");
    send(&mut model, Message::Mouse(Mouse { what: Button::Press, column, row }));
    assert_eq!(model.context(), Context::List);
}

/// The facets' questions among effects.
fn asked(effects: &[Effect]) -> Vec<u64> {
    let number = |effect: &Effect| match effect {
        Effect::Ask { side: Side::Third, number, .. } => Some(*number),
        _ => None,
    };
    effects.iter().filter_map(number).collect()
}

#[test]
fn they_are_counted_while_they_are_seen_and_given_up_for_the_next_key() {
    let mut narrow = model(100, 30);
    assert!(asked(&narrow.update(Message::Key(keys("j")[0])).list).is_empty());
    assert_eq!(asked(&narrow.update(Message::Key(keys("F")[0])).list).len(), 1);
    // Counting begins behind the search, and the next key gives it up.
    let mut model = model(140, 40);
    press(&mut model, "/");
    let first = model.update(Message::Key(keys("r")[0])).list;
    let [Effect::Search { generation, snapshot, query, .. }] = first.as_slice() else {
        panic!("only a search")
    };
    let rows = snapshot.query(query, &AtomicBool::new(false)).unwrap();
    let counting = model.update(Message::Found(*generation, alone(&rows))).list;
    let [number] = asked(&counting)[..] else { panic!("it is counted") };
    let next = model.update(Message::Key(keys("u")[0])).list;
    assert!(next.iter().any(|effect| matches!(effect, Effect::Unask(Side::Third))));
    // What it had counted all the same is stale.
    let Some(Effect::Ask { snapshot, rows, .. }) = counting.first() else { panic!("no question") };
    let late = Ask::Facets(9).answer(snapshot, rows, None, &AtomicBool::new(false), &|_| ()).unwrap();
    assert!(matches!(late, Answer::Facets(_)));
    assert!(!model.update(Message::Answered(Side::Third, number, late)).draw);
    // Growth alone gives nothing up.
    let mut growing = crate::shelf::model(140, 40);
    let all = growing.update(Message::Resize(139, 40)).list;
    assert!(asked(&all).is_empty());
    let grown = growing.update(Message::Library(0, Update::Annotated(crate::shelf::snapshot()))).list;
    assert!(!grown.iter().any(|effect| matches!(effect, Effect::Unask(_))));
}

#[test]
fn letting_go_of_the_filter_counts_nothing_anew() {
    let mut model = model(140, 40);
    press(&mut model, "F ");
    let effects = model.update(Message::Key(keys(" ")[0])).list;
    assert!(asked(&effects).is_empty() && line(&model).is_empty());
    assert_eq!(model.views.facets.current().unwrap().articles, row_of_all(&model));
}

fn row_of_all(model: &Model) -> Option<u64> {
    let counted = snapshot().facets(model.list.rows(), 9, &AtomicBool::new(false)).unwrap();
    counted.people.top.first().map(|value| value.articles)
}
