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
    let lines = items.len();
    if cells == 0 || lines < cells || lines > MOST_LINES || lines > cells * LABEL_LINES {
        return None;
    }
    let joins = joins_of(layout, items);
    if lines == cells {
        let cost = joins[..lines].iter().map(|join| join.apart).sum();
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

/// What it costs to take each line as a cell of its own.
pub(super) fn apart(layout: &Layout, items: &[Item]) -> u32 {
    joins_of(layout, items).iter().map(|join| join.apart).sum()
}

/// What it costs to take a line together with the one before it, or apart from it.
#[derive(Clone, Copy, Default)]
struct Join {
    together: u32,
    apart: u32,
}

fn joins_of(layout: &Layout, items: &[Item]) -> Vec<Join> {
    let text = |at: usize| items.get(at).map_or("", |item| item.first_line(layout));
    let length = |text: &str| text.chars().count();
    let widest = (0..items.len()).map(|at| length(text(at))).max().unwrap_or(0);
    let small = |at: usize| text(at).starts_with(|c: char| c.is_lowercase() || c == '(' || c == '+' || c == '&');
    let smalls = (0..items.len()).filter(|at| small(*at)).count();
    // In a list of labels in small letters the letters say nothing.
    let telling = !small(0) && smalls * 3 <= items.len() * 2;
    let mut joins = vec![Join::default(); items.len() + 1];
    for at in 1..items.len() {
        let (before, this) = (text(at - 1), text(at));
        let first = this.split_whitespace().next().map_or(0, length);
        let room = length(before) + 1 + first <= widest || length(before) < WRAPPED;
        let open = before.ends_with(['-', ',', '/', '&', '(']) || telling && small(at);
        let plain = items[at - 1].kind != Kind::Words || items[at].kind != Kind::Words;
        let closing = plain || words::is_closing_row(before) || words::is_closing_row(this);
        let together = match (closing, open, room) {
            (true, ..) => cost::CLOSING,
            (_, true, _) => cost::OPEN,
            (_, _, false) => cost::FULL,
            _ => cost::SHORT,
        };
        let apart = if open && !closing { cost::SMALL } else { 0 };
        joins[at] = Join { together, apart };
    }
    joins
}
