//! What stands around a grid: its caption above, its notes below, and the next page's part of the same table.
//!
//! Takes a layout and the lines of a grid, gives byte ranges and line indexes. Running lines, footnotes and link
//! addresses between are passed over.
//!
//! ```text
//! Tabel 2: oproepen bij de hulplijnen      caption
//! ┌───────┬──────┐
//! └───────┴──────┘
//! * Voorlopige cijfers                     note
//! ```

use crate::layout::{Layout, Line, Role};
use std::ops::Range;

/// Lines that a caption has at most.
const CAPTION_LINES: usize = 3;

/// Lines that one note has at most.
const NOTE_LINES: usize = 6;

/// Blank lines between a table and its caption or note, at most.
const NEAR: u8 = 2;

/// The caption above a line: its bytes and its lines.
pub(super) fn caption_above(layout: &Layout, first: usize, floor: usize) -> Option<(Range<usize>, Range<usize>)> {
    let mut line = previous_body(layout, first, floor)?;
    let turned = !same_page(layout, line, first) && is_caption(layout.line_text(line));
    if !turned && blank_between(layout, line, first) > NEAR {
        return None;
    }
    let last = line;
    for _ in 0..CAPTION_LINES {
        if is_caption(layout.line_text(line)) {
            let bytes = layout.lines.get(line)?.start as usize..layout.lines.get(last)?.end as usize;
            return Some((bytes, line..last + 1));
        }
        // A caption over several lines: only its last may be short of space above.
        let here = layout.lines.get(line)?;
        if here.blank_before > 0 || line == 0 {
            return None;
        }
        line = previous_body(layout, line, floor)?;
    }
    None
}

/// The notes under a line: their bytes, and the lines that they take up.
pub(super) fn notes_below(layout: &Layout, last: usize, ceiling: usize) -> (Vec<Range<usize>>, Vec<usize>) {
    let (mut notes, mut lines) = (Vec::new(), Vec::new());
    let mut before = last;
    while let Some(line) = next_body(layout, before, ceiling) {
        // A page's end between a table and its note leaves the note on top of the next.
        let near = layout.lines.get(line).is_some_and(|l| l.blank_before <= NEAR || !same_page(layout, before, line));
        if !near || !is_note(layout.line_text(line)) {
            break;
        }
        let end = note_end(layout, line, ceiling);
        if let (Some(first), Some(last)) = (layout.lines.get(line), layout.lines.get(end)) {
            notes.push(first.start as usize..last.end as usize);
        }
        lines.extend(line..=end);
        before = end;
    }
    (notes, lines)
}

/// The last line of the note that begins at a line: lines go on while they are of its size, without space above, and
/// the line before is full.
pub(super) fn note_end(layout: &Layout, first: usize, ceiling: usize) -> usize {
    let Some(head) = layout.lines.get(first) else { return first };
    let mut end = first;
    for next in first + 1..(first + NOTE_LINES).min(ceiling) {
        let Some(line) = layout.lines.get(next) else { break };
        let text = layout.line_text(next);
        let goes_on = line.role == Role::Body
            && line.blank_before == 0
            && line.page == head.page
            && (line.size - head.size).abs() < 0.2
            && !is_note(text)
            && text.chars().next().is_some_and(|c| c.is_lowercase() || c == '(')
            && !ends_sentence(layout.line_text(end));
        if !goes_on {
            break;
        }
        end = next;
    }
    end
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', ';'])
}

/// `Tabel 1: …`, `Tabel 2`, `Table 3.`, `Overzicht 1`: the word, a number, and what stands behind it.
pub(super) fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let named = words
        .next()
        .is_some_and(|word| ["tabel", "table", "overzicht"].iter().any(|known| word.eq_ignore_ascii_case(known)));
    let number = words.next().unwrap_or("").trim_end_matches([':', '.', '-', '–', ')']);
    named
        && (1..=4).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
        && (number.starts_with(|c: char| c.is_ascii_digit()) || number.len() == 1)
}

/// A line that begins with a mark as table notes have: `* …`, `(*) …`, `** …`, `† …`.
pub(super) fn is_note(text: &str) -> bool {
    let rest = text.strip_prefix('(').unwrap_or(text);
    let marks = rest.chars().take_while(|c| matches!(c, '*' | '†' | '‡')).count();
    marks > 0 && rest.chars().nth(marks).is_some()
}

/// The body line before a line, not before `floor`.
pub(super) fn previous_body(layout: &Layout, line: usize, floor: usize) -> Option<usize> {
    (floor..line).rev().find(|&index| layout.lines.get(index).is_some_and(|l| l.role == Role::Body))
}

/// The body line behind a line, before `ceiling`.
pub(super) fn next_body(layout: &Layout, line: usize, ceiling: usize) -> Option<usize> {
    (line + 1..ceiling).find(|&index| layout.lines.get(index).is_some_and(|l| l.role == Role::Body))
}

fn same_page(layout: &Layout, a: usize, b: usize) -> bool {
    let page = |index: usize| layout.lines.get(index).map(|line: &Line| line.page);
    page(a) == page(b)
}

fn blank_between(layout: &Layout, before: usize, after: usize) -> u8 {
    if !same_page(layout, before, after) {
        return u8::MAX;
    }
    layout.lines.get(after).map_or(u8::MAX, |line| line.blank_before)
}
