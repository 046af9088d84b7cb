//! The index of a library in a file: which article has which ordinal, and the arena the filter searches.
//!
//! ```text
//! "petik index\n" · version u32 · library 16 bytes · count u64 · last number u64 · checksum u64
//! · the number of each article u32 · when it was published i64 (seconds; the least of all for undated) · the arena
//! ```
//!
//! All numbers are little-endian. It is made from the library, replaced as a whole, and made again when it is missing,
//! of another version or damaged. The head is read at once; the arena, which is most of it, behind the first frame.

use crate::search::Arena;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 12] = b"petik index\n";

/// The version of this form; the arena has its own.
const VERSION: u32 = 1;

/// Bytes before the first number.
const HEAD: usize = MAGIC.len() + 4 + LIBRARY + 8 + 8 + 8;

/// Bytes that name a library.
const LIBRARY: usize = 16;

/// Stands for no day.
const UNDATED: i64 = i64::MIN;

/// The articles of a library in the order of their ordinals: newest first, undated ones last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ordinals {
    /// The number of each in the library.
    pub(super) numbers: Vec<u32>,
    /// When each was published, in seconds since 1970.
    published: Vec<i64>,
    /// No article of the library with a number up to this one is missing.
    pub(super) last: u32,
}

impl Ordinals {
    /// From numbers and times in the order of the ordinals.
    pub(super) fn new(rows: impl Iterator<Item = (u32, Option<i64>)>) -> Ordinals {
        let (numbers, published): (Vec<u32>, Vec<i64>) =
            rows.map(|(number, published)| (number, published.unwrap_or(UNDATED))).unzip();
        let last = numbers.iter().copied().max().unwrap_or(0);
        Ordinals { numbers, published, last }
    }

    /// When the article of an ordinal was published.
    pub(super) fn published(&self, ordinal: u32) -> Option<i64> {
        self.published.get(ordinal as usize).copied().filter(|&published| published != UNDATED)
    }

    /// A sum that other articles, or the same in another order, change.
    pub(super) fn sum(&self) -> u64 {
        checksum(&self.bytes())
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.numbers.len() * 12);
        bytes.extend(self.numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes.extend(self.published.iter().flat_map(|seconds| seconds.to_le_bytes()));
        bytes
    }
}

/// Where the index of a library lies, beside what else is made from it.
pub(super) fn path(derived: &Path) -> PathBuf {
    derived.join("index.petik")
}

/// The part of an index that is still to be read.
pub(super) struct Rest {
    file: File,
    count: usize,
}

impl Rest {
    /// Reads the head of the index in the folder `derived`; `None` when there is none of the library called `library`.
    pub(super) fn behind(derived: &Path, library: &str) -> Option<(Ordinals, Rest)> {
        let mut file = File::open(path(derived)).ok()?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        let mut rest = head.as_slice();
        let mut take = |length: usize| {
            let (taken, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some(taken)
        };
        let number = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
        let version = VERSION.to_le_bytes();
        if take(MAGIC.len())? != MAGIC || take(4)? != version || take(LIBRARY)? != library.as_bytes() {
            return None;
        }
        let (count, last, sum) = (number(take(8)?)?, number(take(8)?)?, number(take(8)?)?);
        // A count that is wrong shall not ask for memory.
        let length = count
            .checked_mul(12)
            .filter(|&length| file.metadata().is_ok_and(|metadata| length <= metadata.len()))?;
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        file.read_exact(&mut bytes).ok()?;
        if checksum(&bytes) != sum {
            return None;
        }
        let (numbers, published) = bytes.split_at_checked(usize::try_from(count).ok()?.checked_mul(4)?)?;
        let (numbers, published) = (numbers.as_chunks::<4>().0, published.as_chunks::<8>().0);
        let ordinals = Ordinals {
            numbers: numbers.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect(),
            published: published.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect(),
            last: u32::try_from(last).ok()?,
        };
        let count = ordinals.numbers.len();
        Some((ordinals, Rest { file, count }))
    }

    /// Reads the arena; `None` when it is damaged or of another version.
    pub(super) fn arena(mut self) -> Option<Arena> {
        let behind = HEAD as u64 + self.count as u64 * 12;
        let length = self.file.metadata().ok()?.len().checked_sub(behind)?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
        self.file.read_to_end(&mut bytes).ok()?;
        let arena = Arena::from_bytes(bytes).ok()?;
        (arena.len() == self.count).then_some(arena)
    }
}

/// Puts an index in place of the one in the folder `derived`.
pub(super) fn write(derived: &Path, library: &str, ordinals: &Ordinals, arena: &Arena) -> io::Result<()> {
    fs::create_dir_all(derived)?;
    // Two petiks may write at once.
    let fresh = derived.join(format!("index.{}.tmp", std::process::id()));
    let written = write_to(&fresh, library, ordinals, arena).and_then(|()| fs::rename(&fresh, path(derived)));
    if written.is_err() {
        // When it cannot be removed either, what is wrong is told already.
        let _ = fs::remove_file(&fresh);
    }
    written
}

fn write_to(fresh: &Path, library: &str, ordinals: &Ordinals, arena: &Arena) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(fresh)?);
    let bytes = ordinals.bytes();
    let mut name = library.as_bytes().to_vec();
    name.resize(LIBRARY, 0);
    file.write_all(MAGIC)?;
    file.write_all(&VERSION.to_le_bytes())?;
    file.write_all(&name)?;
    file.write_all(&(ordinals.numbers.len() as u64).to_le_bytes())?;
    file.write_all(&u64::from(ordinals.last).to_le_bytes())?;
    file.write_all(&checksum(&bytes).to_le_bytes())?;
    file.write_all(&bytes)?;
    file.write_all(arena.to_bytes())?;
    file.flush()
}

/// A sum that a changed or missing byte changes (FNV-1a over words of eight bytes).
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().map(|&byte| u64::from(byte));
    words
        .chain(rest)
        .fold(0xcbf2_9ce4_8422_2325, |sum, word| (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let library = "0123456789abcdef";
        let ordinals = Ordinals::new([(7, Some(-5)), (2, Some(-9)), (9, None)].into_iter());
        let docs = ["a", "b", "c"].map(|title| crate::search::Doc {
            title,
            outlet: None,
            language: None,
            published: None,
            names: &[],
            quotes: 0,
        });
        let arena = Arena::build(docs.into_iter());
        write(folder.path(), library, &ordinals, &arena).unwrap();
        let (read, rest) = Rest::behind(folder.path(), library).unwrap();
        assert_eq!(read, ordinals);
        assert_eq!((read.last, read.published(1), read.published(2)), (9, Some(-9), None));
        assert_eq!(rest.arena().unwrap().len(), 3);
        assert!(Rest::behind(folder.path(), "another library!").is_none());
        let arena = || Rest::behind(folder.path(), library).and_then(|(_, rest)| rest.arena());
        let path = path(folder.path());
        let whole = fs::read(&path).unwrap();
        for at in [3, 14, 30, 60, HEAD + 2, HEAD + 30, whole.len() - 4] {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            fs::write(&path, &bytes).unwrap();
            assert!(arena().is_none(), "byte {at}");
        }
        for length in [0, 10, HEAD, HEAD + 20, whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(arena().is_none(), "{length} bytes");
        }
    }
}
