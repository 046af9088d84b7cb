//! Trained weights.

/// The weights of the name tagger; `data/model/README.md` says how they are made and read.
pub const NAME_MODEL: &[u8] = include_bytes!("../../data/model/names.bin");
