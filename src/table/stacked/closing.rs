//! Rows of totals that lack cells: torn from the table, each cell alone.
//!
//! Takes drafts, gives those whose sums stand apart their last row. A total without a cell in each column parts from the
//! columns that it closes, or stays at the end of those that touch it; that it is the sum of a column tells its place.
//!
//! ```text
//! Weg │ A12 │ E17     Lengte │ 1.310 │ 380     Totaal     Hoogte │ 4,5 │ 6     1.690
//! ```

use super::columns::is_free;
use super::draft::Draft;
use super::item::Item;
use super::sheet::Sheet;
use super::short::adds_up;
use super::strays;
use super::sums::same;
use crate::layout::Layout;
use crate::table::words;

/// How many pieces away from a column the label of its total may stand.
const REACH: usize = 12;
/// How many items behind a table its total may stand.
const BEHIND: usize = 12;
/// Rows above a total at least: fewer figures soon add up.
const FEWEST_ROWS: usize = 3;

/// Whether a column has one cell more than its table's rows: the sum of the others, whose label stands alone.
pub(super) fn is_closed_apart(sheet: &Sheet<'_>, at: usize) -> bool {
    let near = at.saturating_sub(REACH)..sheet.pieces.len().min(at + REACH);
    let is_label = |other: usize| {
        let piece = &sheet.pieces[other];
        let alone = piece.is_labels() && piece.len() == 1 && is_free(sheet, other);
        alone && piece.page == sheet.pieces[at].page && words::is_total(sheet.first_text(other))
    };
    sheet.pieces[at].is_figures() && adds_up(sheet, at) && near.into_iter().any(is_label)
}

/// Adds the row of totals whose label and cells stand apart from the table.
pub(super) fn add_total_rows(layout: &Layout, items: &[Item], drafts: &mut [Draft]) {
    let mut free = strays::free_of(items, drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.rows.len() >= FEWEST_ROWS) {
        if words::is_closing_row(draft.label(layout, items, draft.rows.len() - 1)) {
            continue;
        }
        let (first, last) = (draft.first(), draft.last());
        let near = |at: &&usize| (first..=last + BEHIND).contains(*at) && items[**at].page == items[first].page;
        let is_label = |at: &&usize| items[**at].is_label() && words::is_total(items[**at].first_line(layout));
        let Some(label) = free.iter().filter(near).find(is_label).copied() else { continue };
        let mut row = vec![None; draft.width()];
        for column in 1..draft.width() {
            let values = draft.rows.iter().filter_map(|row| row[column]).filter_map(|item| items[item].value);
            let sum: f64 = values.sum();
            let is_sum = |at: &&usize| {
                let told = items[**at].is_figure() && !row.contains(&Some(**at));
                told && items[**at].value.is_some_and(|value| value != 0.0 && same(value, sum))
            };
            row[column] = free.iter().filter(near).find(is_sum).copied();
        }
        if row.iter().any(Option::is_some) {
            row[0] = Some(label);
            draft.rows.push(row);
            let used: Vec<usize> = draft.items().collect();
            free.retain(|at| !used.contains(at));
        }
    }
}
