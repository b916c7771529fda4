//! The way of a document through the house: the one module that sees every stage.
//!
//! ```text
//! bytes ─ source ─→ text ─ layout ─→ lines ─ structure ─→ where the replies are
//!                                              table ───→ their tables
//!                                              structure → questions, answers, the lines of tables left out
//!                                              placement → where each table belongs ─→ WrittenQuestion
//! ```

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::layout::Layout;
use crate::layout::lines::text_to_layout;
use crate::limits::Limits;
use crate::model::{Format, Kind, SCHEMA_VERSION, Source, WrittenQuestion};
use crate::source;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// Reads a text that holds one written question.
///
/// # Errors
/// Where no written question comes out, or more than one: then [`parse_all_text`] gives them all.
pub fn parse_text(text: &str) -> Result<WrittenQuestion, Error> {
    only(parse_all_text(text)?)
}

/// Reads a file's bytes, a text in any known encoding or a PDF, that hold one written question.
///
/// # Errors
/// Where no written question comes out, or more than one: then [`parse_all_bytes`] gives them all.
pub fn parse_bytes(bytes: &[u8]) -> Result<WrittenQuestion, Error> {
    only(parse_all_bytes(bytes)?)
}

/// Reads a text that holds one or more written questions (a bulletin).
///
/// # Errors
/// Where no written question comes out.
pub fn parse_all_text(text: &str) -> Result<Vec<WrittenQuestion>, Error> {
    Extractor::new().text(text)
}

/// Reads a file's bytes, a text in any known encoding or a PDF, that hold one or more written questions.
///
/// # Errors
/// Where no written question comes out.
pub fn parse_all_bytes(bytes: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
    Extractor::new().bytes(bytes)
}

fn only(mut questions: Vec<WrittenQuestion>) -> Result<WrittenQuestion, Error> {
    match (questions.pop(), questions.len()) {
        (Some(question), 0) => Ok(question),
        (_, others) => Err(Error::Several { count: others + 1 }),
    }
}

/// Reads documents with options of one's own.
///
/// ```
/// let extractor = vraagbaak::Extractor::new().checks(false).path("vraag.txt");
/// assert!(extractor.bytes(b"").is_err());
/// ```
#[derive(Debug, Clone)]
pub struct Extractor {
    limits: Limits,
    checks: bool,
    path: Option<String>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// With the default limits, every check, and no path.
    pub fn new() -> Self {
        Self { limits: Limits::default(), checks: true, path: None }
    }

    /// Keeps these limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Computes printed totals, means and 100 % again, or not.
    #[must_use]
    pub fn checks(mut self, checks: bool) -> Self {
        self.checks = checks;
        self
    }

    /// Says in [`Source::path`] where the input came from; nothing is read from there.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Where no written question comes out.
    pub fn text(&self, text: &str) -> Result<Vec<WrittenQuestion>, Error> {
        source::text::check(text, &self.limits)?;
        let source = self.source(Format::Text, text.as_bytes());
        self.layout(text_to_layout(text.to_owned()), &source, &[])
    }

    /// Reads a file's bytes: a PDF, or a text in any known encoding.
    ///
    /// # Errors
    /// Where no written question comes out.
    pub fn bytes(&self, bytes: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
        match source::sniff(bytes) {
            Format::Text => {
                let decoded = source::text::decode(bytes, &self.limits)?;
                let source = self.source(Format::Text, bytes);
                self.layout(text_to_layout(decoded.text), &source, &decoded.diagnostics)
            }
            Format::Pdf => self.pdf(bytes),
        }
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, bytes: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
        let layout = source::pdf::read(bytes, &self.limits)?;
        let mut source = self.source(Format::Pdf, bytes);
        source.pages = u32::try_from(layout.pages.len()).ok();
        self.layout(layout, &source, &[])
    }

    #[cfg(not(feature = "pdf"))]
    fn pdf(&self, _: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
        Err(Error::NotPdf { reason: "this build reads no PDF".to_owned() })
    }

    fn source(&self, format: Format, bytes: &[u8]) -> Source {
        let sha256 = format!("{:x}", Sha256::digest(bytes));
        Source { path: self.path.clone(), format, sha256, pages: None, index: 0 }
    }

    fn layout(&self, layout: Layout, source: &Source, told: &[Diagnostic]) -> Result<Vec<WrittenQuestion>, Error> {
        let questions = split(&layout);
        if questions.is_empty() {
            return Err(Error::NotAQuestion { reason: "no question and no answer was found in it".to_owned() });
        }
        let numbered = questions.into_iter().enumerate();
        Ok(numbered
            .map(|(index, lines)| {
                let mut question = read_question(&layout, lines, Source { index, ..source.clone() });
                question.diagnostics.splice(0..0, told.iter().cloned());
                question
            })
            .collect())
    }
}

/// The lines of each written question in the layout.
fn split(layout: &Layout) -> Vec<Range<usize>> {
    let everything = 0..layout.lines.len();
    vec![everything]
}

fn read_question(_layout: &Layout, _lines: Range<usize>, source: Source) -> WrittenQuestion {
    WrittenQuestion {
        schema_version: SCHEMA_VERSION,
        source,
        id: None,
        number: None,
        session_year: None,
        question_date: None,
        title: None,
        kind: Kind::Unanswered,
        author: None,
        addressee: None,
        respondent: None,
        introduction: Vec::new(),
        questions: Vec::new(),
        question_closing: Vec::new(),
        asked_to: Vec::new(),
        answers: Vec::new(),
        tables: Vec::new(),
        footnotes: Vec::new(),
        references: Vec::new(),
        links: Vec::new(),
        attachments: Vec::new(),
        diagnostics: Vec::new(),
    }
}
