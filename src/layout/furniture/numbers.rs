//! Page numbers: lines at the ends of pages that count them.
//!
//! Takes the sheets of a layout; marks as running the numbers that say so themselves, those that go with the pages, and that
//! of an only page by its place.
//!
//! ```text
//! Pagina 1 van 4     says all itself
//! - 3 -              counts, if another sheet ends with 2 or 4
//! ```

use super::{FOOT_DEPTH, SHEET_GAP, Sheet};
use crate::layout::{Layout, Line, Role};
use std::collections::HashMap;

/// Blank lines above the number of an only page: more than part a table's cells.
const LONE_GAP: u8 = 3;
/// How far such a number stands from the left margin: columns of a text, points of a PDF. A label or a stub stands at it.
const LONE_INDENT: f32 = 30.0;

/// A line that can be a page number.
pub(super) struct PageNumber {
    pub number: u32,
    /// Whether the line says so itself: `Pagina 1 van 4`, `blz. 3`.
    named: bool,
    /// Whether it names the last page too.
    of: bool,
}

/// Reads `3`, `- 3 -`, `3/12`, `3 van 12`, `Pagina 3`, `blz. 3 van 12`, `p. 3`; `Nr. 3`, which may as well be a row.
pub(super) fn page_number(text: &str) -> Option<PageNumber> {
    if text.len() > 40 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let inner =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '•' | '[' | ']' | '~'));
    let word_end = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
    let word = inner[..word_end].to_lowercase();
    let named = matches!(word.as_str(), "pagina" | "pag" | "blz" | "bladzijde" | "p" | "page");
    if !word.is_empty() && !named && word != "nr" {
        return None;
    }
    let rest = inner[word_end..].trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let digits_end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..digits_end].parse().ok().filter(|n| (1..10_000).contains(n))?;
    let tail = rest[digits_end..].trim();
    let total = ["van", "of", "/", "-"].iter().find_map(|sep| tail.strip_prefix(sep)).map(str::trim);
    match total {
        Some(total) if !total.is_empty() && total.bytes().all(|b| b.is_ascii_digit()) => {
            Some(PageNumber { number, named, of: true })
        }
        None if tail.is_empty() => Some(PageNumber { number, named, of: false }),
        _ => None,
    }
}

/// Page numbers at the outermost lines of sheets: those that say so, and those that count the pages.
pub(super) fn mark_page_numbers(layout: &mut Layout, sheets: &[Sheet]) {
    let mut found: Vec<(usize, u32, u32)> = Vec::new();
    for sheet in sheets {
        let body = |line: &&usize| layout.lines[**line].role == Role::Body;
        let ends = [sheet.iter().find(body), sheet.iter().rfind(body)];
        let second_last = sheet.iter().rev().filter(body).nth(1);
        for line in ends.into_iter().chain([second_last]).flatten() {
            let Some(page_number) = page_number(layout.line_text(*line)) else { continue };
            if page_number.named {
                found.push((*line, 0, 0));
            } else if Some(line) != second_last {
                found.push((*line, page_number.number, layout.lines[*line].page));
            }
        }
    }
    mark_told(layout, sheets);
    mark_dashed(layout, sheets);
    mark_lone(layout);
    let counted = counting(&found, layout.lines.last().is_some_and(|line| line.page > 0));
    for (line, number, _) in found {
        if number == 0 || counted.contains(&line) {
            layout.lines[line].role = Role::Running;
        }
    }
}

/// `Pagina 3 van 3` says all itself and no table or sentence does: an extractor may put what the page's end holds behind it.
fn mark_told(layout: &mut Layout, sheets: &[Sheet]) {
    for line in sheets.iter().flatten().copied() {
        if page_number(layout.line_text(line)).is_some_and(|page| page.named && page.of) {
            layout.lines[line].role = Role::Running;
        }
    }
}

/// `-3-` between dashes, wherever on its page an extractor put it: two at least go with the pages.
fn mark_dashed(layout: &mut Layout, sheets: &[Sheet]) {
    let dashed = |line: usize| {
        let text = layout.line_text(line);
        let sides = text.len() > 2 && text.starts_with(['-', '–']) && text.ends_with(['-', '–']);
        let number = page_number(text).filter(|page| sides && !page.named && !page.of)?.number;
        Some((i64::from(number) - i64::from(layout.lines[line].page), line))
    };
    let found: Vec<(i64, usize)> = sheets.iter().flatten().filter_map(|line| dashed(*line)).collect();
    let like = |shift: i64| found.iter().filter(|(other, _)| *other == shift).count();
    for (_, line) in found.iter().filter(|(shift, _)| like(*shift) > 1) {
        layout.lines[*line].role = Role::Running;
    }
}

/// The number of the only page, which cannot show that it counts: `1` alone on the last line, far from the text above and
/// set in from the margin where all of it begins; or, in a text that keeps no places, behind the end of a sentence.
fn mark_lone(layout: &mut Layout) {
    let Some((last, above)) = layout.lines.split_last() else { return };
    let number = page_number(layout.line_text(above.len())).is_some_and(|page| page.number == 1);
    let margin = above.iter().map(|line| left_of(layout, line)).fold(f32::INFINITY, f32::min);
    let before = above.last().map_or(0.0, |line| line.size);
    let apart = last.blank_before >= LONE_GAP || (last.size > 0.0 && last.size < before - 0.5 && last.blank_before > 0);
    let set_in = apart && left_of(layout, last) > margin + LONE_INDENT;
    let ended = above.len().checked_sub(1).is_some_and(|before| layout.line_text(before).ends_with(['.', '?', '!']));
    // A cell torn from a table comes with others, each between blank lines; those of a column stand together.
    let blank = |line: usize| line == 0 || layout.lines.get(line).is_some_and(|line| line.blank_before > 0);
    let digits = |line: usize| layout.line_text(line).bytes().all(|b| b.is_ascii_digit() || b == b' ');
    let cell = |line: usize| digits(line) && blank(line) && blank(line + 1);
    let torn = (above.len().saturating_sub(FOOT_DEPTH)..above.len()).any(cell);
    let lone = number && last.page == 0 && (set_in || ended && !torn && !layout.is_placed());
    if lone && let Some(last) = layout.lines.last_mut() {
        last.role = Role::Running;
    }
}

/// The number of the first page of several, in a text that shows no page ends and no other numbers: `1` between wide gaps
/// where neither the line before nor the line after has a figure, as the cells around a torn cell would.
pub(super) fn mark_first(layout: &mut Layout) {
    if layout.is_placed() || layout.lines.last().is_some_and(|line| line.page > 0) {
        return;
    }
    let has_digit = |line: usize| layout.line_text(line).bytes().any(|b| b.is_ascii_digit());
    let capital = |line: usize| layout.line_text(line).starts_with(char::is_uppercase);
    let apart = |line: usize| {
        let after = layout.lines.get(line + 1).map_or(0, |next| next.blank_before);
        let before = layout.lines[line].blank_before;
        before.max(after) >= SHEET_GAP && before.min(after) > 0
    };
    let ends = |line: usize| layout.line_text(line).ends_with(['.', '?', '!', ';']);
    let first = (1..layout.lines.len().saturating_sub(1)).find(|&line| {
        layout.line_text(line) == "1" && apart(line) && ends(line - 1) && capital(line + 1) && !has_digit(line + 1)
    });
    if let Some(line) = first.and_then(|line| layout.lines.get_mut(line)).filter(|line| line.role == Role::Body) {
        line.role = Role::Running;
    }
}

/// The left edge of a line.
fn left_of(layout: &Layout, line: &Line) -> f32 {
    layout.words.get(line.words.start as usize).map_or(0.0, |word| word.x.start)
}

/// The lines whose numbers go with the pages, or, where pages are not known, rise one by one through the text.
fn counting(found: &[(usize, u32, u32)], paged: bool) -> std::collections::HashSet<usize> {
    let bare = found.iter().filter(|(_, number, _)| *number > 0);
    if paged {
        let mut shifts: HashMap<i64, Vec<usize>> = HashMap::new();
        for (line, number, page) in bare {
            shifts.entry(i64::from(*number) - i64::from(*page)).or_default().push(*line);
        }
        let best = shifts.into_iter().max_by_key(|(shift, lines)| (lines.len(), -shift.abs()));
        return best
            .filter(|(_, lines)| lines.len() >= 2)
            .map(|(_, lines)| lines.into_iter().collect())
            .unwrap_or_default();
    }
    let mut chain = Vec::new();
    let mut next = 1;
    for (line, number, _) in bare {
        if *number == next || (chain.is_empty() && *number == 2) {
            chain.push(*line);
            next = number + 1;
        }
    }
    if chain.len() >= 2 { chain.into_iter().collect() } else { Default::default() }
}
