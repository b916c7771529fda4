//! Rows that are pieces of others: wrapped labels joined, headers repeated on a new page left out.
//!
//! Takes a [`Grid`] as a finder left it and mends what shows only in the whole: a label that breaks at a hyphen goes on
//! in the row below; labels differ, so that a label which stands in several rows, each above a row of words alone, is
//! the first line of longer ones.
//!
//! ```text
//! Oost-       74  14          Oost-Vlaanderen   74  14
//! Vlaanderen             →
//! ```

use super::{Grid, GridCell, cells, number, words};
use crate::layout::Layout;
use crate::model::Method;

/// Mends a grid.
pub(super) fn tidy(layout: &Layout, grid: &mut Grid) {
    let head = grid.header_rows.unwrap_or(0).min(grid.rows.len());
    drop_repeated_headers(grid, head);
    let mut rows: Vec<Vec<GridCell>> = Vec::with_capacity(grid.rows.len());
    // Groups repeat their labels: where a heading opens the table, the same label twice says nothing.
    let grouped = grid.rows.get(head).is_some_and(|row| is_label_alone(row));
    let doubled = if grouped { Vec::new() } else { doubled_labels(&grid.rows) };
    for (index, row) in std::mem::take(&mut grid.rows).into_iter().enumerate() {
        let goes_on = index > head && is_label_alone(&row);
        let named = goes_on && names_group(&rows, &row);
        match rows.last_mut() {
            Some(before) if goes_on && !is_label_alone(before) && (named || continues(before, &row, &doubled)) => {
                join_label(layout, before, row);
            }
            // `Subtotaal` over its group's name.
            Some(before) if index > head && is_label_alone(before) && is_bare_subtotal(before) && !goes_on => {
                join_label(layout, before, vec![row.first().cloned().unwrap_or_default()]);
                before.iter_mut().zip(row).skip(1).for_each(|(cell, own)| *cell = own);
            }
            _ => rows.push(row),
        }
    }
    grid.rows = rows;
    if grid.method == Method::Aligned {
        repeat_labels(layout, grid.rows.get_mut(head..).unwrap_or_default());
    }
}

/// Rows, at least, whose label stands above them, where no subtotal says so; and labels that do.
const MERGED_ROWS: usize = 2;

/// Labels that stand once for the rows below them, as where cells are merged, are repeated in each, where every row
/// without a label has words in the second column: subtotals say that the rows above them are of one group, and so do
/// labels that all stand in the first of their rows.
fn repeat_labels(layout: &Layout, rows: &mut [Vec<GridCell>]) {
    if !rows.iter().filter(|row| is_bare(row)).all(|row| is_paired(row)) {
        return;
    }
    let closes = |row: &Vec<GridCell>| row.first().is_some_and(|label| words::is_subtotal(&label.text));
    if rows.iter().any(closes) {
        rows.split_mut(closes).for_each(repeat_label);
    } else if stand_at_head(rows) {
        repeat_down(layout, rows);
    }
}

/// Repeats each label in the rows below it that have none; what goes on in one of them is part of it.
fn repeat_down(layout: &Layout, rows: &mut [Vec<GridCell>]) {
    let mut first = 0;
    for at in 1..rows.len() {
        let (above, below) = rows.split_at_mut(at);
        let own = above.get_mut(first..).unwrap_or_default();
        let (Some(last), Some(row)) = (own.last_mut(), below.first_mut()) else { return };
        let rest = is_rest(last, row);
        if rest {
            join_label(layout, last, row.clone());
        }
        if let Some(label) = last.first().filter(|_| rest || is_bare(row)).cloned() {
            let cells = own.iter_mut().chain(std::iter::once(row)).filter_map(|row| row.first_mut());
            cells.for_each(|cell| cell.clone_from(&label));
        } else {
            first = at;
        }
    }
}

/// Whether the label of a row is the rest of that of the row above: below a hyphen, or small.
fn is_rest(above: &[GridCell], row: &[GridCell]) -> bool {
    is_paired(above) && is_paired(row) && continues(above, row, &[])
}

/// Whether a row has no label.
fn is_bare(row: &[GridCell]) -> bool {
    row.first().is_some_and(|cell| cell.text.is_empty())
}

/// Whether a row has words in the second column, or a year, and figures behind it.
fn is_paired(row: &[GridCell]) -> bool {
    let named = |text: &str| !text.is_empty() && (!cells::is_figure(text) || number::is_year(text));
    matches!(row, [_, second, rest @ ..] if named(&second.text) && rest.iter().any(|c| cells::is_figure(&c.text)))
}

/// Whether the labels of a table all stand in the first of their rows: each begins a row with words in the second column,
/// save those of totals, which no row without a label follows.
fn stand_at_head(rows: &[Vec<GridCell>]) -> bool {
    let label =
        |row: &[GridCell]| row.first().is_some_and(|cell| !cell.text.is_empty() && !cells::is_figure(&cell.text));
    let heads = |row: &&Vec<GridCell>| label(row) && is_paired(row);
    let closes = |row: &[GridCell]| row.first().is_some_and(|label| words::is_closing_row(&label.text));
    let rests = rows.windows(2).filter(|pair| matches!(pair, [above, row] if is_rest(above, row))).count();
    let follows = |pair: &[Vec<GridCell>]| matches!(pair, [above, row] if is_bare(row) && !is_paired(above));
    rows.first().is_some_and(|row| heads(&row))
        && rows.iter().all(|row| is_bare(row) || heads(&row) || closes(row))
        && !rows.windows(2).any(follows)
        && rows.iter().filter(heads).count() >= MERGED_ROWS + rests
        && rows.iter().filter(|row| is_bare(row)).count() + rests >= MERGED_ROWS
}

/// Repeats the only label of a group in all its rows, wherever it stands; of several each in the rows below it.
fn repeat_label(group: &mut [Vec<GridCell>]) {
    let labels = group.iter().filter_map(|row| row.first()).filter(|label| !label.text.is_empty());
    let only = labels.clone().nth(1).is_none();
    let mut label = labels.take(1).next().filter(|_| only).cloned();
    for cell in group.iter_mut().filter_map(|row| row.first_mut()) {
        match &label {
            Some(label) if cell.text.is_empty() => cell.clone_from(label),
            _ => label = (!cell.text.is_empty()).then(|| cell.clone()),
        }
    }
}

fn is_label_alone(row: &[GridCell]) -> bool {
    row.first().is_some_and(|c| !c.text.is_empty()) && row.iter().skip(1).all(|c| c.text.is_empty())
}

/// Whether words alone are the rest of the label above them.
fn continues(before: &[GridCell], row: &[GridCell], doubled: &[String]) -> bool {
    let (Some(label), Some(rest)) = (before.first(), row.first()) else { return false };
    let small = rest.text.starts_with(char::is_lowercase);
    label.text.ends_with('-') && label.text.len() > 1 || small || doubled.contains(&label.text)
}

/// Whether a row's label says `Subtotaal`, and not of what.
fn is_bare_subtotal(row: &[GridCell]) -> bool {
    row.first().is_some_and(|label| words::is_subtotal(&label.text) && !label.text.trim().contains(' '))
}

/// Whether words alone below a bare `Subtotaal` are the name of the group that it closes.
fn names_group(rows: &[Vec<GridCell>], row: &[GridCell]) -> bool {
    let closes = |row: &&Vec<GridCell>| row.first().is_some_and(|label| words::is_subtotal(&label.text));
    let text = |row: &[GridCell]| row.first().map(|label| label.text.clone());
    let Some((last, before)) = rows.split_last().filter(|(last, _)| is_bare_subtotal(last)) else { return false };
    !is_label_alone(last) && before.iter().rev().take_while(|row| !closes(row)).any(|known| text(known) == text(row))
}

/// Labels that stand in two rows or more, each time above a row of words alone.
fn doubled_labels(rows: &[Vec<GridCell>]) -> Vec<String> {
    let mut labels: Vec<&str> = rows
        .windows(2)
        .filter(|pair| !is_label_alone(&pair[0]) && is_label_alone(&pair[1]))
        .filter_map(|pair| pair[0].first())
        .map(|cell| cell.text.as_str())
        // The subtotal of a group stands above the heading of the next.
        .filter(|label| !words::is_closing_row(label))
        .collect();
    labels.sort_unstable();
    let mut doubled: Vec<String> =
        labels.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned()).collect();
    doubled.dedup();
    doubled
}

fn join_label(layout: &Layout, before: &mut [GridCell], row: Vec<GridCell>) {
    if let (Some(label), Some(rest)) = (before.first_mut(), row.into_iter().next()) {
        let mut bytes = std::mem::take(&mut label.bytes);
        bytes.extend(rest.bytes);
        *label = cells::cell_of(layout, bytes);
    }
}

/// A row that says what the header says was printed again at the head of a page.
fn drop_repeated_headers(grid: &mut Grid, head: usize) {
    if head == 0 {
        return;
    }
    let mut body = grid.rows.split_off(head.min(grid.rows.len()));
    let same = |a: &[GridCell], b: &[GridCell]| a.iter().map(|cell| &cell.text).eq(b.iter().map(|cell| &cell.text));
    body.retain(|row| !grid.rows.iter().any(|header| same(header, row)));
    grid.rows.append(&mut body);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lines::text_to_layout;

    fn grid(layout: &Layout, rows: &[&[&str]], head: usize) -> Grid {
        let mut from = 0;
        let mut cell = |text: &&str| {
            let start = layout.text[from..].find(text).map_or(from, |at| from + at);
            from = if text.is_empty() { from } else { start + text.len() };
            let bytes = (!text.is_empty()).then_some(start..start + text.len()).into_iter().collect();
            GridCell { text: (*text).to_owned(), bytes }
        };
        let rows = rows.iter().map(|row| row.iter().map(&mut cell).collect()).collect();
        Grid {
            method: Method::Aligned,
            lines: Vec::new(),
            rows,
            header_rows: Some(head),
            caption: None,
            notes: Vec::new(),
            confidence: 1.0,
            doubts: Vec::new(),
        }
    }

    #[test]
    fn labels_go_on_behind_a_hyphen_and_where_they_would_be_the_same() {
        let text =
            "Dienst 2019\nOost- 74\nVlaanderen\nDirectie van 12\nAntwerpen\nDirectie van 13\nLimburg\nDienst 2019\n";
        let layout = text_to_layout(text.to_owned());
        let rows: [&[&str]; 8] = [
            &["Dienst", "2019"],
            &["Oost-", "74"],
            &["Vlaanderen", ""],
            &["Directie van", "12"],
            &["Antwerpen", ""],
            &["Directie van", "13"],
            &["Limburg", ""],
            &["Dienst", "2019"],
        ];
        let mut grid = grid(&layout, &rows, 1);
        tidy(&layout, &mut grid);
        let labels: Vec<&str> = grid.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(labels, ["Dienst", "Oost-Vlaanderen", "Directie van Antwerpen", "Directie van Limburg"]);
    }

    #[test]
    fn labels_in_the_first_of_their_rows_are_those_of_the_rows_below() {
        let text = "Antwerpen Verblijf 402\nBegeleiding 188\nLimburg Verblijf 157\nBegeleiding 64\nTotaal 811\n\
                    Antwerpen en Verblijf 402\nomstreken Begeleiding 188\nLimburg Verblijf 157\nBegeleiding 64\n";
        let layout = text_to_layout(text.to_owned());
        let rows: [&[&str]; 5] = [
            &["Antwerpen", "Verblijf", "402"],
            &["", "Begeleiding", "188"],
            &["Limburg", "Verblijf", "157"],
            &["", "Begeleiding", "64"],
            &["Totaal", "", "811"],
        ];
        let labels = |rows: &[&[&str]]| {
            let mut grid = grid(&layout, rows, 0);
            tidy(&layout, &mut grid);
            grid.rows.iter().map(|row| row[0].text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(labels(&rows), ["Antwerpen", "Antwerpen", "Limburg", "Limburg", "Totaal"]);
        let wrapped: [&[&str]; 4] = [
            &["Antwerpen en", "Verblijf", "402"],
            &["omstreken", "Begeleiding", "188"],
            &["Limburg", "Verblijf", "157"],
            &["", "Begeleiding", "64"],
        ];
        assert_eq!(labels(&wrapped), ["Antwerpen en omstreken", "Antwerpen en omstreken", "Limburg", "Limburg"]);
        // One row without a label is one whose label is missing; below a total no label goes on.
        assert_eq!(labels(&rows[..3]), ["Antwerpen", "", "Limburg"]);
        let below: [&str; 3] = ["", "Begeleiding", "188"];
        assert_eq!(labels(&[rows[0], rows[1], rows[2], rows[4], &below]), ["Antwerpen", "", "Limburg", "Totaal", ""]);
    }

    #[test]
    fn a_label_that_stands_once_in_its_group_is_that_of_all_its_rows() {
        let text =
            "Antwerpen Balen 1\nDuffel 2\nSubtotaal 3\nAntwerpen\nAlken 4\nLimburg Pelt 5\nSubtotaal Limburg 9\n";
        let layout = text_to_layout(text.to_owned());
        let rows: [&[&str]; 7] = [
            &["Antwerpen", "Balen", "1"],
            &["", "Duffel", "2"],
            &["Subtotaal", "", "3"],
            &["Antwerpen", "", ""],
            &["", "Alken", "4"],
            &["Limburg", "Pelt", "5"],
            &["Subtotaal Limburg", "", "9"],
        ];
        let mut grid = grid(&layout, &rows, 0);
        tidy(&layout, &mut grid);
        let labels: Vec<&str> = grid.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(
            labels,
            ["Antwerpen", "Antwerpen", "Subtotaal Antwerpen", "Limburg", "Limburg", "Subtotaal Limburg"]
        );
    }
}
