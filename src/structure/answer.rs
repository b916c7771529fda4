//! The answers: the reply by the labels of the questions it answers.
//!
//! Takes the slots of the reply and the questions' labels. Text before the first label answers none in particular.
//!
//! ```text
//! Vooraf wens ik te benadrukken …      labels []
//! 1-2. Er is maandelijks overleg …     labels 1, 2
//! 3. Zie antwoord op vraag 2.          labels 3, see 2
//! BIJLAGEN                             the annex list
//! Bijlage 1: overzicht per gemeente
//! ```

use super::label::{Family, Label, Style, number_list};
use super::numbering::{Expected, Lead, leads};
use super::question::{line_ranges, parts_of, text_of};
use super::section::{Content, Paragraph, ParagraphKind, Section, sections, span_of};
use super::{Context, Parsed, Slot, torn};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Answer, Attachment, Block, ListItem};
use std::collections::HashSet;

/// Lines that an annex list has at most.
const ANNEX_LINES: usize = 40;
/// How far an item is set in against those above it to be under them: columns of a text, points of a PDF.
const INDENT: f32 = 1.5;
/// Words behind a label that are prose at least; a table's first cells are shorter.
const PROSE_WORDS: usize = 6;
/// Words of an answer that only refers to another at most.
const REFERRING_WORDS: usize = 30;

/// Reads the answers and the annex list into `parsed`.
pub(super) fn read(context: &Context<'_>, slots: &[Slot], parsed: &mut Parsed) {
    let (slots, annex) = cut_annex(context, slots);
    parsed.attachments = attachments(context, &annex);
    let slots = torn::mend(context, &slots);
    let leads = answer_leads(context, &slots, parsed);
    for section in sections(context, &slots, &leads) {
        if section.label.is_none() && section.content.is_empty() {
            continue;
        }
        let at = parsed.answers.len();
        parsed.table_answers.extend(section.content.iter().filter_map(|content| match content {
            Content::Table(table) => Some((*table, at)),
            Content::Paragraph(_) => None,
        }));
        parsed.answers.push(answer(context, &section));
    }
    check_labels(context, parsed);
}

/// The lines that surely begin an answer, before any table is known: by a label alone, in words, or before prose.
pub(super) fn label_lines(context: &Context<'_>, slots: &[Slot], parsed: &Parsed) -> Vec<usize> {
    let leads = answer_leads(context, slots, parsed);
    let alone = |(slot, lead): (&Slot, &Lead)| {
        let Slot::Line(line) = *slot else { return None };
        let (len, worded) = match lead {
            Lead::Outer(label) => (label.len, label.style == Style::Worded),
            Lead::Again(part, len) => (*len, part.is_none()),
            _ => return None,
        };
        let rest = context.layout.line_text(line).get(len..).unwrap_or("");
        (rest.is_empty() || worded || is_prose(rest) || is_title(rest)).then_some(line)
    };
    slots.iter().zip(&leads).filter_map(alone).collect()
}

/// Whether what follows a label is prose rather than a row of a table: many words, few of them figures, no wide gaps.
fn is_prose(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let figures = text.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
    words >= PROSE_WORDS && figures * 4 <= words && !text.contains("   ")
}

/// Whether what follows a label is the name of what is answered, `2. Leraren`: words and no figure. A row of a table that
/// is numbered has figures behind its name.
fn is_title(text: &str) -> bool {
    text.trim_start().starts_with(char::is_uppercase)
        && !text.contains(|c: char| c.is_ascii_digit())
        && !text.contains("   ")
}

/// What each line begins, by the labels of the questions.
fn answer_leads(context: &Context<'_>, slots: &[Slot], parsed: &Parsed) -> Vec<Lead> {
    let (family, known) = question_labels(parsed);
    let expected = match known.is_empty() {
        false => Expected::Labels(&known),
        true if parsed.questions.is_empty() => Expected::Sequence,
        true => Expected::None,
    };
    leads(context, slots, family, expected)
}

/// What the questions count with, and their numbers.
fn question_labels(parsed: &Parsed) -> (Family, Vec<u32>) {
    let names = parsed.questions.iter().filter_map(|question| question.label.as_deref());
    let read = |label: &str| Label::read(&format!("{label}.")).or_else(|| Label::read(&format!("{label})")));
    let mut labels: Vec<Label> = names.filter_map(read).collect();
    if labels.iter().any(|label| label.family == Family::Roman) {
        labels = labels.iter().filter_map(Label::as_roman).collect();
    }
    let family = labels.last().map_or(Family::Number, |label| label.family);
    let mut numbers: Vec<u32> = labels.iter().map(Label::first).collect();
    numbers.sort_unstable();
    numbers.dedup();
    (family, numbers)
}

fn answer(context: &Context<'_>, section: &Section) -> Answer {
    let labels: Vec<String> =
        section.label.iter().flat_map(|label| label.numbers.iter().map(|n| label.name(*n))).collect();
    let paragraphs: Vec<&Paragraph> = section.paragraphs().collect();
    let text = text_of(context, paragraphs.iter().copied());
    Answer {
        see: see(&text, &labels),
        parts: if section.label.is_some() { parts_of(context, &paragraphs) } else { Vec::new() },
        blocks: blocks(context, section),
        span: span_of(context, paragraphs.iter().flat_map(|p| line_ranges(context, p))),
        labels,
        text,
    }
}

/// The labels that an answer refers to, where it does nothing else: `Zie antwoord op vraag 2.`
fn see(text: &str, own: &[String]) -> Vec<String> {
    if text.contains('\n') || text.split_whitespace().count() > REFERRING_WORDS {
        return Vec::new();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |word: &str, known: &[&str]| {
        known.iter().any(|k| word.trim_matches(|c: char| !c.is_alphabetic()).eq_ignore_ascii_case(k))
    };
    let refers = words.iter().any(|word| {
        is(word, &["zie", "verwijs", "verwijst", "verwijzen", "verwezen", "cf", "cfr", "idem", "verwijzing"])
    });
    const NAMED: [&str; 9] =
        ["vraag", "vragen", "deelvraag", "deelvragen", "subvraag", "punt", "punten", "antwoord", "antwoorden"];
    let numbered = |at: usize| words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    let named = (0..words.len())
        .find(|at| numbered(*at) && (is(words[*at], &NAMED) || is(words[*at], &["zie", "idem", "cf", "cfr"])));
    let Some(at) = named.filter(|_| refers) else { return Vec::new() };
    if at > 0 && is(words[at - 1], &["schriftelijke", "parlementaire", "mondelinge"]) {
        return Vec::new();
    }
    let rest = words.get(at + 1..).unwrap_or(&[]).join(" ");
    let (after, numbers) = number_list(&rest).unwrap_or((&rest, Vec::new()));
    let dated = after.trim_start().starts_with("van ") && after.bytes().any(|b| b.is_ascii_digit());
    numbers.iter().map(u32::to_string).filter(|label| !dated && !own.contains(label)).collect()
}

/// Paragraphs, lists and tables in their order.
fn blocks(context: &Context<'_>, section: &Section) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut list: Vec<&Paragraph> = Vec::new();
    for content in &section.content {
        match content {
            Content::Paragraph(item) if matches!(item.kind, ParagraphKind::Bullet(_) | ParagraphKind::Item) => {
                list.push(item)
            }
            Content::Paragraph(paragraph) => {
                end_list(context, &mut list, &mut blocks);
                let span = span_of(context, line_ranges(context, paragraph).into_iter());
                blocks.push(Block::Paragraph { text: paragraph.line(context), span });
            }
            Content::Table(table) => {
                end_list(context, &mut list, &mut blocks);
                blocks.push(Block::Table { table: format!("t{}", table + 1) });
            }
        }
    }
    end_list(context, &mut list, &mut blocks);
    blocks
}

fn end_list(context: &Context<'_>, list: &mut Vec<&Paragraph>, blocks: &mut Vec<Block>) {
    if list.is_empty() {
        return;
    }
    let span = span_of(context, list.iter().flat_map(|p| line_ranges(context, p)));
    blocks.push(Block::List { items: list_items(context, list), span });
    list.clear();
}

/// An open level of a list.
struct Level {
    sign: Option<char>,
    left: f32,
    page: u32,
    items: Vec<ListItem>,
}

/// Items by their bullets: another bullet than the ones above, or the same further in on the same page, begins a list
/// under the item before it.
fn list_items(context: &Context<'_>, list: &[&Paragraph]) -> Vec<ListItem> {
    let mut levels: Vec<Level> = Vec::new();
    for paragraph in list {
        let sign = match paragraph.kind {
            ParagraphKind::Bullet(sign) => Some(sign),
            _ => None,
        };
        let line = paragraph.pieces.first().and_then(|piece| context.layout.lines.get(piece.line));
        let (left, page) = (paragraph.left, line.map_or(0, |line| line.page));
        let same = |level: &Level| level.sign == sign && (level.page != page || (level.left - left).abs() < INDENT);
        let at = levels.iter().rposition(same);
        close_levels(&mut levels, at.map_or(usize::MAX, |at| at + 1));
        if at.is_none() {
            levels.push(Level { sign, left, page, items: Vec::new() });
        }
        if let Some(level) = levels.last_mut() {
            level.items.push(ListItem { text: paragraph.text.clone(), items: Vec::new() });
        }
    }
    close_levels(&mut levels, 1);
    levels.pop().map(|level| level.items).unwrap_or_default()
}

fn close_levels(levels: &mut Vec<Level>, keep: usize) {
    while levels.len() > keep {
        let Some(closed) = levels.pop() else { break };
        if let Some(above) = levels.last_mut().and_then(|above| above.items.last_mut()) {
            above.items.extend(closed.items);
        }
    }
}

/// Takes the annex list at the reply's end out of it. What an extractor left behind the list belongs to the reply.
fn cut_annex(context: &Context<'_>, slots: &[Slot]) -> (Vec<Slot>, Vec<Slot>) {
    let from = slots.len().saturating_sub(ANNEX_LINES);
    let text = |at: usize| match slots.get(at) {
        Some(Slot::Line(line)) => context.layout.line_text(*line),
        _ => "",
    };
    let headed = (from..slots.len()).find(|at| is_annex_heading(text(*at)));
    let named =
        || (from..slots.len()).find(|at| is_annex_line(text(*at)) && annex_end(context, slots, *at) == slots.len());
    let Some(start) = headed.or_else(named) else { return (slots.to_vec(), Vec::new()) };
    let end = annex_end(context, slots, start);
    let (before, rest) = slots.split_at(start);
    let (annex, after) = rest.split_at(end - start);
    let after = if holds_annex(context, annex, after) { &[] } else { after };
    ([before, after].concat(), annex.to_vec())
}

/// Whether what stands behind the annex list is the annex itself, tables alone, which stand in no answer: where pages
/// are known, and the list is on one before the last, or places are. Else an extractor may have torn them from above.
fn holds_annex(context: &Context<'_>, annex: &[Slot], after: &[Slot]) -> bool {
    let lines = &context.layout.lines;
    let page = annex.iter().find_map(|slot| match slot {
        Slot::Line(line) => lines.get(*line).map(|line| line.page),
        Slot::Table(_) => None,
    });
    let later = page.zip(lines.last()).is_some_and(|(page, last)| page < last.page);
    // `BIJLAGE`, `Bijlage 1: …` (the table's caption, if not a line), and the table: in the order of print.
    let text = |slot: &Slot| match slot {
        Slot::Line(line) => context.layout.line_text(*line),
        Slot::Table(_) => "",
    };
    let captioned = annex.first().is_some_and(|slot| is_annex_heading(text(slot)))
        && annex.iter().skip(1).filter(|slot| is_annex_line(text(slot))).count() <= 1;
    (later || captioned || context.layout.is_placed()) && after.iter().all(|slot| matches!(slot, Slot::Table(_)))
}

/// The end of an annex list that begins at `start`: of lines that say `Bijlage` with what goes on from them, else of all
/// lines up to a table.
fn annex_end(context: &Context<'_>, slots: &[Slot], start: usize) -> usize {
    let line = |at: usize| match slots.get(at) {
        Some(Slot::Line(line)) => Some(*line),
        _ => None,
    };
    let says = |at: usize| {
        line(at).is_some_and(|l| {
            is_annex_line(context.layout.line_text(l)) || is_annex_heading(context.layout.line_text(l))
        })
    };
    let named = says(start + 1)
        || line(start).is_some_and(|l| {
            is_annex_line(context.layout.line_text(l)) && !is_annex_heading(context.layout.line_text(l))
        });
    let mut end = start + 1;
    while let (Some(before), Some(this)) = (line(end - 1), line(end)) {
        if named && !says(end) && !context.measure.continues(context.layout, before, this, false) {
            break;
        }
        end += 1;
    }
    end
}

/// `BIJLAGE`, `BIJLAGEN`, `Bijlage(n):` alone on a line.
fn is_annex_heading(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '.', ' ']).to_lowercase();
    matches!(
        bare.as_str(),
        "bijlage" | "bijlagen" | "bijlage(n)" | "bijlage(s)" | "lijst van bijlagen" | "overzicht bijlagen"
    )
}

/// `Bijlage: …`, `Bijlage 2 - …`, `Bijlage 1. …`.
fn is_annex_line(text: &str) -> bool {
    let Some(rest) = ["Bijlagen", "Bijlage", "BIJLAGEN", "BIJLAGE"].iter().find_map(|word| text.strip_prefix(word))
    else {
        return false;
    };
    let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start();
    rest.is_empty() || rest.starts_with([':', '-', '–', ')', '_'])
}

fn attachments(context: &Context<'_>, slots: &[Slot]) -> Vec<Attachment> {
    let leads: Vec<_> = vec![Lead::Flow; slots.len()];
    let starts: HashSet<usize> = slots
        .iter()
        .filter_map(|slot| match slot {
            Slot::Line(line) if is_annex_line(context.layout.line_text(*line)) => Some(*line),
            _ => None,
        })
        .collect();
    let mut found: Vec<Attachment> = Vec::new();
    for slot in slots.chunk_by(|_, next| !matches!(next, Slot::Line(line) if starts.contains(line))) {
        let lead = leads.get(..slot.len()).unwrap_or(&[]);
        for section in sections(context, slot, lead) {
            let lines = section.paragraphs().filter(|p| !is_annex_heading(&p.text));
            found.extend(lines.map(|p| Attachment {
                text: p.text.clone(),
                span: span_of(context, line_ranges(context, p).into_iter()),
            }));
        }
    }
    found
}

/// Questions that no answer names, and answers that name no question.
fn check_labels(context: &Context<'_>, parsed: &mut Parsed) {
    let answered: HashSet<&str> = parsed.answers.iter().flat_map(|a| a.labels.iter().map(String::as_str)).collect();
    let asked: HashSet<&str> = parsed.questions.iter().filter_map(|q| q.label.as_deref()).collect();
    let mut told = Vec::new();
    for question in parsed.questions.iter().filter(|_| !answered.is_empty()) {
        let Some(label) = question.label.as_deref().filter(|label| !answered.contains(label)) else { continue };
        let message = format!("no answer has the label of question {label}");
        told.push(Diagnostic::warning(Code::QuestionUnanswered, message, question.span.clone()));
    }
    for answer in &parsed.answers {
        for label in answer.labels.iter().filter(|label| !asked.is_empty() && !asked.contains(label.as_str())) {
            let message = format!("an answer has the label {label}, but no question has");
            told.push(Diagnostic::warning(Code::AnswerLabelUnknown, message, answer.span.clone()));
        }
    }
    let _ = context;
    parsed.diagnostics.extend(told);
}
