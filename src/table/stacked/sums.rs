//! Sums that a torn table prints: whether a figure is one.

use super::item::Item;

/// Sums are compared in hundredths.
const SLACK: f64 = 0.006;

/// The fewest cells above a sum that tell it from a figure that comes again.
const FEWEST_SUMMED: usize = 2;

/// Whether two figures are the same sum.
pub(super) fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < SLACK
}

/// The last cell of a column, where it is the sum of those above.
pub(super) fn printed_sum<'i>(
    mut column: impl DoubleEndedIterator<Item = &'i Item> + ExactSizeIterator,
) -> Option<f64> {
    let printed = column.next_back()?.value?;
    let count = column.len();
    let sum: f64 = column.filter_map(|item| item.value).sum();
    (count >= FEWEST_SUMMED && same(sum, printed)).then_some(printed)
}
