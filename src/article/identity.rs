//! Whom a name names across articles.

use super::{Entity, Kind};
use crate::words::{Country, identity};

impl Kind {
    /// The key that all spellings of a name share across a collection, whatever their language and script; meant to be
    /// compared with keys of the same kind, not to be read. `country` is that of the named one, if known.
    pub fn identity(self, name: &str, country: Option<Country>) -> String {
        match self {
            Kind::Person => identity::person(name),
            Kind::Country => identity::country(name, country),
            Kind::Place => identity::place(name, country),
            Kind::Organisation => identity::organisation(name, country),
        }
    }
}

impl Entity {
    /// The key under which it is one across a collection: see [`Kind::identity`].
    pub fn identity(&self) -> String {
        self.kind.identity(&self.name, self.country)
    }
}
