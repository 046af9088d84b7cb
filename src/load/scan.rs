//! Finds where a JSON value ends, without reading it.
//!
//! One pass, no recursion and no memory: brackets are counted, strings are skipped. It is what cuts a big array into
//! records that can be read side by side, and what finds the next record after a broken one.

use memchr::memchr3;

/// How far a scan came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value ends before this offset.
    End(usize),
    /// The bytes end before the value does.
    More,
    /// A line end inside a string: what stands here is not JSON.
    Broken,
}

/// A scan of one value, which goes on where it stopped.
#[derive(Debug, Default)]
pub(super) struct Scan {
    depth: u64,
    string: bool,
    escaped: bool,
    bare: bool,
}

impl Scan {
    /// A scan that stands inside `depth` open brackets.
    pub(super) fn inside(depth: u64) -> Scan {
        Scan { depth, ..Scan::default() }
    }

    /// Scans `bytes` from `at` on, where a value begins or the last scan stopped.
    pub(super) fn run(&mut self, bytes: &[u8], mut at: usize) -> Step {
        loop {
            if self.escaped {
                if at >= bytes.len() {
                    return Step::More;
                }
                self.escaped = false;
                at += 1;
            }
            if self.string {
                let Some(found) = memchr3(b'"', b'\\', b'\n', bytes.get(at..).unwrap_or_default()) else {
                    return Step::More;
                };
                at += found;
                match bytes.get(at) {
                    Some(b'\n') => return Step::Broken,
                    Some(b'\\') => self.escaped = true,
                    _ => {
                        self.string = false;
                        if self.depth == 0 {
                            return Step::End(at + 1);
                        }
                    }
                }
                at += 1;
                continue;
            }
            let Some(&byte) = bytes.get(at) else { return Step::More };
            match byte {
                b'"' if !self.bare => self.string = true,
                b'{' | b'[' if !self.bare => self.depth += 1,
                b'}' | b']' => {
                    if self.depth <= 1 {
                        // Behind a bare value, the bracket is not its own.
                        return Step::End(if self.depth == 1 { at + 1 } else { at });
                    }
                    self.depth -= 1;
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return Step::End(at),
                _ => self.bare = self.depth == 0,
            }
            at += 1;
        }
    }
}

/// The offset of the first byte at or after `at` that is not white space.
pub(super) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

/// Like [`skip_space`], also over commas.
pub(super) fn skip_separators(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\r' | b'\n' | b',')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn end(text: &str) -> Step {
        Scan::default().run(text.as_bytes(), 0)
    }

    #[test]
    fn values_end_where_they_end() {
        assert_eq!(end(r#"{"a":"}\"]","b":[1,{}]},"#), Step::End(23));
        assert_eq!(end(r#""a\\" "#), Step::End(5));
        assert_eq!(end("12.5,"), Step::End(4));
        assert_eq!(end("null]"), Step::End(4));
        assert_eq!(end("[[["), Step::More);
        assert_eq!(end("\"a\nb\""), Step::Broken);
    }

    proptest! {
        #[test]
        fn stopping_anywhere_changes_nothing(text in r#"[\[\]{}",\\a1 ]{0,30}"#, cut in 0usize..30) {
            let bytes = text.as_bytes();
            let whole = Scan::default().run(bytes, 0);
            let cut = cut.min(bytes.len());
            let mut scan = Scan::default();
            let parts = match scan.run(&bytes[..cut], 0) {
                Step::More => scan.run(bytes, cut),
                step => step,
            };
            prop_assert_eq!(parts, whole);
        }
    }
}
