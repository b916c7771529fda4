//! Fans: the figures of several columns in one piece, row by row, under the labels of all of them.
//!
//! Takes a piece, says for how many columns its figures may be, and whether the text tells so: the columns' own labels are
//! years, or stand under another spanner again, or each column ends in the sum of what stands above.
//!
//! ```text
//! 2018-2019 / BuBaO / BuSO / 6.412 / 4.188 / 2.874 / 2.011 …      two columns under one spanner
//! 2019-2020 / BuBaO / BuSO / 6.530 / 4.257 / 2.902 / 2.035 …      the same two again
//! ```

use super::item::{Item, Kind};
use super::sheet::{Piece, Sheet};
use super::sums::printed_sum;
use std::collections::HashSet;
use std::ops::RangeInclusive;

/// Columns of one piece.
const COLUMNS: RangeInclusive<usize> = 2..=24;
/// How many pieces away a fan under the same labels may stand.
const REACH: usize = 12;

/// The numbers of columns that a piece's figures may be of: each has a label, and they are equally long.
pub(super) fn widths(piece: &Piece) -> impl Iterator<Item = usize> {
    let (cells, most) = (piece.cells(), if piece.is_figures() { piece.labels } else { 0 });
    COLUMNS.take_while(move |columns| *columns <= most).filter(move |columns| cells.is_multiple_of(*columns))
}

/// Whether the text tells that a piece holds so many columns.
pub(super) fn is_told(sheet: &Sheet<'_>, at: usize, columns: usize) -> bool {
    let leaves = leaves(sheet, at, columns);
    let rows = sheet.pieces[at].cells() / columns;
    let mut texts = HashSet::new();
    let distinct = leaves.iter().all(|leaf| texts.insert(leaf.first_line(sheet.layout)));
    let years = || sheet.pieces[at].labels > columns && leaves.iter().all(|leaf| leaf.kind == Kind::Year);
    rows > 1 && distinct && (years() || adds_up(sheet, at, columns) || comes_again(sheet, at, columns))
}

/// The labels of the columns themselves, right over the figures.
fn leaves<'a>(sheet: &Sheet<'a>, at: usize, columns: usize) -> &'a [Item] {
    let labels = sheet.pieces[at].labels;
    &sheet.items_of(at)[labels - columns..labels]
}

/// Whether each of the columns ends in the sum of the figures above.
fn adds_up(sheet: &Sheet<'_>, at: usize, columns: usize) -> bool {
    let cells = &sheet.items_of(at)[sheet.pieces[at].labels..];
    let sum = |column: usize| printed_sum(cells.iter().skip(column).step_by(columns));
    (0..columns).all(|column| sum(column).is_some_and(|sum| sum != 0.0))
}

/// Whether a piece near by has as many figures under the same labels, below a spanner of its own.
fn comes_again(sheet: &Sheet<'_>, at: usize, columns: usize) -> bool {
    let piece = &sheet.pieces[at];
    let texts = |at: usize| leaves(sheet, at, columns).iter().map(|leaf| leaf.first_line(sheet.layout));
    let near = at.saturating_sub(REACH)..sheet.pieces.len().min(at + REACH);
    let alike = |other: usize| {
        let beside = &sheet.pieces[other];
        other != at && beside.labels == piece.labels && beside.len() == piece.len() && beside.page == piece.page
    };
    piece.labels > columns && near.into_iter().any(|other| alike(other) && texts(other).eq(texts(at)))
}
