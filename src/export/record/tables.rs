//! Tables: one a row, with how it was found and what was checked of it.

use super::{Column, Kind, Relation, Value, column, page, row, with_document_columns};
use crate::model::{Date, Note, Table, WrittenQuestion};

/// Tables.
pub(in crate::export) const TABLES: Relation =
    Relation { name: "tables", description: "The tables of each written question.", columns: COLUMNS, rows };

const COLUMNS: &[Column] = with_document_columns![
    column("table_id", Kind::Text, "Its id within the document: t1, t2 ... in reading order."),
    column("caption", Kind::Text, "Its caption, a whole line."),
    column("questions", Kind::List, "The labels of the answer that it stands in."),
    column("belongs_to", Kind::List, "The labels of the answer that its content belongs to."),
    column("displaced", Kind::Flag, "Whether the place where it stands is not where it belongs."),
    column("rows", Kind::Integer, "How many rows it has."),
    column("columns", Kind::Integer, "How many columns it has."),
    column("facts", Kind::Integer, "How many numbers it has."),
    column("checks", Kind::Integer, "How many printed totals, means and 100 % were computed again."),
    column("checks_failing", Kind::Integer, "How many of them do not agree."),
    column("notes", Kind::Text, "The notes under it, with their markers, one a line."),
    column("method", Kind::Text, "How its grid was found: ruled, aligned or collapsed."),
    column("confidence", Kind::Number, "The share of tables at this value that are right in every cell."),
    column("page", Kind::Integer, "The page of the PDF that it begins on."),
    column("file", Kind::Text, "The file with its rows, in a folder of comma-separated files."),
];

/// How much of a hash names a file: among a million documents two have the same 16 digits once in 37 million archives.
const HASH_DIGITS: usize = 16;

fn rows(question: &WrittenQuestion) -> Vec<Vec<Value<'_>>> {
    question.tables.iter().map(|table| table_row(question, table)).collect()
}

fn table_row<'a>(question: &'a WrittenQuestion, table: &'a Table) -> Vec<Value<'a>> {
    row(
        question,
        [
            Value::from(&table.id),
            table.caption.as_ref().into(),
            Value::from(&table.answer),
            Value::from(belongs_to(table)),
            table.placement.as_ref().is_some_and(|placement| placement.displaced).into(),
            table.rows.len().into(),
            table.columns.len().into(),
            table.facts().count().into(),
            table.checks.len().into(),
            table.checks.iter().filter(|check| !check.holds).count().into(),
            notes(&table.notes).into(),
            table.method.to_string().into(),
            table.confidence.into(),
            page(&table.span),
            table_file(question, table).into(),
        ],
    )
}

/// Where a table's own file is: `tables/2019-2020/808-c053da0bd1a00141-t1.csv`.
///
/// It is named after the document's number and hash and never after a path that somebody chose: no name leads out of the
/// folder, and two files with one name are the same file.
pub(in crate::export) fn table_file(question: &WrittenQuestion, table: &Table) -> String {
    let session = question.question_date.map_or_else(|| "undated".to_owned(), Date::session_year);
    let number = question.number.map_or_else(|| "unnumbered".to_owned(), |number| number.to_string());
    let hash: String = plain(&question.source.sha256).take(HASH_DIGITS).collect();
    let nth = match question.source.index {
        0 => String::new(),
        index => format!("-{}", index.saturating_add(1)),
    };
    let id: String = plain(&table.id).collect();
    format!("tables/{session}/{number}-{hash}{nth}-{id}.csv")
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_alphanumeric)
}

/// The labels of the answer that a table's content belongs to: where it stands, unless it is out of place.
pub(super) fn belongs_to(table: &Table) -> &Vec<String> {
    table.placement.as_ref().map_or(&table.answer, |placement| &placement.suggested_answer)
}

fn notes(notes: &[Note]) -> Option<String> {
    let line = |note: &Note| match &note.marker {
        Some(marker) => format!("{marker} {}", note.text),
        None => note.text.clone(),
    };
    (!notes.is_empty()).then(|| notes.iter().map(line).collect::<Vec<_>>().join("\n"))
}
