//! Dates on the query line: a year, a month or a day, as far as it is typed.

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
}

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
}
