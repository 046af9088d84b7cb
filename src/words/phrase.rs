//! Phrases found by the hashes of their tokens.

use super::table::{Entry, Filter, Slot, Table};
use super::token::{Gap, Token, Tokens};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// A hasher for keys that are hashes already.
#[derive(Debug, Default, Clone)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map whose keys are hashes already.
pub(crate) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// The key of a phrase, from the key of all but its last token and that one's hash. Both apostrophes are one.
fn step(key: u64, hash: u64) -> u64 {
    let hash = if hash == Token::HIGH_COMMA { Token::APOSTROPHE } else { hash };
    (key.rotate_left(29) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The key of a phrase of one word by its hash.
pub(super) fn root(hash: u64) -> u64 {
    step(0, hash)
}

/// The key of a phrase.
pub(super) fn key(phrase: Tokens<'_>) -> u64 {
    phrase.fold(0, |key, token| step(key, token.hash))
}

/// The longest phrase that begins at the first of `tokens`, whose entry is `first`: its length in tokens and its
/// number. `find` gives the entry of a key. A phrase does not run over a line break.
pub(super) fn longest(first: Entry, tokens: &[Token], find: impl Fn(u64) -> Entry) -> Option<(usize, usize)> {
    let mut best = first.number().map(|number| (1, number));
    if !first.more() {
        return best;
    }
    let (head, rest) = tokens.split_first()?;
    let mut so_far = root(head.hash);
    for (at, token) in rest.iter().enumerate() {
        if token.gap > Gap::Space {
            break;
        }
        so_far = step(so_far, token.hash);
        let entry = find(so_far);
        if let Some(number) = entry.number() {
            best = Some((at + 2, number));
        }
        if !entry.more() {
            break;
        }
    }
    best
}

/// A trie of phrases as it is filled; its nodes are found by the hash of the tokens on the way to them.
#[derive(Debug, Clone)]
pub(super) struct Trie<V> {
    nodes: HashedMap<Node<V>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Node<V> {
    value: Option<V>,
    more: bool,
}

impl<V> Default for Trie<V> {
    fn default() -> Trie<V> {
        Trie { nodes: HashedMap::default() }
    }
}

impl<V: Copy + PartialEq> Trie<V> {
    /// Adds a phrase, cut like a text; `join` makes one value of the one that is there and the new one.
    pub(super) fn insert(&mut self, phrase: impl Iterator<Item = Token>, value: V, join: impl Fn(V, V) -> V) {
        let mut key = 0;
        let mut cut = phrase.peekable();
        while let Some(token) = cut.next() {
            key = step(key, token.hash);
            let node = self.nodes.entry(key).or_insert(Node { value: None, more: false });
            if cut.peek().is_some() {
                node.more = true;
            } else {
                node.value = Some(node.value.map_or(value, |old| join(old, value)));
            }
        }
    }

    /// The value of exactly this phrase.
    pub(super) fn get(&self, phrase: Tokens<'_>) -> Option<V> {
        self.nodes.get(&key(phrase)).and_then(|node| node.value)
    }

    /// The nodes that `base` does not have or has otherwise, by key, with their entries, their values numbered by
    /// `number`.
    pub(super) fn entries(&self, base: &Trie<V>, mut number: impl FnMut(V) -> usize) -> Vec<(u64, Entry)> {
        let mut nodes: Vec<(u64, Node<V>)> = self
            .nodes
            .iter()
            .filter(|(key, node)| base.nodes.get(*key) != Some(*node))
            .map(|(key, node)| (*key, *node))
            .collect();
        nodes.sort_unstable_by_key(|(key, _)| *key);
        nodes
            .into_iter()
            .map(|(key, node)| (key, Entry::new(node.value.map(&mut number), node.more)))
            .collect()
    }
}

/// Phrases and their values, ready to ask.
#[derive(Debug, Clone)]
pub(super) struct Phrases<V> {
    filter: Filter,
    table: Table<Vec<Slot>>,
    values: Vec<V>,
}

impl<V> Default for Phrases<V> {
    fn default() -> Phrases<V> {
        Phrases { filter: Filter::default(), table: Table::default(), values: Vec::new() }
    }
}

impl<V: Copy + Eq + Hash> From<Trie<V>> for Phrases<V> {
    fn from(trie: Trie<V>) -> Phrases<V> {
        let mut values: Vec<V> = Vec::new();
        let mut numbers: HashMap<V, usize> = HashMap::new();
        let entries = trie.entries(&Trie::default(), |value| {
            *numbers.entry(value).or_insert_with(|| {
                values.push(value);
                values.len() - 1
            })
        });
        let table = Table::new(entries, 60);
        Phrases { filter: Filter::of(table.keys()), table, values }
    }
}

impl<V: Copy> Phrases<V> {
    fn find(&self, key: u64) -> Entry {
        if self.filter.may_hold(key) { self.table.get(key) } else { Entry::NONE }
    }

    /// The longest phrase that begins at the first of `tokens`, with its length in tokens. A phrase does not run over
    /// a line break.
    pub(super) fn longest(&self, tokens: &[Token]) -> Option<(usize, V)> {
        let first = self.find(root(tokens.first()?.hash));
        let (length, number) = longest(first, tokens, |key| self.find(key))?;
        Some((length, *self.values.get(number)?))
    }

    /// The value of exactly this phrase.
    pub(super) fn get(&self, phrase: Tokens<'_>) -> Option<V> {
        self.value(self.find(key(phrase)))
    }

    /// The value of a phrase of this one word.
    pub(super) fn word(&self, hash: u64) -> Option<V> {
        self.value(self.find(root(hash)))
    }

    fn value(&self, entry: Entry) -> Option<V> {
        entry.number().and_then(|number| self.values.get(number)).copied()
    }
}
