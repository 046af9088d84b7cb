//! What an article is, and what is known about one.

mod annotations;
mod day;
mod frame;
mod identity;
mod link;
mod published;
pub mod record;
mod rule;

pub use annotations::{
    Annotations, Confidence, Credit, Dateline, Entity, EntityIndex, Form, Kind, Mention, Quote, QuoteKind,
};
pub use day::{Day, Grain, Telling};
pub use frame::{Frame, FrameCredit, FrameDateline, frame};
pub use link::{Link, is_openable};
pub use published::Published;
pub use rule::{Decides, Grounds, Rule};

use crate::words::Language;
use std::fmt;

/// Knows an article again: a stable 64-bit hash of its id, else its address, else its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The id of an article known by `parts` (FNV-1a, 64 bits, a separator between parts).
    pub fn of(parts: &[&str]) -> ArticleId {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for part in parts {
            for byte in part.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        ArticleId(hash)
    }
}

impl ArticleId {
    /// Reads an id as it is written: sixteen hexadecimal digits.
    pub fn parse(text: &str) -> Option<ArticleId> {
        let written = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        written.then(|| u64::from_str_radix(text, 16).ok().map(ArticleId))?
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// One article, its texts sanitised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Knows it again.
    pub id: ArticleId,
    /// The id it came with, if any.
    pub key: Option<String>,
    /// One line; never empty.
    pub title: String,
    /// Paragraphs, each one line or several, with dateline and credit line; may be empty.
    pub body: String,
    /// The paper, agency or site that carried it.
    pub outlet: Option<String>,
    /// Bylines.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its language, when it says so; else annotating finds it.
    pub language: Option<Language>,
    /// Where it was published: http or https.
    pub url: Option<String>,
    /// Keywords it came with.
    pub tags: Vec<String>,
    /// Whether the body is only an excerpt, for want of the text.
    pub excerpt: bool,
    /// Words of the body that lead somewhere, in order, none in another.
    pub links: Vec<Link>,
}

impl Article {
    /// An article of a title and a body and nothing else.
    pub fn new(title: &str, body: &str) -> Article {
        Article {
            id: ArticleId::of(&[title, body]),
            key: None,
            title: title.to_owned(),
            body: body.to_owned(),
            outlet: None,
            authors: Vec::new(),
            published: None,
            language: None,
            url: None,
            tags: Vec::new(),
            excerpt: false,
            links: Vec::new(),
        }
    }
}
