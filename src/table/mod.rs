//! Tables: from lines to checked numbers. Never imports `structure`.
//!
//! Three ways to find a grid, one way to read it:
//!
//! ```text
//! ruled      drawn rules (PDF)              ┐
//! aligned    edges of words (PDF, -layout)  ├→ Grid → heading → number → checks → Table
//! collapsed  one space apart (Tika, -raw)   ┘
//! ```

mod aligned;
mod around;
mod cells;
mod checks;
mod collapsed;
mod number;
pub(crate) mod placement;
mod reading;
mod ruled;
mod stacked;
mod surround;
mod tidy;
mod words;

use crate::diagnostic::Diagnostic;
use crate::geometry::Rect;
use crate::layout::Layout;
use crate::limits::Limits;
use crate::model::{Method, Table};
use std::cell::OnceCell;
use std::ops::Range;

/// Words of a line that parts tables of collapsed text, at most: longer ones are prose, and known as such there.
const APART_WORDS: usize = 6;

/// The number of a cell, for the fuzz targets.
#[cfg(fuzzing)]
pub(crate) fn cell_number(text: &str) -> Option<f64> {
    number::type_cell(text).value
}

/// Columns that a table has at most: a spreadsheet printed on A3 has about 60.
const MOST_COLUMNS: usize = 200;

/// A grid of cells as found, before anybody asks what they mean: the first `header_rows` rows are column headers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// How it was found.
    pub method: Method,
    /// The indexes of the lines it takes up, ascending; none of them is prose any more. Caption and notes included.
    pub lines: Vec<usize>,
    /// Rows of equal length, top to bottom. A cell merged over several columns or rows is repeated in each, except a
    /// row that is one merged cell (a group heading): that is its text, then empty cells.
    pub rows: Vec<Vec<GridCell>>,
    /// How many of the rows are header rows; `None` where the finder cannot tell.
    pub header_rows: Option<usize>,
    /// The caption's bytes (`Tabel 1: …`).
    pub caption: Option<Range<usize>>,
    /// Notes under the table: bytes of each, its mark included.
    pub notes: Vec<Range<usize>>,
    /// How sure the finder is of the grid, 0 to 1.
    pub confidence: f64,
    /// Doubts to be told: code and sentence.
    pub doubts: Vec<(crate::diagnostic::Code, String)>,
}

/// A cell as found.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct GridCell {
    /// Its text, wraps undone, words one space apart (`CLB-` + `chat` is `CLB-chat`).
    pub text: String,
    /// The bytes of its pieces in [`Layout::text`](crate::layout::Layout::text), one for each line; empty for an
    /// empty cell.
    pub bytes: Vec<Range<usize>>,
}

/// A table with the lines that it takes up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The table, its id, answer and placement still open.
    pub table: Table,
    /// Its lines, ascending: header, rows, caption and notes.
    pub lines: Vec<usize>,
    /// The line in which the grid itself begins: where the table stands.
    pub anchor: usize,
    /// What was doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the grids that are told by the places of rules and words alone. None that words alone line up reaches over one
/// of the lines `apart`.
pub(crate) fn grids(layout: &Layout, lines: Range<usize>, apart: &[usize]) -> Vec<Grid> {
    let mut grids = ruled::find(layout, lines.clone());
    let apart: Vec<Range<usize>> = apart.iter().map(|line| *line..line + 1).collect();
    for rest in untaken(&grids, &apart, lines) {
        grids.extend(aligned::find(layout, rest));
    }
    grids
}

/// The edges between cells and the boxes of cells that the rules of a page make up.
pub(crate) fn drawn(layout: &Layout, page: u32) -> (Vec<Rect>, Vec<Rect>) {
    ruled::drawing(layout, page)
}

/// Finds the tables of a layout.
pub(crate) struct Finder<'l> {
    layout: &'l Layout,
    limits: &'l Limits,
    /// Where the lines of the whole layout end, once it was asked: a bulletin has many questions, and all its lines.
    margin: OnceCell<f32>,
}

impl<'l> Finder<'l> {
    pub(crate) fn new(layout: &'l Layout, limits: &'l Limits) -> Self {
        Self { layout, limits, margin: OnceCell::new() }
    }

    /// Finds and reads the tables in a range of lines, in reading order; for `apart` see [`grids`].
    pub(crate) fn find(&self, lines: Range<usize>, apart: &[usize]) -> Vec<Found> {
        let (layout, limits) = (self.layout, self.limits);
        let mut grids = grids(layout, lines.clone(), apart);
        if !layout.is_placed() {
            let mut read = Vec::new();
            for rest in untaken(&grids, &[], lines.clone()) {
                let (stacked, regions) = stacked::find(layout, rest, apart, limits);
                grids.extend(stacked);
                read.extend(regions);
            }
            let short = |line: &&usize| layout.line_words(**line).len() <= APART_WORDS;
            read.extend(apart.iter().filter(short).map(|line| *line..line + 1));
            let margin = *self.margin.get_or_init(|| collapsed::margin(layout, 0..layout.lines.len()));
            for rest in untaken(&grids, &read, lines.clone()) {
                grids.extend(collapsed::find(layout, rest, margin, limits));
            }
        }
        grids.iter_mut().for_each(|grid| tidy::tidy(layout, grid));
        let mut found: Vec<Found> = grids.into_iter().filter_map(|grid| reading::grid_to_table(layout, grid)).collect();
        found.sort_by_key(|f| f.anchor);
        around::take(layout, lines, apart, &mut found);
        found
    }
}

/// The tables of one range of lines.
#[cfg(test)]
pub(crate) fn find(layout: &Layout, lines: Range<usize>, apart: &[usize], limits: &Limits) -> Vec<Found> {
    Finder::new(layout, limits).find(lines, apart)
}

/// The stretches of lines that no grid takes up, outside the regions that were read already.
fn untaken(grids: &[Grid], read: &[Range<usize>], lines: Range<usize>) -> Vec<Range<usize>> {
    let taken = grids.iter().flat_map(|grid| grid.lines.iter().copied());
    let mut taken: Vec<usize> = taken.chain(read.iter().cloned().flatten()).collect();
    taken.sort_unstable();
    let mut stretches = Vec::new();
    let mut start = lines.start;
    for line in taken {
        if line > start {
            stretches.push(start..line.min(lines.end));
        }
        start = start.max(line + 1);
    }
    if start < lines.end {
        stretches.push(start..lines.end);
    }
    stretches
}
