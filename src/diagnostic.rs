//! What is doubtful IN a document: a stable code, how much it matters, where, and what to think of it.

use crate::geometry::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that the program could not do, or did with doubt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// The stable code to filter on.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter, in a sentence for people.
    pub message: String,
    /// What it is about.
    pub span: Span,
}

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing is wrong.
    Info,
    /// A figure or its place may be wrong: look.
    Warning,
    /// Something of the document was not read.
    Error,
}

/// The codes, stable between versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The question's own head lacks fields; they come from the answer's head.
    HeaderCut,
    /// A head field was found nowhere.
    HeaderFieldMissing,
    /// Numbers of questions skip or repeat.
    QuestionLabels,
    /// A question has no answer with its label.
    QuestionUnanswered,
    /// An answer's label belongs to no question.
    AnswerLabelUnknown,
    /// A table stands under another answer than the one its content belongs to.
    TableDisplaced,
    /// A table has several readings that are about as good.
    TableAmbiguous,
    /// Empty cells left no trace in the text; their place was inferred.
    EmptyCellsInferred,
    /// Lines that look like a table were not read as one.
    TableUnread,
    /// A printed total, mean or 100 % does not agree with its cells.
    CheckFails,
    /// The text was not UTF-8 and was decoded from this encoding.
    EncodingDecoded,
    /// Bytes that are no text were replaced.
    EncodingReplaced,
    /// A page could not be read as it should.
    PageOdd,
    /// Words of the two PDF engines differ.
    EnginesDiffer,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl Diagnostic {
    /// A warning.
    pub fn warning(code: Code, message: impl Into<String>, span: Span) -> Self {
        Self { code, severity: Severity::Warning, message: message.into(), span }
    }

    /// A note.
    pub fn info(code: Code, message: impl Into<String>, span: Span) -> Self {
        Self { code, severity: Severity::Info, message: message.into(), span }
    }
}
