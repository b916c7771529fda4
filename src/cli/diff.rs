//! Differences for people: texts with the changed words marked, tables as grids with the differing cells marked.
//!
//! ```text
//! title: [-Jongerenwebsite-]{+Jongeren website+} NokNok
//! tables.0:
//!     ┌─────────┬──────────┐
//!     │ Januari │ 56 → 65  │      expected → actual
//! ```

use super::draw::{Drawing, DrawnCell};
use super::style::Style;
use super::words::{self, shortened};
use serde_json::Value;
use std::collections::BTreeSet;
use vraagbaak::fixture::{Difference, compare};

/// How wide tables are drawn.
const WIDTH: usize = 120;

/// The longest that a value is shown.
const VALUE: usize = 200;

/// The differences in lines; those in the rows of a table as one grid.
pub(super) fn lines(differences: &[Difference], expected: &Value, actual: &Value) -> Vec<String> {
    let mut drawn = BTreeSet::new();
    let mut lines = Vec::new();
    for difference in differences {
        match table_of(&difference.path) {
            Some(table) if drawn.insert(table.to_owned()) => {
                lines.push(format!("{}:", Style::Bold.paint(table)));
                lines.extend(table_lines(table, expected, actual).into_iter().map(|line| format!("    {line}")));
            }
            Some(_) => {}
            None => lines.push(format!("{}: {}", Style::Bold.paint(&difference.path), value_line(difference))),
        }
    }
    lines
}

/// `tables.0` of `tables.0.rows.3.cells.1.text`.
fn table_of(path: &str) -> Option<&str> {
    let start = path.find("tables.")?;
    let index = path.get(start + "tables.".len()..)?;
    let digits = index.find('.')?;
    index.get(digits..)?.strip_prefix(".rows")?;
    path.get(..start + "tables.".len() + digits)
}

/// What was expected and what came, in one line.
pub(super) fn value_line(difference: &Difference) -> String {
    match (&difference.expected, &difference.actual) {
        (Value::String(expected), Value::String(actual)) => words::line(expected, actual),
        (expected, actual) => {
            let (expected, actual) = (shortened(&expected.to_string(), VALUE), shortened(&actual.to_string(), VALUE));
            format!("{} → {}", Style::Good.paint(&expected), Style::Bad.paint(&actual))
        }
    }
}

/// One grid with the differing cells marked where both have the same shape, else the two grids.
fn table_lines(path: &str, expected: &Value, actual: &Value) -> Vec<String> {
    let pointer = format!("/{}", path.replace('.', "/"));
    let null = Value::Null;
    let expected = expected.pointer(&pointer).unwrap_or(&null);
    let actual = actual.pointer(&pointer).unwrap_or(&null);
    let (wanted, came) = (cells(expected), cells(actual));
    let shape = |rows: &[Vec<Value>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
    if shape(&wanted) == shape(&came) {
        return drawing(actual, &wanted, &came).lines(WIDTH);
    }
    let mut lines = vec!["expected:".to_owned()];
    lines.extend(drawing(expected, &wanted, &wanted).lines(WIDTH));
    lines.push("actual:".to_owned());
    lines.extend(drawing(actual, &came, &came).lines(WIDTH));
    lines
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn cells(table: &Value) -> Vec<Vec<Value>> {
    list(table, "rows").iter().map(|row| list(row, "cells")).collect()
}

/// What counts of a cell: its text, and its value where the text does not say it plainly.
fn said(cell: &Value) -> String {
    let text = cell.get("text").and_then(Value::as_str).unwrap_or_default();
    match cell.get("value") {
        Some(Value::Number(value)) if value.to_string() != text => format!("{text} ={value}"),
        Some(Value::Null) if text.parse::<f64>().is_ok() => format!("{text} =null"),
        _ => text.to_owned(),
    }
}

fn drawing(table: &Value, wanted: &[Vec<Value>], came: &[Vec<Value>]) -> Drawing {
    let plain = |text: String, style| DrawnCell { text, right: false, style, columns: 1 };
    let mark = |(wanted, came): (&Value, &Value)| match compare(wanted, came).as_slice() {
        [] => plain(said(wanted), Style::Plain),
        [first, ..] if said(wanted) == said(came) => {
            plain(format!("{} ({}: {})", said(came), first.path, value_line(first)), Style::Bad)
        }
        _ => plain(format!("{} → {}", said(wanted), said(came)), Style::Bad),
    };
    let rows = wanted.iter().zip(came).map(|(wanted, came)| wanted.iter().zip(came).map(mark).collect()).collect();
    let header = |column: &Value| {
        let parts = list(column, "header");
        parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" / ")
    };
    let header: Vec<_> = list(table, "columns").iter().map(|column| plain(header(column), Style::Bold)).collect();
    Drawing { header: if header.is_empty() { Vec::new() } else { vec![header] }, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_in_rows_belong_to_their_table() {
        assert_eq!(table_of("tables.10.rows.3.cells.1.text"), Some("tables.10"));
        assert_eq!(table_of("0.tables.1.rows"), Some("0.tables.1"));
        assert_eq!(table_of("tables.0.caption"), None);
        assert_eq!(table_of("tables"), None);
    }
}
