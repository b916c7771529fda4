//! Documents: a written question a row.

use super::{Column, Kind, Relation, Value, column, row, with_document_columns};
use crate::diagnostic::Severity;
use crate::model::{Paragraph, WrittenQuestion};

/// Written questions.
pub(in crate::export) const DOCUMENTS: Relation = Relation {
    name: "documents",
    description: "Written questions: who asked whom what and when, and what the file was.",
    columns: COLUMNS,
    rows,
};

const COLUMNS: &[Column] = with_document_columns![
    column("format", Kind::Text, "text or pdf."),
    column("sha256", Kind::Text, "SHA-256 of the file, in hexadecimal."),
    column("pages", Kind::Integer, "Pages of the PDF."),
    column(
        "kind",
        Kind::Text,
        "What the reply calls itself: answer, coordinated_answer, supplementary_answer, provisional_answer; unanswered."
    ),
    column("addressee", Kind::Text, "The minister asked."),
    column("addressee_title", Kind::Text, "The title of the minister asked, as printed."),
    column("respondent_title", Kind::Text, "The title of the minister who answers, as printed."),
    column("introduction", Kind::Text, "The paragraphs before the first question, one a line."),
    column("closing", Kind::Text, "What follows the last question, one paragraph a line."),
    column("questions", Kind::Integer, "How many questions it has."),
    column("answers", Kind::Integer, "How many answers it has."),
    column("tables", Kind::Integer, "How many tables it has."),
    column("facts", Kind::Integer, "How many numbers its tables have."),
    column("checks", Kind::Integer, "How many printed totals, means and 100 % were computed again."),
    column("checks_failing", Kind::Integer, "How many of them do not agree."),
    column("warnings", Kind::Integer, "How many diagnostics are more than a note."),
];

fn rows(question: &WrittenQuestion) -> Vec<Vec<Value<'_>>> {
    let checks = || question.tables.iter().flat_map(|table| &table.checks);
    let doubts = question.diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Info);
    let addressee = question.addressee.as_ref();
    vec![row(
        question,
        [
            question.source.format.to_string().into(),
            Value::from(&question.source.sha256),
            question.source.pages.into(),
            question.kind.to_string().into(),
            addressee.map(|person| &person.name).into(),
            addressee.and_then(|person| person.title.as_ref()).into(),
            question.respondent.as_ref().and_then(|person| person.title.as_ref()).into(),
            paragraphs(&question.introduction).into(),
            paragraphs(&question.question_closing).into(),
            question.questions.len().into(),
            question.answers.len().into(),
            question.tables.len().into(),
            question.facts().count().into(),
            checks().count().into(),
            checks().filter(|check| !check.holds).count().into(),
            doubts.count().into(),
        ],
    )]
}

/// One paragraph a line; none where there are none.
pub(in crate::export) fn paragraphs(paragraphs: &[Paragraph]) -> Option<String> {
    let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}
