//! The pure state machine: [`Model`], [`Message`], [`Action`], and [`Model::update`], which turns a message into
//! another model and [`Effects`].
//!
//! Nothing here reads a file, a clock or a terminal. Of ratatui only `layout::Rect` is used.

mod action;
mod acts;
mod arrange;
mod ask;
pub mod card;
mod cursor;
mod document;
mod elsewhere;
pub mod facets;
mod filter;
mod find;
mod gather;
mod hand;
mod keeping;
mod key;
pub mod keymap;
pub mod layout;
mod line;
mod links;
mod list;
mod marks;
mod message;
mod mouse;
mod name_line;
mod news;
mod overlay;
mod page;
mod palette;
mod pivot;
mod queries;
mod reader;
mod rows;
pub mod strip;
pub mod trail;
mod typing;
mod update;
mod views;
mod walk;

pub use action::Action;
pub use ask::{Answer, Ask, Side, Step, Wanted};
pub use card::{Card, Desk, Lead};
pub use cursor::Cursor;
pub use document::{Document, NOTE, STAR, SURE, UNREAD, grouped, plural};
pub use filter::Filter;
pub use find::Find;
use gather::Gathering;
pub use hand::{Choices, Export, Hand, Naming, Outcome, Pieces};
pub use keeping::Keeping;
pub use key::{Code, Key};
pub use keymap::Context;
pub use links::Links;
pub use list::{DATED, List, ROW, Told};
pub use marks::{Marks, NameMark, QuoteMark};
pub use message::{Effect, Effects, Message, Way};
pub use mouse::{Button, Mouse};
pub use name_line::NameLine;
pub use news::NOTHING;
pub use overlay::{KEYS, Overlay, OverlayLine, OverlayPage, Sample};
pub use page::{Anchor, Line, Page, Position};
pub use palette::{Deed, Entry, Palette};
pub use queries::{History, KeptQueries, Menu, Purpose, Queries, QueryDeed, Row, SearchName, SearchesPage};
pub use reader::{Focus, Reader};
pub use rows::NO_ARTICLES;
pub use trail::{Subject, Trail};
pub use views::{Order, RowKey, Table, View, Views};

use crate::article::Annotations;
use crate::library::{Folded, Ledger, Line as ListLine, Ordinal, Snapshot};
use crate::load::{Problem, Progress};
use layout::{Layout, Want, layout};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Which markers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Markers {
    /// Quotations and names.
    #[default]
    All,
    /// Quotations only.
    Quotes,
    /// Names only.
    Names,
    /// Neither.
    Off,
}

impl Markers {
    /// Whether quotations are marked.
    pub fn quotes(self) -> bool {
        matches!(self, Markers::All | Markers::Quotes)
    }

    /// Whether names are marked.
    pub fn names(self) -> bool {
        matches!(self, Markers::All | Markers::Names)
    }
}

/// How the screen is set up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Screen {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Which markers are drawn.
    pub markers: Markers,
    /// The article alone, even where there is room for two panes.
    pub zoom: bool,
    /// Columns of the list beside another pane, where the reader has chosen them.
    pub list: Option<u16>,
    /// Whether the line between the panes is being dragged.
    pub dragging: bool,
    /// Whether the mouse is left to the terminal.
    pub no_mouse: bool,
    /// Whether there are no colours. A map needs them: without, its bars have its place.
    pub no_colour: bool,
}

/// The lines that can be typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// The filter.
    Filter,
    /// What to find in the article or the list.
    Find,
    /// The name of a saved search.
    Name,
    /// The tags of an article.
    Tags,
    /// A note about an article.
    Note,
    /// The name of a file to export to.
    File,
}

/// The collection as far as it is known.
#[derive(Default)]
pub struct Shelf {
    /// What it is called on the screen.
    pub name: String,
    /// What it holds.
    pub snapshot: Snapshot,
    /// Counts openings; news of an older one is stale.
    pub opening: u64,
    /// How far reading is; `None` once everything is read.
    pub reading: Option<Progress>,
    /// How many articles there are in its library, as was last heard.
    grown: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Whether another opening is under way behind what is shown.
    pub reloading: bool,
    /// Whether it can be read only once: some of it came from the standard input.
    pub once: bool,
    /// All articles, the articles of a story in one row.
    whole: Arc<Folded>,
    /// The same as they stood before rows were gathered by story, or let stand.
    turned: Arc<Folded>,
    /// Whether they are.
    gathering: Gathering,
    /// What is known of articles that the snapshot does not know yet.
    early: HashMap<Ordinal, Arc<Annotations>>,
    /// Articles whose annotations have been asked for.
    asked: HashSet<Ordinal>,
}

impl Shelf {
    /// Folds rows from now on as the reader wants it.
    fn turn(&mut self) {
        self.snapshot.gather_by(self.gathering.by());
        std::mem::swap(&mut self.whole, &mut self.turned);
    }

    /// All articles, newest first, the articles of a story in one row.
    fn whole(&mut self) -> Arc<Folded> {
        let all = self.snapshot.newest_first();
        if !self.whole.is_of(&self.snapshot, all) {
            self.whole = Arc::new(self.snapshot.fold(all));
        }
        Arc::clone(&self.whole)
    }

    /// How many articles came into its library since it was read.
    pub fn more(&self) -> usize {
        if self.reading.is_some() { 0 } else { self.grown.saturating_sub(self.snapshot.len()) }
    }

    /// What is known of an article.
    pub fn annotations(&self, ordinal: Ordinal) -> Option<Arc<Annotations>> {
        self.snapshot.annotations(ordinal).or_else(|| self.early.get(&ordinal).cloned())
    }

    /// What the list shows of an article.
    pub fn line(&self, ordinal: Ordinal) -> Option<Arc<ListLine>> {
        match self.early.get(&ordinal) {
            Some(found) => Some(Arc::new(ListLine::of(&*self.snapshot.article(ordinal)?, Some(found)))),
            None => self.snapshot.line(ordinal),
        }
    }

    /// Puts another snapshot of the same opening in place. What is known already of what the reader did may be newer.
    fn put(&mut self, mut snapshot: Snapshot) {
        let (mine, its) = (self.snapshot.ledger(), snapshot.ledger());
        if mine.version() > its.version() {
            let mut known = Ledger::clone(mine);
            known.extend(its);
            snapshot.set_ledger(Arc::new(known));
        }
        self.snapshot = snapshot;
        self.snapshot.gather_by(self.gathering.by());
    }

    /// How many hundredths of the articles are annotated; `None` once all are.
    pub fn annotating(&self) -> Option<usize> {
        let (known, all) = (self.snapshot.annotated(), self.snapshot.len());
        (known < all).then(|| known * 100 / all)
    }
}

/// Everything that is on the screen.
pub struct Model {
    /// The collection.
    pub shelf: Shelf,
    /// The list of articles.
    pub list: List,
    /// The filter line.
    pub filter: Filter,
    /// Queries that were typed before, and those that are saved.
    pub queries: Queries,
    /// The reading pane.
    pub reader: Reader,
    /// The lists of the other views.
    pub views: Views,
    /// The card in the right pane.
    pub desk: Desk,
    /// Where one is and has been.
    pub trail: Trail,
    /// What is kept of what the reader does.
    pub keeping: Keeping,
    /// The line that is being typed.
    pub typing: Option<Typing>,
    /// What is half done: a sequence of keys, marked rows, a file that is named.
    pub hand: Hand,
    /// The palette, while it is open.
    pub palette: Option<Palette>,
    /// A page laid over the screen.
    pub overlay: Option<Overlay>,
    /// A word to the reader, until the next key.
    pub notice: Option<String>,
    /// How the screen is set up.
    pub screen: Screen,
    /// Where one was when a find began.
    found_from: Option<Anchor>,
}

impl Model {
    /// The model before anything is read: an empty list that waits.
    pub fn new(name: String, size: (u16, u16)) -> Model {
        Model {
            shelf: Shelf { name, reading: Some(Progress::default()), ..Shelf::default() },
            list: List::default(),
            filter: Filter::default(),
            queries: Queries::default(),
            reader: Reader::default(),
            views: Views::default(),
            desk: Desk::default(),
            trail: Trail::default(),
            keeping: Keeping::default(),
            typing: None,
            hand: Hand::default(),
            palette: None,
            overlay: None,
            notice: None,
            screen: Screen { size, ..Screen::default() },
            found_from: None,
        }
    }

    /// What the list of the view is, how many rows it has and in what order.
    pub fn head(&self) -> strip::Strip {
        rows::head(&self.views, &self.shelf, self.list_columns())
    }

    /// Where everything stands.
    pub fn layout(&self) -> Layout {
        let (width, height) = self.screen.size;
        layout(
            width,
            height,
            Want {
                reader: self.is_reading(),
                zoom: self.screen.zoom,
                list: self.screen.list,
                facets: self.views.facets.keys,
                lone: self.screen.no_colour && self.views.now == View::Map,
                halved: !self.shows_article_or_map(),
            },
        )
    }
}
