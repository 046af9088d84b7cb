//! Words by their hashes (FNV-1a, 63 bits: the highest tells words from signs).

use crate::text::fold_each;

/// Set in the hash of a sign.
pub(super) const SIGN: u64 = 1 << 63;
/// Where hashes begin.
pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;
/// What they are multiplied by.
pub(super) const PRIME: u64 = 0x0100_0000_01b3;

/// Hashes the small letters of ASCII.
pub(super) fn hash_lower(bytes: &[u8]) -> u64 {
    bytes.iter().fold(SEED, |hash, byte| (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME))
        & !SIGN
}

/// Hashes a word by its folded form (FNV-1a, 63 bits).
pub fn word_hash(word: &str) -> u64 {
    if word.is_ascii() {
        return hash_lower(word.as_bytes());
    }
    let mut hash = SEED;
    fold_each(word, |c| {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    });
    hash & !SIGN
}

/// Hashes bytes as they are written (FNV-1a, 63 bits).
pub fn exact_hash(text: &str) -> u64 {
    text.bytes().fold(SEED, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)) & !SIGN
}
