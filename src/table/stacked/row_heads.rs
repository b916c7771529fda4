//! Headers of tables that stand row by row.
//!
//! Takes the labels before the first row's, gives the header's rows. Labels that come again and again are the columns'
//! own; the others span them, and one more heads the stub.
//!
//! ```text
//! Ziekenhuis / Spoed / 2020 / Gepland / 2021 / 2020 / 2021       Ziekenhuis  Spoed Spoed Gepland Gepland
//!                                                                            2020  2021  2020    2021
//! ```

use super::rows::Rows;
use crate::table::words;

impl Rows<'_> {
    /// Takes the labels before the first row's as the header.
    pub(super) fn head(&mut self, before: &[usize]) {
        self.header = before.to_vec();
        if self.head_spanned(before) {
            return;
        }
        let Some(start) = before.len().checked_sub(self.columns) else {
            self.spare.extend(before.iter().map(|item| (0, *item)));
            return;
        };
        // Two stubs, and the first row's label in the first: rows go on in its group until the next.
        if start == 3 {
            self.grouped = true;
            let heads = before[..before.len() - 1].iter().copied().map(Some);
            self.draft.heads.push(heads.collect());
            self.header.pop();
            self.spare.extend(before.last().map(|item| (0, *item)));
            return;
        }
        // One label more than a stub's header and the columns': a heading above the first row.
        let (start, heading) = if start == 2 { (start - 1, before.last()) } else { (start, None) };
        let before = if heading.is_some() { &before[..before.len() - 1] } else { before };
        self.spare.extend(heading.map(|item| (0, *item)));
        self.header.truncate(before.len());
        // A label that stands before the header's cells is the stub's header, unless it closes another table.
        let corner = start.checked_sub(1).map(|at| before[at]);
        let corner = corner.filter(|item| !words::is_total(self.text(*item)) && !words::is_mean(self.text(*item)));
        self.draft.heads.push([corner].into_iter().chain(before[start..].iter().copied().map(Some)).collect());
    }

    /// Reads a header of two rows: as many labels that come again as there are columns, each as often; for each time a
    /// label over them, and one over the stub or none.
    fn head_spanned(&mut self, before: &[usize]) -> bool {
        let times = |item: &usize| before.iter().filter(|other| self.text(**other) == self.text(*item)).count();
        let (leaves, others): (Vec<usize>, Vec<usize>) = before.iter().partition(|item| times(item) > 1);
        let Some(runs) = leaves.first().map(times).filter(|runs| leaves.iter().all(|leaf| times(leaf) == *runs)) else {
            return false;
        };
        if leaves.len() != self.columns || self.columns == runs {
            return false;
        }
        let Some(spare) = others.len().checked_sub(runs).filter(|spare| *spare <= 2) else { return false };
        // Years among words, or words among years, span; the label that is unlike them heads the stub.
        let is_year = |item: &usize| self.items[*item].kind == super::item::Kind::Year;
        let behind = spare == 1 && others[..runs].iter().all(is_year) && !is_year(&others[runs]);
        let corner = match (spare, behind) {
            (0, _) => None,
            (_, true) => Some(others[runs]),
            _ => Some(others[0]),
        };
        let start = usize::from(corner.is_some() && !behind);
        let spanners = &others[start..start + runs];
        let width = self.columns / runs;
        let span = |at: usize| Some(spanners[at / width]);
        let mut distinct: Vec<usize> = Vec::with_capacity(width);
        for leaf in &leaves {
            if !distinct.iter().any(|other| self.text(*other) == self.text(*leaf)) {
                distinct.push(*leaf);
            }
        }
        let again = |run: usize, leaf: usize| {
            leaves.iter().copied().filter(|other| self.text(*other) == self.text(distinct[leaf])).nth(run)
        };
        let own = |at: usize| again(at / width, at % width);
        let top = [corner].into_iter().chain((0..self.columns).map(span)).collect();
        let bottom = [corner].into_iter().chain((0..self.columns).map(own)).collect();
        self.draft.heads = vec![top, bottom];
        let heading = others[start + runs..].iter().copied().find(|item| Some(*item) != corner);
        self.header.retain(|item| Some(*item) != heading);
        self.spare.extend(heading.map(|item| (0, item)));
        true
    }

    /// Takes a header that is printed again out of the labels.
    pub(super) fn drop_header(&mut self, labels: &mut Vec<usize>) {
        let header = self.header.clone();
        if header.is_empty() || self.draft.heads.is_empty() {
            return;
        }
        let same = |a: &usize, b: &usize| self.text(*a) == self.text(*b);
        let start = labels.windows(header.len()).position(|w| w.iter().zip(&header).all(|(a, b)| same(a, b)));
        if let Some(start) = start.filter(|start| start + header.len() < labels.len()) {
            self.draft.repeated.extend(labels.drain(start..start + header.len()));
        }
    }
}
