//! Pictures of pages: boxes and words in layers, as SVG.
//!
//! Takes boxes in points, gives the text of an SVG file. Each layer is a group that a viewer can hide.
//!
//! ```text
//! <g id="rules" fill="#333">
//! <rect x="67.7" y="226.8" width="327" height="0.5"/>
//! </g>
//! ```

use crate::geometry::Rect;
use std::fmt::Write;

/// What a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layer {
    /// A filled area of the page.
    Shade,
    /// A rule as it is drawn.
    Rule,
    /// A place where cells meet, snapped and joined.
    Edge,
    /// A cell between edges.
    Cell,
    /// A word of the text.
    Word,
    /// A word of a running head, a page number, a footnote.
    Furniture,
    /// A cell of a table with text in it.
    Filled,
    /// A table.
    Table,
}

impl Layer {
    const ALL: [Self; 8] =
        [Self::Shade, Self::Rule, Self::Edge, Self::Cell, Self::Filled, Self::Word, Self::Furniture, Self::Table];

    /// Its name and how it looks.
    const fn style(self) -> (&'static str, &'static str) {
        match self {
            Self::Shade => ("shades", "fill=\"#ddd\""),
            Self::Rule => ("rules", "fill=\"#333\" stroke=\"#333\" stroke-width=\"0.2\""),
            Self::Edge => ("edges", "fill=\"none\" stroke=\"#d33\" stroke-width=\"0.6\""),
            Self::Cell => ("cells", "fill=\"#39f\" fill-opacity=\"0.08\" stroke=\"#39f\" stroke-width=\"0.4\""),
            Self::Word => ("words", "fill=\"#000\" font-family=\"sans-serif\""),
            Self::Furniture => ("furniture", "fill=\"#a60\" font-family=\"sans-serif\""),
            Self::Filled => ("filled", "fill=\"#3a3\" fill-opacity=\"0.12\""),
            Self::Table => ("tables", "fill=\"none\" stroke=\"#080\" stroke-width=\"1.2\""),
        }
    }
}

/// A picture of a page.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    width: f32,
    height: f32,
    layers: [String; Layer::ALL.len()],
}

impl Picture {
    /// An empty page of this size, in points.
    pub(crate) fn new(width: f32, height: f32) -> Self {
        Self { width, height, layers: Default::default() }
    }

    /// Draws a box.
    pub(crate) fn draw(&mut self, layer: Layer, area: Rect) {
        let [x0, y0, x1, y1] = area.to_bbox();
        let (width, height) = ((x1 - x0).max(0.1), (y1 - y0).max(0.1));
        self.add(layer, format_args!("<rect x=\"{x0}\" y=\"{y0}\" width=\"{width:.1}\" height=\"{height:.1}\"/>\n"));
    }

    /// Writes a word into its box, as wide as the box.
    pub(crate) fn write(&mut self, layer: Layer, area: Rect, word: &str) {
        let [x0, y0, x1, y1] = area.to_bbox();
        let (size, baseline) = ((y1 - y0).max(0.1), y1 - (y1 - y0) * 0.22);
        let word = Escaped(word);
        let place =
            format_args!("x=\"{x0}\" y=\"{baseline:.1}\" font-size=\"{size:.1}\" textLength=\"{:.1}\"", x1 - x0);
        self.add(layer, format_args!("<text {place} lengthAdjust=\"spacingAndGlyphs\">{word}</text>\n"));
    }

    fn add(&mut self, layer: Layer, shape: std::fmt::Arguments<'_>) {
        let at = Layer::ALL.iter().position(|&known| known == layer);
        if let Some(text) = at.and_then(|at| self.layers.get_mut(at)) {
            // A `String` takes all that is written to it.
            let _ = text.write_fmt(shape);
        }
    }

    /// The picture as an SVG file.
    pub(crate) fn into_svg(self) -> String {
        let (width, height) = (self.width, self.height);
        let mut svg = format!(
            "<svg class=\"vraagbaak\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
        );
        for (layer, shapes) in Layer::ALL.iter().zip(&self.layers).filter(|(_, shapes)| !shapes.is_empty()) {
            let (name, style) = layer.style();
            svg.push_str(&format!("<g id=\"{name}\" {style}>\n{shapes}</g>\n"));
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// A text with what means something to XML written out, and without the characters that it forbids.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_groups_and_words_are_escaped() {
        let mut picture = Picture::new(200.0, 100.0);
        picture.write(Layer::Word, Rect::new(10.0, 20.0, 40.0, 30.0), "R&D \u{1}<5");
        picture.draw(Layer::Rule, Rect::new(0.0, 50.0, 100.0, 50.5));
        let svg = picture.into_svg();
        assert!(svg.contains("viewBox=\"0 0 200 100\""));
        assert!(svg.contains(">R&amp;D &lt;5</text>"));
        assert!(svg.find("id=\"rules\"") < svg.find("id=\"words\""));
        assert!(!svg.contains("id=\"cells\""));
    }
}
