//! Plain text → one article: an optional headline, a dateline, paragraphs, a credit line.

use super::Loaded;
use super::assemble::Framed;
use super::sink::Fault;
use crate::article::{Article, frame};
use crate::text::{Shape, clip, sanitise, sanitise_line, width};

/// A first line longer than this is a paragraph.
const LONGEST_HEADLINE: usize = 140;

/// Columns of a title that is made of a sentence.
const TITLE_COLUMNS: usize = 90;

/// A sentence shorter than this ("Prof. ", "No. 5.") takes the next one in.
const SHORTEST_SENTENCE: usize = 25;

/// Makes an article of a text.
pub(super) fn article(text: &str) -> Result<Box<Loaded>, Fault> {
    let text = sanitise(text, Shape::Lines).text;
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::new("is no article: it has no text", ""));
    }
    let (title, body) = match headline(text) {
        Some((headline, body)) => (sanitise_line(headline), body),
        None => (title_of(text), text),
    };
    let mut article = Article::new(&title, body);
    let framed = Framed(frame(body));
    article.outlet = framed.outlet(body, None);
    article.published = framed.published(body);
    Ok(Box::new(Loaded { article, annotations: None }))
}

/// The first line, if it is a headline, and the text below: it is short, ends in no full stop, is no dateline, and
/// an empty line or a dateline follows.
fn headline(text: &str) -> Option<(&str, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim();
    let body = rest.trim_start();
    let apart = rest.lines().next().is_some_and(|line| line.trim().is_empty());
    let short = first.chars().count() <= LONGEST_HEADLINE && !first.ends_with(['.', ',', ';', ':', '…']);
    let filed = |text: &str| frame(text).dateline.map(|dateline| dateline.span.start());
    // "Feri Sape–Labuan Bajo berlayar lagi" may look like one; above a dateline it is none.
    let is_dateline = || filed(text).is_some_and(|start| start < first.len());
    (short && (filed(body).is_some() || (apart && !is_dateline()))).then_some((first, body))
}

/// A title for a text that has none: its first sentence without the dateline, cut at a word.
pub(super) fn title_of(body: &str) -> String {
    let start = frame(body).dateline.map_or(0, |dateline| dateline.span.end());
    let rest = body.get(start..).unwrap_or(body);
    let rest = if rest.trim().is_empty() { body } else { rest };
    let line = rest.trim_start().lines().next().unwrap_or_default();
    let line =
        sanitise_line(line.char_indices().nth(600).map_or(line, |(at, _)| line.get(..at).unwrap_or(line)));
    let sentence = first_sentence(&line);
    if width(sentence) > TITLE_COLUMNS {
        return cut(sentence);
    }
    sentence.strip_suffix('.').filter(|title| !title.is_empty()).unwrap_or(sentence).to_owned()
}

fn first_sentence(line: &str) -> &str {
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟') {
            continue;
        }
        // Marks and brackets that close belong to the sentence.
        let mut end = at + c.len_utf8();
        while let Some((at, c)) =
            chars.next_if(|(_, c)| matches!(c, '.' | '!' | '?' | '”' | '’' | '"' | '»' | ')' | '“'))
        {
            end = at + c.len_utf8();
        }
        let wide = !c.is_ascii() && c != '…';
        let ends = chars.peek().is_none_or(|(_, next)| next.is_whitespace() || wide);
        // What goes on in lower case is no new sentence.
        let goes_on =
            line.get(end..).unwrap_or_default().trim_start().chars().next().is_some_and(char::is_lowercase);
        if ends && !goes_on && end >= SHORTEST_SENTENCE {
            return line.get(..end).unwrap_or(line);
        }
    }
    line
}

/// As many words as go into a title, with an ellipsis; of a script without spaces, letters.
fn cut(sentence: &str) -> String {
    let letters = clip(sentence, TITLE_COLUMNS);
    let kept = letters.trim_end_matches('…');
    let words = match kept.rsplit_once(' ') {
        Some((words, _)) if width(words) * 2 > TITLE_COLUMNS => words,
        _ => kept,
    };
    format!("{}…", words.trim_end_matches([' ', ',', ';', ':', '–', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, String) {
        let article = article(text).unwrap().article;
        (article.title, article.body)
    }

    #[test]
    fn a_headline_stands_apart() {
        assert_eq!(
            parts("Harga Beras Naik\r\n\r\nHarga naik."),
            ("Harga Beras Naik".into(), "Harga naik.".into())
        );
        assert_eq!(parts("HARGA NAIK?\n\n\nx\ny\n").1, "x\ny");
        assert_eq!(parts("Not a headline.\n\nx").1, "Not a headline.\n\nx");
        assert_eq!(parts("Line one\nline two\n\nx").1, "Line one\nline two\n\nx");
        assert_eq!(parts("only a line"), ("only a line".into(), "only a line".into()));
        let ferry = "Feri Sape–Labuan Bajo berlayar lagi\n\nSape, Lintas Timur – Feri kembali berlayar.";
        assert_eq!(parts(ferry).0, "Feri Sape–Labuan Bajo berlayar lagi");
        let filed = "Oslo | Kabar.co – Norwegia menambah dana bakau untuk Indonesia.\n\nLalu.";
        assert_eq!(parts(filed).0, "Norwegia menambah dana bakau untuk Indonesia");
        assert!(article(" \n\u{200b}\t").is_err());
    }

    #[test]
    fn a_text_without_a_headline_has_its_first_sentence() {
        assert_eq!(
            title_of("The ferry sank off Sape on Monday. Nobody died."),
            "The ferry sank off Sape on Monday"
        );
        assert_eq!(
            title_of("“Will it float?” asked the engineer. No."),
            "“Will it float?” asked the engineer"
        );
        assert_eq!(
            title_of("Prof. Dr. H. Ahmad spoke to the council. Then"),
            "Prof. Dr. H. Ahmad spoke to the council"
        );
        let long = "kata ".repeat(50);
        let title = title_of(&long);
        assert!(title.ends_with(" kata…") && width(&title) <= TITLE_COLUMNS, "{title}");
        assert!(width(&title_of(&"字".repeat(300))) <= TITLE_COLUMNS);
        assert_eq!(title_of("."), ".");
    }
}
