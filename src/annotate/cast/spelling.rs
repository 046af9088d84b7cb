//! One person in two spellings in one article: "Sergei Lavrov", "Sergey Lavrov".

use super::{Cast, SHARED};
use crate::annotate::names::Name;
use crate::annotate::page::Page;
use crate::words::identity;

impl Cast {
    /// The person whose full name is another spelling of this one, of those who share its first or last word.
    pub(super) fn respelt(&self, page: &Page<'_>, name: &Name, key: &[u64]) -> Option<usize> {
        let written = page.slice(name.first, name.last);
        let mut spelt = None;
        let sharing = key.last().into_iter().chain(key.first()).filter_map(|word| self.by_word.get(word));
        sharing.flat_map(|members| members.iter().rev().take(SHARED)).copied().find(|&member| {
            let Some(known) = self.members.get(member).filter(|known| known.key.len() > 1) else {
                return false;
            };
            let other = page.slice(known.name.0, known.name.1);
            alike(written, other) && {
                let spelt = spelt.get_or_insert_with(|| identity::person(written));
                identity::person(other) == *spelt
            }
        })
    }
}

/// Whether two names can be spellings of one: a look at first letters, before the dearer one at their keys.
fn alike(a: &str, b: &str) -> bool {
    let initials = |name: &'_ str| -> Vec<char> {
        name.split_whitespace()
            .filter_map(|word| word.chars().next())
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    // Hyphens join syllables or do not, and letters of other scripts begin otherwise.
    a.contains('-') || b.contains('-') || initials(a) == initials(b)
}
