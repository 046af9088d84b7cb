//! [`Article`] → [`Annotations`]: quotations, speakers, entities, coreference. Pure.
//!
//! Stages over one array of tokens: [`page`] cuts title and body, [`marks`] finds what is quoted, [`names`] reads the
//! runs of capitalised words and [`typing`] weighs them, [`cast`] gathers the names of one under one, [`speakers`]
//! reads quotations and pronouns in order with the cues of [`cue`], and [`assemble`] writes it all out.

mod assemble;
mod cast;
mod cue;
mod language;
mod marks;
mod merge;
mod names;
mod page;
mod speakers;
mod tagger;
mod typing;

pub use tagger::{Sample, train};

use crate::article::{Annotations, Article, frame};
use crate::words::{Language, Lexicon};

/// Annotates an article: the same article gives the same annotations.
pub fn annotate(article: &Article) -> Annotations {
    let language = article.language.unwrap_or_else(|| language::detect(&article.body, &article.title));
    read(article, language, Lexicon::of(language))
}

/// Annotates an article by a lexicon that is not among petik's own, in the language of the lexicon, else of the article.
pub fn annotate_with(article: &Article, lexicon: &Lexicon) -> Annotations {
    let language = lexicon.grammar().language.or(article.language).unwrap_or(Language::UNKNOWN);
    read(article, language, lexicon)
}

/// The first look alone: how many stretches between quotation marks and how many names of the gazetteer an article has,
/// before anything is weighed. For measuring.
pub fn skim(article: &Article) -> (usize, usize) {
    let language = article.language.unwrap_or_else(|| language::detect(&article.body, &article.title));
    let text = text_of(article);
    let page = page::Page::new(&text, article.title.len() + 2, language, Lexicon::of(language));
    let (mut names, mut at) = (0, 0);
    while at < page.len() {
        let known = page.longest(at).filter(|_| page.place(at).named);
        names += usize::from(known.is_some());
        at += known.map_or(1, |(length, _)| length);
    }
    (marks::quoted(&page).len(), names)
}

fn read(article: &Article, language: Language, lexicon: &Lexicon) -> Annotations {
    let text = text_of(article);
    let page = page::Page::new(&text, article.title.len() + 2, language, lexicon);
    annotate_page(page, article)
}

/// Title, an empty line, body.
fn text_of(article: &Article) -> String {
    let mut text = String::with_capacity(article.title.len() + article.body.len() + 2);
    text.push_str(&article.title);
    text.push_str("\n\n");
    text.push_str(&article.body);
    text
}

fn annotate_page(mut page: page::Page<'_>, article: &Article) -> Annotations {
    let marks = marks::quoted(&page);
    for (at, mark) in marks.iter().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        for place in page.places.iter_mut().skip(mark.open).take(mark.close + 1 - mark.open) {
            place.quote = number;
        }
    }
    let frame = frame(&article.body);
    if let Some(dateline) = frame.dateline {
        // What follows a dateline begins like a sentence.
        let (_, end) = page.tokens_of(dateline.span);
        if let Some(place) = page.places.get_mut(end) {
            place.opens = true;
        }
    }
    let small = names::Small::of(&page);
    let rules = names::names(&page, &small, &frame, &marks);
    let names = if tagger::knows(page.language) {
        let tagged = tagger::tag(&page, &small, &rules.found);
        merge::merge(&page, &rules, &tagged)
    } else {
        rules.found
    };
    let mut cast = cast::Cast::of(&page, &names);
    let utterances = speakers::utterances(&page, &mut cast, &marks);
    assemble::assemble(&page, &frame, &cast, &utterances)
}

#[cfg(test)]
mod tests;
