//! Facts that reach the model, and effects it asks for.

use super::ask::{Answer, Ask, Side};
use super::queries::{KeptQueries, QueryDeed};
use super::{Export, Key, Mouse, Outcome};
use crate::article::Annotations;
use crate::library::{Deed, Done, Folded, Gathered, Ledger, Ordinal, Snapshot, Update};
use crate::search::{Candidate, Completing, Query, Sort};
use std::sync::Arc;

/// Something that has happened.
#[derive(Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Something was done with the mouse.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The screen has another size, in cells.
    Resize(u16, u16),
    /// News of the collection, of the opening of that number.
    Library(u64, Update),
    /// The answer to the question of that number, the articles of a story in one row.
    Found(u64, Arc<Folded>),
    /// The stories of the collection, as they were asked for under that number, and all rows gathered by them.
    Gathered(u64, Gathered, Arc<Folded>),
    /// The answer to the question of that number of one of the panes.
    Answered(Side, u64, Answer),
    /// A deed was done and is on the disk, over articles of the opening of that number, and this is what is known now; or
    /// why it could not be done.
    Kept(u64, Deed, Result<(Done, Arc<Ledger>), String>),
    /// Another petik has done something with articles.
    Stirred,
    /// The library that is open has so many articles now.
    Grown(usize),
    /// What was written in the reader's editor, or why nothing was.
    Edited(Result<String, String>),
    /// A part of the answer to the question of that number of the list; the whole will follow.
    Partly(u64, Answer),
    /// What is known of some articles, of the opening of that number.
    Annotated(u64, Vec<(Ordinal, Arc<Annotations>)>),
    /// What became of the reader's queries.
    KeptQueries(KeptQueries),
    /// What the collection offers for the completion of that number.
    Completed(u64, Vec<Candidate>),
    /// How many articles a saved search finds, by its name.
    Counted(String, Query, usize),
    /// What came of an effect, in words.
    Said(String),
    /// What became of an export.
    Exported(Outcome),
    /// A text was copied in this way, or is to be.
    Copied(Way, String),
}

/// Ways to copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The clipboard of the system has it.
    Clipboard,
    /// tmux has it, and passes it on.
    Tmux,
    /// The terminal is to be told, which may sit on another machine.
    Terminal,
}

/// Something to be done outside the model.
#[derive(Clone)]
pub enum Effect {
    /// Answer a question; one that is being answered is given up.
    Search {
        /// Its number.
        generation: u64,
        /// Over what.
        snapshot: Snapshot,
        /// What is asked.
        query: Query,
        /// In what order.
        sort: Sort,
    },
    /// Sort the articles into stories; an older question of this kind is given up.
    Gather {
        /// Its number.
        number: u64,
        /// Over what.
        snapshot: Snapshot,
    },
    /// Give up sorting the articles into stories.
    StopGathering,
    /// Answer a pane's question; one of the same pane that is being answered is given up.
    Ask {
        /// Whose.
        side: Side,
        /// Its number.
        number: u64,
        /// Over what.
        snapshot: Snapshot,
        /// The rows of the filter.
        rows: Arc<[Ordinal]>,
        /// What is asked.
        ask: Ask,
        /// What was answered to the same question, but for order and words looked for.
        known: Option<Answer>,
    },
    /// Give up what is being answered to that pane.
    Unask(Side),
    /// Annotate these articles before the others.
    Annotate {
        /// The opening they are of.
        opening: u64,
        /// Where they are.
        snapshot: Snapshot,
        /// Which.
        ordinals: Vec<Ordinal>,
    },
    /// Keep something of the reader's queries.
    KeepQuery(QueryDeed),
    /// Look for what can be put where something is half typed; what is looked for already is given up.
    Complete {
        /// Its number.
        number: u64,
        /// Over what.
        snapshot: Snapshot,
        /// What is typed.
        asked: Completing,
    },
    /// Count what each query finds; a count that is under way is given up.
    Count {
        /// Over what.
        snapshot: Snapshot,
        /// The queries by name.
        queries: Vec<(String, Query)>,
    },
    /// Keep what the reader did. Deeds are done one after the other, in order.
    Keep {
        /// The opening they are of.
        opening: u64,
        /// The articles, and what is known of what was done with them.
        snapshot: Snapshot,
        /// What was done.
        deed: Deed,
    },
    /// Lend the terminal to the reader's editor, with this text in it.
    Edit(String),
    /// Read everything again, under that number.
    Open(u64),
    /// Copy a text in the best way there is.
    Copy(String),
    /// Open a link in the program that is for it.
    OpenLink(String),
    /// Write a file; one that is being written is given up.
    Export(Box<Export>),
    /// Give up the file that is being written.
    GiveUp,
    /// Tell the terminal to copy a text (OSC 52).
    TellTerminal(String),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Draw the whole screen anew.
    Redraw,
    /// Give the terminal back until the shell continues petik.
    Suspend,
    /// End with this exit status.
    Quit(u8),
}

/// What an update asks for.
#[derive(Default)]
pub struct Effects {
    /// What to do, in order.
    pub list: Vec<Effect>,
    /// Whether the screen has to be drawn.
    pub draw: bool,
}
