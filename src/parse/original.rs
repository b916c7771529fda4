//! The original to show beside what was read from it: the text, or the words and rules of each page.
//!
//! ```text
//! Text   "Jaar\t2019\n…"                                 spans are bytes of it
//! Pages  595 × 842, words [70.1, 99.8, 91.2, 111.0] "79*"   spans are boxes on it
//! ```

use super::Extractor;
use crate::error::Error;
use crate::geometry::Rect;
use crate::layout::{Layout, Page};
use crate::model::Format;
use crate::source;
use serde::{Deserialize, Serialize};

/// A document as it was read, for showing the places that spans name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Original {
    /// The decoded text.
    Text(String),
    /// The pages of a PDF.
    Pages(Vec<OriginalPage>),
}

/// A page of a PDF. Boxes are `[x0, y0, x1, y1]` in points, origin top left, as in [`Span::bbox`](crate::Span::bbox).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OriginalPage {
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// Its words, in reading order.
    pub words: Vec<([f64; 4], String)>,
    /// Its drawn rules.
    pub rules: Vec<[f64; 4]>,
    /// Its filled areas.
    pub shades: Vec<[f64; 4]>,
}

impl Extractor {
    /// Reads a PDF or a text as it is, to show what the spans of its questions name.
    ///
    /// # Errors
    /// Where the bytes are no readable PDF or text, or pass a limit.
    pub fn original(&self, bytes: &[u8]) -> Result<Original, Error> {
        if source::sniff(bytes) == Format::Text {
            return Ok(Original::Text(source::text::decode(bytes, &self.limits)?.text));
        }
        let layout = self.any_layout(bytes)?;
        Ok(Original::Pages((0..).zip(&layout.pages).map(|(index, page)| original_page(&layout, index, page)).collect()))
    }
}

fn original_page(layout: &Layout, index: u32, page: &Page) -> OriginalPage {
    let lines = layout.lines.iter().enumerate().filter(|(_, line)| line.page == index);
    let words = lines.flat_map(|(number, line)| {
        let area = move |x| Rect { x, y: line.y }.to_bbox();
        layout.line_words(number).iter().map(move |word| (area(word.x), layout.word_text(word).to_owned()))
    });
    OriginalPage {
        width: f64::from(page.width),
        height: f64::from(page.height),
        words: words.collect(),
        rules: page.rules.iter().map(|rule| rule.area.to_bbox()).collect(),
        shades: page.shades.iter().map(|area| area.to_bbox()).collect(),
    }
}
