//! The bytes of one source, read as they come and decoded to UTF-8 on the way.
//!
//! A window holds only what is being looked at: a file of any size passes through it in chunks. It grows for one
//! record that is longer than a chunk; its user stops that at [`super::MOST_BYTES`].

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8};
use std::borrow::Cow;
use std::io::{self, Read};

/// The first read: small, so that the first articles are there at once. Later reads double up to [`CHUNK_MOST`].
const CHUNK_FIRST: usize = 64 * 1024;

/// Enough records to keep all cores busy, few enough to stay flat in memory.
const CHUNK_MOST: usize = 1024 * 1024;

/// A source of which a part is in memory.
pub(super) struct Window<'a> {
    reader: Box<dyn Read + 'a>,
    decoder: Option<Decoder>,
    held: Vec<u8>,
    start: usize,
    chunk: usize,
    ended: bool,
    /// Bytes read from the source, before decoding.
    pub(super) read: u64,
    /// Bytes left behind, after decoding.
    pub(super) offset: u64,
    /// Line ends left behind.
    pub(super) lines: u64,
}

impl<'a> Window<'a> {
    /// Reads the first chunk and settles the encoding: byte order mark, else UTF-8, else a guess.
    pub(super) fn open(reader: Box<dyn Read + 'a>) -> io::Result<Window<'a>> {
        let mut window = Window {
            reader,
            decoder: None,
            held: Vec::new(),
            start: 0,
            chunk: CHUNK_FIRST,
            ended: false,
            read: 0,
            offset: 0,
            lines: 0,
        };
        // A byte order mark takes three bytes; a pipe may give fewer at first.
        while window.held.len() < 4 && window.more()? {}
        let (encoding, mark) = match Encoding::for_bom(&window.held) {
            Some((encoding, length)) => (encoding, length),
            None => (legacy(&window.held).unwrap_or(UTF_8), 0),
        };
        if encoding == UTF_8 {
            window.start = mark;
        } else {
            window.decoder = Some(encoding.new_decoder_without_bom_handling());
            window.held.drain(..mark);
            window.decode_from(0);
        }
        Ok(window)
    }

    /// What is in memory and not yet left behind.
    pub(super) fn bytes(&self) -> &[u8] {
        self.held.get(self.start..).unwrap_or_default()
    }

    /// Whether everything has been read.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Reads another chunk, as long as what is held at least, so that looking at it again from the start stays
    /// linear; false when there is no more.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.held.drain(..self.start);
        self.start = 0;
        let before = self.held.len();
        self.held.resize(before + self.chunk.max(before), 0);
        self.chunk = (self.chunk * 2).min(CHUNK_MOST);
        let got = loop {
            match self.reader.read(self.held.get_mut(before..).unwrap_or_default()) {
                Ok(got) => break got,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.held.truncate(before);
                    self.ended = true;
                    return Err(error);
                }
            }
        };
        self.held.truncate(before + got);
        self.read += got as u64;
        self.ended = got == 0;
        self.decode_from(before);
        Ok(!self.ended)
    }

    /// Leaves `length` bytes behind.
    pub(super) fn leave(&mut self, length: usize) {
        let left = self.bytes().get(..length).unwrap_or(self.bytes());
        let (bytes, lines) = (left.len(), lines(left));
        self.start += bytes;
        self.offset += bytes as u64;
        self.lines += lines;
    }

    fn decode_from(&mut self, at: usize) {
        let Some(decoder) = &mut self.decoder else { return };
        let raw = self.held.split_off(at.min(self.held.len()));
        let mut text =
            String::with_capacity(decoder.max_utf8_buffer_length(raw.len()).unwrap_or(raw.len() * 3));
        let _ = decoder.decode_to_string(&raw, &mut text, self.ended);
        self.held.extend_from_slice(text.as_bytes());
    }
}

/// Line ends in `bytes`.
pub(super) fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// `bytes` as text. What is not UTF-8 is read in the encoding it looks like, or, when nearly all of it is UTF-8,
/// with U+FFFD for the damage.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => match legacy(bytes) {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => String::from_utf8_lossy(bytes),
        },
    }
}

/// The older encoding that `bytes` look like; none when they are UTF-8, cut off at the end or with a little damage.
fn legacy(bytes: &[u8]) -> Option<&'static Encoding> {
    match std::str::from_utf8(bytes) {
        Ok(_) => return None,
        Err(error) if error.error_len().is_none() => return None,
        Err(_) => {}
    }
    let (mut letters, mut damage) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damage += usize::from(!chunk.invalid().is_empty());
    }
    // Older encodings hardly ever make several well-formed sequences for one that is not.
    if letters > damage * 4 {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Some(detector.guess(None, Utf8Detection::Deny))
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16BE, WINDOWS_1252};

    fn read(bytes: &[u8]) -> String {
        let mut window = Window::open(Box::new(bytes)).unwrap();
        while window.more().unwrap() {}
        decode(window.bytes()).into_owned()
    }

    #[test]
    fn encodings_are_found() {
        assert_eq!(read("\u{feff}“é”".as_bytes()), "“é”");
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("é“😀”".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(read(&wide), "é“😀”");
        let wide: Vec<u8> =
            [0xfe, 0xff].into_iter().chain("é“😀”".encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(Encoding::for_bom(&wide).unwrap().0, UTF_16BE);
        assert_eq!(read(&wide), "é“😀”");
        let (old, _, _) = WINDOWS_1252.encode("“Très bien”, said the café’s owner – and left.");
        assert_eq!(read(&old), "“Très bien”, said the café’s owner – and left.");
    }

    #[test]
    fn a_little_damage_does_not_change_the_encoding() {
        let mut bytes = "“Très” “bien” – “Très” “bien”".as_bytes().to_vec();
        bytes.push(0xff);
        assert_eq!(read(&bytes), "“Très” “bien” – “Très” “bien”\u{fffd}");
    }

    #[test]
    fn a_letter_cut_by_a_chunk_is_whole() {
        let text = "é".repeat(100_000);
        let bytes: Vec<u8> = std::iter::once(b'x').chain(text.bytes()).collect();
        assert_eq!(read(&bytes), format!("x{text}"));
    }
}
