//! Why something was marked as it was: the rules and models that decide, each with a name that stays.
//!
//! Annotating sets them where it decides; `petik show --explain` prints them. The last column of the table says where
//! a rule comes from: *grammar* (of the languages in `data/lexicon`, by the classes of words there), *house style*
//! (how papers and agencies write), *corpus* (seen in the articles that petik is held against, in `tests/gold` and the
//! development sets named in `data/model/README.md`), or a paper:
//!
//! - Pouliquen, Steinberger and Best 2007, *Automatic Detection of Quotations in Multilingual News*: quotation marks with a
//!   verb of saying and a name beside.
//! - Elson and McKeown 2010, *Automatic Attribution of Quoted Speech in Literary Narrative*: what stands around a quotation
//!   as patterns; a quotation alone in its paragraph goes on the talk.
//! - Muzny, Fang, Chang and Jurafsky 2017, *A Two-stage Sieve Approach for Quote Attribution*: from sure to unsure, the
//!   first that fires decides.
//! - Lee et al. 2013, *Deterministic Coreference Resolution Based on Entity-Centric, Precision-Ranked Rules*: exact name,
//!   words within a longer name, acronym, and pronouns last.
//! - Schwartz and Hearst 2003, *A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text*: the letters
//!   of an acronym, read backwards, say where the name before its brackets begins.
//! - Lappin and Leass 1994, *An Algorithm for Pronominal Anaphora Resolution*: candidates weighed by recency and role.
//! - Collins 2002, *Discriminative Training Methods for Hidden Markov Models*: the tagger.

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decides {
    /// Where a name begins and ends, and what it names.
    Name,
    /// That another decision does not stand as it was made.
    Veto,
    /// Whom a name, an office or a pronoun means.
    Link,
    /// That words between marks are a quotation, and of which kind.
    Quote,
    /// Who said it.
    Speaker,
}

impl Decides {
    /// All of them, in the order they are explained in.
    pub const ALL: [Decides; 5] =
        [Decides::Quote, Decides::Speaker, Decides::Name, Decides::Veto, Decides::Link];

    /// What stands above the rules of its kind.
    pub fn heading(self) -> &'static str {
        match self {
            Decides::Name => "What is a name",
            Decides::Veto => "What overrules that",
            Decides::Link => "Whom a name, an office or a pronoun means",
            Decides::Quote => "What is a quotation",
            Decides::Speaker => "Who said it",
        }
    }
}

macro_rules! rules {
    ($($decides:ident { $($rule:ident $name:literal $says:literal $source:literal)* })*) => {
        /// A rule or model that decides; its documentation is what it says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Rule { $($(#[doc = $says] $rule,)*)* }

        impl Rule {
            /// Every rule, by what it decides.
            pub const ALL: &'static [Rule] = &[$($(Rule::$rule,)*)*];

            /// Its name, which stays from one version to the next.
            pub fn name(self) -> &'static str {
                match self { $($(Rule::$rule => $name,)*)* }
            }

            /// What it says, in one line.
            pub fn says(self) -> &'static str {
                match self { $($(Rule::$rule => $says,)*)* }
            }

            /// Where it comes from.
            pub fn source(self) -> &'static str {
                match self { $($(Rule::$rule => $source,)*)* }
            }

            /// What it decides.
            pub fn decides(self) -> Decides {
                match self { $($(Rule::$rule => Decides::$decides,)*)* }
            }
        }
    };
}

rules! {
    Quote {
        Given "given" "It came with the record." "the record"
        OverParagraphs "over-paragraphs" "Each paragraph opens with a mark and only the last closes." "house style"
        ToldBehind "told-behind" "Whole words before a cue." "Pouliquen et al. 2007"
        ToldBefore "told-before" "Behind a cue and its comma or colon." "Pouliquen et al. 2007"
        OpensSentence "opens-sentence" "It opens its sentence, and a comma follows the mark." "house style"
        WholeSentence "whole-sentence" "It begins with a capital and ends with a sign of its own." "house style"
        EndsSentence "ends-sentence" "Five words or more that end a sentence." "house style"
        BehindColon "behind-colon" "Behind a colon, with a capital." "house style"
        LongAndCapital "long-and-capital" "Six words or more with a capital, not in the middle of a clause." "corpus"
        PredicateQuoted "predicate-quoted" "Words of the reporter's clause, with a cue." "grammar"
        WordsQuoted "words-quoted" "Four words or more in the reporter's clause, with no cue." "corpus"
    }
    Speaker {
        Nobody "nobody" "No rule names anyone, or those who spoke have no name." "house style: nobody rather than a guess"
        CueSuffix "cue-suffix" "A cue behind it that ends in a pronoun." "grammar"
        CueThenSubject "cue-then-subject" "A cue behind it, then who said it." "Pouliquen et al. 2007"
        CueThenPronoun "cue-then-pronoun" "A cue behind it, then a pronoun, an office or an institution's noun." "Muzny et al. 2017"
        SubjectThenCue "subject-then-cue" "Who said it, then the cue, behind it." "Pouliquen et al. 2007"
        PronounThenCue "pronoun-then-cue" "A pronoun, an office or an institution's noun, then the cue, behind it." "Muzny et al. 2017"
        UnlistedVerb "unlisted-verb" "A word that no list has right behind the comma, with a person behind it or a pronoun at its end." "corpus"
        VerbAlone "verb-alone" "A cue without a subject, in a language that leaves it out." "grammar"
        CueBefore "cue-before" "The subject of the cue before it." "Pouliquen et al. 2007"
        CueBeforePronoun "cue-before-pronoun" "The pronoun, office or noun before the cue before it." "Muzny et al. 2017"
        PassiveBy "passive-by" "The one by whom it was said, in the passive." "grammar"
        CueThenSubjectBefore "cue-then-subject-before" "A cue and then its subject, before it." "grammar"
        NameThenColon "name-then-colon" "A person before the colon." "house style"
        CueAside "cue-aside" "A cue between commas, in the middle of the clause that is quoted." "house style"
        Relayed "relayed" "The one according to whom it is, for want of a better one." "Pouliquen et al. 2007"
        Carried "carried" "Joined by a conjunction, or by its mood, to the one before." "grammar"
        SubjectBefore "subject-before" "The subject of the sentence before." "Muzny et al. 2017"
        SameParagraph "same-paragraph" "Whoever spoke before in the paragraph." "Muzny et al. 2017"
        ToldOf "told-of" "The one whom the paragraph before is about." "corpus"
        GoesOnTalking "goes-on-talking" "A paragraph of speech alone: whoever spoke last." "Elson and McKeown 2010"
    }
    Name {
        CountryList "country-list" "A country's name, alias or abbreviation." "CLDR and data/gazetteer"
        Demonym "demonym" "A word for what is of a country." "data/gazetteer"
        PlaceList "place-list" "A place of the gazetteer." "data/gazetteer"
        OrganisationList "organisation-list" "An organisation of the gazetteer." "data/gazetteer"
        Halved "halved" "Half the name of the one country that the article names and that begins so." "corpus"
        Federated "federated" "A word for a country that names a state of another one." "corpus"
        OrganisationHead "organisation-head" "It begins with a word for an organisation." "grammar"
        OrganisationTail "organisation-tail" "It ends with a word for an organisation." "grammar"
        Initials "initials" "Its initials stand in brackets behind it, or it is them." "Schwartz and Hearst 2003"
        PlaceWord "place-word" "It begins or ends with a word for a place." "grammar"
        Frame "frame" "It stands in the dateline or the credit line." "house style"
        Weighed "weighed" "Its words and its neighbours, weighed." "corpus"
        NounBefore "noun-before" "The noun before it says what it is." "grammar"
        LeftOpen "left-open" "A capital alone: named elsewhere in the article." "Lee et al. 2013"
        OwnScript "own-script" "Letters without capitals: a country, or the name before in its own script." "corpus"
        Tagger "tagger" "The trained tagger, alone or of one mind with a rule." "Collins 2002"
        Inside "inside" "A name inside a longer one." "grammar"
        Pronoun "pronoun" "A pronoun of the language." "grammar"
        Suffix "suffix" "A word that ends in a pronoun." "grammar"
        Office "office" "An office without a name." "grammar"
    }
    Veto {
        Trimmed "trimmed" "Days, months, degrees, titles and the country of an office are cut off what the tagger took for a name." "data/lexicon"
        BehindIn "behind-in" "What stands behind a preposition of place is no person." "grammar"
        Headed "headed" "A word for an organisation outweighs the tagger." "grammar"
        PassedOver "passed-over" "The tagger passed it over; the rules are surer." "corpus"
        Doubted "doubted" "The tagger passed it over and the rules were not sure: the article's other names decide." "corpus"
        Outvoted "outvoted" "Most mentions of the word name something of another kind." "Lee et al. 2013"
    }
    Link {
        NewName "new-name" "The first of its name." "Lee et al. 2013"
        SameName "same-name" "The same name as before." "Lee et al. 2013"
        SameCountry "same-country" "The same country, by whatever name." "CLDR"
        FullerName "fuller-name" "The words of one name are all in the other." "Lee et al. 2013"
        PartOfName "part-of-name" "A first or last name of a person named in full." "Lee et al. 2013"
        Acronym "acronym" "An acronym: explained in brackets, or the initials." "Lee et al. 2013"
        InBrackets "in-brackets" "The name before, in brackets in its own script." "house style"
        BySubject "by-subject" "The subject just before is the likeliest." "Lappin and Leass 1994"
        BySpeaker "by-speaker" "The one who just spoke is the likeliest." "Lappin and Leass 1994"
        ByMention "by-mention" "The nearest of those just named." "Lappin and Leass 1994"
        Ahead "ahead" "In a clause that opens the sentence a pronoun is its subject, who is named behind the comma." "grammar"
        InSpeech "in-speech" "In what someone says a pronoun is someone else." "Elson and McKeown 2010"
        HoldsOffice "holds-office" "The one person whose office is called so." "Lee et al. 2013"
    }
}

impl Rule {
    /// The rule of a name.
    pub fn named(name: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

/// Why a mention or a quotation is marked as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grounds {
    /// What found it: its span and its kind.
    pub found: Rule,
    /// What found the same besides.
    pub also: Option<Rule>,
    /// What another decision about it was overruled by.
    pub veto: Option<Rule>,
    /// What gave it its entity, or its speaker.
    pub linked: Rule,
    /// How much spoke for it to whoever decided, in hundredths; only figures of one rule compare.
    pub weight: u8,
}

impl Grounds {
    /// Of what was read, not found.
    pub const GIVEN: Grounds =
        Grounds { found: Rule::Given, also: None, veto: None, linked: Rule::Given, weight: 100 };

    /// The rules at work, each once.
    pub fn rules(self) -> impl Iterator<Item = Rule> {
        let linked = (self.linked != self.found).then_some(self.linked);
        [Some(self.found), self.also, self.veto, linked].into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_known_by_its_name_and_explained() {
        for rule in Rule::ALL {
            assert_eq!(Rule::named(rule.name()), Some(*rule));
            assert!(rule.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.name());
            assert!(rule.says().ends_with('.') && !rule.source().is_empty(), "{}", rule.name());
        }
        assert!(Rule::ALL.len() <= 256);
    }
}
