//! Tables whose rows stand among each other: cells of one row, then of the next, then the rest of the first.
//!
//! Takes the items that no other reading took, gives drafts. Extractors tear rows so where cells are aligned to
//! different heights. A column of totals tells which figures are one row: the last is the sum of the others. Each
//! figure goes to the row that is being filled, to the oldest that is not full, or to the newest; the fewest changes
//! that make all sums hold are the reading, and the printed totals of the columns must hold as well.
//!
//! ```text
//! jan / feb / mrt / Totaal
//! Lier / 7 / 15 / Mol / 44 / 64 / 86 / 1 / 1 / 46        Lier 7 15 64 86   Mol 44 1 1 46
//! ```

use super::draft::Draft;
use super::item::Item;
use super::rows;
use crate::layout::Layout;
use crate::table::words;
use std::ops::Range;

/// The fewest rows and columns: two sums of two are soon made.
const FEWEST_ROWS: usize = 3;
const FEWEST_COLUMNS: usize = 3;
/// The most figures of a table read so.
const MOST_FIGURES: usize = 600;
/// Rows that may be open at a time.
const MOST_OPEN: usize = 8;
/// What a cell costs that left no trace, against changing from one row to another.
const LACKING: u32 = 3;
/// Sums are kept in hundredths.
const SCALE: f64 = 100.0;

/// The tables with rows among each other; what they use is taken out of `free`.
pub(super) fn drafts_of(layout: &Layout, items: &[Item], free: &mut Vec<usize>, readings: usize) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut rest = Vec::with_capacity(free.len());
    for (index, part) in rows::parts(items, free).into_iter().enumerate() {
        if index > 0 {
            rest.extend(free_before(free, part));
        }
        match mesh_of(layout, items, part, readings) {
            Some((draft, used)) => {
                rest.extend(part[..used.start].iter().chain(&part[used.end..]));
                drafts.push(draft);
            }
            None => rest.extend(part),
        }
    }
    *free = rest;
    drafts
}

/// The caption or note right before a part.
fn free_before(free: &[usize], part: &[usize]) -> Option<usize> {
    let first = part.first()?;
    let at = free.binary_search(first).ok()?;
    free.get(at.checked_sub(1)?).copied()
}

/// What a table of this kind is made of.
struct Shape {
    /// Where in the part it stands.
    range: Range<usize>,
    corner: Option<usize>,
    heads: Vec<usize>,
    /// The items of its rows, labels and figures, in the order of the text.
    body: Vec<usize>,
}

fn mesh_of(layout: &Layout, items: &[Item], part: &[usize], readings: usize) -> Option<(Draft, Range<usize>)> {
    let shapes = shapes_of(layout, items, part);
    shapes.into_iter().find_map(|shape| {
        let grid = untangle(items, &shape.body, shape.heads.len(), readings)?;
        let draft = draft_of(layout, items, &shape, grid)?;
        Some((draft, shape.range))
    })
}

/// The readings of a header that sums its rows: in one piece, or its last part among the rows; with a corner or
/// without.
fn shapes_of(layout: &Layout, items: &[Item], part: &[usize]) -> Vec<Shape> {
    let is_label = |at: usize| items[part[at]].is_label();
    let is_total = |at: usize| is_label(at) && words::is_total(items[part[at]].first_line(layout));
    let Some(start) = (0..part.len()).find(|at| is_label(*at)) else { return Vec::new() };
    let Some(first) = (start..part.len()).find(|at| !is_label(*at)).filter(|first| first - start > 1) else {
        return Vec::new();
    };
    let Some(total) = (start..part.len()).find(|at| is_total(*at)) else { return Vec::new() };
    let Some(last) = (total + 1..part.len()).find(|at| is_total(*at) && !is_label_at(items, part, at + 1)) else {
        return Vec::new();
    };
    let end = (last + 1..part.len()).find(|at| is_label(*at)).unwrap_or(part.len());
    // The header's second part: labels among the figures that end in the total's.
    let second = if total < first { first..first } else { run_before(items, part, total)..total + 1 };
    let named = start..first - 1;
    let body = (first - 1..end).filter(|at| !second.contains(at)).map(|at| part[at]).collect::<Vec<_>>();
    let shape = |corner: usize| {
        let heads = (named.start + corner..named.end).chain(second.clone()).map(|at| part[at]).collect();
        let corner = (corner > 0).then(|| part[named.start]);
        Shape { range: start..end, corner, heads, body: body.clone() }
    };
    (0..named.len().min(2)).map(shape).collect()
}

fn is_label_at(items: &[Item], part: &[usize], at: usize) -> bool {
    part.get(at).is_none_or(|item| items[*item].is_label())
}

/// Where the run of labels that ends here begins.
fn run_before(items: &[Item], part: &[usize], end: usize) -> usize {
    (0..end).rev().find(|at| !items[part[*at]].is_label()).map_or(0, |at| at + 1)
}

/// Rows of items: the label, then its cells, the last one the total.
type Untangled = Vec<(usize, Vec<usize>)>;

/// A row that is being filled.
#[derive(Debug, Clone, Copy)]
struct Open {
    row: usize,
    count: usize,
    sum: i64,
}

/// A way to read the items so far.
#[derive(Debug, Clone)]
struct State {
    cost: u32,
    open: Vec<Open>,
    current: usize,
    rows: usize,
    /// The last step, an index into all steps.
    step: usize,
}

/// A figure given to a row, and the step before.
struct Step {
    before: usize,
    row: usize,
    item: usize,
}

/// States that are carried along: with more the search would be no better, only slower.
const BEAM: usize = 96;

/// Gives each figure to a row, so that all rows add up.
fn untangle(items: &[Item], body: &[usize], columns: usize, readings: usize) -> Option<Untangled> {
    let labels: Vec<usize> = body.iter().copied().filter(|item| items[*item].is_label()).collect();
    let figures = body.len() - labels.len();
    let full = labels.len() * columns;
    let ragged = figures > full || figures + labels.len() < full;
    let small = labels.len() < FEWEST_ROWS || columns < FEWEST_COLUMNS;
    if ragged || small || figures > MOST_FIGURES || is_even(items, body, columns) || !is_closed(items, body) {
        return None;
    }
    let beam = BEAM.min(readings).max(1);
    let mut steps = vec![Step { before: 0, row: usize::MAX, item: 0 }];
    let mut states = vec![State { cost: 0, open: Vec::new(), current: usize::MAX, rows: 0, step: 0 }];
    for &item in body {
        let mut next = Vec::new();
        for state in &states {
            if items[item].is_label() {
                next.extend(with_row(state));
            } else {
                give(items, item, columns, state, &mut steps, &mut next);
            }
        }
        next.sort_by_key(|state| state.cost);
        next.truncate(beam);
        states = next;
    }
    let best = states.into_iter().find(|state| state.open.is_empty())?;
    let mut rows: Untangled = labels.into_iter().map(|label| (label, Vec::new())).collect();
    let mut at = best.step;
    while let Some(step) = steps.get(at).filter(|step| step.row != usize::MAX) {
        rows.get_mut(step.row)?.1.push(step.item);
        at = step.before;
    }
    rows.iter_mut().for_each(|row| row.1.reverse());
    Some(rows)
}

/// Whether the figures are those of a table with totals both ways: body, totals of rows, totals of columns and the
/// grand total, which stands last, are four times the grand total.
fn is_closed(items: &[Item], body: &[usize]) -> bool {
    let value = |item: &usize| items[*item].value.filter(|_| items[*item].is_figure());
    let sum: f64 = body.iter().filter_map(value).sum();
    body.iter().rev().find_map(value).is_some_and(|grand| (sum - 4.0 * grand).abs() < 1.0 / SCALE)
}

/// Whether every label is followed by a full row: nothing to untangle.
fn is_even(items: &[Item], body: &[usize], columns: usize) -> bool {
    body.chunks(columns + 1).all(|row| {
        row.len() == columns + 1 && row.iter().enumerate().all(|(at, item)| items[*item].is_label() == (at == 0))
    })
}

fn with_row(state: &State) -> Option<State> {
    let mut state = state.clone();
    state.open.push(Open { row: state.rows, count: 0, sum: 0 });
    state.rows += 1;
    (state.open.len() <= MOST_OPEN).then_some(state)
}

/// The states in which the figure stands in the current row, the oldest or the newest.
fn give(items: &[Item], item: usize, columns: usize, state: &State, steps: &mut Vec<Step>, next: &mut Vec<State>) {
    let current = state.open.iter().position(|open| open.row == state.current);
    let choices = [current, Some(0), state.open.len().checked_sub(1)];
    for (index, choice) in choices.iter().enumerate() {
        let Some(at) = choice.filter(|at| *at < state.open.len() && !choices[..index].contains(choice)) else {
            continue;
        };
        let changes = u32::from(current.is_some() && current != Some(at) && state.open[at].count > 0);
        place(items, item, columns, state, at, changes, steps, next);
    }
}

#[expect(clippy::too_many_arguments)]
fn place(
    items: &[Item],
    item: usize,
    columns: usize,
    state: &State,
    at: usize,
    changes: u32,
    steps: &mut Vec<Step>,
    next: &mut Vec<State>,
) {
    let value = items[item].value.map(|value| (value * SCALE).round() as i64);
    let mut open = state.open[at];
    let adds_up = value == Some(open.sum);
    open.count += 1;
    open.sum = open.sum.saturating_add(value.unwrap_or(0));
    let step = steps.len();
    steps.push(Step { before: state.step, row: open.row, item });
    let base = State { cost: state.cost + changes, current: open.row, step, ..state.clone() };
    let lacking = (columns - open.count.min(columns)) as u32;
    if adds_up && open.count > 1 {
        let mut closed = base.clone();
        closed.open.remove(at);
        closed.cost += lacking * LACKING;
        next.push(closed);
    }
    if open.count < columns {
        let mut going = base;
        going.open[at] = open;
        next.push(going);
    }
}

fn draft_of(layout: &Layout, items: &[Item], shape: &Shape, rows: Untangled) -> Option<Draft> {
    let columns = shape.heads.len();
    let mut draft = Draft::default();
    draft.heads.push([shape.corner].into_iter().chain(shape.heads.iter().copied().map(Some)).collect());
    for (label, cells) in rows {
        let (total, cells) = cells.split_last()?;
        let mut row: Vec<Option<usize>> = [label].iter().chain(cells).copied().map(Some).collect();
        row.resize(columns, None);
        row.push(Some(*total));
        draft.rows.push(row);
    }
    draft.settle(layout, items);
    let proof = draft.proof(layout, items);
    (proof.failed == 0 && proof.held >= draft.rows.len() + columns && draft.open == 0).then_some(draft)
}
