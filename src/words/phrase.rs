//! Phrases found by the hashes of their tokens.

use super::token::{Token, Tokens};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// A trie of phrases; its nodes are found by the hash of the tokens on the way to them.
#[derive(Debug, Clone)]
pub(crate) struct Phrases<V> {
    nodes: HashedMap<Node<V>>,
}

#[derive(Debug, Clone, Copy)]
struct Node<V> {
    value: Option<V>,
    more: bool,
}

impl<V> Default for Phrases<V> {
    fn default() -> Phrases<V> {
        Phrases { nodes: HashedMap::default() }
    }
}

/// Both apostrophes are one.
fn step(key: u64, token: &Token) -> u64 {
    let hash = if token.is('’') { Token::APOSTROPHE } else { token.hash };
    (key.rotate_left(29) ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl<V: Copy> Phrases<V> {
    /// Adds a phrase, cut like a text; `join` makes one value of the one that is there and the new one.
    pub(crate) fn insert(&mut self, phrase: impl Iterator<Item = Token>, value: V, join: impl Fn(V, V) -> V) {
        let mut key = 0;
        let mut cut = phrase.peekable();
        while let Some(token) = cut.next() {
            key = step(key, &token);
            let node = self.nodes.entry(key).or_insert(Node { value: None, more: false });
            if cut.peek().is_some() {
                node.more = true;
            } else {
                node.value = Some(node.value.map_or(value, |old| join(old, value)));
            }
        }
    }

    /// The longest phrase that begins at the first of `tokens`, with its length in tokens. A phrase does not run over
    /// a line break.
    pub(crate) fn longest(&self, tokens: &[Token]) -> Option<(usize, V)> {
        let mut best = None;
        let mut key = 0;
        for (at, token) in tokens.iter().enumerate() {
            if at > 0 && token.gap > super::token::Gap::Space {
                break;
            }
            key = step(key, token);
            let Some(node) = self.nodes.get(&key) else { break };
            if let Some(value) = node.value {
                best = Some((at + 1, value));
            }
            if !node.more {
                break;
            }
        }
        best
    }

    /// The value of exactly this phrase.
    pub(crate) fn get(&self, phrase: Tokens<'_>) -> Option<V> {
        let key = phrase.fold(0, |key, token| step(key, &token));
        self.nodes.get(&key).and_then(|node| node.value)
    }

    /// The value of a phrase of this one word.
    pub(crate) fn word(&self, hash: u64) -> Option<V> {
        self.nodes.get(&step(0, &Token { hash, ..Token::NONE })).and_then(|node| node.value)
    }
}
