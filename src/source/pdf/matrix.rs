//! The affine matrix of PDF: `[a b c d e f]`, applied to row vectors (ISO 32000-1, 8.3.3).

use crate::layout::glyphs::Direction;

/// A matrix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First a move, then `self`.
    #[inline]
    pub(super) fn moved(self, x: f64, y: f64) -> Self {
        let [a, b, c, d, e, f] = self.0;
        Self([a, b, c, d, x * a + y * c + e, x * b + y * d + f])
    }

    /// First `self`, then `after`.
    #[inline]
    pub(super) fn then(self, after: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, after.0);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    /// Where a point goes; a place that is no number goes to the origin.
    #[inline]
    pub(super) fn apply(self, x: f64, y: f64) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        let finite = |v: f64| if v.is_finite() { v.clamp(-1e7, 1e7) as f32 } else { 0.0 };
        (finite(a * x + c * y + e), finite(b * x + d * y + f))
    }

    /// How much it stretches what runs across the baseline: the height of a font.
    pub(super) fn height_scale(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// How much it stretches areas, as a length: the width of a pen.
    pub(super) fn mean_scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// How many times longer a baseline is than it rises, at least, to run along an axis: scans lie a few degrees askew.
const SLANT: f32 = 8.0;

/// The way from one point of a page to another.
pub(super) fn heading((x0, y0): (f32, f32), (x1, y1): (f32, f32)) -> Direction {
    let (across, down) = (x1 - x0, y1 - y0);
    if down.abs() * SLANT <= across.abs() {
        if across >= 0.0 { Direction::Right } else { Direction::Left }
    } else if across.abs() * SLANT <= down.abs() {
        if down >= 0.0 { Direction::Down } else { Direction::Up }
    } else {
        Direction::Slanted
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_matrix_acts_first() {
        let doubled = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix::IDENTITY.moved(1.0, 0.0);
        assert_eq!(moved.then(doubled).apply(1.0, 1.0), (4.0, 2.0));
        assert_eq!(doubled.then(moved).apply(1.0, 1.0), (3.0, 2.0));
        assert_eq!(doubled.moved(1.0, 0.0), moved.then(doubled));
    }

    #[test]
    fn what_is_no_number_goes_to_the_origin() {
        assert_eq!(Matrix([f64::NAN; 6]).apply(1.0, 1.0), (0.0, 0.0));
    }
}
