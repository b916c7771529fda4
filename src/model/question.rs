//! The written question: who asked whom what and when, and each question with its answer.

use super::{Date, Table};
use crate::diagnostic::Diagnostic;
use crate::geometry::Span;
use serde::{Deserialize, Serialize};

/// The version of the JSON's shape; a breaking change raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// One question document with its answer: the unit of output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WrittenQuestion {
    /// The version of the JSON's shape; a breaking change raises it.
    pub schema_version: u32,
    /// The file it was read from.
    pub source: Source,
    /// `session year/RESPONDENT/number`; null where one of the three is unknown.
    pub id: Option<String>,
    /// The question's number, unique within a session year and a minister.
    pub number: Option<u32>,
    /// The session year (*zittingsjaar*), `2019-2020`.
    pub session_year: Option<String>,
    /// The day the question was put.
    pub question_date: Option<Date>,
    /// The title, one line.
    pub title: Option<String>,
    /// What the reply calls itself.
    pub kind: Kind,
    /// The member who asks.
    pub author: Option<Person>,
    /// The minister asked.
    pub addressee: Option<Person>,
    /// The minister who answers.
    pub respondent: Option<Person>,
    /// The paragraphs before the first question.
    pub introduction: Vec<Paragraph>,
    /// The questions.
    pub questions: Vec<Question>,
    /// What follows the last question: the line to several ministers.
    pub question_closing: Vec<Paragraph>,
    /// The other ministers that the same question was put to.
    pub asked_to: Vec<AskedTo>,
    /// The reply, by the labels of the questions it answers.
    pub answers: Vec<Answer>,
    /// The tables in reading order.
    pub tables: Vec<Table>,
    /// Footnotes, apart from the prose.
    pub footnotes: Vec<Footnote>,
    /// Other written questions that the text names.
    pub references: Vec<Reference>,
    /// Links, each address once.
    pub links: Vec<Link>,
    /// The lines of the annex list.
    pub attachments: Vec<Attachment>,
    /// What is doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// The file that a written question was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The path as it was given; null when the text did not come from a file.
    pub path: Option<String>,
    /// Text or PDF.
    pub format: Format,
    /// SHA-256 of the input bytes, in hexadecimal.
    pub sha256: String,
    /// Pages of the PDF; null for text.
    pub pages: Option<u32>,
    /// Which of the file's written questions this is, from 0.
    pub index: usize,
}

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text that some program extracted.
    Text,
    /// A PDF.
    Pdf,
}

/// What the reply calls itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// ANTWOORD.
    Answer,
    /// GECOÖRDINEERD ANTWOORD.
    CoordinatedAnswer,
    /// AANVULLEND ANTWOORD.
    SupplementaryAnswer,
    /// VOORLOPIG ANTWOORD.
    ProvisionalAnswer,
    /// No answer in the file.
    #[default]
    Unanswered,
}

/// A member or a minister, as printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// The name as printed.
    pub name: String,
    /// The title as printed, one line; null for members.
    pub title: Option<String>,
    /// Where the name stands.
    pub span: Span,
}

/// A paragraph, soft wraps undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Paragraph {
    /// The text on one line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A question, numbered or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Question {
    /// `1`; null for an unnumbered question.
    pub label: Option<String>,
    /// The whole prose, one paragraph a line, without the question's own label; its parts with their mark.
    pub text: String,
    /// Its a), b), 1.1 …
    pub parts: Vec<Part>,
    /// Where it stands.
    pub span: Span,
}

/// A part of a question or of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// `a`, `1.1`.
    pub label: String,
    /// Its prose without its mark, one paragraph a line.
    pub text: String,
    /// Parts of the part.
    pub parts: Vec<Part>,
    /// Where it stands.
    pub span: Span,
}

/// Another minister the same question was put to, with its number there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskedTo {
    /// The name as printed.
    pub name: String,
    /// The number of the question put to that minister.
    pub number: Option<u32>,
}

/// A stretch of the reply with the labels of the questions that it answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// `1-3.` is 1, 2, 3; empty for text that answers none in particular.
    pub labels: Vec<String>,
    /// The labels that the answer only refers to ("Zie antwoord op vraag 2").
    pub see: Vec<String>,
    /// Paragraphs and list items, one a line, parts with their mark; no tables.
    pub text: String,
    /// Its a), b), 1.1 …
    pub parts: Vec<Part>,
    /// Paragraphs, lists and tables in their order.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text on one line.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// A list.
    List {
        /// Its items.
        items: Vec<ListItem>,
        /// Where it stands.
        span: Span,
    },
    /// A table, by its id.
    Table {
        /// The table's id.
        table: String,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListItem {
    /// The item without its bullet; an enumeration's number stays.
    pub text: String,
    /// Items under it.
    pub items: Vec<ListItem>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Footnote {
    /// `1`, `*`.
    pub marker: String,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Another written question that the text names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// Its number.
    pub number: u32,
    /// Its date, where printed.
    pub date: Option<Date>,
    /// The words that name it.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// The address.
    pub url: String,
    /// Where it stands.
    pub span: Span,
}

/// A line of the annex list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Attachment {
    /// The line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

display_as_serialized!(Format, Kind);
