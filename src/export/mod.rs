//! Articles and quotations → forms that other people and tools read. Pure.
//!
//! A [`Piece`] is an article, or one quotation of it. An export is [`head`], what [`piece`] makes of each, [`foot`]; so
//! it can be streamed. All offsets are Unicode code points of the body, half-open.

mod brat;
mod file_name;
mod html;
mod prose;
mod spacy;
mod table;
mod w3c;

pub use brat::{CONFIGURATION, standoff};
pub use file_name::{file_name, slug};
pub use prose::citation;
pub use table::{ARTICLE, Cell, QUOTE, article_cells, csv_line, json_line, quote_cells};

use crate::article::{Annotations, Article, Quote};

/// The forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown with front matter; petik reads it back.
    Markdown,
    /// JSON Lines, as `petik annotate` writes them; petik reads them back with their annotations.
    Json,
    /// A table with a header.
    Csv,
    /// One page that needs nothing else, quotations and names highlighted.
    Html,
    /// Plain text.
    Text,
    /// JSON Lines as spaCy's displaCy takes them: `text`, `ents`, and quotations beside.
    Spacy,
    /// brat's standoff: a text and an annotation file for each article.
    Brat,
    /// JSON Lines of W3C Web Annotation pages.
    W3c,
}

impl Format {
    /// All forms, by the name they are asked for.
    pub const ALL: [(&str, Format); 8] = [
        ("md", Format::Markdown),
        ("json", Format::Json),
        ("csv", Format::Csv),
        ("html", Format::Html),
        ("text", Format::Text),
        ("spacy", Format::Spacy),
        ("brat", Format::Brat),
        ("w3c", Format::W3c),
    ];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Json => "jsonl",
            Format::Spacy => "spacy.jsonl",
            Format::W3c => "w3c.jsonl",
            Format::Csv => "csv",
            Format::Html => "html",
            Format::Text | Format::Brat => "txt",
        }
    }
}

/// An article, or one quotation of it.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The article.
    pub article: &'a Article,
    /// What is known about it.
    pub annotations: &'a Annotations,
    /// The quotation, by its place among them; the article as a whole if none.
    pub quote: Option<usize>,
}

impl<'a> Piece<'a> {
    fn quotation(&self) -> Option<&'a Quote> {
        self.annotations.quotes.get(self.quote?)
    }

    /// The id of the article: the one it came with, else petik's.
    fn id(&self) -> String {
        self.article.key.clone().unwrap_or_else(|| self.article.id.to_string())
    }

    /// "Kabar, 2025-07-12".
    fn source(&self) -> String {
        let day = self.article.published.map(|published| published.date().to_string());
        [self.article.outlet.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The words of a quotation, its parts apart.
    fn words(&self, quote: &Quote) -> String {
        let parts: Vec<&str> = quote.parts.iter().map(|part| part.of(&self.article.body)).collect();
        parts.join(" … ")
    }

    /// Where the words of a quotation stand in the body: "characters 120–184, 201–260". Code points from 0; the one
    /// behind the dash is the first that is no part of it.
    fn place(&self, quote: &Quote) -> String {
        let points = Points::of(&self.article.body);
        let parts =
            quote.parts.iter().map(|part| format!("{}–{}", points.at(part.start()), points.at(part.end())));
        format!("characters {}", parts.collect::<Vec<_>>().join(", "))
    }

    /// "Ingrid Solheim, Menteri Luar Negeri Norwegia"; empty when nobody is known to have said it.
    fn speaker(&self, quote: &Quote) -> String {
        let speaker = quote.speaker.and_then(|speaker| self.annotations.entities.get(speaker));
        let Some(speaker) = speaker else { return String::new() };
        match &speaker.role {
            Some(role) => format!("{}, {role}", speaker.name),
            None => speaker.name.clone(),
        }
    }
}

/// What stands before all pieces; `title` names the whole.
pub fn head(format: Format, quotes: bool, title: &str) -> String {
    match format {
        Format::Html => html::head(title),
        Format::Csv => csv_line(if quotes { QUOTE.iter() } else { ARTICLE.iter() }),
        _ => String::new(),
    }
}

/// A piece in that form, line end included.
///
/// A quotation alone has no brat form, for that is about whole texts; of brat it gives the annotations of the article.
pub fn piece(format: Format, piece: &Piece<'_>) -> String {
    match (format, piece.quotation()) {
        (Format::Markdown, None) => prose::markdown(piece),
        (Format::Markdown, Some(quote)) => prose::markdown_quote(piece, quote),
        (Format::Text, None) => prose::text(piece),
        (Format::Text, Some(quote)) => prose::text_quote(piece, quote),
        (Format::Json, None) => crate::article::record::line(piece.article, piece.annotations) + "\n",
        (Format::Json, Some(quote)) => json_line(&QUOTE, quote_cells(piece, quote)),
        (Format::Csv, None) => csv_line(article_cells(piece).iter()),
        (Format::Csv, Some(quote)) => csv_line(quote_cells(piece, quote).iter()),
        (Format::Html, None) => html::article(piece),
        (Format::Html, Some(quote)) => html::quote(piece, quote),
        (Format::Spacy, _) => spacy::document(piece),
        (Format::W3c, _) => w3c::page(piece),
        (Format::Brat, _) => standoff(piece),
    }
}

/// What stands behind all pieces.
pub fn foot(format: Format) -> &'static str {
    if format == Format::Html { html::FOOT } else { "" }
}

/// For every byte of a text and its end, how many code points stand before it.
struct Points(Vec<usize>);

impl Points {
    fn of(text: &str) -> Points {
        let mut before = 0;
        let counted = text.bytes().map(|byte| {
            // A byte that goes on with a character belongs to the one before.
            before += usize::from(byte & 0xc0 != 0x80);
            before - 1
        });
        let mut points: Vec<usize> = counted.collect();
        points.push(before);
        Points(points)
    }

    fn at(&self, byte: usize) -> usize {
        self.0.get(byte).or(self.0.last()).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
