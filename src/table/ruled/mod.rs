//! Tables with drawn rules: from rules to cells.
//!
//! Takes the rules of the pages and the words between them, gives [`Grid`]s. A chain of small steps, each of which can
//! be looked at by itself (see [`drawing`]): rules become edges, snapped to common places and joined where they
//! were drawn in parts; edges that touch make up one frame; its places cut the page into slots, and slots with no
//! edge between them are one cell.
//!
//! ```text
//! ──────┬───────      edges       xs 0  6  14
//! Jaar  │ Aantal                  ys 0  2  4
//! ──────┼───────   →  frame    →  slots 2 × 2     →  cells, words into them by their middle
//! 2019  │  3 576
//! ──────┴───────
//! ```
//!
//! A merged cell is one from which an edge is missing; a row that is one cell is a group heading. A frame around one
//! cell is a box around text, and a row of rules without a column between them is no table here: `aligned` looks at those.

mod edges;
mod fill;
mod slots;

use super::cells::is_figure;
use super::surround::{caption_above, next_body, notes_below, previous_body};
use super::{Grid, GridCell};
use crate::geometry::Rect;
use crate::layout::Layout;
use crate::model::Method;
use edges::{Frame, rules_to_frames};
use fill::slots_to_part;
use slots::frame_to_slots;
use std::ops::Range;

/// How far the columns of a table's next part may lie from those of the first, in points.
const SAME_COLUMN: f32 = 4.0;

/// How sure a grid of whole rules is, and one with open sides.
const CLOSED: f64 = 0.98;
const OPEN: f64 = 0.93;

/// A table on one page, before it is joined with its next part.
struct Part {
    page: u32,
    xs: Vec<f32>,
    rows: Vec<PartRow>,
    lines: Vec<usize>,
    closed: bool,
}

struct PartRow {
    cells: Vec<GridCell>,
    /// Whether all its text is bold.
    bold: bool,
    /// Whether it is one cell over the whole width.
    merged: bool,
}

/// Finds the ruled tables in a range of lines.
pub(crate) fn find(layout: &Layout, lines: Range<usize>) -> Vec<Grid> {
    let lines = lines.start..lines.end.min(layout.lines.len());
    let mut parts: Vec<Part> = Vec::new();
    let mut start = lines.start;
    while let Some(page) = layout.lines.get(start).filter(|_| start < lines.end).map(|line| line.page) {
        let end = start + layout.lines.get(start..lines.end).unwrap_or(&[]).partition_point(|line| line.page <= page);
        parts.extend(parts_of_page(layout, page, start..end));
        start = end.max(start + 1);
    }
    let mut grids: Vec<Grid> = Vec::new();
    let mut open: Option<Part> = None;
    for part in parts {
        match open.as_mut() {
            Some(before) if continues(layout, before, &part, lines.end) => join(before, part),
            _ => grids.extend(open.replace(part).and_then(|part| part_to_grid(layout, part, &lines))),
        }
    }
    grids.extend(open.and_then(|part| part_to_grid(layout, part, &lines)));
    grids
}

/// What the steps see on a page, to be drawn over it: edges and cells.
pub(crate) fn drawing(layout: &Layout, page: u32) -> (Vec<Rect>, Vec<Rect>) {
    let Some(rules) = layout.pages.get(page as usize).map(|page| page.rules.as_slice()) else {
        return (Vec::new(), Vec::new());
    };
    let frames = rules_to_frames(rules);
    let edges = frames.iter().flat_map(Frame::areas).collect();
    let cells = frames.iter().filter_map(|frame| frame_to_slots(frame, page)).flat_map(|slots| slots.cells()).collect();
    (edges, cells)
}

fn parts_of_page(layout: &Layout, page: u32, lines: Range<usize>) -> Vec<Part> {
    let Some(rules) = layout.pages.get(page as usize).map(|page| page.rules.as_slice()) else { return Vec::new() };
    let slots = rules_to_frames(rules).iter().filter_map(|frame| frame_to_slots(frame, page)).collect::<Vec<_>>();
    let mut parts: Vec<Part> = slots.iter().filter_map(|slots| slots_to_part(layout, slots, lines.clone())).collect();
    parts.sort_by_key(|part| part.lines.first().copied());
    parts
}

/// Whether a part is the next page's part of the table before: the last thing on its page, the first on the next, and
/// the same columns.
fn continues(layout: &Layout, before: &Part, part: &Part, ceiling: usize) -> bool {
    let (Some(&last), Some(&first)) = (before.lines.last(), part.lines.first()) else { return false };
    part.page == before.page + 1
        && part.xs.len() == before.xs.len()
        && part.xs.iter().zip(&before.xs).all(|(a, b)| (a - b).abs() <= SAME_COLUMN)
        && next_body(layout, last, ceiling) == Some(first)
        && previous_body(layout, first, 0) == Some(last)
}

/// Appends the next page's part: its repeated header once, a row that the page's end cut in two as one.
fn join(before: &mut Part, part: Part) {
    let repeated = before.rows.iter().zip(&part.rows).take_while(|(a, b)| same_texts(a, b)).count();
    let mut rows = part.rows.into_iter().skip(repeated).peekable();
    if let (Some(last), Some(next)) = (before.rows.last_mut(), rows.peek())
        && goes_on(last, next)
        && let Some(next) = rows.next()
    {
        for (cell, more) in last.cells.iter_mut().zip(next.cells) {
            if !more.text.is_empty() {
                cell.text = [cell.text.as_str(), more.text.as_str()].join(" ").trim().to_owned();
                cell.bytes.extend(more.bytes);
            }
        }
    }
    before.rows.extend(rows);
    before.lines.extend(part.lines);
    before.page = part.page;
}

fn same_texts(a: &PartRow, b: &PartRow) -> bool {
    a.cells.iter().zip(&b.cells).all(|(a, b)| a.text == b.text)
}

/// Whether a row goes on where a page's end cut it: it has no figure, some empty cells, and begins small.
fn goes_on(last: &PartRow, next: &PartRow) -> bool {
    let texts = || next.cells.iter().map(|cell| cell.text.as_str());
    !next.merged
        && !last.merged
        && texts().any(str::is_empty)
        && texts().all(|text| !is_figure(text))
        && texts().filter(|text| !text.is_empty()).all(|text| text.starts_with(|c: char| c.is_lowercase() || c == '('))
}

fn part_to_grid(layout: &Layout, part: Part, bounds: &Range<usize>) -> Option<Grid> {
    // One row by itself is a line of boxes; as the rest of a table it was joined above.
    if part.rows.len() < 2 {
        return None;
    }
    let (first, last) = (*part.lines.first()?, *part.lines.last()?);
    let caption = caption_above(layout, first, bounds.start);
    let (notes, note_lines) = notes_below(layout, last, bounds.end);
    let header_rows = bold_header(&part.rows);
    let mut lines: Vec<usize> = caption.iter().flat_map(|(_, lines)| lines.clone()).collect();
    lines.extend(part.lines);
    lines.extend(note_lines);
    Some(Grid {
        method: Method::Ruled,
        lines,
        rows: part.rows.into_iter().map(|row| row.cells).collect(),
        header_rows,
        caption: caption.map(|(bytes, _)| bytes),
        notes,
        confidence: if part.closed { CLOSED } else { OPEN },
        doubts: Vec::new(),
    })
}

/// How many of the first rows are headers, as bold type tells: none where no row is bold, or all are.
fn bold_header(rows: &[PartRow]) -> Option<usize> {
    let heads = |row: &PartRow| row.bold && row.cells.iter().skip(1).any(|cell| !cell.text.is_empty());
    let count = rows.iter().take_while(|row| heads(row)).count();
    let figures = rows.iter().take(count).flat_map(|row| row.cells.iter().skip(1)).any(|cell| is_amount(&cell.text));
    (count > 0 && count < rows.len() && !figures).then_some(count)
}

/// A figure that is no year.
fn is_amount(text: &str) -> bool {
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    is_figure(text) && !year && text.bytes().any(|byte| byte.is_ascii_digit())
}
