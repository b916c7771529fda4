//! Facts as a tidy table: one number a row, with all that a reader needs to cite it.

use super::csv::{Field, write_row};
use crate::model::{Fact, Person, WrittenQuestion};
use std::io::{self, Write};

/// The columns of the table, in order.
const COLUMNS: [&str; 19] = [
    "source",
    "id",
    "number",
    "date",
    "author",
    "respondent",
    "question",
    "belongs_to",
    "table",
    "caption",
    "row_kind",
    "stub",
    "column",
    "value",
    "unit",
    "note",
    "page",
    "printed",
    "passage",
];

/// Writes the names of the columns.
///
/// # Errors
/// What the writer says.
pub fn write_facts_header(mut out: impl Write) -> io::Result<()> {
    write_row(&mut out, &COLUMNS.map(Field::Text))
}

/// Writes every fact of a written question as a row of comma-separated values.
///
/// `question` has the labels of the answer that the table stands in, `belongs_to` those of the answer that its content
/// belongs to; `printed` is the cell and `passage` its whole row as the document prints them.
///
/// # Errors
/// What the writer says.
pub fn write_facts(mut out: impl Write, question: &WrittenQuestion) -> io::Result<()> {
    let date = question.question_date.map(|date| date.to_string());
    let name = |person: &'_ Option<Person>| person.as_ref().map(|p| p.name.clone());
    let (author, respondent) = (name(&question.author), name(&question.respondent));
    for fact in question.facts() {
        let placed = Placed::of(&fact);
        write_row(
            &mut out,
            &[
                question.source.path.as_deref().into(),
                question.id.as_deref().into(),
                question.number.map_or(Field::None, |number| Field::Number(number.into())),
                date.as_deref().into(),
                author.as_deref().into(),
                respondent.as_deref().into(),
                Field::Text(&placed.question),
                Field::Text(&placed.belongs_to),
                Field::Text(&fact.table.id),
                fact.table.caption.as_deref().into(),
                Field::Text(&fact.row_kind.to_string()),
                Field::Text(fact.stub),
                Field::Text(&fact.header),
                Field::Number(fact.value),
                fact.unit.into(),
                Field::Text(&note(&fact)),
                fact.cell.span.page.map_or(Field::None, |page| Field::Number(page.into())),
                Field::Text(&fact.cell.text),
                Field::Text(&passage(&fact)),
            ],
        )?;
    }
    Ok(())
}

/// The labels under which a fact's table stands and belongs.
struct Placed {
    question: String,
    belongs_to: String,
}

impl Placed {
    fn of(fact: &Fact<'_>) -> Self {
        let belongs = fact.table.placement.as_ref().map_or(&fact.table.answer, |placement| &placement.suggested_answer);
        Self { question: fact.table.answer.join(", "), belongs_to: belongs.join(", ") }
    }
}

/// The remark in the cell, and the note under the table that the cell's marker points at.
fn note(fact: &Fact<'_>) -> String {
    let marked = fact.table.notes.iter().filter(|note| note.marker.is_some() && note.marker == fact.cell.marker);
    let texts = fact.cell.note.as_deref().into_iter().chain(marked.map(|note| note.text.as_str()));
    texts.collect::<Vec<_>>().join("; ")
}

fn passage(fact: &Fact<'_>) -> String {
    let cells = fact.table.rows.get(fact.row).map_or(&[][..], |row| &row.cells);
    let texts = cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(" ")
}
