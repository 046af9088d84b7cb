//! The rows of the pane: what is on the line first, then what most articles have, as many of each group as fit.

use super::{Facets, Group, Row};
use crate::app::grouped;
use crate::app::line::is_same;
use crate::app::strip::{Look, Strip, aligned, bar, wrapped};
use crate::search::Query;
use crate::text::{clip, pad, width};

/// Every group shows at least so many, before others show more.
const FEWEST: usize = 3;

/// Columns of the sign of what is on the line.
const SIGN: usize = 2;

impl Facets {
    /// Puts the rows in order for `height` lines of `columns` columns, and lays out those in view. One stays on the row
    /// one stood on, once one has moved.
    pub(in crate::app) fn settle(&mut self, query: &Query, columns: usize, height: usize, waits: bool) {
        let stood = self.current().filter(|_| self.cursor.moved).cloned();
        self.choose(query, height);
        match stood.and_then(|stood| self.rows.iter().position(|row| row.is_like(&stood))) {
            Some(at) => self.cursor.selected = at,
            None if !self.cursor.moved => self.cursor.selected = 0,
            None => {}
        }
        let mut cursor = self.cursor;
        cursor.settle(self.rows.len(), height, |row| 1 + self.above(row));
        self.cursor = cursor;
        self.window = if self.rows.is_empty() {
            let said = match (waits || !self.counted, query.is_empty()) {
                (true, _) => "counting …",
                (_, false) => "no articles, nothing to narrow: / changes the filter, Esc clears it",
                (_, true) => "nothing to narrow by: F goes back",
            };
            wrapped(said, columns.saturating_sub(1), 4, Look::Quiet)
        } else {
            (cursor.top..self.rows.len()).flat_map(|row| self.lines(row, columns)).take(height).collect()
        };
    }

    /// Chooses the rows: all that are on the line, and as many others as fit.
    fn choose(&mut self, query: &Query, height: usize) {
        let on = |row: &Row| query.terms().iter().any(|term| !term.negated && is_same(term, &row.term));
        let wanted = query.terms().iter().filter(|term| !term.negated);
        let others = wanted
            .filter_map(|term| Row::of_line(query, term))
            .filter(|row| !self.known.iter().any(|known| known.is_like(row)));
        let mut all: Vec<Row> = others.collect();
        all.extend(self.known.iter().map(|row| Row { on: on(row), ..row.clone() }));
        let groups = Group::ALL.map(|group| {
            let mut own: Vec<&Row> = all.iter().filter(|row| row.group == group).collect();
            own.sort_by_key(|row| !row.on);
            own
        });
        let shares = shares(&groups.each_ref().map(Vec::len), height);
        let chosen = groups.iter().zip(shares).flat_map(|(own, share)| {
            let on = own.iter().filter(|row| row.on).count();
            own.iter().take(share.max(on)).map(|row| (*row).clone())
        });
        self.rows = chosen.collect();
    }

    /// Lines above a row: the heading of its group, and the gap before that.
    fn above(&self, row: usize) -> usize {
        let group = |row: usize| self.rows.get(row).map(|row| row.group);
        match row.checked_sub(1) {
            None => 1,
            Some(before) if group(before) != group(row) => 2,
            Some(_) => 0,
        }
    }

    fn lines(&self, at: usize, columns: usize) -> Vec<Strip> {
        let Some(row) = self.rows.get(at) else { return Vec::new() };
        let mut lines = Vec::new();
        let above = self.above(at);
        if above > 1 {
            lines.push(Strip::default());
        }
        if above > 0 {
            let distinct = self.distinct.iter().find(|(group, _)| *group == row.group);
            let distinct = distinct.map(|(_, many)| *many).filter(|&many| many > 0);
            lines.push(Strip::heading(row.group.title(), distinct.map(grouped).unwrap_or_default()));
        }
        lines.push(self.line(row, columns).at(at));
        lines
    }

    /// "✓ NO Norwegia  ▆▆▆  12".
    fn line(&self, row: &Row, columns: usize) -> Strip {
        let counts = |row: &Row| grouped(number(row.articles));
        let count = self.rows.iter().map(|row| width(&counts(row))).max().unwrap_or(1);
        let most = self.rows.iter().filter(|other| other.group == row.group);
        let most = most.filter_map(|row| row.articles).max().unwrap_or(0);
        let code = row.code().map(|code| format!("{code} ")).unwrap_or_default();
        // A space before the bar and one before the count.
        let room = columns.saturating_sub(SIGN + count + 2);
        let bars = (room / 5).clamp(3, 20).min(room);
        let name = room.saturating_sub(bars + width(&code));
        let sign = if row.on { "✓ " } else { "  " };
        let look = row.named.as_ref().map_or(Look::Plain, |named| Look::Name(named.identity.kind));
        let shown = clip(&row.name, name).into_owned();
        let gap = " ".repeat(name.saturating_sub(width(&shown)) + 1);
        Strip::of(sign, Look::Heading)
            .and(code, Look::Quiet)
            .and(shown, look)
            .and(gap, Look::Plain)
            .and(pad(&bar(row.articles.unwrap_or(0), most, bars), bars), Look::Bar)
            .end(
                row.articles.map_or_else(|| aligned("·", count), |_| aligned(&counts(row), count)),
                Look::Plain,
            )
    }
}

/// How many rows each group shows on `height` lines: a few of each, then one more of each in turn.
fn shares(needs: &[usize; 5], height: usize) -> [usize; 5] {
    let groups = needs.iter().filter(|&&need| need > 0).count();
    let mut room = height.saturating_sub((groups * 2).saturating_sub(1));
    let mut shares = needs.map(|need| need.min(FEWEST));
    room = room.saturating_sub(shares.iter().sum());
    while room > 0 && shares != *needs {
        for (share, &need) in shares.iter_mut().zip(needs) {
            if *share < need && room > 0 {
                *share += 1;
                room -= 1;
            }
        }
    }
    shares
}

fn number(count: Option<u64>) -> usize {
    usize::try_from(count.unwrap_or(0)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_shows_a_few_and_the_rest_is_shared() {
        assert_eq!(shares(&[40, 40, 40, 2, 40], 10), [3, 3, 3, 2, 3], "they are scrolled");
        assert_eq!(shares(&[40, 40, 40, 2, 40], 36), [7, 6, 6, 2, 6]);
        assert_eq!(shares(&[0, 2, 0, 1, 0], 36), [0, 2, 0, 1, 0]);
    }
}
