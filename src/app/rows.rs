//! The rows of the lists beside that of the articles, as lines ready to be drawn.

mod missed;
mod name;

use super::ask::{Answer, Step, index_name, step_name};
use super::card::{around, styled};
use super::strip::{Look, Strip, bar, wrapped};
use super::views::{Order, Table, View, Views};
use super::{Shelf, grouped, plural};
use crate::article::{Day, Grain};
use crate::library::{Missed, Named, Saying};
use crate::search::{Name, Query, called};
use crate::text::{Span, clip, width};

/// From this many columns on, there is room for dates and for columns that stand still.
const DATED: usize = 44;
/// Columns of a date: "12 Jul 2025".
const DATE: usize = 11;
/// Lines of a quotation's surroundings.
const AROUND: usize = 8;

/// A list while it is laid out.
pub(super) struct Sheet<'a> {
    pub(super) view: View,
    pub(super) order: Option<Order>,
    pub(super) table: &'a Table,
    pub(super) shelf: &'a Shelf,
    pub(super) columns: usize,
    /// Whether the selected quotation is shown with what stands around it.
    pub(super) context: bool,
}

impl Sheet<'_> {
    /// How many lines a row takes.
    pub(super) fn height(&self, row: usize) -> usize {
        if self.view == View::Quotes { self.lines(row, &Query::default()).len() } else { 1 }
    }

    /// The lines of a row; `find` is what is looked for.
    pub(super) fn lines(&self, row: usize, find: &Query) -> Vec<Strip> {
        let lines = match &self.table.answer {
            Some(Answer::Names { articles, .. }) => self
                .table
                .named(row)
                .map(|named| vec![self.name(&named, *articles, &looked_for(&named, find))])
                .unwrap_or_default(),
            Some(Answer::Missed { missed, .. }) => {
                let line = |own: &Missed| vec![self.missed(own, missed, &looked_for(&own.named, find))];
                self.table.missed(row).map(line).unwrap_or_default()
            }
            Some(Answer::Sayings { .. }) => {
                self.table.saying(row).map(|saying| self.saying(row, saying)).unwrap_or_default()
            }
            Some(Answer::Steps { steps, shown, grain, .. }) => {
                let most = steps.iter().map(|step| step.articles.max(step.under)).max().unwrap_or(0);
                let step = shown.get(row).and_then(|&at| steps.get(at as usize)).copied();
                step.map(|step| vec![self.step(step, *grain, most, find)]).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        lines.into_iter().map(|line| if line.entry.is_none() { line.at(row) } else { line }).collect()
    }

    /// A quotation on two lines, under the title of its story where that begins.
    fn saying(&self, row: usize, saying: &Saying) -> Vec<Strip> {
        let mut lines = Vec::new();
        if let Some(Answer::Sayings { sayings, .. }) = &self.table.answer
            && self.order == Some(Order::Story)
        {
            let above = row.checked_sub(1).and_then(|row| self.table.saying(row)).map(|saying| saying.story);
            let story = sayings.stories.get(saying.story).filter(|_| above != Some(saying.story));
            if let Some(story) = story {
                let title = story.rows.first().and_then(|&row| self.shelf.snapshot.article(row));
                let title = title.map(|article| article.title.clone()).unwrap_or_default();
                let many =
                    if story.rows.len() > 1 { plural(story.rows.len(), "article") } else { String::new() };
                // The heading is nobody's entry: it is not what is selected.
                lines.push(Strip { entry: Some(usize::MAX), ..Strip::heading(&title, many) });
            }
        }
        let selected = row == self.table.cursor.selected;
        let room = self.columns.saturating_sub(2);
        if selected && self.context {
            lines.extend(around(&self.shelf.snapshot, saying.place, self.columns, AROUND));
        } else {
            let words = clip(&saying.words, room).into_owned();
            lines.push(Strip::of(words, Look::Plain).barred(saying.kind));
        }
        let article = self.shelf.snapshot.article(saying.place.0);
        let mut outlets: Vec<String> = Vec::new();
        for (row, _) in saying.carried() {
            let outlet = self.shelf.snapshot.article(row).and_then(|article| article.outlet.clone());
            outlets.extend(outlet.filter(|outlet| !outlets.contains(outlet)));
        }
        let day = article.and_then(|article| article.published).map(|published| Day::of(published).written());
        let speaker = saying.name.clone().unwrap_or_else(|| "—".to_owned());
        // How many carry it stands before who: they may not all find room.
        let times = Some(format!("{}×", saying.others.len() + 1)).filter(|_| !saying.others.is_empty());
        let outlets = Some(outlets.join(", ")).filter(|outlets| !outlets.is_empty());
        let carried: String = times.into_iter().chain(outlets).map(|part| format!(" · {part}")).collect();
        lines.push(
            Strip::of("  ", Look::Quiet)
                .and(speaker, Look::Speaker)
                .and(carried, Look::Quiet)
                .end(day.map(|day| format!(" {day}")).unwrap_or_default(), Look::Quiet),
        );
        lines
    }

    /// A step of time with its bar.
    fn step(&self, step: Step, grain: Grain, most: u64, find: &Query) -> Strip {
        let name = step_name(step.from, grain);
        let compared = self.table_is_compared();
        let count = if compared {
            format!("{} / {}", grouped(number(step.articles)), grouped(number(step.under)))
        } else {
            grouped(number(step.articles))
        };
        let room = self.columns.saturating_sub(DATE + 2 + if compared { 14 } else { 7 });
        let (over, under) = (bar(step.articles, most, room), bar(step.under, most, room));
        let before = DATE.saturating_sub(width(&name.name));
        let label = styled(&name.name, Look::Quiet, &spans_of(&name, find), usize::MAX, 1);
        let mut line = label
            .into_iter()
            .flat_map(|strip| strip.left)
            .fold(Strip::of(" ".repeat(before), Look::Quiet), |line, part| line.and(part.text, part.look))
            .and(" ", Look::Quiet);
        if compared {
            // The longer of the two shows behind the shorter one.
            let kept = width(&over);
            let rest: String = under.chars().skip(kept).map(|_| '░').collect();
            line = line.and(over, Look::Bar).and(rest, Look::Under);
        } else {
            line = line.and(over, Look::Bar);
        }
        line.end(if step.articles + step.under > 0 { count } else { "·".to_owned() }, Look::Plain)
    }

    fn table_is_compared(&self) -> bool {
        matches!(&self.table.answer, Some(Answer::Steps { steps, .. }) if steps.iter().any(|step| step.under > 0))
    }
}

/// The letters of a name that were looked for.
fn looked_for(named: &Named, find: &Query) -> Vec<(Span, Look)> {
    spans_of(&index_name(named), find)
}

fn spans_of(name: &Name, find: &Query) -> Vec<(Span, Look)> {
    let hits = if find.is_empty() { None } else { called(find, name) };
    let hits = hits.into_iter().flatten().filter(|hit| hit.name == name.name);
    hits.flat_map(|hit| hit.spans).map(|span| (span, Look::Matched)).collect()
}

/// What the list is, how many rows it has and in what order.
pub(super) fn head(views: &Views, shelf: &Shelf, columns: usize) -> Strip {
    let (Some(table), Some(order)) = (views.table(), views.order()) else { return Strip::default() };
    let (rows, all) = (table.len(), table.answer.as_ref().map_or(0, all));
    let against = views.against.as_ref().filter(|_| views.now == View::Timeline);
    let count = match &table.answer {
        None => String::new(),
        // What is compared matters more than in how many steps.
        Some(Answer::Steps { .. }) if against.is_some() => String::new(),
        Some(Answer::Steps { grain, .. }) if rows < all => {
            format!(" {} of {}", grouped(rows), plural(all, grain.noun()))
        }
        Some(Answer::Steps { grain, .. }) => format!(" {}", plural(rows, grain.noun())),
        Some(_) if rows < all => format!(" {} of {}", grouped(rows), grouped(all)),
        Some(_) => format!(" {}", grouped(rows)),
    };
    let find = table.find.value();
    let find = if find.is_empty() { String::new() } else { format!(" “{find}” ") };
    let so_far = if shelf.annotating().is_some() || table.asking.is_asking() { "…" } else { "" };
    if let Some(Answer::Missed { missed, .. }) = table.answer.as_ref().filter(|_| rows > 0) {
        return missed::head(missed, columns, &count, find, so_far);
    }
    let mut said = Vec::new();
    if let Some(against) = against {
        said.push(format!("█ filter ░ {}", if against.is_empty() { "all" } else { against.source() }));
    }
    match &table.answer {
        Some(Answer::Steps { undated, .. }) if *undated > 0 => {
            said.push(format!("{} undated", grouped(number(*undated))));
        }
        Some(Answer::Sayings { sayings, .. }) => {
            said.extend(sayings.cut.map(|cut| format!("first {}", plural(cut, "article"))));
        }
        Some(Answer::Names { .. }) => {
            let sheet = Sheet { view: views.now, order: Some(order), table, shelf, columns, context: false };
            said.extend(sheet.year());
        }
        _ => {}
    }
    // The order comes last: a key told it, and it may be cut.
    said.push(order.said().to_owned());
    Strip::of(views.now.title(), Look::Title)
        .and(count, Look::Title)
        .and(format!(" · {}", said.join(" · ")), Look::Quiet)
        .end(find, Look::Matched)
        .end(so_far, Look::Quiet)
}

/// How many rows there are before anything is looked for among them.
fn all(answer: &Answer) -> usize {
    match answer {
        Answer::Names { names, .. } => names.len(),
        Answer::Missed { missed, .. } => missed.len(),
        Answer::Sayings { sayings, .. } => sayings.list.len(),
        Answer::Steps { steps, .. } => steps.len(),
        _ => 0,
    }
}

/// What is said where there is nothing at all, and what to do.
pub const NO_ARTICLES: (&str, &str) = ("no articles here", "petik FILE… or petik FOLDER opens yours");

/// Why there are no rows, and what to do.
pub(super) fn empty(
    views: &Views,
    shelf: &Shelf,
    (filtered, has_articles): (bool, bool),
    columns: usize,
) -> Vec<Strip> {
    let Some(table) = views.table() else { return Vec::new() };
    let find = table.find.value();
    let what = match views.now {
        View::Quotes => "quotations",
        View::Timeline => "dates",
        View::Map => "countries",
        view => view.title(),
    };
    let lines = if !find.is_empty() && table.answer.as_ref().is_some_and(|answer| all(answer) > 0) {
        [format!("no {what} answer to “{find}”"), "Esc shows all, f looks for others".to_owned()]
    } else if table.answer.is_none() || table.asking.is_asking() {
        ["counting …".to_owned(), String::new()]
    } else if shelf.annotating().is_some() && views.now != View::Timeline {
        [format!("no {what} so far: names are still being marked"), "they come by themselves".to_owned()]
    } else if views.order() == Some(Order::Missed) && !filtered {
        [
            "nothing is left out: these are all articles".to_owned(),
            "/ narrows them, outlet:… to those of one outlet".to_owned(),
        ]
    } else if views.order() == Some(Order::Missed) && has_articles {
        [
            "nothing is left out: each country that all articles name stands in these at least half as often"
                .to_owned(),
            "s shows those they name".to_owned(),
        ]
    } else if filtered {
        [format!("no {what} in what the filter leaves"), "/ changes the filter, Esc clears it".to_owned()]
    } else if shelf.snapshot.is_empty() {
        [NO_ARTICLES.0.to_owned(), NO_ARTICLES.1.to_owned()]
    } else {
        [format!("no {what} in these articles"), "1 lists the articles".to_owned()]
    };
    lines.iter().flat_map(|line| wrapped(line, columns, 4, Look::Quiet)).collect()
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
