//! Keys that do nothing where they are pressed: what they do elsewhere is said.

use super::keymap::{BINDINGS, Binding};
use super::{Action, Code, Context, Key, Model};

/// The numbers on which the views of a context are: of names 2 to 5.
fn views(context: Context) -> Vec<u32> {
    let actions: &[Action] = match context {
        Context::List => &[Action::Articles],
        Context::Names => &[Action::People, Action::Countries, Action::Organisations, Action::Places],
        Context::Quotes => &[Action::Quotes],
        Context::Timeline => &[Action::Timeline],
        Context::Map => &[Action::Map],
        _ => &[],
    };
    let digit = |key: &Key| if let Code::Char(c) = key.code { c.to_digit(10) } else { None };
    let bound = BINDINGS.iter().filter(|binding| actions.contains(&binding.action));
    bound.flat_map(|binding| binding.keys).filter_map(digit).collect()
}

/// "a, b and c".
fn listed(parts: &[String]) -> String {
    match parts {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        parts => parts.concat(),
    }
}

/// Numbers as one says them: "1 and 6", "2–5 and 7".
fn numbered(mut numbers: Vec<u32>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let said = |run: &[u32]| match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        run => run.iter().map(u32::to_string).collect(),
    };
    listed(&runs.flat_map(said).collect::<Vec<_>>())
}

/// Where something works: "among quotations (6)", "in views 1 and 6", "in the article and in a dossier".
pub(super) fn places(contexts: &[Context]) -> String {
    let (among, others): (Vec<Context>, Vec<Context>) =
        contexts.iter().partition(|&&context| !views(context).is_empty());
    let numbers = numbered(among.iter().flat_map(|&context| views(context)).collect());
    let views = match among.as_slice() {
        [] => None,
        [context] => Some(format!("{} ({numbers})", context.place())),
        _ => Some(format!("in views {numbers}")),
    };
    let others = others.iter().map(|context| context.place().to_owned());
    listed(&views.into_iter().chain(others).collect::<Vec<_>>())
}

impl Model {
    /// Says what a key does elsewhere that does nothing here; `false` when there is nothing to say. Of letters alone:
    /// arrows and the keys that lead in and out are silent where there is nowhere to go.
    pub(super) fn say_where_it_works(&mut self, context: Context, key: Key) -> bool {
        let silent = context.is_typed() || matches!(context, Context::Overlay | Context::Searches);
        if silent || !matches!(key.code, Code::Char(_)) {
            return false;
        }
        let leads =
            |binding: &Binding| matches!(binding.action, Action::Open | Action::Beside | Action::Back);
        let bound: Vec<&Binding> =
            BINDINGS.iter().filter(|binding| binding.keys.contains(&key) && !leads(binding)).collect();
        let mut contexts: Vec<Context> = Vec::new();
        for context in bound.iter().flat_map(|binding| binding.contexts) {
            if !contexts.contains(context) {
                contexts.push(*context);
            }
        }
        let does = match bound.as_slice() {
            [] => return false,
            [binding] => {
                let clause = binding.help.split([',', ';', ':', '(']).next().unwrap_or_default();
                format!(": {}", clause.trim_end())
            }
            _ => String::new(),
        };
        self.notice = Some(format!("{key} works {}{does}", places(&contexts)));
        true
    }
}
