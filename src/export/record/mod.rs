//! The model as flat rows with typed columns: what a comma-separated file, a Parquet file and a data frame have in common.
//!
//! Takes a written question, gives the rows that it adds to a [`Relation`]. The columns are named, typed and described
//! here once, so that every tabular output has the same facts under the same names.
//!
//! ```text
//! FACTS   source   source_index  id                       …  stub   column_header  value  unit  …
//!         a.txt    0             2019-2020/WOUTER BEKE/808   Maart  2019           79
//! ```

mod documents;
mod facts;
mod questions;
mod tables;

pub(super) use documents::DOCUMENTS;
#[cfg(feature = "sqlite")]
pub(super) use documents::paragraphs;
pub(super) use facts::FACTS;
#[cfg(feature = "sqlite")]
pub(super) use facts::FactRecord;
#[cfg(feature = "sqlite")]
pub(super) use questions::tables_in;
pub(super) use questions::{ANSWERS, QUESTIONS};
pub(super) use tables::{TABLES, table_file};

use crate::geometry::Span;
use crate::model::{Date, WrittenQuestion};
use std::borrow::Cow;

/// A named set of rows of one shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Relation {
    /// Its name, and that of its file.
    pub(super) name: &'static str,
    /// What a row is, in a sentence.
    pub(super) description: &'static str,
    /// The columns, in order.
    pub(super) columns: &'static [Column],
    /// The rows that a written question adds, each with a value a column.
    pub(super) rows: for<'a> fn(&'a WrittenQuestion) -> Vec<Vec<Value<'a>>>,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) description: &'static str,
}

/// What the values of a column are; each may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Flag,
    Date,
    /// Several texts: labels, ids.
    List,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing.
    None,
    Text(Cow<'a, str>),
    Integer(i64),
    Number(f64),
    Flag(bool),
    Date(Date),
    List(Vec<&'a str>),
}

/// A column, for tables of them.
const fn column(name: &'static str, kind: Kind, description: &'static str) -> Column {
    Column { name, kind, description }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

/// Counts and indexes; none comes near the largest integer.
impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Date> for Value<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<'a> From<&'a Vec<String>> for Value<'a> {
    fn from(texts: &'a Vec<String>) -> Self {
        Self::List(texts.iter().map(String::as_str).collect())
    }
}

impl<'a, T: Into<Self>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

/// The page that a thing begins on; none in a text.
fn page(span: &Span) -> Value<'_> {
    span.page.into()
}

/// The columns that say of which written question a row is.
macro_rules! with_document_columns {
    ($($own:expr),* $(,)?) => {
        &[
            column("source", Kind::Text, "The file's path as it was given."),
            column("source_index", Kind::Integer, "Which of the file's written questions it is, from 0."),
            column("id", Kind::Text, "Session year, respondent and number of the written question."),
            column("number", Kind::Integer, "Its number, unique within a session year and a minister."),
            column("session_year", Kind::Text, "The session year (zittingsjaar)."),
            column("date", Kind::Date, "The day the question was put."),
            column("title", Kind::Text, "Its title."),
            column("author", Kind::Text, "The member who asks."),
            column("respondent", Kind::Text, "The minister who answers."),
            $($own),*
        ]
    };
}
use with_document_columns;

/// The values of [`with_document_columns`], and room for those that follow.
fn document_values(question: &WrittenQuestion) -> Vec<Value<'_>> {
    vec![
        question.source.path.as_ref().into(),
        question.source.index.into(),
        question.id.as_ref().into(),
        question.number.into(),
        question.session_year.as_ref().into(),
        question.question_date.into(),
        question.title.as_ref().into(),
        question.author.as_ref().map(|author| &author.name).into(),
        question.respondent.as_ref().map(|respondent| &respondent.name).into(),
    ]
}

/// A row: the document's values, then the thing's own.
fn row<'a, const N: usize>(question: &'a WrittenQuestion, own: [Value<'a>; N]) -> Vec<Value<'a>> {
    let mut values = document_values(question);
    values.extend(own);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_value_of_its_kind_for_each_column() {
        let text = include_str!("../../../seeds/001_c053da0bd1a00141.txt");
        let question = crate::parse_text(text).unwrap();
        for relation in [DOCUMENTS, QUESTIONS, ANSWERS, TABLES, FACTS] {
            let rows = (relation.rows)(&question);
            assert!(!rows.is_empty(), "{}", relation.name);
            for row in rows {
                assert_eq!(row.len(), relation.columns.len(), "{}", relation.name);
                for (value, column) in row.iter().zip(relation.columns) {
                    assert!(fits(value, column.kind), "{}.{}: {value:?}", relation.name, column.name);
                }
            }
        }
    }

    fn fits(value: &Value<'_>, kind: Kind) -> bool {
        match value {
            Value::None => true,
            Value::Text(_) => kind == Kind::Text,
            Value::Integer(_) => kind == Kind::Integer,
            Value::Number(_) => kind == Kind::Number,
            Value::Flag(_) => kind == Kind::Flag,
            Value::Date(_) => kind == Kind::Date,
            Value::List(_) => kind == Kind::List,
        }
    }
}
