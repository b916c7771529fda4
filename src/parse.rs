//! The way of a document through the house: the one module that sees every stage.
//!
//! ```text
//! bytes ─ source ─→ text ─ layout ─→ lines ─ structure ─→ where the replies are
//!                                              table ───→ their tables
//!                                              structure → questions, answers, the lines of tables left out
//!                                              placement → where each table belongs ─→ WrittenQuestion
//! ```

#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzz;
#[cfg(feature = "pdf")]
mod opinion;
mod original;
mod stages;
mod views;

use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::layout::lines::text_to_layout;
use crate::layout::{Layout, furniture};
use crate::limits::Limits;
use crate::model::{Answer, Date, Format, Person, Placement, Question, SCHEMA_VERSION, Source, Table, WrittenQuestion};
use crate::source::{self, PdfEngine};
use crate::structure::{self, Parsed};
use crate::table::placement::{self, Place};
use crate::table::{self, Found};
pub use original::{Original, OriginalPage};
use sha2::{Digest, Sha256};
pub use stages::Stages;
use stages::timed;
use std::ops::Range;

/// Reads a text that holds one written question.
///
/// # Errors
/// Where no written question comes out, or more than one: then [`parse_all_text`] gives them all.
pub fn parse_text(text: &str) -> Result<WrittenQuestion, Error> {
    only(parse_all_text(text)?)
}

/// Reads a PDF that holds one written question.
///
/// # Errors
/// Where no written question comes out, or more than one: then [`parse_all_pdf`] gives them all.
#[cfg(feature = "pdf")]
pub fn parse_pdf(bytes: &[u8]) -> Result<WrittenQuestion, Error> {
    only(parse_all_pdf(bytes)?)
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

/// Reads a PDF that holds one or more written questions (a bulletin).
///
/// # Errors
/// Where no written question comes out.
#[cfg(feature = "pdf")]
pub fn parse_all_pdf(bytes: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
    Extractor::new().pdf(bytes)
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
    engine: PdfEngine,
    second_opinion: bool,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// With the default limits, every check, and no path.
    pub fn new() -> Self {
        Self {
            limits: Limits::default(),
            checks: true,
            path: None,
            engine: PdfEngine::default(),
            second_opinion: false,
        }
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

    /// Has PDFs read by this engine.
    #[must_use]
    pub fn engine(mut self, engine: PdfEngine) -> Self {
        self.engine = engine;
        self
    }

    /// Has PDFs read by a second engine too, and says in diagnostics where its words are others.
    #[must_use]
    pub fn second_opinion(mut self, asked: bool) -> Self {
        self.second_opinion = asked;
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
        self.layout(text_to_layout(text.to_owned()), &source, &[], &mut Stages::default())
    }

    /// Reads a file's bytes: a PDF, or a text in any known encoding.
    ///
    /// # Errors
    /// Where no written question comes out.
    pub fn bytes(&self, bytes: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
        self.timed_bytes(bytes, &mut Stages::default())
    }

    /// Reads a file's bytes, and adds to each stage the time that it took.
    ///
    /// # Errors
    /// As [`Extractor::bytes`].
    pub fn timed_bytes(&self, bytes: &[u8], stages: &mut Stages) -> Result<Vec<WrittenQuestion>, Error> {
        match source::sniff(bytes) {
            Format::Text => {
                let decoded = timed(&mut stages.reading, || source::text::decode(bytes, &self.limits))?;
                let source = timed(&mut stages.reading, || self.source(Format::Text, bytes));
                let layout = timed(&mut stages.layout, || text_to_layout(decoded.text));
                self.layout(layout, &source, &decoded.diagnostics, stages)
            }
            Format::Pdf => self.timed_pdf(bytes, stages),
        }
    }

    /// Reads a PDF.
    ///
    /// # Errors
    /// Where no written question comes out.
    #[cfg(feature = "pdf")]
    pub fn pdf(&self, bytes: &[u8]) -> Result<Vec<WrittenQuestion>, Error> {
        self.timed_pdf(bytes, &mut Stages::default())
    }

    #[cfg(feature = "pdf")]
    fn timed_pdf(&self, bytes: &[u8], stages: &mut Stages) -> Result<Vec<WrittenQuestion>, Error> {
        let mut all = std::time::Duration::ZERO;
        let mut lines = std::time::Duration::ZERO;
        let layout = timed(&mut all, || source::pdf::read_timed(bytes, &self.limits, self.engine, &mut lines))?;
        let told = self.told_of_pages(bytes, &layout);
        let mut source = timed(&mut all, || self.source(Format::Pdf, bytes));
        source.pages = u32::try_from(layout.pages.len()).ok();
        stages.layout += lines;
        stages.reading += all.saturating_sub(lines);
        self.layout(layout, &source, &told, stages)
    }

    #[cfg(not(feature = "pdf"))]
    fn timed_pdf(&self, _: &[u8], _: &mut Stages) -> Result<Vec<WrittenQuestion>, Error> {
        Err(Error::NotPdf { reason: "this build reads no PDF".to_owned() })
    }

    fn source(&self, format: Format, bytes: &[u8]) -> Source {
        let sha256 = format!("{:x}", Sha256::digest(bytes));
        Source { path: self.path.clone(), format, sha256, pages: None, index: 0 }
    }

    /// The written questions of a layout. A stretch that is none costs the others nothing.
    fn layout(
        &self,
        mut layout: Layout,
        source: &Source,
        told: &[Diagnostic],
        stages: &mut Stages,
    ) -> Result<Vec<WrittenQuestion>, Error> {
        timed(&mut stages.layout, || furniture::mark(&mut layout));
        let finder = table::Finder::new(&layout, &self.limits);
        let (mut questions, mut refused) = (Vec::new(), None);
        for lines in timed(&mut stages.structure, || structure::split(&layout)) {
            let source = Source { index: questions.len(), ..source.clone() };
            match self.question(&finder, &layout, lines, source, stages) {
                Ok(question) => questions.push(question),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        let Some(first) = questions.first_mut() else {
            return Err(refused.unwrap_or(Error::Empty));
        };
        first.diagnostics.splice(0..0, told.iter().cloned());
        Ok(questions)
    }

    fn question(
        &self,
        finder: &table::Finder<'_>,
        layout: &Layout,
        lines: Range<usize>,
        source: Source,
        stages: &mut Stages,
    ) -> Result<WrittenQuestion, Error> {
        let opened = timed(&mut stages.structure, || structure::open(layout, lines.clone()))?;
        let labels = timed(&mut stages.structure, || opened.label_lines(layout));
        let found = timed(&mut stages.tables, || finder.find(opened.reply_lines(), &labels));
        let begun = std::time::Instant::now();
        let mut parsed = opened.finish(layout, &taken_lines(&lines, &found));
        let mut tables = place_tables(found, &mut parsed);
        if !self.checks {
            tables.iter_mut().for_each(|table| table.checks.clear());
            parsed.diagnostics.retain(|diagnostic| diagnostic.code != Code::CheckFails);
        }
        let question = join(source, parsed, tables);
        stages.structure += begun.elapsed();
        Ok(question)
    }
}

/// The prose and the tables of a question as one document.
fn join(source: Source, parsed: Parsed, tables: Vec<Table>) -> WrittenQuestion {
    let session_year = parsed.question_date.map(Date::session_year);
    let minister = parsed.respondent.as_ref().or(parsed.addressee.as_ref());
    WrittenQuestion {
        schema_version: SCHEMA_VERSION,
        source,
        id: id(session_year.as_deref(), minister, parsed.number),
        number: parsed.number,
        session_year,
        question_date: parsed.question_date,
        title: parsed.title,
        kind: parsed.kind,
        author: parsed.author,
        addressee: parsed.addressee,
        respondent: parsed.respondent,
        introduction: parsed.introduction,
        questions: parsed.questions,
        question_closing: parsed.question_closing,
        asked_to: parsed.asked_to,
        answers: parsed.answers,
        tables,
        footnotes: parsed.footnotes,
        references: parsed.references,
        links: parsed.links,
        attachments: parsed.attachments,
        diagnostics: parsed.diagnostics,
    }
}

/// For each of the lines the table that it belongs to.
fn taken_lines(lines: &Range<usize>, found: &[Found]) -> Vec<Option<usize>> {
    let mut taken = vec![None; lines.len()];
    for (index, found) in found.iter().enumerate() {
        for &line in &found.lines {
            if let Some(slot) = line.checked_sub(lines.start).and_then(|line| taken.get_mut(line)) {
                *slot = Some(index);
            }
        }
    }
    taken
}

/// `2019-2020/WOUTER BEKE/808`, by the minister who answers; where nobody has answered yet, by the one asked.
fn id(session_year: Option<&str>, minister: Option<&Person>, number: Option<u32>) -> Option<String> {
    Some(format!("{}/{}/{}", session_year?, minister?.name, number?))
}

/// Numbers the tables, says which answer each stands in, and where it belongs when that is another.
fn place_tables(found: Vec<Found>, parsed: &mut Parsed) -> Vec<Table> {
    let mut tables = Vec::with_capacity(found.len());
    for (index, found) in found.into_iter().enumerate() {
        let mut table = found.table;
        table.id = format!("t{}", index + 1);
        let told = found.diagnostics.into_iter();
        parsed
            .diagnostics
            .extend(told.map(|told| Diagnostic { message: format!("table {}: {}", table.id, told.message), ..told }));
        tables.push(table);
    }
    let standing: Vec<(usize, usize)> =
        parsed.table_answers.iter().copied().filter(|(t, a)| *t < tables.len() && *a < parsed.answers.len()).collect();
    let places: Vec<Place<'_>> = parsed.answers.iter().map(|answer| place_of(answer, &parsed.questions)).collect();
    let in_order: Vec<&Table> = standing.iter().filter_map(|(table, _)| tables.get(*table)).collect();
    let answers: Vec<usize> = standing.iter().map(|(_, answer)| *answer).collect();
    let suggestions = placement::suggest(&in_order, &answers, &places);
    for ((table, answer), suggestion) in standing.into_iter().zip(suggestions) {
        tables[table].answer = parsed.answers[answer].labels.clone();
        if let Some(suggestion) = suggestion {
            let labels = parsed.answers[suggestion.place].labels.clone();
            parsed.diagnostics.push(displaced(&tables[table], &labels, &suggestion.reason));
            tables[table].placement =
                Some(Placement { displaced: true, suggested_answer: labels, reason: suggestion.reason });
        }
    }
    tables
}

fn place_of<'a>(answer: &'a Answer, questions: &'a [Question]) -> Place<'a> {
    let asked = questions.iter().filter(|q| q.label.as_ref().is_some_and(|label| answer.labels.contains(label)));
    Place {
        questions: asked.map(|q| q.text.as_str()).collect(),
        text: &answer.text,
        labelled: !answer.labels.is_empty(),
    }
}

fn displaced(table: &Table, labels: &[String], reason: &str) -> Diagnostic {
    let message = format!(
        "table {} stands under answer {} but its content belongs to answer {}: {reason}",
        table.id,
        table.answer.join(", "),
        labels.join(", ")
    );
    Diagnostic::warning(Code::TableDisplaced, message, table.span.clone())
}
