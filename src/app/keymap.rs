//! The one table of keys. The keymap, the help screen, the hints, `petik keys` and the README read it.

mod table;

use super::{Action, Key};
pub use table::BINDINGS;
use table::COMMON;

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list of articles.
    List,
    /// A list of people, countries, organisations or places.
    Names,
    /// The list of quotations.
    Quotes,
    /// The timeline.
    Timeline,
    /// The countries of the map.
    Map,
    /// The article.
    Reader,
    /// The dossier of a name, a quotation or some days.
    Dossier,
    /// What the articles have in common.
    Facets,
    /// The filter line.
    Filter,
    /// The line that finds in the article or the list.
    Find,
    /// The line that names a saved search.
    Name,
    /// The list of saved searches.
    Searches,
    /// The line of an article's tags.
    Tags,
    /// The line of a note about an article.
    Note,
    /// The palette.
    Palette,
    /// The line that names a file.
    File,
    /// A page laid over the screen: help, legend, problems.
    Overlay,
}

impl Context {
    /// All contexts, in the order they are explained.
    pub const ALL: [Context; 17] = [
        Context::List,
        Context::Names,
        Context::Quotes,
        Context::Timeline,
        Context::Map,
        Context::Reader,
        Context::Dossier,
        Context::Facets,
        Context::Filter,
        Context::Find,
        Context::Searches,
        Context::Name,
        Context::Tags,
        Context::Note,
        Context::Palette,
        Context::File,
        Context::Overlay,
    ];

    /// Whether letters are typed there.
    pub fn is_typed(self) -> bool {
        use Context::{File, Filter, Find, Name, Note, Palette, Tags};
        matches!(self, Filter | Find | Name | Tags | Note | Palette | File)
    }

    /// The heading of its keys.
    pub fn title(self) -> &'static str {
        match self {
            Context::List => "In the list of articles",
            Context::Names => "Among people, countries, organisations, places",
            Context::Quotes => "Among quotations",
            Context::Timeline => "On the timeline",
            Context::Map => "On the map",
            Context::Reader => "In an article",
            Context::Dossier => "In a dossier",
            Context::Facets => "Among the facets",
            Context::Filter => "In the filter line",
            Context::Find => "Finding in an article or a list",
            Context::Name => "Naming a search",
            Context::Searches => "Among saved searches",
            Context::Tags => "In the line of tags",
            Context::Note => "In the line of a note",
            Context::Palette => "In the palette",
            Context::File => "Naming a file",
            Context::Overlay => "On a page such as the help",
        }
    }

    /// Where it is, in a few words: "on the timeline".
    pub fn place(self) -> &'static str {
        match self {
            Context::List => "among articles",
            Context::Names => "among names",
            Context::Quotes => "in quotations",
            Context::Timeline => "on the timeline",
            Context::Map => "on the map",
            Context::Reader => "in the article",
            Context::Dossier => "in a dossier",
            Context::Facets => "in the facets",
            Context::Filter => "in the filter line",
            Context::Find => "in the line of what to find",
            Context::Name => "in the name of a search",
            Context::Searches => "in saved searches",
            Context::Tags => "in the line of tags",
            Context::Note => "in the line of a note",
            Context::Palette => "in the palette",
            Context::File => "in the name of a file",
            Context::Overlay => "in the help",
        }
    }
}

/// Keys and what they do.
#[derive(Debug)]
pub struct Binding {
    /// What they do.
    pub action: Action,
    /// Where they do it.
    pub contexts: &'static [Context],
    /// Any of these.
    pub keys: &'static [Key],
    /// The key behind it, where it takes two.
    pub then: Option<Key>,
    /// What they do, in words.
    pub help: &'static str,
    /// The word beside the key in the status line, where it is among the few that matter.
    pub hint: Option<&'static str>,
}

impl Binding {
    /// Its keys as they are written, each one or a sequence: "j", "↓"; "y q".
    pub fn written(&self) -> impl Iterator<Item = String> {
        let then = self.then.map(|then| format!(" {then}")).unwrap_or_default();
        self.keys.iter().map(move |key| format!("{key}{then}"))
    }
}

/// What `key` does in `context`, alone.
pub fn action(context: Context, key: Key) -> Option<Action> {
    let mut alone = bindings(context).filter(|binding| binding.then.is_none());
    alone.find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The sequences of `context` that begin with `first`, in table order.
pub fn sequences(context: Context, first: Key) -> impl Iterator<Item = &'static Binding> {
    bindings(context).filter(move |binding| binding.then.is_some() && binding.keys.contains(&first))
}

/// The bindings of `context`, in table order.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context))
}

/// Whether a binding holds in every pane but the facets, which are a list of conditions, and so is explained once.
pub fn is_common(binding: &Binding) -> bool {
    COMMON.iter().all(|context| binding.contexts.contains(context))
}

/// The bindings as they are explained: those of every pane under a heading of their own, first those for `here` and
/// the common ones when there is a here.
pub fn sections(here: Option<Context>) -> Vec<(&'static str, Vec<&'static Binding>)> {
    let own = |context: Context| {
        (context.title(), bindings(context).filter(|binding| !is_common(binding)).collect::<Vec<_>>())
    };
    let common =
        ("Anywhere but in a line you type", BINDINGS.iter().filter(|binding| is_common(binding)).collect());
    let others = Context::ALL.into_iter().filter(|&context| Some(context) != here).map(own);
    here.map(own).into_iter().chain([common]).chain(others).collect()
}

/// The keys of a binding as they are written: "j ↓".
pub fn written(binding: &Binding) -> String {
    binding.written().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Context::{File, Filter, Find, Name, Note, Palette, Tags};
    use super::*;
    use crate::app::Code;
    use std::collections::HashSet;

    #[test]
    fn no_key_stands_twice_in_a_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            let pressed = |binding: &'static Binding| binding.keys.iter().map(|key| (*key, binding.then));
            for (key, then) in bindings(context).flat_map(pressed) {
                assert!(seen.insert((key, then)), "{key} stands twice in {context:?}");
            }
            let alone = |key: &Key| seen.contains(&(*key, None));
            for (key, then) in seen.iter().filter(|(_, then)| then.is_some()) {
                assert!(!alone(key), "{key} {then:?} cannot be pressed in {context:?}");
            }
        }
    }

    #[test]
    fn input_lines_leave_letters_alone() {
        for context in [Filter, Find, Name, Tags, Note, Palette, File] {
            for key in bindings(context).flat_map(|binding| binding.keys) {
                assert!(key.ctrl || !matches!(key.code, Code::Char(_)), "{key} would eat a letter");
            }
        }
    }
}
