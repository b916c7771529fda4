//! A line of a zone with its columns, and the row of a table that lines make up.
//!
//! Takes chunks and the columns that they lie in, gives lines and rows that know what they hold.
//!
//! ```text
//! Museum        310.442        57.118 (heropening     a line: columns 0, 1, 2
//!                                     sept. 2019)     a line: column 2, the rest of a cell with an open bracket
//! ```

use super::chunks::{Chunk, Row};
use super::figures::is_year;
use crate::layout::Layout;
use crate::table::cells::{cell_of, completes_number, has_open_bracket, is_bracketed, is_figure};
use crate::table::words::is_link_word;
use std::ops::Range;

/// A row of a table: for each column the pieces of its cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TableRow {
    pub cells: Vec<Vec<Range<usize>>>,
    /// Whether it was not plain which lines make it up.
    pub doubtful: bool,
}

impl TableRow {
    pub(super) fn new(count: usize) -> Self {
        Self { cells: vec![Vec::new(); count], doubtful: false }
    }

    /// A line whose chunks are the cells.
    pub(super) fn in_order(row: &Row, count: usize) -> Self {
        let mut own = Self::new(count);
        // A header whose stub has no name begins with the second column.
        let first = usize::from(row.chunks.len() + 1 == count && row.chunks.len() > 1);
        own.add(row, &(first..first + row.chunks.len()).collect::<Vec<_>>());
        own
    }

    /// A line whose last chunks are the figures of the last columns, and the others its labels.
    pub(super) fn by_figures(row: &Row, figures: usize, count: usize) -> Self {
        let mut own = Self::new(count);
        let labels = row.chunks.len().saturating_sub(figures);
        own.add(row, &(0..labels).chain(count.saturating_sub(figures)..count).collect::<Vec<_>>());
        own
    }

    /// The text of its first cell.
    pub(super) fn label(&self, layout: &Layout) -> String {
        self.cells.first().map_or_else(String::new, |pieces| cell_of(layout, pieces.clone()).text)
    }

    /// The texts of its cells.
    pub(super) fn texts(&self, layout: &Layout) -> Vec<String> {
        self.cells.iter().map(|pieces| cell_of(layout, pieces.clone()).text).collect()
    }

    pub(super) fn add(&mut self, row: &Row, columns: &[usize]) {
        for (chunk, &column) in row.chunks.iter().zip(columns) {
            let Some(cell) = self.cells.get_mut(column) else { continue };
            match cell.last_mut().filter(|last| last.end <= chunk.bytes.start && row.holds(last)) {
                Some(last) => last.end = chunk.bytes.end,
                None => cell.push(chunk.bytes.clone()),
            }
        }
    }

    /// Adds a piece to a cell.
    pub(super) fn push(&mut self, column: usize, bytes: Range<usize>) {
        self.cells.get_mut(column).into_iter().for_each(|cell| cell.push(bytes.clone()));
    }

    pub(super) fn has_values(&self) -> bool {
        self.cells.iter().skip(1).any(|cell| !cell.is_empty())
    }
}

impl Row {
    /// Whether a piece is of this line.
    fn holds(&self, bytes: &Range<usize>) -> bool {
        self.chunks.iter().any(|chunk| chunk.bytes.start == bytes.start)
    }
}

/// Whether a text of several words ends in one, or in a sign, that something follows.
pub(super) fn ends_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().filter(|last| last.len() < text.len());
    let hyphen = text.strip_suffix('-').is_some_and(|text| text.ends_with(char::is_alphanumeric));
    last.is_some_and(is_link_word) || hyphen || text.ends_with([',', '/', '&'])
}

/// A line of the zone with the columns of its chunks.
pub(super) struct Line<'z> {
    pub row: &'z Row,
    pub columns: Vec<usize>,
    /// How far below the line before it stands.
    pub gap: f32,
    /// Which strip between rules and edges of shading it lies in, from the top.
    pub strip: usize,
}

impl Line<'_> {
    pub(super) fn has_label(&self) -> bool {
        self.columns.first() == Some(&0)
    }

    pub(super) fn has_values(&self) -> bool {
        self.columns.iter().any(|&column| column > 0)
    }

    /// The texts of its chunks behind the first column.
    pub(super) fn names<'l>(&self, layout: &'l Layout) -> impl Iterator<Item = &'l str> {
        let chunks = self.row.chunks.iter().zip(&self.columns).filter(|(_, column)| **column > 0);
        chunks.map(|(chunk, _)| layout.slice(chunk.bytes.clone()))
    }

    pub(super) fn has_amount(&self) -> bool {
        self.row.chunks.iter().zip(&self.columns).any(|(chunk, &column)| column > 0 && chunk.amount)
    }

    /// Whether it names the stub and years alone.
    pub(super) fn names_years(&self, layout: &Layout) -> bool {
        self.has_label() && self.has_values() && self.names(layout).all(is_year)
    }

    /// Whether all that stands behind its label stands in brackets.
    pub(super) fn is_bracketed(&self, layout: &Layout) -> bool {
        self.has_values() && self.names(layout).all(is_bracketed)
    }

    /// Whether it has amounts in two columns or more, each below an amount of the row: no cell holds two.
    pub(super) fn clashes(&self, layout: &Layout, row: &TableRow) -> bool {
        let amounts = self.row.chunks.iter().zip(&self.columns).filter(|(chunk, column)| **column > 0 && chunk.amount);
        let taken = |column: usize| {
            let cell = row.cells.get(column).map_or(&[] as &[_], Vec::as_slice);
            cell.iter().any(|bytes| is_figure(layout.slice(bytes.clone())))
        };
        let (clashing, all) =
            amounts.fold((0, 0), |(clashing, all), (_, &column)| (clashing + usize::from(taken(column)), all + 1));
        clashing > 1 && clashing == all
    }

    /// Whether all it holds is the rest of cells of a row that cannot end where they do: in an open bracket, or in the
    /// midst of a number's digits.
    pub(super) fn completes(&self, layout: &Layout, row: &TableRow) -> bool {
        let cut = |(chunk, column): (&Chunk, &usize)| {
            let text = row.cells.get(*column).map_or_else(String::new, |pieces| cell_of(layout, pieces.clone()).text);
            let rest = layout.slice(chunk.bytes.clone());
            has_open_bracket(&text) || completes_number(&text, rest)
        };
        self.row.chunks.iter().zip(&self.columns).all(cut)
    }

    /// Whether its label ends in a word, or a sign, that something follows.
    pub(super) fn ends_open(&self, layout: &Layout) -> bool {
        self.has_label() && self.row.chunks.first().is_some_and(|chunk| ends_open(layout.slice(chunk.bytes.clone())))
    }

    pub(super) fn starts_small(&self, layout: &Layout) -> bool {
        starts_small(layout, self.row)
    }
}

/// Whether a line begins as a wrap does: small, or with a sign.
pub(super) fn starts_small(layout: &Layout, row: &Row) -> bool {
    let text = row.chunks.first().map_or("", |chunk| layout.slice(chunk.bytes.clone()));
    text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | '+' | '&'))
}
