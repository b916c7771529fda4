//! Labels of rows and groups that stand away from them.
//!
//! Takes a table whose rows are filled and the labels that are left, gives each row and group its own as far as their
//! numbers tell; what stays is said to be open.
//!
//! ```text
//! 712 / 870 / 548          a row without a label
//! 63 / 26 / 162            another
//! Subtotaal Kempen / Regio Waasland / Mol      behind them: a sum's, a group's, a row's
//! ```

use super::draft::Draft;
use super::rows::Rows;
use crate::table::words;

impl Rows<'_> {
    /// The table, if it has rows enough.
    pub(super) fn finish(mut self) -> Option<Draft> {
        self.name_rows();
        self.place_headings();
        let full = self.draft.rows.iter().filter(|row| row.iter().skip(1).all(Option::is_some)).count();
        (full >= 2 || full == 1 && !self.draft.heads.is_empty()).then_some(self.draft)
    }

    /// Gives spare labels to rows that have none: the nearest before the row's end of the labels behind it; the last
    /// row takes only a total's or a mean's.
    fn name_rows(&mut self) {
        self.name_by_count();
        for row in (0..self.draft.rows.len()).rev() {
            if self.draft.rows[row][0].is_some() {
                continue;
            }
            let lone = self.spare.iter().filter(|(at, _)| *at > row).count() == 1;
            let last = row + 1 == self.draft.rows.len() && !lone;
            let fits = |(at, item): &(usize, usize)| *at > row && (!last || self.closes(*item));
            if let Some(found) = self.spare.iter().rposition(fits) {
                self.draft.rows[row][0] = Some(self.spare.remove(found).1);
            }
        }
    }

    /// Labels behind rows without one, where their number tells which are whose: those of sums if as many; as many as
    /// the rows; or, of more labels than groups behind the last rows, the last.
    fn name_by_count(&mut self) {
        let nameless: Vec<usize> =
            (0..self.draft.rows.len()).filter(|row| self.draft.rows[*row][0].is_none()).collect();
        let (Some(first), Some(last)) = (nameless.first(), nameless.last()) else { return };
        let behind = |at: &usize| self.spare[*at].0 > *last;
        let closing = |at: &usize| self.spare[*at].0 > *first && self.closes(self.spare[*at].1);
        let closing: Vec<usize> = (0..self.spare.len()).filter(closing).collect();
        let all: Vec<usize> = (0..self.spare.len()).filter(behind).collect();
        let groups = (0..self.draft.rows.len()).filter(|row| self.ends_group(*row)).count();
        let at_end = nameless.len() == self.draft.rows.len() - first;
        let chosen = if closing.len() == nameless.len() {
            closing
        } else if all.len() == nameless.len() {
            all
        } else if closing.is_empty() && groups > 0 && at_end && all.len() >= groups + nameless.len() {
            all[all.len() - nameless.len()..].to_vec()
        } else {
            return;
        };
        for (row, at) in nameless.iter().zip(&chosen).rev() {
            self.draft.rows[*row][0] = Some(self.spare.remove(*at).1);
        }
    }

    fn ends_group(&self, row: usize) -> bool {
        words::is_subtotal(self.draft.label(self.layout, self.items, row))
    }

    /// Labels without cells are headings: above the row they stand before; where there are as many as groups that
    /// subtotals close, above each group. The rest have no place that the text tells.
    fn place_headings(&mut self) {
        let ends: Vec<usize> = (0..self.draft.rows.len()).filter(|row| self.ends_group(*row)).collect();
        // Rows behind the last subtotal are a group that goes on elsewhere, unless they are totals.
        let open = self.draft.rows.len().checked_sub(1).is_some_and(|last| {
            let label = self.draft.label(self.layout, self.items, last);
            ends.last().is_some_and(|end| *end < last) && !words::is_closing_row(label)
        });
        let groups = ends.len() + usize::from(open);
        if self.spare.len() > 1 && self.spare.len() == groups {
            let starts = [0].into_iter().chain(ends.iter().map(|end| end + 1));
            self.spare.iter_mut().zip(starts).for_each(|((at, _), start)| *at = start);
        }
        self.spare.sort_by_key(|(at, _)| *at);
        if self.grouped {
            self.place_groups();
            return;
        }
        let last = self.draft.rows.len();
        for (at, item) in std::mem::take(&mut self.spare).into_iter().rev().filter(|(at, _)| *at < last) {
            let mut row = vec![None; self.columns + 1];
            row[0] = Some(item);
            self.draft.rows.insert(at, row);
        }
    }

    /// Gives each row the label of its group; a sum's label stands in the first column.
    fn place_groups(&mut self) {
        let groups = std::mem::take(&mut self.spare);
        let closing: Vec<bool> = (0..self.draft.rows.len())
            .map(|row| words::is_closing_row(self.draft.label(self.layout, self.items, row)))
            .collect();
        for (index, (row, closes)) in self.draft.rows.iter_mut().zip(closing).enumerate() {
            let group = groups.iter().rev().find(|(at, _)| *at <= index).map(|(_, item)| *item);
            row.insert(if closes { 1 } else { 0 }, group.filter(|_| !closes));
        }
    }
}
