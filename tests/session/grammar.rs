//! What petik may write to a terminal, and nothing else.

use std::fmt;

/// One thing written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Letters.
    Text(String),
    /// A control sequence with a final byte: its parameters and that byte.
    Control(String, u8),
    /// A text that the terminal is told to copy (OSC 52).
    Copied(String),
}

/// Why the bytes are not what petik writes.
#[derive(Debug)]
pub(crate) struct Foreign {
    at: usize,
    what: String,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.at, self.what)
    }
}

/// The modes petik sets and resets: cursor, mouse, alternate screen, bracketed paste, synchronised output.
const MODES: [&str; 6] = ["?25", "?1002", "?1006", "?1049", "?2004", "?2026"];

/// Reads `bytes` as what petik writes: text without controls or invisible characters, SGR, cursor addressing, erasing,
/// and six modes. Lines end as a cooked terminal ends them, and only while the alternate screen is off.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Token>, Foreign> {
    read_copying(bytes, usize::MAX)
}

/// As [`read`], but from byte `from` on the terminal may be told to copy.
fn read_copying(bytes: &[u8], from: usize) -> Result<Vec<Token>, Foreign> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut alternate = false;
    while at < bytes.len() {
        let foreign = |what: String| Foreign { at, what };
        match bytes[at] {
            0x1b => {
                let tail = &bytes[at + 1..];
                if let Some((text, end)) = copied(tail).filter(|_| at >= from) {
                    tokens.push(Token::Copied(text));
                    at += 1 + end;
                    continue;
                }
                let Some(b'[') = tail.first() else {
                    return Err(foreign(format!("an escape of another kind: {}", shown(&bytes[at..]))));
                };
                let parameters = tail[1..].iter().take_while(|byte| matches!(byte, b'0'..=b'?')).count();
                let Some(&last) = tail.get(1 + parameters) else {
                    return Err(foreign("a sequence that is cut off".to_owned()));
                };
                let parameters = std::str::from_utf8(&tail[1..1 + parameters]).unwrap();
                if !is_allowed(parameters, last) {
                    return Err(foreign(format!("a sequence petik has no use for: {}", shown(&bytes[at..]))));
                }
                if parameters == "?1049" {
                    alternate = last == b'h';
                }
                tokens.push(Token::Control(parameters.to_owned(), last));
                at += 3 + parameters.len();
            }
            b'\r' | b'\n' if !alternate => at += 1,
            _ => {
                let end =
                    bytes[at..].iter().position(|byte| *byte < b' ').map_or(bytes.len(), |end| at + end);
                if end == at {
                    return Err(foreign(format!("a control: {}", shown(&bytes[at..]))));
                }
                let text =
                    std::str::from_utf8(&bytes[at..end]).map_err(|error| foreign(error.to_string()))?;
                if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
                    return Err(foreign(format!("the invisible character {c:?} in {text:?}")));
                }
                tokens.push(Token::Text(text.to_owned()));
                at = end;
            }
        }
    }
    Ok(tokens)
}

/// The text that `]52;c;` and base64 (RFC 4648) up to a string terminator stand for, and where that ends.
fn copied(tail: &[u8]) -> Option<(String, usize)> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let coded = tail.strip_prefix(b"]52;c;")?;
    let end = memchr::memmem::find(coded, b"\x1b\\")?;
    let (mut bits, mut many, mut bytes) = (0_u32, 0, Vec::new());
    let letters =
        coded[..end].strip_suffix(b"==").or(coded[..end].strip_suffix(b"=")).unwrap_or(&coded[..end]);
    for letter in letters {
        let value = LETTERS.iter().position(|known| known == letter)?;
        bits = bits << 6 | u32::try_from(value).unwrap();
        many += 6;
        if many >= 8 {
            many -= 8;
            bytes.push(u8::try_from(bits >> many & 0xff).unwrap());
        }
    }
    (end % 4 == 0).then_some(())?;
    Some((String::from_utf8(bytes).ok()?, b"]52;c;".len() + end + 2))
}

/// Checks a whole session: nothing but petik's own, and every mode left as it was.
pub(crate) fn check(bytes: &[u8]) -> Vec<Token> {
    check_copying(bytes, usize::MAX)
}

/// As [`check`], but from byte `from` on, where `y` was pressed, the terminal may be told to copy.
pub(crate) fn check_copying(bytes: &[u8], from: usize) -> Vec<Token> {
    let tokens = match read_copying(bytes, from) {
        Ok(tokens) => tokens,
        Err(foreign) => panic!("not petik's own {foreign}"),
    };
    for mode in MODES {
        let before = if mode == "?25" { b'h' } else { b'l' };
        let last = tokens.iter().rev().find_map(|token| match token {
            Token::Control(parameters, last) if parameters == mode => Some(*last),
            _ => None,
        });
        assert!(last.is_none_or(|last| last == before), "mode {mode} is not left as it was");
    }
    tokens
}

fn is_allowed(parameters: &str, last: u8) -> bool {
    let numbers = |most: usize| {
        let many = parameters.split(';').count();
        many <= most && parameters.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')
    };
    match last {
        b'm' => numbers(usize::MAX),
        b'H' => numbers(2),
        b'J' | b'K' => matches!(parameters, "" | "0" | "2"),
        b'h' | b'l' => MODES.contains(&parameters),
        _ => false,
    }
}

/// Controls, bidi marks, overrides and isolates, zero-width characters, tags, variation selectors, fillers.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn shown(bytes: &[u8]) -> String {
    bytes[..bytes.len().min(40)].escape_ascii().to_string()
}

#[test]
fn the_grammar_is_strict() {
    for fine in ["\x1b[?1049h\x1b[1;1Hé\x1b[0;1m李\x1b[K\x1b[?1049l\r\n", "words", "\x1b[2J\x1b[38;5;1m"] {
        assert!(read(fine.as_bytes()).is_ok(), "{fine:?}");
    }
    let foreign = [
        "\x1b]52;c;aGk=\x07",
        "\x1b]0;t\x1b\\",
        "\x1b[6n",
        "\x1b[?1000h",
        "\x1bc",
        "\x1b(0",
        "\x1b[3J",
        "\x1b[31",
        "\u{9b}31m",
        "a\u{202e}b",
        "a\u{200d}b",
        "\u{e0041}",
        "\x07",
        "\x1b[?1049h\n",
        "\x1b[5A",
        "\x1b[>1u",
        "\x0e",
    ];
    for foreign in foreign {
        assert!(read(foreign.as_bytes()).is_err(), "{foreign:?}");
    }
    assert!(read(b"\xff").is_err());
    let copies = b"a\x1b]52;c;aGkh\x1b\\b";
    assert!(read(copies).is_err() && read_copying(copies, 2).is_err());
    let expected =
        [Token::Text("a".to_owned()), Token::Copied("hi!".to_owned()), Token::Text("b".to_owned())];
    assert_eq!(read_copying(copies, 1).unwrap(), expected);
    for foreign in ["\x1b]52;c;aGk\x1b\\", "\x1b]52;c;?\x1b\\", "\x1b]52;p;aGkh\x1b\\", "\x1b]52;c;aGkh\x07"]
    {
        assert!(read_copying(foreign.as_bytes(), 0).is_err(), "{foreign:?}");
    }
}
