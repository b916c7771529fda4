//! Facts: what a reader takes from a table, one number at a time.

use super::{Cell, Column, RowKind, Table, WrittenQuestion};

/// One number with its stub and its column header.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Fact<'a> {
    /// The table it stands in.
    pub table: &'a Table,
    /// The row's index.
    pub row: usize,
    /// The column's index.
    pub column: usize,
    /// What kind of row: a total is a fact too.
    pub row_kind: RowKind,
    /// The row's label.
    pub stub: &'a str,
    /// The column's headers, joined by ` / `.
    pub header: String,
    /// The number.
    pub value: f64,
    /// The column's unit.
    pub unit: Option<&'a str>,
    /// The cell, with its text, marker and span.
    pub cell: &'a Cell,
}

impl WrittenQuestion {
    /// Every number of every table, in reading order.
    pub fn facts(&self) -> impl Iterator<Item = Fact<'_>> {
        self.tables.iter().flat_map(Table::facts)
    }
}

impl Table {
    /// Every number of the table, row by row.
    pub fn facts(&self) -> impl Iterator<Item = Fact<'_>> {
        self.rows.iter().enumerate().flat_map(move |(row_index, row)| {
            let stub = row
                .cells
                .iter()
                .find(|cell| cell.value.is_none() && !cell.text.is_empty())
                .map_or("", |cell| cell.text.as_str());
            row.cells.iter().enumerate().filter_map(move |(column_index, cell)| {
                let column = self.columns.get(column_index)?;
                Some(Fact {
                    table: self,
                    row: row_index,
                    column: column_index,
                    row_kind: row.kind,
                    stub,
                    header: column.joined_header(),
                    value: cell.value?,
                    unit: column.unit.as_deref(),
                    cell,
                })
            })
        })
    }
}

impl Column {
    /// The headers on one line, joined by ` / `; a spanner that repeats its own column header is said once.
    pub fn joined_header(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in &self.header {
            if !part.is_empty() && !parts.contains(&part.as_str()) {
                parts.push(part);
            }
        }
        parts.join(" / ")
    }
}
