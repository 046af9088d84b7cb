//! A quotation: who said it, where, who else carries it, what others answered.

use super::{Lead, Named, Sheet, styled};
use crate::app::strip::{Look, Strip};
use crate::app::{grouped, plural};
use crate::library::{Ordinal, Quoted, differences};
use crate::text::{Span, clip};

/// Lines of the quotation itself.
const WHOLE: usize = 24;
/// Lines of what stands around it.
const AROUND: usize = 10;
/// Lines of another quotation.
const LINES: usize = 4;
/// Answers shown.
const ANSWERS: usize = 12;

/// Lays out all that is known.
pub(super) fn lay_out(sheet: &mut Sheet<'_>, quoted: &Quoted) {
    let saying = &quoted.saying;
    let source = Strip::of(format!("  {}", sheet.source(saying.place.0)), Look::Quiet);
    sheet.saying(saying, source, WHOLE, &[]);
    speaker(sheet, quoted);
    let title = sheet.snapshot.article(saying.place.0).map(|article| article.title.clone());
    sheet.heading("In its place", String::new());
    sheet.text(&title.unwrap_or_default(), Look::Title);
    let width = sheet.width;
    sheet.strips.extend(around(sheet.snapshot, saying.place, width, AROUND));
    if !saying.others.is_empty() {
        sheet.heading("Carried too by", plural(saying.others.len(), "article"));
        for &place in &saying.others {
            let mut other = saying.clone();
            other.place = place;
            other.words = words(sheet.snapshot, place).unwrap_or_default();
            let differs = differences(&other.words, &saying.words);
            let missing = differences(&saying.words, &other.words);
            let beside = match missing.iter().map(|span| span.of(&saying.words)).collect::<Vec<_>>() {
                none if none.is_empty() && differs.is_empty() => "word for word".to_owned(),
                none if none.is_empty() => String::new(),
                words => clip(&format!("without “{}”", words.join("”, “")), width / 2).into_owned(),
            };
            let below =
                Strip::of(format!("  {}", sheet.source(place.0)), Look::Quiet).end(beside, Look::Quiet);
            sheet.saying(&other, below, LINES, &differs);
        }
    }
    if !quoted.answers.is_empty() {
        sheet.heading("Others in this story", grouped(quoted.answers.len()));
        for answer in quoted.answers.iter().take(ANSWERS) {
            let name = answer.name.clone().unwrap_or_else(|| "nobody named".to_owned());
            let below = Strip::of("  ", Look::Quiet)
                .and(name, Look::Speaker)
                .and(format!(" · {}", sheet.source(answer.place.0)), Look::Quiet);
            sheet.saying(answer, below, LINES, &[]);
        }
    }
}

fn speaker(sheet: &mut Sheet<'_>, quoted: &Quoted) {
    let saying = &quoted.saying;
    let (Some(identity), Some(name)) = (saying.speaker.clone(), saying.name.clone()) else {
        return sheet.text("— nobody is named as the speaker", Look::Quiet);
    };
    let kind = identity.kind;
    let entity = sheet.snapshot.annotations(saying.place.0).and_then(|found| {
        let speaker = found.quotes.get(saying.place.1)?.speaker?;
        found.entities.get(speaker).map(|entity| (entity.role.clone(), entity.country))
    });
    let (role, country) = entity.unwrap_or_default();
    let role = role.map(|role| format!(" · {role}")).unwrap_or_default();
    let line = Strip::of("— ", Look::Speaker).and(name.clone(), Look::Name(kind)).and(role, Look::Quiet);
    sheet.entry(Lead::Name(Named { identity, name, country }), [line]);
}

/// The words of a quotation, its parts apart by an ellipsis.
fn words(snapshot: &crate::library::Snapshot, place: (Ordinal, usize)) -> Option<String> {
    let (article, found) = (snapshot.article(place.0)?, snapshot.annotations(place.0)?);
    let parts = found.quotes.get(place.1)?.parts.iter();
    Some(parts.map(|part| part.of(&article.body).replace('\n', " ")).collect::<Vec<_>>().join(" … "))
}

/// The paragraph of a quotation with the ones before and after it, the quotation marked, on at most `most` lines each.
pub(in crate::app) fn around(
    snapshot: &crate::library::Snapshot,
    place: (Ordinal, usize),
    columns: usize,
    most: usize,
) -> Vec<Strip> {
    let (Some(article), Some(found)) = (snapshot.article(place.0), snapshot.annotations(place.0)) else {
        return Vec::new();
    };
    let Some(quote) = found.quotes.get(place.1) else { return Vec::new() };
    let (body, span) = (article.body.as_str(), quote.span());
    let head = body.get(..span.start()).unwrap_or_default();
    let tail = body.get(span.end()..).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |at| at + 1);
    let end = span.end() + tail.find('\n').unwrap_or(tail.len());
    let before = body.get(..start).unwrap_or_default().trim_end().rsplit('\n').next().unwrap_or_default();
    let after = body.get(end..).unwrap_or_default().trim_start().split('\n').next().unwrap_or_default();
    let own = body.get(start..end).unwrap_or_default().replace('\n', " ");
    let shift = |part: &Span| (Span::new(part.start() - start, part.end() - start), Look::Matched);
    let parts: Vec<(Span, Look)> =
        quote.parts.iter().filter(|part| part.start() >= start && part.end() <= end).map(shift).collect();
    let mut strips = styled(before, Look::Quiet, &[], columns, 3);
    strips.extend(styled(&own, Look::Plain, &parts, columns, most));
    strips.extend(styled(after, Look::Quiet, &[], columns, 3));
    strips.retain(|strip| !strip.left.is_empty());
    strips
}
