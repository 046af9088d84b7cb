//! The one gate for text from outside: what passes here may be written to a terminal.
//!
//! Removed: C0 and C1 controls with the escape sequences they begin, DEL, bidi marks, overrides and isolates, tag
//! characters, variation selectors, invisible fillers, non-characters, and zero-width joiners outside the scripts
//! that need them (Arabic, Syriac, N'Ko, Mongolian, Indic and South-East Asian scripts). Emoji joiners and skin tones
//! go too, and a flag becomes the letters it is spelt with: terminals disagree on the width of what is joined, and
//! what they draw too wide stays behind on the screen. At most eight combining marks stay on one letter. Every kind
//! of space becomes a plain one, every kind of line end `\n`; letters of right-to-left scripts stay.
//!
//! A [`Clean`] text knows its way back: [`Origin`] turns its byte offsets into the code points of what came in.

use super::Span;

/// How much of a text's layout is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Lines are kept as lines (bodies).
    Lines,
    /// Line ends and tabs become spaces (titles, names, paths, messages).
    Line,
}

/// A text that is safe to show, and the way back to what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The safe text.
    pub text: String,
    /// Where its characters stood.
    pub origin: Origin,
}

/// Maps byte offsets of a clean text to code points of the original.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// `(byte of the clean text, code point of the original)` where the two stop running in step, ascending. The
    /// beginning, (0, 0), is understood.
    steps: Vec<(u32, u32)>,
}

impl Origin {
    /// The code points `[start, end)` of the original that `spans` of the clean `text` stand for, in the order given.
    ///
    /// Takes one pass over `text` and a sort of the spans, whatever their number.
    pub fn code_points(&self, text: &str, spans: &[Span]) -> Vec<(usize, usize)> {
        // Ends are mapped by their last character, so that what was removed behind a span stays outside it.
        let mut wanted: Vec<(usize, usize)> = Vec::with_capacity(spans.len() * 2);
        for (at, span) in spans.iter().enumerate() {
            wanted.push((span.start(), at * 2));
            wanted.push((last_char(text, span.end()), at * 2 + 1));
        }
        wanted.sort_unstable();
        let mut found = vec![0usize; spans.len() * 2];
        let mut steps = self.steps.iter().filter(|step| (step.0 as usize) < text.len()).peekable();
        // As far as is counted: a byte of the text, and the code point of the original that stands there.
        let (mut byte, mut point) = (0, 0);
        for (offset, slot) in wanted {
            let offset = (offset..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
            while let Some(&(step, original)) = steps.next_if(|step| step.0 as usize <= offset) {
                (byte, point) = (step as usize, original as usize);
            }
            point += text.get(byte..offset).map_or(0, |passed| passed.chars().count());
            byte = offset;
            if let Some(place) = found.get_mut(slot) {
                *place = point;
            }
        }
        found
            .chunks_exact(2)
            .zip(spans)
            .map(|(pair, span)| {
                let start = pair.first().copied().unwrap_or(0);
                let end = pair.last().copied().unwrap_or(0);
                if span.is_empty() { (start, start) } else { (start, end + 1) }
            })
            .collect()
    }

    /// The spans of the clean `text` that stand for code points `[start, end)` of the original, in the order given.
    /// Offsets past the end are held at the end; a range of which nothing was kept gives an empty span.
    pub fn spans(&self, text: &str, ranges: &[(usize, usize)]) -> Vec<Span> {
        let mut wanted: Vec<(usize, usize)> = Vec::with_capacity(ranges.len() * 2);
        for (at, &(start, end)) in ranges.iter().enumerate() {
            wanted.push((start, at * 2));
            wanted.push((end, at * 2 + 1));
        }
        wanted.sort_unstable();
        let mut found = vec![text.len(); ranges.len() * 2];
        let mut wanted = wanted.into_iter().peekable();
        let mut steps = self.steps.iter().peekable();
        let mut point = 0usize;
        for (byte, _) in text.char_indices() {
            while let Some(&(_, original)) = steps.next_if(|step| step.0 as usize <= byte) {
                point = original as usize;
            }
            // The first kept character at or after the wanted code point.
            while let Some((_, slot)) = wanted.next_if(|&(want, _)| want <= point) {
                if let Some(place) = found.get_mut(slot) {
                    *place = byte;
                }
            }
            point += 1;
        }
        found
            .chunks_exact(2)
            .map(|pair| Span::new(pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)))
            .collect()
    }
}

/// The offset of the character that ends at `end`.
fn last_char(text: &str, end: usize) -> usize {
    text.get(..end).and_then(|head| head.char_indices().next_back()).map_or(0, |(at, _)| at)
}

/// Makes `raw` safe to show.
pub fn sanitise(raw: &str, shape: Shape) -> Clean {
    let mut clean = Builder::new(raw);
    let mut marks = 0u8;
    let plain = |byte: &u8| matches!(byte, b' '..=b'~') || (*byte == b'\n' && shape == Shape::Lines);
    loop {
        let rest = clean.rest();
        // Nearly all of most texts is such a run.
        let run = rest.bytes().take_while(plain).count();
        if run > 0 {
            marks = 0;
            clean.keep(run, run);
        }
        let rest = rest.get(run..).unwrap_or_default();
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return clean.finish() };
        match verdict(c) {
            Verdict::Keep => {
                marks = 0;
                clean.keep(c.len_utf8(), 1);
            }
            Verdict::Mark => {
                marks = marks.saturating_add(1);
                if marks <= MOST_MARKS {
                    clean.keep(c.len_utf8(), 1);
                } else {
                    clean.drop(c.len_utf8(), 1);
                }
            }
            Verdict::Space => {
                marks = 0;
                clean.replace(c, ' ');
            }
            Verdict::Letter(letter) => {
                marks = 0;
                clean.replace(c, letter);
            }
            Verdict::LineEnd => {
                marks = 0;
                // A carriage return before a line feed is part of it.
                if c == '\r' && chars.next() == Some('\n') {
                    clean.drop(1, 1);
                } else {
                    clean.replace(c, if shape == Shape::Lines { '\n' } else { ' ' });
                }
            }
            Verdict::Joiner => {
                if clean.last().is_some_and(needs_joiners) && chars.next().is_some_and(needs_joiners) {
                    clean.keep(c.len_utf8(), 1);
                } else {
                    clean.drop(c.len_utf8(), 1);
                }
            }
            Verdict::Escape => {
                let points = escape_length(rest);
                clean.drop(rest.chars().take(points).map(char::len_utf8).sum(), points);
            }
            Verdict::Drop => clean.drop(c.len_utf8(), 1),
        }
    }
}

/// Makes `raw` safe as one line: spaces folded to one, none at the ends.
pub fn sanitise_line(raw: &str) -> String {
    let clean = sanitise(raw, Shape::Line).text;
    let mut line = String::with_capacity(clean.len());
    for word in clean.split_ascii_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// More marks than this on one letter are no script's spelling (UAX #15 allows 30 in a stream; Tibetan uses five).
const MOST_MARKS: u8 = 8;

/// An escape sequence longer than this is not one: only its first byte goes, and the text behind it stays.
const LONGEST_ESCAPE: usize = 256;

enum Verdict {
    Keep,
    Mark,
    Space,
    Letter(char),
    LineEnd,
    Joiner,
    Escape,
    Drop,
}

fn verdict(c: char) -> Verdict {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Verdict::LineEnd,
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Verdict::Space,
        '\u{1b}' | '\u{90}' | '\u{98}' | '\u{9b}' | '\u{9d}'..='\u{9f}' => Verdict::Escape,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' => Verdict::Drop,
        ' '..='\u{2ff}' => Verdict::Keep,
        '\u{200b}'..='\u{200d}' => Verdict::Joiner,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => Verdict::Drop,
        '\u{180b}'..='\u{180f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => Verdict::Drop,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => {
            Verdict::Drop
        }
        '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' => Verdict::Drop,
        '\u{1d173}'..='\u{1d17a}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}' => Verdict::Drop,
        '\u{1f1e6}'..='\u{1f1ff}' => Verdict::Letter(flag_letter(c)),
        _ if u32::from(c) & 0xfffe == 0xfffe => Verdict::Drop,
        _ if unicode_normalization::char::is_combining_mark(c) => Verdict::Mark,
        _ => Verdict::Keep,
    }
}

/// The letter of a regional indicator, two of which make a flag.
fn flag_letter(c: char) -> char {
    ('A'..='Z').nth((u32::from(c) - 0x1_f1e6) as usize).unwrap_or(' ')
}

/// Whether letters of this one's script are spelt with zero-width joiners, non-joiners or spaces.
fn needs_joiners(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}'      // Arabic, Syriac, Thaana, N'Ko
        | '\u{900}'..='\u{109f}'   // Indic scripts, Thai, Lao, Tibetan, Myanmar
        | '\u{1780}'..='\u{18af}'  // Khmer, Mongolian
        | '\u{1900}'..='\u{1aff}'
        | '\u{1b00}'..='\u{1cff}'
        | '\u{a840}'..='\u{aaff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10a00}'..='\u{11fff}')
}

/// How many characters the escape sequence at the head of `text` takes (ECMA-48); 1 when it is none.
fn escape_length(text: &str) -> usize {
    let mut chars = text.chars();
    let string = match chars.next() {
        Some('\u{1b}') => match chars.next() {
            Some('[') => return 2 + control_length(chars),
            Some('P' | 'X' | ']' | '^' | '_') => true,
            Some(' '..='/') => return 3.min(text.chars().take(3).count()),
            Some('0'..='~') => return 2,
            _ => return 1,
        },
        Some('\u{9b}') => return 1 + control_length(chars),
        _ => false,
    };
    let head = if string { 2 } else { 1 };
    let mut before = ' ';
    for (at, c) in chars.take(LONGEST_ESCAPE).enumerate() {
        match c {
            '\u{7}' | '\u{9c}' => return head + at + 1,
            '\\' if before == '\u{1b}' => return head + at + 1,
            '\n' => return head,
            _ => before = c,
        }
    }
    head
}

/// Length of the rest of a control sequence: parameters, intermediates, one final byte; 0 when it never ends.
fn control_length(chars: std::str::Chars<'_>) -> usize {
    for (at, c) in chars.take(LONGEST_ESCAPE).enumerate() {
        match c {
            ' '..='?' => {}
            '@'..='~' => return at + 1,
            _ => return at,
        }
    }
    0
}

/// Writes the clean text. What is kept is copied in runs, not letter by letter.
struct Builder<'r> {
    raw: &'r str,
    /// The run that is kept and not yet copied: its bytes in `raw`, and the code point at which it begins.
    run: std::ops::Range<usize>,
    run_point: u32,
    /// The code point at the end of the run.
    point: u32,
    text: String,
    steps: Vec<(u32, u32)>,
    /// The code point that what is written next would continue.
    expected: u32,
}

impl<'r> Builder<'r> {
    fn new(raw: &'r str) -> Builder<'r> {
        let text = String::with_capacity(raw.len());
        Builder { raw, run: 0..0, run_point: 0, point: 0, text, steps: Vec::new(), expected: 0 }
    }

    /// What is still to be judged.
    fn rest(&self) -> &'r str {
        self.raw.get(self.run.end..).unwrap_or_default()
    }

    /// The last character that was kept.
    fn last(&self) -> Option<char> {
        let run = self.raw.get(self.run.clone()).unwrap_or_default();
        run.chars().next_back().or_else(|| self.text.chars().next_back())
    }

    fn keep(&mut self, bytes: usize, points: usize) {
        self.run.end += bytes;
        self.point = self.point.saturating_add(u32::try_from(points).unwrap_or(u32::MAX));
    }

    fn drop(&mut self, bytes: usize, points: usize) {
        self.copy();
        self.run.start = self.run.end + bytes;
        self.run.end = self.run.start;
        self.point = self.point.saturating_add(u32::try_from(points).unwrap_or(u32::MAX));
        self.run_point = self.point;
    }

    fn replace(&mut self, old: char, new: char) {
        self.copy();
        self.step(self.point);
        self.text.push(new);
        self.expected = self.point + 1;
        self.drop(old.len_utf8(), 1);
    }

    fn copy(&mut self) {
        if !self.run.is_empty() {
            self.step(self.run_point);
            self.text.push_str(self.raw.get(self.run.clone()).unwrap_or_default());
            self.expected = self.point;
            self.run.start = self.run.end;
            self.run_point = self.point;
        }
    }

    fn step(&mut self, point: u32) {
        if point != self.expected {
            self.steps.push((u32::try_from(self.text.len()).unwrap_or(u32::MAX), point));
        }
    }

    fn finish(mut self) -> Clean {
        self.copy();
        Clean { text: self.text, origin: Origin { steps: self.steps } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(raw: &str) -> String {
        sanitise(raw, Shape::Lines).text
    }

    #[test]
    fn escape_sequences_go_whole() {
        assert_eq!(lines("a\u{1b}[31mb\u{1b}[0mc"), "abc");
        assert_eq!(lines("a\u{1b}]0;title\u{7}b"), "ab");
        assert_eq!(lines("a\u{1b}]52;c;aGk=\u{1b}\\b"), "ab");
        assert_eq!(lines("a\u{1b}Pq#0\u{1b}\\b"), "ab");
        assert_eq!(lines("a\u{9b}2Jb\u{1b}cd"), "abd");
        assert_eq!(lines("x\u{1b}"), "x");
        assert_eq!(lines("x\u{1b}(0y"), "xy");
    }

    #[test]
    fn an_endless_escape_sequence_costs_only_its_head() {
        let text = format!("a\u{1b}]{}", "b".repeat(5_000));
        assert_eq!(lines(&text), format!("a{}", "b".repeat(5_000)));
    }

    #[test]
    fn spaces_and_line_ends_become_plain() {
        assert_eq!(lines("a\u{a0}b\tc\r\nd\re\u{2028}f"), "a b c\nd\ne\nf");
        assert_eq!(sanitise_line("  a\r\n\tb  "), "a b");
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        assert_eq!(lines("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(lines("क्\u{200d}ष"), "क्\u{200d}ष");
        assert_eq!(lines("pass\u{200b}word"), "password");
        assert_eq!(lines("👨\u{200d}👩"), "👨👩");
    }

    #[test]
    fn what_terminals_disagree_about_becomes_what_they_agree_about() {
        assert_eq!(lines("👍🏽 🇮🇩🇳🇴 ❤\u{fe0f}"), "👍 IDNO ❤");
    }

    #[test]
    fn right_to_left_letters_stay_and_overrides_go() {
        assert_eq!(lines("\u{202e}خالد\u{202c} \u{2067}שלום\u{2069}"), "خالد שלום");
    }

    #[test]
    fn marks_are_capped() {
        let zalgo = format!("a{}b", "\u{301}".repeat(100));
        assert_eq!(lines(&zalgo).chars().count(), 10);
    }

    #[test]
    fn the_way_back_skips_what_was_removed() {
        let raw = "é\u{1b}[1m“x”\u{200b}\r\ny";
        let clean = sanitise(raw, Shape::Lines);
        assert_eq!(clean.text, "é“x”\ny");
        let quote = Span::new(2, 9);
        let y = Span::new(10, 11);
        assert_eq!(clean.origin.code_points(&clean.text, &[y, quote]), [(11, 12), (5, 8)]);
        assert_eq!(clean.origin.spans(&clean.text, &[(11, 12), (5, 8), (1, 4)]), [y, quote, Span::new(2, 2)]);
    }

    proptest! {
        #[test]
        fn nothing_dangerous_passes(raw in any::<String>()) {
            let clean = sanitise(&raw, Shape::Lines);
            prop_assert!(clean.text.chars().all(|c| c == '\n' || !c.is_control()));
            let bidi = clean.text.contains(['\u{202e}', '\u{2066}', '\u{feff}', '\u{200e}']);
            prop_assert!(!bidi);
            prop_assert_eq!(sanitise(&clean.text, Shape::Lines).text, clean.text);
        }

        #[test]
        fn every_span_comes_back(raw in "[a-z\u{e9}\u{1f600}\u{1b}\u{200b}\r\n“” \u{301}]{0,40}") {
            let clean = sanitise(&raw, Shape::Lines);
            let original: Vec<char> = raw.chars().collect();
            let bounds: Vec<usize> = clean.text.char_indices().map(|(at, _)| at).chain([clean.text.len()]).collect();
            for pair in bounds.windows(2) {
                let span = Span::new(pair[0], pair[1]);
                let (start, end) = clean.origin.code_points(&clean.text, &[span])[0];
                prop_assert_eq!(end, start + 1);
                let kept = span.of(&clean.text).chars().next().unwrap();
                prop_assert!(original[start] == kept || (kept == '\n' && original[start] == '\r'));
                prop_assert_eq!(clean.origin.spans(&clean.text, &[(start, end)])[0], span);
            }
        }
    }
}
