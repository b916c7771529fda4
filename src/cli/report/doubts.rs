//! Diagnostics beside what they are about: each is told once, at the smallest thing that its span lies in.
//!
//! ```text
//! check-fails at bytes 4712      → under the table that has a cell there
//! question-unanswered at 2370    → under question 3
//! header-cut at 0                → at the head of the document
//! ```

use super::html::{esc, push};
use super::source::Places;
use vraagbaak::{Answer, Code, Diagnostic, Question, Severity, Span, Table, WrittenQuestion};

/// The diagnostics of a document, and which have been told.
pub(super) struct Doubts<'a> {
    document: &'a WrittenQuestion,
    told: Vec<bool>,
}

impl<'a> Doubts<'a> {
    pub(super) fn of(document: &'a WrittenQuestion) -> Self {
        Self { document, told: vec![false; document.diagnostics.len()] }
    }

    /// Those about a table; that it stands in the wrong place is told by its placement.
    pub(super) fn about_table(&mut self, table: &Table, places: &mut Places<'_>, out: &mut String) {
        let is_told = |doubt: &Diagnostic| table.placement.is_some() && doubt.code == Code::TableDisplaced;
        self.tell(|doubt| holds_table(table, &doubt.span) && !is_told(doubt), places, out);
    }

    pub(super) fn about_question(&mut self, question: &Question, places: &mut Places<'_>, out: &mut String) {
        let tables = &self.document.tables;
        let in_table = |doubt: &Diagnostic| tables.iter().any(|table| holds_table(table, &doubt.span));
        self.tell(|doubt| holds(&question.span, &doubt.span) && !in_table(doubt), places, out);
    }

    pub(super) fn about_answer(&mut self, answer: &Answer, places: &mut Places<'_>, out: &mut String) {
        let tables = &self.document.tables;
        let in_table = |doubt: &Diagnostic| tables.iter().any(|table| holds_table(table, &doubt.span));
        self.tell(|doubt| holds(&answer.span, &doubt.span) && !in_table(doubt), places, out);
    }

    /// Those that are about nothing that has a place of its own.
    pub(super) fn about_the_rest(&mut self, places: &mut Places<'_>, out: &mut String) {
        let document = self.document;
        let elsewhere = |doubt: &Diagnostic| {
            document.tables.iter().any(|table| holds_table(table, &doubt.span))
                || document.questions.iter().any(|question| holds(&question.span, &doubt.span))
                || document.answers.iter().any(|answer| holds(&answer.span, &doubt.span))
        };
        self.tell(|doubt| !elsewhere(doubt), places, out);
    }

    fn tell(&mut self, concerns: impl Fn(&Diagnostic) -> bool, places: &mut Places<'_>, out: &mut String) {
        for (doubt, told) in self.document.diagnostics.iter().zip(&mut self.told) {
            if !*told && concerns(doubt) {
                *told = true;
                write_doubt(doubt, places, out);
            }
        }
    }
}

fn write_doubt(doubt: &Diagnostic, places: &mut Places<'_>, out: &mut String) {
    let (severity, name) = match doubt.severity {
        Severity::Info => ("info", "Note"),
        Severity::Warning => ("warning", "Doubt"),
        Severity::Error => ("error", "Not read"),
    };
    push!(out, "<p class=\"doubt {severity}\"><b>{name}:</b> {} <code>{}</code>", esc(&doubt.message), doubt.code);
    if let Some(href) = places.link(&doubt.span, None) {
        push!(out, " <a class=\"where\" href=\"{href}\">source</a>");
    }
    out.push_str("</p>\n");
}

fn holds_table(table: &Table, span: &Span) -> bool {
    holds(&table.span, span) || table.rows.iter().flat_map(|row| &row.cells).any(|cell| holds(&cell.span, span))
}

/// Whether a thing begins within another.
fn holds(outer: &Span, inner: &Span) -> bool {
    std::iter::once(outer).chain(&outer.also).any(|outer| match (outer.bytes, inner.bytes) {
        (Some([start, end]), Some([at, _])) => (start..end).contains(&at),
        _ => match (outer.page.zip(outer.bbox), inner.page.zip(inner.bbox)) {
            (Some((page, [x0, y0, x1, y1])), Some((at_page, [left, top, ..]))) => {
                page == at_page && (x0..=x1).contains(&left) && (y0..=y1).contains(&top)
            }
            _ => false,
        },
    })
}
