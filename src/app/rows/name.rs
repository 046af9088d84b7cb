//! The rows of names: how many articles name them, what they said, when they were seen.

use super::{DATED, Sheet, number};
use crate::app::ask::Answer;
use crate::app::card::styled;
use crate::app::grouped;
use crate::app::strip::{Look, Strip, aligned, bar};
use crate::app::views::{Order, View};
use crate::article::{Day, Kind, Telling};
use crate::library::Named;
use crate::text::{Span, clip, width};

/// From this many columns on, bars stand with share and days as well.
const BARRED: usize = 96;
/// Columns that are kept for a name before days are told whole, before months are, and before anything is told at all.
const NAMES: [usize; 3] = [24, 18, 12];
/// From this on, counts are told in thousands where there is little room.
const MANY: u64 = 1000;
/// Columns of the name beside a bar, at least and at most.
const BESIDE: (usize, usize) = (6, 22);

/// The column of the days that names were seen first and last: all rows tell them alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    telling: Telling,
    columns: usize,
}

impl Seen {
    /// The closest telling of days between `bounds` that leaves room for names among `room` columns; in the order of the
    /// last day at least that.
    fn fitting(bounds: (Day, Day), order: Option<Order>, room: usize) -> Option<Seen> {
        let mut ways = Telling::ways(bounds.0, bounds.1);
        if order == Some(Order::Latest) {
            ways.truncate(1);
            ways.push((Telling::Last, Telling::LAST));
        }
        let coarsest = ways.len().saturating_sub(1);
        let name = |at: usize| NAMES.get(if at == coarsest { 2 } else { at }).copied().unwrap_or(0);
        let mut ways = ways.into_iter().enumerate();
        let found = ways.find(|&(at, (_, columns))| columns + 1 + name(at) <= room);
        found.map(|(_, (telling, columns))| Seen { telling, columns })
    }

    /// The days of a name; nothing of one that only articles without a date name.
    fn written(self, named: &Named) -> String {
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
        if let Some(seen) = self.seen() {
            end.insert(0, (seen.written(named), Look::Quiet));
        }
        // Each of the columns begins with a space.
        let shown = clip(&named.name, self.columns.saturating_sub(taken(&end) + width(&code)));
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
            if let Some(seen) = self.seen() {
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
        if self.columns >= DATED || count < MANY {
            return grouped(number(count));
        }
        let hundreds = (count + 50) / 100;
        if hundreds < 100 {
            return format!("{}.{}k", hundreds / 10, hundreds % 10);
        }
        format!("{}k", grouped(number((count + 500) / 1000)))
    }

    /// Columns of the counts of articles and of quotations: those of any row.
    fn widths(&self) -> (usize, usize) {
        let (articles, quotes) = self.most();
        // "9.9k" is wider than "12k".
        let widest = |most: u64| width(&self.count(most)).max(width(&self.count(most.min(MANY))));
        // Where there is room, the columns stand still while the filter is typed; names need it more where there is none.
        let (least, fewest) = if self.columns >= DATED { (4, 3) } else { (2, 2) };
        (widest(articles).max(least) + 1, widest(quotes).max(fewest) + 3)
    }

    /// How the days are told: in all rows alike, by what the list has room for.
    fn seen(&self) -> Option<Seen> {
        let Some(Answer::Names { names, .. }) = &self.table.answer else { return None };
        let (articles, quotes) = self.widths();
        let taken = match self.view {
            View::Map => COUNT + SHARE + self.columns / 2,
            View::Countries => CODE + articles + SHARE,
            _ => articles + quotes,
        };
        Seen::fitting(names.bounds()?, self.order, self.columns.saturating_sub(taken))
    }

    /// The year that the days of all rows are of, where no row tells it.
    pub(super) fn year(&self) -> Option<String> {
        let Some(Answer::Names { names, .. }) = &self.table.answer else { return None };
        let (first, last) = names.bounds()?;
        let seen = self.seen().filter(|_| self.view != View::Map)?;
        seen.telling.is_without_year().then(|| Telling::Years.written(first, last))
    }

    /// The largest counts of articles and of quotations among the names.
    fn most(&self) -> (u64, u64) {
        match &self.table.answer {
            Some(Answer::Names { names, .. }) => names.most(),
            _ => (0, 0),
        }
    }
}

/// Columns of a count beside a bar.
const COUNT: usize = 6;
/// Columns of a share: "100 %".
const SHARE: usize = 6;

/// Columns of the code of a country, with the space behind it.
const CODE: usize = 3;

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

    fn seen(first: i32, last: i32, order: Order, room: usize) -> Option<(Telling, usize)> {
        let bounds = (Day::numbered(first), Day::numbered(last));
        Seen::fitting(bounds, Some(order), room).map(|seen| (seen.telling, seen.columns))
    }

    #[test]
    fn days_are_told_as_closely_as_names_leave_room() {
        // Ten years: days, months, years, nothing.
        let ways = [50, 49, 38, 37, 20, 19].map(|room| seen(16_600, 20_200, Order::Most, room));
        let (days, months) = (Some((Telling::Days, 25)), Some((Telling::Months, 19)));
        let years = Some((Telling::Years, 7));
        assert_eq!(ways, [days, months, months, years, years, None]);
        // One year, one month.
        assert_eq!(seen(20_100, 20_200, Order::Most, 20), Some((Telling::MonthsOfYear, 7)));
        assert_eq!(seen(20_101, 20_102, Order::Most, 22), Some((Telling::DaysOfMonth, 9)));
        // What rows stand in the order of is told.
        let ways = [50, 49, 24, 23].map(|room| seen(16_600, 20_200, Order::Latest, room));
        assert_eq!(ways, [days, Some((Telling::Last, 11)), Some((Telling::Last, 11)), None]);
    }
}
