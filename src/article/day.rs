//! Days, and the weeks and months they fall in.

use super::Published;
use crate::text::width;
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// Where days are counted from.
const EPOCH: Day = Day(Date::constant(1970, 1, 1));

/// How long the steps of a timeline are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grain {
    /// A day.
    Day,
    /// Seven days from a Monday on (ISO 8601).
    Week,
    /// A month of the calendar.
    Month,
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

    /// The days from this one to `last`: "5 Mar – 17 Sep 2025". Where that takes more than `room` columns the first is only
    /// told by its month, then by its year, then not at all; the last is always told whole.
    pub fn written_to(self, last: Day, room: usize) -> String {
        let until = last.written();
        if self == last {
            return until;
        }
        let forms: &[&str] = if self.0.first_of_month() == last.0.first_of_month() {
            &["%-d "]
        } else if self.0.year() == last.0.year() {
            &["%-d %b ", "%b "]
        } else {
            &["%-d %b %Y ", "%b %Y ", "%Y "]
        };
        let forms = forms.iter().map(|how| format!("{}– {until}", self.0.strftime(how)));
        forms.into_iter().find(|form| width(form) <= room).unwrap_or(format!("– {until}"))
    }

    /// "12 Jul".
    pub fn short(self) -> String {
        self.0.strftime("%-d %b").to_string()
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
    pub const ALL: [Grain; 3] = [Grain::Day, Grain::Week, Grain::Month];

    /// The shortest one that covers the days from `first` to `last` in at most `most` steps; months where none does.
    pub fn fitting(first: Day, last: Day, most: usize) -> Grain {
        let days = usize::try_from(last.since(first)).unwrap_or(0) + 1;
        if days <= most {
            Grain::Day
        } else if days.div_ceil(7) < most {
            Grain::Week
        } else {
            Grain::Month
        }
    }

    /// The first day of the step that `day` falls in.
    pub fn start(self, day: Day) -> Day {
        match self {
            Grain::Day => day,
            Grain::Week => day.plus(-i32::from(day.0.weekday().to_monday_zero_offset())),
            Grain::Month => Day(day.0.first_of_month()),
        }
    }

    /// The first day of the step after the one that begins on `start`.
    pub fn next(self, start: Day) -> Day {
        match self {
            Grain::Day => start.plus(1),
            Grain::Week => start.plus(7),
            Grain::Month => Day(start.0.saturating_add(1.month())),
        }
    }

    /// The step that begins on `start`, in words: "12 Jul 2025", "from 7 Jul 2025", "Jul 2025".
    pub fn written(self, start: Day) -> String {
        match self {
            Grain::Day => start.written(),
            Grain::Week => format!("from {}", start.written()),
            Grain::Month => start.0.strftime("%b %Y").to_string(),
        }
    }

    /// What a step is called: "day".
    pub fn noun(self) -> &'static str {
        match self {
            Grain::Day => "day",
            Grain::Week => "week",
            Grain::Month => "month",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn weeks_begin_on_mondays() {
        let saturday = Day(date(2025, 7, 12));
        assert_eq!(Grain::Week.start(saturday).to_string(), "2025-07-07");
        assert_eq!(Grain::Week.written(Grain::Week.start(saturday)), "from 7 Jul 2025");
        assert_eq!(Grain::Month.next(Grain::Month.start(saturday)).to_string(), "2025-08-01");
        assert_eq!(Grain::fitting(saturday, saturday.plus(20), 30), Grain::Day);
        assert_eq!(Grain::fitting(saturday, saturday.plus(100), 30), Grain::Week);
        assert_eq!(Grain::fitting(saturday, saturday.plus(1000), 30), Grain::Month);
    }

    #[test]
    fn the_last_of_some_days_is_always_told_whole() {
        let (first, last) = (Day(date(2025, 3, 5)), Day(date(2025, 9, 17)));
        let written = [25, 19, 18, 0].map(|room| first.written_to(last, room));
        assert_eq!(
            written,
            ["5 Mar – 17 Sep 2025", "5 Mar – 17 Sep 2025", "Mar – 17 Sep 2025", "– 17 Sep 2025"]
        );
        assert_eq!(first.written_to(Day(date(2025, 3, 7)), 18), "5 – 7 Mar 2025");
        assert_eq!(first.written_to(first, 18), "5 Mar 2025");
        let later = Day(date(2026, 9, 17));
        let written = [25, 22, 18].map(|room| first.written_to(later, room));
        assert_eq!(written, ["5 Mar 2025 – 17 Sep 2026", "Mar 2025 – 17 Sep 2026", "2025 – 17 Sep 2026"]);
    }

    proptest! {
        #[test]
        fn a_step_holds_its_days(seconds in -10_000_000_000i64..10_000_000_000) {
            let day = Day::of(Published::epoch(seconds).unwrap());
            prop_assert_eq!(Day::numbered(day.number()), day);
            prop_assert_eq!(day.number(), i32::try_from(seconds.div_euclid(86_400)).unwrap());
            for grain in Grain::ALL {
                let start = grain.start(day);
                prop_assert!(start <= day && day < grain.next(start));
                prop_assert_eq!(grain.start(start), start);
            }
        }
    }
}
