//! Where cells that are drawn side by side part, though their rules or shades make up no whole table.
//!
//! Takes a line of a PDF, gives the places on its height that no cell reaches over.
//!
//! ```text
//! ▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒      two shades that touch: two cells, however near their words
//! ▒Kop A    ░Kop B    ▒Kop C   ▒
//! ```

use crate::geometry::{Interval, Rect};
use crate::layout::{Layout, Line};

/// How far the shades of neighbouring cells may lie apart, in points: a rule's thickness, or white space between cells.
const APART: f32 = 3.1;

/// The places, in points from the left.
pub(super) fn sides_of_cells(layout: &Layout, line: &Line) -> Vec<f32> {
    let Some(page) = layout.pages.get(line.page as usize) else { return Vec::new() };
    let y = line.y.middle();
    let crosses = |area: &Interval| area.start < y && y < area.end;
    let rules = page.rules.iter().filter(|rule| !rule.horizontal && crosses(&rule.area.y));
    let shades: Vec<&Rect> = page.shades.iter().filter(|area| crosses(&area.y)).collect();
    // A lone shade marks words, or a whole row.
    let touching = shades.iter().flat_map(|left| {
        let next = |right: &&&Rect| (right.x.start - left.x.end).abs() <= APART;
        shades.iter().filter(next).map(|right| (left.x.end + right.x.start) / 2.0)
    });
    rules.map(|rule| rule.area.x.middle()).chain(touching).collect()
}
