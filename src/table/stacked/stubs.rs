//! Stubs: labels fitted to the number of rows that the figures tell.
//!
//! Takes a piece of labels and a number of rows, gives the labels of each row: with a header or without, wrapped labels
//! made whole. A piece whose labels cannot be so many costs too much, or does not fit at all.
//!
//! ```text
//! Instelling / Museum voor Schone / Kunsten / Mijnmuseum      two rows: Museum voor Schone Kunsten │ Mijnmuseum
//! ```

use super::columns::is_free;
use super::sheet::Sheet;
use super::wrap;
use std::ops::Range;

/// How many free pieces before its first column a wrapped stub may stand.
const STUB_REACH: usize = 8;
/// What the joins of a wrapped stub may cost, for each of them.
const MOST_COST: u32 = 7;

/// A piece of labels, more than there are rows, whose lines can be those of so many cells: the range of its items, how
/// many are the header's, and the items of each cell.
pub(super) fn wrapped_stub(sheet: &Sheet<'_>, first: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let page = sheet.pieces[first].page;
    let mut reach = 0;
    for at in (0..first).rev() {
        let piece = &sheet.pieces[at];
        if piece.page != page || reach == STUB_REACH {
            return None;
        }
        if !is_free(sheet, at) || piece.len() <= rows + 1 && breaks.is_empty() {
            continue;
        }
        reach += 1;
        if let Some(stub) = fit_stub(sheet, at, rows, breaks).filter(Stub::is_cheap) {
            return Some(stub);
        }
    }
    None
}

/// A stub as fitted to so many rows.
#[derive(Debug, Clone)]
pub(super) struct Stub {
    pub piece: usize,
    /// The header's items; empty without one.
    pub head: Range<usize>,
    /// The items of each cell.
    pub cells: Vec<Range<usize>>,
    pub cost: u32,
}

impl Stub {
    /// Whether its lines may well be those of so many cells.
    pub(super) fn is_cheap(&self) -> bool {
        self.cost <= MOST_COST * self.joins()
    }

    fn joins(&self) -> u32 {
        self.cells.iter().map(|cell| cell.len() - 1).sum::<usize>() as u32 + 1
    }
}

/// Labels fitted to so many rows, with a header or without one.
pub(super) fn fit_stub(sheet: &Sheet<'_>, at: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let fits = [fit_below(sheet, at, 1, rows, breaks), fit_bare(sheet, at, rows, breaks)];
    fits.into_iter().flatten().min_by_key(|stub| stub.cost)
}

/// Labels without a header fitted to so many rows.
pub(super) fn fit_bare(sheet: &Sheet<'_>, at: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let stub = fit_below(sheet, at, 0, rows, breaks)?;
    Some(Stub { cost: stub.cost + NO_HEADER, ..stub })
}

fn fit_below(sheet: &Sheet<'_>, at: usize, head: usize, rows: usize, breaks: &[usize]) -> Option<Stub> {
    let piece = &sheet.pieces[at];
    let items = sheet.items_of(at);
    let labels = items.iter().filter(|item| item.is_label()).count();
    if labels * 2 < items.len() || items.len() < rows + head {
        return None;
    }
    let (cells, cost) = wrap::fit(sheet.layout, &items[head..], rows, breaks)?;
    let start = piece.items.start + head;
    let cells = cells.iter().map(|cell| start + cell.start..start + cell.end).collect();
    Some(Stub { piece: at, head: piece.items.start..start, cells, cost })
}

/// What a stub without a header costs more.
const NO_HEADER: u32 = 2;
