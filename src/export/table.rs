//! One table as rows of comma-separated values: as printed to read, or as data to compute with.

use super::csv::write_row;
use super::record::Value;
use crate::model::{Cell, Table};
use std::io::{self, Write};

/// Writes a table as comma-separated values: the caption in a row of its own, header rows, rows, notes.
///
/// # Errors
/// What the writer says.
pub fn write_table(mut out: impl Write, table: &Table) -> io::Result<()> {
    if let Some(caption) = &table.caption {
        write_row(&mut out, [caption.into()])?;
    }
    let levels = table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    for level in 0..levels {
        write_row(&mut out, table.columns.iter().map(|column| column.header.get(level).into()))?;
    }
    for row in &table.rows {
        write_row(&mut out, row.cells.iter().map(|cell| Value::from(&cell.text)))?;
    }
    for note in &table.notes {
        let text = format!("{} {}", note.marker.as_deref().unwrap_or(""), note.text);
        write_row(&mut out, [text.trim_start().into()])?;
    }
    Ok(())
}

/// Writes a table as data: one header row, then each row with its numbers as numbers and nothing where the document says
/// that there is no figure.
pub(super) fn write_table_data(mut out: impl Write, table: &Table) -> io::Result<()> {
    write_row(&mut out, table.columns.iter().map(|column| Value::from(column.joined_header())))?;
    table.rows.iter().try_for_each(|row| write_row(&mut out, row.cells.iter().map(data)))
}

fn data(cell: &Cell) -> Value<'_> {
    match cell.value {
        Some(number) => Value::Number(number),
        None if cell.missing => Value::None,
        None => Value::from(&cell.text),
    }
}
