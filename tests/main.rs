//! Integration tests: one binary.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::string_slice, reason = "tests fail loudly")]

mod architecture;
mod dependencies;
mod gold;
mod readme;
