//! What went wrong, so that a reader sees it.

use super::{Range, Record};
use std::collections::BTreeMap;
use std::fmt;

/// Characters shown on each side.
const CONTEXT: usize = 60;

/// One thing that went wrong.
#[derive(Debug)]
pub(crate) struct Error {
    /// What kind of error: errors of one class are counted together.
    pub(crate) class: String,
    /// The article.
    article: String,
    /// What is behind it: what was wanted, or what was found.
    detail: String,
    /// The text around it, the place in ⟦ ⟧.
    context: String,
}

impl Error {
    /// An error at `range` of the body of `record`.
    pub(crate) fn new(class: String, record: &Record, range: Range, detail: String) -> Error {
        let before = record.text(Range { start: range.start.saturating_sub(CONTEXT), end: range.start });
        let after = record.text(Range { start: range.end, end: range.end + CONTEXT });
        let context = format!("{before}⟦{}⟧{after}", record.text(range)).replace('\n', " ¶ ");
        Error { class, article: record.id.clone(), detail, context }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.article, self.context)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, "  ({})", self.detail) }
    }
}

/// The classes of `errors`, the most frequent first, each with how many there are and the first `examples` of them.
pub(crate) fn by_class(errors: &[Error], examples: usize) -> String {
    let mut classes: BTreeMap<&str, Vec<&Error>> = BTreeMap::new();
    for error in errors {
        classes.entry(&error.class).or_default().push(error);
    }
    let mut classes: Vec<(&str, Vec<&Error>)> = classes.into_iter().collect();
    classes.sort_by_key(|(_, errors)| std::cmp::Reverse(errors.len()));
    let mut text = String::new();
    for (class, errors) in classes {
        text.push_str(&format!("{:6}  {class}\n", errors.len()));
        for error in errors.iter().take(examples) {
            text.push_str(&format!("          {error}\n"));
        }
    }
    text
}
