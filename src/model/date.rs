//! A day of the calendar, ISO 8601 in JSON.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, always valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, or `None` where the calendar has none such.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && day >= 1 && day <= days_in(year, month)).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The session year (*zittingsjaar*) that the day belongs to, as `2019-2020`: it opens on the fourth Monday of
    /// September.
    pub fn session_year(self) -> String {
        let opening = Self { year: self.year, month: 9, day: fourth_monday_of_september(self.year) };
        let first = if self >= opening { self.year } else { self.year.saturating_sub(1) };
        format!("{}-{}", first, first + 1)
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Zeller's congruence for 1 September, then three weeks on from the first Monday.
fn fourth_monday_of_september(year: u16) -> u8 {
    let year = u32::from(year);
    let (century, rest) = (year / 100, year % 100);
    // 0 is Saturday, 2 is Monday; 1 September is day 1 of month 9.
    let weekday = (1 + (13 * 10) / 5 + rest + rest / 4 + century / 4 + 5 * century) % 7;
    let first_monday = 1 + (2 + 7 - weekday) % 7;
    (first_monday + 21) as u8
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().and_then(|p| p.parse::<u16>().ok());
        match (next(), next(), next()) {
            (Some(year), Some(month), Some(day)) if month <= 12 && day <= 31 => Self::new(year, month as u8, day as u8),
            _ => None,
        }
        .ok_or_else(|| format!("{text:?} is no date of the form 2020-09-22"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date",
            "description": "A day of the Gregorian calendar, ISO 8601."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_years_open_on_the_fourth_monday_of_september() {
        for (date, session) in [
            ("2020-09-22", "2019-2020"),
            ("2020-09-27", "2019-2020"),
            ("2020-09-28", "2020-2021"),
            ("2020-10-08", "2020-2021"),
            ("2019-09-22", "2018-2019"),
            ("2019-09-23", "2019-2020"),
            ("2021-09-27", "2021-2022"),
            ("2024-01-01", "2023-2024"),
        ] {
            assert_eq!(date.parse::<Date>().unwrap().session_year(), session, "{date}");
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert!(Date::new(2020, 2, 29).is_some());
        assert!(Date::new(2021, 2, 29).is_none());
        assert!(Date::new(2021, 13, 1).is_none());
        assert!(Date::new(2021, 1, 0).is_none());
    }
}
