//! The reading of the whole table: of all ways to read its rows, the ones that agree with each other and the totals.
//!
//! Takes rows with their readings, the likeliest first, chooses one for each: first by what the row says of itself (its
//! own total), then by the printed subtotals and totals. The search for readings that add up is bounded (see `meet`);
//! where none do, the choice is improved row by row.
//!
//! ```text
//! Lokeren  19 301        (·, 19, 301, ·)? (19, 301, ·, ·)? …
//! TOTAAL   851 1 140 1 828 1 039         only one placement adds up: that is the reading
//! ```

use super::meet::Choices;
use super::row::{DraftRow, Reading};
use super::summing;
use crate::layout::Layout;
use crate::table::words;
use std::ops::Range;

/// What the choice rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Proof {
    /// Totals of columns and rows that agree with the cells they sum.
    pub held: usize,
    /// Totals that do not.
    pub failed: usize,
    /// Rows that had several readings and whose choice no total decided.
    pub open: usize,
}

impl Proof {
    /// The share of the totals that agree, 0 where there are none; more where there are more than two, for each of them
    /// could as well have failed.
    pub(super) fn worth(self) -> f32 {
        let share = self.held as f32 / (self.held + self.failed).max(1) as f32;
        share * (1.0 + (self.held as f32 - 2.0) / EVERY_TOTAL).clamp(0.0, MOST_WORTH)
    }
}

/// So many further totals are worth as much as the first two; and what all are worth at the most.
const EVERY_TOTAL: f32 = 8.0;
const MOST_WORTH: f32 = 2.5;
/// Sums are kept in hundredths: money has cents, and whole numbers stay exact.
const SCALE: f64 = 100.0;

/// A printed sum and the rows that it sums.
struct Sum {
    target: usize,
    members: Vec<usize>,
}

/// Chooses a reading for every row. `row_total` is the column (among those of figures) that sums its row.
pub(super) fn solve(layout: &Layout, rows: &mut [DraftRow], row_total: Option<usize>, most_readings: usize) -> Proof {
    let mut proof = Proof::default();
    if let Some(column) = row_total.or_else(|| infer_row_total(rows)) {
        rows.iter_mut().for_each(|row| keep_summing(layout, row, column, &mut proof));
    }
    let sums = sums(layout, rows);
    if sums.is_empty() {
        proof.held += unnamed_total(rows);
    }
    for sum in sums {
        settle(rows, &sum, most_readings, &mut proof);
    }
    let doubtful = |row: &DraftRow| row.readings.len() > 1 && row.readings[1].cost - row.readings[0].cost < 1.0;
    proof.open = rows.iter().filter(|row| doubtful(row)).count();
    proof
}

/// Rows that must add up before their last column is taken for their total, whatever its name (`Jaar`); and those of so
/// many cells that none adds up by chance.
const SUMMED_ROWS: usize = 3;
const SUMMED_WIDE_ROWS: usize = 2;
const WIDE: usize = 6;

/// The last column where it sums its row in most rows.
fn infer_row_total(rows: &[DraftRow]) -> Option<usize> {
    let read: Vec<&Reading> = rows.iter().filter_map(DraftRow::reading).collect();
    let last = read.first()?.cells.len().checked_sub(1).filter(|last| *last > 1)?;
    let shown = |reading: &&&Reading| reading.values().filter(|v| v.is_some_and(|v| v != 0.0)).count() > 2;
    let summed = read.iter().filter(shown).filter(|reading| summing::adds_up(&reading.cells, last)).count();
    let enough = if last >= WIDE { SUMMED_WIDE_ROWS } else { SUMMED_ROWS };
    (summed >= enough && summed * 2 >= read.len()).then_some(last)
}

/// Keeps the readings whose cells add up to their own total, where there are any.
fn keep_summing(layout: &Layout, row: &mut DraftRow, column: usize, proof: &mut Proof) {
    if row.readings.is_empty() {
        return;
    }
    let mut summing: Vec<Reading> =
        row.readings.iter().filter(|reading| summing::adds_up(&reading.cells, column)).cloned().collect();
    if summing.is_empty() {
        summing = summing::readings(layout, row, column);
    }
    if summing.is_empty() {
        summing = row.unlikely_readings();
        summing.retain(|reading| summing::adds_up(&reading.cells, column));
    }
    if summing.is_empty() {
        proof.failed += 1;
    } else {
        row.readings = summing;
        proof.held += 1;
    }
}

/// The printed sums, subtotals first: a subtotal sums the rows since the one before, a total all rows since the last
/// total that are no sums themselves.
fn sums(layout: &Layout, rows: &[DraftRow]) -> Vec<Sum> {
    let (mut sums, mut totals) = (Vec::new(), Vec::new());
    let (mut group, mut all): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        let label = row.label(layout);
        if row.readings.is_empty() {
            continue;
        }
        if words::is_subtotal(label) {
            sums.push(Sum { target: index, members: std::mem::take(&mut group) });
        } else if words::is_total(label) {
            totals.push(Sum { target: index, members: std::mem::take(&mut all) });
            group.clear();
        } else if !words::is_mean(label) {
            group.push(index);
            all.push(index);
        }
    }
    sums.extend(totals.into_iter().filter(|sum| sum.members.len() > 1));
    sums
}

/// Rows that a total sums whose name does not say so; and the least sum that is none by chance.
const UNNAMED_ROWS: usize = 3;
const UNNAMED_SUM: f64 = 100.0;

/// The columns that the last row sums though its label does not say so: `Vlaams Gewest`, `Vlaanderen`. Others may be
/// means or shares.
fn unnamed_total(rows: &[DraftRow]) -> usize {
    let read: Vec<&Reading> = rows.iter().filter_map(DraftRow::reading).collect();
    let Some((last, others)) = read.split_last().filter(|(_, others)| others.len() >= UNNAMED_ROWS) else { return 0 };
    let held = |column: usize| {
        let sum: f64 = others.iter().filter_map(|reading| reading.value(column)).sum();
        last.value(column).is_some_and(|total| total >= UNNAMED_SUM && (total - sum).abs() * SCALE < 0.5)
    };
    (0..last.cells.len()).filter(|column| held(*column)).count()
}

/// A sum of cells, one number a column, in hundredths.
type Vector = Vec<i64>;

/// The numbers of a reading in hundredths; an empty cell adds nothing.
fn scaled(reading: &Reading) -> impl Iterator<Item = i64> {
    reading.values().map(|v| v.map_or(0, in_hundredths))
}

fn in_hundredths(value: f64) -> i64 {
    (value * SCALE).round() as i64
}

fn settle(rows: &mut [DraftRow], sum: &Sum, most: usize, proof: &mut Proof) {
    if !add_up(rows, sum, most) && !add_up_with_unlikely(rows, sum, most) {
        let (fixed, open) = parts(rows, sum);
        improve(rows, &open, sum, &fixed);
    }
    judge(rows, sum, proof);
}

/// Takes the cheapest readings that agree with the sum in every column; false where there are none.
fn add_up(rows: &mut [DraftRow], sum: &Sum, most: usize) -> bool {
    let (fixed, open) = parts(rows, sum);
    let mut choices = Choices::new(fixed.len());
    for &row in &open {
        choices.push_row(rows[row].readings.iter().map(|reading| (reading.cost, scaled(reading))));
    }
    let wanted = |reading: &Reading| -> Option<Vec<Option<i64>>> {
        let left = |(value, fixed): (Option<f64>, &i64)| Some(in_hundredths(value?).saturating_sub(*fixed));
        let wanted: Vec<Option<i64>> = reading.values().zip(&fixed).map(left).collect();
        wanted.iter().any(Option::is_some).then_some(wanted)
    };
    let mut targets = rows[sum.target].readings.iter().take(MOST_TARGETS).enumerate();
    let exact = targets.find_map(|(target, reading)| Some((target, choices.adding_up(&wanted(reading)?, most)?)));
    let Some((target, choice)) = exact else { return false };
    for (row, reading) in open.iter().zip(choice) {
        take(&mut rows[*row], reading);
    }
    take(&mut rows[sum.target], target);
    true
}

/// The same with readings that are unlikely by themselves, such as a single label that ends in a number: that they agree
/// in every column speaks for them.
fn add_up_with_unlikely(rows: &mut [DraftRow], sum: &Sum, most: usize) -> bool {
    let known: Vec<usize> = sum.members.iter().map(|&member| rows[member].readings.len()).collect();
    if sum.members.iter().all(|&member| rows[member].unlikely.is_empty()) {
        return false;
    }
    for &member in &sum.members {
        let unlikely = rows[member].unlikely_readings();
        rows[member].readings.extend(unlikely);
    }
    let found = add_up(rows, sum, most);
    if !found {
        sum.members.iter().zip(known).for_each(|(&member, known)| rows[member].readings.truncate(known));
    }
    found
}

/// The most readings of a printed sum that are tried.
const MOST_TARGETS: usize = 8;

/// What the members with one reading add up to, and those with several.
fn parts(rows: &[DraftRow], sum: &Sum) -> (Vector, Vec<usize>) {
    let columns = rows[sum.target].readings.first().map_or(0, |r| r.cells.len());
    let mut fixed = vec![0_i64; columns];
    let mut open = Vec::new();
    for &member in &sum.members {
        match rows[member].readings.as_slice() {
            [only] => add(&mut fixed, only, 1),
            [] => {}
            _ => open.push(member),
        }
    }
    (fixed, open)
}

/// Takes a reading for good: the others are gone.
fn take(row: &mut DraftRow, reading: usize) {
    let chosen = row.readings.swap_remove(reading);
    row.readings = vec![chosen];
    row.chosen = 0;
}

fn add(sum: &mut Vector, reading: &Reading, sign: i64) {
    for (a, b) in sum.iter_mut().zip(scaled(reading)) {
        *a = a.saturating_add(sign * b);
    }
}

/// No choice adds up everywhere: takes, row by row, the reading with which most columns add up.
fn improve(rows: &mut [DraftRow], open: &[usize], sum: &Sum, fixed: &Vector) {
    let mut current = fixed.clone();
    for &row in open {
        if let Some(reading) = rows[row].reading() {
            add(&mut current, reading, 1);
        }
    }
    let Some(target) = rows[sum.target].reading().cloned() else { return };
    for &row in open {
        let readings: Range<usize> = 0..rows[row].readings.len().min(32);
        let mut without = current.clone();
        if let Some(reading) = rows[row].reading() {
            add(&mut without, reading, -1);
        }
        let best = readings.max_by_key(|&index| {
            let mut with = without.clone();
            add(&mut with, &rows[row].readings[index], 1);
            (agreeing(&with, &target), std::cmp::Reverse(index))
        });
        let Some(best) = best else { continue };
        rows[row].chosen = best;
        current = without;
        add(&mut current, &rows[row].readings[best], 1);
    }
}

fn agreeing(sum: &Vector, target: &Reading) -> usize {
    sum.iter().zip(target.values()).filter(|(sum, value)| value.is_some_and(|v| in_hundredths(v) == **sum)).count()
}

fn judge(rows: &[DraftRow], sum: &Sum, proof: &mut Proof) {
    let Some(target) = rows[sum.target].reading() else { return };
    let mut total = vec![0_i64; target.cells.len()];
    for &member in &sum.members {
        if let Some(reading) = rows[member].reading() {
            add(&mut total, reading, 1);
        }
    }
    let printed = target.values().flatten().count();
    let held = agreeing(&total, target);
    proof.held += held;
    proof.failed += printed - held;
}
