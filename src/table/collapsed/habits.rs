//! What rows cost together: labels of one kind, columns of one size, no row of words where there need be none.
//!
//! Takes rows as read for a number of columns, gives costs to be added up. Each is a habit of people who make tables;
//! none is a law, so each costs and none forbids.
//!
//! ```text
//! AWEL 4 3    JAC 2 1    1712 0 1      a number among labels of words
//! Maart 4 551 19 612  |  April 4 01 4  a column whose numbers are of one size, and one whose are not
//! ```

use super::row::{DraftRow, Reading, UNREADABLE};

/// Rows whose labels may end in a number before that is a habit of the table (`Fase 1`, `30 tot 39`), and what each
/// further one costs.
const NUMBERED_LABELS: usize = 2;
const NUMBERED_LABEL: f32 = 0.2;

/// What the cheapest reading of each row costs.
pub(super) fn rows_cost(rows: &[DraftRow]) -> f32 {
    let mut numbered = 0;
    let rows = rows.iter().filter(|r| r.figures < r.tokens.len());
    rows.map(|row| match row.readings.first() {
        None => UNREADABLE,
        Some(reading) if row.figures > 0 && reading.label > row.figures => {
            numbered += 1;
            if numbered > NUMBERED_LABELS { reading.cost.min(NUMBERED_LABEL) } else { reading.cost }
        }
        Some(reading) => reading.cost,
    })
    .sum()
}

/// The weight of a tenfold distance from a column's middle, for each cell.
const SPREAD: f32 = 0.35;

/// How far the numbers of each column lie apart: numbers cut or joined wrongly are of other sizes than their column's.
pub(super) fn spread(rows: &[DraftRow], columns: usize) -> f32 {
    let value = |row: &DraftRow, column: usize| row.readings.first()?.values.get(column).copied().flatten();
    let mut total = 0.0;
    for column in 0..columns {
        let mut sizes: Vec<f32> =
            rows.iter().filter_map(|r| value(r, column)).map(|v| (v.abs() + 1.0).log10() as f32).collect();
        if sizes.len() > 2 {
            sizes.sort_by(f32::total_cmp);
            let middle = sizes[sizes.len() / 2];
            total += sizes.iter().map(|size| (size - middle).abs()).sum::<f32>();
        }
    }
    SPREAD * total
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

pub(super) fn year_columns(rows: &[DraftRow], columns: usize) -> f32 {
    let read: Vec<&Reading> = rows.iter().filter_map(DraftRow::reading).collect();
    let is_year = |value: Option<f64>| value.is_some_and(|v| v.fract() == 0.0 && (1900.0..2100.0).contains(&v));
    let years =
        (0..columns).filter(|&c| columns > 1 && read.iter().all(|r| is_year(r.values.get(c).copied().flatten())));
    years.count() as f32 * YEAR_COLUMN * read.len() as f32
}

/// A row whose label is a number, among rows whose labels are words, or the other way round.
const MIXED_LABEL: f32 = 1.2;

/// What it costs that labels are not of one kind: `1712` beside `AWEL` is possible, but less likely than a reading in
/// which all labels are words.
pub(super) fn mixed_labels(rows: &[DraftRow]) -> f32 {
    let (mut words, mut numbers) = (0, 0);
    for row in rows.iter().filter(|row| row.figures < row.tokens.len()) {
        *if row.figures > 0 { &mut words } else { &mut numbers } += 1;
    }
    MIXED_LABEL * f32::min(words as f32, numbers as f32)
}
