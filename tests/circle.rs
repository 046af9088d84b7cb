//! The real loop over a scripted terminal: events in, frames and effects out.

use crate::shelf::{keys, model};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use futures_util::stream::{self, BoxStream, StreamExt};
use petik::app::{Code, Effect, Key, Message, Model, Way};
use petik::library::{Change, Deed, Update};
use petik::runtime::{End, Inbox, Perform, Signal, Stopping, Surface, circle};
use petik::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::cell::RefCell;
use std::future::pending;
use std::io;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

type Events = BoxStream<'static, io::Result<Event>>;

/// What a surface was asked for, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    Draw,
    Forget,
    Suspend(Stopping),
    Lend,
    Resume,
}

/// A screen in memory that notes what it is asked for.
struct Board {
    terminal: Terminal<TestBackend>,
    calls: Rc<RefCell<Vec<Call>>>,
    /// The size a resumed terminal has.
    resumed: (u16, u16),
    /// Sends this after so many frames.
    after: Option<(usize, Signal, UnboundedSender<Signal>)>,
    /// The frame that cannot be drawn.
    breaks_at: usize,
    /// What the terminal was told to copy.
    copied: Vec<String>,
    /// What it says its size is.
    measured: Option<(u16, u16)>,
}

impl Board {
    fn frames(&self) -> usize {
        self.calls.borrow().iter().filter(|call| **call == Call::Draw).count()
    }

    fn row(&self, y: u16) -> String {
        let buffer = self.terminal.backend().buffer();
        (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect()
    }
}

impl Surface for Board {
    fn mouse(&mut self, _: bool) {}

    fn copy(&mut self, text: &str) {
        self.copied.push(text.to_owned());
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.calls.borrow_mut().push(Call::Draw);
        if self.frames() == self.breaks_at {
            return Err(io::Error::from_raw_os_error(5));
        }
        let (width, height) = model.screen.size;
        self.terminal.backend_mut().resize(width, height);
        self.terminal.draw(|frame| draw(model, Theme { colour: true }, frame)).unwrap();
        if let Some((_, signal, sender)) =
            self.after.take_if(|(after, ..)| *after == self.calls.borrow().len())
        {
            sender.send(signal).unwrap();
        }
        Ok(())
    }

    fn size(&self) -> Option<(u16, u16)> {
        self.measured
    }

    fn forget(&mut self) -> io::Result<()> {
        self.calls.borrow_mut().push(Call::Forget);
        Ok(())
    }

    fn lend(&mut self) -> bool {
        self.calls.borrow_mut().push(Call::Lend);
        true
    }

    fn suspend(&mut self, who: Stopping) -> io::Result<()> {
        self.calls.borrow_mut().push(Call::Suspend(who));
        Ok(())
    }

    fn resume(&mut self) -> io::Result<(u16, u16)> {
        self.calls.borrow_mut().push(Call::Resume);
        Ok(self.resumed)
    }
}

/// Workers that do nothing but remember, and end when they are told to.
struct Hands {
    asked: Rc<RefCell<Vec<Effect>>>,
    ended: UnboundedReceiver<bool>,
    /// What comes while a text is edited.
    signal: Option<(Signal, UnboundedSender<Signal>)>,
}

impl Perform for Hands {
    fn perform(&mut self, effect: Effect) {
        self.asked.borrow_mut().push(effect);
    }

    async fn ended(&mut self) -> bool {
        match self.ended.recv().await {
            Some(fine) => fine,
            None => pending().await,
        }
    }

    async fn edit(&mut self, text: String) -> Result<String, String> {
        if let Some((signal, sender)) = self.signal.take() {
            sender.send(signal).unwrap();
        }
        tokio::task::yield_now().await;
        Ok(format!("{text} disunting"))
    }
}

/// A loop about to run, and the ends of everything that leads into it.
struct Stage {
    model: Model,
    inbox: Inbox<Events>,
    board: Board,
    hands: Hands,
    events: UnboundedSender<Event>,
    messages: UnboundedSender<Message>,
    signals: UnboundedSender<Signal>,
    end: UnboundedSender<bool>,
    calls: Rc<RefCell<Vec<Call>>>,
    asked: Rc<RefCell<Vec<Effect>>>,
}

fn stage() -> Stage {
    let (events, mut typed) = unbounded_channel();
    let (messages, sent) = unbounded_channel();
    let (signals, raised) = unbounded_channel();
    let (end, ended) = unbounded_channel();
    let (calls, asked) = (Rc::default(), Rc::default());
    let typed = stream::poll_fn(move |context| typed.poll_recv(context)).map(Ok).boxed();
    Stage {
        model: model(80, 24),
        inbox: Inbox { events: typed, messages: sent, signals: raised },
        board: Board {
            terminal: Terminal::new(TestBackend::new(80, 24)).unwrap(),
            calls: Rc::clone(&calls),
            resumed: (80, 24),
            after: None,
            breaks_at: 0,
            copied: Vec::new(),
            measured: None,
        },
        hands: Hands { asked: Rc::clone(&asked), ended, signal: None },
        events,
        messages,
        signals,
        end,
        calls,
        asked,
    }
}

impl Stage {
    fn type_keys(&self, text: &str) {
        for key in keys(text) {
            self.events.send(event(key)).unwrap();
        }
    }

    /// Runs until the loop ends or sleeps.
    fn run(&mut self) -> Option<io::Result<End>> {
        let wakes = Arc::new(Wakes::default());
        let waker = Waker::from(Arc::clone(&wakes));
        let mut circle = pin!(circle(&mut self.model, &mut self.inbox, &mut self.board, &mut self.hands));
        loop {
            match circle.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(end) => return Some(end),
                Poll::Pending if wakes.0.swap(0, Ordering::SeqCst) > 0 => {}
                Poll::Pending => return None,
            }
        }
    }

    /// Runs to the end.
    fn end(&mut self) -> End {
        self.run().expect("it sleeps").unwrap()
    }

    /// What was asked of the surface since the last time.
    fn calls(&self) -> Vec<Call> {
        self.calls.take()
    }
}

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn event(key: Key) -> Event {
    let code = match key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        other => panic!("{other:?} is not typed here"),
    };
    let held = if key.ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(code, held))
}

use Call::{Draw, Forget, Lend, Resume, Suspend};

#[test]
fn idle_it_sleeps_and_draws_nothing() {
    let mut stage = stage();
    let wakes = Arc::new(Wakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    let mut circle = pin!(circle(&mut stage.model, &mut stage.inbox, &mut stage.board, &mut stage.hands));
    assert!(circle.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    assert_eq!(stage.calls.take(), [Draw]);
    // Nobody wakes it, and were it woken, it would draw nothing.
    assert_eq!(wakes.0.load(Ordering::SeqCst), 0);
    for _ in 0..10 {
        assert!(circle.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    }
    assert_eq!((stage.calls.take(), wakes.0.load(Ordering::SeqCst)), (vec![], 0));
}

#[test]
fn what_is_ready_is_drawn_once() {
    let mut stage = stage();
    stage.type_keys(&"j".repeat(100));
    stage.type_keys("kk");
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Draw]);
    assert_eq!(stage.model.list.selected(), 3);
}

#[test]
fn keys_that_mean_nothing_are_not_drawn() {
    let mut stage = stage();
    stage.type_keys("@@@");
    for event in [Event::FocusGained, Event::FocusLost, Event::Key(KeyEvent::from(KeyCode::F(12)))] {
        stage.events.send(event).unwrap();
    }
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw]);
}

#[test]
fn a_flood_of_keys_neither_blinds_nor_deafens_it() {
    let mut stage = stage();
    let key = event(keys("j")[0]);
    stage.inbox.events = stream::repeat_with(move || Ok(key.clone())).boxed();
    stage.board.after = Some((4, Signal::End(15), stage.signals.clone()));
    assert_eq!(stage.end(), End::Signal(15));
    assert_eq!(stage.calls(), [Draw; 4]);
}

#[test]
fn the_terminal_is_lent_to_the_editor_and_taken_again() {
    let mut stage = stage();
    stage.type_keys("ax<ctrl-e>jj");
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Lend, Resume, Forget, Draw]);
    assert_eq!(stage.model.list.selected(), 0, "what was typed before is for nobody");
    let asked = stage.asked.take();
    let note = Change::Note(Some("x disunting".to_owned()));
    let kept = |effect: &Effect| matches!(effect, Effect::Keep { deed: Deed::Change(_, changes), .. } if *changes == [note.clone()]);
    assert!(asked.iter().any(kept));
    // What ends petik ends it then as well; a stop is one of the whole job.
    let mut stage = crate::circle::stage();
    stage.hands.signal = Some((Signal::End(15), stage.signals.clone()));
    stage.type_keys("ax<ctrl-e>");
    assert_eq!(stage.end(), End::Signal(15));
    let mut stage = crate::circle::stage();
    stage.hands.signal = Some((Signal::Stop, stage.signals.clone()));
    stage.type_keys("ax<ctrl-e>");
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Lend, Suspend(Stopping::Process), Resume, Forget, Draw]);
}

#[test]
fn only_the_answer_to_the_last_question_counts() {
    let mut stage = stage();
    stage.type_keys("/won");
    assert!(stage.run().is_none());
    let asked: Vec<u64> = stage
        .asked
        .take()
        .into_iter()
        .filter_map(|effect| match effect {
            Effect::Search { generation, .. } => Some(generation),
            _ => None,
        })
        .collect();
    assert_eq!(asked.len(), 3);
    stage.calls();
    for (generation, row) in asked.iter().zip([5, 4, 3]) {
        stage.messages.send(Message::Found(*generation, crate::shelf::alone(&[row]))).unwrap();
    }
    assert!(stage.run().is_none());
    assert_eq!(stage.model.list.rows()[..], [3]);
    assert!(stage.board.row(1).contains("1 of 6"), "{}", stage.board.row(1));
    // A late one changes nothing and draws nothing.
    stage.calls();
    stage.messages.send(Message::Found(asked[0], crate::shelf::alone(&[5]))).unwrap();
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw], "the first frame of a loop");
    assert_eq!(stage.model.list.rows()[..], [3]);
}

#[test]
fn every_end_has_its_status() {
    type Case = (fn(&mut Stage), End, u8);
    let ends: [Case; 9] = [
        (|stage| stage.type_keys("q"), End::Quit(0), 0),
        (|stage| stage.type_keys("/a<ctrl-c>"), End::Quit(130), 130),
        (|stage| stage.signals.send(Signal::End(2)).unwrap(), End::Signal(2), 130),
        (|stage| stage.signals.send(Signal::End(15)).unwrap(), End::Signal(15), 143),
        (|stage| stage.signals.send(Signal::Gone).unwrap(), End::Gone, 129),
        (|stage| stage.inbox.events = stream::empty().boxed(), End::Gone, 129),
        (|stage| stage.signals.send(Signal::Panicked).unwrap(), End::Panicked, 101),
        (|stage| stage.end.send(false).unwrap(), End::Panicked, 101),
        (
            |stage| {
                stage.model = Model::new("nothing".to_owned(), (80, 24));
                let (snapshot, problems) = Default::default();
                let update = Update::Read { snapshot, progress: None, problems };
                stage.messages.send(Message::Library(0, update)).unwrap();
            },
            End::Quit(2),
            2,
        ),
    ];
    for (begin, end, status) in ends {
        let mut stage = stage();
        begin(&mut stage);
        assert_eq!(stage.end(), end);
        assert_eq!(end.status(), status);
        assert_eq!(stage.calls(), [Draw], "after {end:?} nothing is drawn");
    }
}

#[test]
fn a_worker_that_ends_well_is_no_news() {
    let mut stage = stage();
    for _ in 0..3 {
        stage.end.send(true).unwrap();
    }
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw]);
}

#[test]
fn what_the_terminal_cannot_do_ends_it() {
    let mut stage = stage();
    stage.board.breaks_at = 2;
    stage.type_keys("j");
    assert_eq!(stage.run().unwrap().unwrap_err().raw_os_error(), Some(5));
    let mut stage = self::stage();
    stage.inbox.events = stream::iter([Err(io::ErrorKind::InvalidData.into())]).boxed();
    assert_eq!(stage.run().unwrap().unwrap_err().kind(), io::ErrorKind::InvalidData);
}

#[test]
fn a_storm_of_sizes_is_drawn_once_and_whole() {
    let mut stage = stage();
    for size in (0..200).chain([100]) {
        stage.events.send(Event::Resize(size, size / 2)).unwrap();
    }
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Forget, Draw]);
    assert_eq!(stage.board.terminal.backend().buffer().area.as_size(), (100, 50).into());
    assert!(stage.board.row(0).contains("6 articles") && stage.board.row(49).contains("help"));
}

#[test]
fn ctrl_l_asks_how_large_the_screen_is() {
    let mut stage = stage();
    stage.board.measured = Some((100, 50));
    stage.type_keys("j<ctrl-l>");
    assert!(stage.run().is_none());
    assert_eq!(stage.board.terminal.backend().buffer().area.as_size(), (100, 50).into());
    assert!(stage.board.row(49).contains("help"), "{}", stage.board.row(49));
}

#[test]
fn a_gigantic_size_is_held_to_what_can_be_drawn() {
    let mut stage = stage();
    stage.events.send(Event::Resize(u16::MAX, u16::MAX)).unwrap();
    assert!(stage.run().is_none());
    let (width, height) = stage.model.screen.size;
    assert!(u32::from(width) * u32::from(height) <= 1 << 21);
}

#[test]
fn ctrl_z_stops_the_job_once_and_fg_draws_all_of_it() {
    let mut stage = stage();
    stage.board.resumed = (100, 30);
    // What was typed before the stop is not for afterwards.
    stage.type_keys("<ctrl-z>jj<ctrl-z>q");
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Suspend(Stopping::Job), Resume, Forget, Draw]);
    assert_eq!((stage.model.screen.size, stage.model.list.selected()), ((100, 30), 0));
}

#[test]
fn sigtstp_stops_the_process() {
    let mut stage = stage();
    stage.signals.send(Signal::Stop).unwrap();
    // The continuation of petik's own stop has been seen to already.
    stage.signals.send(Signal::Continue).unwrap();
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Suspend(Stopping::Process), Resume, Forget, Draw]);
}

#[test]
fn a_stop_by_someone_else_is_made_good() {
    let mut stage = stage();
    stage.signals.send(Signal::Continue).unwrap();
    assert!(stage.run().is_none());
    assert_eq!(stage.calls(), [Draw, Resume, Forget, Draw]);
}

#[test]
fn invisible_characters_cannot_be_typed() {
    let mut stage = stage();
    stage.type_keys("/");
    for c in ['a', '\u{202e}', '\u{200b}', '\u{9b}', '\u{e0041}', '\u{feff}', 'é', '李'] {
        stage.events.send(Event::Key(KeyEvent::from(KeyCode::Char(c)))).unwrap();
    }
    stage.events.send(Event::Paste("x\u{1b}]52;c;aGk=\u{7}\u{2066}y\nz".to_owned())).unwrap();
    assert!(stage.run().is_none());
    assert_eq!(stage.model.filter.input.value(), "aé李xy z");
}

#[test]
fn the_terminal_is_told_to_copy_where_nothing_else_can() {
    let mut stage = stage();
    stage.type_keys("yy");
    assert!(stage.run().is_none());
    let text = match stage.asked.borrow().last() {
        Some(Effect::Copy(text)) => text.clone(),
        _ => panic!("nothing is copied"),
    };
    for (way, told) in [(Way::Clipboard, 0), (Way::Tmux, 0), (Way::Terminal, 1)] {
        stage.messages.send(Message::Copied(way, text.clone())).unwrap();
        assert!(stage.run().is_none());
        assert_eq!(stage.board.copied.len(), told, "{way:?}");
    }
    assert_eq!(stage.board.copied, [text]);
    assert!(stage.board.row(23).contains("copied with OSC 52: "), "{}", stage.board.row(23));
}
