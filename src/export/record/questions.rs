//! Questions and answers: one a row.

use super::{Column, Kind, Relation, Value, column, page, row, with_document_columns};
use crate::model::{Answer, Block, Question, WrittenQuestion};

/// Questions.
pub(in crate::export) const QUESTIONS: Relation = Relation {
    name: "questions",
    description: "The questions of each written question, numbered or not.",
    columns: with_document_columns![
        column("position", Kind::Integer, "Which of the document's questions it is, from 0."),
        column("question", Kind::Text, "Its label; none for an unnumbered question."),
        column("text", Kind::Text, "Its whole prose, parts with their mark, one paragraph a line."),
        column("page", Kind::Integer, "The page of the PDF that it begins on."),
    ],
    rows: question_rows,
};

/// Answers.
pub(in crate::export) const ANSWERS: Relation = Relation {
    name: "answers",
    description: "The stretches of each reply, with the labels of the questions that they answer.",
    columns: ANSWER_COLUMNS,
    rows: answer_rows,
};

const ANSWER_COLUMNS: &[Column] = with_document_columns![
    column("kind", Kind::Text, "What the reply calls itself."),
    column("position", Kind::Integer, "Which of the document's answers it is, from 0."),
    column(
        "questions",
        Kind::List,
        "The labels of the questions that it answers; none for text that answers none in particular."
    ),
    column("see", Kind::List, "The labels of the answers that it only refers to."),
    column("text", Kind::Text, "Its paragraphs and list items, one a line, without tables."),
    column("tables", Kind::List, "The tables that stand in it."),
    column("page", Kind::Integer, "The page of the PDF that it begins on."),
];

fn question_rows(document: &WrittenQuestion) -> Vec<Vec<Value<'_>>> {
    let numbered = document.questions.iter().enumerate();
    numbered.map(|(position, question)| question_row(document, position, question)).collect()
}

fn question_row<'a>(document: &'a WrittenQuestion, position: usize, question: &'a Question) -> Vec<Value<'a>> {
    row(document, [position.into(), question.label.as_ref().into(), Value::from(&question.text), page(&question.span)])
}

fn answer_rows(document: &WrittenQuestion) -> Vec<Vec<Value<'_>>> {
    let numbered = document.answers.iter().enumerate();
    numbered.map(|(position, answer)| answer_row(document, position, answer)).collect()
}

fn answer_row<'a>(document: &'a WrittenQuestion, position: usize, answer: &'a Answer) -> Vec<Value<'a>> {
    row(
        document,
        [
            document.kind.to_string().into(),
            position.into(),
            Value::from(&answer.labels),
            Value::from(&answer.see),
            Value::from(&answer.text),
            Value::List(tables_in(answer).collect()),
            page(&answer.span),
        ],
    )
}

/// The ids of the tables that stand in an answer, in their order.
pub(in crate::export) fn tables_in(answer: &Answer) -> impl Iterator<Item = &str> {
    answer.blocks.iter().filter_map(|block| match block {
        Block::Table { table } => Some(table.as_str()),
        _ => None,
    })
}
