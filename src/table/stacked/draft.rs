//! A grid as put together, before anybody believes it: items placed in rows and columns, and how well they agree.
//!
//! Takes placed items, gives a [`Proof`]: printed totals that are the sums of what stands above them, columns whose
//! cells are of one kind, cells whose place the text does not tell.

use super::item::{Item, Kind};
use super::sums::same;
use crate::layout::Layout;
use crate::table::words;
use std::ops::Range;

/// Items in rows and columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// Header rows, each as wide as the table.
    pub heads: Vec<Vec<Option<usize>>>,
    /// Body rows, each as wide as the table; the stub first.
    pub rows: Vec<Vec<Option<usize>>>,
    /// Items that belong to it and are in no cell: repeated headers.
    pub repeated: Vec<usize>,
    /// Its caption.
    pub caption: Option<usize>,
    /// The notes under it.
    pub notes: Vec<usize>,
    /// Cells of columns or rows with cells missing, whose place the text does not tell.
    pub open: usize,
    /// Cells placed by a total.
    pub inferred: usize,
}

/// How far a draft agrees with itself.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Proof {
    /// Sums that hold.
    pub held: usize,
    /// Sums that do not.
    pub failed: usize,
    /// Columns of figures with words among them, or the other way round.
    pub mixed: usize,
}

/// Cells of a row, the stub left out.
type Cells = Vec<Option<usize>>;
/// Cells of a row that may be missing where only the sums tell the place: the ways grow fast.
const MOST_LACKING: usize = 2;

/// The ways to place so many cells, in order, in so many columns, with at most two left empty.
fn places_of(cells: usize, columns: usize) -> Vec<Vec<usize>> {
    let without = |a: usize, b: usize| (0..columns).filter(|column| *column != a && *column != b).collect();
    match columns - cells {
        1 => (0..columns).map(|a| without(a, a)).collect(),
        _ => (0..columns).flat_map(|a| (a + 1..columns).map(move |b| (a, b))).map(|(a, b)| without(a, b)).collect(),
    }
}

/// The totals in the order of the sums that they print, if each has its own.
fn ordered(items: &[Item], totals: &[usize], sums: &[f64]) -> Option<Cells> {
    let mut left = totals.to_vec();
    let mut order = Vec::with_capacity(sums.len());
    for sum in sums {
        let at = left.iter().position(|item| items[*item].value.is_some_and(|value| same(value, *sum)))?;
        order.push(Some(left.remove(at)));
    }
    Some(order)
}

impl Draft {
    /// Columns, the stub included.
    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// The first item in the text.
    pub(super) fn first(&self) -> usize {
        self.heads.iter().chain(&self.rows).flatten().flatten().copied().min().unwrap_or(0)
    }

    /// The last item of its cells in the text.
    pub(super) fn last(&self) -> usize {
        self.heads.iter().chain(&self.rows).flatten().flatten().copied().max().unwrap_or(0)
    }

    /// The items that it takes up.
    pub(super) fn items(&self) -> impl Iterator<Item = usize> + '_ {
        let cells = self.heads.iter().chain(&self.rows).flatten().flatten().copied();
        cells.chain(self.repeated.iter().copied()).chain(self.caption).chain(self.notes.iter().copied())
    }

    /// The label of a row; empty where it has none.
    pub(super) fn label<'a>(&self, layout: &'a Layout, items: &[Item], row: usize) -> &'a str {
        let item = self.rows.get(row).and_then(|row| row.first().copied().flatten());
        item.and_then(|item| items.get(item)).map_or("", |item| item.first_line(layout))
    }

    /// The header texts, for comparing two parts of one table.
    pub(super) fn header_texts(&self, layout: &Layout, items: &[Item]) -> Vec<Vec<String>> {
        let text = |cell: &Option<usize>| cell.and_then(|i| items.get(i)).map_or(String::new(), |i| i.text(layout));
        self.heads.iter().map(|row| row.iter().skip(1).map(text).collect()).collect()
    }

    fn value(&self, items: &[Item], row: usize, column: usize) -> Option<f64> {
        let item = (*self.rows.get(row)?.get(column)?)?;
        items.get(item)?.value
    }

    /// Whether a row has cells behind its label.
    pub(super) fn has_cells(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|row| row.iter().skip(1).any(Option::is_some))
    }

    /// What speaks for it and against it.
    pub(super) fn proof(&self, layout: &Layout, items: &[Item]) -> Proof {
        let mut proof = Proof::default();
        self.prove_rows(layout, items, &mut proof);
        self.prove_columns(layout, items, &mut proof);
        for column in 1..self.width() {
            let kinds = self.rows.iter().filter_map(|row| row.get(column).copied().flatten()).map(|i| items[i].kind);
            let (figures, others) =
                kinds.fold(
                    (0, 0),
                    |(figures, others), kind| {
                        if kind == Kind::Figure { (figures + 1, others) } else { (figures, others + 1) }
                    },
                );
            proof.mixed += usize::from(figures > 0 && others > 0);
        }
        proof
    }

    /// Total rows and subtotals: sums of the rows above them.
    fn prove_rows(&self, layout: &Layout, items: &[Item], proof: &mut Proof) {
        let (mut group, mut all): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for row in (0..self.rows.len()).filter(|row| self.has_cells(*row)) {
            let label = self.label(layout, items, row);
            if words::is_subtotal(label) {
                self.prove(items, row, &group, proof);
                group.clear();
            } else if words::is_total(label) {
                self.prove(items, row, &all, proof);
            } else if !words::is_mean(label) {
                group.push(row);
                all.push(row);
            }
        }
    }

    fn prove(&self, items: &[Item], total: usize, members: &[usize], proof: &mut Proof) {
        for column in (1..self.width()).filter(|_| members.len() > 1) {
            let Some(printed) = self.value(items, total, column) else { continue };
            let cells = members.iter().filter_map(|row| self.value(items, *row, column));
            let sum: f64 = cells.sum();
            *if same(sum, printed) { &mut proof.held } else { &mut proof.failed } += 1;
        }
    }

    /// A last column of totals: sums of their rows. Where it sums none of them, as the amount of so many premiums at so
    /// much each, it is no such column and says nothing.
    fn prove_columns(&self, layout: &Layout, items: &[Item], proof: &mut Proof) {
        let Some(column) = self.total_column(layout, items) else { return };
        let (mut held, mut failed) = (0, 0);
        for row in 0..self.rows.len() {
            let Some(printed) = self.value(items, row, column) else { continue };
            let sum = |columns: Range<usize>| columns.filter_map(|c| self.value(items, row, c)).sum::<f64>();
            // What stands behind a total may be a share or a price that it does not count.
            let (before, behind) = (sum(1..column), sum(column + 1..self.width()));
            let holds = [before + behind, before].iter().any(|sum| same(*sum, printed));
            *if holds { &mut held } else { &mut failed } += 1;
        }
        proof.held += held;
        proof.failed += if held > 0 { failed } else { 0 };
    }

    /// Places the cells of the one row that lacks some, by the printed totals: a cell stands where it makes up what the
    /// total has more than the other rows. Where no such place is, the row's cells stay doubtful.
    pub(super) fn settle(&mut self, layout: &Layout, items: &[Item]) {
        let last = self.total_column(layout, items).filter(|column| column + 1 == self.width());
        let end = last.unwrap_or(self.width());
        let lacks = |row: &Vec<Option<usize>>| row[1..end].iter().any(Option::is_none);
        let short: Vec<usize> =
            (0..self.rows.len()).filter(|row| self.has_cells(*row) && lacks(&self.rows[*row])).collect();
        let [row] = short.as_slice() else {
            self.open += short.len();
            return;
        };
        let Some(total) = self.total_below(layout, items, *row) else {
            self.open += 1;
            return;
        };
        let placed = self.placed_by_totals(layout, items, (*row, total), end);
        if let Some(cells) = placed {
            self.inferred += cells.iter().flatten().count();
            self.rows[*row].splice(1..end, cells);
        } else if let Some((cells, totals)) = self.placed_by_any_totals(layout, items, (*row, total), end) {
            self.inferred += 2 * cells.iter().flatten().count();
            self.rows[*row].splice(1..end, cells);
            self.rows[total].splice(1..end, totals);
        } else {
            self.open += 1;
        }
    }

    fn total_below(&self, layout: &Layout, items: &[Item], row: usize) -> Option<usize> {
        (row + 1..self.rows.len()).find(|row| words::is_total(self.label(layout, items, *row)))
    }

    /// What the rows above a total come to in a column, one row left out.
    fn sum_of_others(&self, layout: &Layout, items: &[Item], (row, total): (usize, usize), column: usize) -> f64 {
        let is_sum = |row: &usize| words::is_closing_row(self.label(layout, items, *row));
        let others = (0..total).filter(|other| *other != row && !is_sum(other));
        others.filter_map(|other| self.value(items, other, column)).sum()
    }

    /// The one way to place a row's cells so that the sums are the printed totals in some order; the totals then stand
    /// in the order of the sums.
    fn placed_by_any_totals(
        &self,
        layout: &Layout,
        items: &[Item],
        rows: (usize, usize),
        end: usize,
    ) -> Option<(Cells, Cells)> {
        let cells: Vec<usize> = self.rows[rows.0][1..end].iter().copied().flatten().collect();
        let sums: Vec<f64> = (1..end).map(|column| self.sum_of_others(layout, items, rows, column)).collect();
        let totals: Vec<usize> = self.rows[rows.1][1..end].iter().copied().flatten().collect();
        if totals.len() != sums.len() || !(1..=MOST_LACKING).contains(&(sums.len() - cells.len())) {
            return None;
        }
        let mut found = None;
        for places in places_of(cells.len(), sums.len()) {
            let mut placed: Cells = vec![None; sums.len()];
            places.iter().zip(&cells).for_each(|(place, cell)| placed[*place] = Some(*cell));
            let value = |cell: &Option<usize>| cell.and_then(|item| items[item].value).unwrap_or(0.0);
            let wanted: Vec<f64> = sums.iter().zip(&placed).map(|(sum, cell)| sum + value(cell)).collect();
            if let Some(order) = ordered(items, &totals, &wanted) {
                if found.is_some() {
                    return None;
                }
                found = Some((placed, order));
            }
        }
        found
    }

    /// The cells of a row where each makes up the rest of its column's total.
    fn placed_by_totals(&self, layout: &Layout, items: &[Item], rows: (usize, usize), end: usize) -> Option<Cells> {
        let (row, total) = rows;
        let mut cells = self.rows[row][1..end].iter().copied().flatten().peekable();
        let mut placed = Vec::with_capacity(end);
        for column in 1..end {
            let rest = self.value(items, total, column)? - self.sum_of_others(layout, items, rows, column);
            let fits = |item: &usize| items[*item].value.is_some_and(|value| same(value, rest));
            match cells.next_if(fits) {
                Some(item) => placed.push(Some(item)),
                None if same(rest, 0.0) => placed.push(None),
                None => return None,
            }
        }
        cells.next().is_none().then_some(placed)
    }

    /// The only column whose header says that it sums its row.
    pub(super) fn total_column(&self, layout: &Layout, items: &[Item]) -> Option<usize> {
        let leaf = self.heads.last()?;
        let is_total = |cell: &Option<usize>| {
            cell.and_then(|i| items.get(i)).is_some_and(|item| words::is_total(item.first_line(layout)))
        };
        let mut totals = leaf.iter().enumerate().skip(1).filter(|(_, cell)| is_total(cell)).map(|(column, _)| column);
        totals.next().filter(|_| totals.next().is_none())
    }
}
