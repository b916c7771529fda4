//! Sections: the lines of a question or an answer as paragraphs, list items and tables in their order.
//!
//! Takes slots and their leads, gives one [`Section`] for each outer label, and one without for what stands before the
//! first. Wraps are undone here; what a paragraph means is left to others.
//!
//! ```text
//! 2.                                   Section { label: 2
//! Volgende gegevens worden verzameld:      Flow    "Volgende gegevens …"
//! – Leeftijd                               Bullet  "Leeftijd"
//! a) Niet verplicht                        Part a  "Niet verplicht"
//! [table 3]                                Table 3 }
//! ```

use super::label::{Family, Label, Style};
use super::numbering::Lead;
use super::{Context, Slot};
use crate::geometry::Span;
use crate::layout::paragraphs::{Piece, join};
use std::ops::Range;

/// A question, an answer, or what stands before the first of them.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Its label; none before the first.
    pub label: Option<Label>,
    /// Where the label stands.
    pub label_bytes: Range<usize>,
    /// What it holds.
    pub content: Vec<Content>,
}

/// A paragraph or a table.
#[derive(Debug)]
pub(super) enum Content {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table, by its index.
    Table(usize),
}

/// A paragraph with its wraps undone.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// What it begins with.
    pub kind: ParagraphKind,
    /// Its text, without label or bullet; an item of an enumeration keeps its number.
    pub text: String,
    /// Where its text stands.
    pub pieces: Vec<Piece>,
    /// The left edge of its first line.
    pub left: f32,
}

/// What a paragraph begins with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ParagraphKind {
    /// Nothing.
    Flow,
    /// The label of a part.
    Part(Label),
    /// A number that belongs to the text.
    Item,
    /// A bullet.
    Bullet(char),
}

impl Section {
    /// The paragraphs without the tables' places.
    pub(super) fn into_paragraphs(self) -> Vec<Paragraph> {
        let paragraph = |content| match content {
            Content::Paragraph(paragraph) => Some(paragraph),
            Content::Table(_) => None,
        };
        self.content.into_iter().filter_map(paragraph).collect()
    }

    /// The paragraphs.
    pub(super) fn paragraphs(&self) -> impl DoubleEndedIterator<Item = &Paragraph> {
        self.content.iter().filter_map(|content| match content {
            Content::Paragraph(paragraph) => Some(paragraph),
            Content::Table(_) => None,
        })
    }
}

impl Paragraph {
    /// The paragraph as a line of its question's or answer's text: a part with its mark.
    pub(super) fn line(&self, context: &Context<'_>) -> String {
        match self.mark_bytes(context) {
            Some(mark) => format!("{} {}", context.layout.slice(mark).trim(), self.text).trim_end().to_owned(),
            None => self.text.clone(),
        }
    }

    /// The bytes of a part's mark.
    pub(super) fn mark_bytes(&self, context: &Context<'_>) -> Option<Range<usize>> {
        let ParagraphKind::Part(label) = &self.kind else { return None };
        let first = self.pieces.first()?;
        let end = first.bytes.start;
        if first.bytes.is_empty() || !context.layout.slice(end.saturating_sub(label.len)..end).trim().is_empty() {
            return Some(end.saturating_sub(label.len)..end);
        }
        None
    }
}

/// Parts slots into sections by their outer labels.
pub(super) fn sections(context: &Context<'_>, slots: &[Slot], leads: &[Lead]) -> Vec<Section> {
    let mut builder = Builder { context, sections: vec![Section::default()], open: None, tables: Vec::new() };
    for (slot, lead) in slots.iter().zip(leads) {
        match *slot {
            Slot::Table(table) => builder.tables.push(table),
            Slot::Line(line) => builder.line(line, lead),
        }
    }
    builder.close();
    builder.sections
}

struct Builder<'a, 'b> {
    context: &'a Context<'b>,
    sections: Vec<Section>,
    /// The paragraph that the next line may go on with.
    open: Option<Paragraph>,
    /// Tables met since its last line.
    tables: Vec<usize>,
}

impl Builder<'_, '_> {
    fn line(&mut self, line: usize, lead: &Lead) {
        let Some(whole) = self.context.layout.lines.get(line).map(|l| l.start as usize..l.end as usize) else { return };
        match lead {
            Lead::Flow => self.flow(line, whole),
            Lead::Item => self.begin(ParagraphKind::Item, line, whole, 0),
            Lead::Bullet(sign, len) => self.begin(ParagraphKind::Bullet(*sign), line, whole, *len),
            Lead::Part(label) => self.begin(ParagraphKind::Part(label.clone()), line, whole, label.len),
            Lead::Again(Some(part), len) => self.begin(ParagraphKind::Part(part.clone()), line, whole, *len),
            Lead::Again(None, len) => self.begin(ParagraphKind::Flow, line, whole, *len),
            Lead::Outer(label) => self.outer(label, line, whole),
        }
    }

    fn flow(&mut self, line: usize, whole: Range<usize>) {
        let context = self.context;
        let goes_on = self.open.as_ref().and_then(|open| open.pieces.last()).is_some_and(|last| {
            let only_mark = last.bytes.is_empty() || self.is_mark_alone(last.line, &last.bytes);
            let parted = !self.tables.is_empty() || line != last.line + 1;
            (only_mark && self.tables.is_empty())
                || (!only_mark && context.measure.continues(context.layout, last.line, line, parted))
        });
        match self.open.as_mut().filter(|_| goes_on) {
            Some(open) => open.pieces.push(Piece { line, bytes: whole }),
            None => self.begin(ParagraphKind::Flow, line, whole, 0),
        }
    }

    /// Whether a line is nothing but a number or letter of a list: its item follows, whatever room the line had.
    fn is_mark_alone(&self, line: usize, bytes: &Range<usize>) -> bool {
        let text = self.context.layout.slice(bytes.clone());
        let own = self.context.layout.lines.get(line).is_some_and(|l| l.start as usize == bytes.start);
        let marked = |label: &Label| label.style != Style::Bare || matches!(label.family, Family::Decimal(_));
        own && Label::read(text).is_some_and(|label| label.len == text.len() && marked(&label))
    }

    fn outer(&mut self, label: &Label, line: usize, whole: Range<usize>) {
        self.close();
        let text = whole.start + label.len;
        let label_bytes = whole.start..text;
        self.sections.push(Section { label: Some(label.clone()), label_bytes, content: Vec::new() });
        let rest = self.context.layout.slice(text..whole.end);
        match Label::read(rest).and_then(|part| super::parts::step_inline(label, &part)) {
            Some(part) => {
                let skip = part.len;
                self.begin(ParagraphKind::Part(part), line, text..whole.end, skip);
            }
            None => self.begin(ParagraphKind::Flow, line, text..whole.end, 0),
        }
    }

    fn begin(&mut self, kind: ParagraphKind, line: usize, whole: Range<usize>, skip: usize) {
        self.close();
        let start = (whole.start + skip).min(whole.end);
        let left = self.context.layout.line_words(line).first().map_or(0.0, |word| word.x.start);
        let pieces = vec![Piece { line, bytes: start..whole.end }];
        self.open = Some(Paragraph { kind, text: String::new(), pieces, left });
    }

    /// Ends the open paragraph, then places the tables met since.
    fn close(&mut self) {
        let Some(section) = self.sections.last_mut() else { return };
        if let Some(mut paragraph) = self.open.take() {
            paragraph.text = join(self.context.layout, &paragraph.pieces, self.context.addresses);
            let empty_flow = paragraph.text.is_empty() && !matches!(paragraph.kind, ParagraphKind::Part(_));
            if !empty_flow {
                section.content.push(Content::Paragraph(paragraph));
            }
        }
        section.content.extend(self.tables.drain(..).map(Content::Table));
    }
}

/// The span of stretches of the text in order: those that only white space parts are one.
pub(super) fn span_of(context: &Context<'_>, ranges: impl Iterator<Item = Range<usize>>) -> Span {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges.flat_map(|range| unmarked(context, range)).filter(|range| !range.is_empty()) {
        match merged.last_mut() {
            Some(last) if last.end <= range.start && is_blank(context.layout.slice(last.end..range.start)) => {
                last.end = range.end
            }
            _ => merged.push(range),
        }
    }
    let mut spans = merged.into_iter().map(|range| context.layout.span(range)).filter(|span| !span.is_empty());
    let mut first = spans.next().unwrap_or_default();
    for mut span in spans {
        first.also.append(&mut span.also.clone());
        span.also.clear();
        first.also.push(span);
    }
    first
}

/// A stretch of the text without the footnote marks in it.
fn unmarked(context: &Context<'_>, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let marks = &context.layout.marks;
    let first = marks.partition_point(|mark| mark.end <= range.start);
    let inside = marks.iter().skip(first).take_while(move |mark| mark.start < range.end).cloned();
    let mut start = range.start;
    inside.chain(std::iter::once(range.end..range.end)).map(move |mark| {
        let kept = start..mark.start.max(start);
        start = mark.end;
        kept
    })
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\u{200b}' | '\u{feff}'))
}
