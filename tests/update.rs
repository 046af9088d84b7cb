//! Messages in, model and effects out: every action does what the key table says.

use crate::shelf::{alone, model, press, reading, selected, send, snapshot};
use petik::app::keymap::BINDINGS;
use petik::app::layout::{GUTTER, MARGIN};
use petik::app::{
    Action, Answer, Button, Context, Effect, Export, Focus, Lead, Line, Markers, Message, Model, Mouse,
    Order, Outcome, OverlayPage, Side, Subject, View,
};
use petik::article::Kind;
use petik::export::Format;
use petik::library::{Change, Kept, Update};
use petik::load::{Problem, Progress};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const OLDEST: &str = "Menlu Rusia mengunjungi Wonsan";

fn first_line(model: &Model) -> Option<Line> {
    model.reader.window().first().cloned()
}

fn titles(model: &Model) -> Vec<String> {
    let article = |row: &u32| model.shelf.snapshot.article(*row).unwrap().title.clone();
    model.list.rows().iter().map(article).collect()
}

/// The rows in view of the list beside that of the articles.
fn rows(model: &Model) -> Vec<String> {
    let text = |strip: &petik::app::strip::Strip| strip.left.iter().map(|part| part.text.as_str()).collect();
    model.views.table().unwrap().window.iter().map(text).collect()
}

/// The selected name.
fn named(model: &Model) -> String {
    let table = model.views.table().unwrap();
    table.named(table.cursor.selected).unwrap().name.clone()
}

/// The only text that is copied.
fn copied(effects: &[Effect]) -> &str {
    match effects {
        [Effect::Copy(text)] => text,
        _ => panic!("nothing is copied"),
    }
}

const CABLE: &str = "Norway wants to see";
const CABLE_LINK: &str = "https://meridiandispatch.example/2025/02/21/svalbard-cable";

/// A model that shows its saved searches: one, one within another, and one that names one that is not there.
fn searches() -> Model {
    let mut model = model(100, 30);
    let saved = [("korut", "korut"), ("both", "@korut lavrov"), ("lost", "@nobody")];
    model.queries.saved =
        saved.into_iter().map(|(name, query)| (name.to_owned(), query.to_owned())).collect();
    press(&mut model, "S");
    model
}

/// What a query finds.
fn found(query: &str) -> std::sync::Arc<[u32]> {
    let query = petik::search::Query::parse(query).unwrap();
    snapshot().query(&query, &std::sync::atomic::AtomicBool::new(false)).unwrap()
}

/// What was done with the article on a row.
fn kept(model: &Model, row: usize) -> Kept {
    model.shelf.snapshot.ledger().kept(model.list.rows()[row])
}

/// What is to be written: the only effect.
fn written(effects: &[Effect]) -> &Export {
    match effects {
        [Effect::Export(export)] => export,
        _ => panic!("nothing is exported"),
    }
}

/// Names the file as it is proposed; returns what is written in what form, and the name.
fn exported(model: &mut Model, keys: &str) -> (String, Format, String) {
    assert!(press(model, keys).is_empty());
    assert_eq!(model.context(), Context::File, "{:?}", model.notice);
    let effects = press(model, "<enter>");
    let export = written(&effects);
    (export.pieces.to_string(), export.format, export.path.clone())
}

/// One test for each action. The match is exhaustive: an action without a test does not compile.
fn check(action: Action) {
    match action {
        Action::Down => {
            let mut model = model(100, 30);
            press(&mut model, "j<down>");
            assert_eq!(model.list.selected(), 2);
            let mut reader = reading(OLDEST);
            let before = first_line(&reader);
            press(&mut reader, "j");
            assert_ne!(first_line(&reader), before);
        }
        Action::Up => {
            let mut model = model(100, 30);
            press(&mut model, "jjk<up>k");
            assert_eq!(model.list.selected(), 0);
            let mut reader = reading(OLDEST);
            let before = first_line(&reader);
            press(&mut reader, "jjkk");
            assert_eq!(first_line(&reader), before);
        }
        Action::HalfPageDown => {
            let mut model = model(100, 11);
            press(&mut model, "<ctrl-d>");
            assert_eq!(model.list.selected(), 2, "half of the four rows in view");
        }
        Action::HalfPageUp => {
            let mut model = model(100, 11);
            press(&mut model, "G<ctrl-u>");
            assert_eq!(model.list.selected(), 3);
        }
        Action::PageDown => {
            let mut model = model(100, 11);
            press(&mut model, "<pgdn>");
            assert_eq!(model.list.selected(), 4);
            press(&mut model, " ");
            assert_eq!(model.list.selected(), 5, "it stops at the end");
        }
        Action::PageUp => {
            let mut model = model(100, 11);
            press(&mut model, "G<pgup>");
            assert_eq!(model.list.selected(), 1);
        }
        Action::First => {
            let mut model = model(100, 11);
            press(&mut model, "Gg");
            assert_eq!((model.list.selected(), model.list.top()), (0, 0));
            press(&mut model, "G<home>");
            assert_eq!(model.list.selected(), 0);
        }
        Action::Last => {
            let mut model = model(100, 11);
            press(&mut model, "G");
            assert_eq!((model.list.selected(), model.list.top()), (5, 2));
            let mut reader = reading(OLDEST);
            press(&mut reader, "G");
            let body = reader.reader.document().unwrap().article.body.len();
            let ends = |line: &Line| matches!(line, Line::Body(span) if span.end() == body);
            assert!(reader.reader.window().iter().any(ends), "the last line is in view");
        }
        Action::Open => {
            let mut model = model(100, 30);
            press(&mut model, "l");
            assert!(model.is_reading() && model.context() == Context::Reader);
            // A mark's dossier, what a line of it leads to, and back.
            let mut model = reading(OLDEST);
            press(&mut model, "]<enter>");
            assert_eq!(model.context(), Context::Dossier);
            assert!(matches!(model.subject(), Some(Subject::Name(named)) if named.name == "Wonsan"));
            press(&mut model, "G<enter>");
            assert_eq!((model.context(), model.trail.chain.len()), (Context::Reader, 3));
            press(&mut model, "qqq");
            assert_eq!(model.context(), Context::List);
            let mut nowhere = reading(OLDEST);
            press(&mut nowhere, "<enter>");
            assert!(nowhere.notice.is_some() && nowhere.context() == Context::Reader);
        }
        Action::Back => {
            let mut model = reading(OLDEST);
            assert!(press(&mut model, "q").is_empty());
            assert!(!model.is_reading() && model.context() == Context::List);
            assert!(matches!(press(&mut model, "q").as_slice(), [Effect::Quit(0)]));
        }
        Action::NextArticle => {
            let mut model = model(100, 30);
            press(&mut model, "<enter>J");
            assert_eq!((model.list.selected(), model.context()), (1, Context::Reader));
            assert_eq!(model.reader.document().unwrap().article.title, selected(&model));
        }
        Action::PreviousArticle => {
            let mut model = model(100, 30);
            press(&mut model, "j<enter>K");
            assert_eq!((model.list.selected(), model.context()), (0, Context::Reader));
        }
        Action::NextQuote => {
            let mut model = reading(OLDEST);
            press(&mut model, "}");
            assert_eq!(model.reader.focus(), Some(Focus::Quote(0)));
            assert!(model.reader.describe_focus(80).unwrap().starts_with("quote 1 of"));
            press(&mut model, "}}}}}}}}}}}}");
            assert!(model.notice.as_ref().is_some_and(|said| said.contains("no quotation")));
        }
        Action::PreviousQuote => {
            let mut model = reading(OLDEST);
            press(&mut model, "}}{");
            assert_eq!(model.reader.focus(), Some(Focus::Quote(0)));
        }
        Action::NextName => {
            let mut model = reading(OLDEST);
            press(&mut model, "]");
            assert!(model.reader.describe_focus(80).unwrap().starts_with("Wonsan · "));
        }
        Action::PreviousName => {
            let mut model = reading(OLDEST);
            press(&mut model, "]]][[");
            assert!(model.reader.describe_focus(80).unwrap().starts_with("Wonsan · "));
        }
        Action::Only => {
            let mut model = reading(OLDEST);
            press(&mut model, "}=");
            assert_eq!(model.filter.input.value(), "by:\"Galih Wirasena\"");
            assert_eq!(titles(&model), [OLDEST]);
            assert_eq!(model.context(), Context::List);
            let mut nowhere = reading(OLDEST);
            press(&mut nowhere, "=");
            assert!(nowhere.notice.is_some() && nowhere.filter.is_empty());
        }
        Action::Narrow => {
            let mut model = reading(OLDEST);
            press(&mut model, "/wonsan<enter><enter>}+");
            assert_eq!(model.filter.input.value(), "wonsan by:\"Galih Wirasena\"");
            assert_eq!((titles(&model), model.context()), (vec![OLDEST.to_owned()], Context::List));
            // What stands there already is not added again, and the next answer begins with its best row.
            press(&mut model, "<enter>+");
            assert_eq!(model.filter.input.value(), "wonsan by:\"Galih Wirasena\"");
            press(&mut model, "/<ctrl-u>norwegia<enter>");
            assert_eq!(model.list.selected(), 0);
            press(&mut model, "/<ctrl-u>wonsan person:Wirasena<enter>");
            // In a list one stays, and on the same row.
            press(&mut model, "<esc>3j");
            let country = named(&model);
            press(&mut model, "+");
            assert!(model.filter.input.value().starts_with("country:"));
            assert_eq!((named(&model), model.context()), (country, Context::Names));
        }
        Action::Beside => {
            let mut model = model(100, 30);
            press(&mut model, "6l");
            assert!(matches!(model.subject(), Some(Subject::Quote(_))));
            assert_eq!(model.context(), Context::Dossier);
            press(&mut model, "7l");
            assert!(matches!(model.subject(), Some(Subject::Days(..))));
            press(&mut model, "8l");
            assert!(matches!(model.subject(), Some(Subject::Name(_))));
        }
        Action::GoBack => {
            let mut model = reading(OLDEST);
            press(&mut model, "]<enter>j");
            let before = model.desk.card.as_ref().unwrap().entry;
            press(&mut model, "2<ctrl-o>");
            assert_eq!(model.context(), Context::Dossier);
            assert_eq!(model.desk.card.as_ref().unwrap().entry, before);
            press(&mut model, "<alt-left>");
            assert_eq!((model.context(), selected(&model).as_str()), (Context::Reader, OLDEST));
            assert!(model.reader.focus().is_some(), "the mark one came from is where one is");
            press(&mut model, "<ctrl-o><ctrl-o><ctrl-o>");
            assert!(model.notice.is_some() && model.context() == Context::List);
        }
        Action::GoForward => {
            let mut model = reading(OLDEST);
            press(&mut model, "]<enter><ctrl-o><tab>");
            assert_eq!(model.context(), Context::Dossier);
            press(&mut model, "6/wonsan<enter><ctrl-o><ctrl-o><alt-right><tab>");
            assert_eq!((model.views.now, model.filter.input.value()), (View::Quotes, "wonsan"));
        }
        Action::Articles => {
            let mut model = model(100, 30);
            press(&mut model, "2<enter>1");
            assert_eq!((model.views.now, model.context()), (View::Articles, Context::List));
        }
        Action::People => {
            let mut model = model(100, 30);
            press(&mut model, "2");
            assert!(rows(&model).iter().any(|row| row.contains("Ingrid Solheim")), "{:?}", rows(&model));
            let all = model.views.table().unwrap().len();
            press(&mut model, "/wonsan<enter>");
            assert!(model.views.table().unwrap().len() < all, "counts follow the filter");
        }
        Action::Countries => {
            let mut model = reading(OLDEST);
            press(&mut model, "3");
            assert_eq!(model.context(), Context::Names);
            assert!(rows(&model).iter().any(|row| row.starts_with("RU ")), "{:?}", rows(&model));
        }
        Action::Organisations => {
            let mut model = model(100, 30);
            press(&mut model, "4");
            assert_eq!((model.views.now, model.context()), (View::Organisations, Context::Names));
            assert!(!model.views.table().unwrap().is_empty());
        }
        Action::Places => {
            let mut model = model(100, 30);
            press(&mut model, "5");
            assert!(rows(&model).iter().any(|row| row.contains("Wonsan")));
        }
        Action::Quotes => {
            let mut model = model(100, 30);
            press(&mut model, "6<enter>");
            assert_eq!(model.context(), Context::Reader);
            assert!(matches!(model.reader.focus(), Some(Focus::Quote(_))));
            let before = model.reader.focus();
            press(&mut model, "J");
            assert_ne!(model.reader.focus(), before, "the next quotation of the list");
        }
        Action::Timeline => {
            let mut model = model(100, 30);
            press(&mut model, "7");
            let table = model.views.table().unwrap();
            assert_eq!(table.cursor.selected + 1, table.len(), "the newest is last");
            press(&mut model, "<enter>");
            assert!(model.filter.input.value().starts_with("after:"));
        }
        Action::Map => {
            let mut model = model(120, 36);
            press(&mut model, "8");
            assert_eq!(model.subject(), Some(Subject::Map));
            press(&mut model, "<enter>");
            assert!(model.filter.input.value().starts_with("country:"));
            assert_eq!(model.context(), Context::Map);
        }
        Action::Facets => {
            let mut model = model(140, 40);
            assert!(!model.views.facets.rows().is_empty(), "they are there without a key");
            press(&mut model, "F");
            assert_eq!(model.context(), Context::Facets);
            press(&mut model, "F");
            assert_eq!(model.context(), Context::List);
            let mut narrow = reading(OLDEST);
            assert_eq!(narrow.layout().facets.width, 0);
            press(&mut narrow, "F");
            assert!(narrow.layout().facets.width > 0 && narrow.layout().reader.width == 0);
            press(&mut narrow, "h");
            assert_eq!((narrow.context(), narrow.layout().facets.width), (Context::Reader, 0));
        }
        Action::Toggle => {
            let mut model = model(140, 40);
            press(&mut model, "F]");
            let country = model.views.facets.current().unwrap().clone();
            press(&mut model, " ");
            assert_eq!(model.filter.input.value(), country.condition);
            assert_eq!(model.list.rows().len() as u64, country.articles.unwrap());
            assert_eq!(model.context(), Context::Facets);
            press(&mut model, " ");
            assert_eq!((model.filter.input.value(), model.list.rows().len()), ("", 6));
        }
        Action::Gather => {
            let mut model = crate::gathered::model();
            let before = model.list.shown().len();
            press(&mut model, "X");
            assert!(model.list.shown().len() < before);
            assert_eq!(model.shelf.gathering(), Some("by story"));
            press(&mut model, "X");
            assert_eq!((model.list.shown().len(), model.shelf.gathering()), (before, None));
        }
        Action::Unfold => {
            let mut model = model(100, 30);
            press(&mut model, "x");
            assert!(model.notice.as_ref().is_some_and(|said| said.contains("no other outlet")));
            let mut model = crate::stories::model(100, 30);
            let folded = model.list.shown().len();
            press(&mut model, "x");
            assert_eq!(model.list.shown().len(), folded + 2);
            press(&mut model, "x");
            assert_eq!(model.list.shown().len(), folded);
        }
        Action::Sort => {
            let mut model = model(100, 30);
            press(&mut model, "2");
            let before = rows(&model);
            press(&mut model, "sss");
            let mut by_name = rows(&model);
            assert_ne!(by_name, before);
            by_name.sort_by_key(|row| petik::text::fold(row));
            assert_eq!(rows(&model), by_name);
            assert!(model.notice.as_ref().unwrap().contains("by name"));
            press(&mut model, "s");
            assert_eq!(rows(&model), before);
            // Articles: by date or the best first, whatever the query stands for by itself.
            let mut model = crate::shelf::model(100, 30);
            press(&mut model, "s");
            assert!(model.notice.as_ref().unwrap().contains("oldest first"));
            press(&mut model, "s");
            assert!(model.notice.as_ref().unwrap().contains("newest first"));
            press(&mut model, "/text:indonesia<enter>");
            let (newest, said) = (titles(&model), |model: &Model| model.filter.sort().said());
            assert_eq!(said(&model), "newest first");
            press(&mut model, "s");
            assert_eq!(said(&model), "oldest first");
            press(&mut model, "s");
            let best = titles(&model);
            assert_eq!(said(&model), "best first");
            assert_eq!(best.len(), newest.len());
            let titled = |title: &String| title.to_lowercase().contains("indonesia");
            assert!(best.is_sorted_by_key(|title| !titled(title)), "{best:?}");
            press(&mut model, "s");
            assert_eq!(titles(&model), newest);
            press(&mut model, "<esc>/rusia<enter>");
            assert_eq!(said(&model), "best first");
            press(&mut model, "s");
            assert_eq!(said(&model), "newest first");
            let days = model.list.rows().iter().map(|row| snapshot().article(*row).unwrap().published);
            assert!(days.is_sorted_by(|a, b| a >= b));
        }
        Action::Older => {
            let mut model = model(100, 30);
            press(&mut model, "/lavrov<enter>/<ctrl-u>korut<enter>/<ctrl-u>rus<up>");
            assert_eq!(model.filter.input.value(), "korut");
            press(&mut model, "<up>");
            assert_eq!((model.filter.input.value(), titles(&model).len()), ("lavrov", 1));
            press(&mut model, "<up>");
            assert!(model.filter.input.value() == "lavrov" && model.notice.is_some());
            // Below the top row it is the row before, and what is typed is a query of its own.
            press(&mut model, "<ctrl-u>a<ctrl-n><up>");
            assert_eq!((model.filter.input.value(), model.list.selected()), ("a", 0));
            // What cannot be read, and nothing, is not remembered; what is asked again stands once.
            let mut model = crate::shelf::model(100, 30);
            press(&mut model, "/rusia<enter>/<ctrl-u>on:x<enter>/<ctrl-u><enter>/rusia<enter>/<up>");
            assert_eq!(model.filter.input.value(), "rusia");
            assert_eq!(model.notice.as_deref(), Some("nothing was asked before this"));
        }
        Action::Newer => {
            let mut model = model(100, 30);
            press(&mut model, "/lavrov<enter>/<ctrl-u>korut<enter>/<ctrl-u>rus<up><up><down><down>");
            assert_eq!(model.filter.input.value(), "rus");
            press(&mut model, "<down>");
            assert_eq!((model.filter.input.value(), model.list.selected()), ("rus", 1));
        }
        Action::Complete => {
            let line = |keys: &str| {
                let mut model = model(100, 30);
                press(&mut model, keys);
                (model.filter.input.value().to_owned(), model.queries.menu.is_some())
            };
            let one = |line: &str| (line.to_owned(), false);
            // One way alone is taken; the next key goes on behind it.
            assert_eq!(line("/pers<tab>"), one("person:"));
            assert_eq!(line("/pers<tab>lav<tab>"), one("person:\"Sergey Lavrov\""));
            assert_eq!(line("/!by:gal<tab> x"), one("!by:\"Galih Wirasena\" x"));
            assert_eq!(line("/c:ukr<tab>"), one("country:Ukraina"));
            assert_eq!(line("/c:korut<tab>"), one("country:\"Korea Utara\""));
            assert_eq!(line("/person:\"sergey la<tab>"), one("person:\"Sergey Lavrov\""));
            assert_eq!(line("/p:lvrv<tab>"), one("person:\"Sergey Lavrov\""), "letters that stand apart");
            assert_eq!(line("/p:lavrow<tab>"), one("person:\"Sergey Lavrov\""), "a mistake");
            assert_eq!(line("/after:2025-06<tab>"), one("after:2025-06-27"));
            assert_eq!(line("/has:<tab>"), one("has:quote"));
            assert_eq!(line("/outlet:samud<tab>"), one("outlet:\"Warta Samudra\""));
            // In the middle of a line; with marks, and where there is nothing.
            assert_eq!(line("/x pers y<left><left><tab>"), one("x person: y"));
            assert_eq!(line("/zzzz<tab>"), one("zzzz"));
            // Several stand in a menu, one after the other on the line; the list follows each.
            let mut model = model(100, 30);
            press(&mut model, "/lang:<tab>");
            assert_eq!(model.queries.menu.as_ref().unwrap().candidates.len(), 2);
            let first = model.filter.input.value().to_owned();
            let many = model.list.rows().len();
            press(&mut model, "<tab>");
            assert_ne!(model.filter.input.value(), first);
            assert_eq!(model.list.rows().len() + many, 6);
            press(&mut model, "<tab>");
            assert_eq!(model.filter.input.value(), first, "behind the last comes the first");
            press(&mut model, "<esc>");
            assert_eq!((model.filter.input.value(), model.context()), ("lang:", Context::Filter));
            press(&mut model, "<tab> wonsan");
            assert_eq!(model.filter.input.value(), format!("{first} wonsan"));
            assert!(model.queries.menu.is_none());
            press(&mut model, "<esc>");
            assert_eq!((model.filter.input.value(), model.context()), ("", Context::List));
            // What comes for a line that is typed further is dropped.
            let mut late = crate::shelf::model(100, 30);
            press(&mut late, "/c:");
            let effects = late.update(Message::Key(crate::shelf::keys("<tab>")[0])).list;
            let [Effect::Complete { number, snapshot, asked }] = effects.as_slice() else {
                panic!("nothing asked")
            };
            let offered = snapshot.complete(asked, &std::sync::atomic::AtomicBool::new(false)).unwrap();
            assert_eq!(offered[0].count, Some(found(&offered[0].text).len() as u64));
            press(&mut late, "r");
            assert!(!late.update(Message::Completed(*number, offered)).draw);
            assert_eq!(late.filter.input.value(), "c:r");
            // The line of tags.
            let mut model = crate::shelf::model(100, 30);
            press(&mut model, "Tperang pertanian laut<enter>jT#per");
            assert_eq!(model.tags_like_this(), ["perang", "pertanian"]);
            press(&mut model, "<tab>");
            assert_eq!(model.keeping.line().value(), "#perang");
            press(&mut model, "<tab>");
            assert_eq!(model.keeping.line().value(), "#pertanian");
            press(&mut model, "<tab> x<tab>");
            assert!(model.notice.as_ref().unwrap().contains("no tag"));
            press(&mut model, "<enter>");
            assert_eq!(kept(&model, 1).tags, ["perang", "x"]);
        }
        Action::CompleteBack => {
            let mut model = model(100, 30);
            press(&mut model, "/a<tab><tab>");
            let second = model.filter.input.value().to_owned();
            press(&mut model, "<tab><backtab>");
            assert_eq!(model.filter.input.value(), second);
            press(&mut model, "<up>");
            assert_eq!(model.filter.input.value(), "about:");
            press(&mut model, "<down><enter>");
            assert_eq!((model.context(), model.filter.input.value()), (Context::List, second.as_str()));
            // From nothing it begins at the end.
            press(&mut model, "/<ctrl-u><backtab>");
            assert!(model.queries.menu.is_some());
        }
        Action::Save => {
            let mut model = model(100, 30);
            press(&mut model, "/<ctrl-s>");
            assert!(model.notice.as_ref().unwrap().contains("asks nothing"));
            press(&mut model, "on:x<ctrl-s>");
            assert!(model.notice.as_ref().unwrap().starts_with("not saved: "));
            press(&mut model, "<ctrl-u>korut<ctrl-s>Utara jauh");
            assert_eq!(model.context(), Context::Name);
            press(&mut model, "<enter>");
            assert_eq!(model.notice.as_deref(), Some("saved as @\"Utara jauh\""));
            assert_eq!((model.context(), model.filter.input.value()), (Context::Filter, "korut"));
            let found = titles(&model);
            press(&mut model, "<ctrl-u>@\"utara jauh\"");
            assert_eq!(titles(&model), found);
            // Over another one only after asking.
            press(&mut model, "<ctrl-u>rusia<ctrl-s>UTARA JAUH<enter>");
            assert_eq!(model.notice.as_deref(), Some("it is there already: Enter replaces it"));
            assert_eq!(model.queries.saved.get("Utara jauh"), Some(("Utara jauh", "korut")));
            press(&mut model, "x<bs><enter>");
            assert_eq!(model.queries.saved.iter().collect::<Vec<_>>(), [("Utara jauh", "rusia")]);
            // Nothing asks for itself; Esc leaves it.
            press(&mut model, "<ctrl-u>@\"utara jauh\" x<ctrl-s>utara jauh<enter>");
            assert!(model.notice.as_ref().unwrap().contains("asks for itself"));
            press(&mut model, "<esc>");
            assert_eq!((model.context(), model.queries.saved.len()), (Context::Filter, 1));
        }
        Action::Searches => {
            let model = searches();
            assert_eq!(model.context(), Context::Searches);
            let rows: Vec<(String, Option<usize>, bool)> =
                model.searches().into_iter().map(|row| (row.name, row.count, row.wrong.is_some())).collect();
            let count = |query: &str| Some(found(query).len());
            assert_eq!(
                rows,
                [
                    ("@both".to_owned(), count("korut lavrov"), false),
                    ("@korut".to_owned(), count("korut"), false),
                    ("@lost".to_owned(), None, true),
                ]
            );
        }
        Action::Edit => {
            let mut model = searches();
            press(&mut model, "je");
            assert_eq!((model.context(), model.filter.input.value()), (Context::Filter, "korut"));
        }
        Action::Rename => {
            let mut model = searches();
            press(&mut model, "jR");
            assert_eq!(model.context(), Context::Name);
            press(&mut model, "<ctrl-u>both<enter>");
            assert_eq!(model.notice.as_deref(), Some("@both is there already"));
            press(&mut model, "<ctrl-u>utara<enter>");
            let names: Vec<&str> = model.queries.saved.iter().map(|(name, _)| name).collect();
            assert_eq!((model.context(), names), (Context::Searches, vec!["both", "lost", "utara"]));
            // One stays on it, and it opens under its new name.
            press(&mut model, "<enter>");
            assert_eq!((model.context(), model.filter.input.value()), (Context::List, "@utara"));
        }
        Action::Delete => {
            let mut model = searches();
            press(&mut model, "jD");
            assert_eq!(model.notice.as_deref(), Some("deleted @korut; @both asks for it: u brings it back"));
            assert!(model.searches()[0].wrong.is_some());
            press(&mut model, "DDD");
            assert!(model.queries.saved.is_empty());
        }
        Action::Restore => {
            let mut model = searches();
            press(&mut model, "u");
            assert!(model.notice.is_some());
            press(&mut model, "jDDuu");
            assert_eq!(model.queries.saved, searches().queries.saved);
        }
        Action::Around => {
            let mut model = model(100, 30);
            press(&mut model, "6j");
            let before = rows(&model).len();
            press(&mut model, "c");
            assert!(model.views.context && rows(&model) != Vec::<String>::new());
            press(&mut model, "c");
            assert_eq!(rows(&model).len(), before);
        }
        Action::Compare => {
            let mut model = model(100, 30);
            press(&mut model, "/rusia<enter>7c/<ctrl-u>norwegia<enter>");
            let Some(Answer::Steps { steps, .. }) = &model.views.table().unwrap().answer else { panic!() };
            assert!(steps.iter().any(|step| step.under > 0) && steps.iter().any(|step| step.articles > 0));
            press(&mut model, "c");
            let Some(Answer::Steps { steps, .. }) = &model.views.table().unwrap().answer else { panic!() };
            assert!(steps.iter().all(|step| step.under == 0));
        }
        Action::Release => {
            let mut model = reading(OLDEST);
            press(&mut model, "]<esc>");
            assert_eq!((model.reader.focus(), model.context()), (None, Context::Reader));
            press(&mut model, "<esc>");
            assert_eq!(model.context(), Context::List);
        }
        Action::Filter => {
            let mut model = model(100, 30);
            press(&mut model, "/korut");
            assert_eq!(model.context(), Context::Filter);
            assert!(titles(&model).contains(&OLDEST.to_owned()) && model.list.rows().len() < 6);
        }
        Action::ClearFilter => {
            let mut model = model(100, 30);
            press(&mut model, "/wonsan<enter>");
            assert_eq!(titles(&model)[0], OLDEST);
            press(&mut model, "<esc>");
            assert_eq!((model.list.rows().len(), selected(&model).as_str()), (6, OLDEST));
        }
        Action::Find => {
            let mut model = reading(OLDEST);
            press(&mut model, "fRUSIA");
            assert_eq!(model.context(), Context::Find);
            assert_eq!(model.reader.find.count().unwrap().split(' ').next(), Some("1"));
            assert!(model.reader.find.matches().len() >= 3);
            // In a list the rows that answer are left.
            press(&mut model, "<enter>3fkorut");
            assert_eq!((model.context(), rows(&model).len()), (Context::Find, 1));
            assert!(rows(&model)[0].starts_with("KP "));
            press(&mut model, "<enter><esc>");
            assert!(
                rows(&model).len() > 1
                    && rows(&model)[model.views.table().unwrap().cursor.selected].starts_with("KP ")
            );
        }
        Action::FindNext => {
            let mut model = reading(OLDEST);
            press(&mut model, "frusia<enter>n");
            assert!(model.reader.find.count().unwrap().starts_with("2 of"));
        }
        Action::FindPrevious => {
            let mut model = reading(OLDEST);
            press(&mut model, "frusia<enter>nnN");
            assert!(model.reader.find.count().unwrap().starts_with("2 of"));
        }
        Action::Copy => {
            let mut model = reading(CABLE);
            let title = model.reader.document().unwrap().article.title.clone();
            assert_eq!(copied(&press(&mut model, "yy")), format!("{title}\n{CABLE_LINK}"));
            assert!(copied(&press(&mut model, "}yy")).contains(" — "));
            assert_eq!(copied(&press(&mut model, "g<esc>]yy")), "OSLO");
            // A row of names, and what a line of a dossier leads to.
            let mut model = crate::shelf::model(100, 30);
            press(&mut model, "2");
            let name = named(&model);
            assert_eq!(copied(&press(&mut model, "yy")), name);
            assert!(copied(&press(&mut model, "<enter>}yy")).starts_with(['“', '"']));
            press(&mut model, "7yy");
            assert!(model.notice.is_some_and(|said| said.contains("nothing to copy")));
        }
        Action::CopyQuote => {
            let mut model = reading(CABLE);
            let text = copied(&press(&mut model, "}yq")).to_owned();
            assert!(text.starts_with('“') && text.contains("” — ") && !text.contains('\n'), "{text}");
            assert!(text.ends_with(&format!(" (Meridian Dispatch, 2025-02-21) {CABLE_LINK}")), "{text}");
            let mut nowhere = reading(CABLE);
            assert!(press(&mut nowhere, "yq").is_empty() && nowhere.notice.is_some());
            press(&mut nowhere, "6yq");
        }
        Action::CopyLink => {
            assert_eq!(copied(&press(&mut reading(CABLE), "yl")), CABLE_LINK);
            assert_eq!(copied(&press(&mut reading(CABLE), "]yl")), CABLE_LINK);
            let mut without = reading(OLDEST);
            assert!(press(&mut without, "yl").is_empty());
            assert_eq!(without.notice.as_deref(), Some("there is no link here"));
            // Of several in an article, the one whose key is pressed; of what is marked there, the article's own.
            let mut model = crate::shelf::linked();
            assert_eq!(copied(&press(&mut model, "yl")), "https://kabar.example/1");
            press(&mut model, "<enter>");
            assert!(press(&mut model, "yl").is_empty());
            assert_eq!(model.choices().unwrap().first, "y l");
            assert_eq!(copied(&press(&mut model, "2")), "https://kabar.example/orang/solheim");
            assert_eq!(copied(&press(&mut model, "ylo")), "https://kabar.example/1");
            assert_eq!(copied(&press(&mut model, ".3")), "mailto:redaksi@kabar.example");
            assert!(press(&mut model, "yl<esc>").is_empty() && model.context() == Context::Reader);
        }
        Action::CopyName => {
            let mut model = reading(OLDEST);
            assert_eq!(copied(&press(&mut model, "]yn")), "Wonsan");
            assert_eq!(copied(&press(&mut model, "<esc>}yn")), "Galih Wirasena");
            assert!(press(&mut model, "<esc>yn").is_empty() && model.notice.is_some());
        }
        Action::Star => {
            let mut model = model(100, 30);
            press(&mut model, "j*");
            assert!(kept(&model, 1).starred && !kept(&model, 1).read);
            assert_eq!((titles(&model).len(), model.list.selected()), (6, 1), "nothing moves");
            press(&mut model, "*");
            assert!(!kept(&model, 1).starred);
            // In an article, a dossier, among quotations.
            let mut model = reading(OLDEST);
            press(&mut model, "*");
            let row = model.list.current().unwrap();
            assert!(model.shelf.snapshot.ledger().is_starred(row));
            assert!(matches!(model.reader.window()[2], Line::Signs(ref signs) if signs == "★ starred"));
            press(&mut model, "q6*");
            let row = model.views.table().unwrap().saying(0).unwrap().place.0;
            assert!(model.shelf.snapshot.ledger().is_starred(row));
            press(&mut model, "2*");
            assert_eq!(model.notice.as_deref(), Some("stand on an article first"));
        }
        Action::ToggleRead => {
            let mut model = model(100, 30);
            press(&mut model, "t");
            assert!(kept(&model, 0).read);
            press(&mut model, "t");
            assert!(!kept(&model, 0).read);
            // Two in a row before the first is on the disk cancel each other out.
            let mut effects = model.update(Message::Key(crate::shelf::keys("t")[0])).list;
            effects.extend(model.update(Message::Key(crate::shelf::keys("t")[0])).list);
            for effect in effects {
                let Effect::Keep { opening, snapshot, deed } = effect else { panic!() };
                let done = crate::shelf::keep(&deed, &snapshot);
                send(&mut model, Message::Kept(opening, deed, done));
            }
            assert!(!kept(&model, 0).read);
        }
        Action::Tags => {
            let mut model = model(100, 30);
            press(&mut model, "Tperang, #laut  perang<enter>");
            assert_eq!(kept(&model, 0).tags, ["laut", "perang"]);
            assert_eq!(model.notice.as_deref(), Some("tags: perang laut"));
            press(&mut model, "T<ctrl-w>LAUT<enter>");
            assert_eq!(kept(&model, 0).tags, ["laut"], "a tag that is known is written as it was");
            press(&mut model, "Tx<esc>");
            assert_eq!((kept(&model, 0).tags.len(), model.context()), (1, Context::List));
            press(&mut model, "/tag:la<enter>");
            assert_eq!(titles(&model).len(), 1);
        }
        Action::Note => {
            let mut model = reading(OLDEST);
            let row = model.list.current().unwrap();
            press(&mut model, "aSiapa bilang?<enter>");
            assert_eq!(model.shelf.snapshot.ledger().note(row), Some("Siapa bilang?"));
            assert!(matches!(model.reader.window()[2], Line::Note(ref note) if note == "✎ Siapa bilang?"));
            press(&mut model, "a<ctrl-u>lain<esc>");
            assert_eq!(model.shelf.snapshot.ledger().note(row), Some("Siapa bilang?"));
            press(&mut model, "a<ctrl-u><enter>");
            assert_eq!(model.shelf.snapshot.ledger().note(row), None);
        }
        Action::Editor => {
            let mut model = model(100, 30);
            let effects = press(&mut model, "asatu<ctrl-e>");
            assert!(matches!(effects.as_slice(), [Effect::Edit(text)] if text == "satu"));
            send(&mut model, Message::Edited(Ok("satu\u{1b}[31m\ndua\n".to_owned())));
            assert_eq!(
                (kept(&model, 0).note.as_deref(), model.context()),
                (Some("satu\ndua"), Context::List)
            );
            let effects = press(&mut model, "a tiga<ctrl-e>");
            assert!(matches!(effects.as_slice(), [Effect::Edit(text)] if text == "satu\ndua tiga"));
            // An editor that fails leaves one in the line.
            send(&mut model, Message::Edited(Err("vi is gone".to_owned())));
            assert_eq!((model.context(), model.notice.as_deref()), (Context::Note, Some("vi is gone")));
            press(&mut model, "<enter>");
            assert_eq!(kept(&model, 0).note.as_deref(), Some("satu\ndua tiga"));
        }
        Action::MarkAllRead => {
            let mut model = model(100, 30);
            press(&mut model, "/wonsan<enter>");
            let found = titles(&model).len();
            press(&mut model, "A");
            assert!(found < 6 && model.notice.as_ref().unwrap().contains("read; u undoes"));
            let read =
                |model: &Model| (0..6).filter(|&row| model.shelf.snapshot.ledger().is_read(row)).count();
            assert_eq!(read(&model), found);
            press(&mut model, "A");
            assert_eq!(model.notice.as_deref(), Some("all of these are read already"));
            press(&mut model, "<esc>A");
            assert_eq!(model.notice.clone(), Some(format!("marked {} articles read; u undoes", 6 - found)));
            press(&mut model, "u");
            assert_eq!(read(&model), found);
        }
        Action::Undo => {
            let mut model = model(100, 30);
            press(&mut model, "u");
            assert_eq!(model.notice.as_deref(), Some("nothing to undo"));
            press(&mut model, "*aapa<enter>Tx y<enter>uu");
            assert_eq!(model.notice.as_deref(), Some("undone: note; U does it again"));
            assert!(
                kept(&model, 0).starred && kept(&model, 0).note.is_none() && kept(&model, 0).tags.is_empty()
            );
            press(&mut model, "u");
            assert_eq!(kept(&model, 0), Kept::default());
        }
        Action::Redo => {
            let mut model = model(100, 30);
            press(&mut model, "*Tx<enter>uuU");
            assert!(kept(&model, 0).starred && kept(&model, 0).tags.is_empty());
            press(&mut model, "<ctrl-r>");
            assert_eq!((kept(&model, 0).tags.len(), model.notice.as_deref()), (1, Some("done again: tag")));
            press(&mut model, "U");
            assert_eq!(model.notice.as_deref(), Some("nothing to do again"));
        }
        Action::Link => {
            let opened = |effects: &[Effect]| match effects {
                [Effect::OpenLink(address)] => address.clone(),
                _ => panic!("nothing is opened"),
            };
            assert_eq!(opened(&press(&mut reading(CABLE), "o")), CABLE_LINK);
            let mut nothing = reading(OLDEST);
            assert!(press(&mut nothing, "o").is_empty());
            assert_eq!(nothing.notice.as_deref(), Some("there is no link here"));
            // A row of quotations leads to its article; a name alone leads nowhere.
            assert!(opened(&press(&mut crate::shelf::model(100, 30), "6o")).starts_with("https://"));
            assert!(press(&mut crate::shelf::model(100, 30), "2o").is_empty());
            // Of several, the one whose key is pressed; in a list the article's own at once.
            let mut model = crate::shelf::linked();
            assert_eq!(opened(&press(&mut model, "o")), "https://kabar.example/1");
            press(&mut model, "<enter>");
            assert!(press(&mut model, "o").is_empty());
            let rows = model.choices().unwrap().rows;
            let keys: Vec<&str> = rows.iter().map(|(key, _)| key.as_str()).collect();
            assert_eq!(keys, ["o", "1", "2", "3"]);
            // Beside the address of words that lead somewhere stand the words.
            let said: Vec<&str> = rows.iter().skip(1).map(|(_, said)| said.as_str()).collect();
            assert_eq!(
                said,
                [
                    "https://arsip.example/laporan.pdf",
                    "Ingrid Solheim → https://kabar.example/orang/solheim",
                    "mailto:redaksi@kabar.example"
                ]
            );
            assert_eq!(opened(&press(&mut model, "3")), "mailto:redaksi@kabar.example");
            // Words that lead somewhere have a key as addresses have.
            assert_eq!(opened(&press(&mut model, "o2")), "https://kabar.example/orang/solheim");
            assert_eq!(opened(&press(&mut model, "oo")), "https://kabar.example/1");
            assert!(press(&mut model, "o4").is_empty() && model.notice.is_some());
            assert!(press(&mut model, "o<esc>").is_empty() && model.context() == Context::Reader);
            assert_eq!(opened(&press(&mut model, ".1")), "https://arsip.example/laporan.pdf");
        }
        Action::Mark => {
            let mut model = model(100, 30);
            press(&mut model, "jvjj");
            assert_eq!(
                (model.marked(), model.marked_said().unwrap()),
                (Some(1..=3), "3 articles marked".into())
            );
            press(&mut model, "kkk");
            assert_eq!(model.marked(), Some(0..=1), "it goes the other way too");
            press(&mut model, "<enter>");
            assert_eq!(model.marked(), None, "in an article one stands on that");
            press(&mut model, "qv");
            assert_eq!(model.marked(), None);
            press(&mut model, "vG<esc>");
            assert_eq!((model.marked(), model.list.rows().len()), (None, 6));
            // What is marked stays with its article through another answer, and is copied whole.
            press(&mut model, "gjjjvj/norw<esc>");
            let marked = model.marked().unwrap();
            assert!(marked.contains(&3), "{marked:?}");
            assert_eq!(copied(&press(&mut model, "yl")).lines().count(), marked.count());
            press(&mut model, "6jvj");
            assert_eq!(model.marked_said().unwrap(), "2 quotations marked");
            assert_eq!(copied(&press(&mut model, "yq")).split("\n\n").count(), 2);
            assert_eq!(model.marked(), None, "what is done is done");
        }
        Action::ExportMarkdown => {
            let mut model = model(100, 30);
            let (what, format, path) = exported(&mut model, "em");
            assert_eq!((what.as_str(), format), ("the article", Format::Markdown));
            assert!(path.starts_with("2025-08-14-surat-surat-yang-tak-sampai-ke-seberang-"), "{path}");
            assert!(path.ends_with(".md"));
            assert_eq!(model.writing(), Some(path.as_str()));
            // All that the filter leaves; the marked rows; the line is typed into as others are.
            press(&mut model, "/norwegia<enter>");
            let many = model.list.rows().len();
            press(&mut model, "E");
            assert_eq!(model.choices().unwrap().about, Some(format!("{many} articles")));
            press(&mut model, "<esc>");
            let (what, _, path) = exported(&mut model, "Em");
            assert_eq!((what, path.as_str()), (format!("{many} articles"), "articles-norwegia.md"));
            assert_eq!(exported(&mut model, "vjem").0, "2 articles");
            press(&mut model, "em<ctrl-u>laporan baru.md");
            let effects = press(&mut model, "<enter>");
            assert_eq!(written(&effects).path, "laporan baru.md");
            press(&mut model, "em<esc>");
            assert_eq!(model.context(), Context::List);
            assert!(press(&mut model, "em<ctrl-u><enter>").is_empty() && model.notice.is_some());
        }
        Action::ExportJson => {
            // A quotation, by its row and by its mark.
            let mut model = crate::shelf::model(100, 30);
            let (what, format, path) = exported(&mut model, "6ej");
            assert_eq!((what.as_str(), format), ("the quotation", Format::Json));
            assert!(path.starts_with("quotes-") && path.ends_with(".jsonl"), "{path}");
            assert_eq!(exported(&mut reading(OLDEST), "}ej").2, "quotes-galih-wirasena.jsonl");
            let all = model.views.table().unwrap().len();
            assert_eq!(exported(&mut model, "Ej").0, format!("{all} quotations"));
        }
        Action::ExportCsv => {
            // What someone said, from a row, a mark or a dossier.
            let mut model = crate::shelf::model(100, 30);
            press(&mut model, "2fsolheim<enter>");
            let said =
                ("what Ingrid Solheim said".to_owned(), Format::Csv, "quotes-ingrid-solheim.csv".to_owned());
            assert_eq!(exported(&mut model, "ec"), said);
            press(&mut model, "<enter>");
            assert_eq!(exported(&mut model, "Ec"), said);
            assert_eq!(exported(&mut model, "}ec").0, "the quotation");
        }
        Action::ExportHtml => {
            let (what, format, _) = exported(&mut crate::shelf::model(100, 30), "Eh");
            assert_eq!((what.as_str(), format), ("6 articles", Format::Html));
        }
        Action::ExportText => {
            assert_eq!(exported(&mut reading(OLDEST), "et").1, Format::Text);
            let mut nothing = crate::shelf::model(100, 30);
            press(&mut nothing, "7et");
            assert!(nothing.notice.is_some() && nothing.context() == Context::Timeline);
        }
        Action::ExportSpacy => assert_eq!(exported(&mut reading(OLDEST), "es").1, Format::Spacy),
        Action::ExportBrat => {
            let (_, format, path) = exported(&mut crate::shelf::model(100, 30), "Eb");
            assert_eq!((format, path.as_str()), (Format::Brat, "articles/"));
            let mut quote = reading(OLDEST);
            press(&mut quote, "}eb");
            assert!(quote.notice.is_some_and(|said| said.contains("whole articles")));
        }
        Action::ExportW3c => {
            assert_eq!(exported(&mut reading(OLDEST), "ew").1, Format::W3c);
            // Again, by one key and by the palette; that one is about what one stands on.
            let mut model = crate::shelf::model(100, 30);
            exported(&mut model, "Ew");
            assert_eq!(exported(&mut model, "j.").0, "6 articles");
            assert_eq!(exported(&mut model, ":w3c<enter>").0, "the article");
        }
        Action::GiveUp => {
            let mut model = model(100, 30);
            assert!(press(&mut model, "ex").is_empty() && model.notice.is_some());
            exported(&mut model, "Em");
            assert!(matches!(press(&mut model, "ex").as_slice(), [Effect::GiveUp]));
            // Whoever quits meanwhile is told once.
            assert!(press(&mut model, "q").is_empty() && model.notice.is_some());
            assert!(matches!(press(&mut model, "q").as_slice(), [Effect::Quit(0)]));
            send(&mut model, Message::Exported(Outcome::GivenUp("articles.md".to_owned())));
            assert!(
                model.writing().is_none() && model.notice.unwrap().contains("nothing of articles.md is left")
            );
        }
        Action::CycleMarkers => {
            let mut model = model(100, 30);
            let mut seen = Vec::new();
            for _ in 0..4 {
                press(&mut model, "m");
                seen.push(model.screen.markers);
            }
            assert_eq!(seen, [Markers::Quotes, Markers::Names, Markers::Off, Markers::All]);
        }
        Action::Zoom => {
            let mut model = reading(OLDEST);
            press(&mut model, "z");
            assert_eq!((model.layout().list.width, model.layout().reader.width), (0, 100));
        }
        Action::Legend => {
            let mut model = model(100, 30);
            press(&mut model, "L");
            assert_eq!(model.overlay.unwrap().page, OverlayPage::Legend);
        }
        Action::Problems => {
            let mut model = model(100, 30);
            press(&mut model, "!");
            assert_eq!(model.overlay.unwrap().page, OverlayPage::Problems);
        }
        Action::Reload => {
            let mut model = model(100, 30);
            press(&mut model, "jj");
            let before = selected(&model);
            assert!(matches!(press(&mut model, "r").as_slice(), [Effect::Open(1)]));
            assert_eq!(titles(&model).len(), 6, "the old list stays until the new one is there");
            let update = Update::Read { snapshot: snapshot(), progress: None, problems: Vec::new() };
            send(&mut model, Message::Library(1, update));
            assert_eq!(selected(&model), before);
        }
        Action::Help => {
            let mut model = reading(OLDEST);
            press(&mut model, "?");
            assert_eq!(model.overlay.unwrap().page, OverlayPage::Help(Context::Reader));
            press(&mut model, "jG");
            assert!(model.overlay.unwrap().top > 1);
            press(&mut model, "q");
            assert!(model.overlay.is_none() && model.context() == Context::Reader);
        }
        Action::Mouse => {
            let mut model = model(100, 30);
            assert!(matches!(press(&mut model, "M").as_slice(), [Effect::Mouse(false)]));
            assert!(matches!(press(&mut model, "M").as_slice(), [Effect::Mouse(true)]));
        }
        Action::Palette => {
            let mut model = reading(OLDEST);
            press(&mut model, ":legend");
            assert_eq!(model.context(), Context::Palette);
            press(&mut model, "<bs><bs><bs><bs><bs><bs>markers mean<enter>");
            assert_eq!(model.overlay.unwrap().page, OverlayPage::Legend);
            press(&mut model, "q:quotations<down><esc>");
            assert_eq!(model.context(), Context::Reader);
            press(&mut model, ":next quotation<enter>");
            assert_eq!(model.reader.focus(), Some(Focus::Quote(0)));
            press(&mut model, ":nothing at all<enter>");
            assert_eq!(model.context(), Context::Reader);
        }
        Action::Repeat => {
            let mut model = reading(OLDEST);
            press(&mut model, "..");
            assert!(model.notice.is_some());
            press(&mut model, "}j..");
            assert_eq!(model.reader.focus(), Some(Focus::Quote(2)));
        }
        Action::Accept => {
            let mut model = model(100, 30);
            press(&mut model, "/wonsan<enter>");
            assert_eq!((model.context(), model.filter.input.value()), (Context::List, "wonsan"));
            let mut reader = reading(OLDEST);
            press(&mut reader, "frusia<enter>");
            assert_eq!(reader.context(), Context::Reader);
        }
        Action::Redraw => {
            assert!(matches!(press(&mut model(100, 30), "<ctrl-l>").as_slice(), [Effect::Redraw]));
        }
        Action::Suspend => {
            assert!(matches!(press(&mut model(100, 30), "/ab<ctrl-z>").as_slice(), [Effect::Suspend]));
        }
        Action::Quit => {
            assert!(matches!(press(&mut model(100, 30), "?<ctrl-c>").as_slice(), [Effect::Quit(130)]));
        }
    }
}

#[test]
fn every_action_does_what_it_says() {
    for binding in BINDINGS {
        check(binding.action);
    }
}

/// Presses the button at a column and a row.
fn click(model: &mut Model, column: u16, row: u16) {
    send(model, Message::Mouse(Mouse { what: Button::Press, column, row }));
    send(model, Message::Mouse(Mouse { what: Button::Release, column, row }));
}

/// Without colours the bars have the map's place, and the mouse finds their rows all over the width, scrolled or not.
#[test]
fn the_mouse_finds_the_bars_that_stand_for_a_map() {
    for size in [(60, 12), (80, 12), (120, 12), (200, 12)] {
        let mut model = model(size.0, size.1);
        model.screen.no_colour = true;
        press(&mut model, "8");
        let layout = model.layout();
        assert_eq!((layout.reader.area(), layout.divider.area()), (0, 0), "{size:?}");
        assert_eq!(layout.list.width, if size.0 < 140 { size.0 } else { layout.border.x });
        let right = layout.list.right() - 2;
        for (column, keys) in [(3, ""), (right, "k"), (right, "G"), (3, "k")] {
            press(&mut model, keys);
            let shown = rows(&model);
            click(&mut model, column, layout.list.y + 1 + 4);
            let table = model.views.table().unwrap();
            assert_eq!(table.cursor.selected, table.cursor.top + 4, "{size:?}");
            let name = table.named(table.cursor.selected).unwrap().name;
            let short: String = name.chars().take(9).collect();
            assert!(shown[4].contains(&short), "{name}: {shown:?}");
        }
        send(&mut model, Message::Mouse(Mouse { what: Button::WheelUp, column: right, row: 5 }));
        let before = model.views.table().unwrap().cursor.selected;
        send(&mut model, Message::Mouse(Mouse { what: Button::WheelDown, column: right, row: 5 }));
        assert_eq!(model.views.table().unwrap().cursor.selected, before + 1);
        // A dossier stands beside them, and a second click narrows as Enter does.
        press(&mut model, "l");
        assert_eq!(model.layout().divider.area() > 0, size.0 >= 80);
        press(&mut model, "h");
        let row = model.views.table().map(|table| table.cursor.selected - table.cursor.top).unwrap();
        click(&mut model, right, layout.list.y + 1 + u16::try_from(row).unwrap());
        assert!(model.filter.input.value().starts_with("country:"), "{size:?}");
    }
}

#[test]
fn the_mouse_stands_where_it_clicks_and_opens_what_it_clicks_again() {
    let mut model = model(100, 30);
    click(&mut model, 5, 6);
    assert_eq!((model.list.selected(), model.context()), (2, Context::List));
    click(&mut model, 5, 7);
    assert_eq!(model.context(), Context::Reader);
    // A name in the text, and its dossier; a line of that; the filter.
    let mut model = reading(OLDEST);
    let x = model.layout().reader.x + model.reader.measure().left + 2;
    let body = |line: &Line| matches!(line, Line::Body(_));
    let first = model.reader.window().iter().position(body).unwrap();
    let y = model.layout().reader.y + u16::try_from(first).unwrap();
    click(&mut model, x, y);
    assert_eq!(model.reader.focus(), Some(Focus::Name(0)));
    click(&mut model, x + 1, y);
    assert!(matches!(model.subject(), Some(Subject::Name(_))));
    click(&mut model, 5, 1);
    assert_eq!(model.context(), Context::Filter);
    // The wheel moves what it is over; the line between the panes can be dragged.
    let mut model = crate::shelf::model(100, 30);
    press(&mut model, "2");
    let wheel = |column| Message::Mouse(Mouse { what: Button::WheelDown, column, row: 8 });
    send(&mut model, wheel(3));
    assert_eq!(model.views.table().unwrap().cursor.selected, 1);
    let divider = model.layout().divider.x;
    send(&mut model, Message::Mouse(Mouse { what: Button::Press, column: divider, row: 8 }));
    send(&mut model, Message::Mouse(Mouse { what: Button::Drag, column: 60, row: 8 }));
    assert_eq!(model.layout().list.width, 60);
    send(&mut model, Message::Mouse(Mouse { what: Button::Release, column: 60, row: 8 }));
    assert!(!model.update(Message::Mouse(Mouse { what: Button::Drag, column: 30, row: 8 })).draw);
    click(&mut model, 3, 3);
    click(&mut model, 3, 3);
    assert_eq!(model.context(), Context::Dossier);
}

/// The names of a line of the reading pane, and the columns of the screen where they begin.
fn line_of_names(model: &Model, wanted: impl Fn(&Line) -> bool) -> (u16, u16) {
    let pane = model.layout().reader;
    let line = model.reader.window().iter().position(wanted).unwrap();
    (pane.x + model.reader.measure().left + MARGIN, pane.y + u16::try_from(line).unwrap())
}

#[test]
fn names_beside_the_text_can_be_clicked_too() {
    let dossier = |model: &Model| match model.subject() {
        Some(Subject::Name(named)) => named.name,
        other => panic!("{other:?}"),
    };
    // The countries above the text: a click marks all its mentions, another opens its dossier.
    let mut model = reading(OLDEST);
    let (x, y) = line_of_names(&model, |line| matches!(line, Line::Names(_)));
    let Some(Line::Names(names)) = model.reader.window().iter().find(|line| matches!(line, Line::Names(_)))
    else {
        unreachable!()
    };
    let country = names.at_column(0).unwrap();
    let country = model.reader.document().unwrap().annotations.as_ref().unwrap().entities[country].clone();
    assert_eq!((country.name.as_str(), names.text().starts_with("Korea Utara ")), ("Korea Utara", true));
    click(&mut model, x, y);
    assert!(matches!(model.reader.focus(), Some(Focus::Name(_))));
    assert_eq!(model.context(), Context::Reader);
    click(&mut model, x, y);
    assert_eq!(dossier(&model), "Korea Utara");
    // The title.
    let mut model = crate::shelf::linked();
    press(&mut model, "<enter>");
    let (x, y) = line_of_names(&model, |line| matches!(line, Line::Title(_)));
    click(&mut model, x, y);
    assert_eq!((model.context(), model.reader.focus()), (Context::Reader, None), "“Laporan” names nothing");
    let column = x + u16::try_from("Laporan dari ".len()).unwrap();
    click(&mut model, column, y);
    click(&mut model, column, y);
    assert_eq!(dossier(&model), "Oslo");
    // Who speaks, below the text and beside it.
    for wide in [97, 200] {
        let mut model = crate::shelf::model(wide, 40);
        press(&mut model, "<enter>zgg");
        let (document, marks) = (model.reader.document().unwrap().clone(), model.reader.marks().clone());
        let measure = model.reader.measure();
        assert_eq!(measure.aside > 0, wide > 97);
        let says = |line: &Line| match line {
            Line::Speakers(_) => measure.aside == 0,
            Line::Body(span) if measure.aside > 0 => document.speakers(marks.beginning_in(*span)).is_some(),
            _ => false,
        };
        let (x, y) = line_of_names(&model, says);
        let line = &model.reader.window()[usize::from(y - model.layout().reader.y)];
        let (column, text) = match line {
            Line::Speakers(names) => (x + 2, names.text().to_owned()),
            Line::Body(span) => {
                let names = document.speakers(marks.beginning_in(*span)).unwrap();
                (x + measure.text + GUTTER + 2, names.text().to_owned())
            }
            _ => unreachable!(),
        };
        click(&mut model, column - 2, y);
        assert_eq!(model.context(), Context::Reader, "the dash is nobody");
        if measure.aside == 0 {
            let quoted = |line: &Line| matches!(line, Line::Body(span) if document.speakers(marks.beginning_in(*span)).is_some());
            let (x, y) = line_of_names(&model, quoted);
            click(&mut model, x + measure.text + GUTTER + 2, y);
            assert_eq!(model.reader.focus(), None, "nobody stands beside the text");
        }
        click(&mut model, column, y);
        click(&mut model, column, y);
        assert!(text.starts_with(&format!("— {}", dossier(&model))), "{text}");
    }
}

#[test]
fn the_first_key_of_a_sequence_waits_for_the_second() {
    let mut model = reading(CABLE);
    assert!(press(&mut model, "y").is_empty());
    let choices = model.choices().unwrap();
    assert_eq!(choices.first, "y");
    let keys: Vec<&str> = choices.rows.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["y", "q", "l", "n"]);
    // It stays through what happens meanwhile, and goes with Esc, which does nothing else then.
    send(&mut model, Message::Resize(90, 28));
    assert!(model.choices().is_some());
    press(&mut model, "<esc>");
    assert!(model.choices().is_none() && model.context() == Context::Reader);
    // A key that does not go on does nothing, and that is said.
    press(&mut model, "yj");
    assert_eq!(model.notice.as_deref(), Some("y j does nothing; y goes on with y q l n"));
    assert!(matches!(press(&mut model, "y<ctrl-c>").as_slice(), [Effect::Quit(130)]));
    // The whole is done again, and the palette does it too.
    assert_eq!(copied(&press(&mut model, "yl")), CABLE_LINK);
    assert_eq!(copied(&press(&mut model, "j.")), CABLE_LINK);
    assert_eq!(copied(&press(&mut model, "]:speaker's<enter>")), "OSLO");
    // A click lets go of it, and does nothing else.
    let before = selected(&model);
    press(&mut model, "y");
    click(&mut model, 5, 6);
    assert!(model.choices().is_none() && selected(&model) == before && model.is_reading());
}

/// A dossier begins at its name, whatever is known of who it is about; the way to it stays what it was.
#[test]
fn a_dossier_adds_whom_it_is_about() {
    let mut model = model(100, 30);
    press(&mut model, "2<enter>");
    let Some(Subject::Name(first)) = model.subject() else { panic!() };
    press(&mut model, "jj");
    while !matches!(model.desk.card.as_ref().unwrap().lead(), Some(Lead::Name(_))) {
        press(&mut model, "j");
    }
    press(&mut model, "<enter>");
    let Some(Subject::Name(second)) = model.subject() else { panic!() };
    assert_ne!(first.name, second.name);
    press(&mut model, "+");
    let own = match second.identity.kind {
        Kind::Country => format!("country:{}", second.identity.key),
        kind => format!("{}:", if kind == Kind::Organisation { "org" } else { kind.as_str() }),
    };
    assert!(model.filter.input.value().starts_with(&own), "{own}: {}", model.filter.input.value());
    assert_eq!(model.crumbs()[1..], [first.name, second.name]);
}

/// Nothing is of a step without articles.
#[test]
fn an_empty_step_of_time_leads_nowhere() {
    let mut model = model(100, 30);
    press(&mut model, "7fmay<enter><enter>");
    assert_eq!(
        (model.filter.input.value(), model.notice.as_deref()),
        ("", Some("no article is of that time"))
    );
}

/// On the quotation that a dossier is about one stands on its speaker.
#[test]
fn a_quotation_adds_its_speaker_wherever_one_stands_on_it() {
    let mut model = model(100, 30);
    press(&mut model, "/by:solheim<enter>6l");
    assert!(matches!(model.subject(), Some(Subject::Quote(_))));
    press(&mut model, "gg=");
    assert_eq!(model.filter.input.value(), "by:\"Ingrid Solheim\"");
}

/// In one pane the list is out of sight while something is read, and is found again as it was left.
#[test]
fn a_list_comes_back_as_it_was_left() {
    let mut model = model(60, 20);
    press(&mut model, "2jjjj<enter>");
    assert_eq!(model.layout().list.height, 0);
    press(&mut model, "h");
    let cursor = model.views.table().unwrap().cursor;
    assert_eq!((cursor.selected, cursor.top), (4, 0));
    press(&mut model, "1jjjj<enter>h");
    assert_eq!((model.list.selected(), model.list.top()), (4, 0));
}

/// The wheel scrolls a dossier line by line, whoever has the keys; moving in it brings back where one stands.
#[test]
fn the_wheel_scrolls_a_dossier() {
    let mut model = model(80, 24);
    press(&mut model, "2");
    let wheel = |what| Message::Mouse(Mouse { what, column: 60, row: 10 });
    let card = |model: &Model| model.desk.card.as_ref().map(|card| (card.top, card.entry)).unwrap();
    assert_eq!(card(&model), (0, 0));
    send(&mut model, wheel(Button::WheelDown));
    assert_eq!(card(&model).0, 3, "by three lines at once");
    send(&mut model, wheel(Button::WheelDown));
    assert_eq!(card(&model).0, 6);
    press(&mut model, "l");
    assert!(card(&model).1 > 0, "one goes in where one looks: {:?}", card(&model));
    send(&mut model, wheel(Button::WheelUp));
    send(&mut model, wheel(Button::WheelUp));
    assert_eq!(card(&model).0, 0);
    (0..500).for_each(|_| drop(send(&mut model, wheel(Button::WheelDown))));
    let (end, _) = card(&model);
    press(&mut model, "gg");
    assert!(end > 6 && card(&model) == (0, 0), "{end}");
}

/// The timeline is found among and put in another order as the other lists are.
#[test]
fn a_timeline_is_searched_and_sorted() {
    let shown = |model: &Model| -> Vec<String> {
        let table = model.views.table().unwrap();
        (0..table.len()).map(|row| table.step(row).unwrap().0.to_string()).collect()
    };
    let mut model = model(100, 30);
    press(&mut model, "7fjun");
    assert_eq!(shown(&model), ["2025-06-01"]);
    let head: String = model.head().left.iter().map(|part| part.text.clone()).collect();
    assert!(head.contains("timeline 1 of 7 months"), "{head}");
    assert!(matches!(model.subject(), Some(Subject::Days(..))), "its stories stand beside it");
    press(&mut model, "<ctrl-u>2025-08");
    assert_eq!(shown(&model), ["2025-08-01"]);
    press(&mut model, "<ctrl-u>august");
    assert_eq!(shown(&model), ["2025-08-01"]);
    press(&mut model, "<enter><esc>");
    assert_eq!(shown(&model).len(), 7, "all again, still standing on what was found");
    let august = shown(&model).iter().position(|day| day == "2025-08-01");
    assert_eq!(Some(model.views.table().unwrap().cursor.selected), august);
    // Most articles first, and only where there are any.
    press(&mut model, "ssssss");
    assert_eq!(model.views.order(), Some(Order::Most));
    let table = model.views.table().unwrap();
    let Some(Answer::Steps { steps, shown: order, .. }) = &table.answer else { panic!() };
    let counts: Vec<u64> = order.iter().map(|&at| steps[at as usize].articles).collect();
    assert_eq!((counts.iter().sum::<u64>(), counts.iter().all(|&count| count > 0)), (5, true));
    assert!(counts.is_sorted_by(|one, next| one >= next), "{counts:?}");
}

#[test]
fn the_palette_holds_every_action_and_says_where_it_works() {
    for keys in ["", "2", "6", "7", "8", "<enter>", "2<enter>", "F"] {
        let mut model = crate::shelf::model(120, 36);
        press(&mut model, &format!("{keys}:"));
        let palette = model.palette.as_ref().unwrap();
        let rows = palette.rows();
        for binding in petik::app::keymap::BINDINGS {
            let own = binding.contexts.contains(&palette.here);
            let found = rows.iter().find(|row| row.deed.binding.help == binding.help);
            let is_palette = binding.contexts == [Context::Palette] || binding.action == Action::Palette;
            assert!(found.is_some() || is_palette, "{keys}: {}", binding.help);
            assert!(!own || is_palette || found.unwrap().deed.elsewhere.is_none(), "{}", binding.help);
        }
        let here = rows.iter().position(|row| row.deed.elsewhere.is_some()).unwrap();
        assert!(rows[here..].iter().all(|row| row.deed.elsewhere.is_some()));
    }
    // What works elsewhere says so, and does nothing.
    for (line, said) in [
        ("compare", "c works on the timeline (7)"),
        ("context", "c works in quotations (6)"),
        ("next quotation", "} works in the article and in a dossier"),
        ("rename", "R works in saved searches"),
        ("save the filter", "Ctrl-s works in the filter line"),
    ] {
        let mut model = crate::shelf::model(120, 36);
        press(&mut model, &format!(":{line}"));
        let row = model.palette.as_ref().unwrap().rows().remove(0);
        assert!(said.contains(row.deed.elsewhere.unwrap()), "{line}");
        assert!(press(&mut model, "<enter>").is_empty());
        assert_eq!((model.notice.as_deref(), model.context()), (Some(said), Context::List));
    }
    let mut model = crate::shelf::model(120, 36);
    press(&mut model, "7:compare<enter>");
    assert!(model.views.against.is_some());
}

#[test]
fn the_palette_exports_what_one_stands_on_and_all_that_the_filter_leaves() {
    let named = |model: &Model| model.naming().map(petik::app::Naming::prompt);
    for (line, keys, said) in [
        ("csv", "e c", " write the article to: "),
        ("csv whole", "E c", " write 6 articles to: "),
        ("markdown filter", "E m", " write 6 articles to: "),
        ("whole brat", "E b", " write 6 articles to: "),
    ] {
        let mut model = crate::shelf::model(120, 36);
        press(&mut model, &format!(":{line}"));
        let rows = model.palette.as_ref().unwrap().rows();
        let first = rows.first().map(|row| row.deed.keys.clone());
        assert_eq!(first.as_deref(), Some(keys), "{line}");
        press(&mut model, "<enter>");
        assert_eq!(named(&model).as_deref(), Some(said), "{line}");
        // The same again, also by way of the palette.
        for again in [".", ":last thing<enter>"] {
            press(&mut model, &format!("<esc>{again}"));
            assert_eq!(named(&model).as_deref(), Some(said), "{line} {again}");
        }
    }
    let mut model = crate::shelf::model(120, 36);
    press(&mut model, ":csv");
    let keys: Vec<String> =
        model.palette.as_ref().unwrap().rows().into_iter().map(|row| row.deed.keys).collect();
    assert_eq!(keys, ["e c", "E c"]);
    // Each says which it is, and what of, where there is little room.
    let rows = model.palette.as_ref().unwrap().rows();
    assert_eq!(rows[1].deed.help, "export the whole filter as a table (CSV)");
    for key in ["m", "j", "c", "h", "t", "s", "b", "w"] {
        let all = model.palette.as_ref().unwrap().all();
        let whole = all.iter().find(|deed| deed.keys == format!("E {key}")).unwrap();
        assert!(whole.help.starts_with("export the whole filter as "), "{}", whole.help);
    }
}

#[test]
fn a_list_without_rows_is_not_looked_through() {
    for view in ["2", "3", "6", "7", "8"] {
        let mut model = crate::shelf::model(60, 20);
        press(&mut model, &format!("/zzzz<enter>{view}f"));
        assert_eq!((model.typing, model.notice.is_some()), (None, true), "{view}");
        // As the list says, Esc clears the filter then.
        press(&mut model, "<esc>");
        assert_eq!(model.filter.input.value(), "", "{view}");
        press(&mut model, "f");
        assert_eq!(model.typing, Some(petik::app::Typing::Find), "{view}");
    }
}

#[test]
fn a_key_that_works_elsewhere_says_so() {
    let said = |keys: &str| {
        let mut model = crate::shelf::model(60, 20);
        press(&mut model, keys);
        model.notice
    };
    for view in ["2", "3", "4", "5", "7", "8"] {
        let marks = said(&format!("{view}v")).unwrap();
        assert_eq!(marks, "v works in views 1 and 6: mark rows from here", "{view}");
        assert_eq!(
            said(&format!("{view}x")).unwrap(),
            "x works among articles (1): unfold the other articles of a story"
        );
        assert!(
            said(&format!("{view}X"))
                .unwrap()
                .starts_with("X works among articles (1): one row for each story")
        );
    }
    assert_eq!(said("2c").unwrap(), "c works in views 6 and 7");
    assert_eq!(
        said("+").unwrap(),
        "+ works in views 2–8, in the article and in a dossier: add what you stand on to the filter"
    );
    assert_eq!(said("}").unwrap(), "} works in the article and in a dossier: next quotation");
    // What works here says nothing of the kind, nor does what works nowhere, what leads in and out, or what is typed.
    for keys in ["v", "6v", "2#", "h", "1\u{e9}", "/v", "2fv", "?v", "2j", "Sx"] {
        assert_eq!(said(keys), None, "{keys}");
    }
}

#[test]
fn each_of_many_links_is_opened_by_its_key() {
    let opened = |keys: &str| {
        let mut model = crate::shelf::with_links(55, 120, 36);
        press(&mut model, &format!("o{keys}"))
    };
    for (keys, number) in [("1", 1), ("y", 33), ("z1", 34), ("zm", 55)] {
        let address = format!("https://x.example/{number}");
        assert!(matches!(opened(keys).as_slice(), [Effect::OpenLink(link)] if *link == address), "{keys}");
    }
    let mut model = crate::shelf::with_links(55, 120, 36);
    press(&mut model, "o");
    assert_eq!(model.choices().unwrap().rows.len(), 55);
    press(&mut model, "z");
    let choices = model.choices().unwrap();
    assert_eq!((choices.first.as_str(), choices.rows.len()), ("o z", 22));
    assert!(press(&mut model, "!").is_empty());
    assert!(model.notice.unwrap().starts_with("o z ! does nothing"));
    let mut model = crate::shelf::with_links(55, 120, 36);
    assert!(matches!(press(&mut model, "ylz2").as_slice(), [Effect::Copy(link)] if link.ends_with("/35")));
}

#[test]
fn a_link_is_opened_by_a_second_click() {
    let mut model = crate::shelf::linked();
    press(&mut model, "<enter>");
    let body = model.reader.document().unwrap().article.body.clone();
    let (line, column) = (0..)
        .zip(model.reader.window())
        .find_map(|(at, line)| match line {
            Line::Body(span) => Some((at, span.of(&body).find("https://")?)),
            _ => None,
        })
        .unwrap();
    let area = model.layout().reader;
    let x = area.x + model.reader.measure().left + 2 + u16::try_from(column).unwrap();
    let click = |model: &mut Model| {
        let what = Button::Press;
        send(model, Message::Mouse(Mouse { what, column: x, row: area.y + line }))
    };
    assert!(click(&mut model).is_empty());
    assert!(model.notice.as_ref().unwrap().ends_with("opens https://arsip.example/laporan.pdf"));
    let opened = click(&mut model);
    assert!(matches!(opened.as_slice(), [Effect::OpenLink(address)] if address.ends_with("/laporan.pdf")));
    // Whoever did something in between begins anew.
    assert!(click(&mut model).is_empty());
    press(&mut model, "j");
    press(&mut model, "k");
    assert!(click(&mut model).is_empty());
}

#[test]
fn a_name_that_is_taken_gives_way_to_another() {
    let mut model = model(100, 30);
    let effects = {
        press(&mut model, "vjem<ctrl-u>dua.md");
        press(&mut model, "<enter>")
    };
    let taken =
        || Message::Exported(Outcome::Taken(Box::new(written(&effects).clone()), "dua-2.md".to_owned()));
    send(&mut model, taken());
    assert_eq!(model.context(), Context::File);
    let naming = model.naming().unwrap();
    assert_eq!(naming.prompt(), " there already; write 2 articles to: ");
    let again = press(&mut model, "<enter>");
    assert_eq!(
        (written(&again).path.as_str(), written(&again).pieces.to_string().as_str()),
        ("dua-2.md", "2 articles")
    );
    // Someone who types something else by now is not held up.
    press(&mut model, "/");
    send(&mut model, taken());
    assert_eq!(model.context(), Context::Filter);
    assert!(model.notice.as_ref().unwrap().contains("nothing was written"));
    let path = "/x/dua-2.md".to_owned();
    send(&mut model, Message::Exported(Outcome::Written { path, count: 2, quotes: false }));
    assert_eq!((model.notice.as_deref(), model.writing()), (Some("2 articles written to /x/dua-2.md"), None));
}

#[test]
fn no_view_is_more_than_two_keys_away() {
    let places =
        ["", "v", "y", "<enter>", "<enter>]", "2<enter>", "6l", "F", "/won", "2fsol", "<enter>fx", ":", "?"];
    for place in places.into_iter().chain(["3", "4", "5", "6", "7", "8"]) {
        for (key, view) in ('1'..).zip(View::ALL) {
            let reached = ["", "<enter>", "<esc>"].into_iter().any(|first| {
                let mut model = model(100, 30);
                press(&mut model, place);
                press(&mut model, &format!("{first}{key}"));
                model.views.now == view && model.is_listing() && !model.context().is_typed()
            });
            assert!(reached, "{key} from {place:?}");
        }
    }
}

#[test]
fn a_key_that_means_nothing_draws_nothing() {
    let mut model = model(100, 30);
    let key = crate::shelf::keys("@")[0];
    let effects = model.update(Message::Key(key));
    assert!(!effects.draw && effects.list.is_empty());
}

#[test]
fn stale_answers_are_dropped() {
    let mut model = model(100, 30);
    let mut asked = Vec::new();
    for key in crate::shelf::keys("/won") {
        for effect in model.update(Message::Key(key)).list {
            if let Effect::Search { generation, .. } = effect {
                asked.push(generation);
            }
        }
    }
    assert_eq!(asked.len(), 3);
    assert!(!model.update(Message::Found(asked[0], alone(&[1]))).draw);
    assert_eq!(model.list.rows().len(), 6);
    assert!(model.filter.is_asking());
    assert!(model.update(Message::Found(asked[2], alone(&[1]))).draw);
    assert_eq!((model.list.rows().len(), model.filter.is_asking()), (1, false));
}

#[test]
fn a_part_of_an_answer_is_shown_until_the_whole_comes() {
    let mut model = model(100, 30);
    let effects = model.update(Message::Key(crate::shelf::keys("6")[0])).list;
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Ask { number, snapshot, rows, ask, .. } => Some((number, snapshot, rows, ask)),
        _ => None,
    });
    let (number, snapshot, rows, ask) = asked.unwrap();
    let never = AtomicBool::new(false);
    let answer = |rows: &[u32]| ask.answer(&snapshot, rows, None, &never, &|_| ()).unwrap();
    let (part, whole) = (answer(&rows[..1]), answer(&rows));
    let shown = |model: &Model| model.views.table().map(|table| (table.len(), table.asking.is_asking()));
    assert!(!model.update(Message::Partly(number + 1, part.clone())).draw, "another question's");
    assert!(model.update(Message::Partly(number, part)).draw);
    let (few, asking) = shown(&model).unwrap();
    assert!(few > 0 && asking);
    assert!(model.update(Message::Answered(Side::Left, number, whole.clone())).draw);
    let (all, asking) = shown(&model).unwrap();
    assert!(all > few && !asking);
    assert!(!model.update(Message::Partly(number, whole)).draw, "it is answered");
}

#[test]
fn what_is_typed_ahead_of_the_rows_of_a_view_is_done_when_they_come() {
    // Types all at once, and lets what was asked be answered then.
    let burst = |keys: &str| {
        let mut model = model(100, 30);
        let typed = crate::shelf::keys(keys);
        let effects: Vec<Effect> =
            typed.into_iter().flat_map(|key| model.update(Message::Key(key)).list).collect();
        crate::shelf::answer(&mut model, effects);
        model
    };
    let stands = |model: &Model| {
        let row = model.views.table().map(|table| table.cursor.selected);
        (model.views.now, model.context(), row, model.crumbs())
    };
    for keys in ["7kk", "2jj", "2jj<enter>", "2j<enter>j", "6G", "5Gk", "3<ctrl-d>k"] {
        let mut slowly = model(100, 30);
        press(&mut slowly, keys);
        assert_eq!(stands(&burst(keys)), stands(&slowly), "{keys}");
    }
    assert_eq!(burst("2jj<enter>").context(), Context::Dossier);
    // Another key makes an end of it, and another view has its own rows.
    assert_eq!(stands(&burst("2jj3")).2, Some(0));
    assert_eq!(stands(&burst("2jj3j")).2, Some(1));
    assert_eq!(stands(&burst("2jjs")).2, Some(0));
}

#[test]
fn growth_does_not_starve_a_search() {
    let mut model = model(100, 30);
    let key = |c: char| crate::shelf::keys(&c.to_string())[0];
    model.update(Message::Key(key('/')));
    let effects = model.update(Message::Key(key('w'))).list;
    let [Effect::Search { generation, .. }] = effects.as_slice() else { panic!("no search") };
    let grown = || Message::Library(0, Update::Annotated(snapshot()));
    assert!(model.update(grown()).list.is_empty(), "the one that runs is let finish");
    let again = model.update(Message::Found(*generation, alone(&[0]))).list;
    assert!(matches!(again.as_slice(), [Effect::Search { .. }]), "and is asked again after");
}

#[test]
fn a_query_that_does_not_parse_keeps_the_list() {
    let mut model = model(100, 30);
    press(&mut model, "/won");
    let before = titles(&model);
    press(&mut model, " after:nonsense");
    assert!(model.filter.error().is_some_and(|error| !error.message.is_empty()));
    assert_eq!(titles(&model), before);
}

#[test]
fn the_place_in_an_article_is_kept() {
    let mut model = reading(OLDEST);
    press(&mut model, "<ctrl-d>");
    let place = first_line(&model);
    press(&mut model, "hk");
    assert_ne!(selected(&model), OLDEST);
    press(&mut model, "jl");
    assert_eq!(first_line(&model), place);
    let at = |line: Option<Line>| match line {
        Some(Line::Body(span)) => span,
        other => panic!("{other:?}"),
    };
    let before = at(first_line(&model));
    send(&mut model, Message::Resize(57, 19));
    let after = at(first_line(&model));
    assert!(after.start <= before.start && before.start <= after.end, "{before:?} {after:?}");
}

#[test]
fn a_size_in_which_all_of_it_fits_does_not_lose_the_place() {
    let mut model = reading(OLDEST);
    send(&mut model, Message::Resize(60, 20));
    press(&mut model, "<ctrl-d>j");
    let place = first_line(&model);
    send(&mut model, Message::Resize(200, 100));
    assert_ne!(first_line(&model), place, "all of it is in view");
    press(&mut model, "hkjl");
    send(&mut model, Message::Resize(60, 20));
    assert_eq!(first_line(&model), place);
    press(&mut model, "g");
    let begin = first_line(&model);
    send(&mut model, Message::Resize(200, 100));
    send(&mut model, Message::Resize(60, 20));
    assert_eq!(first_line(&model), begin, "where one went is where one is");
}

#[test]
fn only_opening_marks_an_article_read() {
    let mut model = model(100, 30);
    let read = |model: &Model| -> Vec<u32> {
        (0..6).filter(|&row| model.shelf.snapshot.ledger().is_read(model.list.rows()[row as usize])).collect()
    };
    press(&mut model, "jjjkG2q");
    assert_eq!(read(&model), [0u32; 0], "the preview reads nothing");
    press(&mut model, "gj<enter>");
    assert_eq!(read(&model), [1]);
    press(&mut model, "J}]<enter>q<esc>");
    assert_eq!(read(&model), [1], "nor does going on from there");
    press(&mut model, "qGl");
    assert_eq!(read(&model), [1, 5]);
    // By a line of a dossier, and from a quotation.
    press(&mut model, "q6<enter>");
    let Some(Subject::Article(row)) = model.subject() else { panic!() };
    assert!(model.shelf.snapshot.ledger().is_read(row));
}

#[test]
fn marked_rows_are_changed_together() {
    let mut model = model(100, 30);
    let starred = |model: &Model| (0..6).filter(|&row| kept(model, row).starred).collect::<Vec<_>>();
    press(&mut model, "j*vjj*");
    assert_eq!((starred(&model), model.notice.as_deref()), (vec![1, 2, 3], Some("starred: 3 articles")));
    assert!(model.marked().is_none());
    press(&mut model, "vkkTperang<enter>");
    assert!((1..4).all(|row| kept(&model, row).tags == ["perang"]) && kept(&model, 0).tags.is_empty());
    press(&mut model, "Tlaut<enter>jvjT");
    assert_eq!(model.keeping.line().value(), "perang ", "those that all have");
    press(&mut model, "<ctrl-u><enter>");
    assert_eq!((kept(&model, 1).tags, kept(&model, 2).tags.len()), (vec!["laut".into(), "perang".into()], 0));
    press(&mut model, "uu");
    assert!((1..4).all(|row| kept(&model, row).tags == ["perang"]));
    press(&mut model, "vka");
    assert!(model.notice.as_ref().unwrap().contains("about one article"));
}

#[test]
fn a_note_that_cannot_be_kept_stands_in_its_line_again() {
    let mut model = model(100, 30);
    press(&mut model, "asatu<enter>");
    let keys = crate::shelf::keys("a dua<enter>");
    let mut effects: Vec<Effect> =
        keys.into_iter().flat_map(|key| model.update(Message::Key(key)).list).collect();
    let Some(Effect::Keep { opening, deed, .. }) = effects.pop() else { panic!() };
    send(&mut model, Message::Kept(opening, deed, Err("there is no room left".to_owned())));
    assert_eq!((model.context(), model.keeping.line().value()), (Context::Note, "satu dua"));
    assert_eq!(
        (model.notice.as_deref(), kept(&model, 0).note),
        (Some("there is no room left"), Some("satu".into()))
    );
    press(&mut model, "<enter>");
    assert_eq!(kept(&model, 0).note.as_deref(), Some("satu dua"));
    let long = "kata ".repeat(20_000);
    press(&mut model, "a<ctrl-e>");
    send(&mut model, Message::Edited(Ok(long)));
    assert!(model.context() == Context::Note && model.notice.as_ref().unwrap().contains("at most 64 kB"));
}

#[test]
fn a_list_of_unread_ones_stays_as_it_is_while_one_reads() {
    let mut model = model(100, 30);
    press(&mut model, "/is:unread<enter>j<enter>q");
    assert_eq!((titles(&model).len(), model.list.selected()), (6, 1));
    press(&mut model, "/ <enter>");
    assert_eq!(titles(&model).len(), 5);
}

#[test]
fn nothing_is_shown_before_it_is_on_the_disk() {
    let mut model = model(100, 30);
    let effects = model.update(Message::Key(crate::shelf::keys("*")[0])).list;
    let [Effect::Keep { opening, deed, .. }] = effects.as_slice() else { panic!("nothing is kept") };
    assert!(!kept(&model, 0).starred && model.notice.is_none());
    let full = "there is no room left".to_owned();
    send(&mut model, Message::Kept(*opening, deed.clone(), Err(full.clone())));
    assert!(!kept(&model, 0).starred && model.notice == Some(full));
    press(&mut model, "*");
    assert!(kept(&model, 0).starred, "the next one is asked for as the first was");
}

#[test]
fn what_another_petik_does_comes_in_without_moving_anything() {
    let mut model = model(100, 30);
    press(&mut model, "jj*");
    let id = |row: usize| model.shelf.snapshot.line(model.list.rows()[row]).unwrap().id;
    let (first, second) = (id(0), id(2));
    let mut other = crate::shelf::other();
    other.apply(&[first], &[Change::Starred(true), Change::Note(Some("x".to_owned()))]).unwrap();
    other.apply(&[second], &[Change::Starred(false), Change::Tag("perang".to_owned(), true)]).unwrap();
    send(&mut model, Message::Stirred);
    assert!(kept(&model, 0).starred && kept(&model, 0).note.is_some());
    assert!(!kept(&model, 2).starred && kept(&model, 2).tags == ["perang"]);
    assert_eq!(model.list.selected(), 2);
    // Where there is no news nothing is drawn.
    let effects = model.update(Message::Stirred);
    let [Effect::Keep { opening, snapshot, deed }] = effects.list.as_slice() else { panic!() };
    let nothing = Message::Kept(*opening, deed.clone(), crate::shelf::keep(deed, snapshot));
    assert!(!effects.draw && !model.update(nothing).draw);
}

#[test]
fn articles_stand_the_oldest_first_with_a_filter_and_without() {
    let mut model = model(100, 30);
    let dates = |model: &Model| -> Vec<Option<i64>> {
        model.list.rows().iter().map(|&row| model.shelf.snapshot.published(row)).collect()
    };
    let newest = dates(&model);
    assert!(newest.iter().flatten().rev().is_sorted());
    let mut oldest: Vec<Option<i64>> = newest.iter().copied().filter(Option::is_some).rev().collect();
    oldest.resize(newest.len(), None);
    press(&mut model, "s");
    assert_eq!(dates(&model), oldest);
    assert!(crate::screen::plain(&model, (100, 30)).contains("oldest first"));
    press(&mut model, "s");
    assert_eq!(dates(&model), newest);
    press(&mut model, "/rusia<enter>ss");
    let found = dates(&model);
    assert_eq!(model.filter.sort().said(), "oldest first");
    assert!(found.len() > 1 && found.iter().flatten().is_sorted(), "{found:?}");
    press(&mut model, "s");
    assert_eq!(model.filter.sort().said(), "best first");
}

#[test]
fn articles_that_another_petik_imports_are_told_until_they_are_read() {
    let mut model = model(100, 30);
    let there = model.shelf.snapshot.len();
    assert!(!model.update(Message::Grown(there)).draw && model.shelf.more() == 0);
    assert!(model.update(Message::Grown(there + 1200)).draw);
    let header = |model: &Model| crate::screen::plain(model, (100, 30)).lines().next().unwrap().to_owned();
    assert!(header(&model).contains("1,200 more: r"), "{}", header(&model));
    press(&mut model, "r");
    assert!(!header(&model).contains("more"), "{}", header(&model));
}

#[test]
fn what_is_known_survives_growth_and_reading_again() {
    let mut model = model(100, 30);
    press(&mut model, "*jaapa<enter>");
    send(&mut model, Message::Library(0, Update::Annotated(snapshot())));
    assert!(kept(&model, 0).starred && kept(&model, 1).note.is_some());
    press(&mut model, "r");
    // A deed while it is read again is one with the articles as they were.
    press(&mut model, "t");
    let update = Update::Read { snapshot: snapshot(), progress: None, problems: Vec::new() };
    send(&mut model, Message::Library(1, update));
    assert!(kept(&model, 0).starred && kept(&model, 1).note.is_some() && kept(&model, 1).read);
    press(&mut model, "u");
    assert!(!kept(&model, 1).read);
}

#[test]
fn where_one_was_in_an_article_is_kept_for_the_next_time() {
    let mut model = reading(OLDEST);
    press(&mut model, "<ctrl-d>");
    let place = first_line(&model);
    assert_eq!(model.farewell().len(), 1, "also when petik ends within it");
    press(&mut model, "q");
    assert!(model.farewell().is_empty());
    let ledger = Arc::clone(model.shelf.snapshot.ledger());
    assert!(ledger.position(model.list.current().unwrap()).is_some());
    // Another day.
    let mut again = Model::new("tests".to_owned(), (100, 30));
    let mut snapshot = snapshot();
    snapshot.set_ledger(ledger);
    again.update(Message::Library(0, Update::Read { snapshot, progress: None, problems: Vec::new() }));
    while !selected(&again).starts_with(OLDEST) {
        press(&mut again, "j");
    }
    press(&mut again, "<enter>");
    assert_eq!(first_line(&again), place);
    // The beginning is a place, too.
    press(&mut again, "gq");
    assert_eq!(again.shelf.snapshot.ledger().position(again.list.current().unwrap()), Some(0));
}

#[test]
fn pasted_text_is_looked_for_and_harmless() {
    let mut model = model(100, 30);
    send(&mut model, Message::Paste("won\u{1b}[31msan\n".to_owned()));
    assert_eq!((model.context(), model.filter.input.value()), (Context::Filter, "wonsan"));
    assert_eq!(titles(&model)[0], OLDEST);
}

#[test]
fn what_came_through_a_pipe_is_not_thrown_away() {
    let mut model = model(100, 30);
    model.shelf.once = true;
    assert!(press(&mut model, "r").is_empty());
    assert!(model.notice.is_some() && model.list.rows().len() == 6);
}

#[test]
fn what_the_filter_found_in_the_text_is_marked_there() {
    let mut model = model(100, 30);
    press(&mut model, "/text:turis<enter><enter>");
    assert_eq!(selected(&model), OLDEST);
    assert_eq!(model.reader.find.matches().len(), 1);
    press(&mut model, "n");
    let here = model.reader.find.current().unwrap();
    let shown = |line: &Line| matches!(line, Line::Body(span) if span.overlaps(here));
    assert!(model.reader.window().iter().any(shown), "n goes there");
}

#[test]
fn nothing_to_read_ends_petik() {
    let mut model = Model::new("x".to_owned(), (80, 24));
    let problem =
        Problem { place: "a".to_owned(), what: "is gone".to_owned(), advice: String::new(), record: None };
    let update = Update::Read { snapshot: Default::default(), progress: None, problems: vec![problem] };
    assert!(matches!(send(&mut model, Message::Library(0, update)).as_slice(), [Effect::Quit(2)]));
    let mut waiting = Model::new("x".to_owned(), (80, 24));
    let progress = Some(Progress { read: 1, total: Some(2) });
    let update = Update::Read { snapshot: Default::default(), progress, problems: Vec::new() };
    assert!(send(&mut waiting, Message::Library(0, update)).is_empty());
}

#[test]
fn no_size_and_no_key_breaks_it() {
    for (width, height) in [(0, 0), (1, 1), (3, 2), (12, 3), (20, 5), (79, 4), (80, 24), (500, 500)] {
        let mut model = model(width, height);
        press(
            &mut model,
            "jGgk<ctrl-d>vjyy<esc>E<esc>em<esc>/a<enter>l}]yqoofx<enter>nJGz?G<esc>Lq!qm<esc><esc>q",
        );
        send(&mut model, Message::Resize(height, width));
        press(&mut model, "l]jG");
        // Every view behind every pane: what is not seen is laid out all the same.
        for view in '1'..='8' {
            press(&mut model, &format!("{view}jF j]<esc>"));
            press(&mut model, &format!("{view}ljF =<esc><esc>hx"));
            send(&mut model, Message::Resize(width, height));
            press(&mut model, &format!("/<esc>{view}lzF<ctrl-d>Gh"));
        }
    }
}
