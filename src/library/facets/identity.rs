//! When names of different articles are one.

use crate::article::{Annotations, Entity, Kind};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Knows someone or something again in another article.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// What it is.
    pub kind: Kind,
    /// The same for all spellings that are one: what [`Entity::identity`] gives.
    pub key: Arc<str>,
}

/// Who or what an entity of one article is, over all articles.
pub fn identity(entity: &Entity) -> Identity {
    Identity { kind: entity.kind, key: entity.identity().into() }
}

/// In how many of some articles each identity is named.
pub(in crate::library) fn frequencies<'a>(
    all: impl Iterator<Item = &'a Annotations>,
) -> HashMap<Identity, u64> {
    let mut counts = HashMap::new();
    for found in all {
        let once: HashSet<Identity> = found.entities.iter().map(identity).collect();
        for known in once {
            *counts.entry(known).or_insert(0) += 1;
        }
    }
    counts
}
