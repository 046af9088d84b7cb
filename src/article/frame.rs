//! The frame of a newspaper text: the dateline at its head and the credit line at its foot.
//!
//! A dateline is a place, an outlet or both, closed by a dash: "Oslo | Kabar.co –", "JAKARTA (Antara) -",
//! "HARIAN UTARA, Semarang —". It opens one of the first lines; what stands above it is short and no sentence. A credit
//! line is one of the last lines: a label and a source ("Sumber : NTB/AB"), a name in brackets ("(Reuters/AB)"), which
//! may also close the last paragraph, or a name behind a dash.

use crate::text::Span;
use crate::words::{Class, Gap, Gazetteer, Language, Lexicon, Sense, Shape, Token, is_country, tokens};

/// What frames the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// "Oslo | Kabar.co –".
    pub dateline: Option<FrameDateline>,
    /// "Sumber : NTB/AB".
    pub credit: Option<FrameCredit>,
}

/// A dateline and the names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameDateline {
    /// From its first letter to the dash, the dash included.
    pub span: Span,
    /// The place.
    pub place: Option<Span>,
    /// The outlet or agency.
    pub outlet: Option<Span>,
}

/// A credit line and the name in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameCredit {
    /// The whole line.
    pub span: Span,
    /// The agency or outlet, without the editors' initials.
    pub source: Option<Span>,
}

/// Finds dateline and credit line of a sanitised body.
pub fn frame(body: &str) -> Frame {
    Frame { dateline: dateline(body), credit: credit(body) }
}

/// How many lines may stand above a dateline (a headline, a kicker).
const LINES_ABOVE: usize = 2;
/// The longest such line in bytes.
const LINE_ABOVE: usize = 160;
/// The longest dateline in tokens.
const DATELINE_TOKENS: usize = 16;
/// The longest credit line in bytes.
const CREDIT_LINE: usize = 100;

fn dateline(body: &str) -> Option<FrameDateline> {
    let mut at = 0;
    let mut above = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim();
        if !text.is_empty() {
            let start = at + line.len() - line.trim_start().len();
            if let Some(found) = dateline_of_line(body, text, start) {
                return Some(found);
            }
            above += 1;
            let sentence = text.ends_with(['.', '!', '?', '”', '"', ':', ';', ',']);
            if above > LINES_ABOVE || text.len() > LINE_ABOVE || sentence {
                return None;
            }
        }
        at += line.len();
    }
    None
}

/// Letters, in bytes, of an agency that writes its name small, at most.
const AGENCY: usize = 8;

/// A part of a dateline between its signs.
#[derive(Clone, Copy, Default)]
struct Part {
    start: usize,
    end: usize,
    words: usize,
    outlet: bool,
    upper: bool,
    date: bool,
}

fn dateline_of_line(body: &str, line: &str, start: usize) -> Option<FrameDateline> {
    let any = Lexicon::any();
    let mut parts: Vec<Part> = vec![Part::default()];
    let (mut bracket, mut pipe) = (false, false);
    let mut cut = tokens(line).take(DATELINE_TOKENS).peekable();
    let mut dash = None;
    while let Some(token) = cut.next() {
        let part = parts.last_mut()?;
        match token.sign() {
            '\0' => {
                let text = line.get(token.start as usize..token.end as usize)?;
                let class = any.word(token.hash);
                // "Berlin (dpa) –"
                let agency = bracket && part.words == 0 && text.len() <= AGENCY;
                let small = token.shape == Shape::Lower
                    && !agency
                    && !text.contains('.')
                    && !class.has(Class::PARTICLE)
                    && !matches!(text, "of" | "the" | "and" | "dan" | "'s" | "’s");
                if small {
                    return None;
                }
                if part.words == 0 {
                    part.start = token.start as usize;
                    part.upper = true;
                    part.date = token.shape == Shape::Number;
                }
                part.words += 1;
                part.end = token.end as usize;
                part.upper &= token.shape != Shape::Title;
                part.outlet |= class.has(Class::OUTLET) || bracket || pipe || is_domain(text);
                part.date |= token.shape == Shape::Number;
            }
            sign @ ('|' | ',' | '(' | ')' | '/' | '•') => {
                if part.words == 0 && !matches!(sign, '(' | ',') {
                    return None;
                }
                pipe |= sign == '|';
                bracket = sign == '(';
                if sign == ',' && part.words == 0 {
                    continue;
                }
                if part.words > 0 {
                    parts.push(Part::default());
                }
            }
            '.' | ':' => part.end = token.end as usize,
            '–' | '—' | '‒' | '―' | '-' => {
                let spaced = token.gap == Gap::Space || cut.peek().is_some_and(|next| next.gap == Gap::Space);
                if token.sign() == '-' && !spaced && cut.peek().is_some() {
                    return None;
                }
                dash = Some(token);
                break;
            }
            _ => return None,
        }
    }
    let dash = dash?;
    let after = cut.next()?;
    parts.retain(|part| part.words > 0 && !part.date);
    for part in &mut parts {
        // Capitals may be cut at the full stop: "TERANG.ID".
        part.outlet |= is_domain(line.get(part.start..part.end).unwrap_or_default());
    }
    let names = |part: &Part| known_place(line.get(part.start..part.end).unwrap_or_default());
    let country = |part: &Part| {
        let name = line.get(part.start..part.end).unwrap_or_default();
        is_country(name)
    };
    let believable = match parts.as_slice() {
        [] => false,
        [part] => {
            part.words <= 4
                && after.shape != Shape::Lower
                && line.len() > dash.end as usize + 20
                && (part.upper
                    || part.outlet
                    || names(part)
                    || part.words <= 3 && !opens_sentence(line, part))
        }
        [_, _] | [_, _, _] => parts.iter().all(|part| part.words <= 5),
        _ => false,
    };
    if !believable {
        return None;
    }
    let span = |part: &Part| Span::new(start + part.start, start + part.end);
    let outlet_first = parts.get(1).is_some_and(|second| {
        let first_is_outlet = parts.first().is_some_and(|first| first.outlet && !names(first));
        first_is_outlet && (!second.outlet || names(second))
    });
    let (place, outlet) = match parts.as_slice() {
        [part] if part.outlet && !names(part) => (None, Some(part)),
        [part] => (Some(part), None),
        [first, second] if outlet_first => (Some(second), Some(first)),
        [first, second] => {
            // "Berlin (Deutschland) –": a country is no outlet.
            (Some(first), Some(second).filter(|second| !country(second) && (second.outlet || !names(second))))
        }
        [first, second, _] if outlet_first => (Some(second), Some(first)),
        [first, _, third] => (Some(first), Some(third).filter(|third| third.outlet)),
        _ => (None, None),
    };
    debug_assert!(start + (dash.end as usize) <= body.len());
    Some(FrameDateline {
        span: Span::new(start + parts.first()?.start.min(first_word(line)), start + dash.end as usize),
        place: place.map(span),
        outlet: outlet.map(span),
    })
}

fn first_word(line: &str) -> usize {
    tokens(line).next().map_or(0, |token| token.start as usize)
}

fn is_domain(word: &str) -> bool {
    word.split_once('.')
        .is_some_and(|(_, end)| end.len() >= 2 && end.chars().next().is_some_and(char::is_alphabetic))
        && word.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

fn known_place(name: &str) -> bool {
    [Language::INDONESIAN, Language::ENGLISH].into_iter().any(|language| {
        Gazetteer::of(language)
            .get(name)
            .is_some_and(|known| known.sense.has(Sense::PLACE.or(Sense::COUNTRY)))
    })
}

/// Whether a part begins with a word that begins sentences.
fn opens_sentence(line: &str, part: &Part) -> bool {
    let words: Vec<Token> = tokens(line.get(part.start..part.end).unwrap_or_default()).collect();
    [Language::INDONESIAN, Language::ENGLISH].into_iter().any(|language| {
        let lexicon = Lexicon::of(language);
        words
            .iter()
            .any(|word| lexicon.word(word.hash).has(Class::STOP | Class::ROLE | Class::MONTH | Class::DAY))
    })
}

fn credit(body: &str) -> Option<FrameCredit> {
    let mut end = body.len();
    for above in 0..4 {
        let trimmed = body.get(..end)?.trim_end();
        let start = trimmed.rfind('\n').map_or(0, |at| at + 1);
        let line = trimmed.get(start..)?;
        let indent = line.len() - line.trim_start().len();
        let (start, line) = (start + indent, line.trim_start());
        if start == 0 {
            return None;
        }
        if line.len() <= CREDIT_LINE
            && let Some(source) = labelled(line)
        {
            return Some(FrameCredit {
                span: Span::new(start, start + line.len()),
                source: source.map(|(from, to)| Span::new(start + from, start + to)),
            });
        }
        if above == 0 {
            if line.len() <= CREDIT_LINE
                && let Some((from, to)) = bare(line)
            {
                let source = Span::new(start + from, start + to);
                return Some(FrameCredit {
                    span: Span::new(start, start + line.len()),
                    source: Some(source),
                });
            }
            if let Some(found) = at_the_end(line, start) {
                return Some(found);
            }
        }
        end = start;
    }
    None
}

/// "Sumber : NTB/AB": the bounds of the source, if there is one behind the label.
fn labelled(line: &str) -> Option<Option<(usize, usize)>> {
    let (label, rest) = line.split_once(':')?;
    if !Lexicon::any().classes(label.trim()).has(Class::CREDIT) || rest.trim().is_empty() {
        return None;
    }
    let from = line.len() - rest.trim_start().len();
    if rest.contains("://") || rest.trim_start().starts_with("www.") {
        return Some(None);
    }
    Some(source(line, from, line.len()))
}

/// "(Reuters/AB)" or "— Reuters" as a whole line.
fn bare(line: &str) -> Option<(usize, usize)> {
    let (from, to) = if let Some(inner) = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (1, 1 + inner.len())
    } else {
        let rest = line.strip_prefix(['—', '–'])?.trim_start();
        (line.len() - rest.len(), line.len())
    };
    let inner = line.get(from..to)?;
    let mut words = 0;
    for token in tokens(inner) {
        words += 1;
        let ok = token.is_capital()
            || matches!(token.sign(), '/' | ',' | '&' | '-')
            || token.shape == Shape::Lower && (token.len() <= 3 || inner.contains('/'));
        if words > 10 || !ok {
            return None;
        }
    }
    source(line, from, to)
}

/// "… selesai. (Reuters/AB)" at the end of the last paragraph.
fn at_the_end(line: &str, start: usize) -> Option<FrameCredit> {
    let open = line.strip_suffix(')')?.rfind('(')?;
    let before = line.get(..open)?.trim_end();
    if !before.ends_with(['.', '!', '?', '”', '"', '’']) || line.len() - open > 40 {
        return None;
    }
    let bracket = line.get(open..)?;
    let source = bare(bracket);
    let initials = bracket.chars().all(|c| !c.is_whitespace()) && bracket.chars().count() <= 12;
    if source.is_none() && !initials {
        return None;
    }
    let at = start + open;
    Some(FrameCredit {
        span: Span::new(at, start + line.len()),
        source: source
            .map(|(from, to)| Span::new(at + from, at + to))
            .filter(|_| bracket.contains('/') || !initials || bracket.len() > 5),
    })
}

/// The source between two bounds of a line, without what follows a slash and without a closing full stop.
fn source(line: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let text = line.get(from..to)?;
    let name = text.split(['/', '(', '|', ';']).next()?.trim_end().trim_end_matches('.').trim_end();
    let name = name.split(", ").next()?;
    name.chars().next().filter(|c| c.is_alphanumeric())?;
    Some((from, from + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(body: &str) -> Option<(&str, &str, &str)> {
        let found = frame(body).dateline?;
        let text = |span: Option<Span>| span.map_or("", |span| span.of(body));
        Some((found.span.of(body), text(found.place), text(found.outlet)))
    }

    #[test]
    fn datelines_are_read_in_their_shapes() {
        let more = " Polisi menangkap dua orang dalam kasus pencurian kabel.";
        for (line, place, outlet) in [
            ("Oslo | Kabar.co –", "Oslo", "Kabar.co"),
            ("OSLO, Kabar.com --", "OSLO", "Kabar.com"),
            ("JAKARTA (Antara) -", "JAKARTA", "Antara"),
            ("Jakarta, Pelita Pagi —", "Jakarta", "Pelita Pagi"),
            ("LONDON (Meridian Wire) —", "LONDON", "Meridian Wire"),
            ("Jakarta –", "Jakarta", ""),
            ("SEMARANG, HARIAN UTARA —", "SEMARANG", "HARIAN UTARA"),
            ("HARIAN UTARA, Semarang —", "Semarang", "HARIAN UTARA"),
            ("TEMPO.CO, Jakarta -", "Jakarta", "TEMPO.CO"),
            ("JAKARTA, KOMPAS.com -", "JAKARTA", "KOMPAS.com"),
            ("WASHINGTON D.C. | Tainak Times –", "WASHINGTON D.C.", "Tainak Times"),
            ("LONDON, July 12 (Reuters) -", "LONDON", "Reuters"),
        ] {
            let body = format!("{line}{more}");
            assert_eq!(parts(&body), Some((line, place, outlet)), "{line}");
            let below = format!("HARGA MINYAK NAIK LAGI\n{line}{more}");
            assert_eq!(parts(&below), Some((line, place, outlet)), "below a headline: {line}");
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for body in [
            "Presiden Kenya – yang baru terpilih – tiba di Nairobi kemarin malam.",
            "“Kami siap – selalu,” kata Ani kepada wartawan di Jakarta.",
            "Warga Solo-Yogya menunggu kereta itu sejak pagi.",
            "The minister - who resigned on Tuesday - did not answer.",
            "",
        ] {
            assert_eq!(parts(body), None, "{body}");
        }
    }

    #[test]
    fn credit_lines_are_read() {
        for (line, source) in [
            ("Sumber : NTB/AB", "NTB"),
            ("Source: Meridian Wire", "Meridian Wire"),
            ("(Reuters/AB)", "Reuters"),
            ("(Kantor Berita Potflim)", "Kantor Berita Potflim"),
            ("— Haigoabad", "Haigoabad"),
            ("Sumber: https://contoh.example/a", ""),
        ] {
            let body = format!("Kapal itu tiba.\n\n{line}\n");
            let found = frame(&body).credit.unwrap();
            assert_eq!(found.span.of(&body), line);
            assert_eq!(found.source.map_or("", |span| span.of(&body)), source);
        }
        let body = "Judul\nKapal itu tiba kemarin. (Antara/AB)";
        let found = frame(body).credit.unwrap();
        assert_eq!((found.span.of(body), found.source.unwrap().of(body)), ("(Antara/AB)", "Antara"));
        assert_eq!(frame("Satu baris\nKapal itu tiba di Natuna (LNU).").credit, None);
        assert_eq!(frame("Sources\n\"Sensitive document found\" – CBC News, August 14").credit, None);
    }

    proptest! {
        #[test]
        fn frames_lie_inside(body in "(\\PC|\n|[A-Z –|(),/:.-]){0,60}") {
            let found = frame(&body);
            if let Some(line) = found.dateline {
                for span in [Some(line.span), line.place, line.outlet].into_iter().flatten() {
                    prop_assert!(body.get(span.range()).is_some() && line.span.contains(span));
                }
            }
            if let Some(line) = found.credit {
                for span in [Some(line.span), line.source].into_iter().flatten() {
                    prop_assert!(body.get(span.range()).is_some() && line.span.contains(span));
                }
            }
        }
    }
}
