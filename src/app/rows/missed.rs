//! The rows of what the articles of the filter leave out: how many name it, how many would be expected to, how many of
//! all do.

use super::{DATED, Sheet, number};
use crate::app::grouped;
use crate::app::strip::{Look, Strip, aligned};
use crate::article::Kind;
use crate::library::Missed;
use crate::text::{Span, clip, width};

/// From this many columns on, the measure that orders them stands beside them.
const MEASURED: usize = 50;

/// The columns of numbers, from the left: what stands above each, and how wide it is.
struct Columns(Vec<(&'static str, usize)>);

impl Columns {
    /// As many as there is room for in a list of `columns` columns, as wide as the greatest numbers take.
    fn of(missed: &[Missed], columns: usize) -> Columns {
        let titles: &[&str] = if columns >= MEASURED {
            &["here", "expected", "in all", "G²"]
        } else if columns >= DATED {
            &["here", "expected", "in all"]
        } else {
            &["here", "exp.", "all"]
        };
        let most = |of: fn(&Missed) -> u64| grouped(number(missed.iter().map(of).max().unwrap_or(0)));
        let greatest = |of: fn(&Missed) -> f64| measured(missed.iter().map(of).fold(0.0, f64::max));
        let widest = [
            most(|missed| missed.named.articles),
            greatest(|missed| missed.expected),
            most(|missed| missed.anywhere),
            greatest(|missed| missed.likelihood),
        ];
        let wide = |(&title, number): (&&'static str, &String)| (title, width(title).max(width(number)) + 1);
        Columns(titles.iter().zip(&widest).map(wide).collect())
    }

    /// What stands above them, at the right end of `strip`.
    fn above(&self, strip: Strip) -> Strip {
        self.0.iter().fold(strip, |strip, (title, columns)| strip.end(aligned(title, *columns), Look::Quiet))
    }
}

/// The head of a list of `missed`: what it is, and what its columns are.
pub(super) fn head(missed: &[Missed], columns: usize, count: &str, find: String, so_far: &str) -> Strip {
    let above = Columns::of(missed, columns);
    let strip = if columns >= DATED {
        Strip::of(format!("countries{count}"), Look::Title).and(" · left out", Look::Quiet)
    } else {
        Strip::of(format!("left out{count}"), Look::Title)
    };
    above.above(strip.and(find, Look::Matched).and(so_far, Look::Quiet))
}

impl Sheet<'_> {
    /// A country that is left out, with its numbers; `spans` of its name were looked for.
    pub(super) fn missed(&self, missed: &Missed, all: &[Missed], spans: &[(Span, Look)]) -> Strip {
        let columns = Columns::of(all, self.columns);
        let numbers = [
            (grouped(number(missed.named.articles)), Look::Plain),
            (measured(missed.expected), Look::Plain),
            (grouped(number(missed.anywhere)), Look::Quiet),
            (measured(missed.likelihood), Look::Quiet),
        ];
        let code = missed.named.country.map(|country| format!("{country} ")).unwrap_or_default();
        let taken: usize = columns.0.iter().map(|(_, wide)| wide).sum::<usize>() + width(&code) + 1;
        let name = clip(&missed.named.name, self.columns.saturating_sub(taken));
        let mut line = Strip::of(code, Look::Quiet);
        let name = crate::app::card::styled(&name, Look::Name(Kind::Country), spans, usize::MAX, 1);
        for part in name.into_iter().flat_map(|strip| strip.left) {
            line = line.and(part.text, part.look);
        }
        for ((text, look), (_, wide)) in numbers.into_iter().zip(&columns.0) {
            line = line.end(aligned(&text, *wide), look);
        }
        line
    }
}

/// "3.4", "27", "1,204".
fn measured(number: f64) -> String {
    if number < 9.95 {
        return format!("{number:.1}");
    }
    let whole = format!("{number:.0}");
    whole.parse().map_or(whole, grouped)
}
