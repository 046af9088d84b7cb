//! Trained weights.

/// The weights of the name tagger; `data/model/README.md` says how they are made and read.
pub const NAME_MODEL: &[u8] = include_bytes!("../../data/model/names.bin");

/// How often what the annotator finds is right, by rule; its head says what the columns are.
pub const SURENESS: &str = include_str!("../../data/model/sureness.tsv");
