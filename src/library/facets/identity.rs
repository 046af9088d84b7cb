//! When names of different articles are one.

use crate::article::{Entity, Kind};
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
