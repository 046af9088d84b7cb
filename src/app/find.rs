//! Finding words in the article on the screen.

use crate::text::{Span, fold, fold_with_map};
use tui_input::Input;

/// What is looked for, and where it was found.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// The line being typed.
    pub input: Input,
    matches: Vec<Span>,
    current: usize,
}

impl Find {
    /// Every place of the body where it was found, in order.
    pub fn matches(&self) -> &[Span] {
        &self.matches
    }

    /// The place one is at.
    pub fn current(&self) -> Option<Span> {
        self.matches.get(self.current).copied()
    }

    /// "2 of 7"; nothing while nothing is looked for.
    pub fn count(&self) -> Option<String> {
        if self.input.value().trim().is_empty() {
            return None;
        }
        Some(match self.matches.len() {
            0 => "not found".to_owned(),
            many => format!("{} of {many}", self.current + 1),
        })
    }

    /// Looks for the line as it stands, case and accents aside, from byte `from` of `body` on.
    pub fn search(&mut self, body: &str, from: u32) {
        self.matches = occurrences(body, self.input.value());
        let behind = self.matches.partition_point(|span| span.start < from);
        self.current = if behind < self.matches.len() { behind } else { 0 };
    }

    /// Looks in another article for the same words.
    pub fn renew(&mut self, body: &str) {
        if !self.input.value().is_empty() {
            self.search(body, 0);
        }
    }

    /// Takes what the filter found in the body, while nothing is looked for here.
    pub fn take(&mut self, found: Vec<Span>) {
        if self.input.value().is_empty() {
            self.matches = found;
            self.current = 0;
        }
    }

    /// Goes to the next place or the one before, around the ends.
    pub fn step(&mut self, forward: bool) -> Option<Span> {
        let many = self.matches.len();
        if many > 0 {
            self.current = (self.current + if forward { 1 } else { many - 1 }) % many;
        }
        self.current()
    }
}

fn occurrences(body: &str, words: &str) -> Vec<Span> {
    let words = fold(words);
    if words.trim().is_empty() {
        return Vec::new();
    }
    let folded = fold_with_map(body);
    let original = |at: usize| folded.from.get(at).map_or(body.len(), |&at| at as usize);
    memchr::memmem::find_iter(folded.text.as_bytes(), words.as_bytes())
        .map(|at| Span::new(original(at), end(body, original(at + words.len() - 1))))
        .collect()
}

/// The end of the character that begins at `at`, with the marks on it.
fn end(body: &str, at: usize) -> usize {
    let mut chars = body.get(at..).unwrap_or_default().char_indices().skip(1);
    let marks = |c: char| unicode_normalization::char::is_combining_mark(c);
    chars.find(|&(_, c)| !marks(c)).map_or(body.len(), |(offset, _)| at + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        let body = "Öztürk, OZTURK dan Oztu\u{308}rk.";
        let found: Vec<&str> = occurrences(body, "özturk").into_iter().map(|span| span.of(body)).collect();
        assert_eq!(found, ["Öztürk", "OZTURK", "Oztu\u{308}rk"]);
        assert!(occurrences(body, " ").is_empty());
    }

    #[test]
    fn it_goes_around_the_ends() {
        let mut find = Find { input: "a".into(), ..Find::default() };
        find.search("a b a b a", 3);
        assert_eq!(find.count().as_deref(), Some("2 of 3"));
        assert_eq!(find.step(true), Some(Span::new(8, 9)));
        assert_eq!(find.step(true), Some(Span::new(0, 1)));
        assert_eq!(find.step(false), Some(Span::new(8, 9)));
    }
}
