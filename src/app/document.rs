//! The article in the reading pane, and what is said about it in words.

use crate::article::{Annotations, Article, Confidence, Entity, EntityIndex, Kind};
use crate::library::{Kept, Ordinal};
use crate::text::{clip, width};
use crate::words::{Language, countries};
use std::sync::Arc;

/// Words a minute of silent reading (Brysbaert 2019: 238 for English non-fiction; long words read slower).
const WORDS_A_MINUTE: usize = 200;

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
        .map(|part| part.replace(' ', "\u{a0}"))
        .collect::<Vec<_>>()
        .join("\u{a0}· ")
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
    pub fn names(&self) -> Vec<String> {
        let Some(found) = self.annotations.as_deref() else { return Vec::new() };
        [Kind::Country, Kind::Person]
            .into_iter()
            .filter_map(|kind| {
                let mut named: Vec<(usize, &str)> = found
                    .entities
                    .iter()
                    .filter(|entity| entity.kind == kind)
                    .map(|entity| {
                        let name = self.country_name(entity).unwrap_or(entity.name.as_str());
                        (entity.mentions.len() + entity.title_mentions.len(), name)
                    })
                    .collect();
                // Stable: of equals the one that is named first.
                named.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
                let more = named.len().saturating_sub(LISTED);
                let item = |(count, name): &(usize, &str)| format!("{name} {count}").replace(' ', "\u{a0}");
                let mut line: Vec<String> = named.iter().take(LISTED).map(item).collect();
                if more > 0 {
                    line.push(format!("+{more}"));
                }
                (!line.is_empty()).then(|| line.join("\u{a0}· "))
            })
            .collect()
    }

    /// What a country is called in the article's language, however the article words it ("AS", "Ukrainian").
    fn country_name(&self, entity: &Entity) -> Option<&'static str> {
        let code = entity.country.filter(|_| entity.kind == Kind::Country)?;
        let language = self.article.language.or(self.annotations.as_ref().map(|found| found.language))?;
        countries().name(code, language)
    }

    /// A quotation's speaker as it is shown: the name, "via" who passed it on, "?" when unsure; `None` when nobody
    /// is known.
    pub fn speaker(&self, quote: usize) -> Option<String> {
        let found = self.annotations.as_deref()?;
        let quote = found.quotes.get(quote)?;
        let name =
            |entity: Option<EntityIndex>| found.entities.get(entity?).map(|entity| entity.name.as_str());
        let unsure = if quote.confidence < SURE { "?" } else { "" };
        match (name(quote.speaker), name(quote.relay)) {
            (Some(speaker), Some(relay)) => Some(format!("{speaker}{unsure} via {relay}")),
            (Some(speaker), None) => Some(format!("{speaker}{unsure}")),
            (None, Some(relay)) => Some(format!("via {relay}")),
            (None, None) => None,
        }
    }

    /// The speakers of `quotes`, each once: "— Ingrid Solheim; Arif Wiratmaja".
    pub fn speakers(&self, quotes: impl Iterator<Item = usize>) -> Option<String> {
        let mut speakers: Vec<String> = Vec::new();
        for speaker in quotes.filter_map(|quote| self.speaker(quote)) {
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        (!speakers.is_empty()).then(|| format!("— {}", speakers.join("; ")))
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
