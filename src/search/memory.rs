//! What was found for the words of the last queries: typing one word leaves the others as they were, and taking letters
//! back asks again what was asked before.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::found::Found;
use super::index::Arena;
use super::query::{Scope, Word};
use super::word::Signs;
use crate::words::Country;

/// At most this many bytes are kept.
const MOST: usize = 24 << 20;

/// All that what is found for a word depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    text: String,
    signs: Signs,
    scope: Scope,
    called: Vec<Country>,
    beginning: Vec<Country>,
    misspelt: bool,
}

/// What was found in each arena, by the arena's number.
#[derive(Debug, Default)]
struct Entry {
    founds: HashMap<u64, Arc<Found>>,
    bytes: usize,
    /// When it was last asked for.
    used: u64,
}

#[derive(Debug, Default)]
struct Entries {
    of: HashMap<Question, Entry>,
    bytes: usize,
    clock: u64,
}

/// What was found for the words of the last queries over a collection.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Entries>);

impl Memory {
    /// What an arena holds of a word, found if need be.
    pub(super) fn find(
        &self,
        arena: &Arena,
        scope: Scope,
        word: &Word,
        misspelt: bool,
        find: impl FnOnce() -> Option<Found>,
    ) -> Option<Arc<Found>> {
        let question = Question {
            text: word.text().to_owned(),
            signs: word.needle.signs(),
            scope,
            called: word.called.clone(),
            beginning: word.beginning.clone(),
            misspelt,
        };
        if let Some(found) = self.lock().get(&question, arena.number()) {
            return Some(found);
        }
        let found = Arc::new(find()?);
        self.lock().put(question, arena.number(), Arc::clone(&found));
        Some(found)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn get(&mut self, question: &Question, arena: u64) -> Option<Arc<Found>> {
        self.clock += 1;
        let entry = self.of.get_mut(question)?;
        entry.used = self.clock;
        entry.founds.get(&arena).map(Arc::clone)
    }

    fn put(&mut self, question: Question, arena: u64, found: Arc<Found>) {
        self.clock += 1;
        let bytes = found.size();
        let entry = self.of.entry(question).or_default();
        entry.used = self.clock;
        if entry.founds.insert(arena, found).is_none() {
            entry.bytes += bytes;
            self.bytes += bytes;
        }
        while self.bytes > MOST && self.of.len() > 1 {
            let oldest =
                self.of.iter().min_by_key(|(_, entry)| entry.used).map(|(question, _)| question.clone());
            let Some(gone) = oldest.and_then(|oldest| self.of.remove(&oldest)) else { return };
            self.bytes = self.bytes.saturating_sub(gone.bytes);
        }
    }
}
