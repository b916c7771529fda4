//! Grids in text whose columns are one space apart, as Tika, PDFBox and `pdftotext -raw` leave it.
//!
//! Takes lines, gives [`Grid`]s. The thousands separator is a space too, cells run over lines and empty cells leave no
//! trace, so no line can be read by itself: for each table every number of columns that its rows allow is tried, each
//! row is read in every way that gives so many cells, and the reading is taken in which the rows agree with the header,
//! with each other and with the printed totals.
//!
//! ```text
//! lines → region → piece → segment → draft → Grid
//!         (prose   (lines  (one      (heads, row, habits: each number of columns, every reading of each row;
//!          apart)   joined) table)    solve: the totals choose)
//! ```

mod choice;
mod draft;
mod group;
mod habits;
mod header;
mod heads;
mod label;
mod meet;
mod merged;
mod naming;
mod parses;
mod piece;
pub(super) mod region;
mod row;
mod solve;
mod spanners;
mod summing;
mod token;
mod ways;
mod wording;

use super::{Grid, GridCell};
use crate::diagnostic::Code;
use crate::layout::Layout;
use crate::limits::Limits;
use crate::model::Method;
use draft::{Draft, Proved};
use piece::{Piece, Segment};
use row::DraftRow;
use std::ops::Range;
use token::Token;

pub(crate) use region::is_caption;
pub(super) use region::margin;

/// Finds the tables in a range of lines of a document with this margin, in letters.
pub(super) fn find(layout: &Layout, lines: Range<usize>, margin: f32, limits: &Limits) -> Vec<Grid> {
    let kinds = region::line_kinds(layout, lines.clone(), margin);
    let mut grids = Vec::new();
    for found in region::regions(&kinds) {
        let region = lines.start + found.start..lines.start + found.end;
        let pieces = piece::pieces_of(layout, region, &kinds[found]);
        for segment in piece::segments_of(layout, &pieces) {
            grids.extend(read(layout, &pieces, &segment, limits));
        }
    }
    grids
}

/// The cost a row, on average, from which the lines are no table.
const TOO_DEAR: f32 = 4.0;

fn read(layout: &Layout, pieces: &[Piece], segment: &Segment, limits: &Limits) -> Option<Grid> {
    let mut body: Vec<&Piece> =
        segment.body.clone().filter(|p| !segment.repeated.contains(p)).filter_map(|p| pieces.get(p)).collect();
    // Words behind the last figures are prose or a heading, no row of the table.
    body.truncate(body.iter().rposition(|piece| !piece.is_words()).map_or(0, |last| last + 1));
    let best = draft::best_draft(layout, &body, limits)?;
    let figures = best.rows.iter().filter(|r| !r.readings.is_empty()).count();
    let few = figures < 2 && best.draft.header.is_none();
    if figures == 0 || few || best.cost > TOO_DEAR * figures.max(2) as f32 {
        return None;
    }
    Some(grid_of(layout, pieces, segment, &body, &best))
}

fn grid_of(layout: &Layout, pieces: &[Piece], segment: &Segment, body: &[&Piece], proved: &Proved) -> Grid {
    let draft = &proved.draft;
    let heads = draft::head_tokens(body, &draft.heads);
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    for level in draft.header.iter().flat_map(|h| &h.levels) {
        let cell = |c: &Option<header::Cells>| {
            c.as_ref().map_or_else(GridCell::default, |c| cell_of(layout, heads[c.tokens.clone()].iter().copied()))
        };
        rows.push(level.iter().map(cell).collect());
    }
    let header_rows = rows.len();
    rows.extend(proved.rows.iter().zip(&proved.labels).map(|(row, label)| row_cells(layout, row, label, draft)));
    repeat_merged(&mut rows, header_rows, &proved.labels);
    if proved.headed {
        let mut figures = std::iter::repeat_n(true, header_rows).chain(proved.rows.iter().map(DraftRow::has_figures));
        rows.retain(|_| figures.next() == Some(true));
    }

    drop_empty_stub(&mut rows);
    let others = segment.repeated.iter().copied().chain(segment.caption).chain(segment.notes.clone());
    let used = body.iter().skip(draft.heads.start).copied().chain(others.filter_map(|p| pieces.get(p)));
    let mut lines: Vec<usize> = used.flat_map(|piece| piece.lines.clone()).collect();
    lines.sort_unstable();
    let caption = segment.caption.map(|p| piece_bytes(&pieces[p]));
    Grid {
        method: Method::Collapsed,
        lines,
        rows,
        header_rows: Some(header_rows),
        caption,
        notes: segment.notes.clone().map(|p| piece_bytes(&pieces[p])).collect(),
        confidence: confidence(proved),
        doubts: doubts(proved),
    }
}

/// A table of which no row has a label has no column of labels.
fn drop_empty_stub(rows: &mut [Vec<GridCell>]) {
    if rows.iter().all(|row| row.len() > 2 && row.first().is_some_and(|cell| cell.text.is_empty())) {
        rows.iter_mut().for_each(|row| drop(row.remove(0)));
    }
}

/// A label merged over several rows, or printed above them, stands in each of them.
fn repeat_merged(rows: &mut [Vec<GridCell>], header_rows: usize, labels: &[Vec<Range<usize>>]) {
    let mut above: Option<GridCell> = None;
    for (row, label) in rows.iter_mut().skip(header_rows).zip(labels) {
        let [first, second, ..] = label.as_slice() else { return };
        match row.first_mut() {
            Some(cell) if first.is_empty() && !second.is_empty() => *cell = above.clone().unwrap_or_default(),
            Some(cell) if !first.is_empty() => above = Some(cell.clone()),
            _ => above = None,
        }
    }
}

fn piece_bytes(piece: &Piece) -> Range<usize> {
    match (piece.tokens.first(), piece.tokens.last()) {
        (Some(first), Some(last)) => first.range().start..last.range().end,
        _ => 0..0,
    }
}

fn row_cells(layout: &Layout, row: &DraftRow, label: &[Range<usize>], draft: &Draft) -> Vec<GridCell> {
    let cell = |range: Range<usize>| cell_of(layout, row.tokens.get(range).unwrap_or(&[]).iter());
    let mut cells: Vec<GridCell> = label.iter().cloned().map(cell).collect();
    match row.reading() {
        Some(reading) => cells.extend(
            reading.cells.iter().map(|c| c.as_ref().map_or_else(GridCell::default, |c| cell(c.tokens.clone()))),
        ),
        None if row.has_figures() => cells.push(cell(row.figures..row.tokens.len())),
        None => {}
    }
    cells.resize(label.len() + draft.columns, GridCell::default());
    if draft.trails {
        cells.push(cell_of(layout, row.trail.iter()));
    }
    cells
}

fn cell_of<'a>(layout: &Layout, tokens: impl Iterator<Item = &'a Token> + Clone) -> GridCell {
    let mut bytes: Vec<Range<usize>> = Vec::with_capacity(1);
    for token in tokens.clone() {
        let range = token.range();
        match bytes.last_mut() {
            Some(last) if last.end <= range.start && layout.slice(last.end..range.start).trim().is_empty() => {
                last.end = range.end;
            }
            _ => bytes.push(range),
        }
    }
    GridCell { text: row::cell_text(layout, tokens), bytes }
}

/// The share of tables right in every cell among 150 made by three hands, for those with a header, without one, and what
/// printed totals that agree add.
const HEADED: f32 = 0.80;
const UNHEADED: f32 = 0.45;
const AGREED: f32 = 0.13;

/// What the proof and the doubts say together.
fn confidence(proved: &Proved) -> f64 {
    let rows = proved.rows.len().max(1) as f32;
    let doubt = (proved.proof.open as f32 / rows).min(1.0);
    let base = if proved.draft.header.is_some() { HEADED } else { UNHEADED };
    let agreed = if proved.proof.held > 0 && proved.proof.failed == 0 { AGREED } else { 0.0 };
    let failed = if proved.proof.failed > proved.proof.held { 0.25 } else { 0.0 };
    f64::from((base + agreed - failed - 0.5 * doubt).clamp(0.05, 0.99))
}

fn doubts(proved: &Proved) -> Vec<(Code, String)> {
    let mut doubts = Vec::new();
    if proved.proof.open > 0 {
        let message = format!("{} rows can be read in several ways; the likeliest was taken", proved.proof.open);
        doubts.push((Code::TableAmbiguous, message));
    }
    let empty = |row: &&DraftRow| row.reading().is_some_and(|r| r.cells.iter().any(Option::is_none));
    let count = proved.rows.iter().filter(empty).count();
    if count > 0 {
        let how = if proved.proof.open == 0 { "by the printed totals" } else { "by the likeliest reading" };
        doubts.push((
            Code::EmptyCellsInferred,
            format!("{count} rows have empty cells that left no trace in the text; placed {how}"),
        ));
    }
    doubts
}
#[cfg(test)]
mod tests;
