//! Places: intervals, rectangles and spans, and nothing but their arithmetic.
//!
//! Takes and gives numbers. What a place *means* (bytes of a text, points on a page) is said by whoever holds it.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A stretch along one axis, `start <= end`; columns of characters in a text, points in a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Interval {
    /// Where it begins.
    pub start: f32,
    /// Where it ends.
    pub end: f32,
}

impl Interval {
    /// The interval between two numbers.
    pub const fn new(start: f32, end: f32) -> Self {
        Self { start, end }
    }

    /// Its length.
    pub fn len(self) -> f32 {
        self.end - self.start
    }

    /// Whether it has no length.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The number halfway.
    pub fn middle(self) -> f32 {
        (self.start + self.end) / 2.0
    }

    /// How much of it lies within `other`; 0 when they are apart.
    pub fn overlap(self, other: Self) -> f32 {
        (self.end.min(other.end) - self.start.max(other.start)).max(0.0)
    }

    /// The smallest interval that holds both.
    pub fn union(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// A rectangle in points, origin at the page's top left, `y` growing downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left and right edge.
    pub x: Interval,
    /// Top and bottom edge.
    pub y: Interval,
}

impl Rect {
    /// The rectangle with these edges.
    pub const fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x: Interval::new(x0, x1), y: Interval::new(y0, y1) }
    }

    /// The smallest rectangle that holds both.
    pub fn union(self, other: Self) -> Self {
        Self { x: self.x.union(other.x), y: self.y.union(other.y) }
    }

    /// `[x0, y0, x1, y1]` to a tenth of a point.
    pub fn to_bbox(self) -> [f64; 4] {
        [self.x.start, self.y.start, self.x.end, self.y.end].map(|v| (f64::from(v) * 10.0).round() / 10.0)
    }
}

/// Where a thing came from: bytes of the text, or a page and a box in the PDF. `{}` for what stands nowhere
/// (an empty cell).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// `[start, end)` in the UTF-8 text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<[usize; 2]>,
    /// The page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// `[x0, y0, x1, y1]` in points, origin top left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    /// The further places of a thing that stands in several (a paragraph over two pages).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Span>,
}

impl Span {
    /// A span of bytes.
    pub fn of_bytes(range: Range<usize>) -> Self {
        Self { bytes: Some([range.start, range.end]), ..Self::default() }
    }

    /// A box on a page (counted from 1).
    pub fn on_page(page: u32, rect: Rect) -> Self {
        Self { page: Some(page), bbox: Some(rect.to_bbox()), ..Self::default() }
    }

    /// Whether it points nowhere.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_none() && self.page.is_none()
    }
}
