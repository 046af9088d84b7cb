//! The article in the reading pane, and what is said about it in words.

use super::name_line::{HELD, NameLine};
use crate::article::{Annotations, Article, Confidence, Entity, EntityIndex, Kind};
use crate::library::{Kept, Ordinal};
use crate::text::{clip, width};
use crate::words::{Language, countries};
use std::sync::Arc;

/// Words a minute of silent reading (Brysbaert 2019: 238 for English non-fiction; long words read slower).
const WORDS_A_MINUTE: usize = 200;

/// Stands between the parts of a line, and holds to the part before it.
const BETWEEN: &str = "\u{a0}· ";

/// At most this many names are listed above the text.
const LISTED: usize = 12;

/// Speakers less sure than this are shown with a question mark: of those, more than one in ten are wrong.
pub const SURE: Confidence = Confidence::percent(90);

/// The sign of an article that is not read yet.
pub const UNREAD: &str = "•";

/// The sign of a starred article.
pub const STAR: &str = "★";

/// The sign of a note.
pub const NOTE: &str = "✎";

/// An article with what is known about it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its place in the collection.
    pub ordinal: Ordinal,
    /// The article.
    pub article: Arc<Article>,
    /// What is known about it, once it is annotated.
    pub annotations: Option<Arc<Annotations>>,
    /// What the reader did with it, as far as that is shown.
    pub kept: Kept,
}

impl Document {
    /// Puts an article and what is known about it together.
    pub fn new(ordinal: Ordinal, article: Arc<Article>, annotations: Option<Arc<Annotations>>) -> Document {
        Document { ordinal, article, annotations, kept: Kept::default() }
    }

    /// "Kabar · Seoul · 12 Jul 2025 · id · 3 min".
    pub fn meta(&self) -> String {
        let found = self.annotations.as_deref();
        let place = found
            .and_then(|found| found.entities.get(found.dateline.as_ref()?.place?))
            .map(|entity| entity.name.clone());
        let language = self.article.language.or(found.map(|found| found.language));
        let language = language.filter(|&language| language != Language::UNKNOWN);
        let words = self.article.body.split_ascii_whitespace().count();
        let minutes = words.div_ceil(WORDS_A_MINUTE);
        let excerpt = self.article.excerpt.then(|| "excerpt only".to_owned());
        [
            self.article.outlet.clone(),
            place,
            self.article.published.map(|published| published.date().strftime("%-d %b %Y").to_string()),
            language.map(|language| language.to_string()),
            (minutes > 0).then(|| format!("{minutes} min")),
            excerpt,
        ]
        .into_iter()
        .flatten()
        .map(|part| part.replace(' ', HELD))
        .collect::<Vec<_>>()
        .join(BETWEEN)
    }

    /// "★ starred · #perang #laut"; `None` when it is neither starred nor tagged.
    pub fn signs(&self) -> Option<String> {
        let tags: Vec<String> = self.kept.tags.iter().map(|tag| format!("#{tag}")).collect();
        let star = self.kept.starred.then(|| format!("{STAR} starred"));
        let tags = (!tags.is_empty()).then(|| tags.join(" "));
        match (star, tags) {
            (None, None) => None,
            (star, tags) => Some([star, tags].into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        }
    }

    /// The note, a paragraph a line.
    pub fn note(&self) -> Vec<String> {
        let Some(note) = self.kept.note.as_deref() else { return Vec::new() };
        let lines = note.lines().filter(|line| !line.trim().is_empty());
        lines.enumerate().map(|(at, line)| format!("{} {line}", if at == 0 { NOTE } else { " " })).collect()
    }

    /// The countries and the people of the article with how often each is named, a line for each kind that occurs.
    pub fn names(&self) -> Vec<NameLine> {
        let Some(found) = self.annotations.as_deref() else { return Vec::new() };
        [Kind::Country, Kind::Person]
            .into_iter()
            .filter_map(|kind| {
                let of_kind = found.entities.iter().enumerate().filter(|(_, entity)| entity.kind == kind);
                let counted = of_kind
                    .map(|(at, entity)| (entity.mentions.len() + entity.title_mentions.len(), at, entity));
                let mut named: Vec<(usize, EntityIndex, &Entity)> = counted.collect();
                // Stable: of equals the one that is named first.
                named.sort_by_key(|&(count, ..)| std::cmp::Reverse(count));
                let more = named.len().saturating_sub(LISTED);
                let mut line = NameLine::default();
                for &(count, at, entity) in named.iter().take(LISTED) {
                    let name = self.country_name(entity).unwrap_or(entity.name.as_str());
                    let between = if line.text().is_empty() { "" } else { BETWEEN };
                    line = line.and(between).named(&format!("{name} {count}").replace(' ', HELD), at);
                }
                if more > 0 {
                    line = line.and(&format!("{BETWEEN}+{more}"));
                }
                (!named.is_empty()).then_some(line)
            })
            .collect()
    }

    /// Whose name stands at a byte of the title; of names in each other the longest.
    pub fn titled(&self, byte: usize) -> Option<EntityIndex> {
        let named = self.annotations.as_deref()?.entities.iter().enumerate();
        let spans = named
            .flat_map(|(at, entity)| entity.title_mentions.iter().map(move |mention| (mention.span, at)));
        let here = spans.filter(|(span, _)| (span.start()..span.end()).contains(&byte));
        here.max_by_key(|(span, _)| span.len()).map(|(_, at)| at)
    }

    /// What a country is called in the article's language, however the article words it ("AS", "Ukrainian").
    fn country_name(&self, entity: &Entity) -> Option<&'static str> {
        let code = entity.country.filter(|_| entity.kind == Kind::Country)?;
        let language = self.article.language.or(self.annotations.as_ref().map(|found| found.language))?;
        countries().name(code, language)
    }

    /// A quotation's speaker as it is shown: the name, "via" who passed it on, "?" when unsure; `None` when nobody
    /// is known.
    pub fn speaker(&self, quote: usize) -> Option<NameLine> {
        let found = self.annotations.as_deref()?;
        let quote = found.quotes.get(quote)?;
        let named = |line: NameLine, at: EntityIndex| Some(line.named(&found.entities.get(at)?.name, at));
        let mut line = NameLine::default();
        if let Some(speaker) = quote.speaker {
            line = named(line, speaker)?.and(if quote.confidence < SURE { "?" } else { "" });
        }
        if let Some(relay) = quote.relay {
            let via = if quote.speaker.is_some() { " via " } else { "via " };
            line = named(line.and(via), relay)?;
        }
        (!line.text().is_empty()).then_some(line)
    }

    /// The speakers of `quotes`, each once: "— Ingrid Solheim; Arif Wiratmaja".
    pub fn speakers(&self, quotes: impl Iterator<Item = usize>) -> Option<NameLine> {
        let mut speakers: Vec<NameLine> = Vec::new();
        for speaker in quotes.filter_map(|quote| self.speaker(quote)) {
            if !speakers.iter().any(|known| known.text() == speaker.text()) {
                speakers.push(speaker);
            }
        }
        let (first, others) = speakers.split_first()?;
        let line = NameLine::default().and("— ").then(first);
        Some(others.iter().fold(line, |line, speaker| line.and("; ").then(speaker)))
    }

    /// Who or what an entity is: "Ingrid Solheim · Menteri Luar Negeri Norwegia · 7 mentions, 3 quotes"; the
    /// office in at most `role` columns.
    pub fn describe(&self, entity: EntityIndex, role: usize) -> Option<String> {
        let found = self.annotations.as_deref()?;
        let known = found.entities.get(entity)?;
        let about = match (known.kind, known.role.as_deref(), known.country) {
            (_, Some(office), _) => shortened(office, role),
            (Kind::Country, None, Some(country)) => Some(format!("country, {country}")),
            (kind, None, Some(country)) => Some(format!("{}, {country}", kind.as_str())),
            (kind, None, None) => Some(kind.as_str().to_owned()),
        };
        let mentions = known.mentions.len() + known.title_mentions.len();
        let mut counts = plural(mentions, "mention");
        let quotes = found.quotes_by(entity);
        if quotes > 0 {
            counts = format!("{counts}, {}", plural(quotes, "quote"));
        }
        Some(
            [Some(known.name.clone()), about, Some(counts)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        )
    }
}

/// An office in at most `room` columns; `None` where too little of it would be left to say anything.
pub(super) fn shortened(office: &str, room: usize) -> Option<String> {
    const LEAST: usize = 6;
    (room >= LEAST.min(width(office))).then(|| clip(office, room).into_owned())
}

/// "1 quote", "1,240 articles".
pub fn plural(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with its thousands apart: "1,240".
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
