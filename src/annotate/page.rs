//! An article cut for annotating: one array of tokens over title and body, with classes, sentences and paragraphs.

use crate::text::Span;
use crate::words::{
    Class, Entry, Gap, Gazetteer, Known, Language, Lexicon, Sense, Shape, Token, tokens_with,
};

/// Where a token stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// What it can do in its language.
    pub class: Class,
    /// Number of its sentence.
    pub sentence: u32,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// One more than the position of the quotation that holds it; zero outside.
    pub quote: u32,
    /// What names of the gazetteer begin with it.
    pub known: Entry,
    /// Whether a sentence begins here, or what a mark or a colon sets off.
    pub opens: bool,
    /// Whether it can be part of a name by its letters: a capital, or one behind a small prefix ("al-Najjar").
    pub named: bool,
}

/// The tokens of a title and a body. Offsets are of `text`, which is the title, an empty line and the body.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub text: &'a str,
    /// Where the body begins in `text`.
    pub body: usize,
    /// The first token of the body.
    pub first: usize,
    pub tokens: Vec<Token>,
    pub places: Vec<Place>,
    pub lexicon: &'a Lexicon,
    pub gazetteer: &'static Gazetteer,
    pub language: Language,
}

#[cfg(test)]
thread_local! {
    /// How often a token or its place was looked at, for tests of linearity.
    pub(super) static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

impl<'a> Page<'a> {
    pub(super) fn new(text: &'a str, body: usize, language: Language, lexicon: &'a Lexicon) -> Page<'a> {
        let mut page = Page {
            text,
            body,
            first: 0,
            tokens: Vec::with_capacity(text.len() / 5),
            places: Vec::new(),
            lexicon,
            gazetteer: Gazetteer::of(language),
            language,
        };
        page.tokens.extend(tokens_with(text, lexicon.grammar().cut()));
        page.first = page.tokens.partition_point(|token| (token.start as usize) < body);
        page.places = vec![Place::default(); page.tokens.len()];
        page.classify();
        page.find_capitals();
        page.divide();
        page
    }

    /// The token at `at`; beyond the end, one that is equal to nothing.
    pub(super) fn token(&self, at: usize) -> Token {
        #[cfg(test)]
        LOOKS.set(LOOKS.get() + 1);
        self.tokens.get(at).copied().unwrap_or(Token::NONE)
    }

    pub(super) fn place(&self, at: usize) -> Place {
        #[cfg(test)]
        LOOKS.set(LOOKS.get() + 1);
        self.places.get(at).copied().unwrap_or_default()
    }

    pub(super) fn class(&self, at: usize) -> Class {
        self.place(at).class
    }

    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        self.class(at).has(class)
    }

    /// What the gazetteer knows of a token, whatever its capitals.
    pub(super) fn known(&self, at: usize) -> Option<Known> {
        self.gazetteer.known(self.place(at).known)
    }

    /// The longest name of the gazetteer that begins at a token, with its length in tokens.
    pub(super) fn longest(&self, at: usize) -> Option<(usize, Known)> {
        self.gazetteer.longest_from(self.place(at).known, self.text, self.tokens.get(at..)?)
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The text from one token to another, both included.
    pub(super) fn slice(&self, first: usize, last: usize) -> &'a str {
        self.text.get(self.token(first).start as usize..self.token(last).end as usize).unwrap_or_default()
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.slice(at, at)
    }

    /// Whether a token is written as a common noun is.
    pub(super) fn is_common(&self, at: usize) -> bool {
        let shape = self.token(at).shape;
        shape == Shape::Lower || shape == Shape::Title && self.lexicon.grammar().nouns_capitalised
    }

    /// Whether two tokens stand in one sentence.
    pub(super) fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.place(a).sentence == self.place(b).sentence && a < self.len() && b < self.len()
    }

    /// The first token of the sentence of `at`.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        let sentence = self.place(at).sentence;
        self.places.partition_point(|place| place.sentence < sentence)
    }

    /// One past the last token of the sentence of `at`.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        let sentence = self.place(at).sentence;
        self.places.partition_point(|place| place.sentence <= sentence)
    }

    /// One past the last token of the paragraph of `at`.
    pub(super) fn paragraph_end(&self, at: usize) -> usize {
        let paragraph = self.place(at).paragraph;
        self.places.partition_point(|place| place.paragraph <= paragraph)
    }

    /// The tokens that a span of the body covers: the first, and one past the last.
    pub(super) fn tokens_of(&self, span: Span) -> (usize, usize) {
        let (start, end) = (span.start() + self.body, span.end() + self.body);
        let first = self.tokens.partition_point(|token| (token.start as usize) < start);
        (first, self.tokens.partition_point(|token| (token.end as usize) <= end))
    }

    fn find_capitals(&mut self) {
        for (token, place) in self.tokens.iter().zip(&mut self.places) {
            place.known = self.gazetteer.first(token.hash);
            place.named = match token.shape {
                // English I is a capital, but no name.
                Shape::Initial => token.len() > 1 || !place.class.has(Class::STOP),
                Shape::Title | Shape::Upper => true,
                Shape::Lower if token.len() > 4 => {
                    let word = self.text.get(token.start as usize..token.end as usize).unwrap_or_default();
                    word.bytes().take(6).any(|byte| matches!(byte, b'-' | b'\'' | 0xe2))
                        && word.split_once(['-', '\'', '’']).is_some_and(|(head, rest)| {
                            head.len() <= 4 && rest.chars().next().is_some_and(char::is_uppercase)
                        })
                }
                _ => false,
            };
        }
    }

    fn classify(&mut self) {
        let mut at = 0;
        let accents = self.lexicon.has_accents();
        let compounds = self.lexicon.grammar().has_role_endings();
        while let Some(rest) = self.tokens.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.first().is_some_and(|token| !token.is_word() && !token.is('&') && !token.is('\'')) {
                at += 1;
                continue;
            }
            let found = self.lexicon.longest(rest);
            if found.is_none() && !accents && !compounds {
                at += 1;
                continue;
            }
            let (length, class) = found.unwrap_or_else(|| (1, self.compound(at)));
            let class = if accents { class | self.lexicon.accented(self.word(at)) } else { class };
            for (inner, place) in self.places.iter_mut().skip(at).take(length).enumerate() {
                place.class = if inner == 0 { class } else { class | Class::INNER };
            }
            at += length;
        }
    }

    /// The class of a compound by its last part: "Verkehrsministerin", "oud-minister".
    fn compound(&self, at: usize) -> Class {
        let grammar = self.lexicon.grammar();
        let token = self.token(at);
        if !grammar.has_role_endings()
            || token.len() < 5
            || matches!(token.shape, Shape::Upper | Shape::Number)
        {
            return Class::NONE;
        }
        let name = Sense::GIVEN.or(Sense::SURNAME);
        if self.gazetteer.word(token.hash).is_some_and(|known| known.sense.has(name)) {
            return Class::NONE;
        }
        let word = self.word(at);
        if let Some((_, last)) = word.rsplit_once('-') {
            let class = self.lexicon.classes(last);
            if class.has(Class::ROLE) {
                return if class.has(Class::FEMALE) { Class::ROLE | Class::FEMALE } else { Class::ROLE };
            }
        }
        match grammar.role(word) {
            Some(true) => Class::ROLE | Class::FEMALE,
            Some(false) => Class::ROLE,
            None => Class::NONE,
        }
    }

    /// Numbers sentences and paragraphs.
    ///
    /// A line break ends a paragraph unless lines are wrapped: there are empty lines, and most single breaks do not
    /// follow the end of a sentence.
    fn divide(&mut self) {
        let wrapped = self.wrapped();
        let (mut sentence, mut paragraph) = (0_u32, 0_u32);
        let mut ended = false;
        let mut previous = Token::NONE;
        let mut opens = true;
        for at in 0..self.tokens.len() {
            let token = self.token(at);
            // Nearly all of a text: a word behind a space that ends and begins nothing.
            if token.gap == Gap::Space
                && token.is_word()
                && !ended
                && let Some(place) = self.places.get_mut(at)
            {
                (place.sentence, place.paragraph, place.opens) = (sentence, paragraph, opens);
                opens = false;
                previous = token;
                continue;
            }
            let breaks = token.gap == Gap::Paragraph || token.gap == Gap::Line && !wrapped;
            if at > 0 && breaks {
                paragraph += 1;
            }
            let small = token.shape == Shape::Lower || token.is(',') || token.is(';');
            // French sets a space before the mark that closes: "« Non. »".
            let next = self.token(at + 1);
            let spaced = matches!(token.sign(), '»' | '›') && (next.gap > Gap::None || !next.is_word());
            let closes = !token.is_word() && (token.gap == Gap::None || spaced && token.gap == Gap::Space);
            if at > 0 && (breaks || ended && !small && !closes) {
                sentence += 1;
                opens = true;
                ended = false;
            } else if ended && !closes {
                ended = false;
            }
            match token.sign() {
                '.' => {
                    let abbreviation = at > 0
                        && self.has(at - 1, Class::ABBREVIATION)
                        && (previous.is_capital() || self.has(at - 1, Class::HONORIFIC))
                        && token.gap == Gap::None;
                    // "am 3. Mai".
                    let ordinal = previous.shape == Shape::Number
                        && previous.len() <= 2
                        && self.has(at + 1, Class::MONTH);
                    ended = !abbreviation && !ordinal;
                }
                '!' | '?' | '…' | '。' | '؟' | '।' => ended = true,
                _ => {}
            }
            if let Some(place) = self.places.get_mut(at) {
                place.sentence = sentence;
                place.paragraph = paragraph;
                place.opens = opens;
            }
            // What stands behind a mark or a colon begins like a sentence.
            let elision = token.gap == Gap::None && previous.is_word() && next.gap == Gap::None;
            opens = matches!(token.sign(), '“' | '”' | '"' | '„' | '«' | '»' | '‘' | '\'' | ':' | '•' | '*')
                && !(token.is('\'') && elision)
                || opens && !token.is_word();
            previous = token;
        }
    }

    fn wrapped(&self) -> bool {
        let (mut whole, mut broken, mut empty) = (0, 0, 0);
        let mut previous = Token::NONE;
        for token in self.tokens.iter().skip(self.first) {
            match token.gap {
                Gap::Line
                    if matches!(previous.sign(), '.' | '!' | '?' | '”' | '"' | '’' | ':' | '…' | ')') =>
                {
                    whole += 1;
                }
                Gap::Line => broken += 1,
                Gap::Paragraph => empty += 1,
                _ => {}
            }
            previous = *token;
        }
        empty > 1 && broken > 2 && broken > 2 * whole
    }
}
