//! The parts of a written question: from lines to heads, questions and answers.
//!
//! Takes a [`Layout`] whose furniture is marked, a range of its lines that holds one written question ([`split`]), and
//! which lines are tables; gives [`Parsed`], in the types of the JSON. Tables themselves are read elsewhere.
//!
//! ```text
//! lines ─ head ─┬─ question head ─ title ─ introduction ─ questions ─ closing
//!               └─ answer head ─ answers (labels, parts, lists, tables' places) ─ annex list
//! ```

mod answer;
mod candidate;
mod closing;
mod compound;
#[cfg(fuzzing)]
mod fuzz;
mod head;
mod label;
mod link;
mod numbering;
mod opening;
mod parts;
mod person;
mod phrase;
mod question;
mod reference;
mod reply;
mod section;
mod split;
#[cfg(test)]
mod tests;
mod torn;
mod worded;

pub(crate) use split::split;

#[cfg(fuzzing)]
pub(crate) use fuzz::{dates, label_len};

use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::geometry::Span;
use crate::layout::furniture::footnote_number;
use crate::layout::paragraphs::{Addresses, Measure, Piece};
use crate::layout::{Layout, Role};
use crate::model::{Answer, AskedTo, Attachment, Date, Footnote, Kind, Link, Paragraph, Person, Question, Reference};
use std::ops::Range;

/// What the lines of one written question say, tables apart.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub number: Option<u32>,
    pub question_date: Option<Date>,
    pub title: Option<String>,
    pub kind: Kind,
    pub author: Option<Person>,
    pub addressee: Option<Person>,
    pub respondent: Option<Person>,
    pub introduction: Vec<Paragraph>,
    pub questions: Vec<Question>,
    pub question_closing: Vec<Paragraph>,
    pub asked_to: Vec<AskedTo>,
    pub answers: Vec<Answer>,
    /// For each table that stands in the reply the index of its answer.
    pub table_answers: Vec<(usize, usize)>,
    pub footnotes: Vec<Footnote>,
    pub references: Vec<Reference>,
    pub links: Vec<Link>,
    pub attachments: Vec<Attachment>,
    pub diagnostics: Vec<Diagnostic>,
    /// The lines of the reply, its head apart; empty where there is none.
    pub reply_lines: Range<usize>,
}

/// What every stage looks at.
pub(super) struct Context<'a> {
    layout: &'a Layout,
    measure: &'a Measure,
    addresses: &'a Addresses,
}

/// A line of prose, or the place of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A line, by its index.
    Line(usize),
    /// A table, by its index.
    Table(usize),
}

/// A written question whose head and questions are read, its answers not yet: they need the tables, and tables need to
/// know where answers begin.
#[derive(Debug)]
pub(crate) struct Opened {
    lines: Range<usize>,
    measure: Measure,
    addresses: Addresses,
    body: Vec<usize>,
    head: head::QuestionHead,
    reply: Option<reply::ReplyHead>,
    parsed: Parsed,
}

/// Reads the heads and the questions of a written question.
pub(crate) fn open(layout: &Layout, lines: Range<usize>) -> Result<Opened, Error> {
    let (measure, addresses) = (Measure::of(layout, lines.clone()), Addresses::of(layout, lines.clone()));
    let context = Context { layout, measure: &measure, addresses: &addresses };
    let body = without_own_mark(&context, body_lines(layout, lines.clone()));
    let reply = reply::reply_head(&context, &body);
    let question_end = reply.as_ref().map_or(body.len(), |reply| reply.lines.start);
    let question_body = body.get(..question_end).unwrap_or(&[]);
    let head = head::question_head(&context, question_body, reply.as_ref().and_then(|r| r.respondent.as_ref()));
    let mut parsed = Parsed::default();
    let asked = question_body.get(head.end..).unwrap_or(&[]);
    question::read(&context, &slots(asked, lines.start, &[]), &mut parsed);
    check_is_question(&context, &head, reply.is_some(), &parsed, question_body)?;
    if let Some(reply) = &reply {
        parsed.reply_lines = line_range(body.get(reply.lines.end..).unwrap_or(&[]), lines.end);
    }
    Ok(Opened { lines, measure, addresses, body, head, reply, parsed })
}

impl Opened {
    fn context<'a>(&'a self, layout: &'a Layout) -> Context<'a> {
        Context { layout, measure: &self.measure, addresses: &self.addresses }
    }

    /// The body lines of the reply, its head apart; none where there is no reply.
    fn answered(&self) -> &[usize] {
        self.reply.as_ref().and_then(|reply| self.body.get(reply.lines.end..)).unwrap_or(&[])
    }

    /// The lines of the reply without its head: where tables are sought.
    pub(crate) fn reply_lines(&self) -> Range<usize> {
        self.parsed.reply_lines.clone()
    }

    /// The lines of the question and of its reply without their heads.
    pub(crate) fn lines_without_heads(&self) -> [Range<usize>; 2] {
        let end = self.reply.as_ref().map_or(self.body.len(), |reply| reply.lines.start);
        let ceiling = self.body.get(end).copied().unwrap_or(self.lines.end);
        [line_range(self.body.get(self.head.end..end).unwrap_or(&[]), ceiling), self.reply_lines()]
    }

    /// The lines of the reply that surely begin an answer (`2.`, `Vraag 2`): no table reaches over them.
    pub(crate) fn label_lines(&self, layout: &Layout) -> Vec<usize> {
        answer::label_lines(&self.context(layout), &slots(self.answered(), self.lines.start, &[]), &self.parsed)
    }

    /// Reads the rest. `taken` says for each of the question's lines, from the first on, which table it belongs to;
    /// missing entries belong to none.
    pub(crate) fn finish(mut self, layout: &Layout, taken: &[Option<usize>]) -> Parsed {
        let mut parsed = std::mem::take(&mut self.parsed);
        let context = self.context(layout);
        if self.reply.is_some() {
            answer::read(&context, &slots(self.answered(), self.lines.start, taken), &mut parsed);
        }
        parsed.links = link::find(&context, self.lines.clone());
        parsed.footnotes = footnotes(&context, self.lines.clone());
        take_heads(&context, self.head.clone(), self.reply.clone(), &mut parsed);
        parsed.references = reference::find(&context, &self.body, parsed.number, parsed.question_date);
        parsed
    }
}

/// Reads one written question whose tables are known.
#[cfg(test)]
fn parse(layout: &Layout, lines: Range<usize>, taken: &[Option<usize>]) -> Result<Parsed, Error> {
    Ok(open(layout, lines)?.finish(layout, taken))
}

/// The lines from the first of `body` to the end of the document.
fn line_range(body: &[usize], end: usize) -> Range<usize> {
    body.first().map_or(end..end, |first| *first..end)
}

/// The body lines of a range. Heads that are the same on page after page of a bulletin look like running heads: lines
/// that read as one are body all the same.
pub(super) fn body_lines(layout: &Layout, lines: Range<usize>) -> Vec<usize> {
    let all: Vec<usize> = lines.clone().collect();
    let mut openings = opening::openings(layout, &all).into_iter().filter_map(|at| all.get(at).copied()).peekable();
    let mut body: Vec<usize> = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(role) = layout.lines.get(line).map(|l| l.role) else { break };
        let before = line.checked_sub(1).filter(|before| body.last() == Some(before));
        let opens = openings.next_if_eq(&line).is_some();
        if role == Role::Body || (role == Role::Running && (opens || reads_as_head(layout, line, before))) {
            body.push(line);
        }
    }
    body
}

/// The body lines without those that cite the written question itself and say no more, as the Parliament's pages do at
/// their head or foot: `SV 237 (2020-2021)`.
fn without_own_mark(context: &Context<'_>, mut body: Vec<usize>) -> Vec<usize> {
    let cited = |line: &usize| phrase::cited_alone(context.layout.line_text(*line));
    if !body.iter().any(|line| cited(line).is_some()) {
        return body;
    }
    let replied = reply::reply_head(context, &body).and_then(|reply| reply.number);
    let number = head::question_head(context, &body, None).number.or(replied);
    body.retain(|line| cited(line).is_none_or(|cited| Some(cited) != number));
    body
}

/// `ANTWOORD`, or a minister's name and title.
fn reads_as_head(layout: &Layout, line: usize, before: Option<usize>) -> bool {
    let (text, next) = (layout.line_text(line), layout.line_text(line + 1));
    let above = before.map_or("", |before| layout.line_text(before));
    let named = person::is_name(phrase::field("aan", text).unwrap_or(text)) && person::is_title_start(next);
    let titled = person::is_title_start(text)
        || (person::is_title_start(above) && person::is_capitals(above) && person::is_capitals(text));
    named || titled || reply::answer_line(text).is_some()
}

/// Lines as slots; the lines of a table are one slot where the first of them stands.
fn slots(lines: &[usize], first: usize, taken: &[Option<usize>]) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::with_capacity(lines.len());
    let mut placed: std::collections::HashSet<usize> = std::collections::HashSet::new();
    for line in lines {
        match line.checked_sub(first).and_then(|at| taken.get(at)).copied().flatten() {
            None => slots.push(Slot::Line(*line)),
            Some(table) if placed.insert(table) => slots.push(Slot::Table(table)),
            Some(_) => {}
        }
    }
    slots
}

/// A whole line as a piece of a paragraph.
fn piece(context: &Context<'_>, line: usize) -> Option<Piece> {
    let found = context.layout.lines.get(line)?;
    Some(Piece { line, bytes: found.start as usize..found.end as usize })
}

/// What makes a text a written question: a head of its own, or an answer's head, or numbered questions to a minister.
fn check_is_question(
    context: &Context<'_>,
    head: &head::QuestionHead,
    replied: bool,
    parsed: &Parsed,
    body: &[usize],
) -> Result<(), Error> {
    let headed = head.named || head.addressee.is_some() || (head.number.is_some() && head.author.is_some());
    let numbered = parsed.questions.iter().filter(|q| q.label.is_some() && q.text.contains('?')).count() >= 2;
    let minister = || body.iter().any(|line| context.layout.line_text(*line).to_lowercase().contains("minister"));
    if headed || replied || (numbered && minister()) {
        return Ok(());
    }
    let reason = "it has no line SCHRIFTELIJKE VRAAG, no line ANTWOORD, nobody it is addressed to, and no numbered questions to a minister";
    Err(Error::NotAQuestion { reason: reason.to_owned() })
}

/// The head fields, those that the question's head lacks from the answer's.
fn take_heads(context: &Context<'_>, head: head::QuestionHead, reply: Option<reply::ReplyHead>, parsed: &mut Parsed) {
    let reply = reply.unwrap_or_default();
    let cut = head.number.is_none() || head.date.is_none() || head.author.is_none();
    let helped = reply.number.is_some() || reply.date.is_some() || reply.author.is_some();
    let start = head.title.as_ref().map_or(0..0, |(_, bytes)| bytes.clone());
    let span = context.layout.span(start);
    if cut && helped {
        let message = "the question's head is cut: number, date or author come from the answer's head";
        parsed.diagnostics.push(Diagnostic::info(Code::HeaderCut, message, span.clone()));
    }
    parsed.kind = reply.kind;
    parsed.number = head.number.or(reply.number);
    parsed.question_date = head.date.or(reply.date);
    parsed.author = head.author.or(reply.author);
    parsed.title = head.title.map(|(title, _)| title);
    parsed.addressee = head.addressee;
    parsed.respondent = reply.respondent;
    tell_missing(parsed, &span);
}

fn tell_missing(parsed: &mut Parsed, span: &Span) {
    let minister = parsed.respondent.is_none() && (parsed.kind != Kind::Unanswered || parsed.addressee.is_none());
    let fields = [
        ("number", parsed.number.is_none()),
        ("date", parsed.question_date.is_none()),
        ("title", parsed.title.is_none()),
        ("author", parsed.author.is_none()),
        ("minister", minister),
    ];
    for (field, _) in fields.into_iter().filter(|(_, missing)| *missing) {
        let message = format!("no {field} found in the question's head or the answer's");
        parsed.diagnostics.push(Diagnostic::warning(Code::HeaderFieldMissing, message, span.clone()));
    }
}

/// The footnotes with their marks.
fn footnotes(context: &Context<'_>, lines: Range<usize>) -> Vec<Footnote> {
    let mut notes: Vec<(String, Vec<Piece>)> = Vec::new();
    for line in lines {
        if context.layout.lines.get(line).is_none_or(|l| l.role != Role::Footnote) {
            continue;
        }
        let Some(mut piece) = piece(context, line) else { continue };
        let text = context.layout.line_text(line);
        let marker = footnote_number(text);
        if let Some(marker) = marker.filter(|_| !piece.bytes.is_empty()) {
            let rest = text.trim_start_matches(['(', '[']).strip_prefix(marker).unwrap_or("");
            let rest = rest.trim_start_matches([')', ']', ' ', '\t', '\u{a0}']);
            piece.bytes.start = piece.bytes.end - rest.len();
            notes.push((plain_figures(marker), vec![piece]));
        } else if let Some((_, pieces)) = notes.last_mut() {
            pieces.push(piece);
        }
    }
    let note = |(marker, pieces): (String, Vec<Piece>)| Footnote {
        marker,
        text: crate::layout::paragraphs::join(context.layout, &pieces, context.addresses),
        span: section::span_of(context, pieces.iter().map(|piece| piece.bytes.clone())),
    };
    notes.into_iter().map(note).collect()
}

/// Superscript figures as plain ones.
fn plain_figures(marker: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    marker.nfkc().collect()
}
