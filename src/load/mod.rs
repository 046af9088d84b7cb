//! Bytes, files and folders → [`Article`]s. One file a format; the only users of format crates.
