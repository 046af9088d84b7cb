//! Whatever comes in: an answer, no panic, and spans that fit the text.

use petik::annotate::annotate;
use petik::article::{Annotations, Article};
use petik::load::{self, Event, Source};
use petik::text::Span;
use proptest::prelude::*;
use std::borrow::Cow;
use std::ops::ControlFlow;

fn load(name: &str, bytes: Vec<u8>) -> Vec<Article> {
    let mut articles = Vec::new();
    let source = Source::Memory { name: name.to_owned(), bytes: Cow::Owned(bytes) };
    load::load(&[source], &mut |event| {
        if let Event::Loaded(loaded) = event {
            articles.push(loaded.article);
        }
        ControlFlow::Continue(())
    });
    articles
}

/// Every span of `found` lies on characters of the article, mentions and quotations in order.
pub(crate) fn fits(article: &Article, found: &Annotations) -> Result<(), TestCaseError> {
    let holds = |text: &str, span: Span| text.get(span.range()).is_some_and(|part| !part.is_empty());
    for entity in &found.entities {
        for mention in &entity.mentions {
            prop_assert!(holds(&article.body, mention.span), "{:?} in {:?}", mention.span, article.body);
        }
        for mention in &entity.title_mentions {
            prop_assert!(holds(&article.title, mention.span));
        }
        prop_assert!(entity.mentions.is_sorted_by_key(|mention| mention.span.start));
        prop_assert!(!entity.name.is_empty() && !entity.id.is_empty());
    }
    for quote in &found.quotes {
        prop_assert!(!quote.parts.is_empty());
        for span in quote.parts.iter().copied().chain(quote.cue) {
            prop_assert!(holds(&article.body, span));
        }
        prop_assert!(quote.parts.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let known = |entity: Option<usize>| entity.is_none_or(|entity| entity < found.entities.len());
        prop_assert!(known(quote.speaker) && known(quote.relay));
    }
    let frame = [found.dateline.as_ref().map(|it| it.span), found.credit.as_ref().map(|it| it.span)];
    for span in frame.into_iter().flatten() {
        prop_assert!(holds(&article.body, span));
    }
    Ok(())
}

fn check(article: &Article) -> Result<(), TestCaseError> {
    prop_assert!(!article.title.is_empty());
    let clean = |text: &str| text.chars().all(|c| c == '\n' || !c.is_control());
    prop_assert!(clean(&article.title) && clean(&article.body));
    let found = annotate(article);
    fits(article, &found)?;
    prop_assert_eq!(annotate(article), found);
    Ok(())
}

/// Words that rules look for, and characters that have hurt parsers.
const NEWS: &str = "(“|”|\"|«|»|„|'|’|\n\n|\n|, |\\. | |-|kata |ujarnya|said |Menteri |Presiden |Ingrid |Solheim |AS |\
    US |Korea |menurut |according to |Jakarta |PBB |Kementerian |é|李|👍🏽|e\u{301}|\u{200d}|ia |she |\\(|\\)|12|Sumber : |/){0,60}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "a\\.(json|jsonl|txt|md|bin)") {
        for article in load(&name, bytes) {
            check(&article)?;
        }
    }

    #[test]
    fn any_json_is_answered(text in "([\\[\\]{},:]|\"(title|body|text|content|date|url|id)\"|\"[a-z<>&; ]{0,8}\"|-?[0-9]{1,20}|null|true| |\n){0,40}") {
        for article in load("a.json", text.into_bytes()) {
            check(&article)?;
        }
    }

    #[test]
    fn any_text_is_annotated(title in NEWS, body in NEWS) {
        check(&Article::new(&format!("x{title}"), &body))?;
    }
}
