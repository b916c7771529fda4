//! Facts: one number a row, with all that a reader needs to cite it.

use super::tables::belongs_to;
use super::{Column, Kind, Relation, Value, column, row, with_document_columns};
use crate::model::{Fact, WrittenQuestion};

/// Numbers of tables.
pub(in crate::export) const FACTS: Relation = Relation {
    name: "facts",
    description: "The numbers of all tables, one a row, each with its stub and its column header.",
    columns: COLUMNS,
    rows,
};

const COLUMNS: &[Column] = with_document_columns![
    column("question", Kind::List, "The labels of the answer that the table stands in."),
    column(
        "belongs_to",
        Kind::List,
        "The labels of the answer that its content belongs to, where that is elsewhere too."
    ),
    column("table_id", Kind::Text, "The table's id within the document."),
    column("caption", Kind::Text, "The table's caption."),
    column("row_index", Kind::Integer, "The row of the cell, from 0 under the header."),
    column("row_kind", Kind::Text, "body, group, subtotal, total or mean."),
    column("stub", Kind::Text, "The row's label."),
    column("column_index", Kind::Integer, "The column of the cell, from 0."),
    column("column_header", Kind::Text, "The column's headers, spanners first, joined by ' / '."),
    column("value", Kind::Number, "The number."),
    column("unit", Kind::Text, "%, EUR or as printed."),
    column("note", Kind::Text, "The remark in the cell, and the note that its marker points at."),
    column("page", Kind::Integer, "The page of the PDF that the cell stands on."),
    column("printed", Kind::Text, "The cell as printed."),
    column("passage", Kind::Text, "The whole row as printed: what the number was read from."),
    column("confidence", Kind::Number, "The share of tables at this value that are right in every cell."),
];

/// What a fact's row has beyond the fact itself.
#[derive(Debug)]
pub(in crate::export) struct FactRecord<'a> {
    /// The labels of the answer that the table stands in.
    pub(in crate::export) question: &'a Vec<String>,
    /// The labels of the answer that its content belongs to.
    pub(in crate::export) belongs_to: &'a Vec<String>,
    /// The remark in the cell, and the note under the table that the cell's marker points at.
    pub(in crate::export) note: Option<String>,
    /// The whole row as printed.
    pub(in crate::export) passage: String,
}

impl<'a> FactRecord<'a> {
    /// What `fact` stands in.
    pub(in crate::export) fn of(fact: &Fact<'a>) -> Self {
        Self {
            question: &fact.table.answer,
            belongs_to: belongs_to(fact.table),
            note: note(fact),
            passage: passage(fact),
        }
    }
}

fn rows(question: &WrittenQuestion) -> Vec<Vec<Value<'_>>> {
    question.facts().map(|fact| fact_row(question, fact)).collect()
}

fn fact_row<'a>(question: &'a WrittenQuestion, fact: Fact<'a>) -> Vec<Value<'a>> {
    let record = FactRecord::of(&fact);
    row(
        question,
        [
            Value::from(record.question),
            Value::from(record.belongs_to),
            Value::from(&fact.table.id),
            fact.table.caption.as_ref().into(),
            fact.row.into(),
            fact.row_kind.to_string().into(),
            fact.stub.into(),
            fact.column.into(),
            fact.header.into(),
            fact.value.into(),
            fact.unit.into(),
            record.note.into(),
            fact.cell.span.page.into(),
            Value::from(&fact.cell.text),
            record.passage.into(),
            fact.table.confidence.into(),
        ],
    )
}

fn note(fact: &Fact<'_>) -> Option<String> {
    let marked = fact.table.notes.iter().filter(|note| note.marker.is_some() && note.marker == fact.cell.marker);
    let texts: Vec<&str> = fact.cell.note.as_deref().into_iter().chain(marked.map(|note| note.text.as_str())).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

fn passage(fact: &Fact<'_>) -> String {
    let cells = fact.table.rows.get(fact.row).map_or(&[][..], |row| &row.cells);
    let texts = cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" ")
}
