//! Labels merged over several rows and set in the middle of them: each of the rows has it.
//!
//! Takes the rows of a body, gives them their labels. A group begins where the one above ends, and its label stands halfway
//! between its first and last lines; so each label tells where its group ends, and the last must end with the table.
//!
//! ```text
//!              Man              2.033      halfway between two rows: a line of its own
//! Geslacht
//!              Vrouw            2.411
//!              Jonger dan 30      388      on the middle one of three rows
//! Leeftijd     30-49            1.922
//!              50 en ouder      2.134
//! Totaal                        8.888      a group by itself
//! ```

use super::figures::is_year;
use super::line::{TableRow, ends_open};
use crate::geometry::Interval;
use crate::layout::Layout;
use crate::table::cells::{cell_of, is_figure};
use crate::table::words::is_closing_row;
use std::ops::Range;

/// How far from the middle of its rows a label stands at most, as a share of the distance between rows: half of that is
/// the middle of one row more.
const OFF_CENTRE: f32 = 0.3;

/// Labels of a table, at least, for their places to tell.
const FEWEST_LABELS: usize = 2;

/// A label, and how far down it stands.
struct Label {
    cell: Vec<Range<usize>>,
    y: f32,
}

/// Gives the rows the labels that are set in the middle of them, where all labels of the table are.
pub(super) fn repeat_centred(layout: &Layout, body: &mut [TableRow]) {
    let closes = |row: &TableRow| is_closing_row(&row.label(layout));
    let unlabelled = |row: &TableRow| row.cells.first().is_some_and(Vec::is_empty);
    if !body.iter().any(unlabelled) {
        return;
    }
    let groups = || body.split(closes).filter(|rows| !rows.is_empty());
    let Some(labels) = groups().map(|rows| labels_of_rows(layout, rows)).collect::<Option<Vec<_>>>() else { return };
    if labels.iter().map(|(count, _)| count).sum::<usize>() < FEWEST_LABELS {
        return;
    }
    let mut labels = labels.into_iter().flat_map(|(_, cells)| cells);
    for row in body.iter_mut().filter(|row| !closes(row)) {
        if let (Some(cell), Some(label)) = (row.cells.first_mut(), labels.next()) {
            *cell = label;
        }
    }
}

/// How many labels there are, and that of each row. None where they do not stand in the middle of their rows.
fn labels_of_rows(layout: &Layout, rows: &[TableRow]) -> Option<(usize, Vec<Vec<Range<usize>>>)> {
    let extents = rows.iter().map(|row| extent(layout, row)).collect::<Option<Vec<_>>>()?;
    let gaps = extents.windows(2).filter_map(|pair| match pair {
        [a, b] if b.middle() > a.middle() => Some(b.middle() - a.middle()),
        _ => None,
    });
    let near = OFF_CENTRE * gaps.reduce(f32::min)?;
    let labels = labels(layout, rows);
    let mut cells = Vec::with_capacity(rows.len());
    for label in &labels {
        let first = extents.get(cells.len())?;
        let off = |last: &Interval| ((first.start + last.end) / 2.0 - label.y).abs();
        let lasts = extents.iter().enumerate().skip(cells.len());
        let (last, _) = lasts.min_by(|a, b| off(a.1).total_cmp(&off(b.1))).filter(|(_, extent)| off(extent) <= near)?;
        cells.resize(last + 1, label.cell.clone());
    }
    (cells.len() == rows.len()).then_some((labels.len(), cells))
}

/// The labels of rows from top to bottom, those that go on in the next row's joined.
fn labels(layout: &Layout, rows: &[TableRow]) -> Vec<Label> {
    let mut cells: Vec<Vec<Range<usize>>> = Vec::new();
    for cell in rows.iter().filter_map(|row| row.cells.first()).filter(|cell| !cell.is_empty()) {
        let text = cell_of(layout, cell.clone()).text;
        let goes_on = |above: &&mut Vec<Range<usize>>| {
            let above = cell_of(layout, above.to_vec()).text;
            above.ends_with('-') || ends_open(&above) || text.starts_with(char::is_lowercase)
        };
        match cells.last_mut().filter(goes_on) {
            Some(above) => above.extend(cell.iter().cloned()),
            None => cells.push(cell.clone()),
        }
    }
    let placed = |cell: Vec<Range<usize>>| {
        let places = cell.iter().filter_map(|bytes| place(layout, bytes));
        places.reduce(Interval::union).map(|y| Label { y: y.middle(), cell })
    };
    cells.into_iter().filter_map(placed).collect()
}

/// From the first to the last line of what stands behind a row's label: words, and a figure. None where it is not so.
fn extent(layout: &Layout, row: &TableRow) -> Option<Interval> {
    let (second, rest) = row.cells.get(1..)?.split_first()?;
    let text = |cell: &Vec<Range<usize>>| cell_of(layout, cell.clone()).text;
    let name = text(second);
    let named = !name.is_empty() && (!is_figure(&name) || is_year(&name));
    if !named || !rest.iter().any(|cell| is_figure(&text(cell))) {
        return None;
    }
    row.cells.iter().skip(1).flatten().filter_map(|bytes| place(layout, bytes)).reduce(Interval::union)
}

/// How far down a piece of a line stands.
fn place(layout: &Layout, bytes: &Range<usize>) -> Option<Interval> {
    let line = layout.lines.partition_point(|line| line.end as usize <= bytes.start);
    layout.lines.get(line).map(|line| line.y)
}
