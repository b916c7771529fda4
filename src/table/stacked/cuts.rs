//! Cuts between the labels of two tables that were glued in one piece.
//!
//! Takes a piece of labels and the columns of figures behind it, gives the place to cut: where both parts fit a column
//! and the whole fits none.
//!
//! ```text
//! Te klein │ Te laat │ Onbekend ‖ Maand │ Mei │ Juni      20% │ 30% │ 50%     Graad 1 │ 88 │ 19
//! ```

use super::item::Item;
use super::sheet::Piece;
use super::wrap::{self, Labels, Line};
use crate::layout::Layout;
use crate::table::words;

/// How many pieces on the columns may stand.
const REACH: usize = 12;
/// The fewest labels that are two tables'.
const FEWEST: usize = 4;

/// How well labels fit a column.
mod fit {
    /// Both with a header, or both without.
    pub(super) const EXACT: usize = 3;
    /// Wrapped labels.
    pub(super) const WRAPPED: usize = 1;
    /// The second part has the header of the first.
    pub(super) const AGAIN: usize = 6;
    /// The first part ends in a total.
    pub(super) const CLOSED: usize = 2;
}

/// Where, counted in items from its start, a piece of labels is to be cut.
pub(super) fn cut_of(layout: &Layout, items: &[Item], piece: &Piece, after: &[Piece]) -> Option<usize> {
    if !piece.is_labels() || piece.len() < FEWEST {
        return None;
    }
    let near = after.iter().take_while(|column| column.page == piece.page).take(REACH);
    let columns: Vec<&Piece> = near.filter(|column| column.is_figures() && column.cells() > 1).collect();
    let whole = |column: &&&Piece| column.cells() == piece.len() || column.cells() + 1 == piece.len();
    if columns.is_empty() || columns.iter().any(|column| whole(&column)) {
        return None;
    }
    let labels = &items[piece.items.clone()];
    if are_bands(layout, labels, &columns) {
        return None;
    }
    let lines = wrap::lines_of(layout, labels);
    let closes = |at: usize| words::is_closing_row(labels[at - 1].first_line(layout));
    let judged = (1..piece.len() - 1).filter_map(|at| {
        let (left, right) = lines.split_at(at);
        let fit = match at == 1 && closes(at) {
            true => fits_of(right, &columns).into_iter().map(|fit| 4 * fit).max().unwrap_or(0),
            false if at == 1 && is_heading(layout, labels, right, &columns) => 2 * fit::EXACT,
            false => pair_fit(left, right, &columns),
        };
        let again = labels[at].first_line(layout) == labels[0].first_line(layout);
        let told = if closes(at) { 2 * fit::CLOSED } else { 0 } + if again { fit::AGAIN } else { 0 };
        (fit > 0).then_some((fit + told, at))
    });
    judged.max_by_key(|&(fit, at)| (fit, std::cmp::Reverse(at))).map(|(_, at)| at)
}

/// Whether the labels are those of one table in two bands: a header, and rows for columns under headers and for as many
/// without any right behind these.
fn are_bands(layout: &Layout, labels: &[Item], columns: &[&Piece]) -> bool {
    let run = |from: usize, headed: bool| {
        let first = columns.get(from).map_or(0, |column| column.cells());
        let alike = |column: &&&Piece| (column.labels > 0) == headed && column.cells() == first;
        columns.iter().skip(from).take_while(alike).count()
    };
    let width = run(0, true);
    if width < FEWEST_BANDED || run(width, false) != width {
        return false;
    }
    let rows = columns[0].cells() + columns[width].cells();
    let joins = (labels.len() - 1).saturating_sub(rows) as u32;
    wrap::fit(layout, &labels[1..], rows, &[columns[0].cells(), rows])
        .is_some_and(|(_, cost)| cost <= joins * MOST_COST)
}

/// Columns in bands at least: one column and another may be two tables'.
const FEWEST_BANDED: usize = 2;

/// Whether the first label is a heading that touches a table: what is below it fits columns under headers, none of it
/// was wrapped, and the heading is not the first line of the stub's header.
fn is_heading(layout: &Layout, labels: &[Item], below: &[Line], columns: &[&Piece]) -> bool {
    let begins = labels[1].first_line(layout).starts_with(|c: char| !c.is_lowercase() && c != '(');
    let fits = fits_of(below, columns);
    let fit = columns.iter().zip(fits).filter(|(column, fit)| *fit == fit::EXACT && column.labels > 0);
    let wraps = |pair: &[Item]| {
        let small = pair[1].first_line(layout).starts_with(char::is_lowercase);
        small || pair[0].first_line(layout).chars().count() >= WIDE
    };
    begins && fit.count() > 1 && !labels[1..].windows(2).any(wraps)
}

/// Letters of a line that may have been wrapped: no column of labels is narrower.
const WIDE: usize = 20;

/// How well two stubs go with two different columns, one of them with a header; 0 where they do not. The first stub's
/// column stands first, where both orders fit.
fn pair_fit(left: &[Line], right: &[Line], columns: &[&Piece]) -> usize {
    let lefts = fits_of(left, columns);
    if lefts.iter().all(|fit| *fit == 0) {
        return 0;
    }
    let rights = fits_of(right, columns);
    let mut most = 0;
    for (a, left) in lefts.iter().enumerate().filter(|(_, fit)| **fit > 0) {
        for (b, right) in rights.iter().enumerate().filter(|(b, fit)| **fit > 0 && *b != a) {
            let told = *left == fit::EXACT && columns[a].labels > 0 || *right == fit::EXACT && columns[b].labels > 0;
            if told {
                most = most.max(2 * (left + right) + usize::from(a < b));
            }
        }
    }
    most
}

/// How well labels go with each of these columns.
fn fits_of(labels: &[Line], columns: &[&Piece]) -> Vec<usize> {
    let labels = Labels::of(labels);
    columns.iter().map(|column| fits(&labels, column)).collect()
}

fn fits(labels: &Labels, column: &Piece) -> usize {
    let cells = column.cells();
    match (column.labels > 0, labels.len()) {
        (true, labels) if labels == cells + 1 => fit::EXACT,
        (false, labels) if labels == cells => fit::EXACT,
        (false, len) if len > cells => {
            let joins = (len - cells) as u32;
            let wrapped = labels.fit(cells, &[]).is_some_and(|(_, cost)| cost <= joins * MOST_COST);
            if wrapped { fit::WRAPPED } else { 0 }
        }
        _ => 0,
    }
}

/// What the joins of wrapped labels may cost, for each of them.
const MOST_COST: u32 = 7;
