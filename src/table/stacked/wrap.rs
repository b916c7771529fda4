//! Wrapped labels: lines to as many cells as the table has rows.
//!
//! Takes the lines of a column of labels and the number of rows that its figures tell, gives the lines of each cell. A
//! line goes on with the one before it where that one had no room for its first word, or where it begins in small
//! letters. Columns of figures fall apart where a row is higher than the others: so wrapped labels are sought there.
//!
//! ```text
//! Centrum voor volwassenenonderwijs   ┐ 1 891    the figures of one row
//! Antwerpen-Zuid en Metropool         ┘
//! Ligo Waas & Dender                    6 209    ┐ figures of rows of one line
//! Miras Deerlijk-Kortrijk               476      ┘
//! ```

use super::item::{Item, Kind};
use crate::layout::Layout;
use crate::table::words;
use std::ops::Range;

/// What it costs to take a line as going on with the one before, by how it looks.
mod cost {
    /// It begins in small letters, or the one before ends in a hyphen or a comma.
    pub(super) const OPEN: u32 = 1;
    /// The one before had no room for its first word.
    pub(super) const FULL: u32 = 4;
    /// The one before had room.
    pub(super) const SHORT: u32 = 14;
    /// One of them is a total, a year or a figure.
    pub(super) const CLOSING: u32 = 60;
    /// It begins in small letters and is a cell of its own.
    pub(super) const SMALL: u32 = 6;
    /// A cell of several lines in the midst of rows of one line.
    pub(super) const INSIDE: u32 = 8;
}

/// Letters from which a line of a label was wrapped at the edge of its cell rather than ended by its author.
const WRAPPED: usize = 10;
/// Labels that are fitted at most, and lines of one label.
const MOST_LINES: usize = 400;
const LABEL_LINES: usize = 5;

/// The lines of each of so many cells, with what it costs; `None` where there are too few or too many.
///
/// `breaks` says behind which cells the columns of figures fall apart; empty where they do not.
pub(super) fn fit(layout: &Layout, items: &[Item], cells: usize, breaks: &[usize]) -> Option<(Vec<Range<usize>>, u32)> {
    if !may_fit(items.len(), cells) {
        return None;
    }
    Labels::of(&lines_of(layout, items)).fit(cells, breaks)
}

fn may_fit(lines: usize, cells: usize) -> bool {
    cells > 0 && (cells..=MOST_LINES.min(cells * LABEL_LINES)).contains(&lines)
}

/// What a line of a label looks like by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Its letters, and those of its first word.
    letters: usize,
    first: usize,
    /// Whether it begins in small letters, or in a bracket.
    small: bool,
    /// Whether it ends as if it went on.
    cut: bool,
    /// Whether it is a total, a year or a figure.
    closing: bool,
}

/// The first lines of items, looked at once for all that is asked of them.
pub(super) fn lines_of(layout: &Layout, items: &[Item]) -> Vec<Line> {
    let look = |item: &Item| {
        let text = item.first_line(layout);
        Line {
            letters: text.chars().count(),
            first: text.split_whitespace().next().map_or(0, |word| word.chars().count()),
            small: text.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '+' || c == '&'),
            cut: text.ends_with(['-', ',', '/', '&', '(']),
            closing: item.kind != Kind::Words || words::is_closing_row(text),
        }
    };
    items.iter().map(look).collect()
}

/// Lines of labels with what it costs to take each together with the one before it, or apart from it.
pub(super) struct Labels {
    joins: Vec<Join>,
}

impl Labels {
    /// Of lines that stand below each other.
    pub(super) fn of(lines: &[Line]) -> Self {
        Self { joins: joins_of(lines) }
    }

    /// How many lines they are.
    pub(super) fn len(&self) -> usize {
        self.joins.len()
    }

    /// What it costs to take each line as a cell of its own.
    fn apart(&self) -> u32 {
        self.joins.iter().map(|join| join.apart).sum()
    }

    /// The lines of each of so many cells; see [`fit`].
    pub(super) fn fit(&self, cells: usize, breaks: &[usize]) -> Option<(Vec<Range<usize>>, u32)> {
        let (lines, joins) = (self.len(), &self.joins);
        if !may_fit(lines, cells) {
            return None;
        }
        if lines == cells {
            let cost = self.apart();
            return Some(((0..lines).map(|line| line..line + 1).collect(), cost));
        }
        let spare = lines - cells;
        // least[row][extra]: the cheapest way to give row + extra lines to so many cells.
        let width = spare + 1;
        let mut least = vec![u32::MAX; (cells + 1) * width];
        let mut taken = vec![0usize; (cells + 1) * width];
        least[0] = 0;
        for cell in 0..cells {
            let inside = !breaks.is_empty() && !breaks.contains(&cell) && !breaks.contains(&(cell + 1));
            for extra in 0..width {
                let before = least[cell * width + extra];
                if before == u32::MAX {
                    continue;
                }
                let start = cell + extra;
                let mut price = before + joins[start].apart;
                for more in 0..LABEL_LINES.min(width - extra) {
                    if more > 0 {
                        price += joins[start + more].together + if inside { cost::INSIDE } else { 0 };
                    }
                    let at = (cell + 1) * width + extra + more;
                    if price < least[at] {
                        (least[at], taken[at]) = (price, more);
                    }
                }
            }
        }
        let total = least[cells * width + spare];
        if total == u32::MAX {
            return None;
        }
        let mut ranges = Vec::with_capacity(cells);
        let mut extra = spare;
        for cell in (0..cells).rev() {
            let more = taken[(cell + 1) * width + extra];
            extra -= more;
            ranges.push(cell + extra..cell + extra + more + 1);
        }
        ranges.reverse();
        Some((ranges, total))
    }
}

/// What it costs to take each line as a cell of its own.
pub(super) fn apart(layout: &Layout, items: &[Item]) -> u32 {
    Labels::of(&lines_of(layout, items)).apart()
}

/// What it costs to take a line together with the one before it, or apart from it.
#[derive(Clone, Copy, Default)]
struct Join {
    together: u32,
    apart: u32,
}

fn joins_of(lines: &[Line]) -> Vec<Join> {
    let widest = lines.iter().map(|line| line.letters).max().unwrap_or(0);
    let smalls = lines.iter().filter(|line| line.small).count();
    // In a list of labels in small letters the letters say nothing.
    let telling = lines.first().is_some_and(|first| !first.small) && smalls * 3 <= lines.len() * 2;
    let join = |pair: &[Line]| {
        let (before, this) = (pair[0], pair[1]);
        let room = before.letters + 1 + this.first <= widest || before.letters < WRAPPED;
        let open = before.cut || telling && this.small;
        let closing = before.closing || this.closing;
        let together = match (closing, open, room) {
            (true, ..) => cost::CLOSING,
            (_, true, _) => cost::OPEN,
            (_, _, false) => cost::FULL,
            _ => cost::SHORT,
        };
        Join { together, apart: if open && !closing { cost::SMALL } else { 0 } }
    };
    // Nothing stands before the first line.
    lines.iter().take(1).map(|_| Join::default()).chain(lines.windows(2).map(join)).collect()
}
