//! Grids drawn with box characters, as wide as they must be and no wider than they may be. A grid whose columns do not all fit
//! is drawn in parts, one below the other, each with the first column before it.
//!
//! ```text
//! ┌──────────┬─────────────┐
//! │          │    Leden    │     a header that is repeated over its columns is drawn once
//! │ Jaar     │ 2019 │ 2020 │
//! ├──────────┼──────┼──────┤
//! │ Januari  │   56 │   60 │
//! └──────────┴──────┴──────┘
//! ```

use super::style::Style;
use super::wrap::{width, wrap};
use std::ops::Range;

/// The narrowest that a column is squeezed to: below, words come apart in pieces that nobody reads.
const NARROWEST: usize = 8;

/// The longest word or number that is kept whole, though its column is squeezed.
const LONGEST_WHOLE: usize = 16;

/// A cell to draw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct DrawnCell {
    /// What is in it.
    pub(super) text: String,
    /// Whether it is set against the right edge, as numbers are.
    pub(super) right: bool,
    /// How it looks.
    pub(super) style: Style,
    /// How many columns it takes up.
    pub(super) columns: usize,
}

/// A grid to draw: header rows, then body rows. The cells of each row come to the same number of columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawing {
    /// Rows above the rule.
    pub(super) header: Vec<Vec<DrawnCell>>,
    /// Rows below it.
    pub(super) rows: Vec<Vec<DrawnCell>>,
}

impl Drawing {
    /// The drawing in lines of at most `most` columns, in as many parts as that takes.
    pub(super) fn lines(&self, most: usize) -> Vec<String> {
        let parts = parts(&self.least_widths(), most);
        if parts.len() < 2 {
            return self.whole(most);
        }
        parts.into_iter().flat_map(|columns| self.part(columns).whole(most)).collect()
    }

    /// The first column, and these.
    fn part(&self, columns: Range<usize>) -> Self {
        let kept = |rows: &[Vec<DrawnCell>]| rows.iter().map(|row| part_of(row, &columns)).collect();
        Self { header: kept(&self.header), rows: kept(&self.rows) }
    }

    fn whole(&self, most: usize) -> Vec<String> {
        let widths = fit(&self.natural_widths(), &self.least_widths(), most);
        let all = || self.header.iter().chain(&self.rows);
        let (Some(first), Some(last)) = (all().next(), all().last()) else { return Vec::new() };
        let mut lines = vec![border(&widths, None, Some(first))];
        self.header.iter().for_each(|row| push_row(row, &widths, &mut lines));
        if let (Some(above), Some(below)) = (self.header.last(), self.rows.first()) {
            lines.push(border(&widths, Some(above), Some(below)));
        }
        self.rows.iter().for_each(|row| push_row(row, &widths, &mut lines));
        lines.push(border(&widths, Some(last), None));
        lines
    }

    /// The widths in which every cell is on one line.
    fn natural_widths(&self) -> Vec<usize> {
        self.widths(|cell| width(&cell.text))
    }

    /// The widths in which numbers and words are still whole.
    fn least_widths(&self) -> Vec<usize> {
        self.widths(|cell| {
            let natural = width(&cell.text);
            if cell.right && natural <= LONGEST_WHOLE {
                return natural;
            }
            let longest = cell.text.split_whitespace().map(width).max().unwrap_or(0);
            longest.min(LONGEST_WHOLE).max(natural.min(NARROWEST))
        })
    }

    /// For each column the most that one of its cells asks for.
    fn widths(&self, asks: impl Fn(&DrawnCell) -> usize) -> Vec<usize> {
        let mut widths: Vec<usize> = Vec::new();
        let rows = || self.header.iter().chain(&self.rows);
        for (start, cell) in rows().flat_map(|row| placed(row)).filter(|(_, cell)| cell.columns == 1) {
            if widths.len() <= start {
                widths.resize(start + 1, 1);
            }
            if let Some(widest) = widths.get_mut(start) {
                *widest = (*widest).max(asks(cell));
            }
        }
        let columns = rows().map(|row| row.iter().map(|cell| cell.columns).sum()).max().unwrap_or(0);
        widths.resize(columns, 1);
        widths
    }
}

/// The cells of a row with the column that each begins at.
fn placed(row: &[DrawnCell]) -> impl Iterator<Item = (usize, &DrawnCell)> {
    row.iter().scan(0, |next, cell| {
        let start = *next;
        *next += cell.columns;
        Some((start, cell))
    })
}

/// The cells of a row over the first column and over these.
fn part_of(row: &[DrawnCell], columns: &Range<usize>) -> Vec<DrawnCell> {
    let kept = placed(row).map(|(start, cell)| {
        let end = start + cell.columns;
        let within = end.min(columns.end).saturating_sub(start.max(columns.start));
        DrawnCell { columns: usize::from(start == 0 && cell.columns > 0) + within, ..cell.clone() }
    });
    kept.filter(|cell| cell.columns > 0).collect()
}

/// The columns of each part, the first aside: as many as there is room for beside it, one at least.
fn parts(least: &[usize], most: usize) -> Vec<Range<usize>> {
    let border = |width: usize| width + 3;
    let first = least.first().map_or(0, |&width| border(width)) + 1;
    let (mut parts, mut start, mut taken) = (Vec::new(), 1, first);
    for (column, &width) in least.iter().enumerate().skip(1) {
        if taken + border(width) > most && column > start {
            parts.push(start..column);
            (start, taken) = (column, first);
        }
        taken += border(width);
    }
    parts.push(start..least.len().max(start));
    parts
}

/// Widths that come to at most `most` with their borders: the widest columns give way first, none below the least.
fn fit(natural: &[usize], least: &[usize], most: usize) -> Vec<usize> {
    let room = most.saturating_sub(3 * natural.len() + 1);
    let widest = natural.iter().copied().max().unwrap_or(0);
    let squeezed = |cap: usize| natural.iter().zip(least).map(move |(&width, &least)| width.min(cap.max(least)));
    let cap = (NARROWEST..=widest).rev().find(|&cap| squeezed(cap).sum::<usize>() <= room);
    squeezed(cap.unwrap_or(NARROWEST.min(widest))).collect()
}

fn push_row(row: &[DrawnCell], widths: &[usize], lines: &mut Vec<String>) {
    let cells: Vec<_> = placed(row)
        .map(|(start, cell)| {
            let width = width_of(widths, start, cell.columns);
            (cell, width, wrap(&cell.text, width))
        })
        .collect();
    let height = cells.iter().map(|(_, _, wrapped)| wrapped.len()).max().unwrap_or(1);
    for index in 0..height {
        let mut line = String::from("│");
        for (cell, width, wrapped) in &cells {
            let text = wrapped.get(index).map_or("", String::as_str);
            line.push_str(&format!(" {} │", pad(text, *width, cell)));
        }
        lines.push(line);
    }
}

/// The columns between the borders of a cell over `columns` columns.
fn width_of(widths: &[usize], start: usize, columns: usize) -> usize {
    let inner: usize = widths.iter().skip(start).take(columns).sum();
    inner + 3 * columns.saturating_sub(1)
}

fn pad(text: &str, room: usize, cell: &DrawnCell) -> String {
    let space = room.saturating_sub(width(text));
    let left = match (cell.right, cell.columns) {
        (true, _) => space,
        (false, 1) => 0,
        // A header over several columns stands in their middle.
        (false, _) => space / 2,
    };
    format!("{}{}{}", " ".repeat(left), cell.style.paint(text), " ".repeat(space - left))
}

/// The rule between two rows; at a column where only one of them has a border it joins that one.
fn border(widths: &[usize], above: Option<&Vec<DrawnCell>>, below: Option<&Vec<DrawnCell>>) -> String {
    let starts = |row: Option<&Vec<DrawnCell>>| -> Vec<usize> {
        row.map_or_else(Vec::new, |row| placed(row).map(|(start, _)| start).collect())
    };
    let (up, down) = (starts(above), starts(below));
    let mut line = String::from(corner(above.is_some(), below.is_some(), ["┌", "├", "└"]));
    for (column, width) in widths.iter().enumerate() {
        if column > 0 {
            line.push_str(joint(up.contains(&column), down.contains(&column)));
        }
        line.push_str(&"─".repeat(width + 2));
    }
    line.push_str(corner(above.is_some(), below.is_some(), ["┐", "┤", "┘"]));
    line
}

fn corner(above: bool, below: bool, [top, middle, bottom]: [&str; 3]) -> &str {
    match (above, below) {
        (false, _) => top,
        (true, true) => middle,
        (true, false) => bottom,
    }
}

fn joint(up: bool, down: bool) -> &'static str {
    match (up, down) {
        (true, true) => "┼",
        (true, false) => "┴",
        (false, true) => "┬",
        (false, false) => "─",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: usize, right: bool) -> DrawnCell {
        DrawnCell { text: text.to_owned(), right, columns, style: Style::Plain }
    }

    #[test]
    fn a_spanner_is_drawn_over_its_columns() {
        let drawing = Drawing {
            header: vec![
                vec![cell("", 1, false), cell("Leden", 2, false)],
                vec![cell("Jaar", 1, false), cell("2019", 1, true), cell("2020", 1, true)],
            ],
            rows: vec![vec![cell("Januari", 1, false), cell("56", 1, true), cell("60", 1, true)]],
        };
        let expected = "\
┌─────────┬─────────────┐
│         │    Leden    │
│ Jaar    │ 2019 │ 2020 │
├─────────┼──────┼──────┤
│ Januari │   56 │   60 │
└─────────┴──────┴──────┘";
        assert_eq!(drawing.lines(80).join("\n"), expected);
    }

    #[test]
    fn the_widest_column_gives_way() {
        let row = vec![cell("een heel lange omschrijving", 1, false), cell("1", 1, true)];
        let drawing = Drawing { header: vec![], rows: vec![row] };
        let lines = drawing.lines(24);
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| width(line) <= 24), "{lines:#?}");
    }

    #[test]
    fn what_does_not_fit_is_drawn_in_parts_with_the_first_column_before_each() {
        let drawing = Drawing {
            header: vec![
                vec![cell("", 1, false), cell("Leden", 3, false)],
                vec![cell("Jaar", 1, false), cell("2018", 1, true), cell("2019", 1, true), cell("2020", 1, true)],
            ],
            rows: vec![
                vec![cell("Mei", 1, false), cell("1 156", 1, true), cell("60", 1, true), cell("7", 1, true)],
                vec![cell("Zomer", 4, false)],
            ],
        };
        let expected = "\
┌───────┬──────────────┐
│       │    Leden     │
│ Jaar  │  2018 │ 2019 │
├───────┼───────┼──────┤
│ Mei   │ 1 156 │   60 │
│ Zomer                │
└──────────────────────┘
┌──────┬───────┐
│      │ Leden │
│ Jaar │  2020 │
├──────┼───────┤
│ Mei  │     7 │
│ Zomer        │
└──────────────┘";
        let lines = drawing.lines(25).join("\n");
        let bare = |text: &str| text.split_whitespace().collect::<String>().replace('─', "");
        assert_eq!(bare(&lines), bare(expected), "{lines}");
        assert!(lines.lines().all(|line| width(line) <= 25), "{lines}");
    }

    #[test]
    fn numbers_are_never_cut() {
        let row = vec![cell("een heel lange omschrijving", 1, false), cell("1 234 567 ✓", 1, true)];
        let drawing = Drawing { header: vec![], rows: vec![row] };
        let lines = drawing.lines(34).join("\n");
        assert!(lines.contains("1 234 567 ✓"), "{lines}");
    }

    #[test]
    fn nothing_draws_nothing() {
        assert!(Drawing::default().lines(80).is_empty());
    }
}
