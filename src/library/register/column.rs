//! The links of every article to what it names of one kind.
//!
//! An article's links are written one behind the other: how many bytes they take (LEB128), then of each the number of
//! the spelling, doubled (LEB128); it is odd when a byte follows: mentions less one in five bits, quotations in three.
//! What does not fit there follows in numbers of its own.

use super::rows::{BLOCK, Rows};
use crate::article::Day;
use crate::text::{push_number, take_number};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// One article names one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::library) struct Link {
    /// How the article spells it at its fullest: the number of a spelling.
    pub(in crate::library) spelling: u32,
    /// How often it mentions it, at least once.
    pub(in crate::library) mentions: u32,
    /// How many of its quotations that thing speaks.
    pub(in crate::library) quotes: u32,
}

/// The links of all articles.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::library) struct Column {
    pub(super) bytes: Vec<u8>,
    /// Where the links of every [`BLOCK`]th article begin.
    pub(super) starts: Vec<u32>,
}

/// What is counted of a spelling, or of a thing by any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::library) struct Tally {
    pub(in crate::library) articles: u32,
    pub(in crate::library) mentions: u32,
    pub(in crate::library) quotes: u32,
    /// Articles in which it is quoted.
    pub(in crate::library) quoted: u32,
    /// The first day and the last; the first is behind the last when there is none.
    pub(in crate::library) first: i32,
    pub(in crate::library) last: i32,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally { articles: 0, mentions: 0, quotes: 0, quoted: 0, first: i32::MAX, last: i32::MIN }
    }
}

impl Tally {
    #[inline]
    pub(in crate::library) fn take(&mut self, link: Link, day: Option<i32>) {
        self.articles += 1;
        self.mentions = self.mentions.saturating_add(link.mentions);
        self.quotes = self.quotes.saturating_add(link.quotes);
        self.quoted += u32::from(link.quotes > 0);
        if let Some(day) = day {
            self.first = self.first.min(day);
            self.last = self.last.max(day);
        }
    }

    pub(in crate::library) fn add(&mut self, other: &Tally) {
        self.articles += other.articles;
        self.mentions = self.mentions.saturating_add(other.mentions);
        self.quotes = self.quotes.saturating_add(other.quotes);
        self.quoted += other.quoted;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }

    /// Of each count the greater one, and the days of both.
    pub(in crate::library) fn most(self, other: Tally) -> Tally {
        Tally {
            articles: self.articles.max(other.articles),
            mentions: self.mentions.max(other.mentions),
            quotes: self.quotes.max(other.quotes),
            quoted: self.quoted.max(other.quoted),
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }

    /// The first day and the last.
    pub(in crate::library) fn days(&self) -> Option<(Day, Day)> {
        (self.first <= self.last).then(|| (Day::numbered(self.first), Day::numbered(self.last)))
    }
}

/// The high bits of the byte that may follow a spelling are quotations, these mentions less one.
const MENTIONS: u32 = 31;
const QUOTES: u32 = 7;

impl Column {
    /// Adds the links of the next article.
    pub(super) fn push(&mut self, article: u32, links: &[Link], scratch: &mut Vec<u8>) {
        if article.is_multiple_of(BLOCK) {
            self.starts.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        }
        scratch.clear();
        for link in links {
            let (mentions, quotes) = (link.mentions.saturating_sub(1), link.quotes);
            let more = mentions > 0 || quotes > 0;
            push_number(u64::from(link.spelling) << 1 | u64::from(more), scratch);
            if more {
                scratch.push((mentions.min(MENTIONS) | quotes.min(QUOTES) << 5) as u8);
                if mentions >= MENTIONS {
                    push_number(mentions.into(), scratch);
                }
                if quotes >= QUOTES {
                    push_number(quotes.into(), scratch);
                }
            }
        }
        // What would pass 4 GiB is left out.
        if u32::try_from(self.bytes.len() + scratch.len()).is_err() {
            scratch.clear();
        }
        push_number(scratch.len() as u64, &mut self.bytes);
        self.bytes.extend_from_slice(scratch);
    }

    /// Goes over the links of `rows` on all cores, a few accounts side by side; `None` once `cancelled` is set.
    pub(in crate::library) fn fold<T: Send>(
        &self,
        rows: &Rows,
        cancelled: &AtomicBool,
        open: impl Fn() -> T + Sync,
        take: impl Fn(&mut T, u32, Links<'_>) + Sync,
    ) -> Option<Vec<T>> {
        let blocks = rows.blocks();
        let pieces = rayon::current_num_threads();
        let size = blocks.len().div_ceil(pieces).max(1);
        let pieces: Vec<(usize, &[u64])> = blocks.chunks(size).enumerate().collect();
        pieces
            .into_par_iter()
            .map(|(piece, blocks)| {
                let mut account = open();
                for (block, &bits) in (piece * size..).zip(blocks) {
                    if bits == 0 {
                        continue;
                    }
                    if cancelled.load(Ordering::Relaxed) {
                        return None;
                    }
                    let start = self.starts.get(block).copied().unwrap_or(u32::MAX);
                    let mut rest = Links(self.bytes.get(start as usize..).unwrap_or_default());
                    let first = u32::try_from(block).unwrap_or(u32::MAX).saturating_mul(BLOCK);
                    let (mut left, mut article) = (bits, first);
                    while left != 0 {
                        let links = rest.article();
                        if left & 1 == 1 {
                            take(&mut account, article, links);
                        }
                        (left, article) = (left >> 1, article.wrapping_add(1));
                    }
                }
                Some(account)
            })
            .collect()
    }

    /// The links of an article.
    pub(in crate::library) fn of(&self, article: u32) -> Links<'_> {
        let start = self.starts.get((article / BLOCK) as usize).copied().unwrap_or(u32::MAX);
        let mut rest = Links(self.bytes.get(start as usize..).unwrap_or_default());
        for _ in 0..article % BLOCK {
            rest.article();
        }
        rest.article()
    }
}

/// Links as they are written.
#[derive(Debug, Clone, Copy)]
pub(in crate::library) struct Links<'a>(&'a [u8]);

impl<'a> Links<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Links<'a> {
        Links(bytes)
    }

    /// Takes the links of one article off the front of those of several.
    #[inline]
    fn article(&mut self) -> Links<'a> {
        let long = self.number().unwrap_or(0) as usize;
        let (own, rest) = self.0.split_at_checked(long).unwrap_or((self.0, &[]));
        self.0 = rest;
        Links(own)
    }

    #[inline]
    pub(super) fn number(&mut self) -> Option<u64> {
        take_number(&mut self.0)
    }

    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }
}

impl Iterator for Links<'_> {
    type Item = Link;

    #[inline]
    fn next(&mut self) -> Option<Link> {
        let head = self.number()?;
        let mut link = Link { spelling: (head >> 1) as u32, mentions: 1, quotes: 0 };
        if head & 1 == 1 {
            let byte = u32::from(self.byte()?);
            let (mut mentions, mut quotes) = (byte & MENTIONS, byte >> 5);
            if mentions == MENTIONS {
                mentions = self.number()? as u32;
            }
            if quotes == QUOTES {
                quotes = self.number()? as u32;
            }
            (link.mentions, link.quotes) = (mentions.saturating_add(1), quotes);
        }
        Some(link)
    }
}
