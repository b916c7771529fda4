//! A table: stub, column headers, body cells, and what was checked of it.

use super::number;
use crate::geometry::Span;
use serde::{Deserialize, Serialize};

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// `t1`, `t2` … in reading order.
    pub id: String,
    /// The whole line `Tabel 1: …`.
    pub caption: Option<String>,
    /// The labels of the answer that it stands in.
    pub answer: Vec<String>,
    /// Where it belongs, when that is elsewhere; null when nothing is out of place.
    pub placement: Option<Placement>,
    /// The columns, the stub first.
    pub columns: Vec<Column>,
    /// The rows under the header.
    pub rows: Vec<Row>,
    /// Notes under the table.
    pub notes: Vec<Note>,
    /// Printed totals, means and 100 % computed again.
    pub checks: Vec<Check>,
    /// How the grid was found.
    pub method: Method,
    /// The share of tables at this value that are right in every cell.
    pub confidence: f64,
    /// Where it stands.
    pub span: Span,
}

/// A table torn from its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placement {
    /// Whether the place where it stands is not where it belongs.
    pub displaced: bool,
    /// The labels of the answer that its content belongs to.
    pub suggested_answer: Vec<String>,
    /// Why.
    pub reason: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Column {
    /// Its headers, top to bottom; a spanner is repeated over each of its columns.
    pub header: Vec<String>,
    /// What its cells are.
    pub kind: ColumnKind,
    /// `%`, `EUR`, or as printed.
    pub unit: Option<String>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// Row labels.
    Stub,
    /// Plain numbers.
    Number,
    /// Percentages.
    Percent,
    /// Amounts of money.
    Currency,
    /// Dates.
    Date,
    /// Words, codes, postcodes.
    Text,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// As many cells as the table has columns.
    pub cells: Vec<Cell>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// An ordinary row.
    Body,
    /// The heading of a group of rows.
    Group,
    /// A sum of the rows of its group.
    Subtotal,
    /// A sum of all rows.
    Total,
    /// A mean of the rows.
    Mean,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cell {
    /// As printed, wraps undone.
    pub text: String,
    /// Its number.
    #[serde(serialize_with = "number::plain_option")]
    pub value: Option<f64>,
    /// The footnote mark behind the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The remark in brackets behind the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// `< 5` is `{"below": 5}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
    /// Whether the cell says that there is no figure: `/`, `-`, `n.v.t.`, empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missing: bool,
    /// Where it stands; `{}` for an empty cell.
    pub span: Span,
}

/// A number that is only bounded.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// Less than this.
    Below(#[serde(serialize_with = "number::plain")] f64),
    /// More than this.
    Above(#[serde(serialize_with = "number::plain")] f64),
}

/// A note under a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// `*`; null for a note without a mark.
    pub marker: Option<String>,
    /// Its text.
    pub text: String,
}

/// A printed total, mean or 100 % that was computed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// What was computed.
    pub kind: CheckKind,
    /// The row of the printed cell, from 0.
    pub row: usize,
    /// The column of the printed cell, from 0.
    pub column: usize,
    /// What is printed.
    #[serde(serialize_with = "number::plain")]
    pub printed: f64,
    /// What the cells give.
    #[serde(serialize_with = "number::plain")]
    pub computed: f64,
    /// Whether they agree to the printed rounding.
    pub holds: bool,
}

/// What a check computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The sum of a column.
    ColumnTotal,
    /// The sum of a row.
    RowTotal,
    /// The sum of a group of rows.
    Subtotal,
    /// The mean of a column.
    ColumnMean,
    /// The mean of a row.
    RowMean,
    /// Shares that come to 100 %.
    PercentSum,
}

/// How a grid was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// From drawn rules.
    Ruled,
    /// From the edges of words.
    Aligned,
    /// From text whose columns are one space apart.
    Collapsed,
}

display_as_serialized!(ColumnKind, RowKind, CheckKind, Method);
