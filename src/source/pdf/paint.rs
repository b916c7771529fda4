//! What was painted: of paths only straight rules and filled boxes are kept.
//!
//! Takes paths as they are built and the way they are painted. A stroke gives a rule for each side that runs along an
//! axis; a fill gives a rule where it is thin, a shade where it is not, and four rules where it is the space between
//! two boxes.

use super::matrix::Matrix;
use crate::geometry::{Interval, Rect};
use crate::layout::glyphs::PageContent;

/// How far a straight stroke may lean, in points over its length, and still be a rule.
const LEAN: f32 = 0.7;

/// The thickest filled box, in points, that is a rule: borders of 3 pt are the widest that word processors offer by name.
pub(super) const THICKEST_RULE: f32 = 3.1;

/// A rule is at least this much longer than it is thick: else it is a dot or a box.
const LONGER_THAN_THICK: f32 = 1.8;

/// A path under construction: straight sides only, in points of the page.
#[derive(Default)]
pub(super) struct Path {
    parts: Vec<Part>,
}

/// A stretch of a path that begins with a move.
struct Part {
    points: Vec<(f32, f32)>,
    curved: bool,
    closed: bool,
}

/// The most points that one path keeps: maps and drawings have more, and no table does.
const MOST_POINTS: usize = 100_000;

impl Path {
    pub(super) fn move_to(&mut self, point: (f32, f32)) {
        self.parts.push(Part { points: vec![point], curved: false, closed: false });
    }

    pub(super) fn line_to(&mut self, point: (f32, f32)) {
        if let Some(part) = self.parts.last_mut()
            && part.points.len() < MOST_POINTS
        {
            part.points.push(point);
        }
    }

    pub(super) fn curve_to(&mut self, point: (f32, f32)) {
        if let Some(part) = self.parts.last_mut() {
            part.curved = true;
        }
        self.line_to(point);
    }

    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    pub(super) fn rectangle(&mut self, matrix: Matrix, [x, y, width, height]: [f64; 4]) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
        let points = corners.iter().map(|&(x, y)| matrix.apply(x, y)).collect();
        self.parts.push(Part { points, curved: false, closed: true });
    }

    pub(super) fn clear(&mut self) {
        self.parts.clear();
    }

    /// The smallest box around it; none for an empty path.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.parts.iter().filter_map(Part::bounds).reduce(Rect::union)
    }

    /// Paints its sides with a pen.
    pub(super) fn stroke(&self, width: f32, clip: &Rect, page: &mut PageContent) {
        for part in self.parts.iter().filter(|part| !part.curved) {
            for (from, to) in part.sides() {
                push_stroke(from, to, width, clip, page);
            }
        }
    }

    /// Paints its inside.
    pub(super) fn fill(&self, clip: &Rect, page: &mut PageContent) {
        if let [outer, inner] = self.parts.as_slice()
            && push_frame(outer, inner, clip, page)
        {
            return;
        }
        for part in self.parts.iter().filter(|part| !part.curved && part.points.len() >= 3) {
            if let Some(area) = part.bounds() {
                push_fill(area, part.is_box(), clip, page);
            }
        }
    }
}

impl Part {
    fn bounds(&self) -> Option<Rect> {
        self.points.iter().map(|&(x, y)| Rect::new(x, y, x, y)).reduce(Rect::union)
    }

    fn sides(&self) -> impl Iterator<Item = ((f32, f32), (f32, f32))> + '_ {
        let back = self.points.last().copied().zip(self.points.first().copied()).filter(|_| self.closed);
        self.points.iter().copied().zip(self.points.iter().skip(1).copied()).chain(back)
    }

    /// Whether all its sides run along an axis.
    fn is_box(&self) -> bool {
        self.sides().all(|(from, to)| (from.0 - to.0).abs() < LEAN || (from.1 - to.1).abs() < LEAN)
    }
}

/// Takes a filled box, a rule where it is thin. A cut corner (mitred borders) leaves a thin box a rule; of other
/// shapes only boxes count.
fn push_fill(area: Rect, is_box: bool, clip: &Rect, page: &mut PageContent) {
    let Some(area) = clipped(area, clip) else { return };
    let (width, height) = (area.x.len(), area.y.len());
    let (thick, long) = (width.min(height), width.max(height));
    if thick <= THICKEST_RULE {
        if long >= thick * LONGER_THAN_THICK {
            page.rules.push((width >= height, area));
        }
    } else if is_box {
        page.shades.push(area);
    }
}

fn push_stroke(from: (f32, f32), to: (f32, f32), width: f32, clip: &Rect, page: &mut PageContent) {
    let (across, down) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
    let half = width.min(THICKEST_RULE) / 2.0;
    let x = Interval::new(from.0.min(to.0), from.0.max(to.0));
    let y = Interval::new(from.1.min(to.1), from.1.max(to.1));
    let (horizontal, area) = if down <= LEAN && across > down {
        let middle = y.middle();
        (true, Rect { x, y: Interval::new(middle - half, middle + half) })
    } else if across <= LEAN && down > across {
        let middle = x.middle();
        (false, Rect { x: Interval::new(middle - half, middle + half), y })
    } else {
        return;
    };
    if let Some(area) = clipped(area, clip) {
        page.rules.push((horizontal, area));
    }
}

/// A box within a box, the space between them thin: a border drawn as one fill.
fn push_frame(outer: &Part, inner: &Part, clip: &Rect, page: &mut PageContent) -> bool {
    let (Some(a), Some(b)) = (outer.bounds(), inner.bounds()) else { return false };
    let (a, b) = if a.x.len() >= b.x.len() { (a, b) } else { (b, a) };
    let borders = [b.x.start - a.x.start, a.x.end - b.x.end, b.y.start - a.y.start, a.y.end - b.y.end];
    let thin = borders.iter().all(|border| (0.0..=THICKEST_RULE).contains(border));
    if !thin || !outer.is_box() || !inner.is_box() || b.x.len() <= THICKEST_RULE || b.y.len() <= THICKEST_RULE {
        return false;
    }
    let sides = [
        (true, Rect { x: a.x, y: Interval::new(a.y.start, b.y.start) }),
        (true, Rect { x: a.x, y: Interval::new(b.y.end, a.y.end) }),
        (false, Rect { x: Interval::new(a.x.start, b.x.start), y: a.y }),
        (false, Rect { x: Interval::new(b.x.end, a.x.end), y: a.y }),
    ];
    page.rules.extend(sides.into_iter().filter_map(|(horizontal, side)| Some((horizontal, clipped(side, clip)?))));
    true
}

/// The part of an area within the clip; none where they are apart.
pub(super) fn clipped(area: Rect, clip: &Rect) -> Option<Rect> {
    let within = intersection(area, *clip);
    (within.x.start <= within.x.end && within.y.start <= within.y.end).then_some(within)
}

/// What two boxes share; turned inside out where they share nothing.
pub(super) fn intersection(a: Rect, b: Rect) -> Rect {
    Rect::new(a.x.start.max(b.x.start), a.y.start.max(b.y.start), a.x.end.min(b.x.end), a.y.end.min(b.y.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Rect = Rect::new(0.0, 0.0, 600.0, 800.0);

    fn filled(boxes: &[[f64; 4]]) -> PageContent {
        let mut page = PageContent::default();
        let mut path = Path::default();
        boxes.iter().for_each(|&b| path.rectangle(Matrix::IDENTITY, b));
        path.fill(&PAGE, &mut page);
        page
    }

    #[test]
    fn thin_fills_are_rules_and_thick_ones_shades() {
        let page = filled(&[[10.0, 10.0, 100.0, 0.5], [10.0, 20.0, 0.5, 30.0], [10.0, 60.0, 100.0, 12.0]]);
        assert_eq!(page.rules.iter().map(|r| r.0).collect::<Vec<_>>(), [true, false]);
        assert_eq!(page.shades.len(), 1);
    }

    #[test]
    fn a_box_within_a_box_is_a_border() {
        let page = filled(&[[10.0, 10.0, 100.0, 50.0], [10.5, 10.5, 99.0, 49.0]]);
        assert_eq!((page.rules.len(), page.shades.len()), (4, 0));
    }

    #[test]
    fn strokes_along_an_axis_are_rules() {
        let mut page = PageContent::default();
        let mut path = Path::default();
        path.move_to((10.0, 10.0));
        path.line_to((100.0, 10.2));
        path.line_to((140.0, 60.0));
        path.stroke(0.5, &PAGE, &mut page);
        assert_eq!(page.rules.len(), 1);
        assert!(page.rules[0].0);
    }
}
