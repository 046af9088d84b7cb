//! Articles with annotations by hand, written as text with inline marks.
//!
//! A file holds articles, parted by a line of `====`: lines `key: value` (`id`, `lang`, `title` and more), an empty line, and the body with its
//! marks. Brackets, braces and `<` `>` stand for nothing else; a mark is an opening sign, a head, `|` and the text that
//! it marks, which may hold further marks. Without the marks it is the body, to the letter.
//!
//! ```text
//! [P:key|…]  person     [C:NO|…]  country, by ISO 3166-1     [L:key|…]  place     [O:key|…]  organisation
//!            One key is one entity. After the key, what kind of mention it is, if it is no name of its own:
//!            ~p pronoun, or a word with -nya    ~t office alone    ~n inside a longer name or a title    ~a adjective
//! {d:P:key|…}  what a person said; {d:O:key|…} an organisation; {d:|…} nobody who could be named
//! {f:P:key|…}  a few quoted words in the reporter's clause
//! {o:|…}       quoted words that may be marked or left
//!              After the speaker: #1 joins this part to the others of that number and speaker; then ;c=1 for its
//!              cue, and ;r=O:key for who passed it on
//! <1|…>        the cue 1
//! [D|…] dateline, the dash included     [S|…] credit line
//! [!|…] must not be marked as a name    [?|…] may be
//! ```

use super::{Entity, Mention, Quote, Range, Record, Why};
use petik::article::{Form, Kind};
use petik::words::Country;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::Path;

/// A mark: the sign that opens it, its head, and what it marks.
struct Mark<'a> {
    sign: char,
    head: &'a str,
    range: Range,
}

/// What may stand before the body; the first three must.
const KEYS: [&str; 9] = ["id", "lang", "title", "outlet", "published", "author", "url", "tags", "form"];

/// The articles of `folder`, in the order of their names.
///
/// # Errors
/// When one cannot be read: which, what is wrong with it, and where.
pub(crate) fn read(folder: &Path) -> Result<Vec<Record>, String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| told(folder, &error))? {
        paths.push(entry.map_err(|error| told(folder, &error))?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "gold"));
    paths.sort();
    let read = paths.iter().map(|path| file(path)).collect::<Result<Vec<_>, String>>()?;
    Ok(read.into_iter().flatten().collect())
}

/// The articles of the file at `path`.
///
/// # Errors
/// When it cannot be read: what is wrong with one, and where.
pub(crate) fn file(path: &Path) -> Result<Vec<Record>, String> {
    let text = fs::read_to_string(path).map_err(|error| told(path, &error))?;
    several(&text).map_err(|what| told(path, &what))
}

fn told(path: &Path, what: &dyn Display) -> String {
    format!("{}: {what}", path.display())
}

/// Reads the articles of a file, parted by a line of `====`.
///
/// # Errors
/// What is wrong with one, and where.
pub(crate) fn several(text: &str) -> Result<Vec<Record>, String> {
    text.split("====\n").map(parse).collect()
}

/// Reads one article.
///
/// # Errors
/// What is wrong with it, and where.
pub(crate) fn parse(text: &str) -> Result<Record, String> {
    let (head, body) = text.split_once("\n\n").ok_or("no empty line behind the header")?;
    let mut header = BTreeMap::new();
    for line in head.lines() {
        let (key, value) = line.split_once(": ").ok_or_else(|| format!("{line:?} is no key: value"))?;
        if !KEYS.contains(&key) || header.insert(key, value).is_some() {
            return Err(format!("{key:?} is no key, or there twice"));
        }
    }
    let value = |key| header.get(key).map(|&value| value.to_owned()).ok_or_else(|| format!("no {key}"));
    let (body, marks) = marks(body.trim())?;
    let mut record = Record {
        id: value("id")?,
        lang: value("lang")?,
        title: value("title")?,
        body,
        dateline: Some(None),
        credit: Some(None),
        ..Record::default()
    };
    annotate(&mut record, &marks)?;
    Ok(record)
}

/// Takes the marks out of a text.
fn marks(text: &str) -> Result<(String, Vec<Mark<'_>>), String> {
    let (mut body, mut at, mut marks, mut open) = (String::new(), 0, Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let near = || rest.chars().take(40).collect::<String>();
        match c {
            '[' | '{' | '<' => {
                let (head, text) = after.split_once('|').ok_or_else(|| format!("no | in {:?}", near()))?;
                if head.contains(['[', ']', '{', '}', '<', '>', '\n']) {
                    return Err(format!("no head in {:?}", near()));
                }
                open.push((c, head, at));
                rest = text;
            }
            ']' | '}' | '>' => {
                let (sign, head, start) =
                    open.pop().ok_or_else(|| format!("{c} closes nothing: {:?}", near()))?;
                if !matches!((sign, c), ('[', ']') | ('{', '}') | ('<', '>')) {
                    return Err(format!("{c} closes {sign}: {:?}", near()));
                }
                marks.push(Mark { sign, head, range: Range { start, end: at } });
                rest = after;
            }
            _ => {
                body.push(c);
                at += 1;
                rest = after;
            }
        }
    }
    match open.last() {
        Some((sign, head, _)) => Err(format!("{sign}{head}| is never closed")),
        None => {
            marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
            Ok((body, marks))
        }
    }
}

fn annotate(record: &mut Record, marks: &[Mark<'_>]) -> Result<(), String> {
    let mut quotes = Vec::new();
    let mut cues: BTreeMap<&str, Range> = BTreeMap::new();
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cued: Vec<(usize, &str)> = Vec::new();
    for mark in marks {
        let text = record.text(mark.range);
        if text.is_empty() || text.trim() != text {
            return Err(format!("{:?} marks {text:?}", mark.head));
        }
        match (mark.sign, mark.head) {
            ('<', number) => {
                if cues.insert(number, mark.range).is_some() {
                    return Err(format!("two cues {number}"));
                }
            }
            ('{', head) => {
                let (about, options) = head.split_once(';').unwrap_or((head, ""));
                let joined = about.split_once(':').map(|(_, speaker)| speaker).filter(|s| s.contains('#'));
                if let Some(quote) = joined.and_then(|key| parts.get(key)).and_then(|at| quotes.get_mut(*at))
                {
                    join(quote, mark.range);
                    continue;
                }
                if let Some(key) = joined {
                    parts.insert(key, quotes.len());
                }
                let mut quote = quote(about, mark.range)?;
                for option in options.split(';').filter(|option| !option.is_empty()) {
                    match option.split_once('=') {
                        Some(("c", number)) => cued.push((quotes.len(), number)),
                        Some(("r", key)) => quote.relay = Some(id(key)?.1),
                        _ => return Err(format!("{option:?} is no option")),
                    }
                }
                quotes.push(quote);
            }
            (_, "D") => record.dateline = Some(Some(mark.range)),
            (_, "S") => record.credit = Some(Some(mark.range)),
            (_, "!") => record.must_not.push(mark.range),
            (_, "?") => record.optional.push(mark.range),
            (_, head) => mention(record, head, mark.range)?,
        }
    }
    for (at, number) in cued {
        let cue = cues.remove(number).ok_or_else(|| format!("no cue {number}, or twice"))?;
        if let Some(quote) = quotes.get_mut(at) {
            quote.cue = Some(cue);
        }
    }
    for named in quotes.iter().flat_map(|quote: &Quote| [&quote.speaker, &quote.relay]).flatten() {
        record.entity(Some(named)).ok_or_else(|| format!("{named} speaks and is not mentioned"))?;
    }
    if let Some((number, _)) = cues.first_key_value() {
        return Err(format!("the cue {number} is of no quotation"));
    }
    record.quotes = Some(quotes);
    Ok(())
}

fn quote(about: &str, range: Range) -> Result<Quote, String> {
    let (kind, speaker) = about.split_once(':').ok_or_else(|| format!("{about:?} is no quotation"))?;
    let (kind, optional) = match kind {
        "d" => ("direct", false),
        "f" => ("fragment", false),
        "o" => ("fragment", true),
        _ => return Err(format!("{kind:?} is no kind of quotation")),
    };
    let speaker = speaker.split('#').next().filter(|speaker| !speaker.is_empty());
    Ok(Quote {
        range,
        kind: kind.to_owned(),
        speaker: speaker.map(id).transpose()?.map(|(_, id)| id),
        speaker_mention: None,
        cue: None,
        relay: None,
        confidence: None,
        why: Why::default(),
        parts: Vec::new(),
        alt: Vec::new(),
        optional,
    })
}

fn join(quote: &mut Quote, part: Range) {
    if quote.parts.is_empty() {
        quote.parts.push(quote.range);
    }
    quote.parts.push(part);
    quote.range.end = part.end;
}

/// The kind and id of "P:solheim".
fn id(key: &str) -> Result<(Kind, String), String> {
    let (sign, name) = key.split_once(':').ok_or_else(|| format!("{key:?} is no key"))?;
    let kind = match sign {
        "P" => Kind::Person,
        "C" => Kind::Country,
        "L" => Kind::Place,
        "O" => Kind::Organisation,
        _ => return Err(format!("{sign:?} is no kind")),
    };
    if name.is_empty() || (kind == Kind::Country && Country::parse(name).is_none()) {
        return Err(format!("{key:?} has no name"));
    }
    Ok((kind, format!("{}:{}", kind.as_str(), name.to_lowercase())))
}

fn mention(record: &mut Record, head: &str, range: Range) -> Result<(), String> {
    let (key, form) = head.split_once('~').unwrap_or((head, ""));
    let form = match form {
        "" => Form::Name,
        "p" => Form::Pronoun,
        "t" => Form::Title,
        "n" => Form::Nested,
        "a" => Form::Adjective,
        _ => return Err(format!("{form:?} is no form")),
    };
    let (kind, id) = id(key)?;
    let text = record.text(range).to_owned();
    let at = record.entities.iter().position(|entity| entity.id == id);
    let at = at.unwrap_or(record.entities.len());
    if at == record.entities.len() {
        let country = key.strip_prefix("C:").map(str::to_owned);
        let (name, mentions, optional) = (String::new(), Vec::new(), false);
        record.entities.push(Entity { id, kind, name, country, mentions, optional });
    }
    if let Some(entity) = record.entities.get_mut(at) {
        if form == Form::Name && text.chars().count() > entity.name.chars().count() {
            entity.name = text;
        }
        let (confidence, why) = (None, Why::default());
        entity.mentions.push(Mention { range, form, confidence, why, alt: Vec::new(), optional: false });
    }
    Ok(())
}
