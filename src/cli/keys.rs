//! `petik keys`: the one key table as text.

use crate::app::keymap::{sections, written};
use crate::text::pad;
use std::io::{self, Write};

pub(super) fn keys(markdown: bool) -> io::Result<u8> {
    let text = if markdown { as_markdown() } else { as_text() };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(0)
}

fn as_text() -> String {
    let mut text = String::new();
    for (at, (title, bindings)) in sections(None).into_iter().enumerate() {
        text.push_str(if at > 0 { "\n" } else { "" });
        text.push_str(&format!("{title}\n"));
        for binding in bindings {
            text.push_str(&format!("  {}  {}\n", pad(&written(binding), 16), binding.help));
        }
    }
    text
}

/// The table of the README: what each key does, and where.
fn as_markdown() -> String {
    let mut text = String::new();
    for (title, bindings) in sections(None) {
        text.push_str(&format!("\n**{title}**\n\n| key | |\n|---|---|\n"));
        for binding in bindings {
            let keys: Vec<String> = binding.written().map(|keys| format!("`{keys}`")).collect();
            text.push_str(&format!("| {} | {} |\n", keys.join(" "), binding.help));
        }
    }
    text
}
