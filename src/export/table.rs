//! One table as rows of comma-separated values: its header rows, then its rows as printed.

use super::csv::{Field, write_row};
use crate::model::Table;
use std::io::{self, Write};

/// Writes a table as comma-separated values: the caption in a row of its own, header rows, rows, notes.
///
/// # Errors
/// What the writer says.
pub fn write_table(mut out: impl Write, table: &Table) -> io::Result<()> {
    if let Some(caption) = &table.caption {
        write_row(&mut out, &[Field::Text(caption)])?;
    }
    let levels = table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    for level in 0..levels {
        let names = table.columns.iter().map(|column| column.header.get(level).map_or("", String::as_str));
        write_row(&mut out, &names.map(Field::Text).collect::<Vec<_>>())?;
    }
    for row in &table.rows {
        let cells: Vec<Field<'_>> = row.cells.iter().map(|cell| Field::Text(&cell.text)).collect();
        write_row(&mut out, &cells)?;
    }
    for note in &table.notes {
        let text = format!("{} {}", note.marker.as_deref().unwrap_or(""), note.text);
        write_row(&mut out, &[Field::Text(text.trim_start())])?;
    }
    Ok(())
}
