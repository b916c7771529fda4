//! Differences for people: texts with the changed words marked, tables as grids with the differing cells marked.
//!
//! ```text
//! title: [-Jongerenwebsite-]{+Jongeren website+} NokNok
//! tables.0:
//!     ┌─────────┬──────────┐
//!     │ Januari │ 56 → 65  │      expected → actual
//!     │ [-Mei-] │ [-12-]   │      a row that is missing; {+Mei+} of one too many
//! ```

use super::align;
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
        match table_of(&difference.path).filter(|table| names_rows(at(expected, table))) {
            Some(table) if drawn.insert(table.to_owned()) => {
                lines.push(format!("{}:", Style::Bold.paint(table)));
                let grid = table_lines(at(expected, table), at(actual, table));
                lines.extend(grid.into_iter().map(|line| format!("    {line}")));
            }
            Some(_) => {}
            None => {
                let path = if difference.path.is_empty() { "document" } else { &difference.path };
                lines.push(format!("{}: {}", Style::Bold.paint(path), value_line(difference)));
            }
        }
    }
    lines
}

/// What stands at a path, null where nothing does.
fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    value.pointer(&format!("/{}", path.replace('.', "/"))).unwrap_or(&Value::Null)
}

/// Whether all rows are expected, with all their cells, and not single ones by their place.
fn names_rows(table: &Value) -> bool {
    let cells = |row: &Value| row.get("cells").is_some_and(Value::is_array);
    table.get("rows").and_then(Value::as_array).is_some_and(|rows| rows.iter().all(cells))
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
        (Value::Array(expected), Value::Array(actual)) => list_line(expected, actual),
        (expected, actual) => {
            let (expected, actual) = (shortened(&expected.to_string(), VALUE), shortened(&actual.to_string(), VALUE));
            format!("{} → {}", Style::Good.paint(&expected), Style::Bad.paint(&actual))
        }
    }
}

/// What a list lost and what it has too much; of what both have, that it is there.
fn list_line(expected: &[Value], actual: &[Value]) -> String {
    let same = |a: usize, b: usize| usize::from(compare(&expected[a], &actual[b]).is_empty());
    let pairs = align::pairs(expected.len(), actual.len(), same);
    let shown = |value: Option<usize>, list: &[Value]| {
        value.and_then(|index| list.get(index)).map(|value| shortened(&value.to_string(), VALUE))
    };
    let mut parts: Vec<String> = Vec::new();
    for (lost, added) in align::steps(&pairs, expected.len(), actual.len()) {
        parts.push(match (shown(lost, expected), shown(added, actual)) {
            (Some(_), Some(_)) => "…".to_owned(),
            (Some(lost), None) => Style::Good.paint(&format!("[-{lost}-]")),
            (None, added) => Style::Bad.paint(&format!("{{+{}+}}", added.unwrap_or_default())),
        });
    }
    parts.dedup_by(|one, other| one == "…" && other == "…");
    parts.join(" ")
}

/// One grid where both have as many columns, row beside row; else the two grids.
fn table_lines(expected: &Value, actual: &Value) -> Vec<String> {
    let (wanted, came) = (cells(expected), cells(actual));
    let widths: BTreeSet<usize> = wanted.iter().chain(&came).map(Vec::len).collect();
    if widths.len() < 2 && !came.is_empty() {
        return drawing(actual, &beside(&wanted, &came)).lines(WIDTH);
    }
    let mut lines = vec!["expected:".to_owned()];
    lines.extend(drawing(expected, &beside(&wanted, &wanted)).lines(WIDTH));
    lines.push("actual:".to_owned());
    lines.extend(drawing(actual, &beside(&came, &came)).lines(WIDTH));
    lines
}

type Cells = Vec<Value>;

/// A row as expected and as it came; none where it is missing, or one too many.
type Beside<'a> = (Option<&'a Cells>, Option<&'a Cells>);

/// Rows beside those that they have most cells in common with, in order. Where as many rows stand between two such pairs in
/// both tables, they are taken for the same rows.
fn beside<'a>(wanted: &'a [Cells], came: &'a [Cells]) -> Vec<Beside<'a>> {
    let text = |cell: &Value| cell.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    let texts = |rows: &[Cells]| rows.iter().map(|row| row.iter().map(text).collect()).collect::<Vec<Vec<String>>>();
    let (wanted_texts, came_texts) = (texts(wanted), texts(came));
    // Blank cells are alike in many rows.
    let alike = |a: usize, b: usize| {
        let both = wanted_texts[a].iter().zip(&came_texts[b]);
        both.filter(|(one, other)| one == other && !one.is_empty()).count()
    };
    let mut pairs = align::pairs(wanted.len(), came.len(), alike);
    let mut start = (0, 0);
    let ends: Vec<_> = pairs.iter().copied().chain([(wanted.len(), came.len())]).collect();
    for (a, b) in ends {
        if a - start.0 == b - start.1 {
            pairs.extend((start.0..a).zip(start.1..b));
        }
        start = (a + 1, b + 1);
    }
    pairs.sort_unstable();
    let steps = align::steps(&pairs, wanted.len(), came.len()).into_iter();
    steps.map(|(a, b)| (a.and_then(|a| wanted.get(a)), b.and_then(|b| came.get(b)))).collect()
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

fn drawing(table: &Value, rows: &[Beside<'_>]) -> Drawing {
    let plain = |text: String, style| DrawnCell { text, right: false, style, columns: 1 };
    let mark = |(wanted, came): (&Value, &Value)| match compare(wanted, came).as_slice() {
        [] => plain(said(wanted), Style::Plain),
        [first, ..] if said(wanted) == said(came) => {
            plain(format!("{} ({}: {})", said(came), first.path, value_line(first)), Style::Bad)
        }
        _ => plain(format!("{} → {}", said(wanted), said(came)), Style::Bad),
    };
    let row = |row: &Beside<'_>| match row {
        (Some(wanted), Some(came)) => wanted.iter().zip(*came).map(mark).collect(),
        (Some(lost), None) => lost.iter().map(|cell| plain(format!("[-{}-]", said(cell)), Style::Good)).collect(),
        (None, added) => {
            let cells = added.iter().flat_map(|row| row.iter());
            cells.map(|cell| plain(format!("{{+{}+}}", said(cell)), Style::Bad)).collect()
        }
    };
    let rows = rows.iter().map(row).collect();
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
    use serde_json::json;

    fn table(rows: &[[&str; 2]]) -> Value {
        let cells = |row: &[&str; 2]| json!({"cells": row.map(|text| json!({"text": text}))});
        json!({"rows": rows.iter().map(cells).collect::<Vec<_>>()})
    }

    #[test]
    fn a_missing_row_leaves_the_others_beside_each_other() {
        let expected = table(&[["Jan", "1"], ["Feb", "2"], ["Maa", "3"], ["Apr", "4"]]);
        let actual = table(&[["Jan", "1"], ["Maa", "8"], ["Apr", "4"], ["Mei", "5"]]);
        assert_eq!(
            table_lines(&expected, &actual),
            [
                "┌─────────┬───────┐",
                "│ Jan     │ 1     │",
                "│ \u{1b}[32m[-Feb-]\u{1b}[0m │ \u{1b}[32m[-2-]\u{1b}[0m │",
                "│ Maa     │ \u{1b}[31m3 → 8\u{1b}[0m │",
                "│ Apr     │ 4     │",
                "│ \u{1b}[31m{+Mei+}\u{1b}[0m │ \u{1b}[31m{+5+}\u{1b}[0m │",
                "└─────────┴───────┘",
            ]
        );
    }

    #[test]
    fn rows_of_which_nothing_is_left_are_still_beside_each_other() {
        let (expected, actual) = (table(&[["Jan", "1"], ["Feb", "2"]]), table(&[["Mei", "8"], ["Feb", "2"]]));
        assert!(table_lines(&expected, &actual)[1].contains("Jan → Mei"));
        let wide = json!({"rows": [{"cells": [{"text": "Jan"}]}]});
        assert_eq!(table_lines(&expected, &wide)[0], "expected:");
    }

    #[test]
    fn of_lists_only_what_differs_is_told() {
        let (expected, actual) =
            (json!([{"row": 1}, {"row": 2}, {"row": 3}]), json!([{"row": 1, "span": 0}, {"row": 4}]));
        let list = |list: &Value| list.as_array().cloned().unwrap();
        let told = list_line(&list(&expected), &list(&actual));
        let told = anstream::adapter::strip_str(&told).to_string();
        assert_eq!(told, r#"… [-{"row":2}-] [-{"row":3}-] {+{"row":4}+}"#);
    }

    #[test]
    fn cells_named_by_their_place_are_told_by_their_path() {
        let expected = json!({"tables": {"0": {"rows": {"1": {"cells": {"1": {"text": "3"}}}}}}});
        let actual = json!({"tables": [table(&[["Jan", "1"], ["Feb", "2"]])]});
        let told = lines(&compare(&expected, &actual), &expected, &actual);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("tables.0.rows.1.cells.1.text"), "{told:?}");
    }

    #[test]
    fn differences_in_rows_belong_to_their_table() {
        assert_eq!(table_of("tables.10.rows.3.cells.1.text"), Some("tables.10"));
        assert_eq!(table_of("0.tables.1.rows"), Some("0.tables.1"));
        assert_eq!(table_of("tables.0.caption"), None);
        assert_eq!(table_of("tables"), None);
    }
}
