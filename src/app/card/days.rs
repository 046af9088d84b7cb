//! What some days are about.

use super::{Lead, Named, Sheet};
use crate::app::line::between;
use crate::app::strip::{Look, Strip};
use crate::app::views::View;
use crate::app::{grouped, plural};
use crate::article::{Day, Kind};
use crate::library::{Digest, Story};

/// Names of a kind that are shown.
const NAMES: usize = 6;
/// Stories that stand before the names, so that both are seen on a low screen.
const FIRST: usize = 3;

/// Lays out the stories and names of the days.
pub(super) fn lay_out(sheet: &mut Sheet<'_>, written: &str, digest: &Digest, (from, until): (Day, Day)) {
    sheet.text(written, Look::Title);
    let articles = usize::try_from(digest.articles).unwrap_or(usize::MAX);
    if articles == 0 {
        return sheet.text("No article of the filter in these days.", Look::Quiet);
    }
    let line = Strip::of(plural(articles, "article"), Look::Quiet);
    sheet.entry(Lead::View(View::Articles, between(from, until)), [line]);
    // One more is not put behind all the names.
    let first = if digest.stories.len() == FIRST + 1 { FIRST + 1 } else { FIRST };
    let (first, others) = digest.stories.split_at_checked(first).unwrap_or((&digest.stories, &[]));
    stories(sheet, "Stories", first);
    for kind in Kind::ALL {
        let mut named = digest.names.iter().filter(|named| named.kind == kind).take(NAMES).peekable();
        if named.peek().is_none() {
            continue;
        }
        let title = match kind {
            Kind::Person => "People",
            Kind::Country => "Countries",
            Kind::Place => "Places",
            Kind::Organisation => "Organisations",
        };
        sheet.heading(title, "articles".to_owned());
        for named in named {
            let count = grouped(usize::try_from(named.articles).unwrap_or(usize::MAX));
            let line = Strip::of(named.name.clone(), Look::Name(kind)).end(count, Look::Plain);
            let lead =
                Named { identity: named.identity.clone(), name: named.name.clone(), country: named.country };
            sheet.entry(Lead::Name(lead), [line]);
        }
    }
    stories(sheet, "More stories", others);
}

fn stories(sheet: &mut Sheet<'_>, title: &str, stories: &[Story]) {
    if stories.is_empty() {
        return;
    }
    sheet.heading(title, String::new());
    for story in stories {
        if let Some(&row) = story.rows.first() {
            let many = (story.rows.len() > 1).then(|| plural(story.rows.len(), "article"));
            sheet.article(row, many);
        }
    }
}
