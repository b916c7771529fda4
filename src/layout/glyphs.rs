//! What a page of a PDF shows, before anybody asks what it means: glyphs, rules, shaded areas, links.
//!
//! A source fills it, `words`, `rows` and `pages` turn it into lines. In points, origin at the top left of the page
//! upright, `y` growing downwards.

use crate::geometry::Rect;

/// What one page shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageContent {
    /// Width in points, the page upright.
    pub width: f32,
    /// Height in points, the page upright.
    pub height: f32,
    /// The characters of all glyphs; [`Glyph::start`] and [`Glyph::end`] point into it.
    pub text: String,
    /// The glyphs in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// Drawn straight rules: `true` for those that run from left to right.
    pub rules: Vec<(bool, Rect)>,
    /// Filled areas too thick to be rules, white ones left out.
    pub shades: Vec<Rect>,
    /// What pictures cover, in square points; those that lie over one another count again.
    pub pictures: f32,
    /// Link annotations with an address.
    pub links: Vec<LinkBox>,
}

/// A glyph: its characters, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    /// First byte of its characters in [`PageContent::text`].
    pub start: u32,
    /// The byte after the last; a glyph without characters takes up room only.
    pub end: u32,
    /// Where its baseline begins.
    pub from: (f32, f32),
    /// Where its advance ends.
    pub to: (f32, f32),
    /// The size of its font on the page, in points.
    pub size: f32,
    /// How wide a space of its font is, in points on the page.
    pub space: f32,
    /// Whether its font is bold.
    pub bold: bool,
    /// Which way it is written.
    pub direction: Direction,
}

/// Which way a glyph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// From left to right.
    Right,
    /// From top to bottom: a quarter turn clockwise.
    Down,
    /// Upside down.
    Left,
    /// From bottom to top: a quarter turn anticlockwise.
    Up,
    /// At a slant, as watermarks are.
    Slanted,
}

/// A link annotation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LinkBox {
    /// Its address.
    pub url: String,
    /// Where it lies.
    pub area: Rect,
}

impl PageContent {
    /// Whether any glyph stands for a letter or digit.
    pub(crate) fn has_text(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }

    /// The characters of a glyph.
    pub(crate) fn glyph_text(&self, glyph: &Glyph) -> &str {
        self.text.get(glyph.start as usize..glyph.end as usize).unwrap_or("")
    }
}
