//! The one table of keys. The keymap, the help screen, the hints, `petik keys` and the README read it.

use super::{Action, Code, Key};

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The list of articles.
    List,
    /// The article.
    Reader,
    /// The filter line.
    Filter,
    /// The line that finds in the article.
    Find,
    /// A page laid over the screen: help, legend, problems.
    Overlay,
}

impl Context {
    /// All contexts, in the order they are explained.
    pub const ALL: [Context; 5] =
        [Context::List, Context::Reader, Context::Filter, Context::Find, Context::Overlay];

    /// The heading of its keys.
    pub fn title(self) -> &'static str {
        match self {
            Context::List => "In the list",
            Context::Reader => "In an article",
            Context::Filter => "In the filter line",
            Context::Find => "Finding in an article",
            Context::Overlay => "On a page such as the help",
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
    /// What they do, in words.
    pub help: &'static str,
    /// The word beside the key in the status line, where it is among the few that matter.
    pub hint: Option<&'static str>,
}

use Context::{Filter, Find, List, Overlay, Reader};

const fn k(c: char) -> Key {
    Key::char(c)
}

const fn code(code: Code) -> Key {
    Key::plain(code)
}

const fn bind(
    action: Action,
    contexts: &'static [Context],
    keys: &'static [Key],
    help: &'static str,
    hint: &'static str,
) -> Binding {
    Binding { action, contexts, keys, help, hint: if hint.is_empty() { None } else { Some(hint) } }
}

const LISTED: &[Context] = &[List, Reader, Overlay];
const PANES: &[Context] = &[List, Reader];
const EVERYWHERE: &[Context] = &[List, Reader, Filter, Find, Overlay];

/// Every binding; within a context no key stands twice.
pub static BINDINGS: &[Binding] = &[
    bind(Action::Down, &[List], &[k('j'), code(Code::Down)], "next article", "move"),
    bind(Action::Up, &[List], &[k('k'), code(Code::Up)], "article before", ""),
    bind(Action::Down, &[Reader, Overlay], &[k('j'), code(Code::Down)], "a line down", "scroll"),
    bind(Action::Up, &[Reader, Overlay], &[k('k'), code(Code::Up)], "a line up", ""),
    bind(Action::HalfPageDown, LISTED, &[Key::ctrl('d')], "half a page down", ""),
    bind(Action::HalfPageUp, LISTED, &[Key::ctrl('u')], "half a page up", ""),
    bind(Action::PageDown, LISTED, &[code(Code::PageDown), k(' ')], "a page down", ""),
    bind(Action::PageUp, LISTED, &[code(Code::PageUp), k('b')], "a page up", ""),
    bind(Action::First, LISTED, &[k('g'), code(Code::Home)], "to the beginning", ""),
    bind(Action::Last, LISTED, &[k('G'), code(Code::End)], "to the end", ""),
    bind(Action::Open, &[List], &[code(Code::Enter), k('l'), code(Code::Right)], "read the article", "read"),
    bind(Action::NextQuote, &[Reader], &[k('}')], "next quotation", "quote"),
    bind(Action::PreviousQuote, &[Reader], &[k('{')], "quotation before", ""),
    bind(Action::NextName, &[Reader], &[k(']')], "next name", "name"),
    bind(Action::PreviousName, &[Reader], &[k('[')], "name before", ""),
    bind(
        Action::Pick,
        &[Reader],
        &[code(Code::Enter)],
        "filter the list by the marked name, or by the speaker of the marked quotation",
        "filter by it",
    ),
    bind(Action::NextArticle, &[Reader], &[k('J')], "next article of the list", ""),
    bind(Action::PreviousArticle, &[Reader], &[k('K')], "article of the list before", ""),
    bind(Action::Filter, PANES, &[k('/')], "filter the list as you type", "filter"),
    bind(Action::ClearFilter, &[List], &[code(Code::Esc)], "clear the filter", ""),
    bind(Action::Find, &[Reader], &[k('f')], "find in the article", "find"),
    bind(Action::FindNext, &[Reader], &[k('n')], "next place found", ""),
    bind(Action::FindPrevious, &[Reader], &[k('N')], "place found before", ""),
    bind(Action::Release, &[Reader], &[code(Code::Esc)], "let go of the mark, then back to the list", ""),
    bind(Action::Back, &[Reader], &[k('h'), k('q'), code(Code::Left)], "back to the list", "back"),
    bind(Action::Back, &[List], &[k('q')], "quit", ""),
    bind(Action::CycleMarkers, PANES, &[k('m')], "markers: all, quotations, names, none", ""),
    bind(Action::Zoom, PANES, &[k('z')], "the article alone, or beside the list", ""),
    bind(Action::Legend, PANES, &[k('L')], "what the markers mean", ""),
    bind(Action::Problems, PANES, &[k('!')], "what could not be read", ""),
    bind(Action::Reload, PANES, &[k('r')], "read the files again", ""),
    bind(Action::Accept, &[Filter], &[code(Code::Enter)], "keep the filter, go to the list", "keep"),
    bind(Action::ClearFilter, &[Filter], &[code(Code::Esc)], "clear the filter, go to the list", "clear"),
    bind(Action::Down, &[Filter], &[code(Code::Down), Key::ctrl('n')], "next article", "move"),
    bind(Action::Up, &[Filter], &[code(Code::Up), Key::ctrl('p')], "article before", ""),
    bind(Action::Accept, &[Find], &[code(Code::Enter)], "stay at the place found", "keep"),
    bind(Action::Release, &[Find], &[code(Code::Esc)], "back to where you were", "cancel"),
    bind(Action::FindNext, &[Find], &[code(Code::Down), Key::ctrl('n')], "next place found", "next"),
    bind(Action::FindPrevious, &[Find], &[code(Code::Up), Key::ctrl('p')], "place found before", ""),
    bind(
        Action::Back,
        &[Overlay],
        &[code(Code::Esc), k('q'), k('h'), code(Code::Enter)],
        "close it",
        "close",
    ),
    bind(Action::Help, LISTED, &[k('?')], "all keys", "help"),
    bind(Action::Redraw, EVERYWHERE, &[Key::ctrl('l')], "draw the screen anew", ""),
    bind(Action::Suspend, EVERYWHERE, &[Key::ctrl('z')], "stop until the shell continues it (fg)", ""),
    bind(Action::Quit, EVERYWHERE, &[Key::ctrl('c')], "quit from anywhere", ""),
];

/// What `key` does in `context`.
pub fn action(context: Context, key: Key) -> Option<Action> {
    bindings(context).find(|binding| binding.keys.contains(&key)).map(|binding| binding.action)
}

/// The bindings of `context`, in table order.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context))
}

/// The keys of a binding as they are written: "j ↓".
pub fn written(binding: &Binding) -> String {
    binding.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_stands_twice_in_a_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            for key in bindings(context).flat_map(|binding| binding.keys) {
                assert!(seen.insert(*key), "{key} stands twice in {context:?}");
            }
        }
    }

    #[test]
    fn input_lines_leave_letters_alone() {
        for context in [Filter, Find] {
            for key in bindings(context).flat_map(|binding| binding.keys) {
                assert!(key.ctrl || !matches!(key.code, Code::Char(_)), "{key} would eat a letter");
            }
        }
    }
}
