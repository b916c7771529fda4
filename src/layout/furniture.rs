//! What pages put around the text: running heads and feet, page numbers, footnotes, and the addresses that an
//! extractor appends to a page.
//!
//! Takes a [`Layout`] whose lines are all [`Role::Body`]; sets [`Line::role`](super::Line::role) and collects the
//! footnote marks in the text ([`Layout::marks`]). Knows nothing of questions and moves nothing.
//!
//! ```text
//! … een actualisering van die cijfers.1        the mark: bytes of `1`
//! 1 Bron: toestand op 11 februari 2019.        Footnote
//! Pagina 1 van 4                               Running
//!
//!
//! https://www.example.be/cijfers               LinkTail
//!
//!
//! De volgende bladzijde …                      Body
//! ```
//!
//! A text without form feeds shows its page ends by two or more blank lines only, and shows those elsewhere too: such
//! stretches are called *sheets* here, and what is asked of a sheet must hold for several of them.

mod notes;
mod numbers;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use notes::footnote_number;

use super::{Layout, Role, Word};
use notes::mark_footnotes;
use numbers::{mark_first, mark_page_numbers, page_number};
use std::collections::HashMap;

/// Blank lines that part two sheets. One parts paragraphs.
const SHEET_GAP: u8 = 2;
/// Lines at either end of a sheet that may be running: a head of two lines and a page number.
const RUNNING_DEPTH: usize = 3;
/// Share of the pages that a running line stands on; the first page and the last often differ.
const RUNNING_SHARE: f32 = 0.5;
/// Letters that a running line has at least: less is a bullet, a label or a cell.
const RUNNING_LETTERS: usize = 4;
/// Lines from a sheet's end among which footnotes are sought; torn cells may come between.
const FOOT_DEPTH: usize = 16;
/// Bytes that a running line of a PDF has at least where it is the same in the same place: `SV 237`.
const SAME_BYTES: usize = 6;
/// Pieces of a running head: left, middle and right.
const HEAD_PIECES: usize = 3;
/// The gap between columns, in characters, at least.
const COLUMN_GAP: f32 = 2.0;
/// What the line with the parliament's address begins with, in capitals or not.
const LETTERHEAD: &str = "Vlaams Parlement";
/// Bytes of the line with the parliament's address, at most: `Vlaams Parlement – 1011 Brussel – 02/552.11.11 – www. …`.
const LETTERHEAD_BYTES: usize = 120;

/// Sets the role of every line that is not body text, and finds the footnote marks.
pub(crate) fn mark(layout: &mut Layout) {
    mark_link_tails(layout);
    let sheets = sheets(layout);
    mark_letterhead(layout);
    mark_running(layout, &sheets);
    mark_page_numbers(layout, &sheets);
    mark_first(layout);
    mark_footnotes(layout, &sheets);
    layout.marks.sort_by_key(|mark| mark.start);
}

/// A stretch of lines with the body lines of it, in order.
type Sheet = Vec<usize>;

/// The stretches of body lines between page ends, or what may be page ends.
fn sheets(layout: &Layout) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut parted = true;
    let mut page = 0;
    let paged = layout.is_placed() || layout.lines.last().is_some_and(|line| line.page > 0);
    for (index, line) in layout.lines.iter().enumerate() {
        parted |= line.page != page || (!paged && line.blank_before >= SHEET_GAP);
        page = line.page;
        if line.role != Role::Body {
            parted = true;
            continue;
        }
        match sheets.last_mut() {
            Some(sheet) if !parted => sheet.push(index),
            _ => sheets.push(vec![index]),
        }
        parted = false;
    }
    sheets
}

/// Addresses alone on their lines, two blank lines before and after: what Tika appends to a page.
fn mark_link_tails(layout: &mut Layout) {
    let mut start = 0;
    while start < layout.lines.len() {
        let mut end = start;
        while end < layout.lines.len()
            && is_address(layout, end)
            && (end == start || layout.lines[end].blank_before == 0)
        {
            end += 1;
        }
        if end > start && layout.lines[start].blank_before >= SHEET_GAP && ends_sheet(layout, end) {
            for line in &mut layout.lines[start..end] {
                line.role = Role::LinkTail;
            }
        }
        start = end.max(start + 1);
    }
}

/// Whether the line before this one is the last of its sheet.
fn ends_sheet(layout: &Layout, next: usize) -> bool {
    layout.lines.get(next).is_none_or(|line| line.blank_before >= SHEET_GAP)
}

fn is_address(layout: &Layout, line: usize) -> bool {
    let text = layout.line_text(line);
    layout.lines[line].words.len() == 1
        && ["http://", "https://", "www.", "mailto:", "ftp://"].iter().any(|scheme| text.starts_with(scheme))
}

/// How often a line, digits apart, stands where.
#[derive(Default)]
struct Tally {
    heads: usize,
    feet: usize,
    all: usize,
    /// Followed by a row of figures: a table's header, repeated on each page.
    heading_figures: usize,
    /// How many sheets it stands on, and the last of them.
    sheets: usize,
    sheet: usize,
    /// The first such line, and which of its numbers differs from sheet to sheet.
    first: Option<usize>,
    counter: Option<usize>,
    /// Whether several of its numbers differ: a table's row.
    figures: bool,
    /// Whether it is not the same text in the same place wherever it stands.
    apart: bool,
}

impl Tally {
    /// At how many ends of sheets it stands: heads or feet, whichever are more.
    fn ends(&self) -> usize {
        self.heads.max(self.feet)
    }

    fn take(&mut self, layout: &Layout, line: usize, sheet: usize) {
        let first = *self.first.get_or_insert(line);
        if self.sheets == 0 || self.sheet != sheet {
            (self.sheets, self.sheet) = (self.sheets + 1, sheet);
        }
        self.apart |= !is_same_place(layout, first, line);
        for (index, (a, b)) in numbers(layout.line_text(first)).zip(numbers(layout.line_text(line))).enumerate() {
            if a != b {
                self.figures |= self.counter.is_some_and(|counter| counter != index);
                self.counter = Some(index);
            }
        }
    }
}

/// Whether two lines of a PDF are the same words in the same place of their pages.
fn is_same_place(layout: &Layout, a: usize, b: usize) -> bool {
    let place = |line: usize| Some((layout.line_words(line).first()?.x.start, layout.lines.get(line)?.y.start));
    let near = |a: (f32, f32), b: (f32, f32)| (a.0 - b.0).abs() < 1.0 && (a.1 - b.1).abs() < 1.0;
    let same = place(a).zip(place(b)).is_some_and(|(a, b)| near(a, b));
    layout.is_placed() && same && layout.line_text(a) == layout.line_text(b)
}

/// The stretches of figures in a text.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty())
}

fn mark_running(layout: &mut Layout, sheets: &[Sheet]) {
    let tallies = tally(layout, sheets);
    let pages = layout.lines.last().map_or(0, |line| line.page as usize + 1);
    let running = |layout: &Layout, line: usize| {
        if tallies.is_empty() {
            return false;
        }
        let Some(tally) = tallies.get(&likeness(layout.line_text(line))) else { return false };
        let ends = tally.ends();
        (pages < 2 || ends as f32 >= RUNNING_SHARE * pages as f32)
            && tally.all <= tally.heads + tally.feet
            && tally.heading_figures < ends
            && !tally.figures
            && (may_run(layout.line_text(line)) || !tally.apart && layout.line_text(line).len() >= SAME_BYTES)
            && !names_columns(layout, line)
            && !rows::heads_rows(layout, line)
    };
    for sheet in sheets {
        for line in inward(sheet).into_iter().flatten() {
            if !running(layout, line) && page_number(layout.line_text(line)).is_none() {
                break;
            }
            if running(layout, line) {
                layout.lines[line].role = Role::Running;
            }
        }
        for line in sheet.iter().rev().take(RUNNING_DEPTH).copied() {
            if running(layout, line) {
                layout.lines[line].role = Role::Running;
            } else if page_number(layout.line_text(line)).is_none() {
                break;
            }
        }
    }
}

/// The first lines of a sheet.
fn inward(sheet: &Sheet) -> [Option<usize>; RUNNING_DEPTH] {
    [0, 1, 2].map(|depth| sheet.get(depth).copied())
}

/// How often the lines stand where that stand at several ends of sheets.
fn tally(layout: &Layout, sheets: &[Sheet]) -> HashMap<u64, Tally> {
    let mut tallies: HashMap<u64, Tally> = HashMap::new();
    for (index, sheet) in sheets.iter().enumerate() {
        for line in sheet.iter().take(RUNNING_DEPTH) {
            let tally = tallies.entry(likeness(layout.line_text(*line))).or_default();
            tally.heads += 1;
            tally.take(layout, *line, index);
            tally.heading_figures += usize::from(is_row_of_figures(layout, line + 1));
        }
        for line in sheet.iter().skip(RUNNING_DEPTH).rev().take(RUNNING_DEPTH) {
            let tally = tallies.entry(likeness(layout.line_text(*line))).or_default();
            tally.feet += 1;
            tally.take(layout, *line, index);
        }
    }
    tallies.retain(|_, tally| tally.ends() >= 2 && tally.sheets >= 2);
    if tallies.is_empty() {
        return tallies;
    }
    for line in sheets.iter().flatten() {
        if let Some(tally) = tallies.get_mut(&likeness(layout.line_text(*line))) {
            tally.all += 1;
        }
    }
    tallies
}

/// A number for the line's text in which all digits and all white space are alike (FNV-1a).
fn likeness(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut last = 0;
    for byte in text.bytes() {
        let byte = match byte {
            b'0'..=b'9' => b'0',
            b'\t' => b' ',
            other => other,
        };
        if byte == last && matches!(byte, b'0' | b' ') {
            continue;
        }
        last = byte;
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Whether the line reads as a running line may: begins with no small letter and ends no sentence, for the last words
/// of a paragraph may stand at two page ends by chance.
fn may_run(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= RUNNING_LETTERS
        && !text.starts_with(char::is_lowercase)
        && !text.ends_with(['.', '?', '!', ':', ';', ','])
}

/// Whether a line names columns as a table's header does that is printed again on each page: a running head has a left,
/// a middle and a right piece at most.
fn names_columns(layout: &Layout, line: usize) -> bool {
    wide_gaps(layout, line) >= HEAD_PIECES
}

/// How many gaps of a line are as wide as between columns.
fn wide_gaps(layout: &Layout, line: usize) -> usize {
    let em = if layout.is_placed() { layout.lines.get(line).map_or(0.0, |line| line.size / 2.0) } else { 1.0 };
    let wide = |pair: &&[Word]| matches!(pair, [a, b] if b.x.start - a.x.end >= COLUMN_GAP * em);
    layout.line_words(line).windows(2).filter(wide).count()
}

/// A page's number under a running head is no table's row.
fn is_row_of_figures(layout: &Layout, line: usize) -> bool {
    if page_number(layout.line_text(line)).is_some() {
        return false;
    }
    let words = layout.line_words(line);
    let figures = words.iter().filter(|w| layout.word_text(w).starts_with(|c: char| c.is_ascii_digit())).count();
    words.len() >= 2 && figures * 2 >= words.len()
}

/// The line with the parliament's own address, which its letter paper has on every page: also where a file is one page,
/// and nothing recurs.
fn mark_letterhead(layout: &mut Layout) {
    for line in 0..layout.lines.len() {
        let text = layout.line_text(line);
        let short = text.len() <= LETTERHEAD_BYTES && !text.ends_with('.');
        let named = text.get(..LETTERHEAD.len()).is_some_and(|start| start.eq_ignore_ascii_case(LETTERHEAD));
        if short && named && text.contains("vlaamsparlement.be") {
            layout.lines[line].role = Role::Running;
        }
    }
}
