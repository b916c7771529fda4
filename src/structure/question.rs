//! The questions: introduction, numbered questions with their parts, closing lines.
//!
//! Takes the slots between the title and the answer's head. Text before the first label is the introduction, a lead-in
//! included. Without labels the last paragraph that asks is the question.
//!
//! ```text
//! In antwoord op mijn vraag …              introduction
//! 1. Hoeveel …?                            question 1
//! a) Graag per jaar.                       its part a
//! Deze vraag werd gesteld aan … (142).     closing
//! ```

use super::label::{Family, Label};
use super::numbering::{Expected, Lead, leads};
use super::section::{Paragraph, ParagraphKind, Section, sections, span_of};
use super::{Context, Parsed, Slot, closing, torn};
use crate::diagnostic::{Code, Diagnostic};
use crate::layout::paragraphs::{Piece, join};
use crate::model::{self, Question};
use std::ops::Range;

/// Reads introduction, questions and closing into `parsed`.
pub(super) fn read(context: &Context<'_>, slots: &[Slot], parsed: &mut Parsed) {
    let (slots, closed) = closing::cut(context, slots);
    let slots = torn::mend(context, slots);
    let leads = question_leads(context, &slots);
    let mut sections = sections(context, &slots, &leads).into_iter();
    let before = sections.next().unwrap_or_default();
    let numbered: Vec<Section> = sections.collect();
    if numbered.is_empty() {
        unnumbered(context, before, parsed);
    } else {
        parsed.introduction = before.paragraphs().map(|p| paragraph(context, p)).collect();
        parsed.questions = numbered.iter().map(|section| question(context, section)).collect();
        check_labels(context, &numbered, parsed);
    }
    closing::read(context, closed, parsed);
}

/// The leads with the family of labels that makes most questions: numbers first, else letters or Roman numbers.
fn question_leads(context: &Context<'_>, slots: &[Slot]) -> Vec<Lead> {
    let by = |family| leads(context, slots, family, Expected::Sequence);
    let numbers = by(Family::Number);
    let count = |leads: &[Lead]| leads.iter().filter(|lead| matches!(lead, Lead::Outer(_))).count();
    if count(&numbers) > 0 {
        return numbers;
    }
    let others = [Family::Roman, Family::Capital, Family::Letter].map(by);
    others.into_iter().max_by_key(|leads| count(leads)).filter(|leads| count(leads) > 1).unwrap_or(numbers)
}

/// Where the last paragraph that asks begins; of a list that asks its first item, or the words that lead it in.
fn asking(paragraphs: &[Paragraph]) -> Option<usize> {
    let asks = |p: &Paragraph| p.text.contains('?');
    let last = paragraphs.iter().rposition(asks)?;
    let flow = paragraphs.get(..=last)?.iter().rposition(|p| p.kind == ParagraphKind::Flow);
    match flow {
        Some(flow) if flow == last => Some(flow),
        Some(flow) if paragraphs.get(flow).is_some_and(|p| asks(p) || p.text.ends_with(':')) => Some(flow),
        Some(flow) => Some(flow + 1),
        None => Some(0),
    }
}

/// The last paragraph that asks, with the list under it, is the only question.
fn unnumbered(context: &Context<'_>, section: Section, parsed: &mut Parsed) {
    let mut paragraphs: Vec<Paragraph> = section.into_paragraphs();
    let last_flow = || paragraphs.iter().rposition(|p| p.kind == ParagraphKind::Flow);
    let Some(mut at) = asking(&paragraphs).or_else(last_flow) else { return };
    if let Some(question) = paragraphs.get_mut(at).and_then(|paragraph| split_question(context, paragraph)) {
        at += 1;
        paragraphs.insert(at, question);
    }
    let (before, asked) = paragraphs.split_at(at.min(paragraphs.len()));
    parsed.introduction = before.iter().map(|p| paragraph(context, p)).collect();
    parsed.questions = vec![Question {
        label: None,
        text: text_of(context, asked.iter()),
        parts: parts_of(context, &asked.iter().collect::<Vec<_>>()),
        span: span_of(context, asked.iter().flat_map(|p| line_ranges(context, p))),
    }];
}

/// In a text without blank lines a full line that ends a statement may end the introduction: the question is then what
/// follows the last such line before the first question mark.
fn split_question(context: &Context<'_>, paragraph: &mut Paragraph) -> Option<Paragraph> {
    if !context.measure.is_doubtful() {
        return None;
    }
    let line = |piece: &Piece| context.layout.slice(piece.bytes.clone());
    let mark = paragraph.pieces.iter().position(|piece| line(piece).contains('?'))?;
    let capital = |piece: &Piece| line(piece).starts_with(char::is_uppercase);
    let starts = |at: &usize| {
        let (Some(before), Some(piece)) = (paragraph.pieces.get(at - 1), paragraph.pieces.get(*at)) else {
            return false;
        };
        line(before).ends_with('.') && capital(piece)
    };
    let at = (1..=mark).rev().find(starts)?;
    let pieces = paragraph.pieces.split_off(at);
    paragraph.text = join(context.layout, &paragraph.pieces, context.addresses);
    let text = join(context.layout, &pieces, context.addresses);
    Some(Paragraph { kind: ParagraphKind::Flow, text, pieces, left: paragraph.left })
}

fn question(context: &Context<'_>, section: &Section) -> Question {
    let paragraphs: Vec<&Paragraph> = section.paragraphs().collect();
    Question {
        label: section.label.as_ref().map(|label| label.name(label.first())),
        text: text_of(context, paragraphs.iter().copied()),
        parts: parts_of(context, &paragraphs),
        span: span_of(context, paragraphs.iter().flat_map(|p| line_ranges(context, p))),
    }
}

/// One paragraph a line, parts with their marks.
pub(super) fn text_of<'a>(context: &Context<'_>, paragraphs: impl Iterator<Item = &'a Paragraph>) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&paragraph.line(context));
    }
    text
}

/// The bytes of a paragraph as its line has it: a part's mark included.
pub(super) fn line_ranges(context: &Context<'_>, paragraph: &Paragraph) -> Vec<Range<usize>> {
    let mark = paragraph.mark_bytes(context);
    mark.into_iter().chain(paragraph.pieces.iter().map(|piece| piece.bytes.clone())).collect()
}

/// A paragraph of the introduction or the closing.
pub(super) fn paragraph(context: &Context<'_>, paragraph: &Paragraph) -> model::Paragraph {
    model::Paragraph {
        text: paragraph.line(context),
        span: span_of(context, line_ranges(context, paragraph).into_iter()),
    }
}

/// A part under way: its level in the tree, itself, and where it stands.
struct OpenPart {
    family: Family,
    part: model::Part,
    ranges: Vec<Range<usize>>,
}

/// The parts as a tree: a part holds the paragraphs up to the next part, and the parts of another kind under it.
pub(super) fn parts_of(context: &Context<'_>, paragraphs: &[&Paragraph]) -> Vec<model::Part> {
    let mut done: Vec<model::Part> = Vec::new();
    let mut open: Vec<OpenPart> = Vec::new();
    for paragraph in paragraphs {
        if let ParagraphKind::Part(label) = &paragraph.kind {
            let at = open.iter().position(|part| part.family == label.family).unwrap_or(open.len());
            close_parts(context, &mut open, at, &mut done);
            for outer in &mut open {
                add_line(&mut outer.part.text, &paragraph.line(context));
                outer.ranges.extend(line_ranges(context, paragraph));
            }
            open.push(new_part(label, paragraph));
        } else {
            for outer in &mut open {
                add_line(&mut outer.part.text, &paragraph.text);
                outer.ranges.extend(paragraph.pieces.iter().map(|piece| piece.bytes.clone()));
            }
        }
    }
    close_parts(context, &mut open, 0, &mut done);
    done
}

fn new_part(label: &Label, paragraph: &Paragraph) -> OpenPart {
    OpenPart {
        family: label.family,
        part: model::Part {
            label: label.name(label.first()),
            text: paragraph.text.clone(),
            parts: Vec::new(),
            span: Default::default(),
        },
        ranges: paragraph.pieces.iter().map(|piece| piece.bytes.clone()).collect(),
    }
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// Ends the open parts from `at` on; each goes into the one above it.
fn close_parts(context: &Context<'_>, open: &mut Vec<OpenPart>, at: usize, done: &mut Vec<model::Part>) {
    while open.len() > at {
        let Some(mut closed) = open.pop() else { break };
        closed.part.span = span_of(context, closed.ranges.into_iter());
        match open.last_mut() {
            Some(outer) => outer.part.parts.push(closed.part),
            None => done.push(closed.part),
        }
    }
}

/// Labels that do not run from 1 on without a gap are told.
fn check_labels(context: &Context<'_>, sections: &[Section], parsed: &mut Parsed) {
    let mut next = 1;
    for section in sections {
        let Some(label) = &section.label else { continue };
        if label.first() != next {
            let message = format!("question {} follows where {} was due", label.name(label.first()), label.name(next));
            let span = context.layout.span(section.label_bytes.clone());
            parsed.diagnostics.push(Diagnostic::warning(Code::QuestionLabels, message, span));
        }
        next = label.last() + 1;
    }
}
