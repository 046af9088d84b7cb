//! The query language, the arena and the matcher. Pure; the only user of `fuzzy_matcher`.
