//! Exporting: what one stands on, the marked rows or all that the filter leaves, into a file whose name one may change.

use super::stand::Stand;
use crate::app::card::Named;
use crate::app::{
    Action, Answer, Context, Effect, Effects, Key, Model, Subject, Table, Typing, View, plural,
};
use crate::export::{Format, file_name, slug};
use crate::library::{Identity, Ordinal, QuotePlace, Snapshot};
use crate::search::Query;
use std::fmt;
use std::sync::Arc;
use tui_input::Input;

/// What is to be written, and where.
#[derive(Clone)]
pub struct Export {
    /// The collection.
    pub snapshot: Snapshot,
    /// What of it.
    pub pieces: Pieces,
    /// In what form.
    pub format: Format,
    /// What names the whole.
    pub title: String,
    /// The file, or the folder of a form that takes one.
    pub path: String,
}

/// What is written of a collection.
#[derive(Clone)]
pub enum Pieces {
    /// Whole articles.
    Articles(Arc<[Ordinal]>),
    /// Quotations.
    Quotes(Arc<[QuotePlace]>),
    /// All quotations of these articles that the query asks for.
    AllQuotes(Arc<[Ordinal]>, Query),
    /// What someone of that name has said in these articles.
    SaidBy(Identity, String, Arc<[Ordinal]>),
}

/// What became of an export.
#[derive(Clone)]
pub enum Outcome {
    /// It was written.
    Written {
        /// Where.
        path: String,
        /// How many articles or quotations.
        count: usize,
        /// Whether they are quotations.
        quotes: bool,
    },
    /// Something of that name is there already; this name is free.
    Taken(Box<Export>, String),
    /// It was given up, and nothing of it is left.
    GivenUp(String),
    /// It could not be written, for this reason, and nothing of it is left.
    Failed(String),
}

/// The line in which a file is named.
#[derive(Clone)]
pub struct Naming {
    export: Export,
    /// The line.
    pub input: Input,
    /// Whether another name was taken: this one is free.
    taken: bool,
}

impl Naming {
    /// What the line is for, in words.
    pub fn prompt(&self) -> String {
        let taken = if self.taken { " there already;" } else { "" };
        format!("{taken} write {} to: ", self.export.pieces)
    }
}

impl fmt::Display for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Pieces::Articles(rows) if rows.len() == 1 => f.write_str("the article"),
            Pieces::Articles(rows) => f.write_str(&plural(rows.len(), "article")),
            Pieces::Quotes(places) if places.len() == 1 => f.write_str("the quotation"),
            Pieces::Quotes(places) => f.write_str(&plural(places.len(), "quotation")),
            Pieces::AllQuotes(rows, _) => write!(f, "the quotations of {}", plural(rows.len(), "article")),
            Pieces::SaidBy(_, name, _) => write!(f, "what {name} said"),
        }
    }
}

impl Pieces {
    fn is_empty(&self) -> bool {
        match self {
            Pieces::Articles(rows) => rows.is_empty(),
            Pieces::Quotes(places) => places.is_empty(),
            Pieces::AllQuotes(rows, _) => rows.is_empty(),
            Pieces::SaidBy(..) => false,
        }
    }
}

/// The form that an action asks for.
pub(in crate::app) fn form(action: Action) -> Option<Format> {
    Some(match action {
        Action::ExportMarkdown => Format::Markdown,
        Action::ExportJson => Format::Json,
        Action::ExportCsv => Format::Csv,
        Action::ExportHtml => Format::Html,
        Action::ExportText => Format::Text,
        Action::ExportSpacy => Format::Spacy,
        Action::ExportBrat => Format::Brat,
        Action::ExportW3c => Format::W3c,
        _ => return None,
    })
}

impl Model {
    /// Asks for the name of a file to export to.
    pub(in crate::app) fn export(&mut self, format: Format) {
        let pieces = if self.hand.whole { Some(self.all_pieces()) } else { self.pieces_here() };
        let Some(pieces) = pieces.filter(|pieces| !pieces.is_empty()) else {
            self.notice = Some("there is nothing to export here".to_owned());
            return;
        };
        if format == Format::Brat && !matches!(pieces, Pieces::Articles(_)) {
            self.notice =
                Some("brat takes whole articles: stand on one, or mark some in their list".to_owned());
            return;
        }
        let ending = if format == Format::Brat { "/".to_owned() } else { format!(".{}", format.ending()) };
        let input = Input::new(format!("{}{ending}", self.proposed(&pieces)));
        let (snapshot, title) = (self.shelf.snapshot.clone(), self.titled_whole(&pieces));
        let export = Export { snapshot, pieces, format, title, path: String::new() };
        self.hand.naming = Some(Naming { export, input, taken: false });
        self.typing = Some(Typing::File);
    }

    /// What would be exported after this key.
    pub(super) fn about_to_export(&self, first: Key) -> Option<String> {
        let pieces = match first {
            Key::ALL => Some(self.all_pieces()),
            first if first == Key::char('e') => self.pieces_here(),
            _ => None,
        };
        pieces.filter(|pieces| !pieces.is_empty()).map(|pieces| pieces.to_string())
    }

    /// The marked rows, else what one stands on; of a name, what it has said.
    fn pieces_here(&self) -> Option<Pieces> {
        let stands = self.stands(usize::MAX).ok()?;
        if let [Stand::Name(named)] = stands.as_slice() {
            return Some(self.said_by(named));
        }
        let quotes: Arc<[QuotePlace]> = stands
            .iter()
            .filter_map(|stand| if let Stand::Quote(place) = stand { Some(*place) } else { None })
            .collect();
        if !quotes.is_empty() {
            return Some(Pieces::Quotes(quotes));
        }
        let article = |stand: &Stand| if let Stand::Article(row) = stand { Some(*row) } else { None };
        Some(Pieces::Articles(stands.iter().filter_map(article).collect()))
    }

    /// What someone has said, as far as the card about them goes.
    fn said_by(&self, named: &Named) -> Pieces {
        let card = self.desk.card.as_ref().filter(|card| card.subject == Subject::Name(named.clone()));
        let anywhere = card.is_some_and(|card| card.anywhere);
        let rows = if anywhere { self.shelf.snapshot.newest_first() } else { self.list.rows() };
        Pieces::SaidBy(named.identity.clone(), named.name.clone(), Arc::clone(rows))
    }

    /// All that the filter leaves: of the view of quotations those, in a dossier what was said, else the articles.
    fn all_pieces(&self) -> Pieces {
        if let (Context::Dossier, Some(Subject::Name(named))) = (self.context(), self.subject()) {
            return self.said_by(&named);
        }
        match self.views.table() {
            // The list looks through so many articles only; a file has room for all.
            Some(Table { answer: Some(Answer::Sayings { sayings, .. }), find, .. })
                if sayings.cut.is_some() && find.value().is_empty() =>
            {
                Pieces::AllQuotes(Arc::clone(self.list.rows()), self.filter.query().clone())
            }
            Some(table) if self.views.now == View::Quotes => {
                let places = (0..table.len()).filter_map(|row| table.saying(row).map(|saying| saying.place));
                Pieces::Quotes(places.collect())
            }
            _ => Pieces::Articles(Arc::clone(self.list.rows())),
        }
    }

    /// A name for the file, without its ending: of letters a to z, digits and dashes.
    fn proposed(&self, pieces: &Pieces) -> String {
        let filter = slug(self.filter.input.value());
        let filter = if filter.is_empty() { filter } else { format!("-{filter}") };
        match pieces {
            Pieces::SaidBy(_, name, _) => format!("quotes-{}", slug(name)),
            Pieces::Quotes(places) => match self.only_speaker(places) {
                Some(name) => format!("quotes-{}", slug(&name)),
                None => format!("quotes{filter}"),
            },
            Pieces::AllQuotes(..) => format!("quotes{filter}"),
            Pieces::Articles(rows) => match (rows.first(), rows.len()) {
                (Some(&row), 1) => self.shelf.snapshot.article(row).map(|article| file_name(&article)),
                _ => None,
            }
            .unwrap_or_else(|| format!("articles{filter}")),
        }
    }

    /// The speaker of all quotations, where that is one.
    fn only_speaker(&self, places: &[QuotePlace]) -> Option<String> {
        /// More than this are not looked at.
        const LOOKED_AT: usize = 200;
        let speaker = |&(row, at): &QuotePlace| {
            let (_, found) = self.known(row)?;
            let speaker = found.quotes.get(at)?.speaker?;
            found.entities.get(speaker).map(|entity| entity.name.clone())
        };
        let first = speaker(places.first()?)?;
        let same =
            places.len() <= LOOKED_AT && places.iter().all(|place| speaker(place).as_ref() == Some(&first));
        same.then_some(first)
    }

    /// What names the whole at its head.
    fn titled_whole(&self, pieces: &Pieces) -> String {
        match (pieces, self.filter.input.value()) {
            (Pieces::SaidBy(_, name, _), _) => name.clone(),
            (Pieces::Articles(rows), "") if rows.len() > 1 => self.shelf.name.clone(),
            (Pieces::AllQuotes(..), "") => self.shelf.name.clone(),
            (Pieces::Quotes(places), "") if places.len() > 1 => self.shelf.name.clone(),
            (Pieces::Articles(rows), _) if rows.len() == 1 => self.title_of(rows.first().copied()),
            (Pieces::Quotes(places), _) if places.len() == 1 => {
                self.title_of(places.first().map(|place| place.0))
            }
            (_, filter) => filter.to_owned(),
        }
    }

    fn title_of(&self, row: Option<Ordinal>) -> String {
        let article = row.and_then(|row| self.shelf.snapshot.article(row));
        article.map(|article| article.title.clone()).unwrap_or_default()
    }

    /// Does what a key does in the line that names a file.
    pub(in crate::app) fn act_on_file(&mut self, action: Action, effects: &mut Effects) {
        self.typing = None;
        let Some(naming) = self.hand.naming.take().filter(|_| action == Action::Accept) else { return };
        let path = naming.input.value().trim().to_owned();
        if path.is_empty() {
            self.notice = Some("nothing was written: the file had no name".to_owned());
            return;
        }
        self.hand.writing = Some(path.clone());
        self.hand.warned = false;
        effects.list.push(Effect::Export(Box::new(Export { path, ..naming.export })));
    }

    /// Gives up the export that is being written.
    pub(in crate::app) fn give_up(&mut self, effects: &mut Effects) {
        match self.hand.writing {
            Some(_) => effects.list.push(Effect::GiveUp),
            None => self.notice = Some("nothing is being written".to_owned()),
        }
    }

    /// Whether one is kept from quitting, once, because a file is being written.
    pub(in crate::app) fn holds_back(&mut self) -> bool {
        let Some(path) = self.hand.writing.as_ref().filter(|_| !self.hand.warned) else { return false };
        self.notice = Some(format!("{path} is still being written: q again gives it up"));
        self.hand.warned = true;
        true
    }

    /// The file that is being written.
    pub fn writing(&self) -> Option<&str> {
        self.hand.writing.as_deref()
    }

    /// The line in which a file is named.
    pub fn naming(&self) -> Option<&Naming> {
        self.hand.naming.as_ref().filter(|_| self.typing == Some(Typing::File))
    }

    /// Says what became of an export; asks for another name where the first was taken.
    pub(in crate::app) fn exported(&mut self, outcome: Outcome) {
        let named = self.hand.writing.take();
        match outcome {
            Outcome::Written { path, count, quotes } => {
                self.hand.anchor = None;
                let what = plural(count, if quotes { "quotation" } else { "article" });
                let so_far = self.shelf.annotating().filter(|_| quotes);
                let so_far = so_far.map(|known| format!(" (so far: names {known} %)")).unwrap_or_default();
                self.notice = Some(format!("{what}{so_far} written to {path}"));
            }
            Outcome::Failed(why) => self.notice = Some(why),
            Outcome::GivenUp(path) => {
                // Another one may be under way by now.
                self.hand.writing = named.filter(|other| *other != path);
                self.notice = Some(format!("given up: nothing of {path} is left"));
            }
            Outcome::Taken(export, free) => {
                let taken = named.unwrap_or_default();
                if self.typing.is_some() || self.palette.is_some() || self.overlay.is_some() {
                    self.notice = Some(format!("{taken} is there already: nothing was written"));
                    return;
                }
                self.hand.pending = None;
                self.hand.naming = Some(Naming { export: *export, input: Input::new(free), taken: true });
                self.typing = Some(Typing::File);
            }
        }
    }
}
