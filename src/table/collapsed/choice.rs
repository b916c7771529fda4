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
use super::row::{Cell, DraftRow, PLAUSIBLE, Reading, UNREADABLE, Way};
use super::token::{Class, Token};
use super::ways;
use crate::layout::Layout;
use crate::table::words;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A table whose labels end in a year, in another number, in one more than that.
const YEARS_IN_LABELS: f32 = 0.3;
const NUMBERS_IN_LABELS: f32 = 1.2;
const MORE_IN_LABELS: f32 = 0.6;
/// Labels that all end in the same number, which tells nothing.
const SAME_IN_LABELS: f32 = 3.0;
/// A row whose label does not end as those of the others do.
const EXCEPTION: f32 = 1.8;
/// A row whose label does not take the year behind it, where others end in a number.
const YEAR_LEFT: f32 = 3.0;
/// A label that the table has already.
const SAME_LABEL: f32 = 1.5;
/// Labels that come again in each group.
const GROUPED_LABELS: f32 = 1.0;
/// Columns that end before others do, once; and the share of what empty cells at the end of a row cost that is taken back
/// then.
const RAGGED_COLUMNS: f32 = 1.2;
const RAGGED: f32 = 0.9;
/// Two cells that could be one number, where columns end before others do.
const LEFT_APART: f32 = 0.4;
/// Rows that must end early, for one may by chance.
const RAGGED_ROWS: usize = 2;
/// The most figures that labels end in.
const MOST_EXTRA: usize = 2;

/// Gives every row its likely readings, the likeliest first, and says what the table costs so read; `None` where that is
/// `hopeless` or more.
pub(super) fn settle(layout: &Layout, rows: &mut [DraftRow], (columns, hopeless): (usize, f32)) -> Option<f32> {
    let most = rows.iter().flat_map(|row| row.ways.iter()).map(|way| way.extra).max().unwrap_or(0);
    let closing: Vec<bool> = rows.iter().map(|row| closes(layout, row)).collect();
    let mut best: Option<Plan> = None;
    for ragged in [false, true] {
        for extra in 0..=most.min(MOST_EXTRA) {
            let dearest = best.as_ref().map_or(hopeless, |best| best.cost);
            let habit = Habit { extra, ragged, columns };
            best = plan(layout, rows, &closing, habit, dearest).or(best);
        }
    }
    let best = best?;
    for (row, closes) in rows.iter_mut().zip(closing) {
        row.middles = Rc::clone(&best.middles);
        give_likely(layout, row, best.habit.of(closes));
    }
    Some(best.cost)
}

/// What the rows of a table do alike.
#[derive(Debug, Clone, Copy)]
struct Habit {
    /// Their labels end in so many figures.
    extra: usize,
    /// Columns end before the last row: what is not known yet is missing from some row on.
    ///
    /// ```text
    /// mei   1 711 1 766 2 702          lichting 2014   32,5 39,7 46,2
    /// juni  1 699 1 759                lichting 2015   33,9 42,1
    /// juli  1 687 1 772                lichting 2016   36,3
    /// ```
    ragged: bool,
    /// The columns of the table.
    columns: usize,
}

impl Habit {
    /// That of a row: a total's label is one word, whatever the others are, and it sums what there is.
    fn of(self, closes: bool) -> Self {
        if closes { Self { extra: 0, ragged: false, ..self } } else { self }
    }
}

/// How much dearer than the plausible a reading may be whose label ends otherwise than the others', to be kept for a
/// total that nothing else explains: by an [`EXCEPTION`] and an empty cell.
const UNLIKELY: f32 = 3.2;

/// Gives the row the plausible readings, whatever the sizes of their numbers, the likeliest first; the unlikely ones are
/// kept apart.
fn give_likely(layout: &Layout, row: &mut DraftRow, habit: Habit) {
    // Whether columns end early is for the totals to say too.
    let full = Habit { ragged: false, ..habit };
    let dearest = |habit| likeliest(layout, row, habit).map(|(_, least)| least + PLAUSIBLE);
    let (Some(dearest_full), Some(dearest)) = (dearest(full), dearest(habit)) else { return };
    let (mut readings, mut unlikely) = (Vec::new(), Vec::new());
    for (at, way) in row.ways.iter().enumerate() {
        let own = own_cost(layout, row, way, full);
        let early = own + early_end(&row.tokens, way, habit);
        let first = habit.ragged && early <= dearest;
        if first {
            let mut reading = way.first_reading(habit.columns);
            reading.cost += early - own;
            readings.push(reading);
        }
        if own <= dearest_full {
            let others = |reading: Reading| {
                if !(first && missing_at_end(&reading).is_some()) {
                    readings.push(reading);
                }
            };
            row.place(way, own, others);
        } else if own <= dearest_full + UNLIKELY && way.extra != habit.extra {
            unlikely.push((at, own));
        }
    }
    readings.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    (row.readings, row.unlikely) = (readings, unlikely);
}

/// What the table costs where its rows have a habit.
struct Plan {
    habit: Habit,
    cost: f32,
    /// The sizes that are usual in each column.
    middles: Rc<[Option<f32>]>,
}

/// `None` where it costs as much as `dearest` or more. What readings cost by themselves often says so at once.
fn plan(layout: &Layout, rows: &[DraftRow], closing: &[bool], habit: Habit, dearest: f32) -> Option<Plan> {
    let columns = habit.columns;
    let habits: Vec<Habit> = closing.iter().map(|closes| habit.of(*closes)).collect();
    let least: Vec<Option<(&Way, f32)>> =
        rows.iter().zip(&habits).map(|(row, habit)| likeliest(layout, row, *habit)).collect();
    let unread = rows.iter().filter(|row| row.has_figures() && row.ways.is_empty()).count();
    let unread = unread as f32 * UNREADABLE + if habit.ragged { RAGGED_COLUMNS } else { 0.0 };
    if unread + least.iter().flatten().map(|(_, own)| own).sum::<f32>() >= dearest {
        return None;
    }
    let first: Vec<Option<Reading>> =
        least.iter().map(|least| Some(least.as_ref()?.0.first_reading(columns))).collect();
    let middles = habits::middles(&refs(&first), columns);
    let mut picked: Vec<Option<Picked>> = Vec::with_capacity(rows.len());
    for (((row, habit), least), first) in rows.iter().zip(&habits).zip(&least).zip(first) {
        picked.push(least.zip(first).map(|known| likeliest_by_size(layout, row, *habit, known, &middles)));
    }
    let structure: f32 = picked.iter().flatten().map(|picked| picked.own).sum();
    let picked: Vec<Option<&Reading>> = picked.iter().map(|p| p.as_ref().map(|p| &p.reading)).collect();
    if habit.ragged && !ends_ragged(&picked, closing) {
        return None;
    }
    let labels = ending_cost(layout, rows, &picked, habit.extra) + same_labels(layout, rows, closing, &picked);
    let columns_alike = habits::spread(&picked, columns)
        + habits::year_columns(&picked, columns)
        + habits::joinable_columns(layout, rows, &picked, columns);
    let cost = unread + structure + labels + columns_alike;
    (cost < dearest).then(|| Plan { habit, cost, middles: middles.into() })
}

/// How many cells a reading leaves empty at its end; `None` where others are empty too, or all.
fn missing_at_end(reading: &Reading) -> Option<usize> {
    let filled = reading.cells.iter().take_while(|cell| cell.is_some()).count();
    (filled > 0 && reading.cells.iter().skip(filled).all(Option::is_none)).then(|| reading.cells.len() - filled)
}

/// Whether the rows end as columns that end before others do: some are full, and each leaves as many empty at its end as
/// the one above it, or more. Totals have their own ends.
fn ends_ragged(picked: &[Option<&Reading>], closing: &[bool]) -> bool {
    let rows = picked.iter().zip(closing).filter(|(_, closes)| !**closes).filter_map(|(reading, _)| *reading);
    let ends: Option<Vec<usize>> = rows.map(missing_at_end).collect();
    ends.is_some_and(|ends| {
        let short = ends.iter().filter(|missing| **missing > 0).count();
        short >= RAGGED_ROWS && ends.first() == Some(&0) && ends.windows(2).all(|pair| pair[0] <= pair[1])
    })
}

fn refs(readings: &[Option<Reading>]) -> Vec<Option<&Reading>> {
    readings.iter().map(Option::as_ref).collect()
}

/// The cheapest way of a row by itself, with what it costs; the first of equals.
fn likeliest<'a>(layout: &Layout, row: &'a DraftRow, habit: Habit) -> Option<(&'a Way, f32)> {
    let cost = |way| own_cost(layout, row, way, habit) + early_end(&row.tokens, way, habit);
    let costs = row.ways.iter().map(|way| (way, cost(way)));
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
    habit: Habit,
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
        let full = own_cost(layout, row, way, habit);
        let early = early_end(&row.tokens, way, habit);
        if full + early.min(0.0) > bound {
            continue;
        }
        way.places(columns, |chosen| {
            let first = chosen.last().is_some_and(|last| *last + 1 == chosen.len());
            let own = full + if first { early } else { 0.0 };
            let cost = own + habits::size_cost(&way.cells, chosen, middles);
            if cost < cheapest {
                cheapest = cost;
                best = Picked { reading: way.reading(chosen, columns, cost), own };
            }
        });
    }
    best
}

/// What a way costs where labels end in so many figures. `55+` and `81-82` are as good as figures.
fn own_cost(layout: &Layout, row: &DraftRow, way: &Way, Habit { extra, .. }: Habit) -> f32 {
    let numbered = || {
        let last = way.label.checked_sub(1).and_then(|at| row.tokens.get(at));
        last.is_some_and(|last| {
            last.class == Class::Text && last.text(layout).starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let alike = way.extra == extra || extra > 0 && way.extra == 0 && numbered();
    let short = || way.extra < extra && row.tokens.get(way.label).is_some_and(Token::is_year);
    way.cost
        + match alike {
            true => 0.0,
            false if short() => YEAR_LEFT,
            false => EXCEPTION,
        }
}

/// What a way costs more, or less, with its cells in the first columns, where columns end before others do: the last may
/// be empty, and what could be one number is one.
fn early_end(tokens: &[Token], way: &Way, habit: Habit) -> f32 {
    if !habit.ragged {
        return 0.0;
    }
    let shape = |at: usize| tokens.get(at).and_then(Token::shape);
    let apart = |pair: &&[Cell]| {
        let (left, right) = (&pair[0].tokens, &pair[1].tokens);
        left.len() == 1 && shape(left.start).is_some_and(|s| s.head) && shape(right.start).is_some_and(|s| s.tail)
    };
    let apart = way.cells.windows(2).filter(apart).count() as f32;
    apart * LEFT_APART - RAGGED * ways::empty_cost(habit.columns, way.cells.len())
}

/// Whether the row is a total, a part of one or a mean.
fn closes(layout: &Layout, row: &DraftRow) -> bool {
    words::is_closing_row(row.label(layout))
}

/// What it costs once that labels end in figures; less where these are years.
fn ending_cost(layout: &Layout, rows: &[DraftRow], picked: &[Option<&Reading>], extra: usize) -> f32 {
    if extra == 0 {
        return 0.0;
    }
    let (mut ends, mut years) = (0, 0);
    let mut values: HashSet<&str> = HashSet::new();
    for (row, reading) in rows.iter().zip(picked).filter_map(|(row, p)| Some((row, (*p)?))) {
        if let Some(last) = row.tokens.get(reading.label.wrapping_sub(1)).filter(|_| reading.extra > 0) {
            ends += 1;
            years += usize::from(last.is_year());
            values.insert(last.text(layout));
        }
    }
    let one = if years * 2 > ends { YEARS_IN_LABELS } else { NUMBERS_IN_LABELS };
    let same = if years == 0 && ends > 2 && values.len() == 1 { SAME_IN_LABELS } else { 0.0 };
    one + same + (extra - 1) as f32 * MORE_IN_LABELS
}

/// What labels cost that the table has already; a heading of words begins the count anew. Several that come equally often
/// are those of groups: `Verblijf`, `Begeleiding`, `Verblijf`, `Begeleiding`.
fn same_labels(layout: &Layout, rows: &[DraftRow], closing: &[bool], picked: &[Option<&Reading>]) -> f32 {
    let mut seen: HashMap<&str, usize> = HashMap::with_capacity(rows.len());
    let mut repeated: HashMap<&str, usize> = HashMap::new();
    for ((row, closes), reading) in rows.iter().zip(closing).zip(picked) {
        let Some(reading) = reading else {
            seen.clear();
            continue;
        };
        let tokens = row.tokens.get(..reading.label).unwrap_or(&[]);
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            let label = layout.slice(first.range().start..last.range().end);
            let count = seen.entry(label).or_default();
            *count += 1;
            if *count > 1 && !closes {
                *repeated.entry(label).or_default() += 1;
            }
        }
    }
    let mut counts = repeated.values();
    let grouped = repeated.len() > 1 && counts.next().is_some_and(|first| counts.all(|count| count == first));
    let same: usize = repeated.values().sum();
    if grouped { GROUPED_LABELS.min(same as f32 * SAME_LABEL) } else { same as f32 * SAME_LABEL }
}
