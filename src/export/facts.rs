//! Facts as a tidy table: one number a row, with all that a reader needs to cite it.

use super::csv::write_row;
use super::record::{FACTS, Relation, Value};
use crate::model::WrittenQuestion;
use std::io::{self, Write};

/// Writes the names of the columns.
///
/// # Errors
/// What the writer says.
pub fn write_facts_header(mut out: impl Write) -> io::Result<()> {
    write_header(&mut out, &FACTS)
}

/// Writes every fact of a written question as a row of comma-separated values.
///
/// `question` has the labels of the answer that the table stands in, `belongs_to` those of the answer that its content
/// belongs to; `printed` is the cell and `passage` its whole row as the document prints them. [`facts_schema`] describes
/// every column.
///
/// [`facts_schema`]: crate::facts_schema
///
/// # Errors
/// What the writer says.
pub fn write_facts(mut out: impl Write, question: &WrittenQuestion) -> io::Result<()> {
    write_rows(&mut out, &FACTS, question)
}

/// Writes the names of a relation's columns.
pub(super) fn write_header(out: &mut impl Write, relation: &Relation) -> io::Result<()> {
    write_row(out, relation.columns.iter().map(|column| column.name.into()))
}

/// Writes the rows that a written question adds to a relation.
pub(super) fn write_rows(out: &mut impl Write, relation: &Relation, question: &WrittenQuestion) -> io::Result<()> {
    (relation.rows)(question).into_iter().try_for_each(|row: Vec<Value<'_>>| write_row(out, row))
}
