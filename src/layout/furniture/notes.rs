//! Footnotes: a number and a sentence near a page's end, with the mark of that number behind a word before.
//!
//! Takes the sheets of a layout; marks the notes' lines, and collects the bytes of their marks in the text.
//!
//! ```text
//! … een actualisering van die cijfers.1        the mark: bytes of `1`
//! 1 Bron: toestand op 11 februari 2019.        Footnote
//! ```

use super::numbers::page_number;
use super::{FOOT_DEPTH, Sheet, wide_gaps};
use crate::layout::{Layout, Role, Word};
use std::ops::Range;

/// Lines before a footnote among which its mark is sought: a page of the smallest print.
const MARK_REACH: usize = 90;

/// Footnotes: a number, a space and a capital near a sheet's end, where that number stands glued behind a word before.
pub(super) fn mark_footnotes(layout: &mut Layout, sheets: &[Sheet]) {
    for sheet in sheets {
        let body: Vec<usize> = sheet.iter().copied().filter(|line| layout.lines[*line].role == Role::Body).collect();
        let mut at = body.len().saturating_sub(FOOT_DEPTH).max(1);
        while let Some(&line) = body.get(at) {
            at += 1;
            let Some(number) = footnote_number(layout.line_text(line)) else { continue };
            // Behind its number a footnote runs on; a row of a table does not.
            if wide_gaps(layout, line) > 1 {
                continue;
            }
            let Some(mark) = find_mark(layout, line, number) else { continue };
            layout.marks.push(mark);
            layout.lines[line].role = Role::Footnote;
            while let Some(&next) = body.get(at).filter(|next| continues_footnote(layout, line, **next)) {
                layout.lines[next].role = Role::Footnote;
                at += 1;
            }
        }
    }
}

/// The mark of `1 Bron: …`, `(1) Bron …`, `[1] Bron …` or `¹ Bron …`.
pub(crate) fn footnote_number(text: &str) -> Option<&str> {
    let open = text.trim_start_matches(['(', '[']);
    let raised = open.starts_with(is_raised);
    let end = open.find(|c: char| !(c.is_ascii_digit() || is_raised(c)))?;
    let rest = open[end..].trim_start_matches([')', ']']);
    let note = rest.trim_start();
    let spaced = raised || rest.starts_with(char::is_whitespace);
    let worded =
        note.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '(')) || note.starts_with("http");
    let label = &open[..end];
    ((1..=2).contains(&label.chars().count()) && !label.starts_with('0') && spaced && worded).then_some(label)
}

/// Superscript figures.
fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn continues_footnote(layout: &Layout, first: usize, next: usize) -> bool {
    let (a, b) = (&layout.lines[first], &layout.lines[next]);
    let before = layout.line_text(next.saturating_sub(1));
    b.blank_before == 0
        && b.page == a.page
        && next > first
        && (a.size - b.size).abs() < 0.3
        && (a.size > 0.0 || !before.ends_with(['.', '!', '?']))
        && footnote_number(layout.line_text(next)).is_none()
        && page_number(layout.line_text(next)).is_none()
}

/// The bytes of a footnote's mark: the number in brackets (`cijfers[1]`), behind a stop (`cijfers.1`), else behind a
/// letter (`cijfers1`), else alone behind a sentence at a line's end; the nearest before the note.
fn find_mark(layout: &Layout, note: usize, number: &str) -> Option<Range<usize>> {
    let mut best: Option<(u8, Range<usize>)> = None;
    for line in (note.saturating_sub(MARK_REACH)..note).rev() {
        if layout.lines[line].page != layout.lines[note].page {
            break;
        }
        let words = layout.line_words(line);
        for index in 0..words.len() {
            let Some((rank, bytes)) = mark_in(layout, words, index, number) else { continue };
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                best = Some((rank, bytes));
            }
        }
    }
    best.map(|(_, bytes)| bytes)
}

/// A mark in a word, and how surely it is one.
fn mark_in(layout: &Layout, words: &[Word], index: usize, number: &str) -> Option<(u8, Range<usize>)> {
    let word = words.get(index)?;
    let start = word.start as usize;
    let whole = layout.word_text(word);
    let text = whole.trim_end_matches(['.', ',', ';', ':']);
    let last = index + 1 == words.len();
    for (open, close) in [('[', ']'), ('(', ')')] {
        let inner = text
            .strip_suffix(close)
            .and_then(|text| text.strip_suffix(number))
            .and_then(|text| text.strip_suffix(open));
        if let Some(before) = inner.filter(|before| !before.is_empty()) {
            return Some((4, start + before.len()..start + text.len()));
        }
    }
    if number.starts_with(is_raised) {
        let at = text.find(number).filter(|at| *at > 0)?;
        return Some((4, start + at..start + at + number.len()));
    }
    let before = text.strip_suffix(number)?;
    let mut ending = before.chars().rev();
    let rank = match (ending.next(), ending.next()) {
        (Some(stop), Some(letter)) if is_stop(stop) && !letter.is_ascii_digit() => 3,
        (Some(letter), Some(more)) if letter.is_lowercase() && more.is_alphabetic() => 2,
        (Some(stop), Some(_)) if is_stop(stop) && last => 1,
        (None, _) if last && index > 0 && text == whole => {
            let previous = layout.word_text(words.get(index - 1)?);
            previous.ends_with(['.', '?', '!', '”']).then_some(1)?
        }
        _ => return None,
    };
    Some((rank, start + before.len()..start + text.len()))
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | ')' | '”' | '"' | '’' | '»')
}
