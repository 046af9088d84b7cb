//! Queries that were typed before, walked through with the arrows.

/// So many are remembered.
const MOST: usize = 500;

/// The queries that were typed and kept, and where one is among them.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The oldest first, each once.
    typed: Vec<String>,
    /// The one that stands in the line.
    at: Option<usize>,
    /// What stood there before.
    draft: String,
}

impl History {
    /// Puts what was typed in earlier sessions before what was typed in this one.
    pub(super) fn put(&mut self, earlier: Vec<String>) {
        let now = std::mem::replace(&mut self.typed, earlier);
        now.into_iter().for_each(|line| self.push(line));
    }

    /// Adds a query as the last one.
    pub(super) fn push(&mut self, line: String) {
        self.typed.retain(|known| *known != line);
        self.typed.push(line);
        let many = self.typed.len().saturating_sub(MOST);
        self.typed.drain(..many);
        self.at = None;
    }

    /// Whether one stands on a query of before.
    pub fn is_walked(&self) -> bool {
        self.at.is_some()
    }

    /// The query before the one that stands in `line`.
    pub(in crate::app) fn back(&mut self, line: &str) -> Option<String> {
        let before = self.at.unwrap_or(self.typed.len());
        let at = self.typed.iter().take(before).rposition(|known| known != line.trim())?;
        if self.at.is_none() {
            line.clone_into(&mut self.draft);
        }
        self.at = Some(at);
        self.typed.get(at).cloned()
    }

    /// The query behind it; behind the last what was being typed before.
    pub(in crate::app) fn forward(&mut self) -> Option<String> {
        let next = self.at? + 1;
        self.at = Some(next).filter(|&next| next < self.typed.len());
        Some(match self.at {
            Some(at) => self.typed.get(at).cloned().unwrap_or_default(),
            None => std::mem::take(&mut self.draft),
        })
    }

    /// What is typed now is a query of its own.
    pub(in crate::app) fn leave(&mut self) {
        self.at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_query_stands_once_and_what_was_typed_comes_back() {
        let mut history = History::default();
        for line in ["a", "b", "a"] {
            history.push(line.to_owned());
        }
        history.put(vec!["old".to_owned(), "b".to_owned()]);
        assert_eq!(history.back("x").as_deref(), Some("a"));
        assert_eq!(history.back("a").as_deref(), Some("b"));
        assert_eq!(history.back("b").as_deref(), Some("old"));
        assert_eq!(history.back("old"), None);
        for line in ["b", "a", "x"] {
            assert_eq!(history.forward().as_deref(), Some(line));
        }
        assert_eq!(history.forward(), None);
        assert_eq!(history.back("a ").as_deref(), Some("b"), "what stands there is no news");
    }

    proptest! {
        #[test]
        fn forward_undoes_back(lines in prop::collection::vec("[abc]", 0..8), steps in 0usize..12) {
            let mut history = History::default();
            lines.into_iter().for_each(|line| history.push(line));
            let mut walked = vec!["draft".to_owned()];
            for _ in 0..steps {
                let line = walked.last().cloned().unwrap_or_default();
                walked.extend(history.back(&line));
            }
            while walked.len() > 1 {
                walked.pop();
                let line = history.forward();
                prop_assert_eq!(line.as_ref(), walked.last());
            }
            prop_assert!(!history.is_walked());
        }
    }
}
