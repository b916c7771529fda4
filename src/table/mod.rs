//! Tables: from lines to checked numbers. Never imports `structure`.
//!
//! Three ways to find a grid, one way to read it:
//!
//! ```text
//! ruled      drawn rules (PDF)              ┐
//! aligned    edges of words (PDF, -layout)  ├→ Grid → heading → number → checks → Table
//! collapsed  one space apart (Tika, -raw)   ┘
//! ```

use crate::model::Method;
use std::ops::Range;

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
