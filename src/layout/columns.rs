//! Rows to reading order: where prose runs in two columns, the left one is read before the right one.
//!
//! Takes the rows of a page from top to bottom, gives the rows in the order in which they are read, those of columns
//! cut in two. A table has columns as well, and stays whole: only what reads as prose on both sides of a gutter, most
//! rows filling their column and none with wide gaps, and with no rule across the gutter, is taken apart.
//!
//! ```text
//! 1. Hoeveel meldingen    │   Vlaanderen. In 2019
//! kwamen er binnen in     │   kwamen er 250 binnen,      left rows, then right rows
//! de periode 2017-2019?   │   in 2020 nog 180.
//! ```

use super::rows::Row;
use super::words::Piece;
use crate::geometry::{Interval, Rect};

/// A gutter is at least as wide as this many times the size of the type.
const GUTTER: f32 = 1.0;

/// The gutter of two columns lies within this part of the text's width.
const MIDDLE: Interval = Interval::new(0.35, 0.65);

/// Rows that each column has, at least.
const FEWEST_ROWS: usize = 6;

/// The share of its column's width that a full row of prose fills.
const FULL: f32 = 0.75;

/// The share of a column's rows that are full; the last rows of paragraphs are not.
const MOSTLY_FULL: f32 = 0.6;

/// Words that a row of prose has on average, at least.
const WORDS: f32 = 3.5;

/// Width of the bins in which gutters are counted, in points.
const BIN: f32 = 2.0;

/// Puts the rows of a page in reading order.
pub(super) fn in_reading_order(rows: Vec<Row>, rules: &[(bool, Rect)]) -> Vec<Row> {
    let Some(gutter) = likeliest_gutter(&rows) else { return rows };
    let mut ordered = Vec::with_capacity(rows.len());
    let mut run: Vec<Row> = Vec::new();
    for row in rows {
        if crosses(&row, gutter) {
            flush(&mut run, gutter, rules, &mut ordered);
            ordered.push(row);
        } else {
            run.push(row);
        }
    }
    flush(&mut run, gutter, rules, &mut ordered);
    ordered
}

/// The place in the middle of the page that the most rows leave open between two words.
fn likeliest_gutter(rows: &[Row]) -> Option<f32> {
    let text = rows.iter().map(Row::x).reduce(Interval::union)?;
    let from = text.start + text.len() * MIDDLE.start;
    let count = (text.len() * MIDDLE.len() / BIN) as usize;
    let mut open = vec![0_u32; count.min(10_000) + 1];
    for row in rows {
        let width = GUTTER * row.size();
        for pair in row.pieces.windows(2) {
            let [left, right] = pair else { continue };
            if right.x.start - left.x.end < width {
                continue;
            }
            let first = ((left.x.end - from) / BIN).ceil().max(0.0) as usize;
            let last = ((right.x.start - from) / BIN).floor().max(0.0) as usize;
            open.iter_mut().take(last.saturating_add(1)).skip(first).for_each(|bin| *bin += 1);
        }
    }
    let most = open.iter().copied().max()?;
    let first = open.iter().position(|&bin| bin == most)?;
    let length = open.iter().skip(first).take_while(|&&bin| bin == most).count();
    (most as usize >= FEWEST_ROWS).then_some(from + (first as f32 + length as f32 / 2.0) * BIN)
}

fn crosses(row: &Row, gutter: f32) -> bool {
    row.pieces.iter().any(|piece| piece.x.start < gutter && piece.x.end > gutter)
        || row.pieces.windows(2).any(|pair| {
            let [left, right] = pair else { return false };
            let gap = right.x.start - left.x.end;
            left.x.end <= gutter && right.x.start >= gutter && gap < GUTTER * left.size
        })
}

/// Gives a run of rows that leave the gutter open: cut in two where both sides are prose, else as they are.
fn flush(run: &mut Vec<Row>, gutter: f32, rules: &[(bool, Rect)], ordered: &mut Vec<Row>) {
    let rows = std::mem::take(run);
    if !is_two_columns(&rows, gutter, rules) {
        ordered.extend(rows);
    } else {
        let (left, right) = part(rows, gutter);
        ordered.extend(left);
        ordered.extend(right);
    }
}

/// What stands left of a gutter, and what stands right of it.
pub(super) fn part(rows: Vec<Row>, gutter: f32) -> (Vec<Row>, Vec<Row>) {
    let ends = |side: fn(f32, f32) -> bool| {
        let pieces = rows.iter().flat_map(|row| &row.pieces).filter(|piece| side(piece.x.middle(), gutter));
        pieces.map(|piece| piece.x.end).fold(0.0, f32::max)
    };
    let (left_edge, right_edge) = (ends(|x, gutter| x < gutter), ends(|x, gutter| x >= gutter));
    let (mut left_rows, mut right_rows) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in rows {
        let (left, right): (Vec<Piece>, Vec<Piece>) = row.pieces.into_iter().partition(|p| p.x.middle() < gutter);
        if !left.is_empty() {
            left_rows.push(Row { baseline: row.baseline, pieces: left, edge: left_edge });
        }
        if !right.is_empty() {
            right_rows.push(Row { baseline: row.baseline, pieces: right, edge: right_edge });
        }
    }
    (left_rows, right_rows)
}

fn is_two_columns(rows: &[Row], gutter: f32, rules: &[(bool, Rect)]) -> bool {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
    let y = Interval::new(first.baseline - first.size(), last.baseline);
    let ruled = lies_over(rules.iter().filter(|(horizontal, _)| *horizontal).map(|(_, area)| area), gutter, y);
    !ruled && is_prose(rows, |piece| piece.x.middle() < gutter) && is_prose(rows, |piece| piece.x.middle() >= gutter)
}

/// Whether one of these areas lies over a gutter, within a height.
pub(super) fn lies_over<'a>(mut areas: impl Iterator<Item = &'a Rect>, gutter: f32, y: Interval) -> bool {
    areas.any(|area| {
        area.x.start < gutter && area.x.end > gutter && area.y.middle() > y.start && area.y.middle() < y.end
    })
}

/// Whether the pieces on one side of the gutter read as prose.
fn is_prose(rows: &[Row], side: impl Fn(&Piece) -> bool) -> bool {
    let mut extents: Vec<Interval> = Vec::with_capacity(rows.len());
    let (mut words, mut gappy) = (0_usize, 0_usize);
    for row in rows {
        let own: Vec<&Piece> = row.pieces.iter().filter(|piece| side(piece)).collect();
        let Some(extent) = own.iter().map(|piece| piece.x).reduce(Interval::union) else { continue };
        words += own.len();
        let gap = own.windows(2).any(|pair| matches!(pair, [a, b] if b.x.start - a.x.end > 2.0 * a.size));
        gappy += usize::from(gap);
        extents.push(extent);
    }
    let count = extents.len();
    let Some(column) = extents.iter().copied().reduce(Interval::union) else { return false };
    let full = extents.iter().filter(|extent| extent.len() >= FULL * column.len()).count();
    count >= FEWEST_ROWS
        && words as f32 >= WORDS * count as f32
        && gappy * 5 <= count
        && full as f32 >= MOSTLY_FULL * count as f32
}
