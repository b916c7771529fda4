//! The readings of a row whose cells add up to the row's own total.
//!
//! Takes a row and the column that sums it, gives every reading that does so with no cell empty. Wide rows can be read in
//! more ways than may be kept (see [`ways`](super::ways)); the sum tells which few to look for.
//!
//! ```text
//! Totaal 327 165 343 1 415 246 470 427 1 584 289 293 5 559      for eleven columns, the last their sum
//! Totaal │ 327 │ 165 │ 343 │ 1 415 │ 246 │ 470 │ 427 │ 1 584 │ 289 │ 293 │ 5 559
//! ```

use super::row::{Cell, DraftRow, Reading};
use super::{token, ways};
use crate::layout::Layout;
use std::rc::Rc;

/// Cells looked at in one row: enough for every way to read a row of a dozen columns, a bound for longer ones.
const MOST_STEPS: usize = 20_000;
/// Sums closer than this are the same: money has cents.
const SAME: f64 = 0.005;

/// Every reading of the row in which the cells of the other columns add up to that of `total`. The label ends where it
/// does in one of the readings known.
pub(super) fn readings(layout: &Layout, row: &DraftRow, total: usize) -> Vec<Reading> {
    let columns = row.readings.first().map_or(0, |reading| reading.cells.len());
    let mut found = Vec::new();
    let mut steps = MOST_STEPS;
    let mut known: Vec<usize> = Vec::new();
    let counts = token::suffix_counts(&row.tokens);
    for reading in &row.readings {
        if known.contains(&reading.label) {
            continue;
        }
        known.push(reading.label);
        let mut search = Search { layout, row, counts: &counts, columns, total, cells: Vec::new(), found: Vec::new() };
        search.from(reading.label, &mut steps);
        found.extend(search.found.into_iter().map(|cells| Reading { cells, ..reading.clone() }));
    }
    found
}

struct Search<'a> {
    layout: &'a Layout,
    row: &'a DraftRow,
    counts: &'a [Option<(usize, usize)>],
    columns: usize,
    total: usize,
    cells: Vec<Option<Cell>>,
    found: Vec<Rc<[Option<Cell>]>>,
}

impl Search<'_> {
    /// Reads on from a token. No deeper than there are columns.
    fn from(&mut self, at: usize, steps: &mut usize) {
        let left = self.columns - self.cells.len();
        if left == 0 {
            if at == self.row.tokens.len() && adds_up(&self.cells, self.total) {
                self.found.push(self.cells.as_slice().into());
            }
            return;
        }
        let mut ends = Vec::new();
        token::cell_ends(&self.row.tokens, at, |end, _| ends.push(end));
        for end in ends {
            let fits =
                self.counts.get(end).copied().flatten().is_some_and(|(few, most)| few < left && most + 1 >= left);
            if !fits || *steps == 0 {
                continue;
            }
            *steps -= 1;
            let value = ways::value_of(self.layout, self.row.tokens.get(at..end).unwrap_or(&[]));
            self.cells.push(Some(Cell::new(at..end, value)));
            self.from(end, steps);
            self.cells.pop();
        }
    }
}

/// Whether the values of the other columns add up to that of `total`.
pub(super) fn adds_up(cells: &[Option<Cell>], total: usize) -> bool {
    let value = |cell: &Option<Cell>| cell.as_ref().and_then(|cell| cell.value);
    let others = cells.iter().enumerate().filter(|(column, _)| *column != total).filter_map(|(_, cell)| value(cell));
    cells.get(total).and_then(value).is_some_and(|total| (others.sum::<f64>() - total).abs() < SAME)
}
