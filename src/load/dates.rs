//! Dates as the world writes them.
//!
//! ISO 8601 and RFC 3339 by jiff; everything else (RFC 2822, "12 Juli 2025 16.40 WIB", "July 12, 2025", 12/7/2025) by
//! its parts: a clock, a year of four digits, a month by name, a day. Numbers in threes are year-month-day or
//! day-month-year; month-day-year only when nothing else fits. What is no date gives none, never an error.

use super::values;
use crate::article::Published;
use crate::words;
use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;
use serde_json::Value;

/// Longer than any date.
const LONGEST: usize = 100;

/// The date that the value of a record gives.
pub(super) fn published(value: &Value) -> Option<Published> {
    match value {
        Value::Number(number) => epoch(number.as_f64()?),
        Value::String(text) => parse(text),
        Value::Array(list) => match list.as_slice() {
            [Value::Number(year), Value::Number(month), Value::Number(day), ..] => {
                calendar_day(year.as_f64()?, month.as_f64()?, day.as_f64()?)
            }
            list => list.iter().find_map(published),
        },
        Value::Object(map) => ["$date", "date-parts", "date", "value", "raw", "$numberLong"]
            .iter()
            .find_map(|key| map.get(*key))
            .and_then(published)
            .or_else(|| values::text(value).and_then(|text| parse(&text))),
        _ => None,
    }
}

/// A day of the calendar.
pub(super) fn calendar_day(year: f64, month: f64, day: f64) -> Option<Published> {
    date(year as i64, month as i64, day as i64).map(Published::day)
}

/// Reads a date in any form.
pub(super) fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && !text.contains("..") && digits(text)
    {
        return compact(text).or_else(|| epoch(text.parse().ok()?));
    }
    iso(text).or_else(|| in_parts(text))
}

/// Whether `text` is one number rather than 12.7.2025.
fn digits(text: &str) -> bool {
    text.split('.').count() <= 2 && text.split('.').next().is_some_and(|whole| whole.len() >= 8)
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size; 0 is nobody's date.
fn epoch(number: f64) -> Option<Published> {
    let size = number.abs();
    let seconds = match size {
        _ if size >= 1e17 => number / 1e9,
        _ if size >= 1e14 => number / 1e6,
        _ if size >= 1e11 => number / 1e3,
        _ => number,
    };
    // Small numbers are years or days.
    (size >= 1e6).then_some(())?;
    let found = Published::epoch(seconds.floor() as i64)?;
    plausible(i64::from(found.date().year())).then_some(found)
}

/// 20250712 and 20250712164000.
fn compact(text: &str) -> Option<Published> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i64>().ok());
    let date =
        date(part(0, 4)?, part(4, 6)?, part(6, 8)?).filter(|date| (1900..2100).contains(&date.year()))?;
    match text.len() {
        8 => Some(Published::day(date)),
        14 => Some(Published::time(date.to_datetime(time(part(8, 10)?, part(10, 12)?, part(12, 14)?)?), 0)),
        _ => None,
    }
}

fn iso(text: &str) -> Option<Published> {
    let pieces = Pieces::parse(text).ok()?;
    let date = pieces.date();
    plausible(i64::from(date.year())).then_some(())?;
    Some(match pieces.time() {
        Some(time) => {
            let offset = pieces.to_numeric_offset().map_or(0, |offset| offset.seconds() / 60);
            Published::time(date.to_datetime(time), i16::try_from(offset).unwrap_or(0))
        }
        None => Published::day(date),
    })
}

#[derive(Default)]
struct Parts {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    clock: Option<(i64, i64, i64)>,
    offset: Option<i16>,
    /// Hours that "pm" adds; "am" and "pm" alike make 12 o'clock 0.
    half: Option<i64>,
}

fn in_parts(text: &str) -> Option<Published> {
    let mut parts = Parts::default();
    for token in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | ';')) {
        parts.token(token.trim_matches(['.', '·', '–']));
    }
    let date = date(parts.year?, parts.month?, parts.day?)?;
    let Some((hour, minute, second)) = parts.clock else { return Some(Published::day(date)) };
    let hour = match parts.half {
        Some(half) if hour <= 12 => hour % 12 + half,
        _ => hour,
    };
    Some(Published::time(date.to_datetime(time(hour, minute, second)?), parts.offset.unwrap_or(0)))
}

impl Parts {
    fn token(&mut self, token: &str) {
        if token.contains(':') && token.starts_with(|c: char| c.is_ascii_digit()) {
            return self.clock(token);
        }
        if self.clock.is_some() && token.starts_with(['+', '-', '−']) {
            self.offset = offset(token).or(self.offset);
            return;
        }
        let groups: Vec<&str> = token.split(['-', '/', '.']).collect();
        match groups.as_slice() {
            [only] => self.word(only),
            // 16.40, where the day is known.
            [hour, minute] if self.day.is_some() && self.clock.is_none() => {
                if let (Some(hour), Some(minute)) = (number(hour), number(minute)) {
                    self.clock = Some((hour, minute, 0));
                }
            }
            [first, second, third] => self.three(first, second, third),
            _ => {}
        }
    }

    fn three(&mut self, first: &str, second: &str, third: &str) {
        if self.day.is_some() {
            return;
        }
        let year_first = first.len() == 4;
        let (year, middle, day) = if year_first { (first, second, third) } else { (third, second, first) };
        let (Some(year_number), Some(mut day)) = (number(year), number(day)) else { return };
        let Some(mut month) = number(middle).or_else(|| words::month(middle).map(i64::from)) else { return };
        if month > 12 && day <= 12 && !year_first {
            (day, month) = (month, day);
        }
        // POSIX: two digits from 69 on are of the century before.
        self.year = Some(match (year.len(), year_number) {
            (2, 69..) => 1900 + year_number,
            (2, _) => 2000 + year_number,
            _ => year_number,
        });
        (self.month, self.day) = (Some(month), Some(day));
    }

    fn word(&mut self, word: &str) {
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (head, tail) = word.split_at_checked(digits).unwrap_or((word, ""));
        if digits > 0 {
            match number(head) {
                Some(year) if digits == 4 && tail.is_empty() => self.year = self.year.or(Some(year)),
                // Ordinals have letters behind: 12th, 1er.
                Some(day) if digits <= 2 && tail.len() <= 3 => self.day = self.day.or(Some(day)),
                _ => {}
            }
        } else if self.clock.is_some() && word.eq_ignore_ascii_case("am") {
            self.half = Some(0);
        } else if self.clock.is_some() && word.eq_ignore_ascii_case("pm") {
            self.half = Some(12);
        } else if let Some(minutes) = self.clock.and_then(|_| words::zone(word)) {
            self.offset = self.offset.or(Some(minutes));
        } else if self.month.is_none() {
            self.month = words::month(word).map(i64::from);
        }
    }

    /// 16:40, 16:40:05.123, 4:40pm, 16:40Z, 16:40:05+0900.
    fn clock(&mut self, token: &str) {
        let end = token.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(token.len());
        let (clock, tail) = token.split_at_checked(end).unwrap_or((token, ""));
        let mut numbers = clock.split(':').map(|part| number(part.split('.').next().unwrap_or(part)));
        let (Some(Some(hour)), Some(Some(minute))) = (numbers.next(), numbers.next()) else { return };
        let second = numbers.next().flatten().unwrap_or(0);
        self.clock = Some((hour, minute, second));
        if tail.starts_with(['+', '-', '−']) {
            self.offset = offset(tail);
        } else if !tail.is_empty() {
            self.word(tail);
        }
    }
}

/// +09:00, +0900, +9, in minutes.
fn offset(text: &str) -> Option<i16> {
    let digits = text.trim_start_matches(['+', '-', '−']).replace(':', "");
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number(&digits)?, 0),
        4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        _ => return None,
    };
    let total = i16::try_from(hours * 60 + minutes).ok().filter(|&total| total <= 26 * 60)?;
    Some(if text.starts_with('+') { total } else { -total })
}

fn number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    plausible(year).then_some(())?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn time(hour: i64, minute: i64, second: i64) -> Option<Time> {
    // A leap second is the last of its minute here.
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second.min(59)).ok()?, 0)
        .ok()
}

/// Newspapers begin in 1605; and a date far ahead is none.
fn plausible(year: i64) -> bool {
    (1600..=2200).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn shown(text: &str) -> String {
        match parse(text) {
            None => "none".to_owned(),
            Some(found) if found.timed => format!("{} {:+}", found.local(), found.offset),
            Some(found) => found.date().to_string(),
        }
    }

    #[test]
    fn dates_come_in_many_forms() {
        for (text, expected) in [
            ("2025-07-12T16:40:00+09:00", "2025-07-12T16:40:00 +540"),
            ("2025-07-12T16:40:00.123Z", "2025-07-12T16:40:00 +0"),
            ("2025-07-12 16:40:00", "2025-07-12T16:40:00 +0"),
            ("2025-07-12T16:40", "2025-07-12T16:40:00 +0"),
            ("2025-07-12 16:40:00 +0700", "2025-07-12T16:40:00 +420"),
            ("2025-07-12 16:40:00 UTC", "2025-07-12T16:40:00 +0"),
            ("2025-07-12", "2025-07-12"),
            ("2025/07/12", "2025-07-12"),
            ("20260101T120000Z", "2026-01-01T12:00:00 +0"),
            ("20250712", "2025-07-12"),
            ("20250712164000", "2025-07-12T16:40:00 +0"),
            ("Sat, 12 Jul 2025 16:40:00 +0900", "2025-07-12T16:40:00 +540"),
            ("Sat, 12 Jul 2025 16:40:00 GMT", "2025-07-12T16:40:00 +0"),
            ("12 Jul 2025", "2025-07-12"),
            ("July 12, 2025", "2025-07-12"),
            ("July 12th, 2025 at 4:40 pm", "2025-07-12T16:40:00 +0"),
            ("Jul. 12, 2025 12:05 AM", "2025-07-12T00:05:00 +0"),
            ("Sabtu, 12 Juli 2025 16.40 WIB", "2025-07-12T16:40:00 +420"),
            ("12 Agustus 2025, 16:40 WITA", "2025-08-12T16:40:00 +480"),
            ("12-Jul-2025", "2025-07-12"),
            ("12/7/2025", "2025-07-12"),
            ("7/25/2025", "2025-07-25"),
            ("12.07.2025 16:40", "2025-07-12T16:40:00 +0"),
            ("12/07/25", "2025-07-12"),
            ("1752251400", "2025-07-11T16:30:00 +0"),
            ("1752251400000", "2025-07-11T16:30:00 +0"),
            ("1752251400.5", "2025-07-11T16:30:00 +0"),
            ("0000-00-00 00:00:00", "none"),
            ("2025-02-30", "none"),
            ("9999-12-31T23:59:59Z", "none"),
            ("12 Jul 2025 25:61", "none"),
            ("yesterday", "none"),
            ("2025", "none"),
            ("0", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn values_hold_dates() {
        let july = Published::day(jiff::civil::date(2025, 7, 12));
        assert_eq!(published(&json!({"date-parts": [[2025, 7, 12]]})), Some(july));
        assert_eq!(published(&json!([[2025, 7, 12]])), Some(july));
        assert_eq!(published(&json!({"$date": "2025-07-12"})), Some(july));
        assert_eq!(published(&json!(1_752_251_400_000_000_u64)).unwrap().seconds, 1_752_251_400);
        assert_eq!(published(&json!(1_752_251_400_000_000_000_u64)).unwrap().seconds, 1_752_251_400);
        assert_eq!(published(&json!(true)), None);
        assert_eq!(published(&json!(1e300)), None);
    }

    proptest! {
        #[test]
        fn anything_is_answered(text in any::<String>(), dateish in "[0-9:/. +\\-TZJul]{0,30}", number in any::<f64>()) {
            parse(&text);
            parse(&dateish);
            epoch(number);
        }
    }
}
