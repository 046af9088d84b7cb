//! Integration tests: one binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests fail loudly"
)]

mod architecture;
mod circle;
mod commands;
mod counted;
mod dependencies;
mod explain;
mod facets;
mod faults;
mod gathered;
mod gold;
mod identity;
mod kept;
mod languages;
mod library;
mod missed;
mod properties;
mod readme;
mod score;
mod screen;
mod session;
mod shelf;
mod stories;
mod update;
