//! The rows of names: how many articles name them, what they said, when they were seen.

use super::{DATED, Sheet, number};
use crate::app::ask::Answer;
use crate::app::card::styled;
use crate::app::grouped;
use crate::app::strip::{Look, Strip, aligned, bar};
use crate::app::views::View;
use crate::article::{Day, Kind, Telling};
use crate::library::Named;
use crate::text::{Span, clip, width};

/// From this many columns on, bars stand with share and days as well.
const BARRED: usize = 96;
/// Columns that are kept for a name before days are told more closely, …
const NAME: usize = 18;
/// … and before they are told at all.
const SHORT: usize = 12;
/// From this on, counts are told in thousands where there is little room.
const MANY: u64 = 10_000;
/// Columns of the name beside a bar, at least and at most.
const BESIDE: (usize, usize) = (6, 22);

/// The column of the days that names were seen first and last: all rows tell them alike.
struct Seen {
    telling: Telling,
    columns: usize,
}

impl Seen {
    /// The closest telling of days between `bounds` that leaves room for names among `room` columns.
    fn fitting(bounds: (Day, Day), room: usize) -> Option<Seen> {
        let ways = Telling::ways(bounds.0, bounds.1);
        let coarsest = ways.len().saturating_sub(1);
        let mut ways = ways.into_iter().enumerate();
        ways.find_map(|(at, (telling, columns))| {
            let name = if at == coarsest { SHORT } else { NAME };
            (columns + 1 + name <= room).then_some(Seen { telling, columns })
        })
    }

    /// The days of a name; nothing of one that only articles without a date name.
    fn written(&self, named: &Named) -> String {
        let days = named.first.zip(named.last);
        let days = days.map(|(first, last)| self.telling.written(first, last)).unwrap_or_default();
        aligned(&days, self.columns + 1)
    }
}

impl Sheet<'_> {
    /// A name with its counts; `articles` are those of the filter, `spans` of the name were looked for.
    pub(super) fn name(&self, named: &Named, articles: usize, spans: &[(Span, Look)]) -> Strip {
        if self.view == View::Map {
            return self.barred(named, articles);
        }
        let code = code(named);
        let (articles_most, quotes_most) = self.widths();
        let count = aligned(&format!(" {}", self.count(named.articles)), articles_most);
        let mut end = vec![(count, Look::Plain)];
        if named.kind == Kind::Country {
            end.push((aligned(&share(named.articles, articles), SHARE), Look::Quiet));
        } else {
            let quotes = format!(" {} “", self.count(named.quotes));
            let quotes = if named.quotes > 0 { quotes } else { String::new() };
            end.push((aligned(&quotes, quotes_most), Look::Speaker));
        }
        let room = self.columns.saturating_sub(taken(&end) + width(&code));
        if let Some(seen) = self.bounds().and_then(|bounds| Seen::fitting(bounds, room)) {
            end.insert(0, (seen.written(named), Look::Quiet));
        }
        let room = self.columns.saturating_sub(taken(&end) + width(&code) + 1);
        let shown = clip(&named.name, room);
        let parts = styled(&shown, Look::Name(named.kind), spans, usize::MAX, 1);
        let line = Strip::of(code, Look::Quiet);
        let line = parts
            .into_iter()
            .flat_map(|strip| strip.left)
            .fold(line, |line, part| line.and(part.text, part.look));
        end.into_iter().fold(line, |line, (text, look)| line.end(text, look))
    }

    /// A country with a bar.
    fn barred(&self, named: &Named, articles: usize) -> Strip {
        let code = code(named);
        let mut end = vec![(aligned(&grouped(number(named.articles)), COUNT), Look::Plain)];
        if self.columns >= BARRED {
            end.push((aligned(&share(named.articles, articles), SHARE), Look::Quiet));
            if let Some(seen) = self.bounds().and_then(|bounds| Seen::fitting(bounds, self.columns / 2)) {
                end.push((seen.written(named), Look::Quiet));
            }
        }
        let room = self.columns.saturating_sub(taken(&end) + width(&code));
        let name = (room / 2).clamp(BESIDE.0, BESIDE.1);
        let shown = clip(&named.name, name).into_owned();
        let pad = " ".repeat(name.saturating_sub(width(&shown)) + 1);
        let line = Strip::of(code, Look::Quiet)
            .and(shown, Look::Name(named.kind))
            .and(pad, Look::Quiet)
            .and(bar(named.articles, self.most().0, room.saturating_sub(name + 2)), Look::Bar);
        end.into_iter().fold(line, |line, (text, look)| line.end(text, look))
    }

    /// A count, in thousands where there is little room and it is large: what stands beside the list tells it whole.
    fn count(&self, count: u64) -> String {
        if self.columns < DATED && count >= MANY {
            return format!("{}k", grouped(number((count + 500) / 1000)));
        }
        grouped(number(count))
    }

    /// Columns of the counts of articles and of quotations: those of any row.
    fn widths(&self) -> (usize, usize) {
        let (articles, quotes) = self.most();
        // "9,999" is wider than "12k".
        let widest = |most: u64| width(&self.count(most)).max(width(&self.count(most.min(MANY - 1))));
        // Where there is room, the columns stand still while the filter is typed; names need it more where there is none.
        let (least, fewest) = if self.columns >= DATED { (4, 3) } else { (2, 2) };
        (widest(articles).max(least) + 1, widest(quotes).max(fewest) + 3)
    }

    /// The largest counts of articles and of quotations among the names.
    fn most(&self) -> (u64, u64) {
        match &self.table.answer {
            Some(Answer::Names { names, .. }) => names.most(),
            _ => (0, 0),
        }
    }

    /// The days of the first article and of the last that names any of them.
    fn bounds(&self) -> Option<(Day, Day)> {
        match &self.table.answer {
            Some(Answer::Names { names, .. }) => names.bounds(),
            _ => None,
        }
    }
}

/// Columns of a count beside a bar.
const COUNT: usize = 6;
/// Columns of a share: "100 %".
const SHARE: usize = 6;

/// The code of a country, before its name.
fn code(named: &Named) -> String {
    let country = named.country.filter(|_| named.kind == Kind::Country);
    country.map(|country| format!("{country} ")).unwrap_or_default()
}

/// How many columns some texts take.
fn taken(texts: &[(String, Look)]) -> usize {
    texts.iter().map(|(text, _)| width(text)).sum()
}

/// "25 %", rounded; of what is not all, 99 at most.
fn share(part: u64, all: usize) -> String {
    let all = all.max(1) as u64;
    if part * 100 < all {
        return "<1 %".to_owned();
    }
    let rounded = (part * 100 + all / 2) / all;
    format!("{} %", if part < all { rounded.min(99) } else { 100 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(first: i32, last: i32, room: usize) -> Option<(Telling, usize)> {
        let bounds = (Day::numbered(first), Day::numbered(last));
        Seen::fitting(bounds, room).map(|seen| (seen.telling, seen.columns))
    }

    #[test]
    fn days_are_told_as_closely_as_names_leave_room() {
        // Ten years: days, months, years, nothing.
        let ways = [44, 43, 38, 37, 20, 19].map(|room| seen(16_600, 20_200, room));
        let (days, months) = (Some((Telling::Days, 25)), Some((Telling::Months, 19)));
        let years = Some((Telling::Years, 7));
        assert_eq!(ways, [days, months, months, years, years, None]);
        // One year, one month.
        assert_eq!(seen(20_100, 20_200, 20), Some((Telling::MonthsOfYear, 7)));
        assert_eq!(seen(20_101, 20_102, 22), Some((Telling::DaysOfMonth, 9)));
    }
}
