//! How each row of a draft is read before any total is asked: where its label ends, and which numbers are one.
//!
//! Takes rows with their readings, orders the readings of each by what the whole table does, gives what that costs.
//! `Fase 1 12 34` beside `Fase 2 7 9` has labels that end in a number, and every row must do the same; a reading whose
//! numbers are of other sizes than those above and below is the less likely one.
//!
//! ```text
//! 1e kwartaal 2019 837 676 161      1e kwartaal | 2019 | 837 676 | 161    years are no figures, labels recur: dear
//! 1e kwartaal 2020 742 360 382      1e kwartaal 2019 | 837 | 676 | 161    one habit for all rows: cheap
//! ```

use super::habits;
use super::row::{DraftRow, PLAUSIBLE, Reading, UNREADABLE};
use super::token::{Class, Token};
use crate::layout::Layout;
use crate::table::words;
use std::collections::HashSet;

/// A table whose labels end in a year, in another number, in one more than that.
const YEARS_IN_LABELS: f32 = 0.3;
const NUMBERS_IN_LABELS: f32 = 1.2;
const MORE_IN_LABELS: f32 = 0.6;
/// A row whose label does not end as those of the others do.
const EXCEPTION: f32 = 1.8;
/// A label that the table has already.
const SAME_LABEL: f32 = 1.5;
/// The weight of a tenfold distance from a column's middle, in choosing between a row's readings.
const SIZE_WEIGHT: f32 = 0.6;
/// The most figures that labels end in.
const MOST_EXTRA: usize = 2;

/// Orders the readings of every row, the likeliest first, and gives the cost of the table so read.
pub(super) fn settle(layout: &Layout, rows: &mut [DraftRow], columns: usize) -> f32 {
    let most = rows.iter().flat_map(|row| &row.readings).map(|reading| reading.extra).max().unwrap_or(0);
    let closing: Vec<bool> = rows.iter().map(|row| closes(layout, row)).collect();
    let mut best: Option<Plan> = None;
    for extra in 0..=most.min(MOST_EXTRA) {
        let dearest = best.as_ref().map_or(f32::INFINITY, |best| best.cost);
        best = plan(layout, rows, &closing, (columns, extra), dearest).or(best);
    }
    let Some(best) = best else { return 0.0 };
    let mut costs = best.readings.as_slice();
    for (row, closes) in rows.iter_mut().zip(closing) {
        let (own, others) = costs.split_at(row.readings.len().min(costs.len()));
        order(layout, row, own, if closes { 0 } else { best.extra });
        costs = others;
    }
    best.cost
}

/// How much dearer than the plausible a reading may be whose label ends otherwise than the others', to be kept for a
/// total that nothing else explains: by an [`EXCEPTION`] and an empty cell.
const UNLIKELY: f32 = 3.2;

/// Keeps the plausible readings, whatever the sizes of their numbers, and puts the likeliest first; the unlikely ones
/// are kept apart.
fn order(layout: &Layout, row: &mut DraftRow, costs: &[f32], extra: usize) {
    let dearest = row_costs(layout, row, extra).fold(f32::INFINITY, f32::min) + PLAUSIBLE;
    let DraftRow { tokens, readings, unlikely, .. } = row;
    let mut costs = costs.iter();
    readings.retain_mut(|reading| {
        let own = own_cost(layout, tokens, reading, extra);
        reading.cost = costs.next().copied().unwrap_or(own);
        if own > dearest && own <= dearest + UNLIKELY && reading.extra != extra {
            unlikely.push(reading.clone());
        }
        own <= dearest
    });
    readings.sort_by(|a, b| a.cost.total_cmp(&b.cost));
}

/// What the readings cost where labels end in `extra` figures.
struct Plan {
    extra: usize,
    cost: f32,
    /// The cost of each reading, row after row.
    readings: Vec<f32>,
}

/// `None` where it costs as much as `dearest` or more. What readings cost by themselves often says so at once.
fn plan(
    layout: &Layout,
    rows: &[DraftRow],
    closing: &[bool],
    (columns, extra): (usize, usize),
    dearest: f32,
) -> Option<Plan> {
    // A total's label is one word, whatever the others are.
    let extras = || closing.iter().map(|closes| if *closes { 0 } else { extra });
    let own = rows.iter().zip(extras()).flat_map(|(row, extra)| row_costs(layout, row, extra));
    let mut readings: Vec<f32> = Vec::with_capacity(rows.iter().map(|row| row.readings.len()).sum());
    readings.extend(own);
    let unread = rows.iter().filter(|row| row.has_figures() && row.readings.is_empty()).count();
    let unread = unread as f32 * UNREADABLE;
    if unread + least(rows, &readings) >= dearest {
        return None;
    }
    let picked = picks(rows, &readings);
    let middles = habits::middles(&picked, columns);
    let all = rows.iter().flat_map(|row| row.readings.iter().map(|reading| (row.readings.len(), reading)));
    for ((_, reading), cost) in all.zip(&mut readings).filter(|((count, _), _)| *count > 1) {
        *cost += SIZE_WEIGHT * habits::distance(reading, &middles);
    }
    let picked = picks(rows, &readings);
    let own = rows.iter().zip(&picked).zip(extras());
    let structure: f32 =
        own.filter_map(|((row, reading), extra)| Some(own_cost(layout, &row.tokens, (*reading)?, extra))).sum();
    let labels = ending_cost(rows, &picked, extra) + same_labels(layout, rows, closing, &picked);
    let columns_alike = habits::spread(&picked, columns)
        + habits::year_columns(&picked, columns)
        + habits::joinable_columns(rows, &picked, columns);
    let cost = unread + structure + labels + columns_alike;
    (cost < dearest).then_some(Plan { extra, cost, readings })
}

/// The sum of the cheapest reading's cost of each row.
fn least(rows: &[DraftRow], mut costs: &[f32]) -> f32 {
    let cheapest = |row: &DraftRow| {
        let (own, others) = costs.split_at(row.readings.len().min(costs.len()));
        costs = others;
        own.iter().copied().min_by(f32::total_cmp)
    };
    rows.iter().filter_map(cheapest).sum()
}

fn row_costs(layout: &Layout, row: &DraftRow, extra: usize) -> impl Iterator<Item = f32> {
    row.readings.iter().map(move |reading| own_cost(layout, &row.tokens, reading, extra))
}

/// What a reading costs where the labels of such rows end in `extra` figures. `55+` and `81-82` are as good as figures.
fn own_cost(layout: &Layout, tokens: &[Token], reading: &Reading, extra: usize) -> f32 {
    let numbered = || {
        let last = reading.label.checked_sub(1).and_then(|at| tokens.get(at));
        last.is_some_and(|last| {
            last.class == Class::Text && last.text(layout).starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let alike = reading.extra == extra || extra > 0 && reading.extra == 0 && numbered();
    reading.cost + if alike { 0.0 } else { EXCEPTION }
}

/// Whether the row is a total, a part of one or a mean.
fn closes(layout: &Layout, row: &DraftRow) -> bool {
    words::is_closing_row(row.label(layout))
}

fn picks<'a>(rows: &'a [DraftRow], costs: &[f32]) -> Vec<Option<&'a Reading>> {
    let mut costs = costs.iter();
    let cheapest = |row: &'a DraftRow| {
        row.readings.iter().zip(costs.by_ref()).min_by(|a, b| a.1.total_cmp(b.1)).map(|(reading, _)| reading)
    };
    rows.iter().map(cheapest).collect()
}

/// What it costs once that labels end in figures; less where these are years.
fn ending_cost(rows: &[DraftRow], picked: &[Option<&Reading>], extra: usize) -> f32 {
    if extra == 0 {
        return 0.0;
    }
    let (mut ends, mut years) = (0, 0);
    for (row, reading) in rows.iter().zip(picked).filter_map(|(row, p)| Some((row, (*p)?))) {
        if reading.extra > 0 {
            ends += 1;
            years += usize::from(row.tokens.get(reading.label - 1).is_some_and(Token::is_year));
        }
    }
    let one = if years * 2 > ends { YEARS_IN_LABELS } else { NUMBERS_IN_LABELS };
    one + (extra - 1) as f32 * MORE_IN_LABELS
}

/// What labels cost that the table has already; a heading of words begins the count anew.
fn same_labels(layout: &Layout, rows: &[DraftRow], closing: &[bool], picked: &[Option<&Reading>]) -> f32 {
    let mut seen: HashSet<&str> = HashSet::with_capacity(rows.len());
    let mut same = 0;
    for ((row, closes), reading) in rows.iter().zip(closing).zip(picked) {
        let Some(reading) = reading else {
            seen.clear();
            continue;
        };
        let tokens = row.tokens.get(..reading.label).unwrap_or(&[]);
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            let label = layout.slice(first.range().start..last.range().end);
            same += usize::from(!seen.insert(label) && !closes);
        }
    }
    same as f32 * SAME_LABEL
}
