//! The ways to part figures into cells, the cheapest first: whether a space stands inside a number or between two.
//!
//! Takes the tokens of a row, gives the cells of each way for so many columns. Which of them is right is for the table to
//! say.
//!
//! ```text
//! 3 576 5 052      two columns: "3 576" "5 052"      three: "3" "576" "5 052", since no number is 052
//! ```

use super::row::Style;
use super::token::{self, Token};
use std::ops::Range;

/// For each token of a row the fewest and the most cells from there to the end.
pub(super) type Counts = Vec<Option<(usize, usize)>>;

/// A space inside a number, where the table's other numbers say otherwise / do not say.
const UNUSUAL_SPACE: f32 = 5.0;
const UNPROVEN_SPACE: f32 = 0.12;
/// A number of one to three digits with exactly three behind it, read as two, where thousands have spaces / may have.
const UNUSUAL_SPLIT: f32 = 0.05;
const UNPROVEN_SPLIT: f32 = 0.02;

/// A cell on the way through a row: where it ends, and the cell before it.
struct Step {
    before: u32,
    cell: Range<usize>,
    cost: f32,
}

/// Ways kept to each place in a row.
const WAYS: usize = 12;
/// The step before the first.
const NO_STEP: u32 = u32::MAX;

/// The cheapest steps that lead to a place in a row, the cheapest first.
#[derive(Clone, Copy, Default)]
struct Cheapest {
    steps: [u32; WAYS],
    count: usize,
}

impl Cheapest {
    fn steps(&self) -> &[u32] {
        self.steps.get(..self.count).unwrap_or(&[])
    }

    /// Takes the last step, if it is among the cheapest.
    fn take_last(&mut self, all: &[Step]) {
        let Some((last, cost)) = all.len().checked_sub(1).map(|last| (last, all[last].cost)) else { return };
        let at = self.steps().partition_point(|step| all[*step as usize].cost <= cost);
        if at < WAYS {
            self.count = WAYS.min(self.count + 1);
            self.steps.copy_within(at..self.count - 1, at + 1);
            self.steps[at] = last as u32;
        }
    }
}

/// Tells `take` the cheapest ways to read the tokens from `start` to the end as cells: as many as there are columns, or
/// fewer where they cannot be so many. Cost grows with the tokens and columns alone.
pub(super) fn parses(
    tokens: &[Token],
    start: usize,
    columns: usize,
    style: Style,
    counts: &[Option<(usize, usize)>],
    mut take: impl FnMut(Vec<Range<usize>>, f32),
) {
    let Some((few, most)) = counts.get(start).copied().flatten().filter(|(few, _)| *few <= columns) else {
        return;
    };
    if few == most {
        return only_parse(tokens, start, few, counts).into_iter().for_each(|cells| take(cells, 0.0));
    }
    let wanted = most.min(columns).max(few);
    let mut steps: Vec<Step> = Vec::new();
    // For each token and number of cells before it, the steps that lead there.
    let mut ways = vec![Cheapest::default(); (tokens.len() - start + 1) * (wanted + 1)];
    let place = |at: usize, cells: usize| (at - start) * (wanted + 1) + cells;
    ways[0] = Cheapest { steps: [NO_STEP; WAYS], count: 1 };
    let mut ends: Vec<(usize, bool)> = Vec::new();
    for at in start..tokens.len() {
        ends.clear();
        token::cell_ends(tokens, at, |end, joined| ends.push((end, joined)));
        let could_join = ends.iter().any(|(_, joined)| *joined);
        for cells in 0..wanted {
            let here = ways[place(at, cells)];
            for (&before, &(end, joined)) in here.steps().iter().flat_map(|b| ends.iter().map(move |e| (b, e))) {
                let reaches = counts.get(end).copied().flatten();
                if !reaches.is_some_and(|(few, most)| cells + 1 + few <= wanted && cells + 1 + most >= wanted) {
                    continue;
                }
                let so_far = steps.get(before as usize).map_or(0.0, |step| step.cost);
                let cost = so_far + join_cost(style, joined, could_join && !joined);
                steps.push(Step { before, cell: at..end, cost });
                ways[place(end, cells + 1)].take_last(&steps);
            }
        }
    }
    let last = ways.pop().unwrap_or_default();
    for step in last.steps().iter().filter_map(|step| steps.get(*step as usize).map(|_| *step)) {
        take(cells_of(&steps, step, wanted), steps[step as usize].cost);
    }
}

/// The one way to read tokens that make up the same number of cells however they are read: where a space could be left
/// out or not, the numbers of cells would differ.
fn only_parse(
    tokens: &[Token],
    start: usize,
    count: usize,
    counts: &[Option<(usize, usize)>],
) -> Option<Vec<Range<usize>>> {
    let (mut cells, mut at) = (Vec::with_capacity(count), start);
    while at < tokens.len() {
        let mut first = None;
        token::cell_ends(tokens, at, |end, _| {
            first = first.or_else(|| counts.get(end).copied().flatten().map(|_| end));
        });
        let end = first?;
        cells.push(at..end);
        at = end;
    }
    Some(cells)
}

fn cells_of(steps: &[Step], last: u32, count: usize) -> Vec<Range<usize>> {
    let mut cells = Vec::with_capacity(count);
    let mut at = last;
    while let Some(step) = steps.get(at as usize) {
        cells.push(step.cell.clone());
        at = step.before;
    }
    cells.reverse();
    cells
}

fn join_cost(style: Style, joined: bool, split: bool) -> f32 {
    match (style, joined, split) {
        (Style::NoSpaces, true, _) => UNUSUAL_SPACE,
        (Style::Unknown, true, _) => UNPROVEN_SPACE,
        (Style::Spaces, _, true) => UNUSUAL_SPLIT,
        (Style::Unknown, _, true) => UNPROVEN_SPLIT,
        _ => 0.0,
    }
}
