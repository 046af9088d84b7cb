//! What the index needs of the articles of one import, put aside in a file while they are written, so that their rows
//! need not be read again at its end.
//!
//! An article is its title, outlet, time, language, quotations and links, of each link the rows of the entity and of its
//! spellings: numbers as LEB128, texts behind their length. The file is of one import: nobody else reads it, and where
//! there is a name for it at all it is taken away with it. A process that another one takes the place of hands it over
//! open, with the numbers, the ends and how many of them there are (u32, little-endian) at its end. What it does not hold (articles that
//! were there before, all of them once it cannot be written) is read from the tables.

use crate::article::Published;
use crate::text::{push_number, take_number};
use crate::words::Language;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Articles that are put aside.
pub(crate) struct Spill {
    file: File,
    path: PathBuf,
    /// The numbers of the articles, ascending, and where each ends.
    numbers: Vec<u32>,
    ends: Vec<u32>,
    /// Those whose transaction is still open.
    open: Vec<u8>,
    opened: Vec<(u32, u32)>,
}

/// What is told of an article but for its links.
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) outlet: Option<&'a str>,
    pub(super) published: Option<Published>,
    pub(super) language: Option<Language>,
    pub(super) quotes: u32,
}

impl Spill {
    /// Makes a file in the folder `derived`; `None` where that cannot be.
    pub(crate) fn new(derived: &Path) -> Option<Spill> {
        let path = derived.join(format!("import.{}.tmp", std::process::id()));
        let mut options = File::options();
        let file = options.read(true).write(true).create(true).truncate(true).open(&path).ok()?;
        // Where a file lives on without its name, a crash leaves nothing behind.
        let _ = fs::remove_file(&path);
        let (numbers, ends) = (Vec::new(), Vec::new());
        Some(Spill { file, path, numbers, ends, open: Vec::new(), opened: Vec::new() })
    }

    /// Begins an article.
    pub(super) fn begin(&mut self, head: &Head<'_>) {
        let bytes = &mut self.open;
        push_text(head.title, bytes);
        push_number(head.outlet.is_some().into(), bytes);
        push_text(head.outlet.unwrap_or_default(), bytes);
        match head.published {
            None => push_number(0, bytes),
            Some(Published { seconds, offset, timed }) => {
                push_number(1 + u64::from(timed), bytes);
                push_number(zigzag(seconds), bytes);
                push_number(zigzag(offset.into()), bytes);
            }
        }
        push_text(head.language.as_ref().map_or("", Language::as_str), bytes);
        push_number(head.quotes.into(), bytes);
    }

    /// Says how many links follow.
    pub(super) fn links(&mut self, many: usize) {
        push_number(many as u64, &mut self.open);
    }

    /// Adds a link to an entity.
    pub(super) fn link(&mut self, entity: i64, mentions: u32, quotes: u32, spellings: &[i64]) {
        let bytes = &mut self.open;
        for number in [entity.cast_unsigned(), mentions.into(), quotes.into(), spellings.len() as u64] {
            push_number(number, bytes);
        }
        spellings.iter().for_each(|row| push_number(row.cast_unsigned(), bytes));
    }

    /// Ends the article of this number.
    pub(super) fn end(&mut self, article: i64) {
        let end = u32::try_from(self.open.len()).unwrap_or(u32::MAX);
        self.opened.push((u32::try_from(article).unwrap_or(u32::MAX), end));
    }

    /// Their transaction is over: writes them, or forgets them if it was taken back.
    pub(super) fn close(&mut self, kept: bool) -> io::Result<()> {
        let (bytes, opened) = (std::mem::take(&mut self.open), std::mem::take(&mut self.opened));
        if !kept {
            return Ok(());
        }
        let begun = self.ends.last().copied().unwrap_or(0);
        let fits = usize::try_from(u32::MAX - begun).is_ok_and(|room| bytes.len() <= room);
        if !fits {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.file.write_all(&bytes)?;
        for (number, end) in opened {
            self.numbers.push(number);
            self.ends.push(begun + end);
        }
        Ok(())
    }

    /// Hands the file over to another process.
    pub(crate) fn hand_over(mut self) -> io::Result<File> {
        let many = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let all = self.numbers.iter().chain(&self.ends).chain([&many]);
        let bytes: Vec<u8> = all.flat_map(|number| number.to_le_bytes()).collect();
        self.file.write_all(&bytes)?;
        self.file.try_clone()
    }

    /// Takes a file over from another process; `None` when it is none that was handed over.
    #[cfg(unix)]
    pub(crate) fn taken_over(file: File) -> Option<Spill> {
        let end = file.metadata().ok().filter(fs::Metadata::is_file)?.len();
        let mut many = [0; 4];
        read_at(&file, &mut many, end.checked_sub(4)?).ok()?;
        let many = u64::from(u32::from_le_bytes(many));
        let start = end.checked_sub(4 + many * 8)?;
        let mut bytes = vec![0; usize::try_from(many * 8).ok()?];
        read_at(&file, &mut bytes, start).ok()?;
        let all = bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
        let mut numbers: Vec<u32> = all.collect();
        let ends = numbers.split_off(numbers.len() / 2);
        let is_whole = numbers.is_sorted()
            && ends.is_sorted()
            && ends.last().is_none_or(|&last| u64::from(last) == start);
        let (path, open, opened) = (PathBuf::new(), Vec::new(), Vec::new());
        is_whole.then_some(Spill { file, path, numbers, ends, open, opened })
    }

    /// Reads what is put aside of an article, with `bytes` to read into; `None` when it is not.
    pub(super) fn read<'b>(&self, article: u32, bytes: &'b mut Vec<u8>) -> Option<Aside<'b>> {
        let at = self.numbers.binary_search(&article).ok()?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let length = self.ends.get(at)?.checked_sub(start)?;
        bytes.clear();
        bytes.resize(length as usize, 0);
        read_at(&self.file, bytes, start.into()).ok()?;
        Some(Aside(bytes))
    }
}

impl Drop for Spill {
    fn drop(&mut self) {
        // On most systems it has no name any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// An article that was put aside, to be read from front to end.
pub(super) struct Aside<'b>(&'b [u8]);

impl<'b> Aside<'b> {
    pub(super) fn head(&mut self) -> Option<Head<'b>> {
        let title = self.text()?;
        let is_known = self.number()? > 0;
        let outlet = Some(self.text()?).filter(|_| is_known);
        let published = match self.number()? {
            0 => None,
            timed => Some(Published {
                seconds: unzigzag(self.number()?),
                offset: i16::try_from(unzigzag(self.number()?)).ok()?,
                timed: timed > 1,
            }),
        };
        let language = Language::parse(self.text()?);
        Some(Head { title, outlet, published, language, quotes: self.count()? })
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        take_number(&mut self.0)
    }

    pub(super) fn count(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

fn push_text(text: &str, bytes: &mut Vec<u8>) {
    push_number(text.len() as u64, bytes);
    bytes.extend_from_slice(text.as_bytes());
}

/// Small numbers of either sign as small numbers.
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        bytes = bytes.get_mut(read..).filter(|_| read > 0).ok_or(io::ErrorKind::UnexpectedEof)?;
        at += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_aside_is_read_again(
            title in any::<String>(),
            outlet in any::<Option<String>>(),
            time in any::<Option<(i64, i16, bool)>>(),
            links in prop::collection::vec((1i64..1 << 40, any::<u32>(), any::<u32>(), prop::collection::vec(1i64..1 << 40, 0..4)), 0..5),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut spill = Spill::new(folder.path()).unwrap();
            prop_assert!(cfg!(windows) || std::fs::read_dir(folder.path()).unwrap().next().is_none());
            let published = time.map(|(seconds, offset, timed)| Published { seconds, offset, timed });
            let head = Head {
                title: &title,
                outlet: outlet.as_deref(),
                published,
                language: Language::parse("ban"),
                quotes: 7,
            };
            for (article, kept) in [(3, true), (4, false), (9, true)] {
                spill.begin(&head);
                spill.links(links.len());
                for (entity, mentions, quotes, spellings) in &links {
                    spill.link(*entity, *mentions, *quotes, spellings);
                }
                spill.end(article);
                spill.close(kept).unwrap();
            }
            #[cfg(unix)]
            let spill = Spill::taken_over(spill.hand_over().unwrap()).unwrap();
            let mut bytes = Vec::new();
            prop_assert!(spill.read(4, &mut bytes).is_none() && spill.read(10, &mut bytes).is_none());
            for article in [9, 3] {
                let mut aside = spill.read(article, &mut bytes).unwrap();
                let read = aside.head().unwrap();
                prop_assert_eq!((read.title, read.outlet, read.published), (head.title, head.outlet, head.published));
                prop_assert_eq!((read.language, read.quotes), (head.language, head.quotes));
                prop_assert_eq!(aside.number(), Some(links.len() as u64));
                for (entity, mentions, quotes, spellings) in &links {
                    prop_assert_eq!(aside.number(), Some(entity.cast_unsigned()));
                    prop_assert_eq!((aside.count(), aside.count()), (Some(*mentions), Some(*quotes)));
                    prop_assert_eq!(aside.number(), Some(spellings.len() as u64));
                    for row in spellings {
                        prop_assert_eq!(aside.number(), Some(row.cast_unsigned()));
                    }
                }
                prop_assert_eq!(aside.number(), None);
            }
        }
    }
}
