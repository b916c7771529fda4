//! Tables that stand row by row, a cell a line: the header's cells, then each row's label and its cells.
//!
//! Takes the items that no other reading took, gives drafts. What proves such a table is that each label is followed
//! by as many cells as there are header cells.
//!
//! ```text
//! Categorie / 2019 / 2020      the labels before the first figure: the header, then the first row's label
//! Bouw / 385 / 1.184
//! Horeca / 407 / 8.570         a label and as many figures, again and again
//! 792 / 9.754 / TOTAAL         a last label may stand behind its figures
//! ```

use super::draft::Draft;
use super::item::{Item, Kind};
use crate::layout::Layout;
use crate::table::words;

/// Labels, then the figures behind them.
#[derive(Debug, Clone, Default)]
struct Stretch {
    labels: Vec<usize>,
    figures: Vec<usize>,
}

/// The tables that stand row by row among the free items.
pub(super) fn drafts_of(layout: &Layout, items: &[Item], free: &[usize]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for part in free.split(|item| items[*item].kind == Kind::Caption || items[*item].kind == Kind::Note) {
        let stretches = stretches_of(items, part);
        let mut at = 0;
        while at < stretches.len() {
            let (draft, next) = table_at(layout, items, &stretches, at);
            drafts.extend(draft);
            at = next.max(at + 1);
        }
    }
    drafts
}

fn stretches_of(items: &[Item], part: &[usize]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for &item in part {
        let is_label = items[item].is_label();
        match stretches.last_mut() {
            Some(last) if !is_label => last.figures.push(item),
            Some(last) if last.figures.is_empty() => last.labels.push(item),
            _ if is_label => stretches.push(Stretch { labels: vec![item], figures: Vec::new() }),
            _ => stretches.push(Stretch { labels: Vec::new(), figures: vec![item] }),
        }
    }
    stretches
}

/// The table that begins with a stretch, if one does, and the stretch behind it.
fn table_at(layout: &Layout, items: &[Item], stretches: &[Stretch], at: usize) -> (Option<Draft>, usize) {
    let Some(columns) = columns_at(stretches, at) else { return (None, at + 1) };
    let first = &stretches[at];
    let Some((label, before)) = first.labels.split_last() else { return (None, at + 1) };
    let mut table = Rows { columns, draft: Draft::default(), spare: Vec::new() };
    table.header(layout, items, before);
    table.row(Some(*label), &first.figures);
    let mut next = at + 1;
    while let Some(stretch) = stretches.get(next) {
        if !table.takes(layout, items, stretch) {
            break;
        }
        next += 1;
    }
    (table.finish(layout, items), next)
}

/// The number of columns: figures behind the first label, if the next stretches agree or the header does.
fn columns_at(stretches: &[Stretch], at: usize) -> Option<usize> {
    let first = stretches.get(at).filter(|s| !s.labels.is_empty() && !s.figures.is_empty())?;
    let named = first.labels.len() - 1;
    let counts: Vec<usize> = stretches[at..].iter().take(SAMPLE).map(|s| s.figures.len()).filter(|c| *c > 0).collect();
    let votes = |columns: usize| {
        let rows = counts.iter().filter(|c| **c == columns).count();
        rows * 2 + usize::from(named == columns || named == columns + 1)
    };
    let columns = counts.iter().copied().max_by_key(|columns| (votes(*columns), *columns))?;
    let agreed = votes(columns) >= 4 || votes(columns) == 3 && first.figures.len() == columns;
    (agreed && first.figures.len() <= columns * 2).then_some(columns)
}

/// Rows that tell the number of columns.
const SAMPLE: usize = 8;

struct Rows {
    columns: usize,
    draft: Draft,
    /// Labels without cells: group headings, or labels of rows that stand elsewhere.
    spare: Vec<(usize, usize)>,
}

impl Rows {
    fn header(&mut self, layout: &Layout, items: &[Item], before: &[usize]) {
        let Some(start) = before.len().checked_sub(self.columns) else {
            self.spare.extend(before.iter().map(|item| (0, *item)));
            return;
        };
        // A label that stands before the header's cells is the stub's header, unless it closes another table.
        let corner = start.checked_sub(1).map(|at| before[at]);
        let corner = corner.filter(|item| !words::is_total(items[*item].first_line(layout)));
        self.draft.heads.push([corner].into_iter().chain(before[start..].iter().copied().map(Some)).collect());
    }

    fn row(&mut self, label: Option<usize>, figures: &[usize]) {
        for (index, cells) in figures.chunks(self.columns).enumerate() {
            if cells.len() < self.columns {
                self.draft.open += cells.len();
            }
            let mut row: Vec<Option<usize>> = vec![label.filter(|_| index == 0)];
            row.extend(cells.iter().copied().map(Some));
            row.resize(self.columns + 1, None);
            self.draft.rows.push(row);
        }
    }

    /// Takes a stretch as the next row, or says that it is none of this table's.
    fn takes(&mut self, layout: &Layout, items: &[Item], stretch: &Stretch) -> bool {
        let closed = self.is_closed(layout, items);
        let mut labels = stretch.labels.as_slice();
        if let Some(rest) = self.without_header(layout, items, labels) {
            self.draft.repeated.extend(labels.iter().take(labels.len() - rest.len()));
            labels = rest;
        } else if labels.len() > self.columns && closed || stretch.figures.len() > self.columns * 3 {
            return false;
        }
        if stretch.figures.is_empty() {
            self.spare.extend(labels.iter().map(|label| (self.draft.rows.len(), *label)));
            return true;
        }
        let Some((label, before)) = labels.split_last() else { return false };
        self.spare.extend(before.iter().map(|label| (self.draft.rows.len(), *label)));
        self.row(Some(*label), &stretch.figures);
        true
    }

    /// Whether the last row is a grand total.
    fn is_closed(&self, layout: &Layout, items: &[Item]) -> bool {
        let last = self.draft.rows.len().saturating_sub(1);
        words::is_total(self.draft.label(layout, items, last))
    }

    /// The labels behind a header that is printed again.
    fn without_header<'a>(&self, layout: &Layout, items: &[Item], labels: &'a [usize]) -> Option<&'a [usize]> {
        let header: Vec<usize> = self.draft.heads.first()?.iter().copied().flatten().collect();
        let same = |a: &usize, b: &usize| items[*a].first_line(layout) == items[*b].first_line(layout);
        let start = labels.windows(header.len()).position(|w| w.iter().zip(&header).all(|(a, b)| same(a, b)))?;
        (start == 0).then(|| &labels[header.len()..])
    }

    fn finish(mut self, layout: &Layout, items: &[Item]) -> Option<Draft> {
        self.name_rows(layout, items);
        self.place_headings(layout, items);
        let full = self.draft.rows.iter().filter(|row| row.iter().skip(1).all(Option::is_some)).count();
        (full >= 2 || full == 1 && !self.draft.heads.is_empty()).then_some(self.draft)
    }

    /// Gives the spare labels to rows that have none: a total's to the last.
    fn name_rows(&mut self, layout: &Layout, items: &[Item]) {
        let closing = |label: &str| words::is_total(label) || words::is_mean(label);
        for row in (0..self.draft.rows.len()).rev() {
            if self.draft.rows[row][0].is_some() {
                continue;
            }
            let found = self.spare.iter().rposition(|(at, item)| {
                *at > row && (row + 1 < self.draft.rows.len() || closing(items[*item].first_line(layout)))
            });
            if let Some(found) = found {
                self.draft.rows[row][0] = Some(self.spare.remove(found).1);
            }
        }
    }

    /// Labels without cells are headings: above the row they stand before; if all stand last, above each group that a
    /// subtotal closes.
    fn place_headings(&mut self, layout: &Layout, items: &[Item]) {
        let ends: Vec<usize> = (0..self.draft.rows.len())
            .filter(|row| words::is_subtotal(self.draft.label(layout, items, *row)))
            .collect();
        let last = self.draft.rows.len();
        let trailing = self.spare.iter().filter(|(at, _)| *at == last).count();
        if trailing == ends.len() && trailing > 0 {
            let starts = [0].into_iter().chain(ends.iter().map(|end| end + 1));
            for ((at, _), start) in self.spare.iter_mut().filter(|(at, _)| *at == last).zip(starts) {
                *at = start;
            }
        }
        self.spare.sort_by_key(|(at, _)| *at);
        for (at, item) in std::mem::take(&mut self.spare).into_iter().rev().filter(|(at, _)| *at < last) {
            let mut row = vec![None; self.columns + 1];
            row[0] = Some(item);
            self.draft.rows.insert(at, row);
        }
    }
}
