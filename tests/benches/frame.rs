//! From a key in the filter to the finished frame at 120×36: the model, the search, the marks, the cells. Over 10,000
//! and 100,000 articles held in memory, and a million when asked (some 5 GB).
//!
//! ```sh
//! cargo bench --bench frame
//! PETIK_BENCH_MILLION=1 cargo bench --bench frame
//! PETIK_BENCH_CPU=1 cargo bench --bench frame       # on a busy machine
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a bench may fail loudly"
)]

mod stories;
mod times;

use petik::app::{Code, Effect, Key, Message, Model};
use petik::article::{Annotations, Article, Confidence, Entity, Form, Grounds, Mention};
use petik::library::{Collection, Update};
use petik::load::Loaded;
use petik::text::Span;
use petik::view::{Theme, draw};
use petik::words::Language;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::atomic::AtomicBool;
use stories::{MOST, STORIES, Story};
use times::Times;

const TYPED: [&str; 5] = ["rusia", "korea lavr", "prabowo subianto", "kju", "lavtov"];

/// A story as it comes out of a file that was annotated before.
fn loaded(story: &Story) -> Loaded {
    let mut body = String::new();
    let mut entities = Vec::new();
    for name in &story.names {
        let mentions = name.spellings().map(|spelling| {
            let start = body.len();
            body.push_str(spelling);
            let span = Span::new(start, body.len());
            body.push_str(", ");
            Mention { span, form: Form::Name, confidence: Confidence::percent(90), grounds: Grounds::GIVEN }
        });
        entities.push(Entity {
            id: String::new(),
            kind: name.kind,
            name: name.name.clone(),
            country: name.country,
            role: None,
            mentions: mentions.collect(),
            title_mentions: Vec::new(),
        });
    }
    let mut article = Article::new(&story.title, &body);
    article.outlet = Some(story.outlet.clone());
    article.published = Some(story.published);
    let annotations = Annotations { entities, ..Annotations::empty(Language::INDONESIAN) };
    Loaded { article, annotations: Some(annotations) }
}

fn type_all(articles: usize) {
    let collection = Collection::default();
    collection.add(STORIES[..articles].iter().map(loaded).collect());
    let mut model = Model::new("bench".to_owned(), (120, 36));
    let read = Update::Read { snapshot: collection.snapshot(), progress: None, problems: Vec::new() };
    model.update(Message::Library(0, read));
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
    let mut frame = |model: &Model| {
        terminal.draw(|frame| draw(model, Theme { colour: true }, frame)).unwrap();
    };
    frame(&model);
    let mut send = |model: &mut Model, message: Message| {
        for effect in model.update(message).list {
            if let Effect::Search { generation, snapshot, query, sort } = effect {
                let rows = snapshot.query_by(&query, sort, &AtomicBool::new(false)).unwrap();
                model.update(Message::Found(generation, std::sync::Arc::new(snapshot.fold(&rows))));
            }
        }
        frame(model);
    };
    println!("\n{articles} articles in memory, from key to frame:");
    let (mut all, mut first, mut pasted, mut moves) =
        (Times::default(), Times::default(), Times::default(), Times::default());
    for query in TYPED {
        let mut times = Times::default();
        for _ in 0..3 {
            send(&mut model, Message::Key(Key::char('/')));
            for (at, letter) in query.chars().enumerate() {
                times.take(|| send(&mut model, Message::Key(Key::char(letter))));
                if at == 0 {
                    first.0.extend(times.0.last());
                }
            }
            for _ in query.chars().skip(1) {
                times.take(|| send(&mut model, Message::Key(Key::ctrl('h'))));
            }
            send(&mut model, Message::Key(Key::ctrl('u')));
            pasted.take(|| send(&mut model, Message::Paste(query.to_owned())));
            for _ in 0..10 {
                moves.take(|| send(&mut model, Message::Key(Key::ctrl('n'))));
            }
            send(&mut model, Message::Key(Key::ctrl('u')));
            // Out of the line, or the next "/" would be typed into it.
            send(&mut model, Message::Key(Key::plain(Code::Esc)));
        }
        times.row(query);
        all.0.extend(times.0);
    }
    first.row("first keys");
    pasted.row("pasted");
    moves.row("moving");
    all.row("all keys");
}

fn main() {
    for articles in [10_000, 100_000, 1_000_000].into_iter().filter(|&articles| articles <= *MOST) {
        type_all(articles);
    }
}
