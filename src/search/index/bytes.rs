//! The form in which an arena is held, and kept in a file: sections of bytes behind one header.
//!
//! ```text
//! "petik arena" NUL · version u32 · count of sections u64 · length of each u64 · checksum u64 · the sections
//! ```
//!
//! All numbers are little-endian. Nothing is decoded when it is read: a million articles open in the time their bytes
//! take to be read and summed.

use std::ops::Range;

use thiserror::Error;

const MAGIC: &[u8; 12] = b"petik arena\0";
/// Raised whenever what stands in the sections, or what their bytes mean, changes.
const VERSION: u32 = 2;

/// Where the lengths of the sections begin.
const LENGTHS: usize = MAGIC.len() + 12;

/// Why bytes are no arena. Whoever has them builds the arena anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ArenaError {
    /// They are something else.
    #[error("not an index of petik")]
    Foreign,
    /// They were written by another version.
    #[error("an index of another version of petik")]
    Version,
    /// They are cut short or have changed since they were written.
    #[error("a damaged index")]
    Damaged,
}

/// Numbers of four bytes each, as they stand in a section.
#[derive(Debug, Clone, Copy)]
pub(in crate::search) struct U32s<'a>(pub(in crate::search) &'a [u8]);

impl U32s<'_> {
    pub(in crate::search) fn len(&self) -> usize {
        self.0.len() / 4
    }

    #[inline]
    pub(in crate::search) fn get(&self, at: usize) -> Option<u32> {
        self.0.get(at * 4..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// From the end before to the end of the part with number `at`.
    #[inline]
    pub(in crate::search) fn range(&self, at: u32) -> Range<usize> {
        let at = at as usize;
        let start = at.checked_sub(1).and_then(|before| self.get(before)).unwrap_or(0) as usize;
        start..self.get(at).map_or(start, |end| end as usize)
    }

    pub(in crate::search) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

/// The sections of an arena in one piece.
#[derive(Debug)]
pub(super) struct Sections {
    bytes: Vec<u8>,
    /// Where each ends; the first begins behind the header.
    ends: Vec<usize>,
}

/// Sections while they are written, one behind the other in the one piece they end up in, so that none is held twice.
pub(super) struct Writing {
    sections: Sections,
    count: usize,
}

impl Writing {
    /// Begins `count` sections, with room for so many bytes.
    pub(super) fn new(count: usize, room: usize) -> Writing {
        let mut bytes = Vec::new();
        let _ = bytes.try_reserve(room);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((count as u64).to_le_bytes());
        // Lengths and the sum are written in the end.
        bytes.resize(LENGTHS + count * 8 + 8, 0);
        Writing { sections: Sections { bytes, ends: Vec::new() }, count }
    }

    /// Begins the section of this number: what is put behind the bytes is in it. The numbers ascend; what is passed
    /// over stays empty.
    pub(super) fn begin(&mut self, section: usize) -> &mut Vec<u8> {
        let Sections { bytes, ends } = &mut self.sections;
        ends.resize(section + 1, bytes.len());
        bytes
    }

    /// Writes a section.
    pub(super) fn put(&mut self, section: usize, content: &[u8]) {
        self.begin(section).extend_from_slice(content);
    }

    pub(super) fn finish(mut self) -> Sections {
        self.begin(self.count);
        let Sections { bytes, ends } = &mut self.sections;
        let lengths = ends.iter().zip(ends.iter().skip(1)).map(|(start, end)| (end - start) as u64);
        let places = bytes.get_mut(LENGTHS..).unwrap_or_default().as_chunks_mut::<8>().0;
        places.iter_mut().zip(lengths).for_each(|(place, length)| *place = length.to_le_bytes());
        self.sections.seal();
        self.sections
    }
}

impl Sections {
    /// Puts others in the place of the last sections, from `first` on.
    pub(super) fn end_with<const N: usize>(&mut self, first: usize, last: [Vec<u8>; N]) {
        let Some(&start) = self.ends.get(first) else { return };
        self.bytes.truncate(start);
        self.ends.truncate(first + 1);
        for (section, bytes) in (first..).zip(last) {
            let place = LENGTHS + section * 8;
            if let Some(length) = self.bytes.get_mut(place..place + 8) {
                length.copy_from_slice(&(bytes.len() as u64).to_le_bytes());
            }
            self.bytes.extend(bytes);
            self.ends.push(self.bytes.len());
        }
        self.seal();
    }

    /// Writes the sum.
    fn seal(&mut self) {
        let Some(&start) = self.ends.first() else { return };
        let (head, rest) = self.bytes.split_at_mut(start - 8);
        if let Some((place, body)) = rest.split_at_mut_checked(8) {
            place.copy_from_slice(&checksum(head, body).to_le_bytes());
        }
    }

    /// Reads what [`Writing`] wrote, `count` sections of it.
    pub(super) fn read(bytes: Vec<u8>, count: usize) -> Result<Sections, ArenaError> {
        if !bytes.starts_with(MAGIC) {
            return Err(ArenaError::Foreign);
        }
        let u64_at = |at: usize| {
            let bytes = bytes.get(at..).and_then(|rest| rest.first_chunk().copied());
            bytes.map(u64::from_le_bytes).ok_or(ArenaError::Damaged)
        };
        let version = bytes.get(MAGIC.len()..).and_then(|rest| rest.first_chunk().copied());
        if version.map(u32::from_le_bytes).ok_or(ArenaError::Damaged)? != VERSION {
            return Err(ArenaError::Version);
        }
        if u64_at(MAGIC.len() + 4)? != count as u64 {
            return Err(ArenaError::Damaged);
        }
        let head = LENGTHS + count * 8;
        let mut ends = vec![head + 8];
        let mut end = head + 8;
        for section in 0..count {
            let length = usize::try_from(u64_at(LENGTHS + section * 8)?).map_err(|_| ArenaError::Damaged)?;
            end = end.checked_add(length).ok_or(ArenaError::Damaged)?;
            ends.push(end);
        }
        let (Some(header), Some(body)) = (bytes.get(..head), bytes.get(head + 8..)) else {
            return Err(ArenaError::Damaged);
        };
        if end != bytes.len() || u64_at(head)? != checksum(header, body) {
            return Err(ArenaError::Damaged);
        }
        Ok(Sections { bytes, ends })
    }

    pub(super) fn get(&self, section: usize) -> &[u8] {
        let (Some(&start), Some(&end)) = (self.ends.get(section), self.ends.get(section + 1)) else {
            return &[];
        };
        self.bytes.get(start..end).unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Four sums side by side, each step a bijection of what came before and of the word it takes in: no change within a
/// single word goes unseen, and any other with a chance of one in 2⁶⁴. Multipliers of SplitMix64.
fn checksum(head: &[u8], body: &[u8]) -> u64 {
    const STEP: u64 = 0xbf58_476d_1ce4_e5b9;
    const LAST: u64 = 0x94d0_49bb_1331_11eb;
    // One product alone leaves the highest bit where it is, and a bit of the next word takes it back.
    let mix = |sum: u64, word: u64| {
        let product = (sum ^ word).wrapping_mul(STEP);
        (product ^ product >> 29).wrapping_mul(LAST).rotate_left(29)
    };
    let mut lanes = [head.len() as u64, body.len() as u64, 2, 3];
    for part in [head, body] {
        let (blocks, rest) = part.as_chunks::<32>();
        for block in blocks {
            for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
                *lane = mix(*lane, u64::from_le_bytes(*word));
            }
        }
        for (at, &byte) in rest.iter().enumerate() {
            if let Some(lane) = lanes.get_mut(at % 4) {
                *lane = mix(*lane, u64::from(byte) + 1);
            }
        }
    }
    lanes.iter().fold(0, |sum, &lane| mix(sum, lane).wrapping_mul(LAST))
}
