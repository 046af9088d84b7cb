//! A model over a small collection whose annotations are fixed, and keys to press on it.

use petik::app::{Code, Context, Effect, KeptQueries, Key, Message, Model, QueryDeed};
use petik::library::{Collection, Deed, Done, Folded, Keeper, Ledger, Snapshot, State, Update};
use petik::load::{self, Event, Source};
use petik::search::Saved;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// Six articles of the sample as they were annotated once: what is tested here is the screen, not the annotator.
pub(crate) fn snapshot() -> Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    let read = || {
        let bytes = Cow::Borrowed(include_bytes!("fixtures/annotated.jsonl").as_slice());
        let mut loaded = Vec::new();
        load::load(&[Source::Memory { name: "annotated.jsonl".to_owned(), bytes }], &mut |event| {
            match event {
                Event::Loaded(article) => loaded.push(*article),
                Event::Problem(problem) => panic!("{problem}"),
                Event::Progress(_) => {}
            }
            ControlFlow::Continue(())
        });
        assert_eq!(loaded.len(), 6);
        let collection = Collection::default();
        collection.add(loaded);
        collection.snapshot()
    };
    SNAPSHOT.get_or_init(read).clone()
}

/// A model over an article with a link of its own, two addresses in its text and words that lead somewhere.
pub(crate) fn linked() -> Model {
    let body = "Laporan itu (https://arsip.example/laporan.pdf) disimpan di Oslo.\n\n\
        “Tulislah kepada kami,” kata Ingrid Solheim. Alamatnya mailto:redaksi@kabar.example.";
    let mut article = petik::article::Article::new("Laporan dari Oslo", body);
    article.url = Some("https://kabar.example/1".to_owned());
    let start = article.body.find("Ingrid").unwrap();
    article.links = vec![petik::article::Link {
        span: petik::text::Span::new(start, start + "Ingrid Solheim".len()),
        address: "https://kabar.example/orang/solheim".to_owned(),
    }];
    let annotations = Some(petik::annotate::annotate(&article));
    let collection = Collection::default();
    collection.add(vec![load::Loaded { article, annotations }]);
    let mut model = Model::new("tests".to_owned(), (100, 30));
    let snapshot = collection.snapshot();
    model.update(Message::Library(0, Update::Read { snapshot, progress: None, problems: Vec::new() }));
    model
}

/// A model that reads an article with so many addresses in its text, three on each line, and has opened it.
pub(crate) fn with_links(many: usize, width: u16, height: u16) -> Model {
    let links: Vec<String> = (1..=many).map(|number| format!("https://x.example/{number}")).collect();
    let body = links.chunks(3).map(|three| three.join(" ")).collect::<Vec<_>>().join("\n\n");
    let article = petik::article::Article::new("Daftar pustaka", &body);
    let collection = Collection::default();
    collection.add(vec![load::Loaded { article, annotations: None }]);
    let mut model = Model::new("tests".to_owned(), (width, height));
    let update = Update::Read { snapshot: collection.snapshot(), progress: None, problems: Vec::new() };
    send(&mut model, Message::Library(0, update));
    press(&mut model, "<enter>");
    model
}

/// A model of `width` × `height` cells that has read everything.
pub(crate) fn model(width: u16, height: u16) -> Model {
    KEEPER.set(None);
    let mut model = Model::new("tests".to_owned(), (width, height));
    let update = Update::Read { snapshot: snapshot(), progress: None, problems: Vec::new() };
    send(&mut model, Message::Library(0, update));
    model
}

/// Rows that all stand for themselves.
pub(crate) fn alone(rows: &[u32]) -> Arc<Folded> {
    Arc::new(Folded::alone(rows.into()))
}

/// The keys of a text: characters, and names such as `<enter>` and `<ctrl-d>` in angle brackets.
pub(crate) fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, behind)) = named {
            keys.push(match name {
                "enter" => Key::plain(Code::Enter),
                "esc" => Key::plain(Code::Esc),
                "up" => Key::plain(Code::Up),
                "down" => Key::plain(Code::Down),
                "left" => Key::plain(Code::Left),
                "right" => Key::plain(Code::Right),
                "home" => Key::plain(Code::Home),
                "end" => Key::plain(Code::End),
                "pgup" => Key::plain(Code::PageUp),
                "pgdn" => Key::plain(Code::PageDown),
                "bs" => Key::plain(Code::Backspace),
                "tab" => Key::plain(Code::Tab),
                "backtab" => Key::plain(Code::BackTab),
                "alt-left" => Key { alt: true, ..Key::plain(Code::Left) },
                "alt-right" => Key { alt: true, ..Key::plain(Code::Right) },
                name => match name.strip_prefix("ctrl-").and_then(|name| name.chars().next()) {
                    Some(c) => Key::ctrl(c),
                    None => panic!("no key {name}"),
                },
            });
            rest = behind;
        } else {
            keys.push(Key::char(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    keys
}

/// Presses keys one after the other, answering every question and keeping everything at once; returns the other effects.
pub(crate) fn press(model: &mut Model, text: &str) -> Vec<Effect> {
    let mut others = Vec::new();
    for key in keys(text) {
        others.extend(send(model, Message::Key(key)));
    }
    others
}

thread_local! {
    /// Keeps what is done with the articles of the last model that was made.
    static KEEPER: RefCell<Option<(TempDir, Keeper)>> = const { RefCell::new(None) };
}

/// The library that keeps what is done; it need not be there yet.
fn library(folder: &TempDir) -> PathBuf {
    folder.path().join("library.db")
}

/// Keeps a deed.
pub(crate) fn keep(deed: &Deed, snapshot: &Snapshot) -> Result<(Done, Arc<Ledger>), String> {
    KEEPER.with_borrow_mut(|keeper| {
        let (_, keeper) = keeper.get_or_insert_with(|| {
            let folder = tempfile::tempdir().unwrap();
            let keeper = Keeper::new(&library(&folder));
            (folder, keeper)
        });
        keeper.perform(deed, snapshot).map_err(|error| error.to_string())
    })
}

/// Another petik beside the one that is tested.
pub(crate) fn other() -> State {
    KEEPER.with_borrow(|keeper| State::open(&library(&keeper.as_ref().unwrap().0)).unwrap())
}

/// Sends a message, answering every question and keeping everything at once; returns the other effects.
pub(crate) fn send(model: &mut Model, message: Message) -> Vec<Effect> {
    let effects = model.update(message).list;
    answer(model, effects)
}

/// Answers what was asked for; returns the effects that nothing answers.
pub(crate) fn answer(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    let mut others = Vec::new();
    let mut effects = VecDeque::from(effects);
    while let Some(effect) = effects.pop_front() {
        if let Effect::Keep { opening, snapshot, deed } = effect {
            let done = keep(&deed, &snapshot);
            effects.extend(model.update(Message::Kept(opening, deed, done)).list);
        } else if let Effect::Search { generation, snapshot, query, sort } = effect {
            let rows = snapshot.query_by(&query, sort, &AtomicBool::new(false)).expect("nobody cancels");
            let rows = Arc::new(snapshot.fold(&rows));
            effects.extend(model.update(Message::Found(generation, rows)).list);
        } else if let Effect::Gather { number, mut snapshot } = effect {
            let stories = snapshot.gathered(&AtomicBool::new(false)).expect("nobody cancels");
            snapshot.gather_by(Some(stories.clone()));
            let whole = Arc::new(snapshot.fold(snapshot.newest_first()));
            effects.extend(model.update(Message::Gathered(number, stories, whole)).list);
        } else if let Effect::Ask { side, number, snapshot, rows, ask, known } = effect {
            let answer = ask
                .answer(&snapshot, &rows, known, &AtomicBool::new(false), &|_| ())
                .expect("nobody cancels");
            effects.extend(model.update(Message::Answered(side, number, answer)).list);
        } else if let Effect::KeepQuery(deed) = effect {
            if let Some(kept) = kept(&model.queries.saved, deed) {
                effects.extend(model.update(Message::KeptQueries(kept)).list);
            }
        } else if let Effect::Complete { number, snapshot, asked } = effect {
            let offered = snapshot.complete(&asked, &AtomicBool::new(false)).expect("nobody cancels");
            effects.extend(model.update(Message::Completed(number, offered)).list);
        } else if let Effect::Count { snapshot, queries } = effect {
            for (name, query) in queries {
                let count = snapshot.count(&query, &AtomicBool::new(false)).expect("nobody cancels");
                effects.extend(model.update(Message::Counted(name, query, count)).list);
            }
        } else {
            others.push(effect);
        }
    }
    others
}

/// What becomes of the reader's queries where `saved` are saved; what is only to be remembered is answered by nothing.
fn kept(saved: &Saved, done: QueryDeed) -> Option<KeptQueries> {
    let mut saved = saved.clone();
    match &done {
        QueryDeed::Read => {}
        QueryDeed::Remember(_) => return None,
        QueryDeed::Save { name, query, over } => {
            assert!(*over || saved.get(name).is_none(), "nothing is saved over unasked");
            saved.put(name.clone(), query.clone());
        }
        QueryDeed::Rename { from, to } => {
            let query = saved.remove(from).expect("it is there");
            saved.put(to.clone(), query);
        }
        QueryDeed::Delete { name, .. } => drop(saved.remove(name)),
    }
    Some(KeptQueries { done, now: Some((saved, vec!["asked yesterday".to_owned()])), failed: None })
}

/// The title of the selected article.
pub(crate) fn selected(model: &Model) -> String {
    let ordinal = model.list.current().expect("something is selected");
    model.shelf.snapshot.article(ordinal).unwrap().title.clone()
}

/// A model in the reader, on the article whose title begins so.
pub(crate) fn reading(title: &str) -> Model {
    let mut model = model(100, 30);
    while !selected(&model).starts_with(title) {
        press(&mut model, "j");
    }
    press(&mut model, "<enter>");
    assert_eq!(model.context(), Context::Reader);
    model
}
