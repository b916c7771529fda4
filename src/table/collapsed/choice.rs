//! How each row of a draft is read before any total is asked: where its label ends, and which numbers are one.
//!
//! Takes rows with the ways to part them, gives each its likely readings by what the whole table does, and what that costs.
//! `Fase 1 12 34` beside `Fase 2 7 9` has labels that end in a number, and every row must do the same; a reading whose
//! numbers are of other sizes than those above and below is the less likely one.
//!
//! ```text
//! 1e kwartaal 2019 837 676 161      1e kwartaal | 2019 | 837 676 | 161    years are no figures, labels recur: dear
//! 1e kwartaal 2020 742 360 382      1e kwartaal 2019 | 837 | 676 | 161    one habit for all rows: cheap
//! ```

use super::habits;
use super::row::{DraftRow, PLAUSIBLE, Reading, UNREADABLE, Way};
use super::token::{Class, Token};
use crate::layout::Layout;
use crate::table::words;
use std::collections::HashSet;
use std::rc::Rc;

/// A table whose labels end in a year, in another number, in one more than that.
const YEARS_IN_LABELS: f32 = 0.3;
const NUMBERS_IN_LABELS: f32 = 1.2;
const MORE_IN_LABELS: f32 = 0.6;
/// A row whose label does not end as those of the others do.
const EXCEPTION: f32 = 1.8;
/// A label that the table has already.
const SAME_LABEL: f32 = 1.5;
/// The most figures that labels end in.
const MOST_EXTRA: usize = 2;

/// Gives every row its likely readings, the likeliest first, and says what the table costs so read; `None` where that is
/// `hopeless` or more.
pub(super) fn settle(layout: &Layout, rows: &mut [DraftRow], (columns, hopeless): (usize, f32)) -> Option<f32> {
    let most = rows.iter().flat_map(|row| row.ways.iter()).map(|way| way.extra).max().unwrap_or(0);
    let closing: Vec<bool> = rows.iter().map(|row| closes(layout, row)).collect();
    let mut best: Option<Plan> = None;
    for extra in 0..=most.min(MOST_EXTRA) {
        let dearest = best.as_ref().map_or(hopeless, |best| best.cost);
        best = plan(layout, rows, &closing, (columns, extra), dearest).or(best);
    }
    let best = best?;
    for (row, closes) in rows.iter_mut().zip(closing) {
        row.middles = Rc::clone(&best.middles);
        give_likely(layout, row, if closes { 0 } else { best.extra });
    }
    Some(best.cost)
}

/// How much dearer than the plausible a reading may be whose label ends otherwise than the others', to be kept for a
/// total that nothing else explains: by an [`EXCEPTION`] and an empty cell.
const UNLIKELY: f32 = 3.2;

/// Gives the row the plausible readings, whatever the sizes of their numbers, the likeliest first; the unlikely ones are
/// kept apart.
fn give_likely(layout: &Layout, row: &mut DraftRow, extra: usize) {
    let Some((_, least)) = likeliest(layout, row, extra) else { return };
    let dearest = least + PLAUSIBLE;
    let (mut readings, mut unlikely) = (Vec::new(), Vec::new());
    for (at, way) in row.ways.iter().enumerate() {
        let own = own_cost(layout, row, way, extra);
        if own <= dearest {
            row.place(way, own, |reading| readings.push(reading));
        } else if own <= dearest + UNLIKELY && way.extra != extra {
            unlikely.push((at, own));
        }
    }
    readings.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    (row.readings, row.unlikely) = (readings, unlikely);
}

/// What the table costs where labels end in `extra` figures.
struct Plan {
    extra: usize,
    cost: f32,
    /// The sizes that are usual in each column.
    middles: Rc<[Option<f32>]>,
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
    let extras: Vec<usize> = closing.iter().map(|closes| if *closes { 0 } else { extra }).collect();
    let least: Vec<Option<(&Way, f32)>> =
        rows.iter().zip(&extras).map(|(row, extra)| likeliest(layout, row, *extra)).collect();
    let unread = rows.iter().filter(|row| row.has_figures() && row.ways.is_empty()).count();
    let unread = unread as f32 * UNREADABLE;
    if unread + least.iter().flatten().map(|(_, own)| own).sum::<f32>() >= dearest {
        return None;
    }
    let first: Vec<Option<Reading>> =
        least.iter().map(|least| Some(least.as_ref()?.0.first_reading(columns))).collect();
    let middles = habits::middles(&refs(&first), columns);
    let mut picked: Vec<Option<Picked>> = Vec::with_capacity(rows.len());
    for (((row, extra), least), first) in rows.iter().zip(&extras).zip(&least).zip(first) {
        picked.push(least.zip(first).map(|known| likeliest_by_size(layout, row, *extra, known, &middles)));
    }
    let structure: f32 = picked.iter().flatten().map(|picked| picked.own).sum();
    let picked: Vec<Option<&Reading>> = picked.iter().map(|p| p.as_ref().map(|p| &p.reading)).collect();
    let labels = ending_cost(rows, &picked, extra) + same_labels(layout, rows, closing, &picked);
    let columns_alike = habits::spread(&picked, columns)
        + habits::year_columns(&picked, columns)
        + habits::joinable_columns(rows, &picked, columns);
    let cost = unread + structure + labels + columns_alike;
    (cost < dearest).then(|| Plan { extra, cost, middles: middles.into() })
}

fn refs(readings: &[Option<Reading>]) -> Vec<Option<&Reading>> {
    readings.iter().map(Option::as_ref).collect()
}

/// The cheapest way of a row by itself, with what it costs; the first of equals.
fn likeliest<'a>(layout: &Layout, row: &'a DraftRow, extra: usize) -> Option<(&'a Way, f32)> {
    let costs = row.ways.iter().map(|way| (way, own_cost(layout, row, way, extra)));
    costs.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// A reading and what it costs by itself.
struct Picked {
    reading: Reading,
    own: f32,
}

/// The reading of a row that is cheapest once the sizes of its numbers count; the first of equals. That of the cheapest
/// way is known: no way that costs as much by itself can be cheaper.
fn likeliest_by_size(
    layout: &Layout,
    row: &DraftRow,
    extra: usize,
    (least, first): ((&Way, f32), Reading),
    middles: &[Option<f32>],
) -> Picked {
    let mut best = Picked { reading: first, own: least.1 };
    let columns = middles.len();
    if row.count_readings() < 2 {
        return best;
    }
    let chosen: Vec<usize> = (0..least.0.cells.len()).collect();
    let bound = least.1 + habits::size_cost(&least.0.cells, &chosen, middles);
    let mut cheapest = f32::INFINITY;
    for way in row.ways.iter() {
        let own = own_cost(layout, row, way, extra);
        if own > bound {
            continue;
        }
        way.places(columns, |chosen| {
            let cost = own + habits::size_cost(&way.cells, chosen, middles);
            if cost < cheapest {
                cheapest = cost;
                best = Picked { reading: way.reading(chosen, columns, cost), own };
            }
        });
    }
    best
}

/// What a way costs where the labels of such rows end in `extra` figures. `55+` and `81-82` are as good as figures.
fn own_cost(layout: &Layout, row: &DraftRow, way: &Way, extra: usize) -> f32 {
    let numbered = || {
        let last = way.label.checked_sub(1).and_then(|at| row.tokens.get(at));
        last.is_some_and(|last| {
            last.class == Class::Text && last.text(layout).starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let alike = way.extra == extra || extra > 0 && way.extra == 0 && numbered();
    way.cost + if alike { 0.0 } else { EXCEPTION }
}

/// Whether the row is a total, a part of one or a mean.
fn closes(layout: &Layout, row: &DraftRow) -> bool {
    words::is_closing_row(row.label(layout))
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
