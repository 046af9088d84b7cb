//! Dates on the query line: a year, a month or a day, as far as it is typed.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

/// The days a date on the query line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// The year is still being typed.
    Unfinished,
    /// From the first day to before the second; none behind the end of the calendar.
    Days(Date, Option<Date>),
}

impl When {
    /// Reads "2025", "2025-07" or "2025-07-01"; a month or day of which there is nothing yet but a zero is left out.
    pub(super) fn parse(value: &str) -> Option<When> {
        let parts: Vec<&str> = value.split('-').collect();
        let (year, rest) = parts.split_first()?;
        let digits =
            |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !rest.iter().all(|part| digits(part, 2)) {
            return None;
        }
        if year.len() < 4 {
            return rest.is_empty().then_some(When::Unfinished);
        }
        let begun = rest.iter().position(|part| matches!(*part, "" | "0")).unwrap_or(rest.len());
        if begun + 1 < rest.len() {
            return None;
        }
        let typed: Vec<i8> = rest.iter().take(begun).filter_map(|part| part.parse().ok()).collect();
        let year = year.parse().ok()?;
        let (first, length) = match typed.as_slice() {
            [] => (Date::new(year, 1, 1).ok()?, 1.year()),
            [month] => (Date::new(year, *month, 1).ok()?, 1.month()),
            [month, day] => (Date::new(year, *month, *day).ok()?, 1.day()),
            _ => return None,
        };
        Some(When::Days(first, first.checked_add(length).ok()))
    }

    /// Which part of a date that is written as one is none, and what is wrong with it.
    pub(super) fn fault(value: &str) -> Option<(Range<usize>, String)> {
        let (year, rest) = value.split_once('-')?;
        let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
        let number = |part: &str, most: usize| (part.len() <= most).then(|| part.parse::<u16>().ok())?;
        let (y, m) = (number(year, 4).filter(|_| year.len() == 4)?, number(month, 2)?);
        let at = year.len() + 1;
        if !(1..=12).contains(&m) {
            return Some((at..at + month.len(), format!("there is no month {month}")));
        }
        let day = day.filter(|day| number(day, 2).is_some())?;
        let at = at + month.len() + 1;
        Some((at..at + day.len(), format!("there is no {day} {}", MONTHS.get(usize::from(m) - 1)?)))
            .map(|(at, said)| (at, format!("{said} {y}")))
    }
}

/// English, as all that is said to the reader.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_as_far_as_they_are_typed() {
        let days = |first, behind| Some(When::Days(first, Some(behind)));
        assert_eq!(When::parse("2025-07-12"), days(date(2025, 7, 12), date(2025, 7, 13)));
        assert_eq!(When::parse("2025-12"), days(date(2025, 12, 1), date(2026, 1, 1)));
        for year in ["2025", "2025-", "2025-0"] {
            assert_eq!(When::parse(year), days(date(2025, 1, 1), date(2026, 1, 1)), "{year}");
        }
        assert_eq!(When::parse("2025-07-0"), days(date(2025, 7, 1), date(2025, 8, 1)));
        assert_eq!(When::parse("202"), Some(When::Unfinished));
        assert_eq!(When::parse("9999-12-31"), Some(When::Days(date(9999, 12, 31), None)));
        for wrong in [
            "kemarin",
            "2025-13",
            "2025-02-30",
            "202-07",
            "20250712",
            "2025-07-12-1",
            "2025-00",
            "2025--12",
            "2025-0-1",
        ] {
            assert_eq!(When::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_part_that_is_none_is_pointed_at() {
        assert_eq!(When::fault("2025-13-01"), Some((5..7, "there is no month 13".to_owned())));
        assert_eq!(When::fault("2025-00"), Some((5..7, "there is no month 00".to_owned())));
        assert_eq!(When::fault("2025-02-30"), Some((8..10, "there is no 30 February 2025".to_owned())));
        for other in ["kemarin", "20250712", "2025-7-12-1", "25-12-01", "2025--01"] {
            assert_eq!(When::fault(other), None, "{other}");
        }
    }
}
