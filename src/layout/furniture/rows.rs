//! Heads of tables that stand on several pages: told from running heads by what hangs below them.
//!
//! Takes a line of a PDF, says whether rows of a table follow it: upright rules between its words go on below more lines
//! than a running head has, or lines below keep to its columns.
//!
//! ```text
//! Dossier   │ Stad  │ Project       repeated on each page, and no running head:
//! ──────────┼───────┼─────────
//! SV-2012-23│ Leuven│ Vaartkom      the rules go on
//! ```

use super::RUNNING_DEPTH;
use crate::layout::{Layout, Line};

/// How far, in points, parts of one rule may lie apart, along it and across it.
const JOIN: f32 = 3.0;

/// A gap that parts columns, and how far their edges may lie apart, as shares of the size.
const GAP: f32 = 1.5;
const SAME_EDGE: f32 = 0.3;

/// Columns that a line below shares with the head, at least: a date below a reference shares one or two.
const SHARED: usize = 3;

/// Whether a line is the head of rows below it, as rules and columns tell.
pub(super) fn heads_rows(layout: &Layout, line: usize) -> bool {
    layout.is_placed() && (rules_go_on(layout, line) || columns_go_on(layout, line))
}

/// Whether an upright rule between its words goes on beside more lines than a running head has.
fn rules_go_on(layout: &Layout, index: usize) -> bool {
    let Some((line, page)) = layout.lines.get(index).and_then(|l| Some((l, layout.pages.get(l.page as usize)?))) else {
        return false;
    };
    let upright = || page.rules.iter().filter(|rule| !rule.horizontal).map(|rule| rule.area);
    let middle = line.y.middle();
    let beside = upright().find(|area| {
        let between = layout
            .line_words(index)
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.x.end <= area.x.start + JOIN && area.x.end <= b.x.start + JOIN));
        between && area.y.start <= middle && area.y.end >= middle
    });
    let Some(beside) = beside else { return false };
    let mut parts: Vec<_> = upright().filter(|area| (area.x.middle() - beside.x.middle()).abs() <= JOIN).collect();
    parts.sort_by(|a, b| a.y.start.total_cmp(&b.y.start));
    let reach = parts
        .iter()
        .fold(beside.y.end, |reach, area| if area.y.start <= reach + JOIN { reach.max(area.y.end) } else { reach });
    let below = layout.lines.iter().skip(index + 1).take_while(|below| below.page == line.page);
    below.filter(|below| below.y.middle() < reach).count() > RUNNING_DEPTH
}

/// Whether a line just below stands in the columns of this one.
fn columns_go_on(layout: &Layout, index: usize) -> bool {
    let Some(line) = layout.lines.get(index) else { return false };
    let own = columns(layout, index, line);
    let near = |edge: f32, others: &[f32]| others.iter().any(|other| (other - edge).abs() <= SAME_EDGE * line.size);
    own.0.len() >= SHARED
        && (index + 1..=index + RUNNING_DEPTH).filter_map(|below| Some((below, layout.lines.get(below)?))).any(
            |(at, below)| {
                let other = columns(layout, at, below);
                let shared = own.0.iter().zip(&own.1).filter(|(l, r)| near(**l, &other.0) || near(**r, &other.1));
                below.page == line.page && shared.count() >= SHARED.max(other.0.len().div_ceil(2))
            },
        )
}

/// The left and the right edges of the stretches of a line that wide gaps part.
fn columns(layout: &Layout, index: usize, line: &Line) -> (Vec<f32>, Vec<f32>) {
    let (mut left, mut right): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
    for word in layout.line_words(index) {
        match right.last_mut() {
            Some(end) if word.x.start - *end < GAP * line.size => *end = word.x.end,
            _ => {
                left.push(word.x.start);
                right.push(word.x.end);
            }
        }
    }
    (left, right)
}
