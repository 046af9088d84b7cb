//! Days, and the weeks and months they fall in.

use super::Published;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Where days are counted from.
const EPOCH: Day = Day(Date::constant(1970, 1, 1));

/// How long the steps of a timeline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A day.
    Day,
    /// Seven days from a Monday on (ISO 8601).
    Week,
    /// A month of the calendar.
    Month,
    /// Three months, from January, April, July or October on.
    Quarter,
    /// A year of the calendar.
    Year,
}

impl Day {
    /// The day of a publication, on the outlet's calendar.
    pub fn of(published: Published) -> Day {
        Day(published.date())
    }

    /// The day `days` later, or earlier when negative; stays where the calendar ends.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days.days()))
    }

    /// How many days `self` is after `other`.
    pub fn since(self, other: Day) -> i32 {
        self.0.since(other.0).map_or(0, |span| span.get_days())
    }

    /// How many days it is after 1 January 1970; negative before.
    pub fn number(self) -> i32 {
        self.since(EPOCH)
    }

    /// The day of a number; the end of the calendar where that is behind it.
    pub fn numbered(number: i32) -> Day {
        EPOCH.plus(number)
    }

    /// "12 Jul 2025".
    pub fn written(self) -> String {
        self.0.strftime("%-d %b %Y").to_string()
    }

    /// The days from this one to `last`: "5 Mar – 17 Sep 2025"; of one day, that.
    pub fn written_to(self, last: Day) -> String {
        Telling::Days.written(self, last)
    }
}

/// How closely the first and the last of some days are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// "5 Mar 2024 – 17 Sep 2025", "5 Mar – 17 Sep 2025", "5 – 17 Mar 2025".
    Days,
    /// "Mar 2024 – Sep 2025", "Mar – Sep 2025".
    Months,
    /// "2024–25".
    Years,
    /// "Mar–Sep": of days of one year.
    MonthsOfYear,
    /// "5–17 Mar": of days of one month.
    DaysOfMonth,
    /// "17 Sep 2025": the last alone.
    Last,
}

impl Telling {
    /// Columns that [`Telling::Last`] takes at most.
    pub const LAST: usize = 11;

    /// How days between `first` and `last` can be told, the closest first, and how many columns that takes at most.
    pub fn ways(first: Day, last: Day) -> Vec<(Telling, usize)> {
        let century = |day: Day| day.0.year().div_euclid(100);
        if first.0.first_of_month() == last.0.first_of_month() {
            vec![(Telling::Days, 16), (Telling::DaysOfMonth, 9)]
        } else if first.0.year() == last.0.year() {
            vec![(Telling::Days, 20), (Telling::Months, 14), (Telling::MonthsOfYear, 7)]
        } else {
            let years = if century(first) == century(last) { 7 } else { 9 };
            vec![(Telling::Days, 25), (Telling::Months, 19), (Telling::Years, years)]
        }
    }

    /// Whether it leaves out the year.
    pub fn is_without_year(self) -> bool {
        matches!(self, Telling::MonthsOfYear | Telling::DaysOfMonth)
    }

    /// The days from `first` to `last`; what both have in common is told once.
    pub fn written(self, first: Day, last: Day) -> String {
        let (apart, whole) = match self {
            Telling::Last => return last.written(),
            Telling::Days => (" – ", "%-d %b %Y"),
            Telling::Months => (" – ", "%b %Y"),
            Telling::Years => ("–", "%Y"),
            Telling::MonthsOfYear => ("–", "%b"),
            Telling::DaysOfMonth => ("–", "%-d %b"),
        };
        let written = |day: Day, how: &str| day.0.strftime(how).to_string();
        let (from, until) = (written(first, whole), written(last, whole));
        if from == until {
            return until;
        }
        // The years of one century are told by their last two digits behind the first of them.
        if self == Telling::Years {
            let short = from.get(..2) == until.get(..2) && from.len() == 4;
            return format!("{from}{apart}{}", until.get(if short { 2.. } else { 0.. }).unwrap_or(&until));
        }
        // "5 Mar 2025" and "17 Sep 2025" end alike: so do the words from the end on.
        let alike = from.rsplit(' ').zip(until.rsplit(' ')).take_while(|(from, until)| from == until);
        let told: usize = alike.map(|(word, _)| word.len() + 1).sum();
        format!("{}{apart}{until}", from.get(..from.len().saturating_sub(told)).unwrap_or(&from))
    }
}

impl fmt::Display for Day {
    /// As ISO 8601 has it: "2025-07-12".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Grain {
    /// All of them, the shortest first.
    pub const ALL: [Grain; 5] = [Grain::Day, Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];

    /// The shortest one that covers the days from `first` to `last` in at most `most` steps; years where none does.
    pub fn fitting(first: Day, last: Day, most: usize) -> Grain {
        Grain::ALL.into_iter().find(|grain| grain.steps(first, last) <= most).unwrap_or(Grain::Year)
    }

    /// In how many steps it covers the days from `first` to `last`.
    pub fn steps(self, first: Day, last: Day) -> usize {
        let months = |day: Day| i32::from(day.0.year()) * 12 + i32::from(day.0.month()) - 1;
        let apart = match self {
            Grain::Day => last.since(first),
            Grain::Week => self.start(last).since(self.start(first)) / 7,
            Grain::Month => months(last) - months(first),
            Grain::Quarter => months(last).div_euclid(3) - months(first).div_euclid(3),
            Grain::Year => i32::from(last.0.year()) - i32::from(first.0.year()),
        };
        usize::try_from(apart).map_or(0, |apart| apart + 1)
    }

    /// The first day of the step that `day` falls in.
    pub fn start(self, day: Day) -> Day {
        match self {
            Grain::Day => day,
            Grain::Week => day.plus(-i32::from(day.0.weekday().to_monday_zero_offset())),
            Grain::Month => Day(day.0.first_of_month()),
            Grain::Quarter => {
                let month = day.0.first_of_month();
                Day(month.saturating_sub(((month.month() - 1) % 3).months()))
            }
            Grain::Year => Day(day.0.first_of_year()),
        }
    }

    /// The first day of the step after the one that begins on `start`.
    pub fn next(self, start: Day) -> Day {
        match self {
            Grain::Day => start.plus(1),
            Grain::Week => start.plus(7),
            Grain::Month => Day(start.0.saturating_add(1.month())),
            Grain::Quarter => Day(start.0.saturating_add(3.months())),
            Grain::Year => Day(start.0.saturating_add(1.year())),
        }
    }

    /// The step that begins on `start`, in words: "12 Jul 2025", "from 7 Jul 2025", "Jul 2025", "Q3 2025", "2025".
    pub fn written(self, start: Day) -> String {
        let (name, _) = self.names(start);
        if self == Grain::Week { format!("from {name}") } else { name }
    }

    /// What the step that begins on `start` is called where it stands in a row with others, and what else it may be called: by
    /// the whole name of the month, and as ISO 8601 has it.
    pub fn names(self, start: Day) -> (String, [String; 2]) {
        let [short, long, iso] = match self {
            Grain::Day | Grain::Week => ["%-d %b %Y", "%-d %B %Y", "%F"],
            Grain::Month => ["%b %Y", "%B %Y", "%Y-%m"],
            Grain::Quarter => ["Q%q %Y", "%Y Q%q", "%Y-%m"],
            Grain::Year => ["%Y"; 3],
        };
        let written = |how: &str| start.0.strftime(how).to_string();
        (written(short), [written(long), written(iso)])
    }

    /// What a step is called: "day".
    pub fn noun(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
            Grain::Quarter => "quarter",
            Grain::Year => "year",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn weeks_begin_on_mondays() {
        let saturday = Day(date(2025, 7, 12));
        assert_eq!(Grain::Week.start(saturday).to_string(), "2025-07-07");
        assert_eq!(Grain::Week.written(Grain::Week.start(saturday)), "from 7 Jul 2025");
        let names =
            |short: &str, long: &str, iso: &str| (short.to_owned(), [long.to_owned(), iso.to_owned()]);
        assert_eq!(Grain::Day.names(saturday), names("12 Jul 2025", "12 July 2025", "2025-07-12"));
        assert_eq!(Grain::Month.names(saturday), names("Jul 2025", "July 2025", "2025-07"));
        assert_eq!(Grain::Month.next(Grain::Month.start(saturday)).to_string(), "2025-08-01");
        assert_eq!(Grain::fitting(saturday, saturday.plus(20), 30), Grain::Day);
        assert_eq!(Grain::fitting(saturday, saturday.plus(100), 30), Grain::Week);
        assert_eq!(Grain::fitting(saturday, saturday.plus(1000), 30), Grain::Quarter);
        assert_eq!(Grain::fitting(saturday, saturday.plus(1000), 34), Grain::Month);
        assert_eq!(Grain::fitting(saturday, saturday.plus(100_000), 30), Grain::Year);
        assert_eq!(Grain::Quarter.written(Grain::Quarter.start(saturday)), "Q3 2025");
    }

    #[test]
    fn what_days_have_in_common_is_told_once() {
        let first = Day(date(2025, 3, 5));
        let told = |last: Day| {
            Telling::ways(first, last).into_iter().map(move |(told, _)| told.written(first, last))
        };
        let written = |year, month, day| told(Day(date(year, month, day))).collect::<Vec<_>>().join(" | ");
        assert_eq!(written(2025, 9, 17), "5 Mar – 17 Sep 2025 | Mar – Sep 2025 | Mar–Sep");
        assert_eq!(written(2025, 3, 17), "5 – 17 Mar 2025 | 5–17 Mar");
        assert_eq!(written(2025, 3, 5), "5 Mar 2025 | 5 Mar");
        assert_eq!(written(2026, 3, 5), "5 Mar 2025 – 5 Mar 2026 | Mar 2025 – Mar 2026 | 2025–26");
        assert_eq!(written(2101, 9, 17), "5 Mar 2025 – 17 Sep 2101 | Mar 2025 – Sep 2101 | 2025–2101");
    }

    proptest! {
        #[test]
        fn days_are_told_in_the_columns_they_are_given(mut days in [0i32..90_000, 0..90_000, 0..90_000, 0..90_000]) {
            days.sort_unstable();
            let [first, from, until, last] = days.map(Day::numbered);
            for (told, columns) in Telling::ways(first, last) {
                prop_assert!(width(&told.written(from, until)) <= columns);
            }
        }

        #[test]
        fn a_step_holds_its_days(seconds in -10_000_000_000i64..10_000_000_000) {
            let day = Day::of(Published::epoch(seconds).unwrap());
            prop_assert_eq!(Day::numbered(day.number()), day);
            prop_assert_eq!(day.number(), i32::try_from(seconds.div_euclid(86_400)).unwrap());
            for grain in Grain::ALL {
                let start = grain.start(day);
                prop_assert!(start <= day && day < grain.next(start));
                prop_assert_eq!(grain.start(start), start);
                prop_assert_eq!(grain.steps(day, grain.next(start)), 2);
                prop_assert_eq!(grain.steps(start, day), 1);
            }
        }
    }
}
