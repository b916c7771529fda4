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
    for part in parts(items, free) {
        let mut stretches = stretches_of(items, part);
        let mut at = 0;
        while at < stretches.len() {
            let (draft, next) = table_at(layout, items, &mut stretches, at);
            drafts.extend(draft);
            at = next.max(at + 1);
        }
    }
    drafts
}

/// The items between captions and notes. No table begins with a figure: a caption before one was torn into a table.
pub(super) fn parts<'a>(items: &[Item], free: &'a [usize]) -> Vec<&'a [usize]> {
    let parts_here = |at: usize| {
        let kind = items[free[at]].kind;
        let apart = matches!(kind, Kind::Caption | Kind::Note);
        kind == Kind::Mark || apart && free.get(at + 1).is_none_or(|next| !items[*next].is_figure())
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for at in (0..free.len()).filter(|at| parts_here(*at)) {
        parts.push(&free[start..at]);
        start = at + 1;
    }
    parts.push(&free[start..]);
    parts
}

fn stretches_of(items: &[Item], part: &[usize]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for &item in part {
        let is_label = items[item].is_label();
        if !is_label && !matches!(items[item].kind, Kind::Figure | Kind::Date) {
            continue;
        }
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
fn table_at(layout: &Layout, items: &[Item], stretches: &mut [Stretch], at: usize) -> (Option<Draft>, usize) {
    let Some(columns) = columns_at(stretches, at) else { return (None, at + 1) };
    let first = &stretches[at];
    let Some((label, before)) = first.labels.split_last() else { return (None, at + 1) };
    // Several rows right behind as many labels as a header has: theirs stand elsewhere.
    let nameless = first.labels.len() == columns + 1 && first.figures.len() > columns && are_named_later(stretches, at);
    let mut table =
        Rows { layout, items, columns, draft: Draft::default(), spare: Vec::new(), header: Vec::new(), grouped: false };
    table.head(if nameless { &first.labels } else { before });
    table.fill(if nameless { &[] } else { std::slice::from_ref(label) }, &first.figures);
    let mut next = at + 1;
    while next < stretches.len() {
        let labels = table.open_labels(&stretches[next].labels);
        if let Some(rest) = table.take_total(&labels, &stretches[next].figures) {
            // Labels glued to a total's head the next table.
            if let Some(behind) = stretches.get_mut(next + 1) {
                behind.labels.splice(0..0, rest);
            }
            return (table.finish(), next + 1);
        }
        let begins = begins_other(stretches, next, labels.len(), columns) || table.is_headed_anew(&labels);
        if begins || !table.takes(&labels, &stretches[next].figures) {
            // What is left of the labels heads the next table.
            stretches[next].labels = labels;
            break;
        }
        next += 1;
    }
    (table.finish(), next)
}

/// The number of columns: figures behind the first label, if the next stretches agree or the header does.
fn columns_at(stretches: &[Stretch], at: usize) -> Option<usize> {
    let first = stretches.get(at).filter(|s| !s.labels.is_empty() && !s.figures.is_empty())?;
    let named = first.labels.len() - 1;
    let counts: Vec<usize> = stretches[at..].iter().take(SAMPLE).map(|s| s.figures.len()).filter(|c| *c > 0).collect();
    let first_row = first.figures.len();
    if counts.get(1) == Some(&first_row) && (named == first_row || named == first_row + 1) {
        return Some(first_row);
    }
    let votes = |columns: usize| {
        let rows = counts.iter().filter(|c| **c == columns).count();
        rows * 2 + usize::from(named == columns || named == columns + 1)
    };
    let columns = counts.iter().copied().max_by_key(|columns| (votes(*columns), *columns))?;
    let agreed = votes(columns) >= 4 || votes(columns) == 3 && first.figures.len() == columns;
    // Several rows whose labels stand elsewhere may come right behind the header.
    let nameless = named == columns && first.figures.len().is_multiple_of(columns);
    let most = columns * if nameless { MOST_AT_ONCE } else { 2 };
    (agreed && first.figures.len() <= most).then_some(columns)
}

/// Whether the figures of the first stretch are whole rows, and behind the last figures stand labels for all of them.
fn are_named_later(stretches: &[Stretch], at: usize) -> bool {
    let Some(columns) = stretches.get(at).map(|first| first.labels.len() - 1) else { return false };
    let figures = stretches[at].figures.len();
    let behind = stretches[at + 1..].iter().find(|stretch| stretch.figures.is_empty() || stretch.labels.len() > 1);
    figures.is_multiple_of(columns) && behind.is_some_and(|stretch| stretch.labels.len() >= figures / columns)
}

/// Rows that tell the number of columns.
const SAMPLE: usize = 8;

/// Whether a stretch heads another table: a header's labels before its first row's, and another number of columns.
fn begins_other(stretches: &[Stretch], at: usize, labels: usize, columns: usize) -> bool {
    let figures = stretches[at].figures.len();
    let agreed = stretches.get(at + 1).is_some_and(|next| next.figures.len() == figures);
    figures > 0 && labels > figures && figures != columns && agreed
}

/// A table that is being read row by row.
pub(super) struct Rows<'a> {
    pub layout: &'a Layout,
    pub items: &'a [Item],
    pub columns: usize,
    pub draft: Draft,
    /// Labels without cells, each with the number of rows before it: group headings, or labels of rows that stand
    /// elsewhere.
    pub spare: Vec<(usize, usize)>,
    /// The header's items as they stand in the text.
    pub header: Vec<usize>,
    /// Whether a column of group labels stands before that of the rows' labels.
    pub grouped: bool,
}

impl Rows<'_> {
    pub(super) fn text(&self, item: usize) -> &str {
        self.items[item].first_line(self.layout)
    }

    /// The labels of a stretch, without those that name rows above whose label was missing, and without a header that
    /// is printed again.
    fn open_labels(&mut self, labels: &[usize]) -> Vec<usize> {
        let mut labels = labels.to_vec();
        // Several sums behind several rows are given out once all rows are known.
        let nameless = self.draft.rows.iter().filter(|row| row[0].is_none()).count();
        let several = nameless > 1 && labels.iter().filter(|label| self.closes(**label)).count() > 1;
        if let Some(row) = self.draft.rows.len().checked_sub(1).filter(|row| self.draft.rows[*row][0].is_none())
            && !several
            && let Some(first) = labels.first().copied().filter(|first| self.closes(*first))
        {
            self.draft.rows[row][0] = Some(first);
            labels.remove(0);
        }
        self.drop_header(&mut labels);
        labels
    }

    pub(super) fn closes(&self, label: usize) -> bool {
        words::is_closing_row(self.text(label))
    }

    /// Takes a total's row whose label has the labels of another table glued behind it; gives these.
    fn take_total(&mut self, labels: &[usize], figures: &[usize]) -> Option<Vec<usize>> {
        let (first, rest) = labels.split_first().filter(|(first, rest)| self.closes(**first) && !rest.is_empty())?;
        // The label right before the figures is theirs, if it is a sum's too.
        let own = rest.last().is_some_and(|last| self.closes(*last));
        if figures.len() != self.columns || self.is_closed() || own {
            return None;
        }
        self.row(Some(*first), figures);
        Some(rest.to_vec())
    }

    /// Whether labels are another table's header and first label: a stub's header and as many labels as columns before
    /// the last, where no row above waits for its label.
    fn is_headed_anew(&self, labels: &[usize]) -> bool {
        let waits = self.draft.rows.iter().any(|row| row[0].is_none());
        !waits && !self.draft.heads.is_empty() && labels.len() == self.columns + 2
    }

    /// Takes a stretch as the next rows, or says that it is none of this table's.
    fn takes(&mut self, labels: &[usize], figures: &[usize]) -> bool {
        if self.is_closed() && labels.last().is_some_and(|last| !figures.is_empty() && !self.closes(*last)) {
            return false;
        }
        if figures.len() > self.columns * MOST_AT_ONCE {
            return false;
        }
        if figures.is_empty() {
            self.spare.extend(labels.iter().map(|label| (self.draft.rows.len(), *label)));
            return true;
        }
        if labels.len() > 1 && figures.len() == labels.len() * self.columns {
            labels.iter().zip(figures.chunks(self.columns)).for_each(|(label, cells)| self.row(Some(*label), cells));
            return true;
        }
        let Some((_, before)) = labels.split_last() else { return false };
        self.spare.extend(before.iter().map(|label| (self.draft.rows.len(), *label)));
        self.fill(&labels[before.len()..], figures);
        true
    }

    /// A row or several: where the figures are too many for one, a label may look like a figure (`1712`), or labels
    /// stand elsewhere.
    fn fill(&mut self, labels: &[usize], figures: &[usize]) {
        let whole = figures.len().is_multiple_of(self.columns);
        if figures.len() > self.columns && !whole && (figures.len() + 1).is_multiple_of(self.columns + 1) {
            let (first, rest) = figures.split_at(self.columns);
            self.row(labels.first().copied(), first);
            for cells in rest.chunks(self.columns + 1) {
                self.row(cells.first().copied(), &cells[1..]);
            }
            return;
        }
        for (index, cells) in figures.chunks(self.columns).enumerate() {
            self.row(labels.first().copied().filter(|_| index == 0), cells);
        }
    }

    fn row(&mut self, label: Option<usize>, cells: &[usize]) {
        if cells.len() < self.columns {
            self.draft.open += cells.len();
        }
        let mut row = vec![label];
        row.extend(cells.iter().copied().map(Some));
        row.resize(self.columns + 1, None);
        self.draft.rows.push(row);
    }

    /// Whether a grand total stands last, or a mean behind it.
    fn is_closed(&self) -> bool {
        let last = self.draft.rows.len().saturating_sub(1);
        let label = |row: usize| self.draft.label(self.layout, self.items, row);
        words::is_total(label(last)) || words::is_mean(label(last)) && last > 0 && words::is_total(label(last - 1))
    }
}

/// Rows at once without labels of their own, at most.
const MOST_AT_ONCE: usize = 6;
