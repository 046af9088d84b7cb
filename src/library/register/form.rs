//! The form in which the register of a library is kept in a file, beside the index.
//!
//! ```text
//! "petik facets" · version u32 · library 16 bytes · sum of the ordinals u64 · parts, each: length u64 · sum u64 · bytes
//! ```
//!
//! All numbers are little-endian. It is made from the library, replaced as a whole, and made again when it is missing,
//! of another version, damaged, or of other articles than the index.

use super::{Column, Register, Shelf};
use crate::library::index::checksum;
use crate::text::Strings;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 12] = b"petik facets";

/// Raised whenever what stands in the parts, or what their bytes mean, changes.
const VERSION: u32 = 1;

/// Where the register of a library lies, beside what else is made from it.
pub(in crate::library) fn path(derived: &Path) -> PathBuf {
    derived.join("facets.petik")
}

/// What stands before the parts, of the library called `library` and of ordinals with this sum.
fn head(library: &str, ordinals: u64) -> Vec<u8> {
    let mut head = MAGIC.to_vec();
    head.extend(VERSION.to_le_bytes());
    let mut name = library.as_bytes().to_vec();
    name.resize(16, 0);
    head.extend(name);
    head.extend(ordinals.to_le_bytes());
    head
}

/// A register in a file that is still to be read.
pub(in crate::library) struct Unread {
    file: File,
    length: u64,
}

/// Opens the register in the folder `derived`; `None` when there is none of this library and these ordinals.
pub(in crate::library) fn read(derived: &Path, library: &str, ordinals: u64) -> Option<Unread> {
    let mut file = File::open(path(derived)).ok()?;
    let expected = head(library, ordinals);
    let mut found = vec![0; expected.len()];
    file.read_exact(&mut found).ok()?;
    let length = file.metadata().ok()?.len();
    (found == expected).then_some(Unread { file, length })
}

/// Puts a register in place of the one in the folder `derived`.
pub(in crate::library) fn write(
    derived: &Path,
    library: &str,
    ordinals: u64,
    register: &Register,
) -> io::Result<()> {
    fs::create_dir_all(derived)?;
    // Two petiks may write at once.
    let fresh = derived.join(format!("facets.{}.tmp", std::process::id()));
    let written = File::create(&fresh).and_then(|file| {
        let mut file = BufWriter::new(file);
        file.write_all(&head(library, ordinals))?;
        register.write(&mut file)?;
        file.flush()
    });
    let written = written.and_then(|()| fs::rename(&fresh, path(derived)));
    if written.is_err() {
        // When it cannot be removed either, what is wrong is told already.
        let _ = fs::remove_file(&fresh);
    }
    written
}

fn put(file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    file.write_all(&(bytes.len() as u64).to_le_bytes())?;
    file.write_all(&checksum(bytes).to_le_bytes())?;
    file.write_all(bytes)
}

fn put_numbers(file: &mut impl Write, numbers: &[u32]) -> io::Result<()> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    put(file, &bytes)
}

fn put_strings(file: &mut impl Write, strings: &Strings) -> io::Result<()> {
    put(file, strings.text().as_bytes())?;
    put_numbers(file, strings.ends())
}

impl Register {
    fn write(&self, file: &mut impl Write) -> io::Result<()> {
        let days: Vec<u32> = self.days.iter().map(|day| day.cast_unsigned()).collect();
        put_numbers(file, &days)?;
        put_numbers(file, &self.outlets_of)?;
        put(file, &self.languages_of)?;
        let quotes: Vec<u8> = self.quotes.iter().flat_map(|number| number.to_le_bytes()).collect();
        put(file, &quotes)?;
        put_strings(file, &self.outlets)?;
        put_strings(file, &self.languages)?;
        for shelf in &self.shelves {
            put_strings(file, &shelf.keys)?;
            put(file, &shelf.countries)?;
            put_numbers(file, &shelf.known)?;
            put_numbers(file, &shelf.by_key)?;
            put_numbers(file, &shelf.ends)?;
            put_strings(file, &shelf.spellings)?;
            put(file, &shelf.column.bytes)?;
            put_numbers(file, &shelf.column.starts)?;
        }
        Ok(())
    }
}

impl Unread {
    /// Reads it; `None` when it is damaged.
    pub(in crate::library) fn read(mut self) -> Option<Register> {
        let days: Vec<i32> = self.numbers()?.into_iter().map(u32::cast_signed).collect();
        let (outlets_of, languages_of) = (self.numbers()?, self.part()?);
        let quotes = self.part()?;
        let quotes = quotes.as_chunks::<2>().0.iter().map(|bytes| u16::from_le_bytes(*bytes)).collect();
        let (outlets, languages) = (self.strings()?, self.strings()?);
        let mut shelves: [Shelf; super::KINDS] = Default::default();
        for shelf in &mut shelves {
            shelf.keys = self.strings()?;
            shelf.countries = self.part()?;
            shelf.known = self.numbers()?;
            shelf.by_key = self.numbers()?;
            shelf.ends = self.numbers()?;
            shelf.spellings = self.strings()?;
            shelf.column = Column { bytes: self.part()?, starts: self.numbers()? };
        }
        Some(Register { days, outlets_of, languages_of, quotes, outlets, languages, shelves })
    }

    fn number(&mut self) -> Option<u64> {
        let mut bytes = [0; 8];
        self.file.read_exact(&mut bytes).ok()?;
        Some(u64::from_le_bytes(bytes))
    }

    fn part(&mut self) -> Option<Vec<u8>> {
        let (length, sum) = (self.number()?, self.number()?);
        // A length that is wrong shall not ask for memory.
        if length > self.length {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(length).ok()?];
        self.file.read_exact(&mut bytes).ok()?;
        (checksum(&bytes) == sum).then_some(bytes)
    }

    fn numbers(&mut self) -> Option<Vec<u32>> {
        let bytes = self.part()?;
        Some(bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect())
    }

    fn strings(&mut self) -> Option<Strings> {
        Some(Strings::of(String::from_utf8(self.part()?).ok()?, self.numbers()?))
    }
}
