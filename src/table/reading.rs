//! From a grid to a table: which rows are headers, what each column holds, what each row is, what each cell says.
//!
//! Takes a [`Grid`], however it was found, gives a [`Table`] with typed cells and checked totals, still without the
//! answer that it belongs to. The columns decide what a number means: a year, a postcode or a helpline's number in a
//! column of labels is no figure.
//!
//! ```text
//! Rang Gemeente       Postcode  Aantal
//! stub text           text      number      the columns' kinds
//! 1e   Heusden-Zolder 3550      2 746       3550 has no value, 2746 has
//! ```

use super::cells::{is_bracketed, is_unit};
use super::checks;
use super::number::{self, CellKind, Grouping, Typed};
use super::words;
use super::{Found, Grid, GridCell};
use crate::diagnostic::{Code, Diagnostic};
use crate::geometry::Span;
use crate::layout::Layout;
use crate::model::{Cell, Column, ColumnKind, Method, Note, Row, RowKind, Table};
use std::ops::Range;

/// Reads a grid. `None` where it has no rows under its header.
pub(crate) fn grid_to_table(layout: &Layout, grid: Grid) -> Option<Found> {
    let mut grid = grid;
    for cell in grid.rows.iter_mut().flatten() {
        if let std::borrow::Cow::Owned(plain) = number::plain_spaces(&cell.text) {
            cell.text = plain;
        }
    }
    let title = grid.header_rows.is_none().then(|| take_title(&mut grid)).flatten();
    let header_rows = grid.header_rows.unwrap_or_else(|| infer_header_rows(&grid.rows));
    let width = grid.rows.first()?.len();
    let (head, body) = grid.rows.split_at(header_rows.min(grid.rows.len()));
    if body.is_empty() || width < 2 {
        return None;
    }
    let typed: Vec<Vec<Typed>> =
        body.iter().map(|row| row.iter().map(|c| number::type_cell(&c.text)).collect()).collect();
    let columns = columns_of(head, body, &typed, width);
    let kinds = row_kinds(body);
    let rows = body.iter().zip(typed).zip(kinds).map(|((cells, typed), kind)| Row {
        kind,
        cells: cells
            .iter()
            .zip(typed)
            .zip(&columns)
            .map(|((cell, typed), column)| cell_of(layout, cell, typed, column))
            .collect(),
    });
    let mut table = Table {
        id: String::new(),
        caption: caption_of(layout, &grid, title),
        answer: Vec::new(),
        placement: None,
        rows: rows.collect(),
        columns,
        notes: grid.notes.iter().map(|bytes| note_of(layout.slice(bytes.clone()))).collect(),
        checks: Vec::new(),
        method: grid.method,
        confidence: (grid.confidence * 100.0).round() / 100.0,
        span: span_of_lines(layout, &grid.lines),
    };
    if let Some(row) = checks::unnamed_total(&table).and_then(|row| table.rows.get_mut(row)) {
        row.kind = RowKind::Total;
    }
    table.checks = checks::check(&table);
    let mut diagnostics: Vec<Diagnostic> =
        grid.doubts.into_iter().map(|(code, message)| Diagnostic::warning(code, message, table.span.clone())).collect();
    diagnostics.extend(failed_checks(&table));
    let anchor = first_row_line(layout, &grid.rows).or(grid.lines.first().copied())?;
    Some(Found { table, lines: grid.lines, anchor, diagnostics })
}

/// A first row that is one cell over the whole width, above a header, is the table's title; drawn as one cell of the
/// table it is a name over every column.
fn take_title(grid: &mut Grid) -> Option<GridCell> {
    let spans_all = |row: &[GridCell]| !row[0].text.is_empty() && row[1..].iter().all(|c| c.text.is_empty());
    let [first, second, ..] = grid.rows.as_slice() else { return None };
    if first.len() < 2 || !spans_all(first) || spans_all(second) || infer_header_rows(&grid.rows[1..]) == 0 {
        return None;
    }
    if grid.method == Method::Ruled {
        let title = grid.rows[0][0].clone();
        grid.rows[0].fill(title);
        return None;
    }
    grid.rows.remove(0).into_iter().next()
}

/// How many of the first rows are headers: rows without figures, years and dates aside, above rows that have some.
fn infer_header_rows(rows: &[Vec<GridCell>]) -> usize {
    let heads = |index: usize, row: &[GridCell]| is_header_row(row) || gives_units(rows, index);
    let first_body = (0..).zip(rows).position(|(index, row)| !heads(index, row) || index > 0 && tells(row));
    match first_body {
        Some(body) => body,
        // Words alone throughout: the first row names the columns.
        None => usize::from(rows.len() > 1),
    }
}

/// Words of a cell that tells something: names of columns have fewer.
const TELLING_WORDS: usize = 8;

/// Whether a row's cells tell rather than name.
fn tells(row: &[GridCell]) -> bool {
    row.iter().skip(1).any(|cell| cell.text.split(' ').count() >= TELLING_WORDS)
}

fn is_header_row(row: &[GridCell]) -> bool {
    let cells: Vec<&str> = row.iter().skip(1).map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
    if cells.is_empty() {
        return false;
    }
    // `(8)` is a figure in brackets, and names nothing.
    let figure = |text: &str| text.starts_with('(') && number::type_cell(text.trim_matches(['(', ')'])).kind.is_value();
    let words = |text: &str| matches!(number::type_cell(text).kind, CellKind::Text | CellKind::Date) && !figure(text);
    let year = |text: &str| number::is_year(text.trim_end_matches(['*', '°', '†', '‡', '¹', '²', '³']));
    let names = |text: &&str| year(text) || words(text) && !is_foreign_figure(text);
    cells.iter().all(names) || counts_up(&cells)
}

/// Whether a row gives the columns' units or numbers, all in brackets: below their names, its label none or theirs; or
/// units alone, as names.
fn gives_units(rows: &[Vec<GridCell>], index: usize) -> bool {
    let label = |index: usize| rows.get(index).and_then(|row| row.first()).map_or("", |cell| cell.text.as_str());
    let below = index.checked_sub(1).is_some_and(|above| label(index).is_empty() || label(index) == label(above));
    let cells = rows.get(index).map_or(&[] as &[GridCell], Vec::as_slice).iter().skip(1);
    let mut texts = cells.map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).peekable();
    texts.peek().is_some() && texts.all(|text| is_unit(text) || below && is_bracketed(text)) && (below || index == 0)
}

/// An amount in another notation than ours: `$ 1,234.5`, `(£12)`, `8,917,205`.
fn is_foreign_figure(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        matches!(c, '$' | '£' | '¥' | '(' | ')' | '-' | '−' | '–' | '+' | '%') || c.is_whitespace()
    });
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let plain = bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    plain && digits > 0 && (bare.len() > digits || text.contains(['$', '£', '¥']))
}

/// 1, 2, 3 … over at least three columns.
fn counts_up(cells: &[&str]) -> bool {
    cells.len() > 2 && cells.iter().enumerate().all(|(index, text)| text.parse() == Ok(index + 1))
}

/// Words in a header that say that its numbers are codes and not amounts.
const CODE_WORDS: [&str; 10] =
    ["postcode", "nis", "niscode", "nis-code", "nr", "nummer", "code", "dossiernummer", "ondernemingsnummer", "kbo"];

fn columns_of(head: &[Vec<GridCell>], body: &[Vec<GridCell>], typed: &[Vec<Typed>], width: usize) -> Vec<Column> {
    let groups = typed
        .iter()
        .flatten()
        .any(|t| matches!(t.grouping, Grouping::Space | Grouping::Point) && t.value.is_some_and(|v| v >= 1000.0));
    let stub = stub_column(head, typed, width);
    (0..width)
        .map(|index| {
            let header: Vec<String> = head.iter().filter_map(|row| row.get(index)).map(|c| c.text.clone()).collect();
            let cells: Vec<&Typed> = typed.iter().filter_map(|row| row.get(index)).collect();
            let texts = body.iter().filter_map(|row| row.get(index)).map(|c| c.text.as_str());
            let (kind, unit) = match index {
                _ if stub == Some(index) => (ColumnKind::Stub, None),
                _ if is_code(&header, &cells, texts, groups) => (ColumnKind::Text, None),
                _ if are_years(&header, &cells) => (ColumnKind::Date, None),
                _ => kind_of(&header, &cells),
            };
            Column { header, kind, unit }
        })
        .collect()
}

/// Which column labels the rows: the first, unless that holds amounts under a name. Then it is the first column of words,
/// as between the bars of a pyramid of ages; or none, in a single row of amounts.
fn stub_column(head: &[Vec<GridCell>], typed: &[Vec<Typed>], width: usize) -> Option<usize> {
    let column = |index: usize| typed.iter().filter_map(move |row| row.get(index));
    let named = head.iter().filter_map(|row| row.first()).any(|cell| !cell.text.is_empty());
    if !named || !column(0).all(|cell| cell.kind.is_value() && !is_year(cell)) {
        return Some(0);
    }
    let all_values = |index: usize| column(index).all(|cell| cell.kind.is_value() || cell.kind == CellKind::Missing);
    if typed.len() == 1 && (1..width).all(all_values) {
        return None;
    }
    // A number as codes and ranks are never written.
    let amount = |cell: &Typed| {
        matches!(cell.grouping, Grouping::Space | Grouping::Point) || cell.decimals > 0 || cell.kind != CellKind::Number
    };
    // `65 en ouder` alone would be a number with its unit.
    let says = |cell: &&Typed| matches!(cell.kind, CellKind::Text | CellKind::Date);
    let words = (1..width).find(|index| column(*index).filter(says).count() * 2 > typed.len());
    Some(words.filter(|_| column(0).any(amount)).unwrap_or(0))
}

/// A number that a year can be: four figures in one run.
fn is_year(cell: &Typed) -> bool {
    cell.grouping == Grouping::Run && cell.value.is_some_and(|value| (1900.0..2100.0).contains(&value))
}

/// Whether a column's numbers are codes: its header says so, or all have four digits or more in one run of one length
/// while the table sets thousands apart elsewhere.
fn is_code<'a>(header: &[String], cells: &[&Typed], texts: impl Iterator<Item = &'a str>, groups: bool) -> bool {
    let word = header.last().map(|h| h.to_lowercase()).unwrap_or_default();
    let named = word.split([' ', '.', '(']).next().is_some_and(|first| CODE_WORDS.contains(&first));
    let values: Vec<&&Typed> = cells.iter().filter(|c| c.kind.is_value()).collect();
    let runs = !values.is_empty() && values.iter().all(|c| c.grouping == Grouping::Run && c.decimals == 0);
    let mut lengths = texts.filter(|t| !t.is_empty()).map(str::len);
    let first = lengths.next();
    named && values.iter().all(|c| c.decimals == 0)
        || runs && groups && values.len() > 1 && lengths.all(|l| Some(l) == first)
}

/// Whether a column says when: its name says so (`Jaar`, `Bouwjaar`, `Jaar van erkenning`), and all its numbers are years.
fn are_years(header: &[String], cells: &[&Typed]) -> bool {
    let name = header.last().map(|name| name.to_lowercase()).unwrap_or_default();
    let mut values = cells.iter().filter(|cell| cell.kind.is_value()).peekable();
    let named = name.split(|c: char| !c.is_alphabetic()).any(|word| word.ends_with("jaar") || word == "jaartal");
    named && values.peek().is_some() && values.all(|cell| is_year(cell))
}

fn kind_of(header: &[String], cells: &[&Typed]) -> (ColumnKind, Option<String>) {
    let count = |kind: CellKind| cells.iter().filter(|c| c.kind == kind).count();
    let (number, percent, currency) = (count(CellKind::Number), count(CellKind::Percent), count(CellKind::Currency));
    let (date, text) = (count(CellKind::Date), count(CellKind::Text));
    let values = number + percent + currency + count(CellKind::Bound);
    if values < text.max(date) || values == 0 && text + date > 0 {
        return (if date > text { ColumnKind::Date } else { ColumnKind::Text }, None);
    }
    let named = header.iter().rev().find_map(|h| unit_in(h));
    if percent > number.max(currency) || number > 0 && named == Some("%") {
        return (ColumnKind::Percent, Some("%".to_owned()));
    }
    if currency > number.max(percent) || number > 0 && named == Some("EUR") {
        return (ColumnKind::Currency, Some("EUR".to_owned()));
    }
    let printed = cells
        .iter()
        .find_map(|c| c.unit.clone())
        .filter(|u| cells.iter().all(|c| !c.kind.is_value() || c.unit.as_ref() == Some(u)));
    (ColumnKind::Number, printed)
}

/// The unit that a header names in brackets or behind `in`: `Bedrag (in euro)`, `Aandeel (%)`, `Kost in EUR`.
fn unit_in(header: &str) -> Option<&'static str> {
    let small = header.to_lowercase();
    let words = small.split(|c: char| !(c.is_alphabetic() || matches!(c, '%' | '€')));
    let mut unit = None;
    for word in words {
        match word {
            "%" | "procent" | "percentage" => unit = Some("%"),
            "€" | "euro" | "eur" => unit = Some("EUR"),
            _ => {}
        }
    }
    unit
}

fn row_kinds(body: &[Vec<GridCell>]) -> Vec<RowKind> {
    let lone = |row: &[GridCell]| !row[0].text.is_empty() && row[1..].iter().all(|c| c.text.is_empty());
    // Rows of a label alone head groups where one opens the table or a subtotal closed the last; else they are rows
    // whose figures are missing.
    let opens = body.first().is_some_and(|row| lone(row));
    let mut after_subtotal = false;
    body.iter()
        .enumerate()
        .map(|(index, row)| {
            let label = row[0].text.as_str();
            let kind = match label {
                _ if lone(row) && (opens || after_subtotal) && index + 1 < body.len() => RowKind::Group,
                _ if words::is_subtotal(label) => RowKind::Subtotal,
                _ if words::is_total(label) => RowKind::Total,
                _ if words::is_mean(label) => RowKind::Mean,
                _ => RowKind::Body,
            };
            after_subtotal = matches!(kind, RowKind::Subtotal | RowKind::Total);
            kind
        })
        .collect()
}

fn cell_of(layout: &Layout, cell: &GridCell, typed: Typed, column: &Column) -> Cell {
    let counts = matches!(column.kind, ColumnKind::Number | ColumnKind::Percent | ColumnKind::Currency);
    let mut cell = Cell { text: cell.text.clone(), span: span_of(layout, &cell.bytes), ..Cell::default() };
    cell.missing = matches!(typed.kind, CellKind::Missing | CellKind::Empty) && column.kind != ColumnKind::Stub;
    if counts {
        cell.value = typed.value;
        cell.marker = typed.marker;
        cell.note = typed.note;
        cell.bound = typed.bound;
    }
    cell
}

fn caption_of(layout: &Layout, grid: &Grid, title: Option<GridCell>) -> Option<String> {
    let text = match (&grid.caption, title) {
        (Some(bytes), _) => layout.slice(bytes.clone()).to_owned(),
        (None, Some(cell)) => cell.text,
        (None, None) => return None,
    };
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn note_of(text: &str) -> Note {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let stars = text.chars().take_while(|c| matches!(c, '*' | '°' | '†' | '¹' | '²' | '³')).count();
    let split = text.char_indices().nth(stars).map_or(text.len(), |(at, _)| at);
    let (marker, rest) = text.split_at(split);
    Note {
        marker: (!marker.is_empty()).then(|| marker.to_owned()),
        text: rest.trim_start_matches([' ', ':', ')']).to_owned(),
    }
}

/// The span of several stretches: the first, the others under `also`.
pub(crate) fn span_of(layout: &Layout, bytes: &[Range<usize>]) -> Span {
    let mut spans = bytes.iter().map(|range| layout.span(range.clone()));
    let mut span = spans.next().unwrap_or_default();
    span.also.extend(spans);
    span
}

/// The span of whole lines: one stretch for each run of neighbours.
fn span_of_lines(layout: &Layout, lines: &[usize]) -> Span {
    let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
    for &line in lines {
        let Some(place) = layout.lines.get(line) else { continue };
        let (start, end) = (place.start as usize, place.end as usize);
        match runs.last_mut() {
            Some((last, range)) if *last + 1 == line => {
                *last = line;
                range.end = end;
            }
            _ => runs.push((line, start..end)),
        }
    }
    let runs: Vec<Range<usize>> = runs.into_iter().map(|(_, range)| range).collect();
    span_of(layout, &runs)
}

/// The line in which the grid itself begins.
fn first_row_line(layout: &Layout, rows: &[Vec<GridCell>]) -> Option<usize> {
    let start = rows.iter().flatten().flat_map(|c| &c.bytes).map(|b| b.start).min()?;
    Some(layout.lines.partition_point(|line| line.end as usize <= start))
}

fn failed_checks(table: &Table) -> impl Iterator<Item = Diagnostic> {
    table.checks.iter().filter(|check| !check.holds).map(|check| {
        let cell = table.rows.get(check.row).and_then(|row| row.cells.get(check.column));
        let label = table.rows.get(check.row).and_then(|row| row.cells.first()).map_or("", |c| c.text.as_str());
        let header = table.columns.get(check.column).map(|c| c.header.join(" ")).unwrap_or_default();
        let message = format!(
            "{}, {}: printed {}, but the cells give {}",
            counted_place("row", check.row, label),
            counted_place("column", check.column, &header),
            check.printed,
            check.computed
        );
        Diagnostic::warning(Code::CheckFails, message, cell.map(|c| c.span.clone()).unwrap_or_default())
    })
}

/// `row 4 “Totaal”`: counted from 1, the header left out, since names may be empty or the same.
fn counted_place(kind: &str, index: usize, name: &str) -> String {
    let place = format!("{kind} {}", index + 1);
    if name.is_empty() { place } else { format!("{place} \u{201c}{name}\u{201d}") }
}
