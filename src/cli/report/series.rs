//! Which tables are time series: the labels of their rows, or the headers of their columns, go on in time.
//!
//! ```text
//! Januari 56 60      rows in time, a line a column           Jaar    2018  2019  2020     columns in time,
//! Februari 60 60                                             Fietsers  12    15    19     a line a row
//! ```
//!
//! A label is a time when it holds a year, a month, a quarter or two of these, and little else. Only what is drawn depends
//! on it, never what is read.

use vraagbaak::{Column, ColumnKind, Row, RowKind, Table};

/// Fewer points than these say nothing that the table does not.
const POINTS: usize = 3;

/// More lines than these cannot be told apart.
const LINES: usize = 6;

/// The months, as they begin in Dutch.
const MONTHS: [&str; 12] = ["jan", "feb", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// Numbers over time.
#[derive(Debug, PartialEq)]
pub(super) struct Series {
    /// The times, in the order of the table.
    pub(super) times: Vec<String>,
    pub(super) lines: Vec<Line>,
    pub(super) unit: Option<String>,
}

/// A line of the chart.
#[derive(Debug, PartialEq)]
pub(super) struct Line {
    pub(super) name: String,
    /// A number for each time; none where the table has none.
    pub(super) values: Vec<Option<f64>>,
}

/// The numbers of a table over time, if it has such.
pub(super) fn series(table: &Table) -> Option<Series> {
    down(table).or_else(|| across(table)).filter(|series| {
        let numbers = |line: &Line| line.values.iter().flatten().filter(|value| value.is_finite()).count();
        series.lines.iter().any(|line| numbers(line) >= POINTS)
    })
}

/// Rows in time: a line a column of the kind and unit that the first has.
fn down(table: &Table) -> Option<Series> {
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.kind == RowKind::Body).collect();
    let times: Vec<String> =
        rows.iter().map(|row| row.cells.first().map_or("", |cell| &cell.text).to_owned()).collect();
    if !goes_on(&times) {
        return None;
    }
    let leader = table.columns.iter().find(|column| is_number(column))?;
    let alike = |column: &Column| (column.kind, &column.unit) == (leader.kind, &leader.unit);
    let columns = table.columns.iter().enumerate().filter(|(_, column)| alike(column));
    let lines = columns.map(|(index, column)| Line {
        name: column.joined_header(),
        values: rows.iter().map(|row| row.cells.get(index).and_then(|cell| cell.value)).collect(),
    });
    few(times, lines.collect(), leader)
}

/// Columns in time: a line a row.
fn across(table: &Table) -> Option<Series> {
    let mut columns: Vec<(usize, &Column)> =
        table.columns.iter().enumerate().filter(|(_, column)| is_number(column)).collect();
    // The last may be the sum of the others.
    if columns.last().is_some_and(|(_, column)| column.header.last().is_none_or(|name| time(name).is_none())) {
        columns.pop();
    }
    let &(_, leader) = columns.first()?;
    let times: Vec<String> =
        columns.iter().map(|(_, column)| column.header.last().cloned().unwrap_or_default()).collect();
    let alike = columns.iter().all(|(_, column)| (column.kind, &column.unit) == (leader.kind, &leader.unit));
    if !alike || !goes_on(&times) {
        return None;
    }
    let lines = table.rows.iter().filter(|row| row.kind == RowKind::Body).map(|row| Line {
        name: row.cells.first().map_or(String::new(), |cell| cell.text.clone()),
        values: columns.iter().map(|&(index, _)| row.cells.get(index).and_then(|cell| cell.value)).collect(),
    });
    few(times, lines.collect(), leader)
}

fn few(times: Vec<String>, lines: Vec<Line>, leader: &Column) -> Option<Series> {
    (1..=LINES).contains(&lines.len()).then(|| Series { times, lines, unit: leader.unit.clone() })
}

fn is_number(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Number | ColumnKind::Percent | ColumnKind::Currency)
}

/// Whether labels are times, one after the other; months without a year may go on from December to January.
fn goes_on(labels: &[String]) -> bool {
    let times: Option<Vec<Time>> = labels.iter().map(|label| time(label)).collect();
    let Some(times) = times.filter(|times| times.len() >= POINTS) else { return false };
    let steps = || times.iter().zip(times.iter().skip(1));
    let next_in_year =
        |(a, b): (&Time, &Time)| a.year.is_none() && b.year.is_none() && (a.month + 1) % 12 == b.month % 12;
    steps().all(|(a, b)| a.year.is_some() == b.year.is_some() && a < b)
        || steps().all(|(a, b)| a.year.is_some() && b.year.is_some() && a > b)
        || steps().all(next_in_year)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Time {
    year: Option<u32>,
    /// From 0; the first of a quarter, and 0 of a year.
    month: u32,
}

/// The time that a label says: `2019`, `2019-2020`, `maart`, `jan. 2020`, `Q1 2019`, `1e kwartaal`.
fn time(label: &str) -> Option<Time> {
    let lower = label.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut year, mut month, mut others) = (None, None, 0);
    for word in &words {
        if let Some(found) = year_of(word) {
            year = year.or(Some(found));
        } else if let Some(found) = month_of(word).or_else(|| quarter_of(word, &words)) {
            month = month.or(Some(found));
        } else if !word.starts_with("kwartaal") {
            others += 1;
        }
    }
    let is_time = others <= 1 && words.len() <= 4 && (month.is_some() || year.is_some());
    is_time.then(|| Time { year, month: month.unwrap_or(0) })
}

fn year_of(word: &str) -> Option<u32> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (1900..2100).contains(&year).then_some(year)
}

fn month_of(word: &str) -> Option<u32> {
    let begins = |month: &&'static str| word.starts_with(*month) || (*month == "maart" && word == "mrt");
    MONTHS.iter().position(begins).and_then(|index| u32::try_from(index).ok())
}

fn quarter_of(word: &str, words: &[&str]) -> Option<u32> {
    let digits = word.trim_matches(|c: char| c.is_alphabetic());
    let is_named = word.starts_with(['q', 'k']) || words.iter().any(|word| word.starts_with("kwartaal"));
    let quarter: u32 = digits.parse().ok().filter(|quarter| is_named && (1..=4).contains(quarter))?;
    Some((quarter - 1) * 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(labels: &[&str]) -> Vec<String> {
        labels.iter().map(|&label| label.to_owned()).collect()
    }

    #[test]
    fn labels_that_go_on_in_time_are_told_from_others() {
        assert!(goes_on(&owned(&["Januari", "Februari", "Maart"])));
        assert!(goes_on(&owned(&["november", "december", "januari"])));
        assert!(goes_on(&owned(&["2020", "2019", "2018"])));
        assert!(goes_on(&owned(&["2018-2019", "2019-2020", "2020-2021"])));
        assert!(goes_on(&owned(&["Q1 2019", "Q2 2019", "Q3 2019", "Q1 2020"])));
        assert!(goes_on(&owned(&["1e kwartaal", "2e kwartaal", "3e kwartaal"])));
        assert!(!goes_on(&owned(&["Antwerpen", "Gent", "Leuven"])));
        assert!(!goes_on(&owned(&["2019", "Gent", "2020"])));
        assert!(!goes_on(&owned(&["2019", "2020"])));
        assert!(!goes_on(&owned(&["maart", "januari", "juli"])));
    }
}
