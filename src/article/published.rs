//! When an article was published.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// A moment of publication, as precise as it was given. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// Seconds since 1970-01-01T00:00Z; of a bare date, its midnight in UTC.
    pub seconds: i64,
    /// Minutes the outlet's clock is ahead of UTC.
    pub offset: i16,
    /// Whether a time of day was given.
    pub timed: bool,
}

impl Published {
    /// A bare date.
    pub fn day(date: Date) -> Published {
        Published { seconds: seconds_of(date.at(0, 0, 0, 0)), offset: 0, timed: false }
    }

    /// A local time of day with the distance of its clock from UTC in minutes.
    pub fn time(local: DateTime, offset: i16) -> Published {
        Published { seconds: seconds_of(local) - i64::from(offset) * 60, offset, timed: true }
    }

    /// A moment given in seconds since 1970; `None` outside the years -9999 to 9999.
    pub fn epoch(seconds: i64) -> Option<Published> {
        Timestamp::from_second(seconds).ok()?;
        Some(Published { seconds, offset: 0, timed: true })
    }

    /// Reads what [`Published::rfc3339`] writes.
    pub fn parse(text: &str) -> Option<Published> {
        if !text.contains('T') {
            return Some(Published::day(text.parse().ok()?));
        }
        let (local, offset) = text.split_at_checked(text.len().checked_sub("+00:00".len())?)?;
        let (hours, minutes) = offset.get(1..)?.split_once(':')?;
        let minutes = hours.parse::<i16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
        let minutes = match offset.chars().next()? {
            '+' => minutes,
            '-' => -minutes,
            _ => return None,
        };
        Some(Published::time(local.parse().ok()?, minutes))
    }

    /// The date on the outlet's calendar.
    pub fn date(&self) -> Date {
        self.local().date()
    }

    /// Date and time on the outlet's clock.
    pub fn local(&self) -> DateTime {
        let utc = Timestamp::from_second(self.seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        let local = Offset::UTC.to_datetime(utc);
        local.checked_add(i64::from(self.offset).minutes()).unwrap_or(local)
    }

    /// As RFC 3339 has it: "2025-07-12" or "2025-07-12T16:40:00+09:00".
    pub fn rfc3339(&self) -> String {
        if !self.timed {
            return self.date().to_string();
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.unsigned_abs();
        format!("{}{sign}{:02}:{:02}", self.local(), minutes / 60, minutes % 60)
    }
}

fn seconds_of(local: DateTime) -> i64 {
    Offset::UTC.to_timestamp(local).map_or(0, Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn dates_are_the_outlets() {
        let evening = Published::time(datetime(2025, 7, 12, 1, 30, 0, 0), 9 * 60);
        assert_eq!(evening.date(), date(2025, 7, 12));
        assert_eq!(evening.seconds, 1_752_251_400);
        assert_eq!(evening.rfc3339(), "2025-07-12T01:30:00+09:00");
        assert_eq!(Published::day(date(2025, 7, 12)).rfc3339(), "2025-07-12");
        assert_eq!(Published::day(date(2025, 7, 12)).date(), date(2025, 7, 12));
        assert!(Published::day(date(2025, 7, 11)) < evening);
    }

    #[test]
    fn what_is_written_is_read() {
        let moments = [
            Published::time(datetime(2025, 7, 12, 1, 30, 0, 0), 9 * 60),
            Published::time(datetime(2025, 7, 12, 1, 30, 5, 0), -210),
            Published::day(date(1911, 1, 31)),
            Published::epoch(0).unwrap(),
        ];
        for moment in moments {
            assert_eq!(Published::parse(&moment.rfc3339()), Some(moment));
        }
        for wrong in ["", "T", "2025-07-12T01:30:00", "2025-13-12", "2025-07-12T01:30:00+0a:00", "Tééééé"]
        {
            assert_eq!(Published::parse(wrong), None, "{wrong}");
        }
    }
}
