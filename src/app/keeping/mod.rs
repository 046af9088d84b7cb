//! What is kept of what the reader does with articles: asked for here, shown once it is on the disk.

mod lines;

use super::trail::Subject;
use super::views::View;
use super::{Action, Effect, Effects, Lead, Model, Typing, plural};
use crate::library::{Change, Deed, Done, Ledger, Ordinal};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use tui_input::Input;

/// What can be switched on and off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Switch {
    Read,
    Starred,
}

/// What is under way between the reader and the disk.
#[derive(Debug, Default)]
pub struct Keeping {
    /// The line of tags, or of a note, while it is typed.
    input: Input,
    /// The articles it is about.
    about: Vec<Ordinal>,
    /// The word that is being completed, and how often it was.
    completing: Option<(String, usize)>,
    /// The opening that the snapshot on the screen is of.
    opening: u64,
    /// Up to which change of the state there is news.
    version: i64,
    /// Whether news is being fetched, and whether there is more of it since.
    looking: bool,
    stirred: bool,
    /// What is to be said of each deed that is under way once it is done, in order.
    words: VecDeque<Option<String>>,
    /// How switches will stand once all deeds are done.
    wished: HashMap<(Ordinal, Switch), bool>,
    /// The article that is open, and whether what is being done opens one.
    opened: Option<Ordinal>,
    opens: bool,
}

impl Keeping {
    /// The line of tags or of a note.
    pub fn line(&self) -> &Input {
        &self.input
    }

    /// As [`Keeping::line`], to be typed into.
    pub(super) fn line_mut(&mut self) -> &mut Input {
        self.completing = None;
        &mut self.input
    }

    /// Hears of every action before it is done.
    pub(super) fn does(&mut self, action: Action) {
        self.opens = action == Action::Open;
    }

    /// Goes over to the articles of another opening.
    pub(super) fn turn_to(&mut self, opening: u64) {
        self.opening = opening;
        self.about.clear();
        self.opened = None;
        self.wished.clear();
    }
}

impl Model {
    /// The article one stands on: the one that is open, that a line of the dossier leads to, or that is selected.
    pub(super) fn article_here(&self) -> Option<Ordinal> {
        if self.is_reading() {
            return match self.subject()? {
                Subject::Article(row) => Some(row),
                subject => match self.desk.card.as_ref().filter(|card| card.subject == subject)?.lead()? {
                    Lead::Article(row, _) => Some(*row),
                    _ => None,
                },
            };
        }
        match self.views.now {
            View::Articles => self.list.current(),
            View::Quotes => {
                let table = self.views.table()?;
                table.saying(table.cursor.selected).map(|saying| saying.place.0)
            }
            _ => None,
        }
    }

    /// The articles of the marked rows, else the one that one stands on.
    fn articles_here(&self) -> Vec<Ordinal> {
        let Some(marked) = self.marked() else { return self.article_here().into_iter().collect() };
        let mut rows: Vec<Ordinal> = match self.views.table() {
            None => marked.filter_map(|row| self.list.shown().get(row).copied()).collect(),
            Some(table) => marked.filter_map(|row| Some(table.saying(row)?.place.0)).collect(),
        };
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    pub(super) fn act_on_state(&mut self, action: Action, effects: &mut Effects) {
        match action {
            Action::Undo => return self.keep(Deed::Undo, None, effects),
            Action::Redo => return self.keep(Deed::Redo, None, effects),
            Action::MarkAllRead => return self.mark_all_read(effects),
            _ => {}
        }
        let rows = self.articles_here();
        let Some(&first) = rows.first() else {
            self.notice = Some("stand on an article first".to_owned());
            return;
        };
        match action {
            Action::Star => self.switch(&rows, Switch::Starred, effects),
            Action::ToggleRead => self.switch(&rows, Switch::Read, effects),
            Action::Tags => {
                let tags = self.tags_of_all(&rows).iter().map(|tag| format!("{tag} ")).collect();
                self.type_about(rows, Typing::Tags, tags);
            }
            Action::Note if rows.len() > 1 => {
                self.notice = Some("a note is about one article: Esc lets go of the rows".to_owned());
            }
            Action::Note => {
                let note = self.shelf.snapshot.ledger().note(first).unwrap_or_default();
                let note = lines::in_one_line(note);
                self.type_about(rows, Typing::Note, note);
            }
            _ => {}
        }
    }

    /// Switches articles on, or off where all of them are on.
    fn switch(&mut self, rows: &[Ordinal], switch: Switch, effects: &mut Effects) {
        let ledger = self.shelf.snapshot.ledger();
        let is_on = |row: Ordinal| match switch {
            Switch::Read => ledger.is_read(row),
            Switch::Starred => ledger.is_starred(row),
        };
        let wished = |row: Ordinal| self.keeping.wished.get(&(row, switch)).copied();
        let now = !rows.iter().all(|&row| wished(row).unwrap_or_else(|| is_on(row)));
        self.keeping.wished.extend(rows.iter().map(|&row| ((row, switch), now)));
        let (change, words) = match (switch, now) {
            (Switch::Read, true) => (Change::Read(true), "marked read"),
            (Switch::Read, false) => (Change::Read(false), "marked unread"),
            (Switch::Starred, true) => (Change::Starred(true), "starred"),
            (Switch::Starred, false) => (Change::Starred(false), "no star any more"),
        };
        let words = match rows.len() {
            1 => words.to_owned(),
            many => format!("{words}: {}", plural(many, "article")),
        };
        self.unmark_rows();
        self.keep(Deed::Change(rows.into(), vec![change]), Some(words), effects);
    }

    fn mark_all_read(&mut self, effects: &mut Effects) {
        let rows = Arc::clone(self.list.rows());
        if rows.is_empty() {
            self.notice = Some("there are no articles here to mark".to_owned());
            return;
        }
        if rows.len() >= 10_000 {
            self.notice = Some(format!("marking {} read …", plural(rows.len(), "article")));
        }
        self.keep(Deed::Change(rows, vec![Change::Read(true)]), Some(String::new()), effects);
    }

    fn keep(&mut self, deed: Deed, words: Option<String>, effects: &mut Effects) {
        self.keeping.words.push_back(words);
        let snapshot = self.shelf.snapshot.clone();
        effects.list.push(Effect::Keep { opening: self.keeping.opening, snapshot, deed });
    }

    /// Fetches what others have done.
    pub(super) fn look_at_state(&mut self, effects: &mut Effects) {
        if self.keeping.looking {
            self.keeping.stirred = true;
            return;
        }
        self.keeping.looking = true;
        self.keep(Deed::Look, None, effects);
    }

    /// Fetches what is known to be new.
    pub(super) fn catch_up(&mut self, effects: &mut Effects) {
        if self.shelf.snapshot.ledger().version() < self.keeping.version && !self.keeping.looking {
            self.look_at_state(effects);
        }
    }

    /// Takes the answer to a deed; tells whether there is anything to show.
    pub(super) fn kept(
        &mut self,
        opening: u64,
        deed: &Deed,
        done: Result<(Done, Arc<Ledger>), String>,
        effects: &mut Effects,
    ) -> bool {
        let words = self.keeping.words.pop_front().flatten();
        if self.keeping.words.is_empty() || done.is_err() {
            self.keeping.wished.clear();
        }
        let looked = *deed == Deed::Look;
        if looked {
            self.keeping.looking = false;
        }
        let (said, shown) = match done {
            Ok((done, ledger)) => {
                let shown = self.adopt(opening, ledger);
                if looked && opening == self.keeping.opening && !self.keeping.stirred {
                    self.keeping.version = self.shelf.snapshot.ledger().version();
                }
                (words_of(&done, deed, words), shown)
            }
            Err(error) => {
                // What was written is not lost: it stands in its line again.
                if let Deed::Change(rows, changes) = deed
                    && let [Change::Note(Some(note))] = changes.as_slice()
                    && self.typing.is_none()
                    && opening == self.keeping.opening
                {
                    self.type_about(rows.to_vec(), Typing::Note, lines::in_one_line(note));
                }
                // What cannot be read now is not asked for again before there is news.
                self.keeping.version = self.shelf.snapshot.ledger().version();
                (Some(error), true)
            }
        };
        if looked && std::mem::take(&mut self.keeping.stirred) {
            self.look_at_state(effects);
        }
        let speaks = said.is_some();
        if speaks {
            self.notice = said;
        }
        shown || speaks
    }

    /// Knows what a ledger tells; `false` when that is nothing new.
    fn adopt(&mut self, opening: u64, ledger: Arc<Ledger>) -> bool {
        self.keeping.version = self.keeping.version.max(ledger.version());
        let mine = self.shelf.snapshot.ledger();
        if opening != self.keeping.opening || ledger.version() <= mine.version() {
            return false;
        }
        let ledger = if ledger.len() < mine.len() {
            let mut both = Ledger::clone(&ledger);
            both.extend(mine);
            Arc::new(both)
        } else {
            ledger
        };
        self.shelf.snapshot.set_ledger(ledger);
        true
    }

    /// Sees to it that an article that was opened is read, and that of one that was left it is kept how far.
    pub(super) fn turn_page(&mut self, effects: &mut Effects) {
        let opens = std::mem::take(&mut self.keeping.opens);
        let open = self.opened();
        if open == self.keeping.opened {
            return;
        }
        if let Some(left) = std::mem::replace(&mut self.keeping.opened, open) {
            self.keep_position(left, effects);
        }
        if let Some(row) = open.filter(|_| opens)
            && !self.shelf.snapshot.ledger().is_read(row)
        {
            self.keep(Deed::Change([row].into(), vec![Change::Read(true)]), None, effects);
        }
    }

    /// What is to be done before petik ends.
    pub fn farewell(&mut self) -> Vec<Effect> {
        let mut effects = Effects::default();
        if let Some(open) = self.keeping.opened {
            self.keep_position(open, &mut effects);
        }
        effects.list
    }

    /// The article that is open, rather than shown beside the list.
    fn opened(&self) -> Option<Ordinal> {
        match self.subject().filter(|_| self.is_reading())? {
            Subject::Article(row) => Some(row),
            _ => None,
        }
    }

    fn keep_position(&mut self, row: Ordinal, effects: &mut Effects) {
        let Some(article) = self.shelf.snapshot.article(row) else { return };
        let before = self.shelf.snapshot.ledger().position(row).unwrap_or(0);
        if let Some(position) = self.reader.reached(&article).filter(|&position| position != before) {
            self.keep(Deed::Position(row, position), None, effects);
        }
    }
}

/// What is said of a deed that is done; `words` is what was to be said.
fn words_of(done: &Done, deed: &Deed, words: Option<String>) -> Option<String> {
    let many = |what: &str, articles: usize| match articles {
        1 => what.to_owned(),
        _ => format!("{what}, {}", plural(articles, "article")),
    };
    match (done, deed) {
        (Done::Changed(0), _) if words.as_deref() == Some("") => {
            Some("all of these are read already".to_owned())
        }
        (Done::Changed(changed), _) if words.as_deref() == Some("") => {
            Some(format!("marked {} read; u undoes", plural(*changed, "article")))
        }
        (Done::Undone(None), _) => Some("nothing to undo".to_owned()),
        (Done::Redone(None), _) => Some("nothing to do again".to_owned()),
        (Done::Undone(Some(undone)), _) => {
            Some(format!("undone: {}; U does it again", many(&undone.what, undone.articles)))
        }
        (Done::Redone(Some(done)), _) => Some(format!("done again: {}", many(&done.what, done.articles))),
        (Done::Changed(_) | Done::Reached | Done::Looked, _) => words,
    }
}
