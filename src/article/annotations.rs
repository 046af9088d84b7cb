//! What annotating finds in an article: quotations, their speakers, and who and what is named.

use super::rule::Grounds;
use crate::text::Span;
use crate::words::{Country, Language};

/// A position in [`Annotations::entities`].
pub type EntityIndex = usize;

/// How sure the annotator is, in hundredths: of those at 90, nine in ten are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(pub u8);

impl Confidence {
    /// From hundredths, held to 0–100.
    pub const fn percent(hundredths: u8) -> Confidence {
        Confidence(if hundredths > 100 { 100 } else { hundredths })
    }

    /// As a share of 1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

/// Everything found in one article. All spans lie in the body unless a field says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotations {
    /// The language of the text, given or detected.
    pub language: Language,
    /// Where and by whom it was filed.
    pub dateline: Option<Dateline>,
    /// The line that says where it comes from.
    pub credit: Option<Credit>,
    /// Who and what is named, in the order of first mention.
    pub entities: Vec<Entity>,
    /// Quotations in the order of the text; a nested one behind the one that holds it.
    pub quotes: Vec<Quote>,
}

impl Annotations {
    /// Nothing found.
    pub fn empty(language: Language) -> Annotations {
        Annotations { language, dateline: None, credit: None, entities: Vec::new(), quotes: Vec::new() }
    }

    /// How many quotations `entity` speaks.
    pub fn quotes_by(&self, entity: EntityIndex) -> usize {
        self.quotes.iter().filter(|quote| quote.speaker == Some(entity)).count()
    }
}

/// "Oslo | Kabar.co –" at the head of a text, the dash included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// From the first letter to the dash.
    pub span: Span,
    /// The place it names.
    pub place: Option<EntityIndex>,
    /// The outlet or agency it names.
    pub outlet: Option<EntityIndex>,
}

/// "Sumber : NTB/AB" at the foot of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The whole line.
    pub span: Span,
    /// The agency or outlet it names.
    pub source: Option<EntityIndex>,
}

/// The kinds of things that are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// A country or territory of ISO 3166-1.
    Country,
    /// Any other place.
    Place,
    /// An organisation, office or outlet.
    Organisation,
}

impl Kind {
    /// All kinds, in the order they are listed on the screen.
    pub const ALL: [Kind; 4] = [Kind::Person, Kind::Country, Kind::Place, Kind::Organisation];

    /// The kind as it is written in ids and records.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Country => "country",
            Kind::Place => "place",
            Kind::Organisation => "organisation",
        }
    }
}

/// Someone or something an article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Kind, ':', folded name (a country's code), `-2` on a clash; local to the article.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Its fullest name in the article, as written there.
    pub name: String,
    /// Its country, where that is known; of a country, itself.
    pub country: Option<Country>,
    /// Office or affiliation as the article words it: "Menteri Luar Negeri Norwegia".
    pub role: Option<String>,
    /// Where the body mentions it, in order.
    pub mentions: Vec<Mention>,
    /// Where the title mentions it: spans of the title, in order.
    pub title_mentions: Vec<Mention>,
}

/// One place where an entity is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// In what way.
    pub form: Form,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub grounds: Grounds,
}

/// In what way a mention mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// By name.
    Name,
    /// By an office alone: "menlu itu".
    Title,
    /// By a pronoun or -nya.
    Pronoun,
    /// By name, inside a longer marked name or title.
    Nested,
    /// By an adjective or demonym: "Norwegian".
    Adjective,
}

impl Form {
    /// The form as it is written in records; `None` for the default, a name.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Form::Name => None,
            Form::Title => Some("title"),
            Form::Pronoun => Some("pronoun"),
            Form::Nested => Some("nested"),
            Form::Adjective => Some("adjective"),
        }
    }
}

/// What someone said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Its parts in order, at least one, marks included: an utterance that is interrupted or runs over paragraphs has
    /// several.
    pub parts: Vec<Span>,
    /// Whole sentences, or a few words in the reporter's clause.
    pub kind: QuoteKind,
    /// Who said it; nobody rather than a guess.
    pub speaker: Option<EntityIndex>,
    /// The word that says so: "ujarnya".
    pub cue: Option<Span>,
    /// Who passed it on: "menurut Tass".
    pub relay: Option<EntityIndex>,
    /// How sure of span and speaker.
    pub confidence: Confidence,
    /// Why it is a quotation of its kind, and of its speaker.
    pub grounds: Grounds,
}

impl Quote {
    /// From the first mark to the last.
    pub fn span(&self) -> Span {
        let start = self.parts.first().map_or(0, |part| part.start);
        let end = self.parts.last().map_or(start, |part| part.end);
        Span { start, end }
    }
}

/// How a quotation stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Speech of its own.
    Direct,
    /// Quoted words inside the reporter's clause.
    Fragment,
}

impl QuoteKind {
    /// The kind as it is written in records.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Fragment => "fragment",
        }
    }
}
