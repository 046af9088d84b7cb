//! The rules of the search once more, read slowly: every way to lay a word's letters on a text is tried.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::search::typo::tests::distance;
use crate::text::fold;
use crate::words::{NameForm, countries};

/// A term of one word: field, negation, signs, letters.
#[derive(Debug, Clone)]
struct Asked {
    field: &'static str,
    negated: bool,
    exact: bool,
    start: bool,
    end: bool,
    word: String,
}

impl Asked {
    fn written(&self) -> String {
        let sign = |on: bool, sign: &'static str| if on { sign } else { "" };
        let (not, exact) = (sign(self.negated, "!"), sign(self.exact, "'"));
        format!("{not}{}{exact}{}{}{}", self.field, sign(self.start, "^"), self.word, sign(self.end, "$"))
    }

    /// Whether a name is asked about.
    fn means(&self, name: &Name) -> bool {
        match self.field {
            "" | "about:" => true,
            "by:" => name.quotes > 0,
            "person:" => name.kind == Kind::Person,
            "place:" => name.kind == Kind::Place,
            "org:" => name.kind == Kind::Organisation,
            _ => false,
        }
    }

    fn scatters(&self) -> bool {
        !(self.negated || self.exact || self.start || self.end)
    }
}

/// The way a text holds a word, and the score of a scattered one.
type Way = (Class, u16);

fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap()
}

fn behind(text: &str, at: usize) -> &str {
    text.get(at..).unwrap()
}

/// How a title, or a name, holds a word.
fn way(asked: &Asked, text: &str, name: bool) -> Option<Way> {
    let (word, text) = (fold(&asked.word), fold(text));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_inside =
        |at: usize| letter(before(&text, at).chars().next_back()) && letter(behind(&text, at).chars().next());
    let judge = |at: usize| match (is_inside(at), is_inside(at + word.len())) {
        (true, _) => Class::Inside,
        (false, true) => Class::Beginning,
        (false, false) => Class::Whole,
    };
    if asked.start || asked.end {
        let clear = |part: &str| !part.chars().any(char::is_alphanumeric);
        let fits = |at: &usize| {
            (!asked.start
                || *at == 0
                || clear(before(&text, *at)) && letter(behind(&text, *at).chars().next()))
                && (!asked.end || clear(behind(&text, *at + word.len())))
        };
        let all =
            (0..text.len()).filter(|&at| text.is_char_boundary(at) && behind(&text, at).starts_with(&word));
        let mut places: Vec<usize> = all.filter(fits).collect();
        if !asked.start {
            places.reverse();
        }
        return places.first().map(|&at| (judge(at), 0));
    }
    let whole = text.match_indices(&word).map(|(at, _)| (judge(at), 0)).max();
    if whole.is_some() || !asked.scatters() {
        return whole;
    }
    let (text, word): (Vec<char>, Vec<char>) = (text.chars().collect(), word.chars().collect());
    let mut laid = Vec::new();
    lay(&text, &word, 0, &mut Vec::new(), &mut laid);
    let words = words_of(&text);
    let score = |(start, end): (usize, usize)| -> u16 {
        let part: String = text[start..end].iter().collect();
        let found = SkimMatcherV2::default().fuzzy_indices(&part, &word.iter().collect::<String>());
        u16::try_from(found.unwrap().0).unwrap_or(0)
    };
    let windows: Vec<(usize, usize)> =
        laid.iter().filter_map(|laid| window(laid, &words, word.len(), name)).collect();
    let within = windows.iter().filter(|window| words.contains(window)).map(|&window| score(window)).max();
    let chains = windows.iter().filter(|window| !words.contains(window));
    let chain = chains.map(|&(start, end)| (end, std::cmp::Reverse(start))).min();
    let chain = chain.map(|(end, start)| if name { score((start.0, end)) } else { 0 });
    Some((Class::Scattered, within.max(chain)?))
}

/// Every way to lay the letters on the text in order.
fn lay(text: &[char], word: &[char], from: usize, so_far: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    let Some((&first, rest)) = word.split_first() else {
        all.push(so_far.clone());
        return;
    };
    for at in from..text.len() {
        if text[at] == first {
            so_far.push(at);
            lay(text, rest, at + 1, so_far, all);
            so_far.pop();
        }
    }
}

fn words_of(text: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for at in 0..=text.len() {
        let inside = text.get(at).is_some_and(|c| c.is_alphanumeric());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The words the letters stand in, if they stand as the rule asks.
fn window(laid: &[usize], words: &[(usize, usize)], letters: usize, name: bool) -> Option<(usize, usize)> {
    if letters < 3 {
        return None;
    }
    let of = |at: usize| words.iter().position(|&(start, end)| start <= at && at < end);
    let touched: Vec<usize> = laid.iter().map(|&at| of(at)).collect::<Option<_>>()?;
    let (first, last) = (touched[0], touched[letters - 1]);
    let span = laid[letters - 1] - laid[0] + 1;
    let meant = if first == last {
        letters >= 4 && span <= if laid[0] == words[first].0 { 2 * letters } else { letters * 3 / 2 }
    } else {
        let begins = |at: usize| laid[at] == words[touched[at]].0;
        let runs = (1..letters)
            .all(|at| laid[at] == laid[at - 1] + 1 && touched[at] == touched[at - 1] || begins(at));
        let between = (first..last).filter(|word| !touched.contains(word));
        let mut lengths: Vec<usize> = touched.chunk_by(|a, b| a == b).map(<[usize]>::len).collect();
        lengths.pop();
        let few = name || lengths.len() == 1 || lengths.iter().all(|&length| length == 1);
        few && runs && begins(0) && between.map(|word| words[word]).all(|(start, end)| end - start <= 3)
    };
    meant.then_some((words[first].0, words[last].1))
}

/// The class and score of one word in one article.
fn grade(asked: &Asked, story: &Story) -> Option<Way> {
    let mut ways: Vec<Way> = Vec::new();
    if asked.field.is_empty() {
        ways.extend(way(asked, &story.title, false));
    }
    let named = |way: Way| if way.0 == Class::Beginning { (Class::NameBeginning, 0) } else { way };
    if ["", "outlet:"].contains(&asked.field) {
        ways.extend(story.outlet.iter().filter_map(|outlet| way(asked, outlet, true)).map(named));
    }
    for name in story.names.iter().filter(|name| asked.means(name)) {
        ways.extend(name.spellings().filter_map(|spelling| way(asked, spelling, true)).map(named));
        if ["", "about:"].contains(&asked.field) && name.kind == Kind::Country && !asked.start && !asked.end {
            ways.extend(name.country.and_then(|country| other_name(asked, country)));
        }
    }
    ways.into_iter().max()
}

/// How well one word may be meant in one article if it is misspelt.
fn misspelt(asked: &Asked, story: &Story) -> Option<Way> {
    let word: Vec<char> = fold(&asked.word).chars().collect();
    let near = |text: &str| {
        let text: Vec<char> = fold(text).chars().collect();
        words_of(&text)
            .iter()
            .any(|&(start, end)| (start..=end).any(|end| distance(&word, &text[start..end]) <= 1))
    };
    let title = asked.field.is_empty() && near(&story.title);
    let outlet = ["", "outlet:"].contains(&asked.field) && story.outlet.as_deref().is_some_and(near);
    let names = story.names.iter().filter(|name| asked.means(name));
    let found = title || outlet || names.flat_map(Name::spellings).any(near);
    found.then_some((Class::Misspelt, 0))
}

/// How well each article answers one word.
fn grades(asked: &Asked, stories: &[Story]) -> Vec<Option<Way>> {
    let found: Vec<Option<Way>> = stories.iter().map(|story| grade(asked, story)).collect();
    let word = fold(&asked.word);
    let forgiven = asked.scatters() && word.chars().count() >= 5 && word.chars().all(char::is_alphanumeric);
    let in_one_piece = |way: &Option<Way>| way.is_some_and(|(class, _)| class > Class::Scattered);
    if forgiven && !found.iter().any(in_one_piece) {
        return found.into_iter().zip(stories).map(|(way, story)| way.or(misspelt(asked, story))).collect();
    }
    found
}

fn other_name(asked: &Asked, country: Country) -> Option<Way> {
    let word = fold(&asked.word);
    let short = [NameForm::Short, NameForm::Abbreviation];
    let home = [None, Language::parse("id"), Language::parse("en")];
    let mut best = (asked.word == country.as_str()).then_some((Class::Whole, 0));
    if asked.scatters() && asked.word.eq_ignore_ascii_case(country.as_str()) {
        best = best.max(Some((Class::Beginning, 0)));
    }
    for name in countries().names(country).iter().filter(|name| name.form != NameForm::Demonym) {
        let known = fold(name.name);
        let capitals = asked.word == name.name && name.name.bytes().all(|b| b.is_ascii_uppercase());
        let is_home = home.contains(&name.language);
        if known == word && (word.len() > 2 || !short.contains(&name.form))
            || capitals && is_home && short.contains(&name.form)
        {
            best = Some((Class::Whole, 0));
        } else if is_home && asked.scatters() && word.chars().count() >= 3 && known.starts_with(&word) {
            best = best.max(Some((Class::Beginning, 0)));
        }
    }
    best
}

fn word_text() -> impl Strategy<Value = String> {
    let short = "[abruéß]{1,6}";
    const KNOWN: [&str; 10] = ["rusia", "rus", "korut", "korea", "KP", "dprk", "AS", "as", "b.a", "utara"];
    prop_oneof![6 => short, 1 => select(&KNOWN[..]).prop_map(str::to_owned)]
}

fn title_text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec((word_text(), select(&[" ", " ", "-", "’", " “"])), 0..5);
    words.prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

fn a_name() -> impl Strategy<Value = Name> {
    let country = select(&[None, Some("RU"), Some("KP"), Some("US"), Some("KR")]);
    let aliases = prop::collection::vec(word_text(), 0..2);
    (select(&Kind::ALL), title_text(), aliases, country, 0u32..2).prop_map(
        |(kind, text, aliases, country, quotes)| Name { aliases, ..name(kind, &text, country, quotes) },
    )
}

fn a_story() -> impl Strategy<Value = Story> {
    (title_text(), prop::option::of(word_text()), prop::collection::vec(a_name(), 0..3))
        .prop_map(|(title, outlet, names)| Story { title, outlet, names, ..Story::default() })
}

fn asked() -> impl Strategy<Value = Asked> {
    let field = select(&["", "", "", "outlet:", "person:", "place:", "org:", "by:", "about:"]);
    let rare = || prop::bool::weighted(0.15);
    (field, rare(), rare(), rare(), rare(), word_text()).prop_map(
        |(field, negated, exact, start, end, word)| Asked { field, negated, exact, start, end, word },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn found_is_what_a_slow_reading_finds(
        stories in prop::collection::vec(a_story(), 1..6),
        query in prop::collection::vec(asked(), 1..3),
    ) {
        let line = query.iter().map(Asked::written).collect::<Vec<_>>().join(" ");
        // Two words that together are the name of a country are one, which is not read slowly here.
        prop_assume!(Query::parse(&line).unwrap().terms().len() == query.len(), "{}", line);
        let fast: Vec<(u32, Rank)> = hits(&stories, &line).iter().map(|hit| (hit.doc, hit.rank)).collect();
        let ways: Vec<Vec<Option<Way>>> = query.iter().map(|asked| grades(asked, &stories)).collect();
        let mut slow = Vec::new();
        for at in 0..stories.len() {
            let ways: Vec<_> = query.iter().zip(&ways).map(|(asked, ways)| (asked.negated, ways[at])).collect();
            if ways.iter().any(|(negated, way)| *negated == way.is_some()) {
                continue;
            }
            let ways = ways.iter().filter_map(|(_, way)| *way);
            let scores = ways.clone().map(|(_, score)| u32::from(score)).sum();
            let rank = ways.fold(Rank::UNASKED, |rank, (class, _)| rank.and(class)).scored(scores);
            slow.push((u32::try_from(at).unwrap(), rank));
        }
        prop_assert_eq!(fast, slow, "{}", line);
    }

    #[test]
    fn any_line_is_read_or_refused(line in prop_oneof![
        any::<String>(),
        "([!'^$\":a-z ]|person:|country:|text:|after:|on:|is:|20|-0|é|”){0,24}",
    ]) {
        let spans = match Query::parse(&line) {
            Ok(query) => {
                prop_assert_eq!(query.source(), &line);
                let stories = stories();
                let arena = Arena::build(stories.iter().map(Story::doc));
                let bodies = |doc: u32| stories[doc as usize].body.as_str();
                let answer =
                    find(&[(0, &arena)], &query, &bodies, &Memory::default(), &AtomicBool::new(false));
                for hit in answer.unwrap().hits() {
                    let story = &stories[hit.doc as usize];
                    let marks = mark(&query, &story.doc());
                    for span in marks.title {
                        prop_assert!(!span.of(&story.title).is_empty());
                    }
                    for span in mark_body(&query, &story.body) {
                        prop_assert!(!span.of(&story.body).is_empty());
                    }
                }
                query.terms().iter().flat_map(|term| [Some(term.span), term.field]).flatten().collect()
            }
            Err(error) => vec![error.span],
        };
        for span in spans {
            prop_assert!(!span.of(&line).is_empty());
        }
    }

    #[test]
    fn marks_lie_in_the_title_and_spell_the_word(story in a_story(), asked in asked()) {
        let query = Query::parse(&asked.written()).unwrap();
        let marks = mark(&query, &story.doc());
        prop_assert!(marks.title.windows(2).all(|pair| pair[0].end < pair[1].start));
        let marked: String = marks.title.iter().map(|span| fold(span.of(&story.title))).collect();
        if !marked.is_empty() {
            let (marked, word) = (marked.chars().collect::<Vec<_>>(), fold(&asked.word).chars().collect::<Vec<_>>());
            let mut letters = marked.iter();
            let spells = word.iter().all(|wanted| letters.any(|letter| letter == wanted));
            // A letter that folds to two is marked whole.
            let misspells = word.len() >= 5 && asked.scatters() && distance(&marked, &word) <= 2;
            prop_assert!(spells || misspells, "{:?}", marked);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Typed letter by letter and taken back, over several arenas that were bytes, one memory: what each line finds
    /// is what it finds alone in one arena, the best first, of equals the last.
    #[test]
    fn typing_finds_what_the_line_alone_finds(
        stories in prop::collection::vec(a_story(), 2..8),
        query in prop::collection::vec(asked(), 1..3),
        cut in any::<prop::sample::Index>(),
    ) {
        let line = query.iter().map(Asked::written).collect::<Vec<_>>().join(" ");
        let (older, newer) = stories.split_at(cut.index(stories.len()));
        let arenas = [older, newer].map(|part| {
            let arena = Arena::build(part.iter().map(Story::doc));
            Arena::from_bytes(arena.to_bytes().to_vec()).unwrap()
        });
        let arenas = [(0, &arenas[0]), (u32::try_from(older.len()).unwrap(), &arenas[1])];
        let memory = Memory::default();
        let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
        for &end in ends.iter().chain(ends.iter().rev()) {
            let Ok(query) = Query::parse(before(&line, end)) else { continue };
            let answer = find(&arenas, &query, &|_| "", &memory, &AtomicBool::new(false)).unwrap();
            let mut alone = hits(&stories, before(&line, end));
            let last = u32::try_from(stories.len()).unwrap() - 1;
            alone.sort_by_key(|hit| (std::cmp::Reverse(hit.rank), last - hit.doc));
            let alone: Vec<u32> = alone.iter().map(|hit| hit.doc).collect();
            let rows = answer.ordered(stories.len(), |doc| last - doc, |place| last - place);
            prop_assert_eq!(&rows[..], &alone[..], "{}", before(&line, end));
        }
    }
}
