//! What is in a file, by its first bytes; its name is only a hint.

use super::scan::{Scan, Step, skip_space};

/// What a source holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// One JSON value a line.
    JsonLines,
    /// JSON: lists, objects, or several of them.
    Json,
    Markdown,
    Text,
    /// Nothing at all, or only white space.
    Empty,
    /// Named as JSON, which it is not.
    NotJson,
    /// No text; what it is.
    Binary(&'static str),
    /// Something that may hold articles, but is not read; what it is.
    Foreign(&'static str),
}

/// Lines looked at to tell JSON Lines from JSON.
const LINES: usize = 50;

/// Names a file of a format by its beginning, `head`, of which `whole` says whether it is all, and its suffix in
/// lower case.
pub(super) fn sniff(head: &[u8], whole: bool, suffix: &str) -> Format {
    if let Some(format) = magic(head) {
        return format;
    }
    if binary(head) {
        return Format::Binary("is a binary file");
    }
    let text = head.get(skip_space(head, 0)..).unwrap_or_default();
    if text.is_empty() {
        return if whole { Format::Empty } else { Format::Text };
    }
    let json_name = matches!(suffix, "json" | "jsonl" | "ndjson" | "jsonlines" | "jl");
    if begins_json(text, json_name) {
        return if json_lines(text, whole) { Format::JsonLines } else { Format::Json };
    }
    if json_name {
        return Format::NotJson;
    }
    let lower = text.get(..512).unwrap_or(text).to_ascii_lowercase();
    if [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| lower.starts_with(tag)) {
        return Format::Foreign("is a web page");
    }
    if [&b"<?xml"[..], b"<rss", b"<feed", b"<opml", b"<mediawiki"].iter().any(|tag| lower.starts_with(tag)) {
        return Format::Foreign("is an XML file");
    }
    match suffix {
        "html" | "htm" | "xhtml" => return Format::Foreign("is a web page"),
        "csv" | "tsv" => return Format::Foreign("is a table"),
        "eml" | "mbox" => return Format::Foreign("is mail"),
        "warc" => return Format::Foreign("is a web archive"),
        _ => {}
    }
    let markdown_name = matches!(suffix, "md" | "markdown" | "mkd" | "mdown");
    if markdown_name || text.starts_with(b"# ") || front_matter(text) {
        return Format::Markdown;
    }
    Format::Text
}

/// Whether `bytes` are no text: a NUL, or more than one control character in eight.
fn binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1b)).count();
    memchr::memchr(0, bytes).is_some() || controls > bytes.len() / 8
}

/// What a file is that has a magic number.
fn magic(head: &[u8]) -> Option<Format> {
    let magics: [(&[u8], Format); 7] = [
        (b"\x1f\x8b", Format::Foreign("is packed with gzip")),
        (b"BZh", Format::Foreign("is packed with bzip2")),
        (b"\x28\xb5\x2f\xfd", Format::Foreign("is packed with zstd")),
        (b"\xfd7zXZ\0", Format::Foreign("is packed with xz")),
        (b"PK\x03\x04", Format::Binary("is a ZIP file")),
        (b"%PDF-", Format::Binary("is a PDF file")),
        (b"SQLite format 3\0", Format::Binary("is an SQLite file")),
    ];
    magics.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, format)| format)
}

/// Whether `text` begins as JSON does. Without the name for it, only a beginning that no prose has counts.
fn begins_json(text: &[u8], named: bool) -> bool {
    let next = text.get(skip_space(text, 1)).copied();
    match text.first() {
        Some(b'{') => named || matches!(next, Some(b'"' | b'}')),
        Some(b'[') => named || matches!(next, Some(b'{')),
        _ => false,
    }
}

/// Whether each line is a value of its own: the first is, or it is broken and another one is.
fn json_lines(text: &[u8], whole: bool) -> bool {
    if text.first() != Some(&b'{') {
        return false;
    }
    let mut lines = text.split_inclusive(|&byte| byte == b'\n').take(LINES);
    lines.any(|line| {
        let ended = whole || line.ends_with(b"\n");
        let line = line.trim_ascii_end();
        ended && line.first() == Some(&b'{') && Scan::default().run(line, 0) == Step::End(line.len())
    })
}

/// Whether a block of `key: value` lines between two lines of dashes is at the head.
fn front_matter(text: &[u8]) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    lines.next() == Some(b"---") && lines.next().is_some_and(|line| memchr::memchr(b':', line).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_decide() {
        let is = |head: &str, suffix: &str| sniff(head.as_bytes(), true, suffix);
        assert_eq!(is("{\"a\":1}\n{\"a\":2}\n", "json"), Format::JsonLines);
        assert_eq!(is("{\"a\": \n{\"a\":2}\n", "txt"), Format::JsonLines);
        assert_eq!(is("{\n \"a\": 1\n}\n", "jsonl"), Format::Json);
        assert_eq!(is("[{\"a\":1},\n{\"a\":2}]", "txt"), Format::Json);
        assert_eq!(is("[Jakarta] Kata", "txt"), Format::Text);
        assert_eq!(is("{kata}", "txt"), Format::Text);
        assert_eq!(is("---\ntitle: a\n---\nb", "txt"), Format::Markdown);
        assert_eq!(is("a", "md"), Format::Markdown);
        assert_eq!(is("---\na\n", ""), Format::Text);
        assert_eq!(is(" \n", ""), Format::Empty);
        assert_eq!(is("<!DOCTYPE HTML><p>", "txt"), Format::Foreign("is a web page"));
        assert_eq!(is("a,b\n1,2\n", "csv"), Format::Foreign("is a table"));
        assert_eq!(is("a\0b", "txt"), Format::Binary("is a binary file"));
        assert_eq!(is("hello", "json"), Format::NotJson);
    }
}
