//! Cells set in the middle or at the foot of their rows: whose the lines between the rows' figures are.
//!
//! Takes the lines of a zone, gives how many belong to the header and the rows, where the figures of each row stand in the
//! middle of its wrapped cells, or below them. A cell in the middle has as many lines above the figures as below, an
//! empty place beside them where their number is even; so the first row tells the second, and the last must come out.
//!
//! ```text
//!            Centra voor algemeen        above: 1
//! Dilbeek                          84    the place beside the figures is empty
//!            welzijnswerk (CAW)          below: 1
//! ```

use super::line::{Line, TableRow, ends_open};
use super::rows::fitted;
use crate::layout::Layout;
use std::ops::Range;

/// Lines of one cell above the figures of its row, at most.
const MOST_ABOVE: usize = 8;

/// Lines between the figures of two rows, at most: more are no wraps.
const MOST_BETWEEN: usize = 24;

/// Where the cells of a table stand in their rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Middle,
    Foot,
}

/// Reads the header's length and the rows, where cells stand in the middle or at the foot.
pub(super) fn read(layout: &Layout, lines: &[Line<'_>], columns: usize) -> Option<(usize, Vec<TableRow>)> {
    let gaps = Gaps::of(lines)?;
    let above = (0..columns).map(|column| gaps.above(lines, column)).collect::<Option<Vec<_>>>();
    let straddles = |above: &Vec<Vec<usize>>| {
        let mut cells = above.iter().enumerate();
        cells.any(|(column, above)| {
            gaps.anchors.iter().zip(above).any(|(at, count)| *count > 0 && !holds(lines, *at, column))
        })
    };
    if let Some(above) = above.filter(straddles) {
        return Some(gaps.rows(lines, &above, Place::Middle));
    }
    gaps.stand_at_foot(layout, lines).then(|| {
        let above: Vec<Vec<usize>> = (0..columns).map(|column| gaps.all(lines, column)).collect();
        gaps.rows(lines, &above, Place::Foot)
    })
}

/// The lines with figures, and those before, between and behind them.
struct Gaps {
    anchors: Vec<usize>,
    /// The lines below the header's names and above the first figures, then those between figures, then the rest.
    between: Vec<Range<usize>>,
}

impl Gaps {
    fn of(lines: &[Line<'_>]) -> Option<Self> {
        let anchors: Vec<usize> = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(Line::has_amount)).collect();
        let first = anchors.first().copied().filter(|_| anchors.len() > 1 && anchors.len() < lines.len())?;
        let named = |at: &usize| lines.get(*at).is_some_and(Line::has_values);
        let names = (0..first).filter(named).max_by_key(|at| lines.get(*at).map_or(0, |line| line.columns.len()));
        let mut start = names.map_or(0, |at| at + 1);
        let mut between = Vec::with_capacity(anchors.len() + 1);
        for &anchor in &anchors {
            between.push(start..anchor);
            start = anchor + 1;
        }
        between.push(start..lines.len());
        if between.iter().any(|gap| gap.len() > MOST_BETWEEN) {
            return None;
        }
        Some(Self { anchors, between })
    }

    /// How many lines a column has in each gap.
    fn counts<'a>(&'a self, lines: &'a [Line<'_>], column: usize) -> impl Iterator<Item = usize> + 'a {
        self.between.iter().map(move |gap| gap.clone().filter(|at| holds(lines, *at, column)).count())
    }

    /// All lines of a column before each line of figures.
    fn all(&self, lines: &[Line<'_>], column: usize) -> Vec<usize> {
        self.counts(lines, column).take(self.anchors.len()).collect()
    }

    /// How many lines of a column stand above the figures in each row, if as many stand below them.
    fn above(&self, lines: &[Line<'_>], column: usize) -> Option<Vec<usize>> {
        let counts: Vec<usize> = self.counts(lines, column).collect();
        let (lead, rest) = counts.split_first()?;
        (0..=(*lead).min(MOST_ABOVE)).rev().find_map(|first| {
            let mut above = Vec::with_capacity(rest.len());
            let mut below = first;
            for count in rest {
                above.push(below);
                below = count.checked_sub(below)?;
            }
            // Behind the last row nothing is left.
            (below == 0).then_some(above)
        })
    }

    /// Whether cells stand at the foot of their rows: no line is left behind the last row, and what stands beside figures
    /// goes on from above in some, while nothing goes on below them.
    fn stand_at_foot(&self, layout: &Layout, lines: &[Line<'_>]) -> bool {
        if self.between.iter().flat_map(Range::clone).any(|at| heads_group(layout, lines, at)) {
            return false;
        }
        let mut down = 0;
        let mut before: Option<usize> = None;
        for (gap, &anchor) in self.between.iter().zip(&self.anchors) {
            let above = before.replace(anchor);
            let columns = lines.get(gap.start).filter(|_| !gap.is_empty()).map_or(&[][..], |line| &line.columns);
            if columns.iter().any(|column| goes_on(layout, lines, above, gap.start, *column)) {
                return false;
            }
            let last = gap.end.checked_sub(1).filter(|last| gap.contains(last));
            let columns = last.and_then(|last| lines.get(last)).map_or(&[][..], |line| &line.columns);
            down += columns.iter().filter(|column| goes_on(layout, lines, last, anchor, **column)).count();
        }
        down > 0 && self.between.last().is_some_and(Range::is_empty)
    }

    /// The header's length and the rows, by how many lines of each column stand above the figures of each.
    fn rows(&self, lines: &[Line<'_>], above: &[Vec<usize>], place: Place) -> (usize, Vec<TableRow>) {
        let mut rows = vec![TableRow::new(above.len()); self.anchors.len()];
        let mut head = self.between.first().map_or(0, |gap| gap.end);
        for (index, gap) in self.between.iter().enumerate() {
            for at in gap.clone() {
                let Some(line) = lines.get(at) else { continue };
                for (chunk, &column) in line.row.chunks.iter().zip(&line.columns) {
                    let left = (at..gap.end).filter(|later| holds(lines, *later, column)).count();
                    let own = above.get(column).and_then(|above| above.get(index)).copied().unwrap_or(0);
                    let row = match place {
                        Place::Foot => index,
                        Place::Middle if left <= own => index,
                        Place::Middle if index == 0 => continue,
                        Place::Middle => index - 1,
                    };
                    if index == 0 {
                        head = head.min(at);
                    }
                    rows.get_mut(row).into_iter().for_each(|row| row.push(column, chunk.bytes.clone()));
                }
            }
            let anchor = self.anchors.get(index).and_then(|at| lines.get(*at));
            if let (Some(line), Some(row)) = (anchor, rows.get_mut(index)) {
                row.add(line.row, &line.columns);
            }
        }
        (head, rows)
    }
}

/// Whether a line is a label alone behind which the next would have fitted, and does not go on with it: a heading.
fn heads_group(layout: &Layout, lines: &[Line<'_>], at: usize) -> bool {
    let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) else { return false };
    let labels = lines.iter().filter(|line| line.has_label()).filter_map(|line| line.row.chunks.first());
    let width = labels.map(|label| label.x.end).fold(0.0, f32::max);
    line.has_label()
        && !line.has_values()
        && next.has_label()
        && !goes_on(layout, lines, Some(at), at + 1, 0)
        && fitted(next, line, width)
}

/// Whether a line has something in a column.
fn holds(lines: &[Line<'_>], at: usize, column: usize) -> bool {
    lines.get(at).is_some_and(|line| line.columns.contains(&column))
}

/// What a line has in a column.
fn text_in<'l>(layout: &'l Layout, lines: &[Line<'_>], at: usize, column: usize) -> Option<&'l str> {
    let line = lines.get(at)?;
    let place = line.columns.iter().position(|known| *known == column)?;
    Some(layout.slice(line.row.chunks.get(place)?.bytes.clone()))
}

/// Whether a cell goes on from one line to another: begins small in the second, or ends open in the first.
fn goes_on(layout: &Layout, lines: &[Line<'_>], from: Option<usize>, to: usize, column: usize) -> bool {
    let small = |text: &str| text.starts_with(|c: char| c.is_lowercase() || c == '(');
    text_in(layout, lines, to, column).is_some_and(|text| {
        small(text) || from.and_then(|from| text_in(layout, lines, from, column)).is_some_and(ends_open)
    })
}
