//! How well texts answer what is asked of them: BM25 (Robertson and Zaragoza 2009), reckoned as the function of that name
//! of FTS5 does, so that an index and texts that are read put articles in the same order.
//!
//! Of every word or phrase asked for: the more often an article holds it, the shorter the article is and the fewer
//! others hold it, the better. What must not be there does not count.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::expression::{Expression, near};
use super::find::aside;
use super::passage::{Buffers, Passage};
use super::query::{Condition, Query, Term};
use crate::text::push_terms;

/// What a word of the title weighs; one of the text weighs 1.
pub const TITLE_WEIGHT: f64 = 10.0;

/// How soon more of the same word counts for no more, and how much the length of an article counts.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Of a word that half of all articles hold.
const LEAST: f64 = 1e-6;

/// Articles that are read between two looks at the flag.
const STRIDE: usize = 256;

impl Query {
    /// All that it asks of texts, but for what must not be there; `None` when that is nothing.
    pub fn asked_of_texts(&self) -> Option<Expression> {
        fn collect(terms: &[Term], asked: &mut Vec<Expression>) {
            for term in terms.iter().filter(|term| !term.negated) {
                match &term.condition {
                    Condition::Text(expression) => asked.push(expression.wanted()),
                    Condition::All(terms) => collect(terms, asked),
                    _ => {}
                }
            }
        }
        let mut asked = Vec::new();
        collect(self.terms(), &mut asked);
        if asked.len() > 1 { Some(Expression::All(asked)) } else { asked.pop() }
    }
}

impl Expression {
    /// Without what must not be there.
    fn wanted(&self) -> Expression {
        let all = |parts: &[Expression]| parts.iter().map(Expression::wanted).collect();
        match self {
            Expression::Passage(_) | Expression::Near(..) => self.clone(),
            Expression::All(parts) => Expression::All(all(parts)),
            Expression::Any(parts) => Expression::Any(all(parts)),
            Expression::Without(wanted, _) => wanted.wanted(),
        }
    }

    /// Counts its words and phrases in the texts that were read, title and body, in the order of
    /// [`Expression::passages`]; whether they answer it. Of a part that is not answered nothing counts.
    fn count(&self, texts: &mut [Buffers; 2], counts: &mut Vec<Count>) -> bool {
        let begun = counts.len();
        let mut answered = false;
        match self {
            Expression::Passage(passage) => {
                let found = texts.each_mut().map(|text| passage.places(text).0.len());
                counts.push(Count::of(found, [true; 2]));
                return found != [0, 0];
            }
            Expression::Near(passages, most) => {
                let near = texts.each_mut().map(|text| near(passages, *most, text));
                for passage in passages {
                    counts.push(Count::of(texts.each_mut().map(|text| passage.places(text).0.len()), near));
                }
                return near != [false; 2];
            }
            Expression::All(parts) => {
                answered = true;
                parts.iter().for_each(|part| answered &= part.count(texts, counts));
            }
            Expression::Any(parts) => parts.iter().for_each(|part| answered |= part.count(texts, counts)),
            Expression::Without(wanted, _) => answered = wanted.count(texts, counts),
        }
        if !answered {
            counts.iter_mut().skip(begun).for_each(|count| count.weighed = 0.0);
        }
        answered
    }
}

/// What an article holds of a word or phrase.
#[derive(Debug, Clone, Copy)]
struct Count {
    /// How often, in the title as often as that weighs.
    weighed: f64,
    is_there: bool,
}

impl Count {
    fn of([title, body]: [usize; 2], counted: [bool; 2]) -> Count {
        let [in_title, in_body] = counted.map(|counted| f64::from(u8::from(counted)));
        let weighed = in_title * TITLE_WEIGHT * title as f64 + in_body * body as f64;
        Count { weighed, is_there: title + body > 0 }
    }
}

/// How well each of `count` articles answers, of which `texts` tells title and body; 0 where one does not. `None` once
/// `cancelled` is set.
pub fn relevance<'t>(
    asked: &Expression,
    count: usize,
    texts: impl Fn(usize) -> (&'t str, &'t str) + Sync,
    cancelled: &AtomicBool,
) -> Option<Vec<f64>> {
    let passages: Vec<&Passage> = asked.passages();
    let read = |from: usize| -> Option<Vec<(f64, Vec<Count>)>> {
        let (mut buffers, mut terms) = ([Buffers::default(), Buffers::default()], String::new());
        let mut read = |at: usize| {
            let (title, body) = texts(at);
            terms.clear();
            push_terms(title, &mut terms);
            push_terms(body, &mut terms);
            let [of_title, of_body] = &mut buffers;
            of_title.read(title);
            of_body.read(body);
            let mut counts = Vec::with_capacity(passages.len());
            asked.count(&mut buffers, &mut counts);
            (memchr::memchr_iter(b' ', terms.as_bytes()).count() as f64, counts)
        };
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        Some((from..count.min(from + STRIDE)).map(&mut read).collect())
    };
    let starts: Vec<usize> = (0..count).step_by(STRIDE).collect();
    let articles: Option<Vec<_>> = aside(|| starts.into_par_iter().map(read).collect());
    let articles: Vec<(f64, Vec<Count>)> = articles?.into_iter().flatten().collect();
    let all = count as f64;
    let usual = articles.iter().map(|(length, _)| length).sum::<f64>() / all;
    let rarities: Vec<f64> = (0..passages.len())
        .map(|at| {
            let holds = |(_, counts): &&(f64, Vec<Count>)| counts.get(at).is_some_and(|count| count.is_there);
            let many = articles.iter().filter(holds).count() as f64;
            Some(((all - many + 0.5) / (many + 0.5)).ln()).filter(|&rarity| rarity > 0.0).unwrap_or(LEAST)
        })
        .collect();
    let score = |(length, counts): (f64, Vec<Count>)| {
        let long = K1 * (1.0 - B + B * length / usual);
        let parts = counts.iter().zip(&rarities);
        parts.map(|(count, rarity)| rarity * (count.weighed * (K1 + 1.0) / (count.weighed + long))).sum()
    };
    Some(articles.into_iter().map(score).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_weighs_more_and_a_long_text_less() {
        let long = "kapal ".repeat(3) + &"lain ".repeat(300);
        let texts = [
            ("Rapat", "Kapal itu tiba."),
            ("Kapal tiba", "Rapat ditunda."),
            ("Rapat", "Kapal itu kapal besar."),
            ("Rapat", long.as_str()),
            ("Hujan", "Banjir di kota."),
            ("Hujan", "Banjir di desa."),
            ("Panen", "Padi di sawah."),
            ("Panen", "Jagung di ladang."),
            ("Pasar", "Harga beras naik."),
        ];
        let scores = |line: &str| {
            let asked = Query::parse(line).unwrap().asked_of_texts().unwrap();
            relevance(&asked, texts.len(), |at| texts[at], &AtomicBool::new(false)).unwrap()
        };
        let best = |line: &str| {
            let scores = scores(line);
            let mut places: Vec<usize> = (0..texts.len()).filter(|&at| scores[at] > 0.0).collect();
            places.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            places
        };
        assert_eq!(best("text:kapal"), [1, 2, 0, 3]);
        assert_eq!(best("text:(kapal NOT rapat)"), [1, 2, 0, 3], "what must not be there does not count");
        assert_eq!(best("text:(kapal AND besar)"), [2]);
        assert_eq!(best("\"kapal besar\" text:rapat"), [2]);
        // By hand: 4 of 9 hold it; 3 of the 9 × 4 and 303 terms.
        let usual = [4.0, 4.0, 5.0, 304.0, 4.0, 4.0, 4.0, 4.0, 4.0].iter().sum::<f64>() / 9.0;
        let by_hand = (5.5f64 / 4.5).ln() * (1.0 * 2.2) / (1.0 + 1.2 * (0.25 + 0.75 * 4.0 / usual));
        assert!((scores("text:kapal")[0] - by_hand).abs() < 1e-12);
        assert!(Query::parse("kapal !text:rapat").unwrap().asked_of_texts().is_none());
    }
}
