//! A page of HTML that needs nothing else: no script, no font, no picture from elsewhere.

use super::Piece;
use crate::article::{Article, Entity, Form, Kind, Quote};
use crate::text::Span;
use std::fmt::Write;

/// The end of the page.
pub(super) const FOOT: &str = "</body>\n</html>\n";

/// Colours of both schemes that keep their contrast; on paper the marks are lines, which print without colour, and links
/// are written out.
const STYLE: &str = "\
:root{color-scheme:light dark;--person:#8a3ffc22;--country:#0f62fe22;--place:#19803822;--organisation:#b2860022}\n\
body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif}\n\
h1{font-size:1.4rem;line-height:1.25;margin:2.5rem 0 .3rem}\n\
.source{color:GrayText;margin:0 0 1rem}\n\
.key{font-size:.85rem;border-bottom:1px solid}\n\
mark{color:inherit;padding:0 .1em;border-radius:.2em}\n\
mark.person{background:var(--person);border-bottom:2px solid #8a3ffc}\n\
mark.country{background:var(--country);border-bottom:2px dotted #0f62fe}\n\
mark.place{background:var(--place);border-bottom:1px dashed #198038}\n\
mark.organisation{background:var(--organisation);border-bottom:3px double #b28600}\n\
q{quotes:none;border-left:.2rem solid;padding-left:.25rem;background:#8881}\n\
cite.speaker{font-size:.8em;font-style:normal;color:GrayText}\n\
blockquote{margin:1.5rem 0;padding-left:1rem;border-left:.2rem solid}\n\
article{break-inside:auto}h1,blockquote{break-after:avoid;break-inside:avoid}\n\
@media print{body{max-width:none;margin:0}mark[class],q{background:none}a{color:inherit}\
a:not(.on)::after{content:\" \" attr(href);font:.75rem/1.3 monospace;overflow-wrap:anywhere}}\n";

pub(super) fn head(title: &str) -> String {
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" content=\"petik {}\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<p class=\"key\">{title} · {}</p>\n",
        env!("CARGO_PKG_VERSION"),
        Kind::ALL.map(|kind| format!("<mark class=\"{0}\">{0}</mark>", kind.as_str())).join(" "),
    )
}

pub(super) fn article(piece: &Piece<'_>) -> String {
    let language = piece.annotations.language;
    let mut page = format!("<article lang=\"{language}\">\n<h1>{}</h1>\n", titled(piece));
    let _ = writeln!(page, "<p class=\"source\">{}</p>", escaped(&piece.source()));
    for paragraph in paragraphs(&piece.article.body) {
        let _ = writeln!(page, "<p>{}</p>", marked(piece, paragraph).replace('\n', "<br>\n"));
    }
    page.push_str("</article>\n");
    page
}

pub(super) fn quote(piece: &Piece<'_>, quote: &Quote) -> String {
    let words: Vec<String> = quote.parts.iter().map(|&part| marked_names(piece, part)).collect();
    let said = [escaped(&piece.speaker(quote)), escaped(&piece.source()), titled(piece), piece.place(quote)];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    format!(
        "<blockquote lang=\"{}\">\n<p>{}</p>\n<p class=\"source\">— {}</p>\n</blockquote>\n",
        piece.annotations.language,
        words.join(" … ").replace('\n', "<br>\n"),
        said.join(" · "),
    )
}

/// The title, leading to where it was published.
fn titled(piece: &Piece<'_>) -> String {
    let title = escaped(&piece.article.title);
    match &piece.article.url {
        Some(url) => format!("<a href=\"{}\">{title}</a>", escaped(url)),
        None => title,
    }
}

fn paragraphs(body: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    body.split("\n\n").filter_map(move |paragraph| {
        let span = Span::new(at, at + paragraph.len());
        at = span.end() + "\n\n".len();
        (!paragraph.trim().is_empty()).then_some(span)
    })
}

/// Part of a body with its quotations and names; the speaker behind each quotation.
fn marked(piece: &Piece<'_>, part: Span) -> String {
    let mut page = String::new();
    let mut at = part.start();
    // A quotation inside another is shown as part of it.
    for quote in &piece.annotations.quotes {
        let last = quote.parts.last().copied();
        for &words in quote.parts.iter().filter(|words| part.contains(**words)) {
            if words.start() < at {
                continue;
            }
            page.push_str(&marked_names(piece, Span::new(at, words.start())));
            let _ = write!(page, "<q>{}</q>", marked_names(piece, words));
            let speaker = piece.speaker(quote);
            if Some(words) == last && !speaker.is_empty() {
                let _ = write!(page, " <cite class=\"speaker\">[{}]</cite>", escaped(&speaker));
            }
            at = words.end();
        }
    }
    page.push_str(&marked_names(piece, Span::new(at, part.end())));
    page
}

/// Part of a body with its names; of names in each other the longest.
fn marked_names(piece: &Piece<'_>, part: Span) -> String {
    let named = |entity: &Entity| -> Vec<(Span, Kind, String)> {
        let mentions = entity.mentions.iter().filter(|mention| {
            part.contains(mention.span) && !matches!(mention.form, Form::Pronoun | Form::Title)
        });
        mentions.map(|mention| (mention.span, entity.kind, entity.name.clone())).collect()
    };
    let mut names: Vec<(Span, Kind, String)> = piece.annotations.entities.iter().flat_map(named).collect();
    names.sort_by_key(|(span, ..)| (span.start(), std::cmp::Reverse(span.end())));
    let (mut page, mut at) = (String::new(), part.start());
    for (span, kind, name) in names {
        if span.start() < at {
            continue;
        }
        page.push_str(&linked(piece.article, Span::new(at, span.start())));
        let (kind, name, words) = (kind.as_str(), escaped(&name), linked(piece.article, span));
        let _ = write!(page, "<mark class=\"{kind}\" title=\"{name}\">{words}</mark>");
        at = span.end();
    }
    page.push_str(&linked(piece.article, Span::new(at, part.end())));
    page
}

/// Part of a body with its links. A link that goes on behind it is `on`: on paper its address stands behind its end.
fn linked(article: &Article, part: Span) -> String {
    let body = &article.body;
    let first = article.links.partition_point(|link| link.span.end <= part.start);
    let (mut page, mut at) = (String::new(), part.start());
    for link in article.links.iter().skip(first).take_while(|link| link.span.start < part.end) {
        let words = Span::new(link.span.start().max(at), link.span.end().min(part.end()));
        page.push_str(&escaped(Span::new(at, words.start()).of(body)));
        let on = if link.span.end > part.end { " class=\"on\"" } else { "" };
        let _ = write!(page, "<a{on} href=\"{}\">{}</a>", escaped(&link.address), escaped(words.of(body)));
        at = words.end();
    }
    page.push_str(&escaped(Span::new(at, part.end()).of(body)));
    page
}

fn escaped(text: &str) -> String {
    let mut page = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            letter => page.push(letter),
        }
    }
    page
}
