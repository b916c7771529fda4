//! What rows cost together: labels of one kind, columns of one size, no row of words where there need be none.
//!
//! Takes rows as read for a number of columns, gives costs to be added up. Each is a habit of people who make tables;
//! none is a law, so each costs and none forbids.
//!
//! ```text
//! AWEL 4 3    JAC 2 1    1712 0 1      a number among labels of words
//! Maart 4 551 19 612  |  April 4 01 4  a column whose numbers are of one size, and one whose are not
//! ```

use super::row::{Cell, DraftRow, Reading};
use super::token::Token;
use crate::layout::Layout;

/// The weight of a tenfold distance from a column's middle, for each cell, and the distance that is usual: the numbers of
/// one column are seldom more than a hundredfold apart, and those within fourfold say nothing.
const SPREAD: f32 = 0.5;
const USUAL_DISTANCE: f32 = 0.6;

/// How far the numbers of each column lie apart: numbers cut or joined wrongly are of other sizes than their column's.
pub(super) fn spread(read: &[Option<&Reading>], columns: usize) -> f32 {
    let middles = middles(read, columns);
    SPREAD * read.iter().flatten().map(|reading| distance(reading, &middles)).sum::<f32>()
}

/// The middle of the sizes of each column's numbers.
pub(super) fn middles(read: &[Option<&Reading>], columns: usize) -> Vec<Option<f32>> {
    let mut sizes: Vec<f32> = Vec::with_capacity(read.len());
    let middle = |column: usize| {
        sizes.clear();
        sizes.extend(read.iter().filter_map(|r| (*r)?.cells.get(column)?.as_ref()?.size));
        let at = sizes.len() / 2;
        (!sizes.is_empty()).then(|| *sizes.select_nth_unstable_by(at, f32::total_cmp).1)
    };
    (0..columns).map(middle).collect()
}

/// How far beyond the usual the numbers of a reading are from the middles of their columns, in powers of ten.
fn distance(reading: &Reading, middles: &[Option<f32>]) -> f32 {
    let sizes = reading.cells.iter().map(|cell| cell.as_ref().and_then(|cell| cell.size));
    sizes.zip(middles).filter_map(|(size, middle)| Some(beyond_usual(size?, (*middle)?))).sum()
}

/// The weight of a tenfold distance from a column's middle, in choosing between a row's readings.
const SIZE_WEIGHT: f32 = 0.6;

/// What it costs, in choosing between a row's readings, that cells stand in these columns: by how far beyond the usual
/// their numbers are from the middles.
pub(super) fn size_cost(cells: &[Cell], columns: &[usize], middles: &[Option<f32>]) -> f32 {
    let middle = |column: &usize| middles.get(*column).copied().flatten();
    let distances =
        cells.iter().zip(columns).filter_map(|(cell, column)| Some(beyond_usual(cell.size?, middle(column)?)));
    SIZE_WEIGHT * distances.sum::<f32>()
}

/// How far beyond the usual the numbers of cells are from each other's middle: those of the only row are of one kind.
pub(super) fn row_size_cost(cells: &[Cell]) -> f32 {
    let mut sizes: Vec<f32> = cells.iter().filter_map(|cell| cell.size).collect();
    let at = sizes.len() / 2;
    if sizes.is_empty() {
        return 0.0;
    }
    let middle = *sizes.select_nth_unstable_by(at, f32::total_cmp).1;
    SIZE_WEIGHT * sizes.iter().map(|size| beyond_usual(*size, middle)).sum::<f32>()
}

fn beyond_usual(size: f32, middle: f32) -> f32 {
    ((size - middle).abs() - USUAL_DISTANCE).max(0.0)
}

/// The size of a number, in powers of ten, to a thirtieth; nothing has none, and stands in columns of all sizes. The bits of
/// a float are its logarithm, straight between powers of two.
pub(super) fn size(value: f64) -> Option<f32> {
    const BITS_OF_FRACTION: f32 = 8_388_608.0;
    const BIAS: f32 = 127.0;
    let bits = (value.abs() as f32 + 1.0).to_bits();
    (value != 0.0).then(|| (bits as f32 / BITS_OF_FRACTION - BIAS) * std::f32::consts::LOG10_2)
}

/// A row of words alone: the heading of a group, a row without figures; and one before another, or before figures with
/// a number for a label where labels are words.
const WORDS_ROW: f32 = 0.2;
const WORDS_ROWS: f32 = 1.0;
/// A heading over the first rows and no other: rather a line of the header.
const LONE_HEADING: f32 = 0.5;

/// What rows of words alone cost: most labels have figures.
pub(super) fn words_rows(rows: &[DraftRow]) -> f32 {
    let words = |row: &DraftRow| row.figures == row.tokens.len();
    let all_words = rows.iter().any(|row| row.figures > 0 && !words(row));
    let count = rows.iter().filter(|row| words(row)).count();
    let lone = count == 1 && rows.first().is_some_and(words);
    let single = count as f32 * WORDS_ROW + if lone { LONE_HEADING } else { 0.0 };
    let odd = |pair: &&[DraftRow]| words(&pair[0]) && (words(&pair[1]) || all_words && pair[1].figures == 0);
    single + rows.windows(2).filter(odd).count() as f32 * WORDS_ROWS
}

/// What a column of nothing but years costs a row, beside other columns: it is the end of the labels.
const YEAR_COLUMN: f32 = 0.6;

pub(super) fn year_columns(read: &[Option<&Reading>], columns: usize) -> f32 {
    if columns > 1 { (0..columns).map(|column| year_column(read, column)).sum() } else { 0.0 }
}

/// What a column costs by being nothing but years.
pub(super) fn year_column(read: &[Option<&Reading>], column: usize) -> f32 {
    let is_year = |value: Option<f64>| value.is_some_and(|v| v.fract() == 0.0 && (1900.0..2100.0).contains(&v));
    let rows = || read.iter().flatten();
    if rows().all(|r| is_year(r.value(column))) { YEAR_COLUMN * rows().count() as f32 } else { 0.0 }
}

/// What two columns cost that every row could as well have as one: `386 786`. Where that is so by chance, some row
/// shows it, in which the second number has other than three digits.
const JOINABLE: f32 = 0.7;

/// Rows in which two columns are joinable by chance no more.
const TELLING_ROWS: usize = 4;
/// Rows whose numbers are of one size, within this factor, hardly by chance; and what joinable columns of such weigh.
const LIKE_ROWS: usize = 4;
const LIKE_SIZES: f32 = 1.6;
const LIKE_WEIGHT: f32 = 0.3;
/// The same in a table whose other numbers are joined over spaces.
const JOINABLE_BESIDE_JOINED: f32 = 0.9;

pub(super) fn joinable_columns(layout: &Layout, rows: &[DraftRow], read: &[Option<&Reading>], columns: usize) -> f32 {
    let joinable = |row: &DraftRow, reading: &Reading, column: usize| {
        let cell = |c: usize| reading.cells.get(c)?.as_ref().map(|cell| &cell.tokens);
        let (Some(left), Some(right)) = (cell(column), cell(column + 1)) else { return None };
        let shape = |at: usize| row.tokens.get(at).and_then(Token::shape);
        let (last, first) = (shape(left.end - 1), shape(right.start));
        let opens = last.is_some_and(|s| !s.closed && !s.run && if left.len() > 1 { s.tail } else { s.head });
        Some(opens && first.is_some_and(|s| s.tail))
    };
    let always = |column: &usize| {
        let mut pairs = rows.iter().zip(read).filter_map(|(row, read)| joinable(row, (*read)?, *column)).peekable();
        pairs.peek().is_some() && pairs.all(|joins| joins)
    };
    let firsts = |column: usize| {
        let first = move |(row, read): (&DraftRow, &Option<&Reading>)| {
            let cell = (*read)?.cells.get(column + 1)?.as_ref()?;
            row.tokens.get(cell.tokens.start)?.text(layout).get(..3)?.parse::<f32>().ok()
        };
        rows.iter().zip(read).filter_map(first)
    };
    // The ends of thousands are of any size.
    let weight = |column: usize| {
        let (least, most) = firsts(column).fold((f32::MAX, 0.0_f32), |(a, b), n| (a.min(n), b.max(n)));
        if firsts(column).count() >= LIKE_ROWS && most <= LIKE_SIZES * least { LIKE_WEIGHT } else { 1.0 }
    };
    let count: f32 = (0..columns.saturating_sub(1)).filter(always).map(weight).sum();
    let is_joined = |row: &DraftRow, cell: &Cell| {
        let rest = row.tokens.get(cell.tokens.start + 1..cell.tokens.end);
        rest.is_some_and(|rest| rest.iter().filter_map(Token::shape).any(|shape| shape.tail))
    };
    let joined = |(row, read): (&DraftRow, &Option<&Reading>)| {
        read.is_some_and(|read| read.cells.iter().flatten().any(|cell| is_joined(row, cell)))
    };
    let each = || if rows.iter().zip(read).any(joined) { JOINABLE_BESIDE_JOINED } else { JOINABLE };
    let shown = read.iter().flatten().count().min(TELLING_ROWS) as f32 / TELLING_ROWS as f32;
    if count > 0.0 { count * each() * shown } else { 0.0 }
}

/// A row whose label is a number, among rows whose labels are words, or the other way round.
const MIXED_LABEL: f32 = 1.2;

/// What it costs that labels are not of one kind: `1712` beside `AWEL` is possible, but less likely than a reading in
/// which all labels are words.
pub(super) fn mixed_labels(rows: &[DraftRow]) -> f32 {
    let (mut words, mut numbers) = (0, 0);
    for row in rows.iter().filter(|row| row.has_figures()) {
        *if row.figures > 0 { &mut words } else { &mut numbers } += 1;
    }
    MIXED_LABEL * f32::min(words as f32, numbers as f32)
}
