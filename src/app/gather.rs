//! Rows gathered by story: what tells one story stands in one row, whether it is a copy or not.

use super::{Effect, Effects, Model, Shelf, plural};
use crate::library::{Folded, Gathered, Snapshot};
use std::sync::Arc;

/// Whether rows are gathered by story, and what is known of the stories.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    /// Whether the reader wants it.
    on: bool,
    /// Counts questions; an answer to an older one is stale.
    number: u64,
    /// Whether the last one is being answered.
    asking: bool,
    /// What was answered, of this opening.
    known: Option<Gathered>,
}

impl Gathering {
    /// What rows are gathered by now; `None` while they are not.
    pub(super) fn by(&self) -> Option<Gathered> {
        self.known.clone().filter(|_| self.on)
    }

    /// Whether what is known is to be found anew. While the collection grows, not before a tenth more of it is annotated:
    /// all of that together costs some ten times what the last one does, however long it grows.
    fn is_due(&self, snapshot: &Snapshot, grows: bool) -> bool {
        let Some(known) = &self.known else { return true };
        let (then, now) = (known.annotated(), snapshot.annotated());
        !known.is_of(snapshot) && (!grows || now > then + then / 10)
    }
}

impl Shelf {
    /// How rows are gathered, in a word, where they are.
    pub fn gathering(&self) -> Option<&'static str> {
        let Gathering { on, known, .. } = &self.gathering;
        on.then(|| if known.is_some() { "by story" } else { "gathering …" })
    }
}

impl Model {
    /// Gathers rows by story, or lets those that are no copies stand for themselves again.
    pub(super) fn gather(&mut self, effects: &mut Effects) {
        let shelf = &mut self.shelf;
        shelf.gathering.on = !shelf.gathering.on;
        shelf.turn();
        if !shelf.gathering.on && std::mem::take(&mut shelf.gathering.asking) {
            effects.list.push(Effect::StopGathering);
        }
        self.refresh_list(effects);
        self.ask_for_stories(effects);
    }

    /// Asks for the stories of the collection as it is now, if they are wanted and not known.
    pub(super) fn ask_for_stories(&mut self, effects: &mut Effects) {
        let grows = self.shelf.reading.is_some() || self.shelf.annotating().is_some();
        let Shelf { gathering, snapshot, .. } = &mut self.shelf;
        if gathering.on && !gathering.asking && gathering.is_due(snapshot, grows) {
            gathering.asking = true;
            gathering.number += 1;
            effects.list.push(Effect::Gather { number: gathering.number, snapshot: snapshot.clone() });
        }
    }

    /// Takes the stories, with all rows as they are gathered by them; `false` when they are stale.
    pub(super) fn gathered(
        &mut self,
        number: u64,
        stories: Gathered,
        whole: Arc<Folded>,
        effects: &mut Effects,
    ) -> bool {
        let gathering = &mut self.shelf.gathering;
        if !gathering.asking || number != gathering.number {
            return false;
        }
        gathering.asking = false;
        if let Some(most) = stories.cut().filter(|_| gathering.known.is_none()) {
            self.notice = Some(format!("the newest {} are gathered by story", plural(most, "article")));
        }
        gathering.known = Some(stories);
        self.shelf.turn();
        self.shelf.whole = whole;
        self.refresh_list(effects);
        // The collection may have grown meanwhile.
        self.ask_for_stories(effects);
        true
    }

    /// Lets go of the stories of a collection that was read again.
    pub(super) fn forget_stories(&mut self) {
        let gathering = &mut self.shelf.gathering;
        gathering.known = None;
        gathering.asking = false;
    }
}
