//! ISO codes of countries and languages, small enough to copy.

use std::fmt;

/// A country or territory: ISO 3166-1 alpha-2, upper case ("NO").
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a code in either case; `None` unless it is two ASCII letters.
    pub fn parse(code: &str) -> Option<Country> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Country([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The code, upper case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The two letters of the code.
    pub(super) fn bytes(self) -> [u8; 2] {
        self.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A language: ISO 639-1, or 639-3 where there is no shorter code, lower case ("id", "ban").
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

impl Language {
    /// Indonesian, the language petik grew up with.
    pub const INDONESIAN: Language = Language(*b"id\0");
    /// English.
    pub const ENGLISH: Language = Language(*b"en\0");

    /// Nobody can tell (ISO 639-2: undetermined).
    pub const UNKNOWN: Language = Language(*b"und");

    /// Reads the primary subtag of a BCP 47 tag ("id", "en-GB", "pt_BR") in any case; `None` when it is no code.
    pub fn parse(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut code = [0; 3];
        match primary.len() {
            2 | 3 => {
                for (to, from) in code.iter_mut().zip(primary.bytes()) {
                    *to = from.to_ascii_lowercase();
                }
                Some(Language(code))
            }
            _ => None,
        }
    }

    /// The code, lower case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_and_written() {
        assert_eq!(Country::parse("no").unwrap().to_string(), "NO");
        assert_eq!(Country::parse("NOR"), None);
        assert_eq!(Language::parse("pt_BR").unwrap().to_string(), "pt");
        assert_eq!(Language::parse("ban-ID").unwrap().to_string(), "ban");
        assert_eq!(Language::parse("Indonesian"), None);
    }
}
